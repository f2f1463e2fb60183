"""Loads the prompts: those that come with Footnote, and a user's own in place of some of them."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from langchain_core.messages import BaseMessage
from langchain_core.prompts import ChatPromptTemplate

from prompts.errors import PromptError
from prompts.reading import PromptFile, read_prompt_file

PACKAGED = Path(__file__).parent


@dataclass(frozen=True, slots=True)
class _Values:
    """What a prompt is given, and which of it no file may leave out."""

    given: frozenset[str]
    needed: frozenset[str]


def _values(needed: str, optional: str = "") -> _Values:
    return _Values(frozenset(f"{needed} {optional}".split()), frozenset(needed.split()))


_KNOWN = {
    "answer": _values("question passages", "today language"),
    "rewrite": _values("conversation question"),
    "repair": _values("passages failed", "question language"),
    "judge": _values("question answer passages expected"),
}


@dataclass(frozen=True, slots=True)
class Prompt:
    """The words for one task: `variables` are those of its values that the file makes use of."""

    name: str
    purpose: str
    variables: tuple[str, ...]
    template: ChatPromptTemplate

    def messages(self, **values: str) -> list[BaseMessage]:
        """Return what the model is sent; braces in a value are nothing but braces.

        Raises:
            TypeError: a value of this prompt is missing, or it has no such value.
        """
        expected = _KNOWN[self.name].given
        if values.keys() != expected:
            wrong = ", ".join(sorted(values.keys() ^ expected))
            raise TypeError(f"The prompt {self.name} takes {', '.join(sorted(expected))}; wrong: {wrong}.")
        return self.template.format_messages(**{name: values[name] for name in self.variables})


@dataclass(frozen=True, slots=True)
class Prompts:
    """All prompts, by what they are for."""

    answer: Prompt
    rewrite: Prompt
    repair: Prompt
    judge: Prompt


def load_prompts(folder: Path | None = None) -> Prompts:
    """Return the prompts; files in `folder` take the place of those of the same name.

    Raises:
        PromptError: the folder cannot be read or holds no prompt, or a file in it is not what it should be.
    """
    files = {name: PACKAGED / f"{name}.md" for name in _KNOWN}
    if folder is not None:
        files |= _own(folder)
    return Prompts(**{name: _load(name, file) for name, file in files.items()})


def _own(folder: Path) -> dict[str, Path]:
    names = ", ".join(f"{name}.md" for name in _KNOWN)
    try:
        found = sorted(file for file in folder.iterdir() if file.suffix.lower() == ".md")
    except OSError as error:
        raise PromptError(
            f"The folder of prompts {folder} cannot be read: {error.strerror}.",
            f"It is to hold any of {names}.",
        ) from error
    for file in found:
        if file.name not in {f"{name}.md" for name in _KNOWN}:
            raise PromptError(
                f"{file} is no prompt that Footnote has.", f"Name it as one of {names}, or remove it."
            )
    if not found:
        raise PromptError(f"The folder of prompts {folder} holds no prompt.", f"Put any of {names} there.")
    return {file.stem: file for file in found}


def _load(name: str, file: Path) -> Prompt:
    read = read_prompt_file(file)
    _check_variables(file, read, _KNOWN[name])
    template = ChatPromptTemplate.from_messages(list(read.sections.items()))
    return Prompt(name, read.purpose, read.variables, template)


def _check_variables(file: Path, read: PromptFile, known: _Values) -> None:
    listed, given = frozenset(read.variables), ", ".join(sorted(known.given))
    differences = [
        (read.used - known.given, "uses the variable {0}, which this prompt has not", "Its variables: {1}."),
        (read.used - listed, "does not list the variable {0}, which it uses", "Add it to variables."),
        (
            listed - read.used,
            "lists the variable {0}, which it does not use",
            "Use it, or take it off the list.",
        ),
        (known.needed - read.used, "does not use {0}, without which it makes no sense", "Use it as {{{0}}}."),
    ]
    for names, said, remedy in differences:
        if names:
            name = min(names)
            raise PromptError(f"{file} {said.format(name)}.", remedy.format(name, given))
