from __future__ import annotations

import json
from collections.abc import Iterable
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from bot.errors import EvaluationError
from bot.evaluation.cases import QuestionCase
from bot.evaluation.data_sets import (
    DATA_SETS,
    asked_about,
    load_beir,
    load_news,
    load_squad,
    squad_halves,
)
from index.errors import FootnoteError
from tests.bot.evaluation.data import data_set

URL = "https://news.example.org/ferry"


def write_lines(file: Path, objects: Iterable[dict[str, Any]]) -> None:
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text("\n".join(json.dumps(each) for each in objects) + "\n")


def scifact(folder: Path, rows: str = "7\t11\t1\n7\t12\t1\n8\t12\t0\n") -> Path:
    write_lines(
        folder / "corpus.jsonl",
        [
            {"_id": "11", "title": "Matter", "text": "White matter grows.", "metadata": {}},
            {"_id": "12", "title": "", "text": "It does not."},
        ],
    )
    claims = [{"_id": "7", "text": "It grows."}, {"_id": "8", "text": "It shrinks."}]
    write_lines(folder / "queries.jsonl", [*claims, {"_id": "9", "text": "It is grey."}])
    (folder / "qrels").mkdir()
    (folder / "qrels" / "test.tsv").write_text("query-id\tcorpus-id\tscore\n" + rows)
    return folder


def squad_question(**said: Any) -> dict[str, Any]:
    answers = [{"text": "Rollo", "answer_start": 0}]
    return {"id": "q1", "question": " Who led? ", "answers": answers, "is_impossible": False, **said}


def squad(folder: Path, *questions: dict[str, Any]) -> Path:
    first, second = {"context": "Nobody led.", "qas": []}, {"context": "Rollo led.", "qas": list(questions)}
    topic = {"title": "The_Normans", "paragraphs": [first, second]}
    file = folder / "dev.json"
    file.write_text(json.dumps({"version": "v2.0", "data": [topic]}))
    return file


def news_question(**said: Any) -> dict[str, Any]:
    return {
        "id": "1",
        "asked_at": "2024-03-13",
        "question": "Who sank?",
        "answers": ["A ferry"],
        "relevant": [URL],
        **said,
    }


def news(folder: Path, articles: Iterable[dict[str, Any]], *questions: dict[str, Any]) -> Path:
    write_lines(folder / "articles.jsonl", articles)
    write_lines(folder / "questions.jsonl", questions)
    return folder


def article(text: str = "A ferry sank.", **said: Any) -> dict[str, Any]:
    return {"url": URL, "title": "Ferry", "published_at": "2024-03-12", "text": text, **said}


def test_scifact_s_abstracts_are_articles_under_their_ids(tmp_path: Path) -> None:
    first, second = load_beir(scifact(tmp_path), "test").drafts
    assert (first.id, first.title, first.text) == ("11", "Matter", "White matter grows.")
    assert (second.id, second.title) == ("12", None)


def test_a_claim_counts_where_the_split_names_a_document_that_is_relevant(tmp_path: Path) -> None:
    found = load_beir(scifact(tmp_path / "scifact"), "test")
    assert found.cases == (QuestionCase("7", "It grows.", sources=("11", "12")),)
    assert (found.name, found.only_judges_articles) == ("scifact", True)


@pytest.mark.parametrize(
    ("rows", "sources"),
    [
        ("7\t11\t2\n7\t12\t1\n", ("11", "12")),
        ("7\t11\t0\n7\t12\t1\n", ("12",)),
        ("7\t11\t-1\n7\t12\t1\n", ("12",)),
    ],
)
def test_every_grade_above_zero_counts_alike(tmp_path: Path, rows: str, sources: tuple[str, ...]) -> None:
    (question,) = load_beir(scifact(tmp_path, rows)).cases
    assert question.sources == sources


@pytest.mark.parametrize(
    ("document", "text"),
    [
        ({"text": "Words.", "title": "Title"}, "Words."),
        ({"text": "", "title": "Title"}, "Title"),
        ({"text": " ", "title": ""}, None),
        ({}, None),
    ],
)
def test_a_document_without_text_is_its_title_or_is_left_out(
    tmp_path: Path, document: dict[str, str], text: str | None
) -> None:
    corpus = scifact(tmp_path) / "corpus.jsonl"
    corpus.write_text(corpus.read_text() + json.dumps({"_id": "13", **document}) + "\n")
    assert {draft.id: draft.text for draft in load_beir(tmp_path).drafts}.get("13") == text


def test_squad_s_paragraphs_are_articles_under_their_topic(tmp_path: Path) -> None:
    first, second = load_squad(squad(tmp_path, squad_question())).drafts
    assert (first.id, first.title, first.text) == ("The_Normans/1", "The Normans", "Nobody led.")
    assert second.id == "The_Normans/2"


def test_a_squad_question_has_its_paragraph_as_source_and_each_answer_once(tmp_path: Path) -> None:
    answers = [{"text": text, "answer_start": 0} for text in ("Rollo", "Rollo led", "Rollo")]
    (question,) = load_squad(squad(tmp_path, squad_question(answers=answers))).cases
    assert question.question == "Who led?"
    assert question.answers == ("Rollo", "Rollo led")
    assert question.sources == ("The_Normans/2",)
    assert question.tags == (asked_about(question),) == ("The_Normans",)
    assert not question.declines


def test_an_impossible_squad_question_is_to_be_declined(tmp_path: Path) -> None:
    (question,) = load_squad(squad(tmp_path, squad_question(answers=[], is_impossible=True))).cases
    assert question.declines
    assert question.answers == ()
    assert question.sources == ("The_Normans/2",)


def test_in_squad_s_first_version_every_question_is_answerable(tmp_path: Path) -> None:
    asked = squad_question()
    del asked["is_impossible"]
    (question,) = load_squad(squad(tmp_path, asked)).cases
    assert (question.declines, question.answers) == (False, ("Rollo",))


def test_squad_s_topics_are_halved_the_same_way_in_whatever_order_they_come() -> None:
    assert squad_halves(["c", "a", "b", "c", "e", "d"]) == (("a", "c", "e"), ("b", "d"))
    assert squad_halves([]) == ((), ())


def test_a_news_question_is_asked_at_the_end_of_its_day(tmp_path: Path) -> None:
    (question,) = load_news(news(tmp_path, [article()], news_question())).cases
    assert question.asked_at == datetime(2024, 3, 13, 23, 59, 59, 999999, tzinfo=UTC)
    assert (question.answers, question.sources, question.declines) == (("A ferry",), (URL,), False)


def test_a_news_question_may_leave_its_time_open_or_give_it_exactly(tmp_path: Path) -> None:
    asked = [news_question(asked_at=None), news_question(asked_at="2024-03-13T12:00:00Z")]
    open_, exact = load_news(news(tmp_path, [article()], *asked)).cases
    assert open_.asked_at is None
    assert exact.asked_at == datetime(2024, 3, 13, 12, tzinfo=UTC)


def test_a_news_question_that_no_article_answers_is_to_be_declined(tmp_path: Path) -> None:
    (question,) = load_news(news(tmp_path, [article()], news_question(relevant=[], answers=[]))).cases
    assert question.declines


@pytest.mark.parametrize(
    ("articles", "kept"),
    [
        ([article("one"), article("two", published_at="2024-03-13")], "two"),
        ([article("one", published_at="2024-03-13"), article("two")], "one"),
        ([article("one", updated_at="2024-03-14"), article("two", published_at="2024-03-13")], "one"),
        ([article("one", published_at=None), article("two")], "two"),
        ([article("one"), article("two", published_at=None)], "one"),
        ([article("one"), article("two")], "one"),
        ([article("one"), article("two", url=URL.upper().replace("/FERRY", "/ferry") + "#x")], "one"),
    ],
)
def test_of_lines_with_one_url_the_one_updated_last_stays(
    tmp_path: Path, articles: list[dict[str, Any]], kept: str
) -> None:
    (draft,) = load_news(news(tmp_path, articles)).drafts
    assert (draft.id, draft.text) == (URL, kept)


def test_news_sources_are_canonical_like_the_ids(tmp_path: Path) -> None:
    asked = news_question(relevant=[URL + "#top", URL + "?utm_source=x", URL])
    (question,) = load_news(news(tmp_path, [article(url=URL + "#a")], asked)).cases
    assert question.sources == (URL,)


@pytest.mark.parametrize(
    ("kind", "place", "missing", "remedy"),
    [
        ("beir", "", "corpus.jsonl", "qrels/test.tsv"),
        ("squad", "dev.json", "dev.json", "version 2.0"),
        ("news", "", "articles.jsonl", "questions.jsonl"),
    ],
)
def test_a_missing_file_is_named_with_what_should_be_there(
    tmp_path: Path, kind: str, place: str, missing: str, remedy: str
) -> None:
    with pytest.raises(EvaluationError) as raised:
        DATA_SETS[kind].load(tmp_path / place)
    assert isinstance(raised.value, FootnoteError)
    assert str(tmp_path / missing) in raised.value.message
    assert remedy in raised.value.remedy


def test_a_split_that_does_not_exist_is_a_missing_file(tmp_path: Path) -> None:
    with pytest.raises(EvaluationError, match=r"qrels/validation\.tsv cannot be opened"):
        load_beir(scifact(tmp_path), "validation")


@pytest.mark.parametrize(
    ("rows", "expected"),
    [
        ("7\t11\n", r"test\.tsv:2 is not a query"),
        ("7\t11\t1\n7 11 1\n", r"test\.tsv:3 is not a query"),
        ("7\t11\tyes\n", r"test\.tsv:2 is not a query"),
        ("10\t11\t1\n", r"test\.tsv judges query 10"),
        ("7\t13\t1\n", r"test\.tsv judges the article 13"),
    ],
)
def test_judgements_that_cannot_be_used_are_named(tmp_path: Path, rows: str, expected: str) -> None:
    with pytest.raises(EvaluationError, match=expected):
        load_beir(scifact(tmp_path, rows), "test")


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        ("{", r"corpus\.jsonl:2 is not JSON"),
        ("[1]", r"corpus\.jsonl:2 is not a JSON object"),
        ('{"_id": 1, "text": "x"}', r'corpus\.jsonl:2 has a "_id" that is not text'),
        ('{"_id": " ", "text": "x"}', r'corpus\.jsonl:2 has no "_id"'),
        ("[" * 100_000, r"corpus\.jsonl:2 is not JSON"),
    ],
)
def test_a_line_that_cannot_be_used_is_named(tmp_path: Path, line: str, expected: str) -> None:
    (scifact(tmp_path) / "corpus.jsonl").write_text('{"_id": "1", "text": "a\u2028b"}\n' + line + "\n")
    with pytest.raises(EvaluationError, match=expected):
        load_beir(tmp_path, "test")


def test_a_line_separator_within_a_text_ends_no_line(tmp_path: Path) -> None:
    corpus = scifact(tmp_path) / "corpus.jsonl"
    corpus.write_text(corpus.read_text() + '{"_id": "13", "text": "a\u2028b"}\n', encoding="utf-8")
    assert load_beir(tmp_path, "test").drafts[-1].text == "a\u2028b"


def test_a_file_of_another_encoding_is_named(tmp_path: Path) -> None:
    (scifact(tmp_path) / "queries.jsonl").write_bytes(b"\xff\xfe")
    with pytest.raises(EvaluationError, match=r"queries\.jsonl is not UTF-8"):
        load_beir(tmp_path, "test")


@pytest.mark.parametrize(
    ("said", "expected"),
    [
        ({"is_impossible": None}, "is_impossible"),
        ({"is_impossible": "no"}, "is_impossible"),
        ({"answers": None}, "answers"),
        ({"answers": ["Rollo"]}, "answers"),
        ({"answers": [{"text": 5}]}, "text"),
        ({"question": None}, "question"),
    ],
)
def test_a_squad_question_that_cannot_be_used_is_an_error(
    tmp_path: Path, said: dict[str, Any], expected: str
) -> None:
    with pytest.raises(EvaluationError, match=rf'dev\.json has .*"{expected}"'):
        load_squad(squad(tmp_path, squad_question(**said)))


@pytest.mark.parametrize("content", ["", "[]", "{}", '{"data": [1]}', '{"data": [{"title": "x"}]}'])
def test_a_squad_file_of_another_shape_is_an_error(tmp_path: Path, content: str) -> None:
    (tmp_path / "dev.json").write_text(content)
    with pytest.raises(EvaluationError, match=r"dev\.json"):
        load_squad(tmp_path / "dev.json")


@pytest.mark.parametrize(
    ("said", "expected"),
    [
        ({"asked_at": "yesterday"}, r'questions\.jsonl:1 has an "asked_at" that is not a date \(yesterday\)'),
        ({"asked_at": 5}, r'questions\.jsonl:1 has a "asked_at" that is not text'),
        ({"answers": "A ferry"}, r'questions\.jsonl:1 has a "answers"'),
        ({"relevant": [5]}, r'questions\.jsonl:1 has a "relevant"'),
        ({"relevant": [URL + "/2"]}, r"questions\.jsonl judges the article .*/2, which is not among"),
    ],
)
def test_a_news_question_that_cannot_be_used_is_named(
    tmp_path: Path, said: dict[str, Any], expected: str
) -> None:
    with pytest.raises(EvaluationError, match=expected):
        load_news(news(tmp_path, [article()], news_question(**said)))


@pytest.mark.parametrize(
    ("said", "expected"),
    [
        ({"text": None}, r'articles\.jsonl:1 has no "text"'),
        ({"url": None}, r'articles\.jsonl:1 has no "url"'),
    ],
)
def test_a_news_article_that_cannot_be_used_is_named(
    tmp_path: Path, said: dict[str, Any], expected: str
) -> None:
    with pytest.raises(EvaluationError, match=expected):
        load_news(news(tmp_path, [article(**said)]))


@pytest.mark.parametrize(("split", "claims", "judgements"), [("train", 809, 919), ("test", 300, 339)])
def test_scifact_is_read_whole(split: str, claims: int, judgements: int) -> None:
    found = load_beir(data_set("scifact"), split)
    assert (found.name, len(found.drafts), len(found.cases)) == ("scifact", 5183, claims)
    assert sum(len(question.sources) for question in found.cases) == judgements


def test_squad_is_read_whole() -> None:
    found = load_squad(data_set("squad") / "dev.json")
    assert (found.name, len(found.drafts), len(found.cases)) == ("squad", 636, 6307)
    assert sum(not question.declines for question in found.cases) == 3019
    fitting, held_out = squad_halves(map(asked_about, found.cases))
    assert (len(fitting), len(held_out)) == (9, 9)
    assert "Normans" in fitting


def test_the_news_set_is_read_whole() -> None:
    found = load_news(data_set("news"))
    # 1,071 lines, the URLs of two of which differ in a tracking parameter only.
    assert (found.name, len(found.drafts), len(found.cases)) == ("news", 1070, 124)
    assert len({draft.id for draft in found.drafts}) == 1070
    assert sum(len(question.sources) for question in found.cases) == 153
    assert all(question.asked_at and question.answers for question in found.cases)
