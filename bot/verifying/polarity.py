"""Negation: what a sentence denies that its sources say, and the other way round.

Negation is one of the types of contradiction in Marneffe, Rafferty and Manning, "Finding Contradictions in Text", ACL
2008. News denies in many ways ("failed to", "no longer", "unharmed", "was cancelled"). A word that one side denies in
so many words counts as denied on the other wherever something beside it may deny it.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator

from bot.numbers import belongs_to_number
from bot.verifying.alignment import SAME, SYNONYM, Alignment, Place
from bot.verifying.excerpts import excerpt, written
from bot.verifying.grammar import word_after, word_before
from bot.verifying.negation import NEGATORS, REACH, negated, negators
from bot.verifying.reading import Reading, Word
from bot.verifying.relations import are_opposites
from bot.verifying.saying import SAYING
from bot.verifying.slots import around, best_fit
from index.words import stem

_NEGATIVE = frozenset(map(stem, (
    "deny", "refuse", "refusal", "reject", "rejection", "fail", "failure", "decline", "unable", "lack",
    "prevent", "avoid", "rule", "stop", "unlikely", "absence", "halt", "cancel", "scrap", "dismiss", "miss",
    "hardly", "barely", "scarcely", "rather", "instead", "unchanged", "nowhere", "block", "oppose", "ban",
    "short", "withdraw", "withdrew", "withdrawn", "drop", "abandon", "refute", "dispute", "contradict",
    "impossible", "still", "yet", "free", "veto", "rebuff", "shelve", "spare", "exempt", "exclude", "acquit",
    "clear", "zero", "nil", "stay", "keep", "kept", "remain", "unsuccessful", "few", "little", "vain",
    "moratorium", "freeze", "frozen", "suspend", "suspension", "cut", "break", "broke", "broken", "sever",
    "stall", "collapse", "waive", "forgo", "skip", "missing", "lose", "lost", "restore", "devoid", "against",
    "cease", "quash", "overturn", "rescind", "revoke", "lapse", "expire", "untouched", "bar", "forbid",
    "forbidden", "prohibit", "abstain", "abstention", "absent", "steady", "flat", "same", "secret", "undisclosed",
    "unknown", "unclear", "await",
)))  # fmt: skip
"""The stems of words that deny what comes after them, or themselves say that something is not."""
_STRONGLY_NEGATIVE = _NEGATIVE - frozenset(map(stem, (
    "still", "yet", "remain", "stay", "keep", "kept", "same", "few", "little", "against", "short", "clear",
    "free", "rule", "steady", "cut", "break", "drop",
)))  # fmt: skip
"""Those that hardly ever mean anything else."""
_DENYING_THEMSELVES = _STRONGLY_NEGATIVE | {"rule", "drop"}
_NEGATIVE_PREFIX = re.compile(
    r"un(?!der|til|ion|it|iv|less|ique|anim|cle)\w{3}|non-?\w|dis(?:agree|approv|allow|qualif|believ|regard)"
    r"|in(?:accura|correct|valid|effect|suffici|complete|nocen)|im(?:possib|prob)|ir(?:regul|rever)|il(?:leg|lic)"
)
_SUPERLATIVE = re.compile(r"first|only|sole|record|most|least|best|worst|last|all|every|latest|\w{3,}est")
_NO_EARLIER = re.compile(r"\b(?:no earlier than|not before|at the earliest|not until)\b")
_LIMITS = frozenset(("until", "till", "unless", "only"))
_LACKING = frozenset(("without", "lack", "lacks", "lacked", "yet", "no"))
"""Beside these, what a source has only "few" or "still" of is denied there, too."""
_NEVER_DENIED = NEGATORS | frozenset(("yet", "still", "already", "longer"))
_SPEAKS_OF_IT = 0.8
"""How much of what the best sentence says of it another has to say, to speak of it at all."""
_FITS = 0.45
"""How well what is around a word fits at least where its sentence does not speak of it (`bot.verifying.slots`)."""


def polarity_reasons(alignment: Alignment) -> Iterator[str]:
    """Yield where a sentence denies what its sources say, or says what they deny."""
    sentence = alignment.sentence
    for number, word in enumerate(sentence.words):
        if not _may_be_denied(word):
            continue
        place = _said_there(alignment, number, SAME) or _denied_in_other_words(alignment, number)
        if place is None or not _contradicts(alignment, number, place):
            continue
        said = excerpt(alignment.readings[place.source], place.word)
        if negated(sentence)[number]:
            yield f"The sentence denies “{word.text}”, which the passages do not: {said}."
        else:
            yield f"The passages deny “{word.text}”, which the sentence does not: {said}."
        return
    for number in negators(sentence):
        if not _is_borne(alignment, number):
            yield f"The sentence says “{_with_what_follows(sentence, number)}”, but the passages deny nothing."
            return


def denies_strongly(reading: Reading, number: int) -> bool:
    """Tell whether a word hardly ever means anything but that something is not: "not", "fail", "unchanged"."""
    word = reading.words[number]
    return word.plain in NEGATORS or word.stem in _STRONGLY_NEGATIVE or word.plain == "still"


def may_deny(reading: Reading, number: int) -> bool:
    """Tell whether a word may deny something: "not", "fail", "unharmed", "the first"."""
    word = reading.words[number]
    return bool(
        word.plain in NEGATORS
        or word.stem in _NEGATIVE
        or _NEGATIVE_PREFIX.match(word.plain)
        or _SUPERLATIVE.fullmatch(word.plain)
        or word.plain in ("out", "nor", "until", "unless", "before")
    )


def _may_be_denied(word: Word) -> bool:
    """Tell whether a word is held against the sources: no name, no figure, and nothing that denies or bounds."""
    is_name = word.named and not word.opens
    is_number = word.is_figure or belongs_to_number(word.plain)
    return word.is_content and not is_name and not is_number and word.plain not in _NEVER_DENIED


def _contradicts(alignment: Alignment, number: int, place: Place) -> bool:
    """Tell whether a word is denied in the sentence and not in the place where a source says it, or only there."""
    sentence, reading = alignment.sentence, alignment.readings[place.source]
    word, denied = sentence.words[number], negated(sentence)[number]
    if negated(reading)[place.word] == denied:
        return False
    if not denied and _only_denies_some(alignment, place):
        return False
    if word.stem not in _DENYING_THEMSELVES and (
        _denies(reading, place.word, word, _negative_for(sentence, number))
        if denied
        else _is_negative(sentence, number)
    ):
        return False
    if _is_until(sentence, number) != _is_until(reading, place.word) or _NO_EARLIER.search(sentence.text):
        return False
    return not (denied and _is_superlative(sentence, reading, place.word))


def _only_denies_some(alignment: Alignment, place: Place) -> bool:
    """Tell whether a source denies a kind of something that the sentence does not name: "no payment data"."""
    reading, number = alignment.readings[place.source], place.word
    kinds = []
    while number and reading.words[number - 1].is_content and reading.between(number - 1, number) == " ":
        number -= 1
        kinds.append(number)
    if not kinds or word_before(reading, number) != "no":
        return False
    rows = range(len(alignment.sentence.words))
    return any(alignment.best_match(rows, place.source, [kind]) < SYNONYM for kind in kinds)


def _denied_in_other_words(alignment: Alignment, number: int) -> Place | None:
    """Return where the sources deny a synonym of a word; that they do not deny one tells nothing."""
    if alignment.sentence.words[number].plain in SAYING:
        return None  # who declined to comment may have noted something
    place = _said_there(alignment, number, SYNONYM)
    if place is None or not negated(alignment.readings[place.source])[place.word]:
        return None
    took_place = word_after(alignment.readings[place.source], place.word) == "place"
    return None if took_place else place


def _said_there(alignment: Alignment, number: int, least_match: float) -> Place | None:
    """Return where the sources say a word of the sentence, in one that says much of it; None where none does."""
    places = [
        (place.source, place.word, place.word)
        for column, place in enumerate(alignment.places)
        if alignment.matches[number, column] >= least_match
    ]
    score, best = best_fit(alignment, around(alignment.sentence, number, number), places)
    if best is None:
        return None
    source, word, _ = best
    if score < _FITS and not alignment.speaks_of_it(source, word, _SPEAKS_OF_IT):
        return None
    return Place(source, word)


def _is_until(reading: Reading, number: int) -> bool:
    """Tell whether something is only denied up to a time: it does not resume before October."""
    return any(word.plain in _LIMITS for word in reading.words[max(0, number - 3) : number + REACH])


def _negative_for(sentence: Reading, number: int) -> frozenset[str]:
    """Return the stems of what denies a word as a sentence does: with "without" or "yet" more words do."""
    near = range(max(0, number - 4), number)
    before = {sentence.words[each].plain for each in near if word_after(sentence, each) != "longer"}
    return _NEGATIVE if before & _LACKING else _STRONGLY_NEGATIVE


def _is_negative(sentence: Reading, number: int) -> bool:
    """Tell whether the sentence denies a word in another way: by a word shortly before it, or with a prefix."""
    last = min(number + 1 + REACH, len(sentence.words))
    return any(
        _may_deny(sentence, place, before=place < number)
        for place in (*range(max(0, number - 2 * REACH), number), *range(number + 1, last))
        if sentence.words[place].segment == sentence.words[number].segment
    )


def _may_deny(sentence: Reading, number: int, *, before: bool) -> bool:
    """Tell whether a word may deny what is near it; some only do if they stand `before` that."""
    word = sentence.words[number]
    if before and (word.stem in _STRONGLY_NEGATIVE or _NEGATIVE_PREFIX.match(word.plain)):
        return True
    if word.plain in NEGATORS or number in negators(sentence):
        return True
    return [each.plain for each in sentence.words[number : number + 2]] in (["out", "of"], ["first", "time"])


def _denies(reading: Reading, place: int, word: Word, negative: Collection[str]) -> bool:
    """Tell whether the clause that says a word has another way to deny it: "exports have been suspended"."""
    at = reading.words[place]
    return any(
        (other.stem in negative and reading.text[other.end : other.end + 1] != "-")
        or ((other.plain in NEGATORS or number in negators(reading)) and other.segment == at.segment)
        or are_opposites(word.plain, other.plain)
        for number, other in enumerate(reading.words)
        if number >= place - 2 * REACH and other.clause == at.clause
    )


def _is_superlative(sentence: Reading, reading: Reading, place: int) -> bool:
    """Tell whether a source has the superlative of what a sentence has none of: "no other", for "the only"."""
    if not any(
        sentence.words[number].plain in ("no", "never", "none", "not") for number in negators(sentence)
    ):
        return False
    return any(_SUPERLATIVE.fullmatch(reading.words[near].plain) for near in _same_sentence(reading, place))


def _same_sentence(reading: Reading, number: int) -> list[int]:
    return reading.of_sentence(reading.words[number].sentence)


def _is_borne(alignment: Alignment, number: int) -> bool:
    """Tell whether the sources deny something, too, where a sentence does."""
    behind = alignment.sentence.words[number + 1 : number + 1 + REACH]
    following = [word.plain for word in behind if word.is_content]
    return any(map(negators, alignment.readings)) or any(
        word.stem in _NEGATIVE
        or _NEGATIVE_PREFIX.match(word.plain)
        or _SUPERLATIVE.fullmatch(word.plain)
        or any(are_opposites(word.plain, plain) for plain in following)
        for word in alignment.words
    )


def _with_what_follows(sentence: Reading, number: int) -> str:
    """Return a word that denies with up to two words behind it: "without warning the", "didn't resign on"."""
    first = number - 1 if sentence.words[number].plain == "t" else number
    segment = sentence.words[number].segment
    near = range(number, min(number + 3, len(sentence.words)))
    return written(sentence, (first, *(place for place in near if sentence.words[place].segment == segment)))
