"""The embedding model as LangChain's. Importing that takes a while, which answering can do without."""

from __future__ import annotations

from langchain_core.embeddings import Embeddings

from index.embedding import Embedder


class FootnoteEmbeddings(Embeddings):
    """What an `Embedder` makes of texts, as lists of numbers."""

    def __init__(self, embedder: Embedder) -> None:
        self._embedder = embedder

    def embed_documents(self, texts: list[str]) -> list[list[float]]:
        """Return one vector a text, in their order."""
        return [[float(number) for number in vector] for vector in self._embedder.encode(texts)]

    def embed_query(self, text: str) -> list[float]:
        """Return the vector of a question."""
        return self.embed_documents([text])[0]
