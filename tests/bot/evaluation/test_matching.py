from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.evaluation.data_sets import load_news, load_squad
from bot.evaluation.matching import holds_answer, holds_any
from tests.bot.evaluation.data import data_set

HOLDS = [
    # Case, accents, quotes, punctuation, articles
    ("Gustavo Petro won in Colombia.", "colombia"),
    ("The café in Málaga closed.", "cafe in Malaga"),
    ("The cafe\u0301 closed.", "café"),
    ("The show “Squid Game“ is back.", "“Squid Game”"),
    ("The show Squid Game is back.", '"Squid Game"'),
    ("It is the so-called Don’t Say Gay bill.", "Don't Say Gay Bill"),
    ("NASA flies to the moon.", "The moon"),
    ("It hit the southern, and poorest, state.", "southern and poorest"),
    ("They met the king of a hill.", "king of the hill"),
    ("Vitamin A is scarce.", "a"),
    ("Megalodon was warm blooded.", "Warm-blooded"),
    ("He lives in the U.S. today.", "US"),
    ("He lives in the US today.", "the U.S."),
    ("It begins at 5 a.m. sharp.", "5 am"),
    ("The new M&M’s are purple.", "M&M"),
    # Plurals and possessives
    ("Ford’s cars were recalled.", "Ford"),
    ("Ford was first.", "Ford's"),
    ("The shipping container wall stands.", "shipping containers"),
    ("Wild boars are radioactive.", "boar"),
    ("The countries' leaders met.", "country"),
    ("Two foxes in boxes.", "fox in box"),
    ("It is a movie about a bus.", "movies"),
    ("The Netherlands' king", "Netherlands"),
    # Numbers
    ("There are 6,500 fighters.", "6500"),
    ("There are 6500 fighters.", "6,500"),
    ("There are 6.5 thousand fighters.", "6,500"),
    ("There are 6,500 fighters.", "6.5 thousand fighters"),
    ("Seven men", "7 men"),
    ("7 men", "seven"),
    ("Seventeen-year-old Mack flew.", "17"),
    ("Ford recalled 2,900,000 vehicles.", "2.9 million"),
    ("It is worth 2.9bn.", "2.9 billion"),
    ("almost a million people", "one million"),
    ("A dozen Republicans voted for it.", "12"),
    ("one hundred and fifty-two thousand", "152,000"),
    ("between two hundred and three hundred", "200"),
    ("between two hundred and three hundred", "300"),
    ("It measures 19.50 metres.", "19.5"),
    ("from 10 to 15", "15"),
    ("from 1973–74", "1973"),
    ("It fell to −11.7 °C.", "-11.7 °C"),
    ("It is 5km away.", "5 km"),
    ("It was up .5 points.", "0.5"),
    ("It lasted 25½ days.", "25½ days"),
    # Ordinals and decades
    ("It came third.", "3rd"),
    ("on the 21st of May", "twenty-first"),
    ("in the 1990s", "the 1990s"),
    # Money
    ("A gallon costs $5 now.", "$5"),
    ("A gallon costs 5 dollars now.", "$5"),
    ("A gallon costs five dollars now.", "$5"),
    ("A gallon costs $5 now.", "5 dollars"),
    ("A gallon costs $5 now.", "5"),
    ("A gallon costs $5 now.", "5 now"),
    ("It rose from US$3 per barrel.", "$3"),
    ("It rose from $3 per barrel.", "US$3 per barrel"),
    ("The bidder paid $19 million for lunch.", "19 million dollars"),
    ("The bidder paid $19m for lunch.", "$19 million"),
    ("It cost £4.8bn.", "4.8 billion pounds"),
    ("It cost €30k.", "30,000 euros"),
    # Percent
    ("It is 5% now.", "5 percent"),
    ("It is 5 percent now.", "5%"),
    ("It is five per cent now.", "5%"),
    ("It is 5 % now.", "five per cent"),
    ("It is 5% now.", "5"),
    # Names that are common words without their capitals
    ("The WHO declared it.", "WHO"),
]

DOES_NOT_HOLD = [
    ("It was not so.", "no"),
    ("They are Japanese.", "Japan"),
    ("He said so.", ""),
    ("He said so.", " … !"),
    ("", "He"),
    ("Russia has ties with China.", "Russia and China"),
    ("New York is a city.", "York New"),
    ("He lives in New Jersey, York.", "New York"),
    ("The bus came.", "bu"),
    ("He told us who did it.", "US"),
    ("Nobody knows who did it.", "WHO"),
    ("They paid it.", "IT"),
    # Numbers
    ("It was in 2019.", "19"),
    ("There were 190.", "19"),
    ("It was 19.5.", "19"),
    ("It was 0.19.", "19"),
    ("It was .19.", "19"),
    ("There were 19,000.", "19"),
    ("There were 19,000.", "0"),
    ("There were 5 million.", "5"),
    ("There were 2.9 million.", "2.9"),
    ("There were two hundred and five.", "5"),
    ("There were two hundred and five.", "two"),
    ("There were millions.", "a million"),
    ("There were 65.", "6.5"),
    ("He was there in 1990s style.", "1990"),
    ("The 5G network", "5"),
    ("the 3rd", "3"),
    ("the third", "three"),
    ("two-thirds", "third"),
    ("25½ days", "25"),
    # Money and percent
    ("A gallon costs 5 euros.", "$5"),
    ("A gallon costs £5.", "$5"),
    ("There are 5.", "$5"),
    ("The dollar fell 5 points.", "$5"),
    ("It is $5.50.", "$5"),
    ("It is $5 million.", "$5"),
    ("It is 5.", "5%"),
    ("It is 5% more.", "5 more"),
    ("It is 30m wide.", "30 million"),
]


@pytest.mark.parametrize(("text", "answer"), HOLDS)
def test_a_text_holds_an_answer_that_is_only_written_differently(text: str, answer: str) -> None:
    assert holds_answer(text, answer)


@pytest.mark.parametrize(("text", "answer"), DOES_NOT_HOLD)
def test_a_text_does_not_hold_what_only_looks_like_it(text: str, answer: str) -> None:
    assert not holds_answer(text, answer)


def test_any_of_several_answers_is_enough() -> None:
    assert holds_any("It was Rollo.", ("Ragnar", "Rollo"))
    assert not holds_any("It was Rollo.", ("Ragnar", "Bjorn"))
    assert not holds_any("It was Rollo.", ())


NUMBERS = [
    *("6,500", "6.5 thousand", "2.9 million", "$5", "US$19 million", "£30m", "5%", "five per cent", "19.5"),
    *(
        "seven",
        "twenty-one",
        "two hundred and fifty",
        "3rd",
        "third",
        "1990s",
        "5G",
        "5km",
        ".5",
        "25½",
        "10²",
    ),
]
WORDS = st.one_of(
    st.sampled_from(
        [
            "the",
            "a",
            "Ford's",
            "O’Brien",
            "U.S.",
            "a.m.",
            "WHO",
            "us",
            "dollars",
            "percent",
            "Málaga",
            "buses",
        ]
    ),
    # A letter first: what begins with a figure is a number. Dots and apostrophes join what they stand between.
    st.from_regex(r"[^\W\d_]\w{0,8}", fullmatch=True),
)
SPACES = st.sampled_from([" ", "\n\n", ", ", ". ", " – ", "; ", " (", "“ ", "-", " | ", "… "])


@st.composite
def texts_and_spans(draw: st.DrawFn) -> tuple[str, str]:
    """Return a text and a part of it that cuts no word, and no number, in two."""
    # Two numbers beside one another can be one: "two" and "hundred".
    numbers = st.tuples(st.sampled_from(NUMBERS), WORDS.filter(lambda word: not word[0].isnumeric()))
    groups = draw(st.lists(st.one_of(st.tuples(WORDS), numbers), min_size=1, max_size=12))
    pieces = [piece for group in groups for piece in group]
    gaps = [draw(SPACES) for _ in pieces]
    start = draw(st.integers(0, len(pieces) - 1))
    end = draw(st.integers(start + 1, len(pieces)))
    parts = [piece + gap for piece, gap in zip(pieces, gaps, strict=True)]
    return "".join(parts), "".join([*parts[start : end - 1], pieces[end - 1]])


@given(texts_and_spans())
def test_a_text_holds_every_part_of_it_that_cuts_no_word(text_and_span: tuple[str, str]) -> None:
    text, span = text_and_span
    assert holds_answer(text, span)


@given(st.text(), st.text())
def test_any_two_texts_can_be_compared(text: str, answer: str) -> None:
    holds_answer(text, answer)


def test_squad_s_articles_hold_its_answers() -> None:
    found = load_squad(data_set("squad") / "dev.json")
    texts = {draft.id: draft.text for draft in found.drafts}
    missed = {
        (question.id, answer)
        for question in found.cases
        for answer in question.answers
        if not holds_answer(texts[question.sources[0]], answer)
    }
    # Annotated so that a word is cut in two ("Japan" of "Japanese"), or no word at all (".").
    assert len(missed) == 14


def test_most_news_articles_hold_the_answers_to_their_questions() -> None:
    found = load_news(data_set("news"))
    texts = {draft.id: draft.text for draft in found.drafts}
    held = [q for q in found.cases if any(holds_any(texts[source], q.answers) for source in q.sources)]
    # Of the others, articles whose text is an advertisement's form, and answers in other words than theirs.
    assert len(held) == 113
