from __future__ import annotations

import re
from datetime import UTC, datetime, timedelta
from pathlib import Path
from textwrap import indent

import pytest

from bot.errors import CaseError
from bot.evaluation.cases import CaseFile, QuestionCase, load_cases
from bot.questions import Exchange
from index.articles import Draft
from index.readers import read_file
from tests.conftest import PROJECT

ARTICLES = PROJECT / "examples" / "articles"
NEAR_MISSES = PROJECT / "tests" / "fixtures" / "near-misses.cases.yaml"
SWAPPED = "-swapped"
LAST = timedelta(days=1) - timedelta(microseconds=1)


def saved(folder: Path, text: str) -> Path:
    path = folder / "some.cases.yaml"
    path.write_text(text, encoding="utf-8")
    return path


def one_case(folder: Path, lines: str) -> QuestionCase:
    """Return the case that these lines state, in a file of its own."""
    (case,) = load_cases(saved(folder, "cases:\n  -\n" + indent(lines, "    "))).cases
    return case


def test_a_case_holds_what_the_file_says(tmp_path: Path) -> None:
    path = saved(
        tmp_path,
        """\
articles: [../../examples/articles, more.jsonl]
cases:
  - id: strength
    question: how many ISKP fighters did CSTO estimate?
    asked_at: 2023-10-01
    history: [{question: "Who is ISKP?", answer: A group.}, {question: "And CSTO?"}]
    answers: ["6,500", six and a half thousand]
    sources: [border.md]
    declines: false
    tags: [numbers]
  - id: weather
    question: "What is the weather in Wexmoor?"
    declines: true
""",
    )
    assert load_cases(path) == CaseFile(
        path=path,
        articles=(tmp_path.parent.parent / "examples" / "articles", tmp_path / "more.jsonl"),
        cases=(
            QuestionCase(
                id="strength",
                question="how many ISKP fighters did CSTO estimate?",
                asked_at=datetime(2023, 10, 1, tzinfo=UTC) + LAST,
                history=(Exchange("Who is ISKP?", "A group."), Exchange("And CSTO?", "")),
                answers=("6,500", "six and a half thousand"),
                sources=("border.md",),
                declines=False,
                tags=("numbers",),
            ),
            QuestionCase("weather", "What is the weather in Wexmoor?", None, (), (), (), True, ()),
        ),
    )


def test_the_configured_index_is_asked_where_no_articles_are_named(tmp_path: Path) -> None:
    path = saved(tmp_path, "cases: [{id: a, question: Who won, declines: true}]")
    assert load_cases(path).articles == ()


@pytest.mark.parametrize(
    ("written", "answers"),
    [
        pytest.param('["6,500"]', ("6,500",), id="quoted"),
        pytest.param("[6500]", ("6500",), id="a number"),
        pytest.param("[6, 500]", ("6", "500"), id="two numbers"),
        pytest.param('["6","500"]', ("6", "500"), id="two numbers, quoted"),
        pytest.param("[6,5]", ("6", "5"), id="two numbers that nobody takes for one"),
        pytest.param("\n  - 6,500", ("6,500",), id="a comma on a line of its own"),
        pytest.param("[11.0]", ("11.0",), id="a fraction"),
        pytest.param("[010]", ("010",), id="no octal number"),
        pytest.param("[1:30]", ("1:30",), id="no number to the base of sixty"),
        pytest.param("[yes, No, true]", ("yes", "No", "true"), id="words that YAML takes for true or false"),
        pytest.param("[2024-03-11]", ("2024-03-11",), id="a date"),
        pytest.param("['null', \"~\"]", ("null", "~"), id="words that YAML takes for nothing, quoted"),
        pytest.param("[zwölf – 12]", ("zwölf – 12",), id="other alphabets"),
    ],
)
def test_an_answer_is_what_the_file_shows(tmp_path: Path, written: str, answers: tuple[str, ...]) -> None:
    assert one_case(tmp_path, f"id: a\nquestion: Who won?\nanswers: {written}").answers == answers


@pytest.mark.parametrize("written", ["12", '"12"', "no", "2023-10-01"])
def test_an_id_is_what_the_file_shows(tmp_path: Path, written: str) -> None:
    case = one_case(tmp_path, f"id: {written}\nquestion: Who won?\ndeclines: true")
    assert case.id == written.strip('"')


@pytest.mark.parametrize(
    ("written", "moment"),
    [
        pytest.param("2023-10-01", datetime(2023, 10, 1, tzinfo=UTC) + LAST, id="a day means its end"),
        pytest.param('"2023-10-01"', datetime(2023, 10, 1, tzinfo=UTC) + LAST, id="quoted"),
        pytest.param("2023-10-01T12:00:00Z", datetime(2023, 10, 1, 12, tzinfo=UTC), id="a moment"),
        pytest.param("2023-10-01 12:00", datetime(2023, 10, 1, 12, tzinfo=UTC), id="UTC without a zone"),
    ],
)
def test_a_case_is_asked_at_a_day_or_a_moment(tmp_path: Path, written: str, moment: datetime) -> None:
    case = one_case(tmp_path, f"id: a\nquestion: Who won?\nasked_at: {written}\ndeclines: true")
    assert case.asked_at == moment


@pytest.mark.parametrize(
    ("expected", "declines"),
    [("declines: true", True), ("declines: yes", True), ("declines: no\nsources: [border.md]", False)],
)
def test_a_case_declines_or_expects_something(tmp_path: Path, expected: str, declines: bool) -> None:
    assert one_case(tmp_path, f"id: a\nquestion: Who won?\n{expected}").declines is declines


@pytest.mark.parametrize(
    ("lines", "line", "said"),
    [
        ("question: Who won?\ndeclines: true", 3, "id is missing"),
        ("id:\nquestion: Who won?\ndeclines: true", 3, "id is empty or not text"),
        ("id: [a]\nquestion: Who won?\ndeclines: true", 3, "id is empty or not text"),
        ("id: a\ndeclines: true", 3, "case 'a': question is missing"),
        ("id: a\nquestion: ' '\ndeclines: true", 4, "case 'a': question is empty"),
        ("id: a\nquestion: 12\ndeclines: true", 4, "case 'a': question is not text"),
        ("id: a\nquestion: [Who won]\ndeclines: true", 4, "case 'a': question is not text"),
        ("id: a\nquestion: Who?\nanswer: [x]", 5, "A case has no key 'answer'"),
        ("id: a\nquestion: Who?\n? [x]\n: y", 5, "A case has no key what is no word"),
        ("id: a\nquestion: Who?\nquestion: When?\ndeclines: true", 5, "question stands here twice"),
        ("id: a\nquestion: Who?\nasked_at: 2023-02-30\ndeclines: true", 5, "'2023-02-30' is not a date"),
        ("id: a\nquestion: Who?\nasked_at: 2023\ndeclines: true", 5, "'2023' is not a date"),
        ("id: a\nquestion: Who?\nasked_at:\ndeclines: true", 5, "asked_at is empty or not text"),
        ("id: a\nquestion: Who?\nanswers: 6,500", 5, "case 'a': answers is not a list"),
        ("id: a\nquestion: Who?\nanswers: [6,500]", 5, "6,500 is two values here"),
        ("id: a\nquestion: Who?\nanswers: [6,500 men]", 5, "6,500 men is two values here"),
        ("id: a\nquestion: Who?\nanswers: [null]", 5, "answers is empty or not text"),
        ("id: a\nquestion: Who?\nanswers: ['']", 5, "answers is empty or not text"),
        ("id: a\nquestion: Who?\nanswers: [[x]]", 5, "answers is empty or not text"),
        ("id: a\nquestion: Who?\nanswers:\n  - !!binary eA==", 6, "answers is empty or not text"),
        ("id: a\nquestion: Who?\nsources: border.md", 5, "sources is not a list"),
        ("id: a\nquestion: Who?\ntags: {a: b}\ndeclines: true", 5, "tags is not a list"),
        ("id: a\nquestion: Who?\ndeclines: 'true'", 5, "declines is neither true nor false"),
        ("id: a\nquestion: Who?\ndeclines: 1", 5, "declines is neither true nor false"),
        ("id: a\nquestion: Who?\nanswers: [x]\ndeclines: true", 5, "It declines, and yet has answers"),
        ("id: a\nquestion: Who?", 3, "It expects nothing"),
        ("id: a\nquestion: Who?\nanswers: []\ndeclines: false", 3, "It expects nothing"),
        ("id: a\nquestion: Who?\nhistory: x\ndeclines: true", 5, "history is not a list"),
        ("id: a\nquestion: Who?\nhistory: [x]\ndeclines: true", 5, "An exchange of history is not a list of"),
        ("id: a\nquestion: Who?\nhistory: [{answer: x}]\ndeclines: true", 5, "question is missing"),
        ("id: a\nquestion: Who?\nhistory: [{ask: x}]\ndeclines: true", 5, "of history has no key 'ask'"),
        ("Just words.", 3, "A case is not a list of keys and values"),
    ],
    ids=ascii,
)
def test_a_case_with_a_fault_is_named_with_its_line(tmp_path: Path, lines: str, line: int, said: str) -> None:
    with pytest.raises(CaseError) as error:
        one_case(tmp_path, lines)
    assert error.value.message.startswith(f"{tmp_path / 'some.cases.yaml'}, line {line}")
    assert said in error.value.message
    assert error.value.remedy


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("", ": The file is not a list of keys and values"),
        ("- id: a", ", line 1: The file is not a list of keys and values"),
        ("articles: [x]", ": There are no cases"),
        ("cases: []", ", line 1: There are no cases"),
        ("cases: {id: a}", ", line 1: cases is not a list"),
        ("articles: x\ncases: []", ", line 1: articles is not a list"),
        ("name: x\ncases: []", ", line 1: The file has no key 'name'"),
        ("cases:\n  - id: a\n    question: Who said: no?", ", line 3 is not YAML"),
        ("cases: []\n---\ncases: []", ", line 2 is not YAML"),
        ("cases: [{id: a, question: Who?, declines: true}]", ", line 1 is not YAML"),
        ("cases: *all", ", line 1 is not YAML"),
        ("cases: &all [*all]", ", line 1: A case is not a list of keys and values"),
        ('cases: ["\\UFFFFFFFF"]', " is not YAML"),
        ("cases:\n- [\x07]", ", line 2 is not YAML: the character U+0007 is no text."),
        ("cases: " + "[" * 20_000, " is nested too deeply"),
    ],
    ids=lambda value: ascii(value[:30]),
)
def test_a_file_that_holds_no_cases_is_named(tmp_path: Path, text: str, said: str) -> None:
    path = saved(tmp_path, text)
    with pytest.raises(CaseError) as error:
        load_cases(path)
    assert error.value.message.startswith(f"{path}{said}")
    assert error.value.remedy


@pytest.mark.parametrize(
    ("lines", "meant"),
    [
        ("id: a\nquestion: Who?\nanswer: [x]", "answers"),
        ("id: a\nquestion: Who?\nSource: [x]", "sources"),
        ("id: a\nquestion: Who?\ndecline: true", "declines"),
        ("id: a\nquestion: Who?\nasked: 2023-10-01", "asked_at"),
        ("ID: a\nquestion: Who?", "id"),
        ("id: a\nhistory: [{questions: Who}]\nquestion: And?", "question"),
    ],
    ids=lambda value: ascii(value[-15:]),
)
def test_a_key_that_is_spelled_nearly_right_is_proposed(tmp_path: Path, lines: str, meant: str) -> None:
    with pytest.raises(CaseError) as error:
        one_case(tmp_path, lines)
    assert error.value.remedy.startswith(f"Did you mean {meant}? Its keys are ")


def test_nothing_is_proposed_for_a_key_that_is_like_none(tmp_path: Path) -> None:
    with pytest.raises(CaseError) as error:
        one_case(tmp_path, "id: a\nquestion: Who?\nfoo: x")
    assert error.value.remedy.startswith("Its keys are id, question, ")


def test_a_case_knows_its_line(tmp_path: Path) -> None:
    text = "# Two\ncases:\n  - id: a\n    question: Who won?\n    declines: true\n\n  -\n    id: b\n"
    path = saved(tmp_path, f"{text}    question: Who won?\n    declines: true\n")
    assert [(case.id, case.line) for case in load_cases(path).cases] == [("a", 3), ("b", 8)]


def test_an_id_is_given_once(tmp_path: Path) -> None:
    case = "  - {id: a, question: Who won, declines: true}\n"
    path = saved(tmp_path, f"cases:\n{case}{case}")
    with pytest.raises(CaseError, match=r", line 3: The id 'a' is taken by an earlier case\."):
        load_cases(path)


def test_a_file_that_cannot_be_read_is_named(tmp_path: Path) -> None:
    latin = tmp_path / "latin.cases.yaml"
    latin.write_bytes("cases: [für]".encode("latin-1"))
    with pytest.raises(CaseError, match=r"latin\.cases\.yaml is not UTF-8 text"):
        load_cases(latin)
    with pytest.raises(CaseError, match=r"gone\.cases\.yaml cannot be opened \(No such file"):
        load_cases(tmp_path / "gone.cases.yaml")
    with pytest.raises(CaseError, match="cannot be opened"):
        load_cases(tmp_path)


def test_a_byte_order_mark_is_no_fault(tmp_path: Path) -> None:
    path = saved(tmp_path, "\ufeffcases: [{id: a, question: Who won, declines: true}]")
    assert [case.id for case in load_cases(path).cases] == ["a"]


@pytest.fixture(scope="module")
def near_misses() -> CaseFile:
    return load_cases(NEAR_MISSES)


@pytest.fixture(scope="module")
def pairs(near_misses: CaseFile) -> list[tuple[QuestionCase, QuestionCase]]:
    """The questions that have an answer, each with its near miss."""
    cases = {case.id: case for case in near_misses.cases}
    return [(cases[name.removesuffix(SWAPPED)], cases[name]) for name in cases if name.endswith(SWAPPED)]


@pytest.fixture(scope="module")
def drafts() -> dict[str, Draft]:
    """The sample articles by their places."""
    found = {}
    for path in ARTICLES.iterdir():
        for line, draft in read_file(path):
            assert isinstance(draft, Draft), path
            found[f"{path.name}:{line}" if line else path.name] = draft
    return found


def plain(text: str) -> str:
    return " ".join(text.replace("’", "'").split()).casefold()


def test_near_misses_come_in_pairs_over_the_sample_articles(
    near_misses: CaseFile, pairs: list[tuple[QuestionCase, QuestionCase]]
) -> None:
    assert near_misses.articles == (ARTICLES,)
    assert near_misses.cases == tuple(case for pair in pairs for case in pair)
    kept_out = sum("kept-out" in original.tags for original, _ in pairs)
    assert kept_out >= 10
    assert len(pairs) - kept_out >= 30


def test_only_the_original_of_a_pair_has_an_answer(pairs: list[tuple[QuestionCase, QuestionCase]]) -> None:
    for original, swapped in pairs:
        assert original.answers, original.id
        assert original.sources, original.id
        assert not original.declines, original.id
        assert swapped.declines, swapped.id


def test_the_two_of_a_pair_differ_in_one_place_of_the_question(
    pairs: list[tuple[QuestionCase, QuestionCase]],
) -> None:
    for original, swapped in pairs:
        assert original.asked_at == swapped.asked_at, swapped.id
        one, other = original.question.split(), swapped.question.split()
        start = same_words(one, other)
        shared = start + same_words(one[start:][::-1], other[start:][::-1])
        assert 0 < max(len(one), len(other)) - shared <= 5, swapped.id


def same_words(one: list[str], other: list[str]) -> int:
    """Return how many words two lists begin with in common."""
    differing = (i for i, (left, right) in enumerate(zip(one, other, strict=False)) if left != right)
    return next(differing, min(len(one), len(other)))


def test_the_two_of_a_pair_say_alike_what_was_swapped_and_whether_they_are_kept_out(
    pairs: list[tuple[QuestionCase, QuestionCase]],
) -> None:
    for original, swapped in pairs:
        assert original.tags == swapped.tags, swapped.id
        assert original.tags in {(kind, *kept) for kind in KINDS for kept in ((), ("kept-out",))}, original.id


KINDS = ("who", "where", "when", "quantity")


@pytest.mark.parametrize("kind", KINDS)
def test_pairs_of_each_kind_are_kept_out(pairs: list[tuple[QuestionCase, QuestionCase]], kind: str) -> None:
    assert any(original.tags == (kind, "kept-out") for original, _ in pairs)


def test_every_source_of_an_original_holds_one_of_its_answers(
    pairs: list[tuple[QuestionCase, QuestionCase]], drafts: dict[str, Draft]
) -> None:
    for original, _ in pairs:
        for source in original.sources:
            text = plain(drafts[source].text)
            assert any(
                re.search(rf"(?<!\w){re.escape(plain(answer))}(?!\w)", text) for answer in original.answers
            ), (original.id, source)


def test_a_source_was_published_before_the_question_was_asked(
    pairs: list[tuple[QuestionCase, QuestionCase]], drafts: dict[str, Draft]
) -> None:
    for original, _ in pairs:
        for source in original.sources:
            published = drafts[source].published_at
            if published and original.asked_at:
                assert published <= original.asked_at, (original.id, source)
