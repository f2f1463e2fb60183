"""Footnotes under what a language model wrote: the article's own sentence that bears it out."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from bot.answering.standing_alone import context_start
from bot.answers import Citation
from bot.quoting import SentenceFound, quoted_span
from index.retrieval import RetrievedPassage
from index.words import stems


class Footnotes:
    """The footnotes of one answer, numbered from 1 by their first appearance; the same quote keeps its number."""

    def __init__(self) -> None:
        self._numbers: dict[tuple[str, int, int], int] = {}

    def quoting(self, claim: str, passage: RetrievedPassage, sentence: int) -> Citation:
        """Return the footnote to a sentence of a passage (from 0); of a long one what bears out the claim."""
        start, end = passage.sentences[sentence]
        found = SentenceFound(passage, start, end)
        text = passage.article.text
        quote_start, quote_end = quoted_span(text, start, end, stems(claim))
        leaning = context_start(found) if quote_start == start else None
        return self.numbered(
            Citation(
                1,
                passage.article,
                passage.passage,
                text[quote_start:quote_end],
                quote_start,
                quote_end,
                leaning,
            )
        )

    def numbered(self, citation: Citation) -> Citation:
        """Return the footnote with its number in this answer."""
        place = (citation.article.id, citation.start, citation.end)
        return replace(citation, number=self._numbers.setdefault(place, len(self._numbers) + 1))


def once_each(citations: Iterable[Citation]) -> tuple[Citation, ...]:
    """Return footnotes without repetition, in order."""
    return tuple({citation.number: citation for citation in citations}.values())
