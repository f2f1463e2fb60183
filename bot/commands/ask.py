"""`footnote ask`: one question, or a stream of them."""

from __future__ import annotations

from bot import wiring
from bot.answer_json import answer_to_json
from bot.commands.json_output import print_json, run_batch
from bot.questions import BatchQuestion, Question, filters_from, moment_asked
from bot.settings import load_settings
from bot.slack.blocks import answer_messages
from bot.terminal import show_answer


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
    with wiring.answerer(settings) as answerer:
        answer = answerer.answer(question)
    if as_slack:
        for message in answer_messages(answer):
            print_json(message.to_json())
    elif as_json:
        print_json(answer_to_json(answer, explain=explain))
    else:
        show_answer(answer, explain=explain)


def ask_batch(
    since: str | None, until: str | None, publisher: str | None, asked_at: str | None, *, explain: bool
) -> int:
    """Answer the questions on standard input; return the exit code."""
    settings = load_settings()
    wiring.require_index(settings)
    with wiring.answerer(settings) as answerer:

        def answer(asked: BatchQuestion) -> dict[str, object]:
            return answer_to_json(answerer.answer(asked.question), asked.id, explain=explain)

        return run_batch(answer, filters_from(since, until, publisher), asked_at)
