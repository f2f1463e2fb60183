from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

import pytest

from bot.answering.asked import read_question
from bot.answering.doubts import doubt_about
from bot.answering.evidence import gather
from index.articles import Article
from index.embedding import Embedder
from tests.bot.made import article, found, passage, read_by

DAM = article(
    "The Ambrell dam, completed in 1971, is 58 metres tall. Signe Vanter runs the harbour of Elden Bay. "
    "Six soldiers were killed at the checkpoint. The budget for 2025 was 61 billion crowns.",
    published_at=datetime(2025, 5, 13, tzinfo=UTC),
)


def doubt(
    embedder: Embedder, question: str, of: Article, sentence: int = 0, *, share: float = 0.0, start: int = 0
) -> str | None:
    """Return the doubt about a sentence of an article, or of its passage that begins at `start`."""
    read = read_by(embedder, found(passage(of, start), of))
    asked = read_question(question, embedder.encode_in_context([question])[0])
    return doubt_about(asked, gather(asked, [read])[sentence], [read], lambda _beginning: share)


def news(text: str, **fields: Any) -> Article:
    """Return an article under a headline that says nothing."""
    return article(text, title="News", **fields)


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
    assert doubt(embedder, question, DAM, sentence) == reason


REPORT = "That asks for an opinion or for advice; the articles only report."


@pytest.mark.parametrize(
    ("question", "reason"),
    [
        ("Do you like the Ambrell dam?", REPORT),
        ("Do you really think the Ambrell dam is tall?", REPORT),
        ("Should I see the Ambrell dam?", REPORT),
        ("What is your favourite dam, the Ambrell dam?", REPORT),
        ("Which dam would you recommend, the Ambrell dam?", REPORT),
        ("Who is the best dam builder of the Ambrell dam?", REPORT),
        ("Where would you find the Ambrell dam?", None),
        ("Should the Ambrell dam be 58 metres tall?", None),
        ("Do they like the Ambrell dam?", None),
    ],
)
def test_an_opinion_is_not_given(embedder: Embedder, question: str, reason: str | None) -> None:
    assert doubt(embedder, question, DAM) == reason


@pytest.mark.parametrize(
    ("question", "text", "reason"),
    [
        (
            "How many people fled from Oskerra into Vestrany?",
            "Some 900 people fled from Vestrany into Oskerra.",
            "What comes nearest is the other way round, to Oskerra.",
        ),
        (
            "How many people fled from Oskerra into Vestrany?",
            "Some 900 people fled from Oskerra into Vestrany.",
            None,
        ),
        (
            "How high is Oskerra's deficit?",
            "Oskerra votes. Vestrany's deficit rose to 4 percent.",
            "What comes nearest speaks of Vestrany, not of Oskerra.",
        ),
        # Both are asked about.
        ("Is Port Elden further than Port Eldin?", "Port Elden is. Port Eldin is the nearest.", None),
        (
            "Is Port Elden further than Port Hallin?",
            "Port Elden is. Port Eldin is the nearest.",
            "What comes nearest speaks of Port Eldin, not of Port Elden.",
        ),
        # What is part of a name is not spoken of.
        ("How many crews were at Corn Quay?", "At Corn Quay 12 crews with wheat were seen.", None),
        (
            "How much corn came to Corn Quay?",
            "At Corn Quay 12 tonnes of wheat came ashore.",
            "What comes nearest speaks of wheat, not of corn.",
        ),
        (
            "What did North Korea say?",
            "South Korea said no.",
            "What comes nearest speaks of South Korea, not of North Korea.",
        ),
        (
            "How many live in the north of Elden?",
            "In the south of Elden live 900.",
            "What comes nearest speaks of south, not of north.",
        ),
        (
            "What did the Health Ministry say?",
            "The Education Ministry said no.",
            "What comes nearest speaks of Education Ministry, not of Health Ministry.",
        ),
        ("What did Prot Elden say?", "Port Elden said no.", None),
        (
            "How much barley was sold?",
            "Wheat was dear. In all 3 tonnes were sold.",
            "What comes nearest speaks of Wheat, not of barley.",
        ),
        ("How much wheat was sold?", "Wheat was dear. In all 3 tonnes were sold.", None),
        (
            "Which wizard conjured goblins with potions?",
            "In all 3 tonnes were sold.",
            "No passage found speaks of wizard or conjured or goblins or potions.",
        ),
        (
            "At what time does the council meet?",
            "The council meets on 7 May 2024.",
            "What comes nearest does not say at what time.",
        ),
        ("At what time does the council meet?", "The council meets at 7.30 p.m.", None),
        ("How much did the town hall cost?", "The town hall cost 86,000 dracs.", None),
        ("How much did the town hall cost?", "The town hall cost 86 million.", None),
        (
            "How much did the town hall cost?",
            "The town hall was not cheap.",
            "What comes nearest does not say how much.",
        ),
        (
            "How many of them were children?",
            "In all 22 people were hurt. Nine of the hurt were children.",
            None,
        ),
        ("How many of those has he sold?", "He sold three.", None),
        # The article was published in 2024.
        ("How high is the budget for 2024?", "The budget is 61 billion crowns.", None),
        (
            "How high is the budget for 2024?",
            "The budget for 2025 is 61 billion crowns.",
            "What comes nearest speaks of 2025, not of 2024.",
        ),
    ],
)
def test_what_the_last_sentence_speaks_of_instead_is_the_reason(
    embedder: Embedder, question: str, text: str, reason: str | None
) -> None:
    assert doubt(embedder, question, news(text), -1) == reason


@pytest.mark.parametrize(
    ("question", "reason"),
    [
        ("How many sailors were saved when the town was evacuated?", None),
        ("How many sailors were saved after the town was evacuated?", None),
        ("How many sailors were evacuated?", "No passage found speaks of evacuated."),
        ("How many of the 41 injured were sailors?", None),
        ("How many of the 41 evacuated were sailors?", None),
        ("How many of the 43 injured were sailors?", "No passage found speaks of 43."),
        ("How many were injured?", "No passage found speaks of injured."),
        (
            "How many sailors were saved because the hospital burned?",
            "No passage found speaks of hospital or burned.",
        ),
    ],
)
def test_when_and_why_may_be_said_elsewhere_in_the_article(
    embedder: Embedder, question: str, reason: str | None
) -> None:
    town = news(
        "The town was evacuated, and 41 were injured. It was cold. In all 12 of the 41 were sailors saved by the crew."
    )
    assert doubt(embedder, question, town, start=town.text.index("In all")) == reason


@pytest.mark.parametrize(
    ("share", "reason"),
    [
        (0.9, None),
        (0.3, "No passage found speaks of Oskerran."),
        (0.0, "No passage found speaks of Oskerran."),
    ],
)
def test_a_name_that_most_articles_have_goes_without_saying(
    embedder: Embedder, share: float, reason: str | None
) -> None:
    parliament = news("The parliament has 120 members.")
    question = "How many members has the Oskerran parliament?"
    assert doubt(embedder, question, parliament, share=share) == reason


CROSSINGS = """Crossings by ferry

Town | Cars 2025 | Lorries 2024
Port Elden | 960 | 310
Skarrow | 420 | 120"""


@pytest.mark.parametrize(
    ("question", "reason"),
    [
        ("How many cars went to Skarrow in 2025?", None),
        ("How many lorries went to Skarrow in 2024?", None),
        ("How many buses went to Skarrow?", "What comes nearest speaks of Cars, not of buses."),
        ("How many cars went to Skarrow in 2023?", "No passage found speaks of 2023."),
        ("How many passengers went to Skarrow?", "What comes nearest gives no number of passengers."),
        ("How many cars went to Brannholt in 2025?", "No passage found speaks of Brannholt."),
    ],
)
def test_a_row_says_what_its_head_says(embedder: Embedder, question: str, reason: str | None) -> None:
    crossings = news(CROSSINGS, published_at=None)
    assert doubt(embedder, question, crossings, -1) == reason


def test_a_row_with_another_year_at_the_column_asked_for_is_doubted(embedder: Embedder) -> None:
    crossings = news(CROSSINGS, published_at=None)
    assert doubt(embedder, "How many lorries went to Skarrow in 2025?", crossings, -1)


def test_a_name_in_the_sentence_that_is_leant_on_is_there(embedder: Embedder) -> None:
    ships = article(
        "The Halcyon Teal sails in May. She may carry 34 lorries, four fewer than the Halcyon Tern was."
    )
    reasons = {
        name: doubt(embedder, f"How many lorries may the Halcyon {name} carry?", ships, 1)
        for name in ("Teal", "Toll")
    }
    assert reasons == {
        "Teal": None,
        "Toll": "What comes nearest speaks of Halcyon Tern, not of Halcyon Toll.",
    }
