"""Verbs of saying: which words of a text say that somebody says something."""

from __future__ import annotations

import re

from bot.verifying.grammar import word_after, word_before
from bot.verifying.reading import Reading

SAYING = frozenset((
    "said", "says", "say", "told", "tells", "tell", "stated", "states", "added", "adds", "announced",
    "announces", "reported", "reports", "noted", "notes", "declared", "declares", "explained", "explains",
    "insisted", "insists", "stressed", "stresses", "claimed", "claims", "argued", "argues", "estimated",
    "estimates", "estimate", "warned", "warns", "predicted", "predicts", "forecast", "forecasts", "suggested",
    "suggests", "believes", "believed", "expects", "expected", "confirmed", "confirms", "denied", "denies",
    "acknowledged", "admitted", "conceded", "alleged", "alleges", "accused", "accuses", "testified", "wrote",
    "writes", "commented", "remarked", "recalled", "revealed", "disclosed", "described", "describes",
    "called", "calls", "urged", "urges", "promised", "promises", "vowed", "pledged", "complained",
    "criticised", "criticized", "praised", "maintained", "maintains", "put", "puts", "pointed", "replied",
    "responded", "asked", "demanded", "cautioned", "concluded", "assured", "emphasised", "emphasized",
    "projected", "projects", "attributed", "attributes", "blamed", "blames", "found", "calculated", "reckons",
    "reckoned", "measured", "recorded", "quoted", "observed", "thinks", "thought", "hopes", "hoped", "fears",
    "feared", "rejected", "dismissed", "disputed", "disputes",
))  # fmt: skip
PLAIN_VERBS = frozenset((
    "said", "says", "say", "stated", "states", "added", "adds", "noted", "declared", "explained", "insisted",
    "stressed", "claimed", "claims", "argued", "argues", "warned", "warns", "wrote", "commented", "remarked",
    "replied", "testified", "recalled", "complained", "admitted", "conceded", "acknowledged", "estimated",
    "predicted", "announced", "reported", "confirmed", "cautioned", "maintained", "suggested", "concluded",
    "emphasised", "emphasized", "believes", "alleged", "revealed", "disclosed",
))  # fmt: skip
"""Verbs that whoever says it may stand behind: "..., said Ida Holm"; whom somebody told is the hearer."""
_NEVER_BEFORE = frozenset((
    "with", "as", "for", "in", "at", "by", "on", "to", "be", "been", "being", "is", "was", "were", "are",
    "the", "a", "an", "of", "its", "their", "his", "her",
))  # fmt: skip
"""Before these words it is a noun, or somebody is said to do something."""
_OF_IT = re.compile(r"\s(?:that|the|it|at|them|his|her|on|for|him|this|\d|“|\")")
_OF_AMOUNTS = re.compile(r"\s(?:that|the|a|an|it|at|this|\d)\b|\s?[.,;]|$")
_AT = re.compile(r"\s(?:[\w’'-]+\s){1,5}(?:at|down to)\b")
_A_CLAUSE = re.compile(r"\s?(?:that\b|[,.;“\"]|the\b|it\b|he\b|she\b|they\b|its\b)")
_A_CLAIM = re.compile(r"\s(?:that|responsibility|credit|to|it|the|they|he|she)\b|[,.]")
_NEEDS = {
    **dict.fromkeys(("found", "called", "calls", "recorded", "asked", "described", "describes"), _OF_IT),
    **dict.fromkeys(
        ("forecast", "forecasts", "estimate", "estimates", "reports", "measured", "observed", "thought"),
        _OF_AMOUNTS,
    ),
    **dict.fromkeys(("put", "puts"), _AT),
    **dict.fromkeys(("added", "adds"), _A_CLAUSE),
    **dict.fromkeys(("claimed", "claims"), _A_CLAIM),
}
"""What has to come after verbs that are no verbs of saying else: "added that", not "added two"."""


def says(reading: Reading, number: int) -> bool:
    """Tell whether a word of a text says that somebody says something."""
    word = reading.words[number]
    if word.plain not in SAYING or word_before(reading, number) in _NEVER_BEFORE:
        return False
    if word_after(reading, number) == "to" and word.plain not in ("said", "says", "told"):
        return False  # "people confirmed to have died", "expects to report"
    needed = _NEEDS.get(word.plain)
    return needed is None or needed.match(reading.text, word.end) is not None
