from __future__ import annotations

import pytest

from bot.verifying.deeds import deeds_in
from bot.verifying.reading import read


def told(text: str) -> list[tuple[str, str, str]]:
    reading = read(text)

    def words(numbers: tuple[int, ...]) -> str:
        return " ".join(reading.words[number].text for number in numbers)

    return [
        (words(deed.agent), reading.words[deed.verb].text, words(deed.patient)) for deed in deeds_in(reading)
    ]


@pytest.mark.parametrize(
    ("text", "deed"),
    [
        ("Rovik beat Sandal.", ("Rovik", "beat", "Sandal")),
        ("Sandal was beaten by Rovik.", ("Rovik", "beaten", "Sandal")),
        ("Sandal had narrowly been beaten by Rovik.", ("Rovik", "beaten", "Sandal")),
        ("Vuzo, a streaming service, sued Lantern.", ("Vuzo streaming service", "sued", "Lantern")),
        ("Lantern visited Torsk and sued Vuzo.", ("Lantern", "sued", "Vuzo")),
        ("Rovik celebrated a win over Sandal.", ("Rovik", "win", "Sandal")),
        ("Lantern filed a lawsuit against Vuzo.", ("Lantern", "lawsuit", "Vuzo")),
        ("It was Sandal's defeat by Rovik.", ("Rovik", "defeat", "Sandal")),
        ("The takeover of Ottershaw by Tarn is done.", ("Tarn", "takeover", "Ottershaw")),
    ],
)
def test_who_does_what_to_whom_is_found(text: str, deed: tuple[str, str, str]) -> None:
    assert deed in told(text)


def test_where_from_and_where_to_are_parts_of_a_deed() -> None:
    reading = read("Tarn moved its office from Torsk to Bergstad.")
    (deed,) = deeds_in(reading)
    assert [reading.words[number].text for number in (*deed.source, *deed.goal)] == ["Torsk", "Bergstad"]


def test_a_measure_does_nothing() -> None:
    assert told("Prices were raised by 3 percent.") == [("", "raised", "Prices")]
