from __future__ import annotations

import pytest

from bot.evaluation.drafting.names import NameKind, Names, read_names
from bot.evaluation.drafting.tokens import tokens_of


def names(*sentences: str) -> Names:
    return read_names([tokens_of(sentence) for sentence in sentences])


@pytest.mark.parametrize(
    ("sentence", "name", "kind"),
    [
        ("It was Judge Oren Halstrup who spoke.", "Oren Halstrup", NameKind.PERSON),
        ("It fell to Oren Halstrup, 61, to speak.", "Oren Halstrup", NameKind.PERSON),
        ("It fell to Oren Halstrup, who spoke.", "Oren Halstrup", NameKind.PERSON),
        ("It fell to Oren Halstrup, the retired captain, to speak.", "Oren Halstrup", NameKind.PERSON),
        ("It fell to the Maritime Safety Board to speak.", "Maritime Safety Board", NameKind.BODY),
        ("Boats wait in Dovrin, and carts come from Dovrin.", "Dovrin", NameKind.PLACE),
        ("It fell to the Halcyon Tern, which sank.", "Halcyon Tern", None),
        ("Boats wait in Dovrin.", "Dovrin", None),
        ("Boats wait in March, and carts come in March.", "March", None),
    ],
)
def test_a_name_is_known_by_its_company(sentence: str, name: str, kind: NameKind | None) -> None:
    assert names(sentence).kinds.get(name) is kind


@pytest.mark.parametrize(
    ("sentence", "inside"),
    [
        ("The boats came.", "the"),
        ("Nine boats came.", "nine"),
        ("Farmers came.", "farmers"),
        ("Dovrin fell.", "Dovrin"),
        ("NATO spoke.", "NATO"),
        ("Sarrow Line spoke.", "Sarrow"),
        ("Ferries came.", None),
    ],
)
def test_the_first_word_is_written_as_the_collection_writes_it(sentence: str, inside: str | None) -> None:
    known = names("Some farmers live in Dovrin.", sentence)
    assert known.written_inside(tokens_of(sentence)) == inside
