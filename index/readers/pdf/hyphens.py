"""Lines put together again: a word that was broken at the end of a line is whole, a hyphenated one stays so.

What a hyphen at the end of a line was, its letters do not tell. Evidence does: how the article writes the
word elsewhere, and the ways of forming compounds that English has.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable

_HYPHENS = r"\-\u2010\u00ad"
_WORD = re.compile(r"[^\W\d_]+(?:[-\u2010'’][^\W\d_]+)*")
_BROKEN = re.compile(rf"(?P<left>[\w{_HYPHENS}'’.]*\w)(?P<hyphen>[{_HYPHENS}])$")
_REST = re.compile(rf"(?P<right>\w[\w'’]*)(?P<more>[{_HYPHENS}]\w)?")
_LONGEST_WORD = 200
"""Characters before a line's end that are looked at; all of them, in a paragraph of many lines, would cost too much."""

_CJK = re.compile(r"[\u3000-\u30ff\u3400-\u9fff\uff00-\uffef]")

_FIRST_PARTS = re.compile(
    r"anti|cross|half|self|twenty|thirty|forty|fifty|sixty|seventy|eighty|ninety|well|vice"
)
"""Words that are broken behind these letters are few; compounds are many."""

_NOT_AFTER_THEM = re.compile(
    r"able|biotic|biotics|bodies|body|dote|ed|er|es|gen|ing|ings|ish|less|ly|ness|quity|roy|septic|"
    r"trust"
)
_PARTICIPLES = re.compile(
    r"affiliated|aligned|backed|based|born|brokered|built|controlled|dominated|era|friendly|funded|"
    r"held|led|linked|made|mediated|occupied|owned|related|ruled|run|speaking|sponsored|style|trained"
)
"""These follow a hyphen and a name, as in "Taliban-led"."""

_SECOND_PARTS = re.compile(
    r"age|aged|area|armed|bound|building|called|century|choice|class|democracy|eastern|elect|fold|"
    r"free|general|government|hour|independence|keeping|kilometer|kilometre|known|level|life|like|"
    r"linked|long|looking|mile|million|minded|minister|month|neutral|northern|old|packed|people|"
    r"percent|president|proof|quarter|quarters|range|ridden|rich|scale|southern|strong|supported|term|"
    r"third|thirds|torn|war|week|western|wing|wracked|year"
)
"""These follow a hyphen and another word, as in "long-term"."""

_PREFIXES = re.compile(r"counter|hyper|inter|over|super|under|ultra|with|.*ck")
_LIKE_WORDS = re.compile(r"ex|inter|mid|multi|non|post|pre|pro|so|then|two")

_COMPASS = frozenset(("north", "south", "east", "west"))
_COMPASS_WORDS = re.compile(
    r"east|eastern|easterly|eastward|west|western|westerly|westward|north|northern|south|southern|"
    r"central"
)


class Words:
    """How often the words of an article stand in it unbroken."""

    def __init__(self, lines: Iterable[str]) -> None:
        self._counts: Counter[str] = Counter()
        within: set[str] = set()
        at_ends: Counter[str] = Counter()
        for line in lines:
            within.update(re.findall(rf"(?<=\w)[{_HYPHENS}](?=\w)", line))
            at_ends.update(re.findall(rf"(?<=\w)[{_HYPHENS}]$", line))
            whole = re.sub(rf"\S*[{_HYPHENS}]$", "", line.rstrip())
            self._counts.update(_plain(word) for word in _WORD.findall(whole))

        marks = [mark for mark, count in at_ends.items() if count > 1 and mark not in within and mark != "-"]
        self.break_mark = marks[0] if marks else None
        """The sign that this article breaks words with and writes none with, where it has one of its own."""

    def __getitem__(self, word: str) -> int:
        return self._counts[_plain(word)]


def join_lines(lines: Iterable[str], words: Words) -> str:
    """Return the lines of a paragraph as one, with one space between words."""
    pieces: list[str] = []
    end = ""
    for line in lines:
        stripped = " ".join(line.split())
        end = _join(end, stripped, words) if end and stripped else end + stripped
        pieces.append(end[:-_LONGEST_WORD])
        end = end[-_LONGEST_WORD:]
    return "".join([*pieces, end])


def without_soft_hyphens(text: str, words: Words) -> str:
    """Return `text` without the soft hyphens inside its words; those that fonts show as hyphens become ones."""
    return re.sub(
        r"(?<=\w)\u00ad(?=\w)|\u00ad",
        lambda found: "-" if _is_shown(text, found.start(), words) else "",
        text,
    )


def _is_shown(text: str, at: int, words: Words) -> bool:
    left, right = _BROKEN.search(text[max(0, at + 1 - _LONGEST_WORD) : at + 1]), _REST.match(text, at + 1)
    return bool(left and right and _keeps_hyphen(left["left"], right["right"], words))


def _join(before: str, after: str, words: Words) -> str:
    broken, rest = _BROKEN.search(before), _REST.match(after)
    if broken and rest:
        own_mark = words.break_mark is not None and words.break_mark != broken["hyphen"]
        if own_mark or (
            broken["hyphen"] != words.break_mark and _keeps_hyphen(broken["left"], rest["right"], words)
        ):
            return before[:-1] + "-" + after
        return before[:-1] + after
    if re.search(r"\S[—/]$|\d–$", before) or (_CJK.match(before[-1]) and _CJK.match(after[0])):
        return before + after
    return f"{before} {after}"


def _keeps_hyphen(left: str, right: str, words: Words) -> bool:
    """Tell whether left-right is written with a hyphen when it stands within a line."""
    last = re.split(rf"[{_HYPHENS}]", left)[-1]
    if not last.isalpha() or not right[0].isalpha():
        return True
    if right[0].isupper() and not last.isupper():
        return True
    joined, hyphenated = words[last + right], words[f"{last}-{right}"]
    if joined != hyphenated:
        return hyphenated > joined
    if len(last) == 1 or len(right) == 1 or (last.isupper() and right[0].islower()):
        return True
    return _is_compound(left, last, right, words)


def _is_compound(left: str, last: str, right: str, words: Words) -> bool:
    first, second = last.lower(), right.lower()
    if first in _COMPASS:
        return bool(_COMPASS_WORDS.fullmatch(second))
    if _FIRST_PARTS.fullmatch(first):
        return not _NOT_AFTER_THEM.fullmatch(second)
    if first == "non" and len(second) > 5:
        return True
    is_word = _LIKE_WORDS.fullmatch(first) or (len(first) > 2 and words[last] > 0)
    if _PARTICIPLES.fullmatch(second) and not _PREFIXES.fullmatch(first):
        return bool(is_word) or last[0].isupper() or len(first) > 4
    if _SECOND_PARTS.fullmatch(second) and is_word:
        return True
    # "state-of-the-art" broken before its last word, against "Abdul-Rah-man" broken in it.
    return left != last and words[last] > 0 and words[right] > 0


def _plain(word: str) -> str:
    return word.replace("\u2010", "-").replace("’", "'").casefold()
