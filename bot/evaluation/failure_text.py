"""Why a case is not as expected, in plain text: what was asked and expected, what came, and what was found."""

from __future__ import annotations

import textwrap
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from bot.evaluation.cases import QuestionCase
from bot.evaluation.results import CaseResult, Found
from bot.published import day, published
from bot.visible import visible
from index.dates import stored_date

_WIDTH = 100
_LABEL = 10


@dataclass(frozen=True, slots=True)
class _Row:
    """A paragraph beside its label, or under that of the row before, `inset` characters further in."""

    label: str
    text: str
    inset: int = 0

    def __str__(self) -> str:
        return textwrap.fill(
            # A row of nothing would leave its label out as well.
            visible(self.text) or "-",
            _WIDTH,
            initial_indent=f"{self.label:<{_LABEL + self.inset}}",
            subsequent_indent=" " * (_LABEL + self.inset),
            break_long_words=False,
            break_on_hyphens=False,
        )


def failure_text(result: CaseResult) -> str:
    """Return in lines of about a hundred characters, without a sign that would steer a terminal, what came of a case.

    First stands what is wrong with it.
    """
    return "\n".join(map(str, _rows(result)))


def _rows(result: CaseResult) -> Iterator[_Row]:
    yield from _listed("wrong", result.faults)
    yield from _asked(result.case)
    yield from _expected(result.case)
    if result.answer:
        yield from _came(result.answer)
    yield from _listed("found", [_found(each) for each in result.found] or ["nothing"])


def _listed(label: str, texts: Sequence[str]) -> Iterator[_Row]:
    for place, text in enumerate(texts):
        yield _Row("" if place else label, text)


def _asked(case: QuestionCase) -> Iterator[_Row]:
    yield _Row("question", case.question)
    yield _Row("asked", _moment(case.asked_at) if case.asked_at else "now")
    for place, each in enumerate(case.history):
        yield _Row("" if place else "after", each.question)
        if each.answer:
            yield _Row("", each.answer, 2)


def _moment(moment: datetime) -> str:
    return f"{day(moment)}, {moment:%H:%M} UTC"


def _expected(case: QuestionCase) -> Iterator[_Row]:
    if case.declines:
        yield _Row("expected", "to be declined, the articles do not hold an answer")
        return
    said = []
    if case.answers:
        said.append(f"a sentence that holds {_any_of(case.answers)}")
    if case.sources:
        said.append(f"a source that is {_any_of(case.sources)}")
    yield from _listed("expected", said)


def _any_of(texts: Sequence[str]) -> str:
    return " or ".join(f'"{text}"' for text in texts)


def _came(answer: Mapping[str, Any]) -> Iterator[_Row]:
    """Give the rows of an answer in the JSON form of `footnote ask --json --explain`."""
    asked_at = datetime.fromisoformat(answer["asked_at"])
    if answer["declined"]:
        yield _Row("declined", answer["reason"] or "")
        yield from _nearest(answer, asked_at)
        return
    yield from _listed("answered", [_sentence(claim) for claim in answer["claims"]])
    yield _Row("", f"confidence {answer['confidence']:.2f}")
    for place, citation in enumerate(answer["citations"]):
        number = f"[{citation['number']}] "
        yield _Row("" if place else "sources", number + _headline(citation["article"], asked_at))
        yield _Row("", f'"{citation["quote"]}"', len(number))


def _nearest(answer: Mapping[str, Any], asked_at: datetime) -> Iterator[_Row]:
    """Give the rows of the sentence that a decline would have answered with."""
    nearest = answer.get("explanation")
    if nearest is None:
        yield _Row("nearest", "no sentence")
        return
    yield _Row("nearest", f'"{nearest["quote"]}"')
    yield _Row("", _headline(nearest["article"], asked_at))
    yield _Row("", f"confidence {answer['confidence']:.2f}, answered from {nearest['threshold']:.2f} on")


def _sentence(claim: Mapping[str, Any]) -> str:
    parts = [
        f"({claim['context']})" if claim["context"] else "",
        claim["text"],
        f"({'; '.join(claim['notes'])})" if claim["notes"] else "",
        *(f"[{number}]" for number in claim["citations"]),
    ]
    return " ".join(filter(None, parts))


def _headline(article: Mapping[str, Any], asked_at: datetime) -> str:
    appeared = published(stored_date(article["published_at"]), asked_at)
    return ", ".join(filter(None, (article["title"] or article["id"], article["publisher"], appeared)))


def _found(found: Found) -> str:
    return f"{found.score:.3f} {found.title}{' (expected)' if found.expected else ''}"
