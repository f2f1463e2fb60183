from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import pytest

from bot.answering.considered import EXTRACTIVE
from bot.answers import Answer, Claim, Dropped, Written
from bot.evaluation.asking import Answered
from bot.evaluation.rows.model import Unsupported, model_rows, sentences_of, unsupported
from tests.bot import made
from tests.bot.evaluation.stand_ins import labelled

ARTICLE = made.article("Nineteen boats sank off Elden on Monday. Mayor Ida Holm closed the harbour.")
FAILED = (Dropped("Boats sank off Eldin.", ("No cited passage names Eldin.",)),)


def written(
    *sentences: str,
    dropped: Sequence[Dropped] = (),
    repaired: Sequence[Dropped] = (),
    model: str = "openai:small",
    **fields: object,
) -> Answered:
    """Return an answer that a language model wrote, each sentence of which cites the whole article."""
    answer = made.answer(
        *(made.citation(ARTICLE, ARTICLE.text, number) for number, _ in enumerate(sentences, 1)),
        declined=not sentences,
        written=Written("...", tuple(dropped), tuple(repaired), 500, 40),
        seconds={"verifying": 0.03, "first sentence": 2.0} if sentences else {"verifying": 0.03},
        model=model,
        **fields,
    )
    claims = tuple(Claim(text, claim.citations) for text, claim in zip(sentences, answer.claims, strict=True))
    return Answered(labelled(), replace(answer, claims=claims), 5.0)


def unasked(**fields: object) -> Answered:
    answer: Answer = made.answer(declined=True, **fields)
    return Answered(labelled(), answer, 0.1)


def test_what_became_of_sentences_and_questions() -> None:
    asked = [
        written("19 boats sank.", "Ida Holm closed the harbour.", dropped=FAILED),
        written("20 boats sank.", repaired=FAILED, notice="The language model broke off."),
        written(dropped=FAILED * 2),
        written("19 boats sank.", notice="The language model did not answer.", model=EXTRACTIVE),
        unasked(),
    ]
    sentences, questions, tokens, times = model_rows(asked, 0.005)
    assert sentences.what.startswith("A small language model, 5 questions: ")
    assert [figure.value for figure in sentences.figures] == [0.75, 4, 3, 1]
    assert sentences.figures[0].short
    assert [figure.value for figure in questions.figures] == [2, 1, 1, 1]
    assert [figure.value for figure in tokens.figures] == [500, 40]
    # 120 ms over eight sentences, and 5 ms for encoding each.
    assert [figure.value for figure in times.figures] == pytest.approx([2.0, 5.0, 10.0])
    assert len(sentences_of(asked)) == 8


def test_what_fails_the_plain_check_is_told() -> None:
    assert unsupported([written("Nineteen boats sank."), written("20 boats sank off Norrland.")]) == [
        Unsupported("Who led?", "20 boats sank off Norrland.", ("20", "norrland"))
    ]


def test_title_publisher_and_date_of_the_article_count() -> None:
    assert unsupported([written("Boats sank, the Harbour Post wrote on 13 May 2024.")]) == []


def test_where_nothing_was_written_there_is_nothing_to_measure() -> None:
    rows = model_rows([unasked()], 0.0)
    assert [figure.value for row in rows for figure in row.figures] == [
        *(None, 0, 0, 0),
        *(0, 0, 1, 0),
        *(None, None),
        *(None, None, None),
    ]
