"""Doubts: why the best sentence is no answer, however well it matches.

A near miss, a question whose who, where, when or quantity was swapped for another, finds the sentence that answers the
original. What gives it away are words: a name that is not there, a like one in its place, killed for wounded, another
year. Each of these is a reason to decline that a reader can check.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from bot.answering.amounts import counts_people, is_year, lacks_amount
from bot.answering.asked import Asked
from bot.answering.borne_out import ShareOfArticles, missing_names, stems_of, strange_words
from bot.answering.contrasts import contrasts, speaks_in_names, topic_instead, unspoken
from bot.answering.directions import turned_round
from bot.answering.evidence import Evidence
from bot.answering.measures import lacks_measure
from bot.answering.naming import names_of, other_name, speaking_words
from bot.answering.owners import other_owner
from bot.answering.standing_alone import context_start
from index.retrieval import RetrievedPassage
from index.words import stem, words

_OPINION = re.compile(
    r"\b(?:do you (?:\w+ )?(?:like|think|prefer|believe|love|hate|feel|want)|should (?:i|we)"
    r"|would you (?:say|recommend|rather|prefer|advise|like|choose|buy)"
    r"|your (?:\w+ )?(?:opinion|favou?rite|view)|which (?:do|would) you)\b"
    r"|\bwho(?:['’]s| is| are) the (?:best|worst|greatest|nicest)\b(?!-)",
    re.I,
)
_CIRCUMSTANCE = frozenset(
    ("when", "after", "before", "while", "because", "since", "if", "once", "until", "although")
)


def doubt_about(
    asked: Asked, best: Evidence, found: Sequence[RetrievedPassage], share: ShareOfArticles
) -> str | None:
    """Return why `best` does not answer, as a sentence for the reader, or None.

    `found` is all that was found, `share` tells how many of all articles hold a word that begins so.
    """
    return (
        _no_report(asked)
        or _something_else(asked, best)
        or _unmentioned(asked, best, found, share)
        or _not_given(asked, best)
    )


def _no_report(asked: Asked) -> str | None:
    """Tell that an opinion or advice is asked for, which no article gives for the bot."""
    if _OPINION.search(asked.text):
        return "That asks for an opinion or for advice; the articles only report."
    return None


def _something_else(asked: Asked, best: Evidence) -> str | None:
    """Tell what the sentence speaks of in the place of what is asked about."""
    text = best.sentence.reading
    leant_on = _stems_leant_on(best)
    for name in asked.names:
        other = other_name(name, text)
        if not other or {stem(word) for word in words(other)} <= asked.all_stems:
            continue
        if not {stem(word) for word in words(name)} <= leant_on:
            return _instead(other, name)
    article = best.sentence.source.article
    before = words(article.text[: best.sentence.start])
    topic = topic_instead(asked.words, words(text), before, words(article.title or ""))
    if topic:
        return _instead(topic.instead, topic.asked)
    owner = other_owner(asked.text, text)
    if owner:
        return _instead(*owner)
    turned = turned_round(asked.text, text)
    if turned:
        return f"What comes nearest is the other way round, {turned}."
    for contrast in contrasts(asked.words, speaking_words(text, names_of(text), speaks_in_names)):
        return _instead(contrast.instead, contrast.asked)
    return None


def _unmentioned(
    asked: Asked, best: Evidence, found: Sequence[RetrievedPassage], share: ShareOfArticles
) -> str | None:
    """Tell what its passage does not speak of."""
    source = best.sentence.source
    asks, circumstances = _main_and_circumstances(asked.words)
    missing = [
        *missing_names(asked, source, share),
        *unspoken(asks, stems_of(source)),
        *unspoken(circumstances, {stem(word) for word in words(source.article.text)}),
        *strange_words(asked, source),
    ]
    if not missing:
        return None
    held = {word for source in found for word in stems_of(source)}
    nowhere = [name for name in missing if not any(stem(word) in held for word in words(name))]
    if nowhere:
        return f"No passage found speaks of {_listed(nowhere)}."
    return f"What comes nearest does not speak of {_listed(missing)}."


def _main_and_circumstances(asked: Sequence[str]) -> tuple[Sequence[str], Sequence[str]]:
    """Return the words that a question asks by, and those that tell when, why or of which.

    "... when the town was evacuated", "... of the 41 injured": these may be spoken of anywhere in the article.
    """
    at = next((place for place, word in enumerate(asked) if place > 2 and word in _CIRCUMSTANCE), len(asked))
    known = {
        place
        for place in range(3, at)
        if asked[place - 1][0].isdigit() and list(asked[place - 3 : place - 1]) == ["of", "the"]
    }
    asks = [word for place, word in enumerate(asked[:at]) if place not in known]
    return asks, [*(asked[place] for place in sorted(known)), *asked[at:]]


def _not_given(asked: Asked, best: Evidence) -> str | None:
    """Tell what the sentence does not give: the number, the sum, the measure, the office or the year asked for."""
    text = best.sentence.reading
    if best["counted"] == -1 and not counts_people(asked.amount):
        return f"What comes nearest gives no number of {' '.join(asked.amount.counted)}."
    if lacks_amount(asked.amount, best.sentence.captioned, asked.all_stems):
        return "What comes nearest does not say how much."
    if asked.measure and lacks_measure(asked.measure, text):
        return f"What comes nearest does not say {asked.measure.asked}."
    if best["office"] < 0:
        return "What comes nearest does not say who holds such an office."
    if best["another year"]:
        wanted = [word for word in words(asked.text) if is_year(word)]
        return _instead(
            _listed(word for word in words(text) if is_year(word) and word not in wanted), _listed(wanted)
        )
    return None


def _stems_leant_on(best: Evidence) -> set[str]:
    """Return the stems of the sentence before, where this one leans on it: "She may carry less than the Tern was"."""
    start = context_start(best.sentence)
    if start is None or best.sentence.row:
        return set()
    return {stem(word) for word in words(best.sentence.source.article.text[start : best.sentence.start])}


def _instead(found: str, asked: str) -> str:
    return f"What comes nearest speaks of {found}, not of {asked}."


def _listed(names: Iterable[str]) -> str:
    return " or ".join(dict.fromkeys(names))
