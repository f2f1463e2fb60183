"""From the sentences chosen to the claims shown: at most three, none said twice, differing figures side by side."""

from __future__ import annotations

import re
from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from datetime import datetime

from bot.answering.asked import Asked
from bot.answering.choice import Chosen
from bot.answering.evidence import Evidence
from bot.answering.kinds import Kind, holds_kind
from bot.answering.standing_alone import context_start, notes_on
from bot.answers import Citation, Claim
from bot.quoting import SentenceFound, quoted_span
from index.articles import Article
from index.words import stem, stems

_MOST_CLAIMS = 3
_MOST_PASSAGES = 3

_NEARLY = 1.5
"""How much less a further sentence may score than the best, in units of score: a fifth of its odds.

On the news questions, cross-validated: at 1.0 an answer has 1.6 sentences and one of them holds it 0.65 of the time, at
1.5 1.9 and 0.67, at 3.0 2.6 and 0.73.
"""

_VERSION = 2.5
"""The same for a sentence that gives another figure for the same thing."""

_SAME_THING = 0.45
"""The share of two sentences' stems, figures aside, that they have in common where they speak of the same thing."""

_DOUBTS = ("unborne", "contrasted", "other name", "another year")
"""Of two places with like names, each with its figure, a further sentence must be about the one that is asked about."""

_FIGURE = re.compile(r"\d+(?:[.,:]\d+)*")


@dataclass(frozen=True, slots=True)
class _Said:
    """A sentence with its content stems, figures apart."""

    evidence: Evidence
    score: float
    stems: AbstractSet[str]
    figures: AbstractSet[str]

    @property
    def sentence(self) -> SentenceFound:
        return self.evidence.sentence

    @property
    def article(self) -> Article:
        return self.sentence.source.article


@dataclass(frozen=True, slots=True)
class Version:
    """One of several figures that articles give for the same thing.

    `claim` says it in the article's own words, `figures` are all figures in it (stems), `note` says when it was said,
    and whether that is later or earlier than the others.
    """

    claim: Claim
    figures: AbstractSet[str]
    note: str


def claims_from(asked: Asked, chosen: Chosen) -> tuple[Claim, ...]:
    """Return the claims of an answer, the best sentence first.

    Of sentences that give different figures for the same thing, the latest comes first and is called the latest.
    """
    kept = _kept(asked, chosen)
    versions = _versions(asked, kept)
    if versions:
        kept = [*versions, *(each for each in kept if each not in versions)]
    wanted = set(asked.stems)
    return tuple(
        _claim(each, wanted, number, _version_note(each, versions)) for number, each in enumerate(kept, 1)
    )


def versions_from(asked: Asked, chosen: Chosen) -> tuple[Version, ...]:
    """Return the different figures that are given for what is asked, latest first; none where there is one, or none."""
    versions = _versions(asked, _kept(asked, chosen))
    wanted = set(asked.stems)
    return tuple(
        Version(_claim(each, wanted, number, note), each.figures, note)
        for number, each in enumerate(versions, 1)
        if (note := _version_note(each, versions))
    )


def figures_in(text: str) -> frozenset[str]:
    """Return the figures in a text, as stems."""
    return frozenset(stem(word) for word in _FIGURE.findall(text))


def _said(evidence: Evidence, score: float) -> _Said:
    text = evidence.sentence.text
    figures = figures_in(text)
    return _Said(evidence, score, frozenset(stems(text)) - figures, figures)


def _kept(asked: Asked, chosen: Chosen) -> list[_Said]:
    said = [_said(each, score) for each, score in zip(chosen.evidence, chosen.scores, strict=True)]
    best = said[0]
    kept = [best, *_reason_after(asked, said)]
    for each in said[1:]:
        if len(kept) == _MOST_CLAIMS or each.score < best.score - _VERSION:
            break
        passages = {other.sentence.source.passage.id for other in kept} | {each.sentence.source.passage.id}
        if len(passages) > _MOST_PASSAGES or not _is_sentence(each):
            continue
        if any(each.evidence[sign] > best.evidence[sign] for sign in _DOUBTS):
            continue
        if any(_repeats(each, other) for other in kept):
            continue
        if each.score >= best.score - _NEARLY or any(_is_version(asked, each, other) for other in kept):
            kept.append(each)
    return kept


def _reason_after(asked: Asked, said: list[_Said]) -> list[_Said]:
    """Return the sentence after the best one where that is to say why, and does not: news tell why in the next."""
    best = said[0].sentence
    if asked.kind is not Kind.REASON or holds_kind(Kind.REASON, best.text, asked.all_stems):
        return []
    after = [start for start, _ in best.source.sentences if start >= best.end][:1]
    return [
        each
        for each in said[1:]
        if each.sentence.source is best.source and [each.sentence.start] == after and _is_sentence(each)
    ]


def _is_sentence(said: _Said) -> bool:
    """Tell a sentence, or a row that is read with its head, from a heading, which says nothing beside a sentence."""
    return said.sentence.row is not None or said.sentence.text.rstrip("\"'”’)»").endswith(
        (".", "!", "?", "…", "。")
    )


def _repeats(one: _Said, other: _Said) -> bool:
    new = (one.stems | one.figures) - (other.stems | other.figures)
    return len(new) < max(2, len(one.stems) // 3) and one.figures <= other.figures


def _is_version(asked: Asked, one: _Said, other: _Said) -> bool:
    """Tell whether two sentences of two articles give different figures for the same thing."""
    if one.article.id == other.article.id or asked.kind is not Kind.NUMBER:
        return False
    if not (one.figures and other.figures) or one.figures == other.figures:
        return False
    shared = len(one.stems & other.stems)
    return shared >= _SAME_THING * max(1, min(len(one.stems), len(other.stems)))


def _versions(asked: Asked, kept: list[_Said]) -> list[_Said]:
    """Return those that give different figures for what the best one is about, latest first; none where it is alone."""
    best = kept[0]
    others = [each for each in kept[1:] if _is_version(asked, each, best)]
    if not others or any(_date(each) is None for each in (best, *others)):
        return []
    return sorted((best, *others), key=lambda each: _date(each) or datetime.min, reverse=True)


def _version_note(said: _Said, versions: list[_Said]) -> str | None:
    if said not in versions:
        return None
    date, latest = _date(said), _date(versions[0])
    source = f"{said.article.publisher}, " if said.article.publisher else ""
    day = f"{date:%-d %B %Y}" if date else ""
    return f"{'later' if date == latest else 'earlier'}: {source}{day}"


def _date(said: _Said) -> datetime | None:
    return said.article.published_at


def _column_note(sentence: SentenceFound, wanted: AbstractSet[str]) -> tuple[str, ...]:
    """Tell which cell of a row is asked for, where its column says so."""
    row = sentence.row
    found = row.asked_for(wanted) if row else None
    return (f"{found[0]}: {found[1]}",) if found else ()


def _claim(said: _Said, wanted: AbstractSet[str], number: int, version: str | None) -> Claim:
    sentence = said.sentence
    article = said.article
    start, end = quoted_span(article.text, sentence.start, sentence.end, wanted)
    quote = article.text[start:end]
    leaning = context_start(sentence) if start == sentence.start else None
    citation = Citation(number, article, sentence.source.passage, quote, start, end, leaning)
    context = citation.context
    notes = notes_on(sentence, context) + _column_note(sentence, wanted)
    return Claim(
        " ".join(quote.split()),
        (citation,),
        context and " ".join(context.split()),
        notes + ((version,) if version else ()),
    )
