"""A small PDF writer: text at positions, and nothing a test does not ask for."""

from __future__ import annotations

import textwrap
import zlib
from collections.abc import Mapping, Sequence

WIDTH, HEIGHT = 595, 842
"""Points of an A4 page."""

FONTS = {"F1": "Helvetica", "F2": "Helvetica-Bold", "F3": "Courier", "F4": "Times-Roman"}
TYPED = 0.6
"""The width of a letter of Courier (F3), in ems: lines of it can be broken by counting."""


def shown(text: str) -> str:
    """Return a PDF string of WinAnsi characters."""
    escaped = text.replace("\\", r"\\").replace("(", r"\(").replace(")", r"\)")
    return "(" + "".join(c if ord(c) < 128 else f"\\{c.encode('cp1252')[0]:03o}" for c in escaped) + ")"


def at(x: float, y: float, text: str, size: float = 10, font: str = "F3") -> str:
    """Return the operators that show one line."""
    return f"BT /{font} {size} Tf {x} {y} Td {shown(text)} Tj ET\n"


def lines(
    x: float, y: float, texts: Sequence[str], size: float = 10, leading: float = 12, font: str = "F3"
) -> str:
    """Return the operators that show lines below one another, the first one's baseline at y."""
    return "".join(at(x, y - leading * number, text, size, font) for number, text in enumerate(texts))


def broken(text: str, width: float, size: float = 10) -> list[str]:
    """Break a paragraph into lines that Courier sets in `width` points."""
    return textwrap.wrap(text, int(width / (TYPED * size)), break_on_hyphens=False)


def pdf(
    *pages: str | bytes,
    information: Mapping[str, str] | None = None,
    language: str | None = None,
    page_entries: str = "",
    resources: str = "",
    extra: Sequence[bytes] = (),
    packed: bool = False,
) -> bytes:
    """Return a PDF file with a page for each string of operators.

    `extra` are further objects; the first has the number 10. `resources` and `page_entries` are added to
    the dictionaries of every page.
    """
    fonts = " ".join(
        f"/{name} << /Type /Font /Subtype /Type1 /BaseFont /{font} /Encoding /WinAnsiEncoding >>"
        for name, font in FONTS.items()
    )
    first = 10 + len(extra)
    kids = " ".join(f"{first + 2 * number} 0 R" for number in range(len(pages)))
    catalogue = f"<< /Type /Catalog /Pages 2 0 R {f'/Lang ({language})' if language else ''} >>"
    entries = "".join(f"/{key} {_text_string(value)} " for key, value in (information or {}).items())
    objects: dict[int, bytes] = {
        1: catalogue.encode(),
        2: f"<< /Type /Pages /Kids [{kids}] /Count {len(pages)} >>".encode(),
        3: f"<< {entries}>>".encode("latin-1"),
    }
    objects |= {10 + number: body for number, body in enumerate(extra)}
    for number, page in enumerate(pages):
        objects[first + 2 * number] = (
            f"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 {WIDTH} {HEIGHT}] {page_entries} "
            f"/Resources << /Font << {fonts} >> {resources} >> /Contents {first + 2 * number + 1} 0 R >>"
        ).encode()
        objects[first + 2 * number + 1] = stream(page, packed)
    return _file(objects)


def stream(content: str | bytes, packed: bool = False, entries: str = "") -> bytes:
    """Return a stream object's body."""
    data = content if isinstance(content, bytes) else content.encode("latin-1")
    if packed:
        data, entries = zlib.compress(data), entries + " /Filter /FlateDecode"
    return f"<< /Length {len(data)} {entries} >>\nstream\n".encode() + data + b"\nendstream"


def _text_string(value: str) -> str:
    return "<FEFF" + value.encode("utf-16-be").hex() + ">"


def _file(objects: Mapping[int, bytes]) -> bytes:
    content = bytearray(b"%PDF-1.7\n")
    places: dict[int, int] = {}
    for number, body in objects.items():
        places[number] = len(content)
        content += f"{number} 0 obj\n".encode() + body + b"\nendobj\n"
    start = len(content)
    content += f"xref\n0 {max(objects) + 1}\n0000000000 65535 f \n".encode()
    for number in range(1, max(objects) + 1):
        content += (
            f"{places[number]:010d} 00000 n \n".encode() if number in places else b"0000000000 65535 f \n"
        )
    content += (
        f"trailer << /Size {max(objects) + 1} /Root 1 0 R /Info 3 0 R >>\nstartxref\n{start}\n".encode()
    )
    return bytes(content + b"%%EOF\n")
