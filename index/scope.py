"""Which articles exist for a question."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True, slots=True)
class Scope:
    """The articles that a search may look at; None leaves a side open.

    `as_of` is the moment of the question: articles published after it do not exist yet, undated ones do.
    `since` and `until` (both inclusive) and `publisher` (letter case aside) are filters: what does not
    match for certain, an undated article for one, is left out.
    """

    as_of: datetime | None = None
    since: datetime | None = None
    until: datetime | None = None
    publisher: str | None = None
