"""What went wrong between us and a chat model, read from whatever exception its provider's package raised.

Each package has a family of exceptions of its own. What they share is read here, without importing them: an HTTP
status, the names of connection errors, and a response with headers.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime

from bot.errors import ChatModelError

_LONGEST = 200
"""Characters of what a provider says that are passed on."""

_CONNECTION = {"APIConnectionError", "TransportError", "ClientConnectionError", "ClientPayloadError"}
_PASSING = {408, 409, 429}
_SECONDS = re.compile(r"\d{1,9}(\.\d*)?")


@dataclass(frozen=True, slots=True)
class Failure:
    """What can be told of an exception: its HTTP status, if it has one, else whether the connection failed.

    `said` is what the provider says. `wait` is how many seconds it asks to wait.
    """

    status: int | None
    connection: bool
    said: str
    wait: float | None

    @property
    def passes(self) -> bool:
        """Whether the same request may succeed a moment later."""
        if self.status is None:
            return self.connection
        return self.status in _PASSING or self.status >= 500


def read_failure(error: Exception) -> Failure:
    """Read what can be told of an exception."""
    causes = list(_causes(error))
    status = next((status for each in causes if (status := _status(each)) is not None), None)
    connection = any(
        isinstance(each, OSError) or any(kind.__name__ in _CONNECTION for kind in type(each).__mro__)
        for each in causes
    )
    wait = next((wait for each in causes if (wait := _wait(each)) is not None), None)
    said = next((said for each in causes if (said := _message(each))), str(error) or type(error).__name__)
    return Failure(status, connection, said, wait)


@dataclass(frozen=True, slots=True)
class Explainer:
    """Puts failures into words for those who run the bot.

    `key_variable` is the variable that holds the key, `key` the key, which is in no message.
    """

    name: str
    key_variable: str | None
    key: str | None

    def explain(self, failure: Failure) -> ChatModelError:
        """Return what happened, and what to do about it."""
        said = failure.said.replace(self.key, "...") if self.key else failure.said
        return ChatModelError(*self._texts(failure, _sentence(said)))

    def _texts(self, failure: Failure, said: str) -> tuple[str, str]:
        name, status = self.name, failure.status
        if status is None and failure.connection:
            return (
                f"{name} cannot be reached: {said}",
                "Check the network, and FOOTNOTE_CHAT_BASE_URL if set.",
            )
        if status is None:
            return f"{name} failed: {said}", "Try again; if it stays so, choose another FOOTNOTE_CHAT_MODEL."
        if status in {401, 403} or (status == 400 and "api key" in said.lower()):
            # The second is Google's way. What the provider says may quote a part of the key.
            return f"{name} refuses access (HTTP {status}).", self._key_remedy()
        if status == 404:
            return (
                f"{name} is not there (HTTP 404): {said}",
                "Check the name in FOOTNOTE_CHAT_MODEL, and FOOTNOTE_CHAT_BASE_URL if set.",
            )
        if status == 429:
            return (
                f"{name} takes no more requests now (HTTP 429): {said}",
                "Wait, or raise the account's limits.",
            )
        if status >= 500:
            return f"{name} failed (HTTP {status}): {said}", "Try again later."
        return (
            f"{name} does not accept the request (HTTP {status}): {said}",
            "If it is too long, lower FOOTNOTE_CHAT_CONTEXT; else choose another FOOTNOTE_CHAT_MODEL.",
        )

    def _key_remedy(self) -> str:
        return f"Check {self.key_variable}." if self.key_variable else "Check what the server asks for."


def _causes(error: BaseException | None) -> Iterator[BaseException]:
    seen = 0
    while error is not None and seen < 10:
        yield error
        error, seen = error.__cause__ or error.__context__, seen + 1


def _status(error: BaseException) -> int | None:
    response = getattr(error, "response", None)
    for value in (
        getattr(error, "status_code", None),
        getattr(error, "code", None),
        getattr(response, "status_code", None),
    ):
        if isinstance(value, int) and 400 <= value < 600:
            return value
    return None


def _wait(error: BaseException) -> float | None:
    headers = getattr(getattr(error, "response", None), "headers", None)
    value = headers.get("retry-after") if headers is not None else None
    if not isinstance(value, str):
        return None
    if _SECONDS.fullmatch(value):
        return float(value)
    try:
        return max(0.0, (parsedate_to_datetime(value) - datetime.now(UTC)).total_seconds())
    except (ValueError, TypeError):
        return None


def _message(error: BaseException) -> str | None:
    """Return what the provider says in the JSON that it answered with, where the exception keeps that."""
    for content in (getattr(error, "body", None), getattr(error, "details", None)):
        inner = content.get("error", content) if isinstance(content, dict) else None
        message = inner.get("message") if isinstance(inner, dict) else None
        if isinstance(message, str):
            return message
    return None


def _sentence(text: str) -> str:
    said = " ".join(text.split())
    if len(said) > _LONGEST:
        return said[: _LONGEST - 1] + "…"
    return said if said.endswith(".") else f"{said}."
