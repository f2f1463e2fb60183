"""What a question wants counted or measured: how many of what, how much money, what share."""

from __future__ import annotations

import re
from collections.abc import Set as AbstractSet
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
_AROUND = 6
"""So far from a figure, on either side, may stand what it counts, at most: of the dockers, it said, some 900 ..."""
_ANYONE = frozenset(("people", "persons"))
"""Who is counted so may be called anything: passengers, inhabitants, settlers."""
_STAND_FOR = frozenset(("them", "who", "those", "these", "they"))


@dataclass(frozen=True, slots=True)
class Amount:
    """What is to be counted (its words, if anything is), and whether a sum of money or a share is asked for."""

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
    """Return the first words in a row that are no stop words: of "the navy's patrol boats are there", patrol boats."""
    run: list[str] = []
    for word in words(rest):
        if word == "s":  # what comes before it has what is counted
            run = []
        elif word.casefold() not in STOP_WORDS:
            run.append(word)
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


def lacks_count(amount: Amount, sentence: str, known: AbstractSet[str]) -> bool:
    """Tell whether something is to be counted, and no figure stands near it in a sentence.

    A figure among the stems `known`, those of the question, is none.
    """
    if not amount.counted or not _ANYONE.isdisjoint(word.casefold() for word in amount.counted):
        return False
    said = words(sentence)
    wanted = [stem(word) for word in amount.counted]
    for place, word in enumerate(said):
        if not (word[0].isdigit() or word.casefold() in FIGURES | {"one"}) or stem(word) in known:
            continue
        near = said[max(0, place - _AROUND) : place + 1 + _AROUND]
        around = {stem(other) for other in near}
        if any(each in around or said_otherwise(each, around) for each in wanted):
            return False
        if not _STAND_FOR.isdisjoint(other.casefold() for other in said[place : place + _AROUND]):
            return False
    return True


def _best_count(counted: tuple[str, ...], said: list[str]) -> float:
    """Return the highest share (0..1) of what is counted that follows a figure closely."""
    places = [place for place, word in enumerate(said) if word[0].isdigit() or word.casefold() in FIGURES]
    best = 0.0
    for place in places:
        after = {stem(word) for word in said[place + 1 : place + 1 + _NEAR]}
        held = sum(word in after or said_otherwise(word, after) for word in map(stem, counted))
        best = max(best, held / len(counted))
    return best
