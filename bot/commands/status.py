"""`footnote status`: what the index holds."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from bot import wiring
from bot.commands.json_output import print_json
from bot.console import console, key_value_table
from bot.index_glance import SEARCHED_OTHERWISE
from bot.published import day
from bot.settings import load_settings
from bot.visible import visible
from index.catalogue.records import Served, Summary
from index.dates import format_date
from index.home import Home
from index.takedown.tombstones import Stage, Tombstone, Tombstones

_PUBLISHERS_SHOWN = 10
_WITHDRAWN_SHOWN = 5


def show_status(*, as_json: bool) -> None:
    """Print the index in figures.

    Raises:
        IndexMissingError: nothing has been indexed.
    """
    settings = load_settings()
    place = wiring.home(settings)
    with wiring.catalogue(settings).snapshot() as snapshot:
        served, summary = snapshot.served, snapshot.summary()
    fault = wiring.soundness(settings).report()
    withdrawn = Tombstones(place.tombstones).all()
    if as_json:
        print_json(
            {**_as_json(place, served, summary, fault), "withdrawn": list(map(_withdrawal, withdrawn))}
        )
    else:
        rows = _rows(place, served, summary, fault)
        console().print(key_value_table([*rows, *_withdrawals(withdrawn)]))


def _rows(place: Home, served: Served, summary: Summary, fault: str | None) -> list[tuple[str, str]]:
    return [
        ("Articles", f"{summary.articles:,}"),
        ("Passages", f"{summary.passages:,}"),
        ("Publishers", _publishers(summary)),
        ("Published", _range(summary)),
        (
            "Model",
            f"{served.identity.model} ({served.dimension} dimensions, {served.identity.model_digest[:12]})",
        ),
        ("Vectors", "whole" if fault is None else f"damaged ({visible(fault)}): {SEARCHED_OTHERWISE}"),
        ("Passage size", f"{served.identity.passage_size} characters"),
        (
            "Last reindex",
            f"{summary.reindexed_at:%-d %B %Y %H:%M:%S} UTC" if summary.reindexed_at else "never completed",
        ),
        ("Publications", f"{served.generation:,}"),
        ("Size on disk", f"{place.size() / 1e6:,.1f} MB"),
        ("Home", str(place.folder.absolute())),
    ]


def _withdrawals(tombstones: Sequence[Tombstone]) -> list[tuple[str, str]]:
    if not tombstones:
        return []
    latest = ", ".join(
        f"{each.article_id} ({day(each.withdrawn_at)})" for each in reversed(tombstones[-_WITHDRAWN_SHOWN:])
    )
    more = " and others" if len(tombstones) > _WITHDRAWN_SHOWN else ""
    unpurged = sum(each.stage is not Stage.PURGED for each in tombstones)
    rows = [
        ("Withdrawn", f"{len(tombstones):,}: {latest}{more}"),
        ("", "To take one back: footnote remove --undo ARTICLE"),
    ]
    if unpurged:
        rows.append(("", f"{unpurged:,} not yet gone from every file: footnote remove --retry"))
    return rows


def _withdrawal(tombstone: Tombstone) -> dict[str, object]:
    return {
        "id": tombstone.article_id,
        "url": tombstone.url,
        "withdrawn_at": format_date(tombstone.withdrawn_at),
        "by": tombstone.by,
        "purged": tombstone.stage is Stage.PURGED,
    }


def _publishers(summary: Summary) -> str:
    shown = ", ".join(f"{name} ({count:,})" for name, count in summary.publishers[:_PUBLISHERS_SHOWN])
    more = len(summary.publishers) - _PUBLISHERS_SHOWN
    return f"{shown} and {more:,} more" if more > 0 else shown or "none named"


def _range(summary: Summary) -> str:
    if summary.oldest is None or summary.newest is None:
        return "all undated"
    undated = f", {summary.undated:,} undated" if summary.undated else ""
    return f"{summary.oldest:%-d %B %Y} to {summary.newest:%-d %B %Y}{undated}"


def _as_json(place: Home, served: Served, summary: Summary, fault: str | None) -> dict[str, object]:
    return {
        "articles": summary.articles,
        "passages": summary.passages,
        "publishers": dict(summary.publishers),
        "oldest": _date(summary.oldest),
        "newest": _date(summary.newest),
        "undated": summary.undated,
        "model": served.identity.model,
        "model_digest": served.identity.model_digest,
        "dimension": served.dimension,
        "vectors": "whole" if fault is None else "damaged",
        "vectors_fault": fault,
        "passage_size": served.identity.passage_size,
        "reindexed_at": _date(summary.reindexed_at),
        "generation": served.generation,
        "bytes": place.size(),
        "home": str(place.folder.absolute()),
    }


def _date(moment: datetime | None) -> str | None:
    return format_date(moment) if moment else None
