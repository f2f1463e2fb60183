"""Articles that are withdrawn while answers in Slack quote them: end to end, with the bot running and without."""

from __future__ import annotations

import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from tests.bot.slack.asking import BORDER, README_QUESTION, Asked, Side
from tests.bot.slack.conftest import NewHome
from tests.process import called
from tests.slack.faults import AnswersError, AnswersStatus, RateLimits
from tests.slack.running_bot import RunningBot, Start
from tests.slack.workspace import Workspace

NOTICE = "A source of this answer was withdrawn on "


@contextmanager
def running(born: Start, home: Path) -> Iterator[Side]:
    """Run the bot in a workspace of its own."""
    with Workspace(retry_delays=(0.5, 1.0)) as workspace, RunningBot(workspace, home, begin=born) as bot:
        yield Side(workspace, bot, home, "")


def answered(side: Side, count: int) -> list[Asked]:
    asked = [side.asker().mentions(README_QUESTION) for _ in range(count)]
    for each in asked:
        assert NOTICE not in each.answer("answered")["text"]
    return asked


def remove(side: Side, *arguments: str, token: bool = True) -> subprocess.CompletedProcess[str]:
    tokens = {"SLACK_API_URL": side.workspace.api_url}
    if token:
        tokens["SLACK_BOT_TOKEN"] = side.workspace.bot_token
    return called(side.home, "remove", *arguments, **tokens)


def said(asked: Asked) -> list[str]:
    return [str(each["text"]) for each in asked.said()]


def are_taken_back(*asked: Asked) -> bool:
    return all(len(said(each)) == 1 and said(each)[0].startswith(NOTICE) for each in asked)


def test_a_running_bot_changes_its_answers(born: Start, new_home: NewHome) -> None:
    with running(born, new_home("withdrawing")) as side:
        asked = [*answered(side, 1), side.asker().writes(README_QUESTION)]
        asked[1].answer("answered")
        other = side.asker().mentions("Why did the Halcyon Tern capsize?")
        before = other.answer("answered")
        side.workspace.fail("chat.update", AnswersStatus(503), RateLimits(1))
        # The bot has the token.
        done = remove(side, BORDER, "--yes", token=False)
        assert (done.returncode, done.stderr) == (0, "")
        assert "Answers in Slack that quoted it: 2." in done.stdout
        assert are_taken_back(*asked)
        assert other.said() == [before]
        # What was asked may be leant on, and what was answered is not said again.
        again = side.workspace.say(
            "U0ANNA", "how many ISKP fighters did CSTO estimate?", mention=True, channel="C0NEWS"
        )
        new = Asked(side, "C0NEWS", again).done()
        assert BORDER not in str(new)
        assert side.bot.stop() == 0
        assert not side.workspace.pings


def test_without_a_bot_the_command_changes_them_and_lists_those_that_it_cannot(
    born: Start, new_home: NewHome
) -> None:
    with running(born, new_home("withdrawn")) as side:
        workspace = side.workspace
        changed, kept, deleted = answered(side, 3)
        assert side.bot.stop() == 0
        (gone,) = deleted.said()
        with workspace._state.changed:
            workspace.channels[deleted.channel].messages.pop(gone["ts"])
        without = remove(side, BORDER, "--yes", token=False)
        assert without.returncode == 4
        assert without.stderr.count("SLACK_BOT_TOKEN is not set") == 3
        workspace.fail("chat.update", RateLimits(1))
        workspace.fail("chat.update", AnswersError("edit_window_closed"))
        with_token = remove(side, "--retry")
        assert with_token.returncode == 4
        # Which of the two Slack refuses depends on which comes first once it lets the command ask again.
        (refused,) = [each for each in (changed, kept) if not are_taken_back(each)]
        (first,) = refused.said()
        assert (
            f"Not changed in Slack: {refused.channel} {first['ts']} (edit_window_closed)" in with_token.stderr
        )
        assert said(deleted) == []
        last = remove(side, "--retry")
        assert (last.returncode, last.stderr) == (0, "")
        assert are_taken_back(changed, kept)
        assert said(deleted) == []


def test_a_bot_that_starts_later_changes_what_was_left(born: Start, new_home: NewHome) -> None:
    with running(born, new_home("later")) as side:
        (asked,) = answered(side, 1)
        assert side.bot.stop() == 0
        assert remove(side, BORDER, "--yes", token=False).returncode == 4
        side.bot.start()
        side.workspace.wait_for(lambda: are_taken_back(asked), 10)


def test_an_answer_that_waits_to_be_said_is_given_anew(born: Start, new_home: NewHome) -> None:
    with running(born, new_home("waiting")) as side:
        side.workspace.fail("chat.postMessage", AnswersStatus(503), times=None)
        asked = side.asker().mentions(README_QUESTION)
        side.workspace.wait_for(lambda: "event=composed" in side.bot.log)
        done = remove(side, BORDER, "--yes")
        assert done.returncode == 0, done.stderr
        side.workspace.wait_for(lambda: side.bot.log.count("event=composed") == 2, 10)
        side.workspace.heal("chat.postMessage")
        answer = asked.answer(seconds=30)
        assert BORDER not in str(answer)
        assert NOTICE not in answer["text"]
