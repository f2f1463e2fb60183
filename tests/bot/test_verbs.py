from __future__ import annotations

import pytest

from bot.verbs import verbs


@pytest.mark.parametrize(
    ("form", "base"),
    [
        ("fell", "fall"),
        ("closed", "close"),
        ("carried", "carry"),
        ("banned", "ban"),
        ("found", "find"),
        ("cut", "cut"),
    ],
)
def test_the_past_leads_to_the_base_form(form: str, base: str) -> None:
    assert verbs().past[form] == base


@pytest.mark.parametrize(
    ("form", "base"), [("falls", "fall"), ("carries", "carry"), ("reaches", "reach"), ("buys", "buy")]
)
def test_the_third_person_leads_to_the_base_form(form: str, base: str) -> None:
    assert verbs().third[form] == base


def test_participles_and_progressives_are_known() -> None:
    assert {"fallen", "closed", "banned", "built"} <= verbs().participles
    assert {"falling", "closing", "banning", "carrying", "seeing"} <= verbs().progressive
