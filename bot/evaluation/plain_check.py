"""The plain check: whether every number and every name of a sentence stands in what it cites.

It knows nothing of meaning: a number may be another thing's, and a name another role's. But it shares no code with
the verifier, so that it finds what that overlooks.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime

from bot.evaluation.plain_numbers import numbers_in, numbers_said_by

_WORD = re.compile(r"(?<!°)[^\W\d_][\w]*(?:['’][^\W\d_]+)?")
_POSSESSIVE = re.compile(r"['’]s?$")
_OPENS = re.compile(r"(?:^|[.!?]['”’\")\]]*\s)[\s'“‘\"(]*$|[,:;]\s+[“‘\"]$")
"""What stands before a word that merely opens a sentence, a quoted one too."""
_ABBREVIATED = re.compile(r"\b(?:Mr|Mrs|Ms|Dr|St|Gen|Col|Lt|Prof|Sen|Rep|No|[A-Z])\.\s+$")
_DOTTED = re.compile(r"\b((?:[A-Z]\.){2,})")
_OPENING = (
    "a about according after all also although among an and another any as at because before between "
    "both but by despite during each every few for four five from he her his how however if in "
    "including it its last later less many more most much nearly neither no nobody none nor not of on "
    "once one only other others our over she since six so some such ten than that the their then "
    "there these they this those three though through to today two under until up we what when where "
    "which while who why with within without yesterday"
)
_OPENERS = frozenset(_OPENING.split())
"""Words that open a sentence before a name and are no part of it."""
_FIRST_PERSON = frozenset({"i", "i'm", "i've", "i'd", "i'll"})


@dataclass(frozen=True, slots=True)
class Cited:
    """A passage that a sentence cites, and what is said of its article."""

    text: str
    title: str | None = None
    publisher: str | None = None
    published_at: datetime | None = None

    @property
    def all_of_it(self) -> str:
        """All of it in one text; the date in words and in digits."""
        day = f"{self.published_at:%A %-d %B %Y %-m}" if self.published_at else None
        return "\n".join(filter(None, [self.title, self.publisher, day, self.text]))


def not_standing(sentence: str, cited: Sequence[Cited]) -> tuple[str, ...]:
    """Return the numbers and names of `sentence` that stand in nothing it cites; none means that it passes.

    A number is compared by its value. Of a name each word has to stand in one and the same source, in whatever order.
    The word that a sentence begins with counts where it is part of a longer name.
    """
    texts = [each.all_of_it for each in cited]
    said = set().union(*map(numbers_said_by, texts))
    numbers = [f"{float(number):g}" for number in sorted(numbers_in(sentence) - said)]
    sources = [{word for _, word in _words(text)} for text in texts]
    names = [" ".join(name) for name in _names(sentence) if not any(set(name) <= words for words in sources)]
    return (*numbers, *names)


def _names(sentence: str) -> Iterator[tuple[str, ...]]:
    """Yield each name: capitalised words in a row, without one that merely opens a sentence."""
    for opens, run in _runs(_plain(sentence)):
        merely_opens = opens and (len(run) == 1 or run[0] in _OPENERS)
        if name := run[merely_opens:]:
            yield name


def _runs(text: str) -> Iterator[tuple[bool, tuple[str, ...]]]:
    """Yield each row of capitalised words, and whether a sentence opens with it."""
    run: list[str] = []
    opens, end = False, 0
    for match, word in _words(text):
        begins = _opens_sentence(text[: match.start()])
        is_capital = match[0] != match[0].lower() and word not in _FIRST_PERSON
        if run and (begins or not is_capital or text[end : match.start()].strip(" -–")):
            yield opens, tuple(run)
            run = []
        if is_capital:
            opens = opens if run else begins
            run.append(word)
        end = match.end()
        if run and _POSSESSIVE.search(match[0]):
            yield opens, tuple(run)
            run = []
    if run:
        yield opens, tuple(run)


def _opens_sentence(before: str) -> bool:
    return _OPENS.search(before) is not None and not _ABBREVIATED.search(before)


def _words(text: str) -> Iterator[tuple[re.Match[str], str]]:
    """Yield each word, and what it is compared by."""
    for match in _WORD.finditer(_plain(text)):
        yield match, _POSSESSIVE.sub("", match[0].casefold()).replace("’", "'")


def _plain(text: str) -> str:
    """Return a text in which U.S. is US, and letters are what they look like."""
    composed = unicodedata.normalize("NFKC", text)
    return _DOTTED.sub(lambda match: match[1].replace(".", ""), composed)
