from __future__ import annotations

import pytest

from bot.evaluation.sources import Collection
from index.articles import Article
from tests.bot import made

URL = "https://news.example.org/Ferry?id=7"


def article(name: str, **fields: object) -> Article:
    """Return an article of this id, without a title, a URL or a file of its own unless given."""
    plain: dict[str, object] = {"title": None, "url": None, "origin": f"/data/other/{name}.txt"}
    return made.article("Words.", id=name, **{**plain, **fields})


COLLECTION = Collection(
    [
        article(
            "toll", title="Ferry  Toll\nRises", url=URL + "&utm_source=x#top", origin="/data/news/toll.md"
        ),
        article("border", title="Border", origin="/data/news/border.md"),
        article("old", title="border", origin="/data/2019/border.md"),
        article("p1", title="One", origin="/data/papers.jsonl:1"),
        article("p3", title="Three", origin="/data/papers.jsonl:3"),
        article("p31", title="Thirty-one", origin="/data/papers.jsonl:31"),
        article("acdc", title="AC/DC at ports.md"),
        article("ports", title="Port dues", origin="/data/ports.md"),
        article("named", title="ports.md"),
        article("ratio", title="Snow 3:0"),
        article("1984", title="Orwell"),
        article("orwell", title="1984"),
        article("cafe", title="Cafe\u0301 noir", origin="/data/cafe\u0301.md"),
    ]
)


@pytest.mark.parametrize(
    ("source", "found"),
    [
        # ids
        ("toll", ["toll"]),
        ("1984", ["1984"]),
        ("Orwell", ["1984"]),
        # URLs
        (URL, ["toll"]),
        (URL + "#bottom", ["toll"]),
        (URL + "&utm_campaign=y&fbclid=z", ["toll"]),
        ("HTTPS://NEWS.example.org/Ferry?id=7", ["toll"]),
        (f" {URL} ", ["toll"]),
        ("https://news.example.org/ferry?id=7", []),
        ("https://news.example.org/Ferry", []),
        ("http://news.example.org/Ferry?id=7", []),
        # titles
        ("Ferry Toll Rises", ["toll"]),
        ("  ferry toll  rises", ["toll"]),
        ("Border", ["border", "old"]),
        ("Ferry Toll", []),
        ("AC/DC at ports.md", ["acdc"]),
        ("Snow 3:0", ["ratio"]),
        ("CAFÉ NOIR", ["cafe"]),
        # paths
        ("border.md", ["border", "old"]),
        ("news/border.md", ["border"]),
        ("./news/border.md", ["border"]),
        ("../../data/news/border.md", ["border"]),
        ("2019/../news/border.md", ["border"]),
        ("/data/news/border.md", ["border"]),
        ("/news/border.md", []),
        ("ws/border.md", []),
        ("Border.md", []),
        ("border", ["border"]),
        ("order.md", []),
        ("border.md:1", []),
        ("café.md", ["cafe"]),
        ("ports.md", ["ports"]),
        # files of several articles
        ("papers.jsonl", ["p1", "p3", "p31"]),
        ("data/papers.jsonl", ["p1", "p3", "p31"]),
        ("papers.jsonl:3", ["p3"]),
        ("/data/papers.jsonl:31", ["p31"]),
        ("papers.jsonl:2", []),
        ("papers.jsonl:03", []),
        # nothing
        ("", []),
        (".", []),
        ("..", []),
        ("/", []),
        ("news/", []),
        ("nobody.md", []),
    ],
)
def test_a_source_is_an_id_a_url_a_path_or_a_title(source: str, found: list[str]) -> None:
    assert COLLECTION.named(source) == found


def test_of_the_sources_of_a_case_each_article_counts_once_and_the_unknown_are_told() -> None:
    expected = COLLECTION.expected(["border.md", "gone.md", "old", URL, "Nobody"])
    assert expected.articles == ("border", "old", "toll")
    assert expected.unknown == ("gone.md", "Nobody")


def test_without_sources_no_article_is_expected() -> None:
    expected = COLLECTION.expected([])
    assert (expected.articles, expected.unknown) == ((), ())
    assert not expected(article("toll"))
    assert expected.grades([article("toll")]) == {}


def test_the_articles_are_counted() -> None:
    assert len(COLLECTION) == 13
    assert len(Collection([])) == 0


WIRE = [article(name) for name in ("wire", "copy", "cut", "else", "plain")]
"""The copy and the cut carry what the wire did, and being cut otherwise are no copies of one another."""
COPIED = Collection(WIRE, [("wire", "copy"), ("cut", "wire")])


@pytest.mark.parametrize(
    ("source", "standing_for"),
    [
        ("wire", {"wire", "copy", "cut"}),
        ("copy", {"wire", "copy"}),
        ("cut", {"wire", "cut"}),
        ("else", {"else"}),
    ],
)
def test_an_article_counts_where_its_copy_is_the_source(source: str, standing_for: set[str]) -> None:
    expected = COPIED.expected([source])
    assert {each.id for each in WIRE if expected(each)} == standing_for


@pytest.mark.parametrize(
    ("sources", "found", "wanted"),
    [
        pytest.param(["wire", "else"], [], {"wire", "else"}, id="nothing found"),
        pytest.param(["wire", "copy"], ["plain"], {"wire"}, id="one text, not found, counts once"),
        pytest.param(["wire", "copy"], ["copy"], {"copy"}, id="one text, found as the copy"),
        pytest.param(["copy"], ["wire"], {"wire"}, id="what stands for the source"),
        pytest.param(["copy", "else"], ["wire", "plain"], {"wire", "else"}, id="one of two"),
        pytest.param(["copy", "cut"], ["wire"], {"wire"}, id="what stands for both"),
        pytest.param(["copy", "cut"], [], {"copy", "cut"}, id="two cuts are two"),
        pytest.param(["else", "wire", "copy"], ["else"], {"else", "wire"}, id="copies that were missed"),
    ],
)
def test_copies_are_to_be_found_once(sources: list[str], found: list[str], wanted: set[str]) -> None:
    by_id = {each.id: each for each in WIRE}
    grades = COPIED.expected(sources).grades([by_id[name] for name in found])
    assert grades == dict.fromkeys(wanted, 1)
