from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.generating.sentence_stream import LONGEST, cut


def pieces_of(text: str) -> list[str]:
    return list(cut([text]))


@pytest.mark.parametrize(
    ("text", "sentences"),
    [
        pytest.param("The toll rose [1]. It fell [2].", ["The toll rose [1].", "It fell [2]."], id="before"),
        pytest.param("The toll rose. [1] It fell.", ["The toll rose. [1]", "It fell."], id="behind"),
        pytest.param("It rose. [1][2] It fell.", ["It rose. [1]", "[2]", "It fell."], id="a marker later"),
        pytest.param("It rose. [1] [2] It fell.", ["It rose. [1]", "[2]", "It fell."], id="a marker apart"),
        pytest.param("It rose.[1] It fell.[2]", ["It rose.[1]", "It fell.[2]"], id="no space"),
        pytest.param("It rose.\n[1]\nIt fell.", ["It rose.", "[1]", "It fell."], id="on the next line"),
        pytest.param("It rose [1, 2]; it fell [3].", ["It rose [1, 2]; it fell [3]."], id="within"),
        pytest.param(
            "[1] says it rose [1]. [2] Fine.", ["[1] says it rose [1].", "[2]", "Fine."], id="first"
        ),
        pytest.param("[1] It rose.\n[2] It fell.", ["[1] It rose.", "[2] It fell."], id="opens each line"),
        pytest.param("The U.S. [1] army left. [2]", ["The U.S. [1] army left. [2]"], id="initials, marked"),
        pytest.param("The U.S. Army left [1].", ["The U.S. Army left [1]."], id="initials"),
        pytest.param("Mr. Holm left. [1] Dr. Marr.", ["Mr. Holm left. [1]", "Dr. Marr."], id="titles"),
        pytest.param("It cost 6.5 crowns. [1]", ["It cost 6.5 crowns. [1]"], id="a decimal point"),
        pytest.param("It began in 1961. [1] It fell.", ["It began in 1961. [1]", "It fell."], id="a year"),
        pytest.param("“Where?” [1] asked Holm. So.", ["“Where?” [1] asked Holm.", "So."], id="a question"),
        pytest.param("“We left [1].” He fell.", ["“We left [1].”", "He fell."], id="a quotation"),
        pytest.param("It rose to\nnine crowns [1].", ["It rose to\nnine crowns [1]."], id="a wrapped line"),
        pytest.param("The tolls\nThe toll rose [1].", ["The tolls", "The toll rose [1]."], id="a heading"),
        pytest.param("- It rose [1].\n- It fell [2].", ["- It rose [1].", "- It fell [2]."], id="a list"),
        pytest.param(
            "1. It rose [1].\n2. It fell.", ["1. It rose [1].", "2. It fell."], id="a numbered list"
        ),
        pytest.param("**Mr. Holm** left [1]. So.", ["**Mr. Holm** left [1].", "So."], id="emphasis"),
        pytest.param("It rose [1]... It fell.", ["It rose [1].", "It fell."], id="dots"),
        pytest.param("It ro\u200bse [\u202e1].", ["It rose [1]."], id="what nobody sees"),
        pytest.param("<think>It fell.\n\nSo.</think>\nIt rose.", ["It rose."], id="thoughts"),
        pytest.param("<Thinking>It fell [1].", [], id="thoughts without an end"),
        pytest.param("<b>It</b> rose.", ["<b>It</b> rose."], id="another tag"),
        pytest.param("NO_ANSWER", ["NO_ANSWER"], id="no answer"),
        pytest.param("It rose", ["It rose"], id="no end"),
        pytest.param(" \n ", [], id="nothing"),
    ],
)
def test_a_text_is_cut_into_sentences_with_their_markers(text: str, sentences: list[str]) -> None:
    assert pieces_of(text) == sentences


@pytest.mark.parametrize(
    ("read", "sentence"),
    [
        ("The toll rose to nine crowns [1].", "The toll rose to nine crowns [1]."),
        ("The toll rose to nine crowns. [1]", "The toll rose to nine crowns. [1]"),
        ("It began in 1961. [1]", "It began in 1961. [1]"),
        ("The toll rose. The next ", "The toll rose."),
        ("The toll rose.\n\n", "The toll rose."),
    ],
)
def test_a_sentence_is_given_out_before_anything_more_is_read(read: str, sentence: str) -> None:
    def reading() -> object:
        yield read
        pytest.fail("More was read before the sentence was given out.")

    assert next(cut(reading())) == sentence  # type: ignore[arg-type]


def test_what_has_no_end_is_given_out_all_the_same() -> None:
    assert max(map(len, pieces_of("word " * 2000))) <= LONGEST + 1


TEXTS = st.lists(
    st.sampled_from(
        [
            *(
                "The toll rose",
                "Mr. Holm",
                "U.S.",
                "6.5",
                "1961",
                "it",
                "“We left",
                "”",
                '"',
                "(so)",
                "**Tolls**",
                "No. 3",
            ),
            *(
                "[1]",
                "[1][2]",
                "[1, 2]",
                "【1】",
                "[Passage 2]",
                "[",
                "]",
                ".",
                ". ",
                "? ",
                "! ",
                " ",
                "\n",
                "\n\n",
                "- ",
            ),
        ]
    ),
    max_size=25,
).map("".join)


@settings(max_examples=150, deadline=None)
@given(st.one_of(TEXTS, st.text(max_size=60)), st.data())
def test_the_sentences_are_the_same_however_the_text_comes_in_pieces(text: str, data: st.DataObject) -> None:
    cuts = sorted(data.draw(st.lists(st.integers(0, len(text)), max_size=8)))
    pieces = [text[start:end] for start, end in zip([0, *cuts], [*cuts, len(text)], strict=True)]
    assert list(cut(pieces)) == pieces_of(text)


@settings(max_examples=100, deadline=None)
@given(TEXTS)
def test_nothing_that_says_something_is_lost(text: str) -> None:
    said = [character for character in text if character.isalnum()]
    assert [character for each in pieces_of(text) for character in each if character.isalnum()] == said
