from __future__ import annotations

import pytest

from bot.verifying.replaced import replaced_reasons
from index.embedding import Embedder
from tests.bot.verifying.aligning import aligned

CROSSING = (
    "The auditors expect the tunnel to cost 13.7 billion crowns. An earlier study had spoken of 5.9 billion crowns for"
    " the bridge."
)
DAMS = "The Ambrell dam is 58 metres high. The smaller Ambrey dam, which stands 26 kilometres off, is not affected."
FEVER = "Cases of dengue fever more than doubled in the province to 5,100."


@pytest.mark.parametrize(
    ("sentence", "passage", "theirs"),
    [
        ("The auditors expect the bridge to cost 13.7 billion crowns.", CROSSING, "tunnel"),
        ("The smaller Ambrell dam is not affected.", DAMS, "Ambrey"),
    ],
)
def test_one_thing_in_another_s_place_is_not_borne_out(
    embedder: Embedder, sentence: str, passage: str, theirs: str
) -> None:
    reasons = list(replaced_reasons(aligned(embedder, sentence, passage)))
    assert reasons
    assert reasons[0].startswith(f"The passages say this of “{theirs}”, not of ")


@pytest.mark.parametrize(
    ("sentence", "passage"),
    [
        ("The auditors expect the tunnel to cost 13.7 billion crowns.", CROSSING),
        ("The auditors expect the project to cost 13.7 billion crowns.", CROSSING),
        ("The smaller Ambrey dam is not affected.", DAMS),
        ("The Ambrell dam, unlike the smaller Ambrey dam, is 58 metres high.", DAMS),
        ("Dengue cases more than doubled in the province.", FEVER),
    ],
)
def test_another_word_for_the_same_thing_is_no_other_thing(
    embedder: Embedder, sentence: str, passage: str
) -> None:
    assert not list(replaced_reasons(aligned(embedder, sentence, passage)))
