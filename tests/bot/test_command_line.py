from __future__ import annotations

import json
import sqlite3
import subprocess
import sys
from pathlib import Path

import pytest

from bot.settings import Settings
from index.model_files import DEFAULT_MODEL, locate_model
from tests.conftest import PROJECT, SAMPLES
from tests.process import COMMAND, called, environment, footnote

QUESTION = "how many ISKP fighters did CSTO estimate?"
HEAVY = (
    "torch",
    "sentence_transformers",
    "transformers",
    "chromadb",
    "sqlalchemy",
    "numpy",
    "trafilatura",
)


@pytest.fixture
def articles(tmp_path: Path) -> Path:
    folder = tmp_path / "articles"
    folder.mkdir()
    (folder / "harbour.md").write_text("---\ntitle: Harbour\n---\n\nThe harbour handled 410 ships in May.\n")
    return folder


@pytest.mark.parametrize(
    "arguments",
    [
        ["--help"],
        ["reindex", "--help"],
        ["ask", "--help"],
        ["chat", "--help"],
        ["status", "--help"],
        ["backup", "--help"],
        ["restore", "--help"],
        ["doctor", "--help"],
    ],
)
def test_help_loads_nothing_heavy(arguments: list[str]) -> None:
    look = (
        f"import sys; sys.argv = ['footnote', *{arguments!r}]\n"
        "from bot.cli import main\n"
        "try: main()\n"
        "except SystemExit as done: assert not done.code\n"
        f"sys.stderr.write(' '.join(name for name in {HEAVY!r} if name in sys.modules))"
    )
    done = subprocess.run(
        [sys.executable, "-c", look], cwd=PROJECT, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0
    assert done.stderr == ""
    assert "Usage" in done.stdout


def test_the_readmes_question_is_answered_from_the_samples(sample_settings: Settings) -> None:
    done = footnote(sample_settings.home, "ask", QUESTION)
    assert done.returncode == 0, done.stderr
    answer, _, sources = done.stdout.partition("Sources")
    for expected in ("6,500", "4,000", "Sidorov", "[1]"):
        assert expected in answer
    assert "Lanternfield Review, 28 September 2023" in sources
    assert "https://" in sources


def test_what_slack_would_show_is_printed_as_json(sample_settings: Settings) -> None:
    message = json.loads(called(sample_settings.home, "ask", QUESTION, "--slack").stdout)
    assert set(message) == {"text", "blocks"}
    assert "6,500" in message["text"]
    assert "#:~:text=" in json.dumps(message["blocks"])


def test_the_whole_answer_is_printed_as_json(sample_settings: Settings) -> None:
    answer = json.loads(called(sample_settings.home, "ask", QUESTION, "--json").stdout)
    assert not answer["declined"]
    first = answer["citations"][0]
    assert Path(first["article"]["origin"]) == SAMPLES / "border.md"
    assert "6,500" in first["quote"]
    assert first["passage"]["text"][first["start"] - first["passage"]["start"] :].startswith(first["quote"])


def test_a_question_about_nothing_in_the_articles_is_declined_and_that_is_no_failure(
    sample_settings: Settings,
) -> None:
    done = called(sample_settings.home, "ask", "Zyx qwv plok?")
    assert done.returncode == 0
    assert done.stdout.startswith("The articles do not answer this.")
    assert "Searched 21 articles, as of" in done.stdout
    assert "Sources" not in done.stdout


def test_an_answer_as_of_an_earlier_day_knows_nothing_later(sample_settings: Settings) -> None:
    answer = json.loads(
        called(sample_settings.home, "ask", QUESTION, "--asked-at", "2023-06-01", "--json").stdout
    )
    assert all(cited["article"]["published_at"] in (None, "2023-06-01") for cited in answer["citations"])


def test_search_shows_the_parts_of_a_score_and_keeps_to_the_filters(sample_settings: Settings) -> None:
    done = called(sample_settings.home, "search", "cod quota", "--publisher", "elden evening mail")
    assert done.returncode == 0
    assert "cosine" in done.stdout
    found = json.loads(
        called(sample_settings.home, "search", "cod quota", "--since", "2024-05-10", "--json").stdout
    )
    dates = [result["article"]["published_at"] for result in found["results"]]
    assert dates
    assert all(date and date >= "2024-05-10" for date in dates)
    assert len({result["article"]["id"] for result in found["results"]}) == len(found["results"]) <= 10


def test_status_shows_the_index(sample_settings: Settings) -> None:
    shown = called(sample_settings.home, "status").stdout
    for expected in (
        "Articles",
        "21",
        "all-MiniLM-L6-v2",
        "The Wexmoor Ledger (3)",
        "undated",
        "Last reindex",
        "MB",
    ):
        assert expected in shown
    assert json.loads(called(sample_settings.home, "status", "--json").stdout)["articles"] == 21


def test_reindex_prints_a_summary_and_reports_what_it_could_not_read(tmp_path: Path, articles: Path) -> None:
    (articles / "broken.pdf").write_bytes(b"%PDF-1.7 and no more")
    (articles / "picture.png").write_bytes(b"\x89PNG")
    done = called(tmp_path / "home", "reindex", str(articles))
    assert done.returncode == 4
    header, values = [line.split() for line in done.stdout.splitlines() if line.strip()][:2]
    assert dict(zip(header, values, strict=True)) | {"seconds": ""} == {
        "added": "1",
        "changed": "0",
        "unchanged": "0",
        "removed": "0",
        "failed": "1",
        "passages": "1",
        "seconds": "",
    }
    assert f"Failed: {articles / 'broken.pdf'} " in done.stderr
    assert "1 .png" in done.stdout


@pytest.mark.parametrize(
    ("arguments", "settings", "code", "said"),
    [
        (["reindex"], {}, 2, "FOOTNOTE_ARTICLES"),
        (["reindex", "x", "--every", "soon"], {}, 2, "10m"),
        (["reindex", "."], {}, 3, ""),
        (["reindex", "no-such-folder"], {}, 4, "no-such-folder"),
        (["ask", "x", "--since", "yesterday-ish"], {}, 2, "2026-03-01"),
        (["ask", "x", "--since", "2024-02-01", "--until", "2024-01-01"], {}, 2, "--until"),
        (["ask"], {}, 2, "Missing argument"),
        (["ask", "x"], {"FOOTNOTE_PASSAGES": "many"}, 2, "FOOTNOTE_PASSAGES"),
        (["status"], {}, 3, "footnote reindex"),
        (["reindex", "."], {"FOOTNOTE_EMBEDDING_MODEL": "/no/such/model"}, 1, "pip install"),
    ],
    ids=lambda value: " ".join(value) if isinstance(value, list) else None,
)
def test_what_goes_wrong_is_said_in_one_line_with_an_exit_code(
    tmp_path: Path, arguments: list[str], settings: dict[str, str], code: int, said: str
) -> None:
    done = called(tmp_path / "home", *arguments, HF_HUB_OFFLINE="1", **settings)
    assert done.returncode == code, done.stderr
    assert said in done.stderr
    assert "Traceback" not in done.stderr


def test_a_damaged_catalogue_is_one_line_with_the_remedy(tmp_path: Path) -> None:
    home = tmp_path / "home"
    home.mkdir()
    (home / "catalogue.sqlite3").write_bytes(b"no database at all " * 300)
    for arguments in (["ask", "x"], ["status"], ["reindex", str(tmp_path)]):
        done = called(home, *arguments)
        assert done.returncode == 1
        assert "damaged" in done.stderr
        assert "footnote reindex" in done.stderr
        assert done.stderr.count("\n") == 1


def test_a_database_of_something_else_is_refused(tmp_path: Path) -> None:
    home = tmp_path / "home"
    home.mkdir()
    with sqlite3.connect(home / "catalogue.sqlite3") as database:
        database.execute("CREATE TABLE recipes (name TEXT)")
    done = called(home, "ask", "x")
    assert done.returncode == 1
    assert "not Footnote's catalogue" in done.stderr


def test_vectors_that_are_gone_are_done_without_said_and_mended_by_the_command_that_is_named(
    tmp_path: Path, articles: Path
) -> None:
    home = tmp_path / "home"
    assert called(home, "reindex", str(articles)).returncode == 0
    (home / "chroma").rename(tmp_path / "gone")
    assert "410" in called(home, "ask", "How many ships did the harbour handle?").stdout
    assert "footnote doctor --fix" in " ".join(called(home, "status").stdout.split())
    assert called(home, "doctor", "--fix").returncode == 0
    assert json.loads(called(home, "status", "--json").stdout)["vectors"] == "whole"
    assert "410" in called(home, "ask", "How many ships did the harbour handle?").stdout


def test_another_model_than_the_index_was_built_with_is_said(tmp_path: Path, articles: Path) -> None:
    home = tmp_path / "home"
    assert called(home, "reindex", str(articles)).returncode == 0
    other = tmp_path / "other-model"
    other.mkdir()
    for file in locate_model(DEFAULT_MODEL).folder.iterdir():
        (other / file.name).symlink_to(file)
    (other / "extra.safetensors").write_bytes(b"other weights")
    done = called(home, "ask", "ships", FOOTNOTE_EMBEDDING_MODEL=str(other))
    assert done.returncode == 1
    assert "other-model" in done.stderr
    assert "footnote reindex --full" in done.stderr


def test_hostile_article_text_is_shown_never_obeyed(tmp_path: Path, articles: Path) -> None:
    article = {
        "title": "\x1b]0;owned\x07 [red]Ferry[/red]",
        "url": "javascript:alert(1)",
        "publisher": "[link=http://evil.example.org]Click[/link]",
        "text": "The ferry \x1b[31mcarried 77\x1b[0m people [bold]home[/bold] \u202eyesterday :smile: today.",
    }
    (articles / "hostile.jsonl").write_text(json.dumps(article) + "\n")
    home = tmp_path / "home"
    assert called(home, "reindex", str(articles)).returncode == 0
    for arguments in (["ask", "How many people did the ferry carry?"], ["search", "ferry"], ["status"]):
        shown = called(home, *arguments, FORCE_COLOR="1", TERM="xterm-256color").stdout
        assert "\x1b[31m" not in shown
        assert "\x1b]0" not in shown
        assert "\x07" not in shown
        assert "\u202e" not in shown
        assert "javascript" not in shown
    answer = called(home, "ask", "How many people did the ferry carry?").stdout
    assert "[bold]home[/bold]" in answer
    assert ":smile:" in answer


def test_a_closed_pipe_ends_quietly(sample_settings: Settings) -> None:
    command = f"'{COMMAND}' status | head -n 1"
    done = subprocess.run(
        ["bash", "-c", command],
        env=environment(sample_settings.home),
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.stderr == ""


def test_batch_mode_answers_each_line_in_order(sample_settings: Settings) -> None:
    lines = ['{"id": 1, "question": "cod quota"}', "not json", '{"id": 3, "question": "wheat harvest"}']
    done = footnote(sample_settings.home, "search", "-", stdin="\n".join(lines))
    first, second, third = map(json.loads, done.stdout.splitlines())
    assert (first["id"], third["id"]) == (1, 3)
    assert first["results"][0]["article"]["title"].startswith("Cod")
    assert "error" in second
    assert done.returncode == 1
