"""The bare library that the product is held against: the same model, with nothing around it."""

from __future__ import annotations

import sys
from collections.abc import Callable, Sequence
from pathlib import Path

from bot.evaluation.speed.processes import seconds_of
from index.embedding import has_native_bfloat16

_PROGRAM = """
import sys
from sentence_transformers import SentenceTransformer
SentenceTransformer(sys.argv[1], device="cpu", local_files_only=True).encode([sys.argv[2]])
"""


def bare_encode(folder: Path) -> Callable[[Sequence[str]], object]:
    """Return what encodes texts with the model in `folder`, loaded here, in the numbers that the product computes with.

    It batches as the library does unless told otherwise, texts of like length together.
    """
    # They take seconds to import, and most of the benchmark does without.
    import torch
    from sentence_transformers import SentenceTransformer

    dtype = torch.bfloat16 if has_native_bfloat16() else torch.float32
    model = SentenceTransformer(
        str(folder), device="cpu", local_files_only=True, model_kwargs={"dtype": dtype}
    )
    return lambda texts: model.encode(list(texts), show_progress_bar=False)


def bare_process(model: Path, text: str, folder: Path) -> float:
    """Return the seconds of a process that imports the library, loads the model in `model` and encodes `text`.

    Raises:
        EvaluationError: it failed.
    """
    return seconds_of([sys.executable, "-c", _PROGRAM, model, text], folder)
