"""What a question wants counted or measured: how many of what, how much money, what share."""

from __future__ import annotations

import re
from dataclasses import dataclass

from bot.answering.contrasts import said_otherwise
from index.words import STOP_WORDS, stem, words

FIGURES = frozenset((
    "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve", "thirteen",
    "fourteen", "fifteen", "sixteen", "seventeen", "eighteen", "nineteen", "twenty", "thirty", "forty", "fifty",
    "sixty", "seventy", "eighty", "ninety", "hundred", "hundreds", "thousand", "thousands", "million", "millions",
    "billion", "billions", "trillion", "dozen", "dozens", "half", "third", "quarter", "twice", "once", "none",
))  # fmt: skip
"""Words that are figures. One is none: it is a pronoun as often."""

_HOW_MANY = re.compile(r"\bhow many\b(?P<counted>[^?.,;:]*)", re.I)
_MONEY = re.compile(
    r"\b(?:costs?|prices?|paid|pays?|spen[dt]|spending|money|sum|budget|salary|wages?|fine|worth|funding|debt|loan"
    r"|invest(?:ed|ment)?|donat(?:ed|ion)"
    r"|how much (?:is|was|are|were|does|did|do|will|would)?\s*\w+\s*(?:offer|owe|earn|charge))\b",
    re.I,
)
_SUM = re.compile(
    r"[$£€¥₹₽]|\b(?:dollars?|euros?|pounds?|pence|cents?|yen|yuan|rupees?|rou?bles?|crowns?|kron(?:er|or|a)|marks?|francs?"
    r"|lira|pesos?|shillings?|dinars?|dirhams?|riyals?|rials?|somoni|afghanis?|rand|reais|zloty|usd|eur|gbp|free)\b",
    re.I,
)
_SHARE = re.compile(r"\b(?:percent(?:age)?|per cent|share|proportion|fraction)\b", re.I)
_PART = re.compile(
    r"%|\b(?:percent(?:age)?|per cent|half|third|quarter|tenth|fifth|majority|\w+ (?:in|out of) \w+)\b", re.I
)
_NEAR = 4
"""So many words after a figure, at most, stands what it counts: 6,500 well-armed foreign fighters."""


@dataclass(frozen=True, slots=True)
class Amount:
    """What is to be counted (its words' stems, if anything is), and whether a sum of money or a share is asked for."""

    counted: tuple[str, ...]
    money: bool
    share: bool


def amount_asked(question: str) -> Amount:
    """Return what amount `question` asks for."""
    share = bool(_SHARE.search(question))
    found = _HOW_MANY.search(question)
    return Amount(
        counted=_counted(found["counted"]) if found and not share else (),
        money=bool(_MONEY.search(question)) and not share and found is None,
        share=share,
    )


def _counted(rest: str) -> tuple[str, ...]:
    """Return the stems of the first words in a row that are no stop words: of "patrol boats does it", patrol boats."""
    run: list[str] = []
    for word in words(rest):
        if word.casefold() not in STOP_WORDS:
            run.append(stem(word))
        elif run:
            break
    return tuple(run[:3])


def gives_amount(amount: Amount, sentence: str) -> dict[str, float]:
    """Return how far a sentence gives it, -1..1 each, 0 where it is not asked for: "counted", "money" and "share".

    Counted is 1 where a figure stands with all that is counted, -1 where none stands with any of it.
    """
    said = {"counted": 0.0, "money": 0.0, "share": 0.0}
    if amount.counted:
        said["counted"] = 2 * _best_count(amount.counted, words(sentence)) - 1
    if amount.money:
        said["money"] = 1.0 if _SUM.search(sentence) else -1.0
    if amount.share:
        said["share"] = 1.0 if _PART.search(sentence) else -1.0
    return said


def _best_count(counted: tuple[str, ...], said: list[str]) -> float:
    """Return the highest share (0..1) of what is counted that follows a figure closely."""
    places = [place for place, word in enumerate(said) if word[0].isdigit() or word.casefold() in FIGURES]
    best = 0.0
    for place in places:
        after = {stem(word) for word in said[place + 1 : place + 1 + _NEAR]}
        held = sum(word in after or said_otherwise(word, after) for word in counted)
        best = max(best, held / len(counted))
    return best
