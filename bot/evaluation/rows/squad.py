"""SQuAD 2.0: questions of held-out topics that a paragraph answers, that none does, and that none can.

Adversarial questions look as if their paragraph answered them, and it does not. Absent ones are answerable
questions, asked of an index without the articles of their topic.
"""

from __future__ import annotations

from collections.abc import Sequence

from bot.evaluation.asking import Answered, Searched
from bot.evaluation.matching import holds_any
from bot.evaluation.metrics.confidence import auroc, expected_calibration_error, reliability_table
from bot.evaluation.metrics.statistics import share
from bot.evaluation.rows.figures import Figure, Measured, Row, Target, drawn


def paragraphs_row(searched: Sequence[Searched], passages: int) -> Row:
    """Return how often the right paragraph is first, and how often among those of the passages answered from."""
    first = [_found(each, 1) for each in searched]
    anywhere = [_found(each, passages) for each in searched]
    return Row(
        f"SQuAD, {len(searched):,} answerable: the right paragraph first / in {passages} passages",
        (Figure(share(first)), Figure(share(anywhere))),
    )


def _found(searched: Searched, depth: int) -> bool:
    return any(article.id in searched.case.sources for article, _ in searched.articles[:depth])


def first_sentence_row(answerable: Sequence[Answered]) -> Row:
    """Return how often the sentence that ranks first, shown or declined, is right.

    It is right where it holds an answer and stands in the right paragraph.
    """
    right = [each.first_sentence_right for each in answerable]
    return Row(
        f"SQuAD, {len(answerable):,} answerable: first sentence right, before the threshold",
        (Figure(share(right), Target(0.76, 0.82)),),
    )


def first_citation_row(answerable: Sequence[Answered]) -> Row:
    """Return how often the first citation holds an answer, from the right paragraph; a decline has none."""
    right = [_cites_right(each) for each in answerable]
    return Row(
        f"SQuAD, {len(answerable):,} answerable: first citation right, declines counting as wrong",
        (Figure(share(right), Target(0.71, 0.78)),),
    )


def _cites_right(answered: Answered) -> bool:
    question = answered.case
    return any(
        cited.article.id in question.sources and holds_any(cited.quote, question.answers)
        for cited in answered.answer.citations[:1]
    )


def adversarial_row(answerable: Sequence[Answered], adversarial: Sequence[Answered]) -> Row:
    """Return how well confidence tells answerable questions from adversarial ones."""
    return Row(
        f"SQuAD, {len(answerable):,} answerable against {len(adversarial):,} adversarial: AUROC",
        (Figure(auroc(_confidences(answerable), _confidences(adversarial)), Target(0.66, 0.80)),),
    )


def absent_row(present: Sequence[Answered], absent: Sequence[Answered]) -> Row:
    """Return how well confidence tells present questions from absent ones, and how many of each are declined."""
    return Row(
        f"SQuAD, {len(present):,} present against {len(absent):,} absent: AUROC / absent declined / "
        "present declined",
        (
            Figure(auroc(_confidences(present), _confidences(absent)), Target(0.975, 0.99)),
            Figure(share([each.answer.declined for each in absent]), Target(0.85, 0.95)),
            Figure(share([each.answer.declined for each in present]), Target(0.08, 0.04, low=True)),
        ),
    )


def calibration(
    answerable: Sequence[Answered], adversarial: Sequence[Answered], absent: Sequence[Answered]
) -> Measured:
    """Return the expected calibration error, and its reliability table, over as many questions of each kind.

    Of an answerable question the confidence should be high where the sentence that ranks first is right; to the
    others any sentence is wrong.
    """
    count = min(len(answerable), len(adversarial), len(absent))
    answered, *others = (drawn(kind, count) for kind in (answerable, adversarial, absent))
    wrong = [each for kind in others for each in kind]
    confidences = _confidences([*answered, *wrong])
    outcomes = [each.first_sentence_right for each in answered] + [False] * len(wrong)
    error = expected_calibration_error(confidences, outcomes)
    what = f"SQuAD, {count:,} answerable, adversarial and absent each: expected calibration error"
    row = Row(what, (Figure(error, Target(0.05, 0.03, low=True)),))
    return Measured((row,), reliability_table(confidences, outcomes))


def _confidences(answered: Sequence[Answered]) -> list[float]:
    return [each.answer.confidence for each in answered]
