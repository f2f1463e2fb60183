from __future__ import annotations

import time

import pytest

from bot.evaluation.judge_reply import read_judgement
from bot.evaluation.results import Judgement

PLAIN = '{"correct": true, "supported": false, "why": "It says 18."}'
READ = Judgement(correct=True, supported=False, why="It says 18.")


@pytest.mark.parametrize(
    ("reply", "judgement"),
    [
        pytest.param(PLAIN, READ, id="as asked for"),
        pytest.param(f"```json\n{PLAIN}\n```", READ, id="fenced"),
        pytest.param(f"My judgement:\n\n{PLAIN}\n\nI hope it helps {{:}}.", READ, id="text around it"),
        pytest.param(PLAIN.replace(", ", ",\n  ").replace("{", "{\n  "), READ, id="over several lines"),
        pytest.param(f'{{"judgement": {PLAIN}}}', READ, id="within another object"),
        pytest.param(f"[{PLAIN}]", READ, id="in a list"),
        pytest.param(f'{{"correct": false, "supported": false}} No, rather: {PLAIN}', READ, id="the last"),
        pytest.param(f"<think>{{maybe}} {'so ' * 5000}</think>{PLAIN}", READ, id="after much thinking"),
        pytest.param('{"correct": True, "supported": False, "why": "It says 18."}', READ, id="as in Python"),
        pytest.param('{"correct": "Yes", "supported": "false", "why": "It says 18."}', READ, id="as texts"),
        pytest.param(
            '{"why": "a \\"b\\" {c}", "supported": true, "correct": false, "sure": 1}',
            Judgement(correct=False, supported=True, why='a "b" {c}'),
            id="in another order, and more",
        ),
        pytest.param(
            '{"correct": true, "supported": true}',
            Judgement(correct=True, supported=True, why=""),
            id="no reason",
        ),
        pytest.param(
            '{"correct": true, "supported": true, "why": ["x"]}',
            Judgement(correct=True, supported=True, why=""),
            id="a reason that is no text",
        ),
        pytest.param(
            '{"correct": true, "supported": true, "why": " a\\n\\u202eb\\u001b "}',
            Judgement(correct=True, supported=True, why="a b"),
            id="a reason that would steer a screen",
        ),
        pytest.param(PLAIN.replace("says ", "says\n\t"), READ, id="a line that ends in the reason"),
        pytest.param("It is correct and supported.", None, id="no object"),
        pytest.param('{"correct": true}', None, id="half of it"),
        pytest.param('{"correct": true, "supported": null}', None, id="undecided"),
        pytest.param('{"correct": 1, "supported": 0}', None, id="numbers"),
        pytest.param('{"correct": "mostly", "supported": "yes"}', None, id="other words"),
        pytest.param('{"correct": true, "supported": tr', None, id="broken off"),
        pytest.param("", None, id="nothing"),
        pytest.param('{"a":' * 5000, None, id="very deep"),
        pytest.param("{" * 100_000, None, id="nothing but braces"),
    ],
)
def test_a_judgement_is_read_whatever_stands_around_it(reply: str, judgement: Judgement | None) -> None:
    began = time.process_time()
    assert read_judgement(reply) == judgement
    assert time.process_time() - began < 1


def test_a_long_reason_is_cut() -> None:
    found = read_judgement(f'{{"correct": true, "supported": true, "why": "{"word " * 200}"}}')
    assert found is not None
    assert len(found.why) == 300
    assert found.why.endswith("…")
