from __future__ import annotations

import io
import zipfile
from contextlib import suppress
from datetime import UTC, datetime

import docx
import pytest
from docx.enum.style import WD_STYLE_TYPE
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from index.errors import ReadError
from index.readers.word import read_word
from tests.index.readers.word_files import p, r, repacked, styled, tbl, tc, tr, word

HEADLINE = styled("Title", "Harbour Opens Four New Lanes")
FIRST = "The port authority said on Friday that it would open four more lanes for lorries."
LAST = "Hauliers were not convinced, and called the plan a fig leaf."
NEW = 'w:id="1" w:author="Ada" w:date="2023-03-03T10:00:00Z"'
UP = '<w:vertAlign w:val="superscript"/>'
DOWN = '<w:vertAlign w:val="subscript"/>'


def begin(code: str) -> str:
    return f'<w:r><w:fldChar w:fldCharType="begin"/></w:r><w:r><w:instrText>{code}</w:instrText></w:r>'


SEPARATE = '<w:r><w:fldChar w:fldCharType="separate"/></w:r>'
END = '<w:r><w:fldChar w:fldCharType="end"/></w:r>'


def box(*paragraphs: str) -> str:
    content = f"<w:txbxContent>{''.join(paragraphs)}</w:txbxContent>"
    return (
        f"<w:r><mc:AlternateContent><mc:Choice Requires='wps'><w:drawing><wps:txbx>{content}</wps:txbx></w:drawing>"
        f"</mc:Choice><mc:Fallback><w:pict><v:textbox>{content}</v:textbox></w:pict></mc:Fallback>"
        "</mc:AlternateContent></w:r>"
    )


def texts(*body: str) -> list[str]:
    draft = read_word(word(HEADLINE, p(FIRST), *body, p(LAST)))
    assert draft.title == "Harbour Opens Four New Lanes"
    first, *between, last = draft.text.split("\n\n")
    assert (first, last) == (FIRST, LAST)
    return between


@pytest.mark.parametrize(
    ("content", "expected"),
    [
        pytest.param(
            ["Some 6,", f"<w:ins {NEW}>{r('500')}</w:ins>", " came."], "Some 6,500 came.", id="inserted"
        ),
        pytest.param(
            ["Some ", f"<w:del {NEW}><w:r><w:delText>4,000</w:delText></w:r></w:del>", "few came."],
            "Some few came.",
            id="deleted",
        ),
        pytest.param(
            [
                f"<w:moveFrom {NEW}>{r('Before. ')}</w:moveFrom>",
                "Now ",
                f"<w:moveTo {NEW}>{r('after.')}</w:moveTo>",
            ],
            "Now after.",
            id="moved",
        ),
        pytest.param(
            [
                f"<w:ins {NEW}><w:del {NEW}><w:r><w:delText>Never. </w:delText></w:r></w:del></w:ins>",
                "Always.",
            ],
            "Always.",
            id="inserted and deleted again",
        ),
        pytest.param(
            ["It costs ", r("200", "<w:strike/>"), r("312", "<w:b/>"), "."], "It costs 312.", id="struck out"
        ),
        pytest.param(["One", r(" two", "<w:dstrike/>"), "."], "One.", id="struck out twice"),
        pytest.param(["One", r(" two", '<w:strike w:val="0"/>'), "."], "One two.", id="strike switched off"),
        pytest.param(["One", r(" two", "<w:vanish/>"), "."], "One.", id="hidden"),
        pytest.param(
            ["See ", f"<w:hyperlink w:anchor='a'>{r('the report')}</w:hyperlink>", "."],
            "See the report.",
            id="link",
        ),
        pytest.param(
            ["On ", f"<w:smartTag w:element='date'>{r('Friday')}</w:smartTag>", "."],
            "On Friday.",
            id="smart tag",
        ),
        pytest.param(
            ["On ", f"<w:sdt><w:sdtPr/><w:sdtContent>{r('Friday')}</w:sdtContent></w:sdt>", "."],
            "On Friday.",
            id="content control",
        ),
        pytest.param(
            [
                "Now",
                f"<w:sdt><w:sdtPr><w:showingPlcHdr/></w:sdtPr><w:sdtContent>{r(' Click here')}</w:sdtContent></w:sdt>",
            ],
            "Now",
            id="empty content control",
        ),
        pytest.param(
            ["Page ", f"<w:fldSimple w:instr=' PAGE '>{r('7')}</w:fldSimple>", "."],
            "Page 7.",
            id="simple field",
        ),
        pytest.param(
            ["On ", begin(' DATE \\@ "d MMMM" '), SEPARATE, r("3 March"), END, "."], "On 3 March.", id="field"
        ),
        pytest.param(
            ["A ", begin("IF "), begin("PAGE"), SEPARATE, r("9"), END, SEPARATE, r("b"), END, "c."],
            "A bc.",
            id="field inside a field's code",
        ),
        pytest.param(["A ", begin("DATE"), "b."], "A b.", id="field without an end"),
        pytest.param(["Some 6,500", r("1", UP), " came."], "Some 6,500 came.", id="footnote's number"),
        pytest.param(["Some 6,500", r("1", UP), r(",2", UP), " came."], "Some 6,500 came.", id="several"),
        pytest.param(["Some 6,500", r("[3]", UP), " came."], "Some 6,500 came.", id="in brackets"),
        pytest.param(["Some 6,500", r("*", UP), " came."], "Some 6,500 came.", id="asterisk"),
        pytest.param(["Some 6,500¹ came."], "Some 6,500 came.", id="typed as a superscript"),
        pytest.param(
            ["Some 6,500", "<w:r><w:footnoteReference w:id='2'/></w:r>", " came."],
            "Some 6,500 came.",
            id="footnote",
        ),
        pytest.param(
            [
                "Some 6,500",
                "<w:r><w:footnoteReference w:id='2' w:customMarkFollows='1'/><w:t>7</w:t></w:r>",
                " came.",
            ],
            "Some 6,500 came.",
            id="footnote with a mark of its own",
        ),
        pytest.param(
            ["A", "<w:commentRangeStart w:id='0'/>", "b", "<w:r><w:commentReference w:id='0'/></w:r>", "."],
            "Ab.",
            id="comment",
        ),
        pytest.param(["It covers 24 km", r("2", UP), "."], "It covers 24 km².", id="exponent"),
        pytest.param(["On the 21", r("st", UP), " day."], "On the 21st day.", id="ordinal"),
        pytest.param(["The CO", r("2", DOWN), " rose."], "The CO2 rose.", id="lowered"),
        pytest.param(
            ["A", "<w:r><w:noBreakHyphen/></w:r>", "b c", "<w:r><w:softHyphen/></w:r>", "d."],
            "A-b cd.",
            id="hyphens",
        ),
        pytest.param(
            ["A", "<w:r><w:tab/></w:r>", "b", "<w:r><w:br/></w:r>", "c."], "A b c.", id="tab and break"
        ),
        pytest.param(["A\u00a0b\u2009c\u00add."], "A b cd.", id="spaces and soft hyphens"),
        pytest.param(
            ["20 ", "<w:r><w:sym w:font='Symbol' w:char='F0B0'/></w:r>", "C"],
            "20 °C",
            id="symbol by its place",
        ),
        pytest.param(["<m:oMath><m:r><m:t>a=b</m:t></m:r></m:oMath>", " holds."], "a=b holds.", id="formula"),
        pytest.param(
            [
                "<w:r><w:ruby><w:rt><w:r><w:t>kyo</w:t></w:r></w:rt><w:rubyBase><w:r><w:t>京</w:t></w:r></w:rubyBase></w:ruby></w:r>"
            ],
            "京",
            id="reading aid",
        ),
        pytest.param(
            [
                "A b.",
                r("c", f"<w:rPrChange {NEW}><w:rPr><w:strike/></w:rPr></w:rPrChange>"),
            ],
            "A b.c",
            id="formatting of before",
        ),
    ],
)
def test_a_paragraph_reads_as_in_the_final_view(content: list[str], expected: str) -> None:
    assert texts(p(*content)) == [expected]


def test_a_style_can_hide_and_strike_out() -> None:
    document = docx.Document(io.BytesIO(word(p(FIRST))))
    hidden = document.styles.add_style("Secret", WD_STYLE_TYPE.CHARACTER)
    hidden.font.hidden = True
    derived = document.styles.add_style("Top secret", WD_STYLE_TYPE.CHARACTER)
    derived.base_style = hidden
    document.paragraphs[0].add_run(" Not this.", style="Secret")
    document.paragraphs[0].add_run(" Nor this.", style="Top secret")
    saved = io.BytesIO()
    document.save(saved)
    assert read_word(saved.getvalue()).text == FIRST


@pytest.mark.parametrize("mark", [f"<w:del {NEW}/>", "<w:vanish/>"], ids=["deleted", "hidden"])
def test_a_paragraph_whose_end_is_gone_goes_on(mark: str) -> None:
    assert texts(p("Four lanes ", properties=f"<w:rPr>{mark}</w:rPr>"), p("will open.")) == [
        "Four lanes will open."
    ]


def test_a_field_over_several_paragraphs_is_followed() -> None:
    contents = p(begin("TOC"), SEPARATE, "Costs 1"), p("Staff 2"), p(END, "After it.")
    assert texts(*contents) == ["After it."]


def test_content_controls_hold_paragraphs_and_tables() -> None:
    content = p("A b.") + tbl(tr("Year", "2023"), tr("Lanes", "4"))
    assert texts(f"<w:sdt><w:sdtPr/><w:sdtContent>{content}</w:sdtContent></w:sdt>") == [
        "A b.",
        "Year | 2023\nLanes | 4",
    ]


def test_a_text_box_is_read_once_where_it_is_anchored() -> None:
    assert texts(p("Before.", box(p("In the box."), p("Still in it."))), p("After.")) == [
        "Before.",
        "In the box.",
        "Still in it.",
        "After.",
    ]


def test_heads_and_feet_are_no_text() -> None:
    document = docx.Document(io.BytesIO(word(p(FIRST))))
    document.sections[0].header.paragraphs[0].text = "The Coastal Courier"
    document.sections[0].footer.paragraphs[0].text = "Page 1"
    saved = io.BytesIO()
    document.save(saved)
    assert read_word(saved.getvalue()).text == FIRST


LONG = "The town measured 58 micrograms of nitrogen dioxide on the ring road, where the limit is 40. " * 4


@pytest.mark.parametrize(
    ("table", "expected"),
    [
        pytest.param(
            tbl(tr("Harbour", "2022", "2023"), tr("Portwick", "4,120", "6,500")),
            ["Harbour | 2022 | 2023\nPortwick | 4,120 | 6,500"],
            id="figures",
        ),
        pytest.param(
            tbl(
                tr("Harbour", tc("Lorries", properties='<w:gridSpan w:val="2"/>')),
                tr(tc("North", properties='<w:vMerge w:val="restart"/>'), "Portwick", "6,500"),
                tr(tc(properties="<w:vMerge/>"), "East Quay", "990"),
            ),
            ["Harbour | Lorries\nNorth | Portwick | 6,500\nEast Quay | 990"],
            id="merged cells",
        ),
        pytest.param(
            tbl(tr(tc("Port", "wick"), "6,500"), tr("East Quay", "")),
            ["Port wick | 6,500\nEast Quay"],
            id="paragraphs",
        ),
        pytest.param(
            tbl(
                tr("A", "1"),
                tr("B", "2", properties=f"<w:del {NEW}/>"),
                tr("C", "3", properties=f"<w:ins {NEW}/>"),
            ),
            ["A | 1\nC | 3"],
            id="deleted and inserted rows",
        ),
        pytest.param(
            tbl(tr("A", tc(tbl(tr("x", "1"), tr("y", "2")), p("z"))), tr("B", "3")),
            ["A | x 1; y 2 z\nB | 3"],
            id="table in a cell",
        ),
        pytest.param(tbl(tr(tc("One.", "Two."))), ["One.", "Two."], id="a frame around text"),
        pytest.param(
            tbl(tr(tc(LONG, LONG), tc("Aside."))),
            [LONG.strip(), LONG.strip(), "Aside."],
            id="columns of a page",
        ),
        pytest.param(
            "".join(p(a, "<w:r><w:tab/></w:r>", b) for a, b in (("Harbour", "2023"), ("Portwick", "6,500"))),
            ["Harbour | 2023\nPortwick | 6,500"],
            id="columns made of tabs",
        ),
    ],
)
def test_tables_stay_in_their_place(table: str, expected: list[str]) -> None:
    assert texts(table) == expected


@pytest.mark.parametrize(
    ("property_", "first", "title"),
    [
        ("Harbour Opens Four New Lanes", HEADLINE, "Harbour Opens Four New Lanes"),
        ("Harbour Opens Four New Lanes - Courier", HEADLINE, "Harbour Opens Four New Lanes"),
        ("lanes_final.docx", HEADLINE, "Harbour Opens Four New Lanes"),
        ("", HEADLINE, "Harbour Opens Four New Lanes"),
        ("", styled("Heading1", "Four New Lanes"), "Four New Lanes"),
        ("", p(r("Four New Lanes", "<w:b/>")), "Four New Lanes"),
        ("", p(r("Four New Lanes", '<w:sz w:val="40"/>')), "Four New Lanes"),
        ("Word Document", p(FIRST), None),
        ("Four New Lanes", "", "Four New Lanes"),
    ],
    ids=["shown", "with a site", "file name", "title", "heading", "bold", "large", "none", "property alone"],
)
def test_the_title(property_: str, first: str, title: str | None) -> None:
    draft = read_word(word(first, p(FIRST), p(LAST), title=property_))
    assert draft.title == title
    assert draft.text.endswith(f"{FIRST}\n\n{LAST}")
    assert title is None or title not in draft.text


@pytest.mark.parametrize(
    ("lines", "authors", "published", "updated"),
    [
        (p("By Ada Brook | 3 March 2023"), ("Ada Brook",), 3, None),
        (p("By Ada Brook", "<w:r><w:tab/></w:r>", "3 March 2023"), ("Ada Brook",), 3, None),
        (p("By Ada Brook", "<w:r><w:br/></w:r>", "3 March 2023"), ("Ada Brook",), 3, None),
        (p("By Ada Brook") + p("Published 3 March 2023") + p("Updated: 4 March 2023"), ("Ada Brook",), 3, 4),
        (p("3 March 2023"), ("Jo Lind",), 3, None),
        ("", ("Jo Lind",), None, None),
    ],
    ids=["by-line", "tab", "line break", "lines", "date alone", "none"],
)
def test_authors_and_dates(
    lines: str, authors: tuple[str, ...], published: int | None, updated: int | None
) -> None:
    draft = read_word(word(HEADLINE, lines, p(FIRST), p(LAST), author="Jo Lind", language="en-GB"))
    assert draft.authors == authors
    assert draft.published_at == (datetime(2023, 3, published, tzinfo=UTC) if published else None)
    assert draft.updated_at == (datetime(2023, 3, updated, tzinfo=UTC) if updated else None)
    assert draft.language == "en-GB"
    assert draft.text == f"{FIRST}\n\n{LAST}"


def test_the_language_of_most_runs_is_the_articles() -> None:
    german = r("Vier neue Fahrspuren sollen es werden.", '<w:lang w:val="de-DE"/>')
    assert read_word(word(p(german), p("Yes."))).language == "de-DE"


GOOD = word(HEADLINE, p(FIRST), tbl(tr("A", "1"), tr("B", "2")), p(LAST))
OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600)
DOCUMENT = b"word/document.xml"
LAUGHS = (
    b'<?xml version="1.0"?><!DOCTYPE d [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;&a;&a;">]>'
    b'<w:document xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"><w:body><w:p><w:r>'
    b"<w:t>&b;&b;</w:t></w:r></w:p></w:body></w:document>"
)


def with_changed_text() -> bytes:
    start = GOOD.index(DOCUMENT) + 60
    return GOOD[:start] + bytes([GOOD[start] ^ 0xFF]) + GOOD[start + 1 :]


def zipped(name: str, content: bytes) -> bytes:
    saved = io.BytesIO()
    with zipfile.ZipFile(saved, "w", zipfile.ZIP_DEFLATED) as package:
        package.writestr(name, content)
    return saved.getvalue()


@pytest.mark.parametrize(
    ("content", "reason", "remedy"),
    [
        pytest.param(OLE + "WordDocument".encode("utf-16-le"), "old binary", "save it as .docx", id="doc"),
        pytest.param(
            OLE + "EncryptedPackage".encode("utf-16-le"), "password", "without the password", id="encrypted"
        ),
        pytest.param(b"{\\rtf1 Hello}", "RTF", "save it as .docx", id="rtf"),
        pytest.param(b"hello", "not a .docx", "Check", id="text"),
        pytest.param(b"", "not a .docx", "Check", id="empty file"),
        pytest.param(GOOD[: len(GOOD) // 2], "cut off", "again", id="cut off"),
        pytest.param(with_changed_text(), "damaged", "again", id="changed bytes"),
        pytest.param(zipped("a.txt", b"hello"), "no .docx", "save it as .docx", id="another zip archive"),
        pytest.param(
            repacked(GOOD, {"word/document.xml": None}), "lacks its document", "again", id="no document"
        ),
        pytest.param(
            repacked(GOOD, {"word/document.xml": b"<w:document"}), "damaged", "again", id="broken XML"
        ),
        pytest.param(
            repacked(GOOD, {"word/media/a.png": bytes(20_000_000)}), "unpacks", "another", id="bomb"
        ),
        pytest.param(
            repacked(GOOD, {"word/a.xml": bytes(70_000_000)}), "unpacks", "another", id="too much XML"
        ),
        pytest.param(word(p(" ")), "no text", "again", id="no text"),
    ],
)
def test_what_cannot_be_read_says_why(content: bytes, reason: str, remedy: str) -> None:
    with pytest.raises(ReadError) as caught:
        read_word(content)
    assert reason in caught.value.message
    assert remedy in caught.value.remedy


def test_entities_are_not_expanded() -> None:
    with pytest.raises(ReadError):
        read_word(repacked(GOOD, {"word/document.xml": LAUGHS}))


def test_a_document_without_styles_is_read() -> None:
    relations = b"word/_rels/document.xml.rels"
    with zipfile.ZipFile(io.BytesIO(GOOD)) as package:
        bare = package.read(relations.decode()).replace(b"/relationships/styles", b"/relationships/other")
    content = repacked(GOOD, {relations.decode(): bare})
    assert FIRST in read_word(content).text


@pytest.mark.parametrize("element", ["w:smartTag", "w:sdtContent", "w:tbl"])
def test_deep_nesting_does_no_harm(element: str) -> None:
    nested = f"<{element}>" * 200 + f"</{element}>" * 200
    with suppress(ReadError):
        assert FIRST in read_word(word(p(FIRST), nested if element == "w:tbl" else p(nested))).text


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(
    st.lists(st.tuples(st.floats(0, 1, exclude_max=True), st.binary(max_size=6)), min_size=1, max_size=8),
    st.booleans(),
)
def test_damage_is_a_read_error_or_no_matter(changes: list[tuple[float, bytes]], inside: bool) -> None:
    with zipfile.ZipFile(io.BytesIO(GOOD)) as package:
        damaged = bytearray(package.read("word/document.xml") if inside else GOOD)
    for place, replacement in changes:
        start = int(place * len(damaged))
        damaged[start : start + len(replacement)] = replacement
    content = repacked(GOOD, {"word/document.xml": bytes(damaged)}) if inside else bytes(damaged)
    with suppress(ReadError):
        assert isinstance(read_word(content).text, str)
