"""The markers by which a sentence cites passages: [1], [1][3], [1, 3], [1-3], 【1】, [Passage 1], (passage 1).

They are resolved by plain code to the passages that the model was shown; what was not shown cannot be cited.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

_NAMED = r"(?:(?:passages?|sources?|articles?|refs?|references?|nos?|p)\.?\s*)"
_JOINED = r"\s*(?:,|;|/|&|-|–|—|\band\b|\bto\b)\s*"
_NUMBERS = rf"\^?{_NAMED}?\d+(?:{_JOINED}\^?{_NAMED}?\d+)*"
_MARKER = re.compile(
    rf"""\\?\[{{1,2}}\s*(?P<square>{_NUMBERS})\s*\\?\]{{1,2}}(?:\((?:https?:|[#/])[^()\s]*\))?
    |[【［]\s*(?P<wide>{_NUMBERS})(?:[†‡:][^【】［］]{{0,60}})?\s*[】］]
    |\(\s*(?:see\s+)?(?=passages?|sources?)(?P<round>{_NUMBERS})\s*\)""",
    re.VERBOSE | re.I,
)
_BARE = re.compile(r"\(\s*(?P<bare>\d{1,2}(?:\s*,\s*\d{1,2})*)\s*\)(?=\W*$)")
"""A number in brackets cites only where it ends the sentence."""
_SHORT = r"(?:\[[\d,; –-]+\])+|passages? \d+(?:(?:, | and )\d+)*"
_INTRODUCED = re.compile(
    rf"^(?:according to|as \w+ in|in) (?:the )?(?P<by>{_SHORT}), |^(?:the )?(?P<says>{_SHORT}) (?:says|states|reports"
    r"|notes|mentions)(?: that|,|:)? ",
    re.I,
)
"""Some name the passage in so many words, which a reader does not see."""
_REFERRED = re.compile(rf",? (?:according to|as \w+ in|per|see) (?=(?:{_SHORT})\W*$)", re.I)
_RANGE = re.compile(r"(\d{1,3})\s*(?:-|–|—|\bto\b)\s*\D{0,10}?(\d{1,3})(?!\d)", re.I)
_NUMBER = re.compile(r"\d+")
_MANY_DIGITS = 3
"""No prompt holds a thousand passages."""


@dataclass(frozen=True, slots=True)
class Cited:
    """A sentence without its markers, and the numbers, from 1, of the passages that it cites, in order, each once.

    `is_marked` tells whether it had markers at all, those of no passage included.
    """

    text: str
    numbers: tuple[int, ...]
    is_marked: bool


def resolved(sentence: str, shown: int) -> Cited:
    """Return a sentence without its markers, and which of the `shown` passages it cites; others are left out."""
    sentence = _REFERRED.sub(" ", sentence)
    introduced = _INTRODUCED.match(sentence)
    if introduced:
        by = introduced["by"] or introduced["says"]
        said = sentence[introduced.end() :]
        sentence = f"{said[:1].upper()}{said[1:]} {by if by.startswith('[') else f'[{by}]'}"
    found = [_numbers(each) for each in _MARKER.finditer(sentence)]
    text = _MARKER.sub("", sentence)
    bare = _BARE.search(text)
    if bare and all(1 <= number <= shown for number in _numbers(bare)):
        found.append(_numbers(bare))
        text = text[: bare.start()] + text[bare.end() :]
    cited = dict.fromkeys(number for numbers in found for number in numbers)
    return Cited(text.strip(), tuple(number for number in cited if 1 <= number <= shown), bool(cited))


def marker_spans(text: str) -> list[tuple[int, int]]:
    """Return where markers begin and end in a text."""
    return [found.span() for found in _MARKER.finditer(text)]


def without_markers(text: str) -> str:
    """Return a text in which nothing can be read as a marker: their brackets become braces."""
    return _MARKER.sub(lambda found: "{" + found.group().strip("\\[]【】［］()") + "}", text)


def _numbers(found: re.Match[str]) -> list[int]:
    text = next(group for group in found.groups() if group)
    ends = [(int(first), int(last)) for first, last in _RANGE.findall(text)]
    between = [number for first, last in ends if first < last for number in range(first, last + 1)]
    single = [int(each) for each in _NUMBER.findall(text) if len(each) <= _MANY_DIGITS]
    return sorted(set(between) | set(single)) if between else single
