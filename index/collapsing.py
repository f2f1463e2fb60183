"""Syndication: of articles that are one text, the earliest in scope stands for all of them.

Which versions are one text was settled when they were indexed (`index.likeness`). What stands for them is settled for
each question, because a filter may leave out the earliest.
"""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from index.articles import Copy
from index.catalogue.reading import Snapshot
from index.catalogue.records import Candidate
from index.scope import Scope

_SAME_PASSAGE = 0.9
"""Two passages of copies are the same one from this cosine on; below it, one article was cut short of it."""


@dataclass(frozen=True, slots=True)
class Collapsed:
    """Candidates with those of later copies replaced.

    `copies` lists, by version, the articles that it stands for; `replaced` gives, by the row of a passage, the row that
    stands for it.
    """

    candidates: Sequence[Candidate]
    copies: Mapping[int, tuple[Copy, ...]]
    replaced: Mapping[int, int]


def collapse(snapshot: Snapshot, candidates: Sequence[Candidate], scope: Scope | None) -> Collapsed:
    """Put the earliest article in the place of its copies, passage by passage.

    A passage that the earliest does not have, because it was cut there, stays with the article that has it.
    """
    earliest = _earliest(snapshot, {candidate.version for candidate in candidates}, scope)
    if not earliest:
        return Collapsed(candidates, {}, {})
    passages: dict[int, list[Candidate]] = defaultdict(list)
    for candidate in snapshot.passages_of(set(earliest.values())):
        passages[candidate.version].append(candidate)
    kept: dict[int, Candidate] = {}
    replaced: dict[int, int] = {}
    for candidate in candidates:
        own = (
            _same_passage(candidate, passages[earliest[candidate.version]])
            if candidate.version in earliest
            else None
        )
        if own is not None:
            replaced[candidate.passage] = own.passage
        kept.setdefault((own or candidate).passage, own or candidate)
    articles = snapshot.articles(earliest)
    copies: dict[int, list[Copy]] = defaultdict(list)
    for later, article in sorted(articles.items()):
        copies[earliest[later]].append(Copy(article.url, article.publisher, article.published_at))
    return Collapsed(
        list(kept.values()), {version: tuple(found) for version, found in copies.items()}, replaced
    )


def _earliest(snapshot: Snapshot, versions: Iterable[int], scope: Scope | None) -> dict[int, int]:
    """Return, by version, the earlier one that it is a copy of; versions that are nobody's copy are left out.

    Being a copy is not transitive (each of two cuts can be a copy of the whole), so each is held against those that
    stand for themselves, earliest first.
    """
    published: dict[int, float] = {}
    partners: dict[int, set[int]] = defaultdict(set)
    for one, other in snapshot.copies(versions, scope):
        for mine, theirs in ((one, other), (other, one)):
            # Of an undated article nobody knows that it was first.
            published[mine.version_id] = math.inf if mine.published is None else mine.published
            partners[mine.version_id].add(theirs.version_id)
    stands_for: dict[int, int] = {}
    for version in sorted(published, key=lambda each: (published[each], each)):
        first = next(
            (
                other
                for other in sorted(partners[version], key=lambda each: (published[each], each))
                if (published[other], other) < (published[version], version) and other not in stands_for
            ),
            None,
        )
        if first is not None:
            stands_for[version] = first
    return stands_for


def _same_passage(candidate: Candidate, others: Sequence[Candidate]) -> Candidate | None:
    best = max(others, key=lambda other: float(other.vector @ candidate.vector), default=None)
    if best is None or float(best.vector @ candidate.vector) < _SAME_PASSAGE:
        return None
    return best
