"""What users of other reporting gates complained of (PEERS.md 1.7), held against our reading."""

from dataclasses import replace

import pytest
from cells import lines, workbook

from duikou.intake.candidates import oddities
from duikou.intake.known import Known
from duikou.intake.layouts import layouts
from duikou.intake.rows import read_rows
from duikou.intake.table import find
from duikou.intake.upload import examine
from duikou.intake.workbook import sheets
from duikou.rules.cooperation import LabourTransfer, a_part_is_no_more_than_the_whole
from duikou.rules.quantity import exactly

HEADS = ["序号", "捐赠单位", "类别", "捐赠金额（万元）", "指定用途", "领域", "捐赠日期"]
KNOWN = Known({"市工商联": frozenset({"gsl"}), "市红十字会": frozenset({"hsz"})}, {"同仁市": frozenset({"632301"})}, {})
ONE = [1, "市工商联", "款", 5, "助学", "教育", "2023.3"]
TWO = [2, "市红十字会", "款", 7, "义诊", "医疗卫生", "2023.4"]


def gifts(*rows, more=None, **said):
    """The table of a sheet of gifts whose heading stands in row 1."""
    data = workbook(lines(1, HEADS, *rows) | (more or {}), **said)
    (sheet, *_) = sheets(examine("表.xlsx", data), data)
    return find(sheet, [layouts()["t11_gifts"]])[0]


def told(table):
    """All problems of a table: of its rows, then of the whole."""
    readings = read_rows(table, KNOWN, year=2023)
    return [*(one for reading in readings for one in reading.problems), *oddities(table, readings)]


def places(table):
    return [(one.code, one.place) for one in told(table)]


def with_cell(row, column, value):
    return [value if n == column else said for n, said in enumerate(row)]


def test_usdr_gost_459_the_row_that_is_named_is_the_row_that_the_clerk_sees():
    blank = [""] * len(HEADS)
    table = gifts(ONE, blank, blank, with_cell(TWO, 3, "七万"), blank, with_cell(ONE, 5, "某某"))
    assert places(table) == [("sheet.1", "表·F7")]  # 七万 in row 5 is a number
    assert table.rows == (2, 5, 7)


def test_usdr_gost_458_an_unseen_character_far_below_makes_no_row():
    table = gifts(ONE, TWO, more={"C900": "\u200b", "G5000": "\u00a0\ufeff", "A40": "\u00ad"})
    assert (table.rows, told(table)) == ((2, 3), [])


@pytest.mark.parametrize("said", ["见附件", "待定", "五万左右吧", "5 7", "N\\A", "5万元（含税）", "#5", "五点五.五"])
def test_usdr_gost_497_a_text_in_an_amount_is_refused_at_its_cell(said):
    table = gifts(ONE, with_cell(TWO, 3, said))
    assert places(table) == [("sheet.1", "表·D3")]
    assert [reading.fact is None for reading in read_rows(table, KNOWN)] == [False, True]


def test_usdr_gost_376_what_asks_does_not_drown_what_stops():
    """Two hundred things to look at and one that stops: the weights tell them apart and nothing stops twice."""
    rows = [with_cell(ONE, 0, n) for n in range(200)]
    found = told(gifts(*rows, with_cell(TWO, 3, "见附件")))
    assert [(one.code, one.place) for one in found if one.weight == "stops"] == [("sheet.1", "表·D202")]
    assert {one.code for one in found if one.weight == "asks"} == {"sheet.8"}
    assert found[0].weight == "stops"


def test_usdr_gost_664_an_error_is_gone_once_its_cell_is_mended():
    wrong = with_cell(TWO, 3, "见附件")
    assert places(gifts(ONE, wrong)) == [("sheet.1", "表·D3")]
    assert told(gifts(ONE, with_cell(wrong, 3, 7))) == []
    assert places(gifts(ONE, wrong)) == [("sheet.1", "表·D3")]


def test_usdr_gost_1425_one_thing_reported_twice_is_asked_about():
    assert places(gifts(ONE, TWO, with_cell(ONE, 0, 3))) == [("sheet.8", "表·A4")]


def test_usdr_gost_1425_details_that_are_not_their_total_are_asked_about():
    assert places(gifts(ONE, TWO, ["", "合计", "", 13])) == [("sheet.6", "表·D4")]  # 5 + 7 = 12


def test_usdr_gost_1425_days_in_the_wrong_order_are_refused_at_their_cell():
    table = gifts(with_cell(ONE, 6, "2023年5月至3月"))
    assert [(one.place, one.remedy) for one in told(table)] == [("表·G2", "先写开始的日期")]


def test_usdr_gost_1425_more_of_a_part_than_of_the_whole_is_refused_by_the_rule_of_the_record():
    """Spent beyond what was obligated is refused by the ledger itself; on a sheet it is the part beyond its whole."""
    fact = LabourTransfer(
        region="632301", destination="east", placing="firm", workers=exactly(10, "person"), poor=exactly(11, "person")
    )
    assert a_part_is_no_more_than_the_whole.ask(fact, None)
    assert a_part_is_no_more_than_the_whole.ask(replace(fact, poor=exactly(10, "person")), None) is None


def test_fac_1960_sheets_that_agree_are_not_objected_to():
    """A total that holds, written with other signs and in a text, and a second sheet that says the same."""
    more = {f"副本!{at}": value for at, value in lines(1, HEADS, ONE, TWO, ["", "合计", "", 12]).items()}
    table = gifts(with_cell(ONE, 3, "５"), with_cell(TWO, 3, "7.00"), ["", "合计", "", "12.0"], more=more)
    assert told(table) == []


FOLLOWED = {  # each problem, and the sheet after its remedy was followed to the letter
    "sheet.1": ({"row": with_cell(TWO, 3, "见附件")}, {"row": with_cell(TWO, 3, "")}),  # 不知道的留空，不填 0
    "sheet.2": ({"row": with_cell(TWO, 3, ("=1/0", "#DIV/0!"))}, {"row": with_cell(TWO, 3, 7)}),  # 改填算出的数
    "sheet.3": ({"row": with_cell(TWO, 4, "11010519491231002X")}, {"row": with_cell(TWO, 4, "")}),  # 删去号码
    "sheet.4": ({"row": with_cell(TWO, 5, "")}, {"row": with_cell(TWO, 5, "教育")}),  # 补上这一格
    "sheet.5": ({"row": with_cell(TWO, 1, "市红会")}, {"row": with_cell(TWO, 1, "市红十字会")}),  # what is near, chosen
    "sheet.6": ({"row": ["", "合计", "", 9]}, {"row": ["", "合计", "", 5]}),  # 核对各行和合计
    "sheet.7": ({"row": TWO, "hidden_rows": [3]}, {"row": TWO}),  # 取消隐藏
    "sheet.8": ({"row": with_cell(ONE, 0, 2)}, {"row": with_cell(ONE, 4, "助学，第二笔")}),  # 写清区别
    "sheet.9": ({"row": with_cell(TWO, 3, ""), "merged": [("D2:D3", "5")]}, {"row": TWO}),  # 把数分到各行
    "sheet.10": ({"row": with_cell(TWO, 4, "长" * 2001)}, {"row": with_cell(TWO, 4, "义诊")}),  # 写要点
    "sheet.11": ({"row": [*TWO, "已核"]}, {"row": TWO}),  # 不报的内容删去
    "sheet.12": ({"row": TWO, "more": {"H1": "捐赠金额（万元）"}}, {"row": TWO}),  # 只留一列
}


@pytest.mark.parametrize("code", FOLLOWED)
def test_fac_2534_the_remedy_that_a_message_names_is_accepted(code):
    wrong, mended = (dict(said) for said in FOLLOWED[code])
    table = gifts(ONE, wrong.pop("row"), **wrong)
    unplaced = [one for reading in read_rows(table, KNOWN) for one in reading.unplaced]
    assert code in {one.code for one in told(table)} | ({"sheet.5"} if unplaced else set())
    table = gifts(ONE, mended.pop("row"), **mended)
    assert [str(one) for one in told(table)] == []
    assert [reading.fact is None for reading in read_rows(table, KNOWN)] == [False] * len(table.rows)


def test_fac_2534_every_word_that_a_message_offers_is_accepted():
    (one,) = told(gifts(with_cell(ONE, 5, "某某")))
    for word in one.expected.split("、"):
        assert told(gifts(with_cell(ONE, 5, word))) == []


@pytest.mark.parametrize("example", ["12.5", "12.5万元", "2,000,000元", "200万元"])
def test_fac_2534_every_example_that_a_message_gives_is_accepted(example):
    assert told(gifts(with_cell(ONE, 3, example))) == []


def test_go_api_1304_of_a_partly_wrong_file_every_wrong_cell_is_named_at_once():
    table = gifts(with_cell(ONE, 3, "见附件"), TWO, with_cell(with_cell(ONE, 2, "钱"), 6, "2023年13月"))
    assert places(table) == [("sheet.1", "表·D2"), ("sheet.1", "表·C4"), ("sheet.1", "表·G4")]


def test_go_api_1304_the_same_thing_on_the_sheet_is_known_again_whatever_its_blanks_and_width():
    again = with_cell(with_cell(ONE, 4, " 助　学"), 1, "市工商联\u200b")
    assert places(gifts(ONE, again)) == [("sheet.8", "表·A3")]
