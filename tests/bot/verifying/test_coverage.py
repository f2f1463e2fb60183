from __future__ import annotations

import pytest

from bot.verifying.coverage import coverage_reasons
from bot.verifying.sources import source_from_text
from index.embedding import Embedder
from tests.bot.verifying.aligning import aligned

FERRY = "The ferry sank in a storm off Torvik on Monday, and all passengers were rescued by fishermen."


@pytest.mark.parametrize(
    "sentence",
    [
        "All passengers of the ferry were rescued.",
        "The vessel went down in a storm.",
        "According to the report, the ferry sank.",
        "In the eyes of fishermen, the ferry saw a storm come.",
        "Torvik and Lund, 12.",
        "",
    ],
)
def test_what_the_passage_says_in_these_or_other_words_is_said(embedder: Embedder, sentence: str) -> None:
    assert list(coverage_reasons(aligned(embedder, sentence, FERRY))) == []


@pytest.mark.parametrize(
    ("sentence", "reason"),
    [
        ("The ferry, which carried chemicals, sank.", "No cited passage says “chemicals”."),
        ("Interest rates were raised by economists.", "No cited passage says “rates”."),
    ],
)
def test_what_it_does_not_is_told(embedder: Embedder, sentence: str, reason: str) -> None:
    assert list(coverage_reasons(aligned(embedder, sentence, FERRY))) == [reason]


def test_the_title_says_it_too(embedder: Embedder) -> None:
    source = source_from_text(FERRY, embedder, title="Chemicals leak from ferry")
    assert list(coverage_reasons(aligned(embedder, "The ferry carried chemicals.", source))) == []
