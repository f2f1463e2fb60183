from __future__ import annotations

import pytest

from bot.verifying.sayer_checks import sayer_reasons
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
SIGNAL = (
    "Railway spokesman Anand Kulshreth said the train had passed a red signal, while the drivers' union said the signal"
    " had been faulty for weeks."
)
RULING = "The firm was fined on Tuesday. Prosecutor Joost Brandsma called the ruling a clear signal."
TALKS = (
    'The interior minister, Salem Haidar, told reporters: "We have not received a proposal." The chief negotiator,'
    ' Yusuf Bakri, called the talks "a waste of time".'
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
        ("The spokesman said the train passed a red signal.", SIGNAL),
        ("The signal had been faulty for weeks, according to the drivers' union.", SIGNAL),
        ("Joost Brandsma called the ruling a clear signal.", RULING),
        ('Salem Haidar said: "We have not received a proposal."', TALKS),
        ('Haidar, the minister, said they "have not received a proposal".', TALKS),
        ('For Yusuf Bakri the talks were "a waste of time".', TALKS),
        ('The talks were "a waste of time".', TALKS),
        ('Yusuf Bakri spoke of "a great success".', TALKS),
    ],
)
def test_what_somebody_says_may_be_told_as_theirs(embedder: Embedder, sentence: str, passage: str) -> None:
    assert not list(sayer_reasons(aligned(embedder, sentence, passage)))


@pytest.mark.parametrize(
    ("sentence", "passage", "instead"),
    [
        ("Olav Ranta said the dam is safe.", DAM, "Ada Berg"),
        ("The spillway had cracked in March, Ada Berg told reporters.", DAM, "Opposition leader Olav Ranta"),
        ("The WHO said the stocks would run out in ten days.", STOCKS, "Health Minister Grace Mutombe"),
        ("The cracks are harmless, Miro Paskal told a committee.", CRACKS, "The director"),
        ("Rebels said that 12 patients had died there.", SIEGE, "The army"),
        ("Anand Kulshreth said the signal had been faulty for weeks.", SIGNAL, "the drivers' union"),
        ("The firm called the ruling a clear signal.", RULING, "Prosecutor Joost Brandsma"),
    ],
)
def test_what_another_says_is_no_ones_else(
    embedder: Embedder, sentence: str, passage: str, instead: str
) -> None:
    (reason,) = sayer_reasons(aligned(embedder, sentence, passage))
    assert reason.startswith(f"The passages have this said by {instead}, not by ")


@pytest.mark.parametrize(
    ("sentence", "owner"),
    [
        ('"We have not received a proposal," said Yusuf Bakri.', "The interior minister"),
        ('Salem Haidar called the talks "a waste of time".', "The chief negotiator"),
        ('Salem Haidar spoke of "a waste of time".', "The chief negotiator"),
    ],
)
def test_words_of_another_are_told(embedder: Embedder, sentence: str, owner: str) -> None:
    reason = next(sayer_reasons(aligned(embedder, sentence, TALKS)))
    assert reason.startswith(f"The passages quote {owner} with this, not ")
