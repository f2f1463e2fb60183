"""The parts of the benchmark: which data each needs, which indexes, and which rows come of it."""

from __future__ import annotations

import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from bot.evaluation.asking import Answered, Find, Outcome, find_passages, no_search, search
from bot.evaluation.bench import Bench
from bot.evaluation.cases import QuestionCase, load_cases
from bot.evaluation.data_sets import (
    DataSet,
    asked_about,
    load_beir,
    load_news,
    load_squad,
    squad_halves,
    topic_of,
    topics_left_out,
)
from bot.evaluation.evaluating import Evaluator
from bot.evaluation.folds import fold_of, load_news_folds
from bot.evaluation.local_model import CHAT_MODEL
from bot.evaluation.rows import news, squad
from bot.evaluation.rows.figures import Measured, drawn
from bot.evaluation.rows.model import model_rows, sentences_of, unsupported
from bot.evaluation.rows.near_misses import near_miss_rows
from bot.evaluation.rows.scifact import ranking_row
from bot.evaluation.rows.slack import slack_rows
from bot.evaluation.rows.verification import verification_rows
from bot.evaluation.speed import parts as speed
from bot.evaluation.verification_cases import load_verification_cases
from bot.settings import Settings

_TESTS = Path(__file__).parents[2] / "tests"
"""They are there in a checkout, and not where only the packages are installed."""
NEAR_MISSES = _TESTS / "fixtures" / "near-misses.cases.yaml"
VERIFICATION = _TESTS / "fixtures" / "verification.yaml"
VERIFICATION_KEPT_OUT = _TESTS / "fixtures" / "verification-kept-out.yaml"
MODEL = _TESTS / "model"
"""Holds questions for a small language model, and prompts in words that it can follow."""

_AT_ONCE = 100


def measure_scifact(bench: Bench) -> Measured:
    """Measure the ranking of SciFact's abstracts."""
    found = load_beir(bench.data / "scifact", "test")
    evaluator = bench.evaluator()
    outcomes = _asked(evaluator, evaluator.index_of(found), found, bench.some(found.cases))
    return Measured((ranking_row([each.searched for each in outcomes]),))


def measure_news(bench: Bench) -> Measured:
    """Measure the search and the answers on the news questions, each answered by numbers fitted without it."""
    found = load_news(bench.data / "news")
    settings = bench.evaluator().index_of(found)
    questions = bench.some(each for each in found.cases if not each.declines)
    outcomes: list[Outcome] = []
    for fold, fitted in enumerate(load_news_folds()):
        left_out = [each for each in questions if fold_of(each.id) == fold]
        outcomes += _asked(bench.evaluator(fitted), settings, found, left_out)
    answered = _answered(outcomes)
    return Measured(
        (
            news.articles_row([each.searched for each in outcomes]),
            news.quotes_row(answered),
            news.declined_row(answered),
            news.calibration_row(answered),
        )
    )


def measure_squad(bench: Bench) -> Measured:
    """Measure the answers on the topics of SQuAD that nothing was fitted on."""
    found = load_squad(bench.data / "squad" / "dev.json")
    _, topics = squad_halves(topic_of(draft.id) for draft in found.drafts)
    held_out = [each for each in found.cases if asked_about(each) in topics]
    possible = bench.some(each for each in held_out if not each.declines)
    impossible = bench.some(each for each in held_out if each.declines)
    evaluator, passages = bench.evaluator(), bench.settings.passages
    whole = evaluator.index_of(found)
    outcomes = _asked(evaluator, whole, found, possible, find_passages(passages))
    answerable = _answered(outcomes)
    adversarial = _answered(_asked(evaluator, whole, found, impossible, no_search))
    present, absent = _present_and_absent(evaluator, found, topics, possible)
    calibrated = squad.calibration(answerable, adversarial, absent)
    return Measured(
        (
            squad.paragraphs_row([each.searched for each in outcomes], passages),
            squad.first_sentence_row(answerable),
            squad.first_citation_row(answerable),
            squad.adversarial_row(answerable, adversarial),
            squad.absent_row(present, absent),
            *calibrated.rows,
        ),
        calibrated.reliability,
    )


def _present_and_absent(
    evaluator: Evaluator, found: DataSet, topics: Sequence[str], questions: Sequence[QuestionCase]
) -> tuple[list[Answered], list[Answered]]:
    """Ask each question twice: where its topic's articles are, and where they are not."""
    present: list[Answered] = []
    absent: list[Answered] = []
    for name, gone in zip(("squad-first", "squad-second"), topics_left_out(topics), strict=True):
        drafts = tuple(draft for draft in found.drafts if topic_of(draft.id) not in gone)
        half = replace(found, name=name, drafts=drafts)
        answered = _answered(_asked(evaluator, evaluator.index_of(half), half, questions, no_search))
        present += [each for each in answered if asked_about(each.case) not in gone]
        absent += [each for each in answered if asked_about(each.case) in gone]
    return present, absent


def measure_near_misses(bench: Bench) -> Measured:
    """Measure what is said to questions with one detail exchanged."""
    file = load_cases(NEAR_MISSES)
    # Pairs stand beside one another, and a half of one says nothing.
    cases = file.cases if bench.limit is None else file.cases[: 2 * bench.limit]
    evaluator = bench.evaluator()
    with evaluator.asking(evaluator.index_for(file)) as asked:
        bench.say(f"Near misses, asking: {len(cases):,}")
        outcomes = asked.outcomes("near misses", cases, bench.progress, no_search)
    return Measured(near_miss_rows([(each.case, each.answer) for each in _answered(outcomes)]))


def measure_slack(bench: Bench) -> Measured:
    """Measure how the bot bears many questions at once."""
    file = load_cases(NEAR_MISSES)
    settings = bench.evaluator().index_for(file)
    cases = drawn(file.cases, min(_AT_ONCE, bench.limit or _AT_ONCE))
    bench.say(f"Slack, answering: {len(cases):,}")
    return Measured(slack_rows(bench.product.slack(settings, [case.question for case in cases])))


def measure_model(bench: Bench) -> Measured:
    """Measure what a small language model writes, and what of it is shown."""
    file = load_cases(MODEL / "questions.yaml")
    cases = bench.some(file.cases)
    with bench.product.local_model() as address:
        settings = bench.evaluator().index_for(file).model_copy(update=_with_model(address))
        bench.say(f"A small language model, asking: {len(cases):,}")
        with bench.evaluator().asking(settings) as asked:
            asked.engine.answerer.answer(cases[0].as_asked())
            outcomes = asked.outcomes("a small model", cases, bench.progress, no_search)
    answered = _answered(outcomes)
    for each in unsupported(answered):
        bench.say(f"{each.question} {each.sentence!r}: nothing cited says {', '.join(each.missing)}.")
    return Measured(model_rows(answered, _encoding(bench, sentences_of(answered))))


def _with_model(address: str) -> dict[str, object]:
    """Return the settings with which a small model on this machine answers; it is slow, and soon out of its depth."""
    return {
        "chat_model": CHAT_MODEL,
        "chat_base_url": address,
        "chat_context": 700,
        "chat_deadline": 600.0,
        "prompts": MODEL / "prompts",
    }


def _encoding(bench: Bench, sentences: Sequence[str]) -> float:
    """Return the seconds that encoding one of the sentences takes on average; 0 without any."""
    embed = bench.product.embedding(bench.settings)
    embed("The first one loads the model.")
    began = time.perf_counter()
    for sentence in sentences:
        embed(sentence)
    return (time.perf_counter() - began) / max(1, len(sentences))


def measure_verifier(bench: Bench) -> Measured:
    """Measure how well the verifier tells right sentences from wrong ones."""
    verified = []
    for file in (VERIFICATION_KEPT_OUT, VERIFICATION):
        every = load_verification_cases(file)
        cases = drawn(every, min(len(every), bench.limit or len(every)))
        bench.say(f"{file.name}, verifying: {len(cases):,}")
        verified.append(bench.product.verified(bench.settings, cases))
    return Measured(verification_rows(*verified))


def _asked(
    evaluator: Evaluator,
    settings: Settings,
    found: DataSet,
    questions: Sequence[QuestionCase],
    find: Find = search,
) -> list[Outcome]:
    """Ask some questions of a data set, or only search for them, of an index of its articles."""
    evaluator.say(f"{found.name}, asking: {len(questions):,}")
    answering = not found.only_judges_articles
    with evaluator.asking(settings) as asked:
        return asked.outcomes(found.name, questions, evaluator.progress, find, answering=answering)


def _answered(outcomes: Sequence[Outcome]) -> list[Answered]:
    return [outcome.answered for outcome in outcomes if outcome.answered is not None]


@dataclass(frozen=True, slots=True)
class Part:
    """A part of the benchmark: what measures it, and the folder of the data that it needs, None for none of DATA's.

    Without DATA, it needs a checkout.
    """

    measure: Callable[[Bench], Measured]
    data: str | None

    def needs(self, data: Path) -> Path:
        """Return the file or folder without which it cannot be measured."""
        return _TESTS if self.data is None else data / self.data


PARTS = {
    "scifact": Part(measure_scifact, "scifact"),
    "news": Part(measure_news, "news"),
    "squad": Part(measure_squad, "squad"),
    "near-misses": Part(measure_near_misses, None),
    "speed-reindex": Part(speed.measure_reindex, "news"),
    "speed-unchanged": Part(speed.measure_unchanged, "news"),
    "speed-changed": Part(speed.measure_changed, "news"),
    "speed-ask": Part(speed.measure_ask, "news"),
    "speed-growth": Part(speed.measure_growth, "news"),
    "speed-cold": Part(speed.measure_cold, "news"),
    "speed-help": Part(speed.measure_help, None),
    "speed-memory": Part(speed.measure_memory, "news"),
    "speed-disk": Part(speed.measure_disk, "news"),
    "slack": Part(measure_slack, None),
    "model": Part(measure_model, None),
    "verifier": Part(measure_verifier, None),
}
"""By the names that --only takes, in the order in which they are measured."""

GROUPS = {"speed": tuple(name for name in PARTS if name.startswith("speed-"))}
"""Names that --only takes for several parts."""
