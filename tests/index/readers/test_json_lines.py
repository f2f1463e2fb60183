from __future__ import annotations

import codecs
import io
import json
import tracemalloc
from datetime import UTC, datetime
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from index.articles import Draft
from index.errors import ReadError
from index.readers.json_lines import LONGEST_LINE, read_json_lines


def read(content: bytes) -> list[tuple[int, Draft | ReadError]]:
    return list(read_json_lines(io.BytesIO(content)))


def read_one(fields: object) -> Draft | ReadError:
    [(number, result)] = read(json.dumps(fields).encode())
    assert number == 1
    return result


def test_every_known_field_is_read() -> None:
    assert read_one(
        {
            "text": "The council met.\n\nIt voted.",
            "id": "n-7",
            "url": "HTTPS://Example.com/a?utm_source=x#top",
            "title": " Council\nmeets ",
            "publisher": "The Daily",
            "authors": ["Ada Brook", " "],
            "published_at": "2023-03-03T10:00:00+02:00",
            "updated_at": "2023-03-04",
            "language": "en",
            "section": {"ignored": True},
        }
    ) == Draft(
        text="The council met.\n\nIt voted.",
        title="Council meets",
        id="n-7",
        url="HTTPS://Example.com/a?utm_source=x#top",
        publisher="The Daily",
        authors=("Ada Brook",),
        published_at=datetime(2023, 3, 3, 8, tzinfo=UTC),
        updated_at=datetime(2023, 3, 4, tzinfo=UTC),
        language="en",
    )


@pytest.mark.parametrize(
    ("fields", "field", "expected"),
    [
        ({"id": 42}, "id", "42"),
        ({"id": None}, "id", None),
        ({"id": ""}, "id", None),
        ({"authors": "Ada Brook"}, "authors", ("Ada Brook",)),
        ({"authors": None}, "authors", ()),
        ({"title": "  "}, "title", None),
        ({"published_at": "03/04/2023"}, "published_at", None),
        ({"published_at": "soon"}, "published_at", None),
        ({"published_at": ""}, "published_at", None),
    ],
    ids=str,
)
def test_what_is_not_known_is_none(fields: dict[str, Any], field: str, expected: object) -> None:
    draft = read_one({"text": "One."} | fields)
    assert getattr(draft, field) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("  One.\n", "  One.\n"),
        ("One.\r\nTwo.", "One.\nTwo."),
        ("One\u0000.\ud800", "One."),
        ("\ud83d\ude00 One.", "😀 One."),
    ],
    ids=ascii,
)
def test_text_keeps_its_offsets_but_for_what_nobody_sees(text: str, expected: str) -> None:
    draft = read_one({"text": text})
    assert isinstance(draft, Draft)
    assert draft.text == expected


@pytest.mark.parametrize(
    ("line", "reason"),
    [
        (b"{", "is not JSON"),
        (b"plain words", "is not JSON"),
        (b'{"text": "One."} {"text": "Two."}', "is not JSON"),
        (b'{"text": "One.", "views": NaN}', "is not JSON"),
        (b'{"text": "One.", "views": ' + b"1" * 5000 + b"}", "is not JSON"),
        (b"[" * 100_000, "is nested too deeply"),
        (b'{"text": "One.", "a": ' + b"[" * 100_000 + b"]" * 100_000 + b"}", "is nested too deeply"),
        (b'["One."]', "is not a JSON object"),
        (b"null", "is not a JSON object"),
        (b'{"title": "One"}', 'has no "text"'),
        (b'{"text": null}', 'has no "text"'),
        (b'{"text": 3}', 'has a "text" that is not a string'),
        (b'{"text": " \\u0000"}', 'has an empty "text"'),
        (b'{"text": "One.", "title": 3}', 'has a number in "title" instead of text'),
        (b'{"text": "One.", "url": ["x"]}', 'has a list in "url" instead of text'),
        (b'{"text": "One.", "id": true}', 'has true in "id" instead of text or a whole number'),
        (b'{"text": "One.", "id": 1.5}', 'has a number in "id"'),
        (b'{"text": "One.", "authors": {"a": 1}}', 'has an object in "authors"'),
        (b'{"text": "One.", "authors": ["Ada", 3]}', 'has a number in "authors"'),
        (b'{"text": "One.", "published_at": 1677801600}', 'has a number in "published_at"'),
    ],
    ids=lambda value: value[:40] if isinstance(value, bytes) else None,
)
def test_a_wrong_line_is_told_and_the_next_is_read(line: bytes, reason: str) -> None:
    (first, error), (second, draft) = read(line + b'\n{"text": "Next."}\n')
    assert (first, second) == (1, 2)
    assert isinstance(error, ReadError)
    assert reason in error.message
    assert error.remedy.endswith(".")
    assert draft == Draft("Next.")


LINE = '{"text": "Café “met”."}'


@pytest.mark.parametrize(
    "content",
    [
        LINE.encode(),
        codecs.BOM_UTF8 + LINE.encode(),
        LINE.encode("utf-16"),
        codecs.BOM_UTF16_BE + LINE.encode("utf-16-be"),
        LINE.encode("cp1252"),
    ],
    ids=["UTF-8", "UTF-8 with a mark", "UTF-16", "UTF-16 big-endian", "Windows-1252"],
)
def test_encodings(content: bytes) -> None:
    assert read(content) == [(1, Draft("Café “met”."))]


def test_blank_lines_count_but_are_skipped() -> None:
    content = b'\n{"text": "One."}\r\n  \t\r\n\n{"text": "Two."}'
    assert read(content) == [(2, Draft("One.")), (5, Draft("Two."))]
    assert read(b"") == []


def test_a_line_separator_inside_a_string_does_not_end_the_line() -> None:
    assert read('{"text": "One\u2028Two\u0085"}'.encode()) == [(1, Draft("One\nTwo…"))]


class _EndlessLine(io.RawIOBase):
    """A first line of 200 MB, made as it is read, then an article."""

    def __init__(self) -> None:
        self._left = 200_000_000

    def read(self, size: int = -1) -> bytes:
        if self._left < 0:
            return b""
        if self._left == 0:
            self._left = -1
            return b'\n{"text": "Next."}\n'
        self._left -= min(size, self._left)
        return b"x" * size


def test_a_giant_line_is_skipped_without_being_held() -> None:
    tracemalloc.start()
    (one, error), (two, draft) = read_json_lines(_EndlessLine())
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert (one, two) == (1, 2)
    assert isinstance(error, ReadError)
    assert "is longer than 20 MB" in error.message
    assert draft == Draft("Next.")
    assert peak < 1.5 * LONGEST_LINE


def test_a_long_line_below_the_limit_is_read() -> None:
    text = "One. " * 1_000_000
    assert read(json.dumps({"text": text}).encode()) == [(1, Draft(text))]


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(st.characters()),
    lambda children: (
        st.lists(children, max_size=3)
        | st.dictionaries(
            st.sampled_from(["text", "id", "title", "authors", "published_at", "url"]), children, max_size=6
        )
    ),
)


@settings(deadline=None)
@given(
    st.lists(
        st.one_of(st.binary(max_size=60), JSON.map(lambda value: json.dumps(value).encode())), max_size=6
    )
)
def test_any_lines_become_drafts_or_errors(lines: list[bytes]) -> None:
    for number, result in read(b"\n".join(lines)):
        assert number >= 1
        if isinstance(result, Draft):
            assert result.text.strip()
            result.text.encode()
