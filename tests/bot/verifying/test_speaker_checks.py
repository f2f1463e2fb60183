from __future__ import annotations

import pytest

from bot.verifying.speaker_checks import speaker_reasons
from index.embedding import Embedder
from tests.bot.verifying.aligning import aligned

DAM = (
    "The dam is safe, said Ada Berg, the energy minister. "
    "Opposition leader Olav Ranta told reporters that the spillway had cracked in March."
)
SIEGE = "Rebels denied shelling the hospital in Torsk. The army said that 12 patients had died there."


STOCKS = (
    "Cholera has spread to six provinces, the WHO said on Wednesday. The country's vaccine stocks will run out in ten"
    " days, Health Minister Grace Mutombe warned."
)
CRACKS = (
    "Miro Paskal told a committee that cracks in the dam had widened. The director, Lenka Sova, insisted before that"
    " committee that the cracks were harmless."
)


@pytest.mark.parametrize(
    ("sentence", "passage"),
    [
        ("Ada Berg said the dam is safe.", DAM),
        ("The energy minister said the dam is safe.", DAM),
        ("According to Olav Ranta, the spillway had cracked in March.", DAM),
        ("The opposition leader said the spillway cracked in March.", DAM),
        ("The dam is safe.", DAM),
        ("The army said 12 patients had died in Torsk.", SIEGE),
        ("A third of respondents said the dam is safe.", DAM),
    ],
)
def test_what_somebody_says_may_be_told_as_theirs(embedder: Embedder, sentence: str, passage: str) -> None:
    assert not list(speaker_reasons(aligned(embedder, sentence, passage)))


@pytest.mark.parametrize(
    ("sentence", "passage", "instead"),
    [
        ("Olav Ranta said the dam is safe.", DAM, "Ada Berg, the energy minister"),
        ("The spillway had cracked in March, Ada Berg told reporters.", DAM, "Opposition leader Olav Ranta"),
        ("The WHO said the stocks would run out in ten days.", STOCKS, "Health Minister Grace Mutombe"),
        ("The cracks are harmless, Miro Paskal told a committee.", CRACKS, "the director, Lenka Sova"),
        ("Rebels said that 12 patients had died there.", SIEGE, "the army"),
    ],
)
def test_what_another_says_is_no_ones_else(
    embedder: Embedder, sentence: str, passage: str, instead: str
) -> None:
    reasons = list(speaker_reasons(aligned(embedder, sentence, passage)))
    assert len(reasons) == 1
    assert reasons[0].startswith(f"The passages have this said by {instead}, not by ")


def test_where_nobody_is_named_the_reason_names_nobody(embedder: Embedder) -> None:
    passage = "The dam is safe. The mayor of Torsk, Ada Berg, opened a school on Monday."
    sentence = "Olav Ranta said the dam is safe."
    assert list(speaker_reasons(aligned(embedder, sentence, passage))) == [
        "No cited passage has Olav Ranta say this."
    ]
