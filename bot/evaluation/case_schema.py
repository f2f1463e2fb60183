"""The JSON Schema of files of cases, by which editors complete and check them while they are written.

    # yaml-language-server: $schema=cases.schema.json

It says what `bot.evaluation.cases` refuses, as far as a schema can.
"""

from __future__ import annotations

from pathlib import Path

_SCHEMA = Path(__file__).with_name("cases.schema.json")


def schema_text() -> str:
    """Return the schema."""
    return _SCHEMA.read_text(encoding="utf-8")
