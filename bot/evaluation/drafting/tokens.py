"""Sentences as tokens: words, figures and marks, from which a question can be put together again."""

from __future__ import annotations

import re
from collections.abc import Iterable
from enum import Enum, auto
from functools import lru_cache
from typing import NamedTuple

_TOKEN = re.compile(
    r"""
      (?P<figure>
          (?:(?:US|A|C|HK)?[$£€¥])? (?: \d{1,3}(?:,\d{3})+ | \d+ ) (?:\.\d+)?
          (?: % | (?:bn|tn|[kmb])(?![^\W_]) )?
          (?! [^\W_] | [.,/:’'–-]\d | [-–/] [^\W_] )
      )
    | (?P<word>
          (?: [^\W\d_]\. ){2,}
        | (?: Mrs? | Ms | Drs? | Prof | Gen | Lt | Col | Sgt | Capt | Sens? | Reps? | Gov | Rev | Hon | St | Jr | Sr
            | No | Inc | Corp | Co | Ltd | vs | Jan | Feb | Aug | Sept? | Oct | Nov | Dec )\.
        | [^\W\d_]\.(?=\s[A-Z])
        | [^\W_]+ (?: (?:[-‐‑'’&/.,:+]|–(?=\d))[^\W_]+ )* (?: ['’] (?=\s) )?
      )
    | (?P<mark> \.\.\. | -- | \S )
    """,
    re.VERBOSE,
)
_ASIDE = re.compile(r"\s*(?:\([^()]*\)|\[[^\[\]]*\])")


class TokenKind(Enum):
    """What a token is."""

    WORD = auto()
    FIGURE = auto()
    MARK = auto()


_KINDS = {"word": TokenKind.WORD, "figure": TokenKind.FIGURE, "mark": TokenKind.MARK}


class Token(NamedTuple):
    """A word, a figure with its sign ("$4.5", "12%") or a mark.

    `lower` is the text without letter case; `spaced` tells whether white space comes before it, `is_capitalised`
    whether it is a word that begins with a capital.
    """

    text: str
    kind: TokenKind
    spaced: bool
    lower: str
    is_word: bool
    is_capitalised: bool


# Most tokens of a collection are the same few words: kept once, ten thousand articles fit into memory.
@lru_cache(maxsize=1 << 18)
def token_of(text: str, kind: TokenKind, *, spaced: bool) -> Token:
    """Return the token that a text is."""
    is_word = kind is TokenKind.WORD
    return Token(text, kind, spaced, text.casefold(), is_word, is_word and text[0].isupper())


Tokens = tuple[Token, ...]


def tokens_of(sentence: str) -> Tokens:
    """Return the tokens of a sentence, without what stands in brackets."""
    text = _ASIDE.sub("", sentence)
    found: list[Token] = []
    end = 0
    for match in _TOKEN.finditer(text):
        found.append(token_of(match[0], _KINDS[match.lastgroup or ""], spaced=match.start() > end))
        end = match.end()
    return tuple(found)


def joined(tokens: Iterable[Token]) -> str:
    """Return the text that the tokens were, with single spaces."""
    return "".join((" " if token.spaced else "") + token.text for token in tokens).strip()
