"""The verifier on its cases: how many wrong sentences it finds, how many right ones it lets pass, and what it costs."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence

from bot.evaluation.metrics.statistics import mean, share
from bot.evaluation.rows.figures import Figure, Row, Target
from bot.evaluation.verifying import Verified

_RIGHT = Target(0.90, 0.97)
_WRONG = Target(0.95, 0.99)
_MILLISECONDS = Target(5, 3, low=True)


def verification_rows(which: str, verified: Sequence[Verified]) -> tuple[Row, ...]:
    """Return the figures of some of the cases, which are called `which`: recall of the wrong and of the right ones.

    Wrong ones are told apart by what is wrong in them, too, and those that paraphrase their passages are counted apart.
    The time is that beyond one encoding of the sentence, on average.
    """
    wrong = [each for each in verified if not each.case.supported]
    right = [each for each in verified if each.case.supported]
    what = f"Verifier, {len(verified):,} sentences {which}"
    return (
        Row(
            f"{what}: wrong ones found / right ones passed / time a sentence beyond encoding it",
            (_recall(wrong, _WRONG), _recall(right, _RIGHT), _milliseconds(verified)),
        ),
        Row(
            f"{what}, that paraphrase: wrong ones found / right ones passed",
            (_recall(_paraphrasing(wrong)), _recall(_paraphrasing(right))),
        ),
        *_by_change(what, wrong),
    )


def _by_change(what: str, wrong: Sequence[Verified]) -> list[Row]:
    kinds: defaultdict[str, list[Verified]] = defaultdict(list)
    for each in wrong:
        kinds[each.case.change or ""].append(each)
    ordered = sorted(kinds)
    figures = tuple(_recall(kinds[kind]) for kind in ordered)
    return (
        [Row(f"{what}, wrong ones found by what is wrong: {' / '.join(ordered)}", figures)] if kinds else []
    )


def _paraphrasing(verified: Sequence[Verified]) -> list[Verified]:
    return [each for each in verified if each.case.paraphrase]


def _recall(verified: Sequence[Verified], target: Target | None = None) -> Figure:
    return Figure(share([each.is_right for each in verified]), target)


def _milliseconds(verified: Sequence[Verified]) -> Figure:
    beyond = mean([each.verifying - each.encoding for each in verified])
    return Figure(None if beyond is None else 1000 * beyond, _MILLISECONDS, "{:.1f} ms")
