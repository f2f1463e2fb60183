from __future__ import annotations

import pytest

from bot.answers import Answer
from bot.evaluation.rows.speed import WARM_UPS, IndexSize, Timing, size_row, speed_row, time_each
from bot.questions import Question
from tests.bot import made
from tests.bot.evaluation.stand_ins import Silent, answer


def test_each_question_is_answered_and_then_embedded_and_the_first_ones_do_not_count() -> None:
    now, done = 0.0, []

    class Slow:
        def answer(self, question: Question) -> Answer:
            nonlocal now
            done.append(f"answer {question.text}")
            now += 3
            return answer()

    def embed(text: str) -> None:
        nonlocal now
        done.append(f"embed {text}")
        now += 1

    questions = [Question(str(number), made.ASKED) for number in range(WARM_UPS + 2)]
    assert time_each(Slow(), embed, questions, Silent(), lambda: now) == [Timing(3, 1)] * 2
    assert done[:4] == ["answer 0", "embed 0", "answer 1", "embed 1"]


def test_the_ratio_is_one_of_medians() -> None:
    timings = [Timing(0.02, 0.01), Timing(0.03, 0.01), Timing(9.0, 0.002)]
    row = speed_row(timings, IndexSize(12_345, 0, 0))
    assert [figure.value for figure in row.figures] == pytest.approx([3.0, 30.0, 10.0])
    assert row.what.startswith("Speed, 3 answers over 12,345 passages")


def test_without_timings_there_is_no_ratio() -> None:
    assert [figure.value for figure in speed_row([], IndexSize(1, 1, 1)).figures] == [None, None, None]


def test_the_catalogue_s_size_is_told_by_passage() -> None:
    each, whole = size_row(IndexSize(1000, 3_000_000, 1_500_000)).figures
    assert (each.value, whole.value) == (3000, 4.5)
    assert size_row(IndexSize(0, 1, 1)).figures[0].value is None
