"""Retractions: answers whose source was withdrawn, and what has become of the messages that show them.

The records say which articles an answer quotes; of answers from before they did, it is told by the sentences that it
repeats. What such an answer said is deleted at once. Its messages are changed by whoever delivers answers, as any
answer is delivered; until then its question is composed and not done, which outlasts the process.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, and_, delete, exists, func, insert, or_, select, update

from bot.records.database import Database
from bot.records.records import Outcome, PostState, State
from bot.records.schema import posts, questions, sources, unchanged, withdrawals
from index.sentences import split_sentences

SAID_INSTEAD = "A source of this answer was withdrawn."
"""What takes the place of an answer's words in a conversation."""

_CHUNK = 500
_TELLING = 25
"""Characters. A shorter sentence can stand in any article."""

_SAYS_SOMETHING = (PostState.FILLED, PostState.SAYING, PostState.STREAMING)
_IS_RETRACTED = questions.c.outcome == Outcome.RETRACTED
_SHOWN = exists().where(posts.c.question_id == questions.c.id, posts.c.state.in_(_SAYS_SOMETHING))
"""That a message may say something of an answer."""

_MESSAGES = (
    select(questions.c.workspace, questions.c.channel, posts.c.ts)
    .join(posts, posts.c.question_id == questions.c.id)
    .order_by(questions.c.id, posts.c.part)
)


@dataclass(frozen=True, slots=True)
class Unchanged:
    """A message that shows an answer whose source was withdrawn, and why Slack did not let it be changed."""

    workspace: str
    channel: str
    ts: str
    reason: str


class Retractions:
    """What the records hold of answers whose sources were withdrawn. Any number of threads may use it.

    `notice` returns what such an answer's message is to say, for the day of the withdrawal. Every method raises
    RecordsError where the database cannot be used.
    """

    def __init__(self, database: Database, notice: Callable[[datetime], Mapping[str, Any]]) -> None:
        self._database = database
        self._notice = notice

    def withdraw(self, article_ids: Sequence[str], texts: Sequence[str], at: datetime) -> None:
        """Let no answer quote these articles, and take back those that do; doing so twice does no harm.

        `texts` are theirs, by which answers are told that do not say what they quote.
        """
        with self._database.writing() as connection:
            known = set(connection.execute(select(withdrawals.c.article_id)).scalars())
            rows = [
                {"article_id": each, "withdrawn_at": at.timestamp()}
                for each in dict.fromkeys(article_ids)
                if each not in known
            ]
            if rows:
                connection.execute(insert(withdrawals), rows)
            quoting = {*_citing(connection, article_ids), *_repeating(connection, texts)}
            _retract(connection, sorted(quoting), self._notice(at))

    def allow(self, article_ids: Iterable[str]) -> None:
        """Let answers quote these articles again."""
        gone = list(article_ids)
        with self._database.writing() as connection:
            for start in range(0, len(gone), _CHUNK):
                part = gone[start : start + _CHUNK]
                connection.execute(delete(withdrawals).where(withdrawals.c.article_id.in_(part)))

    def purge(self, seconds: float) -> bool:
        """Free the file of what was deleted; False where a reader kept it from that for so many seconds."""
        return self._database.purge(seconds)

    def count(self) -> int:
        """Return how many answers were taken back so far, whether their messages are changed or not."""
        with self._database.reading() as connection:
            return connection.execute(select(func.count()).where(_IS_RETRACTED)).scalar_one()

    def due(self) -> list[int]:
        """Return the questions whose answers have to be taken back, oldest first."""
        return self._due()

    def shown(self) -> list[int]:
        """Return those of them of which a message may say something: the others can be answered anew."""
        return self._due(_SHOWN)

    def shown_messages(self, reason: str) -> list[Unchanged]:
        """Return their messages, which show what was withdrawn for this reason."""
        with self._database.reading() as connection:
            statement = _MESSAGES.where(
                _IS_RETRACTED, questions.c.state == State.COMPOSED, posts.c.state.in_(_SAYS_SOMETHING)
            )
            rows = connection.execute(statement).all()
        return [Unchanged(row.workspace, row.channel, row.ts or "", reason) for row in rows]

    def _due(self, *conditions: Any) -> list[int]:
        statement = select(questions.c.id).where(
            _IS_RETRACTED, questions.c.state == State.COMPOSED, *conditions
        )
        with self._database.reading() as connection:
            return list(connection.execute(statement.order_by(questions.c.id)).scalars())

    def answer_anew(self, question_id: int) -> bool:
        """Let a question be answered once more, if nothing of its answer was said; tell whether it is."""
        with self._database.writing() as connection:
            statement = update(questions).where(
                questions.c.id == question_id, _IS_RETRACTED, questions.c.state == State.COMPOSED, ~_SHOWN
            )
            values = {"state": State.ADMITTED, "outcome": None, "messages": None, "said": None}
            return connection.execute(statement.values(**values)).rowcount > 0

    def unchanged(self) -> list[Unchanged]:
        """Return the messages that could not be changed, oldest first."""
        statement = _MESSAGES.add_columns(unchanged.c.reason).where(unchanged.c.mark == posts.c.mark)
        with self._database.reading() as connection:
            rows = connection.execute(statement).all()
        return [Unchanged(row.workspace, row.channel, row.ts or "", row.reason) for row in rows]

    def try_again(self) -> int:
        """Have the messages that could not be changed tried once more; return of how many questions they are."""
        with self._database.writing() as connection:
            failed = select(posts.c.question_id).join(unchanged, unchanged.c.mark == posts.c.mark)
            statement = update(questions).where(
                questions.c.id.in_(failed), _IS_RETRACTED, questions.c.state == State.DONE
            )
            count = connection.execute(statement.values(state=State.COMPOSED)).rowcount
            connection.execute(delete(unchanged))
            return count


def _citing(connection: Connection, article_ids: Sequence[str]) -> Iterator[int]:
    for start in range(0, len(article_ids), _CHUNK):
        part = article_ids[start : start + _CHUNK]
        statement = select(sources.c.question_id).where(sources.c.article_id.in_(part)).distinct()
        yield from connection.execute(statement).scalars()


def _repeating(connection: Connection, texts: Sequence[str]) -> Iterator[int]:
    """Yield the answers that do not say what they quote, and have a sentence in common with one of the texts."""
    if not texts:
        return
    whole = [_on_one_line(text) for text in texts]
    own = {each for text in texts for each in _sentences(text)}
    statement = select(questions.c.id, questions.c.said, questions.c.messages).where(
        questions.c.outcome.in_((Outcome.ANSWERED, Outcome.DECLINED)),
        or_(questions.c.said.is_not(None), questions.c.messages.is_not(None)),
        ~exists().where(sources.c.question_id == questions.c.id),
    )
    for row in connection.execute(statement).all():
        said = _on_one_line(" ".join((row.said or "", *_strings(json.loads(row.messages or "[]")))))
        if any(each in said for each in own) or any(
            each in text for each in _sentences(row.said or "") for text in whole
        ):
            yield row.id


def _sentences(text: str) -> set[str]:
    found = {_on_one_line(text[each.start : each.end]) for each in split_sentences(text)}
    return {each for each in found if len(each) >= _TELLING}


def _on_one_line(text: str) -> str:
    return " ".join(text.split())


def _strings(value: object) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, Mapping):
        for each in value.values():
            yield from _strings(each)
    elif isinstance(value, list):
        for each in value:
            yield from _strings(each)


def _retract(connection: Connection, question_ids: Sequence[int], notice: Mapping[str, Any]) -> None:
    values = {
        "state": State.COMPOSED,
        "outcome": Outcome.RETRACTED,
        "messages": json.dumps([notice]),
        "plain_messages": None,
        "said": SAID_INSTEAD,
    }
    for start in range(0, len(question_ids), _CHUNK):
        part = question_ids[start : start + _CHUNK]
        connection.execute(delete(sources).where(sources.c.question_id.in_(part)))
        answered = questions.c.outcome.in_((Outcome.ANSWERED, Outcome.DECLINED))
        connection.execute(update(questions).where(and_(questions.c.id.in_(part), answered)).values(**values))
