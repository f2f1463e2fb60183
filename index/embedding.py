"""The embedding model: texts in, unit vectors out."""

from __future__ import annotations

import copy
import logging
from collections.abc import Iterator, Sequence
from concurrent.futures import Executor, ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path
from threading import Lock
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

from index.arrays import Vectors
from index.errors import ModelError
from index.importing import collector_paused
from index.late_interaction import ContextWords
from index.model_files import ModelFiles
from index.rotation import rotated
from index.words import word_spans

if TYPE_CHECKING:
    from sentence_transformers import SentenceTransformer

_BATCH = 16
_MOST_THREADS = 8
"""That encode at a time: each has to take turns with all others for what is Python."""
_PROCESSOR = Path("/proc/cpuinfo")
_NATIVE_BF16 = frozenset({"avx512_bf16", "amx_bf16", "bf16"})


@dataclass(frozen=True, slots=True)
class Encoded:
    """What the model makes of a text: its vector (float32, of length one), and its words in context.

    `tokens` says how many tokens each word is made of: one for common words, more for names and technical terms.
    """

    vector: Vectors
    words: ContextWords
    tokens: NDArray[np.int32]


class Embedder:
    """A sentence-transformers model on the processor, loaded when the first text comes.

    Safe to share between threads. Vectors are float32, of length one, whatever dtype they are computed in.
    `index.langchain_embeddings` has it as LangChain's.
    """

    def __init__(self, files: ModelFiles) -> None:
        self.files = files
        self._loading = Lock()
        self._loaded: SentenceTransformer | None = None
        self._tokenizer: Any = None

    @property
    def window(self) -> int:
        """The most tokens that the model reads of one text, special tokens included."""
        return int(self._model().max_seq_length or 512)

    @property
    def dimension(self) -> int:
        """How many numbers a vector has."""
        return int(self._model().get_embedding_dimension() or 0)

    def count_tokens(self, text: str) -> int:
        """Return how many tokens the model makes of `text`, special tokens included."""
        return len(self._counting().encode(text).ids)

    def encode(self, texts: Sequence[str]) -> Vectors:
        """Return one unit vector a text, in their order. What lies beyond the window is not read."""
        vectors = self._model().encode(
            [_encodable(text) for text in texts],
            batch_size=_BATCH,
            show_progress_bar=False,
            convert_to_numpy=True,
        )
        # Brought to length one here: done by the model, in bfloat16, it would be so to within a third of a percent.
        return _unit(np.asarray(vectors, dtype=np.float32).reshape(len(texts), self.dimension))

    def encode_in_context(self, texts: Sequence[str]) -> list[Encoded]:
        """Return the vector of each text and those of its words, from one pass of the model.

        Texts begin with a letter, not with white space. A word's vector is the mean of its tokens'.
        """
        encodable = [_encodable(text) for text in texts]
        passes: Any = self._model().encode(
            encodable, batch_size=_BATCH, show_progress_bar=False, output_value=None
        )
        encoded = []
        for text, found, tokenized in zip(
            encodable, passes, self._counting().encode_batch(encodable), strict=True
        ):
            read = found["attention_mask"].bool()
            tokens = found["token_embeddings"][read].float().numpy()
            vector = found["sentence_embedding"].float().numpy()
            # Beyond the window the model has read nothing; the last token that it has read stands for the end.
            places = np.asarray(tokenized.offsets[: len(tokens)], dtype=np.int32)
            places[-1:] = 0
            words, counts = _words(text, tokens, places)
            encoded.append(Encoded(_unit(vector), words, counts))
        return _rotated(encoded)

    @contextmanager
    def side_by_side(self) -> Iterator[Executor]:
        """Give threads for encoding several batches at once, each with its share of the processor's cores.

        Two batches that have a core each take nine tenths of the time that they take one after the other, each spread
        over two cores, whose threads wait for one another at every step; half, where something else keeps a core busy.
        """
        import torch
        from threadpoolctl import threadpool_limits  # type: ignore[import-untyped]

        cores = torch.get_num_threads()
        threads = min(cores, _MOST_THREADS)
        try:
            # NumPy's threads would be as many again, and wait for work by going round.
            with (
                threadpool_limits(1, user_api="blas"),
                # In a thread of its own this sets how many cores that thread computes with.
                ThreadPoolExecutor(
                    threads, initializer=torch.set_num_threads, initargs=(cores // threads,)
                ) as pool,
            ):
                yield pool
        finally:
            torch.set_num_threads(cores)

    def _counting(self) -> Any:
        """Return the model's tokenizer without a window: the one below its own, which costs a quarter of the time."""
        model = self._model()
        with self._loading:
            if self._tokenizer is None:
                self._tokenizer = copy.deepcopy(model.tokenizer.backend_tokenizer)
                self._tokenizer.no_truncation()
                self._tokenizer.no_padding()
            return self._tokenizer

    def _model(self) -> SentenceTransformer:
        with self._loading:
            if self._loaded is None:
                with collector_paused():
                    self._loaded = _load(self.files)
            return self._loaded


def _encodable(text: str) -> str:
    # The tokenizer refuses lone surrogates, which a question typed in another encoding can hold.
    return text.encode("utf-8", "replace").decode("utf-8")


def _unit(vectors: Vectors) -> Vectors:
    lengths = np.linalg.norm(vectors, axis=-1, keepdims=True)
    return np.asarray(vectors / np.maximum(lengths, 1e-9), dtype=np.float32)


def _rotated(encoded: Sequence[Encoded]) -> list[Encoded]:
    """Return the same with their words' vectors rotated, all at once.

    One by one, NumPy's threads would wait for those of torch, which go on waiting for work, at each text.
    """
    if not encoded:
        return []
    vectors = rotated(np.concatenate([each.words.vectors for each in encoded]))
    ends = np.cumsum([len(each.words.vectors) for each in encoded])
    return [
        replace(each, words=replace(each.words, vectors=own))
        for each, own in zip(encoded, np.split(vectors, ends[:-1]), strict=True)
    ]


def _words(text: str, tokens: Vectors, places: NDArray[np.int32]) -> tuple[ContextWords, NDArray[np.int32]]:
    """Return the words of `text` that the model read, and their tokens' number, from these and their places."""
    spans = np.asarray(word_spans(text), dtype=np.int32).reshape(-1, 2)
    # Special tokens are empty; punctuation starts before the word that would be found for it, or after its end.
    word = np.searchsorted(spans[:, 0], places[:, 0], side="right") - 1
    within = (word >= 0) & (places[:, 1] > places[:, 0])
    within[within] = places[within, 0] < spans[word[within], 1]
    counts = np.bincount(word[within], minlength=len(spans)).astype(np.int32)
    read = counts > 0
    # Tokens stand in the order of the words, so that each word's are beside one another.
    firsts = np.cumsum(counts[read]) - counts[read]
    sums = np.add.reduceat(_unit(tokens[within]), firsts, axis=0) if len(firsts) else tokens[:0]
    return ContextWords(spans[read], _unit(sums)), counts[read]


def _load(files: ModelFiles) -> SentenceTransformer:
    # It takes seconds to import, and much of what Footnote does needs no vector.
    import torch
    from sentence_transformers import SentenceTransformer
    from transformers.utils import logging as transformers_logging

    transformers_logging.disable_progress_bar()  # type: ignore[no-untyped-call]
    logging.getLogger("sentence_transformers").setLevel(logging.WARNING)
    try:
        model = SentenceTransformer(
            str(files.folder),
            device="cpu",
            local_files_only=True,
            model_kwargs={"dtype": torch.bfloat16 if has_native_bfloat16() else torch.float32},
        )
        # The first text sets its tokenizer up, which has to be done before threads share it.
        model.encode("", show_progress_bar=False)
    except (OSError, ValueError, RuntimeError, KeyError) as error:
        raise ModelError(
            f"The embedding model in {files.folder} cannot be loaded ({error}).",
            "Install it again, or set FOOTNOTE_EMBEDDING_MODEL to another model.",
        ) from error
    return model


def has_native_bfloat16(processor: Path = _PROCESSOR) -> bool:
    """Tell whether the processor multiplies bfloat16 itself; emulated, it is slower than float32."""
    try:
        lines = processor.read_text().lower().splitlines()
    except OSError:
        return False
    flags = next((line for line in lines if line.startswith(("flags", "features"))), "")
    return not _NATIVE_BF16.isdisjoint(flags.partition(":")[2].split())
