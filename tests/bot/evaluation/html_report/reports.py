"""Reports made by hand, and the page that is read back."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime
from html.parser import HTMLParser
from typing import Any

from bot.answer_json import answer_to_json
from bot.answers import Answer, Claim, Explanation, Factor, Related
from bot.evaluation.cases import QuestionCase
from bot.evaluation.html_report.page import page_of, written
from bot.evaluation.report import Report
from bot.evaluation.results import CaseResult, Found, Judgement
from bot.questions import Exchange
from index.articles import Copy
from tests.bot import made

HOSTILE = (
    "<script>alert(1)</script>\"><img src=x onerror=alert(2)>'onload='x ]]> &lt;b&gt; {{ 7 * 7 }} {% raw %} "
    "</style></title><!-- \u202edlrow\u202c a\u200bb \x1b[31m \x00 \ud800"
)
"""Text that would break out of any place of a page that does not escape it."""
_LONG = "Donaudampfschifffahrtselektrizitätenhauptbetriebswerkbauunterbeamtengesellschaft" * 2


def answered(
    name: str = "toll",
    text: str = "The toll rose to 19 on Friday. Nobody knows why.",
    quote: str = "The toll rose to 19 on Friday.",
    **fields: Any,
) -> CaseResult:
    """Return a case that was answered with a quote of an article and passed, but for the fields given."""
    cited = made.citation(made.article(text), quote)
    return _result(name, made.answer(cited, explanation=explanation()), **fields)


def declined(name: str = "captain", **fields: Any) -> CaseResult:
    """Return a case that was rightly declined, but for the fields given."""
    source = made.article("The ferry sank.")
    answer = made.answer(
        declined=True,
        reason="No passage found speaks of a captain.",
        confidence=0.2,
        closest=(Related(source, "A ferry that sank."),),
        explanation=explanation(),
    )
    plain = _result(name, answer, right=False)
    return replace(plain, **{"case": QuestionCase(name, "Who was the captain?", declines=True), **fields})


def searched(name: str = "only searched", **fields: Any) -> CaseResult:
    """Return a case that was searched for and not answered."""
    plain = CaseResult("set", QuestionCase(name, "Where is it?", sources=("a",)), (), {"hit@1": 1.0}, found())
    return replace(plain, **fields)


def hostile(said: str, number: int = 0) -> CaseResult:
    """Return a case that says something wherever a case can say something of its own, in its links too."""
    source = made.article(
        f"{said} before. {said} after.\n\n{said}",
        id=said,
        title=said,
        url=f"javascript:{said}" if number % 2 else f"https://example.org/{said}",
        publisher=said,
        language=said,
        origin=said,
        copies=(Copy(said, None, None), Copy(None, said, None)),
    )
    claim = Claim(said, (made.citation(source, f"{said} after."),), context=said, notes=(said, said))
    answer = made.answer(
        claims=(claim,),
        reason=said,
        closest=(Related(source, said),),
        explanation=Explanation(said, source, (Factor(said, 0.5, ((said, 0.1),)),), 0.5),
        declined=number % 3 == 2,
    )
    case = QuestionCase(
        id=f"{said} {number}",
        question=said,
        asked_at=datetime(2024, 5, 20, tzinfo=UTC),
        history=(Exchange(said, said),),
        answers=(said,),
        sources=(said,),
        tags=(said, f"{said} {number}"),
    )
    result = _result("", answer, case=case, faults=(said,), found=(Found(said, said, 0.5, expected=True),))
    return replace(result, file=said, judgement=Judgement(correct=True, supported=False, why=said))


def report(*results: CaseResult, facts: tuple[tuple[str, str], ...] = (("date", "2024-05-21"),)) -> Report:
    """Return the report of these cases."""
    return Report(facts, results)


def varied() -> Report:
    """Return a report with something in every place, long words and many lines among it."""
    wrong = ("no sentence shown holds an expected answer",)
    results = [
        _rated(answered(f"case {place}", faults=wrong if place % 3 == 0 else ()), place)
        for place in range(24)
    ]
    results += [_rated(declined(f"decline {place}"), place) for place in range(6)]
    results.append(
        answered(_LONG, text=f"{_LONG} {_LONG}.", quote=f"{_LONG} {_LONG}.", faults=(_LONG,), seconds=9.0)
    )
    return report(
        *results, hostile(HOSTILE), facts=(("asked", _LONG), ("machine", "two cores"), (_LONG, "x"))
    )


def charted(*seconds: float) -> str:
    """Return the page of cases of which not much more is known than that they took so long, for its charts."""
    most = max(seconds)
    return page(
        *(
            searched(str(place), seconds=each, confidence=each / (most or 1), right=each > most / 2)
            for place, each in enumerate(seconds)
        )
    )


def page(*results: CaseResult) -> str:
    """Return the page of these cases without figures, which take long to work out."""
    return written(page_of(report(*results), []))


def explanation() -> Explanation:
    """Return what a confidence was made of."""
    return Explanation(
        "The ferry sank.", made.article("The ferry sank."), (Factor("it is so", 0.75, ()),), 0.5
    )


def found() -> tuple[Found, ...]:
    """Return what a search found."""
    return (Found("a", "Ferry toll rises", 0.9, expected=True), Found("b", "Storm", 0.25, expected=False))


def _result(name: str, said: Answer, /, **fields: Any) -> CaseResult:
    plain = CaseResult(
        file="some.cases.yaml",
        case=QuestionCase(name, "What is the toll?", answers=("19",), sources=("ferry",), tags=("numbers",)),
        faults=(),
        values={"answered": 1.0, "quotes_verbatim": 1.0, "hit@1": 1.0, "mrr@10": 0.5},
        found=found(),
        declined=said.declined,
        confidence=said.confidence,
        right=True,
        seconds=0.25,
        answer=answer_to_json(said, name, explain=True),
    )
    return replace(plain, **fields)


def _rated(result: CaseResult, place: int) -> CaseResult:
    case = replace(result.case, tags=(f"tag {place % 4}", *([_LONG] * (place == 3))))
    return replace(
        result, case=case, confidence=(place + 1) / 25, right=place > 9, seconds=0.04 + place % 7 / 100
    )


class Read(HTMLParser):
    """What a browser makes of a page: its tags with their attributes, and the text in elements of some kinds."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self.texts: list[str] = []
        self.comments: list[str] = []
        self._open: list[str] = []
        self._within: dict[int, list[str]] = {}
        self.of: dict[str, list[str]] = {}
        self.feed(html)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, dict(attrs)))
        if tag not in ("meta", "input"):
            self._open.append(tag)
            self._within[len(self._open)] = []

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, dict(attrs)))

    def handle_endtag(self, tag: str) -> None:
        assert self._open, tag
        assert self._open[-1] == tag, f"</{tag}> closes {self._open}"
        text = "".join(self._within.pop(len(self._open)))
        self.of.setdefault(tag, []).append(" ".join(text.split()))
        self._open.pop()

    def handle_data(self, data: str) -> None:
        for texts in self._within.values():
            texts.append(data)

    def handle_comment(self, data: str) -> None:
        self.comments.append(data)
