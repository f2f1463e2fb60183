"""Making a backup: a copy of each database as it is at one moment, in one file that appears when it is whole.

The file is a ZIP archive, uncompressed, with its manifest as the last member.
"""

from __future__ import annotations

import hashlib
import json
import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from importlib.metadata import version
from pathlib import Path
from zipfile import ZIP_STORED, ZipFile, ZipInfo

from bot.backup.manifest import MANIFEST, Contents, Manifest, Member
from bot.backup.parts import CATALOGUE, PARTS
from bot.errors import BackupError
from index.catalogue.reading import CatalogueReader
from index.home import Home
from index.locks import writer_lock
from index.planning import Progress
from index.seal import synchronise

DISTRIBUTION = "footnote-news-bot"
_CHUNK = 1 << 20
_MEGABYTE = 1_000_000
_PRIVATE = 0o600
"""What people asked in Slack is in it."""


class BackupWriter:
    """Backs up one home, whatever reads and writes it meanwhile."""

    def __init__(self, home: Home, progress: Progress) -> None:
        self._home = home
        self._progress = progress

    def write(self, file: Path, *, overwrite: bool) -> Manifest:
        """Back the home up to `file`; a file that is there already is overwritten only where told so.

        Raises:
            BackupError: the file is there, its folder is not, or another process is writing it.
            IndexMissingError: nothing is indexed.
            FootnoteError: a database cannot be read, or the copy not be written.
        """
        file = file.absolute()
        _require_place(file, overwrite=overwrite)
        _contents(self._home.catalogue)
        with _workplace(file) as folder:
            archive = folder / "archive"
            manifest = self._fill(archive)
            archive.replace(file)
            synchronise(file.parent)
        return manifest

    def _fill(self, archive: Path) -> Manifest:
        # Uncompressed: vectors hardly shrink, and a quarter of the size would cost ten times the time.
        with archive.open("wb") as stream:
            archive.chmod(_PRIVATE)
            with ZipFile(stream, "w", ZIP_STORED) as packed:
                manifest = self._pack(packed, archive.parent)
            stream.flush()
            os.fsync(stream.fileno())
        return manifest

    def _pack(self, packed: ZipFile, folder: Path) -> Manifest:
        members, contents = [], None
        for name, copy in PARTS.items():
            source, copied = self._home.folder.absolute() / name, folder / name
            if not source.exists():
                continue
            copy(source, copied, self._progress)
            if name == CATALOGUE:
                contents = _contents(copied)
            members.append(self._add(packed, copied))
            copied.unlink()
        if contents is None:
            raise BackupError(f"{self._home.catalogue} went away meanwhile.", "Try again.")
        manifest = Manifest(datetime.now(UTC), version(DISTRIBUTION), contents, tuple(members))
        packed.writestr(ZipInfo(MANIFEST), json.dumps(manifest.to_json(), indent=2))
        return manifest

    def _add(self, packed: ZipFile, copied: Path) -> Member:
        digest, size = hashlib.sha256(), 0
        self._progress.begin(f"Packing {copied.name}, MB", max(1, copied.stat().st_size // _MEGABYTE))
        with copied.open("rb") as source, packed.open(ZipInfo(copied.name), "w", force_zip64=True) as target:
            while chunk := source.read(_CHUNK):
                target.write(chunk)
                digest.update(chunk)
                size += len(chunk)
                self._progress.advance(len(chunk) / _MEGABYTE)
        return Member(copied.name, size, digest.hexdigest())


def _require_place(file: Path, *, overwrite: bool) -> None:
    if file.is_dir():
        raise BackupError(f"{file} is a folder.", "Name the file to write, like footnote-monday.backup.")
    if not file.parent.is_dir():
        raise BackupError(f"The folder {file.parent} does not exist.", "Make it, or name another one.")
    if os.path.lexists(file) and not overwrite:
        raise BackupError(f"{file} is there already.", "Name another file, or add --overwrite.")


def _contents(catalogue: Path) -> Contents:
    reader = CatalogueReader(catalogue)
    try:
        with reader.snapshot() as snapshot:
            snapshot.require_articles()
            identity = snapshot.served.identity
            return Contents(
                identity.model, identity.model_digest, snapshot.article_count(None), snapshot.count()
            )
    finally:
        reader.close()


@contextmanager
def _workplace(file: Path) -> Iterator[Path]:
    """Give an empty folder beside `file`, for one process at a time; it is gone afterwards.

    What a backup left there that was killed goes as well: it has a name of its own for that.
    """
    folder = file.with_name(file.name + ".partial")
    try:
        folder.mkdir(mode=0o700, exist_ok=True)
    except OSError as error:
        raise BackupError(
            f"Nothing can be written in {file.parent}: {error.strerror}.",
            "Give this user write access, or name a file in another folder.",
        ) from error
    with writer_lock(folder / "lock", f"writing the backup {file.name}"):
        for left in folder.iterdir():
            if left.name != "lock":
                left.unlink()
        try:
            yield folder
        finally:
            shutil.rmtree(folder, ignore_errors=True)
