from __future__ import annotations

import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from index.readers.text_layout import paragraphs

WRAPPED = """\
The council met on Monday in the old town hall, which had been closed
since the flood in March, and voted for the bridge that nobody had
expected it to vote for.

It will cost 3.5 million, the mayor said, and be ready within the next
two years if the river lets them build.
"""

CASES = {
    "wrapped prose": (
        WRAPPED,
        [
            [
                "The council met on Monday in the old town hall, which had been closed since the flood in March,"
                " and voted for the bridge that nobody had expected it to vote for."
            ],
            [
                "It will cost 3.5 million, the mayor said, and be ready within the next two years if the river"
                " lets them build."
            ],
        ],
    ),
    "wrapped prose without blank lines": (
        WRAPPED.replace("\n\n", "\n") + WRAPPED.replace("\n\n", "\n"),
        [
            [
                "The council met on Monday in the old town hall, which had been closed since the flood in March,"
                " and voted for the bridge that nobody had expected it to vote for."
            ],
            [
                "It will cost 3.5 million, the mayor said, and be ready within the next two years if the river"
                " lets them build."
            ],
        ]
        * 2,
    ),
    "wrapped prose with indented paragraphs": (
        "   The council met on Monday in the old town hall, which had been\n"
        "closed since the flood in March, and voted for the bridge that is to\n"
        "be built there, which nobody in the town of Ashford had foreseen at all\n"
        "   It will cost 3.5 million, the mayor said, and be ready within the\n"
        "next two years.",
        [
            [
                "The council met on Monday in the old town hall, which had been closed since the flood in March,"
                " and voted for the bridge that is to be built there, which nobody in the town of Ashford had"
                " foreseen at all"
            ],
            ["It will cost 3.5 million, the mayor said, and be ready within the next two years."],
        ],
    ),
    "a paragraph a line": ("One met.\nTwo met.\nThree met.", [["One met."], ["Two met."], ["Three met."]]),
    "paragraphs on long lines inside a block": (
        f"Head\n\n{'One met here. ' * 9}\n{'Two met there. ' * 9}",
        [["Head"], [("One met here. " * 9).strip()], [("Two met there. " * 9).strip()]],
    ),
    "verse": (
        "The river rose\nAnd then it fell\n\nThe bridge stood there\nAnd all was well",
        [["The river rose", "And then it fell"], ["The bridge stood there", "And all was well"]],
    ),
    "a short line before wrapped prose": (
        "What it said\n" + WRAPPED,
        [
            [
                "What it said",
                "The council met on Monday in the old town hall, which had been closed since the flood in March,"
                " and voted for the bridge that nobody had expected it to vote for.",
            ],
            [
                "It will cost 3.5 million, the mayor said, and be ready within the next two years if the river"
                " lets them build."
            ],
        ],
    ),
    "a list": (
        "Bring:\n\n- food\n- water that is clean\n  and cold\n* 3.5 litres\n1. maps\n",
        [["Bring:"], ["- food", "- water that is clean and cold", "* 3.5 litres", "1. maps"]],
    ),
    "a table of spaces": (
        "Town        Votes   Share\n----------  -----   -----\nAshford     1,204    51.3\nNew Berg      980    48.7\n",
        [["Town | Votes | Share", "Ashford | 1,204 | 51.3", "New Berg | 980 | 48.7"]],
    ),
    "a table with a gap": (
        "Town        Votes   Share\nAshford             51.3\nNew Berg      980   48.7\n",
        [["Town | Votes | Share", "Ashford |  | 51.3", "New Berg | 980 | 48.7"]],
    ),
    "a table of tabs": (
        "Town\tVotes\nAshford\t1,204\nNew Berg\t980\n",
        [["Town | Votes", "Ashford | 1,204", "New Berg | 980"]],
    ),
    "a table of bars": (
        "| Town | Votes |\n|------|-------|\n| Ashford | 1,204 |\n",
        [["Town | Votes", "Ashford | 1,204"]],
    ),
    "a table with an empty row": ("| |\n| Ashford | 1,204 |\n", [["Ashford | 1,204"]]),
    "a table drawn": (
        "+------+-------+\n| Town | Votes |\n+------+-------+\n| Ashford | 1,204 |\n+------+-------+\n",
        [["Town | Votes", "Ashford | 1,204"]],
    ),
    "a table below prose": (
        "The votes:\nTown     Votes\nAshford  1,204\n",
        [["The votes:"], ["Town | Votes", "Ashford | 1,204"]],
    ),
    "two spaces after a full stop": (
        "It met.  It voted for the bridge.\nIt left.  It was late.\n\nNobody saw.",
        [["It met. It voted for the bridge.", "It left. It was late."], ["Nobody saw."]],
    ),
    "rules": ("One.\n\n* * *\n\nTwo.\n=====\nThree.", [["One."], ["Two."], ["Three."]]),
    "nothing": ("", []),
}


@pytest.mark.parametrize(("text", "expected"), CASES.values(), ids=CASES)
def test_layout_is_undone(text: str, expected: list[list[str]]) -> None:
    assert paragraphs(text.split("\n")) == expected


def test_a_hyphen_at_the_end_of_a_line_goes_only_if_the_word_is_known_without_it() -> None:
    text = (
        "The government of the town met on Monday and the govern-\n"
        "ment of the county on Tuesday, as both had said in the well-\n"
        "known letter that they wrote to each other in the last week.\n"
    )
    [[line]] = paragraphs(text.split("\n"))
    assert "the government of the county" in line
    assert "well-known letter" in line


def test_lines_set_apart_are_joined_to_no_other() -> None:
    lines = WRAPPED.split("\n")
    assert paragraphs(lines, apart={1})[:3] == [
        ["The council met on Monday in the old town hall, which had been closed"],
        ["since the flood in March, and voted for the bridge that nobody had"],
        ["expected it to vote for."],
    ]


LINES = st.lists(
    st.one_of(
        st.text(st.characters(exclude_characters="\n"), max_size=30),
        st.sampled_from(
            ["", "- item", "a  b", "a\tb", "a | b", "-----", "word " * 14, "| a | b |", "+--+--+"]
        ),
    ),
    max_size=20,
)


@settings(deadline=None)
@given(LINES)
def test_no_letter_is_lost(lines: list[str]) -> None:
    def letters(text: str) -> list[str]:
        return [character for character in text if character.isalnum()]

    assert letters("".join("".join(paragraph) for paragraph in paragraphs(lines))) == letters("".join(lines))


@pytest.mark.parametrize("line", ["word", "a  b", "a\tb", "a | b", "- item", "word " * 14, "x. y  z"])
def test_time_grows_with_length_not_its_square(line: str) -> None:
    started = time.process_time()
    paragraphs([line] * 20_000)
    assert time.process_time() - started < 3
