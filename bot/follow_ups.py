"""What a follow-up is about: a question that leans on the conversation, completed so that it can be searched with.

A question leans where, periods and names aside, its own words do not say what it is about:

- a pronoun in it stands for nothing that it names itself ("who owns it?", "how many of them ...?", "who said so?");
- it is a fragment ("when?", "and in 2021?", "what about NATO?", "along which border?");
- it counts what it does not name ("how many were injured?"), or has one word of its own ("who was killed?");
- it opens with "and" or "but", has no name, and is short or on the subject ("and who owns the ferry?");
- it is short, has no name, and speaks of "the" something that the conversation has just spoken of.

Everything else is left alone, above all what brings its own names: to take a new subject for an old one gives a
wrong answer, to miss a follow-up only none. A leaning question is read against the last one as it was completed:

- a period takes the place of its period, a name that of a name of the same kind (the same noun behind it, the
  same preposition before it, spelled alike, an abbreviation for an abbreviation), and what follows "according to" or
  another preposition the place of what followed it there;
- to all else, its content words are added, at most a dozen: "who said so? ISKP fighters CSTO estimate". "He" and
  "she" bring the person instead, who may stand in the answer only; after "who", "which" and "where", the name
  that the answer gave comes along, since that is what the conversation is about now.

These are rules of grammar and spelling. They know no names, and no nouns.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from difflib import SequenceMatcher

from bot.questions import Question
from index.periods.periods import periods_in
from index.words import STOP_WORDS, stem, word_spans

_MOST_WORDS = 12
"""How many words a follow-up is completed with; more would drown its own."""

_LONGEST = 300
"""Characters; what is longer says itself what it is about."""

_SHORT = 3
"""Content words, a name counting as one: a question of so many can be about the subject at hand."""

_ALIKE = 0.7
"""The share of letters (difflib's ratio) that two names have in common where one is mistaken for the other."""


def _set(words: str) -> frozenset[str]:
    return frozenset(words.split())


_OPENER = re.compile(
    r"\s*(?:(?:ok(?:ay)?|and|but|so(?!\s+(?:far|many|much))|or|then|also|well)\b[\s,]*)*(?P<about>(?:what|how)\s+about\b\s*)?",
    re.I,
)
_BE = "is|are|was|were|be|been"
_AUXILIARIES = _set(
    "is are was were be been am do does did has have had can could will would shall should may might must"
)
_BEING = frozenset(_BE.split("|"))
_INTERROGATIVES = _set("who whom whose what which when where why how")
_PREPOSITIONS = _set(
    "in on at from to for by of with near outside inside around along off over under against between during "
    "since until before after about into through"
)
_PLACES = _set("in on at from to near outside inside around along off over under into through")
_EMPTY = _set(
    "else exactly precisely really actually still ever yet already too also instead well like one ones ago though "
    "even ok okay please happen happens happened called mean means tell explain details"
)
"""Words that say nothing of the subject."""

_BOUNDARIES = _set(
    "and but or when after before while because since if although though until whether where who which that"
)
_DETERMINERS = _set("the a an many much which what no every")
_POSSESSIVES = _set("his her hers its their theirs")
_PERSONS = _set("he she him her his hers")
_PERSONAL = _PERSONS | _POSSESSIVES | _set("it they them")

_MEASURE = re.compile(
    r"\bhow\s+(?:long|old|far|high|big|large|often|tall|deep|wide|fast|soon|late|heavy)\b", re.I
)
_COUNTING = re.compile(
    rf"\bhow\s+(?:many|much)\b(?=\s*(?:[?.!]*$|of\b|in\b|(?:{'|'.join(_AUXILIARIES)})\b))", re.I
)
_OWNING = re.compile(r"\bhow\s+many\s+(?:do|does|did|would|will|can)\b.*\b(?:have|has|had|get|got)\b", re.I)
_PARALLEL = re.compile(rf"(?:how\s+(?:many|much)|who|which|what)\s+(?:{_BE})\s+(\w+)\s*[?.!]*", re.I)
_PREDICATE = re.compile(rf"\b(?:{_BE})\s+(?:not\s+)?([a-z]\w+)")
_DEFINING = re.compile(
    rf"(?:who|what|where)(?:['’]s|\s+(?:{_BE}))\s+(?:an?\s+)?(?!the\b)(\w+)\s*[?.!]*", re.I
)
_NO_PERIOD = re.compile(r"\b(?:in|on|at|for|during|over)\s+$", re.I)
_EXPLETIVE = re.compile(
    r"\bit\b[^,;]*?\b(?:to\s+(?!the\b|a\b|an\b|its\b|their\b)[a-z]|(?:that|who)\s)|\bit\s+(?:rain|snow)", re.I
)


@dataclass(frozen=True, slots=True)
class _Word:
    """A word of a question, and where it stands."""

    text: str
    start: int
    end: int
    is_name: bool

    @property
    def plain(self) -> str:
        return self.text.casefold()

    @property
    def is_content(self) -> bool:
        return self.is_name or not (
            self.plain in STOP_WORDS or self.plain in _EMPTY or self.plain in _PREPOSITIONS
        )


@dataclass(frozen=True, slots=True)
class _Name:
    """A run of capitalised words: its place, the preposition before it and the noun behind it, or "".

    `is_definite` where "the" stands before it.
    """

    text: str
    start: int
    end: int
    lead: str
    head: str
    is_definite: bool

    @property
    def is_abbreviation(self) -> bool:
        return self.text.isupper()


class _Text:
    """A question taken apart.

    At the start of a sentence a capital makes no name, unless the next word has one too or all letters are capitals;
    `mid_sentence` says that the text starts further on.
    """

    def __init__(self, text: str, asked_at: datetime, *, mid_sentence: bool = False) -> None:
        self.text = text
        self._mid_sentence = mid_sentence
        self.periods = _places_of([period.phrase for period in periods_in(text, asked_at)], text)
        self.words = list(self._words())
        self.names = list(self._names())
        measures = [found.span() for found in _MEASURE.finditer(text)]
        self.content = [
            word
            for word in self.words
            if word.is_content and not _is_within(word, self.periods) and not _is_within(word, measures)
        ]

    def _words(self) -> Iterator[_Word]:
        spans = word_spans(self.text)
        for place, (start, end) in enumerate(spans):
            word = self.text[start:end]
            is_name = word[0].isupper() and len(word) > 1
            if place == 0 and not self._mid_sentence and not word.isupper():
                is_name &= len(spans) > 1 and self.text[spans[1][0]].isupper()
            is_name &= word.isupper() or word.casefold() not in STOP_WORDS | _PREPOSITIONS
            yield _Word(word, start, end, is_name and not _covers(self.periods, start))

    def _names(self) -> Iterator[_Name]:
        first = 0
        while first < len(self.words):
            last = first
            if self.words[first].is_name:
                while (following := self._continues(last)) is not None:
                    last = following
                yield self._name(first, last)
            first = last + 1

    def _continues(self, last: int) -> int | None:
        """Return the word with which a name that has come to word `last` goes on, if it does."""
        following = last + 1
        if following == len(self.words) or not self.words[following].is_name:
            return None
        between = self.text[self.words[last].end : self.words[following].start]
        return following if re.fullmatch(r"[ \-–.]{1,2}", between) else None

    def _name(self, first: int, last: int) -> _Name:
        start, end = self.words[first].start, self.words[last].end
        before = [word.plain for word in self.words[:first]]
        definite = before[-1:] == ["the"]
        if before and before[-1] in ("the", "a", "an"):
            before.pop()
        lead = before[-1] if before and before[-1] in _PREPOSITIONS else ""
        if before[-2:] == ["according", "to"]:
            lead = "according to"
        after = self.words[last + 1] if last + 1 < len(self.words) else None
        # "did NATO estimate", "did the Front lose", but "is the Ambrell dam".
        is_subject = before[-1:] and before[-1] in (_AUXILIARIES - _BEING if definite else _AUXILIARIES)
        has_head = after is not None and after.is_content and not is_subject
        head = after.text if after and has_head and self.text[end : after.start] == " " else ""
        return _Name(self.text[start:end], start, end, lead, head, definite)

    @property
    def is_fragment(self) -> bool:
        return not any(
            word.plain in _INTERROGATIVES | _AUXILIARIES and not word.is_name for word in self.words
        )

    @property
    def nouns(self) -> list[_Word]:
        """The content words that are no names."""
        return [word for word in self.content if not word.is_name]

    @property
    def size(self) -> int:
        return len(self.names) + len(self.nouns)

    @property
    def stems(self) -> set[str]:
        return {stem(word.text) for word in self.content}


@dataclass(frozen=True, slots=True)
class _Subject:
    """What is talked about: the last question as completed, its answer, and all stems since the subject came up."""

    question: _Text
    answer: _Text
    heard: frozenset[str]


def standalone(question: Question) -> str:
    """Return what `question` asks, in words that need no history: its own text where it leans on nothing."""
    subject: _Subject | None = None
    for exchange in question.history:
        text = _completed(exchange.question, subject, question.asked_at)
        asked, answer = _Text(text, question.asked_at), _Text(exchange.answer, question.asked_at)
        goes_on = subject is not None and text != exchange.question
        heard = asked.stems | answer.stems | (subject.heard if subject and goes_on else set())
        subject = _Subject(asked, answer, frozenset(heard))
    return _completed(question.text, subject, question.asked_at)


def leans(text: str, asked_at: datetime) -> bool:
    """Tell whether a question does not say what it is about, to somebody who has heard nothing before it."""
    if len(text) > _LONGEST:
        return False
    opener = _OPENER.match(text)
    rest = text[opener.end() :] if opener else text
    opened = rest != text.lstrip()
    asked = _Text(rest, asked_at, mid_sentence=opened)
    if not asked.content:
        return True
    nothing = _Text("", asked_at)
    unheard = _Subject(nothing, nothing, frozenset())
    dangling = _dangling(asked)
    if asked.is_fragment and not dangling & _PERSONAL:
        return _fragment_leans(asked, unheard, opened)
    return bool(dangling) or _clause_leans(asked, unheard, opened)


def _completed(text: str, subject: _Subject | None, asked_at: datetime) -> str:
    if subject is None or len(text) > _LONGEST:
        return text
    opener = _OPENER.match(text)
    rest = text[opener.end() :] if opener else text
    opened = rest != text.lstrip()
    asked = _Text(rest, asked_at, mid_sentence=opened)
    if not asked.words:
        return text
    if asked.periods and not asked.content and not _asks_beyond_count(asked):
        return _with_period(subject.question, asked)
    dangling = _dangling(asked)
    if asked.is_fragment and not dangling & _PERSONAL:
        return _from_fragment(asked, subject, asked_at) if _fragment_leans(asked, subject, opened) else text
    if dangling or _clause_leans(asked, subject, opened):
        return _from_clause(asked, subject, dangling, opened)
    return _with_names(asked, subject) if _speaks_of_known(asked, subject) else text


# What leans


def _asks_beyond_count(asked: _Text) -> bool:
    return any(word.plain in _INTERROGATIVES - {"how"} for word in asked.words)


def _fragment_leans(asked: _Text, subject: _Subject, opened: bool) -> bool:
    known = bool(asked.stems & subject.heard)
    if opened:
        return asked.size < _SHORT or known
    return all(stem(word.text) in subject.heard for word in asked.nouns)


def _clause_leans(asked: _Text, subject: _Subject, opened: bool) -> bool:
    """Tell whether a clause without a dangling pronoun leans."""
    nouns, text = asked.nouns, asked.text
    if _DEFINING.fullmatch(text.strip()) and not re.search(r"(?:ed|en)\W*$", text):
        return False
    if asked.names:
        counts = bool(_OWNING.search(text)) and not nouns
        topical = opened and re.match(r"(?:the\s+)?[^,?]+,", text) and asked.names[0].start < 5
        known = bool({stem(word.text) for word in nouns} & subject.heard)
        return counts or bool(topical) or (opened and (not nouns or (known and len(nouns) == 1)))
    if opened and (len(nouns) <= _SHORT or asked.stems & subject.heard):
        return True
    if asked.words[0].plain in _PREPOSITIONS and not any(word.plain in _AUXILIARIES for word in asked.words):
        return len(nouns) < _SHORT
    return len(nouns) <= 1 or (bool(_COUNTING.search(text)) and len(nouns) < _SHORT)


def _speaks_of_known(asked: _Text, subject: _Subject) -> bool:
    if asked.names or asked.size > _SHORT:
        return False
    definite = re.findall(r"\bthe\s+(\w+)", asked.text, re.I)
    return any(stem(noun) in subject.heard for noun in definite)


def _dangling(asked: _Text) -> set[str]:
    """Return the pronouns of a question that stand for nothing in it."""
    found = set()
    for place, word in enumerate(asked.words):
        plain = word.plain
        if (word.is_name and word.text.isupper()) or _is_within(word, asked.periods):
            continue
        if plain in _PERSONAL:
            expletive = plain == "it" and _EXPLETIVE.search(asked.text)
            if not expletive and not _has_antecedent(asked, place):
                found.add(plain)
        elif _points_back(asked, place):
            found.add(plain)
    return found


def _points_back(asked: _Text, place: int) -> bool:
    """Tell whether a word points to what was said before, as "that", "there" and the last word of "who said so?" do."""
    words = asked.words
    plain = words[place].plain
    before = words[place - 1] if place else None
    after = words[place + 1] if place + 1 < len(words) else None
    if plain in ("so", "then", "same", "latter", "former", "others"):
        return after is None and before is not None
    if plain == "this":
        return True
    if plain == "that":
        return (
            after is None
            or before is None
            or not (before.is_content or before.plain in ("say", "said", "says"))
        )
    if plain in ("these", "those"):
        return (
            after is None or after.plain in _AUXILIARIES or (after.is_content and after.plain.endswith("s"))
        )
    if plain == "there":
        existential = {each.plain for each in (before, after) if each} & _AUXILIARIES
        return not existential and not any(word.is_name for word in words[:place])
    return False


def _has_antecedent(asked: _Text, place: int) -> bool:
    """Tell whether the pronoun at `place` can stand for a name or a noun before it.

    That is one of an earlier clause, or, for "its" and the like, of its own; not where the pronoun follows an
    auxiliary, as the subject of its clause. As a subject behind a verb ("what did NATO say it would do?") it begins
    a clause.
    """
    words = asked.words
    pronoun, before = words[place].plain, words[place - 1] if place else None
    start = _clause_start(asked, place)
    if before is None:
        return False
    follows_verb = before.is_content or before.plain in ("say", "said", "says")
    is_subject = pronoun in ("he", "she", "they") or (
        pronoun == "it" and place + 1 < len(words) and words[place + 1].plain in _AUXILIARIES
    )
    own = before.plain not in _AUXILIARIES and (pronoun in _POSSESSIVES or (is_subject and follows_verb))
    candidates = _earlier_nouns(asked, place if own else start)
    return any(_agrees(pronoun, candidate) for candidate in candidates)


def _clause_start(asked: _Text, place: int) -> int:
    for start in range(place, 0, -1):
        between = asked.text[asked.words[start - 1].end : asked.words[start].start]
        if re.search(r"[,;:.!?]", between) or asked.words[start].plain in _BOUNDARIES:
            return start
    return 0


def _earlier_nouns(asked: _Text, place: int) -> list[_Word]:
    """Return the names, and what follows a determiner, before the word at `place`."""
    nouns, determined = [], False
    for word in asked.words[:place]:
        if word.is_name or (determined and word.is_content):
            nouns.append(word)
        else:
            determined = word.plain in _DETERMINERS
    return nouns


def _agrees(pronoun: str, noun: _Word) -> bool:
    if noun.is_name:
        return True
    plural = noun.plain.endswith("s") and not noun.plain.endswith("ss")
    if pronoun in ("they", "them"):
        return plural
    return pronoun in ("their", "theirs") or not plural


# How it is completed


def _with_period(of: _Text, asked: _Text) -> str:
    """Return the question `of` for the period of `asked` instead of its own."""
    start, end = asked.periods[0][0], asked.periods[-1][1]
    period = asked.text[start:end]
    preposition = _preposition_before(asked.text, start) or ("in " if period[0].isdigit() else "")
    period = preposition + period
    if not of.periods:
        return _appended(of.text, period)
    first, last = of.periods[0][0], of.periods[-1][1]
    first -= len(_preposition_before(of.text, first))
    return of.text[:first] + period + of.text[last:]


def _preposition_before(text: str, start: int) -> str:
    found = _NO_PERIOD.search(text[:start])
    return found[0].casefold() if found else ""


def _appended(text: str, more: str) -> str:
    body = text.rstrip()
    bare = body.rstrip("?!. ")
    return f"{bare} {more}{body[len(bare) :]}"


def _from_fragment(asked: _Text, subject: _Subject, asked_at: datetime) -> str:
    of = subject.question
    if asked.periods:
        of = _Text(_with_period(of, asked), asked_at)
    fragment = asked.text.strip(" ?!.")
    replaced = _with_phrase(of, asked, fragment)
    if replaced is not None:
        return replaced
    put = False
    for name in asked.names:
        counterpart = _counterpart(name, of.names)
        if counterpart:
            of, put = _Text(_exchanged(of.text, counterpart, name), asked_at), True
    if put:
        return of.text
    if asked.words[0].plain in _PREPOSITIONS or fragment.casefold().startswith("according to "):
        return _appended(of.text, fragment)
    return _with_noun(of, asked, fragment) or _joined(asked.text, _carried(asked, of.content))


def _with_phrase(of: _Text, asked: _Text, fragment: str) -> str | None:
    """Return the question `of` with a phrase replaced by one with the same preposition, neither of names."""
    lead = re.match(r"according\s+to\b|\w+", fragment, re.I)
    if lead is None or not (lead[0].casefold() in _PREPOSITIONS or " " in lead[0]):
        return None
    phrase = (
        r"(?:the\s+|an?\s+)?[\w’'-]+(?:\s+(?:of\s+(?:the\s+)?)?(?!\b(?:in|on|at|by|for|to|from)\b)[\w’'-]+)*"
    )
    for found in re.finditer(rf"\b{lead[0]}\s+{phrase}", of.text, re.I):
        named = any(found.start() <= name.start < found.end() for name in of.names)
        dated = any(found.start() <= start < found.end() for start, _ in of.periods)
        if not dated and (" " in lead[0] or not (named or asked.names)):
            return of.text[: found.start()] + fragment + of.text[found.end() :]
    return None


def _counterpart(name: _Name, names: Sequence[_Name]) -> _Name | None:
    """Return the one of `names` in whose place `name` is put: the most alike of those of its kind."""
    best, most = None, 0
    for other in names:
        if set(name.text.split()) <= set(other.text.split()):
            return None  # the same, for short
        likeness = _likeness(name, other)
        if likeness > most:
            best, most = other, likeness
    return best


def _likeness(name: _Name, other: _Name) -> int:
    same_head = bool(name.head) and name.head.casefold() == other.head.casefold()
    shared = bool(set(name.text.split()) & set(other.text.split()))
    alike = SequenceMatcher(None, name.text, other.text).ratio() >= _ALIKE
    same_lead = bool(name.lead) and (name.lead == other.lead or {name.lead, other.lead} <= _PLACES)
    apart = bool(name.lead) and bool(other.lead) and not same_lead
    if "according to" in (name.lead, other.lead) and name.lead != other.lead and name.lead:
        apart = True
    if not (same_head or shared or alike) and (apart or name.is_abbreviation != other.is_abbreviation):
        return 0
    same_standing = bool(name.head) == bool(other.head)
    return 1 + 16 * same_head + 8 * (shared or alike) + 4 * same_lead + 2 * same_standing


def _exchanged(text: str, old: _Name, new: _Name) -> str:
    end, put = old.end, new.text
    if new.head and not text[end:].casefold().startswith(f" {new.head.casefold()}"):
        put = f"{new.text} {new.head}"
    if old.head and (put != new.text or (old.is_definite and not new.head)):
        end += len(old.head) + 1
    return text[: old.start] + put + text[end:]


def _with_noun(of: _Text, asked: _Text, fragment: str) -> str | None:
    """Return the question `of` with a noun exchanged: the one that is counted, or that has "the" as the fragment has.

    That is the one with the same last word ("the cod quota", "the herring quota"), or the only one.
    """
    if asked.names or not asked.stems - of.stems:
        return None
    if asked.words[0].plain == "the":
        phrases = _definite(of)
        alike = [phrase for phrase in phrases if stem(phrase[-1].text) == stem(asked.words[-1].text)]
        chosen = alike or phrases
        place = (chosen[0][0].start, chosen[0][-1].end) if len(alike) == 1 or len(chosen) == 1 else None
    else:
        counted = re.search(
            rf"\bhow\s+(?:many|much)\s+([a-z]\w*)\s+(?:{'|'.join(_AUXILIARIES)})\b", of.text, re.I
        )
        place = counted.span(1) if counted else None
    return of.text[: place[0]] + fragment + of.text[place[1] :] if place else None


def _definite(of: _Text) -> list[list[_Word]]:
    """Return what follows each "the" up to the next word without content, the article included; names left out."""
    phrases: list[list[_Word]] = []
    inside = False
    for word in of.words:
        if word.plain == "the":
            phrases.append([word])
            inside = True
        elif inside and word in of.nouns and of.text[phrases[-1][-1].end : word.start] == " ":
            phrases[-1].append(word)
        else:
            inside = False
    return [phrase for phrase in phrases if len(phrase) > 1]


def _from_clause(asked: _Text, subject: _Subject, dangling: set[str], opened: bool) -> str:
    of = subject.question
    parallel = _PARALLEL.fullmatch(asked.text.strip())
    predicate = _PREDICATE.search(of.text)
    if parallel and predicate and not dangling and parallel[1][-2:] == predicate[1][-2:]:
        return of.text[: predicate.start(1)] + parallel[1] + of.text[predicate.end(1) :]
    if _OWNING.search(asked.text) and asked.names and not asked.nouns:
        owners = [name for name in of.names if name.head]
        if owners:
            return _exchanged(of.text, owners[0], asked.names[0])
    person = _person(subject) if dangling & _PERSONS else None
    if person and (asked.content or _MEASURE.search(asked.text)) and not _COUNTING.search(asked.text):
        return _joined(asked.text, person.split())
    words = [word for word in of.content if not _is_within(word, _contrasted(asked, of) if opened else [])]
    periods = [] if asked.periods else [of.text[start:end] for start, end in of.periods]
    found = _found_by(subject) if dangling else None
    more = [each for phrase in (person, found) if phrase for each in phrase.split()]
    return _joined(asked.text, [*more, *_carried(asked, words), *periods])


def _contrasted(asked: _Text, of: _Text) -> list[tuple[int, int]]:
    counterparts = [_counterpart(name, of.names) for name in asked.names]
    return [(each.start, each.end) for each in counterparts if each]


def _with_names(asked: _Text, subject: _Subject) -> str:
    return _joined(asked.text, [word.text for word in subject.question.content if word.is_name])


def _carried(asked: _Text, words: Sequence[_Word]) -> list[str]:
    own = asked.stems
    return [word.text for word in words if stem(word.text) not in own]


def _joined(text: str, words: Sequence[str]) -> str:
    chosen = list(dict.fromkeys(" ".join(words).split()))[:_MOST_WORDS]
    return f"{text.rstrip()} {' '.join(chosen)}" if chosen else text


def _person(subject: _Subject) -> str | None:
    """Return the name that "he" or "she" stands for: of several words, without "the" or a place's preposition."""
    for text in (subject.question, subject.answer):
        for name in text.names:
            is_person = " " in name.text and not name.is_abbreviation and name.lead not in _PLACES
            if is_person and not re.search(r"\bthe\s+$", text.text[: name.start], re.I):
                return name.text
    single = [name.text for name in subject.question.names if not (name.is_abbreviation or name.lead)]
    return single[0] if single else None


def _found_by(subject: _Subject) -> str | None:
    """Return the first name of the answer that the question did not know, where it asked for one."""
    first = subject.question.words[0].plain if subject.question.words else ""
    if first not in ("who", "whom", "whose", "which", "where"):
        return None
    known = subject.question.stems
    new = [name for name in subject.answer.names if not {stem(word) for word in name.text.split()} <= known]
    return new[0].text if new else None


# Places


def _places_of(phrases: Sequence[str], text: str) -> list[tuple[int, int]]:
    places, start = [], 0
    for phrase in phrases:
        start = text.replace("\xa0", " ").find(phrase, start)
        places.append((start, start + len(phrase)))
        start += len(phrase)
    return places


def _is_within(word: _Word, places: Sequence[tuple[int, int]]) -> bool:
    return _covers(places, word.start)


def _covers(places: Sequence[tuple[int, int]], position: int) -> bool:
    return any(start <= position < end for start, end in places)
