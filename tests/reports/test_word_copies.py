"""The Word file in the looks of offices, with charts, annexes and comments; a review copy is the clean one with comments."""

import dataclasses
import io
import itertools
import re
import zipfile
from dataclasses import replace
from xml.etree import ElementTree

import docx
import pytest
from elsewhere import digest_elsewhere
from paper_samples import CHART, HEADING, PAPER, TABLE, money

from duikou.reports.look import FACES, LINE, WIDTH, Look
from duikou.reports.paper import Annex, Bar, Chart, Column, Comment, Mark, Number, Paragraph, Row, occurrences, text_of
from duikou.reports.word import write_paper
from duikou.reports.written import written

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
A = "{http://schemas.openxmlformats.org/drawingml/2006/main}"
WPG, WPS = (f"{{http://schemas.microsoft.com/office/word/2010/wordprocessing{name}}}" for name in ("Group", "Shape"))
LOOKS = [
    Look(*of)
    for of in itertools.product(("gb2312", "gbk", "windows"), (False, True), ("", "Times New Roman"), (False, True))
]
PLACES = (("Asia/Shanghai", "1"), ("America/St_Johns", "2"))
COMMENTS = tuple(Comment(bookmark, (f"构成：{n.text}", "出处：无依据")) for bookmark, n in occurrences(PAPER))


def part(file, name):
    return ElementTree.fromstring(zipfile.ZipFile(io.BytesIO(file)).read(f"word/{name}.xml"))


def values(element):
    return {key.rpartition("}")[2]: value for key, value in element.attrib.items()}


def text(element):
    return "".join(found.text or "" for found in element.iter(f"{W}t"))


@pytest.mark.parametrize("look", LOOKS, ids=str)
def test_characters_are_squeezed_once_by_the_grid_or_by_the_run(look) -> None:
    file = write_paper(PAPER, look=look)
    grid = values(part(file, "document").find(f".//{W}docGrid"))
    squeezed = values(part(file, "styles").find(f"{W}style[@{W}styleId='Normal']/{W}rPr/{W}spacing"))["val"]
    expected = ({"type": "linesAndChars", "linePitch": str(LINE), "charSpace": "-849"}, "0") if look.word_grid else (
        {"type": "lines", "linePitch": str(LINE)}, "-5")  # fmt: skip
    assert (grid, squeezed) == expected


@pytest.mark.parametrize("look", LOOKS, ids=str)
def test_a_look_names_only_its_own_faces_and_says_what_stands_in_for_each(look) -> None:
    file = write_paper(PAPER, look=look, form="upward", heading=dataclasses.replace(HEADING, signer_label="主任"))
    named = {value for key in ("ascii", "hAnsi", "eastAsia", "cs") for place in ("styles", "document")
             for face in part(file, place).iter(f"{W}rFonts") if (value := face.get(f"{W}{key}"))}  # fmt: skip
    table = {font.get(f"{W}name"): values(font.find(f"{W}altName"))["val"] for font in part(file, "fontTable")}
    assert named <= set(table) == set(look.named)
    assert all(table[face] == FACES[face][1] for face in table)


def test_digits_of_an_office_are_in_its_face_and_those_of_the_page_number_in_song() -> None:
    styles = part(write_paper(PAPER, look=Look(digits="Times New Roman")), "styles")
    fonts = {s.get(f"{W}styleId"): values(s.find(f"{W}rPr/{W}rFonts")) for s in styles}
    assert (fonts["Normal"]["ascii"], fonts["Normal"]["eastAsia"]) == ("Times New Roman", "仿宋_GB2312")
    assert fonts["PageNumber"]["ascii"] == "宋体"


def test_only_second_headings_are_bold_and_only_where_the_office_says_so() -> None:
    for bold in (False, True):
        styles = part(write_paper(PAPER, look=Look(bold_second=bold)), "styles")
        found = [s.get(f"{W}styleId") for s in styles if values(s.find(f"{W}rPr/{W}b"))["val"] == "1"]
        assert found == (["Heading2"] if bold else [])


def test_the_paper_of_one_annex_names_it_and_that_of_two_counts_them() -> None:
    one = docx.Document(io.BytesIO(write_paper(PAPER)))
    assert "附件：天津市对口支援青海省黄南藏族自治州主要数字统计表" in [p.text for p in one.paragraphs]
    two = docx.Document(
        io.BytesIO(write_paper(dataclasses.replace(PAPER, annexes=(TABLE, dataclasses.replace(TABLE, title="名单")))))
    )
    texts = [p.text for p in two.paragraphs]
    assert {"附件：1.\t天津市对口支援青海省黄南藏族自治州主要数字统计表", "2.\t名单", "附件1", "附件2"} <= set(texts)


def test_an_annex_begins_a_page_and_its_table_keeps_within_the_block() -> None:
    document = part(write_paper(PAPER), "document")
    marks = [p for p in document.iter(f"{W}p") if values(p.find(f"{W}pPr/{W}pStyle"))["val"] == "AnnexMark"]
    styles = part(write_paper(PAPER), "styles")
    assert len(marks) == 1
    assert styles.find(f"{W}style[@{W}styleId='AnnexMark']/{W}pPr/{W}pageBreakBefore") is not None
    for table in document.iter(f"{W}tbl"):
        wide = [int(column.get(f"{W}w")) for column in table.find(f"{W}tblGrid")]
        assert sum(wide) == int(values(table.find(f"{W}tblPr/{W}tblW"))["w"]) <= WIDTH
        for row in table.iter(f"{W}tr"):
            cells = [int(values(cell.find(f"{W}tcPr/{W}tcW"))["w"]) for cell in row.iter(f"{W}tc")]
            assert sum(cells) == sum(wide)


def test_the_head_of_an_annex_is_repeated_and_no_row_is_broken_or_merged() -> None:
    table = list(part(write_paper(PAPER), "document").iter(f"{W}tbl"))[-1]
    rows = table.findall(f"{W}tr")
    assert [row.find(f"{W}trPr/{W}tblHeader") is not None for row in rows] == [True] + [False] * 61
    assert all(row.find(f"{W}trPr/{W}cantSplit") is not None for row in rows)
    assert table.find(f".//{W}gridSpan") is None
    assert values(table.find(f"{W}tblPr/{W}tblCaption"))["val"] == "天津市对口支援青海省黄南藏族自治州主要数字统计表"


def test_figures_of_charts_and_annexes_stand_in_controls_like_those_of_the_text() -> None:
    """2 x 6 in the text, 3 in the chart, 60 in the annex."""
    document = part(write_paper(PAPER), "document")
    assert len(occurrences(PAPER)) == len(list(document.iter(f"{W}sdt"))) == 12 + 3 + 60
    assert [text(c) for c in document.iter(f"{W}sdt")] == [n.text for _, n in occurrences(PAPER)]


def test_a_bar_is_drawn_as_long_as_its_part_of_the_longest() -> None:
    """4600 twentieths of a point for the longest, half of it 2300, a tenth 460; each 635 EMU. What is only expected is hollow."""
    chart = next(part(write_paper(PAPER), "document").iter(f"{W}tbl"))
    drawings = list(chart.iter(f"{WPG}wgp"))
    bars = [list(drawing.iter(f"{WPS}spPr"))[-1] for drawing in drawings]  # the frame and the scale lie behind it
    assert [int(bar.find(f"{A}xfrm/{A}ext").get("cx")) / 635 for bar in bars] == [4600, 2300, 460]
    assert [bar.find(f"{A}solidFill/{A}srgbClr").get("val") for bar in bars] == ["595959", "595959", "FFFFFF"]
    assert [text(cell) for cell in chart.iter(f"{W}tc")][::3][:3] == ["和平区", "南开区", "滨海新区（预计）"]


def test_what_has_not_come_this_far_is_hatched_behind_the_bar_and_the_scale_runs_through_the_rows() -> None:
    chart = Chart(
        "图1　资金各环节", (Bar("已落实", 1, money("2000万元")), Bar("已拨付", 0.5, money("1000万元"), rest=0.5)),
        (Mark(0, "0"), Mark(0.5, "1000"), Mark(1, "2000")), "万元",
    )  # fmt: skip
    document = part(write_paper(replace(PAPER, body=(Paragraph(("见图1。",), chart=chart),))), "document")
    _, paid = document.iter(f"{WPG}wgp")
    ((place, hatched),) = [
        (shape.find(f"{A}xfrm/{A}off"), shape.find(f"{A}xfrm/{A}ext"))
        for shape in paid.iter(f"{WPS}spPr")
        if shape.find(f"{A}pattFill") is not None
    ]
    assert (int(place.get("x")) / 635, int(hatched.get("cx")) / 635) == (2300, 2300)
    scale = [p for p in document.iter(f"{W}p") if values(p.find(f"{W}pPr/{W}pStyle"))["val"] == "Scale"]
    assert [text(p) for p in scale] == ["（万元）", "010002000", ""]
    assert [values(tab)["pos"] for tab in scale[1].iter(f"{W}tab") if values(tab)] == ["2300", "4600"]


def test_each_drawing_of_a_file_has_a_number_of_its_own() -> None:
    twice = replace(PAPER, body=(*PAPER.body, Paragraph(("再见图1。",), chart=CHART)))
    document = part(write_paper(twice), "document")
    ids = [e.get("id") for e in document.iter() if e.tag.endswith(("}docPr", "}cNvPr"))]
    assert len(ids) == len(set(ids)) > 6


def test_the_review_copy_is_the_clean_one_with_a_comment_around_each_figure() -> None:
    clean, review = write_paper(PAPER), write_paper(PAPER, comments=COMMENTS)
    strip = re.compile(r"<w:commentRange(?:Start|End) [^>]*/>|<w:r><w:commentReference [^>]*/></w:r>")
    plain = zipfile.ZipFile(io.BytesIO(review)).read("word/document.xml").decode()
    assert strip.sub("", plain) == zipfile.ZipFile(io.BytesIO(clean)).read("word/document.xml").decode()
    comments = list(part(review, "comments"))
    ids = [c.get(f"{W}id") for c in comments]
    document = part(review, "document")
    for mark in ("commentRangeStart", "commentRangeEnd", "commentReference"):
        assert [e.get(f"{W}id") for e in document.iter(f"{W}{mark}")] == ids
    assert {(c.get(f"{W}author"), c.get(f"{W}date")) for c in comments} == {("对口一本账", "2011-08-29T07:04:00Z")}
    assert [text(p) for p in comments[0].iter(f"{W}p")] == ["构成：2000万元", "出处：无依据"]


def test_another_library_reads_the_comments() -> None:
    found = list(docx.Document(io.BytesIO(write_paper(PAPER, comments=COMMENTS))).comments)
    assert [(c.author, c.text.split("\n")[0]) for c in found][:2] == [
        ("对口一本账", "构成：2000万元"),
        ("对口一本账", "构成：1000万元"),
    ]


@pytest.mark.parametrize("how", ["", ", form='upward', heading=sample.HEADING", ", comments=sample.COMMENTS"])
def test_the_same_paper_gives_the_same_bytes_elsewhere(how) -> None:
    made = f"write_paper(sample.PAPER{how})"
    digests = {digest_elsewhere("test_word_copies", made, *where) for where in PLACES}
    assert len(digests) == 1


@pytest.mark.parametrize(
    ("title", "body"),
    [
        ("关于" + "天津市对口支援工作" * 6 + "的报告", (Paragraph(("完。",)),)),  # 60 characters, nothing to break at
        ("关于报告", ()),
        ("关于报告", (Paragraph(("一、资金",), 1),)),
    ],
)
@pytest.mark.parametrize("form", ["spoken", "upward"])
def test_odd_papers_are_written_and_lose_nothing(form, title, body) -> None:
    odd = dataclasses.replace(PAPER, title=title, body=body, annexes=())
    words = text(part(write_paper(odd, form=form, heading=HEADING), "document"))
    assert title in words
    assert all("".join(p.pieces) in words for p in body)


def test_an_annex_without_rows_and_a_short_row_are_written() -> None:
    annex = Annex("空表", (Column("甲"), Column("乙")), (Row(("只有一格",)), Row(("", Number("6", "a:b@1", "")))))
    document = part(
        write_paper(dataclasses.replace(PAPER, annexes=(annex, Annex("无行", (Column("甲"),), ())))), "document"
    )
    table = list(document.iter(f"{W}tbl"))[-2]
    assert [[text(c) for c in row.iter(f"{W}tc")] for row in table.iter(f"{W}tr")] == [
        ["甲", "乙"],
        ["只有一格", ""],
        ["", "6"],
    ]


def test_a_chart_of_one_bar_that_is_longest_is_written() -> None:
    one = dataclasses.replace(CHART, bars=CHART.bars[:1])
    assert "和平区" in text(
        part(write_paper(dataclasses.replace(PAPER, body=(Paragraph(("见图1。",), chart=one),))), "document")
    )


def test_the_paragraphs_of_a_paper_are_those_of_its_word_file() -> None:
    """So that a paper that was edited by hand is held against what was sent out, cell by cell."""
    two = replace(PAPER, annexes=(TABLE, replace(TABLE, title="另一张表")))
    document = part(write_paper(two), "document")
    told = [found for p in document.iter(f"{W}p") if (found := text(p).strip())]
    sent = [found for p in written(two) if (found := text_of(p.pieces).strip())]
    assert told[4:] == sent  # behind title, office, day and salutation
