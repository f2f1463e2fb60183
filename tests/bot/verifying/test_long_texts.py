from __future__ import annotations

import pytest

from bot.verifying.long_texts import part_about

FILLING = [f"Sentence number {number} tells of nothing." for number in range(100)]


def test_a_text_that_is_short_enough_is_left_as_it_is() -> None:
    assert part_about(" Boats.\n\nMore. ", "The toll rose.", 20) == " Boats.\n\nMore. "


def test_of_a_long_text_what_shares_words_is_kept_with_its_neighbours() -> None:
    text = " ".join([*FILLING[:50], "The toll rose to 19 crowns.", *FILLING[50:]])
    part = part_about(text, "The toll is in crowns.", 90)
    assert part == f"{FILLING[49]} The toll rose to 19 crowns. {FILLING[50]}"


def test_rare_words_go_before_common_ones_and_the_order_stays() -> None:
    text = " ".join([*FILLING[:30], "The toll rose.", *FILLING[30:60], "Elden is small.", *FILLING[60:]])
    part = part_about(text, "Nothing is said of the toll in Elden.", 150)
    parts = [f"{FILLING[29]} The toll rose. {FILLING[30]}", f"{FILLING[59]} Elden is small. {FILLING[60]}"]
    assert part == "\n\n".join(parts)


@pytest.mark.parametrize("text", ["boat " * 2_000, "x" * 10_000, "船" * 10_000])
def test_a_text_without_sentences_is_cut_all_the_same(text: str) -> None:
    part = part_about(text, "A boat sank.", 1_000)
    assert 1_000 <= len(part) <= 4_000
    assert part in text


def test_of_nothing_but_blanks_there_is_no_part() -> None:
    assert part_about(" " * 100, "The toll rose.", 10) == ""
