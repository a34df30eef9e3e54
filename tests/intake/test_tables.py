"""Workbooks as counties keep them: what stands in which cell, where the table is, what each row says."""

import io
import zipfile
from datetime import date
from decimal import Decimal

import pytest
from cells import lines, workbook

from duikou.intake import t1
from duikou.intake.candidates import oddities
from duikou.intake.known import Known
from duikou.intake.layouts import layouts, plain, unit_in
from duikou.intake.marks import address, place
from duikou.intake.rows import read_rows
from duikou.intake.table import find
from duikou.intake.unfit import Unfit
from duikou.intake.upload import examine
from duikou.intake.workbook import sheets

HEADS = ["序号", "捐赠单位", "类别", "捐赠金额", "物品名称", "数量", "指定用途", "领域", "捐赠日期"]
KNOWN = Known(
    {"市工商联": frozenset({"gsl"}), "红十字会": frozenset({"hsz", "zhsz"})}, {"同仁市": frozenset({"632301"})}, {}
)


def read(data, name="表.xlsx"):
    return sheets(examine(name, data), data)


def gifts(*rows, over=(), **more):
    """The table of a sheet of gifts whose heading stands in row 3."""
    data = workbook(dict(over) | lines(3, HEADS) | lines(4, *rows), **more)
    (found,) = [table for table in find(read(data)[0], layouts().values()) if table.layout.code == "t11_gifts"]
    return found


def row(*cells):
    return [*cells, *[""] * (len(HEADS) - len(cells))]


def test_an_address_and_its_place_are_the_same_thing():
    for said, at in (("A1", (1, 1)), ("Z9", (9, 26)), ("AA10", (10, 27)), ("XFD1048576", (1048576, 16384))):
        assert (place(said), address(at)) == (at, said)


def test_numbers_days_and_texts_are_read_as_a_person_sees_them():
    data = workbook(
        {
            "A1": 0.1 + 0.2,
            "A2": 1234567.89,
            "A3": 120.0,
            "A4": date(2023, 3, 5),
            "A5": " 甲\u200b\u3000乙\u00a0",
            "A6": 0.285,
        },
        formats={"A6": "0.0%"},
    )
    assert [line[0] for line in read(data)[0].rows] == ["0.3", "1234567.89", "120", "2023-03-05", "甲 乙", "28.5%"]


def test_an_error_and_a_formula_that_was_never_calculated_are_no_blanks():
    sheet = read(workbook({"A1": "x", "B2": ("=1/0", "#DIV/0!"), "C3": ("=A9", "")}))[0]
    assert sheet.odd == {(2, 2): "#DIV/0!", (3, 3): ""}


def test_blank_rows_keep_the_numbers_of_the_rows_below_them():  # usdr-gost#459
    table = gifts(row(1, "市工商联"), row(), row(), row(2, "市工商联"))
    assert table.rows == (4, 7)
    assert table.sheet.named(table.place(7, "giver")) == "表·B7"


def test_the_same_in_a_table_of_values():
    data = "社会捐赠台账\n\n捐赠单位,捐赠金额\n市工商联,5\n\n\n市工商联,６\n".encode("gb18030")
    (table,) = find(read(data, "表.csv")[0], [layouts()["t11_gifts"]])
    assert [(n, table.text(n, "amount")) for n in table.rows] == [(4, "5"), (7, "６")]


def test_an_invisible_character_makes_no_row():  # usdr-gost#458
    table = gifts(row(1, "市工商联"), over={"B90": "\u200b", "C91": " \u00a0"})
    assert table.rows == (4,)


def test_an_invisible_character_a_million_rows_below_is_named_and_fills_no_memory():
    data = workbook({"A1": "x", "AE1048576": "\u200b"})
    with pytest.raises(Unfit) as refused:
        read(data)
    assert "AE1048576" in str(refused.value)


def test_a_heading_of_two_merged_rows_is_read_from_above():
    cells = (
        lines(3, ["", "", "农村劳动力", ""])
        | {"C4": "农村劳动力", "D4": "其中：脱贫劳动力"}
        | lines(5, ["1", "同仁市", 30, 12])
    )
    data = workbook(cells, merged=[("A3:A4", "序号"), ("B3:B4", "县（市、区）"), ("C3:D3", "转移就业人数（人）")])
    table = find(read(data)[0], layouts().values())[0]
    assert table.layout.code == "t7_labour"
    assert {name: one.said for name, one in table.columns.items()} == {
        "region": "县（市、区）", "workers": "转移就业人数（人）：农村劳动力", "poor": "转移就业人数（人）：其中：脱贫劳动力",
    }  # fmt: skip
    assert table.rows == (5,)


def test_totals_notes_and_numbered_columns_are_no_rows():
    numbered = ["甲", "乙", "丙", "1", "2", "3", "4", "5", "6"]
    table = gifts(
        numbered,
        row(1, "市工商联", "款", 5),
        row(2, "市工商联", "款", 7),
        row("", "合计", "", 12),
        row("注：全年。"),
        row("虚设。"),
        row("填表人："),
    )
    assert (table.rows, table.totals, table.notes) == ((5, 6), (7,), (8, 9, 10))


def test_a_hidden_row_is_taken_and_told():
    table = gifts(row(1, "市工商联", "款", 5), row(2, "市工商联", "款", 7), hidden_rows=[5])
    (told,) = [problem for problem in oddities(table, read_rows(table, KNOWN)) if problem.code == "sheet.7"]
    assert (told.weight, told.found) == ("asks", "第 5 行隐藏着，共 1 行")


def test_a_total_that_is_not_the_sum_of_its_rows_is_asked_about_at_its_cell():
    table = gifts(row(1, "市工商联", "款", 5.5), row(2, "市工商联", "款", "1,000"), row("", "合计", "", 1006))
    (told,) = [problem for problem in oddities(table, read_rows(table, KNOWN)) if problem.code == "sheet.6"]
    assert (told.place, told.found, told.expected) == ("表·D6", "1006", "1005.5（各行相加）")


def test_subtotals_and_a_grand_total_that_hold_are_not_asked_about():  # GSA-TTS/FAC#1960
    table = gifts(
        row(1, "市工商联", "款", 5),
        row("", "小计", "", 5),
        row(2, "市工商联", "款", 7),
        row("", "小计", "", 7),
        row("", "合计", "", 12),
    )
    assert [problem for problem in oddities(table, read_rows(table, KNOWN)) if problem.code == "sheet.6"] == []


@pytest.mark.parametrize(
    ("written", "heading", "over", "fen"),
    [
        (12.5, "捐赠金额", "", 12_500_000),  # money is in 万元 where nobody says otherwise
        (125000, "捐赠金额（元）", "", 12_500_000),
        (12.5, "捐赠金额", "单位：万元", 12_500_000),
        (125000, "捐赠金额", "单位：元", 12_500_000),
        ("1,000万元", "捐赠金额（元）", "", 10**9),  # what a cell says itself goes before its heading
        ("壹仟万元", "捐赠金额", "", 10**9),
        ("壹拾贰万伍仟元整", "捐赠金额", "", 12_500_000),
        ("１２．５", "捐赠金额", "", 12_500_000),
    ],
)
def test_money_is_read_in_the_unit_of_its_cell_its_heading_or_its_sheet(written, heading, over, fen):
    cells = {"B1": over, **lines(3, ["捐赠单位", "类别", heading, "领域"], ["市工商联", "款", written, "教育"])}
    (table,) = find(read(workbook(cells))[0], [layouts()["t11_gifts"]])
    (one,) = read_rows(table, KNOWN)
    assert one.fact.amount.low == one.fact.amount.high == fen


@pytest.mark.parametrize(
    ("written", "period"),
    [
        ("2023.3.5", "2023-03-05"), ("2023/3/5", "2023-03-05"), ("2023年3月5日", "2023-03-05"), ("20230305", "2023-03-05"),
        ("2023年3月", "2023-03"), ("2023.3", "2023-03"), ("3月5日", "2023-03-05"), ("3月", "2023-03"), ("2023", "2023"),
        (date(2023, 3, 5), "2023-03-05"), ("2023年一季度", "2023q1"), ("２０２３年３月", "2023-03"),
    ],
)  # fmt: skip
def test_days_are_read_as_people_write_them(written, period):
    (one,) = read_rows(gifts(row(1, "市工商联", "款", 5, "", "", "", "教育", written)), KNOWN, year=2023)
    assert one.fact.when.code == period


@pytest.mark.parametrize(
    ("column", "written", "cell", "found"),
    [
        ("捐赠金额", "约30左右个", "D4", "约30左右个"),
        ("捐赠金额", "十二点五万块", "D4", "十二点五万块"),
        ("捐赠金额", "见附件", "D4", "见附件"),  # usdr-gost#497
        ("捐赠金额", "5－7/8", "D4", "5－7/8"),
        ("捐赠日期", "44990", "I4", "44990"),
        ("捐赠日期", "2023年13月", "I4", "2023年13月"),
        ("类别", "钱", "C4", "钱"),
        ("领域", "其它事", "H4", "其它事"),
    ],
)
def test_what_cannot_be_read_is_named_at_its_cell_and_is_never_nothing(column, written, cell, found):
    line = dict(zip(HEADS, row(1, "市工商联", "款", 5, "", "", "", "教育", "2023.3"), strict=True)) | {column: written}
    (one,) = read_rows(gifts(list(line.values())), KNOWN)
    assert one.fact is None
    assert [(problem.place, problem.found) for problem in one.problems] == [(f"表·{cell}", found)]
    assert all(problem.expected and problem.remedy for problem in one.problems)


def test_a_name_that_means_nothing_or_two_things_is_asked_about_and_placed_by_a_person():
    table = gifts(row(1, "红十字会", "款", 5, "", "", "", "教育"), row(2, "红十字会分会", "款", 5, "", "", "", "教育"))
    two, none = read_rows(table, KNOWN)
    assert (two.unplaced[0].place, two.unplaced[0].means) == ("表·B4", ("hsz", "zhsz"))
    assert (none.unplaced[0].said, none.unplaced[0].near) == ("红十字会分会", ("红十字会",))
    placed = {"organisation:红十字会": "hsz", "organisation:红十字会分会": "zhsz"}
    assert [one.fact.giver for one in read_rows(table, KNOWN, placed=placed)] == ["hsz", "zhsz"]


def test_a_blank_is_not_zero_and_a_dash_is_a_blank():
    one, other = read_rows(
        gifts(
            row(1, "市工商联", "物", "", "衣物", "", "", "教育"), row(2, "市工商联", "物", "—", "衣物", 0, "", "教育")
        ),
        KNOWN,
    )
    assert one.fact.amount is None
    assert other.fact.amount is None
    assert (one.fact.number, other.fact.number.low) == (None, 0)


def test_what_a_row_cannot_do_without_is_missed_where_it_should_stand():
    (one,) = read_rows(gifts(row(1, "市工商联", "款", 5)), KNOWN)
    assert [(problem.place, problem.expected) for problem in one.problems] == [("表·H4", "投向领域")]


def test_an_identity_number_stops_a_sheet():  # 11010519491231002X is the standard's own example (GB 11643)
    (one,) = read_rows(gifts(row(1, "市工商联", "款", 5, "", "", "11010519491231002X", "教育")), KNOWN)
    assert [(problem.code, problem.place, problem.found) for problem in one.problems] == [
        ("sheet.3", "表·G4", "身份证号码")
    ]


def test_a_hidden_sheet_is_known_as_such():
    data = workbook({"A1": "x", "旧表!A1": "y"}, hidden_sheets=["旧表"])
    assert [(sheet.name, sheet.hidden) for sheet in read(data)] == [("表", False), ("旧表", True)]


@pytest.mark.parametrize(
    ("heading", "compared", "unit"),
    [
        ("捐赠金额（万元）", "捐赠金额", "万元"),
        ("县（市、区）", "县", ""),
        ("人数 (人)", "人数", "人"),
        ("形象进度(%)", "形象进度", "%"),
        ("单位：元", "单位元", "元"),
    ],
)
def test_a_heading_is_compared_without_its_unit(heading, compared, unit):
    assert (plain(heading), unit_in(heading)) == (compared, unit)


def test_a_workbook_cut_short_is_told_and_nothing_crashes():
    whole = workbook(lines(3, HEADS, row(1, "市工商联")))
    with zipfile.ZipFile(io.BytesIO(whole)) as pack:
        assert Decimal(len(pack.namelist())) > 5
    for cut in range(0, len(whole), 211):
        with pytest.raises(Exception) as refused:  # noqa: PT011  whatever it is, it is one of ours
            read(whole[:cut])
        assert type(refused.value).__name__ in ("Refused", "Unfit")


def test_the_form_of_projects_is_found_with_its_two_rows_of_heading_totals_and_notes():
    first = [
        "区县",
        "项目名称",
        "是否对口支援项目",
        "年份",
        "项目类型",
        "计划投资（万元）",
        "",
        "",
        "开工日期",
        "完工日期",
        "完工验收日期",
    ]
    over = [
        *first,
        "2023年形象进度（%）",
        "",
        "",
        "",
        "2023年建设阶段",
        "",
        "",
        "",
        "2023年投资到位情况（万元）",
        "",
        "",
        "",
    ]
    under = [
        *[""] * 5,
        "总投资",
        "对口支援资金",
        "其他配套资金",
        *[""] * 3,
        *(f"{m}月" for m in (3, 6, 9, 12)),
        *(f"{m}月" for m in (3, 6, 9, 12)),
        *(f"{m}月" for m in (3, 6, 9, 12)),
    ]
    merged = [("F2:H2", over[5]), ("L2:O2", over[11]), ("P2:S2", over[15]), ("T2:W2", over[19])]
    merged += [
        (f"{chr(65 + n)}2:{chr(65 + n)}3", word) for n, word in enumerate(over) if word and n not in (5, 11, 15, 19)
    ]
    data = workbook(
        lines(3, [word if n in range(5, 8) or n > 10 else "" for n, word in enumerate(under)])
        | lines(4, ["同仁市", "小学教学楼", "是", 2023, "教育", 600, 500, 100, "2023.3.1", "", "", 30, 45])
        | lines(5, ["合计", "", "", "", "", 600, 500, 100]) | lines(6, ["注：按季填报。"]),
        merged=merged,
    )  # fmt: skip
    (table,) = find(read(data)[0], [t1.layout()])
    assert (table.heading_rows, table.rows, table.totals, table.notes) == ((2, 3), (4,), (5,), (6,))
    (cells,) = t1.cells_of(table).values()
    told = dict(zip((column.code for column in t1.COLUMNS), cells, strict=True))
    assert (told["name"], told["aid"], told["percent3"], told["percent6"], told["place3"]) == (
        "小学教学楼",
        "500",
        "30",
        "45",
        "",
    )


def test_a_column_that_lacks_is_told_once_and_no_row_enters():
    cells = lines(3, ["捐赠单位", "捐赠金额"], ["市工商联", "5"], ["市工商联", "6"])
    (table,) = find(read(workbook(cells))[0], [layouts()["t11_gifts"]])
    first, second = read_rows(table, KNOWN)
    assert [(p.code, p.expected) for p in first.problems] == [("sheet.4", "款或物"), ("sheet.4", "投向领域")]
    assert (first.fact, second.fact, second.problems) == (None, None, ())
