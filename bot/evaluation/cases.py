"""Question cases: questions, and what is expected of their answers, in `*.cases.yaml` files.

    articles: [../../examples/articles]     # optional
    cases:
      - id: strength
        question: how many ISKP fighters did CSTO estimate?
        asked_at: 2023-10-01                # optional, as are history, sources and tags
        history: [{question: "What is CSTO?", answer: A military pact.}]
        answers: ["6,500"]
        sources: [border.md]
        declines: false                     # unless it says so
        tags: [numbers]

A case that nothing could fail, or that nothing could pass, would only look like a check, so such files are
refused as a whole. YAML's own types are not used: a number or a date is the text that the file shows, since
YAML reads 010 as eight, 1:30 as ninety and yes as true.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import datetime
from difflib import get_close_matches
from itertools import pairwise
from pathlib import Path

import yaml

from bot.errors import CaseError, QuestionError
from bot.questions import Exchange, Question, moment_asked

ENDING = ".cases.yaml"
"""What the name of a file of cases ends with."""

_FILE_KEYS = ("articles", "cases")
_CASE_KEYS = ("id", "question", "asked_at", "history", "answers", "sources", "declines", "tags")
_EXCHANGE_KEYS = ("question", "answer")

_TAG = "tag:yaml.org,2002:"
_WORDS = f"{_TAG}str"
_FLAG = f"{_TAG}bool"
_TEXTS = {_WORDS, _FLAG, f"{_TAG}int", f"{_TAG}float", f"{_TAG}timestamp"}


@dataclass(frozen=True, slots=True)
class QuestionCase:
    """A question, and what is expected of its answer.

    `asked_at` is UTC, None means now. The answer holds any of `answers` and rests on any of `sources`, each
    an article's path, URL or title; where one is empty, nothing of the kind is expected. `declines` tells
    whether the articles do not hold an answer. `line` is where the case begins in its file.
    """

    id: str
    question: str
    asked_at: datetime | None = None
    history: tuple[Exchange, ...] = ()
    answers: tuple[str, ...] = ()
    sources: tuple[str, ...] = ()
    declines: bool = False
    tags: tuple[str, ...] = ()
    line: int | None = field(default=None, compare=False)

    def as_asked(self) -> Question:
        """Return the question as it is put to the product."""
        return Question(self.question, self.asked_at or moment_asked(None), history=self.history)


@dataclass(frozen=True, slots=True)
class CaseFile:
    """A file of cases; `articles` are the files and folders to answer from, none the configured index."""

    path: Path
    articles: tuple[Path, ...]
    cases: tuple[QuestionCase, ...]


def load_cases(path: Path) -> CaseFile:
    """Return the cases of a file; the paths of its articles are relative to it.

    Raises:
        CaseError: the file cannot be read, or one of its cases has a fault, or expects nothing.
    """
    place = _Place(path)
    fields = place.fields(_composed(path), "The file", _FILE_KEYS)
    articles = tuple((path.parent / each).resolve() for each in place.texts(fields, "articles"))
    cases: dict[str, QuestionCase] = {}
    for node in place.items(fields, "cases"):
        case = _case(place, node)
        if case.id in cases:
            raise place.error(node, f"The id {case.id!r} is taken by an earlier case", "Give it another id.")
        cases[case.id] = case
    if not cases:
        raise place.error(
            fields.get("cases"),
            "There are no cases",
            "Write at least one under cases:, or leave the file out.",
        )
    return CaseFile(path, articles, tuple(cases.values()))


def _read(path: Path) -> str:
    try:
        return path.read_text(encoding="utf-8-sig")
    except OSError as error:
        raise CaseError(
            f"{path} cannot be opened ({error.strerror or error}).", "Check that it is there and readable."
        ) from error
    except UnicodeDecodeError as error:
        raise CaseError(f"{path} is not UTF-8 text.", "Save it as UTF-8.") from error


def _composed(path: Path) -> yaml.Node | None:
    text = _read(path)
    try:
        node: yaml.Node | None = yaml.compose(text, yaml.SafeLoader)
    except yaml.reader.ReaderError as error:
        at = text.count("\n", 0, error.position) + 1
        raise CaseError(
            f"{path}, line {at} is not YAML: the character U+{ord(text[error.position]):04X} is no text.",
            "Delete it.",
        ) from error
    except yaml.MarkedYAMLError as error:
        line = f", line {error.problem_mark.line + 1}" if error.problem_mark else ""
        raise CaseError(
            f"{path}{line} is not YAML: {error.problem or 'it cannot be parsed'}.",
            "Put text that holds any of YAML's signs, such as : , ? or #, in quotes.",
        ) from error
    except (yaml.YAMLError, ValueError, OverflowError) as error:
        # PyYAML lets some of Python's own errors through, for the number of a character that is none, say.
        raise CaseError(
            f"{path} is not YAML: {' '.join(str(error).split())[:100]}.", "Delete what is no text."
        ) from error
    except RecursionError:
        raise CaseError(f"{path} is nested too deeply.", "Write cases like those in the docs.") from None
    return node


def _case(place: _Place, node: yaml.Node) -> QuestionCase:
    fields = place.fields(node, "A case", _CASE_KEYS)
    case_id = place.text(place.required(fields, "id", node), "id")
    place = _Place(place.path, case_id)
    case = QuestionCase(
        id=case_id,
        question=_question(place, fields, node),
        asked_at=_asked_at(place, fields),
        history=tuple(_exchange(place, each) for each in place.items(fields, "history")),
        answers=place.texts(fields, "answers"),
        sources=place.texts(fields, "sources"),
        declines=place.flag(fields, "declines"),
        tags=place.texts(fields, "tags"),
        line=node.start_mark.line + 1,
    )
    if case.declines and case.answers:
        raise place.error(
            fields["answers"],
            "It declines, and yet has answers",
            "Delete the answers, or write declines: false.",
        )
    if not (case.declines or case.answers or case.sources):
        raise place.error(node, "It expects nothing", "Give it answers or sources, or write declines: true.")
    return case


def _exchange(place: _Place, node: yaml.Node) -> Exchange:
    fields = place.fields(node, "An exchange of history", _EXCHANGE_KEYS)
    answer = place.text(fields["answer"], "answer") if "answer" in fields else ""
    return Exchange(_question(place, fields, node), answer)


def _question(place: _Place, fields: dict[str, yaml.Node], within: yaml.Node) -> str:
    node = place.required(fields, "question", within)
    if node.tag != _WORDS:
        raise place.error(node, "question is not text", "Write it like question: Who won?")
    return place.text(node, "question")


def _asked_at(place: _Place, fields: dict[str, yaml.Node]) -> datetime | None:
    node = fields.get("asked_at")
    if node is None:
        return None
    value = place.text(node, "asked_at")
    try:
        return moment_asked(value)
    except QuestionError as error:
        raise place.error(node, f"asked_at {value!r} is not a date", error.remedy) from error


@dataclass(frozen=True, slots=True)
class _Place:
    """The file, and where known the case, that is being read: takes nodes apart and names what is wrong."""

    path: Path
    case: str | None = None

    def error(self, node: yaml.Node | None, reason: str, remedy: str) -> CaseError:
        """Return the error about a node."""
        line = f", line {node.start_mark.line + 1}" if node else ""
        case = f", case {self.case!r}" if self.case else ""
        return CaseError(f"{self.path}{line}{case}: {reason}.", remedy)

    def fields(self, node: yaml.Node | None, what: str, known: tuple[str, ...]) -> dict[str, yaml.Node]:
        """Return the values of a mapping by their keys, each known and there once."""
        if not isinstance(node, yaml.MappingNode):
            raise self.error(
                node, f"{what} is not a list of keys and values", f"Its keys are {_list(known)}."
            )
        found: dict[str, yaml.Node] = {}
        for key, value in node.value:
            if not isinstance(key, yaml.ScalarNode) or key.value not in known:
                name = repr(key.value) if isinstance(key, yaml.ScalarNode) else "what is no word"
                raise self.error(key, f"{what} has no key {name}", _remedy_for_key(key, known))
            if key.value in found:
                raise self.error(key, f"{key.value} stands here twice", "Delete one of the two.")
            found[key.value] = value
        return found

    def required(self, fields: dict[str, yaml.Node], name: str, within: yaml.Node) -> yaml.Node:
        """Return a value that has to be there."""
        if name not in fields:
            raise self.error(within, f"{name} is missing", f"Write it like {name}: …")
        return fields[name]

    def items(self, fields: dict[str, yaml.Node], name: str) -> Iterator[yaml.Node]:
        """Give the items of a list; one that is left out has none."""
        node = fields.get(name)
        if node is None:
            return
        if not isinstance(node, yaml.SequenceNode):
            raise self.error(node, f"{name} is not a list", f'Write it like {name}: ["…"]')
        yield from node.value

    def texts(self, fields: dict[str, yaml.Node], name: str) -> tuple[str, ...]:
        """Return the texts of a list."""
        nodes = tuple(self.items(fields, name))
        for one, other in pairwise(nodes):
            self._check_apart(one, other)
        return tuple(self.text(node, name) for node in nodes)

    def _check_apart(self, one: yaml.Node, other: yaml.Node) -> None:
        """Refuse [6,500], which is a six and a five hundred to YAML and one number to whoever wrote it."""
        if not (isinstance(one, yaml.ScalarNode) and isinstance(other, yaml.ScalarNode)):
            return
        written = f"{one.value},{other.value}"
        unquoted = not (one.style or other.style)
        touching = one.end_mark.index + 1 == other.start_mark.index
        if unquoted and touching and re.match(r"\d+,\d{3}\b", written):
            raise self.error(
                one,
                f"{written} is two values here",
                f'Write "{written}" in quotes, or a space between the two.',
            )

    def text(self, node: yaml.Node, name: str) -> str:
        """Return a text, or a number, a date, yes or no as the file shows it."""
        if not isinstance(node, yaml.ScalarNode) or node.tag not in _TEXTS or not node.value.strip():
            raise self.error(node, f"{name} is empty or not text", f"Write it like {name}: …")
        return str(node.value)

    def flag(self, fields: dict[str, yaml.Node], name: str) -> bool:
        """Return whether something is so; what is left out is not."""
        node = fields.get(name)
        if node is None:
            return False
        if node.tag != _FLAG:
            raise self.error(
                node, f"{name} is neither true nor false", f"Write {name}: true, without quotes."
            )
        return node.value.lower() in {"true", "yes", "on"}


def _remedy_for_key(key: yaml.Node, known: tuple[str, ...]) -> str:
    near = get_close_matches(key.value.casefold(), known, 1) if isinstance(key, yaml.ScalarNode) else []
    proposal = f"Did you mean {near[0]}? " if near else ""
    return f"{proposal}Its keys are {_list(known)}."


def _list(words: tuple[str, ...]) -> str:
    return f"{', '.join(words[:-1])} and {words[-1]}"
