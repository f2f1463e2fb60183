from __future__ import annotations

import pytest

from bot.generating.plain import domains_in, holds_address, plain_text


@pytest.mark.parametrize(
    ("written", "plain"),
    [
        ("The **toll** rose to *nine* crowns .", "The toll rose to nine crowns."),
        ("# Tolls", "Tolls"),
        ("- The toll rose.", "The toll rose."),
        ("2. The toll rose.", "The toll rose."),
        ("> The toll rose.", "The toll rose."),
        ("Answer: The toll rose.", "The toll rose."),
        ("**Final answer:** The toll rose.", "The toll rose."),
        ("A: The toll rose.", "The toll rose."),
        ("`toll` and __tolls__ and _toll_", "toll and tolls and toll"),
        ("snake_case and 5 * 3", "snake_case and 5 * 3"),
        ("See [the harbour](https://evil.example/?q=1) now.", "See the harbour now."),
        ("![the harbour](https://evil.example/p.png) It rose.", "the harbour It rose."),
        ("<b>It</b> rose <!-- so --> at <a href='x'>noon</a>.", "It rose at noon."),
        ("<!channel> <@U012> <#C01|x> It rose.", "It rose."),
        ("&lt;!channel&gt; It rose &amp; fell.", "It rose & fell."),
        ("Fewer than 9 < 10 and 12 > 11.", "Fewer than 9 < 10 and 12 > 11."),
        ("It\u202e ro\u200bse\x1b[31m.\r\nSo", "It rose[31m. So"),
        ("It rose , and “ fell ” .", "It rose, and “fell”."),
        ("About 900 … left.", "About 900 … left."),
        ("1,460 ships called.", "1,460 ships called."),
        ("It rose {3}. So{12}, in {2023}.", "It rose. So, in {2023}."),
        ("It rose (Source: ). It fell (). (see ) [ ]", "It rose. It fell."),
        ("(Source: )", ""),
        ("6.5 crowns", "6.5 crowns"),
        ("\U000e0041It rose.\ue000", "It rose."),
    ],
)
def test_only_plain_text_is_left(written: str, plain: str) -> None:
    assert plain_text(written) == plain


@pytest.mark.parametrize(
    ("text", "holds"),
    [
        ("See https://evil.example.", True),
        ("See HTTP://evil.example", True),
        ("See www.evil.example", True),
        ("See evil.example/login", True),
        ("Write to me@evil.example", True),
        ("javascript:alert(1)", True),
        ("mailto:me", True),
        ("Booking.com said so.", False),
        ("The U.S. paid 6.5 crowns and/or 1/2 of it.", False),
        ("The data: 9 of 10.", False),
    ],
)
def test_an_address_is_noticed(text: str, *, holds: bool) -> None:
    assert holds_address(text) is holds


def test_the_name_of_a_site_is_noticed() -> None:
    assert domains_in("Booking.com and evil.example, 6.5 U.S. crowns.") == {"booking.com", "evil.example"}
