"""Days and ages, in the words that every place where an answer is shown uses."""

from __future__ import annotations

from datetime import datetime


def day(moment: datetime) -> str:
    """Return a day as it is read: "28 September 2023"."""
    return f"{moment:%-d %B %Y}"


def published(published_at: datetime | None, asked_at: datetime) -> str:
    """Return when an article appeared and how old it was when asked: "28 September 2023 (3 years ago)"."""
    return "undated" if published_at is None else f"{day(published_at)} ({age(published_at, asked_at)})"


def age(published_at: datetime, asked_at: datetime) -> str:
    """Return how old an article is, in the largest unit of which there are two: "3 weeks ago"."""
    days = (asked_at.date() - published_at.date()).days
    if days <= 0:
        return "today"
    if days == 1:
        return "yesterday"
    for unit, length in (("years", 365), ("months", 30.5), ("weeks", 7)):
        if days >= 2 * length:
            return f"{int(days / length)} {unit} ago"
    return f"{days} days ago"
