"""Articles in Markdown: front matter to fields, the rest to plain text."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from html import unescape

from markdown_it import MarkdownIt
from markdown_it.token import Token

from index.articles import Draft
from index.errors import ReadError
from index.readers.bounds import check_length
from index.readers.encoding import decode
from index.readers.fields import SYNONYMS, draft_from_fields
from index.readers.front_matter import split_front_matter
from index.readers.markup import Block, MarkupText
from index.readers.superscripts import without_markers
from index.readers.surroundings import without_surroundings

_PARSER = MarkdownIt("commonmark").enable(["table", "strikethrough"])

_FENCE = re.compile(r" {0,3}(?P<fence>`{3,}|~{3,})")
_NOTE = re.compile(r" {0,3}\[\^[^\]\s]+\]:")
_MARKER = re.compile(r"[#>|*+-]|\d+[.)]|\[\^|`{3}|~{3}")
_REFERENCE = re.compile(r"\[\^[^\]\s]{1,60}\]")
_TAG = re.compile(r"<(?P<close>/?)(?P<name>[A-Za-z][\w:-]*)[^<>]*>")
_UNSEEN = re.compile(r"<[!?]")

_MARKS = re.compile(r"[\n*_~`\[\]!<&\\|]")
_MOST_MARKS = 200_000
"""Of each the parser may make an object of a kilobyte. A million words, hard-wrapped, have 90,000."""


def read_markdown(content: bytes) -> Draft:
    """Return the article in a Markdown file (CommonMark with tables, strikethrough and footnotes).

    The title is the front matter's, else the first heading, if it is one of the first level or nothing
    stands above it. Images, comments, tags, footnotes and what is struck out are not in the text.
    Raises ReadError where the content is no text or more than one article, or its front matter is not what it
    should be.
    """
    source = decode(content)
    check_length(len(source))
    if sum(1 for _ in _MARKS.finditer(source)) > _MOST_MARKS:
        raise ReadError(
            f"has more lines and marks of Markdown than one article ({_MOST_MARKS:,})",
            "Split it into its articles, or save it as plain text.",
        )
    fields, body = split_front_matter(source)
    draft = draft_from_fields(fields, "", SYNONYMS)
    try:
        blocks = _blocks(body)
    except RecursionError:
        raise ReadError(
            "is nested too deeply", "Write it with fewer lists and quotes inside others."
        ) from None
    if draft.title is None:
        title, blocks = _without_title(blocks)
        draft = replace(draft, title=title)
    paragraphs = [block.text.split("\n") for block in blocks]
    return without_surroundings(draft, paragraphs, title_is_first=False)


def _without_title(blocks: list[Block]) -> tuple[str | None, list[Block]]:
    for number, block in enumerate(blocks):
        if block.heading == 1 or (block.heading and number == 0):
            return " ".join(block.text.split()), blocks[:number] + blocks[number + 1 :]
    return None, blocks


def _blocks(body: str) -> list[Block]:
    text = MarkupText()
    for token in _PARSER.parse("\n".join(_without_notes(body.split("\n")))):
        _write(token, text)
        if token.level == 0 and token.nesting <= 0:
            text.end_of_block()
            if token.type != "html_block":
                text.end_of_lists()
    blocks = text.blocks()
    if "<sup" not in body.lower():
        return blocks
    return [replace(block, text=without_markers(block.text)) for block in blocks]


def _without_notes(lines: list[str]) -> Iterator[str]:
    """Give the lines that do not define footnotes. CommonMark takes short ones for targets of links."""
    fence = ""
    in_note = after_blank = False
    for line in lines:
        if fence:
            fence = "" if line.strip().startswith(fence) and not line.strip(" " + fence[0]) else fence
        elif in_note and line.strip() and (line[:1] in " \t" or not (after_blank or _MARKER.match(line))):
            after_blank = False
            continue
        elif line.strip():
            in_note = bool(_NOTE.match(line))
            if in_note:
                after_blank = False
                continue
            found = _FENCE.match(line)
            fence = found["fence"] if found else ""
        after_blank = not line.strip()
        yield line


def _write(token: Token, text: MarkupText) -> None:
    if token.type == "inline":
        for child in token.children or []:
            _write_inline(child, text)
    elif token.type == "html_block":
        _write_html(token.content, text)
    elif token.type in ("fence", "code_block"):
        text.verbatim(token.content)
    elif token.nesting == 1:
        text.open(
            token.tag, marker=f"{token.info}. " if token.type == "list_item_open" and token.info else ""
        )
    elif token.nesting == -1:
        text.close(token.tag)
    else:
        text.open(token.tag)


def _write_inline(token: Token, text: MarkupText) -> None:
    if token.type == "html_inline":
        _write_html(token.content, text)
    elif token.type in ("softbreak", "text"):
        text.write(_REFERENCE.sub("", token.content) if token.type == "text" else " ")
    elif token.type == "code_inline":
        text.write(token.content)
    elif token.nesting == -1:
        text.close(token.tag)
    elif token.type == "image":
        text.skip()
    else:
        text.open(token.tag)


def _write_html(html: str, text: MarkupText) -> None:
    position = 0
    while (start := html.find("<", position)) >= 0:
        text.write(unescape(html[position:start]))
        if _UNSEEN.match(html, start):
            text.skip()
            position = _end_of_unseen(html, start)
        elif tag := _TAG.match(html, start):
            (text.close if tag["close"] else text.open)(tag["name"].lower())
            position = tag.end()
        else:
            text.write("<")
            position = start + 1
    text.write(unescape(html[position:]))


def _end_of_unseen(html: str, start: int) -> int:
    """Return where a comment or declaration ends; one that is not closed hides the rest."""
    mark = "-->" if html.startswith("<!--", start) else ">"
    end = html.find(mark, start)
    return end + len(mark) if end >= 0 else len(html)
