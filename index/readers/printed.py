"""The article that printed paragraphs make up: a PDF file and a Word document end in the same way."""

from __future__ import annotations

from collections.abc import Sequence

from index.articles import Draft
from index.readers.bylines import read_credits
from index.readers.properties import believable_authors, choose_title


def printed_draft(
    texts: Sequence[str], *, top: int, headline: int, title: str, author: str, language: str | None
) -> Draft:
    """Return the article of the paragraphs `texts`, without its headline and by-lines.

    `title` and `author` are what the file's properties say. The headline is looked for among the first `top`
    paragraphs; `headline` is the place of the one that looks like it, -1 for none.
    """
    shown_title, place = choose_title(title, texts[:top], headline)
    authors = believable_authors(author)
    credits_, said = read_credits(texts, place, authors)
    kept = [text for number, text in enumerate(texts) if text and number != place and number not in said]
    return Draft(
        text="\n\n".join(kept),
        title=shown_title,
        publisher=credits_.publisher,
        authors=credits_.authors or authors,
        published_at=credits_.published_at,
        updated_at=credits_.updated_at,
        language=language,
    )
