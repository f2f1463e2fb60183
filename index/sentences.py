"""Where the sentences of a news text begin and end.

sentencex finds the boundaries; around it stand the article's layout (paragraphs, rows, list items and
datelines, which it does not know) and a few repairs, each for a kind of case that it gets wrong. It keeps
a quotation or a bracket in one piece, where a quote of three sentences has to be quotable one at a time:
so it is shown the text without quotation marks, and the marks are given back to their sentences here.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

import sentencex

from index.datelines import dateline_end


@dataclass(frozen=True, slots=True)
class Sentence:
    """A sentence as the offsets of its first character and of the one after its last."""

    start: int
    end: int


def split_sentences(text: str) -> list[Sentence]:
    """Return the sentences of `text` in order, without the white space around them.

    None crosses a blank line, a table row (a line with " | ") or a list item. Every other character that
    is not white space is in exactly one of them, but for datelines, which are in none.
    """
    sentences = []
    for block in _blocks(text):
        start = block.start
        if block.opens_paragraph:
            start += dateline_end(text[block.start : block.end], opens_article=not text[: block.start].strip())
        body = text[start : block.end]
        edges = [0, *([] if block.is_row else _boundaries(body)), len(body)]
        for left, right in zip(edges, edges[1:], strict=False):
            piece = body[left:right]
            if trimmed := piece.strip():
                first = start + left + len(piece) - len(piece.lstrip())
                sentences.append(Sentence(first, first + len(trimmed)))
    return sentences
