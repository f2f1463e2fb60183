from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.evaluation.metrics.texts import exact_match, token_f1

TEXT = st.text(alphabet="ab the.,É\n", max_size=12)


@pytest.mark.parametrize(
    ("text", "answers", "expected"),
    [
        ("Rollo", ["Rollo"], 1),
        ("the  Duke,\nRollo!", ["duke Rollo"], 1),
        ("An 'apple' a day", ["apple day"], 1),
        ("6,500", ["6500"], 1),
        ("theatre", ["atre"], 0),
        ("Rollo led", ["Rollo"], 0),
        ("Rollo", ["Otto", "rollo."], 1),
        ("", ["Rollo"], 0),
        ("the", ["..."], 1),
        ("Rollo", [], None),
        ("", [], None),
    ],
)
def test_an_exact_match_looks_past_case_punctuation_articles_and_white_space(
    text: str, answers: list[str], expected: float | None
) -> None:
    assert exact_match(text, answers) == expected


@pytest.mark.parametrize(
    ("text", "answers", "expected"),
    [
        pytest.param("Rollo", ["Rollo"], 1, id="the same"),
        pytest.param("Duke Rollo led", ["Rollo"], 2 * 1 / (3 + 1), id="more"),
        pytest.param("Rollo", ["Duke Rollo"], 2 * 1 / (1 + 2), id="less"),
        pytest.param("the Duke led", ["a Duke lied"], 2 * 1 / (2 + 2), id="articles do not count"),
        pytest.param("ha ha ha", ["ha ha"], 2 * 2 / (3 + 2), id="words count as often as they stand"),
        pytest.param("led Rollo", ["Rollo led"], 1, id="in any order"),
        pytest.param("snow", ["Rollo"], 0, id="nothing"),
        pytest.param("Duke Rollo", ["snow", "Rollo"], 2 / 3, id="the likest answer"),
        pytest.param("", ["Rollo"], 0, id="no text"),
        pytest.param("the", ["Rollo"], 0, id="only articles"),
        pytest.param("Rollo", ["the"], 0, id="an answer of articles"),
        pytest.param("a", ["..."], 1, id="neither has words"),
        pytest.param("Rollo", [], None, id="no answers"),
    ],
)
def test_f1_weighs_the_words_in_common(text: str, answers: list[str], expected: float | None) -> None:
    assert token_f1(text, answers) == (None if expected is None else pytest.approx(expected))


@given(TEXT, st.lists(TEXT, min_size=1, max_size=3))
def test_f1_is_a_share_and_whole_where_the_match_is_exact(text: str, answers: list[str]) -> None:
    f1, exact = token_f1(text, answers), exact_match(text, answers)
    assert f1 is not None
    assert exact is not None
    assert 0 <= exact <= f1 <= 1


@given(TEXT, TEXT)
def test_f1_is_the_same_both_ways(one: str, other: str) -> None:
    assert token_f1(one, [other]) == token_f1(other, [one])
