from __future__ import annotations

import hashlib
import random
import re
import time
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from index.articles import Article, Draft
from index.likeness import BANDS, MOST_CUT, are_copies, band_keys, resemblance, sketch
from index.readers import read_file

EXAMPLES = Path(__file__).parents[2] / "examples" / "articles"

FERRY = """PORT ELDEN (TNA) – At least 19 people were killed when the ferry Halcyon Tern capsized off Port Elden on \
Tuesday, the coast guard said.

“We are still searching the car deck,” said Commander Nils Averbeck, who leads the divers. The ship had 6,500 litres \
of fuel on board, and none of it has leaked, he said.

The Elden Ferry Company said that 92 percent of the passengers had been counted when they boarded shortly after 5 a.m. \
on the quay. It was not aware of any fault in the bow door, its director, Ruth Ambry, told reporters.

The strait is 14 kilometers wide at Port Elden and has seen no accident of this kind since 1987. Transport Minister \
Ilsa Marren ordered an inquiry and closed the harbour to all ships of the same class.

The inquiry will be led by Judge Otto Brand. He expects it to take until September."""

COOKIES = """We use cookies and similar technologies to store and read information on your device. You can accept \
them, or choose what you agree to in the settings. Our partners measure how pages are used and show advertising that \
fits your interests. You can withdraw your consent at any time at the foot of each page."""


def article(
    text: str, title: str | None = "Ferry capsizes off Port Elden", publisher: str | None = None
) -> Article:
    identity = hashlib.sha256(f"{publisher} {title} {text}".encode()).hexdigest()
    return Article(identity, title, None, publisher, (), None, None, "en", text, "ferry.txt")


WIRE = article(FERRY, publisher="Thalsen News Agency")


def carried(*changes: tuple[str, str], title: str | None = WIRE.title) -> Article:
    """Return the wire story as another outlet might carry it."""
    text = FERRY
    for old, new in changes:
        assert old in text
        text = text.replace(old, new, 1)
    return article(text, title, "The Harbour Post")


LAST = "\n\nThe inquiry will be led by Judge Otto Brand. He expects it to take until September."


@pytest.mark.parametrize(
    "copy",
    [
        carried(),
        carried(("\n\n", "\n"), ("\n\n", " "), (" the ", "\u00a0the  ")),
        carried(("“", '"'), ("”", '"'), ("–", "-")),
        carried(("PORT ELDEN (TNA) – ", "")),
        carried(("PORT ELDEN (TNA) – ", "Reuters - ")),
        carried(("PORT ELDEN (TNA) – ", "(AP) ")),
        carried(("PORT ELDEN (TNA) – ", "Port Elden, March 12 (TNA) - ")),
        carried(("September.", "September.\n\nReporting by Ada B. Brook in Elden; Editing by C. Ott")),
        carried(("September.", "September. (Reporting by Ada Brook; Editing by Cy Ott)")),
        carried(("September.", "September.\n\n© 2024 The Harbour Post. All rights reserved.")),
        carried(("September.", "September.\n\nThe Associated Press contributed to this report.")),
        carried(
            (
                "September.",
                "September.\n\nThis article was first published by Thalsen News Agency on 12 March.",
            )
        ),
        carried(("“We", "Sign up for our newsletter to get the day's news at 7.\n\n“We")),
        carried(("“We", "More:Why the U.S. Capitol closed at 3 on Friday\n\n“We")),
        carried(("“We", "Read more: Two new pilot boats for Wexmoor\n\n“We")),
        carried(("PORT", "By Ada Brook\n\nPORT")),
        carried(("PORT", "The Harbour Post brings its readers this story from the strait.\n\nPORT")),
        carried(("The Elden", "Ferry Company not aware of fault\n\nThe Elden")),
        carried(("percent", "per cent"), ("5 a.m.", "5am"), ("kilometers", "kilometres")),
        carried(("92 percent", "92%"), ("5 a.m.", "5:00 a.m."), ("litres", "liters"), ("harbour", "harbor")),
        carried(("on Tuesday", "Tuesday"), ("said that 92", "said 92")),
        carried(("6,500", "6500")),
        carried(("6,500", "6 500")),
        carried(("6,500", "6.5 thousand")),
        carried(("19", "nineteen"), ("14", "fourteen")),
        carried(("Judge Otto Brand", "Elden Judge Otto Brand")),
        carried((LAST, "")),
        carried((LAST, ""), ("percent", "per cent"), ("PORT ELDEN (TNA) – ", "")),
        carried((" He expects it to take until September.", "")),
        carried((" to take until September.", " …")),
        carried(title="Nineteen killed as ferry capsizes off Elden"),
        carried(title="Ferry capsizes, killing 19 - The Harbour Post"),
        carried(title=None),
    ],
)
def test_what_an_outlet_changes_without_changing_what_is_said_leaves_a_copy(copy: Article) -> None:
    assert are_copies(WIRE, copy)
    assert are_copies(copy, WIRE)
    assert set(band_keys(sketch(WIRE.text))) & set(band_keys(sketch(copy.text)))


@pytest.mark.parametrize(
    "version",
    [
        carried(("19", "21")),
        carried(("19", "twenty-one")),
        carried(("At least 19", "19")),
        carried(("6,500", "65,00")),
        carried(("6,500", "6,501")),
        carried(("1987", "1978")),
        carried(("5 a.m.", "5 p.m.")),
        carried(("5 a.m.", "5:30 a.m.")),
        carried(("92 percent", "92")),
        carried(("14 kilometers", "−14 kilometers")),
        carried(("litres", "tonnes")),
        carried(("Tuesday", "Wednesday")),
        carried(("September", "October")),
        carried(("Ilsa Marren", "Ilse Marran")),
        carried(("Otto Brand", "Otto Brandt")),
        carried(("Port Elden on", "Port Eldin on")),
        carried(("Ruth Ambry", "its owner")),
        carried(("has leaked", "has not leaked")),
        carried(("was not aware", "was aware")),
        carried(("was not aware", "wasn’t aware")),
        carried(("were killed", "were injured")),
        carried(("closed the harbour", "opened the harbour")),
        carried(("September.", "September.\n\nUpdate: Two of the missing were found alive.")),
        carried(("September.", "September.\n\nAn earlier version of this article misstated the toll.")),
        carried(("“We", "Two more bodies were found on Thursday, Commander Nils Averbeck said.\n\n“We")),
        carried(("“We", "The minister has resigned.\n\n“We")),
        carried(("PORT", "The minister has resigned.\n\nPORT")),
        carried(("PORT", "This story names 3 more victims.\n\nPORT")),
        carried(("The Elden", "Minister resigns\n\nThe Elden")),
        carried(("he said.\n\n", "he said.\n\nThe divers rest.\n\n")),
        carried(("the coast guard", "the Elden coast guard")),
        carried(("off Port Elden", "off Ambry, Port Elden")),
        carried(("“We", "Writing by hand was found in the log.\n\n“We")),
        carried(("“We", "Copyright holders sued the firm.\n\n“We")),
        carried(("“We", "(c) The mate was drunk.\n\n“We")),
        carried(("“We", "Like our readers, the mayor left.\n\n“We")),
        carried((LAST, "\n\nThe inquiry has not been given to anyone.")),
        carried(("PORT ELDEN (TNA)", "WEXMOOR (TNA)")),
        article(FERRY[: FERRY.index("The Elden Ferry")], publisher="The Harbour Post"),
        replace(carried((LAST, "")), publisher=WIRE.publisher),
        carried(title="Ferry toll rises to 21, with the ferry capsized off Port Elden"),
    ],
)
def test_whatever_changes_what_is_said_makes_a_version(version: Article) -> None:
    wire = (
        replace(WIRE, title="Ferry capsized off Port Elden, 19 killed")
        if "21" in str(version.title)
        else WIRE
    )
    assert not are_copies(wire, version)
    assert not are_copies(version, wire)


def test_one_figure_makes_a_version_of_an_article_of_any_length() -> None:
    long = "\n\n".join(f"{FERRY} It was dive {number}." for number in range(300))
    assert are_copies(article(long), article(long.replace("percent", "per cent")))
    assert not are_copies(article(long), article(long.replace("dive 271.", "dive 272.")))


@pytest.mark.parametrize(
    ("one", "other"),
    [
        (article(COOKIES, "Mayor of Elden resigns"), article(COOKIES, "Cod quota cut again")),
        (article(COOKIES, "Mayor of Elden resigns"), article(COOKIES, None)),
        (article(COOKIES, "What now?"), article(COOKIES, "And then?")),
        (
            article("Tide tables stand in the printed paper.", "Tide tables for Elden"),
            article("Tide tables stand in the printed paper.", "Tide tables for Eldin"),
        ),
        (
            article(f"The mayor of Elden has resigned.\n\n{COOKIES}", "Mayor resigns"),
            article(f"The cod quota was cut again.\n\n{COOKIES}", "Cod quota cut"),
        ),
        (
            article(f"The mayor of Elden has resigned.\n\n{COOKIES}", "Mayor resigns"),
            article(COOKIES, "Mayor resigns"),
        ),
        (article("Subscribe to read this.", "Mayor resigns"), article("Sign up for more.", "Mayor resigns")),
        (article("🚢", "Ferry"), article("🛶", "Ferry")),
        (
            article("Elden: 14 degrees, rain. Wexmoor: 11 degrees, dry. Winds from the west.", "The weather"),
            article("Elden: 14 degrees, rain. Wexmoor: 12 degrees, dry. Winds from the west.", "The weather"),
        ),
        (
            article("Elden Rovers beat Wexmoor Town by a goal in the last minute.", "League results"),
            article("Wexmoor Town beat Elden Rovers by a goal in the last minute.", "League results"),
        ),
    ],
)
def test_articles_are_not_copies_for_a_notice_or_a_template_that_they_share(
    one: Article, other: Article
) -> None:
    assert not are_copies(one, other)
    assert not are_copies(other, one)


def sample() -> dict[str, Article]:
    found = {}
    for path in sorted(EXAMPLES.iterdir()):
        for line, draft in read_file(path):
            assert isinstance(draft, Draft)
            name = f"{path.name}:{line}" if line else path.name
            found[name] = replace(
                article(draft.text, draft.title, draft.publisher), url=draft.url, authors=draft.authors
            )
    return found


def test_of_the_sample_articles_only_the_wire_story_has_copies() -> None:
    articles = sample()
    wire = {"dam-evacuation.txt", "dam-evacuation-harbour-post.html", "strait-papers.jsonl:1"}
    copies = {
        (one, other)
        for one in articles
        for other in articles
        if one < other and are_copies(articles[one], articles[other])
    }
    assert copies == {(one, other) for one in wire for other in wire if one < other}
    keys = {name: set(band_keys(sketch(found.text))) for name, found in articles.items()}
    assert {
        (one, other) for one in keys for other in keys if one < other and keys[one] & keys[other]
    } >= copies


def test_a_sketch_and_its_keys_are_the_same_on_each_machine() -> None:
    signature = sketch(FERRY)
    assert len(signature) == 768
    assert (
        hashlib.sha256(signature).hexdigest()
        == "96580345177022e22637c3927ce6133d33832dfe38af3c3fa435c6a4d62b7239"
    )
    keys = band_keys(signature)
    assert len(set(keys)) == BANDS
    assert all(-(2**63) <= key < 2**63 for key in keys)
    assert (
        hashlib.sha256(repr(keys).encode()).hexdigest()
        == "df6ededa4c1bc04e051d001ea43243b0063a6427270a17d0ff3c6535000e4cc5"
    )


def texts(share: float, seed: int) -> tuple[str, str]:
    """Return two texts of 600 words of which `share` of the runs in either of them is in both."""
    chance = random.Random(seed)
    common = 2 * share / (1 + share)
    words = [[f"w{chance.randrange(10**6)}".translate(LETTERS) for _ in range(600)] for _ in range(2)]
    words[1][: round(600 * common)] = words[0][: round(600 * common)]
    return " ".join(words[0]), " ".join(words[1])


LETTERS = str.maketrans("0123456789", "abcdefghij")


@pytest.mark.parametrize("share", [0.2, 0.55, 0.8])
def test_sketches_tell_how_much_two_texts_share(share: float) -> None:
    pairs = [texts(share, seed) for seed in range(40)]
    found = [resemblance(sketch(one), sketch(other)) for one, other in pairs]
    assert abs(sum(found) / len(found) - share) < 0.03
    assert all(abs(each - share) < 0.2 for each in found)


def test_likely_copies_share_a_band_and_unrelated_texts_do_not() -> None:
    assert MOST_CUT <= 0.4
    meets = [
        bool(set(band_keys(sketch(one))) & set(band_keys(sketch(other))))
        for one, other in (texts(0.55, seed) for seed in range(100))
    ]
    assert sum(meets) >= 99
    keys = [key for seed in range(100) for text in texts(0, seed) for key in band_keys(sketch(text))]
    assert len(set(keys)) == len(keys)


def test_texts_of_no_or_few_words_have_sketches() -> None:
    assert sketch("") == sketch(" … ")
    assert resemblance(sketch("Ferry"), sketch("ferry!")) == 1
    assert resemblance(sketch("Ferry"), sketch("Dam")) == 0


@pytest.mark.parametrize(
    ("one", "other"),
    [
        (" ".join(["tide"] * 100_000), " ".join(["tide"] * 99_000 + ["ebb"])),
        (
            " ".join(f"{n} tides." for n in range(50_000)),
            " ".join(f"{n} tides." for n in range(50_000, 0, -1)),
        ),
        (FERRY * 600, FERRY * 300 + "Not so. " + FERRY * 300),
    ],
)
def test_the_longest_texts_are_told_apart_in_time(one: str, other: str) -> None:
    begin = time.process_time()
    assert not are_copies(article(one), article(other))
    assert time.process_time() - begin < 20


SENTENCES = st.lists(
    st.sampled_from([*re.split(r"(?<=\.)\s+", FERRY), "It is 7 o’clock.", "3.75!"]), min_size=1, max_size=12
).map(" ".join)
TEXTS = st.one_of(SENTENCES, st.text(max_size=60))


@given(TEXTS, TEXTS)
def test_it_does_not_matter_which_article_comes_first(one: str, other: str) -> None:
    assert are_copies(article(one), article(other)) == are_copies(article(other), article(one))
    assert are_copies(article(one), article(one, publisher="The Harbour Post"))


@given(TEXTS, st.sampled_from(["\n", "\n\n", "\t", "  ", "\u00a0"]))
def test_white_space_makes_no_difference(text: str, space: str) -> None:
    changed = re.sub(r"\s+", space, text)
    assert are_copies(article(text), article(changed))
    assert sketch(text) == sketch(changed)


@given(SENTENCES, st.data())
def test_any_other_digit_makes_a_version(text: str, data: st.DataObject) -> None:
    places = [place for place, character in enumerate(text) if character.isdigit()]
    assume(places)
    place = data.draw(st.sampled_from(places))
    digit = data.draw(st.sampled_from([digit for digit in "0123456789" if digit != text[place]]))
    assert not are_copies(article(text), article(text[:place] + digit + text[place + 1 :]))
