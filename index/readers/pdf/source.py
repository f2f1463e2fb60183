"""The seam to pypdf: a PDF file as pages of drawing operators, with fonts that turn bytes into characters.

Everything that leaves this module is of Python's own types, and every failure of pypdf leaves it as a
ReadError. `content` runs the operators.
"""

from __future__ import annotations

import io
import logging
import re
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any, cast

from pypdf import PageObject, PasswordType, PdfReader, apply_configuration
from pypdf.errors import DependencyError, LimitReachedError
from pypdf.generic import ArrayObject, ContentStream, DictionaryObject, StreamObject
from pypdf.generic._font import Font

from index.errors import ReadError

LONGEST = 2_000
"""Pages; a book has fewer, and no article comes near it."""

_STREAM_BYTES = 32_000_000
_CONTENT_BYTES = 32_000_000
"""Bytes of drawing operators in one document, unpacked: far beyond print, and a minute's work."""

_CALLS = 20_000
"""Uses of forms in one document; each may be drawn from many places, and draw others."""

_RESAVE = "Open it in a PDF viewer and save it again, or read the article from another format."

# pypdf reports what it repairs as log lines, which Python prints where nobody has set up logging.
logging.getLogger("pypdf").addHandler(logging.NullHandler())

Operation = tuple[list[Any], bytes]
Matrix = tuple[float, float, float, float, float, float]
Box = tuple[float, float, float, float]


class Typeface:
    """A font: what characters the bytes of a string show, and how wide they are."""

    def __init__(self, resource: DictionaryObject) -> None:
        font = _font(resource)
        self.bold = bool(re.search(r"bold|black|heavy|demi|CMBX", font.name, re.IGNORECASE))
        self._two_bytes = font.encoding if isinstance(font.encoding, str) else None
        self._encoding = font.encoding if isinstance(font.encoding, dict) else {}
        self._unicode = font.character_map
        self._widths = font.character_widths
        self._em = _type3_scale(resource)
        self._known: dict[str, tuple[str, float, bool]] = {}

    def glyphs(self, shown: bytes) -> list[tuple[str, float, bool]]:
        """Return text, width (1 is the font's size) and "is the byte 32, a space" of each glyph shown.

        The text of a glyph that stands for no known character is U+FFFD.
        """
        if self._two_bytes is None:
            codes = shown.decode("latin-1")
        else:
            codes = shown.decode(self._two_bytes, "replace" if len(shown) % 2 else "surrogatepass")
        return [self._known.get(code) or self._look_up(code) for code in codes]

    def _look_up(self, code: str) -> tuple[str, float, bool]:
        text = self._unicode.get(code)
        if text is None:
            text = self._encoding.get(ord(code), "\ufffd") if self._two_bytes is None else self._cid(code)
        if len(text) > 1 and text.startswith("/"):
            text = _named(text)
        width = float(self._widths.get(code, self._widths["default"])) * self._em
        self._known[code] = (text, width, self._two_bytes is None and code == " ")
        return self._known[code]

    def _cid(self, code: str) -> str:
        # Without a map to Unicode, the numbers of a font's own glyphs say nothing of what they look like.
        return "\ufffd" if self._two_bytes == "utf-16-be" else code


class Drawing:
    """A page's or a form's operators, and the things that they name."""

    def __init__(self, document: Document, operations: list[Operation], resources: Any) -> None:
        self.operations = operations
        self._document = document
        self._resources = resources if isinstance(resources, dict) else {}

    def typeface(self, name: Any) -> Typeface | None:
        """Return the font of that name; None where there is none that could be read."""
        with _translated():
            return self._document.typeface(self._named("/Font", name))

    def form(self, name: Any) -> Form | None:
        """Return the drawing of that name; None for an image, a hidden layer, or nothing at all."""
        with _translated():
            stream = self._named("/XObject", name)
            if not isinstance(stream, StreamObject) or stream.get("/Subtype") != "/Form":
                return None
            return None if self._document.hides(stream.get("/OC")) else Form(self._document, stream, self)

    def is_image(self, name: Any) -> bool:
        """Tell whether `name` is a picture."""
        with _translated():
            stream = self._named("/XObject", name)
            return isinstance(stream, StreamObject) and stream.get("/Subtype") == "/Image"

    def properties(self, given: Any) -> dict[str, Any]:
        """Return the properties of marked content, given in place or by name."""
        with _translated():
            found = given if isinstance(given, dict) else self._named("/Properties", given)
            items = found.items() if isinstance(found, dict) else ()
            return {str(key): _plain(value) for key, value in items}

    def hides(self, name: Any) -> bool:
        """Tell whether the optional content of that name is switched off."""
        with _translated():
            return self._document.hides(_raw(self._of("/Properties"), name))

    def _of(self, kind: str) -> Any:
        return _plain(self._resources.get(kind))

    def _named(self, kind: str, name: Any) -> Any:
        return _plain(_raw(self._of(kind), name))


class Form(Drawing):
    """A drawing within a drawing, in coordinates of its own: `matrix` leads to its user's."""

    def __init__(self, document: Document, stream: StreamObject, within: Drawing) -> None:
        resources = _plain(stream.get("/Resources"))
        super().__init__(document, document.operations(stream), resources or within._resources)
        self.matrix = _numbers(stream.get("/Matrix"), (1.0, 0.0, 0.0, 1.0, 0.0, 0.0))


class Page(Drawing):
    """One page: `box` is what is seen of it, `turned` by how many quarter turns clockwise it is shown."""

    def __init__(self, document: Document, page: PageObject) -> None:
        contents = page.get("/Contents")
        super().__init__(document, document.operations(contents), _plain(page.get("/Resources")))
        left, bottom, right, top = (float(side) for side in page.cropbox)
        self.box: Box = (min(left, right), min(bottom, top), max(left, right), max(bottom, top))
        self.turned = (int(page.rotation or 0) // 90) % 4


class Document:
    """An open PDF file. `title`, `author` and `language` are as the file gives them, "" where it does not."""

    def __init__(self, reader: PdfReader) -> None:
        self._reader = reader
        information: dict[Any, Any] = reader.metadata or {}
        self.title = str(_plain(information.get("/Title")) or "")
        self.author = str(_plain(information.get("/Author")) or "")
        self.language = str(_plain(reader.root_object.get("/Lang")) or "")
        self._off = _layers_off(reader.root_object)
        self._typefaces: dict[int, tuple[Any, Typeface | None]] = {}
        self._bytes_left = _CONTENT_BYTES
        self._calls_left = _CALLS

    def pages(self) -> Iterator[Page]:
        """Yield the pages in order. Raises ReadError for one that is damaged."""
        with _translated():
            declared = _plain(_plain(self._reader.root_object["/Pages"]).get("/Count"))
            declared = declared if isinstance(declared, int) else 0
            number = declared if declared > LONGEST else len(self._reader.pages)
        if number > LONGEST:
            raise ReadError(
                f"has {number} pages, and {LONGEST} are read at most",
                "Split it into its articles, and read those.",
            )
        if declared > number:
            raise ReadError("lacks some of its pages", _RESAVE)
        for index in range(number):
            with _translated():
                page = Page(self, self._reader.pages[index])
            yield page

    def operations(self, contents: Any) -> list[Operation]:
        """Return the operators of a page or a form, with their operands."""
        contents = _plain(contents)
        if contents is None:
            return []
        for stream in contents if isinstance(contents, ArrayObject) else [contents]:
            _check_whole(_plain(stream))
        parsed = ContentStream(contents, self._reader, "bytes")
        self._bytes_left -= len(parsed.get_data())
        self._calls_left -= 1
        if self._bytes_left < 0 or self._calls_left < 0:
            raise LimitReachedError
        return cast("list[Operation]", parsed.operations)

    def typeface(self, resource: Any) -> Typeface | None:
        """Return the font that a resource describes; None where it describes none."""
        if not isinstance(resource, DictionaryObject):
            return None
        # The resource is kept beside it, or another may come to live under the same id.
        known = self._typefaces.get(id(resource))
        if known is None:
            known = self._typefaces[id(resource)] = (resource, Typeface(resource))
        return known[1]

    def hides(self, layer: Any) -> bool:
        """Tell whether a layer (a reference to it) is switched off."""
        return getattr(layer, "idnum", None) in self._off


@contextmanager
def opened(content: bytes) -> Iterator[Document]:
    """Open a PDF file. Raises ReadError where it is none, is damaged, or asks for a password."""
    if b"%PDF-" not in content[:1024]:
        raise ReadError("is not a PDF file", "Check what it is: its name should end as its kind does.")
    _check_end(content)
    with apply_configuration(
        zlib_maximum_output_length=_STREAM_BYTES,
        lzw_maximum_output_length=_STREAM_BYTES,
        run_length_maximum_output_length=_STREAM_BYTES,
        array_based_stream_maximum_output_length=_STREAM_BYTES,
    ):
        with _translated():
            reader = PdfReader(io.BytesIO(content))
            if reader.is_encrypted and reader.decrypt("") is PasswordType.NOT_DECRYPTED:
                raise ReadError(
                    "is protected with a password",
                    "Save a copy without the password, and read that.",
                )
            document = Document(reader)
        yield document


@contextmanager
def _translated() -> Iterator[None]:
    """Turn whatever pypdf raises into a ReadError. It says itself that other exceptions may come."""
    try:
        yield
    except ReadError:
        raise
    except DependencyError as error:
        raise ReadError(
            "is encrypted, and opening it needs the package cryptography",
            "Save a copy without password and encryption, or install cryptography beside Footnote.",
        ) from error
    except (LimitReachedError, MemoryError) as error:
        raise ReadError("unpacks to more than an article can hold", _RESAVE) from error
    except Exception as error:
        raise ReadError("is damaged", _RESAVE) from error


def _check_end(content: bytes) -> None:
    """Refuse a file that was cut off: pypdf would read what there is, and an article would lose its end."""
    end = content.rfind(b"%%EOF")
    if end < 0 or re.search(rb"\d obj\b", content[end:]):
        raise ReadError("is cut off: its end is missing", "Download or export it again.")


def _check_whole(stream: Any) -> None:
    """Refuse a stream whose packed bytes were changed or cut; pypdf would unpack what it can.

    Streams whose checksum is missing are in circulation, and harmless.
    """
    packed = getattr(stream, "_data", None)
    filters = _plain(stream.get("/Filter")) if isinstance(stream, StreamObject) else None
    first = _plain(filters[0]) if isinstance(filters, list) and filters else filters
    if first != "/FlateDecode" or not isinstance(packed, bytes):
        return
    inflater = zlib.decompressobj(-zlib.MAX_WBITS)
    unpacked = inflater.decompress(packed[2:], _STREAM_BYTES)
    if inflater.unconsumed_tail:
        raise LimitReachedError
    checksum = inflater.unused_data[:4]
    if not inflater.eof or (len(checksum) == 4 and int.from_bytes(checksum, "big") != zlib.adler32(unpacked)):
        raise ReadError("is damaged: the text of a page is cut or changed", _RESAVE)


def _font(resource: DictionaryObject) -> Font:
    # Not a public class of pypdf, but the one place where it reads encodings, maps to Unicode and widths.
    return Font.from_font_resource(resource)


def _type3_scale(resource: DictionaryObject) -> float:
    """Return what a width is to be multiplied with: a thousandth, but Type 3 has units of its own."""
    matrix = _plain(resource.get("/FontMatrix"))
    if resource.get("/Subtype") == "/Type3" and isinstance(matrix, list) and matrix:
        return abs(float(matrix[0]))
    return 0.001


_DIGITS = ("zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine")


def _named(glyph: str) -> str:
    """Read a glyph's name that Adobe's list lacks: "/f_i", "/one.oldstyle", "/a.sc"."""
    parts = glyph[1:].split(".")[0].split("_")
    read = [str(_DIGITS.index(part)) if part in _DIGITS else part for part in parts]
    return "".join(read) if all(len(part) == 1 for part in read) else "\ufffd"


def _layers_off(root: DictionaryObject) -> set[int]:
    layers = _plain(root.get("/OCProperties"))
    default = _plain(layers.get("/D")) if isinstance(layers, dict) else None
    off = _plain(default.get("/OFF")) if isinstance(default, dict) else None
    return {layer.idnum for layer in off if hasattr(layer, "idnum")} if isinstance(off, list) else set()


def _plain(value: Any) -> Any:
    """Follow a reference; pypdf's null becomes None."""
    resolved = value.get_object() if hasattr(value, "get_object") else value
    return None if type(resolved).__name__ == "NullObject" else resolved


def _raw(container: Any, name: Any) -> Any:
    if not isinstance(container, DictionaryObject) or not isinstance(name, str) or name not in container:
        return None
    return container.raw_get(name)


def _numbers(value: Any, default: Matrix) -> Matrix:
    given = _plain(value)
    if not isinstance(given, list) or len(given) != 6:
        return default
    return cast("Matrix", tuple(float(_plain(number)) for number in given))
