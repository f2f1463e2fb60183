from __future__ import annotations

import codecs

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from index.errors import ReadError
from index.readers.encoding import clean, decode

NEWS = "“Café” prices rose 3.5 percent.\nВыросли цены. 物价上涨。 😀"
WESTERN = "“Café” prices – up 3.5 percent…"


@pytest.mark.parametrize(
    ("content", "expected"),
    [
        pytest.param(NEWS.encode(), NEWS, id="UTF-8"),
        pytest.param(codecs.BOM_UTF8 + NEWS.encode(), NEWS, id="UTF-8 with a mark"),
        pytest.param(NEWS.encode("utf-16"), NEWS, id="UTF-16 with a mark"),
        pytest.param(
            codecs.BOM_UTF16_BE + NEWS.encode("utf-16-be"), NEWS, id="UTF-16 big-endian with a mark"
        ),
        pytest.param(NEWS.encode("utf-32"), NEWS, id="UTF-32 with a mark"),
        pytest.param(
            codecs.BOM_UTF32_BE + NEWS.encode("utf-32-be"), NEWS, id="UTF-32 big-endian with a mark"
        ),
        pytest.param(WESTERN.encode("utf-16-le"), WESTERN, id="UTF-16 without a mark"),
        pytest.param(WESTERN.encode("utf-16-be"), WESTERN, id="UTF-16 big-endian without a mark"),
        pytest.param(WESTERN.encode("cp1252"), WESTERN, id="Windows-1252"),
        pytest.param(b"caf\xe9", "café", id="Windows-1252 at the end"),
        pytest.param(
            WESTERN.encode() + b" \x93No\x94", WESTERN + " “No”", id="UTF-8 and Windows-1252 in one file"
        ),
        pytest.param(b"a \x81\x8d\x8f\x90\x9d b", "a  b", id="bytes that Windows-1252 leaves undefined"),
        pytest.param("One\ufeff two".encode(), "One two", id="a mark inside"),
        pytest.param(b"", "", id="nothing"),
        pytest.param(b"One\x00 two\x1b[1m", "One two[1m", id="a few control characters"),
    ],
)
def test_bytes_become_text(content: bytes, expected: str) -> None:
    assert decode(content) == expected


@pytest.mark.parametrize(
    "content",
    [
        pytest.param(b"\x89PNG\r\n\x1a\n", id="PNG"),
        pytest.param(b"PK\x03\x04 word/document.xml", id="ZIP"),
        pytest.param(b"%PDF-1.7 text", id="PDF"),
        pytest.param(bytes(range(256)) * 20, id="every byte"),
        pytest.param(b"\x00" * 100, id="zeros"),
        pytest.param(b"ab\x00\x00\x01\x00\x00\x00" * 50, id="zeros inside"),
    ],
)
def test_binary_content_is_refused(content: bytes) -> None:
    with pytest.raises(ReadError, match="is binary, not text"):
        decode(content)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("a\r\nb\rc\nd\u2028e\x0cf", "a\nb\nc\nd\ne\nf"),
        ("a\u2029b", "a\n\nb"),
        ("a\tb", "a\tb"),
        ("\x00a\x07\x7f", "a"),
        ("inter\u00adnational\u200b", "international"),
        ("it\u0092s \u0093so\u0094\u0085", "it’s “so”…"),
        ("\ud83d a \ude00 b", " a  b"),
        ("\ud83d\ude00", "😀"),
        ("👩\u200d👩 می\u200cخواهم", "👩\u200d👩 می\u200cخواهم"),
    ],
    ids=ascii,
)
def test_clean_text_has_only_what_a_reader_can_see(text: str, expected: str) -> None:
    assert clean(text) == expected


@settings(deadline=None)
@given(st.binary())
def test_any_bytes_become_clean_text_or_an_error(content: bytes) -> None:
    try:
        text = decode(content)
    except ReadError:
        return
    assert text == clean(text)
    assert text.encode().decode() == text


@settings(deadline=None)
@given(st.text(st.characters()))
def test_cleaning_twice_changes_nothing(text: str) -> None:
    assert clean(clean(text)) == clean(text)
