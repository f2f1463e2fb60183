"""A JSON object under examination: it knows where it stands, and collects what is wrong with it."""

from __future__ import annotations

import re
from collections.abc import Collection
from typing import Any

_WEB_ADDRESS = re.compile(r"https?://[^\s<>|]+", re.IGNORECASE)


class Node:
    """An object somewhere in a message's blocks. Complaints read as Slack's own do."""

    def __init__(self, value: object, where: str, problems: list[str]) -> None:
        self.where = where
        self._problems = problems
        self.value: dict[str, Any] = value if isinstance(value, dict) else {}
        if not isinstance(value, dict):
            self.complain("must be an object")

    @property
    def type(self) -> str:
        """The object's type; empty where it has none."""
        return str(self.value.get("type", ""))

    def complain(self, what: str, key: str = "") -> None:
        """Note a problem with the object, or with one of its fields."""
        place = f"{self.where}/{key}" if key else self.where
        self._problems.append(f"{what} [json-pointer:{place}]")

    def fields(self, required: Collection[str], optional: Collection[str] = ()) -> None:
        """Check that it has all of the required fields, and no others but the optional ones."""
        for key in required:
            if key not in self.value:
                self.complain(f"missing required field: {key}")
        for key in sorted(self.value.keys() - set(required) - set(optional)):
            self.complain(f"no more items allowed: {key}")

    def string(self, key: str, longest: int, shortest: int = 1) -> None:
        """Check a string's length, in characters, where it is there."""
        if key not in self.value:
            return
        text = self.value[key]
        if not isinstance(text, str):
            self.complain("must be a string", key)
        elif len(text) < shortest:
            self.complain(f"must be more than {shortest - 1} characters", key)
        elif len(text) > longest:
            self.complain(f"must be less than {longest + 1} characters", key)

    def web_address(self, key: str, longest: int = 3000) -> None:
        """Check a link, where it is there: of the web, and not too long."""
        self.string(key, longest)
        text = self.value.get(key)
        if isinstance(text, str) and not _WEB_ADDRESS.fullmatch(text):
            self.complain("must be a valid URL", key)

    def choice(self, key: str, *allowed: object) -> None:
        """Check that a field, where it is there, has one of these values."""
        if key in self.value and self.value[key] not in allowed:
            self.complain(f"must be one of {', '.join(map(str, allowed))}", key)

    def child(self, key: str) -> Node | None:
        """Return the object in a field, None where there is none."""
        if key not in self.value:
            return None
        return Node(self.value[key], f"{self.where}/{key}", self._problems)

    def children(self, key: str, most: int) -> list[Node]:
        """Return the objects in a list, which must have one to `most` of them."""
        found = self.value.get(key, [])
        if not isinstance(found, list):
            self.complain("must be an array", key)
            return []
        if key in self.value and not found:
            self.complain("no fewer than 1 items allowed", key)
        if len(found) > most:
            self.complain(f"no more than {most} items allowed", key)
        return [Node(each, f"{self.where}/{key}/{at}", self._problems) for at, each in enumerate(found)]
