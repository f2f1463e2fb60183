from __future__ import annotations

import numpy as np

from bot.answering.choice import SIGNS, Chosen, choose
from bot.answering.evidence import FEATURES, Evidence
from bot.answering.model import load_fitted
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


def test_of_nothing_nothing_is_chosen() -> None:
    assert choose([], load_fitted(FEATURES, SIGNS), lambda _: None) is None
