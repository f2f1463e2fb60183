"""The inbox: questions are written down before they are acknowledged, and each is answered once.

Whatever happens to the process, a question that was taken in is found here again, as far as it had come.
"""

from __future__ import annotations

import json
from collections.abc import Collection, Mapping, Sequence
from typing import Any

from sqlalchemy import (
    ColumnElement,
    Connection,
    Row,
    Table,
    UniqueConstraint,
    and_,
    delete,
    func,
    insert,
    or_,
    select,
    update,
)
from sqlalchemy.exc import IntegrityError

from bot.questions import Exchange
from bot.records.database import Database
from bot.records.records import Arrival, Outcome, Post, PostState, Recorded, State, Surface
from bot.records.schema import deletions, events, posts, questions, sources, unchanged, withdrawals

TALK_SECONDS = 30 * 60
"""So long after a direct message, the next one may lean on it."""

_ASKED = frozenset((Outcome.ANSWERED, Outcome.DECLINED, Outcome.FAILED, Outcome.EXPIRED, Outcome.RETRACTED))
"""What a question came to that counts as asked: it uses up its asker's rate."""

_COLUMNS = [column for column in questions.c if column.name != "done_at"]

_ARRIVED = (
    (PostState.SENDING, PostState.PLACED),
    (PostState.SAYING, PostState.FILLED),
    (PostState.STARTING, PostState.STREAMING),
)
"""What a message is that may be there, and what it is once it is."""

_IN_CONVERSATION = (Outcome.ANSWERED, Outcome.DECLINED, Outcome.RETRACTED)
"""What a question came to that the next one may lean on."""

_UNANSWERED = questions.c.state.in_((State.ARRIVED, State.ADMITTED))


class Inbox:
    """Takes questions in, and keeps how far each is. Any number of threads may use it.

    Every method raises RecordsError where the database cannot be used.
    """

    def __init__(self, database: Database) -> None:
        self._database = database

    def take(self, key: str, arrival: Arrival, now: float) -> int | None:
        """Write a question down; return its id, or None where the event or the message is known already.

        A question that was deleted before it arrived is known as well.
        """
        with self._database.writing() as connection:
            if not _is_new(connection, key, now) or _is_deleted(connection, arrival):
                return None
            values = {
                "workspace": arrival.workspace,
                "channel": arrival.channel,
                "ts": arrival.ts,
                "thread": arrival.thread,
                "person": arrival.person,
                "surface": arrival.surface,
                "guest_of": arrival.guest_of,
                "text": arrival.text,
                "received_at": now,
                "state": State.ARRIVED,
            }
            return _insert(connection, questions, values)

    def know(self, key: str, now: float) -> bool:
        """Write an event down that asks nothing; tell whether it is new."""
        with self._database.writing() as connection:
            return _is_new(connection, key, now)

    def withdraw(self, key: str, workspace: str, channel: str, ts: str, now: float) -> int | None:
        """Write down that a message was deleted; return the question that it was, if it was one."""
        with self._database.writing() as connection:
            if not _is_new(connection, key, now):
                return None
            found = connection.execute(
                select(questions.c.id).where(
                    questions.c.workspace == workspace, questions.c.channel == channel, questions.c.ts == ts
                )
            ).scalar()
            if found is None:
                values = {"workspace": workspace, "channel": channel, "ts": ts, "received_at": now}
                _insert(connection, deletions, values)
                return None
            # Not done any longer, even where it was: its answer has to go. What was deleted is not kept, either.
            connection.execute(
                update(questions)
                .where(questions.c.id == found)
                .values(
                    state=State.COMPOSED,
                    outcome=Outcome.WITHDRAWN,
                    messages="[]",
                    plain_messages="[]",
                    said=None,
                    text="",
                )
            )
            return int(found)

    def question(self, question_id: int) -> Recorded | None:
        """Return a question; None where it is forgotten."""
        with self._database.reading() as connection:
            row = connection.execute(select(*_COLUMNS).where(questions.c.id == question_id)).one_or_none()
        return _recorded(row) if row else None

    def unfinished(self) -> list[int]:
        """Return the questions that are not done, oldest first."""
        with self._database.reading() as connection:
            statement = select(questions.c.id).where(questions.c.state != State.DONE).order_by(questions.c.id)
            return list(connection.execute(statement).scalars())

    def untidy(self) -> list[int]:
        """Return the questions that are done, and of which there is a message that should not be: it turned up late."""
        there = and_(questions.c.state == State.DONE, posts.c.ts.is_not(None))
        unwanted = or_(
            posts.c.state.in_((PostState.PLACED, PostState.STREAMING)),
            questions.c.outcome == Outcome.WITHDRAWN,
        )
        ours = select(questions.c.id).join(posts, posts.c.question_id == questions.c.id).where(there)
        twice = ours.group_by(questions.c.id, posts.c.part).having(func.count() > 1)
        with self._database.reading() as connection:
            statement = ours.where(unwanted).union(twice)
            return sorted(connection.execute(statement).scalars())

    def undelivered(self) -> int:
        """Return how many questions have come to something that is not all said."""
        with self._database.reading() as connection:
            statement = select(func.count()).where(questions.c.state == State.COMPOSED)
            return connection.execute(statement).scalar_one()

    def admitted(self, apart_from: Collection[int] = ()) -> int | None:
        """Return the question that waits longest for its answer, some left out."""
        statement = select(func.min(questions.c.id)).where(questions.c.state == State.ADMITTED)
        if apart_from:
            statement = statement.where(questions.c.id.not_in(apart_from))
        with self._database.reading() as connection:
            return connection.execute(statement).scalar()

    def waiting(self, up_to: int | None = None) -> int:
        """Return how many questions have no answer yet; with the id of one, how many up to it and with it."""
        statement = select(func.count()).where(_UNANSWERED)
        if up_to is not None:
            statement = statement.where(questions.c.id <= up_to)
        with self._database.reading() as connection:
            return connection.execute(statement).scalar_one()

    def waiting_since(self) -> float | None:
        """Return when the question that waits longest was taken in, in seconds since 1970."""
        with self._database.reading() as connection:
            return connection.execute(select(func.min(questions.c.received_at)).where(_UNANSWERED)).scalar()

    def asked_since(self, workspace: str, person: str, since: float, *, before: int) -> int:
        """Return how many questions a person has asked since then, those from the id `before` on left out."""
        with self._database.reading() as connection:
            counts = questions.c.outcome.is_(None) | questions.c.outcome.in_(_ASKED)
            statement = select(func.count()).where(
                questions.c.workspace == workspace,
                questions.c.person == person,
                questions.c.received_at > since,
                questions.c.id < before,
                counts,
            )
            return connection.execute(statement).scalar_one()

    def admit(self, question_id: int) -> bool:
        """Let a question be answered; tell whether it still has to be."""
        with self._database.writing() as connection:
            return _moved(connection, question_id, State.ARRIVED, state=State.ADMITTED)

    def compose(
        self,
        question_id: int,
        outcome: Outcome,
        messages: Sequence[Mapping[str, Any]],
        plain_messages: Sequence[Mapping[str, Any]] = (),
        said: str | None = None,
        cited: Collection[str] = (),
    ) -> bool:
        """Write down what to say to a question; False where it was withdrawn, or has been composed before.

        False, too, where one of the articles that are `cited` was withdrawn meanwhile: it waits to be answered anew.
        """
        values = {
            "state": State.COMPOSED,
            "outcome": outcome,
            "messages": json.dumps(list(messages)),
            "plain_messages": json.dumps(list(plain_messages)),
            "said": said,
        }
        with self._database.writing() as connection:
            if cited and _is_any_withdrawn(connection, cited):
                return False
            composed = _moved(connection, question_id, State.ARRIVED, State.ADMITTED, **values)
            if composed and cited:
                rows = [{"question_id": question_id, "article_id": each} for each in sorted(set(cited))]
                connection.execute(insert(sources), rows)
            return composed

    def finish(self, question_id: int, outcome: Outcome | None, now: float) -> None:
        """Write down that all that is to be said is said, unless the question became something else meanwhile."""
        # What was posted is in Slack; the words alone stay, for the conversation. That an answer was taken back may
        # have to be said again.
        said = {} if outcome is Outcome.RETRACTED else {"messages": None, "plain_messages": None}
        with self._database.writing() as connection:
            connection.execute(
                update(questions)
                .where(
                    questions.c.id == question_id,
                    questions.c.state == State.COMPOSED,
                    questions.c.outcome == outcome,
                )
                .values(state=State.DONE, done_at=now, **said)
            )

    # The bot's own messages

    def posts(self, question_id: int) -> list[Post]:
        """Return the messages posted for a question, in order."""
        with self._database.reading() as connection:
            statement = select(posts).where(posts.c.question_id == question_id)
            rows = connection.execute(statement.order_by(posts.c.part, posts.c.sent_at)).all()
        return [_post(row) for row in rows]

    def sending(self, mark: str, question_id: int, part: int, now: float, *, says: bool = False) -> None:
        """Write down that a message is about to be posted; whether it `says` what it should, or that it will."""
        self._begin(mark, question_id, part, now, PostState.SAYING if says else PostState.SENDING)

    def starting(self, mark: str, question_id: int, now: float) -> None:
        """Write down that a stream is about to be started. Its mark names it here alone: Slack is not told it."""
        self._begin(mark, question_id, 0, now, PostState.STARTING)

    def _begin(self, mark: str, question_id: int, part: int, now: float, state: PostState) -> None:
        values = {"mark": mark, "question_id": question_id, "part": part, "state": state, "sent_at": now}
        with self._database.writing() as connection:
            connection.execute(insert(posts).values(**values))

    def started(self, mark: str, ts: str) -> None:
        """Write down that a stream is there, as Slack has answered; no guess by its echo counts beside that."""
        with self._database.writing() as connection:
            statement = update(posts).where(posts.c.mark == mark)
            connection.execute(statement.values(ts=ts, state=PostState.STREAMING))

    def stream_heard_of(self, workspace: str, channel: str, thread: str, ts: str) -> int | None:
        """Take a message without a mark for the one stream being started in a thread; return that one's question.

        Where several are, or the message is another one that is known, it is none.
        """
        with self._database.writing() as connection:
            ours = posts.join(questions, posts.c.question_id == questions.c.id)
            statement = select(posts).select_from(ours).where(_in_thread(workspace, channel, thread))
            known = connection.execute(statement).all()
            awaited = [post for post in known if post.state == PostState.STARTING]
            if len(awaited) != 1 or any(post.ts == ts for post in known):
                return None
            connection.execute(
                update(posts).where(posts.c.mark == awaited[0].mark).values(ts=ts, state=PostState.STREAMING)
            )
            return int(awaited[0].question_id)

    def placed(self, mark: str, ts: str) -> None:
        """Write down that a message is there."""
        with self._database.writing() as connection:
            for before, after in _ARRIVED:
                connection.execute(
                    update(posts)
                    .where(posts.c.mark == mark, posts.c.state == before)
                    .values(ts=ts, state=after)
                )

    def filled(self, mark: str) -> None:
        """Write down that a message says what it should."""
        with self._database.writing() as connection:
            connection.execute(update(posts).where(posts.c.mark == mark).values(state=PostState.FILLED))

    def gone(self, mark: str) -> None:
        """Write down that a message is not there, or no longer."""
        with self._database.writing() as connection:
            connection.execute(delete(posts).where(posts.c.mark == mark))

    def not_changed(self, mark: str, reason: str, now: float) -> None:
        """Write down that a message goes on showing what was withdrawn, and why."""
        with self._database.writing() as connection:
            connection.execute(delete(unchanged).where(unchanged.c.mark == mark))
            connection.execute(insert(unchanged).values(mark=mark, reason=reason, tried_at=now))

    def post(self, mark: str) -> Post | None:
        """Return the message with this mark."""
        with self._database.reading() as connection:
            row = connection.execute(select(posts).where(posts.c.mark == mark)).one_or_none()
        return _post(row) if row else None

    # Conversations

    def has_answered_in(self, workspace: str, channel: str, thread: str) -> bool:
        """Tell whether a question in this thread was answered, or declined."""
        with self._database.reading() as connection:
            statement = select(func.count()).where(
                _in_thread(workspace, channel, thread),
                questions.c.outcome.in_(_IN_CONVERSATION),
            )
            return connection.execute(statement).scalar_one() > 0

    def history(self, question: Recorded, limit: int) -> tuple[Exchange, ...]:
        """Return the last `limit` questions before one in its conversation that were answered or declined, in order.

        A conversation is a thread, and in a direct channel what was asked outside of threads within TALK_SECONDS.
        """
        with self._database.reading() as connection:
            statement = (
                select(questions.c.text, questions.c.said)
                .where(
                    _in_conversation(question),
                    questions.c.id < question.id,
                    questions.c.outcome.in_(_IN_CONVERSATION),
                )
                .order_by(questions.c.id.desc())
                .limit(limit)
            )
            rows = connection.execute(statement).all()
        return tuple(Exchange(row.text, row.said or "") for row in reversed(rows))

    # Forgetting

    def forget_events_before(self, moment: float) -> None:
        """Delete what tells an event that comes again; Slack sends one for some minutes only."""
        with self._database.writing() as connection:
            connection.execute(delete(events).where(events.c.received_at < moment))
            connection.execute(delete(deletions).where(deletions.c.received_at < moment))

    def forget_before(self, moment: float) -> int:
        """Delete the questions of before then that are done, and what was answered; return how many."""
        with self._database.writing() as connection:
            old = and_(questions.c.state == State.DONE, questions.c.received_at < moment)
            return connection.execute(delete(questions).where(old)).rowcount

    def forget_unfinished(self) -> int:
        """Delete the questions that are not done; return how many. Slack keeps what was posted for them."""
        with self._database.writing() as connection:
            return connection.execute(delete(questions).where(questions.c.state != State.DONE)).rowcount

    def forget_person(self, person: str, workspace: str | None = None) -> int:
        """Delete what a person asked, and what was answered; return how many questions that were."""
        with self._database.writing() as connection:
            theirs = questions.c.person == person
            if workspace is not None:
                theirs = and_(theirs, questions.c.workspace == workspace)
            return connection.execute(delete(questions).where(theirs)).rowcount


def _in_conversation(question: Recorded) -> ColumnElement[bool]:
    arrival = question.arrival
    if arrival.in_thread or arrival.surface is not Surface.DIRECT:
        return _in_thread(arrival.workspace, arrival.channel, arrival.thread)
    return and_(
        questions.c.workspace == arrival.workspace,
        questions.c.channel == arrival.channel,
        questions.c.thread == questions.c.ts,
        questions.c.received_at > question.received_at - TALK_SECONDS,
    )


def _in_thread(workspace: str, channel: str, thread: str) -> ColumnElement[bool]:
    return and_(
        questions.c.workspace == workspace, questions.c.channel == channel, questions.c.thread == thread
    )


def _is_new(connection: Connection, key: str, now: float) -> bool:
    return _insert(connection, events, {"key": key, "received_at": now}) is not None


def _is_deleted(connection: Connection, arrival: Arrival) -> bool:
    statement = select(func.count()).where(
        deletions.c.workspace == arrival.workspace,
        deletions.c.channel == arrival.channel,
        deletions.c.ts == arrival.ts,
    )
    return connection.execute(statement).scalar_one() > 0


def _is_any_withdrawn(connection: Connection, article_ids: Collection[str]) -> bool:
    statement = select(func.count()).where(withdrawals.c.article_id.in_(list(article_ids)))
    return connection.execute(statement).scalar_one() > 0


def _insert(connection: Connection, table: Table, values: Mapping[str, Any]) -> int | None:
    """Insert a row; return its key's first column (0 where that is no number), or None where there is one already."""
    try:
        with connection.begin_nested():
            key = connection.execute(insert(table).values(**values)).inserted_primary_key
    except IntegrityError:
        # A value that is missing, say, is no sign of another row, and must not pass for something known.
        if not _is_there(connection, table, values):
            raise
        return None
    return key[0] if key and isinstance(key[0], int) else 0


def _is_there(connection: Connection, table: Table, values: Mapping[str, Any]) -> bool:
    unique = [each.columns for each in table.constraints if isinstance(each, UniqueConstraint)]
    names = [[column.name for column in columns] for columns in (table.primary_key.columns, *unique)]
    same = [
        and_(*(table.c[each] == values[each] for each in key)) for key in names if values.keys() >= set(key)
    ]
    return connection.execute(select(func.count()).where(or_(*same))).scalar_one() > 0


def _moved(connection: Connection, question_id: int, *states: State, **values: Any) -> bool:
    statement = update(questions).where(questions.c.id == question_id, questions.c.state.in_(states))
    return connection.execute(statement.values(**values)).rowcount > 0


def _recorded(row: Row[Any]) -> Recorded:
    arrival = Arrival(
        row.workspace,
        row.channel,
        row.ts,
        row.thread,
        row.person,
        Surface(row.surface),
        row.text,
        row.guest_of,
    )
    return Recorded(
        row.id,
        arrival,
        row.received_at,
        State(row.state),
        Outcome(row.outcome) if row.outcome else None,
        row.said,
        tuple(json.loads(row.messages or "[]")),
        tuple(json.loads(row.plain_messages or "[]")),
    )


def _post(row: Row[Any]) -> Post:
    return Post(row.mark, row.question_id, row.part, row.ts, PostState(row.state), row.sent_at)
