from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.verifying.quotations import quotation_reasons, quotations_in, quoted_stretches
from bot.verifying.reading import read

SAID = "“We can’t wait any longer – not one day,” said the mayor, who called it 'a very real risk'."
NEAR_QUOTATIONS = st.text(st.sampled_from("“”\"«»„‘’' ab.…[]"), max_size=40)


@pytest.mark.parametrize(
    ("text", "quoted"),
    [
        ("He said “no way” twice.", ["no way"]),
        ('He said "no way" twice.', ["no way"]),
        ("He said «no way» twice.", ["no way"]),
        ("He said „no way“ twice.", ["no way"]),
        ("He said ‘no way’ twice.", ["no way"]),
        ("He said 'no way' twice.", ["no way"]),
        ("He said ‘it’s no way’ twice.", ["it’s no way"]),
        ("He said 'it's no way' twice.", ["it's no way"]),
        ("He said “no” and “way”.", ["no", "way"]),
        ("The mayors' boats, and Lund's.", []),
        ("He said “no way", []),
    ],
)
def test_a_quotation_stands_between_any_quotation_marks(text: str, quoted: list[str]) -> None:
    assert quotations_in(text) == quoted
    reading = read(text)
    assert [reading.written(*stretch) for stretch in quoted_stretches(reading)] == quoted


@pytest.mark.parametrize(
    "sentence",
    [
        "“We can't wait any longer” was said.",
        "'we can’t wait ANY longer,' was said.",
        "“We can't wait any longer, not one day” was said.",
        "“We … not one day” was said.",
        "“We can't wait [for help] any longer” was said.",
        "“We can't wait ... not one day” was said.",
        'It is "a very real risk".',
        "We can wait.",
        "It is “…”.",
    ],
)
def test_words_of_the_passage_may_be_quoted(sentence: str) -> None:
    assert list(quotation_reasons(read(sentence), [SAID])) == []


@pytest.mark.parametrize(
    ("sentence", "words"),
    [
        ("“We can wait any longer,” was said.", "We can wait any longer"),
        ("It is 'a real risk'.", "a real risk"),
        ("It is “a very real risks”.", "a very real risks"),
        ("“We ... not two days” was said.", "We ... not two days"),
    ],
)
def test_other_words_may_not(sentence: str, words: str) -> None:
    reasons = list(quotation_reasons(read(sentence), [SAID, "Nothing."]))
    assert reasons == [f"No cited passage holds the words “{words}”."]


@given(text=st.text(max_size=60) | NEAR_QUOTATIONS)
def test_quotations_of_any_text_lie_within_it_and_are_borne_out_by_it(text: str) -> None:
    reading = read(text)
    assert all(quoted in text for quoted in quotations_in(text))
    assert all(0 <= first <= last < len(reading.words) for first, last in quoted_stretches(reading))
    assert list(quotation_reasons(reading, [text])) == []
