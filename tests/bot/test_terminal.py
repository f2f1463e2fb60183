from __future__ import annotations

import re
import unicodedata
from dataclasses import replace

import pytest

from bot.answers import Dropped, Related, Written
from bot.console import console, key_value_table
from bot.terminal import AnswerShown, show_answer, show_results, shown_as_it_comes
from index.articles import Article
from tests.bot.made import answer, article, citation, found, passage, retrieval

QUOTE = "The toll rose to nine crowns."
TOLL = article(f"Nobody asked. {QUOTE} The boats went on.")

HOSTILE = {
    "[red]not red[/red]": "[red]not red[/red]",
    "[link=https://evil.example]here[/link]": "[link=https://evil.example]here[/link]",
    "[/]": "[/]",
    ":smile: :warning:": ":smile: :warning:",
    "\x1b[31mred\x1b[0m": "␛[31mred␛[0m",
    "\x1b]8;;https://evil.example\x1b\\x": "␛]8;;https://evil.example␛\\x",
    "\x1b]0;owned\x07": "␛]0;owned␇",
    "\x9b2J": "⟨U+009B⟩2J",
    "\u202egnorw": "⟨U+202E⟩gnorw",
    "\x08\x08\x7f": "␈␈␡",
    "one\r\x0b\x0ctwo": "one two",
    "\ud800": "⟨U+D800⟩",
    "\\[bold]": "\\[bold]",
    "**not the quote**": "**not the quote**",
}

RICH = re.compile(r"\x1b\[[\d;]*m|\x1b\]8;[^;]*;([^\x1b]*)\x1b\\")
"""What rich itself writes to a terminal: colours, and links with their address."""


@pytest.fixture(autouse=True)
def _plain_terminal(monkeypatch: pytest.MonkeyPatch) -> None:
    """Eighty columns and no colour, whatever the tests are started from."""
    for name in ("FORCE_COLOR", "TTY_COMPATIBLE", "TTY_INTERACTIVE", "COLORTERM"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("COLUMNS", "80")


def unwrapped(text: str) -> str:
    """Return the text without the line breaks that the terminal's width makes."""
    return " ".join(text.split())


def steers(text: str) -> list[str]:
    return [c for c in text if unicodedata.category(c) in ("Cc", "Cf", "Cs") and c != "\n"]


def hostile_article(text: str) -> Article:
    """Return an article that tries its luck wherever it is shown."""
    return article(
        f"Before {text} it. {QUOTE} Behind {text} it.",
        title=f"Title {text}",
        publisher=f"Paper {text}",
        url=None,
    )


def test_an_answer_shows_its_claims_then_its_sources(capsys: pytest.CaptureFixture[str]) -> None:
    old = article("It is old.", title="The light", publisher=None, url=None, published_at=None)
    show_answer(answer(citation(TOLL, QUOTE), citation(old, "It is old.", 2)))
    assert capsys.readouterr().out.splitlines() == [
        "The toll rose to nine crowns. [1]",
        "It is old. [2]",
        "",
        "Sources",
        "[1] Ferry toll rises, Harbour Post, 13 May 2024 (7 days ago)",
        "    https://harbour.example.org/ferry",
        "    Nobody asked. **The toll rose to nine crowns.** The boats went on.",
        "[2] The light, undated",
        "    **It is old.**",
        "",
        "confidence 0.75, as of 18 May 2024",
    ]


def test_nothing_is_wider_than_the_terminal_but_a_link(capsys: pytest.CaptureFixture[str]) -> None:
    long = "The toll rose once more and nobody had asked for it, " * 7 + "it said."
    show_answer(
        answer(citation(article(long, title="Toll " * 30, url="https://example.org/" + "a" * 90), long[:390]))
    )
    wide = [line for line in capsys.readouterr().out.splitlines() if len(line) > 80]
    assert wide == ["    https://example.org/" + "a" * 90]


@pytest.mark.parametrize(
    ("before", "behind", "shown"),
    [
        pytest.param("", "", "**Q.**", id="alone"),
        pytest.param("Some ", " more", "Some **Q.** more", id="spaces"),
        pytest.param("(", ")", "(**Q.**)", id="none"),
        pytest.param("Some\n\n", "\nmore", "Some **Q.** more", id="lines"),
        pytest.param(
            "far " * 60, " off" * 60, f"… {'far ' * 39}**Q.**{' off' * 39} …", id="cut between words"
        ),
        pytest.param("x" * 200, "x" * 200, "… **Q.** …", id="a word too long to show"),
    ],
)
def test_a_quote_is_marked_in_its_context(
    capsys: pytest.CaptureFixture[str], before: str, behind: str, shown: str
) -> None:
    show_answer(answer(citation(article(f"{before}Q.{behind}", url=None), "Q.")))
    context = capsys.readouterr().out.partition("ago)\n")[2].partition("\n\n")[0]
    assert unwrapped(context) == unwrapped(shown)


def test_the_context_stays_within_the_passage(capsys: pytest.CaptureFixture[str]) -> None:
    cited = citation(TOLL, QUOTE)
    inside = type(cited)(1, TOLL, passage(TOLL, cited.start, cited.end), QUOTE, cited.start, cited.end)
    show_answer(answer(inside))
    assert f"    **{QUOTE}**\n" in capsys.readouterr().out


@pytest.mark.parametrize(("text", "shown"), HOSTILE.items(), ids=map(ascii, HOSTILE))
def test_article_text_is_shown_and_never_obeyed(
    capsys: pytest.CaptureFixture[str], text: str, shown: str
) -> None:
    hostile = hostile_article(text)
    quoted = answer(citation(hostile, f"Before {text} it."))
    show_answer(quoted)
    show_answer(answer(declined=True, reason=f"Reason {text}", closest=(Related(hostile, text),)))
    show_results(retrieval(found(hostile)), [found(hostile)])
    console().print(key_value_table([("Publisher", f"Table {text}")]))
    out = capsys.readouterr().out
    assert not steers(out)
    flat = unwrapped(out)
    for place in (
        "**Before {} it.**",
        "Title {}, Paper {}, 13 May",
        "Reason {}",
        "Behind {} it.",
        "Table {}",
    ):
        assert place.replace("{}", shown) in flat
    assert flat.startswith(f"Before {shown} it. [1]")


@pytest.mark.parametrize(("text", "shown"), HOSTILE.items(), ids=map(ascii, HOSTILE))
def test_on_a_terminal_with_colours_too(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch, text: str, shown: str
) -> None:
    monkeypatch.setenv("FORCE_COLOR", "1")
    monkeypatch.setenv("TERM", "xterm-256color")
    monkeypatch.delenv("NO_COLOR", raising=False)
    show_answer(answer(citation(hostile_article(text), QUOTE)))
    out = capsys.readouterr().out
    assert RICH.search(out)
    assert not steers(RICH.sub("", out))
    assert f"Before {shown} it." in unwrapped(RICH.sub("", out))
    assert not [found[1] for found in RICH.finditer(out) if found[1]]


@pytest.mark.parametrize(
    ("url", "link"),
    [
        ("https://example.org/a", "https://example.org/a"),
        ('https://example.org/"\x1b\\', "https://example.org/%22%1B%5C"),
        ("javascript:alert(1)", None),
        ("file:///etc/passwd", None),
        ("\x1b]8;;https://example.org", None),
        (None, None),
    ],
)
def test_only_web_addresses_are_links(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch, url: str | None, link: str | None
) -> None:
    monkeypatch.setenv("FORCE_COLOR", "1")
    monkeypatch.setenv("TERM", "xterm-256color")
    show_answer(answer(citation(article(QUOTE, url=url), QUOTE)))
    out = capsys.readouterr().out
    assert {found[1] for found in RICH.finditer(out) if found[1]} == ({link} if link else set())
    assert ("example.org" in RICH.sub("", out)) == bool(link)


def test_a_decline_names_related_articles_and_no_sources(capsys: pytest.CaptureFixture[str]) -> None:
    undated = article("It is old.", id="old", title=None, publisher=None, published_at=None)
    show_answer(
        answer(
            declined=True,
            reason="No passage found speaks of Brannholt.",
            searched=1234,
            closest=(Related(TOLL, "Tolls."), Related(undated, "Old.")),
        )
    )
    assert capsys.readouterr().out.splitlines() == [
        "The articles do not answer this. No passage found speaks of Brannholt.",
        "Searched 1,234 articles, as of 18 May 2024.",
        "",
        "Related, but not an answer:",
        "    Ferry toll rises, Harbour Post, 13 May 2024 (7 days ago)",
        "        Tolls.",
        "    old, undated",
        "        Old.",
    ]


def test_a_decline_where_nothing_is_in_scope_says_so(capsys: pytest.CaptureFixture[str]) -> None:
    show_answer(answer(declined=True, reason="No article matches the filters.", searched=0, as_of=None))
    out = capsys.readouterr().out
    assert "Searched 0 articles." in out
    assert "Related" not in out
    show_answer(answer(declined=True, reason="Nobody says.", searched=1))
    assert "Searched 1 article, as of" in capsys.readouterr().out


def test_a_sentence_is_printed_when_it_is_told(capsys: pytest.CaptureFixture[str]) -> None:
    whole = answer(citation(TOLL, QUOTE), citation(article("It is old.", id="old"), "It is old.", 2))
    begun: list[str] = []
    shown = AnswerShown(lambda: begun.append(capsys.readouterr().out))
    shown.tell(whole.claims[0])
    assert begun == [""]
    assert capsys.readouterr().out == f"{QUOTE} [1]\n"
    shown.finish(whole)
    assert capsys.readouterr().out.startswith("It is old. [2]\n\nSources\n[1] Ferry toll rises")
    assert begun == [""]


def test_nothing_but_the_answer_is_printed_where_nobody_watches(capsys: pytest.CaptureFixture[str]) -> None:
    with shown_as_it_comes("Asking some:model …") as shown:
        shown.finish(answer(citation(TOLL, QUOTE)))
    printed = capsys.readouterr()
    assert printed.out.startswith(QUOTE)
    assert printed.err == ""


WRITTEN = Written("All of it.", (Dropped("It fell.", ("Nobody says so.", "Nor that.")),), (), 1234, 56)
TIMES = {"writing": 3.21, "verifying": 0.02, "first sentence": 1.5}


def test_who_wrote_an_answer_is_said_and_what_was_not_as_expected(capsys: pytest.CaptureFixture[str]) -> None:
    show_answer(answer(citation(TOLL, QUOTE), model="some:model", written=WRITTEN, notice="It broke off."))
    assert capsys.readouterr().out.splitlines()[-3:] == [
        "confidence 0.75, as of 18 May 2024",
        "written by some:model, 1,234 tokens read, 56 written",
        "It broke off.",
    ]
    show_answer(
        answer(declined=True, reason="No.", model="some:model", written=replace(WRITTEN, input_tokens=None))
    )
    assert capsys.readouterr().out.splitlines()[-1] == "written by some:model"


def test_explained_is_what_was_dropped_and_how_long_it_took(capsys: pytest.CaptureFixture[str]) -> None:
    repaired = replace(WRITTEN, dropped=(), repaired=WRITTEN.dropped)
    show_answer(answer(citation(TOLL, QUOTE), written=WRITTEN, seconds=TIMES), explain=True)
    assert capsys.readouterr().out.splitlines()[-5:] == [
        "The model wrote for 3.2 s, the first sentence shown after 1.5 s; verifying took ",
        "20 ms.",
        "Dropped, because the passages do not bear it out:",
        "    It fell.",
        "        Nobody says so. Nor that.",
    ]
    show_answer(answer(citation(TOLL, QUOTE), written=repaired, seconds=TIMES), explain=True)
    out = capsys.readouterr().out
    assert "Not borne out at first; the model's second try is shown:\n    It fell.\n" in out
    assert "Dropped" not in out


def test_a_reply_is_all_that_is_shown(capsys: pytest.CaptureFixture[str]) -> None:
    show_answer(answer(reply="You are welcome.", index=None, searched=0), explain=True)
    assert capsys.readouterr().out == "You are welcome.\n"


def test_results_show_what_their_scores_are_made_of(capsys: pytest.CaptureFixture[str]) -> None:
    undated = article("It is old.", id="old", title=None, publisher=None, published_at=None)
    results = [found(TOLL, score=0.9), found(undated, score=0.25)]
    show_results(retrieval(*results), results)
    out = capsys.readouterr().out
    assert "  1 Ferry toll rises, Harbour Post, 13 May 2024\n" in out
    assert "  2 old, undated\n" in out
    flat = unwrapped(out)
    assert (
        "score 0.900 = cosine 0.500 (scaled 1.00), BM25 2.00 (scaled 1.00), late 1.00, "
        "recency 0.00, period 0.00, lead 0.00 Nobody asked." in flat
    )


@pytest.mark.parametrize(
    ("searched", "said"), [(0, "Nothing found: no article is in scope.\n"), (7, "Nothing found.\n")]
)
def test_no_results_say_why(capsys: pytest.CaptureFixture[str], searched: int, said: str) -> None:
    show_results(retrieval(searched=searched), [])
    assert capsys.readouterr().out == said
