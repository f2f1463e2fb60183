"""Whether a sentence has somebody say what another one says in its sources.

What has to be borne out is not only that something was said but that it was said by whom the sentence names: Rashkin et
al., "Measuring Attribution in Natural Language Generation Models", CL 2023. Each sentence of the sources is held
against what a speaker is said to say; where the best one that may be the speaker's fits clearly worse than the best one
that is not, it was another one.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import takewhile

import numpy as np

from bot.numbers import belongs_to_number
from bot.verifying.alignment import Alignment, title_of
from bot.verifying.excerpts import written
from bot.verifying.grammar import is_clause
from bot.verifying.names import CALENDAR
from bot.verifying.phrases import ARTICLES, is_pronoun
from bot.verifying.quotations import quoted_stretches
from bot.verifying.reading import Reading, Word
from bot.verifying.same_speaker import is_mentioned, is_same
from bot.verifying.saying import PLAIN_VERBS
from bot.verifying.speakers import Speaker, speakers_in
from index.arrays import Vectors

Place = tuple[int, int]
"""A source, and a sentence of it."""

_CLEARLY = 1.12
"""How many times as well another's sentence has to fit, for what is said to be another's."""
_NEARLY_ALL = 0.78
"""How well it has to fit, for the speaker's own sentences not to say anything besides."""
_UNTOLD = 1.6
"""How many times as well what nobody is said to say has to fit as what another one says."""
_FITS = 0.2
"""How well it has to fit at least (0..1)."""
_BESIDES = 0.2
"""How much the words of another part of a sentence count for what is said in one."""
_SAID = 0.6
"""How well a word has to match in a sentence for that to say it."""
_OF_ITS_OWN = 2
"""Words that one sentence says and another does not, for each to be what a part of the verified one rests on."""
_TELLING = 2
"""Content words that a quotation needs, to tell whose it is."""
_TOLD = frozenset(("told", "tells", "tell"))
_HEARERS = 6
"""Words for whom somebody tells something, at most."""
_ENDS_HEARERS = frozenset(("that", "on", "it", "they", "he", "she", "there"))
_PART = re.compile(r";|,? (?:while|whereas|although|though|who|which|whose|where)\b|, (?:but|and)\b")
_RELATIVE = re.compile(r"\b(?:who|which|whose|where)$")


def speaker_reasons(alignment: Alignment) -> Iterator[str]:
    """Yield where a sentence has somebody say what another one says in the sources."""
    speakers = speakers_in(alignment.sentence)
    for speaker in speakers:
        other = _said_by_another(alignment, speaker, speakers) if _can_be_held(alignment, speaker) else None
        if other is None:
            continue
        source, _ = other
        said_by = _shown(alignment.sentence, speaker)
        name = next((_name(alignment.readings[source], each) for each in _speakers_of(alignment, other)), "")
        if name:
            yield f"The passages have this said by {name}, not by {said_by}."
        else:
            yield f"No cited passage has {said_by} say this."
        return


def _can_be_held(alignment: Alignment, speaker: Speaker) -> bool:
    """Tell whether a speaker is named at all, and is no publisher, nor a number of people asked."""
    who = [alignment.sentence.words[number] for number in speaker.words]
    if is_pronoun(who[-1]) or not any(word.is_content for word in who):
        return False
    return not any(_is_publisher(alignment, word) or _counts_people(word) for word in who)


def _counts_people(word: Word) -> bool:
    """Tell whether a word is part of how many, of whom a survey reports: no single one that could be another."""
    return word.is_figure or belongs_to_number(word.plain) or word.plain in ("respondents", "percent")


def _is_publisher(alignment: Alignment, word: Word) -> bool:
    return word.named and any(
        word.stem == other.stem
        for source in alignment.sources
        for other in title_of(replace(source, title=None)).words
    )


def _said_by_another(alignment: Alignment, speaker: Speaker, speakers: Sequence[Speaker]) -> Place | None:
    """Return the sentence that has another one say what a speaker is said to say; None where that one may say it."""
    best, mine = 0.0, []
    rival, other = 0.0, None
    for place, score in _saying(alignment, speaker, speakers):
        if _may_be_theirs(alignment, speaker, place):
            best = max(best, score)
            mine.append(place)
        elif (against := score if _speakers_of(alignment, place) else score / _UNTOLD) > rival:
            rival, other = against, place
    if other is None or rival <= max(best * _CLEARLY, _FITS):
        return None
    # A sentence that says nearly all of it needs no other one beside it.
    if rival < _NEARLY_ALL and any(_says_more(alignment, speaker, speakers, each, other) for each in mine):
        return None
    return other


def _may_be_theirs(alignment: Alignment, speaker: Speaker, place: Place) -> bool:
    source, number = place
    theirs = _speakers_of(alignment, place)
    if not theirs:
        return is_mentioned(alignment, speaker, source, number)
    verb = alignment.sentence.words[speaker.verb]
    reading = alignment.readings[source]
    of_the_verb = [
        each
        for each in theirs
        if reading.words[each.verb].stem == verb.stem and verb.plain not in PLAIN_VERBS
    ]
    # Of two who speak in a sentence, it is the one who blames that the blame is by.
    return any(is_same(alignment, speaker, source, each) for each in of_the_verb or theirs)


def _speakers_of(alignment: Alignment, place: Place) -> list[Speaker]:
    """Return who speaks in a sentence of a source; where it goes on with a quotation, who does beside it."""
    source, number = place
    reading = alignment.readings[source]
    everyone = speakers_in(reading)
    own = [speaker for speaker in everyone if speaker.sentence == number]
    start, end = reading.sentences[number]
    if own or not reading.text[start:end].lstrip().startswith(("“", '"')):
        return own
    return [speaker for speaker in everyone if abs(speaker.sentence - number) == 1]


def _saying(
    alignment: Alignment, speaker: Speaker, speakers: Sequence[Speaker]
) -> Iterator[tuple[Place, float]]:
    """Give each sentence of the sources with how much it says (0..1) of what a speaker is said to say."""
    weights = _weights(alignment, speaker, speakers)
    total = float(weights.sum())
    if not total or not len(alignment.words):
        return
    for number in range(int(alignment.sentences.max()) + 1):
        columns = np.nonzero(alignment.sentences == number)[0]
        if len(columns):
            first = int(columns[0])
            score = float(np.maximum(alignment.matches[:, columns].max(axis=1), 0) @ weights) / total
            yield (alignment.places[first].source, alignment.words[first].sentence), score


def _weights(alignment: Alignment, speaker: Speaker, speakers: Sequence[Speaker]) -> Vectors:
    """Return how much each word of the sentence tells of what a speaker says: all if they are quoted, the quotation."""
    weights = alignment.weights.copy()
    parts = _parts(alignment.sentence)
    for number in range(len(weights)):
        nearer = any(abs(number - other.verb) < abs(number - speaker.verb) for other in speakers)
        if nearer or parts[number] != parts[speaker.verb]:
            weights[number] *= _BESIDES
    weights[list(_of_speakers(alignment.sentence, speakers))] = 0
    quoted = _quoted_by(alignment.sentence, speaker, speakers)
    if quoted:
        weights[[number for number in range(len(weights)) if number not in quoted]] = 0
    return weights


def _of_speakers(sentence: Reading, speakers: Sequence[Speaker]) -> set[int]:
    """Return the words of a sentence that say who speaks, and to whom."""
    found = {number for each in speakers for number in each.telling}
    for each in speakers:
        if sentence.words[each.verb].plain in _TOLD:
            behind = range(each.verb + 1, min(each.verb + 1 + _HEARERS, len(sentence.words)))
            found.update(takewhile(lambda number: _goes_on(sentence, number), behind))
    return found


def _goes_on(sentence: Reading, number: int) -> bool:
    """Tell whether a word is still whom somebody told something."""
    return sentence.between(number - 1, number) == " " and sentence.words[number].plain not in _ENDS_HEARERS


def _parts(sentence: Reading) -> list[int]:
    """Return for each word of a sentence the part of it that it stands in.

    What goes on behind the comma that ends a relative clause is the part before that clause.
    """
    breaks = [(found.start(), found[0]) for found in _PART.finditer(sentence.text)]
    found = []
    for word in sentence.words:
        passed = [each for each in breaks if each[0] < word.start]
        part = len(passed)
        if passed:
            start, joint = passed[-1]
            part -= bool(_RELATIVE.search(joint)) and "," in sentence.text[start + 1 : word.start]
        found.append(part)
    return found


def _quoted_by(sentence: Reading, speaker: Speaker, speakers: Sequence[Speaker]) -> set[int]:
    """Return the words that a speaker is quoted with, if these are enough to tell whose they are."""
    found: set[int] = set()
    for first, last in quoted_stretches(sentence):
        nearest = min(speakers, key=lambda each: min(abs(each.verb - first), abs(each.verb - last)))
        if nearest == speaker:
            found.update(range(first, last + 1))
    telling = [number for number in found if sentence.words[number].is_content]
    return found if len(telling) >= _TELLING else set()


def _says_more(
    alignment: Alignment, speaker: Speaker, speakers: Sequence[Speaker], one: Place, other: Place
) -> bool:
    """Tell whether a sentence says words of the verified one that another does not: each may rest on its own."""
    left_out = _of_speakers(alignment.sentence, speakers)
    quoted = _quoted_by(alignment.sentence, speaker, speakers)
    of_its_own = [
        number
        for number, word in enumerate(alignment.sentence.words)
        if word.is_content
        and number not in left_out
        and (number in quoted or not quoted)
        and _best_in(alignment, number, one) >= _SAID > _best_in(alignment, number, other)
    ]
    return len(of_its_own) >= _OF_ITS_OWN


def _best_in(alignment: Alignment, number: int, place: Place) -> float:
    source, sentence = place
    columns = [alignment.column(source, word) for word in alignment.readings[source].of_sentence(sentence)]
    return float(alignment.matches[number, columns].max(initial=0.0))


def _name(reading: Reading, speaker: Speaker) -> str:
    """Return how a text names a speaker; nothing where the words found name nobody."""
    words = [reading.words[number] for number in speaker.words]
    if is_clause(reading, speaker.words):
        return ""
    named = any(word.named and word.plain not in CALENDAR for word in words)
    return _shown(reading, speaker) if named or words[0].plain in ARTICLES else ""


def _shown(reading: Reading, speaker: Speaker) -> str:
    """Return the words for a speaker as they are written within a sentence."""
    text = written(reading, speaker.words)
    return text[0].lower() + text[1:] if reading.words[speaker.words[0]].plain in ARTICLES else text
