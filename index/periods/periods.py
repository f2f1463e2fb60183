"""The periods that a question names ("in 2021", "last August", "since Monday"), as of the moment it was asked."""

from __future__ import annotations

import math
import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from index.dates import EARLIEST
from index.periods.calendar import BEFORE_NEXT, Span
from index.periods.phrases import NEARBY, Phrase, phrases_in
from index.periods.ranges import joined, narrowed
from index.periods.spellings import spellings_of
from index.words import STOP_WORDS

DECAY_DAYS = 7.0
"""What happened on a day is reported on for about a week: by then nearness has fallen to 1/e."""

DECAY_SHARE = 0.5
"""Longer periods are looked back on for longer: on a year for half a year, on a decade for five."""

PREVIEW = 0.3
"""How near an article can be that was published before the period: it can only announce."""

_LONGEST = 1_000
"""A question is shorter; of a pasted article the beginning says what it is about."""


@dataclass(frozen=True, slots=True)
class Period:
    """A period that a question names, in UTC, both ends inclusive.

    `named` is the stretch that its words name, which is the period itself unless that is open: of "since Monday",
    which ends with the question, it is Monday; of "before 2020", which begins with the first newspapers, 2020.
    `phrase` is those words, as the question has them.
    """

    start: datetime
    end: datetime
    named: Span
    phrase: str


def periods_in(question: str, asked_at: datetime) -> tuple[Period, ...]:
    """Return the periods that `question` names as of `asked_at` (with a time zone), in the order of its words.

    Vague words ("recently", "in recent weeks", "now") name none. A month, a day or a weekday is the latest one
    that has begun; "next" and "this" may lie ahead. Only the first thousand characters are read.
    """
    text = question[:_LONGEST].replace("\xa0", " ")
    now = asked_at.astimezone(UTC)
    parts = [narrowed(phrase, text, now) for phrase in phrases_in(text, now)]
    return tuple(_period(phrase, text, now) for phrase in joined(parts, text))


def nearness(published: datetime, period: Period) -> float:
    """Return how near to `period` an article was published, 0 to 1.

    It is 1 within the period and falls exponentially after it, since reports on it go on coming; before the
    period it starts from `PREVIEW` instead.
    """
    length = period.named.end - period.named.start
    decay = max(timedelta(days=DECAY_DAYS), length * DECAY_SHARE)
    if published < period.start:
        return PREVIEW * math.exp((published - period.start) / decay)
    return math.exp(min(period.end - published, timedelta(0)) / decay)


def matcher_of(period: Period) -> Callable[[str], bool]:
    """Return what tells whether a text names `period` or a part of it, for 2021 "2021" as well as "Aug. 5, 2021".

    A day is recognised without its year too, unless another year follows it: news of the year leave it out.
    """
    spellings = spellings_of(period.named, period.phrase)
    return lambda text: any(spelling.is_in(text) for spelling in spellings)


_OPENING = re.compile(
    r"\b(?P<word>since|until|till|up to|by|before|prior to|after)\s(?:the\s)?(?:year\s)?\Z", re.IGNORECASE
)


def _period(phrase: Phrase, text: str, now: datetime) -> Period:
    named = phrase.span
    opening = _OPENING.search(text, max(0, phrase.start - NEARBY), phrase.start)
    word = opening["word"].casefold() if opening else ""
    # "before the 2020 election", "after Monday's vote": in that year and on that day, or near them.
    if opening is None or (word != "since" and _leads_on(text[phrase.end : phrase.end + NEARBY])):
        return Period(named.start, named.end, named, text[phrase.start : phrase.end])
    if word == "since":
        start, end = named.start, max(now, named.end)
    elif word == "after":
        start = named.end + BEFORE_NEXT
        end = max(now, start + (named.end - named.start))
    else:
        end = named.start - BEFORE_NEXT if word in ("before", "prior to") else named.end
        start = min(EARLIEST, named.start - BEFORE_NEXT)
    return Period(start, end, named, text[opening.start() : phrase.end])


def _leads_on(rest: str) -> bool:
    """Tell whether what names the period only describes the word after it."""
    word = re.match(r"\s(\w+)", rest)
    return rest.startswith(("'s", "’s")) or (word is not None and word[1].casefold() not in STOP_WORDS)
