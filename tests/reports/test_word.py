"""What a 汇报材料 written as a Word file keeps: the official form, and the way back from every figure."""

import dataclasses
import hashlib
import io
import re
import subprocess
import zipfile
from datetime import UTC, date, datetime
from pathlib import Path
from xml.etree import ElementTree

import docx
import pytest
from elsewhere import HEAD, digest_elsewhere
from parts import converted, require
from pypdf import PdfReader

from duikou.reports.word import Look, Number, Paper, Paragraph, check_text, occurrences, title_lines, write_paper

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
W15 = "{http://schemas.microsoft.com/office/word/2012/wordml}"

PAPER = Paper(
    title="关于天津市|对口支援|青海省|黄南藏族自治州|工作的|情况汇报",
    office="市政府合作交流办负责人",
    day=date(2011, 8, 29),
    salutation="各位领导，同志们：",
    body=(
        Paragraph(("一、民生优先，快速推进",), 1),
        Paragraph(("（一）资金",), 2),
        Paragraph(
            (
                "今年我市先期启动的",
                Number("2000万元", "funds.secured:tj-hn.2011@57", "落实资金"),
                "对口支援资金已经落实，其中",
                Number("1000万元", "funds.disbursed:tj-hn.2011@57", "拨付资金"),
                "已拨付到位，达成意向协议金额",
                Number("近6亿元", "enterprises.intended:tj-hn.2011@57", "意向协议金额"),
                "。",
            )
        ),
    ),
    head=HEAD,
    head_full="duikou.book/DK7K3M9QXA.1 1482 " + "3f9a1c20" * 8,
    made_at=datetime(2011, 8, 29, 7, 4, tzinfo=UTC),
    number="P7K3M9QX",
)
SENTENCE = "今年我市先期启动的2000万元对口支援资金已经落实，其中1000万元已拨付到位，达成意向协议金额近6亿元。"


def part(file: bytes, name: str) -> ElementTree.Element:
    return ElementTree.fromstring(zipfile.ZipFile(io.BytesIO(file)).read(name))


def values(element: ElementTree.Element | None) -> dict[str, str]:
    assert element is not None
    return {name.rpartition("}")[2]: value for name, value in element.attrib.items()}


def text(element: ElementTree.Element) -> str:
    return "".join(found.text or "" for found in element.iter(f"{W}t"))


def saying(*pieces: str | Number) -> Paper:
    return dataclasses.replace(PAPER, body=(Paragraph(pieces),))


def test_the_page_is_a4_with_a_block_of_156_by_225_mm_and_22_lines() -> None:
    section = part(write_paper(PAPER), "word/document.xml").find(f".//{W}sectPr")
    assert section is not None
    assert values(section.find(f"{W}pgSz")) == {"w": "11906", "h": "16838"}
    margins = values(section.find(f"{W}pgMar"))
    assert (margins["top"], margins["right"], margins["bottom"], margins["left"]) == ("2098", "1474", "1984", "1588")
    assert values(section.find(f"{W}docGrid")) == {"type": "lines", "linePitch": "579"}


@pytest.mark.parametrize(("head", "footer"), [("", "1446"), (HEAD, "1126")])
def test_the_book_head_stands_in_the_room_below_the_page_number(head: str, footer: str) -> None:
    """Without it the footer ends 1446 above the edge; its own line is 320 high, so 1446 - 320 = 1126."""
    file = write_paper(dataclasses.replace(PAPER, head=head))
    assert values(part(file, "word/document.xml").find(f".//{W}pgMar"))["footer"] == footer
    for footer_part in ("word/footer1.xml", "word/footer2.xml"):
        page, *below = part(file, footer_part).findall(f"{W}p")
        assert re.fullmatch("— [12] —", text(page))
        assert [text(line) for line in below] == ([head] if head else [])


def test_the_settings_keep_28_characters_and_no_prompt_appears() -> None:
    settings = part(write_paper(PAPER), "word/settings.xml")
    assert settings.find(f"{W}evenAndOddHeaders") is not None
    assert values(settings.find(f"{W}characterSpacingControl")) == {"val": "doNotCompress"}
    assert values(settings.find(f"{W}themeFontLang"))["eastAsia"] == "zh-CN"
    assert values(settings.find(f"{W}compat/{W}compatSetting"))["val"] == "15"
    assert settings.find(f"{W}updateFields") is None


def test_every_style_names_a_chinese_face_that_the_font_table_knows() -> None:
    file = write_paper(PAPER)
    declared = {font.get(f"{W}name") for font in part(file, "word/fontTable.xml").findall(f"{W}font")}
    assert declared == set(Look().named)
    styles = {style.get(f"{W}styleId"): style for style in part(file, "word/styles.xml")}
    for style in styles.values():
        assert values(style.find(f"{W}rPr/{W}rFonts"))["eastAsia"] in declared
    used = {found.get(f"{W}val") for found in part(file, "word/document.xml").iter(f"{W}pStyle")}
    assert used == {"Title", "Office", "Day", "Salutation", "Heading1", "Heading2", "Normal"} <= set(styles)


def test_the_body_is_fangsong_of_the_third_size_squeezed_by_a_quarter_point() -> None:
    normal = next(iter(part(write_paper(PAPER), "word/styles.xml")))
    assert values(normal.find(f"{W}rPr/{W}rFonts"))["eastAsia"] == "仿宋_GB2312"
    assert values(normal.find(f"{W}rPr/{W}sz")) == {"val": "32"}
    assert values(normal.find(f"{W}rPr/{W}spacing")) == {"val": "-5"}
    assert values(normal.find(f"{W}pPr/{W}ind")) == {"firstLineChars": "200", "firstLine": "630"}
    assert values(normal.find(f"{W}pPr/{W}autoSpaceDN")) == {"val": "0"}


def test_headings_are_real_headings() -> None:
    document = docx.Document(io.BytesIO(write_paper(PAPER)))
    assert [(p.style.name, p.text) for p in document.paragraphs if p.style.name.startswith("Heading")] == [
        ("Heading 1", "一、民生优先，快速推进"),
        ("Heading 2", "（一）资金"),
    ]
    outline = [style.find(f".//{W}outlineLvl") for style in part(write_paper(PAPER), "word/styles.xml")]
    assert [values(level)["val"] for level in outline if level is not None] == ["0", "1", "2", "3"]


def test_title_office_day_and_salutation_stand_in_this_order() -> None:
    document = docx.Document(io.BytesIO(write_paper(PAPER, plain=True)))
    assert [paragraph.text for paragraph in document.paragraphs][:4] == [
        "关于天津市对口支援青海省\n黄南藏族自治州工作的情况汇报",
        "市政府合作交流办负责人",
        "（2011年8月29日）",
        "各位领导，同志们：",
    ]


@pytest.mark.parametrize("salutation", ["各位领导，同志们：", ""])
def test_one_blank_line_without_an_empty_paragraph_follows_the_day(salutation: str) -> None:
    body = part(write_paper(dataclasses.replace(PAPER, salutation=salutation)), "word/document.xml")
    paragraphs = list(body.iter(f"{W}p"))
    assert all(text(paragraph) for paragraph in paragraphs)
    assert values(paragraphs[3].find(f"{W}pPr/{W}spacing")) == {"beforeLines": "100", "before": "579"}
    assert all(paragraph.find(f"{W}pPr/{W}spacing") is None for paragraph in (*paragraphs[:3], *paragraphs[4:]))


def test_each_figure_is_one_run_in_a_bookmark_in_a_hidden_control() -> None:
    controls = list(part(write_paper(PAPER), "word/document.xml").iter(f"{W}sdt"))
    assert len(controls) == 3
    for control, (bookmark, number) in zip(controls, occurrences(PAPER), strict=True):
        properties, content = control
        assert [values(found).get("val") for found in properties][:2] == [number.alias, number.name]
        assert values(properties.find(f"{W15}appearance")) == {"val": "hidden"}
        assert {found.tag.rpartition("}")[2] for found in properties} == {"alias", "tag", "id", "appearance"}
        assert [found.tag.rpartition("}")[2] for found in content] == ["bookmarkStart", "r", "bookmarkEnd"]
        assert content[0].get(f"{W}name") == bookmark
        assert text(content) == number.text
    assert len({values(control.find(f"{W}sdtPr/{W}id"))["val"] for control in controls}) == 3


def test_occurrences_give_the_bookmark_of_every_figure_in_order() -> None:
    assert [(bookmark, number.text) for bookmark, number in occurrences(PAPER)] == [
        ("dk_P7K3M9QX_001", "2000万元"),
        ("dk_P7K3M9QX_002", "1000万元"),
        ("dk_P7K3M9QX_003", "近6亿元"),
    ]


def test_a_plain_paper_is_whole_to_a_reader_that_skips_controls() -> None:
    full, plain = write_paper(PAPER), write_paper(PAPER, plain=True)
    assert docx.Document(io.BytesIO(plain)).paragraphs[-1].text == SENTENCE
    assert not list(part(plain, "word/document.xml").iter(f"{W}sdt"))
    assert text(part(plain, "word/document.xml")) == text(part(full, "word/document.xml"))


def test_the_properties_carry_title_office_language_and_all_64_digits() -> None:
    file = write_paper(PAPER)
    properties = docx.Document(io.BytesIO(file)).core_properties
    assert properties.title == "关于天津市对口支援青海省黄南藏族自治州工作的情况汇报"
    assert (properties.author, properties.language) == ("市政府合作交流办负责人", "zh-CN")
    assert properties.created == properties.modified == PAPER.made_at
    assert PAPER.head_full in [found.text for found in part(file, "docProps/custom.xml").iter()]


def test_marks_that_mean_something_to_xml_are_printed_as_they_are() -> None:
    file = write_paper(saying("甲<乙&丙", Number('"6"', "a:b@1", "<六>")), plain=False)
    assert text(part(file, "word/document.xml")).endswith('甲<乙&丙"6"')


@pytest.mark.parametrize(("zone", "seed"), [("Asia/Shanghai", "1"), ("America/St_Johns", "2")])
def test_the_same_paper_gives_the_same_bytes_whatever_clock_and_zone(zone: str, seed: str) -> None:
    digest = hashlib.sha256(write_paper(PAPER)).hexdigest()
    assert digest == hashlib.sha256(write_paper(PAPER)).hexdigest()
    assert digest == digest_elsewhere("test_word", "write_paper(sample.PAPER)", zone, seed)


def test_the_package_holds_no_day_of_writing_and_nothing_compressed() -> None:
    entries = zipfile.ZipFile(io.BytesIO(write_paper(PAPER))).infolist()
    assert entries[0].filename == "[Content_Types].xml"
    assert {(entry.date_time, entry.compress_type, entry.create_system) for entry in entries} == {
        ((1980, 1, 1, 0, 0, 0), zipfile.ZIP_STORED, 3)
    }


def test_a_moment_without_a_zone_is_refused() -> None:
    with pytest.raises(ValueError, match="时刻须带时区"):
        write_paper(dataclasses.replace(PAPER, made_at=datetime(2011, 8, 29)))  # noqa: DTZ001


def test_a_name_that_word_would_cut_is_refused() -> None:
    assert Number("6", "n" * 64, "")
    with pytest.raises(ValueError, match="64个字符"):
        Number("6", "n" * 65, "")


@pytest.mark.parametrize(
    ("title", "lines"),
    [
        ("关于天津市对口援青工作的情况汇报", ("关于天津市对口援青工作的情况汇报",)),  # 16 characters: one line
        # 26 characters; 12 above 14 keeps 青海省 whole, and 19 above 7 would be lopsided.
        (
            "关于天津市|对口支援|青海省|黄南藏族自治州|工作的|情况汇报",
            ("关于天津市对口支援青海省", "黄南藏族自治州工作的情况汇报"),
        ),
        (
            "关于天津市对口支援青海省黄南藏族自治州工作的情况汇报",
            ("关于天津市对口支援青海省", "黄南藏族自治州工作的情况汇报"),
        ),
        # 14 + 4 + 7 + 10 + 4 + 7 + 2 = 48 characters; of three lines of at most 20 only 18, 17, 13 is to be had.
        (
            "天津市人民政府合作交流办公室|关于印发|天津市对口支援|青海省黄南藏族自治州|项目资金|管理暂行办法的|通知",
            (
                "天津市人民政府合作交流办公室关于印发",
                "天津市对口支援青海省黄南藏族自治州",
                "项目资金管理暂行办法的通知",
            ),
        ),
        # 12 + 4 + 14 + 4 + 12 = 46; 16, 14, 16 would have a waist, 12, 18, 16 is a diamond.
        (
            f"{'甲' * 12}|{'乙' * 4}|{'丙' * 14}|{'丁' * 4}|{'戊' * 12}",
            ("甲" * 12, "乙" * 4 + "丙" * 14, "丁" * 4 + "戊" * 12),
        ),
        # A part that is too long for a line may end where words do: 10.5 + 11 = 21.5 characters.
        (
            "2023年上半年（虚设）望澜市与（虚设）云岫州|东西部协作工作小结",
            ("2023年上半年（虚设）望澜市", "与（虚设）云岫州东西部协作工作小结"),
        ),
        (
            "一二三四五六七八九十一二三四五六七八九十一二",
            ("一二三四五六七八九十一二三四五六七八九十一二",),
        ),  # nothing to go by
    ],
)
def test_a_long_title_is_broken_between_words_into_a_trapezium_or_a_diamond(title: str, lines: tuple[str, ...]) -> None:
    assert title_lines(title) == lines


def test_a_clean_text_has_no_problems() -> None:
    assert check_text(PAPER) == []


@pytest.mark.parametrize(
    ("pieces", "problems"),
    [
        (("规划于2011年8月29日印发，8月起实施，2010—2011年安排。",), []),
        (("落实", Number("12,500万元", "a:b@1", ""), "（津合〔2011〕5号）。"), []),
        (("1．依第5条办理《2011年援青项目100问》，8月30日—31日考察。",), []),
        ((Number("9亿元", "a:b@1", ""), "～", Number("16亿元", "a:b@1", "")), []),
        (("在天津市第100中学增设高中班。",), []),
        (("来津考察,双方达成共识",), ["“,”是半角标点"]),
        (("同志们:大家好(鼓掌)",), ["“:”是半角标点", "“(”是半角标点", "“)”是半角标点"]),
        ((Number("9亿元", "a:b@1", ""), "-", Number("16亿元", "a:b@1", "")), ["“元-1”的起止之间用了短横线"]),
        (("2010年8月-2011年8月",), ["“月-2”的起止之间用了短横线"]),
        (("2011年08月05日",), ["“08”的月、日不编虚位", "“05”的月、日不编虚位"]),
        (("启动2000万元资金",), ["“2000”不是账上的数字"]),
        (("年加工7.2万吨，就业１２人",), ["“7.2”不是账上的数字", "“１２”不是账上的数字"]),
        (("借鉴17年来的经验",), ["“17”不是账上的数字"]),
    ],
)
def test_what_an_office_would_send_back_is_found(pieces: tuple[str | Number, ...], problems: list[str]) -> None:
    found = check_text(saying(*pieces), names=("天津市第100中学",))
    assert [
        re.match(f"第1段：({re.escape(wanted)})", line) is not None
        for line, wanted in zip(found, problems, strict=True)
    ] == [True for _ in problems]


@pytest.fixture(scope="module")
def probe(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A paper of one paragraph long enough for three pages, as LibreOffice prints it."""
    for needed in ("libreoffice", "poppler", "fonts"):
        require(needed)
    folder = tmp_path_factory.mktemp("paper")
    (folder / "probe.docx").write_bytes(write_paper(saying("天津市对口支援青海省黄南" * 160)))
    return converted(folder / "probe.docx", "pdf", folder / "out")


def ink(pdf: Path, page: int) -> list[bytes]:
    """A page as rows of grey points, ten to the millimetre."""
    made = subprocess.run(
        ["pdftoppm", "-r", "254", "-gray", "-f", str(page), "-l", str(page), str(pdf)], check=True, capture_output=True
    ).stdout
    _, size, _, points = made.split(b"\n", 3)
    width = int(size.split()[0])
    return [points[start : start + width] for start in range(0, len(points), width)]


@pytest.mark.paper
def test_a_full_page_holds_22_lines_of_28_characters(probe: Path) -> None:
    for page in PdfReader(probe).pages[1:3]:
        lines = [line.strip() for line in page.extract_text().splitlines() if line.strip()]
        body = [line for line in lines if not line.startswith(("—", "账首"))]
        assert len(body) == 22
        assert {len(line) for line in body} == {28}


@pytest.mark.paper
def test_the_block_keeps_its_edges_within_a_millimetre(probe: Path) -> None:
    block = ink(probe, 2)[370:2625]
    dark = [[column for column, point in enumerate(row) if point < 128] for row in block]
    left, right = min(row[0] for row in dark if row), max(row[-1] for row in dark if row)
    assert left == pytest.approx(280, abs=10)
    assert right == pytest.approx(1840, abs=10)
    assert not any(dark[2620 - 370 :])


@pytest.mark.paper
@pytest.mark.parametrize(("page", "edge"), [(2, 280 + 56), (3, 1840 - 56)])
def test_the_dash_is_7_mm_below_the_block_left_on_even_and_right_on_odd_pages(
    probe: Path, page: int, edge: int
) -> None:
    """One 字 of 三号 is 5.6 mm; the outer end of the outer dash stands that far inside the block."""
    dashes = [
        (row, found.start(), found.end())
        for row, points in enumerate(ink(probe, page)[2620:2800], 2620)
        for found in re.finditer(rb"[\x00-\x80]{30,}", points)
    ]
    rows = [row for row, _, _ in dashes]
    assert (min(rows) + max(rows)) / 2 - 2620 == pytest.approx(70, abs=5)
    outer = min(start for _, start, _ in dashes) if page == 2 else max(end for _, _, end in dashes)
    assert outer == pytest.approx(edge, abs=10)


@pytest.mark.paper
def test_the_book_head_is_on_every_page_in_one_line(probe: Path) -> None:
    for page in PdfReader(probe).pages:
        assert HEAD in [line.strip() for line in page.extract_text().splitlines()]


@pytest.mark.paper
def test_bookmarks_and_text_survive_libreoffice(tmp_path: Path) -> None:
    require("libreoffice")
    (tmp_path / "paper.docx").write_bytes(write_paper(PAPER))
    back = part(converted(tmp_path / "paper.docx", "docx", tmp_path / "out").read_bytes(), "word/document.xml")
    assert text(back).endswith(SENTENCE)
    assert covered(back) == {bookmark: number.text for bookmark, number in occurrences(PAPER)}


def covered(document: ElementTree.Element) -> dict[str, str]:
    """The text between the start and the end of each bookmark."""
    names: dict[str | None, str] = {}
    found: dict[str, str] = {}
    for element in document.iter():
        if element.tag == f"{W}bookmarkStart":
            names[element.get(f"{W}id")] = element.get(f"{W}name", "")
            found[element.get(f"{W}name", "")] = ""
        elif element.tag == f"{W}bookmarkEnd":
            names.pop(element.get(f"{W}id"), None)
        elif element.tag == f"{W}t":
            found.update({name: found[name] + (element.text or "") for name in names.values()})
    return found
