"""Links that open an article where it says what is quoted.

A text fragment (https://wicg.github.io/scroll-to-text-fragment/) tells the browser which words to look for; it
shows the first place where it finds them. They must stand within one block of the page, so within one line
and table cell of the article's text, and begin and end with whole words.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from urllib.parse import quote

from bot.visible import safe_link

LONGEST_LINK = 2_000
"""Characters."""

_LONGEST_WHOLE = 300
"""Characters. Of longer quotes the first and last words stand in the link."""

_WORDS_AT_EACH_END = 5
_MOST_CONTEXT_WORDS = 10

_WORD = re.compile(r"\S+")
_BLOCK_END = re.compile(r"\n|(?<!\S)\|(?!\S)")
_SPACES = re.compile(r"\s+")


@dataclass(frozen=True, slots=True)
class _Directive:
    """What the browser looks for: `start`, or what lies from `start` to `end`, between `prefix` and `suffix`."""

    start: str
    end: str = ""
    prefix: str = ""
    suffix: str = ""

    def __str__(self) -> str:
        prefix = f"{_encoded(self.prefix)}-" if self.prefix else ""
        suffix = f"-{_encoded(self.suffix)}" if self.suffix else ""
        terms = (prefix, _encoded(self.start), _encoded(self.end), suffix)
        return f":~:text={','.join(filter(None, terms))}"

    def first_in(self, page: str) -> tuple[int, int] | None:
        """Return where a browser finds it first in a page that was folded, as everything in it is."""
        prefix, start, end, suffix = map(_pattern, (self.prefix, self.start, self.end, self.suffix))
        opening = re.search(f"{prefix} ?({start})" + ("" if end else f" ?{suffix}"), page)
        if opening is None or not end:
            return opening and opening.span(1)
        closing = re.compile(f"({end}) ?{suffix}").search(page, opening.end(1))
        return closing and (opening.start(1), closing.end(1))


def _encoded(term: str) -> str:
    return quote(term, safe="", errors="surrogatepass").replace("-", "%2D")


def _pattern(term: str) -> str:
    return re.escape(_folded(term))


def _folded(text: str) -> str:
    # At least as loosely as browsers compare, so that nothing they could find first is overlooked.
    letters = (sign for sign in unicodedata.normalize("NFD", text) if not unicodedata.combining(sign))
    return _SPACES.sub(" ", _BLOCK_END.sub(" ", "".join(letters))).casefold()


def link_to_quote(article_url: str | None, article_text: str, start: int, end: int) -> str | None:
    """Return a link to an article's words `article_text[start:end]`; None where it has no web address.

    Where no link of at most LONGEST_LINK characters leads to them (they are cut out of a word, or said before
    in the same surroundings), it is the article's address as it is.
    """
    url = safe_link(article_url)
    if url is None:
        return None
    words = _words_to_find(article_text, start, end)
    if not words:
        return url
    first, last = words[0][0], words[-1][1]
    before, quoted = _folded(article_text[:first]), _folded(article_text[first:last])
    page = before + quoted + _folded(article_text[last:])
    address, _, _ = url.partition(":~:")
    for directive in _directives(article_text, words):
        link = f"{address}{'' if '#' in address else '#'}{directive}"
        if len(link) <= LONGEST_LINK and directive.first_in(page) == (len(before), len(before + quoted)):
            return link
    return url


def _words_to_find(text: str, start: int, end: int) -> list[tuple[int, int]]:
    """Return where the words of the quote stand, or of its longest part within a block."""
    breaks = [edge for found in _BLOCK_END.finditer(text, start, end) for edge in found.span()]
    edges = [start, *breaks, end]
    parts = [_whole_words(text, left, right) for left, right in zip(edges[::2], edges[1::2], strict=True)]
    return max(parts, key=lambda words: words[-1][1] - words[0][0] if words else 0)


def _whole_words(text: str, start: int, end: int) -> list[tuple[int, int]]:
    words = [found.span() for found in _WORD.finditer(text, start, end)]
    if words and _within_word(text, words[0][0]):
        words = words[1:]
    if words and _within_word(text, words[-1][1]):
        words = words[:-1]
    return words


def _within_word(text: str, offset: int) -> bool:
    return text[offset - 1 : offset].isalnum() and text[offset : offset + 1].isalnum()


def _directives(text: str, words: Sequence[tuple[int, int]]) -> Iterator[_Directive]:
    """Yield what may be looked for, the plainest first."""
    plain = list(_without_context([text[start:end] for start, end in words]))
    yield from plain
    before = _next_to(reversed(_BLOCK_END.split(text[: words[0][0]])))
    after = _next_to(_BLOCK_END.split(text[words[-1][1] :]))
    for count in range(1, _MOST_CONTEXT_WORDS + 1):
        prefix, suffix = " ".join(before[-count:]), " ".join(after[:count])
        for left, right in ((prefix, ""), ("", suffix), (prefix, suffix)):
            yield from (replace(each, prefix=left, suffix=right) for each in plain)


def _without_context(words: Sequence[str]) -> Iterator[_Directive]:
    whole = " ".join(words)
    if len(whole) <= _LONGEST_WHOLE:
        yield _Directive(whole)
    half = len(words) // 2
    for count in range(_WORDS_AT_EACH_END, half, _WORDS_AT_EACH_END):
        yield _Directive(" ".join(words[:count]), " ".join(words[-count:]))
    if half:
        yield _Directive(" ".join(words[:half]), " ".join(words[half:]))


def _next_to(blocks: Iterator[str] | Sequence[str]) -> list[str]:
    """Return the words of the first block that has any."""
    return next((words for block in blocks if (words := block.split())), [])
