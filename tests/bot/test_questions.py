from __future__ import annotations

import json
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from bot.errors import QuestionError
from bot.questions import (
    Exchange,
    Filters,
    Question,
    batch_question,
    filters_from,
    moment_asked,
    parse_batch_line,
)
from index.scope import Scope

LAST = timedelta(days=1) - timedelta(microseconds=1)
MARCH = datetime(2026, 3, 1, tzinfo=UTC)


@pytest.mark.parametrize(
    ("value", "moment"),
    [
        pytest.param("2026-03-01", MARCH + LAST, id="a day means its end"),
        pytest.param("1 March 2026", MARCH + LAST, id="a day in words"),
        pytest.param("2026-03-01T00:00:00Z", MARCH, id="midnight"),
        pytest.param("2026-03-01T00Z", MARCH, id="an hour is no day"),
        pytest.param("2026-03-01T12:00", MARCH.replace(hour=12), id="UTC without a zone"),
        pytest.param("2026-03-01T12", MARCH.replace(hour=12), id="a time without minutes"),
        pytest.param("2026-03-01T12:00:00+02:00", MARCH.replace(hour=10), id="another zone"),
        pytest.param("2999-12-31", datetime(2999, 12, 31, tzinfo=UTC) + LAST, id="in the future"),
    ],
)
def test_a_question_is_asked_at_the_end_of_a_day_or_at_a_moment(value: str, moment: datetime) -> None:
    assert moment_asked(value) == moment


def test_a_question_is_asked_now_unless_it_says_when() -> None:
    before = datetime.now(UTC)
    assert before <= moment_asked(None) <= datetime.now(UTC)


@pytest.mark.parametrize(
    "value", ["", " ", "soon", "yesterday", "March 2026", "03/04/2026", "2026-02-30", "1066-10-14"]
)
def test_what_names_no_certain_moment_is_refused(value: str) -> None:
    with pytest.raises(QuestionError, match="is not a date") as error:
        moment_asked(value)
    assert "2026-03-01" in error.value.remedy


@pytest.mark.parametrize(
    ("since", "until", "expected"),
    [
        pytest.param(None, None, Filters(), id="open"),
        pytest.param("2026-03-01", None, Filters(since=MARCH), id="since the start of the day"),
        pytest.param(None, "2026-03-01", Filters(until=MARCH + LAST), id="until the end of the day"),
        pytest.param("2026-03-01", "2026-03-01", Filters(MARCH, MARCH + LAST), id="one day"),
        pytest.param(
            "2026-03-01T10:00",
            "2026-03-01T12:00",
            Filters(MARCH.replace(hour=10), MARCH.replace(hour=12)),
            id="hours",
        ),
        pytest.param("2999-01-01", None, Filters(since=datetime(2999, 1, 1, tzinfo=UTC)), id="in the future"),
    ],
)
def test_filters_hold_both_days_whole(since: str | None, until: str | None, expected: Filters) -> None:
    assert filters_from(since, until, None) == expected


@pytest.mark.parametrize(
    ("since", "until", "said"),
    [
        ("2026-03-02", "2026-03-01", "--since 2026-03-02 is after --until 2026-03-01"),
        ("2026-03-01T12:00", "2026-03-01T10:00", "is after"),
        ("last week", None, "'last week' is not a date"),
        (None, "2026-13-01", "'2026-13-01' is not a date"),
        ("", None, "'' is not a date"),
    ],
)
def test_a_filter_that_holds_nothing_is_refused(since: str | None, until: str | None, said: str) -> None:
    with pytest.raises(QuestionError, match=said):
        filters_from(since, until, None)


def test_the_scope_of_a_question_is_when_it_was_asked_and_its_filters() -> None:
    question = Question("Who won?", MARCH, filters_from("2026-02-01", "2026-02-28", "Harbour Post"))
    february = datetime(2026, 2, 1, tzinfo=UTC)
    assert question.scope == Scope(MARCH, february, datetime(2026, 2, 28, tzinfo=UTC) + LAST, "Harbour Post")


def asked(said: dict[str, Any], default: datetime | None = None) -> Question:
    return batch_question(parse_batch_line(json.dumps(said)), default, Filters())


@pytest.mark.parametrize(
    ("line", "said"),
    [
        pytest.param("Who won?", "not JSON", id="plain text"),
        pytest.param('{"question": "Who won?"', "not JSON", id="cut off"),
        pytest.param("{'question': 'Who won?'}", "not JSON", id="Python"),
        pytest.param('{"id": NaN, "question": "Who won?"}', "not JSON", id="NaN"),
        pytest.param('{"id": -Infinity, "question": "Who won?"}', "not JSON", id="Infinity"),
        pytest.param("[" * 100_000, "not JSON", id="bottomless"),
        pytest.param('{"id": ' + "9" * 5000 + "}", "not JSON", id="a number without end"),
        pytest.param('["Who won?"]', "not a JSON object", id="list"),
        pytest.param('"Who won?"', "not a JSON object", id="text"),
        pytest.param("null", "not a JSON object", id="null"),
    ],
)
def test_a_line_that_is_no_object_is_refused(line: str, said: str) -> None:
    with pytest.raises(QuestionError, match=said) as error:
        parse_batch_line(line)
    assert '"question"' in error.value.remedy


@pytest.mark.parametrize(
    ("said", "complaint"),
    [
        pytest.param({}, "no question", id="empty"),
        pytest.param({"query": "Who won?"}, "no question", id="another key"),
        pytest.param({"question": None}, "no question", id="null"),
        pytest.param({"question": " \n"}, "no question", id="blank"),
        pytest.param({"question": ["Who won?"]}, "no question", id="list"),
        pytest.param({"question": "x", "asked_at": 2026}, "asked_at is not text", id="year"),
        pytest.param({"question": "x", "asked_at": 1772323200}, "asked_at is not text", id="timestamp"),
        pytest.param({"question": "x", "asked_at": False}, "asked_at is not text", id="false"),
        pytest.param({"question": "x", "asked_at": ""}, "not a date", id="empty date"),
        pytest.param({"question": "x", "asked_at": "soon"}, "not a date", id="no date"),
        pytest.param({"question": "x", "history": "Who won?"}, "history is not a list", id="history: text"),
        pytest.param({"question": "x", "history": {}}, "history is not a list", id="history: object"),
        pytest.param(
            {"question": "x", "history": ["Who?"]}, "without a question", id="history: list of text"
        ),
        pytest.param(
            {"question": "x", "history": [{"answer": "I"}]}, "without a question", id="history: answer alone"
        ),
    ],
)
def test_an_object_that_asks_nothing_clear_is_refused(said: dict[str, Any], complaint: str) -> None:
    with pytest.raises(QuestionError, match=complaint):
        asked(said)


def test_a_question_is_taken_as_it_was_asked() -> None:
    assert asked({"question": " Wer gewann, «Zoë»? ", "asked_at": "2026-03-01"}) == Question(
        " Wer gewann, «Zoë»? ", MARCH + LAST
    )


def test_other_keys_are_ignored() -> None:
    said = {
        "question": "Who won?",
        "asked_at": "2026-03-01",
        "gold": [1],
        "filters": {"publisher": "x"},
        "text": 3,
    }
    assert asked(said) == Question("Who won?", MARCH + LAST)


@pytest.mark.parametrize(
    ("history", "expected"),
    [
        (None, ()),
        ([], ()),
        ([{"question": "Who won?", "answer": "Ida Holm."}], (Exchange("Who won?", "Ida Holm."),)),
        (
            [{"question": "Who won?"}, {"question": "When?", "answer": None}],
            (Exchange("Who won?", ""), Exchange("When?", "")),
        ),
    ],
    ids=["null", "empty", "an answer", "no answers"],
)
def test_history_is_what_was_asked_before(history: object, expected: tuple[Exchange, ...]) -> None:
    assert asked({"question": "And where?", "history": history}).history == expected


@pytest.mark.parametrize(
    ("said", "moment"),
    [
        pytest.param({}, MARCH, id="not said"),
        pytest.param({"asked_at": None}, MARCH, id="null"),
        pytest.param({"asked_at": "2025-01-01T08:00Z"}, datetime(2025, 1, 1, 8, tzinfo=UTC), id="said"),
    ],
)
def test_a_default_moment_holds_where_a_line_does_not_say_when(
    said: dict[str, Any], moment: datetime
) -> None:
    assert asked({"question": "Who won?", **said}, MARCH).asked_at == moment


def test_the_filters_given_hold_for_the_line() -> None:
    filters = Filters(publisher="Harbour Post")
    assert batch_question({"question": "Who won?"}, MARCH, filters) == Question("Who won?", MARCH, filters)
