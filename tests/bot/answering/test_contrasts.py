from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.answering.contrasts import contrasts, said_otherwise, speaks_in_names, topic_instead, unspoken
from index.words import stem, words


def spoken_of_instead(question: str, sentence: str) -> list[tuple[str, str]]:
    return [(contrast.asked, contrast.instead) for contrast in contrasts(words(question), words(sentence))]


@pytest.mark.parametrize(
    ("question", "sentence", "found"),
    [
        ("How many were wounded?", "At least 19 were killed.", [("wounded", "killed")]),
        ("How many were wounded?", "At least 19 were killed and 40 injured.", []),
        ("How many died?", "The blast killed 19.", []),
        ("Who was killed by the wounded man?", "The wounded man fled.", []),
        ("What did the tunnel cost?", "The bridge cost 3 billion.", [("tunnel", "bridge")]),
        ("How deep is the crack?", "A crack 14 metres long opened.", [("deep", "long")]),
        ("How long did the high court sit?", "The high court sat for a week.", []),
        ("How high is the dam?", "The high dam holds.", []),
        ("What was the maximum?", "It has no fewer than 2,000 members.", [("maximum", "fewer")]),
        ("What was exported in March?", "In May exports fell.", [("March", "May")]),
        ("What was exported in March?", "Exports may fall.", []),
        ("How much barley was there?", "They brought in 3 tonnes of wheat.", [("barley", "wheat")]),
        ("How much barley was there?", "They brought in 3 tonnes.", []),
        ("What was the most important export?", "It imported wheat.", [("export", "imported")]),
        ("What was most important?", "It exported wheat.", []),
        ("What did North Korea say?", "South Korea said no.", [("North", "South")]),
    ],
)
def test_what_is_spoken_of_in_the_place_of_what_is_asked(
    question: str, sentence: str, found: list[tuple[str, str]]
) -> None:
    assert spoken_of_instead(question, sentence) == found


def test_a_word_may_be_said_in_other_words() -> None:
    assert said_otherwise(stem("chairs"), {stem("director")})
    assert not said_otherwise(stem("chairs"), {stem("tables")})
    assert not said_otherwise(stem("Halcyon"), {stem("Halcyon")})


@pytest.mark.parametrize(
    ("question", "passage", "missing"),
    [
        ("How much barley was there?", "There were 3 tonnes of wheat.", ["barley"]),
        ("How much barley was there?", "There was barley.", []),
        ("Who is defence minister?", "The transport minister spoke.", ["defence"]),
        ("How many lorries were there?", "There were 4 trucks.", []),
        ("How many were killed?", "There were 4.", ["killed"]),
        ("How many were killed?", "Four lost their lives.", []),
        ("When did he die?", "He lived until 1327.", []),
        ("How many live in the north?", "There were 4.", ["north"]),
    ],
)
def test_some_things_must_be_spoken_of(question: str, passage: str, missing: list[str]) -> None:
    assert unspoken(words(question), {stem(word) for word in words(passage)}) == missing


@pytest.mark.parametrize(
    ("word", "speaks"),
    [
        ("Health", True),
        ("Minister", True),
        ("Captain", True),
        ("Corn", False),
        ("North", False),
        ("Quay", False),
    ],
)
def test_offices_say_in_a_name_what_they_say_elsewhere(word: str, speaks: bool) -> None:
    assert speaks_in_names(word) is speaks


@pytest.mark.parametrize(
    ("question", "before", "sentence", "found"),
    [
        ("How much barley was sold?", "Wheat was dear.", "In all 3 tonnes were sold.", ("barley", "Wheat")),
        (
            "How much barley was sold?",
            "Barley came, then wheat.",
            "In all 3 tonnes were sold.",
            ("barley", "wheat"),
        ),
        ("How much barley was sold?", "Wheat came, then barley.", "In all 3 tonnes were sold.", None),
        ("How much barley was sold?", "Wheat was dear.", "In all 3 tonnes of barley were sold.", None),
        ("How much barley was sold?", "Wheat was dear.", "In all 3 tonnes of rye were sold.", None),
        ("How much barley was sold?", "Bread was dear.", "In all 3 tonnes were sold.", None),
        ("How much bread was sold?", "Wheat was dear.", "In all 3 tonnes were sold.", None),
        # Of the dead and the wounded a text speaks by turns.
        ("How many were wounded?", "Soldiers were killed.", "In all there were 3.", None),
    ],
)
def test_a_text_goes_on_about_what_it_named_last(
    question: str, before: str, sentence: str, found: tuple[str, str] | None
) -> None:
    topic = topic_instead(words(question), words(sentence), words(before), [])
    assert (topic and (topic.asked, topic.instead)) == found


def test_what_the_headline_names_is_what_a_text_is_about() -> None:
    asked, said, before = (
        words(each) for each in ("How much barley?", "In all 3 tonnes.", "Wheat was dear.")
    )
    assert topic_instead(asked, said, before, words("Barley is cheap")) is None
    assert topic_instead(asked, said, before, words("Rye is cheap")) is not None


@given(st.text(st.sampled_from("killed wounded Mar may tunnel .,"), max_size=40))
def test_no_text_contrasts_with_itself(text: str) -> None:
    assert spoken_of_instead(text, text) == []
