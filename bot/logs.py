"""Logs: one line each, as key=value or as JSON, with a question's id from its event to its answer.

Tokens are taken out of every line, wherever they stand in it.
"""

from __future__ import annotations

import logging
import re
import sys
from collections.abc import Iterable, MutableMapping
from typing import Any, Protocol

import structlog

from bot.visible import visible

_TOKEN = re.compile(r"x(?:ox[a-z]|app)-[\w.-]+", re.I)
_HIDDEN = "[token]"


class Log(Protocol):
    """What is needed of a logger: a message, and values by name."""

    def debug(self, event: str, **values: Any) -> Any:
        """Say what helps to find a mistake; the one level that may hold a question's text."""

    def info(self, event: str, **values: Any) -> Any:
        """Say what happened."""

    def warning(self, event: str, **values: Any) -> Any:
        """Say what went wrong and was dealt with."""

    def error(self, event: str, **values: Any) -> Any:
        """Say what went wrong and needs somebody."""


def set_up_logs(style: str, level: str, secrets: Iterable[str] = ()) -> Log:
    """Send all logs to standard error, and return the logger.

    `style` is "text" or "json", `level` a level's name; `secrets` are taken out of every line.
    """
    hide = _hider([secret for secret in secrets if secret])
    shared: list[Any] = [
        structlog.stdlib.add_log_level,
        structlog.processors.TimeStamper(fmt="iso", utc=True),
        structlog.processors.format_exc_info,
        hide,
    ]
    renderer: Any = (
        structlog.processors.JSONRenderer()
        if style == "json"
        else structlog.processors.LogfmtRenderer(
            key_order=["timestamp", "level", "event"], bool_as_flag=False
        )
    )
    handler = logging.StreamHandler(sys.stderr)
    handler.setFormatter(
        structlog.stdlib.ProcessorFormatter(
            foreign_pre_chain=shared,
            processors=[structlog.stdlib.ProcessorFormatter.remove_processors_meta, _plain, renderer],
        )
    )
    root = logging.getLogger()
    root.handlers[:] = [handler]
    root.setLevel(logging.WARNING)
    own = logging.getLogger("footnote")
    own.setLevel(level.upper())
    structlog.configure(
        processors=[
            structlog.stdlib.filter_by_level,
            *shared,
            structlog.stdlib.ProcessorFormatter.wrap_for_formatter,
        ],
        logger_factory=structlog.stdlib.LoggerFactory(),
        cache_logger_on_first_use=True,
    )
    log: Log = structlog.get_logger("footnote")
    return log


def _hider(secrets: list[str]) -> Any:
    def hide(_logger: object, _method: str, line: MutableMapping[str, Any]) -> MutableMapping[str, Any]:
        for name, value in line.items():
            if isinstance(value, str):
                line[name] = _hidden(value, secrets)
            elif not isinstance(value, int | float | bool | type(None)) and not name.startswith("_"):
                line[name] = _hidden(str(value), secrets)
        return line

    return hide


def _hidden(text: str, secrets: list[str]) -> str:
    for secret in secrets:
        text = text.replace(secret, _HIDDEN)
    return _TOKEN.sub(_HIDDEN, text)


def _plain(_logger: object, _method: str, line: MutableMapping[str, Any]) -> MutableMapping[str, Any]:
    # A line stays a line, whatever a message holds, and steers no terminal that it is read in.
    for name, value in line.items():
        if isinstance(value, str):
            line[name] = visible(value)
    return line
