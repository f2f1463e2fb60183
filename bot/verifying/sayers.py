"""Who says what a clause says, going by grammar: the doer of the verb of saying that it belongs to.

"Ida Holm said (that) ...", "..., according to Ida Holm", "Ida Holm blamed ...", "Ida Holm voiced fears that ...".
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from bot.verifying.clauses import Clause, Noun, Told
from bot.verifying.reading import Reading
from bot.verifying.saying import SAYING, says

WITHIN = frozenset(
    ("ccomp", "conj", "advcl", "relcl", "xcomp", "pcomp", "acl", "parataxis", "csubj", "csubjpass")
)
"""What a clause is to the one whose speaker says it, too."""
_CONTENT = "ccomp"
"""What a clause is to the verb that says who says it."""
_AS_SUBJECT = ("csubj", "csubjpass")
_ACCORDING = "according"
_VIEWS = frozenset((
    "view", "words", "opinion", "estimate", "account", "estimates", "calculations", "assessment",
))  # fmt: skip
DENYING = frozenset(("denied", "denies", "rejected", "rejects", "disputed", "disputes", "dismissed"))
"""What is said not to be so: it is somebody else who says that it is."""
_VOICING = frozenset((
    "voiced", "voices", "expressed", "expresses", "raised", "repeated", "shared", "holds", "took", "takes",
))  # fmt: skip
"""Of what somebody does with a noun they say: "voiced fears that"."""
_WISHING = frozenset(("wants", "wanted", "wishes", "demands", "demanded", "seeks"))


def sayers(reading: Reading, told: Told, clause: Clause) -> tuple[Noun, ...]:
    """Return who says what a clause says; nobody where it does not tell."""
    seen: set[int] = set()
    here: Clause | None = clause
    while here is not None and here.verb not in seen:
        seen.add(here.verb)
        named = tuple(_named_in_passing(reading, here))
        if named:
            return named
        if here is clause and tells_opinion(reading, told, clause):
            return clause.doers
        above = told.above(here) or _voicing(reading, told, here)
        if above is None or here.relation not in WITHIN:
            return ()
        plain = reading.words[above.verb].plain
        if plain in _VOICING:
            return above.doers
        if plain in _WISHING and here.relation in (_CONTENT, "xcomp", "relcl"):
            return above.doers
        if here.relation in _AS_SUBJECT and plain in SAYING:
            return above.doers  # "that it was over was reported by Ida Holm"
        if here.relation == _CONTENT and says(reading, above.verb):
            return () if plain in DENYING else above.doers
        here = above
    return ()


def quoted_from(reading: Reading, told: Told, place: int) -> tuple[Noun, ...]:
    """Return who says the word with this number, quoted: the speaker of its clause, or else who does what it tells."""
    clause = next((each for each in told.clauses if place in each.words), None)
    while clause is not None:
        found = sayers(reading, told, clause) if clause.relation == _CONTENT else ()
        if not found and not any(place in noun.words for noun in clause.doers):
            found = clause.doers
        if found:
            return found
        clause = told.above(clause) if clause.relation in WITHIN else None
    return ()


def only_tells_who(reading: Reading, told: Told, clause: Clause) -> bool:
    """Tell whether a clause only tells who says what another one says: "said Ida Holm"."""
    if not says(reading, clause.verb):
        return False
    return any(each.within == clause.verb and each.relation == _CONTENT for each in told.clauses)


def tells_opinion(reading: Reading, told: Told, clause: Clause) -> bool:
    """Tell whether a clause says itself what somebody says: "called it a first step", "blamed the rain"."""
    plain = reading.words[clause.verb].plain
    announced = plain in SAYING and clause.doers and clause.objects  # "was announced by Ida Holm"
    if plain in DENYING or not (announced or says(reading, clause.verb)):
        return False
    return not only_tells_who(reading, told, clause)


def _named_in_passing(reading: Reading, clause: Clause) -> Iterator[Noun]:
    """Give who says something beside it: "according to the army", "in the view of Ida Holm"."""
    for preposition, noun in clause.complements:
        if preposition == _ACCORDING:
            yield noun
        elif preposition in ("in", "by") and reading.words[noun.word].plain in _VIEWS and noun.names:
            yield replace(noun, word=noun.names[-1], words=noun.names)


def _voicing(reading: Reading, told: Told, clause: Clause) -> Clause | None:
    """Return the clause in which somebody voices what a clause belongs to: "voiced fears that ..."."""
    if clause.relation not in ("acl", _CONTENT):
        return None
    around = told.around(clause)
    return around if around is not None and reading.words[around.verb].plain in _VOICING else None
