from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

import numpy as np
import pytest

from bot.answering.asked import read_question
from bot.answering.choice import SIGNS, Chosen
from bot.answering.claims import claims_from
from bot.answering.evidence import gather
from bot.answers import Claim
from index.embedding import Embedder
from tests.bot.made import article, found, read_by


def claims(embedder: Embedder, question: str, *said: tuple[float, str, dict[str, Any]]) -> tuple[Claim, ...]:
    """Return the claims made of the first sentence of articles that scored so much, best first."""
    asked = read_question(question, embedder.encode_in_context([question])[0])
    evidence = [
        gather(asked, [read_by(embedder, found(article(text, id=str(number), **fields)))])[0]
        for number, (_, text, fields) in enumerate(said)
    ]
    scores = tuple(score for score, _, _ in said)
    return claims_from(
        asked, Chosen(tuple(evidence), scores, 0.9, None, np.zeros(len(SIGNS), dtype=np.float32))
    )


def texts(found_claims: tuple[Claim, ...]) -> list[str]:
    return [claim.text for claim in found_claims]


NINETEEN = "Nineteen people were killed on the Halcyon Tern, the ministry said, and 41 were injured."
TOLL = "The toll for a car rose to nine crowns on Monday, according to Ida Holm of Elden."


@pytest.mark.parametrize(
    ("score", "text", "added"),
    [
        pytest.param(
            4.5, "The ferry sank in 1994 after a fire in the engine room.", True, id="nearly as good, and new"
        ),
        pytest.param(2.0, "The ferry sank in 1994 after a fire in the engine room.", False, id="far behind"),
        pytest.param(5.0, "On Monday the toll for a car rose to nine crowns.", False, id="the same again"),
        pytest.param(5.0, TOLL, False, id="word for word"),
    ],
)
def test_a_further_sentence_has_to_add_something(
    embedder: Embedder, score: float, text: str, added: bool
) -> None:
    assert texts(claims(embedder, "What happened?", (5.0, TOLL, {}), (score, text, {}))) == (
        [TOLL, text] if added else [TOLL]
    )


def test_there_are_at_most_three(embedder: Embedder) -> None:
    said: list[tuple[float, str, dict[str, Any]]] = [
        (5.0, f"The {thing} of {place} was {done} by hand.", {})
        for thing, place, done in [
            ("mill", "Arnholt", "sold"),
            ("school", "Bexley", "burned"),
            ("court", "Corvin", "opened"),
            ("brewery", "Dunmere", "closed"),
        ]
    ]
    assert len(claims(embedder, "What happened?", *said)) == 3


def test_different_figures_for_the_same_thing_stand_side_by_side_the_later_first(embedder: Embedder) -> None:
    first = "At least 19 people were killed when the ferry Halcyon Tern capsized off Port Elden."
    later = "The ferry Halcyon Tern capsized off Port Elden and 21 people were killed, the board found."
    said = claims(
        embedder,
        "How many people were killed on the Halcyon Tern?",
        (5.0, first, {"published_at": datetime(2024, 3, 12, tzinfo=UTC)}),
        (3.5, later, {"published_at": datetime(2024, 11, 20, tzinfo=UTC), "publisher": "Coast Review"}),
    )
    assert texts(said) == [later, first]
    assert said[0].notes == ("later: Coast Review, 20 November 2024",)
    assert said[1].notes == ("earlier: Harbour Post, 12 March 2024",)
    assert [claim.citations[0].number for claim in said] == [1, 2]


TOLLS = """Tolls on the ferry

Town | Cars | Lorries 2023 | Lorries 2024
Elden | 9 | 30 | 31
Skarrow | 4 | 12 | 13"""


@pytest.mark.parametrize(
    ("question", "notes"),
    [
        ("How much do cars pay in Skarrow?", ("Cars: 4",)),
        ("How much did lorries pay in Skarrow in 2023?", ("Lorries 2023: 12",)),
        ("How much do lorries pay in Skarrow?", ()),
        ("What of Skarrow?", ()),
    ],
)
def test_of_a_row_the_cell_that_is_asked_for_is_told(
    embedder: Embedder, question: str, notes: tuple[str, ...]
) -> None:
    asked = read_question(question, embedder.encode_in_context([question])[0])
    skarrow = gather(asked, [read_by(embedder, found(article(TOLLS)))])[-1:]
    chosen = Chosen(tuple(skarrow), (5.0,), 0.9, None, np.zeros(len(SIGNS), dtype=np.float32))
    [claim] = claims_from(asked, chosen)
    assert claim.text == "Skarrow | 4 | 12 | 13"
    assert claim.notes == notes
    assert claim.context == "Town | Cars | Lorries 2023 | Lorries 2024 Elden | 9 | 30 | 31"


@pytest.mark.parametrize(
    ("question", "text", "added"),
    [
        pytest.param("Why was the ferry sold?", "She was old.", True, id="the next sentence"),
        pytest.param("When was the ferry sold?", "She was old.", False, id="it is not asked why"),
        pytest.param("Why was the ferry sold?", "Her age", False, id="a heading"),
    ],
)
def test_where_the_best_sentence_does_not_say_why_the_next_one_may(
    embedder: Embedder, question: str, text: str, added: bool
) -> None:
    asked = read_question(question, embedder.encode_in_context([question])[0])
    sold = "The ferry was sold on Monday."
    evidence = gather(asked, [read_by(embedder, found(article(f"{sold}\n\n{text}\n\nIt rained.")))])
    chosen = Chosen(tuple(evidence), (5.0, -2.0, -1.0), 0.9, None, np.zeros(len(SIGNS), dtype=np.float32))
    assert texts(claims_from(asked, chosen)) == [sold, *([text] if added else [])]


def test_where_the_best_sentence_says_why_the_next_one_is_not_added(embedder: Embedder) -> None:
    asked = read_question("Why was it sold?", embedder.encode_in_context(["Why was it sold?"])[0])
    sold = "The ferry was sold because she was old."
    evidence = gather(asked, [read_by(embedder, found(article(f"{sold} Nobody had asked for it.")))])
    chosen = Chosen(tuple(evidence), (5.0, -2.0), 0.9, None, np.zeros(len(SIGNS), dtype=np.float32))
    assert texts(claims_from(asked, chosen)) == [sold]


def test_figures_for_different_things_are_no_versions(embedder: Embedder) -> None:
    said = claims(
        embedder,
        "How many people were killed on the Halcyon Tern?",
        (5.0, NINETEEN, {}),
        (3.0, "The Halcyon Tern is 118 metres long and can carry 320 passengers and 60 cars.", {}),
    )
    assert texts(said) == [NINETEEN]
    assert said[0].notes == ()


def test_a_further_sentence_is_about_the_one_that_was_asked_about(embedder: Embedder) -> None:
    eldin = "At Port Elden boats landed 22,300 tonnes of cod."
    other = "At Port Eldin boats landed 9,800 tonnes of cod in the same year."
    question = "How much cod was landed at Port Elden?"
    assert texts(claims(embedder, question, (5.0, eldin, {}), (4.9, other, {}))) == [eldin]
