"""Raised characters: footnote markers, which are no part of the text, and exponents and ordinals, which are.

A reader that finds raised text writes digits as Unicode's superscripts (`with_raised`), so that they can
never run into a figure beside them: 6,500 with a marker 1 is not 6,5001. Where the whole text is known,
`without_markers` tells markers from exponents by what stands before them.
"""

from __future__ import annotations

import re

_DIGITS = str.maketrans("0123456789+-−–", "⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻⁻⁻")
_NUMBER = re.compile(r"[+\-−–]?\d{1,3}")
_MARKER = re.compile(
    r"[*†‡§¶#‖,;\s]+"  # symbols
    r"|[(\[]?\s*\d{1,3}(?:\s*[,;–-]\s*\d{1,3})*\s*[)\]]?[*†‡]?"  # 1,2  [3]  4-6
    r"|[(\[]\s*(?:[a-z]{1,4}|note \d+|[Cc]itation needed)\s*[)\]]"  # [a]  [note 1]
)
_NOTE_LETTER = re.compile(r"[a-hx-z](?:,[a-hx-z])*")

_UNITS = r"(?:[kcmdnµμ]?m|ft|yd|mi|kg|px)"
_EXPONENT = re.compile(
    rf"""(?:
        (?<![^\W_])(?:{_UNITS}|[A-Za-zΔπ]|mc)[²³]   # km²  R²  mc²
        | (?<![\w.,])10[³-⁹⁴][⁰¹²³⁴-⁹]?             # 10⁶, where a marker would be a small number
        | (?<=[×x·*]10) [⁰¹²³⁴-⁹]{{1,3}}            # 3 × 10²
        | (?<=[×x·*]\ 10) [⁰¹²³⁴-⁹]{{1,3}}
        | [⁺⁻][⁰¹²³⁴-⁹]{{1,3}}                      # s⁻¹
    )(?![⁰¹²³⁴-⁹])""",
    re.VERBOSE,
)
_RAISED = re.compile(r"[⁰¹²³⁴-⁹]+(?:[,⁻⁺‚˒][⁰¹²³⁴-⁹]+)*")


_NUMERATOR = re.compile(r"[⁰¹²³⁴-⁹]+(?=[/⁄]\d)")
_PLAIN = str.maketrans("⁰¹²³⁴⁵⁶⁷⁸⁹", "0123456789")


def with_raised(before: str, raised: str) -> str:
    """Return `before` followed by the raised text, as it is to be read.

    Numbers become superscript digits; markers of other kinds fall away; anything else that is raised
    (the "th" of 20th, the "e" of XIXe, ™) reads as if it were not.
    """
    text = raised.strip()
    if _NUMBER.fullmatch(text):
        return before + text.translate(_DIGITS)
    if _MARKER.fullmatch(text) or not text:
        return before
    if _NOTE_LETTER.fullmatch(text) and re.search(r"[\d%.,;:!?)”\"’']$", before):
        return before
    return before + raised


def without_markers(text: str) -> str:
    """Return `text` without superscript digits, except where they are exponents: "km²", "10⁶" after ×."""
    if not _RAISED.search(text):
        return text
    text = _NUMERATOR.sub(lambda found: found[0].translate(_PLAIN), text)
    kept: list[str] = []
    position = 0
    for found in _EXPONENT.finditer(text):
        kept += [_RAISED.sub("", text[position : found.start()]), found.group()]
        position = found.end()
    kept.append(_RAISED.sub("", text[position:]))
    return "".join(kept)
