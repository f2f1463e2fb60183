"""The tables of the records, for SQLite now and PostgreSQL later: nothing here is of one database's dialect."""

from __future__ import annotations

from sqlalchemy import (
    BigInteger,
    Column,
    Float,
    ForeignKey,
    Index,
    Integer,
    MetaData,
    String,
    Table,
    Text,
    UniqueConstraint,
)

SCHEMA_VERSION = 2

metadata = MetaData()

_Key = BigInteger().with_variant(Integer, "sqlite")
"""SQLite numbers rows by itself only where the type is INTEGER."""

versions = Table("records_version", metadata, Column("version", Integer, nullable=False))

events = Table(
    "events",
    metadata,
    Column("key", String, primary_key=True),  # the event's id, or the trigger's
    Column("received_at", Float, nullable=False),
)
"""Every event that was taken in, so that the same one, sent again, is known. Times are seconds since 1970."""

questions = Table(
    "questions",
    metadata,
    Column("id", _Key, primary_key=True),
    Column("workspace", String, nullable=False),
    Column("channel", String, nullable=False),
    Column("ts", String, nullable=False),  # Slack's name for the message
    Column("thread", String, nullable=False),  # the ts of the message that its thread hangs from
    Column("person", String, nullable=False),
    Column("surface", String, nullable=False),
    Column("guest_of", String),  # the other workspace that the asker belongs to
    Column("text", Text, nullable=False),
    Column("received_at", Float, nullable=False),
    Column("state", String, nullable=False),
    Column("outcome", String),
    Column("said", Text),  # the answer in words alone, for the conversation
    Column("messages", Text),  # what is to be posted, as JSON
    Column("plain_messages", Text),  # the same without blocks
    Column("done_at", Float),
    UniqueConstraint("workspace", "channel", "ts"),
    Index("questions_by_thread", "workspace", "channel", "thread"),
    Index("questions_by_state", "state"),
    Index("questions_by_person", "workspace", "person", "received_at"),
)

posts = Table(
    "posts",
    metadata,
    Column("mark", String, primary_key=True),  # the block_id that the message carries, to be known by
    Column("question_id", _Key, ForeignKey("questions.id", ondelete="CASCADE"), nullable=False),
    Column("part", Integer, nullable=False),
    Column("ts", String),  # not known while it is being posted
    Column("state", String, nullable=False),
    Column("sent_at", Float, nullable=False),
    Index("posts_by_question", "question_id", "part"),
)

sources = Table(
    "sources",
    metadata,
    Column("question_id", _Key, ForeignKey("questions.id", ondelete="CASCADE"), primary_key=True),
    Column("article_id", Text, primary_key=True),
    Index("sources_by_article", "article_id"),
)
"""The articles that an answer quotes, or that a decline names. Answers of before version 2 have none."""

withdrawals = Table(
    "withdrawals",
    metadata,
    Column("article_id", Text, primary_key=True),
    Column("withdrawn_at", Float, nullable=False),
)
"""Articles that no answer may quote any more."""

unchanged = Table(
    "unchanged",
    metadata,
    Column("mark", String, ForeignKey("posts.mark", ondelete="CASCADE"), primary_key=True),
    Column("reason", String, nullable=False),  # Slack's word for it
    Column("tried_at", Float, nullable=False),
)
"""Messages that quote a withdrawn article, and that Slack did not let the bot change."""

deletions = Table(
    "deletions",
    metadata,
    Column("workspace", String, primary_key=True),
    Column("channel", String, primary_key=True),
    Column("ts", String, primary_key=True),
    Column("received_at", Float, nullable=False),
)
"""Messages that were deleted before they arrived as questions."""
