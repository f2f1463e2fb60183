from __future__ import annotations

import re

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from bot.verifying.reading import read
from bot.verifying.syntax import SpacyParser
from bot.verifying.verifier import Verifier
from index.embedding import Embedder
from tests.bot.verifying.aligning import source

PASSAGES = (
    "Colonel Pavel Ostrin, head of the border service, said on 4 May 2024 that 6,500 people had crossed "
    "the Torsk bridge. The mayor, Ada Berg, denied that the bridge was unsafe. "
    "“We checked each of its 212 cables,” she told the Harbour Post.",
    "Rovik Steel sold its mill in Bergstad to Lantern Works for $17.5m in March. Its shares fell by 3.4 percent. "
    "None of the 1,250 jobs will be lost, the firm said, and 40 more are to follow by 2026.",
)
SENTENCES = [
    (number, passage[start:end])
    for number, passage in enumerate(PASSAGES)
    for start, end in read(passage).sentences
]
DIGITS = [
    (number, sentence, match.start())
    for number, sentence in SENTENCES
    for match in re.finditer(r"\d", sentence)
]
SHARED = settings(deadline=None, max_examples=40, suppress_health_check=[HealthCheck.function_scoped_fixture])


@pytest.fixture(scope="module")
def verifier(embedder: Embedder) -> Verifier:
    return Verifier(embedder, SpacyParser())


@pytest.mark.parametrize(("number", "sentence"), SENTENCES)
def test_a_verbatim_sentence_is_supported(
    verifier: Verifier, embedder: Embedder, number: int, sentence: str
) -> None:
    sources = [source(embedder, text) for text in PASSAGES]
    verdict = verifier.verify(sentence, sources, before="Viktor Lanz said so.")
    assert verdict.supported
    assert not verdict.reasons
    assert verdict.support[number] is not None


@SHARED
@given(place=st.sampled_from(DIGITS), digit=st.sampled_from("123456789"))
def test_another_digit_is_never_supported(
    verifier: Verifier, embedder: Embedder, place: tuple[int, str, int], digit: str
) -> None:
    number, sentence, at = place
    if sentence[at] == digit:
        return
    changed = sentence[:at] + digit + sentence[at + 1 :]
    assert not verifier.verify(changed, [source(embedder, PASSAGES[number])]).supported


@SHARED
@given(sentence=st.text(max_size=60), passage=st.text(max_size=120), before=st.text(max_size=40))
def test_any_text_can_be_verified(
    verifier: Verifier, embedder: Embedder, sentence: str, passage: str, before: str
) -> None:
    verdict = verifier.verify(sentence, [source(embedder, passage)], before)
    assert len(verdict.support) == 1
    assert verdict.supported == (not verdict.reasons)


@pytest.mark.parametrize(
    ("sentence", "supported"),
    [
        ("Ada Berg denied that the bridge was unsafe.", True),
        ("Pavel Ostrin denied that the bridge was unsafe.", False),
        ("The mayor said that each of the 212 cables had been checked.", True),
        ("Only 65 people had crossed the bridge.", False),
        ("Pavel Ostrin said 6,500 people had crossed the bridge.", True),
    ],
)
def test_a_sentence_is_supported_if_all_it_claims_is(
    verifier: Verifier, embedder: Embedder, sentence: str, supported: bool
) -> None:
    assert verifier.verify(sentence, [source(embedder, PASSAGES[0])]).supported == supported


@pytest.mark.parametrize(
    ("before", "supported"),
    [
        ("", True),
        ("The mayor, Ada Berg, told the Harbour Post of the cables.", True),
        ("Pavel Ostrin said 6,500 people had crossed the bridge.", False),
    ],
)
def test_a_pronoun_carries_no_statement_over_to_somebody_else(
    verifier: Verifier, embedder: Embedder, before: str, supported: bool
) -> None:
    sentence = "She told the Harbour Post that each of the 212 cables was checked."
    assert verifier.verify(sentence, [source(embedder, PASSAGES[0])], before).supported == supported


@pytest.mark.parametrize("sentence", ["", "  "])
def test_nothing_is_not_supported(verifier: Verifier, embedder: Embedder, sentence: str) -> None:
    assert not verifier.verify(sentence, [source(embedder, PASSAGES[0])]).supported
    assert not verifier.verify("The bridge was shut.", []).supported
