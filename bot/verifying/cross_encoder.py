"""The seam to sentence-transformers' cross-encoders for natural language inference: found, checked and asked."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from threading import Lock
from typing import TYPE_CHECKING, Any

from bot.verifying.entailment import Entailed
from index.errors import ModelError
from index.model_files import model_folder

if TYPE_CHECKING:
    from sentence_transformers import CrossEncoder

_LABELS = _ENTAILMENT, _NEUTRAL, _CONTRADICTION = ("entailment", "neutral", "contradiction")
_LONGEST_WINDOW = 1_024
"""Tokens read at once. Some models take more, and seconds for it."""
_USUAL_POSITIONS = 512
_KEPT_FREE = 2
"""Some models begin to count their positions behind so many."""


class CrossEncoderModel:
    """A sentence-transformers cross-encoder on the processor, loaded when the first sentence comes.

    Safe to share between threads.
    """

    def __init__(self, files: CrossEncoderFiles) -> None:
        self.files = files
        self._working = Lock()
        self._loaded: CrossEncoder | None = None

    @property
    def name(self) -> str:
        """What people call it."""
        return self.files.name

    def weigh(self, texts: Sequence[str], sentence: str) -> list[Entailed]:
        """Return, for each of some texts, how far it says what `sentence` says.

        Raises:
            ModelError: the model cannot be loaded.
        """
        if not texts:
            return []
        with self._working:
            scores = self._model().predict(
                [(text, sentence) for text in texts],
                activation_fn=_unchanged,
                apply_softmax=True,
                show_progress_bar=False,
            )
        labels = self.files.labels
        return [
            Entailed(float(row[labels[_ENTAILMENT]]), float(row[labels[_CONTRADICTION]])) for row in scores
        ]

    def fits(self, text: str, sentence: str) -> bool:
        """Tell whether the model reads both whole, together.

        Raises:
            ModelError: it cannot be loaded.
        """
        with self._working:
            tokens = self._model().tokenizer(text, sentence, truncation=False, verbose=False)["input_ids"]
        return len(tokens) <= self.files.window

    def _model(self) -> CrossEncoder:
        if self._loaded is None:
            self._loaded = _load(self.files)
        return self._loaded


def _unchanged(scores: Any) -> Any:
    """Stand in for an activation that a model may come with, and that softmax must not come on top of."""
    return scores


@dataclass(frozen=True, slots=True)
class CrossEncoderFiles:
    """A cross-encoder that is here: its name for people, its folder, the most tokens it is given at once.

    `labels` says at which place its scores have "entailment", "neutral" and "contradiction".
    """

    name: str
    folder: Path
    window: int
    labels: Mapping[str, int]


def locate_cross_encoder(name: str, *, download: bool = True) -> CrossEncoderFiles:
    """Find a cross-encoder, by its folder or its name on the model hub, and check its labels without loading it.

    Without `download`, the hub's copy counts only where it is here already.

    Raises:
        ModelError: there is none, or it is none for natural language inference.
    """
    folder = model_folder(name, download=download)
    if isinstance(folder, str):
        raise _unfit(f"The cross-encoder {name} is not to be had: no such folder; the model hub: {folder}.")
    try:
        config = json.loads((folder / "config.json").read_text(encoding="utf-8"))
        labels = {str(label).strip().lower(): int(place) for place, label in config["id2label"].items()}
        window = min(
            int(config.get("max_position_embeddings") or _USUAL_POSITIONS) - _KEPT_FREE, _LONGEST_WINDOW
        )
    except (OSError, ValueError, TypeError, KeyError, AttributeError) as error:
        raise _unfit(f"The folder {folder} does not hold a cross-encoder with labels.") from error
    if sorted(labels) != sorted(_LABELS) or sorted(labels.values()) != [0, 1, 2]:
        said = ", ".join(labels) or "none"
        raise _unfit(f"The cross-encoder {name} has other labels than {', '.join(_LABELS)}: {said}.")
    return CrossEncoderFiles(_shown(name, folder), folder, window, labels)


def _shown(name: str, folder: Path) -> str:
    """Return what people call a model: its name on the hub, or that of its folder."""
    return folder.name if Path(name).expanduser().is_dir() else name


def _unfit(message: str) -> ModelError:
    return ModelError(
        message,
        "Set FOOTNOTE_VERIFIER_MODEL to a sentence-transformers cross-encoder for natural language inference, a folder "
        "or a name, or leave it empty.",
    )


def _load(files: CrossEncoderFiles) -> CrossEncoder:
    # It takes seconds to import, and is only used where a sentence has passed the rules.
    from sentence_transformers import CrossEncoder
    from transformers.utils import logging as transformers_logging

    transformers_logging.disable_progress_bar()  # type: ignore[no-untyped-call]
    try:
        found: CrossEncoder = CrossEncoder(
            str(files.folder),
            device="cpu",
            local_files_only=True,
            max_length=files.window,
            model_kwargs={"dtype": "float32"},
        )
    except (OSError, ValueError, RuntimeError, KeyError) as error:
        raise _unfit(f"The cross-encoder in {files.folder} cannot be loaded ({error}).") from error
    return found
