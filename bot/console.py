"""The terminal, and tables for it; apart from how answers are shown, so that other commands need not load those."""

from __future__ import annotations

from collections.abc import Sequence

from rich.console import Console
from rich.table import Table
from rich.text import Text

from bot.visible import visible


def console(*, errors: bool = False) -> Console:
    """Return the terminal. Markup, emoji codes and highlighting are off: article text is shown as it is."""
    return Console(stderr=errors, markup=False, emoji=False, highlight=False, soft_wrap=False)


def key_value_table(rows: Sequence[tuple[str, str]]) -> Table:
    """Return a borderless table of names and values."""
    table = Table(show_header=False, box=None, pad_edge=False)
    table.add_column(style="bold")
    table.add_column()
    for name, value in rows:
        table.add_row(Text(name), Text(visible(value)))
    return table
