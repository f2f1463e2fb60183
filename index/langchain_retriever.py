"""The retriever as LangChain's, so that the articles can feed other chains."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime

from langchain_core.callbacks import CallbackManagerForRetrieverRun
from langchain_core.documents import Document
from langchain_core.retrievers import BaseRetriever
from pydantic import PositiveInt

from index.dates import format_date
from index.retrieval import RetrievedPassage, Retriever
from index.scope import Scope


class FootnoteRetriever(BaseRetriever):
    """Finds the best `limit` passages for a query among the articles in `scope`.

    A scope without a moment means the moment of each query. A document's text is the passage's, its id the
    passage's, and its metadata, all of it fit for JSON: `article_id`, `title`, `url`, `publisher`,
    `published_at` (ISO 8601; a day where only that is known), `start` and `end` (characters of the article's
    text) and `score` (0..1). None means not known.
    """

    retriever: Retriever
    limit: PositiveInt = 8
    scope: Scope = Scope()

    def _get_relevant_documents(
        self,
        query: str,
        *,
        run_manager: CallbackManagerForRetrieverRun,  # noqa: ARG002
    ) -> list[Document]:
        scope = replace(self.scope, as_of=self.scope.as_of or datetime.now(UTC))
        found = self.retriever.retrieve(query, scope, limit=self.limit)
        return [_document(each) for each in found.passages]


def _document(found: RetrievedPassage) -> Document:
    passage, article = found.passage, found.article
    return Document(
        id=passage.id,
        page_content=passage.text,
        metadata={
            "article_id": article.id,
            "title": article.title,
            "url": article.url,
            "publisher": article.publisher,
            "published_at": format_date(article.published_at) if article.published_at else None,
            "start": passage.start,
            "end": passage.end,
            "score": float(found.score),
        },
    )
