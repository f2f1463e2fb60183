"""Finding the files under the paths that a reindex is given."""

from __future__ import annotations

import os
import stat
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from index.readers import FORMATS, is_readable


@dataclass(frozen=True, slots=True)
class FoundFile:
    """A file to read: where it is, the name it has in the catalogue, its bytes and modification time."""

    path: Path
    key: str
    size: int
    modified_ns: int


@dataclass(frozen=True, slots=True)
class Problem:
    """Something that could not be read: where (line 0 is the whole file), why, and what to do."""

    place: str
    line: int
    reason: str
    remedy: str


@dataclass(slots=True)
class Discovery:
    """What lies under the given paths.

    `ignored` counts the files of other kinds by their ending. `unseen` are places that could not be looked
    into: nothing can be said about the files there.
    """

    files: list[FoundFile] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)
    ignored: Counter[str] = field(default_factory=Counter)
    roots: list[str] = field(default_factory=list)
    unseen: list[str] = field(default_factory=list)

    def covers(self, key: str) -> bool:
        """Tell whether a file named `key` would have been found if it were there."""
        return any(_is_visible(key, root) for root in self.roots) and not any(
            _is_under(key, place) for place in self.unseen
        )


def path_key(path: Path) -> str:
    """Return the name that a path has in the catalogue: absolute, and valid Unicode whatever its bytes."""
    return os.fsencode(_absolute(path)).decode("utf-8", "backslashreplace")


def discover(paths: Sequence[Path], known: frozenset[str] = frozenset()) -> Discovery:
    """Find the readable files under `paths`, in a stable order, each once however many ways lead to it.

    Hidden files and folders (.git, .DS_Store) are passed over. `known` are the files that the index holds:
    a path that is gone is a problem, unless it is such a file, which has then left.
    """
    found = Discovery()
    seen: set[tuple[int, int]] = set()
    for path in paths:
        absolute = _absolute(path)
        found.roots.append(path_key(absolute))
        try:
            status = absolute.stat()
        except OSError as error:
            if not (isinstance(error, FileNotFoundError) and path_key(absolute) in known):
                _unseen(found, absolute, error)
            continue
        if stat.S_ISDIR(status.st_mode):
            for file in _walk(absolute, found, seen):
                _consider(file, found, seen, named=False)
        else:
            _consider(absolute, found, seen, named=True)
    found.files.sort(key=lambda file: file.key)
    return found


def _absolute(path: Path) -> Path:
    # Links are not resolved: an article keeps its name when the folder behind a link is another one.
    # To POSIX two slashes in front are a root of their own; here they are a slip.
    return Path("/" + os.path.normpath(path.absolute()).lstrip("/"))


def _walk(folder: Path, found: Discovery, seen: set[tuple[int, int]]) -> Iterator[Path]:
    waiting = [folder]
    while waiting:
        current = waiting.pop()
        try:
            if not _is_new(current.stat(), seen):
                continue
            children = sorted(os.scandir(current), key=lambda child: os.fsencode(child.name))
        except OSError as error:
            _unseen(found, current, error)
            continue
        for child in children:
            if child.name.startswith("."):
                continue
            if _is_folder(child):
                waiting.append(Path(child.path))
            else:
                yield Path(child.path)


def _is_folder(child: os.DirEntry[str]) -> bool:
    try:
        return child.is_dir()
    except OSError:
        return False


def _consider(path: Path, found: Discovery, seen: set[tuple[int, int]], *, named: bool) -> None:
    if not is_readable(path):
        if named:
            found.problems.append(
                Problem(
                    path_key(path), 0, "is of a kind that is not read", f"Kinds that are: {' '.join(FORMATS)}"
                )
            )
        else:
            found.ignored[path.suffix.lower() or path.name] += 1
        return
    try:
        status = path.stat()
    except OSError as error:
        _unseen(found, path, error)
        return
    if not stat.S_ISREG(status.st_mode):
        found.problems.append(
            Problem(
                path_key(path), 0, "is not a regular file", "Replace it by the file itself, or delete it."
            )
        )
        return
    if _is_new(status, seen):
        found.files.append(FoundFile(path, path_key(path), status.st_size, status.st_mtime_ns))


def _is_new(status: os.stat_result, seen: set[tuple[int, int]]) -> bool:
    node = (status.st_dev, status.st_ino)
    if node in seen:
        return False
    seen.add(node)
    return True


def _unseen(found: Discovery, path: Path, error: OSError) -> None:
    found.unseen.append(path_key(path))
    remedy = "Check the path; what the index holds from there stays."
    if isinstance(error, PermissionError):
        remedy = "Give this user read access; what the index holds from there stays."
    found.problems.append(Problem(path_key(path), 0, f"cannot be opened ({error.strerror or error})", remedy))


def _is_visible(key: str, root: str) -> bool:
    """Tell whether a walk from `root` comes by `key`: below it, and not hidden on the way."""
    return _is_under(key, root) and "/." not in key[len(root.rstrip("/")) :]


def _is_under(key: str, root: str) -> bool:
    return key == root or key.startswith(root.rstrip("/") + "/")
