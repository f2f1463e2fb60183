"""`footnote ask`: one question, or a stream of them."""

from __future__ import annotations

from bot import wiring
from bot.answer_json import answer_to_json
from bot.commands.json_output import print_json, run_batch
from bot.questions import BatchQuestion, Question, filters_from, moment_asked
from bot.settings import load_settings
from bot.slack.blocks import answer_messages
from bot.terminal import show_answer, shown_as_it_comes
from bot.visible import visible

_AT_ONCE = 4
"""Questions of a batch that a language model, which is mostly waited for, is asked at the same time."""


def ask_once(
    text: str,
    since: str | None,
    until: str | None,
    publisher: str | None,
    asked_at: str | None,
    *,
    as_json: bool,
    explain: bool,
    as_slack: bool = False,
) -> None:
    """Answer one question on the terminal, as JSON, or as the messages that Slack would show."""
    question = Question(text, moment_asked(asked_at), filters_from(since, until, publisher))
    settings = load_settings()
    wiring.require_index(settings)
    with wiring.engine(settings) as engine:
        if not (as_slack or as_json):
            _show(engine, question, explain=explain)
            return
        answer = engine.answerer.answer(question)
    if as_slack:
        for message in answer_messages(answer):
            print_json(message.to_json())
    else:
        print_json(answer_to_json(answer, explain=explain))


def _show(engine: wiring.Engine, question: Question, *, explain: bool) -> None:
    """Answer on the terminal; where a language model writes, each sentence is shown as soon as it is verified."""
    answerer = engine.answerer
    if not engine.is_written:
        show_answer(answerer.answer(question), explain=explain)
        return
    with shown_as_it_comes(f"Asking {visible(answerer.model)} …") as shown:
        shown.finish(answerer.answer(question, shown.tell), explain=explain)


def ask_batch(
    since: str | None, until: str | None, publisher: str | None, asked_at: str | None, *, explain: bool
) -> int:
    """Answer the questions on standard input; return the exit code."""
    settings = load_settings()
    wiring.require_index(settings)
    with wiring.engine(settings) as engine:

        def answer(asked: BatchQuestion) -> dict[str, object]:
            return answer_to_json(engine.answerer.answer(asked.question), asked.id, explain=explain)

        at_once = _AT_ONCE if engine.is_written else 1
        return run_batch(answer, filters_from(since, until, publisher), asked_at, at_once=at_once)
