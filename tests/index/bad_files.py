"""Files that no newsroom means to have, made byte for byte, and what a reindex should say of each."""

from __future__ import annotations

import gzip
import io
import json
import random
import zipfile
from collections.abc import Callable
from dataclasses import dataclass
from functools import partial

from tests.index.readers.pdf_files import at, pdf, stream
from tests.index.readers.word_files import p, repacked, word

TEXT = "The port opened on Friday, and lorries crossed the new lanes."
GOOD_DOCX = word(p(TEXT))
GOOD_PDF = pdf(at(50, 700, TEXT))
LAUGHS = "".join(
    f'<!ENTITY {name} "{f"&{before};" * 10 if before else "ha"}">'
    for before, name in zip(["", *"abcdefgh"], "abcdefghi", strict=True)
)


@dataclass(frozen=True, slots=True)
class BadFile:
    """A file's name and how its bytes are made; and either the text that is read, or the reason that is given.

    An empty text stands for whatever is read: the article is there, and what the file has too much of is not.
    """

    name: str
    made: Callable[[], bytes]
    text: str | None = None
    reason: str = ""


def line(**fields: object) -> bytes:
    """Return a line of a .jsonl file."""
    return json.dumps(fields).encode() + b"\n"


def page(content: bytes) -> bytes:
    """Return a web page with an article below `content`."""
    return b"<html><body>" + content + b"<article><h1>A headline</h1><p>" + TEXT.encode() + b"</p></article>"


def front(fields: bytes) -> bytes:
    """Return a Markdown file with this front matter."""
    return b"---\n" + fields + b"\n---\n\n" + TEXT.encode()


def packed(content: bytes, times: int) -> bytes:
    """Return `content` so many times, packed by gzip without ever being unpacked in one piece."""
    made = io.BytesIO()
    with gzip.GzipFile(fileobj=made, mode="wb", mtime=0) as stream:
        for _ in range(times):
            stream.write(content)
    return made.getvalue()


def prose(words: int) -> str:
    """Return so many words in sentences and paragraphs; the same ones each time."""
    chosen = random.Random(words)
    known = "harbour port lorries storm budget ferry bridge council prices border village engineers".split()
    sentences = [
        " ".join(chosen.choices(known, k=min(14, words - start))).capitalize() + "."
        for start in range(0, words, 14)
    ]
    return "\n\n".join(" ".join(sentences[start : start + 5]) for start in range(0, len(sentences), 5))


def _zip_in_zip() -> bytes:
    inner = io.BytesIO()
    with zipfile.ZipFile(inner, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("zeros", bytes(50_000_000))
    return repacked(GOOD_DOCX, {"word/embeddings/inner.zip": inner.getvalue()})


def _laughing_docx() -> bytes:
    with zipfile.ZipFile(io.BytesIO(GOOD_DOCX)) as archive:
        document = archive.read("word/document.xml")
    head, _, body = document.partition(b"?>")
    bomb = f"?><!DOCTYPE w [{LAUGHS}]>".encode() + body.replace(TEXT.encode(), b"&i;")
    return repacked(GOOD_DOCX, {"word/document.xml": head + bomb})


def _looping_pdf() -> bytes:
    # The kid that a page tree points to is made the tree itself.
    return GOOD_PDF.replace(b"/Kids [10 0 R]", b"/Kids [ 2 0 R]")


def _deep_pdf() -> bytes:
    form = stream("/X Do\n", entries="/Type /XObject /Subtype /Form /BBox [0 0 600 850]")
    return pdf(at(50, 700, TEXT) + "/X Do\n", resources="/XObject << /X 10 0 R >>", extra=[form], packed=True)


ENCODINGS = [
    BadFile("utf-8-bom.txt", lambda: "\ufeffCafé “Oskerra” opened.".encode(), "Café “Oskerra” opened."),
    BadFile("utf-16-le.txt", lambda: "Café “Oskerra” opened.".encode("utf-16"), "Café “Oskerra” opened."),
    BadFile(
        "utf-16-be.md",
        lambda: "\ufeffCafé “Oskerra” opened.".encode("utf-16-be"),
        "Café “Oskerra” opened.",
    ),
    BadFile(
        "utf-16-no-bom.txt", lambda: "Café “Oskerra” opened.".encode("utf-16-le"), "Café “Oskerra” opened."
    ),
    BadFile("utf-32.txt", lambda: "Café Oskerra opened.".encode("utf-32"), "Café Oskerra opened."),
    BadFile("cp1252.txt", lambda: "Café “Oskerra” opened.".encode("cp1252"), "Café “Oskerra” opened."),
    BadFile(
        "utf-16.jsonl",
        lambda: '{"text": "Café “Oskerra” opened."}\n'.encode("utf-16"),
        "Café “Oskerra” opened.",
    ),
    BadFile(
        "cp1252.jsonl",
        lambda: '{"text": "Café “Oskerra” opened."}\n'.encode("cp1252"),
        "Café “Oskerra” opened.",
    ),
    BadFile("utf-16.html", lambda: page(b"").decode().encode("utf-16"), TEXT),
    BadFile(
        "cp1251.html",
        lambda: (
            '<meta charset="windows-1251"><article><h1>Порт</h1>'
            "<p>Порт открылся в пятницу, и грузовики пересекли новые полосы.</p></article>"
        ).encode("cp1251"),
        "Порт открылся в пятницу, и грузовики пересекли новые полосы.",
    ),
]

CHARACTERS = [
    BadFile("nuls.txt", lambda: f"{TEXT}\0\n\nIt rained.\0".encode(), f"{TEXT}\n\nIt rained."),
    BadFile("nuls.md", lambda: f"{TEXT}\0\n\nIt rained.\0".encode(), f"{TEXT}\n\nIt rained."),
    BadFile("nuls.html", lambda: page(b"\0\0"), TEXT),
    BadFile("nuls.jsonl", lambda: line(text=f"\0{TEXT}\0"), TEXT),
    BadFile("surrogates.jsonl", lambda: line(text=f"\ud800{TEXT}\udfff", title="A\udc00 headline"), TEXT),
    BadFile("surrogates.txt", lambda: TEXT.encode("utf-16") + b"\x00\xd8", TEXT),
    BadFile("surrogates.html", lambda: page(b"&#xD800;&#0;"), TEXT),
    BadFile(
        "arabic.txt",
        lambda: "افتتح الميناء يوم الجمعة، وعبرت الشاحنات.".encode(),
        "افتتح الميناء يوم الجمعة، وعبرت الشاحنات.",
    ),
    BadFile("arabic.jsonl", lambda: line(text="افتتح الميناء يوم الجمعة."), "افتتح الميناء يوم الجمعة."),
    BadFile("hebrew.md", lambda: "הנמל נפתח ביום שישי.".encode(), "הנמל נפתח ביום שישי."),
    BadFile(
        "line-ends.txt",
        lambda: f"{TEXT}\r\n\r\nIt rained.\r\rIt stopped.".encode(),
        f"{TEXT}\n\nIt rained.\n\nIt stopped.",
    ),
    BadFile("word.txt", lambda: b"Flood", "Flood"),
    BadFile("word.jsonl", lambda: line(text="Flood"), "Flood"),
]

DATES = [
    BadFile(f"date-{number}.jsonl", partial(line, text=TEXT, published_at=value), TEXT)
    for number, value in enumerate(
        (
            *("9999-12-31", "9999-99-99", "0001-01-01", "1066-10-14", "2999-01-01T00:00:00+14:00"),
            *("0000-00-00", "-1", "99999999999999999999", "9" * 100_000, "9999-12-31T23:59:59-12:00"),
        )
    )
]

NO_ARTICLE = [
    *(
        BadFile(f"empty{ending}", lambda: b"", reason="is empty")
        for ending in (".txt", ".md", ".html", ".pdf", ".docx", ".jsonl")
    ),
    BadFile("blank.txt", lambda: b" \n\t\n" * 100, reason="is empty"),
    BadFile("bom.txt", lambda: b"\xef\xbb\xbf", reason="holds no text"),
    BadFile("png.txt", lambda: b"\x89PNG\r\n\x1a\n" + bytes(500), reason="is binary"),
    BadFile("random.txt", lambda: random.Random(1).randbytes(5_000), reason="is binary"),
    BadFile("random.md", lambda: random.Random(2).randbytes(5_000), reason="is binary"),
    BadFile("random.html", lambda: random.Random(3).randbytes(5_000), reason="binary"),
    BadFile("random.pdf", lambda: random.Random(4).randbytes(5_000), reason="is not a PDF file"),
    BadFile("random.docx", lambda: random.Random(5).randbytes(5_000), reason="is not a .docx file"),
    BadFile("random.jsonl.gz", lambda: random.Random(6).randbytes(500), reason="not compressed by gzip"),
    BadFile("cut.pdf", lambda: GOOD_PDF[:-200], reason="is cut off"),
    BadFile("cut.docx", lambda: GOOD_DOCX[:-200], reason="is cut off"),
    BadFile("cut.jsonl.gz", lambda: gzip.compress(line(text=TEXT))[:-9], reason="broken off"),
    BadFile("wrong-sum.jsonl.gz", lambda: gzip.compress(b"\n")[:-8] + bytes(8), reason="damaged"),
    BadFile("malformed.jsonl", lambda: b'{"text": "The port\n', reason="is not JSON"),
    BadFile(
        "deep.jsonl",
        lambda: b'{"text": ' + b"[" * 100_000 + b"]" * 100_000 + b"}",
        reason="is nested too deeply",
    ),
    BadFile("digits.jsonl", lambda: b'{"text": "a", "n": ' + b"9" * 1_000_000 + b"}", reason="is not JSON"),
    BadFile(
        "long-id.jsonl", lambda: line(text=TEXT, id="x" * 2_000), reason='has an "id" of 2,000 characters'
    ),
    BadFile(
        "yaml-bomb.md", lambda: front(b"a: &a [x, x]\nb: &b [*a, *a]\nc: [*b, *b]"), reason="has an alias"
    ),
    BadFile(
        "yaml-deep.md", lambda: front(b"a: " + b"[" * 40_000 + b"]" * 40_000), reason="nested too deeply"
    ),
    BadFile("yaml-digits.md", lambda: front(b"id: " + b"9" * 90_000), reason="a number that is too long"),
    BadFile("yaml-hex.md", lambda: front(b"id: 0x" + b"f" * 90_000), reason="a number that is too long"),
    BadFile(
        "yaml-python.md", lambda: front(b"title: !!python/object/apply:os.abort []"), reason="is not YAML"
    ),
]

HUGE = [
    BadFile("large.txt", lambda: b"word " * 40_000_000, reason="is 200 MB"),
    BadFile("no-space.txt", lambda: b"x" * 40_000_000, reason="a text of 40,000,000 characters"),
    BadFile("no-space.html", lambda: b"<p>" + b"x" * 40_000_000, reason="a text of 40,000,000 characters"),
    BadFile("empty-lines.md", lambda: b"x" + b"\n" * 9_000_000 + b"y", reason="more lines and marks"),
    BadFile("brackets.md", lambda: b"[" * 1_000_000, reason="more lines and marks"),
    BadFile("quotes.md", lambda: b">" * 1_000_000 + b" x", reason="holds no text"),
    BadFile("elements.html", lambda: page(b"<b>x</b>" * 300_000), reason="more than 200,000 elements"),
    BadFile("tags.html", lambda: page(b"<div>" * 3_000_000), reason="more than 200,000 elements"),
    BadFile("deep.html", lambda: page(b"<div>" * 40_000), TEXT),
    BadFile("classes.html", lambda: page(b"<p class='" + b"a " * 1_000_000 + b"'></p>"), TEXT),
    BadFile(
        "title.html",
        lambda: page(b"").replace(b"<body>", b"<title>" + b"x | " * 300_000 + b"</title><body>"),
        TEXT,
    ),
    BadFile("laughs.xhtml", lambda: f"<!DOCTYPE html [{LAUGHS}]>".encode() + page(b"&i;"), TEXT),
    BadFile(
        "title.jsonl", lambda: line(text=TEXT, title="word " * 100_000, authors=["Ada Brook"] * 100_000), TEXT
    ),
    BadFile(
        "line.jsonl", lambda: b'{"text": "' + b"word " * 40_000_000 + b'"}\n', reason="is longer than 20 MB"
    ),
    BadFile(
        "one-line.jsonl.gz", lambda: packed(b"x" * 10_000_000, 6), reason="unpacks to more than 300 times"
    ),
    BadFile("blank.jsonl.gz", lambda: packed((b" " * 99 + b"\n") * 100_000, 6), reason="is empty"),
    BadFile(
        "bomb.docx",
        lambda: repacked(GOOD_DOCX, {"word/document.xml": bytes(100_000_000)}),
        reason="unpacks to more",
    ),
    BadFile("laughs.docx", _laughing_docx, reason="is damaged"),
    BadFile("zip-in-zip.docx", _zip_in_zip, TEXT),
    BadFile("bomb.pdf", lambda: pdf(b" " * 60_000_000, packed=True), reason="unpacks to more"),
    BadFile("loop.pdf", _looping_pdf, reason=""),
    BadFile("form-loop.pdf", _deep_pdf, TEXT),
]
