from __future__ import annotations

from bot.evaluation.speed.disk import disk_use
from bot.settings import Settings


def test_all_that_belongs_to_an_index_counts_and_nothing_else(sample_settings: Settings) -> None:
    before = disk_use(sample_settings)
    (sample_settings.home / "articles.jsonl").write_text("x" * 1000)
    (sample_settings.home / "chroma" / "more").write_text("x" * 1000)
    after = disk_use(sample_settings)
    (sample_settings.home / "articles.jsonl").unlink()
    (sample_settings.home / "chroma" / "more").unlink()
    assert 0 < before.passages < before.text < before.index
    assert after.index == before.index + 1000
