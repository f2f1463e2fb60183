"""The periods that a question names ("in 2021", "last August", "since Monday"), as of the moment it was asked.

Regular expressions find the phrases, because telling a year from a figure, May from Theresa May and a Friday
from Black Friday takes their surroundings, which dateparser's own search does not look at ("the march in 2021"
is March 2021 to it). What a phrase means at the moment of the question is dateparser's to say.
"""

from __future__ import annotations

import math
import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from index.dates import EARLIEST, moment_seen_from
from index.words import STOP_WORDS

DECAY_DAYS = 7.0
"""What happened on a day is reported on for about a week: by then nearness has fallen to 1/e."""

DECAY_SHARE = 0.5
"""Longer periods are looked back on for longer: on a year for half a year, on a decade for five."""

PREVIEW = 0.3
"""How near an article can be that was published before the period: it can only announce."""

_LONGEST = 1_000
"""A question is shorter; of a pasted article the beginning says what it is about."""

_NEARBY = 48
"""How many characters beside a phrase can change what it means."""

_BEFORE_NEXT = timedelta(microseconds=1)


@dataclass(frozen=True, slots=True)
class Span:
    """A stretch of time in UTC, both ends inclusive."""

    start: datetime
    end: datetime


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
    if not _WORTH_READING.search(text):
        return ()
    now = asked_at.astimezone(UTC)
    found: list[_Phrase] = []
    for pattern, read in _RULES:
        for match in pattern.finditer(text):
            if any(match.start() < other.end and other.start < match.end() for other in found):
                continue
            span = _read(read, match, now)
            if span is not None:
                found.append(_Phrase(match.start(), match.end(), span, _is_yearless(match)))
    parts = [_narrowed(phrase, text, now) for phrase in sorted(found, key=lambda phrase: phrase.start)]
    return tuple(_period(phrase, text, now) for phrase in _joined(parts, text))


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
    spellings = _spellings(period)
    return lambda text: any(spelling.is_in(text) for spelling in spellings)


# Calendar


def _month(year: int, month: int, count: int = 1) -> Span:
    """Return the `count` months from the given one on; `month` may lie outside 1..12."""
    first = year * 12 + month - 1
    return Span(_start_of_month(first), _start_of_month(first + count) - _BEFORE_NEXT)


def _start_of_month(number: int) -> datetime:
    return datetime(number // 12, number % 12 + 1, 1, tzinfo=UTC)


def _years(first: int, last: int) -> Span:
    return _month(first, 1, 12 * (last - first + 1))


def _days(first: datetime, count: int = 1) -> Span:
    start = first.replace(hour=0, minute=0, second=0, microsecond=0)
    return Span(start, start + timedelta(days=count) - _BEFORE_NEXT)


def _unit(unit: str, moment: datetime) -> Span:
    """Return the calendar unit that holds `moment`; weeks begin on Monday."""
    if unit == "month":
        return _month(moment.year, moment.month)
    if unit == "quarter":
        return _month(moment.year, (moment.month - 1) // 3 * 3 + 1, 3)
    if unit == "year":
        return _years(moment.year, moment.year)
    if unit == "decade":
        return _years(moment.year // 10 * 10, moment.year // 10 * 10 + 9)
    if unit in ("week", "fortnight"):
        return _days(moment - timedelta(days=moment.weekday()), 7)
    return _days(moment)


# What dateparser does not count in.
_IN_UNITS = {"quarter": (3, "month"), "decade": (10, "year"), "fortnight": (2, "week")}


def _moved(now: datetime, count: int, unit: str) -> datetime:
    """Return the moment that lies `count` units after `now`, before it where `count` is negative."""
    times, name = _IN_UNITS.get(unit, (1, unit))
    amount = f"{abs(count) * times} {name}s"
    return _seen(now, f"in {amount}" if count > 0 else f"{amount} ago")


def _seen(now: datetime, phrase: str) -> datetime:
    """Return the moment that `phrase` means at the moment `now`.

    Raises:
        ValueError: it means none, as February 30.
    """
    moment = moment_seen_from(now, phrase)
    if moment is None:
        raise ValueError(phrase)
    return moment


# Building blocks of the rules

_MONTH_NAMES = "January|February|March|April|May|June|July|August|September|October|November|December"
_MONTH_FORMS = _MONTH_NAMES + r"|(?:Jan|Feb|Mar|Apr|Jun|Jul|Aug|Sept?|Oct|Nov|Dec)\b\.?"
_MONTH = rf"(?P<month>{_MONTH_FORMS})"
_MONTH_NUMBERS = {name[:3].casefold(): number for number, name in enumerate(_MONTH_NAMES.split("|"), 1)}
_WEEKDAYS = "Monday|Tuesday|Wednesday|Thursday|Friday|Saturday|Sunday"
_SEASONS = {"spring": 3, "summer": 6, "autumn": 9, "fall": 9, "winter": 12}
_DIGITS_OF_YEAR = "(?:1[0-9]|20)[0-9]{2}"
_YEAR = rf"(?:(?P<year>{_DIGITS_OF_YEAR})(?![0-9])|(?P<which>last|this|next) year\b)"
_DAY_NUMBER = "(?:[12][0-9]|3[01]|0?[1-9])(?:st|nd|rd|th)?(?![0-9])"
_DAYS = rf"(?P<day>{_DAY_NUMBER})(?:\s?(?:-|–|to|and)\s?(?P<last>{_DAY_NUMBER}))?"
_UNITS = "(?P<unit>hour|day|week|fortnight|month|quarter|year|decade)"
_SMALL_NUMBERS = "one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve"
_COUNTS = {word: number for number, word in enumerate(_SMALL_NUMBERS.split("|"), 1)} | {
    "a": 1,
    "an": 1,
    "couple of": 2,
    "a couple of": 2,
    "fifteen": 15,
    "twenty": 20,
    "thirty": 30,
    "fifty": 50,
}
_COUNT = rf"(?P<count>[0-9]{{1,3}}|{'|'.join(sorted(_COUNTS, reverse=True))})"
_NO_FIGURE_BEFORE = r"(?<![\w$€£¥#.,:/+-])"
_NO_FIGURE_AFTER = r"(?![0-9%°]|[.,:/][0-9]|[-–]\w)"


def _before(match: re.Match[str]) -> str:
    return match.string[max(0, match.start() - _NEARBY) : match.start()]


def _after(match: re.Match[str]) -> str:
    return match.string[match.end() : match.end() + _NEARBY]


def _word_before(match: re.Match[str]) -> str:
    found = re.search(r"([a-z]+)[\s-]\Z", _before(match), re.IGNORECASE)
    return found[1].casefold() if found else ""


def _month_number(name: str) -> int:
    return _MONTH_NUMBERS[name[:3].casefold()]


def _year_of(match: re.Match[str], now: datetime) -> int | None:
    if match["year"]:
        return int(match["year"])
    if match["which"]:
        return now.year + {"last": -1, "this": 0, "next": 1}[match["which"].casefold()]
    return None


def _count_of(word: str) -> int:
    return int(word) if word.isdigit() else _COUNTS[word.casefold()]


# The rules: what a match means, None where its surroundings say that it is no period


def _iso_day(match: re.Match[str], _: datetime) -> Span:
    return _days(datetime(int(match["year"]), int(match["month"]), int(match["day"]), tzinfo=UTC))


_PLACED_IN_TIME = re.compile(
    r"\b(?:in|on|since|until|till|during|by|from|before|after|of|between|early|mid|late)[\s-](?:the\s)?\Z",
    re.ASCII,
)


def _is_verb(match: re.Match[str]) -> bool:
    """Tell whether the month is the word may or march: small, and without a preposition before it."""
    return match["month"] in ("may", "march") and not _PLACED_IN_TIME.search(_before(match))


def _day_of_month(match: re.Match[str], now: datetime) -> Span | None:
    if _is_verb(match):
        return None
    day, last = (
        int(re.sub("[a-z]", "", text.casefold())) for text in (match["day"], match["last"] or match["day"])
    )
    month, year = _month_number(match["month"]), _year_of(match, now)
    if year is None:
        first = _seen(now, f"{_MONTH_NAMES.split('|')[month - 1]} {day}")
    else:
        first = datetime(year, month, day, tzinfo=UTC)
    return _days(first, max(1, last - day + 1))


def _months(match: re.Match[str], now: datetime) -> Span | None:
    if _is_verb(match) or (match["and"] and not re.search(r"\bbetween\s\Z", _before(match))):
        return None
    year = _year_of(match, now)
    last = _latest_month(match["last"], now) if year is None else _month(year, _month_number(match["last"]))
    count = (_month_number(match["last"]) - _month_number(match["month"])) % 12 + 1
    return _month(last.start.year, last.start.month - count + 1, count)


def _latest_month(name: str, now: datetime) -> Span:
    return _unit("month", _seen(now, name))


def _month_of_year(match: re.Match[str], now: datetime) -> Span | None:
    year = _year_of(match, now)
    return None if _is_verb(match) or year is None else _month(year, _month_number(match["month"]))


def _quarter(match: re.Match[str], now: datetime) -> Span:
    month = int(match["quarter"]) * 3 - 2
    year = int(match["before"]) if match["before"] else _year_of(match, now)
    return _month(now.year - (month > now.month) if year is None else year, month, 3)


def _season_of_year(match: re.Match[str], now: datetime) -> Span | None:
    year = _year_of(match, now)
    if year is None:
        return None
    span = _season(match["season"], year)
    # "winter 2022" is either of two: the later one, unless that was still to come.
    ahead = match["season"].casefold() == "winter" and span.start > now and not match["until"]
    return _season(match["season"], year - 1) if ahead else span


def _season(name: str, year: int) -> Span:
    """Return the season of the north that begins in `year`: whole months."""
    return _month(year, _SEASONS[name.casefold()], 3)


def _season_seen(match: re.Match[str], now: datetime) -> Span:
    name, which = match["season"], match["which"].casefold()
    if which == "this":
        # In spring, "this winter" is the one that has passed.
        return _season(name, now.year - (name.casefold() == "winter" and now.month < 7))
    seasons = [_season(name, year) for year in range(now.year - 2, now.year + 2)]
    if which == "next":
        return min((season for season in seasons if season.start > now), key=lambda season: season.start)
    return max((season for season in seasons if season.end < now), key=lambda season: season.start)


def _decade(match: re.Match[str], now: datetime) -> Span | None:
    first = int(match["decade"] or match["short"])
    if match["short"]:
        first += 2000 if first <= now.year % 100 else 1900
    # "2020's biggest film" is the year's, "the 1980's" are ten.
    elif match["apostrophe"] and not re.search(r"\b(?:the|in|early|mid|late)[\s-]\Z", _before(match)):
        return _years(first, first)
    if match["last"]:
        last = int(match["last"]) + (first // 100 * 100 if len(match["last"]) == 2 else 0)
        return _years(first, last + 9) if last > first else None
    return _years(first, first + (99 if first % 100 == 0 and first != 2000 else 9))


def _year_range(match: re.Match[str], _: datetime) -> Span | None:
    first, last = int(match["year"]), int(match["last"])
    last += first // 100 * 100 if last < 100 else 0
    return _years(first, last) if first < last and not _counts(match, round_only=False) else None


def _rolling(match: re.Match[str], now: datetime) -> Span | None:
    which, unit = match["which"].casefold(), match["unit"].casefold()
    word = _word_before(match)
    if match["count"] is None:
        if not (which == "past" or word == "the") or unit in ("hour", "day"):
            return None
    elif which == "last" and word not in ("the", "these", "in", "over", "for", "during", "within"):
        return None  # "did the strike last two weeks"
    count = _count_of(match["count"] or "one")
    edge = _moved(now, count if which in ("next", "coming") else -count, unit)
    return Span(now, _days(edge).end) if edge > now else Span(_days(edge).start, now)


def _ago(match: re.Match[str], now: datetime) -> Span | None:
    unit = match["unit"].casefold()
    # "How much have rents risen compared to a year ago" is about the present.
    if _word_before(match) in ("than", "to", "from", "with", "versus"):
        return None
    return _unit(unit, _moved(now, -_count_of(match["count"]), unit))


def _calendar(match: re.Match[str], now: datetime) -> Span:
    which, unit = match["which"].casefold(), match["unit"].casefold()
    if which in ("this", "current"):
        span = _unit(unit, now)
        # On a Monday "this week" is the one that is ending, and for half of the world weeks begin on Sunday.
        return Span(_days(now - timedelta(days=6)).start, span.end) if unit == "week" else span
    return _unit(unit, _moved(now, 1 if which == "next" else -1, unit))


def _weekend(match: re.Match[str], now: datetime) -> Span:
    which = (match["which"] or "").casefold()
    monday = _unit("week", now).start
    if which in ("this", "next"):
        return _days(monday + timedelta(days=5 if which == "this" else 12), 2)
    # On a Saturday "last weekend" is over, "over the weekend" is not.
    saturday = _seen(now if which else now + timedelta(days=1), "Saturday")
    if which and now < saturday + timedelta(days=2):
        saturday -= timedelta(days=7)
    return _days(saturday, 2)


_DAY_WORDS = {
    "day before yesterday": "2 days ago",
    "day after tomorrow": "in 2 days",
    "yesterday": "yesterday",
    "last night": "yesterday",
    "tomorrow": "tomorrow",
    "today": "today",
    "tonight": "today",
    "this morning": "today",
    "this afternoon": "today",
    "this evening": "today",
}


def _day_word(match: re.Match[str], now: datetime) -> Span | None:
    # USA Today
    if match[0] == "Today" and re.search(r"[A-Z]\w* \Z", _before(match)):
        return None
    return _days(_seen(now, _DAY_WORDS[match[0].casefold()]))


_NAMED_WEEKDAY = re.compile(
    r"(?:\b(?:every|each|any|an?|most|alternate|Black|Super|Good|Easter|Cyber|Bloody|Ash|Palm|Giving|Fat|Shrove|Holy"
    r"|Maundy|Whit|Freaky|Sheffield|Ruby|Casual|Throwback|Small Business)\s)\Z",
    re.IGNORECASE,
)
_WEEKDAY_IN_NAME = re.compile(
    r"\s(?:Night|Times|Telegraph|Mirror|Express|Mail|Post|Sun|Evening|Live|School|the 13th|People)\b"
)


def _weekday(match: re.Match[str], now: datetime) -> Span | None:
    which, rest = (match["which"] or "").casefold(), _after(match)
    if _NAMED_WEEKDAY.search(_before(match)) or _WEEKDAY_IN_NAME.match(rest):
        return None
    placed = which or _word_before(match) in ("on", "since", "until", "till", "by", "before", "after", "from")
    if not placed and re.match(r"\s[A-Z]", rest):
        return None
    # To a speaker "Thursday" may be this very day, "last Thursday" is not.
    day = _seen(now if which in ("last", "past") else now + timedelta(days=1), match["weekday"])
    if which == "this":
        day = _unit("week", now).start + timedelta(days=day.weekday())
    elif which in ("next", "coming"):
        day += timedelta(days=7)
    return _days(day)


_ALSO_A_NAME = ("april", "june", "august")
_ALSO_A_WORD = ("may", "march")
_DURING = ("in", "since", "until", "till", "during")
_FIRMLY = (*_DURING, "early", "mid", "late")
_LOOSELY = ("by", "before", "after", "of", "from", "to", "through", "for")
_ARTICLES = ("the", "a", "an")


def _month_seen(match: re.Match[str], now: datetime) -> Span | None:
    if not _is_month(match):
        return None
    which = (match["which"] or "").casefold()
    if which in ("last", "past"):
        return _latest_month(match["month"], _unit("month", now).start - timedelta(days=1))
    if which in ("this", "next"):
        ahead = _month(now.year, _month_number(match["month"]))
        return _month(now.year + 1, ahead.start.month) if which == "next" and ahead.start < now else ahead
    return _latest_month(match["month"], now)


def _is_month(match: re.Match[str]) -> bool:
    """Tell whether a month that stands without day and year is one, and no name and no verb."""
    name, word, rest = match["month"].casefold(), _word_before(match), _after(match)
    firmly = word in _FIRMLY or match["which"] is not None
    if name in _ALSO_A_WORD:
        if match["month"].islower():
            return word in _DURING and match["which"] is None
        ends_here = re.match(r"\s*(?:[?!.,;:)]|$)", rest)
        return (firmly and not re.match("['’]s| Madness", rest)) or (
            word in _LOOSELY and ends_here is not None
        )
    before_name = re.match(r"\s[A-Z]", rest) is not None
    if name in _ALSO_A_NAME:
        return firmly or (word in _LOOSELY and not before_name)
    belongs = re.match("['’]s", rest) is not None
    return firmly or belongs or word in _LOOSELY or (word in _ARTICLES and not before_name)


_OF_TIME = re.compile(
    r"(?:\b(?:in|since|until|till|during|between|year|from|by|before|after)"
    r"|(?<![0-9,.])[0-9]{4} (?:and|to|or|until|through))\s\Z",
    re.IGNORECASE,
)
_IN = re.compile(r"\b(?:in|since|during|until|till|year)\s\Z", re.IGNORECASE)
_DETERMINED = re.compile(r"(?:\b(?:the|this|that|its|their|his|her|our)|['’]s?)\s\Z", re.IGNORECASE)
_DATED = re.compile(r"\b(?:of|for|around|circa|early|mid|late)[\s-](?:the\s)?\Z", re.IGNORECASE)
_COUNTED = re.compile(
    r"\b(?:(?:more|less|fewer|greater|other|rather) than|at (?:least|most)|up to|out of|nearly|almost|over|under|some"
    r"|exactly|approximately|roughly|another|additional|extra|number|figure of|total of|worth|USD|No\.?"
    r"|Windows|Office|Studio|Agenda|Cyberpunk|Route|Highway|Flight|Model)\s\Z",
    re.IGNORECASE,
)
_MEASURE = re.compile(
    r"\s?(?:%|per\s?cent|people|men|women|children|police|troops|km|kg|mph|miles|GMT|UTC|hours|BCE?|AD|and a half)\b",
)
_EVENTS = (
    "elections midterms primaries debates olympics games championships finals playoffs awards protests riots "
    "demonstrations attacks bombings shootings floods wildfires fires storms earthquakes talks hearings results "
    "polls sanctions"
)
_EVENT = frozenset(_EVENTS.split())


def _year(match: re.Match[str], now: datetime) -> Span | None:
    before, year = _before(match), int(match["year"])
    timely, determined = _OF_TIME.search(before), _DETERMINED.search(before)
    earliest = 1000 if timely else 1600 if determined or _DATED.search(before) else 1900
    if _COUNTED.search(before) or year < earliest:
        return None
    # A number far ahead that closes a name belongs to it: Agenda 2030, Blade Runner 2049.
    if not timely and year > now.year + 4 and re.search(r"\b[A-Z]\w* \Z", before):
        return None
    sure = (determined or _IN.search(before)) and year >= 1900
    return None if _counts(match, round_only=bool(sure)) else _years(year, year)


def _counts(match: re.Match[str], *, round_only: bool) -> bool:
    """Tell whether the number that ends the match counts things: "2000 fighters", "2024 votes".

    With `round_only` just hundreds do: "the 2021 layoffs" are a year's.
    """
    rest, number = _after(match), match[0][-4:]
    if _MEASURE.match(rest):
        return True
    # "between 1900 and 2300 homes"
    also = re.match(r"\s(?:and|to|or|-|–)\s([0-9][0-9,.]*)", rest)
    if also and not re.fullmatch(_DIGITS_OF_YEAR + r"[.,]?", also[1]):
        return True
    if round_only and not number.endswith("00"):
        return False
    if also:
        rest = rest[also.end() :]
    elif not number.endswith("00") and re.match(r"\s[A-Z]", rest):
        return False
    return _names_things(rest)


def _names_things(rest: str) -> bool:
    """Tell whether a noun in the plural that is no event comes next, or after an adjective or two."""
    for word in re.findall(r"\s([A-Za-z-]+)", (re.match(r"(?:\s[A-Za-z-]+){1,3}", rest) or [""])[0]):
        if word in STOP_WORDS or word in _EVENT:
            return False
        if word.islower() and word.endswith("s") and not word.endswith(("ss", "us", "is", "news", "series")):
            return True
    return False


_Reader = Callable[[re.Match[str], datetime], Span | None]


def _rule(pattern: str, read: _Reader) -> tuple[re.Pattern[str], _Reader]:
    # Beyond ASCII, letters that only fold to these ("ſ") would match and be in no table.
    return re.compile(pattern, re.IGNORECASE | re.ASCII), read


_RULES = (
    _rule(
        rf"(?<![\w-])(?P<year>{_DIGITS_OF_YEAR})-(?P<month>0[1-9]|1[0-2])-(?P<day>[0-3][0-9])(?![0-9-])",
        _iso_day,
    ),
    _rule(
        rf"{_NO_FIGURE_BEFORE}(?:(?:{_WEEKDAYS}),?\s)?{_DAYS}\s(?:of\s)?{_MONTH}(?![\w-])(?:,?\s{_YEAR})?",
        _day_of_month,
    ),
    _rule(
        rf"\b(?:(?:{_WEEKDAYS}),?\s)?{_MONTH}\s(?:the\s)?{_DAYS}{_NO_FIGURE_AFTER}(?:,?\s{_YEAR})?",
        _day_of_month,
    ),
    _rule(
        rf"\b{_MONTH}\s?(?:-|–|/|to|through|until|till|(?P<and>and))\s?(?P<last>{_MONTH_NAMES})\b(?:,?\s(?:of\s)?{_YEAR})?",
        _months,
    ),
    _rule(rf"\b{_MONTH},?\s(?:of\s)?{_YEAR}", _month_of_year),
    _rule(rf"\b(?:(?P<before>{_DIGITS_OF_YEAR})\s)?Q(?P<quarter>[1-4])\b(?:(?:\sof)?\s{_YEAR})?", _quarter),
    _rule(
        rf"\b(?P<season>{'|'.join(_SEASONS)})\s(?:(?:of|in)\s)?{_YEAR}(?P<until>[-–/][0-9]{{2,4}}\b)?",
        _season_of_year,
    ),
    _rule(
        rf"\b(?P<which>last|this|next)\s(?:past\s|coming\s)?(?P<season>{'|'.join(_SEASONS)})\b", _season_seen
    ),
    _rule(
        rf"(?:{_NO_FIGURE_BEFORE}|(?<=mid-))(?:(?P<decade>(?:1[0-9]|20)[0-9]0)|['’‘](?P<short>[2-9]0))(?P<apostrophe>['’])?s\b"
        rf"(?:\s?(?:and|to|-|–)\s?(?:the\s)?['’‘]?(?P<last>(?:1[0-9]|20)?[1-9]0)['’]?s\b)?",
        _decade,
    ),
    _rule(
        rf"{_NO_FIGURE_BEFORE}(?P<year>{_DIGITS_OF_YEAR})[-–/](?P<last>{_DIGITS_OF_YEAR}|[0-9]{{2}}){_NO_FIGURE_AFTER}",
        _year_range,
    ),
    _rule(rf"\b(?P<which>last|past|next|coming)\s(?:{_COUNT}\s)?{_UNITS}(?(count)s?)\b(?!\sof\b)", _rolling),
    _rule(rf"(?<![\w.,])(?<!half ){_COUNT}\s{_UNITS}s?\sago\b", _ago),
    _rule(
        r"\b(?P<which>this|current|last|next)\s(?P<unit>week|month|quarter|year|decade)\b(?!\sof\b)",
        _calendar,
    ),
    _rule(
        r"\b(?:(?P<which>this(?! past)|next|last|(?:this\s)?past)|(?:over|during|at|on)\sthe)\sweekend\b",
        _weekend,
    ),
    _rule(rf"\b(?:{'|'.join(_DAY_WORDS)})\b", _day_word),
    _rule(rf"\b(?:(?:this\s)?(?P<which>last|past|coming|next|this)\s)?(?P<weekday>{_WEEKDAYS})\b", _weekday),
    _rule(
        rf"\b(?:(?:this\s)?(?P<which>last|past|next|this)\s)?(?P<month>{_MONTH_NAMES})\b(?!-)", _month_seen
    ),
    _rule(
        rf"(?:{_NO_FIGURE_BEFORE}|(?<=mid-)|(?<=pre-))(?P<year>{_DIGITS_OF_YEAR}){_NO_FIGURE_AFTER}\b", _year
    ),
)

_WORTH_READING = re.compile(
    rf"[12][0-9]{{3}}|['’‘][0-9]0s|\b(?:{_MONTH_FORMS}|{_WEEKDAYS}|Q[1-4]|ago|last|this|next|past|coming|current|weekend"
    r"|today|tonight|yesterday|tomorrow)\b",
    re.IGNORECASE,
)


def _is_yearless(match: re.Match[str]) -> bool:
    """Tell whether the match is of a calendar month, day or quarter that leaves out its year."""
    recurs = not match.re.groupindex.keys().isdisjoint(("month", "quarter"))
    return recurs and not re.search("[0-9]{4}|year", match[0])


@dataclass(frozen=True, slots=True)
class _Phrase:
    """Words of a question, from `start` to `end`, and what they name; `yearless` where its year was inferred."""

    start: int
    end: int
    span: Span
    yearless: bool


def _read(read: _Reader, match: re.Match[str], now: datetime) -> Span | None:
    try:
        return read(match, now)
    except (ValueError, OverflowError):  # February 30, or beyond the calendar
        return None


_PART = re.compile(
    r"\b(?:the\s)?(?:(?P<word>early|mid|late|earlier|later)(?:\s(?:in|on))?|(?P<share>beginning|start|middle|end"
    r"|(?:first|second|last)\shalf|(?:first|second|third|fourth|last)\squarter)\sof)[\s-](?:the\s)?\Z",
    re.IGNORECASE,
)
_SHARES = {
    "early": (0, 3),
    "beginning": (0, 3),
    "start": (0, 3),
    "mid": (1, 3),
    "middle": (1, 3),
    "late": (2, 3),
    "end": (2, 3),
    "first half": (0, 2),
    "second half": (1, 2),
    "last half": (1, 2),
    "first quarter": (0, 4),
    "second quarter": (1, 4),
    "third quarter": (2, 4),
    "fourth quarter": (3, 4),
    "last quarter": (3, 4),
}


def _narrowed(phrase: _Phrase, text: str, now: datetime) -> _Phrase:
    """Return the part of what `phrase` names that the words before it ask for: "early 2022", "later this year"."""
    span = phrase.span
    part = _PART.search(text, max(0, phrase.start - _NEARBY), phrase.start)
    if part is None:
        return phrase
    word = (part["word"] or part["share"]).casefold()
    if word in ("earlier", "later"):
        if not span.start <= now <= span.end:
            return phrase
        span = Span(span.start, now) if word == "earlier" else Span(now, span.end)
    # Of a week or less there is no part worth telling apart, and in "the late 1950s and 60s" only the first is late.
    elif timedelta(days=15) < span.end - span.start < timedelta(days=366 * 11):
        span = _share(span, *_SHARES[word])
    return _Phrase(part.start(), phrase.end, span, phrase.yearless)


def _share(span: Span, index: int, count: int) -> Span:
    """Return one of `count` equal parts of `span`, in whole months if they come out even, else in whole days."""
    first, last = span.start, span.end
    months = (last.year - first.year) * 12 + last.month - first.month + 1
    if months % count == 0 and span == _month(first.year, first.month, months):
        return _month(first.year, first.month + months // count * index, months // count)
    days = (last - first).days + 1
    begin, end = (days * edge // count for edge in (index, index + 1))
    return _days(first + timedelta(days=begin), max(1, end - begin))


_JOINT = re.compile(r"\s?(?:(?P<and>and)|to|through|until|till|-|–|—|/)\s?(?:the\s)?", re.IGNORECASE)


def _joined(phrases: list[_Phrase], text: str) -> list[_Phrase]:
    """Make one of each two phrases that are the ends of a range."""
    joined: list[_Phrase] = []
    for phrase in phrases:
        whole = _range(joined[-1], phrase, text) if joined else None
        if whole is None:
            joined.append(phrase)
        else:
            joined[-1] = whole
    return joined


def _range(first: _Phrase, last: _Phrase, text: str) -> _Phrase | None:
    joint = _JOINT.fullmatch(text, first.end, last.start)
    before = text[max(0, first.start - _NEARBY) : first.start]
    if joint is None or (joint["and"] and not re.search(r"\bbetween\s(?:the\s)?\Z", before, re.IGNORECASE)):
        return None
    start, end = first.span.start, last.span.end
    try:
        # The year that one end leaves out is the other's.
        if first.yearless:
            start = start.replace(year=end.year)
            start = start.replace(year=end.year - (start > end))
        elif last.yearless:
            end = end.replace(year=start.year)
            end = end.replace(year=start.year + (end < start))
    except ValueError:  # February 29
        return None
    return _Phrase(first.start, last.end, Span(start, end), first.yearless) if start < end else None


_OPENING = re.compile(
    r"\b(?P<word>since|until|till|up to|by|before|prior to|after)\s(?:the\s)?(?:year\s)?\Z", re.IGNORECASE
)


def _period(phrase: _Phrase, text: str, now: datetime) -> Period:
    named = phrase.span
    opening = _OPENING.search(text, max(0, phrase.start - _NEARBY), phrase.start)
    word = opening["word"].casefold() if opening else ""
    # "before the 2020 election", "after Monday's vote": in that year and on that day, or near them.
    if opening is None or (word != "since" and _leads_on(text[phrase.end : phrase.end + _NEARBY])):
        return Period(named.start, named.end, named, text[phrase.start : phrase.end])
    if word == "since":
        start, end = named.start, max(now, named.end)
    elif word == "after":
        start = named.end + _BEFORE_NEXT
        end = max(now, start + (named.end - named.start))
    else:
        end = named.start - _BEFORE_NEXT if word in ("before", "prior to") else named.end
        start = min(EARLIEST, named.start - _BEFORE_NEXT)
    return Period(start, end, named, text[opening.start() : phrase.end])


def _leads_on(rest: str) -> bool:
    """Tell whether what names the period only describes the word after it."""
    word = re.match(r"\s(\w+)", rest)
    return rest.startswith(("'s", "’s")) or (word is not None and word[1].casefold() not in STOP_WORDS)


# How texts spell a period


@dataclass(frozen=True, slots=True)
class _Spelling:
    """A way to name a period: `literal` stands in every text that `pattern` is found in, and is looked for faster."""

    literal: str
    pattern: re.Pattern[str]

    def is_in(self, text: str) -> bool:
        return self.literal in text and self.pattern.search(text) is not None


def _spellings(period: Period) -> list[_Spelling]:
    named, years = period.named, []
    found: list[_Spelling] = []
    for year in range(named.start.year, named.end.year + 1):
        if _covers(named, _years(year, year)):
            years.append(year)
        else:
            found += _spellings_within(named, year)
    if years:
        # "1990s" names the year 1990 no more than "19th century" does. The first guard stands behind the digits
        # so that the search can leap from one candidate to the next.
        decade = "" if len(years) >= 10 else "s"
        pattern = rf"{_any_of(years)}(?<![\w$€£¥.,][0-9]{{4}})(?![0-9%{decade}]|[.,][0-9])"
        found.append(_Spelling("", re.compile(pattern)))
    elif re.search("[0-9]{4}", period.phrase):
        found.append(_Spelling(period.phrase, re.compile(rf"{re.escape(period.phrase)}\b")))
    return found


def _any_of(years: list[int]) -> str:
    """Return a pattern for `years`, which may be hundreds."""
    decades: dict[int, str] = {}
    for year in years:
        decades[year // 10] = decades.get(year // 10, "") + str(year % 10)
    return "(?:" + "|".join(f"{decade}[{digits}]" for decade, digits in decades.items()) + ")"


def _covers(outer: Span, inner: Span) -> bool:
    return outer.start <= inner.start and inner.end <= outer.end


def _spellings_within(span: Span, year: int) -> list[_Spelling]:
    """Return how texts spell the months of `year` that lie in `span`, and the days where only a part does."""
    found = []
    for number, name in enumerate(_MONTH_NAMES.split("|"), 1):
        month = _month(year, number)
        if month.end < span.start or span.end < month.start:
            continue
        short, iso = name[:3], f"{year}-{number:02}"
        form = rf"{short}(?:{name[3:]}|t)?\.?"
        if _covers(span, month):
            written = rf"{form}(?:\s[0-9]{{1,2}}(?:st|nd|rd|th)?,?|,|\sof)?\s{year}\b"
            in_figures = rf"{iso}\b"
        else:
            numbers = range(max(span.start, month.start).day, min(span.end, month.end).day + 1)
            days = f"(?:{'|'.join(map(str, numbers))})(?:st|nd|rd|th)?"
            other_year = rf"(?!,?\s(?!{year}){_DIGITS_OF_YEAR}\b)"
            written = rf"{form}\s{days}\b{other_year}|\b{days}\s(?:of\s)?{form}(?!\w){other_year}"
            in_figures = rf"{iso}-(?:{'|'.join(f'{day:02}' for day in numbers)})\b"
        found += [_Spelling(short, re.compile(written)), _Spelling(iso, re.compile(in_figures))]
    return found
