"""What users of such bots complain about, one test each, by the order of how much they mind.

Of the list in Slack's facts, dying streams are left out: the bot does not stream.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.parse import unquote

import pytest

from bot.slack.text_fragments import link_to_quote
from index.articles import Draft
from index.discovery import discover
from index.embedding import Embedder
from index.readers import read_file
from tests.bot.slack.asking import (
    BORDER,
    NO_ANSWER,
    README_QUESTION,
    Side,
    also_indexed,
    reindexed,
    text_of,
)
from tests.conftest import SAMPLES
from tests.slack.faults import AnswersError, AnswersStatus, Hangs, LosesReply, RateLimits
from tests.slack.state import Message
from tests.slack.workspace import Workspace

QUESTIONS = (
    README_QUESTION,
    "Who is Secretary General of the CSTO at the moment?",
    "Why did the Halcyon Tern capsize?",
    "How many people had to leave the valley below the Ambrell dam?",
    "How much barley did Vestrany's farmers harvest in 2025?",
    "How high is unemployment in Port Eldin?",
)


@dataclass(frozen=True, slots=True)
class Source:
    """A source as it is shown: its number, what is said of it, its quote, and where its links lead."""

    number: str
    said: str
    quote: str
    links: tuple[str, ...]


def sources_of(message: Message) -> list[Source]:
    """Return the sources under an answer."""
    return list(_sources(message))


def _sources(message: Message) -> Iterator[Source]:
    for block in message["blocks"]:
        first = block["elements"][0].get("elements", [{}])[0]
        if first.get("style") == {"bold": True} and re.fullmatch(r"\[\d+\]", first["text"]):
            lines, quote = block["elements"]
            said = "".join(part["text"] for part in lines["elements"])
            links = tuple(part["url"] for part in lines["elements"] if "url" in part)
            yield Source(first["text"], said, "".join(part["text"] for part in quote["elements"]), links)


def sentences_of(message: Message) -> list[dict[str, Any]]:
    """Return the parts of what an answer says before its sources."""
    parts = message["blocks"][0]["elements"][0]["elements"]
    assert isinstance(parts, list)
    return parts


@pytest.fixture(scope="module")
def articles() -> Sequence[Draft]:
    """The sample articles."""
    found = (read for file in discover([SAMPLES]).files for _, read in read_file(file.path))
    return [each for each in found if isinstance(each, Draft)]


@pytest.fixture(scope="module")
def answers(socket_bot: Side) -> Mapping[str, Message]:
    """What the bot answers to the questions."""
    asked = {question: socket_bot.asker().writes(question) for question in QUESTIONS}
    return {question: each.answer("answered") for question, each in asked.items()}


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A folder for further articles."""
    return tmp_path / "further"


@pytest.mark.parametrize("question", QUESTIONS)
def test_wrong_or_invented_citations(
    answers: Mapping[str, Message], articles: Sequence[Draft], question: str
) -> None:
    answer = answers[question]
    sources = sources_of(answer)
    markers = [part["text"] for part in sentences_of(answer) if re.fullmatch(r"\[\d+\]", part["text"])]
    assert markers
    assert set(markers) == {source.number for source in sources}
    for source in sources:
        [article] = [
            each for each in articles if source.quote in each.text and (each.title or "") in source.said
        ]
        at = article.text.index(source.quote)
        link = link_to_quote(article.url, article.text, at, at + len(source.quote))
        assert source.links == ((link,) if link else ())


def test_sources_shown_under_i_dont_know(side: Side) -> None:
    answer = side.asker().writes(NO_ANSWER).answer("declined")
    assert not sources_of(answer)
    for said in (text_of(answer), answer["text"]):
        verdict, _, related = said.partition("Related, but not an answer:")
        assert verdict.startswith("The articles do not answer this.")
        assert not re.search(r"\[\d+\]|https?:|confidence", verdict)
        assert not re.search(r"\[\d+\]|^> ", related, re.MULTILINE)


def test_silence_after_the_eyes(socket_bot: Side) -> None:
    workspace = socket_bot.workspace
    workspace.fail("assistant.threads.setStatus", AnswersError("missing_scope"), times=None)
    workspace.fail("chat.postMessage", RateLimits(1), LosesReply())
    workspace.fail(
        "chat.update", AnswersStatus(500), Hangs(0.1), RateLimits(1), AnswersError("internal_error")
    )
    assert "6,500" in socket_bot.asker().writes(README_QUESTION).answer("answered")["text"]


@pytest.mark.parametrize("question", QUESTIONS)
def test_an_empty_answer_above_correct_sources(answers: Mapping[str, Message], question: str) -> None:
    answer = answers[question]
    for source in sources_of(answer):
        said = "".join(part["text"] for part in sentences_of(answer))
        assert source.quote in said
        assert source.quote in answer["text"].split("\n\n")[0].replace("&amp;", "&")


def test_no_follow_up_in_a_channel_thread(side: Side) -> None:
    asker = side.asker()
    first = asker.mentions(README_QUESTION)
    first.answer("answered")
    for _ in range(2):
        again = asker.mentions("and along which border?", thread_ts=first.ts).answer("answered")
        assert "along the southern border of Tajikistan" in text_of(again)


NEW = """---
title: A count of the lamps
url: https://larkmere.example.org/{name}
published_at: 2026-01-05
---

The lighthouse of Larkmere keeps {lamps} lamps, its keeper said on Monday.
"""
LAMPS = "How many lamps does the lighthouse of Larkmere keep?"


def test_deleted_documents_still_answered_from(side: Side, embedder: Embedder, folder: Path) -> None:
    asker = side.asker()
    asker.writes(LAMPS).answer("declined")
    with also_indexed(side.home, embedder, folder, {"old.md": NEW.format(name="old", lamps="4,321")}) as [
        old
    ]:
        assert "4,321" in asker.writes(LAMPS).answer("answered")["text"]
        old.unlink()
        (folder / "new.md").write_text(NEW.format(name="new", lamps="5,678"))
        reindexed(side.home, embedder, folder)
        answer = asker.writes(LAMPS).answer("answered")
        assert "5,678" in answer["text"]
        assert "4,321" not in answer["text"] + text_of(answer)
        assert {link.partition("#")[0] for link in Workspace.links_of(answer)} == {
            "https://larkmere.example.org/new"
        }
    asker.writes(LAMPS).answer("declined")


def test_duplicate_replies_after_retries(side: Side) -> None:
    workspace, asker = side.workspace, side.asker()
    asked = asker.mentions(README_QUESTION)
    for _ in range(2):
        for each in workspace.deliveries_about(asked.ts):
            workspace.resend(each.event_id)
        asked.answer("answered")
    asker.writes(README_QUESTION).answer("answered")
    asked.answer()


LONG = f"""---
title: "{"A title that goes on and on, " * 30}and ends"
publisher: "{"The Long Herald, " * 15}and ends"
url: https://long.example.org/{"x" * 1500}
published_at: 2026-01-05
---

The observatory of Thrushcombe owns 87 telescopes, its keeper Orla Finnebrogue said on Monday.
"""


def test_long_answers_cut_or_dropped(side: Side, embedder: Embedder, folder: Path) -> None:
    asker = side.asker()
    with also_indexed(side.home, embedder, folder, {"long.md": LONG}):
        asked = asker.mentions("How many telescopes does the observatory of Thrushcombe own?")
        said = asked.done("answered")
    shown = " ".join(" ".join(map(text_of, said)).split())
    assert shown.startswith("The observatory of Thrushcombe owns 87 telescopes")
    assert shown.count("A title that goes on and on,") == 30
    assert shown.count("The Long Herald,") == 15
    assert shown.count("and ends") == 2
    assert not [each for each in said if each["text"].startswith("Searching ")]


def test_markdown_tables_broken(side: Side, articles: Sequence[Draft]) -> None:
    answer = side.asker().writes("How much did Upper Sarrow harvest in 2022?").answer("answered")
    [row] = [source.quote for source in sources_of(answer) if "|" in source.quote]
    assert any(row in article.text.splitlines() for article in articles)
    assert "396,000" in row
    assert not [block for block in answer["blocks"] if block["type"] == "markdown"]


@pytest.mark.parametrize("question", QUESTIONS)
def test_stale_sources_cited_without_their_age(answers: Mapping[str, Message], question: str) -> None:
    answer = answers[question]
    for source in sources_of(answer):
        assert re.search(r", \d{1,2} \w+ \d{4} \((today|yesterday|\d+ \w+ ago)\)", source.said), source.said
    assert re.search(r"^as of \d{1,2} \w+ \d{4}", text_of(answer).strip().splitlines()[-1])


def test_the_wrong_language(side: Side) -> None:
    asked = side.asker().writes("Wie viele Haltestellen hat die neue Strecke der Linie 9 in Brannholt?")
    assert "hat 13 Haltestellen, drei davon unter der Erde." in text_of(asked.answer("answered"))


HOSTILE = {
    "script.md": """---
title: "<!channel> Lamps of [Larkmere](https://evil.example/title) <@U0ANNA> ```"
publisher: "<!here> Gazette <https://evil.example/publisher|click>"
url: "javascript:alert(1)"
published_at: 2026-01-05
---

The lighthouse of Larkmere keeps 4,321 lamps, &lt;!channel&gt; <@U0ANNA> [a](https://evil.example/b) `<!here>`
https://evil.example/bare &lt;https://evil.example/forged|the source&gt; *and* _so_ ~on~ www.evil.example.
""",
    "url.txt": """<!everyone> <!subteam^S0ALL> Telescopes of Thrushcombe

By <@U0BEN>

The observatory of Thrushcombe owns 87 telescopes, <!channel|everybody> said, see <https://evil.example/text|this>.
""",
    "markup.md": """---
title: Bells|<https://evil.example/x>
publisher: "&lt;!channel&gt;"
url: https://bells.example.org/a|b>c<d?e=`f`&g=<!channel>
published_at: 2026-01-05
---

The chapel of Wrenfold has 19 bells, &lt;@U0ANNA&gt; wrote.
""",
}


INJECTED = {
    "How many lamps does the lighthouse of Larkmere keep?": "4,321",
    "How many telescopes does the observatory of Thrushcombe own?": "87",
    "How many bells does the chapel of Wrenfold have?": "19",
}


@pytest.mark.parametrize("plainly", [False, True], ids=["in blocks", "in text alone"])
def test_injected_pings_and_links(socket_bot: Side, embedder: Embedder, folder: Path, plainly: bool) -> None:
    workspace, asker = socket_bot.workspace, socket_bot.asker()
    answers = []
    with also_indexed(socket_bot.home, embedder, folder, HOSTILE):
        for question in INJECTED:
            workspace.fail("chat.update", AnswersError("invalid_blocks"), times=int(plainly))
            answers.append(asker.mentions(question).answer("answered"))
    links = {link.partition("#")[0] for answer in answers for link in Workspace.links_of(answer)}
    assert links == {"https://bells.example.org/a%7Cb%3Ec%3Cd?e=%60f%60&g=%3C!channel%3E"}
    assert not workspace.pings
    for answer, figure in zip(answers, INJECTED.values(), strict=True):
        assert figure in answer["text"]
        assert ("blocks" not in answer) is plainly
        assert not re.search("<(?!https://bells)", answer["text"])


def test_a_message_that_only_quotes_a_ping_pings_nobody(side: Side) -> None:
    asker = side.asker()
    answer = asker.mentions(f"<!channel> <@U0ANNA> {README_QUESTION}").done()
    assert answer
    assert not side.workspace.pings


def test_a_link_ends_in_the_quoted_words(side: Side) -> None:
    answer = side.asker().writes(README_QUESTION).answer("answered")
    [source] = sources_of(answer)
    [link] = source.links
    address, _, words = link.partition("#:~:text=")
    assert (address, unquote(words)) == (BORDER, source.quote)
