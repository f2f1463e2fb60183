"""How an answer looks in Slack.

What comes from articles is shown in rich text, which is data that Slack never parses, and in the text beside
it, escaped. Only the articles' own web addresses are links.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime

from slack_sdk.models.blocks import MarkdownTextObject, SectionBlock

from bot.answers import Answer, Citation, Claim, Related
from bot.published import day, published
from bot.slack.messages import Message, as_markdown, escape, literal
from bot.slack.parts import Look, Paragraph, Part, Run, messages
from bot.slack.text_fragments import LONGEST_LINK, link_to_quote
from bot.slack.words import RETRACTED
from bot.visible import safe_link, visible
from index.articles import Article, Copy


def answer_messages(answer: Answer) -> tuple[Message, ...]:
    """Return the messages that say an answer and its sources, or a decline; more than one where it is long."""
    if answer.reply is not None:
        return (notice(answer.reply),)
    return messages(_decline(answer) if answer.declined else _answer(answer))


def plain_messages(answer: Answer) -> tuple[Message, ...]:
    """Return the same in text alone, for where Slack refuses the blocks."""
    return tuple(Message(each.text) for each in answer_messages(answer))


def streamed(claim: Claim) -> str:
    """Return a sentence in Markdown, as it is seen before the answer is whole: with its numbers, without links."""
    words = "".join(run.text for run in _sentence(claim, {}))
    return as_markdown(words.strip())


def retraction(withdrawn_at: datetime) -> Message:
    """Return what stands in the place of an answer whose source was withdrawn."""
    return notice(RETRACTED.format(day=day(withdrawn_at)))


def notice(text: str) -> Message:
    """Return a short message in the bot's own words, which may hold Slack's *emphasis*; at most 3,000 characters."""
    said = escape(literal(text))
    return Message(said, (SectionBlock(text=MarkdownTextObject(text=said, verbatim=True)).to_dict(),))


def _answer(answer: Answer) -> Iterator[Part]:
    links = {citation.number: _link_to_quote(citation) for citation in answer.citations}
    for claim in answer.claims:
        yield (Paragraph(Look.SENTENCE, tuple(_sentence(claim, links))),)
    yield from _noticed(answer)
    for citation in answer.citations:
        yield _source(citation, links[citation.number], answer)
    as_of = f"as of {day(answer.as_of)} · " if answer.as_of else ""
    yield (Paragraph(Look.FOOTER, (Run(f"{as_of}confidence {answer.confidence:.2f}"),)),)


def _noticed(answer: Answer) -> Iterator[Part]:
    line = _shown(answer.notice or "")
    if line:
        yield (Paragraph(Look.FOOTER, (Run(line),)),)


def _sentence(claim: Claim, links: Mapping[int, str | None]) -> Iterator[Run]:
    if claim.context:
        yield Run(f"({_shown(claim.context)}) ", italic=True)
    yield Run(f"{_shown(claim.text)} ")
    if claim.notes:
        yield Run(f"({'; '.join(map(_shown, claim.notes))}) ", italic=True)
    for citation in claim.citations:
        yield Run(f"[{citation.number}]", link=links.get(citation.number))
        yield Run(" ")


def _source(citation: Citation, link: str | None, answer: Answer) -> Part:
    number = Run(f"[{citation.number}]", bold=True)
    headline = _headline(citation.article, link, answer)
    said = Paragraph(Look.LINES, (number, Run(" "), *headline, *_carried(citation.article.copies)))
    quote = _shown(citation.quote)
    return (said, Paragraph(Look.QUOTE, (Run(quote),))) if quote else (said,)


def _headline(article: Article, link: str | None, answer: Answer) -> Iterator[Run]:
    title = _shown(article.title or "") or _shown(article.id)
    yield Run(title, bold=True, link=link, link_in_text=_link(article.url))
    details = [_shown(article.publisher or ""), published(article.published_at, answer.question.asked_at)]
    yield Run(f", {', '.join(filter(None, details))}")


def _carried(copies: Sequence[Copy]) -> Iterator[Run]:
    if copies:
        names = ", ".join(filter(None, dict.fromkeys(_shown(copy.publisher or "") for copy in copies)))
        others = f"{len(copies)} other{'' if len(copies) == 1 else 's'}"
        yield Run(f"\nalso carried by {others}{': ' if names else ''}{names}")


def _decline(answer: Answer) -> Iterator[Part]:
    reason = _shown(answer.reason or "")
    searched = f"Searched {answer.searched:,} article{'' if answer.searched == 1 else 's'}"
    as_of = f", as of {day(answer.as_of)}" if answer.as_of else ""
    said = Run("The articles do not answer this.", bold=True)
    yield (Paragraph(Look.LINES, (said, Run(f" {reason}".rstrip() + f"\n{searched}{as_of}."))),)
    yield from _noticed(answer)
    if answer.closest:
        heading = Paragraph(Look.LINES, (Run("Related, but not an answer:", bold=True),))
        first, *others = (_related(related, answer) for related in answer.closest)
        yield (heading, first)
        yield from ((other,) for other in others)


def _related(related: Related, answer: Answer) -> Paragraph:
    headline = _headline(related.article, _link(related.article.url), answer)
    return Paragraph(Look.LINES, (*headline, Run(f"\n{_shown(related.about)}")))


def _shown(text: str) -> str:
    return literal(visible(text))


def _link_to_quote(citation: Citation) -> str | None:
    article = citation.article
    return _short(link_to_quote(article.url, article.text, citation.start, citation.end))


def _link(url: str | None) -> str | None:
    return _short(safe_link(url))


def _short(link: str | None) -> str | None:
    # Escaped, as it stands in a text, where a longer one would leave no room.
    return link if link and len(escape(link)) <= LONGEST_LINK else None
