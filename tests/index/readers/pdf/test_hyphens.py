from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.readers.pdf.hyphens import Words, join_lines, without_soft_hyphens


@pytest.mark.parametrize(
    ("lines", "elsewhere", "expected"),
    [
        (["the organi-", "sation said"], "", "the organisation said"),
        (["the Presi-", "dent said"], "", "the President said"),
        (["a north-", "ern town"], "", "a northern town"),
        (["in the north-", "east"], "", "in the north-east"),
        (["since mid-", "2023"], "", "since mid-2023"),
        (["the 2022-", "23 season"], "", "the 2022-23 season"),
        (["an F-", "16 jet"], "", "an F-16 jet"),
        (["Abdul-", "Rahman"], "", "Abdul-Rahman"),
        (["ISIS-", "K"], "", "ISIS-K"),
        (["the UN-", "backed plan"], "", "the UN-backed plan"),
        (["the government-", "led plan"], "", "the government-led plan"),
        (["a self-", "declared leader"], "", "a self-declared leader"),
        (["so-", "called experts"], "", "so-called experts"),
        (["our so-", "ciety"], "", "our society"),
        (["an ex-", "ample"], "", "an example"),
        (["with-", "in"], "with a word", "within"),
        (["on Mon-", "day"], "", "on Monday"),
        (["HEAD-", "LINES"], "", "HEADLINES"),
        (["e-", "mail"], "", "e-mail"),
        (["long-", "term"], "a long road", "long-term"),
        (["co-", "operation"], "the co-operation of all", "co-operation"),
        (["co-", "operation"], "the cooperation of all", "cooperation"),
        (["Al-Qa-", "eda"], "", "Al-Qaeda"),
        (["organi\u00ad", "sation"], "", "organisation"),
        (["2022–", "2023"], "", "2022–2023"),
        (["he said –", "twice"], "", "he said – twice"),
        (["one  line", " and another "], "", "one line and another"),
        (["一行", "二行"], "", "一行二行"),
    ],
)
def test_lines_are_joined_by_evidence(lines: list[str], elsewhere: str, expected: str) -> None:
    assert join_lines(lines, Words([*lines, elsewhere])) == expected


def test_a_hyphen_that_only_breaks_words_tells_them_from_hyphenated_ones() -> None:
    lines = ["the govern‐", "ment of well-", "known ob‐", "servers"]
    words = Words([*lines, "a well-known man"])
    assert join_lines(lines, words) == "the government of well-known observers"
    assert join_lines(["anti-", "body"], words) == "anti-body"


@pytest.mark.parametrize(
    ("text", "expected"),
    [("organi\u00adsation", "organisation"), ("Al\u00adQaeda", "Al-Qaeda"), ("mid\u00ad2023", "mid-2023")],
)
def test_soft_hyphens_inside_a_line(text: str, expected: str) -> None:
    assert without_soft_hyphens(text, Words([text])) == expected


@given(st.lists(st.text(st.sampled_from("ab Z9-\u00ad–—/."), max_size=12), max_size=6))
def test_nothing_but_spaces_and_hyphens_is_lost(lines: list[str]) -> None:
    joined = join_lines(lines, Words(lines))

    def kept(text: str) -> str:
        return "".join(character for character in text if character not in " -\u00ad")

    assert kept(joined) == kept("".join(lines))
