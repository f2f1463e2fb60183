from __future__ import annotations

import pytest

from bot.evaluation.rows.slack import Load, SlackRun, slack_rows


def test_the_load_is_set_beside_the_faster_batch_and_a_missing_answer_shows() -> None:
    run = SlackRun(100, 20, [20.0, 10.0], Load(100, 12.5), Load(99, 70.4), [0.02] * 19 + [0.5])
    lifted, limited, signs = slack_rows(run)
    assert lifted.what.startswith("Slack, 100 questions at once from 20 users, no limits")
    assert [figure.value for figure in lifted.figures] == pytest.approx([1.0, 0.8, 8.0, 10.0])
    assert [figure.short for figure in lifted.figures] == [False] * 4
    assert [figure.value for figure in limited.figures] == pytest.approx([0.99, 70.4])
    assert limited.figures[0].short
    assert signs.what.startswith("Slack, 20 questions one by one")
    assert [figure.value for figure in signs.figures] == pytest.approx([20.0, 20.0])
