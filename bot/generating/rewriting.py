"""A follow-up, or a question in another language, as one English question that stands alone.

A language model rewrites it, and is not trusted: with a name or a figure that neither the question nor the conversation
holds, something else would be looked up than was asked.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from difflib import SequenceMatcher

from bot.answering.naming import names_in, names_of, root_of
from bot.errors import ChatModelError
from bot.generating.language_model import LanguageModel, Prompt, Tokens
from bot.generating.plain import holds_address, plain_text, without_steering, without_thoughts
from bot.questions import Question
from index.words import stem, words

_REMEMBERED = 6
"""Exchanges; what came before that is seldom leant on."""
_EXCHANGE = 500
"""Characters of a question or an answer that the model is reminded of."""
_LONGEST = 400
"""Characters of a question that stands alone."""
_ROOT = 5
"""Letters; shorter ones begin too much else."""
_ALIKE = 0.6
"""The share of letters in common from which on a name may be the same one in another language."""

_LABEL = re.compile(
    r"^\W*(?:(?:stand-?alone|rewritten|new|follow-?up|full|complete)\s+)*(?:question|reader|query)\s*[:–-]\s*",
    re.I,
)
_ASKING_WITHIN = re.compile(
    r"(?<=[\w,;:–—-] )(?:Who|Whom|Whose|What|When|Where|Which|Why|How|Did|Does|Do|Is|Are|Was|Were|Has|Have)(?= [a-z])"
)
"""A word that asks, with the capital of a question that was put behind something: it is read as a name there."""


def rewritten(
    question: Question,
    model: LanguageModel,
    prompt: Prompt,
    until: float,
    tokens: Tokens,
    *,
    translated: bool,
) -> str | None:
    """Return `question` as one that stands alone; None where the model fails or is not to be trusted in this."""
    try:
        reply = model.write(
            prompt.messages(conversation=_conversation(question), question=_short(question.text)), until
        )
    except ChatModelError:
        return None
    tokens.add(reply)
    lines = [line for line in without_thoughts(reply.text).splitlines() if line.strip()]
    text = _question_in(lines[0]) if len(lines) == 1 else ""
    return text if _is_question(text) and is_faithful(text, question, translated=translated) else None


def _question_in(line: str) -> str:
    """Return a question without quotation marks, what announces it, and capitals that make its words names."""
    text = _LABEL.sub("", plain_text(line)).strip("\"“”'")
    return _ASKING_WITHIN.sub(lambda found: found.group().casefold(), text)


def is_faithful(rewrite: str, question: Question, *, translated: bool) -> bool:
    """Tell whether a rewritten question names nothing that neither the question nor the conversation does.

    Names of a translated one may be spelled otherwise, or be inflected: then most of them must be alike.
    """
    said = [question.text, *(text for each in question.history for text in (each.question, each.answer))]
    heard = {word.casefold() for text in said for word in words(text)}
    known = set(map(stem, heard))
    figures = {stem(word) for word in words(rewrite) if word[0].isdigit()}
    named = [word for name in names_in(rewrite) for word in words(name) if not word[0].isdigit()]
    new = [word for word in named if stem(word) not in known and not _is_form(word, heard)]
    if not figures <= known:
        return False
    if not translated:
        return not new
    written = {word.casefold() for text in said for name in names_of(text) for word in words(name)}
    strange = [word for word in new if not _has_like(word.casefold(), written)]
    return 2 * len(strange) < len(named) or not strange


def _is_form(name: str, heard: Iterable[str]) -> bool:
    """Tell whether a name is of the people or the place that another one is of: Vestranian, Vestrany."""
    root = root_of(name)
    return len(root) >= _ROOT and any(word.startswith(root) for word in heard)


def _has_like(name: str, written: Iterable[str]) -> bool:
    return any(SequenceMatcher(None, name, other, autojunk=False).ratio() >= _ALIKE for other in written)


def _is_question(text: str) -> bool:
    return 0 < len(text) <= _LONGEST and any(map(str.isalpha, text)) and not holds_address(text)


def _conversation(question: Question) -> str:
    lines = [
        f"Reader: {_short(each.question)}\nBot: {_short(each.answer) or '(no answer)'}"
        for each in question.history[-_REMEMBERED:]
    ]
    return "\n".join(lines) or "(nothing was said before)"


def _short(text: str) -> str:
    return " ".join(without_steering(text).split())[:_EXCHANGE]
