"""Builds the objects from the settings; everything else is given its collaborators."""

from __future__ import annotations

from bot.extractive import ExtractiveAnswerer
from bot.settings import Settings
from index.catalogue.reading import CatalogueReader
from index.embedding import Embedder
from index.home import Home
from index.model_files import locate_model
from index.planning import Progress
from index.reindexing import Reindexer
from index.retrieval import Retriever
from index.vectors import VectorReader

PASSAGE_SIZE = 800
"""Characters; measured in the design against smaller and larger ones."""


def home(settings: Settings) -> Home:
    """Return the folder that holds the index."""
    return Home(settings.home)


def catalogue(settings: Settings) -> CatalogueReader:
    """Return a reader of the catalogue."""
    return CatalogueReader(home(settings).catalogue)


def require_index(settings: Settings) -> None:
    """Check that there is an index to search, before the model is loaded for nothing.

    Raises:
        IndexMissingError: there is none, or it holds no article.
        FootnoteError: it cannot be read.
    """
    reader = catalogue(settings)
    with reader.snapshot() as snapshot:
        snapshot.require_articles()
    reader.close()


def reindexer(settings: Settings, progress: Progress) -> Reindexer:
    """Return what brings the index in line with the files."""
    embedder = Embedder(locate_model(settings.embedding_model))
    return Reindexer(home(settings), embedder, passage_size=PASSAGE_SIZE, progress=progress)


def retriever(settings: Settings) -> Retriever:
    """Return what searches the index."""
    return _retriever(settings, Embedder(locate_model(settings.embedding_model)))


def answerer(settings: Settings) -> ExtractiveAnswerer:
    """Return what answers questions."""
    embedder = Embedder(locate_model(settings.embedding_model))
    return ExtractiveAnswerer(_retriever(settings, embedder), embedder, passages=settings.passages)


def _retriever(settings: Settings, embedder: Embedder) -> Retriever:
    place = home(settings)
    return Retriever(
        CatalogueReader(place.catalogue),
        VectorReader(place.vectors),
        embedder,
        lexical_weight=settings.lexical_weight,
    )
