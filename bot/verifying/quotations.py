"""Whether what a sentence puts in quotation marks stands word for word in its sources."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from bot.verifying.reading import Reading

_QUOTED = re.compile(
    "|".join((
        r"“([^“”]+)”",
        r'"([^"]+)"',
        r"«([^«»]+)»",
        r"„([^“”„]+)[“”]",
        # An apostrophe within a word ends no quotation.
        r"(?<!\w)‘([^‘’]+(?:’\w[^‘’]*)*)’(?!\w)",
        r"(?<!\w)'([^']+(?:'\w[^']*)*)'(?!\w)",
    ))
)  # fmt: skip
_LEFT_OUT = re.compile(r"\[[^\]]*\]|\.\.\.|…")
_WORD = re.compile(r"\w+")
_APOSTROPHES = str.maketrans("", "", "'’")


def quotations_in(text: str) -> list[str]:
    """Return what stands in quotation marks in a text, without these."""
    return [next(filter(None, found.groups())) for found in _QUOTED.finditer(text)]


def quoted_stretches(reading: Reading) -> list[tuple[int, int]]:
    """Return the first and last word of each quotation of a text."""
    found = (reading.within(*match.span()) for match in _QUOTED.finditer(reading.text))
    return [stretch for stretch in found if stretch]


def quotation_reasons(sentence: Reading, sources: Sequence[str]) -> Iterator[str]:
    """Yield the quotations of a sentence that no source has; letter case, punctuation and what is left out apart."""
    plain = [_plain(source) for source in sources]
    for quoted in quotations_in(sentence.text):
        parts = [part for part in map(_plain, _LEFT_OUT.split(quoted)) if part.strip()]
        if not all(any(part in source for source in plain) for part in parts):
            yield f"No cited passage holds the words “{quoted.strip(' ,')}”."


def _plain(text: str) -> str:
    """Return the words of a text in lower case between single spaces, one at either end."""
    return f" {' '.join(_WORD.findall(text.casefold().translate(_APOSTROPHES)))} "
