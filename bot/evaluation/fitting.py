"""Fitting: how much each piece of evidence counts, learned from questions whose answers are known.

    python -m bot.evaluation.fitting DATA [--scratch FOLDER]

The sentence is chosen by a linear score, fitted so that the softmax over a question's sentences puts its weight on
those that hold the answer (a conditional logit: McFadden, "Conditional Logit Analysis of Qualitative Choice Behavior",
1974). The confidence is a logistic regression over the chosen sentence's evidence: right or not, where answerable,
adversarial and absent questions count alike. Everything is fitted on half of SQuAD's topics; the confidence on
choices made by a score that did not see the topic. The near misses that are not kept out take part in it, because
SQuAD's unanswerable questions hardly swap a name. Written is `bot/answering/fitted.json`, with the figures on the
other half.
"""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from scipy.optimize import minimize  # type: ignore[import-untyped]

from bot import wiring
from bot.answering.asked import read_question
from bot.answering.choice import SIGNS, signs_of
from bot.answering.evidence import FEATURES, Evidence, gather
from bot.answering.model import FITTED, Linear, probability
from bot.commands.progress import NoProgress
from bot.evaluation.cases import load_cases
from bot.evaluation.data_sets import LabelledQuestion, load_squad, squad_halves
from bot.evaluation.matching import holds_any
from bot.evaluation.metrics import auroc, share
from bot.evaluation.parts import NEAR_MISSES, drafts_in
from bot.evaluation.scratch import scratch_index
from bot.questions import moment_asked
from bot.settings import Settings, cache_folder
from index.retrieval import Retriever
from index.scope import Scope

Rows = NDArray[np.float64]

FOLDS = 4
CHOICE_PENALTY = 10.0
CONFIDENCE_PENALTY = 3.0
NEAR_MISS_WEIGHT = 3.0
"""How much a near miss counts, beside a SQuAD question of its kind."""
THRESHOLD = 0.1
"""The confidence to answer from: below it are nine absent questions in ten, and one answerable in fifteen."""

_DEEP = 120
"""Passages retrieved where those of the question's own topic are passed over, to make it an absent one."""


@dataclass(frozen=True, slots=True)
class Example:
    """A question of a topic and of a kind, the evidence found for it, and which of its sentences are right."""

    topic: str
    kind: str
    evidence: tuple[Evidence, ...]
    right: NDArray[np.bool_]

    @property
    def rows(self) -> Rows:
        """The features of its sentences, one a row."""
        return np.stack([each.features for each in self.evidence]).astype(np.float64)


def squad_examples(
    retriever: Retriever, questions: Sequence[LabelledQuestion], passages: int
) -> list[Example]:
    """Return an example for each question, and more for some answerable ones, as if their topic were absent."""
    examples = []
    for place, question in enumerate(questions):
        if place % 200 == 0:
            sys.stderr.write(f"{place:,} of {len(questions):,} questions\n")
        retrieval = retriever.retrieve(question.text, Scope(), limit=passages)
        asked = read_question(question.text, retrieval.query)
        evidence = gather(asked, retrieval.passages)
        right = [
            question.answerable
            and each.sentence.source.article.id in question.sources
            and holds_any(each.sentence.text, question.answers)
            for each in evidence
        ]
        kind = "answerable" if question.answerable else "adversarial"
        examples.append(_example(question.topic or "", kind, evidence, right))
        if question.answerable and place % 4 == 0:
            deep = retriever.retrieve(question.text, Scope(), limit=_DEEP).passages
            elsewhere = gather(
                asked, [each for each in deep if _topic(each.article.id) != question.topic][:passages]
            )
            examples.append(_example(question.topic or "", "absent", elsewhere, [False] * len(elsewhere)))
    return [example for example in examples if example.evidence]


def near_miss_examples(retriever: Retriever, passages: int) -> list[Example]:
    """Return an example for each near miss, and each original, that is not kept out."""
    examples = []
    for case in load_cases(NEAR_MISSES).cases:
        if "kept-out" in case.tags:
            continue
        moment = case.asked_at or moment_asked(None)
        retrieval = retriever.retrieve(case.question, Scope(as_of=moment), limit=passages)
        evidence = gather(read_question(case.question, retrieval.query), retrieval.passages)
        right = [not case.declines and holds_any(each.sentence.text, case.answers) for each in evidence]
        examples.append(_example("", "near miss", evidence, right))
    return examples


def _example(topic: str, kind: str, evidence: Sequence[Evidence], right: Sequence[bool]) -> Example:
    return Example(topic, kind, tuple(evidence), np.array(right, dtype=bool))


def _topic(article_id: str) -> str:
    return article_id.rpartition("/")[0]


def fit_choice(examples: Sequence[Example], penalty: float = CHOICE_PENALTY) -> Linear:
    """Return the score under which the sentences that are right are most likely, less an L2 penalty."""
    useful = [example for example in examples if example.right.any()]
    rows = np.concatenate([example.rows for example in useful])
    mean, scale = rows.mean(axis=0), rows.std(axis=0) + 1e-6
    standard = (rows - mean) / scale
    counts = [len(example.right) for example in useful]
    starts = np.concatenate(([0], np.cumsum(counts)[:-1]))
    owner = np.repeat(np.arange(len(useful)), counts)
    right = np.concatenate([example.right for example in useful])

    def loss(weights: Rows) -> tuple[float, Rows]:
        scores = standard @ weights
        exponents = np.exp(scores - np.maximum.reduceat(scores, starts)[owner])
        total = np.add.reduceat(exponents, starts)
        held = np.add.reduceat(exponents * right, starts)
        pull = exponents / total[owner] - exponents * right / held[owner]
        value = -np.log(held / total).sum() + penalty * weights @ weights / 2
        return float(value), standard.T @ pull + penalty * weights

    weights = minimize(loss, np.zeros(len(FEATURES)), jac=True, method="L-BFGS-B").x
    return _linear(FEATURES, weights, mean, scale, 0.0)


def fit_confidence(signs: Rows, right: Rows, weights: Rows, penalty: float = CONFIDENCE_PENALTY) -> Linear:
    """Return the logistic regression of `right` (0 or 1) on `signs`, each example weighted, with an L2 penalty."""
    mean, scale = signs.mean(axis=0), signs.std(axis=0) + 1e-6
    standard = np.c_[(signs - mean) / scale, np.ones(len(signs))]
    penalties = np.r_[np.full(signs.shape[1], penalty), 0.0]

    def loss(parameters: Rows) -> tuple[float, Rows]:
        logits = standard @ parameters
        value = (weights * (np.logaddexp(0, logits) - right * logits)).sum()
        slope = standard.T @ (weights * (1 / (1 + np.exp(-np.clip(logits, -30, 30))) - right))
        return float(value + penalties @ parameters**2 / 2), slope + penalties * parameters

    found = minimize(
        loss, np.zeros(standard.shape[1]), jac=True, method="L-BFGS-B", options={"maxiter": 1000}
    ).x
    return _linear(SIGNS, found[:-1], mean, scale, float(found[-1]))


def _linear(names: Sequence[str], weights: Rows, mean: Rows, scale: Rows, bias: float) -> Linear:
    return Linear(
        tuple(names),
        weights.astype(np.float32),
        mean.astype(np.float32),
        scale.astype(np.float32),
        bias,
    )


@dataclass(frozen=True, slots=True)
class _Outcome:
    """The signs of the sentence that a score chooses, and whether that is right."""

    kind: str
    signs: Rows
    right: bool


def _outcome(example: Example, choice: Linear) -> _Outcome:
    scores = choice(example.rows.astype(np.float32))
    order = sorted(range(len(scores)), key=lambda place: (-scores[place], place))
    signs = signs_of([example.evidence[place] for place in order], [float(scores[place]) for place in order])
    return _Outcome(example.kind, signs.astype(np.float64), bool(example.right[order[0]]))


def cross_fitted(examples: Sequence[Example]) -> list[_Outcome]:
    """Return what comes of each example under a score fitted on the topics of the other folds."""
    topics = sorted({example.topic for example in examples})
    outcomes = []
    for fold in range(FOLDS):
        away = set(topics[fold::FOLDS])
        choice = fit_choice([example for example in examples if example.topic not in away])
        outcomes += [_outcome(example, choice) for example in examples if example.topic in away]
    return outcomes


def fit(fitting: Sequence[Example], near_misses: Sequence[Example]) -> tuple[Linear, Linear]:
    """Return the choice and the confidence fitted on these examples."""
    choice = fit_choice(fitting)
    outcomes = cross_fitted(fitting)
    kinds = [outcome.kind for outcome in outcomes]
    alike = {kind: len(kinds) / 3 / kinds.count(kind) for kind in set(kinds)}
    missed = [_outcome(example, choice) for example in near_misses]
    weights = [alike[kind] for kind in kinds] + [NEAR_MISS_WEIGHT] * len(missed)
    every = [*outcomes, *missed]
    confidence = fit_confidence(
        np.stack([each.signs for each in every]),
        np.array([each.right for each in every], dtype=np.float64),
        np.array(weights),
    )
    return choice, confidence


def held_out_figures(
    examples: Sequence[Example], choice: Linear, confidence: Linear
) -> dict[str, float | None]:
    """Return what the fitted numbers reach on examples that they were not fitted on."""
    outcomes = [_outcome(example, choice) for example in examples]

    def sure(kind: str) -> list[float]:
        return [
            probability(float(confidence(each.signs[np.newaxis].astype(np.float32))[0]))
            for each in outcomes
            if each.kind == kind
        ]

    figures = {
        "first sentence right": share([each.right for each in outcomes if each.kind == "answerable"]),
        "AUROC against adversarial": auroc(sure("answerable"), sure("adversarial")),
        "AUROC against absent": auroc(sure("answerable"), sure("absent")),
        "absent declined": share([each < THRESHOLD for each in sure("absent")]),
        "answerable declined": share([each < THRESHOLD for each in sure("answerable")]),
    }
    return {name: None if value is None else round(value, 4) for name, value in figures.items()}


def main(arguments: Sequence[str] | None = None) -> int:
    """Fit, and write `bot/answering/fitted.json`."""
    parser = argparse.ArgumentParser(
        prog="python -m bot.evaluation.fitting",
        description=__doc__,
        formatter_class=argparse.RawTextHelpFormatter,
    )
    parser.add_argument("data", metavar="DATA", type=Path, help="the folder that holds squad")
    parser.add_argument("--scratch", metavar="FOLDER", type=Path, help="where scratch indexes are kept")
    options = parser.parse_args(arguments)
    scratch = options.scratch or cache_folder() / "scratch"
    settings = Settings()
    found = load_squad(options.data / "squad")
    fitting, held_out = squad_halves(question.topic or "" for question in found.questions)
    made = scratch_index(scratch, "squad", found.drafts, settings, NoProgress())
    with wiring.retriever(made) as retriever:
        examples = squad_examples(
            retriever, [q for q in found.questions if q.topic in fitting], settings.passages
        )
        unseen = squad_examples(
            retriever, [q for q in found.questions if q.topic in held_out][::4], settings.passages
        )
    samples = scratch_index(
        scratch, "near-misses", drafts_in(load_cases(NEAR_MISSES).articles), settings, NoProgress()
    )
    with wiring.retriever(samples) as retriever:
        near_misses = near_miss_examples(retriever, settings.passages)
    choice, confidence = fit(examples, near_misses)
    said = {
        "made by": "python -m bot.evaluation.fitting",
        "fitted on": f"SQuAD 2.0, topics {', '.join(fitting)}; {len(near_misses)} near misses that are not kept out",
        "held out, a quarter of the other topics' questions": held_out_figures(unseen, choice, confidence),
        "threshold": THRESHOLD,
        "choice": choice.to_json(),
        "confidence": confidence.to_json(),
    }
    FITTED.write_text(json.dumps(said, indent=1, ensure_ascii=False) + "\n", encoding="utf-8")
    sys.stdout.write(json.dumps(said["held out, a quarter of the other topics' questions"], indent=1) + "\n")
    return 0


if __name__ == "__main__":
    sys.exit(main())
