"""Which articles a case means by its sources: paths, URLs, titles or ids."""

from __future__ import annotations

import posixpath
import unicodedata
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import PurePosixPath

from index.articles import Article
from index.identity import canonical_url


@dataclass(frozen=True, slots=True)
class Expected:
    """The articles (by id) that may answer a case, and those of its sources that name no article.

    `copies` gives, by id, the articles that are one text with another.
    """

    articles: tuple[str, ...]
    unknown: tuple[str, ...]
    copies: Mapping[str, frozenset[str]]

    def __call__(self, article: Article) -> bool:
        """Tell whether `article` is one of them, or one text with one of them."""
        return any(self._is_one_text(article.id, each) for each in self.articles)

    def grades(self, found: Iterable[Article]) -> dict[str, int]:
        """Return what a ranking that found these articles should have found, each with the grade 1.

        A text that several expected articles carry is to be found once, in whichever article.
        """
        wanted = [article.id for article in found if self(article)]
        for each in self.articles:
            if not any(self._is_one_text(each, other) for other in wanted):
                wanted.append(each)
        return dict.fromkeys(wanted, 1)

    def _is_one_text(self, one: str, other: str) -> bool:
        return one == other or other in self.copies.get(one, ())


class Collection:
    """The articles that are asked, by all that a case may call them.

    `copies` pairs the ids of articles that are one text.
    """

    def __init__(self, articles: Iterable[Article], copies: Iterable[tuple[str, str]] = ()) -> None:
        self._origins: dict[str, tuple[str, ...]] = {}
        self._by_url: defaultdict[str, list[str]] = defaultdict(list)
        self._by_title: defaultdict[str, list[str]] = defaultdict(list)
        self._by_file: defaultdict[str, list[str]] = defaultdict(list)
        for article in articles:
            self._origins[article.id] = parts = _parts(article.origin)
            self._by_file[_without_line(parts[-1])].append(article.id)
            if article.url:
                self._by_url[canonical_url(article.url)].append(article.id)
            if article.title:
                self._by_title[_folded(article.title)].append(article.id)
        paired: defaultdict[str, set[str]] = defaultdict(set)
        for one, other in copies:
            paired[one].add(other)
            paired[other].add(one)
        self._copies = {each: frozenset(others) for each, others in paired.items()}

    def __len__(self) -> int:
        return len(self._origins)

    def expected(self, sources: Sequence[str]) -> Expected:
        """Return the articles that a case's sources name."""
        named = {source: self.named(source) for source in sources}
        articles = dict.fromkeys(each for found in named.values() for each in found)
        unknown = tuple(source for source, found in named.items() if not found)
        return Expected(tuple(articles), unknown, self._copies)

    def named(self, source: str) -> list[str]:
        """Return the ids of the articles that have this id, or else this URL, lie at this path, or have this title.

        URLs are compared in their canonical form, titles without regard to case and white space. A path is what a
        file's place ends with: "border.md" and "articles/border.md" are both ".../articles/border.md". A file of
        several articles is all of them, "papers.jsonl:3" the one on its third line.
        """
        if source in self._origins:
            return [source]
        return (
            self._by_url.get(canonical_url(source))
            or self._lying_at(source)
            or self._by_title.get(_folded(source))
            or []
        )

    def _lying_at(self, source: str) -> list[str]:
        parts = _parts(source)
        return [
            each
            for each in self._by_file.get(_without_line(parts[-1]), ())
            if _ends_with(self._origins[each], parts)
        ]


def _parts(path: str) -> tuple[str, ...]:
    """Return the parts of a path, without what leads up from where it is written ("../articles" is "articles")."""
    # A file system may hold an accented letter in two characters where the case has it in one.
    plain = PurePosixPath(posixpath.normpath(unicodedata.normalize("NFC", path)))
    return tuple(part for part in plain.parts if part != "..") or (".",)


def _ends_with(origin: Sequence[str], parts: Sequence[str]) -> bool:
    *folders, name = origin[-len(parts) :]
    return (*folders, name) == tuple(parts) or (*folders, _without_line(name)) == tuple(parts)


def _without_line(name: str) -> str:
    file, colon, line = name.rpartition(":")
    return file if colon and line.isdecimal() else name


def _folded(title: str) -> str:
    return " ".join(unicodedata.normalize("NFC", title).casefold().split())
