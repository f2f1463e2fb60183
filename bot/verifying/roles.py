"""Who does what to whom: whether a sentence has turned round what its sources say."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache

from bot.answering.naming import TITLES
from bot.verbs import verbs
from bot.verifying.alignment import SAME, SYNONYM, Alignment
from bot.verifying.grammar import is_passive
from bot.verifying.figures import figures_in
from bot.verifying.reading import Reading
from bot.verifying.relations import are_converse, are_synonyms
from bot.verifying.saying import SAYING

_BE = frozenset(("is", "are", "was", "were", "be", "been", "being", "got", "gets"))
_SKIPPED = frozenset((
    "has", "have", "had", "will", "would", "can", "could", "may", "might", "must", "should", "did", "does", "do", "not", "also",
    "to", "then", "later", "again", "still", "now", "just", "only", "reportedly", "allegedly", "never", "t", "already",
    "since", "narrowly", "previously", "first", "finally", "eventually", "comfortably",
)) | _BE  # fmt: skip
_ENDS = frozenset((
    "in", "on", "at", "by", "with", "for", "from", "to", "after", "before", "during", "of", "over", "under", "as", "that", "who",
    "which", "when", "while", "where", "because", "and", "but", "or", "into", "against", "than", "if", "since", "until",
    "is", "are", "was", "were", "has", "have", "had", "will", "would", "can", "could", "may", "might", "whom", "whose",
    "through", "about", "near", "off", "out", "up", "down", "between", "among", "without", "despite", "amid", "following",
))  # fmt: skip
_FROM = frozenset(("from",))
_TO = frozenset(("to", "into", "towards", "toward"))
_DYING = frozenset(["die", "dies", "died", "dying"])
_MEANS_THE_SAME = 0.65
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
    told = (
        _deed(reading, number)
        for number, word in enumerate(reading.words)
        if (
            word.plain in known or word.plain in _MORE_VERBS or (word.plain.endswith("ed") and not word.named)
        )
        and not _is_noun(reading, number)
        and word.plain not in SAYING
    )
    return (*told, *_named_deeds(reading))


_WON = frozenset(("win", "victory", "triumph", "wins", "victories"))


def _named_deeds(reading: Reading) -> Iterator[Deed]:
    """Give the deeds that a text tells of by a noun: "the takeover of A by B", "a win over B", "A's defeat by B"."""
    words = reading.words
    for number, word in enumerate(words):
        after = [each.plain for each in words[number + 1 : number + 12] if each.sentence == word.sentence]
        if word.plain in _WON and after[:1] == ["over"]:
            yield Deed(number, _noun_before_clause(reading, number), _noun_after(reading, number + 2), (), ())
        elif word.plain in ("suit", "lawsuit", "complaint") and after[:1] == ["against"] and number > 2:
            yield Deed(number, _noun_before(reading, number - 2), _noun_after(reading, number + 2), (), ())
        elif word.plain == "defeat" and after[:1] == ["by"]:
            yield Deed(number, _noun_after(reading, number + 2), _owner(reading, number), (), ())
        elif after[:1] == ["of"] and "by" in after and not word.named:
            at = number + 1 + after.index("by")
            done_to = tuple(place for place in range(number + 2, at) if words[place].is_content)
            yield Deed(number, _noun_after(reading, at + 1), done_to, (), ())


def _owner(reading: Reading, number: int) -> tuple[int, ...]:
    found = tuple(place for place in range(max(0, number - 5), number) if reading.words[place].named)
    return found if re.search(r"['’]s? (?:\w+ )?$", reading.text[: reading.words[number].start]) else ()


def _noun_before_clause(reading: Reading, number: int) -> tuple[int, ...]:
    """Return the names before a word in its sentence: whoever has won."""
    words = reading.words
    return tuple(
        place
        for place in range(number)
        if words[place].sentence == words[number].sentence and words[place].named
    )[:4]


_MORE_VERBS = frozenset((
    "beat", "beats", "lost", "loses", "lose", "overtook", "overtakes", "sued", "sues", "bought", "sold", "gave", "took", "hit",
    "led", "paid", "owes", "owed", "leads", "shot", "met", "sent", "lent", "taught", "fed", "won", "fought",
))  # fmt: skip


def _is_noun(reading: Reading, number: int) -> bool:
    before = reading.words[number - 1].plain if number else ""
    return before in (
        "the",
        "a",
        "an",
        "its",
        "his",
        "her",
        "their",
        "of",
        "s",
        "this",
        "that's",
        "no",
        "any",
        "some",
    )


def _deed(reading: Reading, verb: int) -> Deed:
    words = reading.words
    before = _noun_before(reading, verb)
    after = _noun_after(reading, verb + 1)
    by = _after_preposition(reading, verb, frozenset(("by",)))
    passive = bool(by) or is_passive(reading, verb)
    if verb > 1 and words[verb - 1].plain == "and" and not passive:
        # "X did this and took that"
        earlier = [each for each in range(max(0, verb - 24), verb - 1) if _is_told(reading, each, verb)]
        if earlier:
            before = _noun_before(reading, earlier[0]) or before
    source, goal = _after_preposition(reading, verb, _FROM), _after_preposition(reading, verb, _TO)
    if passive:
        return Deed(verb, by, before, source, goal)
    return Deed(verb, before, after, source, goal)


def _is_told(reading: Reading, number: int, verb: int) -> bool:
    word = reading.words[number]
    return (
        word.sentence == reading.words[verb].sentence
        and (word.plain in verbs().past or word.plain in verbs().third)
        and not _is_noun(reading, number)
    )


def _noun_before(reading: Reading, verb: int) -> tuple[int, ...]:
    words = reading.words
    found: list[int] = []
    for number in range(verb - 1, -1, -1):
        word = words[number]
        if word.sentence != words[verb].sentence or len(found) >= _LONGEST:
            break
        if not found and (word.plain in _SKIPPED or word.plain.endswith("ly")):
            continue
        if word.plain in (
            "that",
            "when",
            "while",
            "but",
            "because",
            "said",
            "if",
            "as",
            "after",
            "before",
            "where",
            "whom",
        ):
            break
        if word.plain in ("who", "which") and not found:
            continue
        if (
            found
            and "," in reading.between(number, number + 1)
            and not _is_apposition(reading, number, found)
        ):
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
        if word.plain in _ENDS and word.plain not in ("of", "and"):
            break
        if (
            found
            and "," in reading.between(number - 1, number)
            and not (word.named and not words[number - 1].named)
        ):
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
    turned = _turned_direction(alignment)
    if turned:
        yield turned
        return
    for deed in deeds_in(alignment.sentence):
        for source, reading in enumerate(alignment.readings):
            for own in deeds_in(reading):
                if not _speaks_of_it(alignment, source, own) or not _same_verb(alignment, deed, source, own):
                    continue
                converse = are_converse(_verb(alignment.sentence, deed.verb), _verb(reading, own.verb))
                other = _turned(own) if converse else own
                if converse and _is_same_agent(alignment, deed, source, own):
                    yield f"The passages have it the other way round: “{_told(reading, own)}”."
                    return
                if _is_turned_round(alignment, deed, source, other, converse=converse):
                    yield f"The passages have it the other way round: “{_told(reading, own)}”."
                    return


def _is_same_agent(alignment: Alignment, deed: Deed, source: int, own: Deed) -> bool:
    """Tell whether somebody gives what the sources have them receive."""
    if not (deed.agent and own.agent) or _alike(alignment, deed.agent, source, own.agent) < _SURELY:
        return False
    if not (deed.patient and own.patient):
        return bool(deed.source or deed.goal or own.source or own.goal)
    return _alike(alignment, deed.patient, source, own.patient) >= _AT_LEAST


def _told(reading: Reading, deed: Deed) -> str:
    start, end = reading.sentences[reading.words[deed.verb].sentence]
    return " ".join(reading.text[start:end].split())[:160]


_TAKING = frozenset(("take", "takes", "took", "taken", "taking"))


def _verb(reading: Reading, number: int) -> str:
    """Return a verb in lower case, what takes something over as what acquires it."""
    word = reading.words[number].plain
    after = reading.words[number + 1].plain if number + 1 < len(reading.words) else ""
    return "acquire" if word in _TAKING and after == "over" else word


def _speaks_of_it(alignment: Alignment, source: int, own: Deed) -> bool:
    sentence = alignment.sentences[alignment.column(source, own.verb)]
    return float(alignment.covered[sentence]) >= 0.7 * float(alignment.covered.max(initial=0.0))


def _same_verb(alignment: Alignment, deed: Deed, source: int, own: Deed) -> bool:
    match = float(alignment.matches[deed.verb, alignment.column(source, own.verb)])
    verb, other = _verb(alignment.sentence, deed.verb), _verb(alignment.readings[source], own.verb)
    if _DYING & {verb, other}:
        return verb == other
    return (
        match >= SYNONYM or are_converse(verb, other) or are_synonyms(verb, other) or match >= _MEANS_THE_SAME
    )


def _turned(deed: Deed) -> Deed:
    """Return a deed as its converse tells it: who buys from somebody is sold to by them."""
    if deed.source or deed.goal:
        return Deed(
            deed.verb,
            deed.source or deed.goal,
            deed.patient,
            deed.agent if deed.goal else (),
            deed.agent if deed.source else (),
        )
    return Deed(deed.verb, deed.patient, deed.agent, (), ())


def _is_turned_round(alignment: Alignment, deed: Deed, source: int, own: Deed, *, converse: bool) -> bool:
    for one, other, mine, theirs in (
        (deed.agent, deed.patient, own.agent, own.patient),
        (deed.source, deed.goal, own.source, own.goal),
        (deed.agent, deed.source, own.agent, own.source),
        (deed.agent, deed.goal, own.agent, own.goal),
    ):
        if not (one and other and mine and theirs):
            continue
        if len(one) > len(other) * 4:
            continue
        straight = _alike(alignment, one, source, mine) + _alike(alignment, other, source, theirs)
        over, back = _alike(alignment, one, source, theirs), _alike(alignment, other, source, mine)
        if over + back > straight + _CLEARLY and min(over, back) >= _AT_LEAST:
            return True
    if converse:
        return False
    return _is_done_by_whom_it_is_done_to(alignment, deed, source, own) or _has_another_agent(
        alignment, deed, source, own
    )


def _is_done_by_whom_it_is_done_to(alignment: Alignment, deed: Deed, source: int, own: Deed) -> bool:
    """Tell whether somebody does what is done to them in a source that leaves open who does it."""
    if own.agent or not (deed.agent and deed.patient and own.patient):
        return False
    return (
        _alike(alignment, deed.agent, source, own.patient) > _SURELY
        and _alike(alignment, deed.patient, source, own.patient) < _HARDLY
    )


def _has_another_agent(alignment: Alignment, deed: Deed, source: int, own: Deed) -> bool:
    """Tell whether two in the sentence have changed places, each of whom the sources have as the other one."""
    sentence, reading = alignment.sentence, alignment.readings[source]
    for one, mine in ((deed.agent, own.agent), (deed.patient, own.patient)):
        if not one or not mine or _alike(alignment, one, source, mine) >= _HARDLY:
            continue
        at = reading.words[own.verb].sentence
        others = [place for place in reading.of_sentence(at) if place not in mine]
        elsewhere = [number for number in range(len(sentence.words)) if number not in one]
        named = [number for number in one if sentence.words[number].named]
        their_names = [place for place in mine if reading.words[place].named]
        columns = [alignment.column(source, place) for place in their_names]
        if len(one) == len(mine) == 1 and deed.agent == one and _is_same_word(alignment, deed, source, own):
            named, their_names = list(one), list(mine)
            columns = [alignment.column(source, place) for place in mine]
        if not named or not their_names or not elsewhere or not others:
            continue
        moved = all(
            float(alignment.matches[number, [alignment.column(source, place) for place in others]].max())
            >= SYNONYM
            for number in named
        )
        back = (
            float(alignment.matches[elsewhere][:, columns].max(axis=0).min()) >= _SURELY if columns else False
        )
        if moved and back:
            return True
    return False


def _is_same_word(alignment: Alignment, deed: Deed, source: int, own: Deed) -> bool:
    return float(alignment.matches[deed.verb, alignment.column(source, own.verb)]) >= SAME


_AT_LEAST = 0.5
_SURELY = 0.8
_HARDLY = 0.45


def _alike(alignment: Alignment, words: Sequence[int], source: int, others: Sequence[int]) -> float:
    """Return how far words of the sentence say what some words of a source say (0..1)."""
    columns = [alignment.column(source, other) for other in others]
    telling = [word for word in words if alignment.sentence.words[word].stem not in TITLES] or list(words)
    best = [max(0.0, float(alignment.matches[word, columns].max())) for word in telling]
    return sum(best) / len(best)


_WAY = re.compile(
    r"\bfrom (?:the )?(?P<start>(?:neighbouring )?[A-ZÀ-Þ][\w’'-]+)(?: [A-ZÀ-Þ][\w’'-]+)* (?:in|on)?to (?:the )?"
    r"(?P<goal>(?:neighbouring )?[A-ZÀ-Þ][\w’'-]+)"
)
_FROM_OR_TO = re.compile(
    r"\b(?P<way>from|out of|to|into|towards?|for) (?:the )?(?:neighbouring )?(?P<name>[A-ZÀ-Þ][\w’'-]+)"
)


def _turned_direction(alignment: Alignment) -> str | None:
    """Return where the sentence goes where its sources come from, if these say both."""
    sentence = alignment.sentence.text
    for source in alignment.readings:
        for way in _WAY.finditer(source.text):
            start, goal = way["start"].split()[-1], way["goal"].split()[-1]
            if any(f"from {goal}" in each.text or f"to {start}" in each.text for each in alignment.readings):
                continue
            for said in _FROM_OR_TO.finditer(sentence):
                leaves = said["way"] in ("from", "out of")
                if said["name"] == (goal if leaves else start) and said["way"] != "for":
                    return f"The passages say “{way[0]}”, not “{said[0]}”."
    return None
