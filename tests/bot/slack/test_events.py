from __future__ import annotations

import string
from collections.abc import Mapping
from dataclasses import fields
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.records.records import Arrival, Surface
from bot.slack.events import Asked, Deleted, Echo, Event, Opened, Self, plain_text, read_event
from bot.slack.messages import escape
from tests.slack.state import BOT, BOT_USER, TEAM

ME = Self(user=BOT_USER, bot=BOT)
TS = "1700000000.000100"
ROOT = "1699999999.000100"
HERE: dict[str, Any] = {"channel": "C0NEWS", "channel_type": "channel", "ts": TS, "user": "U0ANNA"}
MESSAGE: dict[str, Any] = {"type": "message", **HERE, "text": f"<@{BOT_USER}> What is the toll?"}
MENTION: dict[str, Any] = {**MESSAGE, "type": "app_mention"}
DIRECT: dict[str, Any] = {**MESSAGE, "channel": "D0ANNA", "channel_type": "im", "text": "What is the toll?"}
OWN: dict[str, Any] = {**MESSAGE, "user": BOT_USER, "bot_id": BOT, "text": "Searching"}
CHANGED: dict[str, Any] = {"type": "message", "subtype": "message_changed", "channel": "C0NEWS", "ts": "9.9"}
DELETED: dict[str, Any] = {"type": "message", "subtype": "message_deleted", "channel": "C0NEWS", "ts": "9.9"}
PANE: dict[str, Any] = {"user_id": "U0ANNA", "channel_id": "D0ANNA", "thread_ts": TS, "context": {}}


def told(event: object, **envelope: Any) -> dict[str, Any]:
    """Return an event in its envelope."""
    return {"type": "event_callback", "team_id": TEAM, "event_id": "Ev1", "event": event, **envelope}


def without(event: Mapping[str, Any], *names: str) -> dict[str, Any]:
    return {name: value for name, value in event.items() if name not in names}


def asked(*, only_followed: bool = False, **changes: Any) -> Asked:
    """Return what MESSAGE asks, but for the changes."""
    plain: dict[str, Any] = {
        "workspace": TEAM,
        "channel": "C0NEWS",
        "ts": TS,
        "thread": TS,
        "person": "U0ANNA",
        "surface": Surface.MENTION,
        "text": "What is the toll?",
    }
    return Asked("Ev1", Arrival(**{**plain, **changes}), only_followed)


def directly(**changes: Any) -> Asked:
    return asked(**{"channel": "D0ANNA", "surface": Surface.DIRECT, **changes})


@pytest.mark.parametrize(
    ("event", "expected"),
    [
        pytest.param(MESSAGE, asked(), id="a mention as a message"),
        pytest.param(without(MENTION, "channel_type"), asked(), id="a mention as a mention"),
        pytest.param(
            {**MENTION, "text": "What is the toll?"}, asked(), id="a mention whose text does not say so"
        ),
        pytest.param({**MESSAGE, "thread_ts": TS}, asked(), id="a mention that has replies"),
        pytest.param({**MESSAGE, "thread_ts": ROOT}, asked(thread=ROOT), id="a mention in a thread"),
        pytest.param(
            {**MESSAGE, "subtype": "thread_broadcast", "thread_ts": ROOT},
            asked(thread=ROOT),
            id="a reply shown in the channel too",
        ),
        pytest.param(
            {**MESSAGE, "subtype": "file_share", "files": [{}]}, asked(), id="a mention with a file"
        ),
        pytest.param({**MESSAGE, "channel_type": "group"}, asked(), id="a private channel"),
        pytest.param({**MESSAGE, "channel_type": "mpim"}, asked(), id="several people, directly"),
        pytest.param({**MESSAGE, "text": f"<@{BOT_USER}|footnote>"}, asked(text=""), id="the old mention"),
        pytest.param({**MESSAGE, "text": None, "type": "app_mention"}, asked(text=""), id="a null text"),
        pytest.param(
            {**MESSAGE, "text": f"<@{BOT_USER}> \ud83d!"}, asked(text="?!"), id="half a surrogate pair"
        ),
        pytest.param(DIRECT, directly(), id="direct"),
        pytest.param(without(DIRECT, "channel_type"), directly(), id="direct by the channel alone"),
        pytest.param(
            {**DIRECT, "channel": "X0ANNA"}, directly(channel="X0ANNA"), id="direct by its type alone"
        ),
        pytest.param({**DIRECT, "thread_ts": ROOT}, directly(thread=ROOT), id="direct, in a thread"),
        pytest.param({**DIRECT, "type": "app_mention"}, directly(), id="direct, as a mention"),
        pytest.param(
            {**MESSAGE, "thread_ts": ROOT, "text": "And in 2021?"},
            asked(thread=ROOT, surface=Surface.THREAD, text="And in 2021?", only_followed=True),
            id="a reply without a mention",
        ),
        pytest.param({**MESSAGE, "text": "Good morning"}, None, id="not for the bot"),
        pytest.param(
            {**MESSAGE, "text": "Good morning", "thread_ts": TS}, None, id="a thread's first message"
        ),
        pytest.param({**MESSAGE, "text": "<@U0BEN> hello"}, None, id="somebody else is named"),
        pytest.param({**MESSAGE, "text": f"&lt;@{BOT_USER}&gt; hello"}, None, id="the mention is only typed"),
    ],
)
def test_what_asks_and_what_does_not(event: dict[str, Any], expected: Event | None) -> None:
    assert read_event(told(event), ME) == expected


@pytest.mark.parametrize(
    "event",
    [
        pytest.param({**MESSAGE, "bot_id": "B0OTHER"}, id="another app"),
        pytest.param({**MESSAGE, "bot_id": "B0OTHER", "subtype": "bot_message"}, id="an old integration"),
        pytest.param({**MENTION, "bot_id": "B0OTHER"}, id="a bot mentions the bot"),
        pytest.param({**MENTION, "bot_id": BOT}, id="the bot mentions itself"),
        pytest.param({**MESSAGE, "user": BOT_USER}, id="the bot's user"),
        pytest.param({**DIRECT, "user": "USLACKBOT"}, id="Slackbot"),
        pytest.param({**MENTION, "edited": {"user": "U0ANNA", "ts": "9.9"}}, id="an edit names the bot"),
        pytest.param({**MESSAGE, "subtype": "channel_join"}, id="joins"),
        pytest.param({**MESSAGE, "subtype": "me_message"}, id="/me"),
        pytest.param({**MESSAGE, "subtype": "message_replied"}, id="has a reply more"),
        pytest.param({**CHANGED, "message": MESSAGE, "previous_message": MESSAGE}, id="an edit"),
        pytest.param({**CHANGED, "message": OWN}, id="the bot's own edit"),
        pytest.param(without(MESSAGE, "user"), id="nobody"),
        pytest.param(without(MESSAGE, "ts"), id="no ts"),
        pytest.param(without(MENTION, "channel"), id="no channel"),
        pytest.param({**MENTION, "channel": None}, id="a null channel"),
        pytest.param({**MESSAGE, "subtype": ["file_share"]}, id="an odd subtype"),
        pytest.param({**MESSAGE, "user": {"id": "U0ANNA"}}, id="an odd user"),
        pytest.param({"type": "reaction_added", **HERE}, id="another kind"),
        pytest.param({"type": None}, id="no kind"),
        pytest.param({}, id="nothing"),
        pytest.param(["message"], id="no object"),
    ],
)
def test_what_is_never_answered(event: object) -> None:
    assert read_event(told(event), ME) is None


@pytest.mark.parametrize(
    ("event", "expected"),
    [
        pytest.param({**DELETED, "deleted_ts": TS, "previous_message": MESSAGE}, TS, id="somebody's message"),
        pytest.param({**DELETED, "deleted_ts": TS, "previous_message": OWN}, TS, id="the bot's own"),
        pytest.param({**CHANGED, "message": {"subtype": "tombstone", "ts": TS}}, TS, id="one with replies"),
        pytest.param(DELETED, None, id="without its ts"),
        pytest.param({**DELETED, "deleted_ts": None}, None, id="with a null"),
        pytest.param({**CHANGED, "message": {"subtype": "tombstone"}}, None, id="a tombstone without its ts"),
        pytest.param({**CHANGED, "message": "tombstone"}, None, id="an odd tombstone"),
        pytest.param(CHANGED, None, id="a change of nothing"),
    ],
)
def test_what_is_deleted(event: dict[str, Any], expected: str | None) -> None:
    deleted = None if expected is None else Deleted("Ev1", TEAM, "C0NEWS", expected)
    assert read_event(told(event), ME) == deleted


@pytest.mark.parametrize(
    ("blocks", "marks"),
    [
        pytest.param(
            [{"type": "section", "block_id": "q1.0.ab"}, {"block_id": "x"}], ("q1.0.ab", "x"), id="two"
        ),
        pytest.param([{"type": "section"}, {"block_id": ""}, {"block_id": None}], (), id="without ids"),
        pytest.param([None, "q1.0.ab", [], {"block_id": 7}], (), id="odd blocks"),
        pytest.param(7, (), id="an odd number of blocks"),
        pytest.param(None, (), id="none"),
    ],
)
def test_the_bots_own_message_is_known_by_its_marks(blocks: object, marks: tuple[str, ...]) -> None:
    expected = Echo("Ev1", TEAM, "C0NEWS", TS, marks)
    assert read_event(told({**OWN, "blocks": blocks}), ME) == expected
    in_thread = Echo("Ev1", TEAM, "C0NEWS", TS, marks, ROOT)
    assert read_event(told({**OWN, "thread_ts": ROOT, "blocks": blocks}), ME) == in_thread
    assert read_event(told({**without(OWN, "ts"), "blocks": blocks}), ME) is None


@pytest.mark.parametrize(
    ("event", "thread"),
    [
        pytest.param(
            {**HERE, "type": "app_home_opened", "channel": "D0ANNA", "tab": "messages"}, None, id="tab"
        ),
        pytest.param({"type": "assistant_thread_started", "assistant_thread": PANE}, TS, id="the older pane"),
    ],
)
def test_who_comes_to_talk(event: dict[str, Any], thread: str | None) -> None:
    assert read_event(told(event), ME) == Opened("Ev1", TEAM, "D0ANNA", "U0ANNA", thread)


@pytest.mark.parametrize(
    "event",
    [
        {**HERE, "type": "app_home_opened", "tab": "home"},
        {"type": "app_home_opened", "tab": "messages"},
        {"type": "assistant_thread_started"},
        {"type": "assistant_thread_started", "assistant_thread": "D0ANNA"},
        {"type": "assistant_thread_started", "assistant_thread": {"user_id": "U0ANNA"}},
        {"type": "assistant_thread_context_changed", "assistant_thread": PANE},
        {"type": "app_context_changed", "user": "U0ANNA", "channel": "D0ANNA"},
    ],
)
def test_who_does_not_come_to_talk(event: dict[str, Any]) -> None:
    assert read_event(told(event), ME) is None


# Whose workspace it is.

INSTALLED = [{"team_id": TEAM, "enterprise_id": "E0ORG", "user_id": BOT_USER}]


@pytest.mark.parametrize(
    "envelope",
    [
        pytest.param({}, id="the only one there is"),
        pytest.param({"team_id": "T0OTHER", "context_team_id": TEAM}, id="in a shared channel"),
        pytest.param({"team_id": "T0OTHER", "authorizations": INSTALLED}, id="by the authorization"),
        pytest.param({"team_id": None, "context_team_id": TEAM, "authorizations": []}, id="null"),
        pytest.param({"authorizations": [None], "context_team_id": 7}, id="odd"),
        pytest.param({"authorizations": [{"team_id": None, "enterprise_id": "E0ORG"}]}, id="of a company"),
    ],
)
@pytest.mark.parametrize("event", [MESSAGE, MENTION], ids=["message", "mention"])
def test_both_events_of_a_mention_are_of_the_workspace_that_the_bot_is_in(
    event: dict[str, Any], envelope: dict[str, Any]
) -> None:
    assert read_event(told(event, **envelope), ME) == asked()


@pytest.mark.parametrize(
    ("author", "envelope", "guest_of"),
    [
        pytest.param({}, {}, None, id="nothing is said"),
        pytest.param({"team": "T0OTHER"}, {}, None, id="the message's team says nothing"),
        pytest.param({"user_team": TEAM, "source_team": TEAM}, {}, None, id="of this workspace"),
        pytest.param({"user_team": TEAM, "source_team": "T0OTHER"}, {}, None, id="writing from elsewhere"),
        pytest.param({"user_team": "T0OTHER", "source_team": TEAM}, {}, "T0OTHER", id="of another"),
        pytest.param({"source_team": "T0OTHER"}, {}, "T0OTHER", id="from another"),
        pytest.param({"user_team": "E0ORG"}, {"context_enterprise_id": "E0ORG"}, None, id="of this company"),
        pytest.param({"user_team": "E0ORG"}, {"authorizations": INSTALLED}, None, id="of this company too"),
        pytest.param(
            {"user_team": "E0OTHER"}, {"authorizations": INSTALLED}, "E0OTHER", id="another company"
        ),
        pytest.param(
            {"user_team": "E0OTHER"}, {"enterprise_id": "E0OTHER"}, "E0OTHER", id="theirs, not ours"
        ),
        pytest.param({"user_team": None, "source_team": 7}, {}, None, id="odd"),
    ],
)
def test_who_is_from_elsewhere(
    author: dict[str, Any], envelope: dict[str, Any], guest_of: str | None
) -> None:
    assert read_event(told({**MESSAGE, **author}, **envelope), ME) == asked(guest_of=guest_of)


# Keys.


@pytest.mark.parametrize(
    ("envelope", "key"),
    [
        ({}, "Ev1"),
        ({"event_id": None, "trigger_id": "1.2.ab"}, "1.2.ab"),
        ({"event_id": "", "trigger_id": "1.2.ab"}, "1.2.ab"),
        ({"event_id": 7, "trigger_id": "1.2.ab"}, "1.2.ab"),
        ({"event_id": "Ev1", "trigger_id": "1.2.ab"}, "Ev1"),
        ({"event_id": None}, None),
        ({"event_id": ["Ev1"]}, None),
    ],
)
def test_what_has_no_key_could_be_answered_twice_and_is_not_taken(
    envelope: dict[str, Any], key: str | None
) -> None:
    event = read_event(told(MESSAGE, **envelope), ME)
    assert (event and event.key) == key


# Any JSON object.

JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(st.characters(), max_size=8),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=5), inner, max_size=3),
    max_leaves=6,
)
KNOWN = [
    *(
        "type",
        "subtype",
        "channel",
        "channel_type",
        "ts",
        "thread_ts",
        "user",
        "bot_id",
        "text",
        "edited",
        "tab",
    ),
    *(
        "blocks",
        "message",
        "deleted_ts",
        "assistant_thread",
        "user_team",
        "source_team",
        "team",
        "channel_id",
    ),
]
KINDS = st.sampled_from(["message", "app_mention", "app_home_opened", "assistant_thread_started"])
EVENTS = st.builds(
    lambda kind, base, odd, gone: {**without(base, *gone), **odd, **({"type": kind} if kind else {})},
    st.none() | KINDS,
    st.sampled_from([MESSAGE, DIRECT, OWN, {**CHANGED, "message": {}}, DELETED, {"assistant_thread": PANE}]),
    st.dictionaries(st.sampled_from(KNOWN), JSON, max_size=4),
    st.lists(st.sampled_from(KNOWN), max_size=2),
)
ENVELOPES = st.dictionaries(
    st.sampled_from(["event_id", "trigger_id", "team_id", "context_team_id", "authorizations", "event"]),
    JSON,
    max_size=3,
)


def texts_of(value: object) -> list[str]:
    if isinstance(value, str):
        return [value]
    if isinstance(value, tuple):
        return [text for each in value for text in texts_of(each)]
    if isinstance(value, Asked | Deleted | Echo | Opened | Arrival):
        return [text for field in fields(value) for text in texts_of(getattr(value, field.name))]
    return []


@settings(max_examples=200, deadline=None)
@given(EVENTS | JSON, ENVELOPES)
def test_any_event_is_read_and_what_comes_of_it_can_be_written_down(
    event: object, envelope: dict[str, Any]
) -> None:
    found = read_event({**told(event), **envelope}, ME)
    if found is None:
        return
    assert all(text.encode() or True for text in texts_of(found))
    assert found.key
    assert found.arrival.ts if isinstance(found, Asked) else found.channel


@given(st.dictionaries(st.text(max_size=5), JSON, max_size=4))
def test_any_object_is_read(body: dict[str, Any]) -> None:
    assert read_event(body, ME) is None


# Text.


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("What is the toll?", "What is the toll?"),
        (f"<@{BOT_USER}> What is the toll?", "What is the toll?"),
        (f"What is the toll, <@{BOT_USER}>?", "What is the toll?"),
        (f"<@{BOT_USER}><@{BOT_USER}|footnote>hello", "hello"),
        ("<@U0BEN> said so", "@U0BEN said so"),
        ("<@U0BEN|ben> said so", "@ben said so"),
        ("<#C0NEWS|news> and <#C0NEWS> and <#C0NEWS|>", "#news and #C0NEWS and #C0NEWS"),
        ("<!here> <!channel> <!everyone>", "@here @channel @everyone"),
        ("<!subteam^S0DESK|@desk> <!subteam^S0DESK>", "@desk @subteam"),
        ("<!date^1392734382^{date}|18 February 2014>", "18 February 2014"),
        ("see <https://a.example/x?a=1&amp;b=2>", "see https://a.example/x?a=1&b=2"),
        ("see <https://a.example|the article>", "see the article"),
        ("<mailto:ann@a.example|ann@a.example>", "ann@a.example"),
        ("is a &lt; b &amp;&amp; b &gt; c?", "is a < b && b > c?"),
        ("&amp;lt; &amp;amp; &quot;", "&lt; &amp; &quot;"),
        ("&lt;@U0BOT&gt; &lt;!channel&gt;", "<@U0BOT> <!channel>"),
        ("  one\n two\t three\u00a0four\u2028five ", "one two three four five"),
        ("<<@U0BEN>> <", "<@U0BEN> <"),
        ("a < b and <@U0BEN", "a < b and <@U0BEN"),
        ("<a<b<c|d>", "<a<bd"),
        ("<a|b|c> <|x> <> <@>", "b|c x @"),
        ("> > quoted", "> > quoted"),
        ("", ""),
    ],
)
def test_a_message_says_what_its_author_typed(text: str, expected: str) -> None:
    assert plain_text(text, BOT_USER) == expected


@given(st.text())
def test_what_is_typed_comes_back(typed: str) -> None:
    assert plain_text(escape(typed), BOT_USER) == " ".join(typed.split())


PIECES = st.lists(
    st.sampled_from(
        ["<", ">", "|", "@", "#", "!", "&lt;", "&gt;", "&amp;", "<@U0BOT>", "<@U0BEN|ben>", "^", " "]
    )
    | st.text(string.ascii_letters, max_size=3),
    max_size=20,
).map("".join)


@settings(max_examples=200)
@given(PIECES)
def test_any_marks_are_read_into_one_line_without_the_bots_name(text: str) -> None:
    said = plain_text(text, BOT_USER)
    assert said == " ".join(said.split())
    assert len(said) <= len(text) + text.count("<!")
    letters = {letter for letter in text if letter.isalpha()}
    assert {letter for letter in said if letter.isalpha()} <= letters


def test_many_open_marks_take_no_long_time() -> None:
    assert plain_text("<@" * 20_000, BOT_USER) == "<@" * 20_000
    assert plain_text("<a|" * 20_000, BOT_USER) == "<a|" * 20_000
