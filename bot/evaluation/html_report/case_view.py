"""A case as the page shows it: what was expected, what was answered and on what it rests, ready to be written."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, time
from typing import Any

from bot.evaluation.results import CaseResult
from bot.published import day, published
from bot.visible import safe_link
from index.dates import stored_date


@dataclass(frozen=True, slots=True)
class ArticleView:
    """An article in a line: `link` is safe to follow, `origin` the file or feed of one that has none."""

    title: str
    publisher: str | None
    published: str
    link: str | None
    origin: str | None
    carried_by: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Piece:
    """A part of a passage: what a citation quotes, with its number, what a quote leans on, or what is around."""

    text: str
    quote: int | None = None
    leans: bool = False


@dataclass(frozen=True, slots=True)
class SourceView:
    """A cited passage in pieces, the article it stands in, and the numbers of the citations of it."""

    numbers: tuple[int, ...]
    article: ArticleView
    passage: tuple[Piece, ...]


@dataclass(frozen=True, slots=True)
class SentenceView:
    """A sentence of an answer, the one that it leans on, notes, and the numbers of its citations."""

    context: str | None
    text: str
    notes: tuple[str, ...]
    citations: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class NearestView:
    """The sentence that ranks first, where it stands, and the probabilities that its confidence is the product of."""

    quote: str
    article: ArticleView
    threshold: float
    factors: tuple[tuple[str, float], ...]


@dataclass(frozen=True, slots=True)
class AnswerView:
    """An answer, or a decline with the reason and the articles that are related."""

    declined: bool
    reason: str | None
    sentences: tuple[SentenceView, ...]
    sources: tuple[SourceView, ...]
    related: tuple[tuple[ArticleView, str], ...]
    nearest: NearestView | None
    searched: int
    as_of: str | None


@dataclass(frozen=True, slots=True)
class CaseView:
    """A case by its number on the page.

    `tags` are the places of its tags among those that the page can filter by. One shown in `short` leaves out passages
    and what the search found.
    """

    number: int
    result: CaseResult
    tags: tuple[int, ...]
    asked: str | None
    answer: AnswerView | None
    short: bool


def case_view(number: int, result: CaseResult, tags: Mapping[str, int], *, short: bool) -> CaseView:
    """Return a case as it is shown; `tags` are the places of those that the page can filter by."""
    return CaseView(
        number=number,
        result=result,
        tags=tuple(sorted({tags[tag] for tag in result.case.tags if tag in tags})),
        asked=_asked(result),
        answer=None if result.answer is None else _answer(result.answer, short=short),
        short=short,
    )


def _asked(result: CaseResult) -> str | None:
    if result.case.asked_at:
        return moment(result.case.asked_at)
    if result.answer is None:
        return None
    return f"{moment(datetime.fromisoformat(result.answer['asked_at']))}, when this ran"


def moment(at: datetime) -> str:
    """Return a moment as it is read; what is asked "on" a day is asked at its end."""
    return day(at) if at.time() in (time.min, time.max) else f"{day(at)}, {at:%H:%M} UTC"


def _answer(said: Mapping[str, Any], *, short: bool) -> AnswerView:
    asked_at, as_of = datetime.fromisoformat(said["asked_at"]), stored_date(said["as_of"])
    return AnswerView(
        declined=said["declined"],
        reason=said["reason"],
        sentences=tuple(
            SentenceView(each["context"], each["text"], tuple(each["notes"]), tuple(each["citations"]))
            for each in said["claims"]
        ),
        sources=tuple(_source(each, asked_at, short=short) for each in by_passage(said["citations"])),
        related=tuple((_article(each["article"], asked_at), each["about"]) for each in said["closest"]),
        nearest=_nearest(said["explanation"], asked_at),
        searched=said["searched"],
        as_of=None if as_of is None else day(as_of),
    )


def _nearest(said: Mapping[str, Any] | None, asked_at: datetime) -> NearestView | None:
    if said is None:
        return None
    return NearestView(
        quote=said["quote"],
        article=_article(said["article"], asked_at),
        threshold=said["threshold"],
        factors=tuple((each["name"], each["probability"]) for each in said["factors"]),
    )


def _article(said: Mapping[str, Any], asked_at: datetime) -> ArticleView:
    link = safe_link(said["url"])
    return ArticleView(
        title=said["title"] or said["id"],
        publisher=said["publisher"],
        published=published(stored_date(said["published_at"]), asked_at),
        link=link,
        origin=None if link else said["origin"],
        carried_by=_carried_by(said["copies"]),
    )


def _carried_by(copies: Sequence[Mapping[str, Any]]) -> tuple[str, ...]:
    return tuple(filter(None, (each["publisher"] or each["url"] for each in copies)))


def by_passage(citations: Sequence[Mapping[str, Any]]) -> list[list[Mapping[str, Any]]]:
    """Return the citations, those of one passage together unless their quotes overlap."""
    groups: list[list[Mapping[str, Any]]] = []
    for citation in citations:
        for group in groups:
            if not any(_clash(citation, other) for other in group):
                group.append(citation)
                break
        else:
            groups.append([citation])
    return groups


def _clash(one: Mapping[str, Any], other: Mapping[str, Any]) -> bool:
    if (one["article"]["id"], one["passage"]["id"]) != (other["article"]["id"], other["passage"]["id"]):
        return True
    return bool(one["start"] < other["end"] and other["start"] < one["end"])


def _source(citations: Sequence[Mapping[str, Any]], asked_at: datetime, *, short: bool) -> SourceView:
    return SourceView(
        numbers=tuple(each["number"] for each in citations),
        article=_article(citations[0]["article"], asked_at),
        passage=tuple(quotes_alone(citations) if short else passage_pieces(citations)),
    )


def quotes_alone(citations: Sequence[Mapping[str, Any]]) -> Iterator[Piece]:
    """Give the quotes of a passage, with a sign between them for what is left out."""
    for place, citation in enumerate(citations):
        if place:
            yield Piece(" … ")
        yield Piece(citation["quote"], citation["number"])


def passage_pieces(citations: Sequence[Mapping[str, Any]]) -> Iterator[Piece]:
    """Give the one passage that citations quote, apart from each other, in pieces; joined, they are the passage."""
    text, offset = citations[0]["passage"]["text"], citations[0]["passage"]["start"]
    done = 0
    for citation in sorted(citations, key=lambda each: int(each["start"])):
        start, end = citation["start"] - offset, citation["end"] - offset
        leans = text.rfind(citation["context"], done, start) if citation["context"] else -1
        leans = start if leans < 0 else leans
        pieces = (
            Piece(text[done:leans]),
            Piece(text[leans:start], leans=True),
            Piece(text[start:end], citation["number"]),
        )
        yield from (piece for piece in pieces if piece.text)
        done = end
    if done < len(text):
        yield Piece(text[done:])
