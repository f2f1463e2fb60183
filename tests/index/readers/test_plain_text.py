from __future__ import annotations

from datetime import UTC, datetime

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from index.articles import Draft
from index.errors import ReadError
from index.readers.plain_text import read_plain_text
from index.sentences import split_sentences

MARCH_3 = datetime(2023, 3, 3, tzinfo=UTC)
BODY = "The council met on Monday in the old town hall. It voted 5-4 for the bridge.\n\nNobody had expected that."


def read(text: str) -> Draft:
    return read_plain_text(text.encode())


CASES = {
    "a headline": (f"Council votes for bridge\n\n{BODY}", Draft(BODY, title="Council votes for bridge")),
    "photo, headline, dateline": (
        f"Photo: The Daily (TD)\n\nCouncil Votes for Bridge Amid Flood\n\nASHFORD, WALES – {BODY}",
        Draft(f"ASHFORD, WALES – {BODY}", title="Council Votes for Bridge Amid Flood"),
    ),
    "by-line and dates under the headline": (
        f"Council votes for bridge\nBy Jane Doe and John Roe, Staff Writers\nPublished: 3 March 2023\n\n{BODY}",
        Draft(BODY, title="Council votes for bridge", authors=("Jane Doe", "John Roe"), published_at=MARCH_3),
    ),
    "by-line under a standfirst": (
        f"Council votes for bridge\n\nA narrow vote ends a long quarrel.\n\nBy Jane Doe\n\n{BODY}",
        Draft(
            f"A narrow vote ends a long quarrel.\n\n{BODY}",
            title="Council votes for bridge",
            authors=("Jane Doe",),
        ),
    ),
    "a name above a date": (
        f"Council votes for bridge\n\nJane Doe\n\n3 March 2023\n\n{BODY}",
        Draft(BODY, title="Council votes for bridge", authors=("Jane Doe",), published_at=MARCH_3),
    ),
    "credits above the headline": (
        f"(Reuters)\n3 March 2023\nCouncil votes for bridge\n\n{BODY}",
        Draft(BODY, title="Council votes for bridge", publisher="Reuters", published_at=MARCH_3),
    ),
    "labels above their dates": (
        f"Council votes for bridge\nPublished\n3 March 2023\nUpdated\n4 March 2023\n\n{BODY}",
        Draft(
            BODY,
            title="Council votes for bridge",
            published_at=MARCH_3,
            updated_at=datetime(2023, 3, 4, tzinfo=UTC),
        ),
    ),
    "a name and a place above a date": (
        f"World news | Wales\n\nCouncil votes for bridge\n\nJane Doe in Ashford\nFri 3 Mar 2023\n\n{BODY}",
        Draft(BODY, title="Council votes for bridge", authors=("Jane Doe",), published_at=MARCH_3),
    ),
    "a by-line that names nobody": (
        f"Council votes for bridge\nBy Staff Reporter\n\n{BODY}",
        Draft(BODY, title="Council votes for bridge"),
    ),
    "a press release": (
        f"FOR IMMEDIATE RELEASE\n\nMarch 3, 2023\n\nAcme Inc. Opens Plant\n\n{BODY}\n\n###\n",
        Draft(BODY, title="Acme Inc. Opens Plant", published_at=MARCH_3),
    ),
    "the source of a table": (
        f"Council votes for bridge\n\n{BODY}\n\nSource: The Ministry\n\nIt left.",
        Draft(f"{BODY}\n\nSource: The Ministry\n\nIt left.", title="Council votes for bridge"),
    ),
    "a section above the headline": (
        f"WORLD NEWS\n\nCouncil votes for bridge\n\n{BODY}",
        Draft(BODY, title="Council votes for bridge"),
    ),
    "credits below": (
        f"Council votes for bridge\n\n{BODY}\n\n(Reporting by Jane Doe; editing by Bo Lee)\n\n"
        "Source: https://example.com/a\n© 2023 The Daily. All rights reserved.\n\n###\n",
        Draft(BODY, title="Council votes for bridge", authors=("Jane Doe",), url="https://example.com/a"),
    ),
    "a header block": (
        "Title: Council votes for bridge: 5 to 4\nDate: 2023-03-03\nAuthor: Jane Doe and John Roe\n"
        f"Publisher: The Daily\nSection: World\nURL: https://example.com/a\n\n{BODY}",
        Draft(
            BODY,
            title="Council votes for bridge: 5 to 4",
            url="https://example.com/a",
            publisher="The Daily",
            authors=("Jane Doe", "John Roe"),
            published_at=MARCH_3,
        ),
    ),
    "a header block and the headline again": (
        f"Headline: Council votes for bridge\nSource: https://example.com/a\n\nCouncil Votes for Bridge\n\n{BODY}",
        Draft(BODY, title="Council votes for bridge", url="https://example.com/a"),
    ),
    "a folded header": (
        f"Subject: Council votes\n for bridge\nDate: Fri, 3 Mar 2023 10:00:00 +0200\n\n{BODY}",
        Draft(BODY, title="Council votes for bridge", published_at=datetime(2023, 3, 3, 8, tzinfo=UTC)),
    ),
    "the headline twice": (
        f"Council votes for bridge\n\nCOUNCIL VOTES FOR BRIDGE\n\n{BODY}",
        Draft(BODY, title="Council votes for bridge"),
    ),
    "an underlined headline": (
        f"Council votes for bridge\n========================\n\n{BODY}",
        Draft(BODY, title="Council votes for bridge"),
    ),
    "a paragraph a line": (
        "Council votes for bridge\nThe council met on Monday.\nIt voted 5-4.\nNobody had expected that.",
        Draft(
            "The council met on Monday.\n\nIt voted 5-4.\n\nNobody had expected that.",
            "Council votes for bridge",
        ),
    ),
    "a headline that asks": (f"Who wants a bridge?\n\n{BODY}", Draft(BODY, title="Who wants a bridge?")),
    "a headline that ends with an abbreviation": (
        f"Bridge to be built by Acme Inc.\n\n{BODY}",
        Draft(BODY, title="Bridge to be built by Acme Inc."),
    ),
    "no headline": (BODY, Draft(BODY)),
    "no headline but a dateline": (f"ASHFORD (Reuters) - {BODY}", Draft(f"ASHFORD (Reuters) - {BODY}")),
    "no headline but a long paragraph": (f"{'so it went on and ' * 20}on\n\n{BODY}", None),
    "one paragraph": ("Yes", Draft("Yes")),
    "a date inside the text": (
        f"Council votes for bridge\n\n{BODY}\n\n4 March 2023\n\nIt met again.\n\nIt left.",
        Draft(f"{BODY}\n\n4 March 2023\n\nIt met again.\n\nIt left.", title="Council votes for bridge"),
    ),
    "dates that differ": (
        f"Council votes for bridge\n3 March 2023\nPublished: 5 March 2023\n\n{BODY}",
        Draft(BODY, title="Council votes for bridge"),
    ),
    "a day and the same with its time": (
        f"Council votes for bridge\n3 March 2023\nPublished: 2023-03-03 10:00\n\n{BODY}",
        Draft(BODY, title="Council votes for bridge", published_at=datetime(2023, 3, 3, 10, tzinfo=UTC)),
    ),
    "a copyright line": (f"{BODY}\n\nCopyright 3 March 2023 The Daily", Draft(BODY)),
    "a photo credit inside the text": (
        f"{BODY}\n\nPhoto: Ann Lee/Getty Images\n\n{BODY}",
        Draft(f"{BODY}\n\n{BODY}"),
    ),
    "Windows line ends": (
        f"Council votes for bridge\n\n{BODY}".replace("\n", "\r\n"),
        Draft(BODY, "Council votes for bridge"),
    ),
    "a table": (
        "Council votes for bridge\n\nTown        Votes\nAshford     1,204\nNew Berg      980\n",
        Draft("Town | Votes\nAshford | 1,204\nNew Berg | 980", title="Council votes for bridge"),
    ),
}


@pytest.mark.parametrize(("text", "expected"), CASES.values(), ids=CASES)
def test_what_surrounds_the_text_is_told_from_it(text: str, expected: Draft | None) -> None:
    assert read(text) == (expected or Draft(" ".join(text.split(" ")).strip()))


def test_a_wrapped_letter_is_unwrapped() -> None:
    draft = read(
        "Council votes for bridge\n\n"
        "The council met on Monday in the old town hall, which had been closed\n"
        "since the flood in March, and voted for the bridge that nobody had\n"
        "expected it to vote for.\n\n"
        "- It costs 3.5 million, which is what the mayor said it would cost be-\n"
        "  fore the flood.\n"
        "- It is red.\n"
    )
    assert draft.text == (
        "The council met on Monday in the old town hall, which had been closed since the flood in March, and voted"
        " for the bridge that nobody had expected it to vote for.\n\n"
        "- It costs 3.5 million, which is what the mayor said it would cost be-fore the flood.\n- It is red."
    )


def test_the_dateline_stays_in_the_text_but_out_of_its_sentences() -> None:
    draft = read(f"Council votes for bridge\n\nASHFORD, WALES – {BODY}")
    first = split_sentences(draft.text)[0]
    assert draft.text[first.start : first.end] == "The council met on Monday in the old town hall."


def test_binary_content_is_refused() -> None:
    with pytest.raises(ReadError):
        read_plain_text(b"\x89PNG\r\n\x1a\n")


@settings(deadline=None)
@given(
    st.one_of(
        st.binary(max_size=300),
        st.lists(
            st.one_of(
                st.text(st.characters(), max_size=40),
                st.sampled_from(
                    ["", "By Ada Brook", "3 March 2023", "Title: x", "Photo: y", "###", "a  b", "- c", BODY]
                ),
            ),
            max_size=15,
        ).map(lambda lines: "\n".join(lines).encode("utf-8", "surrogatepass")),
    )
)
def test_any_content_becomes_a_draft_or_an_error(content: bytes) -> None:
    try:
        draft = read_plain_text(content)
    except ReadError:
        return
    assert draft.text == draft.text.strip()
    assert draft.title is None or draft.title.strip()
