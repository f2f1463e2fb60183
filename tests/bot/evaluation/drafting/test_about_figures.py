from __future__ import annotations

import pytest

from tests.bot.evaluation.drafting.asked import asked


@pytest.mark.parametrize(
    ("sentence", "question", "answer"),
    [
        (
            "At least 19 people were killed when the Halcyon Tern capsized.",
            "How many people were killed when the Halcyon Tern capsized?",
            "19",
        ),
        (
            "Two maintenance workers were killed in Dovrin and five others were injured.",
            "How many maintenance workers were killed in Dovrin?",
            "two",
        ),
        (
            "About 14 percent of voters in Maleth have moved since January.",
            "What percentage of voters in Maleth have moved since January?",
            "14",
        ),
        (
            "Port Elden handled 6.2 million tonnes of goods in 2025, the agency said.",
            "How many tonnes of goods did Port Elden handle in 2025?",
            "6.2 million",
        ),
        (
            "Farmers in Vestrany brought in 1,870,000 tonnes of wheat last year.",
            "How many tonnes of wheat did farmers in Vestrany bring in?",
            "1,870,000",
        ),
        (
            "The Halcyon Tern had 46 lorries on board, Sarrow Line said.",
            "How many lorries did the Halcyon Tern have on board?",
            "46",
        ),
        (
            "Ferries carry 3 million passengers through Port Elden every year.",
            "How many passengers do ferries carry through Port Elden every year?",
            "3 million",
        ),
        (
            "The board said that Lorvane Energy must replace 480 valves by May.",
            "How many valves must Lorvane Energy replace by May?",
            "480",
        ),
        (
            "Rufus Hallgarth was sentenced to 12 years in prison for fraud.",
            "How many years in prison was Rufus Hallgarth sentenced to for fraud?",
            "12",
        ),
        (
            "The Brede Morrow is licensed for 320 passengers.",
            "How many passengers is the Brede Morrow licensed for?",
            "320",
        ),
        (
            "Lorvane Steel lost $87 million in Maleth.",
            "How much did Lorvane Steel lose in Maleth?",
            "87 million",
        ),
        (
            "Unemployment in Vestrany fell to 6.4 percent in July, down from 7.3 percent.",
            "What did unemployment in Vestrany fall to in July?",
            "6.4",
        ),
        (
            "Rents in Maleth rose by 5% between January and May.",
            "By what percentage did rents in Maleth rise between January and May?",
            "5",
        ),
        (
            "Unemployment among people under 25 was 14.5 percent in the second quarter of 2026.",
            "What was unemployment among people under 25 in the second quarter of 2026?",
            "14.5",
        ),
        (
            "Lorvane Energy won 40% of the contracts for street lights in Dovrin.",
            "What percentage of the contracts did Lorvane Energy win for street lights in Dovrin?",
            "40",
        ),
        (
            "The Vestrany Fisheries Authority puts the spawning stock at 196,000 tonnes.",
            "At how many tonnes does the Vestrany Fisheries Authority put the spawning stock?",
            "196,000",
        ),
        (
            "The tower of Skarrow Point stands 38 metres tall.",
            "How tall does the tower of Skarrow Point stand?",
            "38",
        ),
        (
            "The Ambrell dam, completed by convicts, is 58 metres high and 310 metres long.",
            "How high is the Ambrell dam?",
            "58",
        ),
        (
            "There were 140 monitors in the hills of Maleth.",
            "How many monitors were there in the hills of Maleth?",
            "140",
        ),
        (
            "In 2024, Lorvane Steel hired 310 dockers in Port Eldin.",
            "How many dockers did Lorvane Steel hire in Port Eldin in 2024?",
            "310",
        ),
        (
            "Ilsa Marren, 38, runs the pilot station of Port Elden.",
            "How old is Ilsa Marren?",
            "38",
        ),
    ],
)
def test_a_figure_is_asked_for(sentence: str, question: str, answer: str) -> None:
    assert asked(sentence, "numbers").get(question) == answer


@pytest.mark.parametrize(
    "sentence",
    [
        "He said that 19 people were killed in Dovrin by his men.",
        "It carried 320 passengers to Maleth in its first week.",
        "The company hired 310 dockers in Port Eldin.",
        "The bridge cost 4.2 billion crowns in Vestrany.",
        "Lorvane Steel hired 5 to 10 dockers in Port Eldin.",
        "Two years ago the dam of Ambrell was closed.",
        "Lorvane Steel did not hire 310 dockers in Port Eldin.",
        "“We hired 310 dockers in Port Eldin,” said Lorvane Steel.",
        "Lorvane Steel hired 310 dockers",
        "Data from Maleth shows boats carried 310 dockers.",
        "Demand for paper skyrocketed as 310 dockers were hired in Maleth.",
        "Photo: Lorvane Steel/Nils Averbeck hired 310 dockers in Port Eldin.",
        "The bill passed by 68 members in May was sent to Dovrin.",
        "The 2,350 dockers of Port Elden, 870 of whom are on strike, want more.",
    ],
)
def test_no_figure_is_asked_for(sentence: str) -> None:
    assert asked(sentence, "numbers") == {}
