"""Word files for tests: python-docx's empty document with a body of raw XML."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Mapping
from xml.sax.saxutils import escape

import docx
from docx.oxml import parse_xml

_NAMESPACES = " ".join(
    f'xmlns:{prefix}="{uri}"'
    for prefix, uri in {
        "w": "http://schemas.openxmlformats.org/wordprocessingml/2006/main",
        "mc": "http://schemas.openxmlformats.org/markup-compatibility/2006",
        "m": "http://schemas.openxmlformats.org/officeDocument/2006/math",
        "wps": "http://schemas.microsoft.com/office/word/2010/wordprocessingShape",
        "v": "urn:schemas-microsoft-com:vml",
    }.items()
)


def word(*body: str, title: str = "", author: str = "", language: str = "") -> bytes:
    """Return a .docx file whose body holds the elements of `body`."""
    document = docx.Document()
    properties = document.core_properties
    properties.title, properties.author, properties.language = title, author, language
    page = document.element.body[-1]
    for element in parse_xml(f"<w:body {_NAMESPACES}>{''.join(body)}</w:body>"):
        page.addprevious(element)
    saved = io.BytesIO()
    document.save(saved)
    return saved.getvalue()


def r(text: str, properties: str = "") -> str:
    """Return a run."""
    return f'<w:r><w:rPr>{properties}</w:rPr><w:t xml:space="preserve">{escape(text)}</w:t></w:r>'


def p(*content: str, properties: str = "") -> str:
    """Return a paragraph of runs; text without markup is put into one."""
    runs = "".join(part if part.startswith("<") else r(part) for part in content)
    return f"<w:p><w:pPr>{properties}</w:pPr>{runs}</w:p>"


def styled(style: str, text: str) -> str:
    """Return a paragraph in a style."""
    return p(text, properties=f'<w:pStyle w:val="{style}"/>')


def tc(*content: str, properties: str = "") -> str:
    """Return a cell; text without markup becomes a paragraph."""
    blocks = "".join(part if part.startswith("<") else p(part) for part in content)
    return f"<w:tc><w:tcPr>{properties}</w:tcPr>{blocks or p()}</w:tc>"


def tr(*cells: str, properties: str = "") -> str:
    """Return a row; text without markup becomes a cell."""
    content = "".join(cell if cell.startswith("<") else tc(cell) for cell in cells)
    return f"<w:tr><w:trPr>{properties}</w:trPr>{content}</w:tr>"


def tbl(*rows: str) -> str:
    """Return a table."""
    return f"<w:tbl><w:tblPr/><w:tblGrid/>{''.join(rows)}</w:tbl>"


def repacked(content: bytes, parts: Mapping[str, bytes | None]) -> bytes:
    """Return a .docx file with some of its parts replaced, or left out where they are None."""
    saved = io.BytesIO()
    with (
        zipfile.ZipFile(io.BytesIO(content)) as old,
        zipfile.ZipFile(saved, "w", zipfile.ZIP_DEFLATED) as new,
    ):
        for name in dict.fromkeys((*old.namelist(), *parts)):
            part = parts[name] if name in parts else old.read(name)
            if part is not None:
                new.writestr(name, part)
    return saved.getvalue()
