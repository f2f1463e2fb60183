"""Measures and currencies, in the forms in which news write them: "km", "kilometers", "US$", "percentage points"."""

from __future__ import annotations

import re

from bot.verifying.reading import Reading

ORDINAL = "th"
"""The unit of a place in a row: third, 21st."""
PERCENT = "percent"
TIMES = "times"
CLOCK = "o'clock"
"""The unit of a time of day, whose hours stand before the point and minutes behind it."""
WITHOUT_A_BOUND = frozenset((ORDINAL, CLOCK))
"""Units of which there is no more or less: a place in a row is it or is not."""

_FORMS = {
    "percent": "percent pct percentage", "times": "times fold",
    "dollar": "dollar dollars", "euro": "euro euros", "pound": "pound pounds sterling", "yen": "yen",
    "yuan": "yuan renminbi", "rupee": "rupee rupees", "rouble": "rouble roubles ruble rubles", "krone": "krone kroner",
    "krona": "krona kronor", "franc": "franc francs", "peso": "peso pesos", "lira": "lira",
    "shilling": "shilling shillings", "naira": "naira", "rand": "rand", "cent": "cent cents", "penny": "pence penny",
    "kilometre": "km kilometre kilometres kilometer kilometers kph kmh", "mile": "mile miles mph",
    "metre": "m metre metres meter meters", "centimetre": "cm centimetre centimetres centimeter centimeters",
    "millimetre": "mm millimetre millimetres millimeter millimeters", "foot": "foot feet ft", "inch": "inch inches",
    "yard": "yard yards", "knot": "knot knots",
    "kilogram": "kg kilo kilos kilogram kilograms kilogramme kilogrammes", "gram": "g gram grams gramme grammes",
    "milligram": "mg milligram milligrams", "microgram": "microgram micrograms", "tonne": "tonne tonnes ton tons",
    "pound weight": "lb lbs", "ounce": "ounce ounces oz",
    "litre": "litre litres liter liters", "millilitre": "ml millilitre millilitres", "gallon": "gallon gallons",
    "barrel": "barrel barrels", "bushel": "bushel bushels", "hectare": "hectare hectares ha", "acre": "acre acres",
    "watt": "watt watts", "kilowatt": "kw kilowatt kilowatts", "megawatt": "mw megawatt megawatts",
    "gigawatt": "gw gigawatt gigawatts", "terawatt": "terawatt", "kilowatt hour": "kwh", "megawatt hour": "mwh",
    "gigawatt hour": "gwh", "terawatt hour": "twh", "volt": "volt volts", "megahertz": "megahertz",
    "gigahertz": "gigahertz", "megabyte": "megabytes", "gigabyte": "gigabyte gigabytes gb",
    "terabyte": "terabyte terabytes tb", "degree": "celsius degree degrees", "degree fahrenheit": "fahrenheit",
    "second": "second seconds", "minute": "minute minutes", "hour": "hour hours", "day": "day days",
    "night": "night nights", "week": "week weeks", "weekend": "weekend weekends", "fortnight": "fortnight",
    "month": "month months", "quarter": "quarter quarters", "year": "year years yr yrs", "decade": "decade decades",
    "century": "century centuries",
}  # fmt: skip
_UNITS = {form: unit for unit, forms in _FORMS.items() for form in forms.split()}
_SIGNS = {"$": "dollar", "£": "pound", "€": "euro", "¥": "yen", "₹": "rupee"}
_CODES = {
    "usd": "dollar", "eur": "euro", "gbp": "pound", "jpy": "yen", "rs": "rupee", "inr": "rupee", "chf": "franc",
    "nok": "krone", "sek": "krona", "dkk": "krone", "cny": "yuan", "rmb": "yuan",
}  # fmt: skip
_SIGN = re.compile(r"(?:US|A|C|HK|NZ)?([$£€¥₹])\s?$")
_LONGEST_SIGN = 5
_WITH_SIGNS = re.compile(r"%|\s?°(?:\s?[CF]\b)?")
_BEHIND = (
    (re.compile(r"\s?%[- ]points?\b"), "point", 1),
    (re.compile(r"\s?%"), PERCENT, 0),
    (re.compile(r"\s?°\s?F"), "degree fahrenheit", 0),
    (re.compile(r"\s?°"), "degree", 0),
)
"""Signs behind a number, the unit that each is for, and how many words it takes."""
_PAIRS: dict[tuple[str, ...], str] = {
    ("per", "cent"): PERCENT,
    ("percentage", "point"): "point",
    ("percentage", "points"): "point",
    **{
        (country, form): "dollar"
        for country in ("us", "australian", "canadian", "american")
        for form in ("dollar", "dollars")
    },
}
_QUALIFYING = frozenset(("square", "cubic", "nautical", "basis"))
_HOURS = frozenset(("hour", "hours"))


def currency_of(reading: Reading, at: int) -> str | None:
    """Return the currency whose sign or code stands before a word."""
    sign = currency_sign(reading, at)
    if sign:
        return _SIGNS[sign.strip()[-1]]
    return _CODES.get(reading.words[at - 1].plain) if at else None


def currency_sign(reading: Reading, at: int) -> str:
    """Return the sign of a currency before a word as it is written, "US$" or "£ "; empty where there is none."""
    start = reading.words[at].start
    found = _SIGN.search(reading.text[max(0, start - _LONGEST_SIGN) : start])
    return found[0] if found else ""


def sign_behind(reading: Reading, last: int) -> str:
    """Return the sign of percent or degrees behind a word as it is written, "%" or " °C"; empty where there is none."""
    found = _WITH_SIGNS.match(reading.text, reading.words[last].end)
    return found[0] if found else ""


def is_currency_code(word: str) -> bool:
    """Tell whether a word, in lower case, is a currency's code: "nok"."""
    return word in _CODES


def unit_around(reading: Reading, first: int, last: int) -> tuple[str, int]:
    """Return the unit of the number from word `first` to word `last`, and the last word with the unit's."""
    currency = currency_of(reading, first)
    if currency:
        return currency, last
    behind = reading.text[reading.words[last].end :][:12]
    for sign, unit, taken in _BEHIND:
        if sign.match(behind):
            return unit, last + taken
    return unit_behind(reading, last)


def unit_behind(reading: Reading, last: int) -> tuple[str, int]:
    """Return the unit that is written out behind a word, and its last word; "" and that word where none is."""
    after = tuple(word.plain for word in reading.words[last + 1 : last + 4])
    gap = reading.between(last, last + 1) if after else ""
    if not after or not re.fullmatch(r"[\s-]?", gap):
        return "", last
    if after[:2] in _PAIRS:
        return _PAIRS[after[:2]], last + 2
    if after[0] in _QUALIFYING and len(after) > 1:
        return f"{after[0]} {_UNITS.get(after[1], after[1].rstrip('s'))}", last + 2
    unit = _one_word(after[0], gap)
    if unit.endswith("watt") and len(after) > 1 and after[1] in _HOURS:
        return f"{unit} hour", last + 2
    return (unit, last + 1) if unit else ("", last)


def _one_word(word: str, gap: str) -> str:
    """Return the unit that a word is; "second" and "points" are other things but in "10-second", "five-point"."""
    if word in ("point", "points"):
        return "point" if gap == "-" else ""
    if word == "second" and gap != "-":
        return ""
    return _CODES.get(word) or _UNITS.get(word, "")
