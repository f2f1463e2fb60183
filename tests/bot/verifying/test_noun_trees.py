from __future__ import annotations

import pytest

from tests.bot.verifying.telling import clause_of, told


@pytest.mark.parametrize(
    ("sentence", "names", "determiner", "plural", "pronoun"),
    [
        ("The Dutch Navy left.", "Navy", "the", False, False),
        ("Lamas's coach left.", "", "lamas", False, False),
        ("His colleagues left.", "", "his", True, False),
        ("Three miners left.", "", "", True, False),
        ("She left.", "", "", False, True),
        ("The Bank of Delft left.", "Bank Delft", "the", False, False),
    ],
)
def test_a_noun_tells_what_stands_with_it(
    sentence: str, names: str, determiner: str, plural: bool, pronoun: bool
) -> None:
    reading, _, clause = clause_of(sentence, "left")
    (noun,) = clause.doers
    assert " ".join(reading.words[word].text for word in noun.names) == names
    assert (noun.determiner, noun.is_plural, noun.is_pronoun) == (determiner, plural, pronoun)


@pytest.mark.parametrize(
    ("text", "one", "other"),
    [
        ("Ida Holm, the head of the port, left.", "Ida", "head"),
        ("The minister, Ida Holm, left.", "minister", "Holm"),
        ("Ida Holm is the mayor of Torsk.", "Holm", "mayor"),
        ("A group calling itself Grey Heron left.", "group", "Heron"),
    ],
)
def test_what_somebody_is_also_called_describes_them(text: str, one: str, other: str) -> None:
    reading, found = told(text)
    described = [{reading.words[word].text for word in words} for words in found.descriptions]
    assert any({one, other} <= words for words in described)


def test_what_two_are_called_describes_neither_by_the_other() -> None:
    reading, found = told("Ida Holm, the mayor, met the driver, Olav Ranta.")
    described = [{reading.words[word].text for word in words} for words in found.descriptions]
    assert not any({"Holm", "driver"} <= words or {"Ranta", "mayor"} <= words for words in described)
