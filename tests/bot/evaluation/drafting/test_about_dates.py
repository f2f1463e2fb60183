from __future__ import annotations

import pytest

from tests.bot.evaluation.drafting.asked import asked


@pytest.mark.parametrize(
    ("sentence", "question", "answer"),
    [
        (
            "The bridge of Maleth was closed on 3 May 2024.",
            "When was the bridge of Maleth closed?",
            "3 May 2024",
        ),
        (
            "Lorvane Steel closed its mill in Dovrin on May 3, 2024, after a fire.",
            "When did Lorvane Steel close its mill in Dovrin?",
            "May 3, 2024",
        ),
        (
            "Lorvane Steel opened a terminal in Port Eldin in 1987.",
            "In which year did Lorvane Steel open a terminal in Port Eldin?",
            "1987",
        ),
        (
            "In early July, Sarrow Line sold the Halcyon Teal.",
            "When did Sarrow Line sell the Halcyon Teal?",
            "early July",
        ),
        (
            "On Friday, March 7, Sarrow Line sold the ferry Halcyon Teal to farmers.",
            "When did Sarrow Line sell the ferry Halcyon Teal to farmers?",
            "March 7",
        ),
        (
            "Sarrow Line has run the ferry to Oskerra since 2011.",
            "Since when has Sarrow Line run the ferry to Oskerra?",
            "2011",
        ),
        (
            "The Ambrell dam, completed in 1971, is 58 metres high.",
            "In which year was the Ambrell dam completed?",
            "1971",
        ),
        (
            "The bridge of Maleth will be reopened in March 2027.",
            "When will the bridge of Maleth be reopened?",
            "March 2027",
        ),
    ],
)
def test_a_date_is_asked_for(sentence: str, question: str, answer: str) -> None:
    assert asked(sentence, "dates").get(question) == answer


@pytest.mark.parametrize(
    "sentence",
    [
        "Lorvane Steel closed its mill in Dovrin on Tuesday.",
        "Lorvane Steel closed its mill in Dovrin last year.",
        "Lorvane Steel agreed to close its mill in Dovrin in 2030.",
        "Lorvane Steel criticised the budget for 2025.",
        "Lorvane Steel closed the mill that it had opened in 1987.",
        "Ilsa Marren visits the mill of Maleth in April 2017.",
        "The bridge of Maleth was closed between May and July.",
        "In 2019, the year Lorvane Steel closed its mill, nothing was sold.",
    ],
)
def test_no_date_is_asked_for(sentence: str) -> None:
    assert asked(sentence, "dates") == {}
