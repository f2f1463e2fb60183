"""Cuts what a language model is writing into sentences, each as soon as it is certain where it ends.

A sentence comes with its markers, which may stand before its full stop or behind it ("... fighters [1]." and
"... fighters. [1]"). Behind a marker a full stop ends the sentence, unless it is an abbreviation's; elsewhere the
next word is waited for, and `index.sentences` decides. What is decided depends on the characters so far alone, so that
the sentences are the same however the text comes in pieces.
"""

from __future__ import annotations

import re
from collections.abc import Generator, Iterable, Iterator

from bot.generating.markers import marker_spans
from bot.generating.plain import without_steering
from index.sentences import split_sentences

LONGEST = 1_200
"""Characters; what has no end by then is given out as it is."""

_ENDS = ".!?…。！？"
_CLOSING = "”’\"')]»*_"
_ENDED = re.compile(rf"[{_ENDS}][{re.escape(_CLOSING)}]*$")
_TERMINATOR = re.compile(rf"[{_ENDS}]")
_ABBREVIATED = re.compile(
    r"(?:^|[\s(“\"'])(?:[A-Za-z]|(?:[A-Za-z]\.)+[A-Za-z]|Mr|Mrs|Ms|Dr|Prof|St|Gov|Gen|Col|Lt|Capt|Sgt|Maj|Rep|Sen|Rev|Jr|Sr"
    r"|Inc|Ltd|Co|Corp|No|Nos|vs|approx|est|etc|al|Jan|Feb|Mar|Apr|Jun|Jul|Aug|Sept?|Oct|Nov|Dec)\.$"
)
_THOUGHTS_BEGIN = re.compile(r"<(think|thinking|reasoning)>$", re.I)
_EMPHASIS = "*`"
_ATTRIBUTABLE = re.compile(r"[!?][”\"’']\s*$")
_ATTRIBUTION_WORDS = 8
"""After “Where?” the next words may tell who asked, and so belong to the sentence."""


def cut(pieces: Iterable[str]) -> Generator[str]:
    """Yield the sentences of a text that comes in pieces, each with its markers.

    A sentence that is only markers belongs to the one before it, which was given out before they came.
    """
    cutter = _Cutter()
    for piece in pieces:
        for character in without_steering(piece):
            yield from cutter.take(character)
    yield from cutter.rest()


class _Cutter:
    """What was read, and not yet given out."""

    def __init__(self) -> None:
        self._text = ""
        self._given = False
        self._marked = False
        """Whether the last sentence given out had markers."""
        self._new_line = True
        self._thoughts_end: str | None = None
        """The tag up to which a model talks to itself; None where it does not."""

    def take(self, character: str) -> Iterator[str]:
        """Read one character; yield what it completes."""
        if self._thoughts_end is not None:
            self._think(character, self._thoughts_end)
            return
        if not self._text and self._is_between(character):
            return
        if not character.isspace() and _begins_line(self._text, character):
            yield from self.rest()
        self._text += character
        if len(self._text) > LONGEST or self._text.endswith("\n\n"):
            yield from self.rest()
        elif character == ">" and (thoughts := _THOUGHTS_BEGIN.search(self._text)):
            self._text, self._thoughts_end = "", f"</{thoughts[1].casefold()}>"
        elif character == "\n":
            if self._is_whole_line():
                yield from self.rest()
        elif character.isspace():
            yield from self._whole_sentences()
        elif self._is_complete():
            yield self._give(len(self._text))

    def rest(self) -> Iterator[str]:
        """Yield what is left, sentence by sentence."""
        if self._thoughts_end is not None:
            return
        while end := _first_end(self._text):
            yield self._give(end)
        if self._text.strip():
            yield self._give(len(self._text))
        self._text = ""
        self._new_line = True

    def _think(self, character: str, end: str) -> None:
        self._text = (self._text + character)[-len(end) :]
        if self._text.casefold() == end:
            self._text, self._thoughts_end = "", None

    def _is_between(self, character: str) -> bool:
        """Tell whether a character between two sentences belongs to neither: white space, a bracket left over."""
        self._new_line |= character == "\n"
        return character.isspace() or (self._given and not self._new_line and character in _ENDS + "”’)»")

    def _is_whole_line(self) -> bool:
        line = self._text.rstrip()
        return _ENDED.search(line) is not None or line.endswith(":") or _tail(line) < len(line)

    def _is_complete(self) -> bool:
        """Tell whether the sentence ends for certain with the last character."""
        text = self._text
        if text[-1] in _ENDS:
            before = text.rstrip(_ENDS)
            return _tail(before) < len(before.rstrip()) and not _quotes(text)
        if text[-1] not in "]】］)":
            return False
        tail = _tail(text)
        if tail == len(text):
            return False
        body = text[:tail].rstrip()
        if not body:
            return self._given and not (self._new_line and self._marked)
        unsure = _ABBREVIATED.search(body) or _ATTRIBUTABLE.search(body) or _quotes(body)
        return _ENDED.search(body) is not None and not unsure

    def _whole_sentences(self) -> Iterator[str]:
        while (end := _first_end(self._text)) and _is_settled(self._text, end):
            yield self._give(end)

    def _give(self, end: int) -> str:
        given, self._text = self._text[:end].strip(), self._text[end:].lstrip()
        self._given, self._marked, self._new_line = True, bool(marker_spans(given)), False
        return given


def _first_end(text: str) -> int:
    """Return where the first sentence and its markers end in `text`, if another begins behind it; else 0."""
    if not _TERMINATOR.search(text):
        return 0
    spans = marker_spans(text)
    places = [
        place
        for place in range(len(text))
        if text[place] not in _EMPHASIS and not any(start <= place < end for start, end in spans)
    ]
    sentences = split_sentences("".join(text[place] for place in places))
    return places[sentences[1].start] if len(sentences) > 1 else 0


def _is_settled(text: str, end: int) -> bool:
    """Tell whether what follows a sentence can no longer belong to it."""
    following = text[end:]
    if not following.strip():
        return False
    attributable = _ATTRIBUTABLE.search(text[: _tail(text[:end].rstrip())])
    return not attributable or len(following.split()) >= _ATTRIBUTION_WORDS


def _tail(text: str) -> int:
    """Return where the markers begin that `text` ends with; its length where there are none."""
    begin = len(text)
    for start, end in reversed(marker_spans(text)):
        if text[end:begin].strip():
            break
        begin = start
    return begin


def _begins_line(before: str, character: str) -> bool:
    """Tell whether a new line begins something new: a line that is only wrapped goes on with a small letter."""
    line_break = before.rstrip(" ").endswith("\n")
    return line_break and not (character.islower() or character in "[【［,;)")


def _quotes(text: str) -> bool:
    """Tell whether a quotation is open at the end of a text."""
    return text.count("“") > text.count("”") or text.count('"') % 2 == 1
