from __future__ import annotations

import pytest

from bot.verifying.modality import modality_reasons
from index.embedding import Embedder
from tests.bot.verifying.aligning import aligned

DEBT = "The minister said that the state's debt would reach 52.9 percent of output by the end of 2026."
PLANT = "The company plans to build a plant in Torsk."
OPENED = "The mayor opened the bridge on Friday and will open a second one in May."


@pytest.mark.parametrize(
    ("sentence", "passage", "said"),
    [
        ("The state's debt reached 52.9 percent of output by the end of 2026.", DEBT, "would reach"),
        ("The company built a plant in Torsk.", PLANT, "plans to build"),
        ("The ferry stopped in May.", "The ferry may soon stop.", "may soon stop"),
        ("The fee was doubled.", "The fee is to be doubled.", "is to be doubled"),
    ],
)
def test_what_is_only_expected_is_not_told_as_done(
    embedder: Embedder, sentence: str, passage: str, said: str
) -> None:
    (reason,) = modality_reasons(aligned(embedder, sentence, passage))
    assert reason.startswith(f"The passages say “{said}”, not “")


@pytest.mark.parametrize(
    ("sentence", "passage"),
    [
        ("The state's debt would reach 52.9 percent of output by the end of 2026.", DEBT),
        ("The state's debt will reach 52.9 percent of output by the end of 2026.", DEBT),
        ("The company planned to build a plant in Torsk.", PLANT),
        ("The mayor opened the bridge on Friday.", OPENED),
        ("The envoy left.", "The envoy, who came in May, left."),
        ("The company reached a deal.", "The company failed to reach a deal."),
    ],
)
def test_what_is_left_open_or_done_in_both_is_no_matter(
    embedder: Embedder, sentence: str, passage: str
) -> None:
    assert not list(modality_reasons(aligned(embedder, sentence, passage)))
