"""Finite verbs with what belongs to them ("has been closed"), taken apart as a question takes them apart."""

from __future__ import annotations

from dataclasses import dataclass

from bot.evaluation.drafting.noun_phrases import opens_noun_phrase
from bot.evaluation.drafting.tokens import Tokens, joined
from bot.evaluation.drafting.word_classes import ADVERBS_LEFT_OUT, BE, DO, HAVE, MODALS, NEGATIONS
from bot.verbs import verbs

_GOING_ON = frozenset(("being", "going", "set", "expected", "likely"))
"""Behind "is" these need an infinitive that a question would have to keep together."""


@dataclass(frozen=True, slots=True)
class VerbGroup:
    """A finite verb: as it stands ("was closed"), and apart as in a question ("was" it "closed", "did" it "fall").

    `base` is the base form of its main verb, "be" and "have" where there is no other. `end` is the token behind it.
    """

    finite: str
    auxiliary: str
    main: str
    base: str
    passive: bool
    end: int


def read_verb_group(tokens: Tokens, at: int, *, plural: bool) -> VerbGroup | None:
    """Return the group of the finite verb at a token, without adverbs; none where it is negated or doubtful.

    `plural` tells whether the subject is more than one, whose verb has no -s.
    """
    lower = tokens[at].lower
    if lower in BE:
        return _be_group(tokens, at)
    if lower in HAVE:
        return _have_group(tokens, at)
    if lower in MODALS:
        return _modal_group(tokens, at)
    if lower in DO:
        return None
    return _simple_group(tokens, at, plural=plural)


def _simple_group(tokens: Tokens, at: int, *, plural: bool) -> VerbGroup | None:
    text, lower = tokens[at].text, tokens[at].lower
    if lower in verbs().past:
        base = verbs().past[lower]
        return VerbGroup(text, "did", base, base, passive=False, end=at + 1)
    if lower in verbs().bases:
        return VerbGroup(text, "do", lower, lower, passive=False, end=at + 1)
    base = verbs().third[lower]
    return None if plural else VerbGroup(text, "does", base, base, passive=False, end=at + 1)


def _be_group(tokens: Tokens, at: int) -> VerbGroup | None:
    following = behind_adverbs(tokens, at + 1)
    word = tokens[following].lower if following < len(tokens) else ""
    auxiliary = tokens[at].text
    if word in NEGATIONS or word in _GOING_ON:
        return None
    if word in verbs().participles:
        return _group(tokens, auxiliary, following, following + 1, base=word, passive=True)
    if word in verbs().progressive:
        return _group(tokens, auxiliary, following, following + 1, base=word, passive=False)
    return VerbGroup(auxiliary, auxiliary, "", "be", passive=False, end=at + 1)


def _have_group(tokens: Tokens, at: int) -> VerbGroup | None:
    following = behind_adverbs(tokens, at + 1)
    word = tokens[following].lower if following < len(tokens) else ""
    auxiliary = tokens[at].text
    if word in NEGATIONS:
        return None
    if word == "been" and following + 1 < len(tokens):
        after = tokens[following + 1].lower
        passive = after in verbs().participles
        end = following + 1 + (passive or after in verbs().progressive)
        return _group(tokens, auxiliary, following, end, base=after if passive else "be", passive=passive)
    if word in verbs().participles:
        return _group(tokens, auxiliary, following, following + 1, base=word, passive=False)
    if opens_noun_phrase(tokens, at + 1):
        helper = {"has": "does", "have": "do", "had": "did"}[auxiliary.casefold()]
        return VerbGroup(auxiliary, helper, "have", "have", passive=False, end=at + 1)
    return None


def _modal_group(tokens: Tokens, at: int) -> VerbGroup | None:
    following = behind_adverbs(tokens, at + 1)
    words = [token.lower for token in tokens[following : following + 2]]
    if not words or words[0] in NEGATIONS:
        return None
    auxiliary = tokens[at].text
    if words[0] == "be" and words[1:] and words[1] in verbs().participles:
        return _group(tokens, auxiliary, following, following + 2, base=words[1], passive=True)
    if words[0] in verbs().bases | {"be", "have"}:
        return _group(tokens, auxiliary, following, following + 1, base=words[0], passive=False)
    return None


def _group(tokens: Tokens, auxiliary: str, start: int, end: int, *, base: str, passive: bool) -> VerbGroup:
    main = joined(tokens[start:end])
    base = verbs().past.get(base, base)
    return VerbGroup(f"{auxiliary} {main}", auxiliary, main, base, passive=passive, end=end)


def behind_adverbs(tokens: Tokens, at: int) -> int:
    """Return the next token from one on that is no adverb such as "also"."""
    while at < len(tokens) and tokens[at].lower in ADVERBS_LEFT_OUT:
        at += 1
    return at
