"""Which articles a takedown holds back, whatever became of them, and which it does not."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from bot.commands.progress import NoProgress
from index.catalogue.reading import CatalogueReader
from index.embedding import Embedder
from index.takedown.choosing import Wanted, choose
from index.takedown.erasing import Eraser
from tests.index.collection import Collection

FERRY = "The ferry sank off Port Eldin on Monday with 120 people aboard, and 19 of them died, the coast guard said."
FERRY_EDITED = (
    "Correction: The ferry sank off Port Eldin on Monday with 124 people aboard, and 21 of them died, the coast guard "
    "said on Friday."
)
MILL = "A mill burned down in Arn on Wednesday night; the owner, who lives beside it, said that nobody had been hurt."
BRIDGE = (
    "The bridge over the Vestra was opened again after two years of work, at a cost of 40 million crowns."
)
URL = "https://a.example.org/ferry"


@pytest.fixture
def collection(tmp_path: Path, embedder: Embedder) -> Collection:
    return Collection(tmp_path, embedder)


def withdraw(collection: Collection, *names: str) -> None:
    reader = CatalogueReader(collection.home.catalogue)
    with reader.snapshot() as snapshot:
        choice = choose(Wanted(names), snapshot.headings())
    reader.close()
    assert choice.articles
    chosen = [each.article_id for each in choice.articles]
    Eraser(collection.home, None, NoProgress()).withdraw(chosen, "ARTICLE")


def a(text: str, **fields: str) -> dict[str, Any]:
    return {"text": text, **fields}


@pytest.mark.parametrize(
    ("before", "after", "served"),
    [
        pytest.param([a(FERRY, id="1")], [a(BRIDGE, id="1")], [], id="rewritten under its id"),
        pytest.param([a(FERRY, url=URL)], [a(BRIDGE, url=f"{URL}?utm_source=x#y")], [], id="rewritten at its URL"),
        pytest.param([a(FERRY, url=URL)], [a(BRIDGE, url=URL, id="7")], [], id="at its URL, with an id now"),
        pytest.param([a(FERRY, url=URL, id="7")], [a(BRIDGE, url=URL)], [], id="at its URL, without its id now"),
        pytest.param([a(FERRY, url=URL, id="7")], [a(BRIDGE, url=URL, id="8")], [BRIDGE], id="another at its URL"),
        pytest.param([a(FERRY, url=URL)], [a(FERRY_EDITED)], [], id="edited, without its URL now"),
        pytest.param([a(FERRY)], [a(FERRY_EDITED, url=URL)], [], id="edited, with a URL now"),
        pytest.param([a(FERRY, url=URL)], [a(FERRY, url=f"{URL}/2")], [FERRY], id="the same text at another URL"),
        pytest.param([a(FERRY)], [a(FERRY_EDITED)], [], id="edited in its place"),
        pytest.param([a(FERRY)], [a(BRIDGE)], [BRIDGE], id="another in its place"),
        pytest.param([a(FERRY), a(MILL)], [a(BRIDGE), a(MILL), a(FERRY)], [BRIDGE, MILL], id="moved"),
        pytest.param([a(FERRY), a(MILL)], [a(BRIDGE), a(FERRY_EDITED), a(MILL)], [BRIDGE, MILL], id="moved and edited"),
        pytest.param(
            [a(FERRY), a(MILL), a(FERRY, publisher="Post")],
            [a(FERRY), a(MILL), a(FERRY_EDITED, publisher="Post")],
            [MILL, FERRY_EDITED],
            id="its copy is edited",
        ),
    ],
)  # fmt: skip
def test_a_withdrawn_article_is_known_again_and_another_is_not_taken_for_it(
    collection: Collection,
    before: list[dict[str, Any]],
    after: list[dict[str, Any]],
    served: list[str],
) -> None:
    file = collection.write_lines("a.jsonl", before)
    collection.reindex()
    withdraw(collection, before[0].get("id") or before[0].get("url") or f"{file}:1")
    collection.reindex()
    collection.write_lines("a.jsonl", after)
    check_what_is_served(collection, served, len(after) - len(served))
    # So it is where nothing is known but that it was withdrawn.
    collection.home.catalogue.unlink()
    check_what_is_served(collection, served, len(after) - len(served))


def check_what_is_served(collection: Collection, served: list[str], withdrawn: int) -> None:
    report = collection.reindex()
    assert len(report.withdrawn) == withdrawn
    assert not report.problems
    assert not report.superseded
    assert (collection.texts() if served else set()) == set(served)
    # Nothing changes any more, and nobody says that it does.
    report = collection.reindex(full=True)
    assert (len(report.withdrawn), report.unchanged, report.added) == (withdrawn, len(served), ())


def test_a_renamed_file_stays_away_and_so_do_its_later_edits(collection: Collection) -> None:
    file = collection.write("a.md", FERRY)
    collection.write("b.md", MILL)
    collection.reindex()
    withdraw(collection, str(file))
    file.rename(file.with_name("c.md"))
    assert collection.reindex().withdrawn == (str(file.with_name("c.md")),)
    collection.write("c.md", FERRY_EDITED)
    assert collection.reindex().withdrawn == (str(file.with_name("c.md")),)
    collection.write("a.md", BRIDGE)
    assert collection.reindex().added == (str(file),)
    assert collection.texts() == {MILL, BRIDGE}


def test_an_article_in_the_place_of_a_withdrawn_one_can_be_withdrawn_as_well(collection: Collection) -> None:
    file = collection.write("a.md", FERRY)
    collection.write("b.md", MILL)
    for text in (FERRY, BRIDGE):
        collection.write("a.md", text)
        collection.reindex()
        withdraw(collection, str(file))
    assert collection.reindex().withdrawn == (str(file),)
    collection.write("a.md", FERRY_EDITED)
    assert collection.reindex().withdrawn == (str(file),)
    assert collection.texts() == {MILL}


def test_what_cannot_be_read_any_more_stays_withdrawn(collection: Collection) -> None:
    file = collection.write_lines("a.jsonl", [a(FERRY), a(MILL)])
    collection.reindex()
    withdraw(collection, f"{file}:1")
    file.write_text("{broken\n" + file.read_text())
    report = collection.reindex()
    assert (len(report.problems), report.withdrawn) == (1, (f"{file}:2",))
    assert collection.texts() == {MILL}
