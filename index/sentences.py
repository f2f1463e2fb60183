"""Where the sentences of a news text begin and end.

sentencex finds the boundaries. Around it stand the article's layout, which it does not know (paragraphs,
rows, list items, datelines), and a few repairs, each for a kind of case that it gets wrong. It keeps a
quotation or a bracket in one piece, where a quote of three sentences has to be quotable one at a time: so
it is shown the text without those marks, and here they are given back to their sentences.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise

import sentencex  # type: ignore[import-untyped]

from index.datelines import dateline_end

_WINDOW = 2_000
"""Characters shown to sentencex at once: text without spaces (Chinese) costs it quadratic time."""

_LARGEST_WINDOW = 16 * _WINDOW
"""What is longer without an end is no sentence; its passages are cut elsewhere."""

_LIST_ITEM = re.compile(r"\s*(?:[-*–•‣●◦▪►]|[*]?\d{1,3}[.)])\s")

# Blanked before sentencex looks: it takes a line with a bullet for one sentence.
# An apostrophe is a quotation mark only at the edge of a word.
_MARKS = re.compile(r"[“”„‟«»‹›\"`()「」『』•‣●◦▪►\s]|''|(?<!\w)['‘’‚](?=\w)|(?<=[.,!?…])['’](?!\w)")
_SURROGATE = re.compile(r"[\ud800-\udfff]")

_CLOSING = re.compile(r"""(?:[”’»›)\]」』）】]|["'“‘«](?!\w)|''|[ \u00a0\u202f]»(?!\w)|\[\d{1,3}\])*""")
_QUOTE_CLOSED = re.compile(r"[”’»›\"'“‘«」』]")
_OPENING = re.compile(r"""[\s“"„«»‘'’‚‹›(\[「『]*""")
_BRACKETS = re.compile(r"\(([^()]{0,300})\)")

_STARTER = re.compile(
    r"(?:A|After|All|An|And|Another|As|At|Before|Both|But|By|Each|Earlier|Every|Few|For|From|He|Her|His"
    r"|How|However|I|If|In|Instead|It|Its|Last|Later|Many|Meanwhile|More|Most|My|Neither|No|Nobody"
    r"|None|Not|Nothing|Now|On|One|Only|Others|Our|Police|She|Since|So|Some|Still|That|The|Their|Then"
    r"|There|These|They|This|Those|Though|Three|Today|Two|Under|Until|We|What|When|Where|Which|While"
    r"|Who|Why|With|Yet|You)\b"
)

# sentencex ends a sentence after these although a figure follows ("vol. 3", "approx. 12 percent").
_BEFORE_FIGURES = re.compile(
    r"app|approx|apr|apt|art|aug|av|avg|c|ca|ch|chap|cl|col|dec|est|ex|exp|feb|fig|figs|jan|jul|jun"
    r"|mar|max|min|no|nos|nov|oct|op|p|par|para|pp|pt|rs|sec|sect|sep|sept|st|ste|tel|vol|vols|vs"
)
# and after these although the name follows.
_BEFORE_NAMES = re.compile(
    r"adm|ald|assoc|asst|atty|brig|capt|cmdr|cmsgt|col|comdr|cpl|det|dist|dr|fr|gen|gov|hon|insp|lt"
    r"|maj|messrs|mme|mr|mrs|ms|msgr|pfc|pres|prof|pvt|rep|reps|rev|sec|sen|sens|sgt|spc|sra|srta|supt"
    r"|vs"
)
_ABBREVIATION = re.compile(r"(?i:[^\Waeiouyà-ÿ]+)|[A-Z]\w{0,4}|.*\..*|.*\d")
_SHORT_WORDS = re.compile(r"approx|appx|av|avg|est|etc|ft|incl|max|min|mio|oz|vol")
_CLOCK_CONTINUES = re.compile(
    r"(?:(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day|[A-Z]{1,2}[SD]?T\b|GMT|UTC|IST|Eastern|Central|Mountain"
    r"|Pacific|Greenwich|(?:Jan|Feb|March|April|May|June|July|Aug|Sept|Oct|Nov|Dec)\b)"
)
_MONTH_ABROAD = re.compile(
    r"(?:Januar|Jänner|Februar|März|April|Mai|Juni|Juli|August|September|Oktober|November|Dezember)\b"
)
_MISSED = re.compile(
    rf"""\bno[.](?=["”’]?\s+["“‘]?[A-Z])          # "he said no. Nobody": taken for "No. 7"
    |(?<=[^\W\d_])(?:…|[.]{{3}})(?=["”’]?\s+["“‘]?[A-Z])(?!\s+I\b)
    |(?:…|[.]{{3}})(?=["”’]?\s+["“‘]?{_STARTER.pattern})
    |(?<=[a-z][a-z][ ][A-Z])[.](?=["”’]?\s+["“‘]?{_STARTER.pattern})    # "plan B. Nobody": for an initial
    """,
    re.VERBOSE,
)
_WHOLE = re.compile(r"[“\"‘]?[A-Z0-9].*[.!?…][”\"’]?", re.DOTALL)
_ENDED = re.compile(r"(?:[.!?…][”\"’)]*|^)\s*$")
# “Sound high?” Dr. Jha asked.
_ATTRIBUTION = re.compile(
    r"(?!(?:But|And|Then)\b)(?:(?:[A-Z][\w.'’-]*|of|de|the) ){1,6}"
    r"(?:said|says|asked|asks|added|wrote|writes|tweeted|told|shouted|replied|continued|recalled|cried|wondered)\b"
)
_DOMAINS = re.compile(r"Com|Org|Net|Gov|Edu|Io|Co|Uk|De|Fr|Eu|Info|Html|Php|Js|Py|Pdf")


@dataclass(frozen=True, slots=True)
class Sentence:
    """A sentence as the offsets, in characters, of its first character and of the one after its last."""

    start: int
    end: int


def split_sentences(text: str) -> list[Sentence]:
    """Return the sentences of `text` in order, without the white space around them.

    None crosses a blank line, a table row (a line with " | ") or the start of a list item. Every
    character that is not white space is in exactly one of them, but for datelines, which are in none.
    """
    sentences: list[Sentence] = []
    for block in _blocks(text):
        start = block.start
        if block.opens_paragraph:
            start += dateline_end(text[block.start : block.end], opens_article=not sentences)
        body = text[start : block.end]
        edges = [0, *([] if block.is_row else _boundaries(body)), len(body)]
        for left, right in pairwise(edges):
            piece = body[left:right]
            if trimmed := piece.strip():
                first = start + left + len(piece) - len(piece.lstrip())
                sentences.append(Sentence(first, first + len(trimmed)))
    return sentences


@dataclass(frozen=True, slots=True)
class _Block:
    """A run of lines that a sentence cannot leave."""

    start: int
    end: int
    opens_paragraph: bool
    is_row: bool


def _blocks(text: str) -> Iterator[_Block]:
    start: int | None = None
    opens, after_blank = True, True
    position = 0
    for line in text.split("\n"):
        end = position + len(line)
        # The first or the last cell of a row may be empty.
        blank, row = not line.strip(), " | " in f" {line.strip()} "
        if start is not None and (blank or row or _LIST_ITEM.match(line)):
            yield _Block(start, position, opens, is_row=False)
            start = None
        if row:
            yield _Block(position, end, opens_paragraph=False, is_row=True)
        elif not blank and start is None:
            start, opens = position, after_blank
        after_blank = blank
        position = end + 1
    if start is not None:
        yield _Block(start, len(text), opens, is_row=False)


def _boundaries(body: str) -> list[int]:
    """Return the offsets inside `body` at which one sentence ends and the next may begin."""
    shown = _SURROGATE.sub("\ufffd", _MARKS.sub(lambda found: " " * len(found[0]), body))
    ends = {*_sentencex_ends(shown), *(found.end() for found in _MISSED.finditer(body))}
    asides = _asides(body)
    marker = _LIST_ITEM.match(body)
    first = marker.end() if marker else 0
    boundaries = []
    for end in sorted(ends):
        closing = _CLOSING.match(body, end)
        closed = closing.end() if closing else end
        if end >= first and not asides.hold(end) and not _goes_on(body, end, closed):
            boundaries.append(closed)
    return boundaries


def _sentencex_ends(shown: str) -> Iterator[int]:
    """Yield where sentencex ends a sentence, reading on from the last sentence that a window held whole."""
    start, size = 0, _WINDOW
    while start < len(shown):
        window = shown[start : start + size]
        pieces = [piece["end_index"] for piece in sentencex.get_sentence_boundaries("en", window)]
        last = start + size >= len(shown)
        whole = pieces if last else pieces[:-1]
        for end in whole:
            yield start + len(window[:end].rstrip())
        if last:
            return
        if whole:
            start, size = start + whole[-1], _WINDOW
        elif size < _LARGEST_WINDOW:
            # A sentence that fills its window is tried again in one of twice the size: linear in all.
            size *= 2
        else:
            start, size = start + size, _WINDOW


@dataclass(frozen=True, slots=True)
class _Asides:
    """The brackets that stand inside a sentence: what ends in one does not end the sentence."""

    starts: list[int]
    ends: list[int]

    def hold(self, position: int) -> bool:
        nearest = bisect_right(self.starts, position) - 1
        return nearest >= 0 and position < self.ends[nearest]


def _asides(body: str) -> _Asides:
    found = [
        bracket
        for bracket in _BRACKETS.finditer(body)
        if not (
            _WHOLE.fullmatch(bracket[1])
            and _ENDED.search(body[max(0, bracket.start() - 5) : bracket.start()])
        )
    ]
    return _Asides([bracket.start() for bracket in found], [bracket.end() for bracket in found])


def _goes_on(body: str, end: int, closed: int) -> bool:
    """Tell whether the sentence goes on behind its mark at `end`, whose closing marks end at `closed`."""
    opening = _OPENING.match(body, closed)
    begin = opening.end() if opening else closed
    following = body[begin : begin + 80]
    word = re.search(r"\S*$", body[max(0, end - 40) : end])
    before = word[0].lstrip("“„\"‘'(«[") if word else ""
    quoted = bool(_QUOTE_CLOSED.search(body, end, closed))
    if body[closed : closed + 1].strip() and body[end - 1] in ".!?…":
        return not _space_is_missing(before, following)
    if re.match(r"[,;:]", following) or (quoted and re.match(r"[–—-]", following)):
        return True
    if quoted and body[end - 1] in "!?" and _ATTRIBUTION.match(following):
        return True
    if following[:1].islower() and not following[1:2].isupper():
        return _goes_on_small(before, quoted, opened=bool(body[closed:begin].strip()))
    return _goes_on_behind(before, following)


def _space_is_missing(before: str, following: str) -> bool:
    """Tell "ended.The next" (web text that lost a space) from "example.Com" and "U.S.A"."""
    if not re.match(r"[A-Z]\w*[a-z]\b|[AI]\b", following) or re.search(r"[/@]|www\.", before):
        return False
    name = re.match(r"\w+", following)
    return bool(re.search(r"(?:[a-zà-ÿ]{3}|\d\d|[)”\"])[.!?…]$", before)) and not (
        name and _DOMAINS.fullmatch(name[0])
    )


def _goes_on_small(before: str, quoted: bool, opened: bool) -> bool:
    """Tell whether a sentence goes on with the small letter behind the word `before`."""
    if opened:
        return False
    if quoted:
        return True
    if before.endswith("!"):
        # Names: "Yahoo! shares".
        return before[:1].isupper()
    stem = before[:-1]
    return before.endswith(".") and (
        bool(_SHORT_WORDS.fullmatch(stem)) or bool(_ABBREVIATION.fullmatch(stem))
    )


def _goes_on_behind(before: str, following: str) -> bool:
    """Tell whether a sentence goes on with the figure or the capital behind the word `before`."""
    # Web text glues words: "live updates:Gov. Hale".
    stem = re.split(r"[:/—–(]", before)[-1].rstrip(".").lower()
    if before.endswith(("…", "...")) and re.match(r"I\b", following):
        # A stammer is no end: “I… I saw it”.
        return True
    if not before.endswith("."):
        return before == "…" and not _STARTER.match(following)
    if re.match(r"\d|[IVX]+\b(?!['’])", following) and following[:2] != "I ":
        return bool(_BEFORE_FIGURES.fullmatch(stem))
    if _BEFORE_NAMES.fullmatch(stem):
        return following[:1].isupper() and not _STARTER.match(following)
    if re.fullmatch(r"[ap]\.?m", stem):
        return bool(_CLOCK_CONTINUES.match(following))
    if re.fullmatch(r"\d{1,2}", stem):
        return bool(_MONTH_ABROAD.match(following))
    return not stem and not _STARTER.match(following)
