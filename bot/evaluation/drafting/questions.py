"""Questions as they are proposed, and the test that each of them has to pass: it can be asked by itself."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from bot.answering.amounts import is_year
from bot.evaluation.drafting.name_words import BODY_NOUNS
from bot.evaluation.drafting.runs import bare
from bot.evaluation.drafting.tokens import Token, TokenKind, Tokens, tokens_of
from bot.evaluation.drafting.word_classes import (
    CONJUNCTIONS,
    CONTRACTIONS,
    DETERMINERS,
    FUNCTION_WORDS,
    JOINING,
    MONTHS,
    NEGATIONS,
    POSSESSIVES,
    PREPOSITIONS,
    PRONOUNS,
    RELATIVE_TIMES,
    WEEKDAYS,
)
from bot.evaluation.matching import holds_any

_SHORTEST, _LONGEST = 4, 25
"""In words."""
_MUCH = 6
"""Content words and figures that say what a question is about without a name."""
_VAGUE = frozenset((
    "company", "report", "team", "move", "decision", "pair", "duo", "firm", "study", "statement", "case", "figure",
    "figures", "number", "numbers", "document", "suspect", "victim", "victims", "man", "woman", "authorities",
    "officials", "program", "programme", "order", "bill", "law", "article", "story", "post", "show", "film", "movie",
    "book", "song", "event", "incident", "attack", "state", "city", "country", "plan", "measure", "proposal", "deal",
    "agreement", "game", "season", "series", "rest", "result", "results", "change", "increase", "decrease", "total",
    "government", "judge", "jury", "couple", "family", "page", "president", "site", "campaign", "town", "village",
    "county", "region", "area", "building", "crash", "fire", "storm", "vote", "election", "trial", "meeting", "tweet",
    "letter", "video", "project", "airline", "ministry", "minister", "mayor", "governor", "senator", "charges", "pilot",
    "charge", "event", "move", "tour", "match", "race", "contract", "former", "latter",
    "crew", "ship", "shooting", "shooter", "gunman", "strike", "ban", "fund", "funds", "money", "process", "situation",
    "nation", "front", "store", "app", "list", "trip", "visit", "album", "channel", "restaurant", "lawsuit", "suit",
    "network", "investigation", "ruling", "verdict", "sentence", "virus", "disease", "vaccine", "outbreak", "pandemic",
    "facility", "plant", "species", "animal", "child", "boy", "girl", "baby", "mother", "father", "brand", "product",
)) | (frozenset(BODY_NOUNS) - {"senate"})  # fmt: skip
"""What points back to something named before, where nothing stands behind it that says which."""
_SAYING_WHICH = frozenset(
    ("of", "for", "in", "that", "which", "who", "to", "between", "against", "on", "at", "from")
)
_NOT_OWNED = PREPOSITIONS | JOINING | CONJUNCTIONS | DETERMINERS
"""Behind these "her" is no possessive."""
_CALENDAR = WEEKDAYS | frozenset(month.casefold() for month in MONTHS)
_EXISTING = frozenset(("are", "were"))
"""Behind these "there" points at nothing."""
_POINTING = (PRONOUNS | RELATIVE_TIMES | NEGATIONS | WEEKDAYS) - {"no"}


@dataclass(frozen=True, slots=True)
class Proposal:
    """A question with its answers: of what kind (numbers, names, dates), and by which pattern it was made."""

    kind: str
    form: str
    question: str
    answers: tuple[str, ...]


def stands_alone(proposal: Proposal, sentence: str) -> bool:
    """Tell whether a question can be asked by itself, and the sentence answers it where the question does not."""
    tokens = tokens_of(proposal.question)[:-1]
    words = [token for token in tokens if token.kind is not TokenKind.MARK]
    return (
        _SHORTEST <= len(words) <= _LONGEST
        and not _points_elsewhere(tokens)
        and _names_something(tokens)
        and holds_any(sentence, proposal.answers)
        and not holds_any(proposal.question, proposal.answers)
    )


def _points_elsewhere(tokens: Tokens) -> bool:
    if any(token.kind is TokenKind.MARK and token.text not in (",", "&") for token in tokens):
        return True
    words = [token.lower for token in tokens]
    if (
        any(other in _POINTING and one not in _EXISTING for one, other in pairwise(words))
        or words[-1] in DETERMINERS | CONJUNCTIONS
    ):
        return True
    if any(word.endswith(CONTRACTIONS) for word in words):
        return True
    if _has_stray_possessive(tokens, words):
        return True
    if any(_is_repeated(one, other) for one, other in pairwise(words)):
        return True
    return any(
        words[at] in POSSESSIVES | {"the"}
        and bare(tokens[at + 1]).casefold() in _VAGUE
        and not _is_told_which(tokens, at + 1)
        for at in range(len(words) - 1)
    )


def _has_stray_possessive(tokens: Tokens, words: Sequence[str]) -> bool:
    """Tell whether "his" or "her" has nobody before it in the question, or "her" is no possessive."""
    if any(one == "her" and other in _NOT_OWNED for one, other in pairwise((*words, "of"))):
        return True
    place = next((at for at, word in enumerate(words) if word in ("his", "her")), 0)
    if not place or words[0] == "who":
        return False
    return not any(
        token.is_capitalised and before.lower not in PREPOSITIONS
        for before, token in pairwise(tokens[:place])
    )


def _is_repeated(one: str, other: str) -> bool:
    return one == other or (one == "in" and other in ("at", "to"))


def _is_told_which(tokens: Tokens, at: int) -> bool:
    """Tell whether what follows a noun says which one it is: the ministry of defence, the ship Brede Morrow."""
    following = tokens[at + 1 : at + 2]
    owning = bare(tokens[at]) != tokens[at].text
    return not owning and any(each.lower in _SAYING_WHICH or each.is_capitalised for each in following)


def _names_something(tokens: Tokens) -> bool:
    """Tell whether a question holds a name that is more than a month or "the Authority", or a year and much else."""
    if any(_is_telling(before, token) for before, token in pairwise(tokens)):
        return True
    content = [token for token in tokens if token.lower not in FUNCTION_WORDS]
    return len(content) >= _MUCH and any(is_year(token.text) for token in tokens)


def _is_telling(before: Token, token: Token) -> bool:
    if not token.is_capitalised or token.lower in _CALENDAR:
        return False
    return before.lower != "the" or token.lower not in _VAGUE
