from __future__ import annotations

import time
from datetime import UTC, datetime

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from index.articles import Draft
from index.errors import ReadError
from index.readers.markdown import read_markdown

MARCH_3 = datetime(2023, 3, 3, tzinfo=UTC)


def read(text: str) -> Draft:
    return read_markdown(text.encode())


TEXTS = {
    "emphasis": (
        "It was *very* **late** and ***dark***, in_one_word.",
        "It was very late and dark, in_one_word.",
    ),
    "links": (
        'See [the vote](http://a.b/c "t"), [it][1] or <http://a.b>.\n\n[1]: http://x',
        "See the vote, it or http://a.b.",
    ),
    "images": ("One.\n\n![The bridge](b.png)\n\nTwo ![x](y) three.", "One.\n\nTwo three."),
    "an image that links": ("One [![The bridge](b.png)](http://a.b) two.", "One two."),
    "code": (
        "Run `a | b` now.\n\n```sh\nrun  -x\n\nstop\n```\n\n    indented",
        "Run a | b now.\n\nrun  -x\n\nstop\n\nindented",
    ),
    "comments": ("One.<!-- no -->\n\n<!-- not\n\nthis -->\n\nTwo.", "One.\n\nTwo."),
    "inline tags": ('One <b>two</b> <span class="x">three</span>.', "One two three."),
    "entities": ("AT&amp;T &lt;b&gt; caf&eacute; &#8364;5", "AT&T <b> café €5"),
    "escapes": (r"5 \* 3 \| 2 \# 1", "5 * 3 | 2 # 1"),
    "strikethrough": ("It cost ~~6,500~~ 4,000 and <s>5</s><del>6</del>7.", "It cost 4,000 and 7."),
    "strikethrough between figures": ("It cost 6~~5~~00.", "It cost 6 00."),
    "a raised marker": (
        "Some 6,500<sup>1</sup> died on the 3<sup>rd</sup> day.",
        "Some 6,500 died on the 3rd day.",
    ),
    "a raised exponent": ("It is 12 km<sup>2</sup> of CO<sub>2</sub>.", "It is 12 km² of CO2."),
    "footnotes": (
        "Some 6,500[^1] died[^note].\n\n[^1]: Said the mayor.\n    On Monday.\n\n[^note]: Word\nlazily\n\nThe end.",
        "Some 6,500 died.\n\nThe end.",
    ),
    "footnotes in code": ("```\n[^1]: x\n```", "[^1]: x"),
    "a table": (
        "| Town | *Votes* |\n|:-----|------:|\n| Ashford | 1,204 |\n| New Berg | |",
        "Town | Votes\nAshford | 1,204\nNew Berg |",
    ),
    "a list": (
        "- one\n- two\n  that goes on\n\n1. first\n2. second",
        "- one\n- two that goes on\n\n1. first\n2. second",
    ),
    "a list that begins with five": ("5. five\n6. six", "5. five\n6. six"),
    "a list of paragraphs": ("- one\n\n  more\n\n- two", "- one more\n- two"),
    "a list in a list": ("- one\n  - two\n    1. three\n- four", "- one\n- two\n1. three\n- four"),
    "headings inside": (
        "One.\n\n## What next\n\nTwo.\n\nThen\n----\n\nThree.",
        "One.\n\nWhat next\n\nTwo.\n\nThen\n\nThree.",
    ),
    "quotes": (
        "> “We met,” he said.\n> We left.\n>\n> > Late.\n\nOne.",
        "“We met,” he said. We left.\n\nLate.\n\nOne.",
    ),
    "breaks": ("One\ntwo  \nthree\\\nfour<br>five", "One two\nthree\nfour\nfive"),
    "a rule": ("One.\n\n***\n\nTwo.", "One.\n\nTwo."),
    "HTML": (
        "<div class='x'>\n<p>One &amp; two.</p><p>Three</p>\n<script>no()</script>\n</div>\n\nFour.",
        "One & two.\n\nThree\n\nFour.",
    ),
    "an HTML table": (
        "<table>\n<tr><th>Town<th>Votes</tr>\n\n<tr><td>Ashford</td><td>1,204</td></tr>\n</table>\n\nEnd.",
        "Town | Votes\nAshford | 1,204\n\nEnd.",
    ),
    "an HTML list": ("<ul><li>one<li>two</ul>", "- one\n- two"),
    "a list left open": ("<ul><li>one\n\nTwo.\n\nThree.", "- one\nTwo.\n\nThree."),
    "a comment left open": ("One.\n\n<!-- Two.", "One."),
    "less than": ("a < b and 5<6", "a < b and 5<6"),
}


@pytest.mark.parametrize(("source", "text"), TEXTS.values(), ids=TEXTS)
def test_markup_becomes_plain_text(source: str, text: str) -> None:
    assert read(source).text == text.strip()


def test_front_matter_tells_what_it_tells() -> None:
    draft = read(
        "---\ntitle: 'Council votes: 5 to 4'\nauthor: [Ada Brook, Bo Lee]\ndate: 2023-03-03\n"
        "lastmod: 2023-03-04T10:00:00+02:00\nsource: The Daily\ncanonical_url: https://example.com/a\nlang: en\n"
        "id: 7\ntags: [a]\n---\n\nThe council met."
    )
    assert draft == Draft(
        "The council met.",
        title="Council votes: 5 to 4",
        id="7",
        url="https://example.com/a",
        publisher="The Daily",
        authors=("Ada Brook", "Bo Lee"),
        published_at=MARCH_3,
        updated_at=datetime(2023, 3, 4, 8, tzinfo=UTC),
        language="en",
    )


@pytest.mark.parametrize(
    ("source", "title", "text"),
    [
        ("---\ntitle: One\n---\n# One\n\nBody.", "One", "Body."),
        ("---\ntitle: One\n---\n# Two\n\nBody.", "One", "Two\n\nBody."),
        ("---\ntitle: null\n---\n# *Two* `x`\n\nBody.", "Two x", "Body."),
        ("Two\n===\n\nBody.", "Two", "Body."),
        ("## Two\n\nBody.\n\n## Three", "Two", "Body.\n\nThree"),
        ("Photo: The Daily\n\n# Two\n\nBody.", "Two", "Body."),
        ("Body.\n\n## Not a title\n\nMore.", None, "Body.\n\nNot a title\n\nMore."),
        ("Body.\n\nMore.", None, "Body.\n\nMore."),
        ("---\ntitle: ''\n---\nBody.", None, "Body."),
    ],
    ids=ascii,
)
def test_the_title_is_the_front_matters_else_the_first_heading(
    source: str, title: str | None, text: str
) -> None:
    draft = read(source)
    assert (draft.title, draft.text) == (title, text)


def test_credits_under_the_title_are_not_text() -> None:
    draft = read(
        "# Council votes\n\n*By Ada Brook*\n\n**Published:** 3 March 2023\n\nThe council met.\n\n© 2023 The Daily"
    )
    assert draft == Draft(
        "The council met.", title="Council votes", authors=("Ada Brook",), published_at=MARCH_3
    )


@pytest.mark.parametrize(
    ("fields", "key"),
    [
        ("title: 7", "title"),
        ("author: {name: Ada}", "author"),
        ("date: 20230303", "date"),
        ("source: [a]", "source"),
    ],
)
def test_a_field_of_the_wrong_type_is_named(fields: str, key: str) -> None:
    with pytest.raises(ReadError, match=f'"{key}"'):
        read(f"---\n{fields}\n---\nBody.")


@pytest.mark.parametrize("date", ["null", "soon", "03/04/2023", "2023-02-30", "''"])
def test_a_date_that_is_not_understood_is_not_known(date: str) -> None:
    assert read(f"---\ndate: {date}\n---\nBody.").published_at is None


@pytest.mark.parametrize(
    "unit", ["> ", "- ", "<b>", "<!-- ", "<a ", "[", "![", "*a ", "`", "| a ", "[^1]: a\n", "<sup>1"]
)
def test_time_grows_with_length_not_its_square(unit: str) -> None:
    started = time.process_time()
    read(unit * (20_000 // len(unit)))
    assert time.process_time() - started < 3


@settings(deadline=None)
@given(
    st.one_of(
        st.binary(max_size=200),
        st.lists(
            st.one_of(
                st.text(st.characters(), max_size=10),
                st.sampled_from(
                    [
                        "# ",
                        "- ",
                        "> ",
                        "\n",
                        "\n\n",
                        "|",
                        "---\n",
                        "<td>",
                        "</td>",
                        "<li>",
                        "<ul>",
                        "</ul>",
                        "<sup>",
                        "</sup>",
                        "<s>",
                        "</s>",
                        "<table>",
                        "<tr>",
                        "</table>",
                        "~~",
                        "**",
                        "```\n",
                        "[^1]",
                        "[^1]: ",
                        "    ",
                        "<!--",
                        "1. ",
                        "9",
                    ]
                ),
            ),
            max_size=25,
        ).map(lambda parts: "".join(parts).encode("utf-8", "surrogatepass")),
    )
)
def test_any_content_becomes_a_draft_or_an_error(content: bytes) -> None:
    try:
        draft = read_markdown(content)
    except ReadError:
        return
    assert "\x00" not in draft.text
    assert draft.title is None or draft.title.strip()
