"""What follows a verb: how far it can be kept as it stands, and whether it leaves the clause in doubt."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise

from bot.evaluation.drafting.dates import date_at_comma, read_date
from bot.evaluation.drafting.figures import is_number
from bot.evaluation.drafting.noun_phrases import is_finite, looks_past
from bot.evaluation.drafting.tokens import TokenKind, Tokens
from bot.evaluation.drafting.verb_groups import VerbGroup, behind_adverbs
from bot.evaluation.drafting.word_classes import (
    AUXILIARIES,
    CONJUNCTIONS,
    JOINING,
    PREPOSITIONS,
    RELATIVES,
)
from bot.verbs import verbs

_FURTHER_SUBJECT = 7
"""Tokens behind "and" in which the verb of another clause is looked for."""
_SAYING = frozenset(("said", "says", "told", "added"))
_CUTS = frozenset((",", ";", "–", "—", "--", "...", "…"))
_ENDS = frozenset((".", "!"))
LINKS = JOINING | RELATIVES | frozenset(("that", "than", ","))
"""What brings a clause of its own into a sentence."""
_LINKS_AND_CONJUNCTIONS = LINKS | CONJUNCTIONS
_TURNING = frozenset(("not", "or", "if", "but", "yet", "albeit"))
_ALSO_PREPOSITIONS = frozenset(("as", "since", "following", "despite", "amid", "after", "before"))
_NEEDING_VERB = RELATIVES | frozenset(
    ("that", "because", "if", "although", "though", "unless", "while", "as")
)
_NEVER_BEFORE_CUT = PREPOSITIONS | CONJUNCTIONS


def predicate_of(verb: VerbGroup, after: Tokens) -> Tokens | None:
    """Return what belongs to a verb of the tokens behind it; None where the clause cannot be told for certain."""
    rest = _rest(after)
    if (
        rest is None
        or not _is_whole(rest)
        or _has_other_verb(rest)
        or _may_be_participle(verb, after, len(rest))
    ):
        return None
    return rest


def _rest(tokens: Tokens) -> Tokens | None:
    """Return what follows the verb up to the first comma, dash or further clause; None where that cannot be told."""
    link = 0
    for at, token in enumerate(tokens):
        if token.text in _ENDS or (token.text in _CUTS and not date_at_comma(tokens, at)):
            return None if _breaks_phrase(tokens, at) else tokens[:at]
        if token.kind is TokenKind.MARK and token.text not in ("&", ","):
            return None
        if token.lower == "according":
            return tokens[:at]
        if token.lower in CONJUNCTIONS:
            if _opens_verb(tokens, at + 1):
                return tokens[:at]
            if _opens_clause(tokens, at):
                return tokens[: link or at]
        elif token.lower in JOINING and not link and read_date(tokens, at) is None:
            link = at
    return tokens


def _breaks_phrase(tokens: Tokens, comma: int) -> bool:
    """Tell whether a comma stands inside a phrase: "a slow, not steady, rise", "Health, Labour and Trade"."""
    following = tokens[comma + 1 : comma + 6]
    if not following or tokens[comma].text != ",":
        return False
    if following[0].lower in _TURNING:
        return True
    names = tokens[comma - 1].is_capitalised and following[0].is_capitalised
    return names and any(token.lower in ("and", "&") for token in following[1:])


def _opens_verb(tokens: Tokens, at: int) -> bool:
    at = behind_adverbs(tokens, at)
    if at >= len(tokens) or tokens[at].is_capitalised:
        return False
    lower = tokens[at].lower
    return lower in AUXILIARIES or lower in verbs().past or lower in verbs().third or lower in ("not", "then")


def _opens_clause(tokens: Tokens, conjunction: int) -> bool:
    """Tell whether behind a conjunction stands a figure, which is counted by itself, or a subject with its verb."""
    if "between" in {token.lower for token in tokens[:conjunction]}:
        return False
    for at in range(conjunction + 1, min(conjunction + _FURTHER_SUBJECT, len(tokens))):
        lower = tokens[at].lower
        if tokens[at].kind is TokenKind.MARK or lower in LINKS:
            return False
        if is_number(tokens[at]):
            return True
        if at > conjunction + 1 and (is_finite(tokens, at) or looks_past(tokens, at)):
            return True
    return False


def _is_whole(rest: Tokens) -> bool:
    """Tell whether the last clause in what follows the verb has a verb: "that boats from Maleth ..." has none."""
    if any(one.lower == "that" and other.lower in JOINING for one, other in pairwise(rest)):
        return False
    last = next((at for at in range(len(rest) - 1, -1, -1) if rest[at].lower in _NEEDING_VERB), None)
    if last is None:
        return True
    forms = verbs()
    return any(
        token.lower in AUXILIARIES or token.lower in forms.all
        for token in rest[last + 1 :]
        if not token.is_capitalised
    )


def _has_other_verb(rest: Tokens) -> bool:
    """Tell whether what follows the verb holds another finite one that no link brings, which may be the real one."""
    for at, token in enumerate(rest):
        lower = token.lower
        if lower in LINKS and (at or lower not in _ALSO_PREPOSITIONS):
            return False
        if token.is_capitalised:
            continue
        if lower in AUXILIARIES or (lower in verbs().past and lower not in verbs().participles):
            return True
    return False


def _may_be_participle(verb: VerbGroup, after: Tokens, length: int) -> bool:
    """Tell whether the verb may belong to its noun ("the bill passed in May by both houses, ..., was"): one follows."""
    direct = not length or after[0].lower in PREPOSITIONS
    if verb.auxiliary != "did" or verb.finite not in verbs().participles or not direct:
        return False
    linked = False
    for one, other in pairwise(after[length:]):
        if one.text in _CUTS:
            linked = other.lower in _LINKS_AND_CONJUNCTIONS
        lower = other.lower
        if not linked and lower not in _SAYING and (lower in AUXILIARIES or lower in verbs().past):
            return True
    return False


def endings(rest: Tokens, least: int) -> Iterator[Tokens]:
    """Give what follows the verb in ever shorter forms, cut before "when" and "after", none shorter than `least`."""
    yield rest
    for at in range(len(rest) - 1, max(least, 1) - 1, -1):
        before = rest[at - 1].lower
        if rest[at].lower in JOINING and before not in _NEVER_BEFORE_CUT and not before.endswith("ly"):
            yield rest[:at]
