"""Whom a sentence that begins with a pronoun is about, going by the text that it follows.

"He said ..." behind a sentence of Sidorov's is a statement of Sidorov's, wherever its passage has the words from.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from bot.verifying.grammar import HELPING, may_be_verb
from bot.verifying.names import CALENDAR, Run, acts, name_runs
from bot.verifying.reading import Reading, read
from bot.verifying.saying import says
from bot.verifying.speakers import Speaker, speakers_in

_PERSONS = frozenset(("he", "she"))
_SUBJECTS = _PERSONS | frozenset(("it", "they"))
_ADVERBS = frozenset(("also", "then", "later", "never", "still", "now", "already", "again"))
"""What stands between a pronoun and its verb, besides words in -ly."""


def with_name(sentence: str, before: str) -> str:
    """Return a sentence with a name from the text `before` in place of the pronoun that it begins with.

    It is returned as it is where it begins with none, or nothing before it tells for certain whom it is about: "it" and
    "they" may be anything that was named, unless they speak, as the last speaker, or open a sentence as its subject.
    """
    pronoun = re.match(r"(?:He|She|It|They)\b(?!['’])", sentence) if before.strip() else None
    if pronoun is None:
        return sentence
    reading = read(sentence)
    verb = _verb(reading)
    if verb is None:
        return sentence
    speaks = says(reading, verb)
    name = _name(read(before), speaks=speaks, person=pronoun[0].casefold() in _PERSONS)
    return name + sentence[pronoun.end() :] if name else sentence


def _verb(reading: Reading) -> int | None:
    """Return the verb of which the first word of a text is the subject; None where it is that of no verb."""
    for number, word in enumerate(reading.words[1:4], start=1):
        if word.plain in HELPING or may_be_verb(word) or says(reading, number):
            return number
        if word.plain not in _ADVERBS and not word.plain.endswith("ly"):
            return None
    return None


def _name(before: Reading, *, speaks: bool, person: bool) -> str:
    """Return who was last named as a speaker, or as a subject; nothing where it is not certain who is meant."""
    last_sentence = len(before.sentences) - 1
    speakers = [_named(before, speaker) for speaker in speakers_in(before)]
    spoke = next((name for name in reversed(speakers) if name), ())
    if speaks and spoke:
        return _written(before, spoke)
    opening = next(_opening(before, last_sentence), ())
    if person:
        return _written(before, spoke or opening)
    return (
        ""
        if any(name and name[0].sentence == last_sentence for name in speakers)
        else _written(before, opening)
    )


def _named(before: Reading, speaker: Speaker) -> Run:
    """Return the first name that tells who a speaker is; nothing where none does."""
    words = [before.words[number] for number in speaker.words]
    runs = [run for run in name_runs(before) if run[0] in words and run[0].plain not in CALENDAR]
    return next((run for run in runs if acts(before, run)), ())


def _opening(before: Reading, sentence: int) -> Iterator[Run]:
    """Give the name that a sentence begins with, if it may be its subject."""
    for run in name_runs(before):
        if (
            run[0].sentence == sentence
            and run[0].opens
            and acts(before, run)
            and run[0].plain not in CALENDAR
        ):
            yield run


def _written(before: Reading, name: Run) -> str:
    return before.text[name[0].start : name[-1].end] if name else ""
