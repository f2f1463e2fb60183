from __future__ import annotations

import os
from pathlib import Path

import pytest

from bot import wiring
from bot.commands.progress import NoProgress
from bot.evaluation.speed import small_files as measured
from bot.evaluation.speed.small_files import (
    SmallFiles,
    measure_changed,
    measure_unchanged,
    small_files,
    small_texts,
)
from bot.settings import Settings
from index.articles import Draft
from tests.bot.evaluation.stand_ins import Silent

PARAGRAPHS = [
    f"{word} The toll rose to nine crowns in May, and ships paid it. " * 4 for word in ("Once.", "Twice.")
]
DRAFTS = [Draft("\n\n".join(["Too short.", *PARAGRAPHS, "word " * 1000]))]


def test_each_file_is_another_paragraph_neither_short_nor_long() -> None:
    texts = list(small_texts(DRAFTS, 5))
    assert len(set(texts)) == 5
    assert [text.partition("\n\n")[0] for text in texts] == [PARAGRAPHS[number % 2] for number in range(5)]


@pytest.fixture
def found(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> SmallFiles:
    monkeypatch.setattr(measured, "_ROUNDS", 1)
    return small_files(tmp_path, DRAFTS, 3, Settings(), NoProgress())


def test_the_files_are_indexed_once(found: SmallFiles, tmp_path: Path) -> None:
    [file, *others] = sorted(found.folder.rglob("*.txt"))
    assert len(others) == 2
    catalogue = wiring.catalogue(found.settings)
    with catalogue.snapshot() as snapshot:
        assert snapshot.count() == 3
    catalogue.close()
    before = file.stat()
    assert small_files(tmp_path, DRAFTS, 3, Settings(), NoProgress()) == found
    assert file.stat() == before


def test_reindexing_files_that_have_not_changed_imports_no_model(found: SmallFiles) -> None:
    unchanged = measure_unchanged(found, Silent())
    assert (unchanged.files, len(unchanged.seconds), unchanged.imported) == (3, 1, [])
    assert unchanged.seconds[0] > 0


def test_a_reindex_that_imports_the_model_s_library_is_noticed(found: SmallFiles) -> None:
    new = found.folder / "new.txt"
    new.write_text("Snow fell in May.\n")
    os.utime(new, (1_500_000_000, 1_500_000_000))
    assert measured._imported(found) == ["torch", "sentence_transformers"]


def test_what_has_changed_is_embedded_in_each_round(
    found: SmallFiles, monkeypatch: pytest.MonkeyPatch
) -> None:
    embedded: list[str] = []
    monkeypatch.setattr(measured, "bare_process", lambda _model, text, _folder: embedded.append(text))
    reports: list[int] = []

    def reindex(found: SmallFiles) -> None:
        reports.append(wiring.reindexer(found.settings, NoProgress()).run([found.folder]).embedded)

    monkeypatch.setattr(measured, "_reindex", reindex)
    changed = measure_changed(found, Silent())
    assert (changed.files, len(changed.pairs)) == (3, 1)
    assert reports == [1, 1]
    assert len(set(embedded)) == 2
