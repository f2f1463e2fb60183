"""What a question wants measured, how deep, how fast, how heavy, and whether a sentence gives such a measure at all."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace

_LENGTH = (
    r"(?:(?:centi|milli|kilo)?met(?:re|er)s?|km|cm|mm|m|miles?|feet|foot|ft|inch(?:es)?|yards?|fathoms?|stor(?:ey|ie)s?|floors?"
    r"|light[- ]years?|blocks?|leagues?|nautical)"
)
_TIME = (
    r"(?:seconds?|minutes?|hours?|days?|nights?|weeks?|fortnights?|months?|quarters?|years?|decades?|centur(?:y|ies)"
    r"|seasons?|terms?|generations?)"
)


@dataclass(frozen=True, slots=True)
class Measure:
    """A measure that is asked for, as it is asked ("how deep"), what gives it, and what gives another one instead."""

    asked: str
    given: re.Pattern[str]
    other: re.Pattern[str] | None = None


def _said(pattern: str) -> re.Pattern[str]:
    return re.compile(rf"(?:\b|(?<=\d)){pattern}(?![a-z])", re.I)


def _across(*own: str) -> re.Pattern[str]:
    """Return what gives another dimension: seventeen kilometres wide, where it is asked how deep."""
    others = [word for word in ("wide", "broad", "tall", "high", "deep", "thick", "long") if word not in own]
    return re.compile(rf"\b{_LENGTH}[- ](?:{'|'.join(others)})\b", re.I)


_EXTENTS = (
    ("deep", r"how deep|(?:the|what) depth", ("deep",)),
    ("thick", r"how thick|(?:the|what) thickness", ("thick",)),
    ("wide", r"how (?:wide|broad)|(?:the|what) (?:width|breadth)", ("wide", "broad")),
    # Not how high, which asks for rates and prices as often.
    ("tall", r"how tall|(?:the|what) height", ("tall", "high")),
)
_QUANTITIES = (
    (
        "fast",
        r"how fast|(?:the|what|top|maximum|average) speed",
        r"(?:km/h|kph|kmh|mph|knots?|m/s|mach|(?:an?|per|each|every) (?:hour|second|minute|day)|speed of light)",
    ),
    (
        "heavy",
        r"how heavy|how much (?:does|do|did) [^?]* weigh\b|(?:the|what) weight",
        r"(?:tonnes?|tons?|kg|kilos?|kilogram(?:me)?s?|pounds?|lbs?|gram(?:me)?s?|ounces?|stone)",
    ),
    (
        "warm",
        r"how (?:hot|cold|warm|cool)|(?:the|what) temperature",
        r"(?:degrees?|celsius|fahrenheit|freezing|kelvin|[cf])",
    ),
    (
        "often",
        r"how (?:often|frequently)",
        r"(?:times|once|twice|thrice|every|each|always|never|rarely|seldom|often|regularly|frequently|occasionally"
        r"|(?:hour|dai|day|week|month|year)ly|annual(?:ly)?|[a-z]+days"
        r"|(?:an?|per) (?:second|minute|hour|day|week|month|year|decade))",
    ),
)
_OTHERS = (
    (
        "at what time",
        r"(?:at (?:what|which) (?:time|hour)|what time (?:is|was|does|do|will|are))(?! of)",
        r"(?:\d{1,2}[:.]\d\d|(?:\d{1,2}|one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve) ?"
        r"(?:[ap]\.?m\.?|o['’]clock|in the (?:morning|afternoon|evening))"
        r"|\d{4} ?(?:gmt|utc|hours)|noon|midday|midnight|dawn|dusk|sunrise|sunset|hours? (?:gmt|utc))",
    ),
    ("what the diameter is", r"(?:the|what) diameter", r"(?:diameter|across)"),
)
_HOW_LONG = re.compile(r"\bhow long\b", re.I)
_LASTS = (
    rf"{_TIME}|since|until|till|from|between|overnight|indefinitely|permanent(?:ly)?|ever|temporar(?:y|ily)|life"
    r"|brief(?:ly)?|always|never"
)
_AREA_OR_VOLUME = re.compile(rf"\b(?:cubic|square) {_LENGTH}\b", re.I)


def _measures() -> tuple[tuple[re.Pattern[str], Measure], ...]:
    extents = [
        (re.compile(rf"\b(?:{how})\b", re.I), Measure(f"how {name}", _said(_LENGTH), _across(*own)))
        for name, how, own in _EXTENTS
    ]
    named = [*((f"how {name}", how, given) for name, how, given in _QUANTITIES), *_OTHERS]
    quantities = [
        (re.compile(rf"\b(?:{how})\b", re.I), Measure(name, _said(given))) for name, how, given in named
    ]
    return (*extents, *quantities)


_MEASURES = _measures()
_LONG = Measure("how long", _said(rf"(?:{_LENGTH}|{_LASTS})"))
"""A bridge is as long as so many metres, a strike as so many days."""


def measure_asked(question: str) -> Measure | None:
    """Return what a question wants measured; None where that is nothing, or could be given in any words."""
    for pattern, measure in _MEASURES:
        found = pattern.search(question)
        if found:
            asked = found[0].casefold()
            return replace(measure, asked=asked) if asked.startswith("how ") else measure
    return _LONG if _HOW_LONG.search(question) else None


def lacks_measure(measure: Measure, sentence: str) -> bool:
    """Tell whether a sentence gives no such measure: no unit of it, or that of another dimension only."""
    sentence = _AREA_OR_VOLUME.sub(" ", sentence)
    given = list(measure.given.finditer(sentence))
    if not given:
        return True
    return measure.other is not None and len(list(measure.other.finditer(sentence))) >= len(given)
