"""How many tokens a text takes, without the model's own tokenizer, which would have to be downloaded.

The estimate is rather too high. Words of English have four to five letters a token and are counted with three; each
digit and sign counts as a token, as in some models; so does each byte but the first of any other letter, which is what
these come to where a model was hardly taught their script.
"""

from __future__ import annotations

import re

_WORDS = re.compile(r"[A-Za-z\s]+", re.ASCII)
_SIGNS = re.compile(r"[!-@\[-`{-~]")
_LETTERS = 3


def estimate_tokens(text: str) -> int:
    """Return about how many tokens a text takes at most."""
    letters = sum(len(words) for words in _WORDS.findall(text))
    further_bytes = len(text.encode()) - len(text)
    return -(-letters // _LETTERS) + len(_SIGNS.findall(text)) + further_bytes
