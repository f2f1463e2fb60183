from __future__ import annotations

import html
import json
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import UTC, datetime
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.answers import LONGEST_QUOTE, Answer, Citation, Claim, Related
from bot.slack.blocks import answer_messages, notice, plain_messages, streamed
from bot.slack.messages import Message, literal
from bot.visible import safe_link, visible
from index.articles import Article, Copy
from tests.bot.made import answer, article, citation, passage

QUOTE = "The toll rose to nine crowns."
TOLL = article(f"Nobody asked. {QUOTE} The boats went on.")
LINK = "https://harbour.example.org/ferry#:~:text=The%20toll%20rose%20to%20nine%20crowns."
UNLINKED = article(
    "It is old.", id="old", title=None, url="ftp://example.org", publisher=None, published_at=None
)

Element = Mapping[str, Any]


def the_only(messages: Sequence[Message]) -> Message:
    (message,) = messages
    return message


def rich_text(*elements: Element) -> Element:
    return {"type": "rich_text", "elements": list(elements)}


def section(*elements: Element) -> Element:
    return {"type": "rich_text_section", "elements": list(elements)}


def quoted(*elements: Element) -> Element:
    return {"type": "rich_text_quote", "elements": list(elements)}


def text(said: str, *styles: str) -> Element:
    return {"type": "text", "text": said} | ({"style": dict.fromkeys(styles, True)} if styles else {})


def link(url: str, said: str, *styles: str) -> Element:
    return {**text(said, *styles), "type": "link", "url": url}


def context(said: str) -> Element:
    return {"type": "context", "elements": [{"type": "plain_text", "text": said, "emoji": False}]}


def test_an_answer_shows_its_sentences_then_its_sources() -> None:
    message = the_only(answer_messages(answer(citation(TOLL, QUOTE))))
    assert list(message.blocks) == [
        rich_text(section(text(f"{QUOTE} "), link(LINK, "[1]"))),
        rich_text(
            section(
                text("[1]", "bold"),
                text(" "),
                link(LINK, "Ferry toll rises", "bold"),
                text(", Harbour Post, 13 May 2024 (7 days ago)"),
            ),
            quoted(text(QUOTE)),
        ),
        context("as of 18 May 2024 · confidence 0.75"),
    ]
    assert message.text.splitlines() == [
        f"{QUOTE} [1]",
        "",
        "[1] <https://harbour.example.org/ferry|Ferry toll rises>, Harbour Post, 13 May 2024 (7 days ago)",
        f"> {QUOTE}",
        "",
        "as of 18 May 2024 · confidence 0.75",
    ]


def test_what_a_sentence_leans_on_and_what_has_to_be_known_stand_beside_it() -> None:
    first, second = citation(TOLL, QUOTE), citation(UNLINKED, "It is old.", 2)
    claims = (
        Claim(QUOTE, (first, second), context="Nobody asked.", notes=("said the port", "in 2024")),
        Claim("It is old.", (second,)),
    )
    message = the_only(answer_messages(answer(first, second, claims=claims, as_of=None)))
    assert message.blocks[0] == rich_text(
        section(
            text("(Nobody asked.) ", "italic"),
            text(f"{QUOTE} "),
            text("(said the port; in 2024) ", "italic"),
            link(LINK, "[1]"),
            text(" "),
            text("[2]"),
            text(" "),
            text("It is old. "),
            text("[2]"),
        )
    )
    assert message.blocks[2] == rich_text(
        section(text("[2]", "bold"), text(" "), text("old", "bold"), text(", undated")),
        quoted(text("It is old.")),
    )
    assert message.blocks[3] == context("confidence 0.75")
    assert message.text.splitlines()[:1] + message.text.splitlines()[5:] == [
        f"(Nobody asked.) {QUOTE} (said the port; in 2024) [1] [2] It is old. [2]",
        "[2] old, undated",
        "> It is old.",
        "",
        "confidence 0.75",
    ]


@pytest.mark.parametrize(
    ("publishers", "said"),
    [
        ((), ""),
        (("The Tide",), "\nalso carried by 1 other: The Tide"),
        (("The Tide", None, "The Tide", "The Quay"), "\nalso carried by 4 others: The Tide, The Quay"),
        ((None, " "), "\nalso carried by 2 others"),
    ],
)
def test_who_carried_the_same_article_is_counted_and_named(
    publishers: Sequence[str | None], said: str
) -> None:
    copies = tuple(Copy("https://example.org/copy", name, None) for name in publishers)
    message = the_only(answer_messages(answer(citation(replace(TOLL, copies=copies), QUOTE))))
    assert f"(7 days ago){said}\n> {QUOTE}" in message.text
    assert "".join(shown(message.blocks[1])) == (
        f"[1] Ferry toll rises, Harbour Post, 13 May 2024 (7 days ago){said}{QUOTE}"
    )


def decline(*closest: Related, **fields: Any) -> Answer:
    said = {"declined": True, "reason": "Nobody says.", "searched": 1_234, "closest": closest, **fields}
    return answer(**said)


def test_a_decline_says_why_and_names_related_articles_that_are_no_sources() -> None:
    message = the_only(answer_messages(decline(Related(TOLL, "Tolls."), Related(UNLINKED, "Old."))))
    assert list(message.blocks) == [
        rich_text(
            section(
                text("The articles do not answer this.", "bold"),
                text(" Nobody says.\nSearched 1,234 articles, as of 18 May 2024."),
            )
        ),
        rich_text(
            section(text("Related, but not an answer:", "bold")),
            section(
                link("https://harbour.example.org/ferry", "Ferry toll rises", "bold"),
                text(", Harbour Post, 13 May 2024 (7 days ago)"),
                text("\nTolls."),
            ),
        ),
        rich_text(section(text("old", "bold"), text(", undated"), text("\nOld."))),
    ]
    assert message.text.splitlines() == [
        "The articles do not answer this. Nobody says.",
        "Searched 1,234 articles, as of 18 May 2024.",
        "",
        "Related, but not an answer:",
        "<https://harbour.example.org/ferry|Ferry toll rises>, Harbour Post, 13 May 2024 (7 days ago)",
        "Tolls.",
        "",
        "old, undated",
        "Old.",
    ]


@pytest.mark.parametrize(
    ("fields", "said"),
    [
        ({}, "The articles do not answer this. Nobody says.\nSearched 1,234 articles, as of 18 May 2024."),
        (
            {"searched": 1},
            "The articles do not answer this. Nobody says.\nSearched 1 article, as of 18 May 2024.",
        ),
        (
            {"searched": 0, "as_of": None},
            "The articles do not answer this. Nobody says.\nSearched 0 articles.",
        ),
        ({"reason": None, "as_of": None}, "The articles do not answer this.\nSearched 1,234 articles."),
    ],
)
def test_a_decline_says_what_was_searched(fields: dict[str, Any], said: str) -> None:
    message = the_only(answer_messages(decline(**fields)))
    assert message.text == said
    assert "".join(shown(message.blocks)) == said


def test_what_went_otherwise_than_expected_is_said_after_the_sentences_or_the_decline() -> None:
    said = "The language model <!here> did not answer in time."
    shown = context("The language model <\u2060!here> did not answer in time.")
    message = the_only(answer_messages(answer(citation(TOLL, QUOTE), notice=said)))
    assert message.blocks[1] == shown
    assert message.text.splitlines()[2] == "The language model &lt;\u2060!here&gt; did not answer in time."
    declined = the_only(answer_messages(decline(Related(TOLL, "Tolls."), notice=said)))
    assert declined.blocks[1] == shown
    assert plain_messages(decline(notice=said))[0].text.endswith("did not answer in time.")


def test_a_reply_to_no_question_is_said_alone() -> None:
    said = answer(claims=(), reply="You are welcome.")
    assert answer_messages(said) == (notice("You are welcome."),)
    assert plain_messages(said) == (Message("You are welcome."),)


def test_a_sentence_is_seen_early_with_all_that_stands_beside_it_but_links() -> None:
    claim = Claim(
        "It *is* <!here>.",
        (citation(TOLL, QUOTE), citation(UNLINKED, "It is old.", 2)),
        context="Nobody asked.",
        notes=("said the port", "see https://a.example"),
    )
    assert streamed(claim) == (
        r"(Nobody asked.) It \*is\* &lt;"
        "\u2060!here&gt;. (said the port; see https:\u2060//a.example) "
        r"\[1\] \[2\]"
    )


def test_where_blocks_are_refused_the_text_says_everything() -> None:
    said = answer(citation(TOLL, QUOTE))
    assert plain_messages(said) == (Message(answer_messages(said)[0].text),)


def test_a_notice_keeps_its_emphasis_and_mentions_nobody() -> None:
    said = "Ask *one* question, &lt;\u2060!here&gt; &amp; now."
    assert notice("Ask *one* question, <!here> & now.") == Message(
        said, ({"type": "section", "text": {"type": "mrkdwn", "text": said, "verbatim": True}},)
    )


def test_a_long_sentence_goes_on_between_words_in_the_next_message() -> None:
    words = [f"word{number}" for number in range(1_500)]
    cited = citation(TOLL, QUOTE)
    said = answer_messages(answer(cited, claims=(Claim(" ".join(words), (cited,)),)))
    assert len(said) > 2
    assert [word for message in said for word in message.text.split() if word.startswith("word")] == words
    assert [word for word in " ".join(block_texts(said)).split() if word.startswith("word")] == words


def test_sources_follow_in_further_messages_each_once() -> None:
    cited = [citation(article(f"{QUOTE} {n}", title=f"Title {n}"), QUOTE, n) for n in range(1, 61)]
    said = answer_messages(answer(*cited))
    assert len(said) > 2
    found = re.findall(r"^\[(\d+)\] <", "\n".join(message.text for message in said), re.MULTILINE)
    assert [int(number) for number in found] == list(range(1, 61))
    for message in said:
        # No source is torn apart.
        assert len(re.findall(r"^\[\d+\] <", message.text, re.MULTILINE)) == len(
            re.findall("^> ", message.text, re.MULTILINE)
        )


def test_a_web_address_is_escaped_in_the_text_and_plain_in_the_blocks() -> None:
    source = article(QUOTE, url="https://example.org/?a=b&c")
    message = the_only(answer_messages(decline(Related(source, "Tolls."))))
    assert "<https://example.org/?a=b&amp;c|Ferry toll rises>" in message.text
    assert link("https://example.org/?a=b&c", "Ferry toll rises", "bold") in list(elements(message.blocks))


def test_a_web_address_too_long_for_slack_is_no_link() -> None:
    long = article(QUOTE, url="https://example.org/?" + "&" * 600)
    message = the_only(answer_messages(answer(citation(long, QUOTE))))
    assert "[1] Ferry toll rises," in message.text
    assert not list(links(message))


# Whatever the articles hold

HOSTILE = [
    "<!channel>", "<!subteam^S1|x>", "<@U123>", "<#C123>", "<https://evil.example|here>", "&lt;!here&gt;", "`", "```",
    "*", "_", "|", "\n", "\n\n", "> ", "[1]", ":smile:", "\u202e", "\u200b", "\x1b[31m", "\x00", "\ud800", "\"", "\\",
    " ", "  ", "理事会", "é", "👩\u200d👧", "toll", "The toll rose. ", "x" * 50,
]  # fmt: skip
URLS = [
    None, "", "javascript:alert(1)", "https://example.org/a", "https://example.org/<!channel>|x>#sec",
    "http://example.org/?" + "a&" * 500, "https://example.org/#:~:text=toll", "https://example.org/" + "a" * 5_000,
]  # fmt: skip

hostile = st.lists(st.sampled_from(HOSTILE), max_size=8).map("".join)
long_hostile = st.tuples(hostile, st.integers(1, 600)).map(lambda drawn: (drawn[0] * drawn[1])[:10_000])
names = st.none() | hostile
dates = st.none() | st.just(datetime(2024, 5, 1, tzinfo=UTC))
copies = st.lists(st.builds(Copy, names, names, st.none()), max_size=3).map(tuple)


@st.composite
def articles(draw: st.DrawFn, titles: st.SearchStrategy[str | None] = names) -> Article:
    """Return an article of hostile text, of one sign at least."""
    return article(
        draw(long_hostile) or "x",
        id=draw(hostile).strip() or "a",
        title=draw(titles),
        publisher=draw(names),
        url=draw(st.sampled_from(URLS)),
        published_at=draw(dates),
        copies=draw(copies),
    )


@st.composite
def citations(draw: st.DrawFn, number: int) -> Citation:
    source = draw(articles())
    start = draw(st.integers(0, len(source.text) - 1))
    end = draw(st.integers(start + 1, min(len(source.text), start + LONGEST_QUOTE)))
    return Citation(number, source, passage(source), source.text[start:end], start, end)


@st.composite
def answers(draw: st.DrawFn) -> Answer:
    cited = [draw(citations(number)) for number in range(1, draw(st.integers(1, 4)) + 1)]
    claims = [
        Claim(draw(long_hostile), (each, cited[0]), draw(names), tuple(draw(st.lists(hostile, max_size=2))))
        for each in cited
    ]
    return answer(claims=tuple(claims), as_of=draw(dates), notice=draw(st.none() | hostile))


@st.composite
def declines(draw: st.DrawFn) -> Answer:
    related = st.builds(Related, articles(long_hostile), long_hostile)
    return decline(
        *draw(st.lists(related, max_size=4)),
        reason=draw(hostile),
        as_of=draw(dates),
        notice=draw(st.none() | hostile),
    )


def strings(value: object) -> Iterator[str]:
    """Yield every string in some JSON."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, Mapping):
        yield from strings(list(value.values()))
    elif isinstance(value, Sequence):
        for each in value:
            yield from strings(each)


def elements(value: object) -> Iterator[Element]:
    """Yield some blocks and everything in them, in order."""
    if isinstance(value, Mapping):
        yield value
        yield from elements(value.get("elements", []))
    elif isinstance(value, Sequence):
        for each in value:
            yield from elements(each)


def shown(value: object) -> Iterator[str]:
    """Yield what a reader sees of some blocks, in order."""
    yield from (each["text"] for each in elements(value) if "text" in each)


def block_texts(said: Sequence[Message]) -> list[str]:
    return ["".join(shown(message.blocks)) for message in said]


LINK_IN_TEXT = re.compile(r"<([^<>|]+)\|([^<>]*)>")


def links(message: Message) -> Iterator[str]:
    """Yield where the links of a message lead."""
    yield from (html.unescape(url) for url, _ in LINK_IN_TEXT.findall(message.text))
    yield from (each["url"] for each in elements(message.blocks) if "url" in each)


def squashed(said: str) -> str:
    return re.sub(r"[\s\u2060]", "", said)


def read_text(said: Sequence[Message]) -> str:
    """Return what the texts of messages show, squashed: entities resolved, without links' addresses and quote signs."""
    whole = "\n".join(re.sub("^> ", "", message.text, flags=re.MULTILINE) for message in said)
    return squashed(html.unescape(LINK_IN_TEXT.sub(r"\2", whole)))


def assert_slack_takes(said: Sequence[Message], sources: Sequence[Article]) -> None:
    safe = tuple(url.partition(":~:")[0] for each in sources if (url := safe_link(each.url)))
    for message in said:
        assert 0 < len(message.text.strip()) <= len(message.text) <= 3_900
        assert 0 < len(message.blocks) <= 50
        assert len(json.dumps(message.blocks, ensure_ascii=False)) <= 12_000
        assert all(each.get("text") or each.get("elements") for each in elements(message.blocks))
        assert all(len(each) <= 3_000 for each in strings(message.blocks))
        assert not any(re.search("<[!@#]", each) for each in [message.text, *strings(message.blocks)])
        assert not re.search(
            "[<>]", re.sub("^> ", "", LINK_IN_TEXT.sub("", message.text), flags=re.MULTILINE)
        )
        assert all(each.startswith(safe) for each in links(message))
        assert not re.search("[\x00-\x09\x0b-\x1f\u202e\ud800]", "".join(strings(message.to_json())))
        json.dumps(message.to_json(), ensure_ascii=False).encode()


def assert_said_in_order(whole: str, parts: Sequence[str]) -> None:
    at = 0
    for part in parts:
        found = whole.find(squashed(literal(visible(part))), at)
        assert found >= 0, part
        at = found + len(squashed(literal(visible(part))))


@settings(max_examples=80, deadline=None)
@given(answers())
def test_any_answer_is_said_in_full_and_obeys_slack(said: Answer) -> None:
    messages = answer_messages(said)
    assert_slack_takes(messages, [each.article for each in said.citations])
    sentences = [
        part
        for claim in said.claims
        for part in (claim.context or "", claim.text, *(f"[{each.number}]" for each in claim.citations))
    ]
    sources = [
        part for each in said.citations for part in (f"[{each.number}]", each.article.title or "", each.quote)
    ]
    assert_said_in_order(squashed("".join(block_texts(messages))), sentences + sources)
    assert_said_in_order(read_text(messages), sentences + sources)
    assert plain_messages(said) == tuple(Message(each.text) for each in messages)


@settings(max_examples=40, deadline=None)
@given(declines())
def test_any_decline_is_said_in_full_and_obeys_slack(said: Answer) -> None:
    messages = answer_messages(said)
    assert_slack_takes(messages, [each.article for each in said.closest])
    parts = [part for each in said.closest for part in (each.article.title or "", each.about)]
    assert_said_in_order(squashed("".join(block_texts(messages))), parts)
    assert_said_in_order(read_text(messages), parts)
    assert "rich_text_quote" not in set(strings([message.blocks for message in messages]))
    assert "Sources" not in read_text(messages)
