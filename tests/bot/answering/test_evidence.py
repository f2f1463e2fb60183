from __future__ import annotations

import math

import pytest

from bot.answering.asked import read_question
from bot.answering.evidence import FEATURES, Evidence, gather
from index.embedding import Embedder
from index.retrieval import RetrievedPassage
from tests.bot.made import article, found, passage, read_by

FERRY = article(
    "The ferry between Elden and Skarrow began its work in 1961. The toll for a car rose to nine crowns on Monday. "
    "The captain, Ida Holm, said that the boats were full."
)


def evidence(embedder: Embedder, question: str, *sources: RetrievedPassage) -> list[Evidence]:
    asked = read_question(question, embedder.encode_in_context([question])[0])
    return gather(asked, [read_by(embedder, source) for source in sources])


def test_each_sentence_has_all_features_and_they_are_numbers(embedder: Embedder) -> None:
    gathered = evidence(embedder, "What is the toll?", found(FERRY))
    assert [each.sentence.text for each in gathered] == [
        FERRY.text[start:end] for start, end in found(FERRY).sentences
    ]
    assert all(len(each.features) == len(FEATURES) for each in gathered)
    assert all(math.isfinite(value) for each in gathered for value in each.features.tolist())


@pytest.mark.parametrize(
    ("question", "feature", "best"),
    [
        ("What is the toll for a car?", "match", 1),
        ("What is the toll for a car?", "shared", 1),
        ("When did the ferry begin its work?", "time", 0),
        ("How many crowns is it?", "figure", 1),
        ("Who was the captain, Ida Holm?", "names shared", 2),
    ],
)
def test_the_sentence_that_has_most_of_it(embedder: Embedder, question: str, feature: str, best: int) -> None:
    values = [each[feature] for each in evidence(embedder, question, found(FERRY))]
    assert values.index(max(values)) == best


@pytest.mark.parametrize(
    ("question", "unborne"),
    [
        ("What did Ida Holm say?", 0),
        ("What did Petra Aldwyn say?", 1),
        ("What did the Harbour Post report?", 0),
        ("What did Ida Holm say in 1987?", 1),
        ("What did the captain say?", 0),
    ],
)
def test_a_name_that_is_not_there_is_unborne(embedder: Embedder, question: str, unborne: int) -> None:
    said = evidence(embedder, question, found(FERRY))[2]
    assert said["unborne"] == said["unborne in passage"] == unborne


def test_another_year_than_the_one_asked_for_is_told(embedder: Embedder) -> None:
    for question, told in [
        ("Did the ferry begin in 1961?", 0),
        ("Did the ferry begin in 1987?", 1),
        ("When?", 0),
    ]:
        assert evidence(embedder, question, found(FERRY))[0]["another year"] == told


def test_a_year_in_a_sentence_beside_it_is_another(embedder: Embedder) -> None:
    toll = article(
        "The ferry began in 1961. In 1987 the toll rose. Now it is nine crowns. It will rise in 2025."
    )
    years = {
        question: [each["another year"] for each in evidence(embedder, question, found(toll))]
        for question in (
            "Did the toll rise in 1961?",
            "Did the toll rise in 1987?",
            "Did the toll rise in 2024?",
        )
    }
    assert years == {
        "Did the toll rise in 1961?": [0, 1, 0, 1],
        "Did the toll rise in 1987?": [1, 0, 0, 1],
        # The article was published then: what it says of a later year is about another.
        "Did the toll rise in 2024?": [0, 0, 0, 1],
    }


@pytest.mark.parametrize(
    ("question", "asked_for"),
    [
        ("What is the toll for a car?", [-1, 1, -1]),
        ("Which ship was full?", [0.5, -1, 0.5]),
        ("Who is the captain?", [0, 0, 0]),
        ("What happened?", [0, 0, 0]),
    ],
)
def test_the_noun_asked_for_is_said_or_something_like_it(
    embedder: Embedder, question: str, asked_for: list[float]
) -> None:
    assert [each["asked for"] for each in evidence(embedder, question, found(FERRY))] == asked_for


def test_what_is_part_of_a_name_is_not_spoken_of(embedder: Embedder) -> None:
    quay = article("At Corn Quay 12 tonnes of wheat came ashore.", title="News")
    contrasted = {
        question: evidence(embedder, question, found(quay))[0]["contrasted"]
        for question in ("How much came ashore at Corn Quay?", "How much corn came ashore at Corn Quay?")
    }
    assert contrasted == {
        "How much came ashore at Corn Quay?": 0,
        "How much corn came ashore at Corn Quay?": 1,
    }


HARBOURS = article(
    """Calls at the harbours of the coast

Harbour | Ships 2025 | Dock workers 2024
Port Elden | 1,460 | 2,350
Skarrow | 310 | 420

Ida Holm counted them.""",
    title="News",
    published_at=None,
)


def test_rows_are_evidence_and_the_head_of_their_table_is_none(embedder: Embedder) -> None:
    assert [each.sentence.text for each in evidence(embedder, "How many ships?", found(HARBOURS))] == [
        "Calls at the harbours of the coast",
        "Port Elden | 1,460 | 2,350",
        "Skarrow | 310 | 420",
        "Ida Holm counted them.",
    ]


@pytest.mark.parametrize(
    ("question", "feature", "values"),
    [
        ("How many ships has Skarrow?", "counted", [-1, 1, 1, -1]),
        ("How many buses has Skarrow?", "counted", [-1, -1, -1, -1]),
        ("Who has Skarrow?", "counted", [0, 0, 0, 0]),
        ("How many ships were there in 2025?", "another year", [0, 0, 0, 0]),
        ("How many dock workers were there in 2024?", "another year", [0, 0, 0, 0]),
        ("How many dock workers were there in 2025?", "another year", [0, 1, 1, 0]),
        ("How many dock workers were there in 2023?", "another year", [0, 1, 1, 0]),
        ("Which harbour has Skarrow?", "asked for", [1, 1, 1, -1]),
    ],
)
def test_a_row_says_what_its_head_says(
    embedder: Embedder, question: str, feature: str, values: list[float]
) -> None:
    assert [each[feature] for each in evidence(embedder, question, found(HARBOURS))] == values


def test_of_two_rows_the_one_that_is_asked_about_matches_best(embedder: Embedder) -> None:
    for place, name in ((1, "Port Elden"), (2, "Skarrow")):
        matches = [
            each["match"] for each in evidence(embedder, f"How many ships has {name}?", found(HARBOURS))
        ]
        assert matches.index(max(matches)) == place


def test_the_rows_of_a_passage_without_the_head_are_read_as_they_stand(embedder: Embedder) -> None:
    later = passage(HARBOURS, HARBOURS.text.index("Port Elden"), ordinal=1)
    gathered = evidence(embedder, "How many ships has Skarrow?", found(later, HARBOURS))
    assert [each["counted"] for each in gathered] == [-1, -1, -1]


def test_nothing_comes_of_nothing(embedder: Embedder) -> None:
    assert evidence(embedder, "What is the toll?") == []
    assert evidence(embedder, "🚢", found(FERRY)) == []
