"""The parts of the benchmark: which data each needs, which indexes, and which rows come of it."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

from bot.answers import Answer
from bot.errors import EvaluationError
from bot.evaluation.asking import Answered, Answerer, as_asked
from bot.evaluation.bench import Bench
from bot.evaluation.cases import QuestionCase, load_cases
from bot.evaluation.data_sets import (
    LabelledQuestion,
    load_news,
    load_scifact,
    load_squad,
    squad_halves,
    topic_of,
    topics_left_out,
)
from bot.evaluation.folds import FOLDS, fold_of, load_news_folds
from bot.evaluation.rows import news, squad
from bot.evaluation.rows.figures import Measured, drawn
from bot.evaluation.rows.near_misses import near_miss_rows
from bot.evaluation.rows.scifact import ranking_row
from bot.evaluation.rows.slack import slack_rows
from bot.evaluation.rows.speed import WARM_UPS, size_row, speed_row, time_each
from bot.questions import Question, moment_asked
from index.articles import Draft
from index.discovery import discover
from index.errors import ReadError
from index.readers import read_file

NEAR_MISSES = Path(__file__).parents[2] / "tests" / "fixtures" / "near-misses.cases.yaml"
"""They are there in a checkout, and not where only the packages are installed."""

_TIMED = 60
_AT_ONCE = 100


def measure_scifact(bench: Bench) -> Measured:
    """Measure the ranking of SciFact's abstracts."""
    found = load_scifact(bench.data / "scifact", "test")
    settings = bench.index("scifact", found.drafts)
    return Measured(
        (ranking_row(bench.searched(settings, bench.some(found.questions), "SciFact, searching")),)
    )


def measure_news(bench: Bench) -> Measured:
    """Measure the search and the answers on the news questions, each answered by numbers fitted without it."""
    found = load_news(bench.data / "news")
    settings = bench.index("news", found.drafts)
    questions = bench.some(each for each in found.questions if each.answerable)
    searched = bench.searched(settings, questions, "News, searching")
    answered: list[Answered] = []
    for fold, fitted in enumerate(load_news_folds()):
        left_out = [question for question in questions if fold_of(question.id) == fold]
        stage = f"News, answering fold {fold + 1} of {FOLDS}"
        answered += bench.answered(settings, left_out, stage=stage, fitted=fitted)[0]
    return Measured(
        (
            news.articles_row(searched),
            news.quotes_row(answered),
            news.declined_row(answered),
            news.calibration_row(answered),
        )
    )


def measure_squad(bench: Bench) -> Measured:
    """Measure the answers on the topics of SQuAD that nothing was fitted on."""
    found = load_squad(bench.data / "squad")
    _, topics = squad_halves(topic_of(draft.id) for draft in found.drafts)
    asked = [each for each in found.questions if each.topic in topics]
    possible = bench.some(each for each in asked if each.answerable)
    impossible = bench.some(each for each in asked if not each.answerable)
    whole = bench.index("squad", found.drafts)
    searched = bench.paragraphs(whole, possible, "SQuAD, searching")
    answerable, adversarial = bench.answered(whole, possible, impossible, stage="SQuAD, answering")
    present, absent = _present_and_absent(bench, found.drafts, topics, possible)
    calibrated = squad.calibration(answerable, adversarial, absent)
    return Measured(
        (
            squad.paragraphs_row(searched, bench.settings.passages),
            squad.first_sentence_row(answerable),
            squad.first_citation_row(answerable),
            squad.adversarial_row(answerable, adversarial),
            squad.absent_row(present, absent),
            *calibrated.rows,
        ),
        calibrated.reliability,
    )


def _present_and_absent(
    bench: Bench, drafts: Sequence[Draft], topics: Sequence[str], questions: Sequence[LabelledQuestion]
) -> tuple[list[Answered], list[Answered]]:
    """Ask each question twice: where its topic's articles are, and where they are not."""
    present: list[Answered] = []
    absent: list[Answered] = []
    for name, gone in zip(("squad-first", "squad-second"), topics_left_out(topics), strict=True):
        settings = bench.index(name, [draft for draft in drafts if topic_of(draft.id) not in gone])
        here, away = _by_topic(questions, gone)
        there, missing = bench.answered(
            settings, here, away, stage=f"SQuAD without {len(gone)} topics, answering"
        )
        present += there
        absent += missing
    return present, absent


def _by_topic(
    questions: Iterable[LabelledQuestion], gone: Collection[str]
) -> tuple[list[LabelledQuestion], list[LabelledQuestion]]:
    """Return the questions whose topic is there, and those whose topic is `gone`."""
    every = list(questions)
    return [each for each in every if each.topic not in gone], [each for each in every if each.topic in gone]


def measure_near_misses(bench: Bench) -> Measured:
    """Measure what is said to questions with one detail exchanged."""
    file = load_cases(NEAR_MISSES)
    settings = bench.index("near-misses", drafts_in(file.articles))
    # Pairs stand beside one another, and a half of one says nothing.
    cases = file.cases if bench.limit is None else file.cases[: 2 * bench.limit]
    bench.say(f"Near misses, answering: {len(cases):,}")
    with bench.product.answerer(settings, None) as answerer:
        return Measured(near_miss_rows([(case, _answer(answerer, case)) for case in cases]))


def _answer(answerer: Answerer, case: QuestionCase) -> Answer:
    return answerer.answer(Question(case.question, case.asked_at or moment_asked(None), history=case.history))


def drafts_in(paths: Sequence[Path]) -> list[Draft]:
    """Return the articles in files and folders.

    Raises:
        EvaluationError: one cannot be read.
    """
    drafts = []
    for file in discover(paths).files:
        for _line, read in read_file(file.path):
            if isinstance(read, ReadError):
                raise EvaluationError(f"{file.path} {read.message}.", read.remedy)
            drafts.append(read)
    return drafts


def measure_speed(bench: Bench) -> Measured:
    """Measure how long answers take on the news index, and how large it is."""
    found = load_news(bench.data / "news")
    settings = bench.index("news", found.drafts)
    timed = drawn(found.questions[WARM_UPS:], min(_TIMED, bench.limit or _TIMED))
    questions = [as_asked(each) for each in (*found.questions[:WARM_UPS], *timed)]
    bench.say(f"Timing: {len(questions):,} questions, the first {WARM_UPS} to warm up")
    with bench.product.answerer(settings, None) as answerer:
        timings = time_each(answerer, bench.product.embedding(settings), questions, bench.progress)
    size = bench.product.size(settings)
    return Measured((speed_row(timings, size), size_row(size)))


def measure_slack(bench: Bench) -> Measured:
    """Measure how the bot bears many questions at once."""
    file = load_cases(NEAR_MISSES)
    settings = bench.index("near-misses", drafts_in(file.articles))
    cases = drawn(file.cases, min(_AT_ONCE, bench.limit or _AT_ONCE))
    bench.say(f"Slack, answering: {len(cases):,}")
    return Measured(slack_rows(bench.product.slack(settings, [case.question for case in cases])))


@dataclass(frozen=True, slots=True)
class Part:
    """A part of the benchmark: what measures it, and the folder of the data that it needs, None for none of DATA's.

    Without DATA, it needs a checkout.
    """

    measure: Callable[[Bench], Measured]
    data: str | None

    def needs(self, data: Path) -> Path:
        """Return the file or folder without which it cannot be measured."""
        return NEAR_MISSES if self.data is None else data / self.data


PARTS = {
    "scifact": Part(measure_scifact, "scifact"),
    "news": Part(measure_news, "news"),
    "squad": Part(measure_squad, "squad"),
    "near-misses": Part(measure_near_misses, None),
    "speed": Part(measure_speed, "news"),
    "slack": Part(measure_slack, None),
}
"""By the names that --only takes, in the order in which they are measured."""
