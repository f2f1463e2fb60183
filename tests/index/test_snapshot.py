from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from index.catalogue.reading import CatalogueReader
from index.embedding import Embedder
from index.ranking import Weights
from index.retrieval import Retriever
from index.vectors import VectorReader
from tests.index.collection import Collection

ARTICLES = {
    "votes": "The Oskerran parliament met on Monday. " * 60 + "Oskerra votes in May.",
    "ferry": "The ferry of Oskerra was sold. Zoë Holm bought it.",
    "toll": "The toll rose to nine crowns.",
    "mill": "The mill burned. Nobody was hurt.",
}


@pytest.fixture(scope="module")
def collection(tmp_path_factory: pytest.TempPathFactory, embedder: Embedder) -> Collection:
    """Four articles, one of them in several passages, of which another version was indexed before."""
    collection = Collection(tmp_path_factory.mktemp("few"), embedder)
    collection.write_lines("old.jsonl", [{"id": "gone", "text": "Gressing drowned.", "title": "A"}])
    before = {"votes": "Oskerra voted.", "toll": "The toll of Gressing rose."}
    collection.write_lines(
        "a.jsonl", [{"id": key, "text": text, "title": "A"} for key, text in before.items()]
    )
    collection.reindex()
    (collection.articles / "old.jsonl").unlink()
    collection.write_lines(
        "a.jsonl", [{"id": key, "text": text, "title": "A"} for key, text in ARTICLES.items()]
    )
    assert not collection.reindex().problems
    return collection


@pytest.fixture(scope="module")
def catalogue(collection: Collection) -> Iterator[CatalogueReader]:
    reader = CatalogueReader(collection.home.catalogue)
    yield reader
    reader.close()


def test_every_live_article_is_given_once_and_whole(catalogue: CatalogueReader) -> None:
    with catalogue.snapshot() as snapshot:
        articles = list(snapshot.every_article())
        assert snapshot.count() > len(articles) == snapshot.article_count(None)
    assert {article.id: article.text for article in articles} == ARTICLES


def test_articles_come_in_the_order_in_which_they_were_indexed(tmp_path: Path, embedder: Embedder) -> None:
    collection = Collection(tmp_path, embedder)
    for name in ("second", "first", "third"):
        collection.write_lines(f"{name}.jsonl", [{"id": name, "text": f"It is the {name}."}])
        collection.reindex()
    reader = CatalogueReader(collection.home.catalogue)
    with reader.snapshot() as snapshot:
        assert [article.id for article in snapshot.every_article()] == ["second", "first", "third"]
    reader.close()


SHARES = [
    ("oskerr", 0.5),
    ("Oskerra", 0.5),
    ("oskerran", 0.25),
    ("the", 1.0),
    ("holm", 0.25),
    ("zoe", 0.25),
    ("ZOË", 0.25),
    ("kerra", 0.0),
    ("brannholt", 0.0),
    # What only an earlier version said, or an article that is gone.
    ("gressing", 0.0),
    ("voted", 0.25),
]


@pytest.mark.parametrize(("beginning", "share"), SHARES)
def test_the_share_of_articles_with_a_word_that_begins_so(
    catalogue: CatalogueReader, beginning: str, share: float
) -> None:
    with catalogue.snapshot() as snapshot:
        assert snapshot.share_of_articles(beginning) == share


def test_an_index_that_lost_its_last_article_has_no_share(tmp_path: Path, embedder: Embedder) -> None:
    collection = Collection(tmp_path, embedder)
    file = collection.write_lines("a.jsonl", [{"text": "The ferry was sold."}])
    collection.reindex()
    file.unlink()
    collection.reindex()
    reader = CatalogueReader(collection.home.catalogue)
    with reader.snapshot() as snapshot:
        assert snapshot.share_of_articles("ferry") == 0
        assert list(snapshot.every_article()) == []
    reader.close()


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    beginning=st.one_of(st.from_regex(r"[^\W_]+", fullmatch=True), st.text('"*^():-+ aNEAROT', max_size=10))
)
def test_any_beginning_is_words_and_no_command(catalogue: CatalogueReader, beginning: str) -> None:
    with catalogue.snapshot() as snapshot:
        assert 0 <= snapshot.share_of_articles(beginning) <= 1


def test_a_retriever_tells_the_same(collection: Collection, embedder: Embedder) -> None:
    vectors = VectorReader(collection.home.vectors)
    reader = CatalogueReader(collection.home.catalogue)
    retriever = Retriever(reader, vectors, embedder, Weights())
    assert [retriever.share_of_articles(beginning) for beginning, _ in SHARES] == [
        share for _, share in SHARES
    ]
    vectors.close()
    reader.close()
