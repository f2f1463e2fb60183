"""A language model for tests: what it says is scripted, but it is asked over HTTP, as OpenAI's and many local ones are.

    with ChatServer(["The toll was 19 [1]."]) as server:
        ...                                  # ask at server.url
        assert server.requests[0]["stream"]

A script is a list of replies, one a request, or a function that is given the messages and returns a reply. A reply is

- a text, which is written in pieces of a few characters, so that whatever reads it meets every boundary;
- a list, or a generator, of steps: texts, each written as one piece; a `threading.Event`, before which nothing more is
  written; a number of seconds to pause; `Thinks`, what a reasoning model writes for itself; `Raw`, a line as it stands;
  `Then.CUT` and `Then.STALL`;
- `Refuses`, an HTTP status.

It is strict: a request that has not OpenAI's shape is refused with 400, and leaving the context raises AssertionError
where one was refused so, or where more was asked than is scripted.
"""

from __future__ import annotations

import contextlib
import json
import select
import socket
import sys
import threading
import time
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from enum import Enum, auto
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from types import TracebackType
from typing import Any

Message = dict[str, str]
"""One message of a request: its `role` (system, user, assistant) and its `content`."""

_PIECE = 5
"""Characters of a text that are written at once."""

_PATIENCE = 20.0
"""Seconds that an event is waited for; a test that forgets to set one fails instead of hanging."""

_KEYS = {
    "model",
    "messages",
    "temperature",
    "stream",
    "stream_options",
    "max_tokens",
    "max_completion_tokens",
}


class Then(Enum):
    """What becomes of a connection: it is closed in the middle, or nothing more comes until the client leaves."""

    CUT = auto()
    STALL = auto()


@dataclass(frozen=True, slots=True)
class Thinks:
    """Text that belongs to no answer: what a reasoning model tells itself first."""

    text: str


@dataclass(frozen=True, slots=True)
class Raw:
    """The data of one event of the stream, as it stands."""

    data: str


@dataclass(frozen=True, slots=True)
class Refuses:
    """An HTTP status instead of a reply."""

    status: int
    message: str = "It cannot be done."
    headers: Mapping[str, str] = field(default_factory=dict)


Step = str | float | threading.Event | Thinks | Raw | Then
Reply = str | Iterable[Step] | Refuses | Then
Script = Sequence[Reply] | Callable[[list[Message]], Reply]


class ChatServer:
    """Answers chat requests at `url` while its context lasts.

    `key` is the key that must be sent; None takes any. With `counts` False it refuses to be asked for token counts in
    a stream, as older servers do.

    `requests` are the bodies received, those refused for their shape among them, `keys` the keys that came with them.
    """

    def __init__(self, script: Script, *, key: str | None = None, counts: bool = True) -> None:
        self._script: Callable[[list[Message]], Reply] = script if callable(script) else _in_turn(script)
        self._key = key
        self._counts = counts
        self._lock = threading.Lock()
        self._mistakes: list[str] = []
        self._left = threading.Semaphore(0)
        self.requests: list[dict[str, Any]] = []
        self.keys: list[str] = []
        self._listener = _Listener(self)
        self._thread = threading.Thread(
            target=self._listener.serve_forever,
            kwargs={"poll_interval": 0.02},
            name="chat-server",
            daemon=True,
        )

    @property
    def url(self) -> str:
        """The base URL, as FOOTNOTE_CHAT_BASE_URL takes it."""
        return f"http://127.0.0.1:{self._listener.server_address[1]}/v1"

    @property
    def prompts(self) -> list[str]:
        """For each request, its messages' texts, joined."""
        return ["\n".join(message["content"] for message in each["messages"]) for each in self.requests]

    def wait_until_left(self, seconds: float) -> bool:
        """Wait until a client closed its connection in the middle of a reply; False where none did in that time."""
        return self._left.acquire(timeout=seconds)

    def __enter__(self) -> ChatServer:
        self._thread.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._listener.closing.set()
        self._listener.shutdown()
        self._listener.server_close()
        self._thread.join()
        if error is None:
            assert not self._mistakes, self._mistakes

    def reply_to(self, body: dict[str, Any], key: str) -> Reply:
        """Write a request down and return what the script says to it."""
        with self._lock:
            self.requests.append(body)
            self.keys.append(key)
        if self._key is not None and key != self._key:
            return Refuses(401, "Incorrect API key provided.")
        if "stream_options" in body and not self._counts:
            return Refuses(400, "Unrecognized request argument supplied: stream_options")
        wrong = _wrong_with(body)
        if wrong:
            self.note(wrong)
            return Refuses(400, wrong)
        with self._lock:
            try:
                return self._script(body["messages"])
            except IndexError:
                self._mistakes.append("More was asked than is scripted.")
                return Refuses(400, "Nothing more is scripted.")

    def note(self, mistake: str) -> None:
        """Write down what a client did wrong."""
        with self._lock:
            self._mistakes.append(mistake)

    def client_left(self) -> None:
        """Write down that a client closed its connection in the middle of a reply."""
        self._left.release()


def _in_turn(replies: Sequence[Reply]) -> Callable[[list[Message]], Reply]:
    waiting = list(replies)
    return lambda _: waiting.pop(0)


def _wrong_with(body: dict[str, Any]) -> str | None:
    unknown = body.keys() - _KEYS
    if unknown:
        return f"Unrecognized request arguments supplied: {', '.join(sorted(unknown))}"
    if not (isinstance(body.get("model"), str) and body["model"]):
        return "You must provide a model parameter."
    if "stream_options" in body and not body.get("stream"):
        return "stream_options is only allowed when stream is enabled."
    messages = body.get("messages")
    if not isinstance(messages, list) or not messages:
        return "messages is too short."
    return next((wrong for wrong in map(_wrong_with_message, messages) if wrong), None) or _wrong_order(
        [message["role"] for message in messages]
    )


def _wrong_with_message(message: Any) -> str | None:
    if not isinstance(message, dict) or message.keys() != {"role", "content"}:
        return f"A message must have a role and content, not {message}."
    if not isinstance(message["content"], str) or not message["content"].strip():
        return "A message's content must be a text."
    return None


def _wrong_order(roles: list[str]) -> str | None:
    turns = roles[1:] if roles[0] == "system" else roles
    if not turns or turns != [("user", "assistant")[place % 2] for place in range(len(turns))]:
        return f"Roles must be user, assistant, user ..., after system at most, not {roles}."
    return "The last message must be the user's." if turns[-1] != "user" else None


class _Listener(ThreadingHTTPServer):
    daemon_threads = True
    block_on_close = False
    request_queue_size = 128

    def __init__(self, served: ChatServer) -> None:
        super().__init__(("127.0.0.1", 0), _Handler)
        self.served = served
        self.closing = threading.Event()

    def handle_error(self, request: Any, client_address: Any) -> None:
        """Say nothing of a client that went away; all else is a mistake of a script and shown."""
        error = sys.exception()
        if not isinstance(error, ConnectionError):
            self.served.note(f"The script failed: {error!r}")
            super().handle_error(request, client_address)


class _Handler(BaseHTTPRequestHandler):
    server: _Listener
    connection: socket.socket
    protocol_version = "HTTP/1.1"
    disable_nagle_algorithm = True

    def do_POST(self) -> None:
        received = self.rfile.read(int(self.headers.get("Content-Length") or 0))
        served = self.server.served
        if self.path != "/v1/chat/completions":
            served.note(f"There is no {self.path}.")
            self._refuse(Refuses(404, f"Unknown request URL: POST {self.path}."))
            return
        body = json.loads(received)
        key = str(self.headers.get("Authorization", "")).removeprefix("Bearer ")
        reply = served.reply_to(body, key)
        if isinstance(reply, Refuses):
            self._refuse(reply)
            return
        try:
            self._write(_steps(reply), body)
        except ConnectionError:
            self.close_connection = True
            if not self.server.closing.is_set():
                served.client_left()

    def log_message(self, format: str, *args: Any) -> None:  # noqa: A002 - the inherited name
        """Say nothing."""

    def _write(self, steps: Iterator[Step], body: dict[str, Any]) -> None:
        kept: list[str] = []
        writing = _Stream(self, body) if body.get("stream") else None
        for step in steps:
            if step is Then.CUT:
                self._cut()
                return
            if isinstance(step, (float, int, threading.Event, Then)):
                self._wait(step)
            elif writing is not None:
                writing.write(step)
            if isinstance(step, str):
                kept.append(step)
        text = "".join(kept)
        if writing is not None:
            writing.end(text)
        else:
            self._send(200, _whole(body, text))

    def _wait(self, step: float | threading.Event | Then) -> None:
        """Wait for an event, some seconds, or for ever; raise ConnectionError when the client leaves meanwhile."""
        seconds = step if isinstance(step, (float, int)) else _PATIENCE
        event = step if isinstance(step, threading.Event) else threading.Event()
        until = time.monotonic() + seconds
        while not event.wait(min(0.01, max(0.0, until - time.monotonic()))):
            if self.server.closing.is_set() or self._client_left():
                raise ConnectionAbortedError
            if time.monotonic() >= until:
                if isinstance(step, threading.Event):
                    self.server.served.note("An event that a reply waits for was never set.")
                return

    def _client_left(self) -> bool:
        readable, _, _ = select.select([self.connection], [], [], 0)
        return bool(readable) and not self.connection.recv(1, socket.MSG_PEEK)

    def _cut(self) -> None:
        self.close_connection = True
        with contextlib.suppress(OSError):
            self.connection.shutdown(socket.SHUT_RDWR)

    def _refuse(self, refusal: Refuses) -> None:
        error = {"message": refusal.message, "type": "invalid_request_error", "param": None, "code": None}
        self._send(refusal.status, {"error": error}, refusal.headers)

    def _send(self, status: int, body: object, headers: Mapping[str, str] | None = None) -> None:
        content = json.dumps(body).encode()
        self.send_response(status)
        for name, value in (headers or {}).items():
            self.send_header(name, value)
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", str(len(content)))
        self.end_headers()
        self.wfile.write(content)


class _Stream:
    """Server-sent events, in chunks; nothing is sent before the first step is written."""

    def __init__(self, handler: _Handler, body: dict[str, Any]) -> None:
        self._handler = handler
        self._body = body
        self._began = False

    def write(self, step: str | Thinks | Raw | Then | float | threading.Event) -> None:
        if isinstance(step, Raw):
            self._event(step.data)
        elif isinstance(step, Thinks):
            self._chunk({"reasoning_content": step.text})
        else:
            self._chunk({"content": step})

    def end(self, text: str) -> None:
        self._chunk({}, finish="stop")
        if (self._body.get("stream_options") or {}).get("include_usage"):
            chunk = _envelope(self._body, "chat.completion.chunk")
            self._event(json.dumps(chunk | {"choices": [], "usage": _usage(self._body, text)}))
        self._event("[DONE]")
        self._handler.wfile.write(b"0\r\n\r\n")

    def _chunk(self, delta: dict[str, Any], finish: str | None = None) -> None:
        choice = {"index": 0, "delta": {"role": "assistant"} | delta, "finish_reason": finish}
        self._event(json.dumps(_envelope(self._body, "chat.completion.chunk") | {"choices": [choice]}))

    def _event(self, data: str) -> None:
        self._begin()
        event = f"data: {data}\n\n".encode()
        self._handler.wfile.write(b"%x\r\n%s\r\n" % (len(event), event))

    def _begin(self) -> None:
        if self._began:
            return
        self._began = True
        self._handler.send_response(200)
        self._handler.send_header("Content-Type", "text/event-stream")
        self._handler.send_header("Transfer-Encoding", "chunked")
        self._handler.end_headers()


def _steps(reply: str | Iterable[Step] | Then) -> Iterator[Step]:
    if isinstance(reply, Then):
        return iter([reply])
    if isinstance(reply, str):
        return (reply[start : start + _PIECE] for start in range(0, len(reply), _PIECE))
    return iter(reply)


def _envelope(body: dict[str, Any], kind: str) -> dict[str, Any]:
    return {"id": "chatcmpl-1", "object": kind, "created": 1, "model": body["model"]}


def _whole(body: dict[str, Any], text: str) -> dict[str, Any]:
    choice = {"index": 0, "message": {"role": "assistant", "content": text}, "finish_reason": "stop"}
    return _envelope(body, "chat.completion") | {"choices": [choice], "usage": _usage(body, text)}


def _usage(body: dict[str, Any], text: str) -> dict[str, int]:
    """Count words as tokens."""
    asked = sum(len(message["content"].split()) for message in body["messages"])
    said = len(text.split())
    return {"prompt_tokens": asked, "completion_tokens": said, "total_tokens": asked + said}
