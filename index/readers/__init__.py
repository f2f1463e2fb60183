"""Files in, drafts out: one reader for each format, and the table that chooses among them.

A reader gets the bytes of a file and returns what it tells, or raises a ReadError with the reason. What a parser
raises beside that is caught here, so that one strange file never stops a run.
"""

from __future__ import annotations

import gzip
import os
import zlib
from collections.abc import Callable, Iterator
from pathlib import Path

from index.articles import Draft
from index.errors import ReadError
from index.readers.bounds import bounded
from index.readers.failures import cannot_be_parsed
from index.readers.json_lines import read_json_lines
from index.readers.packed import Unpacked
from index.regular_files import opened

READER_VERSION = 1
"""Counted up when a reader learns to read files differently: files it read before are then read again."""

MOST_BYTES = 50 * 1024 * 1024
"""A single article's file beyond this is a mistake; .jsonl files are read line by line and have no limit."""

Reader = Callable[[bytes], Draft]


def _plain_text() -> Reader:
    from index.readers.plain_text import read_plain_text

    return read_plain_text


def _markdown() -> Reader:
    from index.readers.markdown import read_markdown

    return read_markdown


def _web_page() -> Reader:
    from index.readers.web_page import read_web_page

    return read_web_page


def _pdf() -> Reader:
    from index.readers.pdf import read_pdf

    return read_pdf


def _word() -> Reader:
    from index.readers.word import read_word

    return read_word


# Loaded when the first file of its kind comes: together the parsers take a second to import, and a
# reindex that finds nothing new needs none of them.
_READERS: dict[str, Callable[[], Reader]] = {
    ".txt": _plain_text,
    ".text": _plain_text,
    ".md": _markdown,
    ".markdown": _markdown,
    ".html": _web_page,
    ".htm": _web_page,
    ".xhtml": _web_page,
    ".pdf": _pdf,
    ".docx": _word,
}
_JSON_LINES = (".jsonl", ".jsonl.gz")

FORMATS = (*_READERS, *_JSON_LINES)
"""The endings of the files that are read."""


def is_readable(path: Path) -> bool:
    """Tell whether the name of `path` ends like a file that there is a reader for."""
    return path.name.lower().endswith(FORMATS)


def read_file(path: Path) -> Iterator[tuple[int, Draft | ReadError]]:
    """Give each article of a file with its line, or why it cannot be read; line 0 is the whole file."""
    try:
        if path.name.lower().endswith(_JSON_LINES):
            yield from _read_lines(path)
        else:
            yield 0, _read_whole(path)
    except ReadError as error:
        yield 0, error
    except (EOFError, zlib.error, gzip.BadGzipFile):
        yield (
            0,
            ReadError("is not compressed by gzip, or broken off or damaged", "Compress it again with gzip."),
        )
    except OSError as error:
        yield (
            0,
            ReadError(
                f"cannot be opened ({error.strerror or error})", "Check that it is there and readable."
            ),
        )
    except Exception as error:
        yield 0, cannot_be_parsed(error)


def _read_whole(path: Path) -> Draft:
    with opened(path) as stream:
        size = os.fstat(stream.fileno()).st_size
        # It may have grown since, and go on growing.
        content = stream.read(MOST_BYTES + 1) if size <= MOST_BYTES else b""
    size = max(size, len(content))
    if size > MOST_BYTES:
        raise ReadError(
            f"is {size / 1e6:,.0f} MB, more than the {MOST_BYTES / 1e6:,.0f} MB of one article",
            "Split it, or save its articles as lines of a .jsonl file.",
        )
    if not content.strip():
        raise ReadError("is empty", "Delete it, or save the article again.")
    draft = _READERS[next(ending for ending in _READERS if path.name.lower().endswith(ending))]()(content)
    if not draft.text.strip():
        raise ReadError("holds no text", "Save the article again, or delete the file.")
    return bounded(draft)


def _read_lines(path: Path) -> Iterator[tuple[int, Draft | ReadError]]:
    found = False
    with opened(path) as stream:
        for result in read_json_lines(Unpacked(stream) if path.name.lower().endswith(".gz") else stream):
            found = True
            yield result
    if not found:
        raise ReadError("is empty", "Delete it, or save its articles again.")
