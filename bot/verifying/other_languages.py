"""What can be told of a sentence in any language: its figures, its names and its quotations stand in its sources.

Figures are compared however their thousands and decimals are set apart. Names are the capitalised words within a
sentence, and abbreviations; German gives every noun a capital, so that there only abbreviations tell. Endings are
forgiven, another form of a name ("Londres") is not. What these do not tell apart is left to a cross-encoder.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Sequence
from decimal import Decimal
from itertools import takewhile

from bot.generating.language import language_of
from bot.verifying.quotations import quotation_reasons
from bot.verifying.reading import read
from bot.verifying.sources import Source
from index.passages import heading

_APART = r".,'’ \u00a0\u202f"
_FIGURE = re.compile(rf"\d{{1,3}}(?:[{_APART}]\d{{3}})+(?!\d)(?:[.,]\d+)?|\d+(?:[.,]\d+)?")
_THOUSANDS = re.compile(rf"[{_APART}](?=\d{{3}}(?!\d))")
_WORD = re.compile(r"[^\W\d_]+")
_SENTENCE_BEGINS = re.compile(r"(?:^|[!?:…])[\s“”\"„«»‚‘’'(¿¡]*$")
_NOUNS_HAVE_CAPITALS = "German"
_LONGEST_ENDING = 3
_SHORTEST_STEM = 4


def detail_reasons(sentence: str, sources: Sequence[Source]) -> Iterator[str]:
    """Yield what of a sentence, in whatever language, does not stand in its sources."""
    texts = [_whole(source) for source in sources]
    yield from quotation_reasons(read(sentence), texts)
    known = {value for text in texts for figure in _figures(text) for value in _values(figure)}
    for figure in _figures(sentence):
        if known.isdisjoint(_values(figure)):
            yield f"No cited passage gives {figure}."
    words = {_folded(word) for text in texts for word in _WORD.findall(text)}
    for name in _names(sentence):
        if not any(_same_but_for_ending(_folded(name), word) for word in words):
            yield f"No cited passage names {name}."


def _whole(source: Source) -> str:
    day = source.published_at
    numbers = "" if day is None else f"{day.day} {day.month} "
    return f"{heading(source.title, source.publisher, day)} {numbers}\n{source.text}"


def _figures(text: str) -> list[str]:
    return _FIGURE.findall(text)


def _values(figure: str) -> set[Decimal]:
    """Return what a figure may be: 6.500 is six thousand five hundred, or six and a half."""
    readings = {_THOUSANDS.sub("", figure).replace(",", ".")}
    head, mark, tail = figure.rpartition("," if figure.rfind(",") > figure.rfind(".") else ".")
    if mark:
        readings.add(f"{re.sub(rf'[{_APART}]', '', head)}.{tail}")
    return {Decimal(reading) for reading in readings if re.fullmatch(r"\d+(?:\.\d+)?", reading)}


def _names(sentence: str) -> Iterator[str]:
    every_noun = language_of(sentence) == _NOUNS_HAVE_CAPITALS
    for found in _WORD.finditer(sentence):
        word = found.group()
        if (len(word) > 1 and word.isupper()) or (
            word[0].isupper() and not every_noun and not _SENTENCE_BEGINS.search(sentence, 0, found.start())
        ):
            yield word


def _folded(word: str) -> str:
    plain = unicodedata.normalize("NFKD", word.casefold())
    return "".join(letter for letter in plain if not unicodedata.combining(letter))


def _same_but_for_ending(one: str, other: str) -> bool:
    shorter, longer = sorted((len(one), len(other)))
    alike = sum(1 for _ in takewhile(lambda pair: pair[0] == pair[1], zip(one, other, strict=False)))
    return one == other or (longer - shorter <= _LONGEST_ENDING and alike >= max(_SHORTEST_STEM, shorter - 1))
