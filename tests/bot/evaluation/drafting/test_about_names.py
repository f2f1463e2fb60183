from __future__ import annotations

import pytest

from tests.bot.evaluation.drafting.asked import asked, found


@pytest.mark.parametrize(
    ("sentence", "question", "answer"),
    [
        (
            "Transport Minister Ilsa Marren closed the railway to Ambrell.",
            "Who closed the railway to Ambrell?",
            "Ilsa Marren",
        ),
        (
            "Ilsa Marren, the transport minister, told the Harbour Post that ferries are safe.",
            "Who told the Harbour Post that ferries are safe?",
            "Ilsa Marren",
        ),
        (
            "The Maritime Safety Board fined the owner of the ferry Halcyon Tern.",
            "Which board fined the owner of the ferry Halcyon Tern?",
            "Maritime Safety Board",
        ),
        (
            "Lorvane Energy has bought the mill of Maleth.",
            "Which company has bought the mill of Maleth?",
            "Lorvane Energy",
        ),
        (
            "Boats left when Signe Vanterpool, who runs the harbour of Port Elden, spoke.",
            "Who runs the harbour of Port Elden?",
            "Signe Vanterpool",
        ),
        (
            "Imangali Tasmagambetov, the Secretary General of the CSTO, spoke of a plan that all members have.",
            "Who is the Secretary General of the CSTO?",
            "Imangali Tasmagambetov",
        ),
        (
            "Nothing was sold, said Bram Tolliver, chief executive of Lorvane Steel.",
            "Who is the chief executive of Lorvane Steel?",
            "Bram Tolliver",
        ),
        (
            "On Monday Lorvane Steel CEO Bram Tolliver spoke to the workers of both mills.",
            "Who is the Lorvane Steel CEO?",
            "Bram Tolliver",
        ),
        (
            "Vestrany's Transport Minister, Ilsa Marren, was in Dovrin when the boats came.",
            "Who is Vestrany's Transport Minister?",
            "Ilsa Marren",
        ),
        (
            "The board of Lorvane Steel will be led by Judge Oren Halstrup.",
            "Who will the board of Lorvane Steel be led by?",
            "Oren Halstrup",
        ),
        (
            "After that nothing was sold any more, but Lorvane Steel replaced Captain Runa Eskelby in June.",
            "Who did Lorvane Steel replace in June?",
            "Runa Eskelby",
        ),
        (
            "The wreck of the Brede Morrow was found in Dovrin.",
            "Where was the wreck of the Brede Morrow found?",
            "Dovrin",
        ),
    ],
)
def test_a_name_is_asked_for(sentence: str, question: str, answer: str) -> None:
    assert asked(sentence, "names").get(question) == answer


def test_a_last_name_answers_as_well_and_stands_for_the_full_one_in_its_article() -> None:
    (candidate,) = found("Minister Ilsa Marren spoke. Marren closed the old railway to Ambrell.")
    assert candidate.proposal.question == "Who closed the old railway to Ambrell?"
    assert candidate.proposal.answers == ("Ilsa Marren", "Marren")


@pytest.mark.parametrize(
    "sentence",
    [
        "The Authority fined Sarrow Line.",
        "A spokesman for Ilsa Marren closed the railway to Ambrell.",
        "Ilsa Marren and Oren Halstrup closed the railway to Ambrell.",
        "Halcyon Tern closed the railway to Ambrell.",
        "Ilsa Marren told him that ferries are safe.",
        "Nothing was sold, said Ilsa Marren, a director at Lorvane Steel.",
        "On Monday former President Ilsa Marren spoke.",
        "Ilsa Marren's railway to Ambrell closed.",
    ],
)
def test_no_name_is_asked_for(sentence: str) -> None:
    assert asked(sentence, "names") == {}
