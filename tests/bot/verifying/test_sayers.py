from __future__ import annotations

import pytest

from bot.verifying.sayers import quoted_from, sayers
from tests.bot.verifying.telling import clause_of, shown, told


@pytest.mark.parametrize(
    ("sentence", "verb", "who"),
    [
        ("Ida Holm said the mine closed.", "closed", ["Ida Holm"]),
        ("The mine closed, said Ida Holm.", "closed", ["Ida Holm"]),
        ("The mine closed, according to Ida Holm.", "closed", ["Ida Holm"]),
        ("In the view of Ida Holm, the mine closed.", "closed", ["Ida Holm"]),
        ("Ida Holm said the mine closed because it flooded.", "flooded", ["Ida Holm"]),
        ("Ida Holm voiced fears that the mine would close.", "close", ["Ida Holm"]),
        ("Ida Holm blamed the rain.", "blamed", ["Ida Holm"]),
        ("Ida Holm denied that the mine closed.", "closed", []),
        ("Ida Holm said the mine closed.", "said", []),
        ("The mine closed.", "closed", []),
    ],
)
def test_who_says_a_clause_is_the_one_whose_verb_of_saying_it_belongs_to(
    sentence: str, verb: str, who: list[str]
) -> None:
    reading, found, clause = clause_of(sentence, verb)
    assert shown(reading, sayers(reading, found, clause)) == who


@pytest.mark.parametrize(
    ("sentence", "who"),
    [
        ("“It is over,” said Ida Holm.", ["Ida Holm"]),
        ("Olav Ranta said it was done, while Ida Holm said it was “over”.", ["Ida Holm"]),
        ("Ida Holm called it “over”.", ["Ida Holm"]),
    ],
)
def test_whoever_is_quoted_said_it(sentence: str, who: list[str]) -> None:
    reading, found = told(sentence)
    place = next(word.number for word in reading.words if word.plain == "over")
    assert shown(reading, quoted_from(reading, found, place)) == who
