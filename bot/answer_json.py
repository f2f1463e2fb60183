"""Answers and search results as JSON; the keys are a contract that scripts rely on."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from bot.answers import Answer, Citation, Dropped, Explanation, Written
from index.articles import Article
from index.dates import format_date, format_moment
from index.passages import Passage
from index.retrieval import Retrieval, RetrievedPassage


def answer_to_json(
    answer: Answer,
    id: Any = None,  # noqa: A002 - the key's name
    *,
    explain: bool = False,
) -> dict[str, Any]:
    """Return an answer as it is printed by `ask --json` and in batch mode.

    With `explain`, it says what the confidence was made of.
    """
    explained = {"explanation": _explanation(answer.explanation)} if explain else {}
    return {
        "id": id,
        "question": answer.question.text,
        "asked_at": format_moment(answer.question.asked_at),
        "declined": answer.declined,
        "reason": answer.reason,
        "confidence": round(answer.confidence, 4),
        "claims": [
            {
                "text": claim.text,
                "context": claim.context,
                "notes": list(claim.notes),
                "citations": [citation.number for citation in claim.citations],
            }
            for claim in answer.claims
        ],
        "citations": [_citation(citation) for citation in answer.citations],
        "closest": [
            {"article": article_to_json(related.article), "about": related.about}
            for related in answer.closest
        ],
        "searched": answer.searched,
        "as_of": _date(answer.as_of),
        "index": answer.index
        and {
            "model": answer.index.model,
            "model_digest": answer.index.model_digest,
            "passage_size": answer.index.passage_size,
        },
        "model": answer.model,
        "seconds": {step: round(seconds, 4) for step, seconds in answer.seconds.items()},
        "written": _written(answer.written),
        "notice": answer.notice,
        "reply": answer.reply,
        **explained,
    }


def _written(written: Written | None) -> dict[str, Any] | None:
    if written is None:
        return None
    return {
        "text": written.text,
        "dropped": [_dropped(each) for each in written.dropped],
        "repaired": [_dropped(each) for each in written.repaired],
        "input_tokens": written.input_tokens,
        "output_tokens": written.output_tokens,
    }


def _dropped(sentence: Dropped) -> dict[str, Any]:
    return {"text": sentence.text, "reasons": list(sentence.reasons)}


def _explanation(explanation: Explanation | None) -> dict[str, Any] | None:
    if explanation is None:
        return None
    return {
        "quote": explanation.quote,
        "article": article_to_json(explanation.article),
        "threshold": explanation.threshold,
        "factors": [
            {
                "name": factor.name,
                "probability": round(factor.probability, 4),
                "parts": {name: round(value, 4) for name, value in factor.parts},
            }
            for factor in explanation.factors
        ],
    }


def results_to_json(
    query: str,
    retrieval: Retrieval,
    results: Sequence[RetrievedPassage],
    id: Any = None,  # noqa: A002
) -> dict[str, Any]:
    """Return search results as they are printed by `search --json` and in batch mode."""
    return {
        "id": id,
        "question": query,
        "results": [
            {
                "score": round(found.score, 6),
                "parts": {
                    "cosine": round(found.parts.cosine, 6),
                    "bm25": round(found.parts.bm25, 6),
                    "dense": round(found.parts.dense, 6),
                    "lexical": round(found.parts.lexical, 6),
                    "late": round(found.parts.late, 6),
                    "recency": round(found.parts.recency, 6),
                    "period": round(found.parts.period, 6),
                    "lead": round(found.parts.lead, 6),
                },
                "passage": passage_to_json(found.passage),
                "article": article_to_json(found.article),
            }
            for found in results
        ],
        "searched": retrieval.searched,
        "as_of": _date(retrieval.newest),
    }


def article_to_json(article: Article) -> dict[str, Any]:
    """Return an article without its text."""
    return {
        "id": article.id,
        "title": article.title,
        "url": article.url,
        "publisher": article.publisher,
        "authors": list(article.authors),
        "published_at": _date(article.published_at),
        "updated_at": _date(article.updated_at),
        "language": article.language,
        "origin": article.origin,
        "copies": [
            {"url": copy.url, "publisher": copy.publisher, "published_at": _date(copy.published_at)}
            for copy in article.copies
        ],
    }


def passage_to_json(passage: Passage) -> dict[str, Any]:
    """Return a passage with its place in the article, in characters."""
    return {
        "id": passage.id,
        "ordinal": passage.ordinal,
        "text": passage.text,
        "start": passage.start,
        "end": passage.end,
    }


def _citation(citation: Citation) -> dict[str, Any]:
    return {
        "number": citation.number,
        "quote": citation.quote,
        "context": citation.context,
        "start": citation.start,
        "end": citation.end,
        "passage": passage_to_json(citation.passage),
        "article": article_to_json(citation.article),
    }


def _date(moment: datetime | None) -> str | None:
    return None if moment is None else format_date(moment)
