"""Whether a sentence was written to its end: a stream may break off anywhere, and half a sentence may say the contrary.

"The Halcyon Tern did" is borne out by "The Halcyon Tern did not sail", as far as it goes.
"""

from __future__ import annotations

import re

from index.words import STOP_WORDS, words

_ENDED = re.compile(r"[.!?…。！？][”’\"'»›)\]」』*_]*$")
_MARKED = re.compile(r"[\]】］)][\s*_`]*$")
_ANSWERS = frozenset(("yes", "no", "none", "nobody", "both", "neither"))
"""Words that say nothing in a sentence, and something alone."""
_GOES_ON = frozenset(("the", "a", "an", "of", "and", "or", "from", "than", "its", "their"))
"""What no sentence ends with; before a full stop it may be a word of another language."""


def is_finished(text: str, written: str, *, is_marked: bool) -> bool:
    """Tell whether a sentence has an end, a full stop or a marker, and says something.

    `text` is what is `written` as plain text without its markers, of which it has some if `is_marked`.
    """
    said = [word.casefold() for word in words(text)]
    if not _ENDED.search(text):
        if not (is_marked and _MARKED.search(written)):
            return False
        if said and said[-1] in _GOES_ON:
            return False
    return not said or said[0] in _ANSWERS or not all(word in STOP_WORDS for word in said)
