"""What the drafting asks about a sentence."""

from __future__ import annotations

from datetime import date

from bot.evaluation.drafting.collection import Collection, SourceArticle
from bot.evaluation.drafting.names import read_names
from bot.evaluation.drafting.proposing import Candidate, candidates

CONTEXT = (
    "In Vestrany the farmers and the ferries wait, and unemployment near Maleth is high. "
    "Minister Ilsa Marren, who lives near Dovrin, met Judge Oren Halstrup in Vestrany. "
    "People in Dovrin and in Maleth say that boats and rents are dear."
)
"""Sentences of which none can be asked about; they show how words are written, and what names name."""


def found(*texts: str, published: date | None = None) -> list[Candidate]:
    """Return the candidates of articles of these texts, a.txt, b.txt and so on, that have the context beside them."""
    articles = [
        SourceArticle(f"{letter}.txt", text, published=published)
        for letter, text in zip("abcdef", (*texts, CONTEXT), strict=False)
    ]
    collection = Collection(articles)
    return candidates(collection, read_names([sentence.tokens for sentence in collection.sentences]))


def asked(sentence: str, kind: str) -> dict[str, str]:
    """Return the questions of a kind that are drafted from a sentence, with their first answers."""
    proposals = [each.proposal for each in found(sentence)]
    return {each.question: each.answers[0] for each in proposals if each.kind == kind}
