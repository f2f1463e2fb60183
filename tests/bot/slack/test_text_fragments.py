from __future__ import annotations

import re
from dataclasses import dataclass
from urllib.parse import unquote

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.slack.text_fragments import link_to_quote
from bot.visible import safe_link

URL = "https://harbour.example.org/ferry"
TOLL = "Nobody asked. The toll rose to nine crowns. The boats went on."
LONG = " ".join(f"word{number}" for number in range(60))


def link(text: str, quote: str, url: str | None = URL, occurrence: int = 0) -> str | None:
    """Return the link to a quote where it stands for the first time in a text, or a later one."""
    start = [found.start() for found in re.finditer(re.escape(quote), text)][occurrence]
    return link_to_quote(url, text, start, start + len(quote))


@pytest.mark.parametrize(
    ("text", "quote", "occurrence", "directive"),
    [
        pytest.param(TOLL, "The toll rose", 0, "The%20toll%20rose", id="as it is said"),
        pytest.param("At 5-6, A&B’s?", "At 5-6, A&B’s?", 0, "At%205%2D6%2C%20A%26B%E2%80%99s%3F", id="signs"),
        pytest.param("one  two\tthree", "one  two\tthree", 0, "one%20two%20three", id="white space"),
        pytest.param("A toll. One more toll.", "toll", 1, "more-,toll", id="a word before tells them apart"),
        pytest.param("In A toll, in a toll", "toll", 1, "toll%2C%20in%20a-,toll", id="a difference in case does not"),
        pytest.param("a môle, one mole", "mole", 0, "one-,mole", id="nor does one in accents"),
        pytest.param("a toll fell. a toll rose.", "toll", 1, "toll,-rose.", id="a word behind tells them apart"),
        pytest.param("b toll c. a toll b. a toll c", "toll", 2, "a-,toll,-c", id="both do"),
        pytest.param("x y a toll. z y a toll.", "toll", 1, "z%20y%20a-,toll", id="many words do"),
        pytest.param("Toll\n\nrows\n\ntoll", "toll", 0, "rows-,toll", id="the paragraph before does"),
        pytest.param("rows\nx | rose\ny | rose", "rose", 1, "y-,rose", id="the table cell before does"),
        pytest.param("same\n\nsame\n\nsame", "same", 2, None, id="nothing does"),
        pytest.param("tollgate and toll", "toll", 1, "and-,toll", id="part of a word, to be sure"),
        pytest.param("The tollgate", "toll", 0, None, id="within a word"),
        pytest.param("The tollgates closed", "gates closed", 0, "closed", id="from within a word"),
        pytest.param("It closed tollgates", "closed toll", 0, "closed", id="to within a word"),
        pytest.param("\n \t\n", "\n \t\n", 0, None, id="no words"),
        pytest.param("Toll\n\nIt rose.", "Toll\n\nIt rose.", 0, "It%20rose.", id="the longer paragraph"),
        pytest.param("| 24 | In crowns | 9", "| 24 | In crowns | 9", 0, "In%20crowns", id="the longest table cell"),
        pytest.param("a|b", "a|b", 0, "a%7Cb", id="no table cell"),
        pytest.param("理事会は決めた。次の文。", "次の文。", 0, "%E6%AC%A1%E3%81%AE%E6%96%87%E3%80%82", id="no spaces"),
        pytest.param("a \ud800 b", "\ud800 b", 0, "%ED%A0%80%20b", id="half a character"),
    ],
)  # fmt: skip
def test_a_link_looks_for_the_quote(text: str, quote: str, occurrence: int, directive: str | None) -> None:
    expected = URL if directive is None else f"{URL}#:~:text={directive}"
    assert link(text, quote, occurrence=occurrence) == expected


@pytest.mark.parametrize(
    ("text", "directive"),
    [
        pytest.param(
            LONG,
            "word0%20word1%20word2%20word3%20word4,word55%20word56%20word57%20word58%20word59",
            id="first and last words",
        ),
        pytest.param(
            f"{'One two three four five in no hurry. ' * 10}So ended it all.",
            None,
            id="more of them where they are said twice within the quote",
        ),
        pytest.param("again " * 60 + "again", None, id="all of them where they are one word over and over"),
    ],
)
def test_a_long_quote_is_looked_for_by_its_ends(text: str, directive: str | None) -> None:
    found = link(text, text)
    assert found is not None
    start, end = found.partition("#:~:text=")[2].split(",")
    assert text.startswith(unquote(start))
    assert text.endswith(unquote(end))
    assert directive in (None, f"{start},{end}")


def test_more_words_tell_apart_what_begins_like_an_earlier_sentence() -> None:
    words = LONG.split()
    earlier = " ".join(words[:7])
    found = link(f"{earlier} fell. {LONG}", LONG)
    assert found is not None
    assert unquote(found.partition("#:~:text=")[2]) == f"{' '.join(words[:10])},{' '.join(words[-10:])}"


def test_a_long_quote_that_was_said_before_is_told_apart_by_what_is_around_it() -> None:
    found = link(f"First: {LONG} Again: {LONG}", LONG, occurrence=1)
    assert found is not None
    assert unquote(found.partition("#:~:text=")[2]).startswith("Again:-,word0 word1 word2 word3 word4,word55")


@pytest.mark.parametrize(
    ("url", "expected"),
    [
        ("https://example.org/a", "https://example.org/a#:~:text=The%20toll"),
        ("https://example.org/a?b=c&d", "https://example.org/a?b=c&d#:~:text=The%20toll"),
        ("https://example.org/a#sec", "https://example.org/a#sec:~:text=The%20toll"),
        ("https://example.org/a#:~:text=other", "https://example.org/a#:~:text=The%20toll"),
        ("https://example.org/a#sec:~:text=other", "https://example.org/a#sec:~:text=The%20toll"),
        ("https://example.org/<é>", "https://example.org/%3C%C3%A9%3E#:~:text=The%20toll"),
        ("https://example.org/" + "a" * 1_980, "https://example.org/" + "a" * 1_980),
        ("javascript:alert(1)", None),
        ("/ferry", None),
        (None, None),
    ],
)
def test_the_articles_address_is_kept(url: str | None, expected: str | None) -> None:
    assert link(TOLL, "The toll", url) == expected


def test_a_quote_too_long_when_encoded_is_looked_for_by_its_ends() -> None:
    text = "Плата за проезд снова выросла до девяти крон. " * 5 + "Так сказал порт."
    found = link(text, text, URL + "a" * 900)
    assert found is not None
    assert len(found) <= 2_000
    assert found.partition("#:~:text=")[2].count(",") == 1


@dataclass(frozen=True)
class Directive:
    """What a link tells a browser to look for, decoded."""

    prefix: str
    start: str
    end: str
    suffix: str


def decoded(found: str) -> Directive | None:
    """Return a link's text directive; None where it has none."""
    _, said, terms = found.partition(":~:text=")
    if not said:
        return None
    given = terms.split(",")
    prefix = given.pop(0)[:-1] if given[0].endswith("-") else ""
    suffix = given.pop()[1:] if given[-1].startswith("-") else ""
    start, end = given if len(given) == 2 else (*given, "")
    return Directive(
        *(unquote(each, errors="surrogatepass").casefold() for each in (prefix, start, end, suffix))
    )


def page_of(text: str) -> str:
    """Return a text as a browser searches it: NUL between blocks, single spaces within them, case folded."""
    blocks = re.split(r"\n|(?<!\S)\|(?!\S)", text)
    return "\0".join(" ".join(block.split()) for block in blocks).casefold()


def bounded(page: str, at: int) -> bool:
    """Tell whether a word begins or ends at an offset."""
    return not (page[max(0, at - 1) : at].isalnum() and page[at : at + 1].isalnum())


def follows(page: str, at: int, suffix: str) -> bool:
    """Tell whether a match may end at an offset: a word ends there, or the suffix follows."""
    if not suffix:
        return bounded(page, at)
    after = len(page) - len(page[at:].lstrip("\0 "))
    return page.startswith(suffix, after) and bounded(page, after + len(suffix))


def precedes(page: str, at: int, prefix: str) -> bool:
    if not prefix:
        return bounded(page, at)
    before = len(page[:at].rstrip("\0 "))
    return page.endswith(prefix, 0, before) and bounded(page, before - len(prefix))


def first_match(page: str, sought: Directive) -> tuple[int, int] | None:
    """Return where a browser finds it first, as the specification of text fragments says."""
    for at in range(len(page)):
        after = at + len(sought.start)
        if not page.startswith(sought.start, at) or not precedes(page, at, sought.prefix):
            continue
        if not sought.end and follows(page, after, sought.suffix):
            return at, after
        if sought.end and bounded(page, after):
            for last in range(after, len(page)):
                end = last + len(sought.end)
                if (
                    page.startswith(sought.end, last)
                    and bounded(page, last)
                    and follows(page, end, sought.suffix)
                ):
                    return at, end
            return None
    return None


def letters(text: str) -> int:
    """Return how many signs stand in a text or page, but for what separates words, lines and table cells."""
    return len(re.sub(r"[\s\0]", "", re.sub(r"(?<!\S)\|(?!\S)", "", text)).casefold())


WORDS = [
    "toll",
    "The",
    "the",
    "a",
    "rose-",
    "nine,",
    "“A&B”",
    "Straße",
    "é",
    "(",
    "crowns.",
    "\n\n",
    "|",
    "x" * 40,
]


@settings(max_examples=400, deadline=None)
@given(st.lists(st.sampled_from(WORDS), min_size=1, max_size=40), st.data())
def test_the_first_place_that_a_browser_finds_is_the_quote(words: list[str], data: st.DataObject) -> None:
    text = " ".join(words)
    start = data.draw(st.integers(0, len(text) - 1), label="start")
    end = data.draw(st.integers(start + 1, len(text)), label="end")
    found = link_to_quote(URL, text, start, end)
    assert found is not None
    sought = decoded(found)
    if sought is None:
        assert found == URL
        return
    page = page_of(text)
    match = first_match(page, sought)
    assert match is not None, sought
    assert (
        letters(text[:start]) <= letters(page[: match[0]]) < letters(page[: match[1]]) <= letters(text[:end])
    )


@settings(max_examples=200, deadline=None)
@given(st.text(st.characters(), min_size=1, max_size=60), st.text(st.characters(), max_size=30))
def test_a_link_is_an_address_whatever_is_quoted(text: str, path: str) -> None:
    url = f"https://example.org/{path}"
    found, plain = link_to_quote(url, text, 0, len(text)), safe_link(url)
    assert found is not None
    assert plain is not None
    assert found.startswith(plain.partition(":~:")[0])
    assert re.fullmatch(r"[!-~]+", found)
    terms = found.partition("#:~:text=")[2]
    assert re.fullmatch(r"([\w.~-]|%[0-9A-F]{2}|,)*", terms, re.ASCII)
