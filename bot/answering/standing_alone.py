"""What a sentence needs to make sense alone: what it leans on, who said it, what its "last year" counts from."""

from __future__ import annotations

import re
from datetime import datetime

from bot.answers import LONGEST_QUOTE
from bot.quoting import SentenceFound
from bot.verifying.instructions import is_addressed_to_machine

_LEANS = re.compile(
    r"[\"“‘']?(?:(?:He|She|They|It|This|That|These|Those|His|Her|Their|Its|Both|Others|Another|Such|Neither"
    r"|The (?:group|company|firm|figures?|numbers?|man|woman|men|women|two|three|agency|ministry|report|study|survey"
    r"|deal|attack|case|move|decision|estimate|latter|former|pair|couple|move|measure|change|bill|law|plan|money|total|sum"
    r"|same|official|spokesman|spokeswoman|spokesperson|minister|president|statement|announcement|rise|increase|fall))\b"
    r"|(?:But|And|So|However|Instead|Meanwhile|Still|Yet|Moreover|Furthermore|Therefore|Thus|Also|Then|Afterwards?|Later"
    r"|Of (?:those|these|them|that)|In (?:addition|contrast|response|turn)|By (?:contrast|comparison)|As a result"
    r"|At the (?:time|same time)|For (?:example|instance)|That['’]s|It['’]s),? )"
)
_RELATIVE = re.compile(
    r"\b(?:yesterday|today|tonight|tomorrow|last (?:year|month|week|night|summer|winter|spring|autumn|fall)"
    r"|next (?:year|month|week)|this (?:year|month|week|morning|evening|summer|winter|spring|autumn|fall)"
    r"|(?:a|one|two|three|four|five|six|ten) (?:years?|months?|weeks?|days?) ago"
    r"|(?:on|since|until|late|early) (?:Monday|Tuesday|Wednesday|Thursday|Friday|Saturday|Sunday))\b",
    re.I,
)
_NAME = r"(?:[A-ZÀ-Þ][\w’'.-]+(?: (?:of|the|de|von|van|bin|al|for|and) (?=[A-ZÀ-Þ])| )?){1,7}"
_SAID = (
    r"(?:said|says|told|added|adding|estimated|warned|announced|reported|claimed|argued|wrote|explained|replied|noted"
    r"|stated)"
)
_NAMED_SPEAKER = re.compile(
    rf"(?P<who>{_NAME})(?:, [^,]{{1,80}},|,)? {_SAID}\b"
    rf"|\b{_SAID} (?P<after>{_NAME})|[Aa]ccording to (?:the )?(?P<by>{_NAME})"
)
_SPEECH = re.compile(rf"\b(?:he|she|they|it) {_SAID}\b|\b{_SAID} (?:he|she|they)\b", re.I)
_QUOTED = re.compile(r"^[\"“‘]|[\"”]$")


def context_start(sentence: SentenceFound) -> int | None:
    """Return where the sentence begins that this one leans on; None where it stands alone, or nothing is before it.

    A row leans on the head of its table, and so on the rows between, if these are not too long together.
    """
    row = sentence.row
    if row:
        return row.start if sentence.start - row.start <= LONGEST_QUOTE else None
    if not leans(sentence.text):
        return None
    before = [start for start, end in sentence.source.sentences if end <= sentence.start]
    if not before or sentence.start - before[-1] > LONGEST_QUOTE:
        return None
    if is_addressed_to_machine(sentence.source.article.text[before[-1] : sentence.start]):
        return None
    return before[-1]


def leans(sentence: str) -> bool:
    """Tell whether a sentence leans on the one before it ("He said ...")."""
    return _LEANS.match(sentence) is not None


def notes_on(sentence: SentenceFound, context: str | None) -> tuple[str, ...]:
    """Return what a reader has to know beside a sentence: who said it, and what day its relative times count from."""
    reckoned = reckoning(sentence.text, sentence.source.article.published_at)
    return tuple(note for note in (_speaker(sentence, context), reckoned) if note)


def _speaker(sentence: SentenceFound, context: str | None) -> str | None:
    """Name who said a sentence that only says "he said", or is all quotation, where the article does."""
    text = sentence.text
    if _NAMED_SPEAKER.search(text) or not (_SPEECH.search(text) or _QUOTED.search(text)):
        return None
    if context is not None and _NAMED_SPEAKER.search(context):
        return None
    for start, end in reversed([span for span in sentence.source.sentences if span[1] <= sentence.start]):
        found = _NAMED_SPEAKER.search(sentence.source.article.text[start:end])
        if found:
            who = next(group for group in found.groups() if group)
            return f"said by {who.strip(' ,.')}"
    return None


def reckoning(text: str, published_at: datetime | None) -> str | None:
    """Tell what day a relative time in a text counts from ("last year"), where it has one, and the day is known."""
    found = _RELATIVE.search(text)
    if found is None or published_at is None:
        return None
    return f"“{found.group()}” as of {published_at:%-d %B %Y}"
