from __future__ import annotations

import pytest

from bot.verifying.name_slots import may_go_on, name_slot_reasons
from bot.verifying.reading import read
from index.embedding import Embedder
from tests.bot.verifying.aligning import aligned

MATCH = (
    "Dario Lenz scored twice in the space of four minutes before half-time. "
    "Rovers had fallen behind early on. Iker Zubia was sent off for a foul near the end."
)


@pytest.mark.parametrize(
    "sentence",
    [
        "Dario Lenz scored twice in four minutes.",
        "Striker Lenz scored twice in four minutes.",
        "Iker Zubia was sent off near the end.",
        "Two goals were scored in four minutes.",
        "Ola Berg scored twice.",
    ],
)
def test_what_is_said_of_somebody_may_be_said_of_them(embedder: Embedder, sentence: str) -> None:
    assert list(name_slot_reasons(aligned(embedder, sentence, MATCH))) == []


@pytest.mark.parametrize(
    ("sentence", "other", "said"),
    [
        ("Iker Zubia scored twice in the space of four minutes.", "Dario Lenz", "Iker Zubia"),
        ("Dario Lenz was sent off for a foul near the end.", "Iker Zubia", "Dario Lenz"),
    ],
)
def test_what_is_said_of_another_may_not(embedder: Embedder, sentence: str, other: str, said: str) -> None:
    reasons = list(name_slot_reasons(aligned(embedder, sentence, MATCH)))
    assert reasons == [f"The passages say this of {other}, not of {said}."]


def test_a_sentence_that_goes_on_may_be_about_the_same_person(embedder: Embedder) -> None:
    passage = "Iker Zubia came on late. The Basque scored twice in four minutes after a pass by Dario Lenz."
    assert (
        list(name_slot_reasons(aligned(embedder, "Iker Zubia scored twice in four minutes.", passage))) == []
    )


@pytest.mark.parametrize(
    ("text", "goes_on"), [("She left.", True), ("“The Basque left.”", True), ("Zubia left.", False)]
)
def test_a_pronoun_or_an_article_goes_on(text: str, goes_on: bool) -> None:
    assert may_go_on(read(text), 0) is goes_on


@pytest.mark.parametrize(
    ("sentence", "reasons"),
    [
        ("The drug was approved in the United States in June.", []),
        ("The drug was approved in the US in June.", []),
        ("The maker withdrew its application in Europe.", []),
        (
            "The drug was approved in Europe in June.",
            ["The passages say this of United States, not of Europe."],
        ),
    ],
)
def test_what_happened_in_one_place_did_not_in_another(
    embedder: Embedder, sentence: str, reasons: list[str]
) -> None:
    passage = (
        "The maker withdrew its application in Europe. The drug was approved in the United States in June."
    )
    assert list(name_slot_reasons(aligned(embedder, sentence, passage))) == reasons
