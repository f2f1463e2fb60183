"""Which articles are copies of one text, and which only look alike.

Candidates are found by sketches: MinHash (A. Broder, On the resemblance and containment of documents, 1997)
over runs of three words, in bands (Leskovec, Rajaraman, Ullman, Mining of Massive Datasets, chapter 3). Whether two
candidates are copies is then decided by their words, one by one. Copies have the same words, but for what an outlet
changes without changing what is said: spelling, credits and sign-up lines, the length. Any other word that
differs makes versions. So no list of figures, names and negations has to be complete, and an
error leaves two articles apart where it could have hidden what one of them says.
"""

from __future__ import annotations

import re
import unicodedata
from bisect import bisect_left
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from functools import lru_cache
from hashlib import blake2b
from typing import NamedTuple
from urllib.parse import urlsplit

import numpy as np
from numpy.typing import NDArray

from index.articles import Article
from index.datelines import dateline_end
from index.readers.credit_lines import is_photo_credit, read_credit_line
from index.words import STOP_WORDS, stem

SHINGLE = 3
"""Words that are hashed together: a changed word costs three of a text's runs, where longer runs cost more."""

BANDS = 32
ROWS = 3
"""Two texts share a band with probability 1 - (1 - s³)³², s being the share of their runs that both have.

A copy may lack two fifths of the text (s = 0.6) and have one word in sixty in another spelling (s = 0.55): it is
found with probability 0.997. Two articles on one subject have s = 0.02 and meet by chance once in 4,000, any two
(s below 0.005) once in 250,000.
"""

MOST_CUT = 0.4
"""Share of the longer text's words that a copy may lack at its end."""

_SEEDS = np.random.PCG64(1997).random_raw(2 * BANDS * ROWS).reshape(2, -1, 1)
_FACTORS, _OFFSETS = _SEEDS[0] | np.uint64(1), _SEEDS[1]
_CHUNK = 1_024
"""Runs hashed at once, so that a long text needs no more memory than a short one."""

Hashes = NDArray[np.uint64]


def sketch(text: str) -> bytes:
    """Return the MinHash signature of `text`: 96 hashes of 8 bytes, little-endian, the same on each machine.

    White space, punctuation, letter case and spelling variants make no difference to it.
    """
    runs = _runs([word.key for word in _words(text)])
    lowest = np.full(BANDS * ROWS, np.iinfo(np.uint64).max, dtype=np.uint64)
    for start in range(0, len(runs), _CHUNK):
        hashed = runs[start : start + _CHUNK] * _FACTORS + _OFFSETS
        lowest = np.minimum(lowest, hashed.min(axis=1))
    return lowest.astype("<u8").tobytes()


def band_keys(signature: bytes) -> list[int]:
    """Return the keys, signed 64-bit integers, of which two likely copies share one; each band has its own."""
    size = len(signature) // BANDS
    return [
        int.from_bytes(_digest(bytes([band]) + signature[band * size : (band + 1) * size]), signed=True)
        for band in range(BANDS)
    ]


def resemblance(one: bytes, other: bytes) -> float:
    """Return, from two sketches, the share (0..1) of the runs of either text that both have, give or take 0.05."""
    return float(np.mean(np.frombuffer(one, "<u8") == np.frombuffer(other, "<u8")))


def _digest(content: bytes) -> bytes:
    return blake2b(content, digest_size=8).digest()


@lru_cache(maxsize=65_536)
def _hash_of(key: str) -> int:
    return int.from_bytes(_digest(key.encode("utf-8", "surrogatepass")))


def _runs(keys: Sequence[str]) -> Hashes:
    """Return the hashes of the runs of SHINGLE words, of the whole text where it is shorter."""
    single = np.array([_hash_of(key) for key in keys] or [0], dtype=np.uint64)
    length = min(SHINGLE, len(single))
    hashed = np.zeros(len(single) - length + 1, dtype=np.uint64)
    for place in range(length):
        hashed = _mixed(hashed + single[place : place + len(hashed)])
    return hashed


def _mixed(values: Hashes) -> Hashes:
    """Return `values` with each bit depending on all (the finalizer of SplitMix64, Steele and others 2014)."""
    values = (values ^ (values >> np.uint64(30))) * np.uint64(0xBF58476D1CE4E5B9)
    values = (values ^ (values >> np.uint64(27))) * np.uint64(0x94D049BB133111EB)
    return values ^ (values >> np.uint64(31))


# Words in one spelling.

_SCALES = {
    "hundred": 2, "thousand": 3, "k": 3, "million": 6, "mn": 6, "m": 6,
    "billion": 9, "bn": 9, "trillion": 12, "tn": 12,
}  # fmt: skip
_UNITS = ("one", "two", "three", "four", "five", "six", "seven", "eight", "nine")
_TEENS = (
    "ten", "eleven", "twelve", "thirteen", "fourteen", "fifteen", "sixteen", "seventeen", "eighteen", "nineteen",
)  # fmt: skip
_TENS = ("twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety")
_VALUES = {
    "zero": 0,
    **{word: number for number, word in enumerate((*_UNITS, *_TEENS), 1)},
    **{word: number for number, word in zip(range(20, 100, 10), _TENS, strict=True)},
}

_WORD = re.compile(
    r"""(?P<initials>[^\W\d_](?:\.[^\W\d_])+\b\.?)
    | (?P<word>[^\W\d_]+)
    | (?P<sign>(?<![\w.,)%-])[-−–](?=[$£€¥]?\d))?
      (?P<currency>[$£€¥]\s?(?=\d))?
      (?P<digits>\d{1,3}(?:\s\d{3})+(?!\d)|\d+(?:[.,:]\d+)*)
      (?:\s*(?P<scale>(?i:hundred|thousand|million|billion|trillion|[mbt]n|(?(currency)[mk]|(?!))))\b)?
    | [%$£€¥‰]""",
    re.VERBOSE,
)
_NUMBER = re.compile(
    rf"(?:(?P<tens>{'|'.join(_TENS)})[-\s]+(?P<unit>{'|'.join(_UNITS)})|(?P<number>{'|'.join(_VALUES)}))\b"
    r"(?:[-\s]+(?P<scale>hundred|thousand|million|billion|trillion|[mbt]n)\b)?",
    re.IGNORECASE,
)
_GROUPING = re.compile(r"\s|(?<=\d)[.,](?=\d{3}(?!\d))")

_LIGHT = frozenset(("a", "an", "the", "that", "on", "of", "and", "s"))
"""Words that one outlet writes and another leaves out: "said on Tuesday", "said that", "Vestrany's minister"."""

_VARIANTS = {
    "defence": "defense", "offence": "offense", "licence": "license", "centre": "center", "centres": "centers",
    "theatre": "theater", "labour": "labor", "harbour": "harbor", "programme": "program", "programmes": "programs",
    "cheque": "check", "cheques": "checks", "tyre": "tire", "tyres": "tires", "kerb": "curb", "grey": "gray",
    "aluminium": "aluminum", "sceptical": "skeptical", "sceptics": "skeptics", "towards": "toward",
    "amongst": "among", "whilst": "while", "learnt": "learned", "ageing": "aging", "judgement": "judgment",
    "says": "said", "km": "kilometers", "kg": "kilograms", "ok": "okay",
}  # fmt: skip
_ABBREVIATIONS = {
    "Jan": "january", "Feb": "february", "Aug": "august", "Sep": "september", "Sept": "september",
    "Oct": "october", "Nov": "november", "Dec": "december", "Mon": "monday", "Tue": "tuesday", "Tues": "tuesday",
    "Wed": "wednesday", "Thu": "thursday", "Thurs": "thursday", "Fri": "friday", "Sat": "saturday",
    "Sun": "sunday", "Gov": "governor", "Sen": "senator", "Rep": "representative", "Gen": "general",
    "Lt": "lieutenant", "Col": "colonel", "Sgt": "sergeant", "Capt": "captain",
}  # fmt: skip
# British endings, in words long enough that no two English words fall together (mourning, filled).
_BRITISH = (
    (re.compile(r"(?<=[a-z]{3})our"), "or"),
    (re.compile(r"(?<=[a-z]{2}[tb])re(?=s?$)"), "er"),
    (re.compile(r"(?<=[a-z]{3})is(?=e[sd]?$|ing$|ations?$|ers?$)"), "iz"),
    (re.compile(r"lys(?=e[sd]?$|ing$)"), "lyz"),
    (re.compile(r"(?<=[a-z]{3}[aeiou])ll(?=ed$|ing$|ers?$|ors?$)"), "l"),
)

_UNUSUAL = frozenset((*_LIGHT, *_VALUES, *_SCALES, "cent"))
"""Words that are left out, or that make one word with those beside them."""


class _Word(NamedTuple):
    """A word or figure: what it is compared by, and its offsets in the text in characters."""

    key: str
    start: int
    end: int


def _words(text: str) -> list[_Word]:
    """Return the words of `text` but the light ones; figures, also those in words, by their value."""
    words: list[_Word] = []
    done = 0
    for found in _WORD.finditer(text):
        start, end = found.span()
        key = _spelling(found[0]) if found.lastgroup == "word" else _key_of(found)
        if key in _UNUSUAL:
            if start < done or key in _LIGHT:
                continue
            if number := _NUMBER.match(text, start):
                key, end = _written_out(number), number.end()
                done = end
            elif key == "cent" and words and words[-1].key == "per":
                key, start = "percent", words.pop().start
        words.append(_Word(key, start, end))
    return words


def _key_of(found: re.Match[str]) -> str:
    if found["initials"]:
        return _spelling(found[0])
    if found["digits"]:
        currency = (found["currency"] or "").strip()
        return ("-" if found["sign"] else "") + currency + _value(found["digits"], found["scale"])
    return "percent" if found[0] == "%" else found[0]


def _written_out(number: re.Match[str]) -> str:
    parts = (number["tens"] or number["number"], number["unit"])
    return _value(str(sum(_VALUES[part.lower()] for part in parts if part)), number["scale"])


def _value(digits: str, scale: str | None) -> str:
    """Return one writing for one value: "6,500", "6 500" and "6.5 thousand" are 6500, "5:00" is 5."""
    plain = _GROUPING.sub("", digits).replace(",", ".").removesuffix(":00")
    if ":" in plain or plain.count(".") > 1:
        return plain + (scale or "").lower()
    # Not with floats or Decimal, which round figures of 30 digits.
    whole, _, fraction = plain.partition(".")
    zeros = _SCALES[scale.lower()] if scale else 0
    whole, fraction = whole + fraction[:zeros].ljust(zeros, "0"), fraction[zeros:].rstrip("0")
    return (whole.lstrip("0") or "0") + ("." + fraction if fraction else "")


@lru_cache(maxsize=65_536)
def _spelling(word: str) -> str:
    if word in _ABBREVIATIONS:
        return _ABBREVIATIONS[word]
    folded = unicodedata.normalize("NFKD", word.casefold())
    plain = "".join(c for c in folded if not unicodedata.combining(c)).replace(".", "")
    if plain in _VARIANTS:
        return _VARIANTS[plain]
    # A name is spelled as it is: Dufour is not Dufor.
    if word.islower():
        for ending, american in _BRITISH:
            plain = ending.sub(american, plain)
    return plain


# What an outlet adds to a text.

_ADDED = re.compile(
    r"""[(\[*_•\s]*(?:
        (?:sign\ up|subscribe|register|log\ in|sign\ in)\s(?:to|for|now|today|here|free)\b
      | (?:get|receive)\ (?:the|our|all|more)\b.*\b(?:newsletter|inbox|email|app|alerts)\b
      | (?:follow\ us|(?:like|join|find)\ us\ on)\b | download\ (?:the|our)\b.*\bapp\b | click\ here\b
      | (?:read|see|watch|listen)\ (?:more|also|next|now|here)\b | (?:also|must)\ read\b
      | (?:related|recommended|more|watch|listen|trending)(?:\ (?:stories|articles|coverage|reading))?\s?:
      | (?:(?:additional|further)\ )?(?:reporting|writing|editing|compiled)\ (?:and\ \w+\ )?by\s(?-i:[A-Z])
      | with\ (?:reporting|files|additional\ reporting)\ (?:by|from)\s
      | (?:(?-i:[A-Z])[\w’'.-]*\ ){1,6}contributed\ to\ this\ (?:report|story|article)\b
      | this\ (?:article|story|report|piece)\b[^.]{0,40}\b(?:published|appeared|republished|produced|distributed)\b
      | (?:re)?published\ (?:with|under)\b[^.]{0,40}\b(?:permission|licen[cs]e|agreement)\b
      | (?:(?:copyright|\(c\))\ )*(?:©|(?:copyright|\(c\))\ (?:by\b|\d{4})) | advertisement\b\s*$
    )""",
    re.VERBOSE | re.IGNORECASE,
)
"""How a sentence begins that belongs to the page or the agency, not to the report."""

_ADDED_LINE = re.compile(
    r"[(\[*_•\s]*(?:(?:additional )?(?:reporting|writing|editing) by\s(?-i:[A-Z])"
    r"|(?:copyright )?(?:©|\(c\) \d{4}|copyright \d{4})"
    r"|(?:related|recommended|more|read more|see also)\s?:)",
    re.IGNORECASE,
)
"""How a sentence begins behind which the rest of the line belongs to the page, too: names, initials, headlines."""
_LONGEST_ADDED = 300
"""Characters of such a rest: beyond that the text has lost its line breaks."""

_CORRECTS = re.compile(
    r"(?:^|[.!?]\s+|\n)[(\[*_\s]*(?:correct(?:s\b|ed\b|ion)|clarification|update[sd]?\b|editor(?:s|[’']s)?[’']?\snote)"
    r"|\b(?:earlier|previous)\sversion|\b(?:is|been|was)\s(?:updated|corrected|amended|clarified)\b",
    re.IGNORECASE,
)
"""A note by which a text tells that it is another version."""

_ABOUT_ITSELF = re.compile(
    r"\b(?:stor(?:y|ies)|articles?|newsletters?|coverage|readers?|inbox|subscri\w+|republished|reprinted|syndicated"
    r"|courtesy|permission|partners?|briefing|this report)\b",
    re.IGNORECASE,
)
_AGENCY_WORDS = frozenset(
    ["associated", "press", "agency", "news", "reuters", "ap", "afp", "dpa", "upi", "bloomberg"]
)
_LONGEST_LEAD_IN = 40
_LONGEST_CROSS_HEAD = 8
_SENTENCE = re.compile(r"(?:[^\n.!?…]|[.!?…](?![”\"’')\]]*\s))+(?:[.!?…][”\"’')\]]*(?=\s))?[^\S\n]*")
_CREDITED = re.compile(r"[A-Z][^()\n.!?]{0,60}\((?:[A-Z]{2,5}|Reuters|Bloomberg)\)\s*[-–—]+\s+")


@dataclass(frozen=True, slots=True)
class _Body:
    """An article's text without what outlets add, the dateline before it ("" for none), the outlet's name."""

    text: str
    words: list[_Word]
    keys: list[str]
    dateline: str
    outlet: set[str]

    def slice(self, first: int, behind: int) -> str:
        """Return the text from the word at `first` to the one before `behind`, which is a later one."""
        return self.text[self.words[first].start : self.words[behind - 1].end]

    def is_name(self, place: int) -> bool:
        return self.text[self.words[place].start].isupper()


def _body(article: Article) -> _Body:
    lines: list[str] = []
    dateline = ""
    for line in article.text.split("\n"):
        kept = _without_additions(line)
        if kept.strip() and len(lines) < 2 and not dateline:
            dateline, kept = _split_dateline(kept.lstrip(), opens_article=not lines)
        if kept.strip():
            lines.append(kept.strip())
    body = "\n".join(lines)
    words = _words(body)
    return _Body(body, words, [word.key for word in words], dateline, _outlet_words(article))


def _without_additions(line: str) -> str:
    if is_photo_credit(line) or _is_by_line(line):
        return ""
    kept = []
    for sentence in _SENTENCE.finditer(line):
        if _ADDED_LINE.match(sentence[0]) and len(line) - sentence.start() <= _LONGEST_ADDED:
            break
        if not _ADDED.match(sentence[0]) or _CORRECTS.search(sentence[0]):
            kept.append(sentence[0])
    return "".join(kept)


def _is_by_line(line: str) -> bool:
    # A date in it may be all that tells two tables apart.
    credit = None if _is_figure(line) else read_credit_line(line)
    return credit is not None and bool(credit.authors or credit.publisher)


def _split_dateline(paragraph: str, opens_article: bool) -> tuple[str, str]:
    end = dateline_end(paragraph, opens_article)
    if not end and (credited := _CREDITED.match(paragraph)):
        end = credited.end()
    return paragraph[:end], paragraph[end:]


# Where two texts differ.

_ANCHOR = 4
_LARGEST_GAP = 200
"""Words without a run in common, beyond which two texts are no copies: it bounds the time."""


class _Edit(NamedTuple):
    """The words [i1:i2] of one text that stand where the words [j1:j2] of the other do."""

    i1: int
    i2: int
    j1: int
    j2: int


def _edits(one: list[str], other: list[str]) -> Iterator[_Edit]:
    """Yield where two sequences of words differ, in order, a part that only one of them has last of all.

    Runs of words that occur once in both are aligned first and what lies between them word by word, so
    that the time grows with the length, not with its square.
    """
    i, j = _alike_from(one, other, 0, 0)
    for x, y in [*_anchors(one, other, i, j), (len(one), len(other))]:
        if x < i or y < j:
            continue
        last = x == len(one) and y == len(other)
        yield from _gap(one, other, _Edit(i, x, j, y), last)
        i, j = _alike_from(one, other, x, y)


def _alike_from(one: list[str], other: list[str], i: int, j: int) -> tuple[int, int]:
    while i < len(one) and j < len(other) and one[i] == other[j]:
        i, j = i + 1, j + 1
    return i, j


def _anchors(one: list[str], other: list[str], i: int, j: int) -> list[tuple[int, int]]:
    """Return the places, rising in both, of runs that occur once in each text behind `i` and `j`."""
    if i == len(one) or j == len(other):
        return []
    places = _single_runs(other, j)
    pairs = [(x, places[run]) for run, x in _single_runs(one, i).items() if run in places]
    return _longest_rising(pairs)


def _single_runs(keys: list[str], start: int) -> dict[tuple[str, ...], int]:
    runs = [tuple(keys[place : place + _ANCHOR]) for place in range(start, len(keys) - _ANCHOR + 1)]
    counts = Counter(runs)
    return {run: place for place, run in enumerate(runs, start) if counts[run] == 1}


def _longest_rising(pairs: list[tuple[int, int]]) -> list[tuple[int, int]]:
    """Return the longest choice of `pairs`, which rise in their first part, that rises in the second, too."""
    tails: list[int] = []
    tail_pairs: list[int] = []
    before: list[int] = []
    for number, (_, y) in enumerate(pairs):
        at = bisect_left(tails, y)
        before.append(tail_pairs[at - 1] if at else -1)
        tails[at : at + 1] = [y]
        tail_pairs[at : at + 1] = [number]
    chosen = []
    number = tail_pairs[-1] if tail_pairs else -1
    while number >= 0:
        chosen.append(pairs[number])
        number = before[number]
    return chosen[::-1]


def _gap(one: list[str], other: list[str], gap: _Edit, last: bool) -> Iterator[_Edit]:
    i1, i2, j1, j2 = gap
    shorter = min(i2 - i1, j2 - j1)
    if shorter == 0 or shorter > _LARGEST_GAP:
        if i2 > i1 or j2 > j1:
            yield gap
        return
    # The longer text goes on where the shorter one ends: its end must not be matched with words far behind.
    reach = shorter + _ANCHOR if last else _LARGEST_GAP + shorter
    a, b = one[i1 : min(i2, i1 + reach)], other[j1 : min(j2, j1 + reach)]
    edits = [
        _Edit(i1 + x1, i1 + x2, j1 + y1, j1 + y2)
        for tag, x1, x2, y1, y2 in SequenceMatcher(None, a, b, autojunk=False).get_opcodes()
        if tag != "equal"
    ]
    rest = _Edit(i1 + len(a), i2, j1 + len(b), j2)
    if rest.i1 == rest.i2 and rest.j1 == rest.j2:
        yield from edits
    elif edits and (edits[-1].i2, edits[-1].j2) == (rest.i1, rest.j1):
        yield from edits[:-1]
        yield _Edit(edits[-1].i1, i2, edits[-1].j1, j2)
    else:
        yield from [*edits, rest]


# The decision.

_MOST_UNSUPPORTED = 0.4
_SHORT = 100
"""Words, below which a text alone does not show that two titles mean the same."""
_DAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
_MONTHS = (
    "january", "february", "march", "april", "may", "june", "july",
    "august", "september", "october", "november", "december",
)  # fmt: skip
_CALENDAR = frozenset((*_DAYS, *_MONTHS))


def are_copies(one: Article, other: Article) -> bool:
    """Tell whether two articles are one text, carried by two outlets or twice by one.

    White space, quotation marks, spelling, credits, datelines, sign-up lines, a lead-in about the report and
    cross-heads in the text's own words may differ, and another outlet may have cut up to MOST_CUT of the text at its
    end. Titles may differ where the text bears both out. It does not matter which of the two comes first.
    """
    if _same_words(one.text, other.text):
        return _titles_agree(one, other, one.text)
    # Always in one order, because the alignment depends on it.
    longer, shorter = sorted((_body(one), _body(other)), key=lambda body: (-len(body.words), body.text))
    may_be_cut = not _same_outlet(one, other)
    return (
        bool(shorter.words)
        and _datelines_agree(longer, shorter)
        and all(
            _changes_nothing(edit, longer, shorter, may_be_cut) for edit in _edits(longer.keys, shorter.keys)
        )
        and _titles_agree(one, other, shorter.text)
    )


def _same_words(one: str, other: str) -> bool:
    keys = [word.key for word in _words(one)]
    return keys == [word.key for word in _words(other)] and (bool(keys) or one.split() == other.split())


def _same_outlet(one: Article, other: Article) -> bool:
    if one.publisher and other.publisher:
        return one.publisher.casefold() == other.publisher.casefold()
    return bool(_host(one)) and _host(one) == _host(other)


def _host(article: Article) -> str:
    try:
        return (urlsplit(article.url or "").hostname or "").removeprefix("www.")
    except ValueError:
        return ""


def _datelines_agree(one: _Body, other: _Body) -> bool:
    """Tell whether two datelines can stand over one report: they name one day and one place, or not both do."""
    ours, theirs = (_dateline_keys(body.dateline) for body in (one, other))
    if not ours or not theirs:
        return True
    days = [{key for key in keys if _is_figure(key) or key in _CALENDAR} for keys in (ours, theirs)]
    same_day = days[0] == days[1] or not all(days)
    return same_day and (ours[0] in theirs or theirs[0] in ours)


def _dateline_keys(dateline: str) -> list[str]:
    """Return the words of the place and the day, without the agency, which each outlet may name or not."""
    return [word.key for word in _words(re.sub(r"\(.*?\)", "", dateline)) if word.key not in _AGENCY_WORDS]


def _changes_nothing(edit: _Edit, longer: _Body, shorter: _Body, may_be_cut: bool) -> bool:
    left, right = longer.keys[edit.i1 : edit.i2], shorter.keys[edit.j1 : edit.j2]
    if left and right:
        # "cooperation" and "co-operation"; but 1-5 is not 15.
        return "".join(left) == "".join(right) and not any(map(_is_figure, left + right))
    body, first, behind = (longer, edit.i1, edit.i2) if left else (shorter, edit.j1, edit.j2)
    without = shorter if left else longer
    if edit.i2 == len(longer.words) and edit.j2 == len(shorter.words):
        return may_be_cut and _is_cut(body, first)
    return (
        (first == 0 and _is_lead_in(body, behind, without))
        or _is_cross_head(body, first, behind, without)
        or _names_more_fully(body, first, behind, without)
    )


def _is_cut(body: _Body, first: int) -> bool:
    """Tell whether the words of `body` from `first` on may have been cut for length."""
    words = len(body.words)
    return words - first <= MOST_CUT * words and not _CORRECTS.search(body.slice(first, words))


def _is_lead_in(body: _Body, behind: int, without: _Body) -> bool:
    """Tell whether the words before `behind` are about the report, and bring no figure or name of their own."""
    lead_in = body.slice(0, behind)
    if behind > _LONGEST_LEAD_IN or not _ABOUT_ITSELF.search(lead_in) or _CORRECTS.search(lead_in):
        return False
    known = set(without.keys) | body.outlet | _AGENCY_WORDS | STOP_WORDS
    return all(
        key in known or not (_is_figure(key) or key in _CALENDAR or body.is_name(place))
        for place, key in enumerate(body.keys[:behind])
    )


def _is_cross_head(body: _Body, first: int, behind: int, without: _Body) -> bool:
    """Tell whether the words are a line of their own that says nothing the other text does not say."""
    start, end = body.words[first].start, body.words[behind - 1].end
    line_start, line_end = body.text.rfind("\n", 0, start) + 1, body.text.find("\n", end)
    alone = (first == 0 or body.words[first - 1].end <= line_start) and "\n" not in body.text[start:end]
    if not alone or behind - first > _LONGEST_CROSS_HEAD or body.words[behind].start < line_end:
        return False
    if re.search(r"[.!?…:][”\"’')]*$", body.text[line_start:line_end]):
        return False
    known = {stem(key) for key in without.keys}
    return all(key in STOP_WORDS or stem(key) in known for key in body.keys[first:behind])


def _names_more_fully(body: _Body, first: int, behind: int, without: _Body) -> bool:
    """Tell names of the text that stand before another one: "Vestrany's Minister" for "Minister"."""
    joint = body.text[body.words[behind - 1].end : body.words[behind].start]
    return (
        bool(re.fullmatch(r"(?:['’]s)?\s+", joint))
        and all(map(body.is_name, range(first, behind + 1)))
        and set(body.keys[first:behind]) <= set(without.keys)
    )


def _titles_agree(one: Article, other: Article, shared: str) -> bool:
    """Tell whether the titles are of one report, as far as the text that both articles share can show.

    Another title is no news where the text says what it says. Pages that show a notice in the article's place
    have one text, too, and their titles are not in it.
    """
    titles = [[word.key for word in _words(article.title or "")] for article in (one, other)]
    if titles[0] == titles[1]:
        return True
    known = {word.key for word in _words(shared)}
    known |= {stem(key) for key in known}
    claims = [
        {key for key in title if key not in STOP_WORDS | _outlet_words(article)} or set(title)
        for title, article in zip(titles, (one, other), strict=True)
    ]
    missing = [{key for key in claim if key not in known and stem(key) not in known} for claim in claims]
    if any(len(lacks) > _MOST_UNSUPPORTED * len(claim) for lacks, claim in zip(missing, claims, strict=True)):
        return False
    return not _contradict(claims, [missing[0] - claims[1], missing[1] - claims[0]], len(known) < _SHORT)


def _contradict(claims: list[set[str]], own: list[set[str]], short: bool) -> bool:
    """Tell whether titles of which each says `own` things, not in the text, are of different reports."""
    if short and all(own):
        return True
    counted = [{key for key in claim if _is_figure(key) or key in _CALENDAR} for claim in claims]
    return all(counted) and any(ours & theirs for ours, theirs in zip(counted, own, strict=True))


def _outlet_words(article: Article) -> set[str]:
    """Return the words of the outlet's and the authors' names."""
    names = " ".join((article.publisher or "", _host(article).replace(".", " "), *article.authors))
    return {word.key for word in _words(names)}


def _is_figure(key: str) -> bool:
    return any(character.isdigit() for character in key)
