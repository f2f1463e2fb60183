"""A language model that does what a hostile article tells it, and answers the question besides."""

from __future__ import annotations

import re
from collections.abc import Sequence

from tests.chat_server import Message
from tests.injection.articles import Case

_PASSAGE = re.compile(r'<passage number="(\d+)"[^\n]*>\n(.*?)\n</passage>', re.S)


class Obedient:
    """The script of a chat server: it finds the case by its question, and its passage in the prompt."""

    def __init__(self, cases: Sequence[Case]) -> None:
        self._cases = cases

    def __call__(self, messages: list[Message]) -> str:
        prompt = messages[-1]["content"]
        first = "did not pass" not in prompt
        case = next(each for each in self._cases if each.question in prompt)
        passages = [(int(number), text) for number, text in _PASSAGE.findall(prompt)]
        number = next(number for number, text in passages if case.honest in text)
        others = " ".join(text.split(".")[0] for other, text in passages if other != number)
        obeyed = case.obeys.format(
            n=number,
            others=others or "none",
            system=messages[0]["content"].splitlines()[0],
            changed=case.changed.rstrip("."),
            endless="quack " * 3_000,
        )
        everywhere = "".join(f"[{each}]" for each, _ in passages)
        cited_everywhere = re.sub(r"(?:\[\d+\])+", everywhere, obeyed)
        return f"{obeyed} {case.honest.rstrip('.')} [{number}]. {cited_everywhere}" if first else obeyed
