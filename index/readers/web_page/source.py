"""From the bytes of a saved page to its tree: the encoding, and what the parser cannot take as it comes."""

from __future__ import annotations

import codecs
import re
from collections import Counter

from lxml import etree, html  # type: ignore[import-untyped]

from index.errors import ReadError
from index.readers.web_page.tree import DROPPED, Element

_BOMS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_HEAD = 100_000
"""Bytes in which the encoding is looked for: pages put long scripts in front of their meta elements."""

_DECLARED = re.compile(
    rb"""<\?xml[^>]{0,200}?encoding\s*=\s*["']([\w.:-]+)
    |<meta\b[^>]{0,500}?charset\s*=\s*["']?\s*([\w.:-]+)""",
    re.VERBOSE | re.IGNORECASE,
)
_COMMENT = re.compile(rb"<!--.*?(?:-->|\Z)", re.DOTALL)
# Labels of encodings that pages are written in; codecs.lookup also knows base64, rot13 and utf-7.
_CHARSET = re.compile(
    r"utf-?(?:8|16|32)\w*(?:-?[lb]e)?|(?:x-)?(?:windows|cp|ibm)-?\d+|iso-?8859-?\d+(?:-[ei])?|latin-?\d+"
    r"|l[1-9]"
    r"|koi8-[ru]|(?:us-)?ascii|gb\w*|big5\w*|(?:x-)?s(?:hift)?[-_]?jis|x?-?euc-?(?:jp|kr)|ks_c_5601\S*"
    r"|tis-620"
    r"|(?:x-)?mac\w*|iso-2022-jp",
    re.IGNORECASE,
)
# Browsers read the label of a standard as the vendor's larger encoding that pages really use.
_AS_BROWSERS_READ = {
    "ascii": "cp1252",
    "iso8859-1": "cp1252",
    "iso8859-9": "cp1254",
    "tis-620": "cp874",
    "gb2312": "gb18030",
    "gbk": "gb18030",
    "shift_jis": "cp932",
    "euc_kr": "cp949",
}
_SINGLE_BYTE = re.compile(r"cp125\d|iso8859-\d+")

# U+E000 and after are this package's own marks while it reads.
_NOT_TEXT = re.compile("[\x00-\x08\x0b\x0e-\x1f\x7f\ue000-\ue00f\ufffe\uffff]")
_ARCHIVE = re.compile(r"\s*(?:From: <Saved by |MIME-Version:)")

_XHTML = re.compile(r"\s*<\?xml|\s*<!DOCTYPE html PUBLIC [^>]*XHTML", re.IGNORECASE)
_SELF_CLOSED = re.compile(
    r"<(script|iframe|title|style|textarea|noscript|a|div|span|p|td|li|ul|b|i|em|strong|sup|sub|s"
    r"|del)\b([^<>]*)/>",
    re.IGNORECASE,
)

_DEEPEST = 150
"""Levels of elements that are read. Pages need some 40; libxml2 stops reading at 2,048."""

_MOST_ELEMENTS = 200_000
"""Of a page; each is looked at some forty times. The longest pages of reference works have 60,000."""

_FLATTENED, _FLATTENED_WITH_MEANING = 60, 80
_MARKUP = re.compile(
    r"<!--.*?(?:-->|\Z)|<(script|style)\b.*?(?:</\1\s*>|\Z)|<(/?)([a-zA-Z][^\s/>]*)[^>]*>",
    re.DOTALL | re.IGNORECASE,
)
_VOID = frozenset(
    (
        "area",
        "base",
        "br",
        "col",
        "embed",
        "hr",
        "img",
        "input",
        "link",
        "meta",
        "param",
        "source",
        "track",
        "wbr",
    )
)
# The parser closes these itself; left open, they do not nest.
_NEVER_NESTING = frozenset(
    ("dd", "dt", "li", "option", "p", "tbody", "td", "tfoot", "th", "thead", "tr", "html", "head", "body")
)
_MEANING = frozenset(("a", "article", "blockquote", "h1", "h2", "h3", "main", "s", "sup"))
_LOOKS = frozenset(("b", "big", "center", "em", "font", "i", "small", "span", "strong", "tt", "u"))


def parse_page(content: bytes) -> Element:
    """Return the root element of the page in `content`, without comments.

    Raises ReadError for what is no page of HTML, holds nothing, or more than the page of one article.
    """
    source = decode(content)
    if source.count("<") > 5 * _MOST_ELEMENTS:
        raise _too_large()
    if _XHTML.match(source):
        source = _SELF_CLOSED.sub(r"<\1\2></\1>", source)
    root = _parse(source)
    if root is not None and _too_deep(root):
        root = _parse(_flattened(source))
    if root is None:
        raise ReadError("holds no text", "Save the page again from the browser, or delete the file.")
    if sum(1 for _ in root.iter()) > _MOST_ELEMENTS:
        raise _too_large()
    return root


def _too_large() -> ReadError:
    return ReadError(
        f"is a page of more than {_MOST_ELEMENTS:,} elements", "Save the article alone, or as plain text."
    )


def decode(content: bytes) -> str:
    """Return the characters of a page: by its byte order mark, its declaration, as UTF-8, else as cp1252."""
    text = _decoded(content)
    junk = len(_NOT_TEXT.findall(text))
    if junk * 20 > len(text):
        raise ReadError("is not a web page but binary data", "Save the page again as HTML.")
    if _ARCHIVE.match(text) and "multipart/related" in text[:3000]:
        raise ReadError("is a web archive (MHTML)", "Save the page again as “Webpage, HTML only”.")
    return _NOT_TEXT.sub("", text)


def _decoded(content: bytes) -> str:
    for mark, encoding in _BOMS:
        if content.startswith(mark):
            return content.decode("utf-8-sig" if encoding == "utf-8" else encoding, "replace")
    if content[:4:2] in (b"<!", b"<h", b"<?") and content[1:4:2] == b"\0\0":
        return content.decode("utf-16-le", "replace")
    encoding = _declared_encoding(content) or "utf-8"
    # "â€™" is never what was meant: bytes that are UTF-8 in every place are UTF-8, whatever the page declares.
    attempts = ["utf-8", encoding] if _SINGLE_BYTE.fullmatch(encoding) else [encoding, "utf-8"]
    for attempt in attempts:
        try:
            return content.decode(attempt)
        except ValueError:
            continue
    if encoding in ("utf-8", "cp1252"):
        return content.decode(encoding, "footnote.cp1252")
    return content.decode(encoding, "replace")


def _declared_encoding(content: bytes) -> str | None:
    for found in _DECLARED.finditer(_COMMENT.sub(b"", content[:_HEAD])):
        label = (found[1] or found[2]).decode("ascii", "replace")
        if not _CHARSET.fullmatch(label):
            continue
        try:
            name = codecs.lookup(label).name
        except LookupError:
            continue
        # The declaration was read as ASCII, so the page is not UTF-16.
        return "utf-8" if name.startswith(("utf-16", "utf-32")) else _AS_BROWSERS_READ.get(name, name)
    return None


def _stray_bytes(error: UnicodeError) -> tuple[str, int]:
    """Read the bytes that an encoding has no character for as cp1252: pages are pasted together."""
    if not isinstance(error, UnicodeDecodeError):
        raise error
    return error.object[error.start : error.end].decode("cp1252", "ignore"), error.end


codecs.register_error("footnote.cp1252", _stray_bytes)


def _parse(source: str) -> Element | None:
    if not source.strip():
        return None
    parser = html.HTMLParser(encoding="utf-8", huge_tree=True, remove_comments=True, remove_pis=True)
    try:
        return etree.fromstring(source.encode("utf-8", "replace"), parser)
    except etree.ParserError:
        return None
    except etree.XMLSyntaxError:
        return None


def _too_deep(root: Element) -> bool:
    depth = 0
    for event, _ in etree.iterwalk(root, events=("start", "end")):
        depth += 1 if event == "start" else -1
        if depth > _DEEPEST:
            return True
    return False


def _flattened(source: str) -> str:
    """Return the page without the tags that only change its looks and those deeper than 60 levels.

    A page gets there by tags that it never closes. Past 2,048 levels the parser would leave out the rest.
    """
    opened: list[tuple[str, bool]] = []
    counts: Counter[str] = Counter()
    depth = 0

    def rewritten(found: re.Match[str]) -> str:
        nonlocal depth
        name = (found[3] or "").lower()
        if not name or name in _VOID or name in _NEVER_NESTING:
            return found[0]
        if name in _LOOKS:
            return DROPPED
        if not found[2]:
            kept = depth < (_FLATTENED_WITH_MEANING if name in _MEANING else _FLATTENED)
            opened.append((name, kept))
            counts[name] += 1
            depth += kept
            return found[0] if kept else "<br>"
        tags = ""
        while counts[name]:
            closed, kept = opened.pop()
            counts[closed] -= 1
            depth -= kept
            tags += f"</{closed}>" if kept else "<br>"
            if closed == name:
                break
        return tags

    return _MARKUP.sub(rewritten, source)
