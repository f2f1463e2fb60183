from __future__ import annotations

from collections.abc import Callable

import pytest

from bot.answering.extractive import ExtractiveAnswerer
from bot.answers import Answer, Claim
from bot.generating.generative import GenerativeAnswerer
from bot.questions import Question
from index.articles import Article
from index.embedding import Embedder
from prompts.loading import load_prompts
from tests.bot.answering.test_extractive import FERRY, FITTED, LIGHT, Shelf
from tests.bot.generating.stand_ins import PlainVerifier, Reply, ScriptedModel
from tests.bot.made import ASKED, found

PROMPTS = load_prompts()
TOLL = "What is the ferry toll for a car?"
GOOD = "The toll for a car rose to nine crowns on Monday [1]."
BAD = "The toll for a car rose to 12 crowns on Monday [1]."


class Desk:
    """A generative answerer over some articles, with what it told."""

    def __init__(
        self, embedder: Embedder, *articles: Article, budget: int = 6000, deadline: float = 60
    ) -> None:
        self._shelf = Shelf(embedder, *map(found, articles))
        self._budget = budget
        self._deadline = deadline
        self.verifier = PlainVerifier()
        self.told: list[Claim] = []

    def answer(
        self,
        question: str | Question,
        *replies: Reply,
        told: Callable[[Claim], None] | None = None,
        **settings: bool,
    ) -> Answer:
        self.model = ScriptedModel(*replies)
        self.told = []
        answerer = GenerativeAnswerer(
            ExtractiveAnswerer(self._shelf, passages=8, fitted=FITTED),
            self.model,
            PROMPTS,
            self.verifier,
            deadline=self._deadline,
            budget=self._budget,
            **settings,
        )
        asked = Question(question, ASKED) if isinstance(question, str) else question
        answer = answerer.answer(asked, told or self.told.append)
        if told is None:
            assert tuple(self.told) == answer.claims
        assert not self.model._replies, "not all that is scripted was asked for"
        return answer


@pytest.fixture
def desk(embedder: Embedder) -> Desk:
    return Desk(embedder, FERRY, LIGHT)


def texts(answer: Answer) -> list[str]:
    return [claim.text for claim in answer.claims]


def reasons(answer: Answer) -> list[tuple[str, ...]]:
    assert answer.written is not None
    return [each.reasons for each in answer.written.dropped]


def test_a_verified_sentence_is_shown_with_the_article_s_own_words(desk: Desk) -> None:
    answer = desk.answer(TOLL, GOOD)
    assert texts(answer) == ["The toll for a car rose to nine crowns on Monday."]
    [cited] = answer.citations
    assert (cited.number, cited.quote) == (1, "The toll for a car rose to nine crowns on Monday.")
    assert (answer.model, answer.declined, answer.notice) == ("some:model", False, None)
    assert answer.written is not None
    assert answer.written.text == GOOD
    assert (answer.written.input_tokens, answer.written.output_tokens) == (100, 10)
    assert set(answer.seconds) == {
        *("rewriting", "retrieving", "choosing", "writing", "verifying", "first sentence"),
    }
