"""Verification: whether the passages that a sentence cites say what it says.

Rules look at what changes a fact, one small thing at a time: figures, dates, names, quotations, who said it, what is
denied, opposites, who did what to whom; late interaction at whether each other word is said at all. Each failure is a
reason that a reader can check. Each small claim in a sentence has to be borne out, as in Min et al., "FActScore",
EMNLP 2023; the kinds of error are those of Marneffe, Rafferty and Manning, "Finding Contradictions in Text", ACL 2008.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Protocol

from bot.verifying.alignment import Alignment, readings_of
from bot.verifying.bearers import bearer_reasons
from bot.verifying.coverage import coverage_reasons
from bot.verifying.date_checks import date_reasons
from bot.verifying.denials import denial_reasons
from bot.verifying.directions import direction_reasons, turning_reasons
from bot.verifying.doings import doing_reasons
from bot.verifying.figure_checks import figure_reasons
from bot.verifying.instructions import without_instructions
from bot.verifying.modality import modality_reasons
from bot.verifying.name_checks import name_reasons
from bot.verifying.offices import employer_reasons, office_reasons
from bot.verifying.opposites import difference_reasons, opposite_reasons
from bot.verifying.pairing import pairing_reasons
from bot.verifying.polarity import polarity_reasons
from bot.verifying.pronouns import with_name
from bot.verifying.quotations import quotation_reasons
from bot.verifying.reading import read
from bot.verifying.replaced import replaced_reasons
from bot.verifying.sayer_checks import sayer_reasons
from bot.verifying.sources import Source, Verdict
from bot.verifying.told import Parser, Teller
from index.embedding import Encoded

_SAYS_SOMETHING = 0.3
"""How much of it (0..1) a sentence of a source says at least, to be shown as what a sentence rests on."""


class Embedder(Protocol):
    """What is needed of an embedding model."""

    def encode_in_context(self, texts: Sequence[str]) -> list[Encoded]:
        """Return the vector of each text, and those of its words."""


class Verifier:
    """Verifies sentences by rules, by grammar and by the words' meaning in context; safe to share between threads."""

    def __init__(self, embedder: Embedder, parser: Parser) -> None:
        self._embedder = embedder
        self._teller = Teller(parser)

    def verify(self, sentence: str, sources: Sequence[Source], before: str = "") -> Verdict:
        """Tell whether `sources` say what `sentence`, without markers, says; `before` is the text that it follows.

        A pronoun that it begins with is read as the name that it stands for there, unless it is verbatim.
        """
        text = " ".join(sentence.split())
        if not text or not sources:
            return Verdict(False, ("It cites no passage.",), (None,) * len(sources))
        sources = [without_instructions(source, text) for source in sources]
        verbatim = _verbatim(text, sources)
        named = text if verbatim else with_name(text, before)
        reading = read(named)
        words = self._embedder.encode_in_context([named])[0].words
        texts = [reading, *readings_of(sources)]
        # Parsing takes time, so that it is done only where nothing else is found. (In another thread, while the
        # sentence is encoded, it takes longer: both keep Python busy.)
        alignment = Alignment(reading, words, sources, lambda: self._teller.told(texts))
        reasons = (
            () if verbatim else _distinct(_reasons(alignment)) or _distinct(_reasons_of_grammar(alignment))
        )
        return Verdict(not reasons, reasons, _support(alignment))


def _distinct(reasons: Iterator[str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(reasons))


def _verbatim(text: str, sources: Sequence[Source]) -> bool:
    """Tell whether a sentence stands whole in a source."""
    return any(
        " ".join(source.text[start:end].split()).rstrip(".") == text.rstrip(".")
        for source in sources
        for start, end in source.sentences
    )


def _reasons(alignment: Alignment) -> Iterator[str]:
    yield from quotation_reasons(alignment.sentence, [source.text for source in alignment.sources])
    yield from figure_reasons(alignment)
    yield from date_reasons(alignment)
    yield from name_reasons(alignment)
    yield from polarity_reasons(alignment)
    yield from opposite_reasons(alignment)
    yield from difference_reasons(alignment)
    yield from modality_reasons(alignment)
    yield from direction_reasons(alignment)
    yield from turning_reasons(alignment)
    yield from office_reasons(alignment)
    yield from employer_reasons(alignment)
    yield from pairing_reasons(alignment)
    yield from replaced_reasons(alignment)
    yield from coverage_reasons(alignment)


def _reasons_of_grammar(alignment: Alignment) -> Iterator[str]:
    """Yield what the clauses tell: reading them takes time, so that they are read where nothing else is found."""
    yield from sayer_reasons(alignment)
    yield from doing_reasons(alignment)
    yield from bearer_reasons(alignment)
    yield from denial_reasons(alignment)


def _support(alignment: Alignment) -> tuple[int | None, ...]:
    """Return for each source which of its sentences says most of the sentence; None where none says anything of it."""
    found: list[int | None] = []
    at = 0
    for reading in alignment.readings:
        own = alignment.covered[at : at + len(reading.sentences)]
        at += len(reading.sentences)
        best = int(own.argmax()) if len(own) else None
        found.append(best if best is not None and own[best] >= _SAYS_SOMETHING else None)
    return tuple(found)
