"""What stands around the text of an article in its own file (headline, by-line, dates, credits) told from it."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime

from index.articles import Draft
from index.datelines import dateline_end
from index.readers.credit_lines import CreditLine, is_name, is_photo_credit, read_credit_line, split_names
from index.sentences import split_sentences

TOP, BOTTOM = 12, 12
"""So many paragraphs from either end are looked at for credits."""

_LONGEST_TITLE = 200
_SECTION = re.compile(
    r"(?:world|politics|business|sports?|opinion|science|health|tech(?:nology)?|culture|entertainment|economy|finance"
    r"|(?:breaking|latest|top|local|international|world|us|u\.s\.)? ?news|breaking|analysis|exclusive|home|local"
    r"|national|international|asia|africa|europe|middle east|americas|press release|for immediate release)"
    r"(?:\s*[|>/»]\s*[\w &-]{2,30})*",
    re.IGNORECASE,
)
_ABBREVIATED = re.compile(r"(?:\b[A-Z]|\.\w|\b(?:Inc|Corp|Co|Ltd|Jr|Sr|St|No|vs|etc))\.$")
_ENDS = re.compile(r"[.…:;,][”\"’')\]]*$")
_LABEL = re.compile(
    r"(?:(?:first |originally )?published|posted|(?:last )?(?:updated|modified))(?: on)?:?", re.IGNORECASE
)
_PLACE = re.compile(r" in [A-Z][\w .-]{2,30}$")


def without_surroundings(draft: Draft, paragraphs: Sequence[list[str]], *, title_is_first: bool) -> Draft:
    """Return `draft` with the paragraphs that are its text, each given as its lines.

    What the others tell fills in what `draft` does not know yet. `title_is_first` says that a first
    paragraph that looks like a headline is one.
    """
    around = _Around()
    title, blocks = _without_top(
        _without_bottom(paragraphs, around), around, title=draft.title, wants_title=title_is_first
    )
    if title and blocks and _same(blocks[0], title):
        blocks = blocks[1:]
    return replace(
        draft,
        text="\n\n".join("\n".join(block) for block in blocks),
        title=title,
        url=draft.url or _only(around.urls),
        publisher=draft.publisher or _only(around.publishers),
        authors=draft.authors or tuple(dict.fromkeys(around.authors)),
        published_at=draft.published_at or _only_day(around.published),
        updated_at=draft.updated_at or _only_day(around.updated),
    )


@dataclass(slots=True)
class _Around:
    """What the lines around the text say, gathered; two that differ cancel each other."""

    authors: list[str] = field(default_factory=list)
    published: list[datetime] = field(default_factory=list)
    updated: list[datetime] = field(default_factory=list)
    urls: list[str] = field(default_factory=list)
    publishers: list[str] = field(default_factory=list)

    def add(self, credit: CreditLine) -> None:
        self.authors += credit.authors
        self.published += [credit.published_at] if credit.published_at else []
        self.updated += [credit.updated_at] if credit.updated_at else []
        self.urls += [credit.url] if credit.url else []
        self.publishers += [credit.publisher] if credit.publisher else []


def _only(values: Sequence[str]) -> str | None:
    return values[0] if len(set(values)) == 1 else None


def _only_day(moments: Sequence[datetime]) -> datetime | None:
    """Return the moment where all are on one day: the latest, as midnight may mean that no time was given."""
    return max(moments) if len({moment.date() for moment in moments}) == 1 else None


def _same(block: Sequence[str], title: str) -> bool:
    return re.sub(r"\W", "", "".join(block)).casefold() == re.sub(r"\W", "", title).casefold()


def _without_bottom(blocks: Sequence[list[str]], around: _Around) -> Sequence[list[str]]:
    last = len(blocks)
    while last > max(1, len(blocks) - BOTTOM) and len(blocks[last - 1]) == 1:
        line = blocks[last - 1][0]
        credit = read_credit_line(line)
        if credit is None or (credit.is_date and not line[:1].isalpha()):
            break
        # A source named below the text may be that of a table or a figure.
        around.add(credit if re.match(r"publish", line, re.IGNORECASE) else replace(credit, publisher=None))
        last -= 1
    return blocks[:last]


def _without_top(
    blocks: Sequence[list[str]], around: _Around, *, title: str | None, wants_title: bool
) -> tuple[str | None, list[list[str]]]:
    """Return the title, and the paragraphs without it and without the credits near it."""
    text: list[list[str]] = []
    label = ""
    for position, block in enumerate(blocks):
        following = blocks[position + 1] if position + 1 < len(blocks) else None
        credit = _top_credit(label, block, text) if position < TOP else None
        label = ""
        if following and len(block) == 1 and _LABEL.fullmatch(block[0]) and _is_date(following):
            label = f"{block[0]} "
        elif credit:
            around.add(credit)
        elif is_photo_credit(block[0]) or (wants_title and not text and _is_section(block, following)):
            continue
        elif wants_title and title is None and not text and following and _is_title(block):
            title = block[0].lstrip("# ")
            text += [block[1:]] if block[1:] else []
        elif title and following and _is_date(following) and is_name(_PLACE.sub("", block[0])):
            around.authors += split_names(_PLACE.sub("", block[0]))
        else:
            text.append(block)
    return title, text


def _top_credit(label: str, block: Sequence[str], text: Sequence[Sequence[str]]) -> CreditLine | None:
    """Return what a paragraph near the top says if it is a credit; `label` is what a line above calls it.

    Below the first sentences a date, an address or a source is more likely a part of the text.
    """
    credit = read_credit_line(label + block[0]) if len(block) == 1 else None
    if credit and (credit.is_date or credit.url or credit.publisher) and any(map(_is_body, text)):
        return None
    return credit


def _is_date(block: Sequence[str]) -> bool:
    credit = read_credit_line(block[0])
    return credit is not None and credit.is_date


def _is_section(block: Sequence[str], following: Sequence[str] | None) -> bool:
    """Tell whether a block is the name of a section ("World") above the headline."""
    return bool(following and len(block) == 1 and _SECTION.fullmatch(block[0]) and _is_title(following))


def _is_title(block: Sequence[str]) -> bool:
    """Tell whether a block begins with a headline: no sentence of the text, no row and no list item."""
    line = block[0]
    if len(line) > _LONGEST_TITLE or len(block) > 3 or " | " in line or not re.search(r"\w", line):
        return False
    if dateline_end(line) or line[0] in "-*•" or (line[0].islower() and not line[1:2].isupper()):
        return False
    ends = _ENDS.search(line) and not _ABBREVIATED.search(line)
    return not ends and len(split_sentences(line)) == 1


def _is_body(block: Sequence[str]) -> bool:
    return len(block[0]) > 150 or bool(_ENDS.search(block[0]))
