"""Scratch indexes: a data set's articles, indexed once and kept for the next measurement.

Embedding ten thousand passages takes minutes, and most changes are to what happens after it. An index is kept under a
name made of the data, the model, and the code that decides what an index holds; when one of these changes, it is
built anew.
"""

from __future__ import annotations

import hashlib
import json
import os
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

from bot.errors import EvaluationError
from bot.settings import Settings
from bot.wiring import reindexer
from index.articles import Draft
from index.dates import format_date
from index.locks import unshared_lock
from index.model_files import locate_model
from index.planning import Progress
from index.reindexing import ReindexReport

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

    Another process that builds it is waited for.

    Raises:
        FootnoteError: it cannot be built.
    """
    digest = hashlib.sha256()
    for draft in drafts:
        digest.update(_line(draft))
    with alone(folder, f"{name}-{_named(digest, settings)}") as home:
        made = settings.model_copy(update={"home": home})
        if not (home / "complete").exists():
            home.mkdir(exist_ok=True)
            articles = home / "articles.jsonl"
            write_drafts(articles, drafts)
            reindexer(made, progress).run([articles])
            (home / "complete").touch()
    return made


def scratch_index_of_files(
    folder: Path, paths: Sequence[Path], settings: Settings, progress: Progress
) -> tuple[Settings, ReindexReport]:
    """Return settings whose home, under `folder`, holds an index of the articles in files and folders.

    It is brought in line with them each time; only what is new or changed is embedded. Another process that does so is
    waited for.

    Raises:
        FootnoteError: it cannot be built.
    """
    digest = hashlib.sha256()
    for path in paths:
        digest.update(os.fsencode(path.absolute()) + b"\0")
    with alone(folder, f"files-{_named(digest, settings)}") as home:
        made = settings.model_copy(update={"home": home})
        return made, reindexer(made, progress).run(paths)


@contextmanager
def alone(folder: Path, name: str) -> Iterator[Path]:
    """Give the place of this name under `folder`, which no other process works in meanwhile.

    Raises:
        EvaluationError: it cannot be made.
    """
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise EvaluationError(
            f"No scratch index can be made in {folder} ({error.strerror or error}).",
            "Give this user access to that folder, or set XDG_CACHE_HOME to another one.",
        ) from error
    with unshared_lock(folder / f"{name}.lock"):
        yield folder / name


def digest_of(texts: Iterable[str], settings: Settings) -> str:
    """Return what names an index of these texts: they, the model and the code that makes it."""
    digest = hashlib.sha256()
    for text in texts:
        digest.update(text.encode(errors="backslashreplace") + b"\0")
    return _named(digest, settings)


def _named(digest: hashlib._Hash, settings: Settings) -> str:
    """Return what names an index: its articles by their digest, the model and the code that makes it."""
    digest.update(locate_model(settings.embedding_model).digest.encode())
    digest.update(code_digest().encode())
    return digest.hexdigest()[:12]


def code_digest() -> str:
    """Return a digest of the code that decides what an index holds."""
    digest = hashlib.sha256()
    for path in sorted(_CODE.rglob("*.py")):
        if _SEARCHING.isdisjoint(path.relative_to(_CODE).parts):
            digest.update(path.read_bytes())
    return digest.hexdigest()


def write_drafts(file: Path, drafts: Iterable[Draft]) -> None:
    """Write drafts as JSON lines that a reindex reads as the same articles."""
    file.write_bytes(b"".join(_line(draft) + b"\n" for draft in drafts))


def _line(draft: Draft) -> bytes:
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
    # Half of a surrogate pair, which UTF-8 has no bytes for, is written as JSON's escape.
    return json.dumps(said, ensure_ascii=False).encode(errors="backslashreplace")
