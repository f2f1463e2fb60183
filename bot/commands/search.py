"""`footnote search`: the passages that a question finds."""

from __future__ import annotations

from bot import wiring
from bot.answer_json import results_to_json
from bot.answering.extractive import PassageFinder
from bot.commands.json_output import print_json, run_batch
from bot.questions import BatchQuestion, Question, filters_from, moment_asked
from bot.settings import load_settings
from bot.terminal import show_results
from index.retrieval import Retrieval, RetrievedPassage, best_of_each_article
from index.scope import Scope

_PASSAGES_AN_ARTICLE = 20
"""How many passages are ranked for each article asked for, so that long articles leave room for others."""

_MOST_PASSAGES = 5_000


def search_once(
    text: str,
    since: str | None,
    until: str | None,
    publisher: str | None,
    asked_at: str | None,
    *,
    limit: int,
    as_json: bool,
) -> None:
    """Search once, and show the results on the terminal, or as JSON."""
    question = Question(text, moment_asked(asked_at), filters_from(since, until, publisher))
    settings = load_settings()
    wiring.require_index(settings)
    with wiring.retriever(settings) as retriever:
        retrieval, results = search_articles(retriever, text, question.scope, limit)
    if as_json:
        print_json(results_to_json(text, retrieval, results))
    else:
        show_results(retrieval, results)


def search_batch(
    since: str | None, until: str | None, publisher: str | None, asked_at: str | None, *, limit: int
) -> int:
    """Search for each line of standard input; return the exit code."""
    settings = load_settings()
    wiring.require_index(settings)
    with wiring.retriever(settings) as retriever:

        def results(asked: BatchQuestion) -> dict[str, object]:
            text, scope = asked.question.text, asked.question.scope
            return results_to_json(text, *search_articles(retriever, text, scope, limit), asked.id)

        return run_batch(results, filters_from(since, until, publisher), asked_at)


def search_articles(
    finder: PassageFinder, text: str, scope: Scope, limit: int
) -> tuple[Retrieval, list[RetrievedPassage]]:
    """Return what was found for `text`, and of the best `limit` articles the best passage of each.

    Raises:
        FootnoteError: whatever keeps the index from being searched.
    """
    retrieval = finder.retrieve(text, scope, limit=min(limit * _PASSAGES_AN_ARTICLE, _MOST_PASSAGES))
    return retrieval, best_of_each_article(retrieval.passages, limit)
