from __future__ import annotations

import json
from datetime import UTC, datetime

from bot.answer_json import answer_to_json, results_to_json
from bot.answers import Related
from index.articles import Copy
from tests.bot.made import ASKED, answer, article, citation, found, passage, retrieval

ANSWER = {
    *("id", "question", "asked_at", "declined", "reason", "confidence", "claims", "citations", "closest"),
    *("searched", "as_of", "index", "model", "seconds"),
    *("written", "notice", "reply"),
}
CITATION = {"number", "quote", "context", "start", "end", "passage", "article"}
PASSAGE = {"id", "ordinal", "text", "start", "end"}
ARTICLE = {
    *(
        "id",
        "title",
        "url",
        "publisher",
        "authors",
        "published_at",
        "updated_at",
        "language",
        "origin",
        "copies",
    ),
}
RESULTS = {"id", "question", "results", "searched", "as_of"}
PARTS = {"cosine", "bm25", "dense", "lexical", "late", "recency", "period", "lead"}
RESULT = {"score", "parts", "passage", "article"}

TOLL = article(
    "Nobody asked. The toll rose to nine crowns.",
    updated_at=datetime(2024, 5, 14, 8, 5, tzinfo=UTC),
    copies=(
        Copy("https://wire.example.org/1", "The Wire", datetime(2024, 5, 13, 7, tzinfo=UTC)),
        Copy(None, None, None),
    ),
)
UNDATED = article("It is old.", id="old", title=None, url=None, publisher=None, authors=(), published_at=None)


def test_an_answer_has_exactly_these_keys() -> None:
    shown = answer_to_json(answer(citation(TOLL, "The toll rose to nine crowns.")), "7")
    assert set(shown) == ANSWER
    assert [set(claim) for claim in shown["claims"]] == [{"text", "context", "notes", "citations"}]
    [cited] = shown["citations"]
    assert set(cited) == CITATION
    assert set(cited["passage"]) == PASSAGE
    assert set(cited["article"]) == ARTICLE
    assert [set(copy) for copy in cited["article"]["copies"]] == [{"url", "publisher", "published_at"}] * 2
    assert set(shown["index"]) == {"model", "model_digest", "passage_size"}


def test_an_answer_says_what_is_quoted_where() -> None:
    first, second = citation(TOLL, "The toll rose to nine crowns."), citation(UNDATED, "It is old.", 2)
    shown = answer_to_json(answer(first, second), 7)
    assert (shown["id"], shown["question"], shown["asked_at"]) == (
        7,
        "What is the toll?",
        "2024-05-20T09:30:00Z",
    )
    assert (shown["declined"], shown["reason"], shown["confidence"]) == (False, None, 0.75)
    assert [claim["citations"] for claim in shown["claims"]] == [[1], [2]]
    cited = shown["citations"][0]
    assert cited["article"]["published_at"] == "2024-05-13"
    assert cited["article"]["updated_at"] == "2024-05-14T08:05:00Z"
    assert cited["article"]["copies"][0]["published_at"] == "2024-05-13T07:00:00Z"
    assert TOLL.text[cited["start"] : cited["end"]] == cited["quote"] == "The toll rose to nine crowns."
    assert cited["passage"]["text"][cited["start"] - cited["passage"]["start"] :] == cited["quote"]
    assert shown["citations"][1]["article"]["published_at"] is None
    assert (shown["as_of"], shown["searched"], shown["model"]) == ("2024-05-18", 12, "extractive")


def test_a_question_asked_at_midnight_is_not_one_asked_at_the_end_of_the_day() -> None:
    question = answer().question
    midnight = ASKED.replace(hour=0, minute=0)
    shown = answer_to_json(answer(question=type(question)(question.text, midnight)))
    assert shown["asked_at"] == "2024-05-20T00:00:00Z"


def test_a_decline_names_what_is_closest_and_cites_nothing() -> None:
    declined = answer(
        declined=True,
        reason="Nobody says.",
        confidence=0.1,
        closest=(Related(TOLL, "Tolls."), Related(UNDATED, "Old.")),
        as_of=None,
    )
    shown = answer_to_json(declined)
    assert set(shown) == ANSWER
    assert (shown["id"], shown["declined"], shown["reason"], shown["as_of"]) == (
        None,
        True,
        "Nobody says.",
        None,
    )
    assert shown["claims"] == shown["citations"] == []
    assert [set(related) for related in shown["closest"]] == [{"article", "about"}] * 2
    assert [set(related["article"]) for related in shown["closest"]] == [ARTICLE] * 2
    assert [related["article"]["id"] for related in shown["closest"]] == ["ferry", "old"]


def test_search_results_have_exactly_these_keys() -> None:
    search = retrieval(found(passage(TOLL, 14), TOLL, score=0.5), found(UNDATED), searched=40)
    shown = results_to_json("toll", search, search.passages, "7")
    assert set(shown) == RESULTS
    assert [set(result) for result in shown["results"]] == [RESULT] * 2
    assert set(shown["results"][0]["parts"]) == PARTS
    assert set(shown["results"][0]["passage"]) == PASSAGE
    assert set(shown["results"][0]["article"]) == ARTICLE
    assert (shown["id"], shown["question"], shown["searched"], shown["as_of"]) == (
        "7",
        "toll",
        40,
        "2024-05-13",
    )
    assert shown["results"][0]["passage"] == {
        "id": "ferry-0",
        "ordinal": 0,
        "text": "The toll rose to nine crowns.",
        "start": 14,
        "end": 43,
    }


def test_everything_can_be_written_as_json() -> None:
    search = retrieval(found(TOLL))
    shown = [
        answer_to_json(answer(citation(TOLL, "The toll"))),
        results_to_json("toll", search, search.passages),
    ]
    assert json.loads(json.dumps(shown)) == shown
