"""Drafted cases as a `*.cases.yaml` file that a person can review: what to check, and above each case its sentence."""

from __future__ import annotations

import math
import re
from collections.abc import Iterable, Sequence
from textwrap import indent

import yaml

from bot.evaluation.drafting.drafts import DraftedCase
from bot.visible import visible

_HEADER = """\
# Drafted by `footnote eval draft` from the articles themselves, for a person to review. Check of each case that
#
#   - the question reads well, and can be understood by somebody who has not read the article;
#   - the answer is right: above each case stands the sentence that it was taken from;
#   - nothing in the articles answers a near miss: its id ends in -swapped, and it declines.
#
# Mend or delete what does not convince you, then run: footnote eval {file}
"""
_LONGEST = 200
"""Characters of a sentence that are shown."""
_PLAIN = re.compile(r"[a-z][a-z0-9-]*")


class _Quoted(str):
    """A text that is always written in double quotes, where YAML has an escape for everything."""

    __slots__ = ()


class _InLine(list[str]):
    """A list that is written on one line."""


class _Dumper(yaml.SafeDumper):
    """Writes what is quoted and what stands on one line."""


_Dumper.add_representer(
    _Quoted, lambda dumper, text: dumper.represent_scalar("tag:yaml.org,2002:str", str(text), style='"')
)
_Dumper.add_representer(
    _InLine, lambda dumper, items: dumper.represent_sequence("tag:yaml.org,2002:seq", items, flow_style=True)
)


def cases_file(cases: Sequence[DraftedCase], articles: Sequence[str], file: str) -> str:
    """Return the text of a file of cases.

    `articles` are the paths that they are to be answered from, relative to the file; with none, the configured index is
    asked. `file` is what the file is called in the instructions.
    """
    parts = [_HEADER.format(file=visible(file)), "\n"]
    if articles:
        parts.append(_dumped({"articles": _texts(articles)}) + "\n")
    parts.append("cases:\n")
    parts.append(
        "\n".join(f"  # {_comment(case)}\n{indent(_dumped([_fields(case)]), '  ')}" for case in cases)
    )
    return "".join(parts)


def _comment(case: DraftedCase) -> str:
    sentence = visible(case.sentence)
    shown = sentence if len(sentence) <= _LONGEST else f"{sentence[: _LONGEST - 1].rstrip()}…"
    return f"Near miss, {visible(case.tags[-1])} exchanged: {shown}" if case.declines and case.tags else shown


def _fields(case: DraftedCase) -> dict[str, object]:
    fields: dict[str, object] = {"id": _text(case.id), "question": _Quoted(case.question)}
    if case.asked_on:
        fields["asked_at"] = case.asked_on
    if case.declines:
        fields["declines"] = True
    else:
        fields |= {"answers": _texts(case.answers), "sources": _texts(case.sources)}
    return fields | {"tags": _texts(case.tags)}


def _texts(texts: Iterable[str]) -> _InLine:
    return _InLine([_text(text) for text in texts])


def _text(text: str) -> str:
    return text if _PLAIN.fullmatch(text) else _Quoted(text)


def _dumped(value: object) -> str:
    return str(yaml.dump(value, Dumper=_Dumper, sort_keys=False, allow_unicode=True, width=math.inf))
