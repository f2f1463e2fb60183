from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.verifying.names import acts, alike, name_runs, telling, written
from bot.verifying.reading import read


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("Later Mirela Osk met the mayor of Lund.", ["Later Mirela Osk", "Lund"]),
        ("The mayor met Ola Berg and Ida Holm.", ["Ola Berg", "Ida Holm"]),
        ("The mayor met Ola Berg, Ida Holm and others.", ["Ola Berg", "Ida Holm"]),
        ("He met Chanda Mwewa-Phiri.", ["Chanda Mwewa Phiri"]),
        ("He met J. P. Lund.", ["J P Lund"]),
        ("He met Jan van der Berg.", ["Jan", "Berg"]),
        ("He met Piet de Vries in Lund.", ["Piet", "Vries", "Lund"]),
        ("Lund. Berg.", ["Lund", "Berg"]),
        ("nobody", []),
    ],
)
def test_names_are_runs_of_capitalised_words(text: str, names: list[str]) -> None:
    assert [written(run) for run in name_runs(read(text))] == names


def test_titles_and_days_do_not_tell_names_apart() -> None:
    (run,) = name_runs(read("on Monday President Mirela Osk"))
    assert written(telling(run)) == "Mirela Osk"


@pytest.mark.parametrize(
    ("text", "somebody"),
    [
        ("Then Osk resigned", True),
        ("then the mayor, Osk, resigned", True),
        ("then Osk's boat sank", False),
        ("they went to Osk", False),
        ("they went to the Osk", False),
        ("an Osk-based firm", False),
        ("the Osk boat", False),
        ("the Osk Line boat", True),
    ],
)
def test_a_name_is_somebody_unless_it_says_where_or_whose(text: str, somebody: bool) -> None:
    reading = read(text)
    assert acts(reading, name_runs(reading)[-1]) is somebody


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ("Lund", "Lund", True),
        ("Sweden", "Swedish", True),
        ("Osk", "Oskar", False),
        ("Ed", "Eds", True),
        ("Al", "Ali", False),
    ],
)
def test_words_of_names_are_alike_in_their_forms(one: str, other: str, same: bool) -> None:
    assert alike(read(one).words[0], read(other).words[0]) is same


@given(text=st.text(max_size=60))
def test_each_capitalised_word_is_of_one_name(text: str) -> None:
    reading = read(text)
    runs = name_runs(reading)
    assert [word for run in runs for word in run] == [word for word in reading.words if word.named]
    assert all(acts(reading, run) in (True, False) for run in runs)
