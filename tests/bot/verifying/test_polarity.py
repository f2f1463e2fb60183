from __future__ import annotations

import pytest

from bot.verifying.negation import negated
from bot.verifying.polarity import polarity_reasons
from bot.verifying.reading import read
from index.embedding import Embedder
from tests.bot.verifying.aligning import aligned


@pytest.mark.parametrize(
    ("text", "denied"),
    [
        ("The port did not open.", ["open"]),
        ("The port didn't open.", ["open"]),
        ("The port never really opened.", ["opened"]),
        ("The port refused to sign it.", ["sign"]),
        ("The port denied having signed it.", ["signed"]),
        ("The port has yet to open.", ["open"]),
        ("The port no longer opens.", ["opens"]),
        ("There were no serious injuries.", ["serious", "injuries"]),
        ("None of the wagons leaked.", ["leaked"]),
        ("The port did not refuse to sign.", ["refuse", "sign"]),
        ("The port opened without delay.", ["delay"]),
        ("There were no signs of sabotage.", ["signs", "sabotage"]),
        ("There were no boats of their own.", ["boats"]),
        ("The port declined to sign.", ["sign"]),
        ("It is too early to sign.", ["sign"]),
        ("It would be premature to sign.", ["sign"]),
        ("It was a no-confidence vote.", []),
        ("Traffic declined to 40 boats.", []),
        ("The port stopped short of raising it.", ["raising"]),
        ("No fewer than 40 boats came.", []),
        ("Not only boats came.", []),
        ("The port opened.", []),
    ],
)
def test_what_a_text_denies_is_found(text: str, denied: list[str]) -> None:
    reading = read(text)
    found = [word.text for word, is_denied in zip(reading.words, negated(reading), strict=True) if is_denied]
    assert found == denied


@pytest.mark.parametrize(
    ("sentence", "passage"),
    [
        ("The suspect has not been charged.", "The suspect has not yet been charged, police said."),
        ("The suspect was not charged.", "Police refused to charge the suspect."),
        ("No one was injured.", "All passengers escaped unharmed, and nobody was injured."),
        ("They did not agree on a quota.", "Negotiators failed to agree on a quota."),
        ("The port will not open before May.", "The port will open in May at the earliest."),
        ("No other port is so old.", "It is the oldest port."),
        ("Hackers took data.", "Hackers took names, but no payment data."),
        ("The trial lasted five weeks.", "The visits that he billed never took place."),
    ],
)
def test_what_is_denied_may_be_denied_in_other_words(embedder: Embedder, sentence: str, passage: str) -> None:
    assert not list(polarity_reasons(aligned(embedder, sentence, passage)))


@pytest.mark.parametrize(
    ("sentence", "passage", "reason"),
    [
        (
            "The suspect was charged.",
            "The suspect has not been charged.",
            "The passages deny “charged”, which the sentence does not: “The suspect has not been charged.”.",
        ),
        (
            "The residents were not consulted.",
            "The residents were consulted in May.",
            "The sentence denies “consulted”, which the passages do not: “The residents were consulted in May.”.",
        ),
        (
            "Negotiators agreed on a quota.",
            "Negotiators failed to agree on a quota.",
            "The passages deny “agreed”, which the sentence does not: “Negotiators failed to agree on a quota.”.",
        ),
        (
            "Passwords were stolen.",
            "No passwords were stolen.",
            "The passages deny “Passwords”, which the sentence does not: “No passwords were stolen.”.",
        ),
        (
            "The mayor did not deny the report.",
            "The mayor denied the report.",
            "The sentence denies “deny”, which the passages do not: “The mayor denied the report.”.",
        ),
        (
            "The mayor no longer favours a toll.",
            "The mayor still favours a toll.",
            "The sentence denies “favours”, which the passages do not: “The mayor still favours a toll.”.",
        ),
        (
            "The mayor left without a word of thanks.",
            "The mayor spoke in the town hall and left at noon.",
            "The sentence says “without a word”, but the passages deny nothing.",
        ),
    ],
)
def test_what_only_one_side_denies_is_a_contradiction(
    embedder: Embedder, sentence: str, passage: str, reason: str
) -> None:
    assert list(polarity_reasons(aligned(embedder, sentence, passage))) == [reason]
