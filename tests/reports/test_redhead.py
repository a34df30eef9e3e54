"""The upward form (报告·上行文): what stands above the red rule, below the text and at the foot of the last page."""

import dataclasses
import io
import zipfile
from datetime import date
from xml.etree import ElementTree

import pytest
from paper_samples import HEADING, PAPER

from duikou.reports.paper import Heading, Paragraph
from duikou.reports.pdf import write_pdf
from duikou.reports.printed import Printed
from duikou.reports.redhead import copied, mark_of
from duikou.reports.word import write_paper

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
BARE = dataclasses.replace(PAPER, annexes=(), body=(Paragraph(("已经落实。",)),))


def upward(paper=BARE, **changes):
    """The paragraphs of the upward form: style, text with tabs and breaks, properties."""
    file = write_paper(paper, form="upward", heading=dataclasses.replace(HEADING, **changes))
    document = ElementTree.fromstring(zipfile.ZipFile(io.BytesIO(file)).read("word/document.xml"))
    return [(p.find(f"{W}pPr/{W}pStyle").get(f"{W}val"), said(p), p.find(f"{W}pPr")) for p in document.iter(f"{W}p")]


def said(paragraph):
    marks = {
        f"{W}t": lambda e: e.text or "",
        f"{W}tab": lambda e: "\t" if not e.attrib else "",
        f"{W}br": lambda _: "\n",
    }
    return "".join(marks[e.tag](e) for e in paragraph.iter() if e.tag in marks)


def values(properties, name):
    return {key.rpartition("}")[2]: value for key, value in properties.find(f"{W}{name}").attrib.items()}


def test_the_parts_stand_in_the_order_of_the_standard() -> None:
    assert [(style, text) for style, text, _ in upward()] == [
        ("Mark", "天津市人民政府合作交流办公室"),
        ("Number", "\t津合〔2011〕1号\t签发人："),
        ("Title", "关于天津市对口支援青海省\n黄南藏族自治州工作的情况汇报"),
        ("Salutation", "天津市对口支援工作领导小组："),
        ("Normal", "已经落实。"),
        ("Signature", "天津市人民政府合作交流办公室"),
        ("Date", "2011年8月29日"),
        ("Rule", ""),
        ("Imprint", "\t抄送：和平区人民政府，南开区人民政府办公室，天津市财政局。"),
        ("Rule", ""),
        ("Imprint", "\t天津市人民政府合作交流办公室\t2011年9月1日印发"),
        ("Rule", ""),
        ("Last", ""),
    ]


def test_serial_secrecy_and_urgency_stand_only_where_they_are_set() -> None:
    first = upward(serial="000001", secrecy="机密★1年", urgency="特急")
    assert [(style, text) for style, text, _ in first[:4]] == [
        ("Serial", "000001"), ("Secrecy", "机密★1年"), ("Secrecy", "特急"), ("Mark", "天津市人民政府合作交流办公室"),
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("set_", "room"), [({}, 1908), ({"urgency": "特急"}, 1329), ({"urgency": "特急", "serial": "000001"}, 750)]
)
def test_the_red_name_begins_35_mm_below_the_edge_of_the_block(set_, room) -> None:
    """35 mm are 1984; a line above takes 579; 31.5 points of type stand 2.4 x 31.5 = 76 below their line's edge."""
    mark = next(properties for style, _, properties in upward(**set_) if style == "Mark")
    assert values(mark, "spacing")["before"] == str(room)


@pytest.mark.parametrize(
    ("office", "lines", "size"),
    [
        ("天津市人民政府", 1, 48),  # 442.2 / 7 = 63, at most 48
        ("天津市人民政府合作交流办公室", 1, 31.5),  # 442.2 / 14 = 31.6, in halves
        (
            "天津市对口支援|青海省黄南藏族自治州|工作领导小组办公室",
            2,
            22.0,
        ),  # 26 characters: 17 above 9 is 442.2 / 17 = 26.0
    ],
)
def test_the_red_name_is_as_large_as_the_block_lets_it_be(office, lines, size) -> None:
    found, points = mark_of(Heading(office=office))
    assert len(found) == lines
    assert points >= size if lines > 1 else points == size


def test_number_and_signer_stand_over_a_red_rule_as_wide_as_the_block() -> None:
    number = next(properties for style, _, properties in upward() if style == "Number")
    assert values(number.find(f"{W}pBdr"), "bottom") == {"val": "single", "sz": "12", "space": "11", "color": "FF0000"}
    assert number.find(f"{W}ind") is None  # an indent would shorten the rule
    assert [values_of(tab) for tab in number.find(f"{W}tabs")] == [
        ("left", "315"),
        ("left", "6324"),  # 8844 less one character in, four of 签发人： and three for the name: 8844 - 8 x 315
    ]


def values_of(tab):
    return tab.get(f"{W}val"), tab.get(f"{W}pos")


def test_the_signer_is_a_role_or_room_for_a_name() -> None:
    assert upward(signer_label="主任")[1][1].endswith("签发人：主任")


def test_the_date_stands_four_characters_in_and_the_name_is_centred_on_it() -> None:
    """天津市财政局 has 6 characters, 2011年8月29日 6.5: the name stands 4 + (6.5 - 6) / 2 = 4.25 in."""
    found = {style: properties for style, _, properties in upward(office="天津市财政局")}
    assert values(found["Date"], "ind") == {"rightChars": "400", "right": "1260"}
    assert values(found["Signature"], "ind")["rightChars"] == "425"


def test_a_name_wider_than_date_and_margin_pushes_the_date_in() -> None:
    """22 characters against 6.5: half the difference is 7.75, the date stands 7.75 in and the name at the edge."""
    found = {style: properties for style, _, properties in upward(office="天" * 22)}
    assert values(found["Date"], "ind")["rightChars"] == "775"
    assert values(found["Signature"], "ind")["rightChars"] == "0"


def test_the_foot_is_framed_at_the_lower_edge_and_its_rules_are_as_thick_as_they_must_be() -> None:
    rules = [properties for style, _, properties in upward() if style == "Rule"]
    assert [values(rule, "spacing")["line"] for rule in rules] == ["20", "15", "20"]  # 0.35, 0.26, 0.35 mm
    assert {values(rule, "framePr")["yAlign"] for rule in rules} == {"bottom"}
    assert {values(rule, "framePr")["w"] for rule in rules} == {"8844"}


def test_nobody_gets_a_copy_nobody_is_named() -> None:
    assert [text for style, text, _ in upward(copies=()) if style == "Imprint"] == [
        "\t天津市人民政府合作交流办公室\t2011年9月1日印发"
    ]


def test_forty_addressees_of_a_copy_are_set_in_lines_of_26_characters() -> None:
    lines = copied(dataclasses.replace(HEADING, copies=tuple(f"某县{n}局" for n in "甲乙丙丁戊己庚辛壬癸") * 4))
    assert "".join(lines).count("局") == 40
    assert lines[-1].endswith("。")
    assert all(26 <= len(line) <= 27 for line in lines[:-1])  # a mark may hang
    assert not any(line.startswith(("，", "。")) for line in lines)


@pytest.mark.parametrize(("lacking", "words"), [({"office": ""}, "缺发文机关"), ({"addressee": ""}, "缺主送机关")])
@pytest.mark.parametrize("write", [write_paper, write_pdf])
def test_a_heading_without_what_the_form_needs_is_refused(write, lacking, words) -> None:
    with pytest.raises(ValueError, match=words):
        write(BARE, form="upward", heading=dataclasses.replace(HEADING, **lacking))


def test_an_unknown_number_and_day_leave_room_to_write_them() -> None:
    texts = [text for _, text, _ in upward(code="", printed_on=None)]
    assert "\t〔　　　　〕　号\t签发人：" in texts
    assert any(text.endswith("　　　　年　　月　　日印发") for text in texts)


def test_the_day_of_signing_goes_before_the_day_of_the_numbers() -> None:
    assert next(text for style, text, _ in upward(day=date(2011, 9, 5)) if style == "Date") == "2011年9月5日"


@pytest.mark.parametrize("form", ["spoken", "upward"])
def test_a_draft_says_so_on_every_page_in_both_files(form) -> None:
    heading = dataclasses.replace(HEADING, draft=True)
    package = zipfile.ZipFile(io.BytesIO(write_paper(PAPER, form=form, heading=heading)))
    document, header = package.read("word/document.xml").decode(), package.read("word/header1.xml").decode()
    assert "草稿" in header
    assert (
        document.count(
            '<w:headerReference w:type="default" r:id="rId3"/><w:headerReference w:type="even" r:id="rId3"/>'
        )
        == 1
    )
    references = package.read("word/_rels/document.xml.rels").decode()
    assert 'Id="rId3" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/header"' in references
    pages = Printed(write_pdf(PAPER, form=form, heading=heading)).pages
    assert all(page.lines[0].text == "草稿" for page in pages)
    assert not any(
        "草稿" in line.text
        for page in Printed(write_pdf(PAPER, form=form, heading=HEADING)).pages
        for line in page.lines
    )


def test_the_seal_has_room_and_the_signature_never_stands_on_a_page_alone() -> None:
    """Whatever the length of the text, some of it stands on the page of the date."""
    for more in range(0, 22 * 28, 56):
        text = Paragraph(("文" * (600 + more) + "完",))
        pages = Printed(write_pdf(dataclasses.replace(BARE, body=(text,)), form="upward", heading=HEADING)).pages
        page = next(page for page in pages if any(line.text == "2011年8月29日" for line in page.lines))
        assert any(line.text.startswith("文") for line in page.text)


@pytest.mark.parametrize("last", [20, 50])
def test_a_last_paragraph_of_one_or_two_lines_goes_over_to_the_signature_whole(last: int) -> None:
    for lines in range(4, 30):
        body = (Paragraph(("前" * (28 * lines),)), Paragraph(("文" * last + "完",)))
        pages = Printed(write_pdf(dataclasses.replace(BARE, body=body), form="upward", heading=HEADING)).pages
        page = next(page for page in pages if any(line.text == "2011年8月29日" for line in page.lines))
        assert sum("文" in line.text for line in page.text) == (1 if last == 20 else 2)


def test_the_foot_stands_at_the_lower_edge_of_the_last_page() -> None:
    last = Printed(write_pdf(PAPER, form="upward", heading=HEADING)).pages[-1]
    assert last.text[-1].text == "天津市人民政府合作交流办公室 2011年9月1日印发"
    assert 255 < last.text[-1].base < 262
