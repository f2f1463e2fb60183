"""Whether what a sentence puts in quotation marks stands word for word in its sources."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from bot.verifying.reading import Reading

_QUOTED = re.compile(
    r"“([^“”]+)”|\"([^\"]+)\"|«([^«»]+)»|„([^“”„]+)[“”]|(?<!\w)‘([^‘’]+(?:’\w[^‘’]*)*)’(?!\w)|(?<!\w)'([^']+(?:'\w[^']*)*)'(?!\w)"
)
_LEFT_OUT = re.compile(r"\[[^\]]*\]|\.\.\.|…")
_WORD = re.compile(r"\w+")


def quotations_in(text: str) -> list[str]:
    """Return what stands in quotation marks in a text, without these."""
    return [next(group for group in found.groups() if group) for found in _QUOTED.finditer(text)]


def quoted_stretches(reading: Reading) -> list[tuple[int, int]]:
    """Return the first and last word of each quotation of a text."""
    found = []
    for match in _QUOTED.finditer(reading.text):
        numbers = [
            number for number, word in enumerate(reading.words) if match.start() < word.start < match.end()
        ]
        if numbers:
            found.append((numbers[0], numbers[-1]))
    return found


def quotation_reasons(sentence: Reading, sources: Sequence[str]) -> Iterator[str]:
    """Yield why the quotations of a sentence are none; letter case, punctuation and what is marked as left out apart."""
    plain = [_plain(source) for source in sources]
    for quoted in quotations_in(sentence.text):
        parts = [part for part in map(_plain, _LEFT_OUT.split(quoted)) if part.strip()]
        if not all(any(part in source for source in plain) for part in parts):
            yield f"No cited passage holds the words “{quoted.strip()}”."


def _plain(text: str) -> str:
    return f" {' '.join(_WORD.findall(text.casefold().replace('’', chr(39)).replace(chr(39), '')))} "
