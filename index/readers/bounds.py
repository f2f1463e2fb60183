"""What an article can be at most: what goes beyond is a mistake, or was made to do harm."""

from __future__ import annotations

from dataclasses import replace

from index.articles import Draft
from index.errors import ReadError

MOST_CHARACTERS = 10_000_000
"""Of text: a million and a half words, where the longest novels have one."""

_LONGEST_ID = 1_000
LONGEST_TITLE = 1_000
_LONGEST_URL = 8_000
"""In characters, as all of these. What is longer is not what its field is for."""

_LONGEST_NAME = 300
_MOST_AUTHORS = 100


def check_length(characters: int) -> None:
    """Raise ReadError where a text of so many characters is longer than one article."""
    if characters > MOST_CHARACTERS:
        raise ReadError(
            f"has a text of {characters:,} characters, more than the {MOST_CHARACTERS:,} of one article",
            "Split it into its articles, and read those.",
        )


def bounded(draft: Draft) -> Draft:
    """Return `draft` without the fields that are too long to be what they say; of its authors the first hundred.

    Raises ReadError where the text is too long for an article, or the id, which cannot be left out: another
    article would be indexed under the place of this one.
    """
    check_length(len(draft.text))
    if draft.id is not None and len(draft.id) > _LONGEST_ID:
        raise ReadError(
            f'has an "id" of {len(draft.id):,} characters, more than {_LONGEST_ID:,}',
            "Give the article a shorter one.",
        )
    return replace(
        draft,
        title=_fitting(draft.title, LONGEST_TITLE),
        url=_fitting(draft.url, _LONGEST_URL),
        publisher=_fitting(draft.publisher, _LONGEST_NAME),
        authors=tuple(name for name in draft.authors if len(name) <= _LONGEST_NAME)[:_MOST_AUTHORS],
        language=_fitting(draft.language, _LONGEST_NAME),
    )


def _fitting(value: str | None, longest: int) -> str | None:
    return None if value is None or len(value) > longest else value
