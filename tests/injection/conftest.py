"""One index of all hostile articles, and what becomes of each question, asked once."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest

from bot import wiring
from bot.answering.extractive import ExtractiveAnswerer
from bot.answers import Answer
from bot.commands.progress import NoProgress
from bot.questions import Question
from bot.settings import Settings
from index.embedding import Embedder
from tests.chat_server import ChatServer
from tests.injection.articles import Case, hostile_cases, write_articles
from tests.injection.obedient import Obedient

ASKED_AT = datetime(2026, 6, 1, tzinfo=UTC)
Ask = Callable[[Case], Answer]


@pytest.fixture(scope="session")
def hostile_home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Where the index of the hostile articles lives."""
    folder = tmp_path_factory.mktemp("hostile")
    write_articles(folder / "hostile.jsonl", hostile_cases())
    report = wiring.reindexer(Settings(home=folder / "home"), NoProgress()).run([folder / "hostile.jsonl"])
    assert not report.problems
    return folder / "home"


@pytest.fixture(scope="session")
def server() -> Iterator[ChatServer]:
    """The obedient model."""
    with ChatServer(Obedient(hostile_cases())) as started:
        yield started


@pytest.fixture(scope="session")
def written(hostile_home: Path, server: ChatServer) -> Iterator[Ask]:
    """Answers that the obedient model writes."""
    settings = Settings(home=hostile_home, chat_model="openai:obedient", chat_base_url=server.url)
    with wiring.answerer(settings) as answerer:
        yield _asking(answerer)


@pytest.fixture(scope="session")
def extracted(hostile_home: Path, embedder: Embedder) -> Iterator[Ask]:
    """Answers without a language model."""
    settings = Settings(home=hostile_home)
    with wiring.retriever(settings, embedder) as found:
        numbers = wiring.fitted_numbers(settings)
        yield _asking(ExtractiveAnswerer(found, passages=settings.passages, fitted=numbers))


def _asking(answerer: wiring.Answerer) -> Ask:
    """Return what asks each case's question once."""
    given: dict[str, Answer] = {}

    def ask(case: Case) -> Answer:
        if case.id not in given:
            given[case.id] = answerer.answer(Question(case.question, ASKED_AT))
        return given[case.id]

    return ask
