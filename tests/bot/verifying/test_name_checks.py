from __future__ import annotations

import pytest

from bot.verifying.name_checks import name_reasons
from bot.verifying.sources import source_from_text
from index.embedding import Embedder
from tests.bot.verifying.aligning import aligned

ISLES = (
    "The Swedish minister Marisela Ocón met Mariana Keller of the World Fishery Forum in Oskerra on Monday, "
    "at 20 °C. The Collective Security Pact of the isles was signed by Ola Berg, Norway's envoy."
)


@pytest.mark.parametrize(
    "sentence",
    [
        "Marisela Ocón met Keller.",
        "Ocon met Keller.",
        "Minister Ocón of Sweden met Mariana Keller on a Monday.",
        "The WFF sat with the Oskerrans.",
        "The CSP was signed.",
        "Norwegian Ola Berg signed the pact.",
        "Boats sank at 68 °F.",
        "Envoys met.",
    ],
)
def test_a_name_is_borne_out_in_its_forms(embedder: Embedder, sentence: str) -> None:
    assert list(name_reasons(aligned(embedder, sentence, ISLES))) == []


@pytest.mark.parametrize(
    ("sentence", "reason"),
    [
        ("In Torvik, Keller met Ocón.", "No cited passage names Torvik."),
        ("The minister met Rosamund Pym.", "No cited passage names Rosamund Pym."),
        ("The XFF sat with Keller.", "No cited passage names XFF."),
        (
            "Yesterday Mariana Ocón met others.",
            "The passages name Marisela Ocón, not Yesterday Mariana Ocón.",
        ),
        ("They say Ola Keller signed it.", "The passages name Mariana Keller, not Ola Keller."),
    ],
)
def test_other_names_are_not(embedder: Embedder, sentence: str, reason: str) -> None:
    assert list(name_reasons(aligned(embedder, sentence, ISLES))) == [reason]


def test_a_name_may_stand_over_the_passage(embedder: Embedder) -> None:
    source = source_from_text(
        "The bridge opened.", embedder, title="Torvik celebrates", publisher="Harbour Post"
    )
    sentence = "The bridge in Torvik opened, the Harbour Post writes."
    assert list(name_reasons(aligned(embedder, sentence, source))) == []
