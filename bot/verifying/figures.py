"""Figures of a text: how much of what, and whether that is a bound: "up to 6.5 thousand", "between 40 and 50 percent"."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from decimal import Decimal
from enum import Enum, auto
from functools import lru_cache

from bot.numbers import belongs_to_number, multiple, written_number, written_ordinal
from bot.verifying.reading import Reading
from index.words import STOP_WORDS

_JOINT = re.compile(r"\s|\s?[-‐‑]\s?|")
"""What may stand between the words of one number: "two hundred", "twenty-one", "5bn"."""
_LONGEST = 24
"""In words. No number that anyone spells out is longer."""

_SIGNS = {"$": "dollar", "£": "pound", "€": "euro", "¥": "yen", "₹": "rupee"}
_SIGN = re.compile(r"(?:US|A|C|HK|NZ)?([$£€¥₹])\s?$")
_CODES = {
    "usd": "dollar", "eur": "euro", "gbp": "pound", "jpy": "yen", "rs": "rupee", "inr": "rupee", "chf": "franc",
    "nok": "krone", "sek": "krona", "dkk": "krone", "cny": "yuan", "rmb": "yuan",
}  # fmt: skip
_ATTACHED = {"m": 10**6, "k": 10**3, "b": 10**9, "mn": 10**6, "bn": 10**9, "tn": 10**12, "t": 10**12}
"""Behind digits without a space. Where a metre, a tonne or a kelvin may be meant, see `_scaled`."""
_SCALES_ELSEWHERE = {"lakh": 10**5, "lakhs": 10**5, "crore": 10**7, "crores": 10**7}
_METRIC = re.compile(
    r"\s?(?:tall|high|deep|wide|long|underwater|below|above|thick|away|from|sprint|race|final|freestyle|hurdles"
    r"|butterfly|dash|relay|in (?:height|depth|length|width|diameter))\b"
)

_UNITS = {
    "percent": "percent", "pct": "percent", "percentage": "percent",
    "dollar": "dollar", "dollars": "dollar", "euro": "euro", "euros": "euro", "pound": "pound", "pounds": "pound",
    "sterling": "pound", "yen": "yen", "yuan": "yuan", "renminbi": "yuan", "rupee": "rupee", "rupees": "rupee",
    "rouble": "rouble", "roubles": "rouble", "ruble": "rouble", "rubles": "rouble", "krone": "krone", "kroner": "krone",
    "krona": "krona", "kronor": "krona", "franc": "franc", "francs": "franc", "peso": "peso", "pesos": "peso",
    "lira": "lira", "shilling": "shilling", "shillings": "shilling", "naira": "naira", "rand": "rand",
    "cent": "cent", "cents": "cent", "pence": "penny", "penny": "penny",
    "km": "kilometre", "kilometre": "kilometre", "kilometres": "kilometre", "kilometer": "kilometre",
    "kilometers": "kilometre", "mile": "mile", "miles": "mile", "m": "metre", "metre": "metre", "metres": "metre",
    "meter": "metre", "meters": "metre", "cm": "centimetre", "centimetre": "centimetre", "centimetres": "centimetre",
    "centimeter": "centimetre", "centimeters": "centimetre", "mm": "millimetre", "millimetre": "millimetre",
    "millimetres": "millimetre", "millimeter": "millimetre", "millimeters": "millimetre", "foot": "foot",
    "feet": "foot", "ft": "foot", "inch": "inch", "inches": "inch", "yard": "yard", "yards": "yard",
    "knot": "knot", "knots": "knot", "kph": "kilometre", "mph": "mile", "kmh": "kilometre",
    "kg": "kilogram", "kilo": "kilogram", "kilos": "kilogram", "kilogram": "kilogram", "kilograms": "kilogram",
    "kilogramme": "kilogram", "kilogrammes": "kilogram",
    "g": "gram", "gram": "gram", "grams": "gram", "gramme": "gram", "grammes": "gram", "mg": "milligram",
    "milligram": "milligram", "milligrams": "milligram", "microgram": "microgram", "micrograms": "microgram",
    "tonne": "tonne", "tonnes": "tonne", "ton": "tonne", "tons": "tonne", "lb": "pound weight", "lbs": "pound weight",
    "ounce": "ounce", "ounces": "ounce", "oz": "ounce",
    "litre": "litre", "litres": "litre", "liter": "litre", "liters": "litre", "ml": "millilitre",
    "millilitre": "millilitre", "millilitres": "millilitre", "gallon": "gallon", "gallons": "gallon",
    "barrel": "barrel", "barrels": "barrel", "bushel": "bushel", "bushels": "bushel",
    "hectare": "hectare", "hectares": "hectare", "ha": "hectare", "acre": "acre", "acres": "acre",
    "watt": "watt", "watts": "watt", "kw": "kilowatt", "kilowatt": "kilowatt", "kilowatts": "kilowatt",
    "mw": "megawatt", "megawatt": "megawatt", "megawatts": "megawatt", "gw": "gigawatt", "gigawatt": "gigawatt",
    "gigawatts": "gigawatt", "kwh": "kilowatt hour", "mwh": "megawatt hour", "gwh": "gigawatt hour",
    "twh": "terawatt hour", "terawatt": "terawatt", "volt": "volt", "volts": "volt",
    "megahertz": "megahertz", "gigahertz": "gigahertz", "gigabyte": "gigabyte", "gigabytes": "gigabyte",
    "gb": "gigabyte", "terabyte": "terabyte", "terabytes": "terabyte", "tb": "terabyte", "megabytes": "megabyte",
    "celsius": "degree", "fahrenheit": "degree fahrenheit", "degree": "degree", "degrees": "degree",
    "second": "second", "seconds": "second", "minute": "minute", "minutes": "minute", "hour": "hour", "hours": "hour",
    "day": "day", "days": "day", "night": "night", "nights": "night", "week": "week", "weeks": "week",
    "weekend": "weekend", "weekends": "weekend", "fortnight": "fortnight", "month": "month", "months": "month",
    "quarter": "quarter", "quarters": "quarter", "year": "year", "years": "year", "yr": "year", "yrs": "year",
    "decade": "decade", "decades": "decade", "century": "century", "centuries": "century",
    "times": "times", "fold": "times",
}  # fmt: skip
_ORDINAL = "th"
_AGE = "year"

_FRACTIONS = {
    "half": (1, 2), "halves": (1, 2), "third": (1, 3), "thirds": (1, 3), "quarter": (1, 4), "quarters": (1, 4),
    "fifth": (1, 5), "fifths": (1, 5), "sixth": (1, 6), "sixths": (1, 6), "eighth": (1, 8), "eighths": (1, 8),
    "tenth": (1, 10), "tenths": (1, 10),
}  # fmt: skip
_TIMES = {"twice": 2, "double": 2, "doubled": 2, "doubling": 2, "triple": 3, "tripled": 3, "thrice": 3}

_BEFORE = (
    ("no fewer than|no less than|not less than|at least|a minimum of|minimum of|as few as", "AT_LEAST"),
    ("no more than|not more than|at most|at the most|a maximum of|maximum of|up to|as many as|as much as"
     "|as high as|as long as|as far as|capped at|limited to|a ceiling of|not exceed|not exceeding", "AT_MOST"),
    ("(?:over|above) the age of|aged (?:over|above)|more than|greater than|larger than|higher than|upwards of|in excess of|exceeded|exceeding|exceeds|exceed|surpassed"
     "|surpassing|topped|topping|well over|just over|slightly over|a little over|over|above|beyond|passed|upward of"
     "|older than|longer than|slightly more than|just above", "MORE"),
    ("under the age of|aged under|fewer than|less than|lower than|smaller than|just under|slightly under|a little under|well under|under|below"
     "|short of|younger than|shorter than|just below|just shy of|shy of", "FEWER"),
    ("nearly|almost|close to|approaching|not quite", "NEARLY"),
    ("about|around|roughly|approximately|some|an estimated|estimated at|or so|circa|in the region of|in the order of"
     "|on the order of|estimated", "ABOUT"),
    ("exactly|precisely|a total of|all", "EXACT"),
)  # fmt: skip


class Bound(Enum):
    """On which side of a figure what it tells of may lie."""

    NONE = auto()
    EXACT = auto()
    ABOUT = auto()
    NEARLY = auto()
    AT_LEAST = auto()
    AT_MOST = auto()
    MORE = auto()
    FEWER = auto()


_BOUND = re.compile(
    r"\b(?:"
    + "|".join(f"(?P<{name}>{'|'.join(words.split('|'))})" for words, name in _BEFORE)
    + r")(?:\s(?:the|a|an|about|around|some|another|only))?[\s(]*(?:US|A|C)?[$£€¥₹]?\s?$",
    re.I,
)
_BOUND_AFTER = re.compile(
    r"(?:\s[\w-]+){0,2}?\s(?P<AT_LEAST>or (?:more|above|over|older|higher|longer)|at (?:the )?(?:very )?(?:least|earliest)|and (?:over|above|older)"
    r"|upwards)\b|(?:\s[\w-]+){0,2}?\s(?P<AT_MOST>or (?:less|fewer|under|below|lower|younger)|at (?:the )?(?:very )?(?:most|latest))\b",
    re.I,
)
_PLUS = re.compile(r"\+|-plus\b")
_RANGE = re.compile(r"\s?[-–—]\s?|\s(?:to|and)\s(?:about\s)?(?:US|A|C)?[$£€¥₹]?\s?|\s?[-–—]\s?[$£€¥₹]\s?")
_ONE_OF = re.compile(r"\s(?:of|another|day|way|time|or|more|side|hand)\b", re.I)
_NO_FIGURE = frozenset(("no", "any", "some", "every", "each", "this", "that", "which", "the", "last", "next"))


@dataclass(frozen=True, slots=True)
class Figure:
    """A number of something, from `low` to `high`, which are the same but for ranges.

    `unit` is a measure, a currency, "percent", "th" of ordinals, or "" where things are counted. `first` and `last` are
    the numbers of its first and last word, the unit among them. `joined` tells that it stands in digits among others,
    as in a score (3-1) or a name (Boeing 737), where it counts nothing.
    """

    low: Decimal
    high: Decimal
    unit: str
    bound: Bound
    first: int
    last: int

    @property
    def is_range(self) -> bool:
        """Whether it says from where to where."""
        return self.low != self.high

    @property
    def is_year(self) -> bool:
        """Whether it can be a year."""
        return self.unit == "" and self.low == self.high and 1000 <= self.low <= 2100 and self.low % 1 == 0

    def text(self, reading: Reading) -> str:
        """Return it as it is written, with the currency's sign and what bounds it."""
        start = reading.words[self.first].start
        sign = _SIGN.search(reading.text[max(0, start - 5) : start])
        end = reading.words[self.last].end
        percent = reading.text[end : end + 1] == "%"
        return reading.text[start - (len(sign[0]) if sign else 0) : end + percent]


@lru_cache(maxsize=512)
def figures_in(reading: Reading) -> tuple[Figure, ...]:
    """Return the figures of a text, in order."""
    return tuple(_with_shared_units(reading, list(_ranges(reading, list(_single(reading))))))


@lru_cache(maxsize=512)
def single_units_in(reading: Reading) -> tuple[Figure, ...]:
    """Return where a text says one of something without the number: "more than a century", "an hour"."""
    found = []
    for number, word in enumerate(reading.words[:-1]):
        unit, last = _unit_in_words(reading, number) if word.plain in ("a", "an", "per") else ("", 0)
        if unit:
            found.append(Figure(Decimal(1), Decimal(1), unit, _bound(reading, number, number), number, last))
    return tuple(found)


def _single(reading: Reading) -> Iterator[Figure]:
    at = 0
    while at < len(reading.words):
        found = _figure(reading, at)
        if found is None:
            at += 1
        else:
            yield found
            at = found.last + 1


def _figure(reading: Reading, at: int) -> Figure | None:
    word = reading.words[at]
    and_a_half = _and_a_half(reading, at)
    if and_a_half:
        return and_a_half
    fraction = _fraction(reading, at)
    if fraction:
        return _of_unit(reading, fraction)
    if word.plain in _TIMES:
        return _made(reading, Decimal(_TIMES[word.plain]), at, at, "times")
    if word.is_figure:
        return _in_digits(reading, at)
    return _spelled(reading, at)


def _and_a_half(reading: Reading, at: int) -> Figure | None:
    """Return "an hour and a half" as one and a half hours."""
    words = reading.words
    if words[at].plain not in ("a", "an", "one") or [word.plain for word in words[at + 2 : at + 5]] != [
        "and",
        "a",
        "half",
    ]:
        return None
    unit, last = _unit_in_words(reading, at)
    value = Decimal("1.5")
    return (
        Figure(value, value, unit, _bound(reading, at, at + 4), at, at + 4)
        if unit and last == at + 1
        else None
    )


def _in_digits(reading: Reading, at: int) -> Figure | None:
    word = reading.words[at]
    digits = re.fullmatch(r"(\d{1,3}(?:,\d{2,3})+|\d+)((?:\.\d+)?)", word.text)
    if digits is None:
        ordinal = re.fullmatch(r"(\d+)(?:st|nd|rd|th)", word.plain)
        attached = re.fullmatch(r"(\d+(?:[.,]\d+)*)([a-z]+)", word.plain)
        if ordinal:
            return Figure(Decimal(ordinal[1]), Decimal(ordinal[1]), _ORDINAL, Bound.NONE, at, at)
        if attached:
            return _attached(reading, at, attached[1], attached[2])
        time = re.fullmatch(r"(\d{1,2})[:.](\d{2})", word.text)
        return (
            Figure(value := Decimal(f"{time[1]}.{time[2]}"), value, "o'clock", Bound.NONE, at, at)
            if time
            else None
        )
    value = Decimal(digits[1].replace(",", "") + digits[2])
    if word.text[0] == "0" and len(digits[1]) > 1:
        return None
    value, last = _scaled(reading, value, at)
    return _made(reading, value, at, last)


def _attached(reading: Reading, at: int, digits: str, suffix: str) -> Figure | None:
    value = Decimal(digits.replace(",", ""))
    if suffix == "s" or suffix not in _ATTACHED | _UNITS:
        return None
    if suffix in _ATTACHED and _is_scale(reading, at, suffix):
        return _made(reading, value * _ATTACHED[suffix], at, at)
    return _made(reading, value, at, at, _UNITS.get(suffix))


def _is_scale(reading: Reading, at: int, suffix: str) -> bool:
    """Tell whether letters behind digits multiply them, and are no unit: $5m, but 100m sprint."""
    if suffix not in ("m", "t") or _currency(reading, at):
        return True
    rest = reading.text[reading.words[at].end : reading.words[at].end + 20]
    return not _METRIC.match(rest) and re.match(r"\s(?:[a-z]+s|people|euro|dollar)\b", rest) is not None


def _scaled(reading: Reading, value: Decimal, at: int) -> tuple[Decimal, int]:
    """Return a number multiplied by the words behind it, and the last of these."""
    last = at
    while last + 1 < len(reading.words) and reading.between(last, last + 1) in (
        "",
        " ",
        "-",
        "\u00a0",
        "\u202f",
    ):
        word, gap = reading.words[last + 1].plain, reading.between(last, last + 1)
        factor = _SCALES_ELSEWHERE.get(word) or (multiple(word) if word != "dozen" else 12)
        if (
            factor is None
            and not gap.strip()
            and (word in ("m", "b", "k", "t") and (gap == "" or _currency(reading, at)))
        ):
            factor = (
                _ATTACHED[word]
                if (gap == "" and _is_scale(reading, last + 1, word)) or _currency(reading, at)
                else None
            )
        if factor is None:
            break
        value, last = value * factor, last + 1
    return value, last


def _spelled(reading: Reading, at: int) -> Figure | None:
    words = reading.words
    if not belongs_to_number(words[at].plain) or words[at].plain == "and":
        return None
    run = [words[at].plain]
    while len(run) < _LONGEST and at + len(run) < len(words):
        place = at + len(run)
        if not belongs_to_number(words[place].plain) or not _JOINT.fullmatch(
            reading.between(place - 1, place)
        ):
            break
        run.append(words[place].plain)
    ordinal = written_ordinal(run)
    if ordinal:
        number = Decimal(ordinal[0])
        if run[0] == "second" and _is_unit_second(reading, at):
            return None
        return Figure(number, number, _ORDINAL, Bound.NONE, at, at + ordinal[1] - 1)
    number = written_number(run)
    if number is None:
        return None
    value, taken = number
    after = at + taken
    if run[:1] == ["one"] and taken == 1 and _says_no_number(reading, at):
        return None
    if [word.plain for word in words[after : after + 3]] == ["and", "a", "half"]:
        value, after = value + Decimal("0.5"), after + 3
        value, last = _scaled(reading, value, after - 1)
        return _made(reading, value, at, last)
    return _made(reading, value, at, after - 1)


def _is_unit_second(reading: Reading, at: int) -> bool:
    return at > 0 and reading.words[at - 1].plain in ("a", "per", "each", "every")


def _says_no_number(reading: Reading, at: int) -> bool:
    before = reading.words[at - 1].plain if at else ""
    rest = reading.text[reading.words[at].end : reading.words[at].end + 10]
    return before in _NO_FIGURE or bool(_ONE_OF.match(rest)) or not re.match(r"[\s-]\w", rest)


def _fraction(reading: Reading, at: int) -> Figure | None:
    """Return a share in words as a percentage: "two-thirds", "half of", "a quarter of", "one in five"."""
    words = reading.words
    plain = [word.plain for word in words[at : at + 4]]
    if len(plain) > 2 and plain[1] in ("in", "of", "out") and belongs_to_number(plain[0]):
        second = 3 if plain[1:3] == ["out", "of"] else 2
        top, bottom = written_number(plain[:1]), written_number(plain[second : second + 1])
        if (
            top
            and bottom
            and top[0] < bottom[0] <= 100
            and top[0] <= 10
            and reading.between(at, at + 1) == " "
            and not _follows_dash(reading, at)
        ):
            if plain[1] == "of" or bottom[0] < 3:
                return None
            return _share(reading, top[0] / bottom[0], at, at + second)
    if plain and plain[0] in ("half", "halved", "halves", "halving"):
        if at and words[at - 1].plain in ("first", "second", "last", "other"):
            return None
        if plain[1:2] == ["a"] and multiple(plain[2] if len(plain) > 2 else "") and plain[2] != "dozen":
            value = Decimal(multiple(plain[2]) or 0) / 2
            return _made(reading, value, at, at + 2)
        if plain[1:2] and plain[1] in ("hour", "time", "year", "century", "marathon", "and"):
            return None
        return _share(reading, Decimal(1) / 2, at, at)
    if len(plain) > 1 and plain[1] in _FRACTIONS and _JOINT.fullmatch(reading.between(at, at + 1)):
        top, bottom = _FRACTIONS[plain[1]]
        count = 1 if plain[0] in ("a", "one") else written_number(plain[:1])
        if count is None or (
            plain[1] in ("quarter", "quarters", "third", "fifth") and not _is_share(reading, at, plain)
        ):
            return None
        number = Decimal(1) if count == 1 else count[0]  # type: ignore[index]
        return _share(reading, number * top / bottom, at, at + 1)
    return None


def _follows_dash(reading: Reading, at: int) -> bool:
    return reading.text[max(0, reading.words[at].start - 1) : reading.words[at].start] in ("-", "–")


_OF_UNIT = re.compile(r"\s(?:of\s)?an?\s")


def _of_unit(reading: Reading, share: Figure) -> Figure:
    """Return a share of a unit as so much of it: "half a metre", "a quarter of a percentage point"."""
    start = reading.words[share.last].end
    joint = _OF_UNIT.match(reading.text[start:])
    if joint is None or share.last + 2 >= len(reading.words):
        return share
    article = next(
        number
        for number in range(share.last + 1, len(reading.words))
        if reading.words[number].plain in ("a", "an")
    )
    unit, last = _unit_in_words(reading, article)
    if not unit:
        return share
    value = share.low / 100
    return Figure(value, value, unit, share.bound, share.first, last)


def _is_share(reading: Reading, at: int, plain: list[str]) -> bool:
    """Tell whether "a quarter", "a third" is a share, and no part of a year and no other one in a row."""
    if plain[0] not in ("a", "one", "three", "two", "four"):
        return False
    after = reading.words[at + 2] if at + 2 < len(reading.words) else None
    if after is None or after.sentence != reading.words[at].sentence:
        return True
    return not after.is_content or after.plain in (
        "more",
        "less",
        "fewer",
        "higher",
        "lower",
        "larger",
        "smaller",
    )


def _share(reading: Reading, share: Decimal, first: int, last: int) -> Figure:
    value = (share * 100).quantize(Decimal("0.1")).normalize()
    return Figure(value, value, "percent", _bound(reading, first, last), first, last)


def _made(reading: Reading, value: Decimal, first: int, last: int, unit: str | None = None) -> Figure:
    if unit is None:
        unit, last = _unit(reading, first, last)
    return Figure(value, value, unit, _bound(reading, first, last), first, last)


def _currency(reading: Reading, at: int) -> str | None:
    start = reading.words[at].start
    sign = _SIGN.search(reading.text[max(0, start - 5) : start])
    if sign:
        return _SIGNS[sign[1]]
    before = reading.words[at - 1].plain if at else ""
    return _CODES.get(before)


def _unit(reading: Reading, first: int, last: int) -> tuple[str, int]:
    """Return the unit of a number, and the last word that it takes."""
    currency = _currency(reading, first)
    if currency:
        return currency, last
    text, end = reading.text, reading.words[last].end
    if re.match(r"\s?%", text[end:]):
        return ("point", last + 1) if re.match(r"\s?%[- ]points?\b", text[end:]) else ("percent", last)
    if re.match(r"\s?°\s?F", text[end:]):
        return "degree fahrenheit", last
    if re.match(r"\s?°", text[end:]):
        return "degree", last
    return _unit_in_words(reading, last)


def _unit_in_words(reading: Reading, last: int) -> tuple[str, int]:
    after = [word.plain for word in reading.words[last + 1 : last + 4]]
    if not after or not re.fullmatch(r"[\s-]?", reading.between(last, last + 1)):
        return "", last
    if after[:2] == ["per", "cent"]:
        return "percent", last + 2
    if after[:2] in (["percentage", "point"], ["percentage", "points"]):
        return "point", last + 2
    if after[0] in ("point", "points") and reading.between(last, last + 1) == "-":
        return "point", last + 1
    if after[0] in ("us", "australian", "canadian", "american") and after[1:2] in (["dollar"], ["dollars"]):
        return "dollar", last + 2
    if after[0] in ("square", "cubic", "nautical", "basis") and len(after) > 1:
        unit = _UNITS.get(after[1], after[1].rstrip("s"))
        return f"{after[0]} {unit}", last + 2
    unit = _UNITS.get(after[0] if after[0] != "second" or reading.between(last, last + 1) == "-" else "")
    if unit and unit.endswith("watt") and after[1:2] in (["hour"], ["hours"]):
        return f"{unit} hour", last + 2
    if after[0] in _CODES:
        unit = _CODES[after[0]]
    return (unit, last + 1) if unit else ("", last)


def _bound(reading: Reading, first: int, last: int) -> Bound:
    start, end = reading.words[first].start, reading.words[last].end
    plus = _PLUS.match(reading.text[end : end + 6])
    if plus:
        return Bound.AT_LEAST
    after = _BOUND_AFTER.match(reading.text[end : end + 60])
    if after and after.lastgroup:
        return Bound[after.lastgroup]
    before = _BOUND.search(reading.text[max(0, start - 40) : start])
    if before is None or before.lastgroup is None:
        return Bound.NONE
    return Bound[before.lastgroup]


def _ranges(reading: Reading, single: list[Figure]) -> Iterator[Figure]:
    """Give the figures, two ends of a range as one."""
    at = 0
    while at < len(single):
        one = single[at]
        if at + 1 < len(single):
            other = single[at + 1]
            whole = _range(reading, one, other)
            if whole:
                yield whole
                at += 2
                continue
        yield one
        at += 1


def _range(reading: Reading, one: Figure, other: Figure) -> Figure | None:
    if other.first != one.last + 1 and not _only_joint(reading, one, other):
        return None
    gap = reading.text[reading.words[one.last].end : reading.words[other.first].start].lstrip("%")
    before = reading.text[max(0, reading.words[one.first].start - 16) : reading.words[one.first].start]
    between = re.search(r"\b(?:between|from)\s(?:about\s)?(?:US)?[$£€¥₹]?\s?$", before, re.I)
    joint = _RANGE.fullmatch(gap)
    if joint is None or ("and" in gap and not (between and between[0].lower().startswith("between"))):
        return None
    if "to" in gap.split() and between and between[0].lower().startswith("from"):
        return None  # from 3 to 5: a change, of which each end is told of
    if one.unit not in ("", other.unit) or _ORDINAL in (one.unit, other.unit):
        return None
    low = one.low
    if low > other.high or (other.high >= 1000 * low > 0):
        scaled = low * Decimal(10) ** _scale_of(reading, other)
        low = scaled if scaled <= other.high else low
    if low >= other.high:
        return None  # a score, not a range
    return Figure(low, other.high, other.unit, one.bound, one.first, other.last)


def _only_joint(reading: Reading, one: Figure, other: Figure) -> bool:
    between = [word.plain for word in reading.words[one.last + 1 : other.first]]
    return all(word in ("to", "and", "about", "around", "or") for word in between)


def _scale_of(reading: Reading, figure: Figure) -> int:
    words = [word.plain for word in reading.words[figure.first : figure.last + 1]]
    factors = [_ATTACHED.get(word) or multiple(word) or 1 for word in words if not word[0].isdigit()]
    product = 1
    for factor in factors:
        product *= factor
    return len(str(product)) - 1


def _counts_nothing(reading: Reading, figure: Figure) -> bool:
    return counts_nothing(reading, figure)


def counts_nothing(reading: Reading, figure: Figure) -> bool:
    """Tell whether no noun comes behind a figure that it could count: "to 34.", "from 51 by selling"."""
    rest = reading.text[reading.words[figure.last].end :]
    behind = re.match(r"\s([\w’'-]+)", rest)
    return behind is None or behind[1].casefold() in STOP_WORDS


def _with_shared_units(reading: Reading, figures: list[Figure]) -> Iterator[Figure]:
    """Give the figures, those without a unit with that of one they are put beside: "from 12 to 15 percent"."""
    for number, each in enumerate(figures):
        earlier = figures[number - 1] if number else None
        if earlier and each.unit == "" and earlier.unit not in ("", _ORDINAL) and not each.is_year:
            gap = reading.text[reading.words[earlier.last].end : reading.words[each.first].start]
            if re.fullmatch(
                r"%?,?\s(?:to|and|or|versus|against|from)(?:\s(?:just|about|only|nearly|almost|over|some))?\s",
                gap,
            ) and _counts_nothing(reading, each):
                yield replace(each, unit=earlier.unit)
                continue
        later = figures[number + 1] if number + 1 < len(figures) else None
        if later and each.unit == "" and later.unit not in ("", _ORDINAL) and not each.is_year:
            gap = reading.text[reading.words[each.last].end : reading.words[later.first].start]
            if re.fullmatch(
                r",?\s(?:to|and|or|versus|against)(?:\s(?:just|about|only|nearly|almost|over|some))?\s", gap
            ):
                yield replace(each, unit=later.unit)
                continue
        yield each
