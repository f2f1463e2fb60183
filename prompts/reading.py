"""Reads the file of a prompt.

It is Markdown: YAML front matter that says its `purpose` and lists its `variables`; under a line `# System`, what the
model is told to be; under a line `# User`, what it is given. `{name}` stands for the value of a variable; braces that
are meant as such are written twice.
"""

from __future__ import annotations

import string
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

import yaml

from prompts.errors import PromptError

_NO_FRONT_MATTER = "Begin it with a line ---, purpose: ..., variables: [...], and another line ---."
_BRACES = "Write a variable as {name}, and braces that are meant as such twice: {{ and }}."
_ROLES = {"# System": "system", "# User": "human"}


@dataclass(frozen=True, slots=True)
class PromptFile:
    """What a file says: the text of its sections by role ("system", "human"), and the variables `used` in them."""

    purpose: str
    variables: tuple[str, ...]
    sections: Mapping[str, str]
    used: frozenset[str]


def read_prompt_file(file: Path) -> PromptFile:
    """Read a file.

    Raises:
        PromptError: it cannot be read, or is not what this module's description says.
    """
    lines = _read(file).split("\n")
    fields, start = _front_matter(file, lines)
    sections = _sections(file, lines, start)
    used = {name for first, text in sections.values() for name in _used(file, first, text)}
    texts = {role: text.strip() for role, (_, text) in sections.items()}
    return PromptFile(_purpose(file, fields), _variables(file, fields), texts, frozenset(used))


def _read(file: Path) -> str:
    try:
        return file.read_text(encoding="utf-8-sig")
    except UnicodeDecodeError as error:
        raise PromptError(f"{file} is not UTF-8 text.", "Save it as UTF-8.") from error
    except OSError as error:
        raise PromptError(
            f"{file} cannot be read: {error.strerror}.", "Give this user access to it."
        ) from error


def _front_matter(file: Path, lines: list[str]) -> tuple[Mapping[str, object], int]:
    """Return the fields, and the number (from 0) of the line below them."""
    fences = [number for number, line in enumerate(lines) if line.rstrip() == "---"][:2]
    if len(fences) < 2 or fences[0] != 0:
        raise PromptError(f"{file} has no front matter.", _NO_FRONT_MATTER)
    try:
        fields = yaml.safe_load("\n".join(lines[1 : fences[1]]))
    except (yaml.YAMLError, ValueError) as error:
        mark, problem = getattr(error, "problem_mark", None), getattr(error, "problem", None)
        where = f", line {mark.line + 2}" if mark else ""
        said = f" ({problem})" if problem else ""
        raise PromptError(f"{file}{where}: the front matter is not YAML{said}.", _NO_FRONT_MATTER) from error
    if not isinstance(fields, dict) or fields.keys() != {"purpose", "variables"}:
        raise PromptError(
            f"{file}: the front matter has not exactly purpose and variables.", _NO_FRONT_MATTER
        )
    return fields, fences[1] + 1


def _purpose(file: Path, fields: Mapping[str, object]) -> str:
    purpose = fields["purpose"]
    if not isinstance(purpose, str) or not purpose.strip():
        raise PromptError(
            f"{file}: the purpose is empty, or no text.", "Say on a line what the prompt is for."
        )
    return purpose.strip()


def _variables(file: Path, fields: Mapping[str, object]) -> tuple[str, ...]:
    variables = fields["variables"]
    if not isinstance(variables, list) or not all(isinstance(each, str) for each in variables):
        raise PromptError(
            f"{file}: the variables are no list of names.", "Write them as [question, passages]."
        )
    return tuple(variables)


def _sections(file: Path, lines: list[str], start: int) -> dict[str, tuple[int, str]]:
    """Return each section by its role: the number (from 1) of its first line, and its text."""
    heads = [number for number in range(start, len(lines)) if lines[number].rstrip() in _ROLES]
    before = lines[start : heads[0]] if heads else lines[start:]
    if [lines[head].rstrip() for head in heads] != list(_ROLES) or any(line.strip() for line in before):
        raise PromptError(
            f"{file} is not a section # System followed by a section # User.",
            "Put one line # System above what the model is told to be, and one # User above what it is given.",
        )
    found = {}
    for head, end in zip(heads, [*heads[1:], len(lines)], strict=True):
        text = "\n".join(lines[head + 1 : end])
        if not text.strip():
            raise PromptError(
                f"{file}, line {head + 1}: {lines[head].rstrip()} is empty.", "Write what it says."
            )
        found[_ROLES[lines[head].rstrip()]] = (head + 2, text)
    return found


def _used(file: Path, start: int, text: str) -> set[str]:
    names = set()
    for number, line in enumerate(text.split("\n"), start):
        try:
            fields = [field[1:] for field in string.Formatter().parse(line) if field[1] is not None]
        except ValueError as error:
            raise PromptError(f"{file}, line {number}: {error}.", _BRACES) from error
        for name, form, conversion in fields:
            if not str(name).isidentifier() or form or conversion:
                raise PromptError(f"{file}, line {number}: {{{name}}} is no variable.", _BRACES)
            names.add(str(name))
    return names
