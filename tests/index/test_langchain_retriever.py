from __future__ import annotations

import asyncio
import json
from collections.abc import Iterator
from datetime import UTC, datetime
from typing import Any

import pytest
from langchain_core.documents import Document
from langchain_core.language_models import FakeListChatModel
from langchain_core.messages import BaseMessage
from langchain_core.output_parsers import StrOutputParser
from langchain_core.prompts import ChatPromptTemplate
from langchain_core.runnables import RunnablePassthrough
from pydantic import ValidationError

from bot import wiring
from bot.settings import Settings
from index.langchain_retriever import FootnoteRetriever
from index.retrieval import Retriever
from index.scope import Scope

QUESTION = "how many ISKP fighters did CSTO estimate?"
FIGURE = "up to 6,500 fighters"


@pytest.fixture(scope="module")
def retriever(sample_settings: Settings) -> Iterator[Retriever]:
    with wiring.retriever(sample_settings) as found:
        yield found


def test_a_document_is_a_passage_with_where_it_comes_from(retriever: Retriever) -> None:
    first = FootnoteRetriever(retriever=retriever).invoke(QUESTION)[0]
    found = retriever.retrieve(QUESTION, Scope(as_of=datetime.now(UTC)), limit=1).passages[0]
    assert FIGURE in first.page_content
    assert (first.page_content, first.id) == (found.passage.text, found.passage.id)
    score = first.metadata.pop("score")
    assert 0 < score <= 1
    assert first.metadata == {
        "article_id": found.article.id,
        "title": "CSTO draft would reinforce the Tajik–Afghan frontier",
        "url": "https://lanternfield-review.example.org/2023/09/28/csto-draft-tajik-afghan-frontier",
        "publisher": "Lanternfield Review",
        "published_at": "2023-09-28",
        "start": found.passage.start,
        "end": found.passage.end,
    }


def test_documents_come_best_first_and_fit_into_json(retriever: Retriever) -> None:
    documents = FootnoteRetriever(retriever=retriever, limit=40).invoke("lighthouse")
    scores = [document.metadata["score"] for document in documents]
    assert scores == sorted(scores, reverse=True)
    assert any(document.metadata["published_at"] is None for document in documents)
    for document in documents:
        assert json.loads(json.dumps(document.metadata)) == document.metadata


def test_as_many_documents_come_as_were_asked_for(retriever: Retriever) -> None:
    assert len(FootnoteRetriever(retriever=retriever, limit=3).invoke("cod quota")) == 3
    with pytest.raises(ValidationError):
        FootnoteRetriever(retriever=retriever, limit=0)


@pytest.mark.parametrize(
    "scope",
    [
        Scope(publisher="the wexmoor ledger"),
        Scope(as_of=datetime(2024, 1, 1, tzinfo=UTC)),
        Scope(since=datetime(2025, 1, 1, tzinfo=UTC), until=datetime(2025, 12, 31, tzinfo=UTC)),
    ],
    ids=["publisher", "as of", "range"],
)
def test_documents_are_of_the_articles_in_scope(retriever: Retriever, scope: Scope) -> None:
    everything = FootnoteRetriever(retriever=retriever, limit=1000)
    narrowed = FootnoteRetriever(retriever=retriever, limit=1000, scope=scope)
    found = articles(narrowed.invoke("harvest"))
    within = retriever.retrieve("harvest", scope, limit=1000).passages
    assert found == {each.article.id for each in within}
    assert found < articles(everything.invoke("harvest"))


def articles(documents: list[Document]) -> set[str]:
    return {document.metadata["article_id"] for document in documents}


def test_it_is_asked_alone_in_a_batch_and_asynchronously(retriever: Retriever) -> None:
    chain = FootnoteRetriever(retriever=retriever, limit=2)
    questions = [QUESTION, "cod quota"]
    one_by_one = [ids(chain.invoke(question)) for question in questions]
    assert [ids(found) for found in chain.batch(questions)] == one_by_one
    assert ids(asyncio.run(chain.ainvoke(QUESTION))) == one_by_one[0]


def ids(documents: list[Document]) -> list[str | None]:
    return [document.id for document in documents]


class ScriptedModel(FakeListChatModel):
    """Gives its answers in turn, and keeps what it was asked."""

    prompts: list[str]

    def _call(self, messages: list[BaseMessage], *arguments: Any, **options: Any) -> str:
        self.prompts.append("\n".join(message.text for message in messages))
        return super()._call(messages, *arguments, **options)


def test_it_feeds_a_chain(retriever: Retriever) -> None:
    model = ScriptedModel(responses=["Up to 6,500 [1]."], prompts=[])
    prompt = ChatPromptTemplate.from_template("Answer from these passages:\n{passages}\n\n{question}")

    def numbered(documents: list[Document]) -> str:
        return "\n".join(f"[{number}] {each.page_content}" for number, each in enumerate(documents, 1))

    chain = (
        {"passages": FootnoteRetriever(retriever=retriever) | numbered, "question": RunnablePassthrough()}
        | prompt
        | model
        | StrOutputParser()
    )
    assert chain.invoke(QUESTION) == "Up to 6,500 [1]."
    assert FIGURE in model.prompts[0]
    assert model.prompts[0].endswith(QUESTION)
