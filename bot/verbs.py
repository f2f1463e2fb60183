"""Forms of verbs, from the list beside this module: the base form of "rose" and "rises" is "rise"."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path

_LIST = Path(__file__).with_name("verbs.txt")
_VOWELS = "aeiou"


@dataclass(frozen=True, slots=True)
class Verbs:
    """The base forms of verbs by their other forms: "rose" and "rises" of rise; and all forms there are."""

    bases: frozenset[str]
    past: dict[str, str]
    third: dict[str, str]
    participles: frozenset[str]
    progressive: frozenset[str]
    all: frozenset[str]


@cache
def verbs() -> Verbs:
    """Return the forms of the verbs in the list that comes with this module."""
    rows = list(_rows())
    past: dict[str, str] = {}
    for base, before, _ in rows:
        past.setdefault(before, base)
    bases = frozenset(base for base, _, _ in rows)
    third = {_third(base): base for base in bases}
    participles = frozenset(participle for _, _, participle in rows)
    progressive = frozenset(_progressive(base, before) for base, before, _ in rows)
    return Verbs(
        bases, past, third, participles, progressive, bases.union(past, third, participles, progressive)
    )


def _rows() -> Iterator[tuple[str, str, str]]:
    for line in _LIST.read_text(encoding="utf-8").splitlines():
        if line and not line.startswith("#"):
            base, *others = line.split()
            before, participle = others or (_regular_past(base),) * 2
            yield base, before, participle


def _regular_past(base: str) -> str:
    if base.endswith("e"):
        return base + "d"
    return base[:-1] + "ied" if _ends_in_consonant_and_y(base) else base + "ed"


def _third(base: str) -> str:
    if _ends_in_consonant_and_y(base):
        return base[:-1] + "ies"
    return base + ("es" if base.endswith(("s", "x", "z", "ch", "sh", "o")) else "s")


def _progressive(base: str, past: str) -> str:
    if past == base + base[-1] + "ed":
        return past[:-2] + "ing"
    return (base[:-1] if base.endswith("e") and not base.endswith("ee") else base) + "ing"


def _ends_in_consonant_and_y(base: str) -> bool:
    return base.endswith("y") and base[-2] not in _VOWELS
