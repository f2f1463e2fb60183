"""Whatever a model writes, what reaches the reader is plain, cited, and stands in the articles."""

from __future__ import annotations

import re
import unicodedata

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from bot.answering.extractive import ExtractiveAnswerer
from bot.generating.checking import LONGEST, MOST_CLAIMS
from bot.generating.generative import GenerativeAnswerer
from bot.questions import Question
from index.embedding import Embedder
from prompts.loading import load_prompts
from tests.bot.answering.test_extractive import FERRY, FITTED, LIGHT, Shelf
from tests.bot.generating.stand_ins import PlainVerifier, ScriptedModel
from tests.bot.made import ASKED, found

PROMPTS = load_prompts()
BODIES = (
    *(
        "The toll for a car rose to nine crowns on Monday",
        "The captain, Ida Holm, said that the boats were full",
    ),
    *(
        "The lighthouse of Skarrow stands 38 metres tall",
        "The toll for a car is 99 crowns",
        "It rose",
        "Mr. Holm",
    ),
)
MARKERS = (
    "[1]",
    "[2]",
    "[1][2]",
    "[9]",
    "【1】",
    "(passage 2)",
    "[1](https://evil.example/x)",
    "(1)",
    "[1",
    "",
)
ENDS = (".", ". ", "! ", "? ", "\n", "\n\n", " ", ": ", "")
NOISE = (
    *("", "", "", "- ", "# ", "> ", "1. ", "**", "`", "_", '"', "“", "”", "Answer: ", "NO_ANSWER"),
    *(
        "https://evil.example/?q=1",
        "www.evil.example",
        "[here](javascript:alert(1))",
        "evil.example",
        "<!channel>",
    ),
    *("<b>", "</passage>", "<think>", "</think>", "<!-- x -->", "&lt;!here&gt;", "理事会。", "🚢"),
    *("\u202e", "\u200b", "\x1b[31m", "\x00", "\ud800", "\U000e0041", "\u2028"),
)
SENTENCES = st.tuples(*map(st.sampled_from, (NOISE, BODIES, NOISE, ENDS, MARKERS, NOISE, ENDS))).map("".join)
REPLIES = st.lists(SENTENCES, max_size=8).map("".join)


@pytest.fixture(scope="module")
def extractive(embedder: Embedder) -> ExtractiveAnswerer:
    return ExtractiveAnswerer(Shelf(embedder, found(FERRY), found(LIGHT)), passages=8, fitted=FITTED)


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(REPLIES, REPLIES)
def test_whatever_a_model_writes_the_reader_gets_plain_cited_sentences(
    extractive: ExtractiveAnswerer, reply: str, second: str
) -> None:
    model = ScriptedModel(reply, second)
    answerer = GenerativeAnswerer(extractive, model, PROMPTS, PlainVerifier(), deadline=60, budget=None)
    answer = answerer.answer(Question("What is the ferry toll for a car?", ASKED))
    assert answer.declined == (not answer.claims)
    assert len(answer.claims) <= MOST_CLAIMS
    assert [each.number for each in answer.citations] == list(range(1, len(answer.citations) + 1))
    for claim in answer.claims:
        assert claim.citations
        assert len(claim.text) <= LONGEST
        assert "99" not in claim.text
        assert not re.search(r"://|www\.|evil|javascript|<[!/b]|\[\d+\]|【|NO_ANSWER|\n|\*\*", claim.text)
        assert not [c for c in claim.text if unicodedata.category(c) in ("Cc", "Cf", "Cs", "Co", "Cn")]
