"""Where the articles to draft from come from: files, or the index."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path, PurePath

from bot.evaluation.drafting.collection import SourceArticle
from index.articles import Article, Draft
from index.catalogue.reading import CatalogueReader
from index.discovery import FoundFile, Problem, discover, path_key
from index.errors import ReadError
from index.planning import place_name
from index.readers import read_file


@dataclass(frozen=True, slots=True)
class FilesRead:
    """The articles of files, and what could not be read."""

    articles: tuple[SourceArticle, ...]
    problems: tuple[Problem, ...]


def articles_in_files(paths: Sequence[Path]) -> FilesRead:
    """Return the articles under `paths`.

    A file's only article is called by its path in the folder that was named, one of several in a file by its URL, else
    its title, else its line.
    """
    found = discover(paths)
    articles: list[SourceArticle] = []
    problems = list(found.problems)
    for file in found.files:
        name = _name_in(file, paths)
        for line, read in read_file(file.path):
            if isinstance(read, ReadError):
                problems.append(Problem(file.key, line, read.message, read.remedy))
            else:
                articles.append(_from_draft(read, _source(read, place_name(name, line)) if line else name))
    return FilesRead(tuple(articles), tuple(problems))


def articles_in_index(catalogue: CatalogueReader) -> tuple[SourceArticle, ...]:
    """Return the articles that are live in the index, each called by its URL, else its title, else its place.

    Raises:
        IndexMissingError: nothing has been indexed.
        FootnoteError: the index cannot be read.
    """
    with catalogue.snapshot() as snapshot:
        snapshot.require_articles()
        articles = sorted(snapshot.every_article(), key=lambda article: article.id)
    return tuple(_from_draft(article, _source(article, article.origin)) for article in articles)


def _name_in(file: FoundFile, paths: Sequence[Path]) -> str:
    """Return the path of a file below the named folder that holds it; of a named file its name."""
    roots = [path_key(path).rstrip("/") + "/" for path in paths]
    below = [file.key.removeprefix(root) for root in roots if file.key.startswith(root)]
    return min(below, key=len) if below else PurePath(file.key).name


def _source(article: Article | Draft, place: str) -> str:
    return article.url or article.title or place


def _from_draft(article: Article | Draft, source: str) -> SourceArticle:
    published = article.published_at and article.published_at.date()
    return SourceArticle(source, article.text, article.title, published, article.language)
