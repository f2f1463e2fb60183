"""Tombstones: what was withdrawn, so that it stays gone however the catalogue is damaged, rebuilt or restored.

They lie in a file of their own beside the catalogue, one JSON object a line. A tombstone does not repeat what was taken
down: it holds what the article is recognised by, its id, its URL, where it lay, a digest of its content and a
sketch of its text, from which no word can be read.

The file is replaced whole with each change, never appended to, so that there is no half of a line to be told from
damage: a tombstone that is overlooked is an article that returns.
"""

from __future__ import annotations

import base64
import json
import os
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from enum import StrEnum
from pathlib import Path
from typing import Any

from index.dates import format_moment
from index.errors import FootnoteError, IndexDamagedError


class Stage(StrEnum):
    """How far a takedown is."""

    BEGUN = "begun"
    """The article is to go, and may still be served."""
    ERASED = "erased"
    """It is gone from the index and its files, but for a write-ahead log that a reader holds."""
    PURGED = "purged"
    """No byte of it is left."""


@dataclass(frozen=True, slots=True)
class Tombstone:
    """An article that was withdrawn.

    `claimed`: it named its identity itself, by id or URL; else `article_id` is the place where it was first seen.
    `url` is its canonical URL, `path` the file that it lay in, `digest` that of its content (SHA-256, hex), `sketch`
    its text's MinHash signature. `by` says how it was chosen, in the words of the command's options.
    """

    article_id: str
    claimed: bool
    url: str | None
    path: str
    digest: str
    sketch: bytes
    withdrawn_at: datetime
    by: str
    stage: Stage = Stage.BEGUN


class Tombstones:
    """The tombstones in the file at `path`. Only the holder of the writer's lock changes them; anybody may read."""

    def __init__(self, path: Path) -> None:
        self._path = path

    def all(self) -> tuple[Tombstone, ...]:
        """Return them in the order in which the articles were withdrawn.

        Raises:
            IndexDamagedError: a line cannot be understood.
            FootnoteError: the file cannot be read.
        """
        try:
            lines = self._path.read_text(encoding="utf-8").splitlines()
        except FileNotFoundError:
            return ()
        except UnicodeDecodeError as error:
            raise self._damaged("it is not UTF-8") from error
        except OSError as error:
            raise self._unusable(error) from error
        return tuple(self._read(line, number) for number, line in enumerate(lines, 1) if line.strip())

    def add(self, tombstones: Iterable[Tombstone]) -> None:
        """Add some, in the place of those of the same articles; they are on the disk when this returns."""
        new = {each.article_id: each for each in tombstones}
        kept = [each for each in self.all() if each.article_id not in new]
        self._write([*kept, *new.values()])

    def delete(self, article_ids: Iterable[str]) -> None:
        """Delete those of these articles."""
        gone = frozenset(article_ids)
        self._write([each for each in self.all() if each.article_id not in gone])

    def advance(self, stage: Stage) -> None:
        """Write down that all are at least as far as `stage`."""
        order = list(Stage)
        self._change(
            lambda each: each if order.index(each.stage) >= order.index(stage) else replace(each, stage=stage)
        )

    def begin_again(self, article_ids: Iterable[str]) -> None:
        """Write down that these articles are there once more, and have to go."""
        back = frozenset(article_ids)
        self._change(lambda each: replace(each, stage=Stage.BEGUN) if each.article_id in back else each)

    def _change(self, changed: Callable[[Tombstone], Tombstone]) -> None:
        before = self.all()
        after = tuple(map(changed, before))
        if after != before:
            self._write(after)

    def _write(self, tombstones: Iterable[Tombstone]) -> None:
        new = self._path.with_name(self._path.name + ".new")
        try:
            self._path.parent.mkdir(parents=True, exist_ok=True)
            with new.open("w", encoding="utf-8") as stream:
                stream.writelines(json.dumps(_as_json(each)) + "\n" for each in tombstones)
                stream.flush()
                os.fsync(stream.fileno())
            new.replace(self._path)
            _sync_folder(self._path.parent)
        except OSError as error:
            raise self._unusable(error) from error

    def _read(self, line: str, number: int) -> Tombstone:
        try:
            return _from_json(json.loads(line))
        except (ValueError, KeyError, TypeError, AttributeError) as error:
            raise self._damaged(f"line {number} cannot be understood") from error

    def _damaged(self, reason: str) -> IndexDamagedError:
        return IndexDamagedError(
            f"The list of withdrawn articles {self._path} is damaged: {reason}.",
            "Mend that line or restore the file; without it, withdrawn articles would be indexed again.",
        )

    def _unusable(self, error: OSError) -> FootnoteError:
        return FootnoteError(
            f"The list of withdrawn articles {self._path} cannot be used: {error.strerror}.",
            "Give this user access to it, and free some space if the disk is full.",
        )


def _as_json(tombstone: Tombstone) -> dict[str, object]:
    return {
        "id": tombstone.article_id,
        "claimed": tombstone.claimed,
        "url": tombstone.url,
        "path": tombstone.path,
        "digest": tombstone.digest,
        "sketch": base64.b64encode(tombstone.sketch).decode(),
        "withdrawn_at": format_moment(tombstone.withdrawn_at),
        "by": tombstone.by,
        "stage": tombstone.stage,
    }


def _from_json(said: Mapping[str, Any]) -> Tombstone:
    return Tombstone(
        article_id=str(said["id"]),
        claimed=bool(said["claimed"]),
        url=None if said["url"] is None else str(said["url"]),
        path=str(said["path"]),
        digest=str(said["digest"]),
        sketch=base64.b64decode(said["sketch"], validate=True),
        withdrawn_at=datetime.fromisoformat(said["withdrawn_at"]),
        by=str(said["by"]),
        stage=Stage(said["stage"]),
    )


def _sync_folder(folder: Path) -> None:
    # The new name is in the folder, which is on the disk only when that is.
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
