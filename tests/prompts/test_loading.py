from __future__ import annotations

from pathlib import Path

import pytest

from prompts.errors import PromptError
from prompts.loading import PACKAGED, Prompt, Prompts, load_prompts

VALUES = {
    "answer": {
        "question": "How many?",
        "passages": "[1] Nineteen.",
        "today": "13 May 2024",
        "language": "English",
    },
    "rewrite": {"conversation": "Reader: How many? Bot: Nineteen.", "question": "and in 2023?"},
    "repair": {
        "question": "How many?",
        "passages": "[1] Nineteen.",
        "failed": "1. Ninety [1].",
        "language": "English",
    },
    "judge": {
        "question": "How many?",
        "answer": "Nineteen [1].",
        "passages": "[1] Nineteen.",
        "expected": "19",
    },
}

REWRITE = """---
purpose: Rewrites questions.
variables: [conversation, question]
---

# System

You rewrite.

# User

{conversation}
{question}
"""


def prompt(prompts: Prompts, name: str) -> Prompt:
    found = getattr(prompts, name)
    assert isinstance(found, Prompt)
    return found


def override(text: str | bytes, name: str = "rewrite.md") -> Path:
    folder = Path("mine")
    folder.mkdir()
    (folder / name).write_bytes(text.encode() if isinstance(text, str) else text)
    return folder


@pytest.mark.parametrize("name", VALUES)
def test_a_prompt_tells_the_model_what_to_be_and_gives_it_every_value(name: str) -> None:
    found = prompt(load_prompts(), name)
    system, user = found.messages(**VALUES[name])
    assert (system.type, user.type) == ("system", "human")
    assert all(value in str(system.content) + str(user.content) for value in VALUES[name].values())
    assert found.name == name
    assert found.purpose
    assert set(found.variables) == set(VALUES[name])


@pytest.mark.parametrize("name", VALUES)
def test_quoted_material_is_never_among_what_the_model_is_told_to_be(name: str) -> None:
    system, _ = prompt(load_prompts(), name).messages(**{key: f"<{key}>" for key in VALUES[name]})
    assert not [key for key in VALUES[name].keys() - {"language"} if f"<{key}>" in str(system.content)]


@pytest.mark.parametrize("name", VALUES)
def test_braces_in_values_are_braces(name: str) -> None:
    hostile = "{question} {0} {{x}} {__class__} {"
    _, user = prompt(load_prompts(), name).messages(**dict.fromkeys(VALUES[name], hostile))
    assert hostile in str(user.content)


def test_no_brace_is_left_in_what_the_judge_is_told_but_those_of_the_object() -> None:
    system, _ = load_prompts().judge.messages(**VALUES["judge"])
    assert '{"correct": true, "supported": false, "why": "' in str(system.content)


@pytest.mark.parametrize("name", VALUES)
def test_a_value_that_is_missing_or_not_the_prompts_raises(name: str) -> None:
    found = prompt(load_prompts(), name)
    first = next(iter(VALUES[name]))
    with pytest.raises(TypeError, match=f"wrong: {first}"):
        found.messages(**{key: value for key, value in VALUES[name].items() if key != first})
    with pytest.raises(TypeError, match="wrong: colour"):
        found.messages(**VALUES[name], colour="red")


def test_a_file_of_ones_own_takes_the_place_of_that_name_alone() -> None:
    prompts = load_prompts(override(REWRITE))
    system, user = prompts.rewrite.messages(conversation="A", question="B")
    assert (system.content, user.content) == ("You rewrite.", "A\nB")
    assert prompts.answer.messages(**VALUES["answer"]) == load_prompts().answer.messages(**VALUES["answer"])


def test_a_file_of_ones_own_may_do_without_what_is_not_needed() -> None:
    text = REWRITE.replace("[conversation, question]", "[passages, question]").replace(
        "{conversation}", "{passages}"
    )
    _, user = load_prompts(override(text, "answer.md")).answer.messages(**VALUES["answer"])
    assert user.content == "[1] Nineteen.\nHow many?"


@pytest.mark.parametrize(
    "text",
    [
        pytest.param(b"\xef\xbb\xbf" + REWRITE.encode(), id="byte order mark"),
        pytest.param(REWRITE.replace("\n", "\r\n").encode(), id="lines of Windows"),
        pytest.param(REWRITE.replace("# User", "# User  ").encode(), id="spaces after a head"),
    ],
)
def test_what_editors_add_does_no_harm(text: bytes) -> None:
    _, user = load_prompts(override(text)).rewrite.messages(conversation="A", question="B")
    assert user.content == "A\nB"


def test_other_files_than_markdown_are_left_alone() -> None:
    folder = override(REWRITE)
    (folder / ".gitignore").touch()
    (folder / "notes.txt").touch()
    load_prompts(folder)


@pytest.mark.parametrize(
    ("before", "after", "said"),
    [
        pytest.param("---\npurpose", "purpose", "rewrite.md has no front matter", id="no front matter"),
        pytest.param("question]\n---", "question]", "no front matter", id="front matter without end"),
        pytest.param("purpose: Re", "purpose: a: b", r"rewrite.md, line 2: .* not YAML", id="no YAML"),
        pytest.param("purpose: Rewrites questions.", "purpose: 2024-13-45", "not YAML", id="no date"),
        pytest.param("purpose: Re", "goal: Re", "not exactly purpose and variables", id="another field"),
        pytest.param("purpose:", "x: 1\npurpose:", "not exactly purpose and variables", id="one more field"),
        pytest.param(
            "purpose: Rewrites questions.\nvariables: [conversation, question]", "- a", "not exactly"
        ),
        pytest.param("purpose: Rewrites questions.", "purpose:", "purpose is empty", id="no purpose"),
        pytest.param("[conversation, question]", "question", "no list", id="variables no list"),
        pytest.param("[conversation, question]", "[1, 2]", "no list", id="variables no names"),
        pytest.param("# System", "# Sytem", "not a section # System", id="no such section"),
        pytest.param("# User", "", "not a section # System", id="one section"),
        pytest.param("# User", "# User\n# User", "not a section # System", id="a section twice"),
        pytest.param("# System", "Hello.\n# System", "not a section # System", id="text above"),
        pytest.param("You rewrite.", " ", "line 6: # System is empty", id="empty section"),
        pytest.param("{conversation}\n{question}", "", "line 10: # User is empty", id="empty last section"),
        pytest.param("{question}", "{question", "line 13: ", id="open brace"),
        pytest.param("You rewrite.", "As {}.", "line 8: {} is no variable", id="no name"),
        pytest.param("{question}", "{question.text}", "line 13: .* is no variable", id="attribute"),
        pytest.param("{question}", "{question!r}", "line 13: .* is no variable", id="conversion"),
        pytest.param("{question}", "{question:>9}", "line 13: .* is no variable", id="format"),
        pytest.param("{question}", "{query}", "uses the variable query, which this prompt has not"),
        pytest.param("[conversation, question]", "[conversation]", "does not list the variable question"),
        pytest.param("question]", "question, answer]", "lists the variable answer, which it does not use"),
    ],
)
def test_a_file_that_is_not_what_it_should_be_is_named(before: str, after: str, said: str) -> None:
    assert before in REWRITE
    with pytest.raises(PromptError, match=said) as error:
        load_prompts(override(REWRITE.replace(before, after)))
    assert "rewrite.md" in error.value.message
    assert error.value.remedy
    assert str(error.value) == f"{error.value.message} {error.value.remedy}"


def test_a_variable_without_which_a_prompt_makes_no_sense_may_not_be_left_out() -> None:
    text = REWRITE.replace("[conversation, question]", "[question]").replace("{conversation}", "")
    with pytest.raises(PromptError, match=r"rewrite\.md does not use conversation") as error:
        load_prompts(override(text))
    assert "{conversation}" in error.value.remedy


def test_a_file_that_is_not_utf_8_is_named() -> None:
    with pytest.raises(PromptError, match=r"rewrite\.md is not UTF-8"):
        load_prompts(override("Ä".encode("latin-1")))


def test_a_file_that_cannot_be_read_is_named() -> None:
    folder = Path("mine")
    (folder / "answer.md").mkdir(parents=True)
    with pytest.raises(PromptError, match=r"answer\.md cannot be read"):
        load_prompts(folder)


@pytest.mark.parametrize("name", ["answers.md", "Answer.MD", "README.md"])
def test_a_file_of_no_prompt_is_named(name: str) -> None:
    with pytest.raises(PromptError, match=f"{name} is no prompt") as error:
        load_prompts(override(REWRITE, name))
    assert "answer.md, rewrite.md, repair.md, judge.md" in error.value.remedy


def test_a_folder_without_prompts_is_a_mistake() -> None:
    with pytest.raises(PromptError, match="gone cannot be read"):
        load_prompts(Path("gone"))
    with pytest.raises(PromptError, match="holds no prompt"):
        load_prompts(override(REWRITE, "rewrite.txt"))


def test_the_files_that_come_with_it_are_all_in_use() -> None:
    assert {file.stem for file in PACKAGED.glob("*.md")} == set(VALUES)


def test_what_the_answer_prompt_asks_for_is_what_the_bot_reads() -> None:
    system, user = load_prompts().answer.messages(**VALUES["answer"])
    assert all("NO_ANSWER" in str(message.content) for message in (system, user))
    assert "[1][3]" in str(system.content)
