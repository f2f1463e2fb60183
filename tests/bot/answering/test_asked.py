from __future__ import annotations

import pytest

from bot.answering.asked import read_question
from bot.answering.kinds import Kind, expected_kind, holds_kind
from bot.answering.naming import names_in
from index.embedding import Embedder
from index.words import stem, words


@pytest.mark.parametrize(
    ("question", "kind"),
    [
        ("How many fighters were there?", Kind.NUMBER),
        ("What percentage of people agreed?", Kind.NUMBER),
        ("At what price did it sell?", Kind.NUMBER),
        ("When did it sink?", Kind.TIME),
        ("In which year was the dam built?", Kind.TIME),
        ("Who signed the report?", Kind.PERSON),
        ("Which company owns the ferry?", Kind.PERSON),
        ("Where did it sink?", Kind.PLACE),
        ("Along which border are they?", Kind.PLACE),
        ("Why did the ferry capsize?", Kind.REASON),
        ("What was the cause of the accident?", Kind.REASON),
        ("What did Sidorov say?", Kind.OTHER),
        ("Who knows how many there were?", Kind.PERSON),
        ("", Kind.OTHER),
    ],
)
def test_the_first_words_that_tell_say_what_kind_of_thing_is_asked_for(question: str, kind: Kind) -> None:
    assert expected_kind(question) is kind


@pytest.mark.parametrize(
    ("kind", "sentence", "known", "holds"),
    [
        (Kind.NUMBER, "There were 6,500 of them.", "", True),
        (Kind.NUMBER, "There were nineteen of them.", "", True),
        (Kind.NUMBER, "In 2021 there were some.", "2021", False),
        (Kind.TIME, "It sank on Monday.", "", True),
        (Kind.TIME, "It sank in 1994.", "", True),
        (Kind.TIME, "It sank with 6,500 tonnes.", "", False),
        (Kind.PERSON, "The report was signed by Ida Holm.", "", True),
        (Kind.PERSON, "The ferry was sold.", "", False),
        (Kind.PLACE, "The ferry sank off Port Elden.", "Port Elden", False),
        (Kind.REASON, "It sank because the door was open.", "", True),
        (Kind.OTHER, "Anything.", "", True),
    ],
)
def test_a_sentence_holds_what_is_asked_for_where_it_is_new(
    kind: Kind, sentence: str, known: str, holds: bool
) -> None:
    assert holds_kind(kind, sentence, {stem(word) for word in words(known)}) is holds


@pytest.mark.parametrize(
    ("question", "ends"),
    [
        ("Who sank off Port Eldin in 2021?", ["Eldin", "2021"]),
        ("What did Ilsa Marren of Sarrow Line say?", ["Marren", "Line"]),
        ("how many ISKP fighters did CSTO estimate?", ["ISKP", "CSTO"]),
        ("Who is it?", []),
    ],
)
def test_the_last_word_of_a_name_tells_it_from_others(
    embedder: Embedder, question: str, ends: list[str]
) -> None:
    asked = read_question(question, embedder.encode_in_context([question])[0])
    spans = asked.encoded.words.spans.tolist()
    assert [question[spans[place][0] : spans[place][1]] for place in asked.ends] == ends


def test_where_all_are_stop_words_all_count(embedder: Embedder) -> None:
    asked = read_question("who is it?", embedder.encode_in_context(["who is it?"])[0])
    assert asked.content.all()
    assert asked.asking.tolist() == [True, False, False]


@pytest.mark.parametrize(
    ("question", "said"),
    [
        ("How many ships has Corn Quay?", "How many ships has"),
        ("Who heads the Health Ministry?", "Who heads the Health Ministry"),
        ("It rained at Corn Quay. Was corn sold?", "Was corn sold"),
    ],
)
def test_the_words_that_say_something_are_those_outside_names(
    embedder: Embedder, question: str, said: str
) -> None:
    assert " ".join(read_question(question, embedder.encode_in_context([question])[0]).words) == said


def test_the_noun_asked_for_is_that_of_the_sentence_that_asks(embedder: Embedder) -> None:
    question = "What a toll. It rose. What is the price of a car?"
    assert read_question(question, embedder.encode_in_context([question])[0]).noun == "price"


def test_a_name_of_several_words_is_one() -> None:
    assert names_in("Did Ida Holm of Elden win 12 seats in May 2023?") == (
        "Ida Holm",
        "Elden",
        "12",
        "May",
        "2023",
    )
