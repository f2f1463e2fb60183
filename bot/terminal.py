"""Answers and search results as a person reads them in a terminal."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from rich.console import Console
from rich.padding import Padding
from rich.style import Style
from rich.table import Table
from rich.text import Text

from bot.answers import Answer, Citation
from bot.published import day, published
from bot.visible import safe_link, visible
from index.articles import Article
from index.retrieval import Retrieval, RetrievedPassage

_PARTS_SHOWN = 8
"""Pieces of evidence for each factor of a confidence."""
_CONTEXT = 160
"""Characters of the article shown on each side of a quote."""


def console(*, errors: bool = False) -> Console:
    """Return the terminal. Markup, emoji codes and highlighting are off: article text is shown as it is."""
    return Console(stderr=errors, markup=False, emoji=False, highlight=False, soft_wrap=False)


def _indented(text: Text | Padding) -> Padding:
    return Padding(text, (0, 0, 0, 4), expand=False)


def show_answer(answer: Answer, *, explain: bool = False) -> None:
    """Print an answer with its sources, or a decline with the closest articles; and what its confidence was made of."""
    out = console()
    if answer.declined:
        _show_decline(out, answer)
    else:
        _show_claims(out, answer)
    if explain:
        _show_explanation(out, answer)


def _show_claims(out: Console, answer: Answer) -> None:
    body = Text()
    for claim in answer.claims:
        if claim.context:
            body.append(f"({visible(claim.context)}) ", style="dim")
        body.append(visible(claim.text))
        if claim.notes:
            body.append(f" ({'; '.join(map(visible, claim.notes))})", style="dim")
        for citation in claim.citations:
            body.append(f" [{citation.number}]", style="bold cyan")
        body.append(" ")
    body.rstrip()
    out.print(body)
    out.print()
    out.print(Text("Sources", style="bold"))
    for citation in answer.citations:
        _show_source(out, citation, answer.question.asked_at)
    out.print()
    out.print(Text(f"confidence {answer.confidence:.2f}{_as_of(answer)}", style="dim"))


def _show_decline(out: Console, answer: Answer) -> None:
    out.print(Text(f"The articles do not answer this. {visible(answer.reason or '')}", style="bold"))
    searched = f"Searched {answer.searched:,} article{'' if answer.searched == 1 else 's'}"
    out.print(Text(f"{searched}{_as_of(answer)}."))
    if answer.closest:
        out.print()
        out.print(Text("Related, but not an answer:", style="bold"))
        for related in answer.closest:
            out.print(_indented(_headline(related.article, answer.question.asked_at)))
            out.print(_indented(_indented(Text(visible(related.about), style="dim"))))


def _show_explanation(out: Console, answer: Answer) -> None:
    out.print()
    explanation = answer.explanation
    if explanation is None:
        out.print(Text("No sentence was found that a confidence could be made of.", style="bold"))
        return
    out.print(
        Text(
            f"Confidence {answer.confidence:.2f}; answered from {explanation.threshold:.2f} on.", style="bold"
        )
    )
    out.print(Text.assemble("Nearest sentence: ", (visible(explanation.quote), "italic")))
    out.print(_indented(_headline(explanation.article, answer.question.asked_at)))
    out.print(Text("What spoke for it (+) and against it (-), in logarithms of the odds:"))
    for factor in explanation.factors:
        out.print(_indented(Text(f"{factor.probability:.2f}, that {factor.name}:", style="bold")))
        for name, value in factor.parts[:_PARTS_SHOWN]:
            out.print(_indented(_indented(Text(f"{value:+.2f}  {name}"))))


def _as_of(answer: Answer) -> str:
    return f", as of {day(answer.as_of)}" if answer.as_of else ""


def _show_source(out: Console, citation: Citation, asked_at: datetime) -> None:
    line = Text(f"[{citation.number}] ", style="bold cyan")
    line.append_text(_headline(citation.article, asked_at))
    out.print(line)
    link = safe_link(citation.article.url)
    if link:
        # Not padded, which would break a long one: it is there to be copied.
        out.print(Text.assemble("    ", (link, Style(link=link, dim=True))), soft_wrap=True)
    carried = [copy.publisher or copy.url or "" for copy in citation.article.copies]
    if any(carried):
        out.print(
            _indented(Text(f"also carried by {visible(', '.join(filter(None, carried)))}", style="dim"))
        )
    out.print(_indented(_quote_in_context(citation)))


def _headline(article: Article, asked_at: datetime) -> Text:
    line = Text(visible(article.title or article.id), style="bold")
    if article.publisher:
        line.append(f", {visible(article.publisher)}", style="not bold")
    line.append(f", {published(article.published_at, asked_at)}", style="not bold")
    return line


def _quote_in_context(citation: Citation) -> Text:
    text, passage = citation.article.text, citation.passage
    start = max(passage.start, citation.start - _CONTEXT)
    end = min(passage.end, citation.end + _CONTEXT)
    # Cut between words: the first and last piece of a word go.
    before = text[start : citation.start]
    before = before if start == passage.start else "… " + before.partition(" ")[2]
    after = text[citation.end : end]
    after = after if end == passage.end else after.rpartition(" ")[0] + " …"
    # The stars say what is quoted where bold does not show: in a pipe, a log, a copy.
    shown = Text(visible(before) + (" " if before[-1:].isspace() else ""), style="dim")
    shown.append(f"**{visible(citation.quote)}**", style="not dim bold")
    shown.append((" " if after[:1].isspace() else "") + visible(after), style="dim")
    return shown


def show_results(retrieval: Retrieval, results: Sequence[RetrievedPassage]) -> None:
    """Print search results, best first."""
    out = console()
    if not results:
        out.print(
            Text("Nothing found: no article is in scope." if not retrieval.searched else "Nothing found.")
        )
        return
    for number, found in enumerate(results, 1):
        article, parts = found.article, found.parts
        line = Text(f"{number:>3} ", style="bold cyan")
        line.append(visible(article.title or article.id), style="bold")
        details = [
            article.publisher or "",
            day(article.published_at) if article.published_at else "undated",
        ]
        line.append(f", {visible(', '.join(filter(None, details)))}")
        out.print(line)
        scores = (
            f"score {found.score:.3f} = cosine {parts.cosine:.3f} (scaled {parts.dense:.2f}), "
            f"BM25 {parts.bm25:.2f} (scaled {parts.lexical:.2f}), late {parts.late:.2f}, recency {parts.recency:.2f}, "
            f"period {parts.period:.2f}, lead {parts.lead:.2f}"
        )
        out.print(_indented(Text(scores, style="dim")))
        out.print(_indented(Text(visible(found.passage.text))))


def key_value_table(rows: Sequence[tuple[str, str]]) -> Table:
    """Return a borderless table of names and values."""
    table = Table(show_header=False, box=None, pad_edge=False)
    table.add_column(style="bold")
    table.add_column()
    for name, value in rows:
        table.add_row(Text(name), Text(visible(value)))
    return table
