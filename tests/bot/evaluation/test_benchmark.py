from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

import pytest

from bot.commands.progress import NoProgress
from bot.evaluation import parts
from bot.evaluation.benchmark import main
from bot.evaluation.data_sets import DataSet, load_beir, load_news
from bot.evaluation.evaluating import Evaluator
from bot.evaluation.measures import BY_KEY, estimates
from bot.evaluation.parts import PARTS
from bot.evaluation.table import BEGIN, END
from bot.settings import Settings
from index.articles import Draft
from index.planning import Progress
from tests.bot.evaluation.stand_ins import product
from tests.bot.evaluation.test_data_sets import article, news, news_question, scifact, write_lines

CASES = """\
articles: [articles]
cases:
  - {id: a, question: "Who led the Normans?", answers: [Rollo], tags: [who]}
  - {id: a-swapped, question: "Anything else?", declines: true, tags: [who]}
"""
VERIFICATION = """\
cases:
  - {id: a, sentence: It sank., passages: [It sank.], supported: true, change: null, paraphrase: false}
  - {id: b, sentence: It rose., passages: [It sank.], supported: false, change: order, paraphrase: true}
"""
TOPICS = ("Alpha", "Beta", "Gamma", "Delta")


@pytest.fixture
def data(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder with a question set of each kind, each of a few questions, and a file of near misses."""
    folder = tmp_path / "data"
    scifact(folder / "scifact")
    news(folder / "news", [article()], *[news_question(id=str(number)) for number in range(12)])
    (folder / "squad").mkdir()
    (folder / "squad" / "dev.json").write_text(json.dumps({"data": [topic(name) for name in TOPICS]}))
    (tmp_path / "articles").mkdir()
    write_lines(tmp_path / "articles" / "some.jsonl", [{"text": "Rollo led the Normans."}])
    (tmp_path / "near.cases.yaml").write_text(CASES)
    monkeypatch.setattr(parts, "NEAR_MISSES", tmp_path / "near.cases.yaml")
    (tmp_path / "questions.yaml").write_text(CASES)
    monkeypatch.setattr(parts, "MODEL", tmp_path)
    (tmp_path / "verification.yaml").write_text(VERIFICATION)
    monkeypatch.setattr(parts, "VERIFICATION", tmp_path / "verification.yaml")
    monkeypatch.setattr(parts, "VERIFICATION_KEPT_OUT", tmp_path / "verification.yaml")
    return folder


def topic(name: str) -> dict[str, object]:
    """A topic whose one paragraph answers the first question, and not the second."""
    answers = [{"text": "Rollo", "answer_start": 0}]
    asked = [
        {"id": f"{name}1", "question": f"Who led {name}?", "answers": answers, "is_impossible": False},
        {"id": f"{name}2", "question": f"Who sank {name}?", "answers": [], "is_impossible": True},
    ]
    return {"title": name, "paragraphs": [{"context": f"Rollo led {name}.", "qas": asked}]}


def run(*arguments: str | Path) -> int:
    return main([str(each) for each in arguments], product()[0])


def figures(out: str) -> dict[str, str]:
    """Return the figures of a table by what they are."""
    lines = out.split("measured", 1)[1].splitlines()[2:]
    return {
        cells[0]: cells[1]
        for cells in ([c for c in line.split("  ") if c] for line in lines)
        if len(cells) > 1
    }


def test_all_parts_make_one_table(data: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(data, "--scratch", tmp_path / "scratch") == 0
    out, err = capsys.readouterr()
    found = {what: value.strip() for what, value in figures(out).items()}
    assert found["SciFact, 1 claims: nDCG@10"] == "1.000"
    assert found["News, 12 questions: an article that answers first / in the first five"] == "1.000 / 1.000"
    assert found["News, 12 questions: the answer in the first quote / in any quote"] == "1.000 / 1.000"
    assert found["News, 12 questions: how many declined / claims an answer"] == "0 / 1.000"
    assert found["SQuAD, 2 answerable: the right paragraph first / in 8 passages"] == "1.000 / 1.000"
    assert found["SQuAD, 2 answerable: first sentence right, before the threshold"] == "1.000"
    assert found["SQuAD, 2 answerable: first citation right, declines counting as wrong"] == "1.000"
    assert found["SQuAD, 2 answerable against 2 adversarial: AUROC"] == "1.000"
    assert (
        found["SQuAD, 2 present against 2 absent: AUROC / absent declined / present declined"]
        == "1.000 / 0.000 ✗ / 0.000"
    )
    assert (
        found["Near misses, 1 pairs in view: originals answered right / swapped declined"] == "1.000 / 1.000"
    )
    assert sum(what.startswith("Speed, ") for what in found) == 9
    assert any(
        what.startswith("Speed, 2 answers over 1 passages: 95th percentile over enc") for what in found
    )
    assert [value for what, value in found.items() if what.startswith("Slack, 2 questions at once")] == [
        "1.000 / 0.500 ✗ / 1.0 / 2.0",
        "0.500 ✗ / 60 s",
    ]
    assert [value for what, value in found.items() if what.startswith("A small language model, 2 ")][1:] == [
        "1 / 0 / 1 / 0",
        "– / –",
        "– / – / –",
    ]
    assert [
        value for what, value in found.items() if what.startswith("Verifier, 2 sentences kept out: ")
    ] == ["0.000 ✗ / 1.000 / 1.0 ms"]
    assert "command: python -m bot.evaluation.benchmark DATA\n" in out
    assert "squad: 4 articles" in err
    assert "near-misses: done in" in err


def test_each_absent_index_lacks_half_of_the_topics_held_out(data: Path) -> None:
    held: dict[str, list[str | None]] = {}
    stand_in, names = product()

    def noting(
        folder: Path, name: str, drafts: Sequence[Draft], settings: Settings, progress: Progress
    ) -> Settings:
        held[name] = [draft.id for draft in drafts]
        return stand_in.index(folder, name, drafts, settings, progress)

    assert main([str(data), "--only", "squad"], replace(stand_in, index=noting)) == 0
    assert names == ["squad", "squad-first", "squad-second"]
    # In order: Alpha, Beta, Delta, Gamma; held out are Beta and Gamma.
    assert held["squad-first"] == ["Alpha/1", "Beta/1", "Delta/1"]
    assert held["squad-second"] == ["Alpha/1", "Gamma/1", "Delta/1"]


def test_the_benchmark_s_figures_are_those_of_eval(
    data: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (data / "scifact" / "qrels" / "test.tsv").write_text("query-id\tcorpus-id\tscore\n7\t12\t1\n")
    assert run(data, "--only", "scifact,news") == 0
    found = {what: value.strip() for what, value in figures(capsys.readouterr().out).items()}
    evaluator = Evaluator(Settings(), tmp_path, NoProgress(), lambda _: None, None, product()[0])

    def of_eval(asked: DataSet, key: str) -> str:
        [estimate] = estimates(evaluator.evaluate_data_set(asked), [BY_KEY[key]])
        return f"{estimate.value:.3f}"

    ranked, asked = load_beir(data / "scifact"), load_news(data / "news")
    assert found["SciFact, 1 claims: nDCG@10"] == f"{of_eval(ranked, 'ndcg@10')} ✗" == "0.631 ✗"
    first_and_few = found["News, 12 questions: an article that answers first / in the first five"]
    assert first_and_few == f"{of_eval(asked, 'hit@1')} / {of_eval(asked, 'hit@5')}"


def test_only_what_is_named_is_measured(data: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(data, "--only", "near-misses, scifact", "--limit", "1") == 0
    out = capsys.readouterr().out
    assert [what.partition(",")[0] for what in figures(out)] == ["SciFact", "Near misses", "Near misses"]
    assert "DATA --only scifact,near-misses --limit 1\n" in out


def test_speed_is_a_name_for_several_parts(data: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(data, "--only", "speed,near-misses") == 0
    out = capsys.readouterr().out
    assert sum(what.startswith("Speed, ") for what in figures(out)) == 9
    assert "DATA --only near-misses,speed\n" in out


def test_a_row_of_speed_is_measured_by_itself(data: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(data, "--only", "speed-changed", "--limit", "7") == 0
    [(what, value)] = figures(capsys.readouterr().out).items()
    assert what.startswith("Speed, reindex of 7 files, one changed")
    assert value.strip() == "+0.50 s / 6.50 s / 6.00 s"


def test_what_needs_no_data_is_measured_without(data: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run("--only", "near-misses,slack", "--scratch", data / "scratch") == 0
    out = capsys.readouterr().out
    assert {what.partition(",")[0] for what in figures(out)} == {"Near misses", "Slack"}
    assert "command: python -m bot.evaluation.benchmark --only near-misses,slack\n" in out


@pytest.mark.parametrize("only", [(), ("--only", "near-misses,news")])
def test_what_needs_data_is_wrong_usage_without(
    capsys: pytest.CaptureFixture[str], only: tuple[str, ...]
) -> None:
    with pytest.raises(SystemExit) as ended:
        run(*only)
    assert ended.value.code == 2
    assert "DATA is missing, the folder of the question sets" in capsys.readouterr().err


def test_a_limit_holds_for_each_kind_of_question(data: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(data, "--only", "news,squad,speed", "--limit", "1") == 0
    found = figures(capsys.readouterr().out)
    assert "News, 1 questions: how many declined / claims an answer" in found
    assert "SQuAD, 1 answerable against 1 adversarial: AUROC" in found
    assert any(what.startswith("Speed, 1 answers") for what in found)


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("--only", "news,weather"), "--only weather: there is no such part; the parts are scifact, news"),
        (("--only", ""), "there is no such part"),
        (("--limit", "0"), "0 is not 1 or more"),
        (("--limit", "x"), "invalid"),
        (("--save", "gone.md"), "gone.md cannot be opened"),
    ],
)
def test_wrong_usage_is_told_before_anything_is_measured(
    data: Path, capsys: pytest.CaptureFixture[str], arguments: tuple[str, ...], said: str
) -> None:
    with pytest.raises(SystemExit) as ended:
        run(data, *arguments)
    assert ended.value.code == 2
    assert said in capsys.readouterr().err


def test_a_missing_data_folder_is_wrong_usage(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as ended:
        run(tmp_path / "gone")
    assert ended.value.code == 2
    assert "gone is no folder; DATA is the one that holds" in capsys.readouterr().err


def test_a_setting_that_makes_no_sense_is_wrong_usage(
    data: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("FOOTNOTE_PASSAGES", "none")
    with pytest.raises(SystemExit) as ended:
        run(data)
    assert ended.value.code == 2
    assert "FOOTNOTE_PASSAGES is 'none'" in capsys.readouterr().err


def test_a_part_whose_data_is_missing_is_skipped(
    data: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (data / "scifact").rename(tmp_path / "elsewhere")
    assert run(data, "--only", "scifact,near-misses") == 0
    out, err = capsys.readouterr()
    assert f"scifact: skipped, {data / 'scifact'} is not there." in err
    assert "Near misses" in out


def test_where_everything_is_missing_nothing_was_measured(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(tmp_path, "--only", "scifact,news,squad,speed-ask") == 1
    out, err = capsys.readouterr()
    assert out == ""
    assert err.endswith("Nothing was measured.\n")


def test_a_part_that_fails_does_not_stop_the_others(data: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (data / "scifact" / "corpus.jsonl").write_text("{")
    assert run(data, "--only", "scifact,near-misses") == 1
    out, err = capsys.readouterr()
    assert "scifact: failed." in err
    assert "corpus.jsonl:1 is not JSON" in err
    assert "Near misses" in out


def test_an_article_of_the_near_misses_that_cannot_be_read_is_a_failure(
    data: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "articles" / "some.jsonl").write_text("{")
    assert run(data, "--only", "near-misses") == 1
    assert "some.jsonl" in capsys.readouterr().err


def test_the_table_is_saved_between_the_marks(data: Path, tmp_path: Path) -> None:
    file = tmp_path / "some.md"
    file.write_text(f"before\n{BEGIN}\n{END}\nafter\n")
    assert run(data, "--only", "squad", "--save", file) == 0
    text = file.read_text()
    assert text.startswith(f"before\n{BEGIN}\n\n- command: `python -m")
    assert text.endswith(f"\n{END}\nafter\n")
    assert "| mean confidence |" in text


def test_help_names_every_part(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as ended:
        run("--help")
    assert ended.value.code == 0
    said = capsys.readouterr().out
    assert all(f"\n  {name} " in said for name in PARTS)
