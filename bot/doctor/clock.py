"""The clock: freshness, "now" and what is published in the future all go by it."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta

from bot.doctor.findings import Finding, fine, problem, warning
from bot.doctor.patient import Patient
from index.catalogue.reading import CatalogueReader

_CLOCK = "Clock"
_REMEDY = "Set the clock, and have it kept: timedatectl set-ntp true"
_EARLIEST, _LATEST = datetime(2026, 1, 1, tzinfo=UTC), datetime(2100, 1, 1, tzinfo=UTC)
"""This version did not exist before, and will not be in use after."""
_SLACK = timedelta(minutes=2)


def check_clock(patient: Patient) -> Iterator[Finding]:
    """Tell whether the year can be right, and nothing was indexed in the future."""
    now = patient.now
    if not _EARLIEST <= now <= _LATEST:
        yield problem(_CLOCK, f"It says {now:%-d %B %Y}.", _REMEDY)
        return
    served = patient.served()
    if served is not None:
        reader = CatalogueReader(patient.home.catalogue)
        with reader.snapshot() as snapshot:
            reindexed = snapshot.summary().reindexed_at
        reader.close()
        if reindexed is not None and reindexed > now + _SLACK:
            yield problem(
                _CLOCK,
                f"It says {now:%Y-%m-%d %H:%M} UTC, before the last reindex ({reindexed:%Y-%m-%d %H:%M} UTC).",
                _REMEDY,
            )
            return
    yield fine(_CLOCK, f"It says {now:%Y-%m-%d %H:%M} UTC.")


def check_future_articles(patient: Patient) -> Iterator[Finding]:
    """Look for articles dated in the future, which do not exist for questions before then."""
    served = patient.served()
    if served is None:
        return
    with patient.examiner(served) as examiner:
        count = examiner.published_after((patient.now + timedelta(days=1)).timestamp())
    if count:
        yield warning(
            _CLOCK,
            f"{count:,} articles are dated more than a day in the future; until then no question finds them.",
            "Correct their dates and reindex; if the dates are right, leave them.",
        )
