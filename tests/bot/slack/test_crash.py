"""The process is killed, again and again, and every question is answered once all the same."""

from __future__ import annotations

import random
import time

import pytest

from tests.bot.slack.asking import README_QUESTION, Asked, Asker, Side
from tests.bot.slack.conftest import NewHome
from tests.slack.running_bot import RunningBot, Start, is_settled
from tests.slack.workspace import Workspace

QUESTIONS = (
    README_QUESTION,
    "Why did the Halcyon Tern capsize?",
    "How many people had to leave the valley below the Ambrell dam?",
    "How much barley did Vestrany's farmers harvest in 2025?",
    "Who won the football world cup of 1930?",
)
PER_ASKER = 5
LATEST = 1.0
"""Seconds after being asked in which a kill comes."""
SETTLES_WITHIN = 120.0


@pytest.mark.parametrize(
    ("questions", "kills"), [(20, 2), pytest.param(200, 10, marks=pytest.mark.crash)], ids=["20", "200"]
)
def test_killed_at_random_moments_it_answers_every_question_once(
    born: Start, new_home: NewHome, questions: int, kills: int
) -> None:
    chance = random.Random(20_261_125)
    settings = {"FOOTNOTE_QUESTIONS_PER_MINUTE": "0", "FOOTNOTE_QUEUE": "0"}
    home = new_home("killed")
    with (
        Workspace(retry_delays=(0.5, 1.0)) as workspace,
        RunningBot(workspace, home, begin=born, **settings) as bot,
    ):
        side = Side(workspace, bot, home, "")
        askers = [side.asker() for _ in range(questions // PER_ASKER)]
        asked: list[Asked] = []
        for kill in range(kills):
            asked += ask(askers, chance, questions // (kills + 1))
            wait_for_a_moment(workspace, chance, by_the_clock=kill % 2 == 0)
            bot.kill()
            bot.start()
        asked += ask(askers, chance, questions - len(asked))
        workspace.wait_for(lambda: all(map(is_answered_once, asked)), SETTLES_WITHIN)
        workspace.wait_for(lambda: all(each.acknowledged for each in workspace.deliveries), 10)
        time.sleep(1)
        assert len(asked) == questions
        assert all(map(is_answered_once, asked))
        assert not any(delivery.lost for delivery in workspace.deliveries)
        for asker in askers:
            assert not workspace.ephemerals(asker.user)
            assert len(workspace.channel_messages(asker.channel)) == len(
                [each for each in asked if each.channel == asker.channel]
            )


def ask(askers: list[Asker], chance: random.Random, count: int) -> list[Asked]:
    """Ask so many questions at once, by mention or directly."""
    found = []
    for _ in range(count):
        asker = chance.choice(askers)
        ways = (asker.mentions, asker.writes)
        found.append(chance.choice(ways)(chance.choice(QUESTIONS)))
    return found


def wait_for_a_moment(workspace: Workspace, chance: random.Random, *, by_the_clock: bool) -> None:
    """Wait until some time has passed, or some call has been made, whose answer may be on its way."""
    if by_the_clock:
        time.sleep(chance.uniform(0, LATEST))
    else:
        method = chance.choice(("chat.postMessage", "chat.update"))
        already = len(workspace.calls_of(method))
        more = chance.randint(1, 4)
        workspace.wait_for(lambda: len(workspace.calls_of(method)) >= already + more, 10)


def is_answered_once(asked: Asked) -> bool:
    """Tell whether there is an answer or a decline, and nothing else of the bot."""
    said = asked.said()
    return len(said) == 1 and is_settled(said[0]) and "as of " in said[0]["text"]
