from __future__ import annotations

import pytest

from bot.answering.claims import figures_in
from bot.generating.same_thing import is_of_same_thing, opens_with_pronoun


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ("The ministry counted 310 wolves in Kestrin.", "There are 420 wolves in the Kestrin Hills.", True),
        ("The toll in Elden is 9 crowns.", "The toll in Elden rose to 12.", True),
        ("The Halcyon Tern killed 19 passengers.", "On the Halcyon Tern 24 people died.", True),
        ("The number of dead on the Halcyon Tern rose to 19.", "24 of the 214 people aboard died.", True),
        ("The Front has 3,500 fighters.", "The Front has 4,200 armed fighters.", True),
        ("The tunnel costs 9.2 billion crowns.", "The tunnel will cost 13.7 billion crowns.", True),
        ("Farmers brought in 20 tonnes.", "The harvest of Vestrany came to 30 tonnes.", True),
        ("Vestrany counted 20 tonnes.", "Oskerra counted 30 tonnes.", False),
        ("The Halcyon Tern had 46 lorries.", "The Halcyon Teal had 34 lorries.", False),
        ("Boats landed 22 tonnes at Port Elden.", "Boats landed 9 tonnes at Port Eldin.", False),
        ("The Halcyon Tern had 46 lorries on board.", "The Halcyon Tern had 160 tonnes of cargo.", False),
        ("Wolves in Kestrin: 310 were counted.", "In Oskerra 420 wolves were counted.", False),
    ],
)
def test_figures_are_of_the_same_thing_where_names_and_units_are(one: str, other: str, *, same: bool) -> None:
    assert is_of_same_thing(one, other, figures_in(one), figures_in(other)) is same
    assert is_of_same_thing(other, one, figures_in(other), figures_in(one)) is same


@pytest.mark.parametrize(
    ("sentence", "does"),
    [
        ("She may carry 34 lorries.", True),
        ("“It is full.”", True),
        ("Items rose.", False),
        ("The 34.", False),
    ],
)
def test_a_pronoun_does_not_say_of_whom_a_sentence_speaks(sentence: str, *, does: bool) -> None:
    assert opens_with_pronoun(sentence) is does
