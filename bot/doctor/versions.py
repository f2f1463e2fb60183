"""What Footnote is installed with, and whether that is what it asks for. Nothing heavy is imported."""

from __future__ import annotations

import platform
import re
from collections.abc import Iterator
from importlib import metadata

from bot.backup.writing import DISTRIBUTION
from bot.doctor.findings import Finding, fine, problem, warning
from bot.doctor.patient import Patient
from index.database_files import sqlite_version

_VERSIONS = "Versions"
_SHOWN = ("chromadb", "sentence-transformers", "torch", "spacy", "slack-bolt")
_REQUIREMENT = re.compile(r"([A-Za-z0-9._-]+)\s*([^;\[\]]*)")
_BOUND = re.compile(r"(>=|<=|==|<|>)\s*([\w.]+)")
_INSTALL = "Install what belongs together: pip install -c constraints.txt '.[offline]'"


def check_versions(_patient: Patient) -> Iterator[Finding]:
    """Compare the packages that are installed with those that Footnote asks for."""
    try:
        wanted = [line for line in metadata.requires(DISTRIBUTION) or [] if "extra ==" not in line]
    except metadata.PackageNotFoundError:
        yield warning(_VERSIONS, "Footnote runs from a folder, not installed.", _INSTALL)
        return
    faults = [fault for line in wanted for fault in [requirement_fault(line)] if fault]
    for fault in faults:
        yield problem(_VERSIONS, fault, _INSTALL)
    if not faults:
        shown = ", ".join(f"{name} {metadata.version(name)}" for name in _SHOWN)
        yield fine(_VERSIONS, f"Footnote {metadata.version(DISTRIBUTION)}, with {shown}.")


def check_python(_patient: Patient) -> Iterator[Finding]:
    """Tell which Python and SQLite there are, and whether the latter can search texts."""
    version, searches = sqlite_version()
    if searches:
        yield fine(_VERSIONS, f"Python {platform.python_version()}, with SQLite {version} and FTS5.")
    else:
        yield problem(
            _VERSIONS,
            f"The SQLite {version} of this Python cannot search texts (FTS5).",
            "Use a Python whose SQLite has FTS5, as those of python.org and of the distributions do.",
        )


def requirement_fault(line: str) -> str | None:
    """Return why what is installed does not meet a requirement such as "spacy>=3.8.7,<3.9"; None: it does."""
    found = _REQUIREMENT.match(line)
    if found is None:
        return None
    name, bounds = found[1], found[2]
    try:
        version = metadata.version(name)
    except metadata.PackageNotFoundError:
        return f"The package {name} is not installed."
    if all(_meets(version, sign, bound) for sign, bound in _BOUND.findall(bounds)):
        return None
    return f"{name} {version} is installed; Footnote asks for {bounds.strip()}."


def _meets(version: str, sign: str, bound: str) -> bool:
    length = max(len(_numbers(version)), len(_numbers(bound)))
    have, asked = (_padded(_numbers(each), length) for each in (version, bound))
    return {">=": have >= asked, "<=": have <= asked, "==": have == asked, "<": have < asked}.get(
        sign, have > asked
    )


def _numbers(version: str) -> tuple[int, ...]:
    # What a build is called, as in 2.9.0+cpu or 1.0rc1, makes no difference here.
    leading = re.match(r"\d+(?:\.\d+)*", version)
    return tuple(int(part) for part in leading[0].split(".")) if leading else ()


def _padded(numbers: tuple[int, ...], length: int) -> tuple[int, ...]:
    return numbers + (0,) * (length - len(numbers))
