"""How many tokens a text takes, without the model's own tokenizer, which would have to be downloaded.

The estimate is made to be rather too high: three bytes a token, where English has four to five and a letter of most
other scripts is two or three bytes; and each digit is a token of its own, as in some models.
"""

from __future__ import annotations

import re

_DIGITS = re.compile(r"[0-9]")
_BYTES = 3


def estimate_tokens(text: str) -> int:
    """Return about how many tokens a text takes at most."""
    digits = len(_DIGITS.findall(text))
    return digits + -(-(len(text.encode()) - digits) // _BYTES)
