"""The Web API: a call comes in, is checked, may go wrong, is performed, and is remembered."""

from __future__ import annotations

import json
import time
from copy import deepcopy
from dataclasses import dataclass, field, replace
from typing import Any
from urllib.parse import parse_qsl

from tests.slack.faults import AnswersError, AnswersStatus, Fault, Faults, Hangs, LosesReply, RateLimits
from tests.slack.method_site import Arguments, Body, Site
from tests.slack.methods import METHODS, Method
from tests.slack.rates import Rates
from tests.slack.rules import RefusalError
from tests.slack.state import APP_TOKEN, BOT_TOKEN

_JSON_ARGUMENTS = {
    "blocks": "invalid_blocks_format",
    "metadata": "invalid_metadata_format",
    "prompts": "invalid_arguments",
    "loading_messages": "invalid_arguments",
}
"""Arguments that may come as JSON in a string, and the error where it is none."""
_SWITCHES = frozenset(
    "unfurl_links unfurl_media reply_broadcast mrkdwn link_names include_all_metadata inclusive"
    " include_locale".split()
)
_ALWAYS_TAKEN = frozenset(("team_id",))
"""Arguments of every method: Bolt's client adds the workspace's id to all of its calls."""
_TRUTH = {"1": True, "true": True, "0": False, "false": False}


@dataclass(frozen=True, slots=True)
class Call:
    """A call as it came in and was answered.

    `at` is monotonic seconds. `response` is the body, None where the call was not performed and had none;
    `answered` is False where the connection was closed instead.
    """

    method: str
    arguments: Arguments
    at: float
    response: Body | None
    answered: bool = True
    status: int = 200


@dataclass(frozen=True, slots=True)
class Reply:
    """An answer over HTTP; without a body it is a failure of the server that answers in plain text."""

    status: int
    body: Body | None
    headers: dict[str, str] = field(default_factory=dict)


class WebApi:
    """Performs the calls of the app, and keeps them."""

    def __init__(self, site: Site, faults: Faults, rates: Rates) -> None:
        self._site = site
        self._state = site.state
        self.faults = faults
        self.rates = rates
        self.calls: list[Call] = []

    def answer(self, method: str, authorization: str, content_type: str, received: bytes) -> Reply | None:
        """Return the answer to a call, None where the connection is to be closed without one.

        `authorization` and `content_type` are the request's headers of these names, empty where there are none.
        """
        at = time.monotonic()
        try:
            arguments = read_arguments(content_type, received)
        except RefusalError as refusal:
            self._remember(Call(method, {}, at, refusal.body))
            return Reply(200, refusal.body)
        token = authorization.removeprefix("Bearer ") or str(arguments.get("token", ""))
        arguments.pop("token", None)
        with self._state.changed:
            fault = self.faults.take(method)
        if isinstance(fault, Hangs):
            self._remember(Call(method, arguments, at, None, answered=False))
            self._state.stopping.wait(fault.seconds)
            return None
        answered = not isinstance(fault, LosesReply)
        with self._state.changed:
            reply = _fault_reply(fault) or self._limited(method, arguments)
            reply = reply or Reply(200, self._performed(method, token, arguments), self._scopes())
            self._remember(Call(method, arguments, at, deepcopy(reply.body), answered, reply.status))
        return reply if answered else None

    def _remember(self, call: Call) -> None:
        with self._state.changed:
            self.calls.append(call)
            self._state.changed.notify_all()

    def _limited(self, name: str, arguments: Arguments) -> Reply | None:
        seconds = self.rates.retry_after(name, arguments, time.monotonic())
        return _rate_limit(seconds) if seconds else None

    def _performed(self, name: str, token: str, arguments: Arguments) -> Body:
        try:
            method = self._method(name)
            self._check_token(method, token)
            self._drop_nulls(name, arguments)
            _check_names(method, arguments)
            _shape(arguments)
            return {"ok": True, **method.perform(replace(self._site, method=name), arguments)}
        except RefusalError as refusal:
            return refusal.body

    def _method(self, name: str) -> Method:
        if name not in METHODS or name in self.faults.lacking:
            raise RefusalError("unknown_method", req_method=name)
        return METHODS[name]

    def _check_token(self, method: Method, token: str) -> None:
        if not token:
            raise RefusalError("not_authed")
        if token not in (BOT_TOKEN, APP_TOKEN):
            raise RefusalError("invalid_auth")
        if (token == APP_TOKEN) is not method.of_the_app:
            raise RefusalError("not_allowed_token_type")
        if method.scope and method.scope not in self._state.scopes:
            provided = ",".join(sorted(self._state.scopes))
            raise RefusalError("missing_scope", needed=method.scope, provided=provided)

    def _drop_nulls(self, name: str, arguments: Arguments) -> None:
        for key in [key for key, value in arguments.items() if value is None]:
            self._state.warnings.append(f"{name}: null for {key}, which Slack often refuses")
            del arguments[key]

    def _scopes(self) -> dict[str, str]:
        return {"X-OAuth-Scopes": ",".join(sorted(self._state.scopes))}


def _fault_reply(fault: Fault | None) -> Reply | None:
    match fault:
        case AnswersError(error):
            return Reply(200, {"ok": False, "error": error})
        case AnswersStatus(status):
            return Reply(status, None)
        case RateLimits(seconds):
            return _rate_limit(seconds)
        case _:
            return None


def _rate_limit(seconds: int) -> Reply:
    return Reply(429, {"ok": False, "error": "ratelimited"}, {"Retry-After": str(seconds)})


def read_arguments(content_type: str, received: bytes) -> Arguments:
    """Return the arguments of a call, from a form or from JSON, or raise RefusalError."""
    kind = content_type.partition(";")[0].strip().lower()
    if kind == "application/json":
        arguments = _json(received.decode(), "invalid_json")
        if not isinstance(arguments, dict):
            raise RefusalError("json_not_object")
        return arguments
    if received and kind != "application/x-www-form-urlencoded":
        raise RefusalError("invalid_post_type")
    return dict(parse_qsl(received.decode(), keep_blank_values=True))


def _check_names(method: Method, arguments: Arguments) -> None:
    missing = sorted(method.required - arguments.keys())
    if missing:
        messages = [f"[ERROR] missing required field: {name}" for name in missing]
        raise RefusalError("invalid_arguments", response_metadata={"messages": messages})
    unknown = sorted(arguments.keys() - method.required - method.optional - _ALWAYS_TAKEN)
    if unknown:
        raise RefusalError("invalid_arg_name", response_metadata={"messages": [f"[ERROR] {unknown}"]})


def _shape(arguments: Arguments) -> None:
    """Turn what a form can only spell into lists, truth values and numbers."""
    for name, error in _JSON_ARGUMENTS.items():
        if isinstance(arguments.get(name), str):
            arguments[name] = _json(arguments[name], error)
    for name in _SWITCHES & arguments.keys():
        value = _TRUTH.get(str(arguments[name]).lower())
        if value is None:
            raise RefusalError("invalid_arguments")
        arguments[name] = value
    for name in {"limit", "cursor"} & arguments.keys():
        if not str(arguments[name]).isdecimal():
            raise RefusalError(f"invalid_{name}")


def _json(text: str, error: str) -> Any:
    try:
        return json.loads(text)
    except json.JSONDecodeError as problem:
        raise RefusalError(error) from problem
