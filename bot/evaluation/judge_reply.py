"""What a judging language model replies, read as a judgement: one JSON object, whatever stands around it."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from typing import Any

from bot.evaluation.results import Judgement
from bot.generating.plain import without_steering

_TAIL = 4_000
"""Characters. A model that thinks aloud first judges at the end."""
_WHY = 300
"""Characters of a reason that are kept."""
_PYTHON = re.compile(r"\b(True|False)(?=\s*[,}])")
"""As small models write it."""
_VERDICTS = {"true": True, "false": False, "yes": True, "no": False}


def read_judgement(reply: str) -> Judgement | None:
    """Return the last judgement in a reply; None where there is none."""
    text = _PYTHON.sub(lambda found: found.group().lower(), reply[-_TAIL:])
    judgements = [judgement for each in _objects(text) if (judgement := _judgement(each)) is not None]
    return judgements[-1] if judgements else None


def _objects(text: str) -> Iterator[dict[str, Any]]:
    """Give every JSON object in a text, those within others too."""
    # Small models break lines within a text.
    decoder = json.JSONDecoder(strict=False)
    for start in (found.start() for found in re.finditer(r"\{", text)):
        try:
            yield decoder.raw_decode(text, start)[0]
        except (ValueError, RecursionError):
            continue


def _judgement(said: dict[str, Any]) -> Judgement | None:
    correct, supported = _verdict(said.get("correct")), _verdict(said.get("supported"))
    if correct is None or supported is None:
        return None
    why = said.get("why")
    return Judgement(correct, supported, _line(why) if isinstance(why, str) else "")


def _verdict(said: object) -> bool | None:
    if isinstance(said, bool):
        return said
    return _VERDICTS.get(said.strip().lower()) if isinstance(said, str) else None


def _line(text: str) -> str:
    line = " ".join(without_steering(text).split())
    return line if len(line) <= _WHY else f"{line[: _WHY - 1]}…"
