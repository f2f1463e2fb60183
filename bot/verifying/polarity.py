"""Negation: what a sentence denies that its sources say, and the other way round."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache

from bot.verbs import verbs
from bot.verifying.alignment import SAME, SYNONYM, Alignment, Place
from bot.verifying.reading import Reading, Word
from bot.verifying.relations import are_opposites
from bot.verifying.slots import around, best_fit
from index.words import stem

_NEGATORS = frozenset(
    ("not", "no", "never", "neither", "nor", "none", "nobody", "nothing", "cannot", "without", "t")
)
_NEGATIVE = frozenset(map(stem, (
    "deny", "refuse", "refusal", "reject", "rejection", "fail", "failure", "decline", "unable", "lack", "prevent", "avoid", "rule", "stop",
    "unlikely", "absence", "halt", "cancel", "scrap", "dismiss", "miss", "hardly", "barely", "scarcely", "rather", "instead",
    "unchanged", "nowhere", "block", "oppose", "ban", "short", "withdraw", "withdrew", "withdrawn", "drop", "abandon", "refute",
    "dispute", "contradict", "impossible", "still", "yet", "free", "veto", "rebuff", "shelve", "spare", "exempt", "exclude",
    "acquit", "clear", "zero", "nil", "stay", "keep", "kept", "remain", "unsuccessful", "few", "little", "vain", "moratorium",
    "freeze", "frozen", "suspend", "suspension", "cut", "break", "broke", "broken", "sever", "stall", "collapse", "waive", "forgo",
    "skip", "missing", "lose", "lost", "restore", "devoid", "against", "cease", "quash", "overturn", "rescind", "revoke", "lapse", "expire", "untouched",
    "bar", "forbid", "forbidden", "prohibit", "steady", "flat", "same", "secret", "undisclosed", "unknown", "unclear",
)))  # fmt: skip
"""Words that deny what comes after them, or themselves say that something is not."""
_STRONGLY_NEGATIVE = _NEGATIVE - frozenset(map(stem, (
    "still", "yet", "remain", "stay", "keep", "kept", "same", "few", "little", "rather", "instead", "against", "short", "clear",
    "free", "rule", "steady", "cut", "break", "drop",
)))  # fmt: skip
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
_FITS = 0.55
_OF_TIME = frozenset(("yet", "still", "already", "longer"))
_OF_NOUNS = frozenset(("no", "lack", "lacks", "lacked", "without"))
_REACH = 5
_STOPS = frozenset(("to", "of", "for", "in", "on", "at", "by", "with", "from", "about", "that"))


@lru_cache(maxsize=512)
def negated(reading: Reading) -> tuple[bool, ...]:
    """Return for each word of a text whether it is what a word before it denies, twice denied being not."""
    found = [False] * len(reading.words)
    for number in negators(reading):
        for place in _denied(reading, number):
            found[place] = not found[place]
    return tuple(found)


def _denied(reading: Reading, number: int) -> Iterator[int]:
    """Give what a word denies: the verb behind "not" or "refused to", the noun behind "no" and what describes it."""
    words = reading.words
    after = words[number + 1].plain if number + 1 < len(words) else ""
    of_noun = words[number].plain in _OF_NOUNS and after != "longer"
    most = 2 if of_noun else 1
    start = number + 2 if after == "longer" else number + 1
    if words[number].plain == "none" and after == "of":
        start = next(
            (place for place in range(start, len(words)) if words[place].plain in verbs().all), len(words)
        )
    reach = 2 if words[number].plain in _GOVERNING and not of_noun else _REACH
    for place in range(start, min(start + reach, len(words))):
        word = words[place]
        if word.segment != words[number].segment or word.sentence != words[number].sentence:
            return
        if word.plain in _STOPS and of_noun and most == 1:
            return
        if word.is_content and not word.plain.endswith("ly"):
            yield place
            most -= 1
            if not most:
                return


@lru_cache(maxsize=512)
def negators(reading: Reading) -> tuple[int, ...]:
    """Return the words of a text that deny what comes after them."""
    return tuple(number for number in range(len(reading.words)) if _is_negator(reading, number))


def _is_negator(reading: Reading, number: int) -> bool:
    word = reading.words[number]
    after = reading.words[number + 1].plain if number + 1 < len(reading.words) else ""
    if word.plain == "yet" and after == "to":
        return True
    if word.plain in _OF_NOUNS and word.plain != "no":
        return True
    if word.plain in _GOVERNING:
        return after in ("to", "having", "that") or after.endswith("ing")
    if word.plain in ("neither", "nobody", "nothing"):
        return False
    if word.plain not in _NEGATORS:
        return False
    if word.plain == "t":
        return number > 0 and reading.between(number - 1, number) in ("'", "’")
    return after not in _NO_NEGATION.get(word.plain, ())


def polarity_reasons(alignment: Alignment) -> Iterator[str]:
    """Yield where a sentence denies what its sources say, or says what they deny."""
    sentence = alignment.sentence
    own = negated(sentence)
    for number, word in enumerate(sentence.words):
        if (
            not word.is_content
            or word.is_figure
            or word.named
            or word.plain in _GOVERNING | _NEGATORS | _OF_TIME
        ):
            continue
        place = _said_there(alignment, number, SAME) or _denied_in_other_words(alignment, number)
        if place is None:
            continue
        reading = alignment.readings[place.source]
        denied = negated(reading)[place.word]
        if denied == own[number]:
            continue
        if word.stem not in _STRONGLY_NEGATIVE | {"rule", "drop"} and (
            _denies(reading, place.word, word, _negative_for(sentence, number))
            if own[number]
            else _is_negative(alignment, number)
        ):
            continue
        if _is_until(sentence, number) != _is_until(reading, place.word) or _names_limit(alignment):
            continue
        if own[number] and _is_superlative(sentence, reading, place.word):
            continue
        yield f"The passages {'do not deny' if own[number] else 'deny'} “{word.text}”: {_shown(reading, place.word)}."
        return
    for number in negators(sentence):
        if not _is_borne(alignment, number):
            yield f"Nothing in the passages denies what comes after “{sentence.words[number].text}”."
            return


def _denied_in_other_words(alignment: Alignment, number: int) -> Place | None:
    """Return where the sources deny a synonym of a word; that they do not deny one tells nothing."""
    place = _said_there(alignment, number, SYNONYM)
    if place is None or not negated(alignment.readings[place.source])[place.word]:
        return None
    return place if alignment.sentence.words[number].plain in verbs().all else None


def _said_there(alignment: Alignment, number: int, least_match: float) -> Place | None:
    """Return where the sources say a word of the sentence, in a sentence that says much of it; None where none does."""
    least = _SPEAKS_OF_IT * float(alignment.covered.max(initial=0.0))
    places = [
        (place.source, place.word, place.word)
        for column, place in enumerate(alignment.places)
        if alignment.matches[number, column] >= least_match
    ]
    score, best = best_fit(alignment, around(alignment.sentence, number, number), places)
    if best is None:
        return None
    if score < _FITS and alignment.covered[alignment.sentences[alignment.column(best[0], best[1])]] < least:
        return None
    return Place(best[0], best[1])


def _is_until(reading: Reading, number: int) -> bool:
    """Tell whether something is only denied up to a time: it does not resume before October."""
    return any(
        word.plain in ("until", "till", "unless", "only")
        for word in reading.words[max(0, number - 3) : number + _REACH]
    )


def _names_limit(alignment: Alignment) -> bool:
    return (
        re.search(r"\b(?:no earlier than|not before|at the earliest|not until)\b", alignment.sentence.text)
        is not None
    )


def _negative_for(sentence: Reading, number: int) -> frozenset[str]:
    """Return the stems of what denies a word as a sentence does: with "without" or "yet" more words do."""
    before = {word.plain for word in sentence.words[max(0, number - 4) : number]}
    return _NEGATIVE if before & {"without", "lack", "lacks", "lacked", "yet", "no"} else _STRONGLY_NEGATIVE


def _is_negative(alignment: Alignment, number: int) -> bool:
    """Tell whether the sentence denies a word in another way: by a word shortly before it, or with a prefix."""
    words = alignment.sentence.words
    near = [
        *range(max(0, number - 2 * _REACH), number),
        *range(number + 1, min(number + 1 + _REACH, len(words))),
    ]
    return any(
        (words[place].stem in _STRONGLY_NEGATIVE and place < number)
        or words[place].plain in _NEGATORS
        or place in negators(alignment.sentence)
        or (words[place].plain == "out" and words[place + 1 : place + 2] and words[place + 1].plain == "of")
        or (_NEGATIVE_PREFIX.match(words[place].plain) and place < number)
        for place in near
        if words[place].segment == words[number].segment
    )


def _denies(reading: Reading, place: int, word: Word, negative: frozenset[str]) -> bool:
    """Tell whether the clause that says a word has another way to deny it, shortly before or after it."""
    near = [
        number
        for number in range(max(0, place - 2 * _REACH), min(len(reading.words), place + _REACH))
        if reading.words[number].clause == reading.words[place].clause
    ]
    return any(
        reading.words[number].stem in negative
        or (
            (reading.words[number].plain in _NEGATORS or number in negators(reading))
            and reading.words[number].segment == reading.words[place].segment
        )
        or are_opposites(word.plain, reading.words[number].plain)
        for number in near
    )


def _is_superlative(sentence: Reading, reading: Reading, place: int) -> bool:
    """Tell whether a source has the superlative of what a sentence has none of: "no other", for "the only"."""
    if not any(
        sentence.words[number].plain in ("no", "never", "none", "nobody", "not")
        for number in negators(sentence)
    ):
        return False
    at = reading.words[place].sentence
    return any(_SUPERLATIVE.fullmatch(word.plain) for word in reading.words if abs(word.sentence - at) == 0)


def _is_borne(alignment: Alignment, number: int) -> bool:
    """Tell whether the sources deny something, too, where a sentence does."""
    following = [
        word.plain for word in alignment.sentence.words[number + 1 : number + 1 + _REACH] if word.is_content
    ]
    for column, word in enumerate(alignment.words):
        place = alignment.places[column]
        if word.stem in _NEGATIVE or _NEGATIVE_PREFIX.match(word.plain) or _SUPERLATIVE.fullmatch(word.plain):
            return True
        if place.word in negators(alignment.readings[place.source]):
            return True
        if any(are_opposites(word.plain, plain) for plain in following):
            return True
    return False


def _shown(reading: Reading, place: int) -> str:
    start, end = reading.sentences[reading.words[place].sentence]
    return f"“{' '.join(reading.text[start:end].split())[:160]}”"
