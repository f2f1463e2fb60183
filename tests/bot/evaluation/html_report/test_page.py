from __future__ import annotations

import re
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from bot.answer_json import answer_to_json
from bot.evaluation.cases import QuestionCase
from bot.evaluation.html_report import render_html
from bot.evaluation.html_report.page import WHOLE_CASES, page_of, written
from bot.evaluation.measures import BY_KEY, Estimate
from bot.evaluation.report import Report, load_report, save_report
from bot.evaluation.results import Judgement
from bot.questions import Exchange
from bot.visible import visible
from tests.bot import made
from tests.bot.evaluation.html_report import reports
from tests.bot.evaluation.html_report.reports import HOSTILE, Read

TAGS = set(
    "html head meta title style body header nav main section aside div span p h1 h2 h3 h4 ul ol li dl dt dd "
    "table thead tbody tr th td details summary figure figcaption blockquote mark code b bdi a input label "
    "svg path circle rect text".split()
)
SOME_TEXT = st.text(min_size=1).filter(str.strip)
SECTIONS = ("summary", "figures", "tags", "time", "confidence", "cases")


@pytest.fixture(scope="module")
def varied() -> str:
    return render_html(reports.varied())


def sections(html: str) -> list[str]:
    return re.findall(r'<section id="(\w+)"', html)


def test_hostile_text_stays_text_wherever_it_stands() -> None:
    results = [reports.hostile(HOSTILE, number) for number in range(3)]
    html = render_html(reports.report(*results, facts=((HOSTILE, HOSTILE),)))
    read = Read(html)
    assert {tag for tag, _ in read.tags} <= TAGS
    assert not read.comments
    names = {name for _, attributes in read.tags for name in attributes}
    assert not {name for name in names if name.startswith("on")} | (
        names & {"style", "src", "srcset", "srcdoc"}
    )
    links = {attributes["href"] or "" for tag, attributes in read.tags if tag == "a"}
    assert all(link.startswith(("#", "https://example.org/")) for link in links)
    assert {visible(HOSTILE)} <= set(read.of["h3"]) & set(read.of["dt"]) & set(read.of["dd"]) & set(
        read.of["bdi"]
    )
    assert not re.search(r"[\x00-\x08\x0b-\x1f\u200b\u202a-\u202e\ud800-\udfff]", html)


@given(SOME_TEXT, st.integers(0, 2))
@example(HOSTILE, 0)
@example("<mark>{{ 1 }}", 2)
@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.too_slow])
def test_whatever_a_case_says_the_page_has_the_same_elements(text: str, number: int) -> None:
    plain, read = (Read(reports.page(reports.hostile(said, number))) for said in ("word", text))
    assert [tag for tag, _ in read.tags] == [tag for tag, _ in plain.tags]
    assert read.of["h3"][-1] == visible(text)
    if number != 2:
        assert read.of["mark"] == [visible(f"{text} after.")]


@pytest.mark.parametrize(
    "quote",
    ["She sank.", "She \u202esank\u202c.", "She\n\nsank\x1b.", "<b>She</b> & 'he' \"sank\".", "  She sank. "],
)
def test_the_marked_words_are_the_quote(quote: str) -> None:
    read = Read(reports.page(reports.answered(text=f"Before. {quote}\u200b After.", quote=quote)))
    assert read.of["mark"] == [visible(quote)]
    assert visible(f"Before. {quote}\u200b After.") in read.of["blockquote"]


def test_the_page_needs_nothing_and_runs_nothing(varied: str) -> None:
    policy = (
        "default-src 'none'; style-src 'unsafe-inline'; img-src data:; base-uri 'none'; form-action 'none'"
    )
    assert f'http-equiv="Content-Security-Policy" content="{policy}"' in varied
    style = varied.partition("<style>")[2].partition("</style>")[0]
    assert not re.search(r"@import|url\(|@font-face", style)


def test_references_within_the_page_lead_somewhere_and_ids_are_there_once(varied: str) -> None:
    read = Read(varied)
    ids = [attributes["id"] for _, attributes in read.tags if "id" in attributes]
    assert len(ids) == len(set(ids))
    links = {attributes["href"] or "" for tag, attributes in read.tags if tag == "a"}
    inner = {link[1:] for link in links if link.startswith("#")}
    for name in ("for", "aria-labelledby"):
        inner |= {attributes[name] or "" for _, attributes in read.tags if name in attributes}
    assert inner <= set(ids)
    assert {f"case-{number}-note-1" for number in range(1, 10)} <= inner


def test_every_drawing_says_what_it_is(varied: str) -> None:
    drawings = [attributes for tag, attributes in Read(varied).tags if tag == "svg"]
    assert len(drawings) > 10
    assert all(each["role"] == "img" and each["aria-label"] for each in drawings)


def test_a_whole_report_has_all_sections(varied: str) -> None:
    assert tuple(sections(varied)) == SECTIONS
    assert re.findall(r'<li><a href="#(\w+)">', varied) == list(SECTIONS)


@pytest.mark.parametrize(
    ("report", "there"),
    [
        (reports.report(), []),
        (reports.report(reports.searched()), ["cases"]),
        (reports.report(reports.declined(confidence=None, seconds=None)), ["cases"]),
        (reports.report(reports.declined(confidence=None)), ["time", "cases"]),
        (reports.report(reports.answered()), ["tags", "time", "confidence", "cases"]),
    ],
    ids=["no cases", "only searched", "no times and no confidence", "no confidence", "no figures"],
)
def test_what_there_is_nothing_of_is_left_out(report: Report, there: list[str]) -> None:
    html = written(page_of(report, []))
    assert sections(html) == there
    assert Read(html).of.get("summary") is None or "cases" in there


def test_the_key_figures_of_a_set_that_was_only_searched_are_those_of_the_search() -> None:
    figures = [
        Estimate(BY_KEY[key], 0.5, 0.25, 0.75, 4) for key in ("passed", "hit@1", "hit@5", "mrr@10", "ece")
    ]
    page = page_of(reports.report(reports.searched()), figures)
    assert [each.estimate.measure.key for each in page.key_figures] == ["passed", "hit@1", "hit@5"]
    read = Read(written(page))
    assert "25.0% to 75.0% 4 cases" in read.of["p"]
    assert "how far confidence is from how often it is right less is better" in read.of["td"]


def test_cases_not_as_expected_come_first_and_are_open() -> None:
    wrong = ("it was answered, and the articles do not hold an answer",)
    html = reports.page(
        reports.answered("a"),
        reports.answered("b", faults=wrong),
        reports.answered("c"),
        reports.answered("d", faults=wrong),
    )
    order = re.findall(
        r'<details class="case (\w+) t0" id="case-\d"( open)?>.*?<bdi>(\w)</bdi>', html, re.DOTALL
    )
    assert order == [
        ("failed", " open", "b"),
        ("failed", " open", "d"),
        ("passed", "", "a"),
        ("passed", "", "c"),
    ]
    assert Read(html).of["li"].count(wrong[0]) == 2


def test_a_case_shows_what_was_asked_and_expected() -> None:
    case = QuestionCase(
        "toll",
        "And now?",
        asked_at=datetime(2024, 5, 20, 23, 59, 59, 999999, tzinfo=UTC),
        history=(Exchange("What was the toll?", "Fourteen."),),
        answers=("19", "nineteen"),
        sources=("ferry.md",),
        tags=("numbers", "follow-up"),
    )
    read = Read(reports.page(reports.answered(case=case)))
    assert {"20 May 2024", "19nineteen", "ferry.md", "Fourteen.", "0.250 s", "some.cases.yaml::toll"} <= {
        *read.of["dd"]
    }
    assert "What was the toll?" in read.of["dt"]
    assert {"numbers", "follow-up"} <= {*read.of["bdi"]}
    assert "1 Ferry toll rises expected0.900" in [text.replace("1F", "1 F") for text in read.of["li"]]
    assert "2Storm0.250" in read.of["li"]


@pytest.mark.parametrize(
    ("judgement", "said"),
    [
        (Judgement(correct=True, supported=False, why="It says 18."), "correct, not borne outIt says 18."),
        (Judgement(correct=False, supported=True, why=""), "not correct, borne out"),
        (Judgement(correct=True, supported=None, why=""), "correct"),
        (Judgement(correct=None, supported=None, why="It was late."), "no judgementIt was late."),
    ],
)
def test_a_judgement_is_shown_with_its_reason(judgement: Judgement, said: str) -> None:
    assert said in Read(reports.page(reports.answered(judgement=judgement))).of["dd"]


def test_an_answer_has_footnotes_to_the_marked_words() -> None:
    html = reports.page(reports.answered())
    read = Read(html)
    assert "The toll rose to 19 on Friday.[1]" in read.of["p"]
    assert 'href="#case-1-note-1"' in html
    assert '<mark id="case-1-note-1">The toll rose to 19 on Friday.</mark>' in html
    assert 'href="https://harbour.example.org/ferry"' in html
    assert "Harbour Post, 13 May 2024 (7 days ago)" in read.of["span"]


def test_two_quotes_of_a_passage_are_marked_in_it_together() -> None:
    article = made.article("She sank. Nobody saw her.")
    answer = made.answer(made.citation(article, "Nobody saw her.", 1), made.citation(article, "She sank.", 2))
    read = Read(reports.page(reports.answered(answer=answer_to_json(answer, explain=True))))
    assert read.of["mark"] == ["She sank.", "Nobody saw her."]
    assert read.of["blockquote"] == ["She sank. [2] Nobody saw her. [1]"]


def test_a_decline_says_why_and_what_came_nearest() -> None:
    read = Read(reports.page(reports.declined()))
    assert "No passage found speaks of a captain." in read.of["p"]
    assert "to decline: the articles do not hold an answer" in read.of["dd"]
    assert read.of["blockquote"] == ["The ferry sank."]
    assert "answered from 0.50 on" in read.of["li"]
    assert "A ferry that sank." in read.of["p"]


def test_a_decline_without_a_nearest_sentence_is_shown_too() -> None:
    answer = answer_to_json(made.answer(declined=True, confidence=0.0), explain=True)
    read = Read(reports.page(reports.declined(answer=answer)))
    assert "blockquote" not in read.of
    assert "No reason is given." in read.of["p"]


def test_beyond_some_hundred_cases_those_that_passed_are_short_and_it_says_so() -> None:
    results = [reports.answered(str(place)) for place in range(WHOLE_CASES + 2)]
    results[-1] = replace(results[-1], faults=("it is wrong",))
    read = Read(reports.page(*results))
    whole, quoted = "The toll rose to 19 on Friday. Nobody knows why.", "The toll rose to 19 on Friday."
    assert [read.of["blockquote"].count(each) for each in (whole, quoted)] == [WHOLE_CASES, 2]
    assert read.of["h4"].count("What the search found") == WHOLE_CASES
    assert any("the last 2 that are as expected are shown without passages" in text for text in read.of["p"])


def test_there_are_filters_for_the_most_common_tags_and_the_rest_of_the_bars_can_be_opened() -> None:
    cases = [
        reports.answered(
            str(place), case=QuestionCase(str(place), "Who?", answers=("x",), tags=(f"tag {place}",))
        )
        for place in range(25)
    ]
    html = reports.page(*cases)
    read = Read(html)
    assert "5 more tags" in read.of["summary"]
    assert html.count("#tag-") == 12 * 4
    assert 'class="case passed t11"' in html
    assert "t12" not in html
    assert "Most common tags" in read.of["p"]


def test_a_report_read_from_its_file_gives_the_same_page(tmp_path: Path) -> None:
    report = reports.report(reports.answered(), reports.declined(), reports.searched())
    save_report(report, tmp_path / "report.json")
    assert written(page_of(load_report(tmp_path / "report.json"), [])) == written(page_of(report, []))
