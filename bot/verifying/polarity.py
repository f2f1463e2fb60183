"""Negation: what a sentence denies that its sources say, and the other way round."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache

from bot.verifying.alignment import SYNONYM, Alignment, Place
from bot.verifying.reading import Reading, Word
from bot.verifying.relations import are_opposites
from bot.verifying.slots import around, best_fit

_NEGATORS = frozenset(("not", "no", "never", "neither", "nor", "none", "nobody", "nothing", "cannot", "without", "t"))
_NEGATIVE = frozenset((
    "deny", "denies", "denied", "denying", "refuse", "refuses", "refused", "refusing", "reject", "rejects", "rejected",
    "fail", "fails", "failed", "failing", "failure", "decline", "declined", "declines", "unable", "lack", "lacks", "lacked",
    "lacking", "prevent", "prevented", "prevents", "avoid", "avoided", "rule", "ruled", "stopped", "unlikely", "absence",
    "halt", "halted", "cancel", "cancelled", "canceled", "scrap", "scrapped", "dismiss", "dismissed", "miss", "missed",
    "hardly", "barely", "scarcely", "rather", "instead", "unchanged", "unharmed", "unhurt", "uninjured", "nowhere",
    "block", "blocked", "oppose", "opposed", "ban", "banned", "short", "withdrew", "withdrawn", "dropped", "abandoned",
    "refute", "refuted", "dispute", "disputed", "disputes", "contradicted", "impossible", "still", "yet", "free", "un",
    "vetoed", "rebuffed", "shelved", "spared", "exempt", "exempted", "excluded", "acquitted", "cleared", "zero", "non",
    "nil", "dry", "empty", "stayed", "kept", "remain", "remained", "remains", "unsuccessful", "neither", "few", "little",
))  # fmt: skip
"""Words that deny what comes after them, or themselves say that something is not."""
_GOVERNING = frozenset((
    "deny", "denies", "denied", "denying", "refuse", "refuses", "refused", "refusing", "reject", "rejects", "rejected",
    "fail", "fails", "failed", "failing", "failure", "unable", "lack", "lacks", "lacked", "prevent", "prevented", "prevents",
    "unlikely", "absence", "refute", "refuted", "dispute", "disputed", "disputes", "hardly", "barely", "scarcely",
))  # fmt: skip
_NO_NEGATION = {
    "no": ("fewer", "less", "more", "later", "earlier", "doubt", "one", "matter"),
    "not": ("only", "least", "just", "merely", "far", "fewer", "less", "more", "necessarily"),
    "none": ("other",),
}
_SUPERLATIVE = re.compile(r"first|only|sole|record|most|least|best|worst|last|all|every|latest|\w{3,}est")
_SPEAKS_OF_IT = 0.8
"""How much of what the best sentence says of it another has to say, to speak of it at all."""
_NEGATIVE_PREFIX = re.compile(
    r"un(?!der|til|ion|it|iv|less|ique|anim|cle)\w{3}|non-?\w|dis(?:agree|approv|allow|qualif|believ|regard)"
    r"|in(?:accura|correct|valid|effect|suffici|complete|nocen)|im(?:possib|prob)|ir(?:regul|rever)|il(?:leg|lic)"
)
_REACH = 5
_DENIED = 2
"""Content words after a word that denies, which it denies."""


@lru_cache(maxsize=512)
def negated(reading: Reading) -> tuple[bool, ...]:
    """Return for each word of a text whether it is denied, twice denied being not."""
    found = [False] * len(reading.words)
    for number in negators(reading):
        seen = 0
        for place in range(number + 1, len(reading.words)):
            word = reading.words[place]
            if word.clause != reading.words[number].clause or seen >= _DENIED:
                break
            found[place] = not found[place]
            seen += word.is_content
    return tuple(found)


@lru_cache(maxsize=512)
def negators(reading: Reading) -> tuple[int, ...]:
    """Return the words of a text that deny what comes after them."""
    return tuple(number for number in range(len(reading.words)) if _is_negator(reading, number))


def _is_negator(reading: Reading, number: int) -> bool:
    word = reading.words[number]
    if word.plain in _GOVERNING:
        return True
    if word.plain not in _NEGATORS:
        return False
    if word.plain == "t":
        return number > 0 and reading.between(number - 1, number) in ("'", "’")
    after = reading.words[number + 1].plain if number + 1 < len(reading.words) else ""
    return after not in _NO_NEGATION.get(word.plain, ())


def polarity_reasons(alignment: Alignment) -> Iterator[str]:
    """Yield where a sentence denies what its sources say, or says what they deny."""
    sentence = alignment.sentence
    own = negated(sentence)
    for number, word in enumerate(sentence.words):
        if not word.is_content or word.is_figure or word.named or word.plain in _GOVERNING | _NEGATORS:
            continue
        place = _said_there(alignment, number)
        if place is None:
            continue
        reading = alignment.readings[place.source]
        denied = negated(reading)[place.word]
        if denied == own[number]:
            continue
        if _denies(reading, place.word, word) if own[number] else _is_negative(alignment, number):
            continue
        if own[number] and _is_superlative(sentence, reading, place.word):
            continue
        yield f"The passages {'do not deny' if own[number] else 'deny'} “{word.text}”: {_shown(reading, place.word)}."
        return
    for number in negators(sentence):
        if not _is_borne(alignment, number):
            yield f"Nothing in the passages denies what comes after “{sentence.words[number].text}”."
            return


def _said_there(alignment: Alignment, number: int) -> Place | None:
    """Return where the sources say a word of the sentence, in a sentence that says much of it; None where none does."""
    least = _SPEAKS_OF_IT * float(alignment.covered.max(initial=0.0))
    places = [
        (place.source, place.word, place.word)
        for column, place in enumerate(alignment.places)
        if alignment.matches[number, column] >= SYNONYM
    ]
    _, best = best_fit(alignment, around(alignment.sentence, number, number), places)
    if best is None or alignment.covered[alignment.sentences[alignment.column(best[0], best[1])]] < least:
        return None
    return Place(best[0], best[1])


def _is_negative(alignment: Alignment, number: int) -> bool:
    words = alignment.sentence.words
    return any(
        word.plain in _NEGATIVE | _NEGATORS or _NEGATIVE_PREFIX.match(word.plain)
        for place, word in enumerate(words)
        if abs(place - number) <= 2 * _REACH
    )


def _denies(reading: Reading, place: int, word: Word) -> bool:
    """Tell whether the sentence that says a word has another way to deny it."""
    near = [
        number for number, other in enumerate(reading.words) if other.sentence == reading.words[place].sentence
    ]
    return any(
        reading.words[number].plain in _NEGATIVE
        or number in negators(reading)
        or are_opposites(word.plain, reading.words[number].plain)
        for number in near
    )


def _is_superlative(sentence: Reading, reading: Reading, place: int) -> bool:
    """Tell whether a source has the superlative of what a sentence has none of: "no other", for "the only"."""
    if not any(sentence.words[number].plain in ("no", "never", "none", "nobody", "not") for number in negators(sentence)):
        return False
    at = reading.words[place].sentence
    return any(_SUPERLATIVE.fullmatch(word.plain) for word in reading.words if abs(word.sentence - at) == 0)


def _is_borne(alignment: Alignment, number: int) -> bool:
    """Tell whether the sources deny something, too, where a sentence does."""
    following = [
        word.plain
        for word in alignment.sentence.words[number + 1 : number + 1 + _REACH]
        if word.is_content
    ]
    for column, word in enumerate(alignment.words):
        place = alignment.places[column]
        if word.plain in _NEGATIVE or _NEGATIVE_PREFIX.match(word.plain) or _SUPERLATIVE.fullmatch(word.plain):
            return True
        if place.word in negators(alignment.readings[place.source]):
            return True
        if any(are_opposites(word.plain, plain) for plain in following):
            return True
    return False


def _shown(reading: Reading, place: int) -> str:
    start, end = reading.sentences[reading.words[place].sentence]
    return f"“{' '.join(reading.text[start:end].split())[:160]}”"
