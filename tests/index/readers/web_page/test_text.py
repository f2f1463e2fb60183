from __future__ import annotations

import pytest

from tests.index.readers.web_page.pages import SENTENCE, SENTENCE_TEXT, read


@pytest.mark.parametrize(
    ("body", "text"),
    [
        pytest.param(
            "<p>A cat was found.</p><p>It is well.</p>", "A cat was found.\n\nIt is well.", id="short"
        ),
        pytest.param("<p>It is shut.</p>" * 3, "It is shut.\n\nIt is shut.\n\nIt is shut.", id="repeated"),
        pytest.param(
            "<div>The end.</div><div>Next one begins.</div><section>Third<p>Fourth.</p>Fifth.</section>",
            "The end.\n\nNext one begins.\n\nThird\n\nFourth.\n\nFifth.",
            id="divisions-as-paragraphs",
        ),
        pytest.param(
            "<p><span>The end.</span><span>Next one begins.</span></p>",
            "The end. Next one begins.",
            id="spans-as-lines",
        ),
        pytest.param("<p>Real <b>F</b>ootnote text.</p>", "Real Footnote text.", id="tag-inside-a-word"),
        pytest.param(
            "<p>a&nbsp;b co&shy;op&#8203;erate &amp;amp; &lt;b&gt;</p>",
            "a b cooperate &amp; <b>",
            id="entities-once",
        ),
        pytest.param(
            "<p>Line one<br>line two<br><br>New paragraph.</p>",
            "Line one\nline two\n\nNew paragraph.",
            id="breaks",
        ),
        pytest.param(
            "<p>She said <q>hello <q>you</q></q> and <q>“bye”</q>.</p>",
            "She said “hello ‘you’” and “bye”.",
            id="quotations",
        ),
        pytest.param(
            "<ul><li><p>First point is this.</p></li><li>Second point.</li></ul>"
            "<ol start=3><li>Third.</li><li value=7>Seventh.</li></ol>",
            "- First point is this.\n- Second point.\n\n3. Third.\n7. Seventh.",
            id="lists",
        ),
        pytest.param(
            "<dl><dt>Capacity</dt><dd>4,000 tonnes</dd><dt>Built</dt><dd>1953</dd></dl><p>End.</p>",
            "Capacity: 4,000 tonnes\n\nBuilt: 1953\n\nEnd.",
            id="definitions",
        ),
        pytest.param(
            "<p>Those who signed are <a href=/a>Harbour Company</a>, <a href=/b>Bay Ferries</a> and"
            " <a href=/c>Quay Ltd</a>.</p>",
            "Those who signed are Harbour Company, Bay Ferries and Quay Ltd.",
            id="mostly-links",
        ),
        pytest.param(
            "<p>Those who signed:</p><ul><li><a href=/a>The Harbour Company of Bay</a></li>"
            "<li><a href=/b>The Bay Ferries Company Ltd</a></li></ul><p>More to come.</p>",
            "Those who signed:\n\n- The Harbour Company of Bay\n- The Bay Ferries Company Ltd\n\nMore to come.",
            id="announced-list-of-links",
        ),
    ],
)
def test_text_is_whole_and_in_reading_order(body: str, text: str) -> None:
    assert read(body).text == text


@pytest.mark.parametrize(
    ("body", "text"),
    [
        pytest.param("6,500<sup>1</sup> people", "6,500 people", id="number"),
        pytest.param("40<sup><a href='#n2'>2</a></sup>% of it", "40% of it", id="link"),
        pytest.param("3,000<sup>[3]</sup>; then", "3,000; then", id="brackets"),
        pytest.param("50<sup>*</sup> ships", "50 ships", id="symbol"),
        pytest.param("12<a href='#fn6' class=fn>6</a> ships", "12 ships", id="link-not-raised"),
        pytest.param("6,500<span style='vertical-align:super'>1</span>00", "6,500 00", id="raised-by-style"),
        pytest.param("it said.<sup>4</sup> Then", "it said. Then", id="behind-a-sentence"),
        pytest.param("50 km<sup>2</sup> and m<sup>3</sup>", "50 km² and m³", id="units"),
        pytest.param("10<sup>6</sup> and 3 × 10<sup>8</sup> m/s", "10⁶ and 3 × 10⁸ m/s", id="powers"),
        pytest.param("CO<sub>2</sub> and H<sub>2</sub>O", "CO2 and H2O", id="formulas"),
        pytest.param("the 21<sup>st</sup> and 5<sup>th</sup>", "the 21st and 5th", id="ordinals"),
        pytest.param("6<sup>3</sup>&frasl;<sub>4</sub> miles", "6 3⁄4 miles", id="fraction"),
        pytest.param("25<sup>o</sup>C today", "25°C today", id="degrees"),
        pytest.param("costs <s>4,000</s>6,500 now", "costs 6,500 now", id="struck"),
        pytest.param(
            "1<strike>2</strike>3 or <del>50</del><ins>60</ins>", "1 3 or 60", id="struck-between-figures"
        ),
        pytest.param(
            "<span style='text-decoration:line-through'>7</span>8 ships", "8 ships", id="struck-by-style"
        ),
    ],
)
def test_raised_lowered_and_struck_text_never_joins_a_figure(body: str, text: str) -> None:
    assert read(f"<p>There {body}.</p>").text == f"There {text}."


def test_style_sheet_strikes_out_and_hides() -> None:
    sheet = (
        "<style>.old{color:red;text-decoration:line-through}"
        "@media print{.seen{display:none}} .gone { display : none }</style>"
    )
    body = "<p class=seen>It costs <span class=old>4,000</span>6,500 now.</p><p class=gone>Not seen.</p>"
    assert read(body, sheet).text == "It costs 6,500 now."


@pytest.mark.parametrize(
    "hidden",
    [
        "<span hidden>no</span>",
        "<span style='display:none'>no</span>",
        "<span style='visibility: hidden'>no</span>",
        "<span aria-hidden='true'>no</span>",
        "<span class='sr-only'>no</span>",
        "<span class='visually-hidden'>no</span>",
        "<template>no</template>",
        "<noscript>no</noscript>",
        "<!-- no -->",
        "<script>no</script>",
    ],
)
def test_what_nobody_sees_is_no_text(hidden: str) -> None:
    assert read(f"<p>The port {hidden} was shut.</p>").text == "The port was shut."


@pytest.mark.parametrize(
    ("table", "rows"),
    [
        pytest.param(
            "<table><thead><tr><th>Region</th><th colspan=2>Ships</th></tr></thead>"
            "<tr><td>North</td><td>6,500</td><td>1<sup>2</sup></td></tr></table>",
            "Region | Ships\nNorth | 6,500 | 1",
            id="header-and-span",
        ),
        pytest.param(
            "<table class=wikitable><tr><th>Model</th><th>Units</th></tr><tr><td rowspan=2>A</td><td>4,000</td></tr>"
            "<tr><td>2,500</td></tr></table>",
            "Model | Units\nA | 4,000\nA | 2,500",
            id="cell-over-rows",
        ),
        pytest.param(
            "<table><tr><td>North</td><td>6,500</td></tr><tr><td><b>South</b></td><td>12<br>14</td></tr></table>",
            "North | 6,500\nSouth | 12; 14",
            id="without-header",
        ),
        pytest.param(
            "<table><caption>Closures</caption><tr><th>Year</th><th>Days</th></tr><tr><td>2021</td><td>3</td></tr></table>",
            "Closures\nYear | Days\n2021 | 3",
            id="caption",
        ),
        pytest.param(
            "<figure><table><tr><td>Bread</td><td>40%</td></tr><tr><td>Cake</td><td>60%</td></tr></table></figure>",
            "Bread | 40%\nCake | 60%",
            id="in-a-figure",
        ),
    ],
)
def test_tables_keep_rows_and_cells_apart(table: str, rows: str) -> None:
    assert read(f"{SENTENCE}{table}<p>End here.</p>").text == f"{SENTENCE_TEXT}\n\n{rows}\n\nEnd here."
