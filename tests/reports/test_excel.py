"""What a statistics table written as a workbook keeps: the official form, blanks, and the source of every cell."""

import dataclasses
import hashlib
import io
import re
import zipfile
from datetime import UTC, datetime
from decimal import Decimal
from xml.etree import ElementTree

import pytest
from elsewhere import HEAD, digest_elsewhere
from python_calamine import CalamineWorkbook

from duikou.reports.excel import Row, Table, write_table

S = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
FULL = "duikou.book/DK7K3M9QXA.1 1482 " + "3f9a1c20" * 8
SECURED, DISBURSED, JOBS = "funds.secured:tj-hn.2011@57", "funds.disbursed:tj-hn.2011@57", "enterprises.jobs:tj-hn@57"

TABLE = Table(
    title="天津市对口支援青海省黄南州情况统计表",
    office="天津市人民政府合作交流办公室",
    period="2010年8月—2011年8月",
    version="第1版",
    code="TJ-HN-01",
    rows=(
        Row("一、财政援助资金", "", None, None, "", "", "", "", "", group=True),
        Row("先期启动资金", "万元", 1, 2000, "", "2011年", "第14段", "一致", "", figure=SECURED),
        Row("其中：已拨付到位", "万元", 2, 1000, "", "2011年", "第14段", "待核", "缺凭证", indent=1, figure=DISBURSED),
        Row("拨付进度", "%", 3, Decimal("50.0"), "计算", "2011年", "第14段", "一致", "", decimals=1),
        Row("已支出", "万元", 4, None, "未报", "", "", "—", "来源未报，留空"),
        Row("受益群众", "人", 5, 12500, "", "2011年", "第14段", "一致", ""),
        Row("解决就业", "人", 6, "近百", "概数", "2011年", "第21段", "一致", "", figure=JOBS),
        Row("培训", "人次", 7, 0, "", "2011年", "第20段", "一致", "=1+1", figure="people.trained:tj@57"),
    ),
    notes=("空格表示来源未报，不作0处理。", "“近百”为来源原话，不参与求和。"),
    checks=(("第3行＝第2行÷第1行", "相等", "1000÷2000＝50.0%"),),
    unit_note="计量单位：见乙栏",
    rounding_note="各数由最小单位一次四舍五入。",
    changes_note="账本有新记录时另出新版。",
    head=HEAD,
    head_full=FULL,
    made_at=datetime(2011, 8, 29, 7, 4, tzinfo=UTC),
    sources=(
        (SECURED, "记录31", "情况汇报第14段", "先期启动的2000万元对口支援资金已经落实"),
        (DISBURSED, "记录32", "情况汇报第14段", "其中1000万元已拨付到位"),
        (DISBURSED, "记录33", "拨付凭证第1页", "1000万元"),
        (JOBS, "记录40", "情况汇报第21段", "解决就业近百人"),
        ("funds.other@57", "记录99", "情况汇报第20段", "捐资160万元"),
    ),
)


def sheet(name: str, table: Table = TABLE) -> list[list[object]]:
    return CalamineWorkbook.from_filelike(io.BytesIO(write_table(table))).get_sheet_by_name(name).to_python()


def xml(name: str) -> ElementTree.Element:
    return ElementTree.fromstring(zipfile.ZipFile(io.BytesIO(write_table(TABLE))).read(name))


def number_format(cell: str) -> str:
    """The format that a cell of 统计表 is shown in."""
    styles = xml("xl/styles.xml")
    custom = {found.get("numFmtId"): found.get("formatCode", "") for found in styles.iter(f"{S}numFmt")}
    custom |= {"0": "General", "1": "0", "3": "#,##0"}
    found = next(found for found in xml("xl/worksheets/sheet2.xml").iter(f"{S}c") if found.get("r") == cell)
    return custom[styles.findall(f"{S}cellXfs/{S}xf")[int(found.get("s", "0"))].get("numFmtId")]


def test_the_sheets_stand_in_order_and_the_table_is_the_one_that_opens() -> None:
    book = CalamineWorkbook.from_filelike(io.BytesIO(write_table(TABLE)))
    assert book.sheet_names == ["说明", "统计表", "勾稽", "来源"]
    view = next(xml("xl/workbook.xml").iter(f"{S}workbookView"))
    assert (view.get("activeTab"), view.get("firstSheet")) == ("1", None)


def test_the_table_has_the_official_head() -> None:
    rows = sheet("统计表")
    assert rows[0][0] == "天津市对口支援青海省黄南州情况统计表"
    assert [cell for cell in rows[1] if cell] == ["计量单位：见乙栏", "表号：TJ-HN-01"]
    assert [cell for cell in rows[2] if cell] == [
        "资料单位：天津市人民政府合作交流办公室",
        "2010年8月—2011年8月",
        "第1版",
    ]
    assert rows[3] == ["指标名称", "计量单位", "行号", "数值", "性质", "时间", "依据", "核对", "说明"]
    assert rows[4] == ["甲", "乙", "丙", "1", "2", "3", "4", "5", "6"]


def test_numbers_are_numbers_words_are_words_and_a_blank_is_not_zero() -> None:
    values = [row[3] for row in sheet("统计表")[5:13]]
    assert values == ["", 2000, 1000, 50, "", 12500, "近百", 0]


@pytest.mark.parametrize(("cell", "shown_as"), [("D7", "0"), ("D9", "0.0"), ("D11", "#,##0"), ("D13", "0")])
def test_four_digits_are_plain_and_five_are_grouped(cell: str, shown_as: str) -> None:
    """2000 and 0 plain, 50.0 with its one decimal, 12,500 grouped."""
    assert number_format(cell) == shown_as


def test_a_text_that_looks_like_a_formula_stays_a_text() -> None:
    assert sheet("统计表")[12][8] == "=1+1"
    assert not list(xml("xl/worksheets/sheet2.xml").iter(f"{S}f"))


def test_signatures_notes_and_the_book_head_stand_at_the_foot() -> None:
    foot = [[cell for cell in row if cell] for row in sheet("统计表")[13:]]
    assert foot == [
        ["单位负责人：", "统计负责人：", "填表人：", "报出日期：    年  月  日"],
        ["说明：1. 空格表示来源未报，不作0处理。"],
        ["　　　2. “近百”为来源原话，不参与求和。"],
        [HEAD],
    ]


def test_the_first_sheet_says_what_period_unit_rounding_change_office_head_and_sheets() -> None:
    rows = sheet("说明")
    said = {str(row[0]): row[1] for row in rows[1:]}
    assert said["表名"] == TABLE.title
    assert said["资料单位"] == TABLE.office
    assert said["时期"] == TABLE.period
    assert said["计量单位"] == TABLE.unit_note
    assert said["取整"] == TABLE.rounding_note
    assert said["何时变动"] == TABLE.changes_note
    assert said["账首"] == FULL
    assert said["所据账行时间"] == "2011年8月29日15:04（北京时间）"  # 07:04 in universal time and eight hours
    assert [str(row[1]).partition("：")[0] for row in rows[-4:]] == ["说明", "统计表", "勾稽", "来源"]


def test_the_last_sheet_leads_from_each_cell_to_its_figure_and_passages() -> None:
    lines = [[row[0], *row[2:]] for row in sheet("来源")[2:]]
    assert lines == [
        ["D7", SECURED, "记录31", "情况汇报第14段", "先期启动的2000万元对口支援资金已经落实"],
        ["D8", DISBURSED, "记录32", "情况汇报第14段", "其中1000万元已拨付到位"],
        ["D8", DISBURSED, "记录33", "拨付凭证第1页", "1000万元"],
        ["D12", JOBS, "记录40", "情况汇报第21段", "解决就业近百人"],
        ["D13", "people.trained:tj@57", "无依据", "", ""],
        ["", "funds.other@57", "记录99", "情况汇报第20段", "捐资160万元"],
    ]


def test_the_checks_are_listed_with_their_reading() -> None:
    assert sheet("勾稽")[1:] == [
        ["序号", "关系", "结论", "说明"],
        ["1", "第3行＝第2行÷第1行", "相等", "1000÷2000＝50.0%"],
    ]


def test_the_table_prints_on_a4_one_page_wide_with_its_head_on_every_page() -> None:
    page = xml("xl/worksheets/sheet2.xml")
    setup = next(page.iter(f"{S}pageSetup"))
    assert (setup.get("paperSize"), setup.get("fitToHeight"), setup.get("orientation")) == ("9", "0", "portrait")
    assert next(page.iter(f"{S}pageSetUpPr")).get("fitToPage") == "1"
    names = {found.get("name"): found.text for found in xml("xl/workbook.xml").iter(f"{S}definedName")}
    titles = [text for text in (found.text for found in xml("xl/workbook.xml").iter(f"{S}definedName")) if text]
    assert "统计表!$4:$5" in titles
    assert "统计表!$A$1:$I$17" in titles  # five lines of head, eight of the table, four of foot
    assert set(names) == {"_xlnm.Print_Area", "_xlnm.Print_Titles"}
    pane = next(page.iter(f"{S}pane"))
    assert (pane.get("xSplit"), pane.get("ySplit")) == ("1", "5")


def test_a_table_too_wide_for_a4_upright_is_turned() -> None:
    """31 + 9 + 6 + 16 + 11 + 13 + 12 + 8 + 20 half characters = 126 are more than 112."""
    long = Row("长" * 20, "人", 1, "约" * 20, "概" * 20, "年" * 20, "段" * 20, "核" * 20, "注" * 20)
    made = zipfile.ZipFile(io.BytesIO(write_table(dataclasses.replace(TABLE, rows=(long,)))))
    assert b'orientation="landscape"' in made.read("xl/worksheets/sheet2.xml")


def test_a_row_grows_with_the_text_that_is_wrapped_in_it() -> None:
    """A note of 30 characters takes 60 half characters; the column holds 20 - 0.5, so four lines: 4 · 14 + 4 = 60."""
    row = dataclasses.replace(TABLE.rows[1], note="注" * 30)
    made = zipfile.ZipFile(io.BytesIO(write_table(dataclasses.replace(TABLE, rows=(row,)))))
    page = ElementTree.fromstring(made.read("xl/worksheets/sheet2.xml"))
    assert next(found.get("ht") for found in page.iter(f"{S}row") if found.get("r") == "6") == "60"


def test_the_rules_are_thick_above_and_below_and_the_sides_are_open() -> None:
    styles, page = xml("xl/styles.xml"), xml("xl/worksheets/sheet2.xml")
    borders, formats = styles.findall(f"{S}borders/{S}border"), styles.findall(f"{S}cellXfs/{S}xf")
    cells = {found.get("r", ""): int(found.get("s", "0")) for found in page.iter(f"{S}c")}

    def rule(cell: str, side: str) -> str | None:
        found = borders[int(formats[cells[cell]].get("borderId", "0"))].find(f"{S}{side}")
        return None if found is None else found.get("style")

    assert {rule(f"{column}4", "top") for column in "ABCDEFGHI"} == {"medium"}
    assert {rule(f"{column}13", "bottom") for column in "ABCDEFGHI"} == {"medium"}
    assert {rule(f"A{row}", "left") for row in range(4, 14)} == {None}
    assert {rule(f"I{row}", "right") for row in range(4, 14)} == {None}


def test_the_properties_carry_all_64_digits_and_the_day_of_the_book() -> None:
    made = zipfile.ZipFile(io.BytesIO(write_table(TABLE)))
    assert FULL in made.read("docProps/custom.xml").decode()
    assert (
        re.findall("2[0-9]{3}-[0-9-]+T[0-9:]+Z", made.read("docProps/core.xml").decode())
        == ["2011-08-29T07:04:00Z"] * 2
    )


@pytest.mark.parametrize("value", [7.25, Decimal("7.25"), 10**17 + 1])
def test_a_number_that_would_be_rounded_again_is_refused(value: float | Decimal) -> None:
    with pytest.raises(ValueError, match="须先取到1位小数"):
        Row("矿泉水", "万吨", 1, value, "", "", "", "", "", decimals=1)


@pytest.mark.parametrize(("zone", "seed"), [("Asia/Shanghai", "1"), ("America/St_Johns", "2")])
def test_the_same_table_gives_the_same_bytes_whatever_clock_and_zone(zone: str, seed: str) -> None:
    digest = hashlib.sha256(write_table(TABLE)).hexdigest()
    assert digest == hashlib.sha256(write_table(TABLE)).hexdigest()
    assert digest == digest_elsewhere("test_excel", "write_table(sample.TABLE)", zone, seed)


def test_the_workbook_holds_no_day_of_writing_and_nothing_compressed() -> None:
    entries = zipfile.ZipFile(io.BytesIO(write_table(TABLE))).infolist()
    assert {(entry.date_time, entry.compress_type) for entry in entries} == {
        ((1980, 1, 1, 0, 0, 0), zipfile.ZIP_STORED)
    }
