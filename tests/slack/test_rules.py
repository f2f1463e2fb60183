"""Which messages Slack takes, and what of them is live."""

from __future__ import annotations

import json
from typing import Any

import pytest

from tests.slack.blocks import problems_of
from tests.slack.markup import links_of, pings_of
from tests.slack.rules import RefusalError, check_metadata, checked_post, checked_update

Block = dict[str, Any]


def plain(text: str) -> Block:
    return {"type": "plain_text", "text": text}


def mrkdwn(text: str) -> Block:
    return {"type": "mrkdwn", "text": text}


def section(text: str, **fields: Any) -> Block:
    return {"type": "section", "text": mrkdwn(text), **fields}


def context(*elements: Block) -> Block:
    return {"type": "context", "elements": list(elements)}


def button(**fields: Any) -> Block:
    return {"type": "button", "text": plain("Source"), "action_id": "source", **fields}


def actions(*elements: Block) -> Block:
    return {"type": "actions", "elements": list(elements)}


def markdown(text: str) -> Block:
    return {"type": "markdown", "text": text}


def rich(*parts: Block, kind: str = "rich_text_section", **fields: Any) -> Block:
    return {"type": "rich_text", "elements": [{"type": kind, "elements": list(parts), **fields}]}


def words(text: str, **style: Any) -> Block:
    return {"type": "text", "text": text, **({"style": style} if style else {})}


def link(url: str) -> Block:
    return {"type": "link", "url": url, "text": "Harbour Post"}


IMAGE = {"type": "image", "image_url": "https://harbour.example.org/a.png", "alt_text": "a ferry"}
FEEDBACK = {
    "type": "feedback_buttons",
    "action_id": "feedback",
    "positive_button": {"text": plain("Good"), "value": "1"},
    "negative_button": {"text": plain("Bad"), "value": "0"},
}
FEEDBACK_ROW = {"type": "context_actions", "elements": [FEEDBACK]}
ITEM = {"type": "rich_text_section", "elements": [words("a toll")]}

TAKEN: dict[str, list[Block]] = {
    "a section": [section("The toll rises.")],
    "a section as long as may be": [section("x" * 3000)],
    "a section of fields only": [{"type": "section", "fields": [mrkdwn("x" * 2000)] * 6}],
    "a section with a button": [section("The toll", accessory=button())],
    "a context": [context(*[mrkdwn("Harbour Post")] * 9, IMAGE)],
    "a divider with an id": [{"type": "divider", "block_id": "x" * 255}],
    "a header": [{"type": "header", "text": plain("x" * 150)}],
    "buttons": [actions(button(url="https://harbour.example.org", value="x" * 2000, style="primary"))],
    "an image": [{**IMAGE, "title": plain("Ferry")}],
    "feedback": [FEEDBACK_ROW],
    "markdown": [markdown("x" * 12_000)],
    "rich text": [rich(words("The toll", bold=True, italic=False), link("https://harbour.example.org"))],
    "a rich list": [rich(ITEM, kind="rich_text_list", style="bullet", indent=1)],
    "a rich quote": [rich(words("rises"), kind="rich_text_quote")],
    "rich code": [rich(words("x = 1"), kind="rich_text_preformatted")],
    "an emoji": [rich({"type": "emoji", "name": "ferry"})],
    "fifty blocks": [{"type": "divider"}] * 50,
    "two ids": [{"type": "divider", "block_id": "a"}, {"type": "divider", "block_id": "b"}],
    "the same action in two blocks": [actions(button()), actions(button())],
}

REFUSED: dict[str, tuple[list[Any], str]] = {
    "an unknown type": ([{"type": "table", "rows": []}], "unsupported type: table [json-pointer:/blocks/0]"),
    "no object": (["text"], "must be an object [json-pointer:/blocks/0]"),
    "an empty section": ([section("")], "must be more than 0 characters [json-pointer:/blocks/0/text/text]"),
    "a section too long": ([section("x" * 3001)], "must be less than 3001 characters"),
    "a section without text": ([{"type": "section"}], "missing required field: text"),
    "a field too many": ([section("x", colour="red")], "no more items allowed: colour"),
    "eleven fields": ([{"type": "section", "fields": [mrkdwn("x")] * 11}], "no more than 10 items allowed"),
    "a long field": ([{"type": "section", "fields": [mrkdwn("x" * 2001)]}], "must be less than 2001"),
    "emoji in mrkdwn": (
        [{"type": "section", "text": {**mrkdwn("x"), "emoji": True}}],
        "no more items allowed: emoji",
    ),
    "a header in mrkdwn": ([{"type": "header", "text": mrkdwn("x")}], "must be one of plain_text"),
    "a header too long": ([{"type": "header", "text": plain("x" * 151)}], "must be less than 151"),
    "a context of eleven": ([context(*[mrkdwn("x")] * 11)], "no more than 10 items allowed"),
    "an empty context": ([context()], "no fewer than 1 items allowed"),
    "a button in a context": ([context(button())], "unsupported type: button"),
    "an empty label": ([actions(button(text=plain("")))], "must be more than 0 characters"),
    "a long label": ([actions(button(text=plain("x" * 76)))], "must be less than 76 characters"),
    "a long value": ([actions(button(value="x" * 2001))], "must be less than 2001 characters"),
    "a long link": ([actions(button(url="https://" + "x" * 3000))], "must be less than 3001 characters"),
    "a script as link": ([actions(button(url="javascript:alert(1)"))], "must be a valid URL"),
    "a long action": ([actions(button(action_id="x" * 256))], "must be less than 256 characters"),
    "the same action twice": ([actions(button(), button())], "action_id already exists: source"),
    "the same id twice": ([{"type": "divider", "block_id": "a"}] * 2, "block_id already exists: a"),
    "a long id": ([{"type": "divider", "block_id": "x" * 256}], "must be less than 256 characters"),
    "fifty-one blocks": ([{"type": "divider"}] * 51, "no more than 50 items allowed [json-pointer:/blocks]"),
    "feedback among buttons": ([actions(FEEDBACK)], "unsupported type: feedback_buttons"),
    "six feedbacks": (
        [{"type": "context_actions", "elements": [{**FEEDBACK, "action_id": str(n)} for n in range(6)]}],
        "no more than 5 items allowed",
    ),
    "half a feedback": (
        [{"type": "context_actions", "elements": [{**FEEDBACK, "negative_button": {"text": plain("Bad")}}]}],
        "missing required field: value [json-pointer:/blocks/0/elements/0/negative_button]",
    ),
    "markdown too long": ([markdown("x" * 12_001)], "must be less than 12001 characters"),
    "markdown too long together": ([markdown("x" * 7000)] * 2, "markdown blocks must be less than 12001"),
    "an image without words": ([{**IMAGE, "alt_text": ""}], "must be more than 0 characters"),
    "an empty rich part": ([rich(words(""))], "must be more than 0 characters"),
    "a rich part of another kind": ([rich(mrkdwn("x"))], "unsupported type: mrkdwn"),
    "rich text in no section": ([{"type": "rich_text", "elements": [words("x")]}], "unsupported type: text"),
    "a rich style": ([rich(words("x", underline=True))], "no more items allowed: underline"),
    "a rich style in words": ([rich(words("x", bold="yes"))], "must be one of True, False"),
    "a rich link of no web": ([rich(link("ftp://harbour.example.org"))], "must be a valid URL"),
    "a rich list of texts": (
        [rich(words("x"), kind="rich_text_list", style="bullet")],
        "unsupported type: text",
    ),
    "a list without style": ([rich(ITEM, kind="rich_text_list")], "missing required field: style"),
    "an emoji in rich code": (
        [rich({"type": "emoji", "name": "ferry"}, kind="rich_text_preformatted")],
        "unsupported type: emoji",
    ),
}


@pytest.mark.parametrize("name", TAKEN)
def test_blocks_that_slack_takes(name: str) -> None:
    assert problems_of(TAKEN[name]) == []


@pytest.mark.parametrize("name", REFUSED)
def test_blocks_that_slack_refuses(name: str) -> None:
    blocks, complaint = REFUSED[name]
    assert any(complaint in problem for problem in problems_of(json.loads(json.dumps(blocks))))


@pytest.mark.parametrize(
    ("arguments", "error"),
    [
        ({}, "no_text"),
        ({"text": " \n"}, "no_text"),
        ({"text": "", "blocks": []}, "no_text"),
        ({"text": 5}, "invalid_arguments"),
        ({"text": "x", "blocks": {"type": "divider"}}, "invalid_blocks_format"),
        ({"text": "x", "blocks": [section("")]}, "invalid_blocks"),
        ({"text": "x", "blocks": [section("x" * 2700)] * 5}, "msg_blocks_too_long"),
    ],
)
def test_messages_that_slack_refuses(arguments: dict[str, Any], error: str) -> None:
    with pytest.raises(RefusalError, match=f"^{error}$"):
        checked_post(arguments)


def test_a_refusal_names_the_places() -> None:
    with pytest.raises(RefusalError) as refused:
        checked_post({"text": "x", "blocks": [section("")]})
    problem = "must be more than 0 characters [json-pointer:/blocks/0/text/text]"
    assert refused.value.body == {
        "ok": False,
        "error": "invalid_blocks",
        "errors": [problem],
        "response_metadata": {"messages": [f"[ERROR] {problem}"]},
    }


def test_a_long_post_is_cut_and_a_long_update_refused() -> None:
    assert checked_post({"text": "x" * 40_000}).warnings == ()
    cut = checked_post({"text": "x" * 40_001})
    assert (len(cut.text), cut.was_cut, len(cut.warnings)) == (40_000, True, 1)
    assert checked_update({"text": "x" * 4_000}).text
    for text in ("x" * 4_001, "ж" * 2_001):
        with pytest.raises(RefusalError, match="msg_too_long"):
            checked_update({"text": text})


def test_what_passes_but_is_not_good() -> None:
    assert checked_post({"text": "The toll", "blocks": [section("The toll")]}).warnings == ()
    assert len(checked_post({"blocks": [section("The toll")]}).warnings) == 1
    assert len(checked_post({"text": "@anna", "link_names": True}).warnings) == 1


@pytest.mark.parametrize("metadata", ["x", {"event_type": "answer"}, {"event_type": 1, "event_payload": {}}])
def test_metadata_has_two_parts(metadata: object) -> None:
    check_metadata({"event_type": "answer", "event_payload": {"id": 1}})
    with pytest.raises(RefusalError, match="invalid_metadata_format"):
        check_metadata(metadata)


@pytest.mark.parametrize(
    ("message", "pings"),
    [
        ({"text": "<!channel> look"}, ["<!channel>"]),
        ({"text": "<!here|here> and <@U0ANNA>"}, ["<!here|here>", "<@U0ANNA>"]),
        ({"text": "&lt;!channel&gt; <!date^1700000000^{date}|then> <#C0NEWS>"}, []),
        ({"text": "x", "blocks": [section("<!everyone>")]}, ["<!everyone>"]),
        ({"text": "x", "blocks": [context(mrkdwn("<!subteam^S0NEWS>"))]}, ["<!subteam^S0NEWS>"]),
        ({"text": "x", "blocks": [markdown("hello <!group>")]}, ["<!group>"]),
        ({"text": "x", "blocks": [{"type": "header", "text": plain("<!channel>")}]}, []),
        ({"text": "x", "blocks": [rich(words("<!channel>"))]}, []),
        ({"text": "x", "blocks": [rich({"type": "broadcast", "range": "here"})]}, ["broadcast:here"]),
        ({"text": "x", "blocks": [rich({"type": "user", "user_id": "U0BEN"})]}, ["user:U0BEN"]),
    ],
)
def test_what_notifies_somebody(message: dict[str, Any], pings: list[str]) -> None:
    assert pings_of(message) == pings


@pytest.mark.parametrize(
    ("message", "links"),
    [
        ({"text": "<https://a.example/?x=1&amp;y=2|here>, <@U0ANNA>"}, ["https://a.example/?x=1&y=2"]),
        ({"text": "see https://a.example/b."}, ["https://a.example/b"]),
        ({"text": "<https://a.example|https://b.example>"}, ["https://a.example"]),
        ({"text": "x", "blocks": [section("<mailto:a@b.example|mail>")]}, ["mailto:a@b.example"]),
        ({"text": "x", "blocks": [context({**mrkdwn("https://a.example"), "verbatim": True})]}, []),
        (
            {"text": "x", "blocks": [rich(words("https://a.example"), link("https://b.example"))]},
            ["https://b.example"],
        ),
        ({"text": "x", "blocks": [actions(button(url="https://a.example"))]}, ["https://a.example"]),
        (
            {
                "text": "x",
                "blocks": [markdown("[a](https://a.example/b_(c)) and <https://d.example> [e](/f)")],
            },
            ["https://a.example/b_(c)", "https://d.example", "/f"],
        ),
    ],
)
def test_where_links_lead(message: dict[str, Any], links: list[str]) -> None:
    assert links_of(message) == links
