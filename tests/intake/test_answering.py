"""An office's own workbook back with all problems in it, and the corrected copy where only form was wrong."""

import io
import os
import zipfile
from dataclasses import replace
from datetime import date

import openpyxl
import pytest
from books import kept_example
from cells import lines, workbook
from hypothesis import given, settings
from hypothesis import strategies as st
from openpyxl.comments import Comment
from openpyxl.styles import PatternFill

from duikou.intake import opened
from duikou.intake.answering import answered
from duikou.intake.asked import Asked
from duikou.intake.known import Known
from duikou.intake.layouts import layouts
from duikou.intake.mending import corrected
from duikou.intake.ours import SIGN, without_ours
from duikou.intake.rows import read_rows
from duikou.intake.table import find
from duikou.intake.taking import Answer, answer
from duikou.intake.upload import examine
from duikou.intake.workbook import sheets
from duikou.rules.period import parse
from duikou.rules.problem import Problem
from duikou.terms.words import Words

HEADS = ["月份", "产品名称", "县（市、区）", "销售渠道", "方式", "采购单位", "销售金额（万元）"]
APRIL = ["2012年4月", "牦牛肉", "泽库县", "食堂采购", "直接采购", "", "12.5"]
MAY = ["2012年5月", "藏羊", "泽库县", "食堂采购", "直接采购", "", "8"]
ASKED = Asked(parse("2012-05"), region="632323")


@pytest.fixture(scope="module")
def kept(django_db_setup, django_db_blocker, tmp_path_factory):
    with kept_example(django_db_blocker, tmp_path_factory.mktemp("answering")) as found:
        yield found


@pytest.fixture
def programme(kept, db):
    return kept


def sheet(*rows, **more):
    return workbook({"A1": "泽库县消费帮扶台账"} | lines(2, HEADS) | lines(3, *rows), sheet="五月", **more)


def back(programme, data, name="五月.xlsx", more=()):
    said = answer(programme, name, data, ASKED)
    return said, answered(said, data, more)


def opened_again(data):
    return openpyxl.load_workbook(io.BytesIO(data))


def colours(page):
    """The cells that are coloured, by place: the colour and the formula that keeps it."""
    return {
        str(formats.sqref): (rule.dxf.fill.bgColor.rgb, rule.formula[0])
        for formats in page.conditional_formatting for rule in formats.rules
    }  # fmt: skip


def test_the_bad_cell_is_coloured_as_long_as_it_is_bad_and_says_what_was_found_expected_and_how_to_mend_it(programme):
    _, data = back(programme, sheet(APRIL, [*MAY[:6], "若干"]))
    page = opened_again(data)["五月"]
    assert colours(page) == {"G4": (opened.RED, 'AND(N("对口一本账")=0,EXACT($G$4,"若干"))')}
    said = page["G4"].comment.text
    for part in ("每一格读得出（sheet.1）", "现为：若干", "应为：金额（万元），如 12.5", "写成 200、"):
        assert part in said
    assert page["G3"].comment is None


def test_beside_the_row_stands_what_is_to_be_said_of_it_and_a_list_names_all_what_stops_first(programme):
    rows = [APRIL, [*MAY[:6], "若干"], [*MAY[:2], "泽曲", *MAY[3:]], ["合计", "", "", "", "", "", 99]]
    _, data = back(programme, sheet(*rows))
    book = opened_again(data)
    page, told = book["五月"], book["核对结果"]
    assert page["H2"].value == f"核对意见{SIGN}"
    assert page["H3"].value is None
    assert page["H4"].value == "G4：现为若干；应为金额（万元），如 12.5；写成 200、200万元 或 2,000,000元"
    assert page["H5"].value.startswith("C5：现为泽曲；应为账上的地区；")
    assert [[told.cell(row, column).value for column in (1, 2, 3, 4)] for row in (5, 6)] == [
        ["须改", "五月", "G4", "若干"], ["须改", "五月", "C5", "泽曲"],
    ]  # fmt: skip
    assert told["C5"].hyperlink.location == "'五月'!G4"
    assert told["A2"].value.startswith("须改 2 处，请看一眼 0 处。")


def test_what_the_rules_say_stands_at_its_cell_too(programme):
    rule = Problem("x.1", "stops", Words("x.1", "不晚于今天。", ""), "2030年", "不晚于今天", "改正日期", "五月·A3")
    _, data = back(programme, sheet(APRIL), more=[rule])
    assert "不晚于今天（x.1）" in opened_again(data)["五月"]["A3"].comment.text


def test_mended_and_dropped_in_again_our_marks_do_not_disturb(programme):
    _, data = back(programme, sheet(APRIL, [*MAY[:6], "若干"]))
    book = opened_again(data)
    book["五月"]["G4"] = 8
    book["五月"]["H3"] = "已核对，没有问题"  # what a clerk writes into our column is no part of the sheet
    mended = written(book)
    said, again = back(programme, mended)
    assert (said.counts["new"], said.problems, said.ready) == (2, (), True)
    page = opened_again(again)["五月"]
    assert (colours(page), page["G4"].comment, page["H2"].value, page["H4"].value) == ({}, None, None, None)


def test_the_old_problem_is_gone_and_the_new_one_stands_alone():  # usdr-gost#664
    first = [*MAY[:6], "若干"]
    said = read_alone(sheet(APRIL, first))
    book = opened_again(answered(said, sheet(APRIL, first)))
    book["五月"]["G4"], book["五月"]["G3"] = 8, "见附件"
    again = written(book)
    page = opened_again(answered(read_alone(again), again))["五月"]
    assert list(colours(page)) == ["G3"]
    assert (page["G4"].comment, page["H4"].value) == (None, None)
    assert page["G3"].comment.text.count("现为") == 1


def test_formats_widths_comments_and_fills_of_the_office_are_kept(programme):
    book = opened_again(sheet(APRIL, [*MAY[:6], "若干"]))
    page = book["五月"]
    page["G4"].fill = PatternFill("solid", start_color="FF00B0F0")
    page["G4"].comment = Comment("等银行回单", "泽库")
    page.column_dimensions["B"].width = 31
    _, data = back(programme, written(book))
    page = opened_again(data)["五月"]
    assert (page["G4"].fill.start_color.rgb, page.column_dimensions["B"].width) == ("FF00B0F0", 31)
    assert page["G4"].comment.text.startswith("等银行回单\n")
    page["G4"] = 8
    _, again = back(programme, written(page.parent))
    assert opened_again(again)["五月"]["G4"].comment.text == "等银行回单"


def test_formulas_keep_their_values_so_that_the_answer_reads_as_the_file_did(programme):
    rows = [APRIL, [*MAY[:6], ("=4+4", 8)], ["合计", "", "", "", "", "", ("=SUM(G3:G4)", 20.5)]]
    said, data = back(programme, sheet(*rows))
    again, _ = back(programme, data)
    assert said.ready
    assert again.rows[1].told[0].fact.amount.low == 80_000_00
    assert [p.place for p in again.told] == []
    assert opened_again(data)["五月"]["G4"].value == "=4+4"


def test_hidden_rows_are_shown(programme):
    _, data = back(programme, sheet(APRIL, MAY, hidden_rows=[4]))
    assert not opened_again(data)["五月"].row_dimensions[4].hidden


def test_a_table_of_values_goes_back_as_a_workbook(programme):
    text = "\n".join([",".join(HEADS), ",".join(APRIL), ",".join([*MAY[:6], "=1+1"])]).encode("gb18030")
    said, data = back(programme, text, "五月.csv")
    page = opened_again(data)["来表"]
    assert (page["G2"].value, page["G3"].value, page["G3"].data_type) == (12.5, "=1+1", "s")
    assert "现为：=1+1" in page["G3"].comment.text
    assert answer(programme, "五月.xlsx", data, ASKED).counts == said.counts


def test_what_begins_a_formula_is_told_as_a_text(programme):
    _, data = back(programme, sheet([*MAY[:6], "=HYPERLINK(1)"]))
    told = opened_again(data)["核对结果"]
    assert (told["D5"].value, told["D5"].data_type, told["D5"].quotePrefix) == ("=HYPERLINK(1)", "s", True)
    with zipfile.ZipFile(io.BytesIO(data)) as pack:
        assert not any(b"<f>" in pack.read(name) for name in pack.namelist() if "worksheets" in name)


def test_a_sheet_too_large_to_be_opened_gets_the_list_alone(programme, monkeypatch):
    monkeypatch.setattr(opened, "MOST", 10)
    _, data = back(programme, sheet([*MAY[:6], "若干"]))
    book = opened_again(data)
    assert (book.sheetnames, book["核对结果"]["C5"].value) == (["核对结果", "来表"], "G3")


# ---- the corrected copy ------------------------------------------------------------------------------------------------


def test_what_was_only_written_oddly_is_written_plainly_and_each_change_is_listed(programme):
    odd = ["2012年５月", "藏羊\u200b", " 泽库县", "食堂采购", "直接采购", "", "壹仟万元"]
    data = sheet(APRIL, odd)
    copy, changes = corrected(answer(programme, "五月.xlsx", data, ASKED), data)
    assert [(one.cell, one.before, one.after) for one in changes] == [
        ("G3", "12.5", "12.5"), ("A3", "2012年4月", "2012-04"), ("G4", "壹仟万元", "1000"), ("B4", "藏羊\u200b", "藏羊"),
        ("C4", " 泽库县", "泽库县"), ("A4", "2012年５月", "2012-05"),
    ]  # fmt: skip
    page = opened_again(copy)["五月"]
    assert (page["G4"].value, page["B4"].value, page["A4"].value, page["G3"].value) == (1000, "藏羊", "2012-05", 12.5)
    assert colours(page)["G4"][0] == opened.GREEN
    listed = opened_again(copy)["改动清单"]
    assert listed.max_row == 4 + len(changes)


def test_a_cell_that_cannot_be_read_or_says_more_than_a_number_stays_as_it_is():
    data = sheet([*MAY[:6], "约30万元"], [*MAY[:6], "若干"], [*MAY[:6], "见附件 3"])
    copy, changes = corrected(read_alone(data), data)
    assert {one.cell[0] for one in changes} == {"A"}
    page = opened_again(copy)["五月"]
    assert [page.cell(row, 7).value for row in (3, 4, 5)] == ["约30万元", "若干", "见附件 3"]


def test_a_plain_sheet_has_no_corrected_copy():
    data = sheet([date(2012, 5, 1), "藏羊", "泽库县", "食堂采购", "直接采购", "", 8])
    assert corrected(read_alone(data), data) == (b"", ())


AMOUNTS = st.one_of(
    st.integers(1, 99999).map(str),
    st.integers(1, 9999).map(lambda n: f"{n:,}万元"),
    st.integers(1, 99999).map(lambda n: f"{n}元"),
    st.decimals(0, 999, places=4).map(str),
    st.integers(1, 999).map(lambda n: "".join(chr(ord(c) + 0xFEE0) for c in str(n))),
    st.sampled_from(["壹仟万元", "贰拾万元整", "约30万元", "近百万元", "1.5亿元", "—", "若干", "", "0", "1e3", "5－7", "￥12.5"]),
    st.text("0123456789,.万元亿壹仟约 　－", max_size=7),
)  # fmt: skip
DAYS = st.sampled_from([
    "2012年5月3日", "2012.5.3", "2012/05/03", "20120503", "2012年5月", "2012-05", "2012.1", "5月3日", "2012年第一季度", "2012",
    "２０１２年３月", "2012年13月", "2012.3.5-4.2", "", " 2012年5月\u00a0",
])  # fmt: skip
NAMES = st.sampled_from(["藏羊", " 藏羊", "藏羊\u200b", "１号羊", "=羊", "藏 羊", "", "007"])
UNITS = st.sampled_from(["（万元）", "（元）", "", "（千元）"])


@settings(max_examples=120 if os.environ.get("DUIKOU_PROVE") else 30, deadline=None)
@given(st.lists(st.tuples(DAYS, NAMES, AMOUNTS), min_size=1, max_size=4), UNITS)
def test_the_corrected_copy_says_what_the_file_said(rows, unit):
    heads = [*HEADS[:6], f"销售金额{unit}"]
    told = [[day, name, "泽库县", "食堂采购", "直接采购", "", amount] for day, name, amount in rows]
    data = workbook({"A1": "台账"} | lines(2, heads) | lines(3, *told), sheet="五月")
    said = read_alone(data)
    copy, changes = corrected(said, data)
    if changes:
        assert facts(read_alone(copy)) == facts(said)
        assert corrected(read_alone(copy), copy)[1] == ()  # what is plain is not corrected again


KNOWN = Known({}, {"泽库县": frozenset({"632323"})}, {})


def facts(said):
    found = read_rows(said.table, KNOWN, year=2012)
    return [(one.row, one.fact, [(p.code, p.place) for p in one.problems]) for one in found]


def read_alone(data):
    """A file as it is read where no book is asked."""
    found, _ = without_ours(sheets(examine("表.xlsx", data), data))
    table = next(t for one in found for t in find(one, [layouts()["t9_sales"]]))
    problems = tuple(p for one in read_rows(table, KNOWN, year=2012) for p in one.problems)
    return replace(Answer("表.xlsx", "", found, ASKED), table=table, problems=problems)


def written(book):
    box = io.BytesIO()
    book.save(box)
    return box.getvalue()
