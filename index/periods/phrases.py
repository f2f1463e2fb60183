"""The phrases that name a period, found by regular expressions.

Telling a year from a figure, May from Theresa May and a Friday from Black Friday takes their surroundings, which
dateparser's own search does not look at ("the march in 2021" is March 2021 to it). What a phrase means at the moment
of the question is dateparser's to say.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from index.periods.calendar import (
    MONTH_NAMES,
    Span,
    days_from,
    months_from,
    moved_by,
    seen_from,
    unit_around,
    years_between,
)
from index.words import STOP_WORDS

DIGITS_OF_YEAR = "(?:1[0-9]|20)[0-9]{2}"

NEARBY = 48
"""How many characters beside a phrase can change what it means."""


@dataclass(frozen=True, slots=True)
class Phrase:
    """Words of a question, from `start` to `end`, and what they name; `yearless` where its year was inferred."""

    start: int
    end: int
    span: Span
    yearless: bool


def phrases_in(text: str, now: datetime) -> list[Phrase]:
    """Return the phrases of `text` that name a period at the moment `now`, in their order."""
    if not _WORTH_READING.search(text):
        return []
    found: list[Phrase] = []
    for pattern, read in _RULES:
        for match in pattern.finditer(text):
            if any(match.start() < other.end and other.start < match.end() for other in found):
                continue
            span = _read(read, match, now)
            if span is not None:
                found.append(Phrase(match.start(), match.end(), span, _is_yearless(match)))
    return sorted(found, key=lambda phrase: phrase.start)


def _read(read: _Reader, match: re.Match[str], now: datetime) -> Span | None:
    try:
        return read(match, now)
    except (ValueError, OverflowError):  # February 30, or beyond the calendar
        return None


# Building blocks of the rules

_MONTH_FORMS = MONTH_NAMES + r"|(?:Jan|Feb|Mar|Apr|Jun|Jul|Aug|Sept?|Oct|Nov|Dec)\b\.?"
_MONTH = rf"(?P<month>{_MONTH_FORMS})"
_MONTH_NUMBERS = {name[:3].casefold(): number for number, name in enumerate(MONTH_NAMES.split("|"), 1)}
_WEEKDAYS = "Monday|Tuesday|Wednesday|Thursday|Friday|Saturday|Sunday"
_SEASONS = {"spring": 3, "summer": 6, "autumn": 9, "fall": 9, "winter": 12}
_YEAR = rf"(?:(?P<year>{DIGITS_OF_YEAR})(?![0-9])|(?P<which>last|this|next) year\b)"
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
    return match.string[max(0, match.start() - NEARBY) : match.start()]


def _after(match: re.Match[str]) -> str:
    return match.string[match.end() : match.end() + NEARBY]


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
    return days_from(datetime(int(match["year"]), int(match["month"]), int(match["day"]), tzinfo=UTC))


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
        first = seen_from(now, f"{MONTH_NAMES.split('|')[month - 1]} {day}")
    else:
        first = datetime(year, month, day, tzinfo=UTC)
    return days_from(first, max(1, last - day + 1))


def _months(match: re.Match[str], now: datetime) -> Span | None:
    if _is_verb(match) or (match["and"] and not re.search(r"\bbetween\s\Z", _before(match))):
        return None
    year = _year_of(match, now)
    last = (
        _latest_month(match["last"], now) if year is None else months_from(year, _month_number(match["last"]))
    )
    count = (_month_number(match["last"]) - _month_number(match["month"])) % 12 + 1
    return months_from(last.start.year, last.start.month - count + 1, count)


def _latest_month(name: str, now: datetime) -> Span:
    return unit_around("month", seen_from(now, name))


def _month_of_year(match: re.Match[str], now: datetime) -> Span | None:
    year = _year_of(match, now)
    return None if _is_verb(match) or year is None else months_from(year, _month_number(match["month"]))


def _quarter(match: re.Match[str], now: datetime) -> Span:
    month = int(match["quarter"]) * 3 - 2
    year = int(match["before"]) if match["before"] else _year_of(match, now)
    return months_from(now.year - (month > now.month) if year is None else year, month, 3)


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
    return months_from(year, _SEASONS[name.casefold()], 3)


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
        return years_between(first, first)
    if match["last"]:
        last = int(match["last"]) + (first // 100 * 100 if len(match["last"]) == 2 else 0)
        return years_between(first, last + 9) if last > first else None
    return years_between(first, first + (99 if first % 100 == 0 and first != 2000 else 9))


def _year_range(match: re.Match[str], _: datetime) -> Span | None:
    first, last = int(match["year"]), int(match["last"])
    last += first // 100 * 100 if last < 100 else 0
    return years_between(first, last) if first < last and not _counts(match, round_only=False) else None


def _rolling(match: re.Match[str], now: datetime) -> Span | None:
    which, unit = match["which"].casefold(), match["unit"].casefold()
    word = _word_before(match)
    if match["count"] is None:
        if not (which == "past" or word == "the") or unit in ("hour", "day"):
            return None
    elif which == "last" and word not in ("the", "these", "in", "over", "for", "during", "within"):
        return None  # "did the strike last two weeks"
    count = _count_of(match["count"] or "one")
    edge = moved_by(now, count if which in ("next", "coming") else -count, unit)
    return Span(now, days_from(edge).end) if edge > now else Span(days_from(edge).start, now)


def _ago(match: re.Match[str], now: datetime) -> Span | None:
    unit = match["unit"].casefold()
    # "How much have rents risen compared to a year ago" is about the present.
    if _word_before(match) in ("than", "to", "from", "with", "versus"):
        return None
    return unit_around(unit, moved_by(now, -_count_of(match["count"]), unit))


def _calendar(match: re.Match[str], now: datetime) -> Span:
    which, unit = match["which"].casefold(), match["unit"].casefold()
    if which in ("this", "current"):
        span = unit_around(unit, now)
        # On a Monday "this week" is the one that is ending, and for half of the world weeks begin on Sunday.
        return Span(days_from(now - timedelta(days=6)).start, span.end) if unit == "week" else span
    return unit_around(unit, moved_by(now, 1 if which == "next" else -1, unit))


def _weekend(match: re.Match[str], now: datetime) -> Span:
    which = (match["which"] or "").casefold()
    monday = unit_around("week", now).start
    if which in ("this", "next"):
        return days_from(monday + timedelta(days=5 if which == "this" else 12), 2)
    # On a Saturday "last weekend" is over, "over the weekend" is not.
    saturday = seen_from(now if which else now + timedelta(days=1), "Saturday")
    if which and now < saturday + timedelta(days=2):
        saturday -= timedelta(days=7)
    return days_from(saturday, 2)


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
    return days_from(seen_from(now, _DAY_WORDS[match[0].casefold()]))


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
    day = seen_from(now if which in ("last", "past") else now + timedelta(days=1), match["weekday"])
    if which == "this":
        day = unit_around("week", now).start + timedelta(days=day.weekday())
    elif which in ("next", "coming"):
        day += timedelta(days=7)
    return days_from(day)


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
        return _latest_month(match["month"], unit_around("month", now).start - timedelta(days=1))
    if which in ("this", "next"):
        ahead = months_from(now.year, _month_number(match["month"]))
        return (
            months_from(now.year + 1, ahead.start.month) if which == "next" and ahead.start < now else ahead
        )
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
    return None if _counts(match, round_only=bool(sure)) else years_between(year, year)


def _counts(match: re.Match[str], *, round_only: bool) -> bool:
    """Tell whether the number that ends the match counts things: "2000 fighters", "2024 votes".

    With `round_only` just hundreds do: "the 2021 layoffs" are a year's.
    """
    rest, number = _after(match), match[0][-4:]
    if _MEASURE.match(rest):
        return True
    # "between 1900 and 2300 homes"
    also = re.match(r"\s(?:and|to|or|-|–)\s([0-9][0-9,.]*)", rest)
    if also and not re.fullmatch(DIGITS_OF_YEAR + r"[.,]?", also[1]):
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
        rf"(?<![\w-])(?P<year>{DIGITS_OF_YEAR})-(?P<month>0[1-9]|1[0-2])-(?P<day>[0-3][0-9])(?![0-9-])",
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
        rf"\b{_MONTH}\s?(?:-|–|/|to|through|until|till|(?P<and>and))\s?(?P<last>{MONTH_NAMES})\b(?:,?\s(?:of\s)?{_YEAR})?",
        _months,
    ),
    _rule(rf"\b{_MONTH},?\s(?:of\s)?{_YEAR}", _month_of_year),
    _rule(rf"\b(?:(?P<before>{DIGITS_OF_YEAR})\s)?Q(?P<quarter>[1-4])\b(?:(?:\sof)?\s{_YEAR})?", _quarter),
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
        rf"{_NO_FIGURE_BEFORE}(?P<year>{DIGITS_OF_YEAR})[-–/](?P<last>{DIGITS_OF_YEAR}|[0-9]{{2}}){_NO_FIGURE_AFTER}",
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
    _rule(rf"\b(?:(?:this\s)?(?P<which>last|past|next|this)\s)?(?P<month>{MONTH_NAMES})\b(?!-)", _month_seen),
    _rule(
        rf"(?:{_NO_FIGURE_BEFORE}|(?<=mid-)|(?<=pre-))(?P<year>{DIGITS_OF_YEAR}){_NO_FIGURE_AFTER}\b", _year
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
