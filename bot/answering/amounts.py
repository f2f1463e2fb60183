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

_HOW_MANY = re.compile(
    r"\bhow many\b(?P<of> of (?:them|those|these|us|the \d[\d.,]* \w+)\b"
    r"(?: (?:is|are|was|were|has been|have been|had been)\b)?)?(?P<counted>[^?.,;:]*)",
    re.I,
)
"""Of "how many of them were children" it is the children that are counted."""
_MONEY = re.compile(
    r"\b(?:costs?|prices?|paid|pays?|spen[dt]|spending|money|sum|budget|salary|wages?|fine|worth|funding|debt|loan"
    r"|invest(?:ed|ment)?|donat(?:ed|ion)"
    r"|how much (?:is|was|are|were|does|did|do|will|would)?\s*\w+\s*(?:offer|owe|earn|charge))\b",
    re.I,
)
_SUM = re.compile(
    r"[$£€¥₹₽]|\b(?:dollars?|euros?|pounds?|pence|cents?|yen|yuan|rupees?|rou?bles?|crowns?|kron(?:er|or|a)|marks?|francs?"
    r"|lira|pesos?|shillings?|dinars?|dirhams?|riyals?|rials?|somoni|afghanis?|rand|reais|zloty|usd|eur|gbp|free)\b"
    r"|\b\d[\d.,]*(?:m|bn)\b|\b(?:[mb]illion|trillion|[bm]n)\b(?=\W*(?:$|[.,;:]|(?:is|was|were|in|for|to|by|more|less|over|from|an?|per|this"
    r"|last|each|on|and|or)\b))",
    re.I,
)
_SHARE = re.compile(r"\b(?:percent(?:age)?|per cent|share|proportion|fraction)\b", re.I)
_PART = re.compile(
    r"%|\b(?:percent(?:age)?|per cent|half|third|quarter|tenth|fifth|majority|\w+ (?:in|out of) \w+)\b", re.I
)
_SUM_ASKED = re.compile(
    r"\W*(?:how much|what (?:do|does|did|will|would)\b.*\b(?:costs?|pay|spend|charge|earn|owe)\b)(?!.*\bfor\W*$)",
    re.I,
)
"""How a question that speaks of money asks for a sum; not: what did they pay for?"""
_MEASURED = re.compile(
    r"\bhow much (?!(?:is|was|are|were|does|did|do|will|would|has|have|had|can|could|should|may|might"
    r"|more|less|of)\b)[a-z]",
    re.I,
)
_SPLIT_YEAR = re.compile(r"\b((?:1[6-9]|20)\d\d)[-–/]\d\d\b")
"""2025-26: the second figure counts nothing."""
_NEAR = 6
"""So far from a figure, on either side, may stand what it counts, at most: of the dockers, it said, some 900 ..."""

_PLURAL = re.compile(r"(?:[^s]s|men|people|children|troops|police)$")
_ANYONE = frozenset((
    "people", "persons", "residents", "inhabitants", "evacuees", "visitors", "guests", "attendees", "participants",
    "customers", "users", "citizens",
))  # fmt: skip
_BEING = frozenset(("is", "are", "was", "were", "been"))
_CALLED_PEOPLE = frozenset(
    ("refugees", "migrants", "applicants", "protesters", "demonstrators", "spectators", "survivors")
)
_STAND_FOR = frozenset(("them", "who", "those", "these", "they"))


_YEAR = re.compile(r"(?:1[6-9]|20)\d\d$")


@dataclass(frozen=True, slots=True)
class Amount:
    """What is to be counted (its words, if anything is), and whether a sum of money or a share is asked for.

    `money` is also there where a question only speaks of money; `sum` is where it asks for nothing but a sum, and
    `measured` where it asks how much there is of something else.
    """

    counted: tuple[str, ...]
    money: bool
    share: bool
    sum: bool = False
    measured: bool = False


def is_year(word: str) -> bool:
    """Tell whether a word is a year as news write them: 1600 to 2099."""
    return _YEAR.match(word) is not None


def amount_asked(question: str) -> Amount:
    """Return what amount `question` asks for."""
    share = bool(_SHARE.search(question))
    found = _HOW_MANY.search(question)
    money = bool(_MONEY.search(question)) and not share and found is None
    return Amount(
        counted=_counted(found["counted"]) if found and not share and not _counts_those(found) else (),
        money=money,
        share=share,
        sum=money and _SUM_ASKED.match(question) is not None,
        measured=not money and not share and _MEASURED.search(question) is not None,
    )


def _counts_those(found: re.Match[str]) -> bool:
    """Tell whether what is counted is known: "how many of those has he agreed to?", "... of the 41 injured stayed?"."""
    return found["of"] is not None and found["of"].casefold().split()[-1] not in _BEING


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
    # Of "lorries went over" lorries are counted: a plural ends what is.
    plural = next((place for place, word in enumerate(run) if _PLURAL.search(word)), len(run))
    return tuple(run[: min(plural + 1, 3)])


def gives_amount(amount: Amount, sentence: str, known: AbstractSet[str]) -> dict[str, float]:
    """Return how far a sentence gives it, -1..1 each, 0 where it is not asked for: "counted", "money" and "share".

    Counted is 1 where a figure stands near all that is counted, -1 where none stands near any of it. A figure among
    the stems `known`, those of the question, is none.
    """
    said = {"counted": 0.0, "money": 0.0, "share": 0.0}
    if amount.counted:
        said["counted"] = 2 * _best_count(amount.counted, _words(sentence), known) - 1
    if amount.money:
        said["money"] = 1.0 if _gives_sum(sentence, known) else -1.0
    if amount.share:
        said["share"] = 1.0 if _PART.search(sentence) else -1.0
    return said


def lacks_amount(amount: Amount, sentence: str, known: AbstractSet[str]) -> bool:
    """Tell whether a sum, or how much there is of something, is asked for, and a sentence has no such thing.

    A figure among the stems `known`, those of the question, is none.
    """
    if amount.sum:
        return not _gives_sum(sentence, known)
    return amount.measured and not _has_figure(sentence, known)


def _gives_sum(sentence: str, known: AbstractSet[str]) -> bool:
    """Tell whether a sentence has a sum: of a currency that is known, or of another one where it speaks of money."""
    if _SUM.search(sentence):
        return True
    return _MONEY.search(sentence) is not None and _has_figure(sentence, known)


def _has_figure(sentence: str, known: AbstractSet[str]) -> bool:
    return any(_counts(word) and stem(word) not in known for word in _words(sentence))


def counts_people(amount: Amount) -> bool:
    """Tell whether people are to be counted, whom a sentence may call anything: passengers, inhabitants, settlers."""
    return not _ANYONE.isdisjoint(word.casefold() for word in amount.counted)


def _words(sentence: str) -> list[str]:
    return words(_SPLIT_YEAR.sub(r"\1", sentence))


def _best_count(counted: tuple[str, ...], said: list[str], known: AbstractSet[str]) -> float:
    """Return the highest share (0..1) of what is counted that stands near a figure; what stands for it is all of it."""
    wanted = [stem(word) for word in counted]
    best = 0.0
    for place, word in enumerate(said):
        if not _counts(word) or stem(word) in known:
            continue
        after = [other.casefold() for other in said[place + 1 : place + 3]]
        if after[:1] == ["people"] and not _CALLED_PEOPLE.isdisjoint(counted):
            return 1.0
        if _STAND_FOR.intersection(after[:1]) or (after[:1] == ["of"] and _STAND_FOR.intersection(after[1:])):
            return 1.0
        before = said[max(0, place - _NEAR) : place]
        if _counts_another(said[place + 1 :], wanted) and not _are_it(before, wanted):
            before = []
        around = {stem(other) for other in (*before, *said[place : place + 1 + _NEAR])}
        held = sum(each in around or said_otherwise(each, around) for each in wanted)
        best = max(best, held / len(wanted))
    return best


def _counts_another(following: list[str], wanted: list[str]) -> bool:
    """Tell whether the figure that this follows counts something else: "(Boats landed 22,300) tonnes"."""
    noun = next((word for word in following if word.casefold() not in FIGURES), "")
    return (
        noun.islower()
        and _PLURAL.search(noun) is not None
        and noun not in STOP_WORDS
        and noun not in _ANYONE
        and stem(noun) not in wanted
        and not any(said_otherwise(each, {stem(noun)}) for each in wanted)
    )


def _are_it(before: list[str], wanted: list[str]) -> bool:
    """Tell whether what a figure counts, which this goes before, is what is wanted: "victims were (14 tourists)"."""
    return not _BEING.isdisjoint(before[-3:]) or any(stem(word) in wanted for word in before[-1:])


def _counts(word: str) -> bool:
    return (word[0].isdigit() and not is_year(word)) or word.casefold() in FIGURES or word.casefold() == "one"
