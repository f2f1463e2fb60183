"""What a backup says of itself: manifest.json, the last member of the file."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from bot.errors import BackupError

MANIFEST = "manifest.json"
FORMAT = "footnote-backup"
FORMAT_VERSION = 1
NO_BACKUP = "Name a file that footnote backup has written."


@dataclass(frozen=True, slots=True)
class Member:
    """A file in a backup: its name, its size in bytes, and its SHA-256 (hex)."""

    name: str
    size: int
    digest: str


@dataclass(frozen=True, slots=True)
class Contents:
    """What the index in a backup is: the embedding model's name and digest, and how much it holds."""

    model: str
    model_digest: str
    articles: int
    passages: int


@dataclass(frozen=True, slots=True)
class Manifest:
    """When a backup was made, by which version of Footnote, and what is in it."""

    made_at: datetime
    version: str
    contents: Contents
    members: Sequence[Member]

    @property
    def size(self) -> int:
        """Bytes of all members."""
        return sum(member.size for member in self.members)

    def to_json(self) -> dict[str, Any]:
        """Return what `read_manifest` reads."""
        return {
            "format": FORMAT,
            "format_version": FORMAT_VERSION,
            "footnote": self.version,
            "made_at": self.made_at.isoformat(timespec="seconds"),
            "index": {
                "model": self.contents.model,
                "model_digest": self.contents.model_digest,
                "articles": self.contents.articles,
                "passages": self.contents.passages,
            },
            "members": [
                {"name": member.name, "bytes": member.size, "sha256": member.digest}
                for member in self.members
            ],
        }


def read_manifest(text: bytes) -> Manifest:
    """Return the manifest that `text` holds, as JSON.

    Raises:
        BackupError: it is none, or one of a later format.
    """
    try:
        said = json.loads(text)
        _require_format(said)
        return Manifest(
            datetime.fromisoformat(said["made_at"]),
            str(said["footnote"]),
            _contents(said["index"]),
            [Member(str(each["name"]), int(each["bytes"]), str(each["sha256"])) for each in said["members"]],
        )
    except (ValueError, KeyError, TypeError, OverflowError, RecursionError) as error:
        raise BackupError("Its manifest is none that Footnote wrote.", NO_BACKUP) from error


def _require_format(said: Mapping[str, Any]) -> None:
    if said["format"] != FORMAT:
        raise ValueError(said["format"])
    if int(said["format_version"]) > FORMAT_VERSION:
        raise BackupError(
            f"It has format {said['format_version']}, this version of Footnote reads up to {FORMAT_VERSION}.",
            f"Restore it with Footnote {said['footnote']} or a later one.",
        )


def _contents(said: Mapping[str, Any]) -> Contents:
    return Contents(
        str(said["model"]), str(said["model_digest"]), int(said["articles"]), int(said["passages"])
    )
