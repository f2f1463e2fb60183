from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.follow_ups import leans, standalone
from bot.questions import Exchange, Question
from tests.bot.made import ASKED

FIGHTERS = (
    "how many ISKP fighters did CSTO estimate?",
    "Colonel General Anatoly Sidorov, the former chief of the CSTO’s joint staff, estimated last year that Islamic "
    "State – Khorasan Province (ISKP) had up to 6,500 fighters, 4,000 of them along the southern border of "
    "Tajikistan in the Afghan provinces of Badakhshan, Kunduz and Takhar.",
)
FERRY = (
    "How many people were killed on the Halcyon Tern?",
    "Nineteen people were killed when the ferry Halcyon Tern struck a rock off Skarrow Point.",
)
OWNER = (
    "Who owns the Halcyon Tern?",
    "The Halcyon Tern belongs to Sarrow Line.",
)
MINISTER = (
    "How much did Ilsa Marren secure for the safety of ferries in 2025?",
    "Ilsa Marren secured 86 million crowns for the safety of ferries.",
)
WHEAT = ("How much wheat did Vestrany harvest in 2023?", "Vestrany harvested 2,220,000 tonnes of wheat.")
COD = ("What is the cod quota for the 2024-25 season?", "The Fisheries Authority set it at 42,800 tonnes.")
CHIEF = (
    "Who is the Secretary General of the CSTO?",
    "Imangali Tasmagambetov, the Secretary General of the CSTO, told TASS that the draft was on its way.",
)
DAM = ("How high is the Ambrell dam?", "The Ambrell dam is 58 metres high.")
QUAKE = ("Where did the earthquake strike?", "It struck near Lisbon, the capital of Portugal.")
PURCHASE = ("Did Apple buy Beats?", "Apple bought Beats in 2014.")
ELECTION = ("Who won the election in France?", "Emmanuel Macron won the election.")
FRONT = (
    "How many fighters does the Free Kestrin Front have, according to the General Staff?",
    "Up to 1,200.",
)


def completed(text: str, *history: tuple[str, str]) -> str:
    exchanges = tuple(Exchange(question, answer) for question, answer in history)
    return standalone(Question(text, ASKED, history=exchanges))


@pytest.mark.parametrize(
    ("before", "follow_up", "expected"),
    [
        # A fragment brings its period, its name or its noun into the question.
        (FIGHTERS, "and in 2021?", "how many ISKP fighters did CSTO estimate in 2021?"),
        (FIGHTERS, "what about NATO?", "how many ISKP fighters did NATO estimate?"),
        (FIGHTERS, "And in Pakistan?", "how many ISKP fighters did CSTO estimate in Pakistan?"),
        (FERRY, "And on the Brede Morrow?", "How many people were killed on the Brede Morrow?"),
        (FERRY, "The ferry Halcyon Teal?", "How many people were killed on the Halcyon Teal?"),
        (
            MINISTER,
            "And Ilse Marran?",
            "How much did Ilse Marran secure for the safety of ferries in 2025?",
        ),
        (MINISTER, "And for the railways?", "How much did Ilsa Marren secure for the railways in 2025?"),
        (
            MINISTER,
            "what about 2026?",
            "How much did Ilsa Marren secure for the safety of ferries in 2026?",
        ),
        (WHEAT, "And last year?", "How much wheat did Vestrany harvest last year?"),
        (WHEAT, "In 2021?", "How much wheat did Vestrany harvest in 2021?"),
        (WHEAT, "And how much in 2022?", "How much wheat did Vestrany harvest in 2022?"),
        (WHEAT, "And in Oskerra?", "How much wheat did Oskerra harvest in 2023?"),
        (WHEAT, "And Oskerra in 2021?", "How much wheat did Oskerra harvest in 2021?"),
        (WHEAT, "and barley?", "How much barley did Vestrany harvest in 2023?"),
        (COD, "and the herring quota?", "What is the herring quota for the 2024-25 season?"),
        (COD, "And for haddock?", "What is the cod quota for the 2024-25 season for haddock?"),
        (CHIEF, "And the Secretary General of NATO?", "Who is the Secretary General of the NATO?"),
        (DAM, "And the Ambrey dam?", "How high is the Ambrey dam?"),
        (DAM, "And Skarrow Point?", "How high is the Skarrow Point?"),
        (PURCHASE, "And Google?", "Did Google buy Beats?"),
        (ELECTION, "And in Germany?", "Who won the election in Germany?"),
        (
            FRONT,
            "And according to the observers?",
            "How many fighters does the Free Kestrin Front have, according to the observers?",
        ),
        # So do clauses that are made like the question.
        (FERRY, "And how many were injured?", "How many people were injured on the Halcyon Tern?"),
        (FIGHTERS, "And how many did Al-Qaeda have?", "how many Al-Qaeda fighters did CSTO estimate?"),
        # Fragments that nothing can be exchanged for, and questions without a subject, are given the subject.
        (FIGHTERS, "when?", "when? ISKP fighters CSTO estimate"),
        (FIGHTERS, "why?", "why? ISKP fighters CSTO estimate"),
        (FIGHTERS, "and along which border?", "along which border? ISKP fighters CSTO estimate"),
        (FIGHTERS, "according to whom?", "according to whom? ISKP fighters CSTO estimate"),
        (FIGHTERS, "and what does NATO say?", "what does NATO say? ISKP fighters estimate"),
        (FERRY, "What happened next?", "What happened next? people killed Halcyon Tern"),
        (FERRY, "how many were aboard?", "how many were aboard? people killed Halcyon Tern"),
        (FERRY, "And the crew?", "the crew? people killed Halcyon Tern"),
        (COD, "Since when?", "Since when? cod quota season 2024-25"),
        (COD, "and the season before?", "the season before? cod quota"),
        (DAM, "Who built the dam?", "Who built the dam? Ambrell"),
        (PURCHASE, "For how much?", "For how much? Apple buy Beats"),
        (QUAKE, "Was there a tsunami?", "Was there a tsunami? earthquake strike"),
        # Pronouns that stand for nothing in the question.
        (FIGHTERS, "who said so?", "who said so? ISKP fighters CSTO estimate"),
        (FIGHTERS, "Is that true?", "Is that true? ISKP fighters CSTO estimate"),
        (
            FIGHTERS,
            "how many of them were in Afghanistan?",
            "how many of them were in Afghanistan? ISKP fighters CSTO estimate",
        ),
        (FERRY, "Whose ship was it?", "Whose ship was it? people killed Halcyon Tern"),
        (WHEAT, "How much of it was exported?", "How much of it was exported? wheat Vestrany harvest 2023"),
        (WHEAT, "How did it compare with 2022?", "How did it compare with 2022? wheat Vestrany harvest"),
        (COD, "Who set it?", "Who set it? cod quota season 2024-25"),
        (DAM, "When was it built?", "When was it built? Ambrell dam"),
        (DAM, "What's its capacity?", "What's its capacity? Ambrell dam"),
        (DAM, "How many people live there?", "How many people live there? Ambrell dam"),
        # The person is in the question or in the answer; so is what was asked for.
        (FIGHTERS, "When was he born?", "When was he born? Colonel General Anatoly Sidorov"),
        (MINISTER, "Which party does she belong to?", "Which party does she belong to? Ilsa Marren"),
        (CHIEF, "How old is he?", "How old is he? Imangali Tasmagambetov"),
        (ELECTION, "What is his wife called?", "What is his wife called? Emmanuel Macron"),
        (OWNER, "How much was it fined?", "How much was it fined? Sarrow Line owns Halcyon Tern"),
        (QUAKE, "How strong was it?", "How strong was it? Lisbon earthquake strike"),
    ],
)
def test_a_follow_up_is_completed_from_what_came_before(
    before: tuple[str, str], follow_up: str, expected: str
) -> None:
    assert completed(follow_up, before) == expected


@pytest.mark.parametrize(
    "question",
    [
        "Who is the prime minister of Norway?",
        "And who is Macron?",
        "and who won the World Cup in 2022?",
        "What about the unemployment rate in Oskerra?",
        "What is the cod quota?",
        "cod quota",
        "What is inflation?",
        "Is it true that Kabul fell?",
        "How long does it take to cross the strait?",
        "What did Macron say he would do?",
        "Did the Front say that it would stop?",
        "Which ship sank when it hit Skarrow Point?",
        "How many workers lost their jobs in Port Eldin?",
        "Which minister lost his job over the toll?",
        "How many were killed on the Brede Morrow?",
        "How many of those killed on the Brede Morrow were children?",
        "What are those who fled Dovrin living on?",
        "How many survivors are there on Mars?",
        "So far this year, how many ferries have sunk?",
        "What was unemployment in Vestrany in 2022?",
        "Which countries joined NATO in 2004?",
        "Is the US leaving WHO?",
        "Who discovered penicillin?",
        "How much does a litre of milk cost?",
        "Was ist der Bau der Linie 9?",
        "Thanks!",
        "???",
        "",
    ],
)
def test_what_leans_on_nothing_is_left_alone_after_ten_exchanges(question: str) -> None:
    history = [FERRY, OWNER, MINISTER, WHEAT, CHIEF, DAM, QUAKE, ELECTION, FRONT, FIGHTERS]
    assert completed(question, *history) == question
    assert completed(question) == question


@pytest.mark.parametrize(
    "chain",
    [
        [
            FERRY,
            ("And how many were injured?", "41 were injured on the ferry Halcyon Tern."),
            ("When did it happen?", "The ferry ran aground on 11 March 2024."),
            ("Who owns the ferry?", "It belongs to Sarrow Line."),
            ("How much was it fined?", "How much was it fined? Sarrow Line owns ferry Halcyon Tern"),
        ],
        [
            WHEAT,
            ("And in 2024?", "1,870,000 tonnes."),
            ("And in 2021?", ""),
            ("And barley?", "How much barley did Vestrany harvest in 2021?"),
        ],
        [
            MINISTER,
            ("And Ilse Marran, how much had she asked for?", "She had asked for 140 million crowns."),
            ("And for 2026?", "Ilse Marran, how much had she asked for? secure safety ferries for 2026"),
        ],
        [DAM, ("And the Ambrey dam?", ""), ("When was it completed?", "When was it completed? Ambrey dam")],
        [
            ("What was unemployment in Vestrany at the end of 2022?", "8.6 percent."),
            ("And in the second quarter of 2026?", "6.4 percent."),
            (
                "And according to the Labour Institute?",
                "What was unemployment in Vestrany in the second quarter of 2026 according to the Labour Institute?",
            ),
        ],
        [
            FRONT,
            ("And according to the observers?", "No fewer than 2,000."),
            (
                "And two years ago?",
                "How many fighters does the Free Kestrin Front have, according to the observers two years ago?",
            ),
        ],
        [FIGHTERS, ("Who won the election in France?", ""), ("When?", "When? won election France")],
    ],
    ids=lambda chain: chain[-1][0],
)
def test_in_a_chain_each_is_read_against_the_last_as_completed(chain: list[tuple[str, str]]) -> None:
    *history, (follow_up, expected) = chain
    assert completed(follow_up, *history) == expected


def test_no_more_is_carried_than_a_dozen_words() -> None:
    long = "Did " + " ".join(f"Harbour{number}" for number in range(40)) + " close?"
    assert len(completed("why?", (long, "")).split()) == 1 + 12


def test_a_pasted_article_is_no_follow_up() -> None:
    pasted = "And he said so. " * 40
    assert completed(pasted, FIGHTERS) == pasted


@pytest.mark.parametrize(
    "question",
    [
        # A pronoun for what nobody has named.
        "Who paid for them?",
        "When did they leave?",
        "Where does he live?",
        "What did she say about it?",
        "How old was she when she died?",
        "How many of these were soldiers?",
        "Was that before the vote?",
        "What are its borders?",
        "What happened there?",
        "Who told you so?",
        "Is this still so?",
        # A fragment.
        "Why not?",
        "In 2021?",
        "And last spring?",
        "And Belmar?",
        "and for how long?",
        "According to which ministry?",
        "Who else?",
        "Which one?",
        "More, please",
        # A question with hardly a word of its own.
        "How much was spent?",
        "Who was arrested?",
        "Did it rain?",
        "then who resigned?",
        "but how many are still missing?",
        # Nothing at all.
        "",
        " \n",
        "?!",
        "And?",
    ],
)
def test_who_has_heard_nothing_does_not_know_what_this_is_about(question: str) -> None:
    assert leans(question, ASKED)


@pytest.mark.parametrize(
    "question",
    [
        "Which bridge did the storm of January 2024 destroy near Corvale?",
        "How many seats does the Harbour Party hold in the Corvale council?",
        "Why did Tarsk close its border with Velony?",
        "What did Mayor Ines Calder promise before she resigned?",
        "Which of the two pilots survived the crash at Orlow?",
        "Was the storm the strongest since 1987?",
        "Is it legal to fish for eel in Velony?",
        "In which year did Tarsk join the customs union?",
        "According to UNICEF, how many children fled Velony?",
        "When was the lighthouse on Gull Island built?",
        "Has the central bank raised interest rates?",
        "How long is the Corvale tunnel?",
        "How many people live in Corvale?",
        "Who succeeded Ines Calder?",
        'Who wrote "Gull Island"?',
        "What is a monsoon?",
        "and who leads the Harbour Party?",
        "So who leads the Harbour Party?",
        "What about the Tamsin ferry line?",
        "unemployment in Tarsk",
        "eel fishing quota",
        "Wer hat die Wahl in Tarsk gewonnen?",
        "And he said so. " * 40,
    ],
)
def test_who_has_heard_nothing_can_answer_what_says_itself_what_it_is_about(question: str) -> None:
    assert not leans(question, ASKED)


TEXTS = st.text(max_size=60) | st.lists(
    st.sampled_from("and what about the NATO it in 2021 how many of them Ambrell dam ? , who said".split()),
    max_size=9,
).map(" ".join)


@given(TEXTS)
def test_of_any_text_it_can_be_told_whether_it_leans_and_white_space_does_not_matter(text: str) -> None:
    assert leans(f"  {text}\n", ASKED) == leans(text, ASKED)


@given(TEXTS, st.lists(st.tuples(TEXTS, TEXTS), max_size=3))
def test_any_text_after_any_other_is_read(text: str, history: list[tuple[str, str]]) -> None:
    found = completed(text, *history)
    assert bool(found.strip()) == bool(text.strip())
    assert history or found == text
