"""The page as a browser lays it out, where there is one: nothing too wide, nothing over another, nothing cut off."""

from __future__ import annotations

import html
import json
import re
import shutil
import subprocess
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest

from bot.evaluation.html_report import render_html
from tests.bot.evaluation.html_report import reports

BROWSER = next(filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome"))), None)
pytestmark = pytest.mark.skipif(BROWSER is None, reason="there is no Chromium")

WIDTHS = (380, 400, 768, 1200, 1600)
TIMES: dict[str, tuple[float, ...]] = {
    "one": (0.05,),
    "all the same": (0.3,) * 30,
    "close to each other": (0.1,) * 10 + (0.11,) * 10 + (0.13,),
    "one far away": (0.01,) * 5 + (0.05,) * 5 + (0.12,) * 9 + (60.0,),
    "wide apart": tuple(place / 3 for place in range(60)),
    "slow": tuple(1000.0 + place for place in range(40)),
    "many": tuple(0.05 + place % 97 / 1000 for place in range(150)),
    "at once": (0.0,) * 3,
}
"""Seconds that answers took, by what is hard to draw about them."""
_DARK, _LIGHT = 0, 1
Pages = Mapping[str, tuple[int, str]]
"""Pages, each with the width of its window, by name."""

# The page itself keeps its policy, under which nothing in it runs: it is measured from the page around it.
_MEASURE = r"""
const CHOICES = [
  ["all", "any-tag"], ["only-failed", "any-tag"], ["only-passed", "tag-1"], ["only-passed", "tag-5"]
];
const shown = (range) => [...range.getClientRects()].filter((each) => each.width > 1 && each.height > 1);
function texts(root) {
  const found = [], walker = root.ownerDocument.createTreeWalker(root, NodeFilter.SHOW_TEXT);
  for (let node; (node = walker.nextNode()); ) {
    if (!node.data.trim()) continue;
    const range = root.ownerDocument.createRange();
    range.selectNodeContents(node);
    for (const rect of shown(range)) found.push({ node, rect, said: node.data.trim().slice(0, 40) });
  }
  return found;
}
function overlapping(root) {
  const all = texts(root), pairs = [];
  all.forEach((one, place) => all.slice(place + 1).forEach((other) => {
    if (one.node.parentNode === other.node.parentNode) return;
    const across = Math.min(one.rect.right, other.rect.right) - Math.max(one.rect.left, other.rect.left);
    const down = Math.min(one.rect.bottom, other.rect.bottom) - Math.max(one.rect.top, other.rect.top);
    if (across > 1 && down > 3) pairs.push([one.said, other.said]);
  }));
  return pairs;
}
function cutOff(document) {
  return [...document.querySelectorAll("svg")].flatMap((svg) => {
    const whole = svg.getBoundingClientRect();
    return [...svg.querySelectorAll("text")].filter((text) => {
      const rect = text.getBoundingClientRect();
      return rect.left < whole.left - 0.5 || rect.right > whole.right + 0.5
        || rect.top < whole.top - 0.5 || rect.bottom > whole.bottom + 0.5;
    }).map((text) => text.textContent);
  });
}
function filtered(document) {
  const visible = () => [...document.querySelectorAll(".case, .none")].filter((each) => each.getClientRects().length);
  return Object.fromEntries(CHOICES
    .map((buttons) => {
      buttons.forEach((id) => document.querySelector(`label[for=${id}]`)?.click());
      return [buttons.join(" "), visible().map((each) => each.classList[1] ?? each.textContent)];
    }));
}
addEventListener("load", () => {
  const findings = [...document.querySelectorAll("iframe")].map((frame) => {
    const page = frame.contentDocument, root = page.documentElement;
    for (const each of page.querySelectorAll("details")) each.open = true;
    return {
      name: frame.name, asked: Number(frame.width), width: root.clientWidth, needs: root.scrollWidth,
      overlapping: [...page.querySelectorAll("header, section:not(#cases), .case > summary, .said, aside")]
        .flatMap(overlapping),
      cutOff: cutOff(page), texts: page.querySelectorAll("svg text").length,
      ground: frame.contentWindow.getComputedStyle(page.body).backgroundColor, filtered: filtered(page),
    };
  });
  const written = document.createElement("pre");
  written.id = "findings";
  written.textContent = JSON.stringify(findings);
  document.body.append(written);
});
"""


def look(pages: Pages, folder: Path, scheme: int) -> list[dict[str, Any]]:
    """Return how pages are laid out in a colour scheme."""
    frames = "".join(
        f'<iframe name="{name}" width="{width}" height="1200" srcdoc="{html.escape(page)}"></iframe>'
        for name, (width, page) in pages.items()
    )
    around = folder / "around.html"
    around.write_text(f'<!doctype html><meta charset="utf-8"><body>{frames}<script>{_MEASURE}</script>')
    dom = browse(around, scheme, "--dump-dom").decode()
    said = re.search(r'<pre id="findings">(.*?)</pre>', dom, re.DOTALL)
    assert said
    found: list[dict[str, Any]] = json.loads(html.unescape(said[1]))
    return found


def picture(page: str, folder: Path, scheme: int) -> bytes:
    """Return the top of the page as a PNG file."""
    file, image = folder / "page.html", folder / "page.png"
    file.write_text(page)
    browse(file, scheme, f"--screenshot={image}", "--window-size=1200,2000")
    return image.read_bytes()


def browse(file: Path, scheme: int, *options: str) -> bytes:
    """Open a file in the browser, and return what that prints."""
    assert BROWSER
    options += ("--headless=new", "--no-sandbox", "--disable-gpu", "--hide-scrollbars")
    options += (f"--user-data-dir={file.parent}", f"--blink-settings=preferredColorScheme={scheme}")
    run = subprocess.run([BROWSER, *options, file.as_uri()], capture_output=True, timeout=60, check=True)
    return run.stdout


@pytest.fixture(scope="module")
def page() -> str:
    return render_html(reports.varied())


@pytest.fixture(scope="module")
def light(page: str, tmp_path_factory: pytest.TempPathFactory) -> list[dict[str, Any]]:
    pages = {f"{width} wide": (width, page) for width in WIDTHS}
    pages |= {name: (400, reports.charted(*seconds)) for name, seconds in TIMES.items()}
    return look(pages, tmp_path_factory.mktemp("light"), _LIGHT)


def test_the_page_is_as_wide_as_its_window(light: list[dict[str, Any]]) -> None:
    assert len(light) == len(WIDTHS) + len(TIMES)
    assert all(each["width"] == each["needs"] == each["asked"] for each in light)


def test_no_text_stands_over_another(light: list[dict[str, Any]]) -> None:
    assert {each["name"]: each["overlapping"] for each in light if each["overlapping"]} == {}


def test_the_text_of_a_chart_is_within_it(light: list[dict[str, Any]]) -> None:
    assert all(each["texts"] > 20 for each in light)
    assert {each["name"]: each["cutOff"] for each in light if each["cutOff"]} == {}


def test_buttons_choose_among_the_cases(light: list[dict[str, Any]]) -> None:
    chosen = light[0]["filtered"]
    assert chosen["all any-tag"] == ["failed"] * 10 + ["passed"] * 22
    assert chosen["only-failed any-tag"] == ["failed"] * 10
    assert chosen["only-passed tag-1"] == ["passed"] * 6
    assert chosen["only-passed tag-5"] == ["No such case has this tag."]


def test_dark_is_dark_and_laid_out_the_same(page: str, light: list[dict[str, Any]], tmp_path: Path) -> None:
    dark = look({"1200 wide": (1200, page), "400 wide": (400, page)}, tmp_path, _DARK)
    alike = [next(each for each in light if each["name"] == one["name"]) for one in dark]
    assert {each["ground"] for each in alike} == {"rgb(250, 249, 246)"}
    assert {each["ground"] for each in dark} == {"rgb(20, 23, 26)"}
    assert [{**each, "ground": ""} for each in dark] == [{**each, "ground": ""} for each in alike]


def test_light_and_dark_look_different(page: str, tmp_path: Path) -> None:
    light, dark = (picture(page, tmp_path, scheme) for scheme in (_LIGHT, _DARK))
    assert light.startswith(b"\x89PNG")
    assert light != dark
    assert min(len(light), len(dark)) > 20_000, "nothing is drawn"
