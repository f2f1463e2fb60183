"""The parts of the benchmark that measure speed, one row each."""

from __future__ import annotations

from collections.abc import Sequence

from bot.evaluation.bench import Bench
from bot.evaluation.data_sets import DataSet, load_news
from bot.evaluation.rows import speed
from bot.evaluation.rows.figures import Measured, Row, drawn
from bot.evaluation.speed.pairs import in_turn
from bot.evaluation.speed.small_files import SmallFiles
from bot.questions import Question

WARM_UPS = 10
"""Questions asked before the clock counts: the first ones load the model and fill caches."""

_FILES = 10_000
_LARGE = 200_000
_REINDEXED = 20_000


def measure_reindex(bench: Bench) -> Measured:
    """Measure a reindex of the news articles beside encoding their passages."""
    drafts = _news(bench).drafts
    chosen = drawn(drafts, bench.limit or len(drafts))
    bench.say(f"Reindexing: {len(chosen):,} articles, and encoding the same in bare Python")
    return _measured(
        speed.reindex_row(
            bench.product.speed.reindexing(bench.scratch, chosen, bench.settings, bench.progress)
        )
    )


def measure_unchanged(bench: Bench) -> Measured:
    """Measure a reindex of many small files of which none has changed."""
    return _measured(speed.unchanged_row(bench.product.speed.unchanged(_small_files(bench), bench.progress)))


def measure_changed(bench: Bench) -> Measured:
    """Measure a reindex of many small files of which one has changed."""
    return _measured(speed.changed_row(bench.product.speed.changed(_small_files(bench), bench.progress)))


def measure_ask(bench: Bench) -> Measured:
    """Measure answers over the news articles beside encoding their questions."""
    found = _news(bench)
    settings = bench.evaluator().index_of(found)
    questions = _questions(bench, found)
    encode = bench.product.speed.encoding(settings)
    with bench.evaluator().asking(settings) as asked:
        pairs = in_turn(
            asked.engine.answerer.answer,
            lambda question: encode(question.text),
            questions,
            bench.progress,
            warm_ups=WARM_UPS,
        )
    return _measured(speed.ask_row(pairs, bench.product.speed.passages(settings)))


def measure_growth(bench: Bench) -> Measured:
    """Measure answers over variants of the news articles beside answers over these alone."""
    found, evaluator = _news(bench), bench.evaluator()
    small = evaluator.index_of(found)
    bench.say(f"Enlarging the index to {_LARGE:,} passages where it is not yet ...")
    large = bench.product.speed.enlarged(bench.scratch, small, _LARGE, bench.progress)
    questions = _questions(bench, found)
    with evaluator.asking(large) as asked, evaluator.asking(small) as beside:
        pairs = in_turn(
            asked.engine.answerer.answer,
            beside.engine.answerer.answer,
            questions,
            bench.progress,
            warm_ups=WARM_UPS,
        )
    passages = bench.product.speed.passages
    return _measured(speed.growth_row(pairs, passages(large), passages(small)))


def measure_cold(bench: Bench) -> Measured:
    """Measure `footnote ask` from a cold start beside bare Python."""
    found = _news(bench)
    settings = bench.evaluator().index_of(found)
    questions = [each.as_asked().text for each in bench.some(found.cases)]
    pairs = bench.product.speed.cold_asks(settings, questions, bench.progress)
    return _measured(speed.cold_row(pairs, bench.product.speed.passages(settings)))


def measure_help(bench: Bench) -> Measured:
    """Measure `footnote --help` beside an app whose commands do nothing."""
    return _measured(speed.help_row(bench.product.speed.help(bench.scratch, bench.settings, bench.progress)))


def measure_memory(bench: Bench) -> Measured:
    """Measure the memory of a reindex."""
    found = _news(bench)
    settings = bench.evaluator().index_of(found)
    copies = -(-_REINDEXED // bench.product.speed.passages(settings))
    bench.say(f"Reindexing {copies} times the articles in a process of its own, for its memory ...")
    return _measured(
        speed.memory_row(bench.product.speed.memory(bench.scratch, found.drafts, copies, bench.settings))
    )


def measure_disk(bench: Bench) -> Measured:
    """Measure what the index of the news articles takes on disk."""
    settings = bench.evaluator().index_of(_news(bench))
    return _measured(speed.disk_row(bench.product.speed.disk(settings)))


def _news(bench: Bench) -> DataSet:
    return load_news(bench.data / "news")


def _questions(bench: Bench, found: DataSet) -> Sequence[Question]:
    """Return the questions to ask, those to warm up with first."""
    timed = bench.some(found.cases[WARM_UPS:])
    bench.say(f"Asking: {WARM_UPS + len(timed):,} questions, the first {WARM_UPS} to warm up")
    questions = [each.as_asked() for each in (*found.cases[:WARM_UPS], *timed)]
    bench.progress.begin("Timing answers", len(questions))
    return questions


def _small_files(bench: Bench) -> SmallFiles:
    count = min(_FILES, bench.limit or _FILES)
    bench.say(f"Reindexing {count:,} small files, made and indexed first where they are not yet ...")
    return bench.product.speed.small_files(
        bench.scratch, _news(bench).drafts, count, bench.settings, bench.progress
    )


def _measured(row: Row) -> Measured:
    return Measured((row,))
