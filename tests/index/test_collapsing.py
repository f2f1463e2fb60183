from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest

from index.catalogue.reading import CatalogueReader
from index.embedding import Embedder
from index.ranking import Weights
from index.retrieval import RetrievedPassage, Retriever, best_of_each_article
from index.scope import Scope
from index.vectors import VectorReader
from tests.index.collection import Collection

TEXT = (
    "The ferry Halcyon Tern capsized off Port Elden on Monday evening, and nineteen people were killed. "
    "The coast guard reached her after forty minutes, in a north-westerly gale.\n\n"
    "The owner said that the stern door had been shut. The Maritime Safety Board will report within a year."
)
OTHER = "The lighthouse of Skarrow was painted in white and red for the first time since the war."
NOTICE = "Please sign in to read on. Subscribers enjoy unlimited access to all of our pages on every device."


def line(
    name: str, day: int | None, text: str = TEXT, title: str = "Ferry capsizes off Port Elden"
) -> dict[str, object]:
    return {
        "id": name,
        "url": f"https://{name}.example.org/1",
        "publisher": f"The {name}",
        "title": title,
        "published_at": None if day is None else f"2024-03-{day:02}",
        "text": text,
    }


@pytest.fixture(scope="module")
def retriever(tmp_path_factory: pytest.TempPathFactory, embedder: Embedder) -> Iterator[Retriever]:
    collection = Collection(tmp_path_factory.mktemp("wire"), embedder)
    collection.write_lines(
        "wire.jsonl",
        [
            line("second", 13),
            line("first", 12),
            line("undated", None),
            line("update", 14, TEXT.replace("nineteen", "twenty-one")),
            line("light", 12, OTHER, "A lighthouse is painted"),
            line("wall", 12, NOTICE, "Minister resigns over ferry"),
            line("fence", 13, NOTICE, "Cod quota is cut"),
        ],
    )
    assert not collection.reindex().problems
    vectors = VectorReader(collection.home.vectors)
    yield Retriever(CatalogueReader(collection.home.catalogue), vectors, embedder, Weights())
    vectors.close()


def found(retriever: Retriever, query: str, scope: Scope) -> dict[str, RetrievedPassage]:
    passages = retriever.retrieve(query, scope, limit=50).passages
    return {each.article.id: each for each in best_of_each_article(passages, 50)}


def day(number: int) -> datetime:
    return datetime(2024, 3, number, 23, tzinfo=UTC)


FERRY = "How many people were killed on the Halcyon Tern?"


def test_the_earliest_of_the_articles_that_are_one_text_stands_for_the_others(retriever: Retriever) -> None:
    shown = found(retriever, FERRY, Scope(as_of=day(20)))
    assert not {"second", "undated"} & set(shown)
    assert [(copy.publisher, copy.url) for copy in shown["first"].article.copies] == [
        ("The second", "https://second.example.org/1"),
        ("The undated", "https://undated.example.org/1"),
    ]
    assert shown["first"].passage.text in shown["first"].article.text


def test_a_text_that_differs_in_a_figure_is_a_version_and_stays(retriever: Retriever) -> None:
    assert found(retriever, FERRY, Scope(as_of=day(20)))["update"].article.copies == ()


def test_what_a_filter_leaves_out_stands_for_nothing(retriever: Retriever) -> None:
    shown = found(retriever, FERRY, Scope(since=day(12).replace(day=13, hour=0)))
    assert "first" not in shown
    assert shown["second"].article.copies == ()
    assert found(retriever, FERRY, Scope(as_of=day(12)))["first"].article.copies[0].publisher == "The undated"


def test_the_same_notice_under_different_titles_is_not_one_article(retriever: Retriever) -> None:
    shown = found(retriever, "sign in to read on", Scope())
    assert {"wall", "fence"} <= set(shown)
    assert not shown["wall"].article.copies


def test_a_copy_that_leaves_is_listed_no_more(tmp_path: Path, embedder: Embedder) -> None:
    collection = Collection(tmp_path, embedder)
    collection.write_lines("a.jsonl", [line("first", 12)])
    copies = collection.write_lines("b.jsonl", [line("second", 13)])
    collection.reindex()
    vectors = VectorReader(collection.home.vectors)
    retriever = Retriever(CatalogueReader(collection.home.catalogue), vectors, embedder, Weights())
    assert len(found(retriever, FERRY, Scope())["first"].article.copies) == 1
    copies.unlink()
    collection.reindex()
    assert found(retriever, FERRY, Scope())["first"].article.copies == ()
    vectors.close()
