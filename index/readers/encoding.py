"""Bytes of unknown encoding to text without characters that nobody can see."""

from __future__ import annotations

import codecs
import re

from index.errors import ReadError

UTF8_OR_WINDOWS = "footnote-windows-1252"
"""The name of an error handler for `bytes.decode`: what is not UTF-8 is read as Windows-1252."""

BYTE_ORDER_MARKS = (
    (codecs.BOM_UTF8, "utf-8"),
    # UTF-32's little-endian mark begins with UTF-16's.
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
_BINARY_BEGINNINGS = (
    *(b"\x89PNG", b"GIF87a", b"GIF89a", b"\xff\xd8\xff", b"II*\x00", b"MM\x00*", b"\x00\x00\x01\x00"),
    *(
        b"PK\x03\x04",
        b"PK\x05\x06",
        b"\x1f\x8b",
        b"\xfd7zXZ\x00",
        b"7z\xbc\xaf\x27\x1c",
        b"Rar!\x1a",
        b"\x28\xb5\x2f\xfd",
    ),
    *(b"%PDF-", b"\xd0\xcf\x11\xe0", b"SQLite format 3\x00", b"\x7fELF", b"\xca\xfe\xba\xbe"),
)
_SAMPLE = 4_096
_FEW = 4
"""So many control characters do not make a text binary, however short it is."""

_LINE_END = re.compile(r"\r\n?|[\x0b\x0c\u2028]|\u2029")
_CONTROL = re.compile(r"[\x00-\x08\x0e-\x1a\x1c-\x1f\x7f]")
_INVISIBLE = re.compile(r"[\x00-\x08\x0e-\x1f\x7f\xad\u200b\u2060\ufeff\ufffe\uffff]")
_LATIN_CONTROL = re.compile(r"[\x80-\x9f]")
_SURROGATE = re.compile(r"[\ud800-\udfff]")


def decode(content: bytes) -> str:
    """Return `content` as clean text (see `clean`).

    The encoding is the one that a byte order mark or the place of the zero bytes tells, else UTF-8, with
    Windows-1252 for each byte that is not UTF-8: files pasted together from both exist.

    Raises ReadError where the bytes are no text.
    """
    if content.startswith(_BINARY_BEGINNINGS):
        raise _not_text()
    text = _decoded(content)
    if len(_CONTROL.findall(text)) > max(_FEW, len(text) // 50):
        raise _not_text()
    return clean(text)


def clean(text: str) -> str:
    """Return `text` with one kind of line end, the line feed, and without control and zero-width characters.

    Halves of surrogate pairs are dropped too. Joiners inside words (Persian, emoji) stay, and so do tabs.
    """
    text = _LINE_END.sub(lambda found: "\n\n" if found[0] == "\u2029" else "\n", text)
    if _SURROGATE.search(text):
        text = text.encode("utf-16-le", "surrogatepass").decode("utf-16-le", "ignore")
    # What Windows-1252 has at 0x80 to 0x9F, taken for Latin-1 by some program on the way.
    text = _LATIN_CONTROL.sub(lambda found: _windows(found[0].encode("latin-1")), text)
    return _INVISIBLE.sub("", text)


def _decoded(content: bytes) -> str:
    for mark, encoding in BYTE_ORDER_MARKS:
        if content.startswith(mark):
            return content[len(mark) :].decode(encoding, UTF8_OR_WINDOWS if encoding == "utf-8" else "ignore")
    return content.decode(*_guess(content[:_SAMPLE]))


def _guess(sample: bytes) -> tuple[str, str]:
    """Return the encoding and how to treat what is wrong in it: letters of UTF-16 have zeros at every other byte."""
    pairs = len(sample) // 2
    first, second = sample[0 : pairs * 2 : 2].count(0), sample[1 : pairs * 2 : 2].count(0)
    if pairs >= 2 and max(first, second) > pairs * 0.4 and min(first, second) <= pairs * 0.1:
        return ("utf-16-le" if second > first else "utf-16-be"), "ignore"
    return "utf-8", UTF8_OR_WINDOWS


def _windows(byte: bytes) -> str:
    """Return the character of Windows-1252, nothing for the five bytes that it leaves undefined."""
    return byte.decode("cp1252", "ignore")


def _take_for_windows(error: UnicodeError) -> tuple[str, int]:
    if not isinstance(error, UnicodeDecodeError):
        raise error
    return _windows(error.object[error.start : error.end]), error.end


codecs.register_error(UTF8_OR_WINDOWS, _take_for_windows)


def _not_text() -> ReadError:
    return ReadError("is binary, not text", "Save it as text in UTF-8, or take it out of the articles.")
