from __future__ import annotations

import ast
from datetime import UTC, datetime
from pathlib import Path

import pytest

from bot.evaluation import plain_check, plain_numbers
from bot.evaluation.plain_check import Cited, not_standing
from bot.evaluation.plain_numbers import numbers_in

TEXT = (
    "Up to 6,500 boats, two-thirds of them from Elden, were counted by Mayor Ida Holm’s office on Tuesday. "
    "Between 40 and 50 million crowns were spent, 25 percent of it by the Quay Trust (QT); eleven ships sank. "
    "The U.S. consul, Rolf Orrick-Vale, gave $2.4bn and half a million euros after 6.15 p.m."
)
CITED = Cited(TEXT, "Three Storms in a Row", "Harbour Post", datetime(2024, 5, 13, tzinfo=UTC))


@pytest.mark.parametrize(
    ("text", "numbers"),
    [
        ("6,500 or 6500", [6500]),
        ("6.5 thousand", [6500]),
        ("six and a half thousand", [6500]),
        ("eleven", [11]),
        ("twenty-three of forty two", [23, 42]),
        ("two hundred and six", [206]),
        ("three thousand four hundred", [3400]),
        ("two dozen, and a dozen", [24, 12]),
        ("half a million", [500_000]),
        ("a million", [1_000_000]),
        ("millions of crowns, thousands of boats", []),
        ("2.4bn and $1.1 billion", [2_400_000_000, 1_100_000_000]),
        ("€640m and 5k", [640_000_000, 5_000]),
        ("two-thirds, three quarters", [2 / 3, 0.75]),
        ("a quarter of it", [0.25]),
        ("a third attempt in the third quarter", []),
        ("2024-25", [2024, 25]),
        ("at 5am", [5]),
        ("no one, the one, one another, one of them", []),
        ("one boat", [1]),
        ("someone, often, weight", []),
    ],
)
def test_numbers_are_known_by_their_value(text: str, numbers: list[float]) -> None:
    assert sorted(map(float, numbers_in(text))) == sorted(numbers)


@pytest.mark.parametrize(
    "sentence",
    [
        "Up to 6.5 thousand boats were counted.",
        "Six and a half thousand boats were counted, two-thirds of them from Elden.",
        "40 million crowns at least were spent, or forty million.",
        "A quarter of it came from the Quay Trust, QT for short.",
        "11 ships sank.",
        "The US consul Orrick-Vale gave $2.4 billion and 500,000 euros.",
        "Rolf Orrick-Vale gave it at 6.15 p.m.",
        "Holm's office counted them.",
        "They spent 50m crowns.",
        "Holm’s Quay Trust spent it at 25 °C.",
        "Ida Holm counted them.",
        "Ships sank, the Harbour Post wrote on Monday, 13 May 2024.",
        "Three storms hit Elden. Boats sank.",
        "“Boats sank,” said Holm. “Many of them.”",
        "The office said: “Boats sank.”",
        "After Tuesday I’m sure.",
    ],
)
def test_what_stands_there_passes(sentence: str) -> None:
    assert not_standing(sentence, [CITED]) == ()


@pytest.mark.parametrize(
    ("sentence", "missing"),
    [
        ("Up to 9,500 boats were counted.", ("9500",)),
        ("Twelve ships sank.", ("12",)),
        ("6,500 million boats were counted.", ("6.5e+09",)),
        ("A half of it came from the Quay Trust.", ("0.5",)),
        ("Mayor Ida Holt counted them.", ("mayor ida holt",)),
        ("Edna Holm counted them.", ("edna holm",)),
        ("The Quay Company spent it.", ("quay company",)),
        ("It was spent by the Trust (TQ).", ("tq",)),
        ("They sank on Friday.", ("friday",)),
        ("They sank in June 2025.", ("2025", "june")),
        ("Boats sank, said “Harrow”.", ("harrow",)),
        ("The consul of the U.K. paid.", ("uk",)),
        ("On Norrland they sank.", ("norrland",)),
    ],
)
def test_what_stands_nowhere_is_told(sentence: str, missing: tuple[str, ...]) -> None:
    assert not_standing(sentence, [CITED]) == missing


def test_a_name_is_not_put_together_from_two_sources() -> None:
    sources = [Cited("Ilsa Marren is the minister."), Cited("Ilse Marran is a member of parliament.")]
    assert not_standing("It was Ilsa Marren.", sources) == ()
    assert not_standing("It was Ilsa Marran.", sources) == ("ilsa marran",)


def test_nothing_is_cited() -> None:
    assert not_standing("Boats sank.", []) == ()
    assert not_standing("Boats sank off Elden, all 11.", []) == ("11", "elden")


def test_german_figures_are_those_of_an_english_sentence() -> None:
    cited = [Cited("Die Linie 9 ist 8,4 Kilometer lang und hatte 41.500 Fahrgäste.")]
    assert not_standing("The line is 8.4 kilometres long and had 41,500 passengers.", cited) == ()


@pytest.mark.parametrize("module", [plain_check, plain_numbers])
def test_it_shares_no_code_with_the_verifier(module: object) -> None:
    tree = ast.parse(Path(str(getattr(module, "__file__", ""))).read_text())
    imported = {node.module or "" for node in ast.walk(tree) if isinstance(node, ast.ImportFrom)}
    assert {name for name in imported if name.startswith(("bot", "index"))} <= {
        "bot.evaluation.plain_numbers"
    }
