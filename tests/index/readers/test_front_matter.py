from __future__ import annotations

import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from index.errors import ReadError
from index.readers.front_matter import split_front_matter


@pytest.mark.parametrize(
    ("text", "fields", "body"),
    [
        ("---\ntitle: One\n---\nBody", {"title": "One"}, "Body"),
        ("---  \ntitle: One\n...\nBody", {"title": "One"}, "Body"),
        ("\n\n---\ntitle: One\n---", {"title": "One"}, ""),
        (
            "---\nPublish Date: 2023-03-03\ncanonicalUrl: x\n---\n",
            {"publish_date": "2023-03-03", "canonical_url": "x"},
            "",
        ),
        ("---\ndate: 2023-02-30 25:00:00\n---\n", {"date": "2023-02-30 25:00:00"}, ""),
        ("---\ntitle: null\nid: 7\n---\n", {"title": None, "id": 7}, ""),
        ("---\n---\nBody", {}, "Body"),
        ("---\n# nothing\n---\nBody", {}, "Body"),
        ("---\ntitle: One\nBody", {}, "---\ntitle: One\nBody"),
        ("Body\n---\ntitle: One\n---\n", {}, "Body\n---\ntitle: One\n---\n"),
        ("----\ntitle: One\n----\n", {}, "----\ntitle: One\n----\n"),
        ("---\nnote: |\n  a\n  ---\n---\nBody", {"note": "a\n---\n"}, "Body"),
    ],
    ids=ascii,
)
def test_fields_stand_between_two_fences(text: str, fields: dict[object, object], body: str) -> None:
    assert split_front_matter(text) == (fields, body)


BOMB = "a: &a [x]\n" + "".join(
    f"{chr(98 + i)}: &{chr(98 + i)} [*{chr(97 + i)}, *{chr(97 + i)}]\n" for i in range(20)
)


@pytest.mark.parametrize(
    ("fields", "reason"),
    [
        ("just words", "is not a list of names and values"),
        ("- a\n- b", "is not a list of names and values"),
        ("title: 'One", "is not YAML"),
        ("title: One: Two", "is not YAML"),
        ("title: !!python/object:os.system x", "is not YAML"),
        ("id: " + "1" * 5000, "is not YAML"),
        ("a: &a [*a]", "is not YAML (it has an alias)"),
        (BOMB, "is not YAML (it has an alias)"),
        ("a: " + "[" * 20_000, "is nested too deeply"),
        ("a: " + "x" * 200_000, "is too long"),
        ("? [a]\n: b", "is not YAML"),
    ],
    ids=lambda value: value[:20],
)
def test_what_is_no_front_matter_is_refused(fields: str, reason: str) -> None:
    started = time.process_time()
    with pytest.raises(ReadError) as caught:
        split_front_matter(f"---\n{fields}\n---\nBody")
    assert reason in caught.value.message
    assert time.process_time() - started < 3


@settings(deadline=None)
@given(st.one_of(st.text(), st.text(alphabet="ab:-[]{}&*!|>'\"#?,% \n01.~")))
def test_any_front_matter_is_read_or_refused(fields: str) -> None:
    try:
        split_front_matter(f"---\n{fields}\n---\nBody")
    except ReadError:
        return
