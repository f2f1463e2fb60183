from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.answering.contrasts import speaks_in_names
from bot.answering.naming import (
    misspelt,
    names_in,
    names_of,
    other_name,
    root_of,
    same_word,
    speaking_words,
    spelled_alike,
)

NAMES = st.from_regex(r"[A-Z][a-z]{2,8}( [A-Z][a-z]{2,8}){0,2}", fullmatch=True)


@pytest.mark.parametrize(
    ("asked", "sentence", "other"),
    [
        ("Halcyon Teal", "Built in 1994, the Halcyon Tern is 118 metres long.", "Halcyon Tern"),
        ("Halcyon Teal", "The Halcyon Tern and the Halcyon Teal are sisters.", None),
        ("Port Eldin", "Signe Vanterpool runs the harbour of Port Elden.", "Port Elden"),
        ("US European Command", "Kurilla leads the US Central Command (CENTCOM).", "US Central Command"),
        ("Hillary Clinton", "Bill Clinton spoke.", "Bill Clinton"),
        ("President Putin", "Vladimir Putin spoke.", None),
        ("Vladimir Putin", "Russian President Putin spoke.", None),
        ("Joe Biden", "President Joe Biden spoke.", None),
        ("Sergei Shoigu", "Sergey Shoygu spoke.", None),
        ("Oskerran Navy", "The Oskerra Navy sailed.", None),
        ("Halcyon", "The Halcyon Tern sailed.", None),
        ("Ambrey", "The Ambrell dam cracked.", "Ambrell"),
        ("New York", "Men from New Amsterdam came.", None),
        ("European Law", "European Union law holds.", None),
        ("Huguenot", "Hugues Capet was king.", None),
        ("Lake Constance", "It flows into Lake Bourget.", "Lake Bourget"),
        ("Ambrey", "The Ambrell dam cracked, above the Ambrey.", None),
        ("Prot Elden", "Signe Vanterpool runs the harbour of Port Elden.", None),
        ("Oskerra", "The Oskerran army marched.", None),
        ("Kestrin Freedom League", "The Free Kestrin Front had 1,200 fighters.", "Free Kestrin Front"),
        ("Joe Biden", "Joseph R. Biden spoke.", None),
        ("Sky Drive Pro", "It became SkyDrive Pro.", None),
        ("", "The Halcyon Tern sailed.", None),
    ],
)
def test_a_like_name_is_another_unless_it_is_the_same_in_another_form(
    asked: str, sentence: str, other: str | None
) -> None:
    assert other_name(asked, sentence) == other


@pytest.mark.parametrize(
    ("one", "other", "same", "alike"),
    [
        ("Oskerra", "Oskerran", True, False),
        ("Ukraine", "Ukrainian", True, False),
        ("Sergei", "Sergey", True, False),
        ("Zelenskiy", "Zelensky", True, False),
        ("Ambrey", "Ambrell", False, True),
        ("Elden", "Eldin", False, True),
        ("Slovakia", "Slovenia", False, True),
        ("Iran", "Iraq", False, False),
        ("Spain", "Spanish", False, False),
        ("Tern", "Teal", False, False),
        ("Protestantism", "Protestant", True, False),
        ("West", "Western", True, False),
        ("Bismark", "Bismarck", True, False),
        ("Celeron", "Céloron", False, False),
        ("Austria", "Australia", False, True),
        ("Marren", "Marron", False, True),
    ],
)
def test_spellings_and_forms_of_one_name_are_told_from_names_that_look_alike(
    one: str, other: str, same: bool, alike: bool
) -> None:
    assert (same_word(one, other), spelled_alike(one, other)) == (same, alike)
    assert (same_word(other, one), spelled_alike(other, one)) == (same, alike)


@pytest.mark.parametrize(
    ("one", "other", "slip"),
    [
        ("Bismark", "Bismarck", True),
        ("Celeron", "Céloron", True),
        ("Shirey", "Shirley", True),
        ("Austria", "Australia", False),
        ("Ambrey", "Ambrell", False),
        ("Elden", "Eldin", False),
        ("Prot", "Port", True),
        ("Edlen", "Elden", True),
        ("PORT", "Prot", True),
        ("Post", "Port", False),
        ("Port", "Port", False),
        ("Torp", "Port", False),
        ("Mya", "May", False),
    ],
)
def test_a_slip_of_the_pen_is_told_from_another_name(one: str, other: str, slip: bool) -> None:
    assert misspelt(one, other) is misspelt(other, one) is slip


def test_in_a_language_that_capitalises_nouns_they_are_no_names() -> None:
    assert names_in("Wie viel Geld hat der Bau der Linie 9 gekostet?") == ("9",)
    assert names_in("Wer ist Chef der CSTO und von Port Elden?") == ("CSTO", "Port Elden")


def test_names_are_runs_of_capitalised_words() -> None:
    assert names_of("The Halcyon Tern left Port Elden, Oskerra; US ships did not.") == [
        "Halcyon Tern",
        "Port Elden",
        "Oskerra",
        "US",
    ]


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("The ships at Corn Quay carried wheat.", "The ships at carried wheat"),
        ("The Corn that came was sold.", "The Corn that came was sold"),
        ("The Health Ministry sold wheat.", "The Health Ministry sold wheat"),
        ("Ida Holm, Mayor of Port Elden", "Mayor of"),
        ("North Quay", ""),
        ("", ""),
    ],
)
def test_a_word_that_is_only_part_of_a_name_says_nothing(text: str, said: str) -> None:
    assert " ".join(speaking_words(text, names_of(text), speaks_in_names)) == said


@pytest.mark.parametrize(
    ("name", "others"),
    [
        ("Oskerra", ["Oskerran", "Oskerrans"]),
        ("Ukraine", ["Ukrainian", "Ukrainians"]),
        ("Elden", []),
        ("US", []),
    ],
)
def test_a_name_and_its_forms_begin_alike(name: str, others: list[str]) -> None:
    assert all(form.casefold().startswith(root_of(name)) for form in (name, *others))


@given(st.text())
def test_any_name_begins_with_its_root(name: str) -> None:
    assert name.casefold().startswith(root_of(name))


@given(NAMES, NAMES)
def test_a_sentence_that_has_the_name_itself_has_no_other(name: str, also: str) -> None:
    assert other_name(name, f"yesterday {also} met {name}, they said") is None


@pytest.mark.parametrize(
    ("question", "names"),
    [
        ("how many ISKP fighters did CSTO estimate?", ["ISKP", "CSTO"]),
        ("How many fighters were there?", []),
        ("Who is Imangali Tasmagambetov?", ["Imangali Tasmagambetov"]),
        ("CSTO estimated what?", ["CSTO"]),
        ("What did the U.S. say?", ["U.S"]),
        ("What did the WHO and the US do in May 2023?", ["WHO", "US", "May", "2023"]),
        ("Were there 6,500 fighters?", ["6,500"]),
        ("6,500 what?", ["6,500"]),
        ("What is COVID-19?", ["COVID", "19"]),
        ("What did I say to A?", []),
        ("Was sagte Zoë Ostwaldt’s Bruder?", ["Zoë Ostwaldt", "Bruder"]),
        ("理事会星期一开会?", []),
        ("?", []),
        ("", []),
    ],
)
def test_names_are_capitalised_words_and_figures(question: str, names: list[str]) -> None:
    assert [name.rstrip(".") for name in names_in(question)] == names
