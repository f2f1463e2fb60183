from __future__ import annotations

import io
import json
import os
import threading
from collections.abc import Callable, Mapping
from datetime import UTC, datetime
from typing import Any, BinaryIO

import pytest

from bot.commands.json_output import run_batch
from bot.errors import QuestionError
from bot.questions import BatchQuestion, Filters
from index.errors import IndexDamagedError

MARCH = datetime(2026, 3, 1, tzinfo=UTC)
NO_FILTERS = Filters()
Answering = Callable[[BatchQuestion], Mapping[str, Any]]


def echo(asked: BatchQuestion) -> dict[str, Any]:
    return {"id": asked.id, "question": asked.question.text}


class Batch:
    """A run over some bytes of input, with streams that speak another encoding than JSON does."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch) -> None:
        self._monkeypatch = monkeypatch
        self.written = io.BytesIO()

    def __call__(
        self,
        given: bytes | BinaryIO,
        answer: Answering = echo,
        filters: Filters = NO_FILTERS,
        asked_at: str | None = None,
        at_once: int = 1,
    ) -> int:
        read = io.BytesIO(given) if isinstance(given, bytes) else given
        self._monkeypatch.setattr("sys.stdin", io.TextIOWrapper(read, encoding="latin-1"))
        self._monkeypatch.setattr("sys.stdout", io.TextIOWrapper(self.written, encoding="ascii"))
        return run_batch(answer, filters, asked_at, at_once=at_once)

    @property
    def lines(self) -> list[str]:
        return self.written.getvalue().decode("utf-8").split("\n")

    @property
    def results(self) -> list[dict[str, Any]]:
        *whole, rest = self.lines
        assert rest == ""
        return [json.loads(line) for line in whole]


@pytest.fixture
def batch(monkeypatch: pytest.MonkeyPatch) -> Batch:
    return Batch(monkeypatch)


def lines(*said: object) -> bytes:
    return "".join(json.dumps(each) + "\n" for each in said).encode()


def test_each_line_is_answered_on_a_line_in_the_same_order(batch: Batch) -> None:
    said = [{"id": number, "question": f"Who won {number}?"} for number in (3, 1, 2)]
    assert batch(lines(*said)) == 0
    assert batch.results == said


@pytest.mark.parametrize(
    "given",
    [
        pytest.param(b"", id="nothing"),
        pytest.param(b"\n \n\t\r\n", id="blank lines"),
    ],
)
def test_nothing_asked_is_nothing_answered(batch: Batch, given: bytes) -> None:
    assert batch(given) == 0
    assert batch.results == []


@pytest.mark.parametrize(
    "given",
    [
        pytest.param(
            b'{"id": 1, "question": "a"}\n\n  \n{"id": 2, "question": "b"}\n', id="blank lines between"
        ),
        pytest.param(b'{"id": 1, "question": "a"}\r\n{"id": 2, "question": "b"}\r\n', id="Windows"),
        pytest.param(b'{"id": 1, "question": "a"}\n{"id": 2, "question": "b"}', id="no last line break"),
        pytest.param(
            b'\xef\xbb\xbf{"id": 1, "question": "a"}\n{"id": 2, "question": "b"}\n', id="byte order mark"
        ),
    ],
)
def test_lines_are_found_however_they_are_written(batch: Batch, given: bytes) -> None:
    assert batch(given) == 0
    assert batch.results == [{"id": 1, "question": "a"}, {"id": 2, "question": "b"}]


@pytest.mark.parametrize("id_", ["7", 7, 0, 2.5, None, "", True, ["a"], {"a": 1}], ids=repr)
def test_an_id_comes_back_as_it_was(batch: Batch, id_: object) -> None:
    assert batch(lines({"id": id_, "question": "a"}, {"id": id_})) == 1
    assert [result["id"] for result in batch.results] == [id_, id_]


@pytest.mark.parametrize(
    ("line", "id_"),
    [
        pytest.param(b"Who won?", None, id="plain text"),
        pytest.param(b'{"id": "7", "question": "Who', None, id="cut off"),
        pytest.param(b'["Who won?"]', None, id="list"),
        pytest.param(b'{"id": "7"}', "7", id="no question"),
        pytest.param(b'{"id": "7", "question": " "}', "7", id="blank question"),
        pytest.param(b'{"id": "7", "question": "x", "asked_at": "soon"}', "7", id="no date"),
        pytest.param(b'{"id": "7", "question": "x", "history": 1}', "7", id="no history"),
        pytest.param(b'{"id": NaN, "question": "x"}', None, id="an id that is no JSON"),
        pytest.param(b"\xff\xfe\x00", None, id="no text"),
    ],
)
def test_a_wrong_line_is_answered_with_what_is_wrong_and_the_rest_goes_on(
    batch: Batch, line: bytes, id_: str | None
) -> None:
    good = {"id": "good", "question": "a"}
    assert batch(lines(good) + line + b"\n" + lines(good)) == 1
    first, wrong, last = batch.results
    assert first == last == good
    assert set(wrong) == {"id", "error", "remedy"}
    assert wrong["id"] == id_
    assert wrong["error"]
    assert wrong["remedy"]


def test_an_error_while_answering_is_that_lines_alone(batch: Batch) -> None:
    def answer(asked: BatchQuestion) -> dict[str, Any]:
        if asked.id == 2:
            raise IndexDamagedError("The catalogue is damaged.", "Reindex.")
        return echo(asked)

    assert batch(lines(*({"id": number, "question": "a"} for number in (1, 2, 3))), answer) == 1
    assert batch.results[1] == {"id": 2, "error": "The catalogue is damaged.", "remedy": "Reindex."}
    assert [result["id"] for result in batch.results] == [1, 2, 3]


def test_bytes_that_are_not_utf_8_are_answered_as_well_as_they_can_be_read(batch: Batch) -> None:
    assert batch(b'{"id": 1, "question": "Who met Zo\xeb?"}\n') == 0
    assert batch.results == [{"id": 1, "question": "Who met Zo\ufffd?"}]


@pytest.mark.parametrize(
    "text", ["Zoë", "理事会", "🚢", "«naïve»", "one\u2028two", "\u202e", "a\x85b"], ids=ascii
)
def test_text_is_written_as_itself_whatever_the_terminal_speaks(batch: Batch, text: str) -> None:
    assert batch(json.dumps({"question": text}, ensure_ascii=False).encode()) == 0
    [line, _] = batch.lines
    assert text in line
    assert batch.results[0]["question"] == text


@pytest.mark.parametrize("text", ["one\ntwo", "tab\t", "\x00\x1b", "\ud800", 'quote"'], ids=ascii)
def test_what_cannot_stand_in_a_line_is_written_as_an_escape(batch: Batch, text: str) -> None:
    assert batch(lines({"question": text})) == 0
    assert batch.results[0]["question"] == text


def test_an_answer_is_out_before_the_next_question_is_read(batch: Batch) -> None:
    written = []

    def answer(asked: BatchQuestion) -> dict[str, Any]:
        written.append(batch.written.getvalue().count(b"\n"))
        return echo(asked)

    batch(lines(*[{"question": "a"}] * 3), answer)
    assert written == [0, 1, 2]


def test_filters_hold_for_every_line_and_the_moment_for_those_that_do_not_say_when(batch: Batch) -> None:
    asked: list[BatchQuestion] = []

    def answer(question: BatchQuestion) -> dict[str, Any]:
        asked.append(question)
        return {}

    filters = Filters(publisher="Harbour Post")
    batch(
        lines({"question": "a"}, {"question": "b", "asked_at": "2026-03-01T00:00Z"}),
        answer,
        filters,
        "2026-02-01T08:00",
    )
    assert [each.question.filters for each in asked] == [filters, filters]
    assert [each.question.asked_at for each in asked] == [datetime(2026, 2, 1, 8, tzinfo=UTC), MARCH]


def test_a_wrong_default_moment_is_refused_before_anything_is_read(batch: Batch) -> None:
    with pytest.raises(QuestionError):
        batch(lines({"question": "a"}), asked_at="soon")
    assert batch.lines == [""]


def test_several_at_once_are_answered_in_the_order_of_the_lines(batch: Batch) -> None:
    last_done = threading.Event()

    def answer(asked: BatchQuestion) -> dict[str, Any]:
        if asked.id == 4:
            last_done.set()
        assert last_done.wait(20), "They are not asked at once."
        return echo(asked)

    said = [{"id": number, "question": "a"} for number in (1, 2, 3, 4)]
    assert batch(lines(*said), answer, at_once=4) == 0
    assert batch.results == said


def test_of_several_at_once_one_is_out_although_no_other_line_has_come(batch: Batch) -> None:
    reading, writing = os.pipe()
    ends = threading.Thread(target=os.close, args=[writing])

    class Printed(io.BytesIO):
        def write(self, data: Any) -> int:
            if not ends.is_alive():
                ends.start()
            return super().write(data)

    batch.written = Printed()
    os.write(writing, lines({"id": 1, "question": "a"}))
    with os.fdopen(reading, "rb") as given:
        assert batch(given, at_once=4) == 0
    ends.join()
    assert batch.results == [{"id": 1, "question": "a"}]


def test_of_several_at_once_a_wrong_line_is_that_lines_alone(batch: Batch) -> None:
    given = lines({"id": 1, "question": "a"}) + b"nonsense\n" + lines({"id": 3, "question": "c"})
    assert batch(given, at_once=3) == 1
    assert [result["id"] for result in batch.results] == [1, None, 3]


def test_what_breaks_a_batch_breaks_it_although_several_are_asked_at_once(batch: Batch) -> None:
    def answer(asked: BatchQuestion) -> dict[str, Any]:
        raise ZeroDivisionError(asked.id)

    with pytest.raises(ZeroDivisionError):
        batch(lines({"id": 1, "question": "a"}), answer, at_once=3)
