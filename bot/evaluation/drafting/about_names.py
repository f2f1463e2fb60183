"""Questions that a name answers: who did it, who holds an office, which body, by whom, where; and how old one is."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from itertools import pairwise, takewhile

from bot.answering.amounts import is_year
from bot.evaluation.drafting.clauses import Clause
from bot.evaluation.drafting.name_words import UNIQUE_OFFICES
from bot.evaluation.drafting.names import NameKind, Names, kind_of_body, last_name
from bot.evaluation.drafting.noun_phrases import BEFORE_NOUN
from bot.evaluation.drafting.predicates import endings
from bot.evaluation.drafting.questions import Proposal
from bot.evaluation.drafting.runs import Run, bare, runs_of
from bot.evaluation.drafting.tokens import Token, TokenKind, Tokens, joined
from bot.evaluation.drafting.word_classes import (
    AUXILIARIES,
    CONJUNCTIONS,
    DETERMINERS,
    JOINING,
    MONTHS,
    PREPOSITIONS,
    WEEKDAYS,
)
from bot.verbs import verbs

_ONE_ON_ANOTHER = frozenset((
    "appoint", "arrest", "beat", "defeat", "meet", "nominate", "succeed", "replace", "elect", "marry", "kill", "sue",
    "endorse", "hire", "name", "oust", "select", "choose", "fire", "pardon",
))  # fmt: skip
"""What one person or body does to another person."""
_HAPPENING = frozenset(("die", "arrive", "land", "crash", "bear", "hold", "build", "find", "arrest", "bury"))
_PLACING = frozenset(("in", "near", "at", "on", "inside", "outside", "within", "across", "off"))
_OFFICE_WORDS = frozenset((
    "prime", "foreign", "finance", "health", "defence", "defense", "interior", "transport", "education", "agriculture",
    "justice", "environment", "energy", "deputy", "first", "majority", "minority", "executive", "chief", "attorney",
    "house", "senate", "police", "fire",
))  # fmt: skip
_LONGEST_OFFICE = 3
_DEATH = frozenset((
    "dead", "death", "die", "died", "dies", "killed", "body", "drowned", "murdered", "late", "dying",
))  # fmt: skip
"""Where one of these stands, nobody would ask how old somebody is."""
_CHANGING_OFFICE = frozenset(("former", "vice", "deputy", "and", "&", "of", "then", "a", "an", "'"))
"""Before an office these make another one of it, or part of something longer."""
_SAYING_NOTHING = frozenset((
    "former", "vice", "deputy", "first", "the", "assistant", "democratic", "republican", "gop", "conservative",
    "labour", "liberal",
))  # fmt: skip
"""What does not tell, before an office, what it is an office of."""
_ANYWHERE = frozenset(
    ("parish", "county", "city", "state", "town", "village", "university", "school", "house")
)
"""Alone, these do not tell it either."""
_AGREEING = frozenset(("are", "were", "have", "do"))


def about_names(clause: Clause, names: Names, full: Mapping[str, str]) -> Iterator[Proposal]:
    """Give the questions that the names of a clause answer; `full` are the article's persons by their last names."""
    yield from _subject(clause, names, full)
    yield from _agent(clause, names)
    yield from _object(clause, names)
    yield from _place(clause, names)


def about_persons(sentence: Tokens, names: Names) -> Iterator[Proposal]:
    """Give the questions about the persons that a sentence introduces, wherever they stand in it."""
    for run in runs_of(sentence):
        if names.kinds.get(run.text) is NameKind.PERSON:
            for form, question in (*_who(sentence, run), *_office(sentence, run)):
                yield Proposal("names", form, question, _answers(run.text))
            yield from _age(sentence, run)


def _answers(name: str) -> tuple[str, ...]:
    return tuple(dict.fromkeys((name, last_name(name))))


def _subject(clause: Clause, names: Names, full: Mapping[str, str]) -> Iterator[Proposal]:
    """Ask about "Transport Minister Ilsa Marren closed the railway": who closed the railway."""
    if any(token.lower in PREPOSITIONS | CONJUNCTIONS for token in clause.subject):
        return
    runs = list(runs_of(clause.subject))
    if not runs or runs[-1].end != len(clause.subject) or _is_possessive(clause.subject[-1]):
        return
    asking, answers = _asking_for(runs[-1], clause, names, full)
    if asking:
        for rest in endings(clause.rest, 1):
            yield Proposal("names", "subject", clause.ask_subject(asking, rest), answers)


def _asking_for(
    run: Run, clause: Clause, names: Names, full: Mapping[str, str]
) -> tuple[str, tuple[str, ...]]:
    if clause.verb.finite.split()[0] in _AGREEING:
        return "", ()
    kind = names.kinds.get(run.text)
    if kind is NameKind.PERSON:
        return "Who", _answers(run.text)
    if kind is NameKind.BODY and kind_of_body(run.text):
        return f"Which {kind_of_body(run.text)}", (run.text,)
    alone = len(clause.subject) == 1 or run.titled
    return ("Who", _answers(full[run.text])) if alone and run.text in full else ("", ())


def _agent(clause: Clause, names: Names) -> Iterator[Proposal]:
    """Ask about "The board will be led by Ines Callowmere": who will the board be led by."""
    if not clause.verb.passive or not clause.rest or clause.rest[0].lower != "by":
        return
    run = next((each for each in runs_of(clause.rest) if each.start), None)
    if run is None or names.kinds.get(run.text) is not NameKind.PERSON:
        return
    if _is_alone(clause.rest[1:], run.start - 1, run.end - 1):
        for rest in endings(clause.rest[run.end :], 0):
            yield Proposal("names", "agent", clause.ask("Who", (clause.rest[0], *rest)), _answers(run.text))


def _object(clause: Clause, names: Names) -> Iterator[Proposal]:
    """Ask about "Drave replaced General Radko Emmering in June": who did Drave replace in June."""
    if clause.verb.passive or clause.verb.base not in _ONE_ON_ANOTHER:
        return
    run = next(runs_of(clause.rest), None)
    if run and names.kinds.get(run.text) is NameKind.PERSON and _is_alone(clause.rest, run.start, run.end):
        for rest in endings(clause.rest[run.end :], 0):
            yield Proposal("names", "object", clause.ask("Who", rest), _answers(run.text))


def _is_alone(tokens: Tokens, start: int, end: int) -> bool:
    """Tell whether a name is, with what stands before it, one person and no part of anything."""
    before, after = tokens[:start], tokens[end : end + 1]
    titles = all(token.is_word and token.lower not in BEFORE_NOUN for token in before)
    goes_on = any(token.lower not in PREPOSITIONS - {"of"} for token in after)
    return titles and not goes_on and not _is_possessive(tokens[end - 1])


def _is_possessive(token: Token) -> bool:
    return bare(token) != token.text


def _place(clause: Clause, names: Names) -> Iterator[Proposal]:
    """Ask about "The tower was built in Dovrin in 1971": where was the tower built in 1971."""
    if clause.verb.base not in _HAPPENING:
        return
    at = next((at for at, token in enumerate(clause.rest) if token.lower in _PLACING), None)
    if at is None or clause.rest[at].lower not in ("in", "near"):
        return
    before, placed = clause.rest[:at], clause.rest[at:]
    run = next((each for each in runs_of(placed) if each.start == 1), None)
    if run is None or names.kinds.get(run.text) is not NameKind.PLACE or _is_possessive(placed[run.end - 1]):
        return
    after = placed[run.end :]
    again = any(one.lower in _PLACING and not other.text[:1].isdigit() for one, other in pairwise(after))
    goes_on = bool(after) and after[0].lower not in PREPOSITIONS | JOINING
    if not (again or goes_on or any(token.lower in JOINING for token in before)):
        for rest in endings(before + after, at):
            yield Proposal("names", "place", clause.ask("Where", rest), (run.text,))


def _who(sentence: Tokens, run: Run) -> Iterator[tuple[str, str]]:
    """Ask about "Signe Vanterpool, who runs the harbour of Port Elden": who runs the harbour of Port Elden."""
    after = sentence[run.end :]
    if len(after) < 5 or after[0].text != "," or after[1].lower != "who":
        return
    did = tuple(takewhile(lambda token: token.kind is not TokenKind.MARK or token.text == "&", after[2:]))
    if not did or not _is_of_one(did[0].lower):
        return
    if did[-1].lower not in PREPOSITIONS and not any(token.lower in CONJUNCTIONS for token in did):
        yield "who", f"Who {joined(did)}?"


def _is_of_one(verb: str) -> bool:
    """Tell whether a finite verb can have one person for its subject."""
    return verb in AUXILIARIES - _AGREEING or verb in verbs().past or verb in verbs().third


def _office(sentence: Tokens, run: Run) -> Iterator[tuple[str, str]]:
    if any(is_year(token.text) for token in sentence):
        # What is told of another year may have been so only then.
        return
    yield from _office_behind(sentence[run.end :])
    before = _capitals_before(sentence, run)
    if before:
        yield "office", f"Who is {before}?"
    possessor = _possessed_office(sentence[: run.start])
    if possessor:
        yield "office", f"Who is {possessor}?"


def _office_behind(after: Tokens) -> Iterator[tuple[str, str]]:
    """Ask about "Maud Brinslow, the director of the Fisheries Authority": who is the director of it."""
    end = next((at for at in range(1, len(after)) if after[at].text in (",", ".")), 0)
    if len(after) < 5 or after[0].text != "," or not end:
        return
    role = after[1:end]
    if role and role[0].lower == "the":
        role = role[1:]
    of = next((at for at, token in enumerate(role) if token.lower in ("of", "for", "at")), 0)
    # Behind the comma a list goes on: director of the Centre for Health, Labour and Trade.
    listed = any(token.is_capitalised for token in after[end + 1 : end + 2])
    plain = all(token.is_word and token.lower not in AUXILIARIES | CONJUNCTIONS for token in role)
    if not of or not plain or listed or role[0].lower in DETERMINERS:
        return
    if role[of - 1].lower in UNIQUE_OFFICES:
        article = "" if any(map(_is_possessive, role[:of])) else "the "
        yield "office", f"Who is {article}{joined(role)}?"


def _capitals_before(sentence: Tokens, run: Run) -> str:
    """Return the office that stands as a title before a name, with what it is an office of: Lorvane Steel CEO."""
    start = run.start
    while start and _goes_with(sentence[start - 1]) and sentence[start].spaced:
        start -= 1
    title = sentence[start : run.start]
    # At the opening of a sentence, capitals do not tell where a name begins.
    if not start or len(title) < 2 or title[-1].lower not in UNIQUE_OFFICES:
        return ""
    if sentence[start - 1].lower in _CHANGING_OFFICE or title[0].lower in _SAYING_NOTHING:
        return ""
    first = len(title) - 1
    while first and title[first - 1].lower in _OFFICE_WORDS:
        first -= 1
    office = " ".join(token.text if token.text.isupper() else token.lower for token in title[first:])
    if not first or (first == 1 and title[0].lower in _ANYWHERE):
        return ""
    article = "" if _is_possessive(title[first - 1]) else "the "
    return f"{article}{joined(title[:first])} {office}"


def _goes_with(token: Token) -> bool:
    return token.is_capitalised and token.lower not in WEEKDAYS and token.text not in MONTHS


def _possessed_office(before: Tokens) -> str:
    """Return "Vestrany's Transport Minister" where that and a comma stand before a name."""
    if len(before) < 3 or before[-1].text != "," or before[-2].lower not in UNIQUE_OFFICES:
        return ""
    start = len(before) - 2
    while start and before[start].is_word and not _is_possessive(before[start]):
        start -= 1
    office = before[start + 1 : -1]
    named = before[start].is_capitalised and _is_possessive(before[start])
    determined = start > 0 and before[start - 1].lower in DETERMINERS
    if determined or not named or len(office) > _LONGEST_OFFICE:
        return ""
    return "" if any(token.lower in BEFORE_NOUN for token in office) else joined(before[start:-1])


def _age(sentence: Tokens, run: Run) -> Iterator[Proposal]:
    """Ask about "Ilsa Marren, 38, was at work": how old is Ilsa Marren."""
    after = sentence[run.end : run.end + 3]
    if len(after) < 3 or after[0].text != "," or after[2].text != "," or not after[1].text.isdecimal():
        return
    if _DEATH.isdisjoint(token.lower for token in sentence):
        yield Proposal("numbers", "age", f"How old is {run.text}?", (after[1].text,))
