from __future__ import annotations

import pytest

from bot.answering.asked import read_question
from bot.answering.doubts import doubt_about
from bot.answering.evidence import gather
from index.embedding import Embedder
from tests.bot.made import article, found, read_by

DAM = article(
    "The Ambrell dam, completed in 1971, is 58 metres tall. Signe Vanter runs the harbour of Elden Bay. "
    "Six soldiers were killed at the checkpoint. The budget for 2025 was 61 billion crowns."
)


def doubt(embedder: Embedder, question: str, sentence: int) -> str | None:
    read = read_by(embedder, found(DAM))
    asked = read_question(question, embedder.encode_in_context([question])[0])
    return doubt_about(asked, gather(asked, [read])[sentence], [read])


@pytest.mark.parametrize(
    ("question", "sentence", "reason"),
    [
        ("When was the Ambrell dam completed?", 0, None),
        ("When was the Ambrey dam completed?", 0, "What comes nearest speaks of Ambrell, not of Ambrey."),
        ("How deep is the Ambrell dam?", 0, "What comes nearest speaks of tall, not of deep."),
        ("Who runs the harbour of Elden Bay?", 1, None),
        (
            "Who runs the harbour of Elder Bay?",
            1,
            "What comes nearest speaks of Elden Bay, not of Elder Bay.",
        ),
        ("Who runs the airport of Elden Bay?", 1, "What comes nearest speaks of harbour, not of airport."),
        ("How many soldiers were killed?", 2, None),
        ("How many soldiers died?", 2, None),
        ("How many soldiers were wounded?", 2, "What comes nearest speaks of killed, not of wounded."),
        ("How high was the budget for 2025?", 3, None),
        ("How high was the budget for 2024?", 3, "No passage found speaks of 2024."),
        ("How much harbour does Signe Vanter run?", 1, "What comes nearest does not say how much."),
        ("How thick is the Ambrell dam?", 0, "What comes nearest speaks of tall, not of thick."),
        ("How fast is the Ambrell dam?", 0, "What comes nearest does not say how fast."),
        ("Which bishop runs the harbour of Elden Bay?", 1, "No passage found speaks of bishop."),
        ("What did Oskar Brandt say?", 1, "No passage found speaks of Oskar Brandt."),
    ],
)
def test_a_swapped_word_is_the_reason_to_decline(
    embedder: Embedder, question: str, sentence: int, reason: str | None
) -> None:
    assert doubt(embedder, question, sentence) == reason


def test_a_name_in_the_sentence_that_is_leant_on_is_there(embedder: Embedder) -> None:
    ships = article(
        "The Halcyon Teal sails in May. She may carry 34 lorries, four fewer than the Halcyon Tern was."
    )
    read = read_by(embedder, found(ships))
    reasons = {}
    for name in ("Teal", "Toll"):
        question = f"How many lorries may the Halcyon {name} carry?"
        asked = read_question(question, embedder.encode_in_context([question])[0])
        reasons[name] = doubt_about(asked, gather(asked, [read])[1], [read])
    assert reasons == {
        "Teal": None,
        "Toll": "What comes nearest speaks of Halcyon Tern, not of Halcyon Toll.",
    }
