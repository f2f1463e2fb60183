from __future__ import annotations

import re
from pathlib import Path

import pytest

import bot.evaluation.html_report as package

STYLE = (Path(package.__file__).parent / "templates" / "style.css").read_text()
TEXT_ON = [
    *(("ink", ground) for ground in ("paper", "card", "bad-soft", "mark")),
    *(("muted", ground) for ground in ("paper", "card")),
    *(("good", ground) for ground in ("paper", "card", "good-soft")),
    *(("bad", ground) for ground in ("card", "bad-soft")),
]


def colours(block: str) -> dict[str, str]:
    return dict(re.findall(r"--([\w-]+): (#[0-9a-f]{6})", block))


def luminance(colour: str) -> float:
    parts = [int(colour[place : place + 2], 16) / 255 for place in (1, 3, 5)]
    red, green, blue = (
        part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts
    )
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: str, other: str) -> float:
    """Return the contrast of two colours as WCAG 2 defines it."""
    darker, lighter = sorted((luminance(one), luminance(other)))
    return (lighter + 0.05) / (darker + 0.05)


LIGHT, DARK = (colours(block) for block in re.findall(r":root \{(.*?)\}", STYLE, re.DOTALL)[:2])


@pytest.mark.parametrize("scheme", [LIGHT, DARK], ids=["light", "dark"])
@pytest.mark.parametrize(("text", "ground"), TEXT_ON)
def test_text_can_be_read(scheme: dict[str, str], text: str, ground: str) -> None:
    assert contrast(scheme[text], scheme[ground]) >= 4.5


def test_both_schemes_have_all_colours() -> None:
    assert LIGHT.keys() == DARK.keys()
