"""Fitting: how much each piece of evidence counts, learned from questions whose answers are known.

    python -m bot.evaluation.fitting DATA [--scratch FOLDER]

The sentence is chosen by a linear score, fitted so that the softmax over a question's sentences puts its weight on
those that hold the answer (a conditional logit: McFadden, "Conditional Logit Analysis of Qualitative Choice Behavior",
1974). The confidence is the product of two logistic regressions over the chosen sentence's evidence, on choices made by
a score that did not see the question: whether the articles hold the answer at all, and whether the sentence is right
where they do. What can only speak for a sentence has no weight below zero, what can only speak
against it none above: free weights trade collinear evidence off against itself, fit no better, and go wrong where a
question is unlike those they were fitted on.

Fitted on are half of SQuAD's topics (answerable, adversarial and absent questions counting alike), the near misses that
are not kept out, because SQuAD's unanswerable questions hardly swap a name, and the news questions, because SQuAD's
never come with a date, a background sentence or other articles of the same story. Written is
`bot/answering/fitted.json`, with figures on the other half of SQuAD and, cross-validated, on the news; and
`bot/evaluation/news_folds.json`, with the numbers of each fold.
"""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from scipy.optimize import minimize  # type: ignore[import-untyped]

from bot import wiring
from bot.answering.asked import read_question
from bot.answering.choice import SIGNS, signs_of
from bot.answering.doubts import doubt_about
from bot.answering.evidence import FEATURES, Evidence, gather
from bot.answering.model import FITTED, Fitted, Linear
from bot.commands.progress import NoProgress
from bot.evaluation.cases import QuestionCase, load_cases
from bot.evaluation.data_sets import (
    DataSet,
    asked_about,
    load_news,
    load_squad,
    squad_halves,
    topic_of,
    topics_left_out,
)
from bot.evaluation.folds import FOLDS, fold_of, save_news_folds
from bot.evaluation.matching import holds_any
from bot.evaluation.metrics.confidence import auroc, expected_calibration_error
from bot.evaluation.metrics.statistics import share
from bot.evaluation.parts import NEAR_MISSES
from bot.evaluation.rows.near_misses import KEPT_OUT
from bot.evaluation.scratch import scratch_index, scratch_index_of_files
from bot.questions import moment_asked
from bot.settings import Settings, cache_folder
from index.retrieval import Retriever
from index.scope import Scope

Rows = NDArray[np.float64]

CHOICE_PENALTY = 30.0
CONFIDENCE_PENALTY = 30.0
NEAR_MISS_WEIGHT = 3.0
NEWS_WEIGHT = 2.0
"""How much a near miss, or a news question, counts, beside a SQuAD question of its kind."""
LOST = 0.005
"""The share of answerable questions under no doubt that may be declined because the confidence is low.

Doubts decline about seven in a hundred answerable questions, whatever the confidence.
"""

SPEAK_AGAINST = frozenset((
    "unborne", "unborne in passage", "replaced", "another year", "unsaid", "words unsaid", "contrasted",
    "contrasted in context", "other name", "unspoken", "is question", "leans", "doubted",
))  # fmt: skip
UNDECIDED = frozenset((
    "before match", "after match", "news", "length", "opens passage", "opens article", "best meaning", "best words",
    "best match", "best names", "best worst name",
))  # fmt: skip
"""What speaks for a sentence or against it, as the case may be. Everything else can only speak for it."""

ANSWERABLE, ADVERSARIAL, ABSENT, NEAR_MISS, NEWS = "answerable", "adversarial", "absent", "near miss", "news"
SQUAD_KINDS = (ANSWERABLE, ADVERSARIAL, ABSENT)


@dataclass(frozen=True, slots=True)
class Example:
    """A question of a kind and in a fold, the evidence found for it, and how much it counts.

    Of each sentence of the evidence, `right` tells whether it holds the answer, `doubted` whether there is a reason why
    it does not.
    """

    fold: int
    kind: str
    evidence: tuple[Evidence, ...]
    right: NDArray[np.bool_]
    doubted: NDArray[np.bool_]
    weight: float = 1.0

    @property
    def rows(self) -> Rows:
        """The features of its sentences, one a row."""
        return np.stack([each.features for each in self.evidence]).astype(np.float64)


@dataclass(frozen=True, slots=True)
class _Found:
    """The evidence found for a question, and which of its sentences are doubted."""

    evidence: tuple[Evidence, ...]
    doubted: NDArray[np.bool_]

    @classmethod
    def by(cls, retriever: Retriever, text: str, moment: datetime | None, passages: int) -> _Found:
        """Search as the answerer does."""
        retrieval = retriever.retrieve(text, Scope(as_of=moment), limit=passages)
        asked = read_question(text, retrieval.query)
        evidence = tuple(gather(asked, retrieval.passages))
        doubted = [
            doubt_about(asked, each, retrieval.passages, retriever.share_of_articles) is not None
            for each in evidence
        ]
        return cls(evidence, np.array(doubted, dtype=bool))

    def holding(self, answers: Sequence[str]) -> list[bool]:
        """Tell which sentences hold one of `answers`; none does where there are none."""
        return [bool(answers) and holds_any(each.sentence.text, answers) for each in self.evidence]

    def example(self, fold: int, kind: str, right: Sequence[bool], weight: float = 1.0) -> Example:
        """Return it as an example of a kind."""
        return Example(fold, kind, self.evidence, np.array(right, dtype=bool), self.doubted, weight)


def squad_examples(retriever: Retriever, questions: Sequence[QuestionCase], passages: int) -> list[Example]:
    """Return an example for each question, asked of an index of all topics."""
    examples = []
    topics = sorted({asked_about(question) for question in questions})
    for place, question in enumerate(questions):
        fold = topics.index(asked_about(question)) % FOLDS
        if place % 200 == 0:
            sys.stderr.write(f"{place:,} of {len(questions):,} questions\n")
        kind = ANSWERABLE if not question.declines else ADVERSARIAL
        found = _Found.by(retriever, question.question, None, passages)
        right = [
            not question.declines
            and each.sentence.source.article.id in question.sources
            and holds_any(each.sentence.text, question.answers)
            for each in found.evidence
        ]
        examples.append(found.example(fold, kind, right))
    return [example for example in examples if example.evidence]


def absent_examples(
    scratch: Path, squad: DataSet, topics: Sequence[str], names: tuple[str, str], settings: Settings
) -> list[Example]:
    """Return an example for every fourth answerable question of `topics`, asked where its topic is not indexed.

    Passages that only rank below those of the topic would not do: their relevance is scaled together with these, and
    lower than it is in an index without them. `names` are those of the two indexes.
    """
    examples = []
    for name, gone in zip(names, topics_left_out(topics), strict=True):
        drafts = [draft for draft in squad.drafts if topic_of(draft.id) not in gone]
        made = scratch_index(scratch, name, drafts, settings, NoProgress())
        asked = [
            question for question in squad.cases if not question.declines and asked_about(question) in gone
        ]
        with wiring.retriever(made) as retriever:
            for question in asked[::4]:
                found = _Found.by(retriever, question.question, None, settings.passages)
                examples.append(
                    found.example(topics.index(asked_about(question)) % FOLDS, ABSENT, found.holding(()))
                )
    return [example for example in examples if example.evidence]


def near_miss_examples(retriever: Retriever, passages: int) -> list[Example]:
    """Return an example for each near miss, and each original, that is not kept out."""
    cases = [case for case in load_cases(NEAR_MISSES).cases if KEPT_OUT not in case.tags]
    examples = []
    for place, case in enumerate(cases):
        moment = case.asked_at or moment_asked(None)
        found = _Found.by(retriever, case.question, moment, passages)
        right = found.holding(() if case.declines else case.answers)
        # Pairs stand beside one another, and must not be divided between folds.
        examples.append(found.example(place // 2 % FOLDS, NEAR_MISS, right, NEAR_MISS_WEIGHT))
    return examples


def news_examples(retriever: Retriever, questions: Sequence[QuestionCase], passages: int) -> list[Example]:
    """Return an example for each news question that has an answer."""
    examples = []
    for question in questions:
        found = _Found.by(retriever, question.question, question.asked_at, passages)
        examples.append(
            found.example(fold_of(question.id), NEWS, found.holding(question.answers), NEWS_WEIGHT)
        )
    return examples


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
    weight = np.array([example.weight for example in useful])

    def loss(weights: Rows) -> tuple[float, Rows]:
        scores = standard @ weights
        exponents = np.exp(scores - np.maximum.reduceat(scores, starts)[owner])
        total = np.add.reduceat(exponents, starts)
        held = np.add.reduceat(exponents * right, starts)
        pull = (exponents / total[owner] - exponents * right / held[owner]) * weight[owner]
        value = -(weight * np.log(held / total)).sum() + penalty * weights @ weights / 2
        return float(value), standard.T @ pull + penalty * weights

    weights = minimize(loss, np.zeros(len(FEATURES)), jac=True, method="L-BFGS-B", bounds=_bounds(FEATURES)).x
    return _linear(FEATURES, weights, mean, scale, 0.0)


def fit_factor(signs: Rows, right: Rows, weights: Rows, penalty: float = CONFIDENCE_PENALTY) -> Linear:
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
        loss,
        np.zeros(standard.shape[1]),
        jac=True,
        method="L-BFGS-B",
        bounds=[*_bounds(SIGNS), (None, None)],
        options={"maxiter": 1000},
    ).x
    return _linear(SIGNS, found[:-1], mean, scale, float(found[-1]))


def _bounds(names: Sequence[str]) -> list[tuple[float | None, float | None]]:
    return [
        (None, None) if name in UNDECIDED else (None, 0.0) if name in SPEAK_AGAINST else (0.0, None)
        for name in names
    ]


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
    """The signs of the sentence that a score chooses, whether that is right or doubted, and how much it counts."""

    kind: str
    signs: Rows
    right: bool
    doubted: bool
    weight: float


def _outcome(example: Example, choice: Linear) -> _Outcome:
    scores = choice(example.rows.astype(np.float32))
    order = sorted(range(len(scores)), key=lambda place: (-scores[place], place))
    doubted = bool(example.doubted[order[0]])
    signs = signs_of(
        [example.evidence[place] for place in order],
        [float(scores[place]) for place in order],
        doubted=doubted,
    )
    return _Outcome(
        example.kind, signs.astype(np.float64), bool(example.right[order[0]]), doubted, example.weight
    )


def cross_fitted(examples: Sequence[Example]) -> list[_Outcome]:
    """Return what comes of each example under a score fitted on the other folds."""
    outcomes = []
    for fold in range(FOLDS):
        choice = fit_choice([example for example in examples if example.fold != fold])
        outcomes += [_outcome(example, choice) for example in examples if example.fold == fold]
    return outcomes


def fit(examples: Sequence[Example]) -> Fitted:
    """Return the numbers fitted on these examples."""
    choice = fit_choice(examples)
    outcomes = cross_fitted(examples)
    squad = [outcome.kind for outcome in outcomes if outcome.kind in SQUAD_KINDS]
    alike = {kind: len(squad) / len(SQUAD_KINDS) / squad.count(kind) for kind in set(squad)}

    def factor(of: Sequence[_Outcome], holds: Callable[[_Outcome], bool]) -> Linear:
        return fit_factor(
            np.stack([each.signs for each in of]),
            np.array([holds(each) for each in of], dtype=np.float64),
            np.array([each.weight * alike.get(each.kind, 1.0) for each in of]),
        )

    # Of a near miss it cannot be said whether the articles hold an answer to what it asks.
    present = factor([each for each in outcomes if each.kind != NEAR_MISS], lambda each: each.kind != ABSENT)
    right = factor([each for each in outcomes if each.kind != ABSENT], lambda each: each.right)
    unbounded = Fitted(choice, present, right, 0.0)
    # A doubt declines whatever the confidence.
    answerable = [_sure(each, unbounded) for each in outcomes if each.kind == ANSWERABLE and not each.doubted]
    return replace(unbounded, threshold=round(float(np.quantile(answerable, LOST)), 3))


def held_out_figures(examples: Sequence[Example], fitted: Fitted) -> dict[str, float | None]:
    """Return what the fitted numbers reach on SQuAD examples that they were not fitted on."""
    outcomes = [_outcome(example, fitted.choice) for example in examples]

    def sure(kind: str) -> list[float]:
        return [_sure(each, fitted) for each in outcomes if each.kind == kind]

    def declined(kind: str) -> list[bool]:
        return [_declined(each, fitted) for each in outcomes if each.kind == kind]

    return _rounded(
        {
            "first sentence right": share([each.right for each in outcomes if each.kind == ANSWERABLE]),
            "AUROC against adversarial": auroc(sure(ANSWERABLE), sure(ADVERSARIAL)),
            "AUROC against absent": auroc(sure(ANSWERABLE), sure(ABSENT)),
            "absent declined": share(declined(ABSENT)),
            "answerable declined": share(declined(ANSWERABLE)),
        }
    )


def news_figures(news: Sequence[Example], folds: Sequence[Fitted]) -> dict[str, float | None]:
    """Return what the folds' numbers reach on the news questions that each was not fitted on."""
    outcomes = [(_outcome(example, folds[example.fold].choice), folds[example.fold]) for example in news]
    sure = [_sure(outcome, fitted) for outcome, fitted in outcomes]
    right = [outcome.right for outcome, _ in outcomes]
    return _rounded(
        {
            "first sentence right": share(right),
            "expected calibration error": expected_calibration_error(sure, right),
            "declined": share([_declined(outcome, fitted) for outcome, fitted in outcomes]),
        }
    )


def _sure(outcome: _Outcome, fitted: Fitted) -> float:
    return fitted.confidence(outcome.signs.astype(np.float32))


def _declined(outcome: _Outcome, fitted: Fitted) -> bool:
    return outcome.doubted or _sure(outcome, fitted) < fitted.threshold


def _rounded(figures: dict[str, float | None]) -> dict[str, float | None]:
    return {name: None if value is None else round(value, 4) for name, value in figures.items()}


def gathered_examples(
    data: Path, scratch: Path, settings: Settings
) -> tuple[list[Example], list[Example], tuple[str, ...]]:
    """Return the examples to fit on, SQuAD's to hold out, and the topics of the former."""
    squad = load_squad(data / "squad" / "dev.json")
    topics, held_out = squad_halves(asked_about(question) for question in squad.cases)
    made = scratch_index(scratch, "squad", squad.drafts, settings, NoProgress())
    with wiring.retriever(made) as retriever:
        examples = squad_examples(
            retriever,
            [question for question in squad.cases if asked_about(question) in topics],
            settings.passages,
        )
        unseen = squad_examples(
            retriever,
            [question for question in squad.cases if asked_about(question) in held_out][::4],
            settings.passages,
        )
    examples += absent_examples(scratch, squad, topics, ("squad-fit-first", "squad-fit-second"), settings)
    unseen += absent_examples(scratch, squad, held_out, ("squad-first", "squad-second"), settings)
    news = load_news(data / "news")
    made = scratch_index(scratch, "news", news.drafts, settings, NoProgress())
    with wiring.retriever(made) as retriever:
        answerable = [question for question in news.cases if not question.declines]
        examples += news_examples(retriever, answerable, settings.passages)
    made, _ = scratch_index_of_files(scratch, load_cases(NEAR_MISSES).articles, settings, NoProgress())
    with wiring.retriever(made) as retriever:
        examples += near_miss_examples(retriever, settings.passages)
    return [example for example in examples if example.evidence], unseen, topics


def main(arguments: Sequence[str] | None = None) -> int:
    """Fit, and write `bot/answering/fitted.json`."""
    parser = argparse.ArgumentParser(
        prog="python -m bot.evaluation.fitting",
        description=__doc__,
        formatter_class=argparse.RawTextHelpFormatter,
    )
    parser.add_argument("data", metavar="DATA", type=Path, help="the folder that holds squad and news")
    parser.add_argument("--scratch", metavar="FOLDER", type=Path, help="where scratch indexes are kept")
    options = parser.parse_args(arguments)
    scratch = options.scratch or cache_folder() / "scratch"
    examples, unseen, topics = gathered_examples(options.data, scratch, Settings())
    news = [example for example in examples if example.kind == NEWS]
    fitted = fit(examples)
    folds = [
        fit([example for example in examples if example.kind != NEWS or example.fold != fold])
        for fold in range(FOLDS)
    ]
    figures = {
        "a quarter of SQuAD's other topics' questions": held_out_figures(unseen, fitted),
        f"{len(news)} news questions, cross-validated": news_figures(news, folds),
    }
    near_misses = sum(example.kind == NEAR_MISS for example in examples)
    said = {
        "made by": "python -m bot.evaluation.fitting",
        "fitted on": f"SQuAD 2.0, topics {', '.join(topics)}; {len(news)} news questions; {near_misses} near misses "
        "and originals that are not kept out",
        "held out": figures,
        **fitted.to_json(),
    }
    FITTED.write_text(json.dumps(said, indent=1, ensure_ascii=False) + "\n", encoding="utf-8")
    save_news_folds([fold.to_json() for fold in folds])
    sys.stdout.write(json.dumps(figures, indent=1) + "\n")
    return 0


if __name__ == "__main__":
    sys.exit(main())
