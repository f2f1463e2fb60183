from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.evaluation.html_report.safe_text import shown
from bot.visible import visible


@pytest.mark.parametrize(
    ("text", "seen"),
    [
        ("Plain – “words”.", "Plain – “words”."),
        ("a\u202eb\u200bc", "a⟨U+202E⟩b⟨U+200B⟩c"),
        ("\x1b[31m\x00", "␛[31m␀"),
        ("\ud800", "⟨U+D800⟩"),
        ("One.\n\nTwo.\nThree.", "One.\n\nTwo.\nThree."),
        ("One.\r\n \n \n\nTwo.\x0b\tThree.", "One.\n\nTwo. Three."),
        (" at the \u2028 ends\u00a0\n", " at the ends\n"),
    ],
)
def test_text_is_written_so_that_it_can_be_seen_and_keeps_its_paragraphs(text: str, seen: str) -> None:
    assert shown(text) == seen


class Markup(str):
    def __html__(self) -> str:
        return self


@pytest.mark.parametrize("value", [3, 0.5, None, Markup("<b>\u200b</b>")])
def test_numbers_and_the_pages_own_markup_stay_as_they_are(value: object) -> None:
    assert shown(value) is value


@given(st.text())
def test_it_says_what_a_line_of_the_terminal_says(text: str) -> None:
    written = shown(text)
    assert isinstance(written, str)
    assert " ".join(written.split()) == visible(text)
