"""The verifier on its cases: how many wrong sentences it finds, how many right ones it lets pass, and what it costs."""

from __future__ import annotations

from collections.abc import Sequence

from bot.evaluation.metrics.statistics import mean, share
from bot.evaluation.rows.figures import Figure, Row, Target
from bot.evaluation.verifying import Verified

_RIGHT = Target(0.90, 0.97)
_WRONG = Target(0.95, 0.99)
_MILLISECONDS = Target(5, 3, low=True)


def verification_rows(kept_out: Sequence[Verified], in_view: Sequence[Verified]) -> tuple[Row, ...]:
    """Return the recall of wrong and of right sentences, and the time that one takes on average beyond encoding it.

    First that of the cases that no rule was written with in view, then that of the others. Those that paraphrase their
    passages are counted apart as well, and the wrong ones by what is wrong in them.
    """
    kinds = sorted({each.case.change for each in (*kept_out, *in_view) if each.case.change})
    return (
        *_rows("kept out", kept_out),
        *_rows("in view", in_view),
        *(_kind_row(kind, kept_out, in_view) for kind in kinds),
    )


def _rows(which: str, verified: Sequence[Verified]) -> tuple[Row, Row]:
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
    )


def _kind_row(kind: str, kept_out: Sequence[Verified], in_view: Sequence[Verified]) -> Row:
    each_set = [[each for each in verified if each.case.change == kind] for verified in (kept_out, in_view)]
    counts = " / ".join(str(len(verified)) for verified in each_set)
    return Row(
        f"Verifier, wrong {kind} found, of {counts}: kept out / in view", tuple(map(_recall, each_set))
    )


def _paraphrasing(verified: Sequence[Verified]) -> list[Verified]:
    return [each for each in verified if each.case.paraphrase]


def _recall(verified: Sequence[Verified], target: Target | None = None) -> Figure:
    return Figure(share([each.is_right for each in verified]), target)


def _milliseconds(verified: Sequence[Verified]) -> Figure:
    beyond = mean([each.verifying - each.encoding for each in verified])
    return Figure(None if beyond is None else 1000 * beyond, _MILLISECONDS, "{:.1f} ms")
