"""Restoring a backup into a home: checked first, then put in place so that a kill leaves the old home or the new."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass
from pathlib import Path

from bot.backup.archive import Archive, open_archive
from bot.backup.manifest import Manifest
from bot.backup.parts import CATALOGUE, RECORDS, TOMBSTONES
from bot.errors import BackupError
from bot.records.database import Database
from bot.records.inbox import Inbox
from index.catalogue.reading import CatalogueReader
from index.catalogue.succession import predecessor
from index.catalogue.writing import CatalogueWriter
from index.database_files import integrity_problems, replace_database
from index.errors import FootnoteError
from index.home import Home
from index.locks import writer_lock
from index.planning import Progress
from index.restoring import IndexInstaller
from index.takedown.tombstones import Tombstones

STAGING = "restoring"


@dataclass(frozen=True, slots=True)
class Restored:
    """What was restored, and how many questions of Slack's that waited then were dropped."""

    manifest: Manifest
    dropped: int


class Restorer:
    """Puts backups into one home; `bot_lock` is the file that whoever answers in Slack from it holds."""

    def __init__(self, home: Home, bot_lock: Path, progress: Progress) -> None:
        self._home = home
        self._bot_lock = bot_lock
        self._progress = progress

    def restore(self, file: Path, *, replace: bool) -> Restored:
        """Make the home what the backup `file` holds; an index that is there is replaced only where told so.

        The Slack records of the home are replaced where the backup holds some, and stay where it holds none. What was
        withdrawn stays so; `Eraser.go_on` takes it out of the records that came back.

        Raises:
            BackupError: the file is no whole backup, of a later version, or the home holds an index already.
            WriterBusyError: another process writes to the home, or answers in Slack from it.
            FootnoteError: the home cannot be written.
        """
        with open_archive(file.absolute()) as archive:
            with (
                writer_lock(self._home.writer_lock),
                writer_lock(self._bot_lock, "answering in Slack from this home"),
            ):
                self._require_free(replace=replace)
                with self._staged(archive) as folder:
                    dropped = self._put(folder)
            return Restored(archive.manifest, dropped)

    def _require_free(self, *, replace: bool) -> None:
        if replace or not self._home.catalogue.exists():
            return
        before = predecessor(self._home.catalogue)
        if before is not None and not before.articles:
            return
        held = f"an index of {before.articles:,} articles" if before else "a catalogue that cannot be read"
        raise BackupError(
            f"{self._home.folder} holds {held} already.",
            "Add --replace to have the backup in its place (footnote backup keeps what is there), "
            "or set FOOTNOTE_HOME to another folder.",
        )

    @contextmanager
    def _staged(self, archive: Archive) -> Iterator[Path]:
        """Give a folder in the home that holds the backup's files, checked; it is gone afterwards."""
        folder = self._home.folder.absolute() / STAGING
        shutil.rmtree(folder, ignore_errors=True)
        self._require_space(archive.manifest.size)
        folder.mkdir(mode=0o700)
        try:
            archive.extract(folder, self._progress)
            self._progress.begin("Checking", 1)
            _check(folder)
            yield folder
        finally:
            shutil.rmtree(folder, ignore_errors=True)

    def _require_space(self, size: int) -> None:
        # The copy unpacked, and the same again while it goes into the place of another, and Chroma's folder.
        needed = 3 * size
        free = shutil.disk_usage(self._home.folder).free
        if free < needed:
            raise BackupError(
                f"The disk that holds {self._home.folder} has {free / 1e6:,.0f} MB free; restoring takes up to "
                f"{needed / 1e6:,.0f} MB.",
                "Free some space, or set FOOTNOTE_HOME to a folder on another disk.",
            )

    def _put(self, folder: Path) -> int:
        dropped = 0
        self._keep_withdrawn(folder)
        if (folder / RECORDS).exists():
            with closing(Database(folder / RECORDS)) as database:
                dropped = Inbox(database).forget_unfinished()
            replace_database(folder / RECORDS, self._home.folder.absolute() / RECORDS)
        IndexInstaller(self._home, self._progress).install(folder / CATALOGUE)
        return dropped

    def _keep_withdrawn(self, folder: Path) -> None:
        """Take what was withdrawn, here or where the backup was made, out of the backup's catalogue.

        All of it is to be withdrawn once more, from the answers as well, which may be older than a takedown.
        """
        home, backup = Tombstones(self._home.tombstones), Tombstones(folder / TOMBSTONES)
        kept = {each.article_id: each for each in (*backup.all(), *home.all())}
        if not kept:
            return
        home.add(kept.values())
        home.begin_again(kept)
        with closing(CatalogueWriter(folder / CATALOGUE)) as catalogue:
            digests = [each.digest for each in kept.values() if not each.claimed]
            there = catalogue.versions_of(list(kept), digests)
            if there:
                catalogue.erase([version_id for version_id, _, _ in there])


def _check(folder: Path) -> None:
    """Check that this version of Footnote can use the databases."""
    reader = CatalogueReader(folder / CATALOGUE)
    with closing(reader), _as_of_the_backup(), reader.snapshot():
        pass
    if (folder / RECORDS).exists():
        with _as_of_the_backup(), closing(Database(folder / RECORDS)):
            pass
    for name in filter(lambda name: (folder / name).exists(), (CATALOGUE, RECORDS)):
        problems = integrity_problems(folder / name)
        if problems:
            raise BackupError(f"The backup's {name} is damaged ({problems[0]}).", "Take another backup.")


@contextmanager
def _as_of_the_backup() -> Iterator[None]:
    """Turn what is wrong with an unpacked database into the backup's own error: the remedy is another one there."""
    try:
        yield
    except FootnoteError as error:
        raise BackupError(
            f"The backup cannot be used. {error.message}",
            "Restore it with the version of Footnote that made it, or take another backup.",
        ) from error
