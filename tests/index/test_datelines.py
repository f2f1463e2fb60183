from __future__ import annotations

import pytest

from index.datelines import dateline_end


@pytest.mark.parametrize(
    "paragraph",
    [
        "KABUL, AFGHANISTAN – ‖The council met.",
        "LONDON – ‖The council met.",
        "LONDON—‖The council met.",
        "LONDON (Reuters) - ‖The council met.",
        "WASHINGTON, March 3 (AP) — ‖The council met.",
        "WASHINGTON, Mar. 3, 2023 (AP) -- ‖The council met.",
        "GENEVA, Switzerland --‖The council met.",
        "GENEVA, 3 March (Xinhua) -- ‖The council met.",
        "MOSCOW, October 3. (TASS) — ‖The council met.",
        "March 3 (Reuters) - ‖The council met.",
        "(Reuters) - ‖The council met.",
        "PARIS: ‖The council met.",
        "ASHVILLE, N.C. – ‖The council met.",
        "ST. LOUIS (AP) — ‖“We met,” they said.",
        "PORT-AU-PRINCE, Haiti - ‖3 people met.",
        "RIO DE JANEIRO — ‖The council met.",
        "TASHKENT/ALMATY (Reuters) – ‖The council met.",
        "UNITED NATIONS (AP) — ‖The council met.",
        "SÃO PAULO – ‖The council met.",
        "LIMA, PERU - MAY 03: ‖The council met.",
        "New York (CNN Business) ‖For months nobody met.",
        "New York (CNN)‖The council met.",
        "Colombo, Sri Lanka (CNN) — ‖The council met.",
        "Hong Kong/London (CNN) ‖The council met.",
        "Bogota, Colombia CNN —‖",
        "CNN —‖",
        "ASHVILLE, Ohio – March 3, 2023 – ‖Acme Inc. opened a plant.",
        "ASHVILLE, Ohio, March 3, 2023 /PRNewswire/ -- ‖Acme Inc. opened a plant.",
        "NEW YORK--(BUSINESS WIRE)--‖Acme Inc. opened a plant.",
        "CNN Business — ‖The council met.",
        "Paris, France – ‖The council met.",
        "PARIS, March 3\n(AFP) –\n‖The council met.",
        "LONDON (Reuters) - ‖iPhone sales fell.",
    ],
)
def test_a_dateline_ends_where_the_first_sentence_begins(paragraph: str) -> None:
    assert dateline_end(paragraph.replace("‖", "")) == paragraph.index("‖")


@pytest.mark.parametrize(
    "paragraph",
    [
        "NATO – which met on Monday – said no.",
        "NATO – The alliance met on Monday.",
        "COVID-19 – The disease is back.",
        "IMF – The fund met on Monday.",
        "New York (AP) is a bureau.",
        "The European Union (EU) Council met.",
        "The World Health Organization (WHO) – The agency met.",
        "Islamic State (IS) – The group – met.",
        "Apple – The company – met on Monday.",
        "He said – The end is near.",
        "Three people met – Two left.",
        "3 March 2023",
        "“LONDON – The play” opened.",
        "LONDON met PARIS.",
        "He went to LONDON (Reuters) - The council met.",
        "Input/Output (IO) – The device met.",
        "A word: The council met.",
        "",
    ],
)
def test_what_only_looks_like_a_dateline_stays(paragraph: str) -> None:
    assert dateline_end(paragraph) == 0


def test_a_speaker_further_down_is_no_dateline() -> None:
    assert dateline_end("COSTA: I never met them.", opens_article=False) == 0
    assert dateline_end("Paris, France – The council met.", opens_article=False) == 0
