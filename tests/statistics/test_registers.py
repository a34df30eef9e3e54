"""Registers (台账) on text tables: the rows of a period and of a county, 合计 as figures, what the public does not see."""

from decimal import Decimal

import pytest
from text_table import snapshot_of

from duikou.statistics.audience import reading
from duikou.statistics.definition import definition
from duikou.statistics.explain import sentence
from duikou.statistics.passages import joined
from duikou.statistics.registers import register
from duikou.statistics.registers_cells import money, text
from duikou.statistics.tables import by_area, shape_of, sheets_checked, sheets_of, table_of, tables

PROGRAMMES = "number code title office\n90 p 某方案 某办"
ENTRIES = """
number kind  state    standing amount     region source first      last
1      entry issued   own      300万元    632321 city   2011-03-01 2011-03-01
2      entry issued   own      200万元    632322 city   2011-07-10 2011-07-10
3      entry spent    own      120.5万元  632321 city   2011-06-20 2011-06-20
4      entry spent    own      0.004万元  632321 city   2011-07-21 2011-07-21
5      entry spent    own      0.004万元  632322 city   2011-07-22 2011-07-22
6      entry received own      400万元    632321 city   2011-06-01 2011-06-01
7      entry issued   own      70万元     632321 city   2012-03-01 2012-03-01
"""
REGISTERS = [code for code in tables() if shape_of(code) == "register"]


def filled(tmp_path, code, period="2011", area="", **texts):
    return table_of(snapshot_of(tmp_path, programmes=PROGRAMMES, **texts), code, "p", period, area)


def column(table, head):
    return next(place for place, one in enumerate(table.body.columns) if one.full.endswith(head))


def cells(table, head):
    place = column(table, head)
    return [text(line.values[place], table.body.columns[place].decimals) for line in table.body.lines()]


def test_a_ledger_has_a_row_for_each_movement_and_a_column_for_each_state(tmp_path):
    table = filled(tmp_path, "t02", entries=ENTRIES)
    assert cells(table, "日期") == ["2011-03-01", "2011-06-01", "2011-06-20", "2011-07-10", "2011-07-21", "2011-07-22"]
    assert cells(table, "下达") == ["300.00", "", "", "200.00", "", ""]
    assert cells(table, "到位") == ["", "400.00", "", "", "", ""]
    assert cells(table, "支付") == ["", "", "120.50", "", "0.00", "0.00"]


def test_a_total_is_a_figure_of_its_own_fen_and_not_the_sum_of_what_is_printed(tmp_path):
    table = filled(tmp_path, "t02", entries=ENTRIES)
    spent = table.body.totals[column(table, "支付")]
    assert spent.name == "ledger.spent:p.2011"
    assert spent.value.low == 120_508_000  # 1,205,000 + 40 + 40 yuan: printed 120.51, the parts 120.50, 0.00, 0.00


def test_a_county_has_its_rows_and_its_totals(tmp_path):
    table = filled(tmp_path, "t02", area="632321", entries=ENTRIES)
    assert cells(table, "下达") == ["300.00", "", "", ""]
    assert table.body.totals[column(table, "下达")].name == "ledger.issued:p.2011;a=632321"
    assert table.body.totals[column(table, "下达")].text == "300万元"
    assert table.title == "某方案资金台账（河南县）" or table.place in table.title


def test_the_counties_to_choose_from_are_those_with_rows(tmp_path):
    assert filled(tmp_path, "t02", entries=ENTRIES).body.areas() == ["632321", "632322"]
    assert filled(tmp_path, "t02", "2012", entries=ENTRIES).body.areas() == ["632321"]


@pytest.mark.parametrize(
    ("period", "count"),
    [
        ("2011", 6),
        ("2011q3", 3),
        ("2011-01..2011-06", 3),
        ("2011-07", 3),
        ("2010-10..2011-09", 6),
        ("2011..2015", 7),
        ("1999", 0),
    ],
)
def test_a_register_is_of_a_month_a_quarter_a_half_an_audit_year_or_a_plan(tmp_path, period, count):
    table = filled(tmp_path, "t02", period, entries=ENTRIES)
    assert table.body.count == count == len(list(table.body.lines()))


def test_a_page_of_rows_is_a_slice_of_all(tmp_path):
    body = filled(tmp_path, "t02", entries=ENTRIES).body
    every = [(line.number, list(line.values)) for line in body.lines()]
    parts = [(line.number, list(line.values)) for first in (0, 2, 4) for line in body.lines(first, 2)]
    assert parts == every
    assert [values[0] for _, values in parts] == [1, 2, 3, 4, 5, 6]  # running numbers go on over the pages


def readings(table):
    return {check.sentence: (check.reading.code, check.reading.detail) for check in table.checks}


def test_the_checks_of_a_ledger_name_their_numbers(tmp_path):
    found = readings(filled(tmp_path, "t02", "2011-01..2011-07", entries=ENTRIES))
    assert found["按县区分的下达数之和等于合计"] == ("equal", "300万元 ＋ 200万元 ＝ 500万元")
    assert found["支付：本月止累计－上月止累计＝本月数"] == ("equal", "120.508万元 － 120.5万元 ＝ 0.008万元")
    assert found["到位＝支付＋上缴结余＋结余，结余不为负（自开账起累计）"] == (
        "equal",
        "400万元 ＝ 120.508万元 ＋ 结余 279.492万元",
    )


def test_more_spent_than_received_fails_and_is_said_on_the_face(tmp_path):
    more = ENTRIES + "8 entry spent own 300万元 632321 city 2011-08-01 2011-08-01\n"
    table = filled(tmp_path, "t02", entries=more)
    assert table.fails
    assert [check.reading.detail for check in table.failing] == ["收入400万元，支出420.508万元：支出多于收入"]


def test_what_is_known_only_to_a_span_lies_in_no_month_and_the_step_cannot_be_judged(tmp_path):
    more = ENTRIES + "8 entry spent own 9万元 632321 city 2011-06-25 2011-07-05\n"
    found = readings(filled(tmp_path, "t02", "2011-01..2011-07", entries=more))
    assert found["支付：本月止累计－上月止累计＝本月数"] == ("unjudged", "有 1 条只知起止，不能归入2011年7月")


def test_parts_of_which_some_say_no_county_are_not_judged(tmp_path):
    more = ENTRIES + "8 entry issued own 9万元 - city 2011-06-25 2011-06-25\n"
    assert readings(filled(tmp_path, "t02", entries=more))["按县区分的下达数之和等于合计"] == (
        "unjudged",
        "有 1 条没有写明地区",
    )


GIFTS = """
number kind form  sector    giver region amount  goods    first      last
1      gift cash  education gsl   632321 160万元 -        2011-03-01 2011-03-01
2      gift goods education boc   632321 -       电脑     2011-03-02 2011-03-02
3      gift cash  health    gsl   632322 近30万元 -       2011-03-03 2011-03-03
"""
VALUATIONS = "number gift amount basis first last\n11 2 8万元 发票 2011-03-02 2011-03-02"
USES = """
number gift amount label amount_unit first      last
21     1    60万元 购书  fen         2011-05-01 2011-05-01
22     1    40万元 修房  fen         2011-06-01 2011-06-01
"""


def test_what_hangs_from_a_gift_stands_beside_it_added_or_in_words(tmp_path):
    table = filled(tmp_path, "t11", gifts=GIFTS, valuations=VALUATIONS, gift_uses=USES)
    assert cells(table, "捐赠金额（万元）") == ["160.00", "", "近30"]
    assert (cells(table, "折价（万元）"), cells(table, "折价依据")) == (["", "8.00", ""], ["", "发票", ""])
    assert (cells(table, "已使用（万元）"), cells(table, "使用情况")) == (["100.00", "", ""], ["购书、修房", "", ""])


def test_a_hedged_gift_makes_the_total_a_range_and_is_not_rounded_to_a_number(tmp_path):
    table = filled(tmp_path, "t11", gifts=GIFTS)
    total = table.body.totals[column(table, "捐赠金额（万元）")]
    assert (total.value.low, total.value.high, total.value.exact) == (187 * 10**6, 190 * 10**6 - 1, False)


LABOUR = """
number kind            region destination placing workers poor  first      last
1      labour_transfer 632321 east        job     80人    30人  2011-07-01 2011-07-31
2      labour_transfer 632322 east        job     3人     2人   2011-07-01 2011-07-31
3      labour_transfer 632323 local       job     9人     7人   2011-07-01 2011-07-31
"""


def test_the_public_does_not_see_small_groups_nor_what_would_tell_them(tmp_path):
    table = filled(tmp_path, "t07", labour_transfers=LABOUR)
    assert cells(table, "农村劳动力转移就业人数") == ["80", "3", "9"]
    with reading(lambda programme: False):
        assert cells(table, "农村劳动力转移就业人数")[:2] == ["80", "少于5人"]
        assert "3" not in cells(table, "农村劳动力转移就业人数")


PERSONS = """
number kind       of of_kind    bearer direction     region unit 	post first      last
1      attendance 5  secondment aa     to_receiving  632321 某局 	科员 2011-03-01 2012-03-01
2      attendance 5  secondment bb     to_receiving  632321 某局 	主任 2011-03-01 2011-12-31
"""


def test_the_register_of_persons_has_no_names(tmp_path):
    table = filled(tmp_path, "t05", attendances=PERSONS)
    for head in ("姓名", "身份证号", "性别", "出生年月"):
        assert cells(table, head) == [""]
    assert cells(table, "单位")[0] == "某局"
    assert table.counted.name == "ledger.listed:p.2011"


AGREEMENTS = """
number kind      label first      last
1      agreement 协议  2011-01-01 2011-12-31
2      agreement 旧协议 2010-01-01 2010-12-31
"""
INDICATORS = """
number agreement label   sheet        direction target
11     1         支出    funds.spent  -         200万元
12     1         工程    -            -         8个
13     2         旧指标  funds.spent  -         100万元
"""


def of_indicators(table):
    heads = [one.head for one in table.body.columns]
    return {
        line.values[0]: {
            head: text(value, one.decimals)
            for head, value, one in zip(heads, line.values, table.body.columns, strict=True)
        }
        for line in table.body.lines()
    }


def test_the_table_of_indicators_is_generated_whole(tmp_path):
    table = filled(tmp_path, "t17", "2011-01..2011-07", entries=ENTRIES, agreements=AGREEMENTS, indicators=INDICATORS)
    spent = of_indicators(table)["支出"]
    # this month 0.008万, cumulative 120.508万 of 200万 agreed: 60.254 %
    assert (spent["协议数"], spent["本月"], spent["累计"], spent["完成比例（%）"]) == (
        "200.00",
        "0.01",
        "120.51",
        "60.3",
    )
    assert of_indicators(table)["工程"]["说明"] == "协议所列，账上没有对照的口径"
    assert "旧指标" not in of_indicators(table)
    assert of_indicators(table)["赴受援地人数"]["方向"] == "支援方到受援方"
    assert of_indicators(table)["到支援方挂职"]["方向"] == "受援方到支援方"


def test_a_month_alone_is_cumulated_from_the_beginning_of_its_year(tmp_path):
    table = filled(tmp_path, "t17", "2011-07", entries=ENTRIES)
    assert {figure.name for figure in table.figures} >= {"funds.spent:p.2011-07", "funds.spent:p.2011-01..2011-07"}


def test_an_agreed_value_in_another_unit_is_not_compared(tmp_path):
    odd = "number agreement label sheet direction target\n11 1 支出 funds.spent - 8个"
    row = of_indicators(filled(tmp_path, "t17", entries=ENTRIES, agreements=AGREEMENTS, indicators=odd))["支出"]
    assert (row["完成比例（%）"], row["说明"]) == ("", "单位不同，不比：协议按个")


def test_the_figures_of_a_table_are_all_that_it_prints_each_once(tmp_path):
    table = filled(tmp_path, "t02", entries=ENTRIES)
    names = [figure.name for figure in table.figures]
    assert len(names) == len(set(names))
    assert set(names) == {f"{sheet}:p.2011" for sheet in register("t02").sheets}


# ---- the forms themselves


def test_seventeen_tables_and_the_overview_stand_in_the_order_of_their_numbers():
    assert list(tables()) == ["overview", *(f"t{n:02}" for n in range(1, 18))]


@pytest.mark.parametrize("code", list(tables()))
def test_every_table_can_be_filled_from_an_empty_book(tmp_path, code):
    table = filled(tmp_path, code)
    assert not table.fails
    assert table.number.startswith("P-")
    for area in ["632321"] if by_area(code) else []:
        assert filled(tmp_path, code, area=area).area == area


@pytest.mark.parametrize("code", REGISTERS)
def test_every_column_of_numbers_has_a_number_and_every_column_of_words_a_stem(code):
    columns = register(code).columns
    assert [one.letter for one in columns if one.numeric] == [
        str(n + 1) for n in range(sum(c.numeric for c in columns))
    ]
    assert all(one.letter in "甲乙丙丁戊己庚辛壬癸子丑寅卯辰巳午未申酉戌亥" for one in columns if not one.numeric)


@pytest.mark.parametrize("code", list(tables()))
def test_every_sheet_that_a_table_names_can_be_said_in_a_sentence(code):
    for sheet in (*sheets_of(code), *sheets_checked(code)):
        assert sentence(definition(sheet)).startswith(definition(sheet).name)


@pytest.mark.parametrize(
    ("fen", "wan"), [(1_205_000_00, 120.5), (5_000, 0.01), (4_999, 0.0), (-5_000, -0.01), (123_456_789_012, 123456.79)]
)
def test_money_is_rounded_once_from_fen_half_away_from_zero(fen, wan):
    assert money(fen) == wan
    assert Decimal(str(money(fen))) == Decimal(str(wan))


@pytest.mark.parametrize(
    ("value", "decimals", "words"),
    [
        (2000.0, 2, "2000.00"),
        (12500.5, 2, "12,500.50"),
        (-20.0, 2, "−20.00"),
        (8, 2, "8"),
        (None, 2, ""),
        ("近30", 2, "近30"),
    ],
)
def test_a_cell_is_printed_as_officials_write_it(value, decimals, words):
    assert text(value, decimals) == words


def test_a_question_comes_from_a_chapter_of_the_rule_book(tmp_path):
    """Of what no rule book knows the code is said."""
    findings = "number rule          title\n1      inspections.8 甲\n2      sides.2       乙\n3      older.1       丙"
    assert cells(filled(tmp_path, "t16", findings=findings), "来源") == ["检查、验收、评价", "两方", "older.1"]


def test_paragraphs_that_follow_each_other_are_said_together():
    assert joined(["第13段", "第14段", "第15段", "凭证", "第20段", "第21段"]) == "第13—15段、凭证、第20段、第21段"
    assert joined([]) == ""
