from __future__ import annotations

from pathlib import Path

from bot.evaluation.speed.memory import measure_memory, multiplied
from bot.settings import Settings
from index.articles import Draft

DRAFTS = [Draft("The toll at Port Elden rose to nine crowns.", id="a", url="https://example.org/a")]


def test_each_copy_is_an_article_of_its_own() -> None:
    several = list(multiplied([Draft(DRAFTS[0].text * 20, id="a")], 3))
    assert [draft.id for draft in several] == ["a", "a#1", "a#2"]
    assert len({draft.text for draft in several}) == 3


def test_a_process_of_its_own_says_what_its_reindex_took(tmp_path: Path) -> None:
    found = measure_memory(tmp_path, DRAFTS, 2, Settings())
    assert found.passages == 2
    # The model's libraries alone are more than 100 MB.
    assert 10**8 < found.loaded < found.peak < 10**10
