"""The schema for editors and the loader refuse the same files."""

from __future__ import annotations

import json
import re
from pathlib import Path
from textwrap import indent
from typing import Any

import pytest
import yaml
from hypothesis import HealthCheck, event, given, settings
from hypothesis import strategies as st
from jsonschema import Draft7Validator

from bot.errors import CaseError
from bot.evaluation.case_schema import schema_text
from bot.evaluation.cases import load_cases
from tests.conftest import PROJECT

FIXTURES = sorted((PROJECT / "tests" / "fixtures").glob("*.cases.yaml"))
SCHEMA: dict[str, Any] = json.loads(schema_text())
VALIDATOR = Draft7Validator(SCHEMA)
ONLY_THE_LOADER_CAN_TELL = ("is taken by an earlier case", "is not a date")
"""Of what can be written as JSON, where no key stands twice and [6,500] is no accident."""


class EditorsYaml(yaml.SafeLoader):
    """YAML 1.2, as editors read it: no dates, no yes and no, no numbers to the base of sixty."""

    yaml_implicit_resolvers: dict[str, Any] = {}  # noqa: RUF012 - PyYAML's own table, which is the base class's


for kind, pattern in (
    ("null", "~|null|Null|NULL|"),
    ("bool", "true|True|TRUE|false|False|FALSE"),
    ("int", "[-+]?[0-9]+"),
    ("float", r"[-+]?(?:\.[0-9]+|[0-9]+(?:\.[0-9]*)?)(?:[eE][-+]?[0-9]+)?"),
):
    EditorsYaml.add_implicit_resolver(f"tag:yaml.org,2002:{kind}", re.compile(f"(?:{pattern})$"), None)


def as_editors_read(text: str) -> Any:
    return yaml.load(text, EditorsYaml)  # noqa: S506 - a safe one


def saved(folder: Path, text: str) -> Path:
    path = folder / "some.cases.yaml"
    path.write_text(text, encoding="utf-8")
    return path


def with_case(lines: str) -> str:
    return "cases:\n  -\n" + indent(lines, "    ")


def refusal(path: Path) -> str:
    """Return what the loader says against a file; nothing where it takes it."""
    try:
        load_cases(path)
    except CaseError as error:
        return error.message
    return ""


def test_the_schema_is_one() -> None:
    assert SCHEMA["$schema"] == Draft7Validator.META_SCHEMA["$schema"]
    Draft7Validator.check_schema(SCHEMA)


def test_every_key_is_explained() -> None:
    definitions = SCHEMA["definitions"]
    for described in (SCHEMA, definitions["case"], definitions["exchange"]):
        for name, said in described["properties"].items():
            assert {"title", "description"} <= said.keys(), name


def test_the_examples_of_the_schema_are_as_it_says() -> None:
    case = SCHEMA["definitions"]["case"]
    for name, said in case["properties"].items():
        for example in said.get("examples", []):
            written = {"id": "a", "question": "Who won?", "sources": ["border.md"], name: example}
            assert VALIDATOR.is_valid({"cases": [written]}), (name, example)
    for snippet in case["defaultSnippets"]:
        assert VALIDATOR.is_valid({"cases": [snippet["body"]]})


@pytest.mark.parametrize("path", FIXTURES, ids=lambda path: path.name)
def test_the_files_of_this_project_are_valid(path: Path) -> None:
    assert [error.message for error in VALIDATOR.iter_errors(as_editors_read(path.read_text()))] == []


CASE = "id: a\nquestion: Who won?\n"


@pytest.mark.parametrize(
    "text",
    [
        pytest.param(with_case(f"{CASE}answers: [Rollo]"), id="answers alone"),
        pytest.param(with_case(f"{CASE}sources: [border.md]"), id="sources alone"),
        pytest.param(with_case(f"{CASE}declines: true"), id="declines alone"),
        pytest.param(with_case(f"{CASE}declines: true\nsources: [border.md]"), id="declines, with sources"),
        pytest.param(with_case(f"{CASE}declines: true\nanswers: []"), id="declines, with no answers"),
        pytest.param(with_case(f"{CASE}declines: false\nanswers: [Rollo]"), id="does not decline"),
        pytest.param(with_case(f"{CASE}answers: []\nsources: [border.md]"), id="no answers, but a source"),
        pytest.param(
            with_case("id: 12\nquestion: Who?\nanswers: [6500, 010, 1.5, true, no, 2024-03-11, 1:30]"),
            id="texts that look like something else",
        ),
        pytest.param(with_case(f"{CASE}asked_at: 2023-10-01\ndeclines: true"), id="a day"),
        pytest.param(with_case(f"{CASE}asked_at: 2023-10-01T12:00:00Z\ndeclines: true"), id="a moment"),
        pytest.param(with_case(f"{CASE}asked_at: 3 March 2023\ndeclines: true"), id="a day written out"),
        pytest.param(with_case(f"{CASE}history: []\ntags: []\ndeclines: true"), id="empty lists"),
        pytest.param(with_case(f"{CASE}history: [{{question: And}}]\ndeclines: true"), id="no answer before"),
        pytest.param(
            with_case(f"{CASE}history: [{{question: And, answer: 12}}]\ndeclines: true"),
            id="a number before",
        ),
        pytest.param(f"articles: []\n{with_case(f'{CASE}declines: true')}", id="no articles"),
        pytest.param(
            f"articles: [a.md, 2026]\n{with_case(f'{CASE}declines: true')}", id="a folder of a year"
        ),
    ],
)
def test_both_take_what_is_right(tmp_path: Path, text: str) -> None:
    assert [error.message for error in VALIDATOR.iter_errors(as_editors_read(text))] == []
    assert refusal(saved(tmp_path, text)) == ""


@pytest.mark.parametrize(
    ("text", "line", "said"),
    [
        ("[a]", 1, "The file is not a list of keys and values"),
        ("articles: [a]\n", None, "There are no cases"),
        ("articles: [a]\ncases: []\n", 2, "There are no cases"),
        ("articles: a\ncases: [a]", 1, "articles is not a list"),
        ("articles: ['']\ncases: [a]", 1, "articles is empty or not text"),
        ("articel: [a]\ncases: [a]", 1, "The file has no key 'articel'"),
        ("cases: {id: a}", 1, "cases is not a list"),
        ("cases: [Who won]", 1, "A case is not a list of keys and values"),
        (with_case("question: Who?\ndeclines: true"), 3, "id is missing"),
        (with_case("id:\nquestion: Who?\ndeclines: true"), 3, "id is empty or not text"),
        (with_case("id: ' '\nquestion: Who?\ndeclines: true"), 3, "id is empty or not text"),
        (with_case("id: a\ndeclines: true"), 3, "question is missing"),
        (with_case("id: a\nquestion: ''\ndeclines: true"), 4, "question is empty or not text"),
        (with_case("id: a\nquestion: 12\ndeclines: true"), 4, "question is not text"),
        (with_case("id: a\nquestion: [Who]\ndeclines: true"), 4, "question is not text"),
        (with_case(CASE), 3, "It expects nothing"),
        (with_case(f"{CASE}declines: false"), 3, "It expects nothing"),
        (with_case(f"{CASE}answers: []\nsources: []"), 3, "It expects nothing"),
        (with_case(f"{CASE}answers: [x]\ndeclines: true"), 5, "It declines, and yet has answers"),
        (with_case(f"{CASE}declines: 'true'"), 5, "declines is neither true nor false"),
        (with_case(f"{CASE}declines: 1"), 5, "declines is neither true nor false"),
        (with_case(f"{CASE}declines:"), 5, "declines is neither true nor false"),
        (with_case(f"{CASE}answer: [x]"), 5, "A case has no key 'answer'"),
        (with_case(f"{CASE}answers: 6,500"), 5, "answers is not a list"),
        (with_case(f"{CASE}answers:"), 5, "answers is not a list"),
        (with_case(f"{CASE}answers: [null]"), 5, "answers is empty or not text"),
        (with_case(f"{CASE}answers: ['\t']"), 5, "answers is empty or not text"),
        (with_case(f"{CASE}answers: [[x]]"), 5, "answers is empty or not text"),
        (with_case(f"{CASE}answers: [{{x: y}}]"), 5, "answers is empty or not text"),
        (with_case(f"{CASE}sources: border.md"), 5, "sources is not a list"),
        (with_case(f"{CASE}sources: ['']"), 5, "sources is empty or not text"),
        (with_case(f"{CASE}declines: true\ntags: numbers"), 6, "tags is not a list"),
        (with_case(f"{CASE}declines: true\ntags: [~]"), 6, "tags is empty or not text"),
        (with_case(f"{CASE}declines: true\nasked_at:"), 6, "asked_at is empty or not text"),
        (with_case(f"{CASE}declines: true\nasked_at: 2023"), 6, "asked_at '2023' is not a date"),
        (with_case(f"{CASE}declines: true\nasked_at: yesterday"), 6, "asked_at 'yesterday' is not a date"),
        (with_case(f"{CASE}declines: true\nhistory: And?"), 6, "history is not a list"),
        (with_case(f"{CASE}declines: true\nhistory: [And]"), 6, "An exchange of history is not a list"),
        (with_case(f"{CASE}declines: true\nhistory: [{{answer: x}}]"), 6, "question is missing"),
        (with_case(f"{CASE}declines: true\nhistory: [{{question: 1}}]"), 6, "question is not text"),
        (
            with_case(f"{CASE}declines: true\nhistory:\n- question: And\n  answers: x"),
            8,
            "An exchange of history has no key 'answers'",
        ),
        (
            with_case(f"{CASE}declines: true\nhistory:\n- question: And\n  answer: ''"),
            8,
            "answer is empty or not text",
        ),
    ],
    ids=ascii,
)
def test_both_refuse_what_is_wrong(tmp_path: Path, text: str, line: int | None, said: str) -> None:
    path = saved(tmp_path, text)
    assert not VALIDATOR.is_valid(as_editors_read(text))
    assert refusal(path).startswith(f"{path}, line {line}" if line else f"{path}: ")
    assert said in refusal(path)


@pytest.mark.parametrize(
    ("text", "line", "said"),
    [
        pytest.param(
            "cases:\n" + "  - {id: a, question: Who won, declines: true}\n" * 2,
            3,
            "The id 'a' is taken by an earlier case",
            id="an id that is taken",
        ),
        pytest.param(
            with_case(f"{CASE}declines: true\nasked_at: 2023-02-30"),
            6,
            "asked_at '2023-02-30' is not a date",
            id="a day that there is not",
        ),
        pytest.param(with_case(f"{CASE}{CASE}declines: true"), 5, "id stands here twice", id="a key twice"),
        pytest.param(with_case(f"{CASE}answers: [6,500]"), 5, "6,500 is two values here", id="two values"),
    ],
)
def test_the_loader_alone_refuses_what_a_schema_cannot_say(
    tmp_path: Path, text: str, line: int, said: str
) -> None:
    path = saved(tmp_path, text)
    assert VALIDATOR.is_valid(as_editors_read(text))
    assert refusal(path).startswith(f"{path}, line {line}")
    assert said in refusal(path)


TEXTS = st.sampled_from(["a", "b", "6,500", "Who won?", "0", "null", "yes", "é\n"])
BLANKS = st.sampled_from(["", " ", "\t", "\n", "\u2003"])
SCALARS = st.one_of(TEXTS, BLANKS, st.integers(-1, 2024), st.just(1.5), st.booleans(), st.none())
ANYTHING = st.one_of(SCALARS, st.lists(SCALARS, max_size=2), st.dictionaries(TEXTS, SCALARS, max_size=1))
ITEMS = st.one_of(TEXTS, st.integers(0, 9), st.booleans())
LISTS = st.lists(ITEMS, max_size=2)
FILLED = st.lists(ITEMS, min_size=1, max_size=2)
Made = st.SearchStrategy[dict[str, Any]]


def both(one: Made, other: Made) -> Made:
    return st.builds(lambda said, more: {**said, **more}, one, other)


def spoiled(right: Made, *keys: str) -> Made:
    """Give what `right` gives, now and then with anything at all under one of `keys`."""
    return both(right, st.just({}) | st.dictionaries(st.sampled_from(keys), ANYTHING, max_size=1))


EXCHANGES = spoiled(
    st.fixed_dictionaries({"question": TEXTS}, optional={"answer": TEXTS}), "question", "answer", "said"
)
EXPECTED = st.one_of(
    st.fixed_dictionaries({"answers": FILLED}, optional={"sources": LISTS, "declines": st.just(False)}),
    st.fixed_dictionaries({"sources": FILLED}, optional={"answers": LISTS, "declines": st.just(False)}),
    st.fixed_dictionaries({"declines": st.just(True)}, optional={"sources": LISTS}),
)
ASKED = st.fixed_dictionaries(
    {"id": TEXTS, "question": TEXTS},
    optional={
        "asked_at": st.sampled_from(["2023-10-01", "2023-02-30", "3 March 2023"]),
        "history": st.lists(EXCHANGES, max_size=1),
        "tags": LISTS,
    },
)
CASES = spoiled(both(ASKED, EXPECTED), *SCHEMA["definitions"]["case"]["properties"], "answer")
FILES = spoiled(
    st.fixed_dictionaries({"cases": st.lists(CASES, min_size=1, max_size=2)}, optional={"articles": LISTS}),
    *SCHEMA["properties"],
    "case",
)


@settings(max_examples=200, suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
@given(said=FILES)
def test_the_loader_takes_what_the_schema_takes_and_nothing_else(
    tmp_path: Path, said: dict[str, Any]
) -> None:
    refused = refusal(saved(tmp_path, json.dumps(said)))
    valid = VALIDATOR.is_valid(said)
    event(f"valid: {valid}, loaded: {not refused}")
    if valid:
        assert not refused or any(rule in refused for rule in ONLY_THE_LOADER_CAN_TELL)
    else:
        assert refused
