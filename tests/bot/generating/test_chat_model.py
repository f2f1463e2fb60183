from __future__ import annotations

import subprocess
import sys
import threading
import time
import traceback
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime

import pytest
from langchain_core.messages import BaseMessage, HumanMessage, SystemMessage

from bot.errors import ChatModelError, SettingsError
from bot.generating.background import background_loop
from bot.generating.chat_model import ChatModel
from bot.generating.client import Piece
from bot.generating.providers import PROVIDERS
from tests.chat_server import ChatServer, Message, Raw, Refuses, Reply, Step, Then, Thinks

MESSAGES: list[BaseMessage] = [SystemMessage("Answer."), HumanMessage("How many were killed?")]
FAST = (0.01, 0.01)
KEY = "sk-very-secret"


@pytest.fixture(autouse=True)
def _no_provider_from_outside(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("OPENAI_API_KEY", "OPENAI_API_BASE", "OPENAI_BASE_URL", "LANGSMITH_TRACING"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("NO_PROXY", "127.0.0.1")


def model(server: ChatServer, name: str = "openai:small", key: str | None = KEY) -> ChatModel:
    keys = {"OPENAI_API_KEY": key} if key else {}
    return ChatModel(name, server.url, keys=keys, pauses=FAST)


def soon(seconds: float = 10) -> float:
    return time.monotonic() + seconds


def loaded(server: ChatServer) -> ChatModel:
    asked = model(server)
    asked.load()
    return asked


def failure(server: ChatServer, key: str | None = KEY) -> ChatModelError:
    with pytest.raises(ChatModelError) as error:
        model(server, key=key).write(MESSAGES, soon())
    return error.value


def text(pieces: list[Piece]) -> str:
    return "".join(piece.text for piece in pieces)


def test_a_reply_comes_in_the_pieces_that_it_is_written_in_and_its_tokens_are_counted() -> None:
    with ChatServer([["The toll ", "was 19 [1]."]]) as server:
        pieces = list(model(server).stream(MESSAGES, soon()))
    assert [piece.text for piece in pieces if piece.text] == ["The toll ", "was 19 [1]."]
    assert [(piece.input_tokens, piece.output_tokens) for piece in pieces if piece.input_tokens] == [(5, 5)]


def test_what_is_asked_is_what_is_sent() -> None:
    with ChatServer(["19."]) as server:
        list(model(server).stream(MESSAGES, soon()))
    (request,) = server.requests
    assert request == {
        "model": "small",
        "messages": [
            {"role": "system", "content": "Answer."},
            {"role": "user", "content": "How many were killed?"},
        ],
        "temperature": 0.0,
        "stream": True,
        "stream_options": {"include_usage": True},
    }
    assert server.keys == [KEY]


def test_a_whole_reply_is_written() -> None:
    with ChatServer(["The toll was 19 [1]."]) as server:
        assert model(server).write(MESSAGES, soon()) == Piece("The toll was 19 [1].", 5, 5)


def test_a_piece_is_there_while_the_model_is_still_writing() -> None:
    read = threading.Event()
    with ChatServer([["The toll ", read, "was 19."]]) as server:
        pieces = model(server).stream(MESSAGES, soon())
        assert next(pieces).text == "The toll "
        read.set()
        assert text(list(pieces)) == "was 19."


def test_what_a_model_thinks_is_not_what_it_says() -> None:
    with ChatServer([[Thinks("They ask for the toll."), "19."]]) as server:
        assert model(server).write(MESSAGES, soon()).text == "19."


def test_a_server_of_ones_own_needs_no_key() -> None:
    with ChatServer(["19."]) as server:
        assert model(server, key=None).write(MESSAGES, soon()).text == "19."
    assert server.keys == ["none"]


def test_many_ask_at_once() -> None:
    together = threading.Barrier(8, timeout=10)

    def script(messages: list[Message]) -> Reply:
        def steps() -> Iterator[Step]:
            together.wait()
            yield messages[-1]["content"]

        return steps()

    with ChatServer(script) as server, ThreadPoolExecutor(8) as pool:
        asked = model(server)
        questions = [f"Question {number}?" for number in range(8)]
        replies = pool.map(lambda each: asked.write([HumanMessage(each)], soon()).text, questions)
        assert list(replies) == questions


class TestTime:
    def test_a_stall_ends_when_the_time_is_up(self) -> None:
        with ChatServer([["The toll ", Then.STALL]]) as server:
            asked, began = loaded(server), time.monotonic()
            pieces = asked.stream(MESSAGES, began + 0.6)
            assert next(pieces).text == "The toll "
            with pytest.raises(ChatModelError, match="openai:small was not done after") as error:
                next(pieces)
            assert 0.5 < time.monotonic() - began < 1.6
            assert "FOOTNOTE_CHAT_DEADLINE" in error.value.remedy
            assert server.wait_until_left(5)

    def test_drops_that_never_end_are_no_way_around_it(self) -> None:
        def drops() -> Iterator[Step]:
            while True:
                yield "a"
                yield 0.02

        with ChatServer([drops()]) as server:
            asked, began = loaded(server), time.monotonic()
            pieces = asked.stream(MESSAGES, began + 0.6)
            with pytest.raises(ChatModelError, match="not done"):
                list(pieces)
            assert 0.5 < time.monotonic() - began < 1.6
            assert server.wait_until_left(5)

    def test_a_server_that_does_not_reply_is_waited_for_no_longer(self) -> None:
        with ChatServer([Then.STALL]) as server:
            asked, began = loaded(server), time.monotonic()
            with pytest.raises(ChatModelError, match="not done"):
                asked.write(MESSAGES, began + 0.3)
            assert time.monotonic() - began < 1.3

    def test_nor_is_a_package_that_stops_all_others(self) -> None:
        with ChatServer(lambda _: "19.") as server:
            asked = loaded(server)
            background_loop().call_soon_threadsafe(time.sleep, 1)
            began = time.monotonic()
            with pytest.raises(ChatModelError, match="not done"):
                asked.write(MESSAGES, began + 0.2)
            assert time.monotonic() - began < 0.8
            assert asked.write(MESSAGES, soon()).text == "19."

    def test_nothing_is_waited_for_when_the_time_is_up_already(self) -> None:
        with ChatServer(lambda _: Then.STALL) as server, pytest.raises(ChatModelError, match="not done"):
            model(server).write(MESSAGES, time.monotonic() - 1)

    def test_what_was_written_in_time_may_be_read_later(self) -> None:
        with ChatServer([["The toll ", "was 19."]]) as server:
            asked, until = loaded(server), soon(0.5)
            pieces = asked.stream(MESSAGES, until)
            read = [next(pieces)]
            time.sleep(max(0, until - time.monotonic()) + 0.1)
            assert text(read + list(pieces)) == "The toll was 19."

    def test_closing_ends_the_request(self) -> None:
        with ChatServer([["The toll ", Then.STALL]]) as server:
            pieces = model(server).stream(MESSAGES, soon())
            next(pieces)
            pieces.close()
            assert server.wait_until_left(5)

    def test_one_that_stalls_holds_up_no_other(self) -> None:
        with ChatServer([["a", Then.STALL], "19."]) as server:
            asked = model(server)
            stalled = asked.stream(MESSAGES, soon())
            next(stalled)
            assert asked.write(MESSAGES, soon(5)).text == "19."


class TestTryingAgain:
    @pytest.mark.parametrize(
        "failed",
        [
            Refuses(429),
            Refuses(500),
            Refuses(503),
            Refuses(408),
            Then.CUT,
            pytest.param([Thinks("Hm."), Then.CUT], id="cut while it thinks"),
        ],
    )
    def test_what_may_pass_is_tried_again(self, failed: Reply) -> None:
        with ChatServer([failed, "19."]) as server:
            assert model(server).write(MESSAGES, soon()).text == "19."
        assert len(server.requests) == 2

    def test_it_is_tried_so_many_times(self) -> None:
        with ChatServer([Refuses(503)] * 3) as server:
            assert "HTTP 503" in failure(server).message
        assert len(server.requests) == 3

    @pytest.mark.parametrize("status", [400, 401, 403, 404, 422])
    def test_what_will_not_pass_is_not(self, status: int) -> None:
        with ChatServer([Refuses(status)]) as server:
            assert f"HTTP {status}" in failure(server).message

    def test_a_reply_that_has_begun_is_not(self) -> None:
        with ChatServer([["The toll ", Then.CUT]]) as server:
            pieces = model(server).stream(MESSAGES, soon())
            assert next(pieces).text == "The toll "
            with pytest.raises(ChatModelError, match="cannot be reached"):
                next(pieces)

    def test_the_wait_that_is_asked_for_is_kept(self) -> None:
        with ChatServer([Refuses(429, headers={"Retry-After": "1"}), "19."]) as server:
            began = time.monotonic()
            assert model(server).write(MESSAGES, soon()).text == "19."
            assert time.monotonic() - began >= 1

    @pytest.mark.parametrize(
        "wait",
        ["60", format_datetime(datetime.now(UTC) + timedelta(minutes=10), usegmt=True)],
        ids=["seconds", "moment"],
    )
    def test_a_wait_beyond_the_limit_is_not_begun(self, wait: str) -> None:
        with ChatServer([Refuses(429, "Slow down.", {"Retry-After": wait})]) as server:
            began = time.monotonic()
            assert failure(server).message.endswith("(HTTP 429): Slow down.")
            assert time.monotonic() - began < 5

    @pytest.mark.parametrize("wait", ["later", "nan", "inf", "-5", ""])
    def test_a_wait_that_is_none_is_no_wait(self, wait: str) -> None:
        with ChatServer([Refuses(429, headers={"Retry-After": wait}), "19."]) as server:
            assert model(server).write(MESSAGES, soon()).text == "19."

    def test_a_server_that_does_not_count_is_asked_not_to_from_then_on(self) -> None:
        with ChatServer(["19.", "20."], counts=False) as server:
            asked = model(server)
            assert asked.write(MESSAGES, soon()) == Piece("19.")
            assert asked.write(MESSAGES, soon()) == Piece("20.")
        assert ["stream_options" in request for request in server.requests] == [True, False, False]

    def test_a_model_that_takes_no_temperature_is_not_sent_one(self) -> None:
        refusal = Refuses(400, "Unsupported value: 'temperature' does not support 0.0 with this model.")
        with ChatServer([refusal, "19."]) as server:
            assert model(server).write(MESSAGES, soon()).text == "19."
        assert ["temperature" in request for request in server.requests] == [True, False]

    def test_it_is_not_asked_twice_to_do_without_the_same(self) -> None:
        with ChatServer([Refuses(400, "temperature?"), Refuses(400, "temperature!")]) as server:
            assert "temperature!" in failure(server).message


class TestFailures:
    @pytest.mark.parametrize("status", [400, 401, 403])
    def test_a_key_that_is_refused_is_named_and_not_shown(self, status: int) -> None:
        with ChatServer([Refuses(status, f"Incorrect API key provided: {KEY}.")]) as server:
            error = failure(server)
        assert error.message == f"openai:small refuses access (HTTP {status})."
        assert error.remedy == "Check OPENAI_API_KEY."

    def test_a_key_in_what_a_server_says_is_left_out(self) -> None:
        with ChatServer([Refuses(400, f"{KEY} may not do that.")]) as server:
            error = failure(server)
        assert ": ... may not do that." in error.message
        assert KEY not in "".join(traceback.format_exception(error))

    def test_a_model_that_is_not_there(self) -> None:
        with ChatServer([Refuses(404, "The model `small` does not exist.")]) as server:
            error = failure(server)
        assert error.message.endswith("(HTTP 404): The model `small` does not exist.")
        assert "FOOTNOTE_CHAT_MODEL" in error.remedy

    def test_a_key_is_left_out_where_the_message_is_cut_in_its_middle(self) -> None:
        with ChatServer([Refuses(400, "a" * 190 + KEY)]) as server:
            assert KEY[:5] not in str(failure(server))

    def test_what_stands_for_no_key_is_not_left_out(self) -> None:
        with ChatServer([Refuses(400, "There is none.")]) as server:
            assert "There is none." in failure(server, key=None).message

    def test_a_message_that_is_too_long_is_cut(self) -> None:
        with ChatServer([Refuses(400, "word " * 1_000)]) as server:
            assert len(failure(server).message) < 300

    def test_a_server_that_is_not_there(self) -> None:
        with ChatServer([]) as server:
            url = server.url
        with pytest.raises(ChatModelError, match="openai:small cannot be reached") as error:
            ChatModel("openai:small", url, pauses=FAST).write(MESSAGES, soon())
        assert "FOOTNOTE_CHAT_BASE_URL" in error.value.remedy

    @pytest.mark.parametrize("reply", ["", [Thinks("Hm.")], []])
    def test_a_reply_that_is_none(self, reply: Reply) -> None:
        with ChatServer([reply]) as server:
            assert failure(server).message == "openai:small wrote nothing."

    @pytest.mark.parametrize("data", ["{", "[]", "<html>", '{"error": {"message": "Overloaded."}}'])
    def test_a_stream_that_is_none(self, data: str) -> None:
        with ChatServer([["The toll ", Raw(data), "was 19."]]) as server:
            assert failure(server).message.startswith("openai:small failed: ")


class TestNames:
    @pytest.mark.parametrize("name", ["", "small", "openai:", ":small", "openai: ", "closedai:small"])
    def test_a_name_that_names_no_model(self, name: str) -> None:
        with pytest.raises(SettingsError) as error:
            ChatModel(name, "http://127.0.0.1:9/v1")
        assert repr(name) in error.value.message
        assert all(provider in error.value.remedy for provider in PROVIDERS)

    def test_a_model_may_have_colons_in_its_name(self) -> None:
        with ChatServer(["19."]) as server:
            asked = model(server, "openai: llama3.1:8b ")
            asked.write(MESSAGES, soon())
        assert asked.name == "openai:llama3.1:8b"
        assert server.requests[0]["model"] == "llama3.1:8b"

    @pytest.mark.parametrize("provider", PROVIDERS)
    def test_a_package_that_is_missing_is_a_line_that_says_how_to_install_it(
        self, monkeypatch: pytest.MonkeyPatch, provider: str
    ) -> None:
        monkeypatch.setitem(sys.modules, PROVIDERS[provider].module, None)
        with pytest.raises(ChatModelError) as error:
            ChatModel(f"{provider}:some", keys={str(PROVIDERS[provider].key): KEY})
        assert PROVIDERS[provider].module.replace("_", "-") in error.value.message
        assert error.value.remedy == f"pip install 'footnote-news-bot[{PROVIDERS[provider].extra}]'"

    def test_a_key_that_is_missing_is_named(self) -> None:
        with pytest.raises(ChatModelError, match=r"OPENAI_API_KEY is not set\.") as error:
            ChatModel("openai:small", keys={"OPENAI_API_KEY": ""})
        assert ".env" in error.value.remedy

    def test_nobody_waits_for_langchain_before_it_is_needed(self) -> None:
        made = f"ChatModel('openai:small', keys={{'OPENAI_API_KEY': {KEY!r}}})"
        code = f"import sys; from bot.generating.chat_model import ChatModel; {made}; print(*sys.modules)"
        run = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
        assert not [name for name in run.stdout.split() if name.startswith(("langchain", "openai"))]

    def test_nothing_of_it_shows_the_key(self) -> None:
        asked = ChatModel("openai:small", keys={"OPENAI_API_KEY": KEY})
        asked.load()
        assert KEY not in repr(asked)

    def test_a_model_that_langchain_knows_has_a_window(self) -> None:
        assert (ChatModel("openai:gpt-4o-mini", keys={"OPENAI_API_KEY": KEY}).window or 0) > 100_000
        assert ChatModel("openai:small", keys={"OPENAI_API_KEY": KEY}).window is None
