"""The seam to python-docx: a .docx file, checked before it is unpacked, as its body, styles and properties."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import cast

import docx
from docx.oxml.xmlchemy import BaseOxmlElement as Element

from index.errors import ReadError

__all__ = ["Element", "W", "WordFile", "child_of", "local_name", "open_word", "value_of"]

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"

_MOST_BYTES = 200_000_000
_MOST_XML_BYTES = 64_000_000
"""A novel of a thousand pages, with all its changes tracked, has half as many."""

_MOST_PARTS = 5_000
_STEEPEST = 300
"""How many times larger a large part may become by unpacking; tables of zeros reach a hundred."""

_OLD_OFFICE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_AS_DOCX = "Open it in Word or LibreOffice and save it as .docx."
_RESAVE = "Open it in Word and save it again, or read the article from another format."


@dataclass(frozen=True, slots=True)
class WordFile:
    """What a .docx file holds; a property that is not set is ""."""

    body: Element
    styles: Element | None
    title: str
    author: str
    language: str


def open_word(content: bytes) -> WordFile:
    """Open a .docx file. Raises ReadError where it is none, is damaged, encrypted, or unpacks to too much."""
    _check_kind(content)
    with _translated():
        _check_sizes(content)
        document = docx.Document(io.BytesIO(content))
        properties = document.core_properties
        return WordFile(
            body=document.element.body,
            styles=_styles(document),
            title=properties.title or "",
            author=properties.author or "",
            language=properties.language or "",
        )


def local_name(element: Element) -> str:
    """Return the name of an element without its namespace; "" for comments and instructions."""
    tag = element.tag
    return tag.rpartition("}")[2] if isinstance(tag, str) else ""


def child_of(element: Element, *names: str) -> Element | None:
    """Return the first element at the path of `names` in Word's namespace, None where there is none."""
    return cast("Element | None", element.find("/".join(W + name for name in names)))


def value_of(element: Element | None, attribute: str = "val") -> str | None:
    """Return an attribute in Word's namespace; None where it, or the element, is missing."""
    return None if element is None else cast("str | None", element.get(W + attribute))


def _check_kind(content: bytes) -> None:
    if content.startswith(_OLD_OFFICE):
        if "EncryptedPackage".encode("utf-16-le") in content:
            raise ReadError(
                "is protected with a password", "Save a copy without the password, and read that."
            )
        raise ReadError("is in the old binary format of Word (.doc)", _AS_DOCX)
    if content.startswith(b"{\\rtf"):
        raise ReadError("is rich text (RTF), not .docx", _AS_DOCX)
    if not content.startswith(b"PK"):
        raise ReadError("is not a .docx file", "Check what it is: its name should end as its kind does.")
    if not zipfile.is_zipfile(io.BytesIO(content)):
        raise ReadError("is cut off: its end is missing", "Download or export it again.")


def _check_sizes(content: bytes) -> None:
    """Refuse what would unpack to too much. No part can unpack to more than its entry says."""
    with zipfile.ZipFile(io.BytesIO(content)) as package:
        parts = package.infolist()
    if any(part.flag_bits & 1 for part in parts):
        raise ReadError("is protected with a password", "Save a copy without the password, and read that.")
    xml = sum(part.file_size for part in parts if part.filename.endswith((".xml", ".rels")))
    steep = any(
        part.file_size > 10_000_000 and part.file_size > _STEEPEST * part.compress_size for part in parts
    )
    total = sum(part.file_size for part in parts)
    if steep or len(parts) > _MOST_PARTS or total > _MOST_BYTES or xml > _MOST_XML_BYTES:
        raise ReadError("unpacks to more than an article can hold", _RESAVE)
    if "[Content_Types].xml" not in {part.filename for part in parts}:
        raise ReadError("is a zip archive, but no .docx file", _AS_DOCX)


def _styles(document: docx.document.Document) -> Element | None:
    # Asked for through the relations: where the part is missing, python-docx would put in one of its own.
    for relation in document.part.rels.values():
        if relation.reltype.endswith("/styles") and not relation.is_external:
            return cast("Element | None", getattr(relation.target_part, "element", None))
    return None


@contextmanager
def _translated() -> Iterator[None]:
    """Turn whatever python-docx, zipfile and lxml raise over a file into a ReadError."""
    try:
        yield
    except ReadError:
        raise
    except MemoryError as error:
        raise ReadError("unpacks to more than an article can hold", _RESAVE) from error
    except KeyError as error:
        raise ReadError("lacks its document, or another part that a .docx file needs", _RESAVE) from error
    except ValueError as error:
        if "is not a Word file" in str(error):
            raise ReadError("is not an ordinary Word document", _AS_DOCX) from error
        raise ReadError("is damaged", _RESAVE) from error
    except Exception as error:
        raise ReadError("is damaged", _RESAVE) from error
