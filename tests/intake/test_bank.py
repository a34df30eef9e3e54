"""Lists of banks and treasuries as they are given: which columns are what, which rows are lines, what does not add up."""

from datetime import date

import pytest
from cells import lines, workbook

from duikou.intake.bank import read_list
from duikou.intake.upload import examine
from duikou.intake.workbook import TABLES, sheets

HEAD = ["交易日期", "流水号", "对方户名", "借方发生额（元）", "贷方发生额（元）", "余额（元）", "摘要"]
FIRST = ["2023-06-09", "W1", "云岫州乡村振兴局", 4000.5, "", 6000, "两笔合并"]
SECOND = ["2023-06-16", "W2", "鹿溪县", "", 500, 6500, "退回"]


def read(data, name="单.xlsx", **more):
    return read_list(sheets(examine(name, data, TABLES), data), side="supporting", owner=1, **more)


def table(*rows, head=HEAD, over=None):
    """An .xlsx: what stands over it in row 1, its heading in row 3, its rows."""
    return workbook(
        (over or {"A1": "户名：望澜市协作资金专户　账号：****9299　单位：元"}) | lines(3, head) | lines(4, *rows)
    )


def said(found):
    return [
        (t.fact.when.first.isoformat(), t.fact.serial, t.fact.flow, t.fact.amount, t.fact.party) for t in found.lines
    ]


def told(found):
    return [(p.code, p.place, p.found) for p in found.problems]


BOTH = [("2023-06-09", "W1", "out", 4000_50, "云岫州乡村振兴局"), ("2023-06-16", "W2", "in", 500_00, "鹿溪县")]


def test_a_list_says_whose_it_is_and_each_line_its_cell():
    found = read(table(FIRST, SECOND, ["合计", "", "", 4000.5, 500, "", "共2笔"]))
    assert (found.name, found.account, found.problems) == ("望澜市协作资金专户", "****9299", ())
    assert said(found) == BOTH
    assert [t.place for t in found.lines] == ["表·A4", "表·A5"]
    assert found.lines[0].fact.summary == "两笔合并"


def test_a_table_of_values_of_a_bank_reads_the_same():
    text = "户名,望澜市协作资金专户,账号,****9299\r\n" + ",".join(HEAD) + "\r\n"
    text += "2023-06-09,W1,云岫州乡村振兴局,4000.50,,6000.00,两笔合并\r\n2023年6月16日,W2,鹿溪县,,５００.00,6500.00,退回\r\n"
    found = read(text.encode("gb18030"), "单.csv")
    assert (found.account, found.problems) == ("****9299", ())
    assert said(found) == BOTH


@pytest.mark.parametrize(
    ("head", "rows"),
    [
        (["日期", "凭证号", "收入", "支出", "对方单位"], [["2023-06-09", "W1", "", 4000.5, "云岫州乡村振兴局"], ["20230616", "W2", 500, "", "鹿溪县"]]),
        (["记账日期", "交易流水号", "交易金额", "对方名称"], [["2023/6/9", "W1", -4000.5, "云岫州乡村振兴局"], ["2023/6/16", "W2", 500, "鹿溪县"]]),
        (["交易时间", "流水号", "借贷标志", "发生额", "对方户名"], [["2023-06-09 10:22:01", "W1", "借", 4000.5, "云岫州乡村振兴局"], ["20230616102201", "W2", "贷", 500, "鹿溪县"]]),
        (["交易日", "流水号", "借方发生额（万元）", "贷方发生额（万元）", "对方户名"], [["2023-06-09", "W1", "0.40005", "", "云岫州乡村振兴局"], ["2023-06-16", "W2", "", "0.05", "鹿溪县"]]),
        (["交易日", "流水号", "借方", "贷方", "对方户名"], [["2023-06-09", "W1", "", -4000.5, "云岫州乡村振兴局"], ["2023-06-16", "W2", -500, "", "鹿溪县"]]),
    ],
    ids=["in and out", "one signed column", "a column of ways", "万元", "in red"],
)  # fmt: skip
def test_columns_are_known_by_their_words(head, rows):
    found = read(table(*rows, head=head))
    assert found.problems == ()
    assert said(found) == BOTH


def test_a_heading_of_two_rows_is_one():
    cells = lines(1, ["日期", "流水号", "发生额", "", "对方户名"], ["", "", "借方", "贷方", ""], ["2023-06-09", "W1", 4000.5, "", "云岫州乡村振兴局"], ["2023-06-16", "W2", "", 500, "鹿溪县"])  # fmt: skip
    assert said(read(workbook(cells))) == BOTH


def test_balances_tell_that_debit_and_credit_stand_the_other_way_round():
    rows = [
        ["2023-06-09", "W1", "甲", 100, "", 1100, ""],
        ["2023-06-10", "W2", "乙", "", 300, 800, ""],
        ["2023-06-11", "W3", "丙", 50, "", 850, ""],
    ]
    found = read(table(*rows))
    assert [t.fact.flow for t in found.lines] == ["in", "out", "in"]
    assert found.notes == ("按余额看，这份单子的借方是收、贷方是付，已照此收",)


def test_the_newest_line_may_come_first():
    assert read(table(SECOND, FIRST)).problems == ()


def test_a_balance_that_does_not_follow_is_named_with_what_it_would_be():
    third = ["2023-06-20", "W3", "青檀县", 100, "", 6300, ""]
    # 6500 less 100 is 6400
    (problem,) = read(table(FIRST, SECOND, third)).problems
    assert (problem.code, problem.place, problem.found, problem.expected) == (
        "statement.4",
        "表·F6",
        "0.63万元",
        "0.64万元",
    )


def test_the_balance_before_counts_where_the_list_says_it():
    opening = ["期初余额", "", "", "", "", 10000.5, ""]
    assert read(table(opening, FIRST, SECOND)).problems == ()
    assert told(read(table(["期初余额", "", "", "", "", 10000, ""], FIRST, SECOND))) == [
        ("statement.4", "表·F5", "0.6万元")
    ]


def test_a_total_that_is_not_the_sum_is_named():
    assert told(read(table(FIRST, SECOND, ["合计", "", "", 4000, 500, "", ""]))) == [
        ("statement.5", "表·D6", "0.4万元")
    ]


def test_all_problems_come_at_once_each_with_its_cell():
    found = read(
        table(
            ["2023-06-31", "W1", "甲", 10, "", "", ""],
            ["2023-06-09", "W2", "乙", "约10", "", "", ""],
            ["2023-06-09", "W3", "丙", 1, 2, "", ""],
            ["2023-06-09", "W4", "丁", "", "", "", ""],
            ["2023-06-09", "W5", "戊", ("=1/0", "#DIV/0!"), "", "", ""],
        )
    )
    assert told(found) == [
        ("statement.2", "表·D5", "约10"), ("statement.3", "表·D6", "付 0.0001万元、收 0.0002万元"), ("statement.3", "表·D7", "没有金额"),
        ("statement.2", "表·D8", "#DIV/0!"), ("statement.2", "表·A4", "2023-06-31"),
    ]  # fmt: skip
    assert all(p.expected and p.remedy for p in found.problems)


def test_a_sheet_without_the_heading_says_what_was_found():
    (problem,) = read(workbook({"A1": "捐赠单位", "B1": "金额"})).problems
    assert (problem.code, problem.found) == ("statement.1", "捐赠单位、金额")


def test_a_list_without_lines_is_none():
    assert told(read(table())) == [("statement.6", "表·A4", "没有流水")]


def test_a_line_without_a_number_gets_the_same_one_when_the_list_comes_again():
    head, one = ["日期", "对方户名", "支出", "收入"], ["2023-06-09", "甲", 10, ""]
    serials = [t.fact.serial for t in read(table(one, one, ["2023-06-10", "甲", 10, ""], head=head)).lines]
    assert serials == ["20230609out1000-1", "20230609out1000-2", "20230610out1000-1"]


def test_subtotals_headings_again_and_notes_are_no_lines():
    rows = [FIRST, ["本页小计", "", "", 4000.5, "", "", ""], HEAD, SECOND, ["制表：某某", "", "", "", "", "", ""]]
    found = read(table(*rows))
    assert said(found) == BOTH
    assert found.lines[0].fact.when.first == date(2023, 6, 9)
