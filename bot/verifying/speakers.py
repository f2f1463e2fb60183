"""Who says what: the speakers that a text names, and whether those of a sentence are those of its sources."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache

import numpy as np

from bot.numbers import belongs_to_number
from bot.verbs import verbs
from bot.verifying.alignment import SYNONYM, Alignment, title_of
from bot.verifying.likeness import same_name
from bot.verifying.name_checks import CALENDAR
from bot.verifying.quotations import quoted_stretches
from bot.verifying.reading import Reading, Word
from bot.verifying.slots import goes_on

SAYING = frozenset((
    "said", "says", "say", "told", "tells", "tell", "stated", "states", "added", "adds", "announced", "announces", "reported",
    "reports", "noted", "notes", "declared", "declares", "explained", "explains", "insisted", "insists", "stressed",
    "stresses", "claimed", "claims", "argued", "argues", "estimated", "estimates", "estimate", "warned", "warns",
    "predicted", "predicts", "forecast", "forecasts", "suggested", "suggests", "believes", "believed", "expects",
    "expected", "confirmed", "confirms", "denied", "denies", "acknowledged", "admitted", "conceded", "alleged", "alleges",
    "accused", "accuses", "testified", "wrote", "writes", "commented", "remarked", "recalled", "revealed", "disclosed",
    "described", "describes", "called", "calls", "urged", "urges", "promised", "promises", "vowed", "pledged", "complained",
    "criticised", "criticized", "praised", "maintained", "maintains", "put", "puts", "pointed", "replied", "responded",
    "asked", "demanded", "cautioned", "concluded", "assured", "emphasised", "emphasized", "projected", "projects",
    "attributed", "attributes", "blamed", "blames", "found", "calculated", "reckons", "reckoned", "measured", "recorded",
    "quoted", "observed", "thinks", "thought", "hopes", "hoped", "fears", "feared", "rejected", "dismissed",
))  # fmt: skip
_PLAIN_VERBS = frozenset((
    "said", "says", "say", "told", "stated", "states", "added", "adds", "noted", "declared", "explained", "insisted",
    "stressed", "claimed", "claims", "argued", "argues", "warned", "warns", "wrote", "commented", "remarked", "replied",
    "testified", "recalled", "complained", "admitted", "conceded", "acknowledged", "estimated", "predicted", "announced",
    "reported", "confirmed", "cautioned", "maintained", "suggested", "concluded", "emphasised", "emphasized", "believes",
    "denied", "alleged", "revealed", "disclosed", "assured",
))  # fmt: skip
"""Verbs that say that somebody says something, whatever stands around them."""
_OF_IT = re.compile(r"\s(?:that|the|it|at|them|his|her|on|for|him|this|\d|“|\")")
_CLAUSE_AFTER = re.compile(r"\s?(?:that\b|[,.;“\"]|the\b|it\b|he\b|she\b|they\b|its\b)")
_NEEDS = {
    **dict.fromkeys(
        ("found", "called", "calls", "recorded", "measured", "asked", "described", "describes"), _OF_IT
    ),
    **dict.fromkeys(
        (
            "forecast",
            "forecasts",
            "estimate",
            "estimates",
            "report",
            "reports",
            "measured",
            "observed",
            "thought",
        ),
        re.compile(r"\s(?:that|the|a|an|it|at|this|\d)\b|\s?[.,;]|$"),
    ),
    **dict.fromkeys(("put", "puts"), re.compile(r"\s(?:[\w’'-]+\s){1,5}at\b")),
    **dict.fromkeys(("added", "adds"), _CLAUSE_AFTER),
    **dict.fromkeys(
        ("claimed", "claims", "claim"),
        re.compile(r"\s(?:that|responsibility|credit|to|it|the|they|he|she)\b|[,.]"),
    ),
}
"""What comes after verbs that otherwise do not say that somebody says something."""
_PRONOUNS = frozenset(("he", "she", "it", "they", "who", "which"))
_ACCORDING = re.compile(
    r"\b(?:according to|in the words of|in the view of|as (?:reported|estimated|stated|announced|quoted) by"
    r"|(?:reported|estimated|announced|said|stated|described|forecast|predicted|confirmed|compiled|published|released) by"
    r"|citing|quoting|quoted)\s",
    re.I,
)
_OWN_WORDS = re.compile(
    r"['’]s? (?:[\w-]+ ){0,2}(?:estimates?|figures?|statement|report|forecast|assessment|data|account|survey|study"
    r"|calculations?|findings|warning|projections?)\b"
)
_END = re.compile(r"[,;:.!?“”\"()—]|\s[-–]\s")
_LONGEST = 24


@dataclass(frozen=True, slots=True)
class Speaker:
    """Who says something: the words that name them, and the sentence that they do it in; `verb` is the word for it."""

    words: tuple[int, ...]
    sentence: int
    verb: int


@lru_cache(maxsize=512)
def speakers_in(reading: Reading) -> tuple[Speaker, ...]:
    """Return the speakers that a text names, pronouns replaced by the last speaker or name before."""
    found: list[Speaker] = []
    for number, word in enumerate(reading.words):
        if word.plain not in SAYING or _is_no_verb(reading, number):
            continue
        place = _subject(reading, number)
        if place:
            found.append(Speaker(tuple(place), word.sentence, number))
    for match in _ACCORDING.finditer(reading.text):
        after = [number for number, word in enumerate(reading.words) if word.start >= match.end()]
        if after:
            opens = match.start() in {start for start, _ in reading.sentences}
            place = _until_mark(reading, after[0], apposition=not opens)
            if place:
                found.append(Speaker(tuple(place), reading.words[after[0]].sentence, max(after[0] - 1, 0)))
    for match in _OWN_WORDS.finditer(reading.text):
        before = [number for number, word in enumerate(reading.words) if word.end <= match.start()]
        if before:
            place = _back_to_mark(reading, before[-1])
            if place:
                found.append(Speaker(tuple(place), reading.words[before[-1]].sentence, before[-1]))
    found.sort(key=lambda speaker: speaker.verb)
    return tuple(_resolved(reading, found))


def _is_no_verb(reading: Reading, number: int) -> bool:
    before = reading.words[number - 1].plain if number else ""
    if before in (
        "with",
        "for",
        "in",
        "at",
        "by",
        "on",
        "to",
        "be",
        "been",
        "being",
        "is",
        "was",
        "were",
        "are",
        "the",
        "a",
        "an",
        "of",
        "its",
        "their",
        "his",
        "her",
    ):
        return True
    word = reading.words[number].plain
    after = reading.words[number + 1].plain if number + 1 < len(reading.words) else ""
    if after == "to" and word not in ("said", "says", "told"):
        return True  # "people confirmed to have died", "expects to report"
    if word in _PLAIN_VERBS and word not in _NEEDS:
        return False
    return not (_NEEDS[word].match(reading.text, reading.words[number].end) if word in _NEEDS else True)


def _subject(reading: Reading, verb: int) -> list[int]:
    """Return the words that name who says it: before the verb, or behind it where that ends what is said."""
    found = _with_name_before(reading, _named_beside(reading, verb))
    if not found or not _tells(reading, found):
        return found
    # "X did this and said that"
    known = verbs()
    first = next(
        place
        for place, number in enumerate(found)
        if reading.words[number].plain in _HELPING
        or reading.words[number].plain in known.past
        or reading.words[number].plain in known.third
    )
    if first and _can_speak(reading, found[:first]):
        return found[:first]
    start = found[0]
    if start and reading.words[start - 1].sentence == reading.words[verb].sentence:
        return _back_to_mark(reading, start - 1)
    return found


def _with_name_before(reading: Reading, found: list[int]) -> list[int]:
    """Return who says something with the name that tells who it is: "Daniel Forde, an astronomer"."""
    if not found or not found[0] or reading.words[found[0]].plain not in ("a", "an"):
        return found
    before = reading.words[found[0] - 1]
    if (
        before.sentence == reading.words[found[0]].sentence
        and before.named
        and reading.between(found[0] - 1, found[0]) == ", "
    ):
        named = _back_to_mark(reading, found[0] - 1)
        return named + found if len(named) <= _A_NAME else found
    return found


_A_NAME = 4
"""Words, a title among them."""


def _named_beside(reading: Reading, verb: int) -> list[int]:
    words = reading.words
    gap = reading.text[words[verb - 1].end : words[verb].start] if verb else "."
    opens = verb == 0 or words[verb - 1].sentence != words[verb].sentence or bool(re.search(r"[,”\"’]", gap))
    inverted = opens and _names_somebody(reading, verb + 1)
    relative = verb > 0 and words[verb - 1].plain in ("who", "which", "that")
    if inverted and not (verb and words[verb - 1].plain in _PRONOUNS):
        behind = _until_mark(reading, verb + 1)
        if behind and words[verb].plain in _PLAIN_VERBS and not _goes_on_telling(reading, behind):
            return behind
    if relative:
        return _back_to_mark(reading, verb - 2) if verb > 1 else []
    if opens and "," in gap:
        return _before_apposition(reading, verb)
    own = _back_to_mark(reading, verb - 1) if verb else []
    if (
        own
        and not _can_speak(reading, own)
        and own[0] > 0
        and words[own[0] - 1].sentence == words[verb].sentence
    ):
        # "X, the head of Y, did this and said that"
        return _before_apposition(reading, own[0])
    return own


def _can_speak(reading: Reading, numbers: Sequence[int]) -> bool:
    """Tell whether words name somebody: a name, a pronoun, or what "the" stands before."""
    return any(
        reading.words[number].named
        or reading.words[number].plain in (*_PRONOUNS, "the", "a", "an", "its", "his", "her")
        for number in numbers
    )


def _names_somebody(reading: Reading, number: int) -> bool:
    if number >= len(reading.words):
        return False
    word = reading.words[number]
    return word.sentence == reading.words[number - 1].sentence and (
        word.named or word.plain in ("the", "a", "an", "its", "his", "her", "mr", "mrs", "ms", "dr")
    )


def _until_mark(reading: Reading, first: int, *, apposition: bool = True) -> list[int]:
    found: list[int] = []
    for number in range(first, min(first + _LONGEST, len(reading.words))):
        if reading.words[number].sentence != reading.words[first].sentence:
            break
        if found and _END.search(reading.between(number - 1, number)):
            if not apposition or not _apposition_goes_on(reading, number, found):
                break
        if reading.words[number].plain in _HELPING or reading.words[number].plain in (
            "that", "when", "as", "who", "after", "while", "in", "on", "there", "said",
        ):  # fmt: skip
            break
        found.append(number)
    return found


def _apposition_goes_on(reading: Reading, number: int, found: Sequence[int]) -> bool:
    """Tell whether what comes after a comma tells who it is: "said Pavel Ostrin, head of the service"."""
    gap = reading.between(number - 1, number)
    word = reading.words[number]
    return (
        gap == ", "
        and len(found) < 6
        and (word.plain in ("the", "a", "an", "head", "chief", "director", "president") or word.named)
    )


def _back_to_mark(reading: Reading, last: int) -> list[int]:
    found: list[int] = []
    for number in range(last, max(last - _LONGEST, -1), -1):
        if number < 0 or reading.words[number].sentence != reading.words[last].sentence:
            break
        if found and _END.search(reading.between(number, number + 1)):
            break
        word = reading.words[number]
        if found and word.plain in (
            "that",
            "but",
            "while",
            "although",
            "because",
            "which",
            "who",
            "when",
            "where",
            "said",
        ):
            break
        if found and word.plain == "and" and _is_clause_joint(reading, number):
            break
        found.append(number)
    return found[::-1]


def _is_clause_joint(reading: Reading, number: int) -> bool:
    return number > 0 and reading.between(number - 1, number) == ", "


def _before_apposition(reading: Reading, verb: int) -> list[int]:
    """Return who says it where a comma stands before the verb: "X, the head of Y, said", or "..., X said"."""
    words = reading.words
    sentence = words[verb].sentence
    last = verb - 1
    aside = _back_to_mark(reading, last)
    first = aside[0] if aside else verb
    if first > 0 and words[first - 1].sentence == sentence:
        relative = words[first - 1].plain in ("which", "who", "whose", "where")
        before = _back_to_mark(reading, first - 1 - relative)
        if relative:
            while (
                before
                and not _can_speak(reading, before)
                and before[0]
                and words[before[0] - 1].sentence == sentence
            ):
                before = _back_to_mark(reading, before[0] - 1)
            return before
        # "X, the head of Y, said", but "the offer was rejected, their union said"
        stands_alone = not _tells(reading, aside) and any(words[number].is_content for number in aside)
        return aside if _tells(reading, before) and stands_alone else before + aside
    return aside


def _goes_on_telling(reading: Reading, numbers: Sequence[int]) -> bool:
    """Tell whether words are the subject of a clause, "said the strike would ...", and not who says it."""
    after = numbers[-1] + 1
    follows = after < len(reading.words) and reading.between(numbers[-1], after) == " "
    return _tells(reading, (*numbers, after) if follows else numbers)


def _tells(reading: Reading, numbers: Sequence[int]) -> bool:
    """Tell whether words hold a verb, and so are a clause of their own."""
    known = verbs()
    return any(
        reading.words[number].plain in _HELPING
        or reading.words[number].plain in known.past
        or reading.words[number].plain in known.third
        for number in numbers
    )


_HELPING = frozenset(
    ("is", "are", "was", "were", "has", "have", "had", "will", "would", "can", "could", "may", "might")
)


def _resolved(reading: Reading, found: Sequence[Speaker]) -> Iterator[Speaker]:
    last: tuple[int, ...] = ()
    for speaker in found:
        plain = [reading.words[number].plain for number in speaker.words]
        if plain and plain[-1] in _PRONOUNS and len(plain) < 3:
            antecedent = last or _last_name(reading, speaker.words[0])
            if antecedent:
                yield Speaker(antecedent, speaker.sentence, speaker.verb)
                continue
        last = (
            speaker.words
            if any(reading.words[number].named for number in speaker.words)
            else last or speaker.words
        )
        yield speaker


def _last_name(reading: Reading, before: int) -> tuple[int, ...]:
    named = [
        number
        for number in range(before)
        if reading.words[number].named
        and not reading.words[number].opens
        and reading.words[number].plain not in CALENDAR
    ]
    return tuple(named[-1:])


_CLEARLY = 1.12
"""How much better another's sentence has to fit, for what is said to be another's."""


def speaker_reasons(alignment: Alignment) -> Iterator[str]:
    """Yield where a sentence has somebody say what another one says in the sources."""
    sentence = alignment.sentence
    speakers = speakers_in(sentence)
    for speaker in speakers:
        who = [sentence.words[number] for number in speaker.words]
        if not who or who[-1].plain in _PRONOUNS or not any(word.is_content for word in who):
            continue
        if any(_is_publisher(alignment, number) for number in speaker.words) or any(map(_counts_people, who)):
            continue
        own, other, name = 0.0, 0.0, ""
        mine: list[Place] = []
        theirs_at: Place | None = None
        for source, number, score in _saying(alignment, speaker, speakers):
            reading = alignment.readings[source]
            theirs = _speakers_of(reading, number)
            if any(_same(alignment, speaker, source, each) for each in theirs) or (
                not theirs and _is_mentioned(alignment, speaker, source, number)
            ):
                own = max(own, score)
                mine.append((source, number))
            elif score > other:
                other, name, theirs_at = score, _named(reading, theirs), (source, number)
        if (
            other > own * _CLEARLY
            and other > 0.2
            and theirs_at
            and not any(_says_more(alignment, speaker, speakers, each, theirs_at) for each in mine)
        ):
            said_by = sentence.text[who[0].start : who[-1].end]
            if name:
                yield f"The passages have this said by {name}, not by {said_by}."
            else:
                yield f"The passages do not have {said_by} say this."
            return


_PART = re.compile(r";|,? (?:while|whereas|although|though|who|which|whose|where)\b|, (?:but|and)\b")
_BESIDES = 0.2
"""How much the words of another part of a sentence count for what is said in one."""


def _parts(sentence: Reading) -> list[int]:
    """Return for each word of a sentence the part of it that it stands in; a relative clause ends with its comma."""
    breaks = [(found.start(), found[0]) for found in _PART.finditer(sentence.text)]
    found = []
    for word in sentence.words:
        passed = [each for each in breaks if each[0] < word.start]
        part = len(passed)
        if (
            passed
            and _RELATIVE.search(passed[-1][1])
            and "," in sentence.text[passed[-1][0] + 1 : word.start]
        ):
            part = -1 - max(0, len(passed) - 1)
        found.append(part)
    # What goes on behind a relative clause is the part before it.
    return [-1 - part if part < 0 else part for part in found]


_RELATIVE = re.compile(r"\b(?:who|which|whose|where)$")


def _of_the_speaker(speaker: Speaker) -> Sequence[int]:
    """Return the words that tell who speaks, and that they do: all from the name to the verb where it comes first."""
    if speaker.words and speaker.words[0] < speaker.verb and speaker.verb - speaker.words[0] < _LONGEST:
        return range(speaker.words[0], speaker.verb + 1)
    return (*speaker.words, speaker.verb)


def _quoted_by(sentence: Reading, speaker: Speaker, speakers: Sequence[Speaker]) -> set[int]:
    """Return the words that a speaker is quoted with, if these are enough to tell whose they are."""
    found = set()
    for first, last in quoted_stretches(sentence):
        nearest = min(speakers, key=lambda each: min(abs(each.verb - first), abs(each.verb - last)))
        if nearest == speaker:
            found.update(range(first, last + 1))
    telling = [number for number in found if sentence.words[number].is_content]
    return found if len(telling) >= _TELLING else set()


_TELLING = 2


def _says_more(
    alignment: Alignment, speaker: Speaker, speakers: Sequence[Speaker], one: Place, other: Place
) -> bool:
    """Tell whether a sentence says words of the verified one that another does not: each may rest on its own."""
    left_out = {number for each in speakers for number in _of_the_speaker(each)}
    quoted = _quoted_by(alignment.sentence, speaker, speakers)
    count = 0
    for number, word in enumerate(alignment.sentence.words):
        if word.is_content and number not in left_out and (number in quoted or not quoted):
            mine, theirs = (_best_in(alignment, number, place) for place in (one, other))
            count += mine >= _SAID and theirs < _SAID
    return count >= _OF_ITS_OWN


def _best_in(alignment: Alignment, number: int, place: Place) -> float:
    columns = [
        alignment.column(place[0], word) for word in alignment.readings[place[0]].of_sentence(place[1])
    ]
    return float(alignment.matches[number, columns].max(initial=0.0))


_SAID = 0.6
_OF_ITS_OWN = 2
Place = tuple[int, int]
"""A source, and a sentence of it."""


def _named(reading: Reading, speakers: Sequence[Speaker]) -> str:
    if not speakers or not speakers[0].words:
        return ""
    return reading.text[reading.words[speakers[0].words[0]].start : reading.words[speakers[0].words[-1]].end]


def _saying(
    alignment: Alignment, speaker: Speaker, speakers: Sequence[Speaker]
) -> Iterator[tuple[int, int, float]]:
    """Give each sentence (source, number) of the sources with how much it says of what the speaker is said to say."""
    weights = alignment.weights.copy()
    for each in speakers:
        for number in _of_the_speaker(each):
            weights[number] = 0
    parts = _parts(alignment.sentence)
    for number in range(len(weights)):
        nearer = any(abs(number - other.verb) < abs(number - speaker.verb) for other in speakers)
        if nearer or parts[number] != parts[speaker.verb]:
            weights[number] *= _BESIDES
    quoted = _quoted_by(alignment.sentence, speaker, speakers)
    if quoted:
        weights[[number for number in range(len(weights)) if number not in quoted]] = 0
    total = float(weights.sum())
    if not total or not len(alignment.words):
        return
    for number in range(int(alignment.sentences.max()) + 1):
        columns = np.nonzero(alignment.sentences == number)[0]
        if len(columns):
            score = float(np.maximum(alignment.matches[:, columns].max(axis=1), 0) @ weights) / total
            yield alignment.places[int(columns[0])].source, alignment.words[int(columns[0])].sentence, score


def _counts_people(word: Word) -> bool:
    """Tell whether a word is part of how many, of whom a survey reports: no single one that could be another."""
    return word.is_figure or belongs_to_number(word.plain) or word.plain in ("respondents", "percent")


def _is_publisher(alignment: Alignment, number: int) -> bool:
    word = alignment.sentence.words[number]
    return word.named and any(
        word.stem == other.stem
        for source in alignment.sources
        for other in title_of(Source_publisher(source)).words
    )


def Source_publisher(source):  # type: ignore[no-untyped-def]  # noqa: N802, D103
    from dataclasses import replace

    return replace(source, title=None)


def _speakers_of(reading: Reading, sentence: int) -> list[Speaker]:
    """Return who speaks in a sentence; where it goes on with a quotation, who did before it."""
    everyone = speakers_in(reading)
    own = [speaker for speaker in everyone if speaker.sentence == sentence]
    if own:
        return own
    start, end = reading.sentences[sentence]
    if reading.text[start:end].lstrip()[:1] in ("“", '"'):
        beside = [speaker for speaker in everyone if abs(speaker.sentence - sentence) == 1]
        return beside
    return []


def _same(alignment: Alignment, speaker: Speaker, source: int, other: Speaker) -> bool:
    sentence, reading = alignment.sentence, alignment.readings[source]
    mine = [sentence.words[number] for number in speaker.words if sentence.words[number].is_content]
    theirs = [reading.words[number] for number in other.words if reading.words[number].is_content]
    names = [word for word in mine if word.named]
    their_names = [word for word in theirs if word.named]
    if any(word.plain in _ORGANISATIONS for word in mine) and not names and their_names:
        return True
    head = _head(sentence, speaker.words)
    if head is not None and not head.named:
        # "the agency's representative": somebody who is not named, by what they are
        if names and _speaks_elsewhere(reading, names, other):
            return False
        return _is_among(head, theirs + _profile(reading, their_names)) or any(
            alignment.matches[sentence.words.index(head), alignment.column(source, place)] >= SYNONYM
            for place in other.words
        )
    if names and their_names:
        # The last of a name tells who it is.
        if _is_among(names[-1], their_names):
            return True
        return any(_is_among(name, their_names) for name in names) and not _has_other_person(
            names, their_names
        )
    profile = theirs + _profile(reading, their_names)
    if any(_is_among(word, profile) for word in mine):
        return True
    return any(
        alignment.matches[number, alignment.column(source, place)] >= SYNONYM
        for number in speaker.words
        for place in other.words
        if sentence.words[number].is_content
    )


_ORGANISATIONS = frozenset((
    "company", "group", "firm", "agency", "organisation", "organization", "charity", "regulator", "watchdog", "club", "airline",
    "carmaker", "maker", "operator", "authority", "manufacturer", "retailer", "broadcaster", "institute",
))  # fmt: skip
"""What is said for the name of whoever it is."""


def _speaks_elsewhere(reading: Reading, names: Sequence[Word], other: Speaker) -> bool:
    """Tell whether another speaker of a text has one of these names, and this one has none."""
    if any(_is_among(name, [reading.words[number] for number in other.words]) for name in names):
        return False
    return any(
        _is_among(name, [reading.words[number] for number in each.words])
        for each in speakers_in(reading)
        if each != other
        for name in names
    )


def _head(reading: Reading, numbers: Sequence[int]) -> Word | None:
    """Return the word that says what a speaker is: the last content word before what they are of, or at."""
    found: Word | None = None
    for number in numbers:
        word = reading.words[number]
        gap = reading.text[word.start - 2 : word.start] if word.start > 1 else ""
        if found is not None and (
            word.plain in ("of", "at", "in", "for", "from", "on") or ("," in gap and found.named)
        ):
            break
        if word.is_content and word.plain != "s":
            found = word
        elif word.plain not in ("the", "a", "an", "s"):
            continue
    return found


def _has_other_person(names: Sequence[Word], theirs: Sequence[Word]) -> bool:
    """Tell whether both end in a name of their own, so that what they share is where they belong."""
    return not _is_among(names[-1], theirs) and not _is_among(theirs[-1], names)


def _profile(reading: Reading, names: Sequence[Word]) -> list[Word]:
    """Return the words that stand beside a name anywhere in a text: Rovers coach Fiona Hartnell."""
    found: list[Word] = []
    for name in names:
        for number, word in enumerate(reading.words):
            if word.stem == name.stem and word.named:
                around = range(max(0, number - 6), min(len(reading.words), number + 7))
                found += [
                    reading.words[place]
                    for place in around
                    if reading.words[place].is_content and reading.words[place].sentence == word.sentence
                ]
    return found


def _is_among(word: Word, others: Sequence[Word]) -> bool:
    return any(
        word.stem == other.stem
        or (
            word.named
            and other.named
            and len(word.plain) > 2
            and len(other.plain) > 2
            and same_name(word.plain, other.plain)
        )
        for other in others
    )


def _is_mentioned(alignment: Alignment, speaker: Speaker, source: int, sentence: int) -> bool:
    """Tell whether a speaker is named in a sentence of a source that has none, or in one beside it."""
    reading = alignment.readings[source]
    leans = goes_on(reading, sentence) or reading.text[reading.sentences[sentence][0] :][:1] in (
        "“",
        '"',
        "‘",
        "'",
    )
    first = sentence - 1 if leans else sentence
    near = [word for word in reading.words if first <= word.sentence <= sentence and word.is_content]
    mine = [
        alignment.sentence.words[number]
        for number in speaker.words
        if alignment.sentence.words[number].is_content
    ]
    names = [word for word in mine if word.named]
    return (
        all(_is_among(word, near) for word in names[-1:])
        if names
        else any(_is_among(word, near) for word in mine)
    )
