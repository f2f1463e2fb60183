"""How texts spell a period."""

from __future__ import annotations

import re
from dataclasses import dataclass

from index.periods.calendar import MONTH_NAMES, Span, months_from, years_between
from index.periods.phrases import DIGITS_OF_YEAR


@dataclass(frozen=True, slots=True)
class _Spelling:
    """A way to name a period: `literal` stands in every text that `pattern` is found in, and is looked for faster."""

    literal: str
    pattern: re.Pattern[str]

    def is_in(self, text: str) -> bool:
        return self.literal in text and self.pattern.search(text) is not None


def spellings_of(named: Span, phrase: str) -> list[_Spelling]:
    """Return how texts spell a stretch of time, or a part of it, that a question names with the words `phrase`."""
    years = []
    found: list[_Spelling] = []
    for year in range(named.start.year, named.end.year + 1):
        if _covers(named, years_between(year, year)):
            years.append(year)
        else:
            found += _spellings_within(named, year)
    if years:
        # "1990s" names the year 1990 no more than "19th century" does. The first guard stands behind the digits
        # so that the search can leap from one candidate to the next.
        decade = "" if len(years) >= 10 else "s"
        pattern = rf"{_any_of(years)}(?<![\w$€£¥.,][0-9]{{4}})(?![0-9%{decade}]|[.,][0-9])"
        found.append(_Spelling("", re.compile(pattern)))
    elif re.search("[0-9]{4}", phrase):
        found.append(_Spelling(phrase, re.compile(rf"{re.escape(phrase)}\b")))
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
    for number, name in enumerate(MONTH_NAMES.split("|"), 1):
        month = months_from(year, number)
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
            other_year = rf"(?!,?\s(?!{year}){DIGITS_OF_YEAR}\b)"
            written = rf"{form}\s{days}\b{other_year}|\b{days}\s(?:of\s)?{form}(?!\w){other_year}"
            in_figures = rf"{iso}-(?:{'|'.join(f'{day:02}' for day in numbers)})\b"
        found += [_Spelling(short, re.compile(written)), _Spelling(iso, re.compile(in_figures))]
    return found
