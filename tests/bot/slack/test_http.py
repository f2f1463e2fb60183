"""Events over HTTP: who may send them, and how large they may be; and what is served beside them."""

from __future__ import annotations

import json
import time
from typing import Any

import pytest

from bot.slack.web import EVENTS_PATH, LARGEST_REQUEST
from tests.bot.slack.asking import README_QUESTION, Side
from tests.slack.delivery import signed_headers

CHALLENGE = {"type": "url_verification", "challenge": "3eZbrw1a", "token": "any"}


def question(side: Side, user: str, channel: str) -> bytes:
    """Return an event as Slack would send it, but that nobody has written anything."""
    event = {
        "type": "message",
        "channel": channel,
        "channel_type": "im",
        "user": user,
        "ts": "1700000000.000100",
    }
    event |= {"text": README_QUESTION, "event_ts": "1700000000.000100"}
    team = side.workspace.team
    envelope = {"type": "event_callback", "team_id": team, "api_app_id": "A0APP", "event_id": "Ev0FORGED"}
    return json.dumps({**envelope, "event": event}).encode()


def test_slack_may_check_the_address(http_bot: Side) -> None:
    body = json.dumps(CHALLENGE).encode()
    status, text, _ = http_bot.serves(EVENTS_PATH, body, signed_headers(body))
    assert (status, json.loads(text)["challenge"]) == (200, CHALLENGE["challenge"])


def unsigned(_body: bytes) -> dict[str, str]:
    return {"Content-Type": "application/json"}


def signed_with_another_secret(body: bytes) -> dict[str, str]:
    return signed_headers(body, secret="another")  # noqa: S106


def signed_too_long_ago(body: bytes) -> dict[str, str]:
    return signed_headers(body, at=time.time() - 600)


def signed_for_another_body(_body: bytes) -> dict[str, str]:
    return signed_headers(b"{}")


def half_signed(body: bytes) -> dict[str, str]:
    return {name: value for name, value in signed_headers(body).items() if name != "X-Slack-Signature"}


@pytest.mark.parametrize(
    "headers",
    [unsigned, half_signed, signed_with_another_secret, signed_too_long_ago, signed_for_another_body],
)
def test_what_slack_has_not_signed_is_not_taken(http_bot: Side, headers: Any) -> None:
    asker = http_bot.asker()
    body = question(http_bot, asker.user, asker.direct)
    status, text, _ = http_bot.serves(EVENTS_PATH, body, headers(body))
    assert status == 401
    assert "Traceback" not in text
    assert "Ev0FORGED" not in http_bot.bot.log


def test_a_request_larger_than_any_event_is_refused(http_bot: Side) -> None:
    body = b" " * (LARGEST_REQUEST + 1)
    assert http_bot.serves(EVENTS_PATH, body, signed_headers(body))[0] == 413


def test_what_is_no_event_does_no_harm(http_bot: Side) -> None:
    for body in (b"", b"{", b"[]", b"null", b"\xff\xfe"):
        status, text, _ = http_bot.serves(EVENTS_PATH, body, signed_headers(body))
        assert status in {200, 400}, (body, status)
        assert "Traceback" not in text
    assert http_bot.serves(EVENTS_PATH)[0] == 405
    assert http_bot.serves("/")[0] == 404
    http_bot.asker().writes(README_QUESTION).answer("answered")


def test_the_health_of_the_bot_is_served(side: Side) -> None:
    assert side.serves("/healthz")[:2] == (200, "alive\n")
    status, text, _ = side.serves("/readyz")
    assert status == 200
    assert json.loads(text)["index"] is True
    assert json.loads(text)["inbox"] is True
    assert set(json.loads(text).values()) == {True}


def test_over_socket_mode_no_events_are_taken_over_http(socket_bot: Side) -> None:
    body = json.dumps(CHALLENGE).encode()
    assert socket_bot.serves(EVENTS_PATH, body, signed_headers(body))[0] == 404


def figure(side: Side, name: str) -> float:
    """Return one of the figures that are served for Prometheus."""
    text = side.serves("/metrics")[1]
    return next(float(line.split()[-1]) for line in text.splitlines() if line.startswith(name + " "))


def test_figures_are_served_for_prometheus(side: Side) -> None:
    names = [
        f'footnote_questions_total{{outcome="{outcome}"}}'
        for outcome in ("answered", "declined", "explained")
    ]
    before = [figure(side, name) for name in names]
    asker = side.asker()
    asker.writes(README_QUESTION).answer("answered")
    asker.writes("Who won the football world cup of 1930?").answer("declined")
    asker.writes("help").answer("explained")
    assert [figure(side, name) for name in names] == [count + 1 for count in before]
    assert figure(side, "footnote_waiting_questions") == 0
    assert figure(side, "footnote_answering_seconds_count") >= 3
    assert figure(side, "footnote_composing_seconds_sum") > 0
    assert side.serves("/metrics")[2].startswith("text/plain; version=0.0.4")
    assert README_QUESTION not in side.serves("/metrics")[1]
