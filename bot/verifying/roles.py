"""Who does what to whom: whether a sentence has turned round what its sources say."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache

from bot.evaluation.drafting.verbs import verbs
from bot.verifying.alignment import SYNONYM, Alignment
from bot.verifying.figures import figures_in
from bot.verifying.reading import Reading
from bot.verifying.relations import are_converse
from bot.verifying.speakers import SAYING

_BE = frozenset(("is", "are", "was", "were", "be", "been", "being", "got", "gets"))
_SKIPPED = frozenset((
    "has", "have", "had", "will", "would", "can", "could", "may", "might", "must", "should", "did", "does", "do", "not", "also",
    "to", "then", "later", "again", "still", "now", "just", "only", "reportedly", "allegedly", "never", "t", "already",
    "since", "narrowly", "previously", "first", "finally", "eventually", "comfortably",
)) | _BE  # fmt: skip
_ENDS = frozenset((
    "in", "on", "at", "by", "with", "for", "from", "to", "after", "before", "during", "of", "over", "under", "as", "that", "who",
    "which", "when", "while", "where", "because", "and", "but", "or", "into", "against", "than", "if", "since", "until",
    "through", "about", "near", "off", "out", "up", "down", "between", "among", "without", "despite", "amid", "following",
))  # fmt: skip
_FROM = frozenset(("from",))
_TO = frozenset(("to", "into", "towards", "toward"))
_LONGEST = 8
_CLEARLY = 0.35
"""How much better the roles have to fit turned round."""


@dataclass(frozen=True, slots=True)
class Deed:
    """A verb with the words that say who does it, to whom, and from and to where or whom; any may be missing."""

    verb: int
    agent: tuple[int, ...]
    patient: tuple[int, ...]
    source: tuple[int, ...]
    goal: tuple[int, ...]


@lru_cache(maxsize=512)
def deeds_in(reading: Reading) -> tuple[Deed, ...]:
    """Return the deeds that a text tells of, active and passive alike."""
    known = verbs().all
    return tuple(
        _deed(reading, number)
        for number, word in enumerate(reading.words)
        if (word.plain in known or word.plain in _MORE_VERBS or (word.plain.endswith("ed") and not word.named))
        and not _is_noun(reading, number)
        and word.plain not in SAYING
    )


_MORE_VERBS = frozenset((
    "beat", "beats", "lost", "loses", "lose", "overtook", "overtakes", "sued", "sues", "bought", "sold", "gave", "took", "hit",
    "led", "paid", "owes", "owed", "leads", "shot", "met", "sent", "lent", "taught", "fed", "won", "fought",
))  # fmt: skip


def _is_noun(reading: Reading, number: int) -> bool:
    before = reading.words[number - 1].plain if number else ""
    return before in ("the", "a", "an", "its", "his", "her", "their", "of", "s", "this", "that's", "no", "any", "some")


def _deed(reading: Reading, verb: int) -> Deed:
    words = reading.words
    before = _noun_before(reading, verb)
    after = _noun_after(reading, verb + 1)
    helpers = [words[number].plain for number in range(max(0, verb - 4), verb) if words[number].clause == words[verb].clause]
    by = _after_preposition(reading, verb, frozenset(("by",)))
    passive = bool(by) or bool(helpers and any(helper in _BE for helper in helpers[-3:]) and words[verb].plain.endswith(("ed", "en", "t", "n", "ld", "id", "ft")))
    source, goal = _after_preposition(reading, verb, _FROM), _after_preposition(reading, verb, _TO)
    if passive:
        return Deed(verb, by, before, source, goal)
    return Deed(verb, before, after, source, goal)


def _noun_before(reading: Reading, verb: int) -> tuple[int, ...]:
    words = reading.words
    found: list[int] = []
    for number in range(verb - 1, -1, -1):
        word = words[number]
        if word.sentence != words[verb].sentence or len(found) >= _LONGEST:
            break
        if not found and (word.plain in _SKIPPED or word.plain.endswith("ly")):
            continue
        if word.plain in ("that", "when", "while", "but", "because", "said", "if", "as", "after", "before", "where"):
            break
        if word.plain in ("who", "which") and not found:
            continue
        if found and "," in reading.between(number, number + 1) and not _is_apposition(reading, number, found):
            break
        found.append(number)
    return tuple(number for number in reversed(found) if words[number].is_content)


def _is_apposition(reading: Reading, number: int, found: Sequence[int]) -> bool:
    """Tell whether what stands before a comma is still who does it: "Vuzo, a streaming service, sued"."""
    return reading.words[number].named and len(found) < 6


def _noun_after(reading: Reading, first: int) -> tuple[int, ...]:
    words = reading.words
    found: list[int] = []
    for number in range(first, min(first + _LONGEST, len(words))):
        word = words[number]
        if word.sentence != words[first].sentence or (number > first and word.clause != words[first].clause):
            break
        if word.plain in _ENDS and word.plain not in ("of", "and") or (found and "," in reading.between(number - 1, number)):
            break
        found.append(number)
    return tuple(number for number in found if words[number].is_content and not words[number].is_figure)


def _after_preposition(reading: Reading, verb: int, prepositions: frozenset[str]) -> tuple[int, ...]:
    words = reading.words
    for number in range(verb + 1, min(verb + 14, len(words) - 1)):
        if words[number].sentence != words[verb].sentence:
            break
        if words[number].plain in prepositions:
            # "by 3 percent" and "to 7 percent" are measures, nobody.
            figure = any(each.first - 1 <= number + 1 <= each.last for each in figures_in(reading))
            return () if figure or number + 1 == len(words) else _noun_after(reading, number + 1)
    return ()


def role_reasons(alignment: Alignment) -> Iterator[str]:
    """Yield where a sentence has somebody do what is done to them in the sources, or go where they come from."""
    for deed in deeds_in(alignment.sentence):
        for source, reading in enumerate(alignment.readings):
            for own in deeds_in(reading):
                if not _speaks_of_it(alignment, source, own) or not _same_verb(alignment, deed, source, own):
                    continue
                verb = alignment.sentence.words[deed.verb].plain
                other = _turned(own) if are_converse(verb, reading.words[own.verb].plain) else own
                if _is_turned_round(alignment, deed, source, other):
                    start, end = reading.sentences[reading.words[own.verb].sentence]
                    said = " ".join(reading.text[start:end].split())[:160]
                    yield f"The passages have it the other way round: “{said}”."
                    return


def _speaks_of_it(alignment: Alignment, source: int, own: Deed) -> bool:
    sentence = alignment.sentences[alignment.column(source, own.verb)]
    return float(alignment.covered[sentence]) >= 0.7 * float(alignment.covered.max(initial=0.0))


def _same_verb(alignment: Alignment, deed: Deed, source: int, own: Deed) -> bool:
    match = float(alignment.matches[deed.verb, alignment.column(source, own.verb)])
    verb, other = alignment.sentence.words[deed.verb].plain, alignment.readings[source].words[own.verb].plain
    return match >= SYNONYM or are_converse(verb, other) or match >= 0.6


def _turned(deed: Deed) -> Deed:
    """Return a deed as its converse tells it: who buys from somebody is sold to by them."""
    if deed.source or deed.goal:
        return Deed(deed.verb, deed.source or deed.goal, deed.patient, deed.agent if deed.goal else (), deed.agent if deed.source else ())
    return Deed(deed.verb, deed.patient, deed.agent, (), ())


def _is_turned_round(alignment: Alignment, deed: Deed, source: int, own: Deed) -> bool:
    for one, other, mine, theirs in (
        (deed.agent, deed.patient, own.agent, own.patient),
        (deed.source, deed.goal, own.source, own.goal),
        (deed.agent, deed.source, own.agent, own.source),
        (deed.agent, deed.goal, own.agent, own.goal),
    ):
        if not (one and other and mine and theirs):
            continue
        straight = _alike(alignment, one, source, mine) + _alike(alignment, other, source, theirs)
        crossed = _alike(alignment, one, source, theirs) + _alike(alignment, other, source, mine)
        if crossed > straight + _CLEARLY:
            return True
    return False


def _alike(alignment: Alignment, words: Sequence[int], source: int, others: Sequence[int]) -> float:
    """Return how far words of the sentence say what some words of a source say (0..1)."""
    columns = [alignment.column(source, other) for other in others]
    best = [max(0.0, float(alignment.matches[word, columns].max())) for word in words]
    return sum(best) / len(best)
