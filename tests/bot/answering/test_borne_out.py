from __future__ import annotations

from dataclasses import replace

import pytest

from bot.answering.asked import read_question
from bot.answering.borne_out import ShareOfArticles, missing_names, rounds_to, strange_words
from index.embedding import Embedder
from index.retrieval import RetrievedPassage
from tests.bot.made import article, found, passage


def nowhere(_beginning: str) -> float:
    """Say that no article holds a word that begins so."""
    return 0.0


def read(embedder: Embedder, source: RetrievedPassage) -> RetrievedPassage:
    """Return a passage with its words in context, without a heading."""
    return replace(source, words=embedder.encode_in_context([source.passage.text])[0].words)


def missing(
    embedder: Embedder, question: str, source: RetrievedPassage, share: ShareOfArticles = nowhere
) -> list[str]:
    asked = read_question(question, embedder.encode_in_context([question])[0])
    return missing_names(asked, read(embedder, source), share)


@pytest.mark.parametrize(
    ("question", "text", "names"),
    [
        ("What did CSTO say?", "NATO said no.", ["CSTO"]),
        ("What did CSTO say?", "The CSTO said no.", []),
        ("What did CSTO say?", "The Collective Security Treaty Organisation said no.", []),
        ("What did the European Union say?", "The EU said no.", []),
        ("What did the US say?", "America said no.", []),
        ("What did Oskerra say?", "The Oskerran government said no.", []),
        ("What did Port Eldin say?", "Port Elden said no.", ["Port Eldin"]),
        ("What did Ilsa Marren say?", "Ilsa Holm said no.", ["Ilsa Marren"]),
        ("What did Bismark say?", "Bismarck said no.", []),
        ("What was said in 2023?", "It was said in 2025.", ["2023"]),
        ("What did the 4 schools say?", "The four schools said no.", []),
        ("What did the 4 schools say?", "The five schools said no.", ["4"]),
        ("What was said in the 15th century?", "It was said in 1455.", []),
        ("What was said in the 1700s?", "It was said late in the age of reason.", []),
        # The article was published in 2024.
        ("What was said in 2024?", "It was said in May.", []),
        ("Was it more than 11 million?", "It was 11.8 million.", []),
        ("Was it 12 million?", "It was 11 million.", ["12"]),
        ("What did Sarrow say?", "", ["Sarrow"]),
        ("How tall is the Eiffel Tower?", "The tower of Skarrow Point is 38 metres tall.", ["Eiffel Tower"]),
        ("How tall is the Eiffel Tower?", "The Tower is 330 metres tall.", []),
        ("How tall is the Eiffel Tower?", "Eiffel built the tower.", []),
        ("Who led the Sarrow Police?", "The police of Sarrow had no head.", []),
        ("Who is Prime Minister?", "The minister resigned.", []),
        ("What did Prot Elden say?", "Port Elden said no.", []),
        ("What did Prot say?", "The Port said no.", []),
        ("What did Skellan Airways say?", "Skellan said no.", []),
        ("What did Skellan Holm Group say?", "Skellan said no.", ["Skellan Holm Group"]),
        ("What did Airways say?", "Skellan said no.", ["Airways"]),
        ("What did Skellan Bridge say?", "Skellan said no.", ["Skellan Bridge"]),
    ],
)
def test_names_that_the_passage_does_not_bear_out_are_missing(
    embedder: Embedder, question: str, text: str, names: list[str]
) -> None:
    assert missing(embedder, question, found(article(text))) == names


def test_an_undated_article_bears_out_no_year_but_those_it_names(embedder: Embedder) -> None:
    undated = found(article("It was said in May.", published_at=None))
    assert missing(embedder, "What was said in 2024?", undated) == ["2024"]


@pytest.mark.parametrize(
    ("question", "names"),
    [
        ("How many of the 41 injured were children?", []),
        ("How many of the 43 injured were children?", ["43"]),
        ("Were 41 of the injured children?", ["41"]),
        ("How many of the children were injured in the 1961 fire?", ["1961"]),
    ],
)
def test_a_figure_that_is_known_may_stand_anywhere_in_the_article(
    embedder: Embedder, question: str, names: list[str]
) -> None:
    whole = article("The fire of 1961 injured 41. Nine of the injured were children.")
    assert missing(embedder, question, found(passage(whole, whole.text.index("Nine")), whole)) == names


@pytest.mark.parametrize(
    ("question", "share", "names"),
    [
        pytest.param("How many members has the Oskerran parliament?", 0.9, [], id="in most articles"),
        pytest.param("How many members has the Oskerran parliament?", 0.3, ["Oskerran"], id="in many"),
        pytest.param(
            "How many members has the Oskerran party of Holm?",
            0.3,
            [],
            id="in many, and another name is there",
        ),
        pytest.param("How many members has the Oskerran party of Holm?", 0.2, ["Oskerran"], id="in few"),
        pytest.param(
            "How many members has the Oskerran party of Brandt?",
            0.3,
            ["Oskerran", "Brandt"],
            id="another name is missing as well",
        ),
        pytest.param("How many members has the Oskerran Party?", 0.9, ["Oskerran Party"], id="a longer name"),
        pytest.param("How many members has the OSK?", 0.9, ["OSK"], id="an abbreviation"),
        pytest.param("How many members did it have in 1961?", 0.9, ["1961"], id="a year"),
        pytest.param("How many members has the party on Mars?", 0.9, ["Mars"], id="a stem that begins March"),
        pytest.param(
            "How many members has the Paris parliament?", 0.9, ["Paris"], id="one that begins parity"
        ),
    ],
)
def test_where_the_news_come_from_need_not_be_said(
    embedder: Embedder, question: str, share: float, names: list[str]
) -> None:
    source = found(article("The parliament has 120 members, 12 of them led by Holm."))
    beginnings: list[str] = []

    def share_of(beginning: str) -> float:
        beginnings.append(beginning)
        return share if beginning in ("oskerr", "mars", "paris") else 0.0

    assert missing(embedder, question, source, share_of) == names
    assert set(beginnings) <= {"oskerr", "brandt"}


@pytest.mark.parametrize(
    ("question", "names"),
    [
        ("How many inspectors does the Oskerra ministry employ?", []),
        ("How many inspectors are there in Oskerra?", ["Oskerra"]),
        ("How many inspectors does the Vestrany ministry employ?", ["Vestrany"]),
    ],
)
def test_a_country_that_the_article_is_about_need_not_be_named_again(
    embedder: Embedder, question: str, names: list[str]
) -> None:
    whole = article("Oskerra votes in May. The ministry employs 22 inspectors.")
    last = passage(whole, start=whole.text.index("The ministry"))
    assert missing(embedder, question, found(last, whole)) == names


@pytest.mark.parametrize(
    ("question", "strange"),
    [
        ("Which wizard conjured goblins with potions?", ["wizard", "conjured", "goblins", "potions"]),
        ("Which wizard sank the ferry off the pier?", []),
        ("How many people live on the moon?", ["moon"]),
        ("How many people were on the moon when it sank?", []),
        ("How many people were on the ferry?", []),
        ("How many people are believed to be on the ferry?", []),
        # Said elsewhere in the article.
        ("How many people live under the lighthouse?", []),
        ("How many lorries were on the boat?", []),
        ("What did Merlin say on the ferry?", []),
        ("Wie viele Zauberer und Kobolde waren da?", []),
    ],
)
def test_words_of_another_world_are_strange_where_most_are_or_where_it_happened(
    embedder: Embedder, question: str, strange: list[str]
) -> None:
    whole = article("They live at the lighthouse. The ferry sank off the pier with 22 people and 4 trucks.")
    last = read(embedder, found(passage(whole, whole.text.index("The ferry")), whole))
    assert strange_words(read_question(question, embedder.encode_in_context([question])[0]), last) == strange


@pytest.mark.parametrize(
    ("written", "asked", "rounds"),
    [
        ("11.8", "11", True),
        ("4.96", "5", True),
        ("11", "12", False),
        ("2024", "2023", False),
        ("3.1", "x", False),
    ],
)
def test_a_figure_may_be_given_roughly(written: str, asked: str, rounds: bool) -> None:
    assert rounds_to(written, asked) is rounds
