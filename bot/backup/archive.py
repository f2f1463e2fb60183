"""Reading a backup: nothing in the file is believed before it is checked.

Members are known by the names that Footnote gives them, and are written where Footnote wants them; a path in the
archive never decides where something is written.
"""

from __future__ import annotations

import hashlib
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from zipfile import BadZipFile, ZipFile

from bot.backup.manifest import MANIFEST, NO_BACKUP, Manifest, Member, read_manifest
from bot.backup.parts import CATALOGUE, PARTS
from bot.errors import BackupError
from index.planning import Progress

_CHUNK = 1 << 20
_MEGABYTE = 1_000_000
_LONGEST_MANIFEST = 1 << 20
_ANOTHER = "It was cut off or changed since it was made: take another backup."


class Archive:
    """A backup that is open for reading."""

    def __init__(self, packed: ZipFile, path: Path, manifest: Manifest) -> None:
        self._packed = packed
        self._path = path
        self.manifest = manifest

    def extract(self, folder: Path, progress: Progress) -> None:
        """Write all members into `folder`, each under its own name.

        Raises:
            BackupError: one of them is not what the manifest says.
        """
        progress.begin("Unpacking, MB", max(1, self.manifest.size // _MEGABYTE))
        for member in self.manifest.members:
            with _errors_translated(self._path):
                self._extract(member, folder / member.name, progress)

    def _extract(self, member: Member, target: Path, progress: Progress) -> None:
        digest, left = hashlib.sha256(), member.size
        with self._packed.open(member.name) as source, target.open("xb") as stream:
            while chunk := source.read(min(_CHUNK, left + 1)):
                left -= len(chunk)
                if left < 0:
                    break
                stream.write(chunk)
                digest.update(chunk)
                progress.advance(len(chunk) / _MEGABYTE)
        if left or digest.hexdigest() != member.digest:
            raise BackupError(f"{member.name} in {self._path} is not what its checksum says.", _ANOTHER)


@contextmanager
def open_archive(path: Path) -> Iterator[Archive]:
    """Open the backup at `path`, its manifest read and its members known.

    Raises:
        BackupError: there is none, it is no backup, or one of a later version.
    """
    try:
        stream = path.open("rb")
    except OSError as error:
        raise BackupError(f"{path} cannot be opened: {error.strerror}.", NO_BACKUP) from error
    with stream:
        with _errors_translated(path):
            packed = ZipFile(stream)
            manifest = _manifest(packed, path)
        yield Archive(packed, path, manifest)


def _manifest(packed: ZipFile, path: Path) -> Manifest:
    names = packed.namelist()
    if MANIFEST not in names or packed.getinfo(MANIFEST).file_size > _LONGEST_MANIFEST:
        raise BackupError(f"{path} is an archive, but no backup of Footnote's.", NO_BACKUP)
    try:
        manifest = read_manifest(packed.read(MANIFEST))
    except BackupError as error:
        raise BackupError(f"{path} cannot be restored. {error.message}", error.remedy) from error
    said = [member.name for member in manifest.members]
    strange = sorted(set(said) - set(PARTS))
    if strange:
        raise BackupError(
            f"{path} holds {strange[0]!r}, which this version of Footnote does not know.",
            f"If you made it yourself, restore it with Footnote {manifest.version} or a later one.",
        )
    if sorted(names) != sorted([*said, MANIFEST]) or CATALOGUE not in said:
        raise BackupError(f"What {path} holds is not what its manifest says.", _ANOTHER)
    return manifest


@contextmanager
def _errors_translated(path: Path) -> Iterator[None]:
    try:
        yield
    # What the zipfile module raises where a file is damaged, cut off, encrypted, or compressed in an unknown way.
    except (
        BadZipFile,
        zlib.error,
        EOFError,
        NotImplementedError,
        RuntimeError,
        ValueError,
        KeyError,
    ) as error:
        raise BackupError(f"{path} is no whole backup ({error}).", _ANOTHER) from error
