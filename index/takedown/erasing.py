"""Erasing what was withdrawn: from the index, from what quotes it elsewhere, and from the free pages of every file.

The order is what survives a kill. Tombstones first: from then on the article cannot come back. Then what quotes it,
which is found by the article's own sentences where it is not known otherwise, so these have to be there still. Then the
catalogue's rows and bytes, and Chroma. Each step may be done again; a tombstone says how far its takedown is, and the
next removal or reindex goes on from there.

Deleting a row leaves its bytes in free pages, in the unused space of others, in the full-text table's older segments
and in the write-ahead log. So the full-text table is made anew of what is live, the database is rewritten whole
(VACUUM copies only what is there), and its log, which still holds the old pages, is emptied. SQLite's secure_delete
would do for what is deleted after it was set, not for what lies in free pages already. Chroma keeps deleted vectors in
its graph: its folder is built anew from the catalogue, too.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import UTC, datetime
from typing import Protocol

from index.catalogue.writing import CatalogueWriter
from index.home import Home
from index.identity import canonical_url
from index.likeness import sketch
from index.locks import writer_lock
from index.planning import Progress
from index.repairing import bring_in_line
from index.takedown.afresh import rebuild_apart
from index.takedown.tombstones import Stage, Tombstone, Tombstones

PATIENCE = 10.0


class Quotes(Protocol):
    """What quotes articles elsewhere."""

    def withdraw(self, article_ids: Sequence[str], texts: Sequence[str], at: datetime) -> None:
        """Take back what quotes the articles withdrawn at that moment; doing so twice does no harm.

        `texts` are theirs, as far as they are still there: what cites no article is known by what it repeats of them.
        """

    def purge(self, seconds: float) -> bool:
        """Free the files of what was deleted; False where a reader kept them from it for so many seconds."""


class Eraser:
    """Takes articles down in one home; `quotes` is None where nothing was ever answered there.

    `patience` is how many seconds readers that hold an older state of a database are waited for.
    """

    def __init__(
        self, home: Home, quotes: Quotes | None, progress: Progress, patience: float = PATIENCE
    ) -> None:
        self._home = home
        self._quotes = quotes
        self._progress = progress
        self._patience = patience
        self._tombstones = Tombstones(home.tombstones)

    def withdraw(self, article_ids: Sequence[str], by: str) -> bool:
        """Take these articles down; return whether no byte of them is left, which a reader can put off.

        Raises:
            WriterBusyError: another process is writing to the index.
            FootnoteError: a file cannot be used; what is begun is finished by the next removal or reindex.
        """
        with writer_lock(self._home.writer_lock):
            catalogue = CatalogueWriter(self._home.catalogue)
            try:
                now = datetime.now(UTC)
                self._tombstones.add(_tombstones(catalogue, article_ids, by, now))
                return self.finish(catalogue)
            finally:
                catalogue.close()

    def go_on(self) -> bool:
        """Finish what was begun; return whether no byte of anything withdrawn is left. Raises what `withdraw` does."""
        if not self._home.catalogue.exists():
            return True
        with writer_lock(self._home.writer_lock):
            catalogue = CatalogueWriter(self._home.catalogue)
            try:
                return self.finish(catalogue)
            finally:
                catalogue.close()

    def undo(self, article_ids: Iterable[str]) -> None:
        """Let articles be indexed again. Raises what `withdraw` does."""
        with writer_lock(self._home.writer_lock):
            self._tombstones.delete(article_ids)

    def finish(self, catalogue: CatalogueWriter) -> bool:
        """Do what is left to do, under the writer's lock; also where a catalogue came back with what was withdrawn."""
        tombstones = self._tombstones.all()
        there = catalogue.versions_of(
            [each.article_id for each in tombstones], [each.digest for each in tombstones if not each.claimed]
        )
        if there:
            self._tombstones.begin_again(_meant(there, tombstones))
        begun = [each for each in self._tombstones.all() if each.stage is Stage.BEGUN]
        if begun:
            self._erase(catalogue, there, begun)
            self._tombstones.advance(Stage.ERASED)
        elif all(each.stage is Stage.PURGED for each in tombstones):
            return True
        return self._empty_logs(catalogue)

    def _erase(
        self,
        catalogue: CatalogueWriter,
        there: Sequence[tuple[int, str, str]],
        tombstones: Sequence[Tombstone],
    ) -> None:
        version_ids = [version_id for version_id, _, _ in there]
        if self._quotes is not None:
            self._progress.begin("Taking back answers", 1)
            texts = [catalogue.article(version_id).text for version_id in version_ids]
            # Under another id, too, where an older catalogue knew it by another place.
            names = {*(each.article_id for each in tombstones), *(name for _, name, _ in there)}
            self._quotes.withdraw(sorted(names), texts, max(each.withdrawn_at for each in tombstones))
        self._progress.begin("Removing", 1)
        served = catalogue.erase(version_ids)
        catalogue.rewrite()
        if served is not None:
            self._progress.begin("Rebuilding the vectors", 1)
            rebuild_apart(self._home)
            catalogue.sweep(served.index_id)
        else:
            bring_in_line(catalogue, self._home.vectors, self._progress)

    def _empty_logs(self, catalogue: CatalogueWriter) -> bool:
        self._progress.begin("Emptying the logs", 1)
        # Nobody can tell what a catalogue holds that could not be read.
        self._home.discard_aside()
        emptied = catalogue.empty_log(self._patience)
        if self._quotes is not None:
            emptied = self._quotes.purge(self._patience) and emptied
        if emptied:
            self._tombstones.advance(Stage.PURGED)
        return emptied


def _meant(there: Iterable[tuple[int, str, str]], tombstones: Iterable[Tombstone]) -> set[str]:
    """Return the withdrawn articles that versions (version, article, digest) are of."""
    ids, digests = (
        {each.article_id for each in tombstones},
        {each.digest: each.article_id for each in tombstones},
    )
    return {name if name in ids else digests[digest] for _, name, digest in there}


def _tombstones(
    catalogue: CatalogueWriter, article_ids: Sequence[str], by: str, now: datetime
) -> list[Tombstone]:
    served = catalogue.served()
    live = catalogue.live(served.index_id) if served else {}
    entries = {entry.article_id: entry for entry in catalogue.entries()}
    made = []
    # What has left since it was chosen is not there to be withdrawn.
    for version in (live[each] for each in article_ids if each in live):
        article, entry = catalogue.article(version.version_id), entries.get(version.article_id)
        # Without an entry, it was published by a run that was killed before it recorded where from.
        claimed = entry.claimed if entry else article.id.rstrip("~") != article.origin
        made.append(
            Tombstone(
                article_id=article.id,
                claimed=claimed,
                url=canonical_url(article.url) if article.url else None,
                path=entry.path if entry else article.origin,
                digest=version.digest,
                sketch=sketch(article.text),
                withdrawn_at=now,
                by=by,
            )
        )
    return made
