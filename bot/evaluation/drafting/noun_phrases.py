"""Noun phrases: what may be the subject of a sentence, how many it is, and where the verb behind it stands."""

from __future__ import annotations

from bot.evaluation.drafting.dates import date_at_comma
from bot.evaluation.drafting.figures import read_figure
from bot.evaluation.drafting.tokens import Token, TokenKind, Tokens
from bot.evaluation.drafting.word_classes import (
    ADVERBS_LEFT_OUT,
    ARTICLES,
    AUXILIARIES,
    CONJUNCTIONS,
    CONTRACTIONS,
    DETERMINERS,
    NEGATIONS,
    POSSESSIVES,
    PREPOSITIONS,
    PRONOUNS,
    RELATIVES,
    TIME_UNITS,
)
from bot.verbs import verbs

_LONGEST_SUBJECT = 14
_LONGEST_ASIDE = 20
"""In tokens."""
_ENDING_ASIDE = frozenset(("–", "—", ";", ":", ".", "“", "”", '"'))
_NEVER_INSIDE = (PRONOUNS | RELATIVES | NEGATIONS) - DETERMINERS | {"but", "or", "because", "while"}
_BEFORE_PHRASE = PREPOSITIONS | CONJUNCTIONS
BEFORE_NOUN = _BEFORE_PHRASE | DETERMINERS
"""Words behind which a word that could be a verb is part of a noun phrase: the closed road."""
_POINTING = POSSESSIVES | {"that", "this", "these", "those", "what", "which", "such"}
_NEVER_LAST = BEFORE_NOUN | ADVERBS_LEFT_OUT
_PLURALS = frozenset(("people", "men", "women", "children", "police", "aircraft", "staff", "fish", "sheep"))


def find_subject(tokens: Tokens) -> tuple[int, int] | None:
    """Return where the subject ends and where its verb is; between the two an aside may stand between commas."""
    for at, token in enumerate(tokens[: _LONGEST_SUBJECT + 1]):
        if token.text == "," and at:
            verb_at = _behind_aside(tokens, at)
            return (at, verb_at) if verb_at and _is_noun_phrase(tokens[:at]) else None
        if at and is_finite(tokens, at):
            end = at
            while end and tokens[end - 1].lower in ADVERBS_LEFT_OUT:
                end -= 1
            return (end, at) if end and _is_noun_phrase(tokens[:end]) else None
        if not _may_stand_in_subject(tokens, at):
            return None
    return None


def _behind_aside(tokens: Tokens, comma: int) -> int | None:
    for at in range(comma + 1, min(comma + _LONGEST_ASIDE, len(tokens) - 1)):
        if tokens[at].text in _ENDING_ASIDE:
            return None
        if tokens[at].text == "," and not date_at_comma(tokens, at):
            return at + 1 if is_finite(tokens, at + 1) and tokens[at + 1].is_word else None
    return None


def _may_stand_in_subject(tokens: Tokens, at: int) -> bool:
    token, before = tokens[at], tokens[at - 1].lower if at else ""
    if token.kind is TokenKind.MARK:
        return token.text == "&"
    lower = token.lower
    if lower.endswith(CONTRACTIONS):
        return False
    if lower in _NEVER_INSIDE or (not at and lower in PREPOSITIONS and not read_figure(tokens, 0)):
        return False
    if at == 1 and before == "the" and lower in TIME_UNITS:
        return False
    if lower in DETERMINERS and at and before not in _BEFORE_PHRASE:
        return False
    if looks_past(tokens, at) or (at and _may_be_verb(tokens, at)):
        return False
    return not lower.endswith("ly") or token.is_capitalised or before in ARTICLES


def _may_be_verb(tokens: Tokens, at: int) -> bool:
    """Tell whether a word like "shows" is no plural, for a noun follows it: data from Maleth shows people moved."""
    following = tokens[at + 1] if at + 1 < len(tokens) else None
    if tokens[at].lower not in verbs().third or following is None or not following.is_word:
        return False
    return following.lower not in BEFORE_NOUN | AUXILIARIES and following.lower not in verbs().past


def looks_past(tokens: Tokens, at: int) -> bool:
    """Tell whether a token looks like a verb in the past, in the list of verbs or not."""
    token, before = tokens[at], tokens[at - 1].lower if at else "the"
    plain = token.is_word and not token.is_capitalised and "-" not in token.text
    return (
        plain and token.lower.endswith("ed") and not token.lower.endswith("eed") and before not in BEFORE_NOUN
    )


def _is_noun_phrase(tokens: Tokens) -> bool:
    """Tell whether tokens that hold nothing a subject cannot hold are one that can be understood by itself."""
    if tokens[0].lower in _POINTING or _points_back(tokens):
        return False
    last = tokens[-1].lower
    if last in _NEVER_LAST or last.endswith(("ly", "'s", "’s")):
        return False
    return len(tokens) > 1 or tokens[0].is_word


def _points_back(tokens: Tokens) -> bool:
    """Tell whether a subject is one that was named before: "the bridge", not "the bridge in Maleth"."""
    return tokens[0].lower == "the" and not any(
        token.is_capitalised or token.lower in PREPOSITIONS for token in tokens[1:]
    )


def is_finite(tokens: Tokens, at: int) -> bool:
    """Tell whether a token is the finite verb of the words before it, and not part of a noun phrase."""
    token = tokens[at]
    if not token.is_word or token.is_capitalised:
        return False
    lower, before = token.lower, tokens[at - 1]
    if lower in AUXILIARIES:
        return True
    if before.lower in BEFORE_NOUN:
        return False
    if lower in verbs().past:
        return lower not in verbs().bases or not is_plural(tokens[:at])
    if lower in verbs().third:
        return opens_noun_phrase(tokens, at + 1)
    return (
        lower in verbs().bases
        and not before.is_capitalised
        and is_plural(tokens[:at])
        and read_figure(tokens, at + 1) is not None
    )


def opens_noun_phrase(tokens: Tokens, at: int) -> bool:
    """Tell whether at a token begins something that can only be a noun phrase: an article, a figure, a name."""
    if at >= len(tokens):
        return False
    return tokens[at].lower in ARTICLES or read_figure(tokens, at) is not None or tokens[at].is_capitalised


def is_plural(phrase: Tokens) -> bool:
    """Tell whether a noun phrase is, by its first noun, more than one."""
    head = next((at for at, token in enumerate(phrase) if at and token.lower in PREPOSITIONS), len(phrase))
    if any(token.lower == "and" for token in phrase[:head]):
        return True
    return names_several(phrase[head - 1]) and not phrase[head - 1].is_capitalised


def names_several(noun: Token) -> bool:
    """Tell whether a noun is a plural by its looks."""
    return noun.lower in _PLURALS or (
        noun.lower.endswith("s") and not noun.lower.endswith(("ss", "us", "is", "'s", "’s"))
    )
