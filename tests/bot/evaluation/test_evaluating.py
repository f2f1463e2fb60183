from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path

import pytest

from bot.answering.choice import SIGNS
from bot.answering.evidence import FEATURES
from bot.answering.model import Fitted, load_fitted
from bot.commands.progress import NoProgress
from bot.errors import CaseError, EvaluationError
from bot.evaluation.asking import find_passages, no_search
from bot.evaluation.cases import CaseFile, QuestionCase, load_cases
from bot.evaluation.data_sets import DATA_SETS, DataSet
from bot.evaluation.evaluating import Evaluator, Product
from bot.evaluation.metrics.ranking import RANKING
from bot.evaluation.results import CaseResult
from bot.settings import Settings
from index.articles import Draft
from index.errors import IndexMissingError
from tests.bot.evaluation.stand_ins import labelled, product
from tests.bot.evaluation.test_data_sets import (
    article,
    news,
    news_question,
    scifact,
    squad,
    squad_question,
    write_lines,
)

TOLL = """\
---
title: Ferry toll rises
published_at: 2024-03-10
---

The toll for a car rose to {} crowns on Monday.
"""
WIRE = (
    "The lighthouse of Skarrow Point is 38 metres tall, the harbour master said on Tuesday. "
    "It was built in 1887 and has been painted red and white ever since. "
    "Some four thousand people climb its stairs in a summer. "
)
CASES = """\
articles: [articles]
cases:
  - {id: toll, question: "What is the toll for a car?", answers: [nine crowns], sources: [toll.md], tags: [money]}
  - id: follow-up
    question: "And when was it built?"
    history: [{question: "How tall is the lighthouse of Skarrow Point?", answer: It is 38 metres tall.}]
    answers: ["1887"]
  - {id: copy, question: "How tall is the lighthouse of Skarrow Point?", sources: ["https://mail.example.org/light"]}
  - {id: before, question: "What is the toll for a car?", asked_at: 2024-03-01, declines: true}
  - {id: unknown, question: "What is the toll for a car?", answers: [nine crowns], sources: [gone.md]}
  - {id: wrong, question: "What is the toll for a car?", answers: [ten crowns], sources: [Ferry toll rises]}
"""


@dataclass(frozen=True)
class Desk:
    """A folder with a file of cases and articles, and what was said while they were asked."""

    folder: Path
    said: list[str]

    def evaluator(self, settings: Settings | None = None, fitted: Fitted | None = None) -> Evaluator:
        none = Settings(home=self.folder / "no index")
        scratch = self.folder / "scratch"
        return Evaluator(settings or none, scratch, NoProgress(), self.said.append, fitted)

    def evaluate(self, *wanted: str, fitted: Fitted | None = None) -> dict[str, CaseResult]:
        """Evaluate the cases of these ids, or all."""
        file = load_cases(self.folder / "desk.cases.yaml")
        cases = tuple(case for case in file.cases if case.id in wanted or not wanted)
        results = self.evaluator(fitted=fitted).evaluate(replace(file, cases=cases), "desk")
        return {result.case.id: result for result in results}

    def homes(self) -> set[str]:
        return {place.name for place in (self.folder / "scratch").iterdir() if place.is_dir()}


def new_desk(folder: Path) -> Desk:
    (folder / "articles").mkdir(parents=True)
    (folder / "articles" / "toll.md").write_text(TOLL.format("nine"))
    write_lines(
        folder / "articles" / "wire.jsonl",
        [
            {"url": f"https://{name}.example.org/light", "publisher": name, "published_at": day, "text": WIRE}
            for name, day in (("wire", "2024-01-10"), ("mail", "2024-01-12"))
        ],
    )
    (folder / "desk.cases.yaml").write_text(CASES)
    return Desk(folder, [])


@pytest.fixture(scope="module")
def desk(tmp_path_factory: pytest.TempPathFactory) -> Desk:
    """A desk whose index is made once; tests only ask it."""
    return new_desk(tmp_path_factory.mktemp("desk"))


@pytest.fixture(scope="module")
def results(desk: Desk) -> dict[str, CaseResult]:
    """What came of all its cases."""
    return desk.evaluate()


@pytest.mark.parametrize(
    ("case", "faults"),
    [
        ("toll", ()),
        ("follow-up", ()),
        ("copy", ()),
        ("before", ()),
        (
            "unknown",
            (
                "the answer does not rest on an expected source, but on Ferry toll rises",
                "its source 'gone.md' is no path, URL or title of an article that was asked",
            ),
        ),
        ("wrong", ("no sentence shown holds an expected answer (ten crowns)",)),
    ],
)
def test_cases_are_asked_of_the_articles_that_their_file_names(
    results: dict[str, CaseResult], case: str, faults: tuple[str, ...]
) -> None:
    assert results[case].faults == faults
    assert results[case].name == f"desk::{case}"


def test_a_result_tells_what_was_found_answered_and_in_what_time(results: dict[str, CaseResult]) -> None:
    toll = results["toll"]
    assert toll.found[0].title == "Ferry toll rises"
    assert [found.expected for found in toll.found] == [True, *[False] * (len(toll.found) - 1)]
    assert (toll.declined, toll.right) == (False, True)
    assert 0 < (toll.confidence or 0) < 1
    assert 0 < (toll.seconds or 0) < 60
    assert toll.answer is not None
    assert "nine crowns" in toll.answer["claims"][0]["text"]
    assert toll.values["hit@1"] == toll.values["answered"] == toll.values["citation_precision"] == 1
    json.dumps([toll.answer, dict(toll.values), toll.found[0].score])


def test_a_copy_that_stands_for_the_source_counts_as_it(results: dict[str, CaseResult]) -> None:
    copy = results["copy"]
    assert copy.found[0].id == "https://wire.example.org/light"
    assert copy.found[0].expected
    assert copy.values["recall@10"] == copy.values["citation_recall"] == 1


def test_what_did_not_exist_when_a_question_was_asked_is_not_found(results: dict[str, CaseResult]) -> None:
    assert "Ferry toll rises" not in [found.title for found in results["before"].found]
    assert results["before"].declined


def test_what_is_asked_and_sources_that_name_nothing_are_said(
    desk: Desk, results: dict[str, CaseResult]
) -> None:
    assert len(results) == 6
    assert desk.said[:2] == [
        "desk: 6 cases, asked of 3 articles.",
        f"{desk.folder / 'desk.cases.yaml'}, case 'unknown': no article that is asked is 'gone.md'.",
    ]


def test_other_numbers_to_answer_by_are_taken(desk: Desk) -> None:
    never = replace(load_fitted(FEATURES, SIGNS), threshold=1.0)
    result = desk.evaluate("toll", fitted=never)["toll"]
    [fault] = result.faults
    assert fault.startswith("it was declined: ")
    assert (result.declined, result.right) == (True, True)


def test_the_scratch_index_is_used_again_and_follows_the_articles(tmp_path: Path) -> None:
    desk = new_desk(tmp_path)
    assert desk.evaluate("toll", "wrong")["toll"].passed
    homes = desk.homes()
    (tmp_path / "articles" / "toll.md").write_text(TOLL.format("ten"))
    (tmp_path / "articles" / "wire.jsonl").unlink()
    again = desk.evaluate("toll", "wrong")
    assert (again["toll"].passed, again["wrong"].passed) == (False, True)
    assert desk.homes() == homes
    assert desk.said == ["desk: 2 cases, asked of 3 articles.", "desk: 2 cases, asked of 1 article."]


def test_a_file_that_cannot_be_read_is_said_and_the_others_are_asked(tmp_path: Path) -> None:
    desk = new_desk(tmp_path)
    (tmp_path / "articles" / "broken.pdf").write_bytes(b"%PDF-1.7 and no more")
    (tmp_path / "articles" / "wire.jsonl").write_text("{\n")
    assert desk.evaluate("toll")["toll"].passed
    broken, wire, asked = desk.said
    assert broken.startswith(f"{tmp_path / 'articles' / 'broken.pdf'} ")
    assert wire.startswith(f"{tmp_path / 'articles' / 'wire.jsonl'}:1 ")
    assert asked == "desk: 1 case, asked of 1 article."


@pytest.mark.parametrize("articles", ["[gone]", "[gone, nowhere.md]", "[empty]"])
def test_articles_that_are_not_there_are_an_error_of_the_file(tmp_path: Path, articles: str) -> None:
    desk = new_desk(tmp_path)
    (tmp_path / "empty").mkdir()
    (tmp_path / "desk.cases.yaml").write_text(CASES.replace("[articles]", articles))
    with pytest.raises(CaseError) as raised:
        desk.evaluate("toll")
    assert "desk.cases.yaml names articles, and none is there" in raised.value.message
    assert "relative to the file" in raised.value.remedy


def a_case(*sources: str) -> CaseFile:
    question = "how many ISKP fighters did CSTO estimate?"
    return CaseFile(Path("some.cases.yaml"), (), (QuestionCase("a", question, sources=sources),))


def test_a_file_without_articles_is_asked_of_the_configured_index(
    desk: Desk, sample_settings: Settings
) -> None:
    [result] = desk.evaluator(sample_settings).evaluate(a_case("border.md"), "some")
    assert result.passed


def test_without_articles_and_index_there_is_nothing_to_ask(desk: Desk) -> None:
    with pytest.raises(IndexMissingError):
        desk.evaluator().evaluate(a_case("border.md"), "some")


def data_set(kind: str, folder: Path) -> DataSet:
    folder.mkdir()
    articles = [article(), article("The toll rose to nine crowns.", url="https://news.example.org/toll")]
    place = {
        "beir": lambda: scifact(folder, "7\t11\t1\n8\t12\t1\n"),
        "squad": lambda: squad(
            folder,
            squad_question(question="Did Rollo lead?"),
            squad_question(id="q2", question="Who sank the ferry?"),
        ),
        "news": lambda: news(
            folder, articles, news_question(question="What sank?"), news_question(id="2", relevant=[])
        ),
    }[kind]()
    return DATA_SETS[kind].load(place)


@pytest.mark.parametrize(
    ("kind", "name", "ids", "answered"),
    [
        ("beir", "beir set", ["7", "8"], False),
        ("squad", "squad", ["q1", "q2"], True),
        ("news", "news", ["1", "2"], True),
    ],
)
def test_a_data_set_is_asked_of_its_own_articles(
    desk: Desk, kind: str, name: str, ids: list[str], answered: bool
) -> None:
    found = data_set(kind, desk.folder / f"{kind} set")
    results = desk.evaluator().evaluate_data_set(found)
    assert [result.name for result in results] == [f"{name}::{case}" for case in ids]
    assert results[0].passed, results[0].faults
    assert set(RANKING) <= set(results[0].values)
    assert [result.answer is not None for result in results] == [answered] * 2
    assert desk.said[-1] == f"{name}: 2 questions, asked of 2 articles."


def test_questions_that_are_all_to_be_declined_are_answered_too(desk: Desk) -> None:
    found = data_set("news", desk.folder / "other news set")
    [result] = desk.evaluator().evaluate_data_set(replace(found, cases=found.cases[1:]))
    assert result.declined is not None


def test_a_data_set_without_questions_is_an_error(desk: Desk) -> None:
    with pytest.raises(EvaluationError, match="empty holds no question"):
        desk.evaluator().evaluate_data_set(DataSet("empty", (Draft("Words.", id="a"),), ()))


DRAFTS = tuple(Draft(text, id=text[0]) for text in ("Rollo led.", "Otto led.", "They sank."))


def with_stand_ins(tmp_path: Path, said: Sequence[str] = ()) -> Evaluator:
    made: Product = product()[0]
    return Evaluator(Settings(), tmp_path, NoProgress(), list(said).append, None, made)


def test_a_set_that_only_judges_articles_is_never_asked_for_answers(tmp_path: Path) -> None:
    cases = (labelled("1", sources=("R",)), labelled("2", sources=("T",)))
    judging = DataSet("set", DRAFTS, cases, only_judges_articles=True)
    results = with_stand_ins(tmp_path).evaluate_data_set(judging)
    assert [(result.passed, result.answer) for result in results] == [(True, None), (False, None)]
    answering = with_stand_ins(tmp_path).evaluate_data_set(replace(judging, only_judges_articles=False))
    assert all(result.answer for result in answering)


def test_outcomes_that_are_not_judged_are_found_as_the_caller_wants(tmp_path: Path) -> None:
    evaluator = with_stand_ins(tmp_path)
    settings = evaluator.index_of(DataSet("set", DRAFTS, ()))
    with evaluator.asking(settings) as asked:
        [nothing] = asked.outcomes("set", [labelled()], NoProgress(), no_search)
        [one] = asked.outcomes("set", [labelled()], NoProgress(), find_passages(1), answering=False)
    assert (nothing.searched.articles, nothing.answered is None) == ((), False)
    assert ([each.id for each, _ in one.searched.articles], one.answered) == (["R"], None)
