"""Scratch indexes: a data set's articles, indexed once and kept for the next measurement.

Embedding ten thousand passages takes minutes, and most changes are to what happens after it. An index is kept under a
name made of the data, the model, and the code that decides what an index holds; when one of these changes, it is
built anew.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Sequence
from pathlib import Path

from bot.settings import Settings
from bot.wiring import reindexer
from index.articles import Draft
from index.dates import format_date
from index.model_files import locate_model
from index.planning import Progress

_CODE = Path(__file__).parent.parent.parent / "index"
_SEARCHING = frozenset(
    (
        "collapsing.py",
        "ranking.py",
        "retrieval.py",
        "scope.py",
        "langchain_retriever.py",
        "periods",
        "readers",
    )
)
"""Modules and folders in which a change leaves an index of drafts as it is: they only search, or read files."""


def scratch_index(
    folder: Path, name: str, drafts: Sequence[Draft], settings: Settings, progress: Progress
) -> Settings:
    """Return settings whose home holds an index of `drafts`, building it under `folder` where it is not there yet.

    Raises:
        FootnoteError: it cannot be built.
    """
    lines = [_line(draft) for draft in drafts]
    digest = hashlib.sha256()
    for line in lines:
        digest.update(line.encode())
    digest.update(locate_model(settings.embedding_model).digest.encode())
    digest.update(code_digest().encode())
    home = folder / f"{name}-{digest.hexdigest()[:12]}"
    made = settings.model_copy(update={"home": home})
    if not (home / "complete").exists():
        home.mkdir(parents=True, exist_ok=True)
        articles = home / "articles.jsonl"
        articles.write_text("\n".join(lines) + "\n", encoding="utf-8")
        reindexer(made, progress).run([articles])
        (home / "complete").touch()
    return made


def code_digest() -> str:
    """Return a digest of the code that decides what an index holds."""
    digest = hashlib.sha256()
    for path in sorted(_CODE.rglob("*.py")):
        if _SEARCHING.isdisjoint(path.relative_to(_CODE).parts):
            digest.update(path.read_bytes())
    return digest.hexdigest()


def _line(draft: Draft) -> str:
    said = {
        "id": draft.id,
        "url": draft.url,
        "title": draft.title,
        "publisher": draft.publisher,
        "authors": list(draft.authors),
        "published_at": draft.published_at and format_date(draft.published_at),
        "updated_at": draft.updated_at and format_date(draft.updated_at),
        "language": draft.language,
        "text": draft.text,
    }
    return json.dumps(said, ensure_ascii=False)
