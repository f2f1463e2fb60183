from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.answering.measures import lacks_measure, measure_asked


@pytest.mark.parametrize(
    ("question", "asked"),
    [
        ("How deep is the strait?", "how deep"),
        ("What is the depth of the strait?", "how deep"),
        ("How broad is the strait?", "how broad"),
        ("How tall is the tower?", "how tall"),
        ("How long is the bridge?", "how long"),
        ("For how long was the road shut?", "how long"),
        ("How fast does the ferry go?", "how fast"),
        ("What is the top speed of the ferry?", "how fast"),
        ("How cold was the water?", "how cold"),
        ("How often does the lamp turn?", "how often"),
        ("How heavy is the bell?", "how heavy"),
        ("At what time does the ferry sail?", "at what time"),
        ("At which hour did she sail?", "at what time"),
        ("What time does the ferry sail?", "at what time"),
        ("At what time of the year does she sail?", None),
        ("When does the ferry sail?", None),
        ("How high is unemployment?", None),
        ("How old is she?", None),
        ("How did it end?", None),
        ("Who won?", None),
    ],
)
def test_what_is_to_be_measured_is_read_from_the_question(question: str, asked: str | None) -> None:
    measure = measure_asked(question)
    assert (measure.asked if measure else None) == asked


@pytest.mark.parametrize(
    ("question", "sentence", "lacks"),
    [
        ("How deep is the strait?", "It is 40 metres deep.", False),
        ("How deep is the strait?", "The bottom lies at 40m.", False),
        ("How deep is the strait?", "It is 17 kilometres wide.", True),
        ("How deep is the strait?", "It is 17 kilometres wide and 40 metres deep.", False),
        ("How thick is the dam?", "It holds 61 million cubic meters of water.", True),
        ("How thick is the dam?", "It was 92 percent full.", True),
        ("How fast is the ferry?", "She does 20 knots.", False),
        ("How fast is the ferry?", "She is 118 metres long.", True),
        ("How long is the bridge?", "It measures 3 km.", False),
        ("How long was the road shut?", "It was shut for two days.", False),
        ("How long was the road shut?", "The road was shut.", True),
        ("How cold was it?", "It was 5 °C.", False),
        ("How cold was it?", "The water is at five degrees.", False),
        ("How often does it turn?", "It turns once in 12 seconds.", False),
        ("How often does it turn?", "It is taller at 44 metres.", True),
        ("At what time did she sail?", "She sailed at 7.30 on Monday.", False),
        ("At what time did she sail?", "She sailed at 7 p.m. on Monday.", False),
        ("At what time did she sail?", "She sailed at seven o’clock.", False),
        ("At what time did she sail?", "She sailed at dawn.", False),
        ("At what time did she sail?", "She sailed on 7 May 2024.", True),
        ("At what time did she sail?", "She sailed with 730 men.", True),
    ],
)
def test_a_sentence_gives_a_measure_or_lacks_it(question: str, sentence: str, lacks: bool) -> None:
    measure = measure_asked(question)
    assert measure is not None
    assert lacks_measure(measure, sentence) is lacks


@given(st.text(), st.text())
def test_no_text_is_too_odd(question: str, sentence: str) -> None:
    measure = measure_asked(question)
    assert measure is None or isinstance(lacks_measure(measure, sentence), bool)
