"""Telling withdrawn articles again: by the name they claim, by their content, or by an edited text where they lay."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable
from dataclasses import replace

from index.catalogue.records import Entry
from index.likeness import resemblance, sketch
from index.takedown.tombstones import Tombstone

EDITED = 0.25
"""Share of their runs of three words that an article and its edited form have in common, at least.

Two articles on one subject share 0.02, and the estimate from sketches is right give or take 0.05.
"""


class Withdrawn:
    """What was withdrawn, looked at from the articles that a reindex comes across.

    An article that claims an id or a URL is told by that, whatever its text has become, and only by that. One that only
    its place identifies is told by its content, wherever it turns up, and in its own file, or one where it was seen
    since, by a text that resembles it. Another article that comes to lie there is not held back.
    """

    def __init__(self, tombstones: Iterable[Tombstone], entries: Iterable[Entry]) -> None:
        self._by_url: dict[str, str] = {}
        self._by_digest: dict[str, str] = {}
        self._in_file: dict[str, dict[str, Tombstone]] = defaultdict(dict)
        by_id = {each.article_id: each for each in tombstones}
        self.ids = frozenset(by_id)
        self._claimed = {each.article_id for each in by_id.values() if each.claimed}
        for each in by_id.values():
            self._by_digest[each.digest] = each.article_id
            self._in_file[each.path][each.article_id] = each
            if each.url is not None:
                self._by_url.setdefault(each.url, each.article_id)
        for entry in entries:
            if entry.article_id in by_id:
                self._in_file[entry.path][entry.article_id] = by_id[entry.article_id]

    def named(self, own_id: str | None, url: str | None) -> str | None:
        """Return the withdrawn article that an id or a canonical URL names, None where it is none.

        Of two articles with ids of their own, a URL in common does not make one.
        """
        if own_id is not None:
            return next((name for name in (own_id, url) if name in self._claimed), None)
        return None if url is None else self._by_url.get(url)

    def of_content(self, digest: str) -> str | None:
        """Return the withdrawn article that said exactly this."""
        return self._by_digest.get(digest)

    def entry(self, entry: Entry) -> Entry:
        """Return an entry, under the withdrawn article's id where an older catalogue knew it by another place."""
        found = None if entry.claimed else self.of_content(entry.digest)
        return entry if found is None else replace(entry, article_id=found)

    def lay_in(self, path: str) -> bool:
        """Tell whether a withdrawn article lay in this file."""
        return path in self._in_file

    def edited(self, path: str, text: str, *, claims: bool, found: Collection[str]) -> str | None:
        """Return the withdrawn article of a file that `text` is an edited form of, those already `found` left out.

        Where it `claims` another identity than the withdrawn one did, it is another article.
        """
        own = sketch(text)
        alike = [
            (resemblance(own, each.sketch), each.article_id)
            for each in self._in_file[path].values()
            if each.article_id not in found and not (claims and each.claimed)
        ]
        best = max(alike, default=(0.0, ""))
        return best[1] if best[0] >= EDITED else None
