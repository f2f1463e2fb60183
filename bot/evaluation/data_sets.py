"""Published question sets, in one shape: the articles, and questions whose answers are known.

SciFact and SQuAD are read as they are published (BEIR's layout, and SQuAD 2.0's JSON); a news set is a folder with
articles.jsonl and questions.jsonl.
"""

from __future__ import annotations

import json
import re
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TypeVar

from bot.errors import EvaluationError, QuestionError
from bot.evaluation.cases import QuestionCase
from bot.questions import moment_asked
from index.articles import Draft
from index.errors import ReadError
from index.identity import canonical_url, claimed_identity
from index.readers import read_file

_Value = TypeVar("_Value")

_GRADE = re.compile(r"-?\d+", re.ASCII)

_BEIR = "A set in BEIR's layout is a folder that holds corpus.jsonl, queries.jsonl and qrels/test.tsv."
_SQUAD = "It has to be one of SQuAD's files, like the development set of version 2.0."
_NEWS = (
    "A news set's folder holds articles.jsonl and questions.jsonl; a line of the latter has id, question, "
    "asked_at, answers and relevant, the URLs of the articles that answer."
)


@dataclass(frozen=True, slots=True)
class DataSet:
    """Articles, each with an `id` of its own, and questions about them.

    The sources of a case are the ids of the articles that were judged to answer it or, where it declines, of the
    article that it looks as if it were about. A set that only judges articles does not tell answers.
    """

    name: str
    drafts: tuple[Draft, ...]
    cases: tuple[QuestionCase, ...]
    only_judges_articles: bool = False


def load_beir(folder: Path, split: str = "test") -> DataSet:
    """Return the documents of a set in BEIR's layout, and the queries that `split` names a relevant one for.

    A document without a text is its title, one with neither is left out. Grades above zero count alike.

    Raises:
        EvaluationError: a file is missing, or is not what it should be.
    """
    drafts = tuple(
        Draft(text, title=line.words("title"), id=line.text("_id"))
        for line in _File(folder / "corpus.jsonl", _BEIR).lines()
        if (text := line.words("text") or line.words("title"))
    )
    judgements = _File(folder / "qrels" / f"{split}.tsv", _BEIR)
    relevant = _relevant(judgements)
    queries = {line.text("_id"): line for line in _File(folder / "queries.jsonl", _BEIR).lines()}
    for query in relevant.keys() - queries.keys():
        raise judgements.error(f"judges query {query}, which is not in queries.jsonl")
    cases = tuple(
        QuestionCase(name, line.text("text"), sources=tuple(relevant[name]))
        for name, line in queries.items()
        if name in relevant
    )
    return _whole(DataSet(folder.resolve().name, drafts, cases, only_judges_articles=True), judgements)


def _relevant(judgements: _File) -> dict[str, list[str]]:
    """Return the relevant documents by query."""
    found: dict[str, list[str]] = defaultdict(list)
    _header, *rows = judgements.content().splitlines() or [""]
    for number, row in enumerate(rows, start=2):
        match row.split("\t"):
            case [query, document, grade] if _GRADE.fullmatch(grade.strip()):
                if int(grade) > 0:
                    found[query].append(document)
            case _:
                raise judgements.error("is not a query, a document and a grade, separated by tabs", number)
    return dict(found)


def load_squad(path: Path) -> DataSet:
    """Return SQuAD's paragraphs, each an article ("Normans/12" is the topic's twelfth), and its questions.

    Raises:
        EvaluationError: the file is missing, or is not what it should be.
    """
    file = _File(path, _SQUAD)
    drafts: list[Draft] = []
    cases: list[QuestionCase] = []
    for topic in file.whole().parts("data"):
        title = topic.text("title")
        for number, paragraph in enumerate(topic.parts("paragraphs"), start=1):
            article = f"{title}/{number}"
            drafts.append(Draft(paragraph.text("context"), title=title.replace("_", " "), id=article))
            cases += [_squad_case(each, article) for each in paragraph.parts("qas")]
    return DataSet("squad", tuple(drafts), tuple(cases))


def _squad_case(said: _Fields, article: str) -> QuestionCase:
    # The first version, in which all can be answered, does not say so.
    impossible = "is_impossible" in said.said and said.flag("is_impossible")
    answers = [] if impossible else [answer.text("text") for answer in said.parts("answers")]
    return QuestionCase(
        said.text("id"),
        said.text("question").strip(),
        answers=tuple(dict.fromkeys(answers)),
        sources=(article,),
        declines=impossible,
        tags=(topic_of(article),),
    )


def squad_halves(topics: Iterable[str]) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Return the topics to fit on and the topics to hold out: every other one, in alphabetical order.

    Topics, not questions, are divided: what is fitted must not have seen the articles that it is measured on.
    """
    ordered = sorted(set(topics))
    return tuple(ordered[::2]), tuple(ordered[1::2])


def topic_of(article: str | None) -> str:
    """Return the topic that a SQuAD paragraph belongs to, by its id: "Normans" of "Normans/12"."""
    return (article or "").rpartition("/")[0]


def asked_about(case: QuestionCase) -> str:
    """Return the topic that a question of SQuAD belongs to."""
    return topic_of(case.sources[0])


def topics_left_out(topics: Sequence[str]) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Return the topics to leave out of each of two indexes: every other one of these, and the rest of them.

    So each index holds half of the topics whole, and each topic is absent from one.
    """
    return tuple(topics[1::2]), tuple(topics[::2])


def load_news(folder: Path) -> DataSet:
    """Return the articles of a news set, whose ids are their canonical URLs, and its questions.

    A question's day stands for the end of that day. Of several lines with one URL the one updated, or else
    published, last stays, as when they are indexed.

    Raises:
        EvaluationError: a file is missing, or is not what it should be.
    """
    drafts = _news_articles(_File(folder / "articles.jsonl", _NEWS))
    file = _File(folder / "questions.jsonl", _NEWS)
    return _whole(DataSet("news", drafts, tuple(_news_case(line) for line in file.lines())), file)


def _news_articles(file: _File) -> tuple[Draft, ...]:
    kept: dict[str, Draft] = {}
    for number, read in read_file(file.path):
        if isinstance(read, ReadError):
            raise file.error(read.message, number)
        name = claimed_identity(read)
        if name is None:
            raise file.error('has no "url"', number)
        if name not in kept or _updated(read) > _updated(kept[name]):
            kept[name] = replace(read, id=name)
    return tuple(kept.values())


def _updated(draft: Draft) -> float:
    moment = draft.updated_at or draft.published_at
    return moment.timestamp() if moment else float("-inf")


def _news_case(said: _Fields) -> QuestionCase:
    sources = tuple(dict.fromkeys(canonical_url(url) for url in said.texts("relevant")))
    asked_at = said.words("asked_at")
    try:
        moment = None if asked_at is None else moment_asked(asked_at)
    except QuestionError as error:
        raise said.error(f'has an "asked_at" that is not a date ({asked_at})') from error
    answers = tuple(dict.fromkeys(said.texts("answers")))
    return QuestionCase(
        said.text("id"),
        said.text("question").strip(),
        asked_at=moment,
        answers=answers,
        sources=sources,
        declines=not sources,
    )


@dataclass(frozen=True, slots=True)
class Kind:
    """A kind of data set: what reads it, and how its option is written."""

    load: Callable[[Path], DataSet]
    written: str


DATA_SETS = {
    "beir": Kind(load_beir, "footnote eval --dataset beir FOLDER"),
    "squad": Kind(load_squad, "footnote eval --dataset squad FILE"),
    "news": Kind(load_news, "footnote eval --dataset news FOLDER"),
}
"""By the names that --dataset takes."""


def _whole(found: DataSet, file: _File) -> DataSet:
    """Return `found` if its articles are all there that `file` judges."""
    known = {draft.id for draft in found.drafts}
    for case in found.cases:
        for source in case.sources:
            if source not in known:
                raise file.error(f"judges the article {source}, which is not among the articles")
    return found


@dataclass(frozen=True, slots=True)
class _File:
    """A file of a data set, and what to do where it is not as expected."""

    path: Path
    remedy: str

    def error(self, reason: str, line: int = 0) -> EvaluationError:
        place = f"{self.path}:{line}" if line else f"{self.path}"
        return EvaluationError(f"{place} {reason}.", self.remedy)

    def content(self) -> str:
        try:
            return self.path.read_text(encoding="utf-8")
        except OSError as error:
            raise self.error(f"cannot be opened ({error.strerror or error})") from error
        except UnicodeDecodeError as error:
            raise self.error("is not UTF-8 text") from error

    def whole(self) -> _Fields:
        """Return the one JSON object that the file is."""
        return self._fields(self.content(), 0)

    def lines(self) -> Iterator[_Fields]:
        """Give the JSON object on each line."""
        # Not splitlines(): a line separator may stand within a JSON string.
        for number, line in enumerate(self.content().split("\n"), start=1):
            if line.strip():
                yield self._fields(line, number)

    def _fields(self, written: str, line: int) -> _Fields:
        try:
            value = json.loads(written)
        except (ValueError, RecursionError) as error:
            raise self.error("is not JSON", line) from error
        if not isinstance(value, dict):
            raise self.error("is not a JSON object", line)
        return _Fields(value, self, line)


@dataclass(frozen=True, slots=True)
class _Fields:
    """The fields of a JSON object, checked when they are asked for."""

    said: Mapping[str, object]
    file: _File
    line: int

    def error(self, reason: str) -> EvaluationError:
        return self.file.error(reason, self.line)

    def words(self, key: str) -> str | None:
        """Return a text, or None where there is none."""
        value = self.said.get(key)
        if value is not None and not isinstance(value, str):
            raise self.error(f'has a "{key}" that is not text')
        return value if value and value.strip() else None

    def text(self, key: str) -> str:
        """Return a text that has to be there."""
        value = self.words(key)
        if value is None:
            raise self.error(f'has no "{key}"')
        return value

    def texts(self, key: str) -> list[str]:
        return [self._of_kind(each, key, str) for each in self._list(key)]

    def parts(self, key: str) -> list[_Fields]:
        return [_Fields(self._of_kind(each, key, dict), self.file, self.line) for each in self._list(key)]

    def flag(self, key: str) -> bool:
        return self._of_kind(self.said.get(key), key, bool)

    def _list(self, key: str) -> list[object]:
        return self._of_kind(self.said.get(key), key, list)

    def _of_kind(self, value: object, key: str, kind: type[_Value]) -> _Value:
        if not isinstance(value, kind):
            raise self.error(f'has a "{key}" that is missing or of the wrong kind')
        return value
