"""The splitter as LangChain's. Importing that takes a while, which a reindex can do without."""

from __future__ import annotations

import copy
from collections.abc import Iterable
from typing import Any

from langchain_core.documents import Document
from langchain_text_splitters import TextSplitter

from index.passages import PassageSplitter


class FootnoteSplitter(TextSplitter):
    """Cuts documents into the passages that a `PassageSplitter` of this size makes of their texts."""

    def __init__(self, splitter: PassageSplitter, size: int = 800, *, add_start_index: bool = False) -> None:
        super().__init__(
            chunk_size=size, chunk_overlap=0, length_function=len, add_start_index=add_start_index
        )
        self._splitter = splitter

    def split_text(self, text: str) -> list[str]:
        """Return the passages of a text."""
        return self._splitter.split_text(text)

    def create_documents(
        self, texts: list[str], metadatas: list[dict[Any, Any]] | None = None
    ) -> list[Document]:
        """Return the passages of `texts` as documents, with their "start_index" where that was asked for."""
        documents = []
        for text, metadata in zip(texts, metadatas or [{} for _ in texts], strict=True):
            for start, end in self._splitter.spans(text):
                own = copy.deepcopy(metadata)
                if self._add_start_index:
                    own["start_index"] = start
                documents.append(Document(page_content=text[start:end], metadata=own))
        return documents

    def split_documents(self, documents: Iterable[Document]) -> list[Document]:
        """Return the passages of `documents`, each with the metadata of its document."""
        given = list(documents)
        return self.create_documents(
            [document.page_content for document in given], [document.metadata for document in given]
        )
