"""`footnote status`: what the index holds."""

from __future__ import annotations

from datetime import datetime

from bot import wiring
from bot.commands.json_output import print_json
from bot.console import console, key_value_table
from bot.index_glance import SEARCHED_OTHERWISE
from bot.settings import load_settings
from bot.visible import visible
from index.catalogue.records import Served, Summary
from index.dates import format_date
from index.home import Home

_PUBLISHERS_SHOWN = 10


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
    if as_json:
        print_json(_as_json(place, served, summary, fault))
    else:
        console().print(key_value_table(_rows(place, served, summary, fault)))


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
