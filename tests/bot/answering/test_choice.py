from __future__ import annotations

import math

import numpy as np
import pytest

from bot.answering.choice import SIGNS, Chosen, choose
from bot.answering.evidence import FEATURES, Evidence
from bot.answering.model import Fitted, Linear, load_fitted
from bot.quoting import sentences_of
from tests.bot.made import article, found

SENTENCES = sentences_of(found(article("The toll rose to nine crowns. It rained in the harbour.")))
MATCH = FEATURES.index("match")


def chosen_of(matches: list[float], doubt: str | None = None) -> tuple[Chosen, list[Evidence]]:
    """Return what is chosen of sentences that match so well, and which sentences were doubted."""
    fitted = load_fitted(FEATURES, SIGNS)
    evidence = []
    for sentence, match in zip(SENTENCES, matches, strict=True):
        features = fitted.choice.mean.copy()
        features[MATCH] = match
        evidence.append(Evidence(sentence, features))
    asked_about: list[Evidence] = []

    def doubt_about(best: Evidence) -> str | None:
        asked_about.append(best)
        return doubt

    chosen = choose(evidence, fitted, doubt_about)
    assert chosen is not None
    return chosen, asked_about


def test_the_sentence_that_scores_best_comes_first_and_is_the_one_doubted() -> None:
    chosen, asked_about = chosen_of([0.2, 0.9])
    assert chosen.evidence[0].sentence == SENTENCES[1]
    assert chosen.scores[0] > chosen.scores[1]
    assert [each.sentence for each in asked_about] == [SENTENCES[1]]


def test_sentences_alike_keep_their_order() -> None:
    assert chosen_of([0.5, 0.5])[0].evidence[0].sentence == SENTENCES[0]


def test_a_doubt_is_kept_and_lowers_the_confidence() -> None:
    sure, doubted = chosen_of([0.2, 0.9])[0], chosen_of([0.2, 0.9], "It rained.")[0]
    assert (sure.doubt, doubted.doubt) == (None, "It rained.")
    assert doubted.confidence < sure.confidence
    assert np.flatnonzero(sure.signs != doubted.signs).tolist() == [SIGNS.index("doubted")]


def fitted(sure: float) -> Fitted:
    """Return numbers by which a sentence scores as much as it matches, and any is so sure to be right."""

    def weighing(names: tuple[str, ...], weights: dict[str, float], bias: float) -> Linear:
        weighed = np.array([weights.get(name, 0) for name in names], dtype=np.float32)
        return Linear(names, weighed, np.zeros_like(weighed), np.ones_like(weighed), bias)

    return Fitted(
        weighing(FEATURES, {"match": 1.0}, 0.0),
        weighing(SIGNS, {}, 30.0),
        weighing(SIGNS, {}, math.log(sure / (1 - sure))),
        0.1,
    )


SEVERAL = sentences_of(found(article("It rained. It froze. It snowed. It thawed.")))


def shown(
    *scores: float, doubted: str, sure: float = 0.9, others: dict[int, tuple[str, float]] | None = None
) -> tuple[str, str | None]:
    """Return the sentence chosen, and the doubt about it; `doubted` has the words of those that are no answers.

    The sentences score so much; some have another feature.
    """
    evidence = []
    for place, score in enumerate(scores):
        features = np.zeros(len(FEATURES), dtype=np.float32)
        features[MATCH] = score
        if others and place in others:
            name, value = others[place]
            features[FEATURES.index(name)] = value
        evidence.append(Evidence(SEVERAL[place], features))

    def doubt_about(best: Evidence) -> str | None:
        return f"not {best.sentence.text}" if best.sentence.text in doubted else None

    chosen = choose(evidence, fitted(sure), doubt_about)
    assert chosen is not None
    assert sorted(chosen.scores) == sorted(scores)
    assert [each["match"] for each in chosen.evidence] == list(chosen.scores)
    assert chosen.signs[SIGNS.index("doubted")] == (chosen.doubt is not None)
    assert chosen.confidence == pytest.approx(sure)
    return chosen.evidence[0].sentence.text, chosen.doubt


@pytest.mark.parametrize(
    ("scores", "doubted", "text"),
    [
        pytest.param((5, 4), "It rained.", "It froze.", id="hardly less fitting"),
        pytest.param((5, 4, 3.5), "It rained. It froze.", "It snowed.", id="the third"),
        pytest.param((4, 5), "It froze.", "It rained.", id="whatever comes first"),
        pytest.param((5, 4.5, 4), "It froze.", "It rained.", id="no doubt about the best"),
    ],
)
def test_where_the_best_is_doubted_the_next_undoubted_one_is_shown(
    scores: tuple[float, ...], doubted: str, text: str
) -> None:
    assert shown(*scores, doubted=doubted) == (text, None)


@pytest.mark.parametrize(
    ("scores", "doubted", "sure", "others"),
    [
        pytest.param((5, 2.75), "It rained.", 0.9, {}, id="much less fitting"),
        pytest.param((5, 4), "It rained.", 0.3, {}, id="too unsure"),
        pytest.param((5, 4, 2.75), "It rained. It froze.", 0.9, {}, id="the third is much less fitting"),
        pytest.param((5, 4), "It rained. It froze.", 0.9, {}, id="all are doubted"),
        pytest.param((5, 4), "It rained.", 0.9, {1: ("unborne", 1.0)}, id="a name is not borne out"),
        pytest.param((5, 4), "It rained.", 0.9, {1: ("counted", -0.5)}, id="no count"),
        pytest.param((5,), "It rained.", 0.9, {}, id="it is alone"),
    ],
)
def test_where_no_other_is_good_enough_the_doubted_best_is_kept(
    scores: tuple[float, ...], doubted: str, sure: float, others: dict[int, tuple[str, float]]
) -> None:
    assert shown(*scores, doubted=doubted, sure=sure, others=others) == ("It rained.", "not It rained.")


def test_the_best_of_all_stays_second_where_another_is_shown() -> None:
    evidence = []
    for place, score in enumerate((5.0, 4.5, 4.0)):
        features = np.zeros(len(FEATURES), dtype=np.float32)
        features[MATCH] = score
        evidence.append(Evidence(SEVERAL[place], features))
    chosen = choose(evidence, fitted(0.9), lambda best: None if best is evidence[2] else "It is not.")
    assert chosen is not None
    assert chosen.evidence == (evidence[2], evidence[0], evidence[1])
    assert chosen.scores == (4.0, 5.0, 4.5)


def test_of_nothing_nothing_is_chosen() -> None:
    assert choose([], load_fitted(FEATURES, SIGNS), lambda _: None) is None
