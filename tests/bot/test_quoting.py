from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import Phase, given, settings
from hypothesis import strategies as st

from bot.answers import LONGEST_QUOTE, Citation
from bot.quoting import quoted_span, sentences_of
from index.articles import Article
from index.passages import PassageSplitter
from index.retrieval import RetrievedPassage
from index.words import stems
from tests.bot.made import article, found, passage

SPLITTER = PassageSplitter(lambda text: len(text.split()) + 2, 256)
QUESTION = "How many ISKP fighters did the CSTO estimate, 6,500 or 4,000?"


def passages(of: Article) -> list[RetrievedPassage]:
    return [found(each, of) for each in SPLITTER.split_article(of)]


def quote(text: str, question: str = QUESTION) -> str:
    """Return what is quoted of a text that is one sentence."""
    start, end = quoted_span(text, 0, len(text), stems(question))
    return text[start:end]


PIECES = [
    *(
        "The council met on Monday. ",
        "It was said that up to 6,500 fighters stood there, ",
        "6,500 fighters ",
        "CSTO ",
    ),
    *("and so on and so forth, " * 9, "without an end " * 28, "and " * 101, "ISKP, " * 40),
    *("x" * 399, "x" * 400, "x" * 401, "x" * 1700, "-" * 700, "https://example.org/" + "a/" * 200),
    *(
        "理事会星期一开会。",
        "理事会" * 140,
        "اجتمع المجلس. ",
        "👩\u200d👩\u200d👧",
        "👩\u200d👩\u200d👧 " * 40,
        "🇫🇷" * 201,
    ),
    *("e\u0301" * 201, "\u0301" * 401, "e\u0301 " * 134, "\u200b" * 401, "\u202e", "\x00", "\ud800"),
    *("\n", "\n\n", "\r\n", "\n" * 50, " " * 401, "\u00a0" * 20, "\u2028", "\x1c", "\x85", "\t"),
    *(
        "BIDEN: ",
        "KABUL, March 3 (AP) — ",
        "“Why?” ",
        "No. 7 ",
        "e.g. ",
        "...",
        " | ",
        "\n- ",
        "\n1. ",
        "(",
        ")",
        ". ",
        "? ",
        ", ",
    ),
]
LETTERS = "".join(chr(ord("A") + place) for place in range(len(PIECES)))
"""Drawn as one string, a letter a piece: lists of pieces take hypothesis three times as long."""


@settings(max_examples=4_000, deadline=None, phases=[Phase.generate, Phase.shrink])
@given(st.text(st.characters(), max_size=6), st.text(LETTERS, max_size=6))
def test_every_citation_that_can_be_made_of_any_text_is_verbatim(between: str, letters: str) -> None:
    text = between.join(PIECES[LETTERS.index(letter)] for letter in letters)
    given_article = article(text)
    wanted = stems(QUESTION)
    for source in passages(given_article):
        for sentence in sentences_of(source):
            assert sentence.text == text[sentence.start : sentence.end] == sentence.text.strip() != ""
            start, end = quoted_span(text, sentence.start, sentence.end, wanted)
            cited = Citation(1, given_article, source.passage, text[start:end], start, end)
            assert cited.quote == given_article.text[cited.start : cited.end]
            assert 0 < len(cited.quote) <= LONGEST_QUOTE
            assert source.passage.start <= sentence.start <= start < end <= sentence.end <= source.passage.end
            begins_a_word = start == sentence.start or text[start - 1].isspace()
            ends_a_word = end == sentence.end or text[end].isspace()
            assert cited.quote == cited.quote.strip()
            if min(len(word) for word in sentence.text.split()) <= LONGEST_QUOTE:
                assert begins_a_word
                assert ends_a_word


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        pytest.param(
            "The toll rose. Nobody had asked for it.\n\nIt fell again.",
            ["The toll rose.", "Nobody had asked for it.", "It fell again."],
            id="sentences and paragraphs",
        ),
        pytest.param("KABUL, March 3 (AP) — Two men came.", ["Two men came."], id="no dateline"),
        pytest.param("Town | Toll\nElden | 9", ["Town | Toll", "Elden | 9"], id="rows"),
        pytest.param(
            "- The toll rose.\n- It fell again.", ["The toll rose.", "It fell again."], id="no bullets"
        ),
        pytest.param(" \n", [], id="nothing"),
    ],
)
def test_the_sentences_of_a_passage_are_those_of_its_article(text: str, expected: list[str]) -> None:
    given_article = article(text)
    assert [
        sentence.text for source in passages(given_article) for sentence in sentences_of(source)
    ] == expected


def test_a_row_is_read_with_its_head_and_the_caption_of_its_table() -> None:
    text = "The tolls\n\nTown | Toll\nElden | 9\n\nThey rose."
    caption, head, row, sentence = sentences_of(found(article(text)))
    assert row.text == "Elden | 9"
    assert row.reading == "Town Elden: Toll 9"
    assert row.captioned == "The tolls\nTown Elden: Toll 9"
    assert row.row is not None
    for each in (caption, head, sentence):
        assert each.row is None
        assert each.reading == each.captioned == each.text


def test_a_row_is_not_read_with_a_head_that_its_passage_does_not_hold() -> None:
    text = "The tolls\n\nTown | Toll\nElden | 9\nSkarrow | 4"
    readings = {
        beginning: sentences_of(found(passage(article(text), text.index(beginning)), article(text)))[
            -1
        ].captioned
        for beginning in ("The tolls", "Town", "Elden", "Skarrow")
    }
    assert readings == {
        "The tolls": "The tolls\nTown Skarrow: Toll 4",
        "Town": "Town Skarrow: Toll 4",
        "Elden": "Skarrow | 4",
        "Skarrow": "Skarrow | 4",
    }


def test_sentences_of_a_later_passage_have_offsets_into_the_article() -> None:
    text = "The toll rose. Nobody had asked for it. It fell again."
    later = found(passage(article(text), 15, ordinal=1), article(text))
    assert [(each.start, each.end) for each in sentences_of(later)] == [(15, 39), (40, 54)]


def test_who_speaks_where_a_passage_begins_is_not_taken_for_a_dateline() -> None:
    text = "BLITZER: Vice President?\n\nBIDEN: I was asked to bring the troops home, which I did."
    later = found(passage(article(text), text.index("BIDEN"), ordinal=1), article(text))
    assert [each.text for each in sentences_of(later)] == [
        "BIDEN: I was asked to bring the troops home, which I did."
    ]


BEFORE = "and they went on and on along the road for days, " * 12
BEHIND = ", while others turned back, sold their boats and stayed" * 12


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        pytest.param("Up to 6,500 fighters.", "Up to 6,500 fighters.", id="a short sentence is quoted whole"),
        pytest.param("x" * LONGEST_QUOTE, "x" * LONGEST_QUOTE, id="400 characters are"),
        pytest.param("x" * 900, "x" * LONGEST_QUOTE, id="a word without end is cut"),
        pytest.param("x" * 900 + " " + "y" * 500, "x" * LONGEST_QUOTE, id="two of them"),
        pytest.param("x" * 900 + " 6,500", "6,500", id="a word that fits is not"),
        pytest.param("ab " * 300, ("ab " * 133).strip(), id="nothing wanted: from the start"),
    ],
)
def test_a_quote_is_the_sentence_or_words_of_it(text: str, expected: str) -> None:
    assert quote(text.strip()) == expected


@pytest.mark.parametrize(
    "before",
    [
        pytest.param("", id="start"),
        pytest.param(BEFORE, id="middle"),
        pytest.param(BEFORE * 3, id="far"),
        pytest.param(
            f"CSTO/ISKP/fighters/estimate/6,500/{'x' * 500} {BEFORE}",
            id="behind a word that cannot be quoted",
        ),
    ],
)
@pytest.mark.parametrize(
    "core",
    [
        pytest.param("the CSTO put the ISKP at up to 6,500 fighters", id="words"),
        pytest.param("6,500", id="a figure with its separator"),
        pytest.param("estimates", id="another form of a word"),
        pytest.param("(“Fighters”),", id="marks around it"),
    ],
)
def test_of_a_long_sentence_the_part_that_answers_is_quoted(before: str, core: str) -> None:
    assert core in quote(before + core + BEHIND)


def test_different_words_count_for_more_than_one_word_again_and_again() -> None:
    assert "CSTO" in quote("fighters " * 60 + BEFORE + "the CSTO put the ISKP at 6,500" + BEHIND)


def test_a_quote_is_never_shorter_than_it_could_be() -> None:
    text = BEFORE + "the CSTO" + BEHIND
    assert all(
        len(quote(text, question)) + longest > LONGEST_QUOTE
        for question in ("CSTO", "days", "boats", "nothing of it")
        for longest in [max(len(word) for word in text.split()) + 1]
    )


def test_the_sentences_of_a_passage_never_overlap() -> None:
    text = "\n\n".join([BEFORE + "there. BIDEN: Yes."] * 6)
    for source in passages(article(text)):
        assert all(one.end <= two.start for one, two in pairwise(sentences_of(source)))
