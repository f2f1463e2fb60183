"""A language model that judges whether answers are what their cases expect, and whether their passages say so.

It may be wrong, which is why its agreement with what the cases themselves can tell stands beside its figures.
"""

from __future__ import annotations

import sys
import time
from collections.abc import Mapping
from dataclasses import replace

from bot import wiring
from bot.answers import Answer
from bot.errors import SettingsError
from bot.evaluation.cases import QuestionCase
from bot.evaluation.cited import cited_passages
from bot.evaluation.judge_reply import read_judgement
from bot.evaluation.results import Judgement
from bot.generating.chat_model import ChatModel
from bot.generating.context import context_of
from bot.generating.language_model import LanguageModel, Prompt
from bot.generating.plain import without_steering
from bot.generating.providers import read_name
from bot.settings import Settings, chat_keys

_TRIES = 2
_KEPT = 500
"""Characters of a reply that cannot be read, which the model is shown when it is asked again."""
_AGAIN = 'That cannot be read. Reply with nothing but the JSON object: "correct", "supported" and "why".'
_NOTHING = "(none)"


class Judge:
    """Has `model` judge answers, each within `deadline` seconds; safe to share between threads."""

    def __init__(self, model: LanguageModel, prompt: Prompt, *, deadline: float) -> None:
        self._model = model
        self._prompt = prompt
        self._deadline = deadline

    @property
    def name(self) -> str:
        """What the model is called."""
        return self._model.name

    def load(self) -> None:
        """Load the model's package now.

        Raises:
            ChatModelError: it cannot be loaded.
        """
        self._model.load()

    def judge(self, case: QuestionCase, answer: Answer) -> Judgement:
        """Return the judgement of an answer; it is not given where two replies cannot be read.

        Raises:
            ChatModelError: the model cannot be asked.
        """
        until = time.monotonic() + self._deadline
        first = messages = self._messages(case, answer)
        for _ in range(_TRIES):
            reply = self._model.write(messages, until).text
            found = read_judgement(reply)
            if found is not None:
                return found if answer.claims else replace(found, supported=None)
            # The same words again would have a model that does not choose at random reply the same.
            messages = [*first, ("assistant", reply.strip()[-_KEPT:] or _NOTHING), ("user", _AGAIN)]
        return Judgement(None, None, f"{self.name} gave no judgement that can be read")

    def _messages(self, case: QuestionCase, answer: Answer) -> list[object]:
        cited = cited_passages(answer.citations)
        numbers = {place: number for number, place in enumerate(cited, 1)}
        # Left out for want of room, a passage would make what rests on it look unsupported.
        context = context_of(tuple(cited.values()), sys.maxsize, self._model.count_tokens)
        return list(
            self._prompt.messages(
                question=without_steering(_question(case)),
                expected=_expected(case),
                answer=without_steering(_said(answer, numbers)),
                passages=context.text or _NOTHING,
            )
        )


def judge_named(name: str, settings: Settings, base_url: str | None = None) -> Judge:
    """Return the judge that "provider:model" names, loaded; `base_url` is another server than the provider's own.

    Without it the server is that of FOOTNOTE_CHAT_BASE_URL, unless FOOTNOTE_CHAT_MODEL is another provider's: then
    that is not where this one's key should be sent.

    Raises:
        SettingsError: the name names no model, the address is none, or a prompt is wrong.
        ChatModelError: the model's package or key is missing.
    """
    provider, _ = read_name(name)
    if base_url is not None and not base_url.startswith(("http://", "https://")):
        raise SettingsError(
            f"--judge-base-url {base_url!r} is no address.", "It begins with http:// or https://."
        )
    shared = settings.chat_model is None or read_name(settings.chat_model)[0] == provider
    prompt = wiring.loaded_prompts(settings).judge
    server = base_url or (settings.chat_base_url if shared else None)
    model = ChatModel(name, server, keys=chat_keys(settings), context=settings.chat_context)
    judge = Judge(model, prompt, deadline=settings.chat_deadline)
    judge.load()
    return judge


def _question(case: QuestionCase) -> str:
    parts = [case.question]
    if case.asked_at:
        parts.append(f"(asked on {case.asked_at:%-d %B %Y})")
    parts += [f'(Asked before: "{each.question}" Answered: "{each.answer}")' for each in case.history]
    return " ".join(parts)


def _expected(case: QuestionCase) -> str:
    if case.declines:
        return "That the bot declines: the articles do not hold an answer."
    if case.answers:
        return "An answer that says " + " or ".join(f'"{text}"' for text in case.answers) + "."
    return (
        "A right answer, whatever its words, from " + " or ".join(f'"{each}"' for each in case.sources) + "."
    )


def _said(answer: Answer, numbers: Mapping[tuple[str, str], int]) -> str:
    """Return all that a reader sees of an answer, each sentence with the numbers of its passages."""
    if answer.declined:
        return f"The bot declines. {answer.reason or ''}".strip()
    if answer.reply is not None:
        return answer.reply
    lines = []
    for claim in answer.claims:
        cited = dict.fromkeys(numbers[each.article.id, each.passage.id] for each in claim.citations)
        parts = [
            f"({claim.context})" if claim.context else "",
            claim.text,
            f"({'; '.join(claim.notes)})" if claim.notes else "",
            "".join(f"[{number}]" for number in cited),
        ]
        lines.append(" ".join(filter(None, parts)))
    return "\n".join(lines)
