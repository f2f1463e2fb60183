from __future__ import annotations

import os
import pty
import select
import signal
import subprocess
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress

import pytest

from bot.answers import Answer, Claim
from bot.commands.chat import Conversation, hold
from bot.questions import Filters, Question
from bot.settings import Settings
from index.errors import IndexDamagedError
from tests.bot.made import answer, article, citation
from tests.process import COMMAND, called, environment

QUESTION = "how many ISKP fighters did CSTO estimate?"
TOLL = article("The toll rises to 14 crowns.")


class ScriptedAnswerer:
    """Gives its answers in turn, or raises them, and keeps what it was asked."""

    def __init__(self, *script: Answer | BaseException) -> None:
        self._script = iter(script)
        self.asked: list[Question] = []

    model = "extractive"

    def warm_up(self) -> None:
        raise AssertionError("nothing is to be loaded")

    def answer(self, question: Question, told: Callable[[Claim], None] | None = None) -> Answer:
        self.asked.append(question)
        step = next(self._script, None) or answer(citation(TOLL, TOLL.text))
        if isinstance(step, BaseException):
            raise step
        if told is not None:
            list(map(told, step.claims))
        return step


def talk(answerer: ScriptedAnswerer, *lines: str, asked_at: str | None = None) -> list[list[str]]:
    """Hold a conversation; return the earlier questions that each question came with."""
    hold(Conversation(answerer, Filters(), asked_at), iter(lines))
    return [[exchange.question for exchange in question.history] for question in answerer.asked]


def test_a_question_comes_with_the_last_ten_exchanges() -> None:
    answerer = ScriptedAnswerer()
    histories = talk(answerer, *(f"question {number}\n" for number in range(13)))
    assert histories[:3] == [[], ["question 0"], ["question 0", "question 1"]]
    assert histories[-1] == [f"question {number}" for number in range(2, 12)]
    assert {exchange.answer for exchange in answerer.asked[-1].history} == {TOLL.text}


@pytest.mark.parametrize("command", ["new", "/new", " /new \n"])
def test_new_starts_afresh(command: str) -> None:
    assert talk(ScriptedAnswerer(), "a", command, "b") == [[], []]


def test_empty_lines_do_nothing_and_quit_ends() -> None:
    assert talk(ScriptedAnswerer(), "\n", "  ", "a", "", "/quit", "b") == [[]]


def test_another_command_is_no_question(capsys: pytest.CaptureFixture[str]) -> None:
    assert talk(ScriptedAnswerer(), "/news \x1b[31m") == []
    assert capsys.readouterr().err == "There is no /news; there are /new and /quit.\n"


def test_an_error_is_printed_and_the_conversation_goes_on(capsys: pytest.CaptureFixture[str]) -> None:
    broken = IndexDamagedError("The catalogue is damaged.", "Run footnote reindex.")
    assert talk(ScriptedAnswerer(broken), "a", "b") == [[], []]
    shown = capsys.readouterr()
    assert shown.err == "Error: The catalogue is damaged. Run footnote reindex.\n"
    assert TOLL.text in shown.out


def test_an_answer_that_is_broken_off_is_not_remembered(capsys: pytest.CaptureFixture[str]) -> None:
    assert talk(ScriptedAnswerer(KeyboardInterrupt()), "a", "b") == [[], []]
    assert capsys.readouterr().err == "Stopped.\n"


def test_each_question_is_asked_at_its_own_moment_unless_all_at_one() -> None:
    answerer = ScriptedAnswerer()
    talk(answerer, "a", "b")
    assert answerer.asked[0].asked_at < answerer.asked[1].asked_at
    answerer = ScriptedAnswerer()
    talk(answerer, "a", "b", asked_at="2024-05-09")
    assert {question.asked_at.date().isoformat() for question in answerer.asked} == {"2024-05-09"}


def test_the_lines_of_the_input_are_answered_and_a_follow_up_uses_what_came_before(
    sample_settings: Settings,
) -> None:
    lines = [QUESTION, "", "who said so?", "/new", "Who is the prime minister of Norway?"]
    done = called(sample_settings.home, "chat", stdin="\ufeff" + "\n".join(lines))
    assert done.returncode == 0, done.stderr
    assert done.stderr == ""
    assert "> " not in done.stdout
    first, second, third = done.stdout.split("confidence ")
    assert "6,500" in first.partition("Sources")[0]
    assert "Sidorov" in second.partition("Sources")[0]
    assert "The articles do not answer this." in third


def test_a_filter_holds_for_every_question(sample_settings: Settings) -> None:
    done = called(sample_settings.home, "chat", "--until", "2023-06-30", stdin=f"{QUESTION}\ncod quota?")
    assert done.returncode == 0
    assert "Lanternfield" not in done.stdout
    assert "42,800" not in done.stdout


@pytest.mark.parametrize(
    ("arguments", "code", "said"), [((), 3, "footnote reindex"), (("--since", "soon"), 2, "2026-03-01")]
)
def test_what_keeps_a_conversation_from_starting_is_said(
    sample_settings: Settings, arguments: tuple[str, ...], code: int, said: str
) -> None:
    done = called(sample_settings.home / "none", "chat", *arguments, stdin="a")
    assert done.returncode == code
    assert said in done.stderr


class Terminal:
    """A terminal in which the command runs."""

    def __init__(self, process: subprocess.Popen[bytes], screen: int) -> None:
        self.process = process
        self._screen = screen
        self._unread = ""

    def type(self, keys: str) -> None:
        os.write(self._screen, keys.encode())

    def wait_for(self, text: str) -> str:
        """Return what is shown up to and with `text`; what comes in the same read stays for the next wait."""
        until = time.monotonic() + 60
        while text not in self._unread:
            assert time.monotonic() < until, self._unread
            if select.select([self._screen], [], [], 1)[0]:
                self._unread += os.read(self._screen, 65536).decode(errors="replace")
        shown, _, self._unread = self._unread.partition(text)
        return shown + text

    def exit_code(self, *, interrupted: bool = False) -> int:
        """Return the code that the command ends with; it does not end before its output is read.

        An interruption is repeated: one that comes between two looks at the keyboard waits for the next key.
        """
        began = interrupt = time.monotonic()
        while self.process.poll() is None:
            assert time.monotonic() < began + 60
            if interrupted and time.monotonic() >= interrupt:
                self.process.send_signal(signal.SIGINT)
                # While it ends, another one would end it as a signal does.
                interrupt += 15
            if select.select([self._screen], [], [], 0.5)[0]:
                with suppress(OSError):
                    os.read(self._screen, 65536)
        return self.process.returncode


@contextmanager
def terminal(settings: Settings) -> Iterator[Terminal]:
    screen, other_end = pty.openpty()
    process = subprocess.Popen(
        [COMMAND, "chat"],
        stdin=other_end,
        stdout=other_end,
        stderr=other_end,
        env=environment(settings.home, TERM="xterm"),
        start_new_session=True,
        # Where the tests run as a job in the background, it is ignored, and so it would be here.
        preexec_fn=lambda: signal.signal(signal.SIGINT, signal.SIG_DFL),
    )
    os.close(other_end)
    try:
        yield Terminal(process, screen)
    finally:
        process.kill()
        process.wait()
        os.close(screen)


def test_at_a_terminal_there_is_a_prompt_and_arrow_keys_bring_lines_back(sample_settings: Settings) -> None:
    with terminal(sample_settings) as shown:
        assert "Loading the model" in shown.wait_for("> ")
        shown.type("cod quota?\n")
        shown.wait_for("confidence ")
        shown.wait_for("> ")
        shown.type("\x1b[A")
        shown.wait_for("cod quota?")
        assert shown.exit_code(interrupted=True) == 0


def test_ctrl_d_ends(sample_settings: Settings) -> None:
    with terminal(sample_settings) as shown:
        shown.wait_for("> ")
        shown.type("\x04")
        assert shown.exit_code() == 0
