from __future__ import annotations

import json
from datetime import date
from pathlib import Path

from bot import wiring
from bot.evaluation.drafting.reading import articles_in_files, articles_in_index
from bot.settings import Settings


def test_files_are_called_by_their_path_below_the_folder_that_was_named(tmp_path: Path) -> None:
    (tmp_path / "sea").mkdir()
    (tmp_path / "sea" / "ferry.md").write_text(
        "---\ntitle: Ferry\nurl: https://a.example/1\n---\n\nIt sank.\n"
    )
    (tmp_path / "port.txt").write_text("A harbour, not a title.\n\nIt is full of boats and of men.\n")
    named = articles_in_files([tmp_path])
    assert [article.source for article in named.articles] == ["port.txt", "sea/ferry.md"]
    alone = articles_in_files([tmp_path / "sea" / "ferry.md"])
    assert [article.source for article in alone.articles] == ["ferry.md"]
    below = articles_in_files([tmp_path, tmp_path / "sea"])
    assert [article.source for article in below.articles] == ["port.txt", "ferry.md"]


def test_lines_are_called_by_url_else_title_else_place(tmp_path: Path) -> None:
    lines = [
        {
            "url": "https://a.example/1",
            "title": "One",
            "published_at": "2024-03-12T23:30:00-02:00",
            "text": "One.",
        },
        {"title": "Two", "text": "Two.", "language": "de"},
        {"text": "Three."},
    ]
    (tmp_path / "papers.jsonl").write_text("".join(json.dumps(line) + "\n" for line in lines))
    one, two, three = articles_in_files([tmp_path]).articles
    assert (one.source, one.title, one.published) == ("https://a.example/1", "One", date(2024, 3, 13))
    assert (two.source, two.language) == ("Two", "de")
    assert (three.source, three.published) == ("papers.jsonl:3", None)


def test_what_cannot_be_read_is_told_and_the_rest_goes_on(tmp_path: Path) -> None:
    (tmp_path / "empty.txt").write_text("")
    (tmp_path / "good.txt").write_text("It sank.\n")
    (tmp_path / "papers.jsonl").write_text('{"text": "One."}\nnonsense\n')
    read = articles_in_files([tmp_path, tmp_path / "missing"])
    assert [article.text for article in read.articles] == ["It sank.", "One."]
    assert [(Path(problem.place).name, problem.line) for problem in read.problems] == [
        ("missing", 0),
        ("empty.txt", 0),
        ("papers.jsonl", 2),
    ]


def test_the_index_gives_its_live_articles(sample_settings: Settings) -> None:
    articles = articles_in_index(wiring.catalogue(sample_settings))
    assert len(articles) == 21
    by_title = {article.title: article for article in articles}
    toll = by_title["Ferry toll rises to 19 as divers reach car deck"]
    assert toll.source.startswith("https://")
    assert toll.published == date(2024, 3, 14)
    undated = by_title["The Light at Skarrow Point Has Two Dozen Keepers and None"]
    assert (undated.source, undated.published) == (undated.title, None)
