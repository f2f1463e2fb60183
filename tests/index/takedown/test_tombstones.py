from __future__ import annotations

import os
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest

from index.errors import FootnoteError, IndexDamagedError
from index.likeness import sketch
from index.takedown.tombstones import Stage, Tombstone, Tombstones

STONE = Tombstone(
    article_id="17",
    claimed=True,
    url="https://a.example.org/1",
    path="/articles/a.jsonl",
    digest="ab" * 32,
    sketch=sketch("The ferry sank."),
    withdrawn_at=datetime(2026, 11, 26, 9, 30, tzinfo=UTC),
    by="--publisher",
)


@pytest.fixture
def tombstones(tmp_path: Path) -> Tombstones:
    return Tombstones(tmp_path / "new" / "withdrawn.jsonl")


@pytest.mark.parametrize(
    "stone",
    [
        STONE,
        replace(STONE, article_id="a\nb\u2028c\udc80", url=None, claimed=False),
        replace(STONE, withdrawn_at=datetime(2026, 11, 26, tzinfo=UTC), stage=Stage.PURGED),
    ],
)
def test_what_is_added_is_read_again(tombstones: Tombstones, stone: Tombstone) -> None:
    assert tombstones.all() == ()
    tombstones.add([stone])
    assert tombstones.all() == (stone,)


def test_an_article_has_one_tombstone_and_a_stage_only_goes_on(tombstones: Tombstones) -> None:
    other = replace(STONE, article_id="18", stage=Stage.PURGED)
    tombstones.add([STONE, other])
    tombstones.advance(Stage.ERASED)
    assert [each.stage for each in tombstones.all()] == [Stage.ERASED, Stage.PURGED]
    tombstones.begin_again(["18"])
    assert [each.stage for each in tombstones.all()] == [Stage.ERASED, Stage.BEGUN]
    tombstones.add([STONE])
    assert [(each.article_id, each.stage) for each in tombstones.all()] == [
        ("18", Stage.BEGUN),
        ("17", Stage.BEGUN),
    ]
    tombstones.delete(["17", "19"])
    assert [each.article_id for each in tombstones.all()] == ["18"]


@pytest.mark.parametrize("content", [b"{", b"[]\n", b'{"id": "1"}\n', b"\xff\n", b'{"id": "1"'])
def test_a_damaged_list_is_never_taken_for_a_shorter_one(tmp_path: Path, content: bytes) -> None:
    file = tmp_path / "withdrawn.jsonl"
    tombstones = Tombstones(file)
    tombstones.add([STONE])
    file.write_bytes(file.read_bytes() + content)
    with pytest.raises(IndexDamagedError, match="restore the file"):
        tombstones.all()
    with pytest.raises(IndexDamagedError):
        tombstones.add([STONE])


@pytest.mark.skipif(os.geteuid() == 0, reason="root may write anywhere")
def test_a_list_that_cannot_be_written_is_told(tmp_path: Path) -> None:
    tmp_path.chmod(0o500)
    with pytest.raises(FootnoteError, match="cannot be used"):
        Tombstones(tmp_path / "withdrawn.jsonl").add([STONE])
    tmp_path.chmod(0o700)
