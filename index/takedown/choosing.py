"""Choosing what to take down: articles by what names them, by publisher, by date."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from index.catalogue.records import Heading
from index.discovery import path_key
from index.identity import canonical_url
from index.takedown.tombstones import Tombstone


@dataclass(frozen=True, slots=True)
class Wanted:
    """What is to be taken down; what is given narrows each other.

    `names` are articles, by id, URL, place or title; `before` leaves out what was published then or later, and what
    is undated.
    """

    names: tuple[str, ...] = ()
    publisher: str | None = None
    before: datetime | None = None

    def holds(self, heading: Heading) -> bool:
        """Tell whether an article is of the publisher, and as old."""
        published, publisher = heading.published, heading.publisher or ""
        if self.before is not None and (published is None or published >= self.before.timestamp()):
            return False
        return self.publisher is None or publisher.casefold() == self.publisher.casefold()


@dataclass(frozen=True, slots=True)
class Choice:
    """What a wish comes to: `articles`, `unknown` names, and `ambiguous` titles with the articles that bear them."""

    articles: tuple[Heading, ...]
    unknown: tuple[str, ...]
    ambiguous: tuple[tuple[str, tuple[Heading, ...]], ...]


def choose(wanted: Wanted, headings: Sequence[Heading]) -> Choice:
    """Return which of the articles that are served are wanted."""
    if not wanted.names:
        return Choice(tuple(filter(wanted.holds, headings)), (), ())
    chosen: dict[str, Heading] = {}
    unknown, ambiguous = [], []
    for name in wanted.names:
        named = _named(name, headings)
        if not named and len(titled := _titled(name, headings)) > 1:
            ambiguous.append((name, titled))
        elif not (named := named or titled):
            unknown.append(name)
        chosen.update({each.article_id: each for each in named})
    return Choice(tuple(filter(wanted.holds, chosen.values())), tuple(unknown), tuple(ambiguous))


def buried(names: Iterable[str], tombstones: Sequence[Tombstone]) -> tuple[list[Tombstone], list[str]]:
    """Return the tombstones that names stand for (by id, URL or file), and the names that stand for none."""
    found: dict[str, Tombstone] = {}
    unknown = []
    for name in names:
        url, place = canonical_url(name), path_key(Path(name))
        ways = (
            [each for each in tombstones if each.article_id == name],
            [each for each in tombstones if url in (each.url, each.article_id)],
            [each for each in tombstones if place in (each.path, each.article_id)],
        )
        meant = next(filter(None, ways), [])
        found.update({each.article_id: each for each in meant})
        if not meant:
            unknown.append(name)
    return list(found.values()), unknown


def _named(name: str, headings: Sequence[Heading]) -> tuple[Heading, ...]:
    """Return the one article with this id or URL, or all that lie in a place: a line, or a whole file."""
    url, place = canonical_url(name), path_key(Path(name))
    ways = (
        tuple(each for each in headings if each.article_id == name),
        tuple(each for each in headings if url in (each.article_id, each.url and canonical_url(each.url))),
        tuple(each for each in headings if each.origin == place),
        tuple(each for each in headings if _file(each.origin) == place),
    )
    return next(filter(None, ways), ())


def _titled(title: str, headings: Sequence[Heading]) -> tuple[Heading, ...]:
    wanted = " ".join(title.casefold().split())
    return tuple(each for each in headings if " ".join((each.title or "").casefold().split()) == wanted)


def _file(origin: str) -> str:
    path, colon, line = origin.rpartition(":")
    return path if colon and line.isdecimal() else origin
