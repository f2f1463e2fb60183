"""Whatever bytes a file holds, each reader gives articles and errors, and nothing else.

FOOTNOTE_FUZZ=20000 tries so many files of each kind.
"""

from __future__ import annotations

import gzip
import os
import re
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from index.articles import Draft
from index.errors import ReadError
from index.readers import FORMATS, read_file
from tests.index.bad_files import TEXT, front, line, page
from tests.index.readers.pdf_files import at, lines, pdf
from tests.index.readers.word_files import p, styled, tbl, tr, word

EXAMPLES = int(os.environ.get("FOOTNOTE_FUZZ", "25"))

_LINES = line(id="7", title="A headline", text=TEXT, authors=["Ada Brook"], date="2024-03-01") * 3
_MARKDOWN = front(b'title: A headline\nauthors: [Ada Brook]\ndate: "2024-03-01"\nid: 7') + (
    b"\n\n| a | b |\n|---|---|\n| 1 | 2 |\n\n- *one*\n- [two](http://a.b)\n\n> <b>x</b> `y`[^1]\n\n[^1]: z\n"
)
_PLAIN = f"Title: A headline\nAuthor: Ada Brook\n\nPORTWICK, 1 March 2024 – {TEXT}\n\na\tb\n1\t2\n".encode()
_PAGE = page(
    b"<meta name='author' content='Ada Brook'><script type='application/ld+json'>"
    b'{"@type": "NewsArticle", "headline": "A headline", "datePublished": "2024-03-01"}</script>'
    b"<table><tr><td>1<td>2</table><ul><li>one</ul><time datetime='2024-03-01'>1 March</time>"
)
SEEDS = {
    ".txt": _PLAIN,
    ".text": _PLAIN.decode().encode("utf-16"),
    ".md": _MARKDOWN,
    ".markdown": _MARKDOWN,
    ".html": _PAGE,
    ".htm": _PAGE.decode().encode("utf-16"),
    ".xhtml": b'<?xml version="1.0" encoding="utf-8"?>' + _PAGE,
    ".pdf": pdf(
        at(50, 750, "A headline", 20) + "".join(lines(50, 700, [TEXT] * 5)),
        "".join(lines(50, 700, [TEXT] * 5)),
        information={"Title": "A headline", "Author": "Ada Brook"},
    ),
    ".docx": word(styled("Title", "A headline"), p("By Ada Brook"), p(TEXT), tbl(tr("a", "b"), tr("1", "2"))),
    ".jsonl": _LINES,
    ".jsonl.gz": gzip.compress(_LINES, mtime=0),
}

_PIECES = st.sampled_from(
    [
        *(
            b"\0",
            b"\xff\xfe",
            b"\xef\xbb\xbf",
            b"\xed\xa0\x80",
            b"\\ud800",
            b"\r\n",
            b"\x1b[31m",
            b"\xe2\x80\xae",
        ),
        *(
            b"<",
            b">",
            b"</p>",
            b"<!--",
            b"&#0;",
            b"&#xD800;",
            b"[[",
            b"---\n",
            b"```",
            b"| a |",
            b"9999-12-31",
        ),
        *(
            b"{",
            b"}",
            b'"',
            b"null",
            b"1e999",
            b"<<",
            b">>",
            b"endobj",
            b"stream\n",
            b"/Kids [2 0 R]",
            b"(",
            b") Tj",
        ),
    ]
)


@st.composite
def mutated(draw: st.DrawFn, seed: bytes) -> bytes:
    """Draw a file that was valid before some of its bytes were changed, cut, doubled or put elsewhere."""
    content = bytearray(seed)
    for _ in range(draw(st.integers(1, 6))):
        start, end = sorted(draw(st.tuples(*[st.integers(0, len(content))] * 2)))
        kind = draw(st.sampled_from(["flip", "cut", "drop", "insert", "move"]))
        if kind == "flip" and start < len(content):
            content[start] ^= 1 << draw(st.integers(0, 7))
        elif kind == "cut":
            del content[end:]
        elif kind == "drop":
            del content[start:end]
        elif kind == "insert":
            content[start:start] = draw(_PIECES | st.binary(max_size=20))
        else:
            content[draw(st.integers(0, len(content))) : 0] = content[start : start + 200]
    return bytes(content)


def _is_clean(text: str) -> bool:
    return not re.search("[\0\ud800-\udfff]", text)


def _check(path: Path, content: bytes) -> None:
    path.write_bytes(content)
    for number, result in read_file(path):
        assert number >= 0
        if isinstance(result, ReadError):
            assert result.message
            assert result.remedy
            assert len(result.message) < 400
            continue
        assert isinstance(result, Draft)
        assert result.text.strip()
        said = (result.title, result.id, result.url, result.publisher, result.language, *result.authors)
        assert all(_is_clean(each) for each in (result.text, *filter(None, said)))
        assert all("\n" not in each for each in (result.title or "", *result.authors))
        assert all(moment.tzinfo for moment in (result.published_at, result.updated_at) if moment)


def test_every_kind_of_file_has_a_seed() -> None:
    assert set(SEEDS) == set(FORMATS)


@pytest.mark.parametrize("ending", FORMATS)
def test_the_seeds_are_read(ending: str, tmp_path: Path) -> None:
    path = tmp_path / f"a{ending}"
    path.write_bytes(SEEDS[ending])
    results = [result for _, result in read_file(path)]
    assert all(isinstance(result, Draft) and TEXT in result.text for result in results)
    assert results


def _fuzzed(strategy: Callable[[bytes], st.SearchStrategy[bytes]], ending: str, folder: Path) -> None:
    path = folder / f"a{ending}"

    @settings(
        max_examples=EXAMPLES,
        deadline=None,
        derandomize=EXAMPLES <= 25,
        suppress_health_check=list(HealthCheck),
    )
    @given(strategy(SEEDS[ending]))
    def read(content: bytes) -> None:
        _check(path, content)

    read()


@pytest.mark.parametrize("ending", FORMATS)
def test_a_file_with_bytes_changed_ends_in_articles_and_errors(ending: str, tmp_path: Path) -> None:
    _fuzzed(mutated, ending, tmp_path)


@pytest.mark.parametrize("ending", FORMATS)
def test_any_bytes_end_in_articles_and_errors(ending: str, tmp_path: Path) -> None:
    _fuzzed(lambda _: st.binary(max_size=500) | st.lists(_PIECES).map(b"".join), ending, tmp_path)
