"""Verification with a cross-encoder for natural language inference, which reads passages and sentence together.

The rules (`bot.verifying.verifier`) come first: they find the one digit that such a model overlooks. They read English;
of a sentence in another language they tell figures, names and quotations, and the cross-encoder the rest.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Protocol

from bot.generating.language import ENGLISH, language_of
from bot.verifying.other_languages import detail_reasons
from bot.verifying.sources import SentenceVerifier, Source, Verdict
from index.passages import embedded_text, heading

_ENOUGH = 0.5
"""The probability from which on the passages entail or contradict a sentence."""


@dataclass(frozen=True, slots=True)
class Entailed:
    """How likely (0..1) a text says what a sentence says, and how likely the contrary."""

    entailment: float
    contradiction: float


class EntailmentModel(Protocol):
    """What is needed of a cross-encoder."""

    @property
    def name(self) -> str:
        """What people call it."""

    def weigh(self, texts: Sequence[str], sentence: str) -> list[Entailed]:
        """Return, for each of some texts, how far it says what `sentence` says."""

    def fits(self, text: str, sentence: str) -> bool:
        """Tell whether it reads both whole, together."""


@dataclass(frozen=True, slots=True)
class _Weighed:
    """A piece of a source, and how far it says what the sentence says."""

    piece: str
    found: Entailed


class EntailmentVerifier:
    """Verifies sentences by rules, and those that pass by a cross-encoder; safe to share between threads.

    No passage may contradict a sentence, and one of them, or else all together, has to entail it.
    """

    def __init__(self, rules: SentenceVerifier, model: EntailmentModel) -> None:
        self._rules = rules
        self._model = model

    def verify(self, sentence: str, sources: Sequence[Source], before: str = "") -> Verdict:
        """Tell whether `sources` say what `sentence`, without markers, says; `before` is the text that it follows."""
        verdict = self._rules.verify(sentence, sources, before)
        is_foreign = bool(sources) and language_of(sentence) != ENGLISH
        reasons = tuple(detail_reasons(sentence, sources)) if is_foreign else verdict.reasons
        if not reasons:
            reasons = self._reasons(sentence, [self._weighed(source, sentence) for source in sources])
        if is_foreign and not reasons and all(place is None for place in verdict.support):
            verdict = replace(verdict, support=tuple(self._nearest(source, sentence) for source in sources))
        return Verdict(not reasons, reasons, verdict.support)

    def _weighed(self, source: Source, sentence: str) -> list[_Weighed]:
        pieces = list(_pieces(source, lambda piece: self._model.fits(piece, sentence)))
        return [_Weighed(*pair) for pair in zip(pieces, self._model.weigh(pieces, sentence), strict=True)]

    def _reasons(self, sentence: str, sources: Sequence[Sequence[_Weighed]]) -> tuple[str, ...]:
        contrary = max(map(_contradicting, sources), default=0.0)
        if contrary >= _ENOUGH:
            return (
                f"The cross-encoder {self._model.name} finds that the passages contradict this ({contrary:.2f}).",
            )
        likely = self._entailing([max(own, key=_entailment) for own in sources if own], sentence)
        if not likely >= _ENOUGH:
            return (
                f"The cross-encoder {self._model.name} finds that the passages do not entail this ({likely:.2f}).",
            )
        return ()

    def _entailing(self, best: Sequence[_Weighed], sentence: str) -> float:
        """Return how far the `best` piece of a source entails the sentence, else that of each source together."""
        likely = max(map(_entailment, best), default=0.0)
        if likely >= _ENOUGH or len(best) < 2:
            return likely
        together = ""
        for each in sorted(best, key=_entailment, reverse=True):
            longer = f"{together}\n{each.piece}".strip()
            together = longer if self._model.fits(longer, sentence) else together
        return max(likely, *(each.entailment for each in self._model.weigh([together], sentence)))

    def _nearest(self, source: Source, sentence: str) -> int | None:
        """Return which sentence of a source, from 0, entails a sentence most; None where none does."""
        texts = [source.text[start:end] for start, end in source.sentences]
        found = [each.entailment for each in self._model.weigh(texts, sentence)]
        return found.index(max(found)) if max(found, default=0.0) >= _ENOUGH else None


def _entailment(weighed: _Weighed) -> float:
    return weighed.found.entailment


def _contradicting(source: Sequence[_Weighed]) -> float:
    """Return how far a source contradicts the sentence, of which it may say the contrary of another time elsewhere."""
    if any(_entailment(each) >= _ENOUGH for each in source):
        return 0.0
    return max((each.found.contradiction for each in source), default=0.0)


def _pieces(source: Source, fits: Callable[[str], bool]) -> Iterator[str]:
    """Yield a source under its heading, in pieces of whole sentences that fit.

    What is no sentence, as a dateline, stays with the one behind it.
    """
    above = heading(source.title, source.publisher, source.published_at)

    def piece(start: int, end: int) -> str:
        return embedded_text(above, " ".join(source.text[start:end].split()))

    ends = [end for _, end in source.sentences]
    start, last = 0, 0
    for end in ends:
        if last > start and not fits(piece(start, end)):
            yield piece(start, last)
            start = last
        last = end
    if last > start:
        yield piece(start, last)
