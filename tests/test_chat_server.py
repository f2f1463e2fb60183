from __future__ import annotations

import contextlib
import http.client
import json
import threading
import time
from collections.abc import Iterator
from typing import Any
from urllib.parse import urlsplit

import pytest

from tests.chat_server import ChatServer, Message, Raw, Refuses, Reply, Step, Then, Thinks

USER = {"role": "user", "content": "How many were killed?"}
ASKED: dict[str, Any] = {"model": "some-model", "messages": [USER], "temperature": 0.0}
STREAMED = ASKED | {"stream": True}
COUNTED = STREAMED | {"stream_options": {"include_usage": True}}


def post(
    server: ChatServer, body: dict[str, Any], key: str = "secret", path: str = "/v1/chat/completions"
) -> http.client.HTTPResponse:
    address = urlsplit(server.url)
    connection = http.client.HTTPConnection(str(address.hostname), address.port, timeout=5)
    headers = {"Authorization": f"Bearer {key}"}
    connection.request("POST", path, json.dumps(body), headers)
    return connection.getresponse()


def events(response: http.client.HTTPResponse) -> Iterator[str]:
    while line := response.readline():
        if line.strip():
            yield line.decode().removeprefix("data: ").strip()


def pieces(response: http.client.HTTPResponse) -> Iterator[str]:
    for event in events(response):
        choices = json.loads(event)["choices"] if event != "[DONE]" else []
        if choices and "content" in choices[0]["delta"]:
            yield choices[0]["delta"]["content"]


def test_a_text_is_written_in_small_pieces() -> None:
    with ChatServer(["The toll was 19 [1]."]) as server:
        read = list(pieces(post(server, STREAMED)))
    assert "".join(read) == "The toll was 19 [1]."
    assert max(map(len, read)) == 5


def test_steps_are_written_as_they_are_and_end_with_the_counts_that_were_asked_for() -> None:
    with ChatServer([["The toll ", Thinks("Hmm."), Raw("{}"), "was 19."]]) as server:
        read = list(events(post(server, COUNTED)))
    assert read[2] == "{}"
    assert read[-1] == "[DONE]"
    assert json.loads(read[-2])["usage"] == {"prompt_tokens": 4, "completion_tokens": 4, "total_tokens": 8}
    assert json.loads(read[1])["choices"][0]["delta"]["reasoning_content"] == "Hmm."


def test_a_reply_that_is_not_streamed_comes_whole() -> None:
    with ChatServer([["The toll ", 0.01, "was 19."]]) as server:
        reply = json.loads(post(server, ASKED).read())
    assert reply["choices"][0]["message"]["content"] == "The toll was 19."
    assert reply["usage"]["completion_tokens"] == 4


def test_nothing_is_written_before_an_event() -> None:
    go_on = threading.Event()
    with ChatServer([["One. ", go_on, "Two."]]) as server:
        read = pieces(post(server, STREAMED))
        assert next(read) == "One. "
        go_on.set()
        assert list(read) == ["Two."]


def test_a_function_replies_to_the_messages() -> None:
    def script(messages: list[Message]) -> Reply:
        return messages[-1]["content"].upper()

    with ChatServer(script) as server:
        assert "".join(pieces(post(server, STREAMED))) == "HOW MANY WERE KILLED?"
        assert server.requests == [STREAMED]
        assert server.prompts == [USER["content"]]


def test_a_refusal_has_its_status_and_headers() -> None:
    with ChatServer([Refuses(429, "Slow down.", {"Retry-After": "1"})]) as server:
        response = post(server, STREAMED)
        assert (response.status, response.headers["Retry-After"]) == (429, "1")
        assert json.loads(response.read())["error"]["message"] == "Slow down."


@pytest.mark.parametrize("steps", [[Then.CUT], ["The toll ", Then.CUT]])
def test_a_connection_is_cut(steps: list[Step]) -> None:
    with ChatServer([steps]) as server, pytest.raises((ConnectionError, http.client.HTTPException)):
        post(server, STREAMED).read()


def test_it_tells_that_a_client_left_a_reply_that_stalls() -> None:
    with ChatServer([["The toll ", Then.STALL]]) as server:
        response = post(server, STREAMED)
        assert next(pieces(response)) == "The toll "
        assert not server.wait_until_left(0.05)
        response.close()
        assert server.wait_until_left(5)


def test_leaving_ends_what_stalls() -> None:
    def ask(server: ChatServer) -> None:
        with contextlib.suppress(ConnectionError, http.client.HTTPException):
            post(server, STREAMED)

    with ChatServer([Then.STALL]) as server:
        asking = threading.Thread(target=ask, args=[server])
        asking.start()
        while not server.requests:
            time.sleep(0.01)
    asking.join(5)
    assert not asking.is_alive()


def test_another_key_is_refused() -> None:
    with ChatServer(["Yes."], key="right") as server:
        assert post(server, ASKED, key="wrong").status == 401
        assert post(server, ASKED, key="right").status == 200
        assert server.keys == ["wrong", "right"]


def test_counts_are_refused_by_a_server_that_does_not_count() -> None:
    with ChatServer(["Yes."], counts=False) as server:
        assert post(server, COUNTED).status == 400
        assert post(server, STREAMED).status == 200


@pytest.mark.parametrize(
    "change",
    [
        pytest.param({"messages": []}, id="no messages"),
        pytest.param({"messages": ["Hello"]}, id="a message that is none"),
        pytest.param({"messages": [{"role": "user", "content": " "}]}, id="blank"),
        pytest.param({"messages": [{"role": "user", "content": [USER]}]}, id="no text"),
        pytest.param({"messages": [USER | {"name": "x"}]}, id="unknown key in a message"),
        pytest.param({"messages": [USER | {"role": "human"}]}, id="unknown role"),
        pytest.param({"messages": [USER, USER]}, id="twice the user"),
        pytest.param({"messages": [USER, USER | {"role": "system"}]}, id="system last"),
        pytest.param({"messages": [USER, USER | {"role": "assistant"}]}, id="nothing asked"),
        pytest.param({"model": ""}, id="no model"),
        pytest.param({"logprobs": 3}, id="unknown key"),
        pytest.param({"stream_options": {}}, id="stream options without a stream"),
    ],
)
def test_a_request_of_another_shape_is_refused_and_held_against_the_test(change: dict[str, Any]) -> None:
    with pytest.raises(AssertionError), ChatServer(["Yes."]) as server:
        assert post(server, ASKED | change).status == 400


def test_asking_more_than_is_scripted_is_held_against_the_test() -> None:
    with pytest.raises(AssertionError), ChatServer([]) as server:
        assert post(server, ASKED).status == 400


def test_an_address_that_is_none_is_held_against_the_test() -> None:
    with pytest.raises(AssertionError), ChatServer([]) as server:
        assert post(server, ASKED, path="/chat/completions").status == 404


def test_many_are_answered_at_once() -> None:
    together = threading.Barrier(8, timeout=5)

    def script(_: list[Message]) -> Reply:
        def steps() -> Iterator[Step]:
            together.wait()
            yield "Yes."

        return steps()

    with ChatServer(script) as server:
        read: list[str] = []
        threads = [
            threading.Thread(target=lambda: read.extend(pieces(post(server, STREAMED)))) for _ in range(8)
        ]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        assert read == ["Yes."] * 8
