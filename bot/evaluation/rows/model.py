"""A small language model's answers: what of its sentences was shown, and what the plain check says of it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from bot.answering.considered import EXTRACTIVE
from bot.answers import Answer, Citation, Claim, Written
from bot.evaluation.asking import Answered
from bot.evaluation.metrics.statistics import mean, median, share
from bot.evaluation.plain_check import Cited, not_standing
from bot.evaluation.rows.figures import Figure, Row, Target

_COUNT = "{:.0f}"
_SECONDS = "{:.1f} s"


@dataclass(frozen=True, slots=True)
class Unsupported:
    """A sentence that was shown, and its numbers and names that stand in nothing it cites."""

    question: str
    sentence: str
    missing: tuple[str, ...]


def unsupported(asked: Sequence[Answered]) -> list[Unsupported]:
    """Return the sentences that do not pass the plain check."""
    return [
        Unsupported(each.case.question, claim.text, missing)
        for each in asked
        for claim in each.answer.claims
        if (missing := _missing(claim))
    ]


def sentences_of(asked: Sequence[Answered]) -> list[str]:
    """Return every sentence that the model wrote and that was either shown or told apart as wrong."""
    written = [each.answer for each in asked if each.answer.written]
    return [text for answer in written for text in (*_shown(answer), *_failed(answer.written))]


def model_rows(asked: Sequence[Answered], encoding: float) -> tuple[Row, ...]:
    """Return what became of the sentences, what of the questions, and how long it took.

    Sentences written are those shown, dropped and repaired; one that is repaired counts twice, as it was written. Shown
    are also the articles' own sentences, where they stand in for the model or give another figure. Declined without the
    model are questions that it is not asked. `encoding` is the seconds that encoding one of the sentences takes; the
    time of verifying is that beyond it, while the model goes on writing on the same machine.
    """
    what = f"A small language model, {len(asked):,} questions"
    answers = [each.answer for each in asked]
    return (
        Row(
            f"{what}: sentences shown that pass the plain check / shown / dropped / repaired",
            (
                _passing(answers),
                *map(_number, (_count_shown(answers), _dropped(answers), _repaired(answers))),
            ),
        ),
        Row(
            f"{what}: answered / declined, the model asked / declined without it / the articles' own sentences instead",
            tuple(map(_number, _outcomes(answers))),
        ),
        Row(f"{what}: tokens read / written, a question that it is asked", _tokens(answers)),
        Row(
            f"{what}: to the first verified sentence / in all, medians / verifying, a sentence",
            _times(asked, encoding),
        ),
    )


def _missing(claim: Claim) -> tuple[str, ...]:
    return not_standing(claim.text, [_cited(each) for each in claim.citations])


def _cited(citation: Citation) -> Cited:
    article = citation.article
    return Cited(citation.passage.text, article.title, article.publisher, article.published_at)


def _passing(answers: Sequence[Answer]) -> Figure:
    return Figure(share([not _missing(claim) for answer in answers for claim in answer.claims]), Target(1, 1))


def _number(count: int) -> Figure:
    return Figure(count, pattern=_COUNT)


def _shown(answer: Answer) -> list[str]:
    return [claim.text for claim in answer.claims]


def _failed(written: Written | None) -> list[str]:
    return [each.text for each in (*written.dropped, *written.repaired)] if written else []


def _count_shown(answers: Sequence[Answer]) -> int:
    return sum(len(answer.claims) for answer in answers)


def _dropped(answers: Sequence[Answer]) -> int:
    return sum(len(answer.written.dropped) for answer in answers if answer.written)


def _repaired(answers: Sequence[Answer]) -> int:
    return sum(len(answer.written.repaired) for answer in answers if answer.written)


def _outcomes(answers: Sequence[Answer]) -> tuple[int, int, int, int]:
    instead = sum(_stood_in(answer) for answer in answers)
    answered = sum(not answer.declined for answer in answers) - instead
    declined = [answer for answer in answers if answer.declined]
    asked = sum(answer.written is not None for answer in declined)
    return answered, asked, len(declined) - asked, instead


def _stood_in(answer: Answer) -> bool:
    return answer.written is not None and not answer.declined and answer.model == EXTRACTIVE


def _tokens(answers: Sequence[Answer]) -> tuple[Figure, Figure]:
    written = [answer.written for answer in answers if answer.written]
    read = mean([each.input_tokens for each in written if each.input_tokens is not None])
    wrote = mean([each.output_tokens for each in written if each.output_tokens is not None])
    return Figure(read, pattern=_COUNT), Figure(wrote, pattern=_COUNT)


def _times(asked: Sequence[Answered], encoding: float) -> tuple[Figure, Figure, Figure]:
    first = [
        each.answer.seconds["first sentence"] for each in asked if "first sentence" in each.answer.seconds
    ]
    in_all = [each.seconds for each in asked if each.answer.written]
    return (
        Figure(median(first), pattern=_SECONDS),
        Figure(median(in_all), pattern=_SECONDS),
        Figure(_milliseconds(asked, encoding), pattern="{:.1f} ms"),
    )


def _milliseconds(asked: Sequence[Answered], encoding: float) -> float | None:
    verifying = sum(each.answer.seconds.get("verifying", 0.0) for each in asked)
    count = len(sentences_of(asked))
    return 1000 * (verifying / count - encoding) if count else None
