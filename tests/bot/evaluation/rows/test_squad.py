from __future__ import annotations

import pytest

from bot.evaluation.metrics.confidence import ReliabilityRow
from bot.evaluation.rows.figures import Row
from bot.evaluation.rows.squad import (
    absent_row,
    adversarial_row,
    calibration,
    first_citation_row,
    first_sentence_row,
    paragraphs_row,
)
from tests.bot.evaluation.stand_ins import answered, impossible, searched


def values(row: Row) -> list[float | None]:
    return [figure.value for figure in row.figures]


ANSWERABLE = [
    answered("Rollo led.", confidence=0.9),
    answered(first="Rollo led.", confidence=0.4),
    answered("Rollo led.", article="elsewhere", confidence=0.7),
    answered("Nobody knows.", "Rollo led.", confidence=0.6),
    answered(confidence=0.0),
]


def test_the_right_paragraph_is_first_or_among_the_passages() -> None:
    assert values(paragraphs_row([searched("a"), searched("x", "a"), searched("x")], 8)) == [1 / 3, 2 / 3]


def test_a_first_sentence_counts_shown_or_declined_if_it_is_from_the_right_paragraph() -> None:
    assert values(first_sentence_row(ANSWERABLE)) == [2 / 5]


def test_a_first_citation_has_to_be_shown() -> None:
    assert values(first_citation_row(ANSWERABLE)) == [1 / 5]


def test_what_is_shown_may_be_another_part_than_the_sentence_that_ranks_first() -> None:
    cut = answered("Rollo", first="Rollo led.")
    assert values(first_citation_row([cut])) == [1]


def test_adversarial_questions_are_told_apart_by_confidence() -> None:
    adversarial = [answered("Rollo led.", confidence=0.65), answered(confidence=0.1)]
    # Above 0.65: 0.9 and 0.7; above 0.1 all but 0.0.
    assert values(adversarial_row(ANSWERABLE, adversarial)) == [(2 + 4) / 10]


def test_absent_questions_are_told_apart_and_declined() -> None:
    present = [answered("Rollo led.", confidence=0.8), answered(confidence=0.3)]
    absent = [answered(confidence=0.1), answered(confidence=0.2), answered("Snow.", confidence=0.5)]
    row = absent_row(present, absent)
    assert values(row) == [pytest.approx(5 / 6), pytest.approx(2 / 3), 0.5]
    assert [figure.short for figure in row.figures] == [True, True, True]


def test_calibration_takes_as_many_questions_of_each_kind() -> None:
    adversarial = [answered("Snow.", question=impossible(), confidence=0.6)] * 2
    absent = [answered("Rollo led.", confidence=0.3)] * 3
    measured = calibration(ANSWERABLE, adversarial, absent)
    # Of the five answerable ones, the first and the third: 0.9 right, 0.7 from another paragraph.
    errors = (0.1, 0.7, 0.6, 0.6, 0.3, 0.3)
    assert values(measured.rows[0]) == [pytest.approx(sum(errors) / 6)]
    assert measured.rows[0].what.startswith("SQuAD, 2 answerable, adversarial and absent each")
    assert measured.reliability[-1] == ReliabilityRow(1, 0.9, 1.0)


def test_calibration_of_a_kind_without_questions_is_not_applicable() -> None:
    measured = calibration(ANSWERABLE, [], ANSWERABLE)
    assert values(measured.rows[0]) == [None]
    assert measured.reliability == ()
