"""勾稽: examples from published reports (parts and totals, rates, 其中) and the tightest reading of each."""

from decimal import Decimal

import pytest

from duikou.rules.quantity import Quantity, exactly, hedged, yuan
from duikou.rules.writing import write
from duikou.statistics.checks import (
    balance_reading,
    derivable,
    part_reading,
    share_reading,
    step_reading,
    sum_reading,
)

WAN, YI = 10**6, 10**10  # fen


def wan(*values: str) -> list[Quantity]:
    """Sums of money given in 万元."""
    return [yuan(Decimal(v) * 10**4) for v in values]


def yi(*values: str) -> list[Quantity]:
    """Sums of money given in 亿元."""
    return [yuan(Decimal(v) * 10**8) for v in values]


def items(*values: int) -> list[Quantity]:
    """Counts."""
    return [exactly(v, "item") for v in values]


@pytest.mark.parametrize(
    ("parts", "total"),
    [
        (wan("2912", "27445", "6182", "4520", "700"), wan("41759")[0]),  # an audit notice: by area
        (yi("2.94", "3.35", "1.45"), yi("7.74")[0]),
        (wan("1909.98", "753.28"), wan("2663.26")[0]),
        (yi("18", "9.93", "3.86"), yi("31.79")[0]),
        (items(4, 29, 17, 19, 7), exactly(76, "item")),  # the same audit: projects by area
        (items(13, 10, 5, 11, 6, 31), exactly(76, "item")),  # and by field: two ways of cutting agree
        (items(210, 260, 24), exactly(494, "item")),
        (wan("61739", "18761"), wan("80500")[0]),  # in = out + balance
        (wan("40460", "1299"), wan("41759")[0]),  # disbursed + reserve
    ],
)
def test_parts_that_make_their_total_to_the_last_unit_are_equal(parts: list[Quantity], total: Quantity) -> None:
    assert sum_reading(parts, total).code == "equal"


@pytest.mark.parametrize(
    ("part", "whole", "rate"),
    [
        (239, 300, "79.67"),
        (943, 1022, "92.3"),
        (115840, 132627, "87.34"),
        (5732, 5643, "101.6"),
        (4644, 5643, "82.3"),  # across two documents: 464.4亿 is 82.3 % of the plan of 564.3亿 printed a year later
    ],
)
def test_a_rate_rounded_to_the_decimals_it_is_printed_with_is_rounded(part: int, whole: int, rate: str) -> None:
    assert share_reading(exactly(part, "item"), exactly(whole, "item"), Decimal(rate)).code == "rounded"


@pytest.mark.parametrize(
    ("part", "whole", "rate", "why"),
    [
        ("2405.4", "3244", "74.14", "74.149 %"),
        ("47.92", "46.67", "102.6", "102.68 %"),
        ("3064", "3794", "80", "80.8 %"),
    ],
)
def test_a_rate_that_was_cut_off_is_truncated(part: str, whole: str, rate: str, why: str) -> None:
    assert share_reading(wan(part)[0], wan(whole)[0], Decimal(rate)).code == "truncated"


def test_truncated_is_tried_before_the_numbers_are_taken_as_intervals() -> None:
    # As intervals (2405.4 ± 0.05) ÷ (3244 ± 0.5) meets 74.14 ± 0.005 and would hide the cut.
    reading = share_reading(wan("2405.4")[0], wan("3244")[0], Decimal("74.14"), digits=(WAN // 10, WAN))
    assert reading.code == "truncated"
    assert reading.detail == "2405.4万元 ÷ 3244万元 ＝ 74.149%，写作74.14%"


@pytest.mark.parametrize(("part", "whole", "rate"), [("6801.05", "10907.64", "60"), ("32", "136", "13")])
def test_a_rate_of_another_base_fails(part: str, whole: str, rate: str) -> None:
    assert share_reading(wan(part)[0], wan(whole)[0], Decimal(rate)).code == "fails"


def test_money_beside_a_total_that_includes_goods_fails_by_what_the_goods_are_worth() -> None:
    parts, digits = wan("6000", "2530", "884.93"), [WAN, WAN, WAN // 100]
    reading = sum_reading(parts, wan("9990.93")[0], digits=digits, digit=WAN // 100)
    assert reading.code == "fails"
    assert reading.detail == "6000万元 ＋ 2530万元 ＋ 884.93万元 ＝ 9414.93万元，合计为9990.93万元"


def test_a_hedged_part_is_consistent_with_a_hedged_total_but_does_not_make_it() -> None:
    parts = [*wan("5313"), hedged("odd", 1400 * WAN, "fen", 100 * WAN)]  # 5313万 + 1400多万 = [6713万, 6813万)
    total = hedged("odd", 6700 * WAN, "fen", 100 * WAN)  # 6700多万 = [6700万, 6800万)
    assert sum_reading(parts, total).code == "consistent"
    assert not derivable(parts, total)
    assert derivable(parts, hedged("over", 6700 * WAN, "fen"))


def test_a_total_printed_more_coarsely_than_its_parts_is_rounded() -> None:
    parts = yi("10.64", "1.6576")  # 12.2976, printed 12.3
    assert sum_reading(parts, yi("12.3")[0], digit=YI // 10).code == "rounded"


def test_a_stated_more_than_is_consistent_with_what_is_above_it() -> None:
    assert sum_reading(yi("104.56"), hedged("over", 100 * YI, "fen")).code == "consistent"


def test_our_own_records_are_checked_without_any_tolerance() -> None:
    assert sum_reading([yuan("0.01"), yuan("0.01")], yuan("0.03")).code == "fails"


def test_a_total_with_a_blank_part_cannot_be_judged() -> None:
    assert sum_reading([*wan("300"), None], wan("490")[0]).code == "unjudged"
    assert sum_reading([], wan("490")[0]).code == "unjudged"
    assert share_reading(None, wan("1")[0], Decimal("50.0")).code == "unjudged"


def test_a_difference_that_rounding_could_make_but_hardly_does_asks() -> None:
    # Nine parts in whole 亿: half of ten units is 5亿 of slack, yet more than 3·√(10/12) = 2.74亿 is improbable.
    parts, digits = yi(*["1"] * 9), [YI] * 9
    assert sum_reading(parts, yi("13")[0], digits=digits, digit=YI).improbable
    assert not sum_reading(parts, yi("11")[0], digits=digits, digit=YI).improbable
    assert sum_reading(parts, yi("15")[0], digits=digits, digit=YI).code == "fails"


def test_a_part_is_within_its_whole() -> None:
    employed, of_them_poor = hedged("odd", 3200, "person", 100), hedged("nearly", 2000, "person")
    assert part_reading(of_them_poor, employed).code == "within"
    assert part_reading(employed, of_them_poor).code == "fails"
    assert part_reading(exactly(12, "item"), exactly(12, "item")).code == "equal"
    assert part_reading(None, employed).code == "unjudged"


def test_a_detail_shows_the_sum_as_an_official_would_write_it() -> None:
    assert sum_reading(wan("300", "160", "30"), wan("490")[0]).detail == "300万元 ＋ 160万元 ＋ 30万元 ＝ 490万元"
    assert share_reading(wan("1000")[0], wan("2000")[0], Decimal("50.0")).detail == "1000万元 ÷ 2000万元 ＝ 50.0%"


def test_two_hedged_parts_are_worded_as_more_than_what_holds_for_all_they_may_be() -> None:
    parts = [*wan("5313"), hedged("odd", 1400 * WAN, "fen", 100 * WAN)]
    total = parts[0] + parts[1]
    assert write(total).text == "超6700万元"
    assert derivable(parts, hedged("over", 6700 * WAN, "fen"))


def test_ten_years_of_six_givers_are_rounded_to_the_printed_total() -> None:
    assert sum_reading(yi("10.64", "1.6576"), yi("12.3")[0], digit=YI // 10).detail.endswith("合计为12.3亿元")


def test_what_came_in_is_what_went_out_and_a_balance() -> None:
    # an audit notice: 80500 万元 in, 61739 out, 18761 left
    reading = balance_reading(wan("80500"), wan("61739"))
    assert (reading.code, reading.detail) == ("equal", "8.05亿元 ＝ 6.1739亿元 ＋ 结余 1.8761亿元")
    assert balance_reading(wan("41759"), wan("40460")).detail.endswith("结余 1299万元")  # the reserve


def test_more_going_out_than_came_in_fails() -> None:
    assert balance_reading(wan("100"), wan("60", "41")).code == "fails"


def test_a_balance_of_which_a_side_is_not_reported_cannot_be_judged() -> None:
    assert balance_reading(wan("100"), [None]).code == "unjudged"
    assert balance_reading([None], wan("100")).code == "unjudged"
    assert balance_reading([], []).detail == "收支都未报"


def test_a_balance_of_hedged_money_is_consistent_and_no_number() -> None:
    assert balance_reading([hedged("nearly", 100 * WAN, "fen")], wan("50")).code == "consistent"


def test_what_was_cumulated_a_month_ago_and_the_month_make_what_is_cumulated_now() -> None:
    before, month, now = wan("300", "190", "490")
    assert step_reading(before, month, now).code == "equal"
    assert step_reading(before, month, now).detail == "490万元 － 300万元 ＝ 190万元"
    assert step_reading(before, month, wan("500")[0]).code == "fails"


def test_the_first_month_is_all_that_is_cumulated_and_nothing_at_all_is_not_judged() -> None:
    month, now = wan("190", "190")
    assert step_reading(None, month, now).code == "equal"
    assert step_reading(None, None, None).code == "unjudged"
    assert step_reading(month, None, None).code == "fails"  # a cumulated number does not vanish


def test_two_quarters_of_a_flow_make_a_half_year() -> None:
    assert sum_reading(wan("310.25", "179.75"), wan("490")[0]).code == "equal"
