"""Answers and search results as a person reads them in a terminal."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from datetime import datetime

from rich.console import Console
from rich.padding import Padding
from rich.style import Style
from rich.text import Text

from bot.answering.considered import EXTRACTIVE
from bot.answers import Answer, Citation, Claim, Written
from bot.console import console
from bot.published import day, published
from bot.visible import safe_link, visible
from index.articles import Article
from index.retrieval import Retrieval, RetrievedPassage

_PARTS_SHOWN = 8
"""Pieces of evidence for each factor of a confidence."""
_CONTEXT = 160
"""Characters of the article shown on each side of a quote."""


def _indented(text: Text | Padding) -> Padding:
    return Padding(text, (0, 0, 0, 4), expand=False)


def show_answer(answer: Answer, *, explain: bool = False) -> None:
    """Print an answer with its sources, or a decline with the closest articles; and what its confidence was made of."""
    AnswerShown().finish(answer, explain=explain)


class AnswerShown:
    """An answer that is printed as it comes: each sentence on a line of its own when it is told, then all else.

    `before` is called before the first of it.
    """

    def __init__(self, before: Callable[[], None] | None = None) -> None:
        self._before = before
        self._told = 0

    def tell(self, claim: Claim) -> None:
        """Print a sentence of the answer, at once."""
        self._begin()
        self._told += 1
        console().print(_sentence(claim))

    def finish(self, answer: Answer, *, explain: bool = False) -> None:
        """Print what was not told yet, and the sources; or the decline, or the reply."""
        for claim in answer.claims[self._told :]:
            self.tell(claim)
        self._begin()
        out = console()
        if answer.reply is not None:
            out.print(Text(visible(answer.reply)))
        elif answer.declined:
            _show_decline(out, answer)
        else:
            _show_sources(out, answer)
        _show_record(out, answer)
        if explain and answer.reply is None:
            _show_explanation(out, answer)
            _show_writing(out, answer)

    def _begin(self) -> None:
        before, self._before = self._before, None
        if before is not None:
            before()


@contextmanager
def shown_as_it_comes(waiting: str) -> Iterator[AnswerShown]:
    """Give what shows an answer; until its first sentence comes, a terminal says that it is `waiting`."""
    with console(errors=True).status(waiting) as status:
        yield AnswerShown(status.stop)


def _sentence(claim: Claim) -> Text:
    line = Text()
    if claim.context:
        line.append(f"({visible(claim.context)}) ", style="dim")
    line.append(visible(claim.text))
    if claim.notes:
        line.append(f" ({'; '.join(map(visible, claim.notes))})", style="dim")
    for citation in claim.citations:
        line.append(f" [{citation.number}]", style="bold cyan")
    return line


def _show_sources(out: Console, answer: Answer) -> None:
    out.print()
    out.print(Text("Sources", style="bold"))
    for citation in answer.citations:
        _show_source(out, citation, answer.question.asked_at)
    out.print()
    out.print(Text(f"confidence {answer.confidence:.2f}{_as_of(answer)}", style="dim"))


def _show_record(out: Console, answer: Answer) -> None:
    """Tell who wrote an answer, with how many tokens, and what went otherwise than its reader expects."""
    if answer.written is not None:
        # Where the model failed, the articles' own sentences stand above, and the notice says so.
        writer = "the model" if answer.model == EXTRACTIVE else f"written by {visible(answer.model)}"
        out.print(Text(f"{writer}{_tokens(answer.written)}", style="dim"))
    if answer.notice:
        out.print(Text(visible(answer.notice)))


def _tokens(written: Written) -> str:
    read, wrote = written.input_tokens, written.output_tokens
    return "" if read is None or wrote is None else f", {read:,} tokens read, {wrote:,} written"


def _show_writing(out: Console, answer: Answer) -> None:
    """Tell how long a language model wrote, and what of it is not shown, and why."""
    written, seconds = answer.written, answer.seconds
    if written is None:
        return
    out.print()
    first = f", the first sentence shown after {seconds['first sentence']:.1f} s" if answer.claims else ""
    out.print(
        Text(
            f"The model wrote for {seconds['writing']:.1f} s{first}; "
            f"verifying took {1000 * seconds['verifying']:.0f} ms.",
            style="bold",
        )
    )
    for said, sentences in (
        ("Dropped, because the passages do not bear it out:", written.dropped),
        ("Not borne out at first; the model's second try is shown:", written.repaired),
    ):
        for place, sentence in enumerate(sentences):
            if place == 0:
                out.print(Text(said))
            out.print(_indented(Text(visible(sentence.text), style="italic")))
            out.print(_indented(_indented(Text(" ".join(map(visible, sentence.reasons))))))


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
