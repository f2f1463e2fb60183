from __future__ import annotations

import io
from contextlib import suppress
from datetime import UTC, datetime

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st
from pypdf import PdfReader, PdfWriter

from index.errors import ReadError
from index.readers.pdf import read_pdf
from tests.index.readers.pdf_files import at, broken, lines, pdf, stream

HEADLINE = at(50, 770, "Harbour Opens Four New Lanes", 22, "F2")
LANES = (
    "The port authority said on Friday that it would open four more lanes, after a weekend in which 6,500 "
    "lorries waited up to eleven hours to board the ferries to the islands."
)
COSTS = (
    "Hauliers were not convinced. Their association said that every lost day costs an operator 312 euros, "
    "and that spoiled goods come on top of that. It called the plan a fig leaf."
)
STAFF = (
    "Of the 140 customs officers that were promised, 118 have been hired so far. The others are expected "
    "by the end of May, the ministry said, as it had said twice before."
)
AIR = (
    "Residents complain about noise. The town measured 58 micrograms of nitrogen dioxide on the ring road, "
    "where the limit is 40, and called the figure exceptional but not unexpected."
)
TABLE = [("Harbour", "2022", "2023"), ("Portwick", "4,120", "6,500"), ("East Quay", "1,240", "990")]
ROWS = "Harbour | 2022 | 2023\nPortwick | 4,120 | 6,500\nEast Quay | 1,240 | 990"


def set_in(width: float, x: float, y: float, *paragraphs: str, indent: float = 0, gap: float = 6) -> str:
    drawn = ""
    for paragraph in paragraphs:
        texts = broken(paragraph, width - indent)
        drawn += at(x + indent, y, texts[0]) + lines(x, y - 12, texts[1:])
        y -= 12 * len(texts) + gap
    return drawn


def table(xs: tuple[float, float, float], y: float) -> str:
    return "".join(
        at(x, y - 14 * number, cell)
        for number, row in enumerate(TABLE)
        for x, cell in zip(xs, row, strict=True)
    )


def paragraphs(*pages: str, resources: str = "", page_entries: str = "") -> list[str]:
    draft = read_pdf(pdf(*pages, resources=resources, page_entries=page_entries))
    assert draft.title == "Harbour Opens Four New Lanes"
    return draft.text.split("\n\n")


def test_columns_are_read_one_after_the_other() -> None:
    page = HEADLINE + set_in(230, 50, 700, LANES, COSTS) + set_in(230, 310, 700, STAFF, AIR)
    assert paragraphs(page) == [LANES, COSTS, STAFF, AIR]


def test_three_columns_are_read_one_after_the_other() -> None:
    page = HEADLINE + "".join(
        set_in(150, x, 700, text) for x, text in ((50, LANES), (220, COSTS), (390, STAFF))
    )
    assert paragraphs(page) == [LANES, COSTS, STAFF]


def test_the_order_of_drawing_does_not_matter() -> None:
    left, right = broken(LANES, 230), broken(STAFF, 230)
    drawn = "".join(
        at(310, 700 - 12 * number, right[number]) + at(50, 700 - 12 * number, left[number])
        for number in range(5)
    )
    rest = lines(50, 640, left[5:]) + lines(310, 640, right[5:])
    assert paragraphs(rest + drawn + HEADLINE) == [LANES, STAFF]


def test_a_line_across_the_page_ends_the_columns_above_it() -> None:
    above = set_in(230, 50, 700, LANES) + set_in(230, 310, 700, COSTS)
    across = at(50, 560, "What the town says about it and what it plans to do next", 14, "F2")
    below = set_in(230, 50, 530, STAFF) + set_in(230, 310, 530, AIR)
    assert paragraphs(HEADLINE + above + across + below) == [
        LANES,
        COSTS,
        "What the town says about it and what it plans to do next",
        STAFF,
        AIR,
    ]


def test_a_sentence_goes_on_over_columns_and_pages() -> None:
    text = broken(" ".join((LANES, COSTS, STAFF, AIR)), 230)
    first = HEADLINE + lines(50, 700, text[:5]) + lines(310, 700, text[5:10])
    second = lines(50, 780, text[10:14]) + lines(310, 780, text[14:])
    assert paragraphs(first, second) == [" ".join((LANES, COSTS, STAFF, AIR))]


def test_a_footnote_does_not_stand_in_a_sentence() -> None:
    text = broken(LANES, 300)
    first = HEADLINE + lines(50, 700, text[:2]) + at(50, 80, "1", 5) + at(54, 77, "Weekly report.", 8)
    assert paragraphs(first, lines(50, 780, text[2:])) == [LANES, "Weekly report."]


@pytest.mark.parametrize(
    ("head", "foot"),
    [
        pytest.param("The Coastal Courier", "Page {} of 3", id="the same line on each page"),
        pytest.param("Harbour Opens Four New Lanes", "- {} -", id="the headline again"),
        pytest.param("Courier, Saturday edition {}", "{}", id="a page number inside the head"),
    ],
)
def test_running_heads_and_page_numbers_are_no_text(head: str, foot: str) -> None:
    text = broken(" ".join((LANES, COSTS)), 490)
    parts = [text[:2], text[2:4], text[4:]]
    pages = [
        at(50, 815, head.format(number), 8, "F1")
        + at(290, 30, foot.format(number), 8, "F1")
        + lines(50, 700 if number == 1 else 770, part)
        for number, part in enumerate(parts, start=1)
    ]
    assert paragraphs(HEADLINE + pages[0], *pages[1:]) == [" ".join((LANES, COSTS))]


@pytest.mark.parametrize(
    "drawn",
    [
        pytest.param(set_in(490, 50, 700, LANES, COSTS, STAFF), id="gaps"),
        pytest.param(set_in(490, 50, 700, LANES, COSTS, STAFF, gap=0, indent=12), id="indents"),
        pytest.param(set_in(490, 50, 700, LANES, COSTS, STAFF, gap=0), id="short last lines"),
    ],
)
def test_paragraphs_are_told_by(drawn: str) -> None:
    assert paragraphs(HEADLINE + drawn) == [LANES, COSTS, STAFF]


def test_a_subheading_is_a_paragraph() -> None:
    page = set_in(490, 50, 700, LANES) + at(50, 654, "Costs", 10, "F2") + set_in(490, 50, 642, COSTS)
    assert paragraphs(HEADLINE + page) == [LANES, "Costs", COSTS]


@pytest.mark.parametrize(
    ("page", "expected"),
    [
        pytest.param(
            set_in(490, 50, 700, LANES) + table((50, 200, 420), 640) + set_in(490, 50, 580, COSTS),
            [LANES, ROWS, COSTS],
            id="between paragraphs",
        ),
        pytest.param(
            set_in(250, 50, 700, LANES, COSTS) + table((330, 430, 500), 700),
            [LANES, COSTS, ROWS],
            id="beside text",
        ),
        pytest.param(
            set_in(230, 50, 700, LANES) + set_in(230, 310, 700, COSTS) + table((50, 200, 420), 580),
            [LANES, COSTS, ROWS],
            id="under columns, their gutter going on",
        ),
        pytest.param(
            set_in(230, 50, 700, LANES) + table((50, 150, 210), 590) + set_in(230, 310, 700, COSTS, STAFF),
            [LANES, ROWS, COSTS, STAFF],
            id="inside of a column",
        ),
    ],
)
def test_the_rows_of_a_table_stay_lines(page: str, expected: list[str]) -> None:
    assert paragraphs(HEADLINE + page) == expected


def test_wrapped_cells_stay_in_their_rows() -> None:
    page = (
        at(50, 700, "Body")
        + at(300, 700, "Members")
        + lines(50, 680, ["Organisation for Trade and", "Transport at Sea"])
        + at(300, 680, "57")
        + at(50, 648, "United Ports")
        + at(300, 648, "193")
        + set_in(490, 50, 600, COSTS)
    )
    rows = "Body | Members\nOrganisation for Trade and Transport at Sea | 57\nUnited Ports | 193"
    assert paragraphs(HEADLINE + page) == [rows, COSTS]


def test_sentences_in_cells_are_read_row_by_row() -> None:
    entries = [
        ("3 March", "Four guards were hurt when a lorry rolled back at the gate in the evening."),
        ("9 March", "Police found two boats and a store of fuel under the old railway bridge."),
        ("12 March", "Nothing was reported by the guards for the whole of the day and night."),
    ]
    page = "".join(
        at(50, 700 - 42 * n, day) + lines(150, 700 - 42 * n, broken(what, 220))
        for n, (day, what) in enumerate(entries)
    )
    rows = "\n".join(f"{day} | {what}" for day, what in entries)
    assert paragraphs(HEADLINE + page + set_in(490, 50, 520, COSTS)) == [rows, COSTS]


def test_a_list_keeps_its_items() -> None:
    items = at(50, 600, "1.") + lines(
        70, 600, ["More lanes at the harbour, as soon as the money", "is there"]
    )
    items += at(50, 576, "2.") + at(70, 576, "More officers at the gate")
    page = set_in(490, 50, 700, LANES) + items
    assert paragraphs(HEADLINE + page) == [
        LANES,
        "1. More lanes at the harbour, as soon as the money is there",
        "2. More officers at the gate",
    ]


@pytest.mark.parametrize(
    ("shown", "expected"),
    [
        pytest.param(
            "(Some 6,500) Tj /F3 6 Tf 4 Ts (1) Tj 0 Ts /F3 10 Tf ( lorries waited.) Tj",
            "Some 6,500 lorries waited.",
            id="marker at a figure",
        ),
        pytest.param(
            "(Some 6,500) Tj /F3 6 Tf 60 4 Td (1) Tj /F3 10 Tf 10 -4 Td (lorries waited.) Tj",
            "Some 6,500 lorries waited.",
            id="marker placed by itself",
        ),
        pytest.param(
            "(It covers 24 km) Tj /F3 6 Tf 4 Ts (2) Tj 0 Ts /F3 10 Tf ( of land.) Tj",
            "It covers 24 km² of land.",
            id="exponent",
        ),
        pytest.param(
            "(On the 21) Tj /F3 6 Tf 4 Ts (st) Tj 0 Ts /F3 10 Tf ( it rained.) Tj",
            "On the 21st it rained.",
            id="ordinal",
        ),
        pytest.param(
            "(The CO) Tj /F3 6 Tf -2 Ts (2) Tj 0 Ts /F3 10 Tf ( rose.) Tj",
            "The CO2 rose.",
            id="lowered figure",
        ),
        pytest.param("[(W)80(ar in the T)120(own.)] TJ", "War in the Town.", id="kerning"),
        pytest.param(
            "[(War)-600(in)-600(the)-600(town.)] TJ", "War in the town.", id="gaps instead of spaces"
        ),
        pytest.param("3 Tc (War in the town.) Tj 0 Tc", "War in the town.", id="letter-spaced"),
        pytest.param(
            "[(W)-250(a)-250(r)-900(i)-250(n)-900(t)-250(h)-250(e)-900(t)-250(o)-250(w)-250(n)] TJ",
            "War in the town",
            id="letter-spaced by kerning",
        ),
        pytest.param("(War in) Tj 0 Tc 0.3 0 Td (War in) Tj", "War in", id="drawn twice for bold type"),
        pytest.param("(War\\240in the\\240town.) Tj", "War in the town.", id="no-break spaces"),
        pytest.param(
            "3 Tr (Not shown.) Tj 0 Tr 0 -14 Td (Shown here.) Tj", "Shown here.", id="invisible text"
        ),
        pytest.param(
            "/Span << /ActualText (fi) >> BDC (#) Tj EMC (nal) Tj", "final", id="what a glyph stands for"
        ),
        pytest.param(
            "/Artifact << /Type /Pagination >> BDC (Courier) Tj EMC 0 -14 Td (Text.) Tj",
            "Text.",
            id="marked as a running head",
        ),
    ],
)
def test_a_line_reads_as_it_looks(shown: str, expected: str) -> None:
    page = set_in(490, 50, 700, LANES) + f"BT /F3 10 Tf 50 600 Td {shown} ET\n"
    assert paragraphs(HEADLINE + page) == [LANES, expected]


def test_a_word_broken_over_lines_is_whole_and_a_hyphen_stays() -> None:
    page = HEADLINE + lines(
        50, 700, ["The organi-", "sation works in the north-", "east since mid-", "2022."]
    )
    assert paragraphs(page) == ["The organisation works in the north-east since mid-2022."]


def test_ligatures_are_taken_apart() -> None:
    differences = "/Encoding << /BaseEncoding /WinAnsiEncoding /Differences [1 /fi /fl /f_f] >>"
    font = f"/L << /Type /Font /Subtype /Type1 /BaseFont /Helvetica {differences} >>"
    page = (
        HEADLINE + set_in(490, 50, 700, LANES) + "BT /L 10 Tf 50 600 Td (O\\003ice \\001gures \\002y) Tj ET"
    )
    content = pdf(page).replace(b"/F1 <<", font.encode() + b" /F1 <<")
    assert read_pdf(_with_new_xref(content)).text.endswith("Office figures fly")


def _with_new_xref(content: bytes) -> bytes:
    writer = PdfWriter()
    writer.append(PdfReader(io.BytesIO(content)))
    written = io.BytesIO()
    writer.write(written)
    return written.getvalue()


def test_turned_text_is_left_out() -> None:
    stamp = "BT /F2 60 Tf 0.7 0.7 -0.7 0.7 150 300 Tm (DRAFT) Tj ET BT /F1 8 Tf 0 1 -1 0 30 300 Tm (Photo: A) Tj ET"
    assert paragraphs(HEADLINE + set_in(490, 50, 700, LANES) + stamp) == [LANES]


@pytest.mark.parametrize("entries", ["/Rotate 90", ""], ids=["turned by the viewer", "lying on its side"])
def test_a_turned_page_is_read(entries: str) -> None:
    page = (
        "0 1 -1 0 595 0 cm "
        + at(50, 500, "Harbour Opens Four New Lanes", 22, "F2")
        + set_in(490, 50, 450, LANES)
    )
    assert paragraphs(page, page_entries=entries) == [LANES]


def test_text_outside_of_the_page_is_left_out() -> None:
    page = HEADLINE + set_in(490, 50, 700, LANES) + at(50, 20, "Printer's colour bar")
    assert paragraphs(page, page_entries="/CropBox [0 50 595 842]") == [LANES]


def test_a_form_is_read_where_it_is_drawn() -> None:
    font = "<< /F3 << /Type /Font /Subtype /Type1 /BaseFont /Courier /Encoding /WinAnsiEncoding >> >>"
    form = stream(
        set_in(490, 0, 0, LANES), entries=f"/Type /XObject /Subtype /Form /Resources << /Font {font} >>"
    )
    page = HEADLINE + "q 1 0 0 1 50 700 cm /X Do Q"
    draft = read_pdf(pdf(page, resources="/XObject << /X 10 0 R >>", extra=[form]))
    assert draft.text == LANES


def test_the_text_layer_of_a_scanned_page_is_read() -> None:
    scan = "q 595 0 0 842 0 0 cm BI /W 1 /H 1 /BPC 8 /CS /G ID x EI Q\n"
    layer = "BT 3 Tr ET " + HEADLINE + set_in(490, 50, 700, LANES) + "BT 0 Tr ET "
    assert paragraphs(scan + layer + at(200, 20, "Scanned by the library", 7)) == [LANES]


@pytest.mark.parametrize(
    ("title", "expected"),
    [
        ("Harbour Opens Four New Lanes", "Harbour Opens Four New Lanes"),
        ("Harbour Opens Four New Lanes | The Courier", "Harbour Opens Four New Lanes"),
        ("Lanes at the Harbour", "Lanes at the Harbour"),
        ("Microsoft Word - lanes.doc", "Harbour Opens Four New Lanes"),
        ("untitled", "Harbour Opens Four New Lanes"),
        ("lanes_final_v2.indd", "Harbour Opens Four New Lanes"),
        ("", "Harbour Opens Four New Lanes"),
    ],
)
def test_the_title(title: str, expected: str) -> None:
    draft = read_pdf(pdf(HEADLINE + set_in(490, 50, 700, LANES), information={"Title": title}))
    assert draft.title == expected
    assert (draft.text == LANES) == (expected == "Harbour Opens Four New Lanes")


def test_a_headline_of_two_lines_is_one() -> None:
    page = lines(50, 780, ["Harbour Opens Four", "New Lanes"], 22, 26, "F2") + set_in(490, 50, 700, LANES)
    assert paragraphs(page) == [LANES]


@pytest.mark.parametrize(
    ("line", "authors", "published", "updated"),
    [
        (at(50, 735, "By Ada Brook | 3 March 2023", 9), ("Ada Brook",), 3, None),
        (at(50, 735, "By Ada Brook, 3 March 2023", 9), ("Ada Brook",), 3, None),
        (at(50, 735, "By Ada Brook", 9) + at(450, 735, "3 March 2023", 9), ("Ada Brook",), 3, None),
        (at(50, 735, "Published: 2023-03-03. Updated: 2023-03-04", 9), ("Jo Lind",), 3, 4),
        (at(50, 735, "03/04/2023", 9), ("Jo Lind",), None, None),
        ("", ("Jo Lind",), None, None),
    ],
    ids=["by-line", "after a comma", "at the right", "updated", "ambiguous", "none"],
)
def test_authors_and_dates(
    line: str, authors: tuple[str, ...], published: int | None, updated: int | None
) -> None:
    information = {"Author": "Jo Lind", "CreationDate": "D:20200101000000Z", "ModDate": "D:20200102000000Z"}
    columns = set_in(230, 50, 700, LANES) + set_in(230, 310, 700, COSTS)
    draft = read_pdf(pdf(HEADLINE + line + columns, information=information, language="en-GB"))
    assert draft.authors == authors
    assert draft.published_at == (datetime(2023, 3, published, tzinfo=UTC) if published else None)
    assert draft.updated_at == (datetime(2023, 3, updated, tzinfo=UTC) if updated else None)
    assert draft.language == "en-GB"
    assert draft.text == f"{LANES}\n\n{COSTS}"


def test_the_day_in_a_dateline_is_the_articles() -> None:
    text = f"PORTWICK, 3 March 2023 – {LANES}"
    draft = read_pdf(pdf(HEADLINE + set_in(490, 50, 700, text)))
    assert (draft.text, draft.published_at) == (text, datetime(2023, 3, 3, tzinfo=UTC))


def encrypted(password: str) -> bytes:
    writer = PdfWriter(clone_from=io.BytesIO(pdf(HEADLINE + set_in(490, 50, 700, LANES))))
    writer.encrypt(password, "another", algorithm="RC4-128")
    content = io.BytesIO()
    writer.write(content)
    return content.getvalue()


def test_an_empty_password_opens_silently() -> None:
    assert read_pdf(encrypted("")).text == LANES


GOOD = pdf(HEADLINE + set_in(490, 50, 700, LANES), packed=True)


CROWDED = "BT /F3 1 Tf 50 700 Td " + f"[({'a' * 500}) 300000] TJ " * 201 + "ET"


def with_changed_text() -> bytes:
    middle = GOOD.index(b"stream") + 60
    return GOOD[:middle] + bytes([GOOD[middle] ^ 0xFF]) + GOOD[middle + 1 :]


@pytest.mark.parametrize(
    ("content", "reason", "remedy"),
    [
        pytest.param(encrypted("secret"), "password", "without the password", id="password"),
        pytest.param(b"", "not a PDF", "Check", id="empty"),
        pytest.param(b"PK\x03\x04 something else", "not a PDF", "Check", id="another format"),
        pytest.param(GOOD[: len(GOOD) // 2], "cut off", "again", id="cut off"),
        pytest.param(with_changed_text(), "damaged", "again", id="changed bytes"),
        pytest.param(pdf(), "no pages", "again", id="no pages"),
        pytest.param(pdf("0 0 100 100 re f"), "no text", "OCR", id="no text"),
        pytest.param(pdf(*["" for _ in range(2001)]), "2000", "Split", id="too many pages"),
        pytest.param(pdf(b" " * 60_000_000, packed=True), "unpacks", "another format", id="bomb"),
        pytest.param(GOOD.replace(b"/Count 1", b"/Count 3"), "lacks", "again", id="missing pages"),
        pytest.param(pdf(CROWDED), "more text than", "another", id="too much on a page"),
    ],
)
def test_what_cannot_be_read_says_why(content: bytes, reason: str, remedy: str) -> None:
    with pytest.raises(ReadError) as caught:
        read_pdf(content)
    assert reason in caught.value.message
    assert remedy in caught.value.remedy


def test_fonts_without_meaning_are_an_error() -> None:
    font = "/F9 << /Type /Font /Subtype /Type0 /BaseFont /X /Encoding /Identity-H /DescendantFonts [] >>"
    content = pdf("BT /F9 10 Tf 50 700 Td <00010002000300040005> Tj ET").replace(
        b"/F1 <<", font.encode() + b" /F1 <<"
    )
    with pytest.raises(ReadError, match="which letters"):
        read_pdf(_with_new_xref(content))


LOOPING = stream("/X Do /X Do", entries="/Subtype /Form /Resources << /XObject << /X 10 0 R >> >>")


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(
    st.sampled_from([GOOD, pdf(HEADLINE, resources="/XObject << /X 10 0 R >>", extra=[LOOPING])]),
    st.lists(st.tuples(st.floats(0, 1, exclude_max=True), st.binary(max_size=6)), min_size=1, max_size=12),
)
@example(pdf("/X Do", resources="/XObject << /X 10 0 R >>", extra=[LOOPING]), [])
@example(pdf(HEADLINE + "[" * 3000), [])
@example(pdf(HEADLINE + "1e30 0 0 1e30 0 0 cm " + at(1, 1, "x") + "0 0 0 0 0 0 cm " + at(1, 1, "x", 0)), [])
def test_damage_is_a_read_error_or_no_matter(content: bytes, changes: list[tuple[float, bytes]]) -> None:
    damaged = bytearray(content)
    for place, replacement in changes:
        start = int(place * len(damaged))
        damaged[start : start + len(replacement)] = replacement
    with suppress(ReadError):
        assert isinstance(read_pdf(bytes(damaged)).text, str)
