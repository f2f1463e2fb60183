from __future__ import annotations

import math

import pytest

from bot.answering.asked import read_question
from bot.answering.evidence import FEATURES, Evidence, gather
from index.embedding import Embedder
from index.retrieval import RetrievedPassage
from tests.bot.made import article, found, read_by

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


def test_nothing_comes_of_nothing(embedder: Embedder) -> None:
    assert evidence(embedder, "What is the toll?") == []
    assert evidence(embedder, "🚢", found(FERRY)) == []
