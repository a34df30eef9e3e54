"""A number keeps its hedge: two closed bounds, either of which may be open; sums are never surer than their parts."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from rules.plausible import MONEY, QUANTITIES

from duikou.rules.quantity import Hedge, Quantity, bounded, exactly, hedged, last_digit, said_number, yuan

WAN = 10**4 * 100  # fen in a 万元
YI = 10**8 * 100


@pytest.mark.parametrize(
    ("words", "hedge", "value", "unit", "low", "high"),
    [
        ("6亿元", "exact", 6 * YI, "fen", 6 * YI, 6 * YI),
        ("近6亿元", "nearly", 6 * YI, "fen", 540_000_000_00, 599_999_999_99),
        ("近百人", "nearly", 100, "person", 90, 99),
        ("近1918个", "nearly", 1918, "item", 1727, 1917),  # 0.9 × 1918 = 1726.2
        ("近5个", "nearly", 5, "item", 4, 4),  # no whole number lies in [4.5, 5)
        ("约56亿元", "about", 56 * YI, "fen", 5_320_000_000_00, 5_880_000_000_00),
        ("约30人", "about", 30, "person", 29, 31),  # 28.5 and 31.5 lie outside
        ("20多所", "odd", 20, "school", 20, 29),
        ("1600余万元", "odd", 1600 * WAN, "fen", 16_000_000_00, 16_999_999_99),
        ("4万多名", "odd", 40_000, "person", 40_000, 49_999),
        ("超21亿元", "over", 21 * YI, "fen", 2_100_000_000_01, None),
        ("100人以上", "at_least", 100, "person", 100, None),
        ("上亿元", "at_least", 1 * YI, "fen", 100_000_000_00, None),
        ("可达7.2万吨", "up_to", 72_000, "tonne", None, 72_000),
    ],
)
def test_a_hedge_word_has_closed_bounds(
    words: str, hedge: Hedge, value: int, unit: str, low: int | None, high: int | None
) -> None:
    assert hedged(hedge, value, unit, last_digit(value)) == Quantity(low, high, unit, hedge), words


def test_a_range_has_both_its_ends() -> None:
    assert hedged("range", 20 * WAN, "fen", upper=40 * WAN) == Quantity(200_000_00, 400_000_00, "fen", "range")
    with pytest.raises(ValueError, match="上限"):
        hedged("range", 20 * WAN, "fen")


def test_a_sum_of_closed_bounds_stays_closed() -> None:
    cash, more = yuan(53_130_000), hedged("odd", 1400 * WAN, "fen", 100 * WAN)  # 5313万 + 1400多万
    assert cash + more == Quantity(67_130_000_00, 68_129_999_99, "fen", "range")


def test_adding_an_open_end_stays_open() -> None:
    assert exactly(50, "person") + hedged("at_least", 100, "person") == Quantity(150, None, "person", "at_least")
    assert hedged("up_to", 40, "person") + hedged("nearly", 100, "person") == Quantity(None, 139, "person", "up_to")
    assert yuan(3) + hedged("over", 200, "fen") == Quantity(501, None, "fen", "over")  # 超2元 + 3元 = 超5元


def test_two_open_ends_that_leave_nothing_are_refused() -> None:
    with pytest.raises(ValueError, match="两端都不限"):
        hedged("at_least", 100, "person") + hedged("up_to", 40, "person")


def test_a_sum_takes_the_word_that_says_exactly_its_bounds() -> None:
    assert (exactly(50, "person") + exactly(40, "person")).hedge == "exact"
    assert exactly(0, "school") + hedged("odd", 20, "school", 10) == hedged("odd", 20, "school", 10)
    assert bounded(90, 99, "person").hedge == "nearly"
    assert bounded(92, 99, "person").hedge == "range"


def test_unlike_units_are_refused_and_both_are_named() -> None:
    with pytest.raises(ValueError, match="名与所不能相加"):
        exactly(5, "person") + exactly(20, "school")


def test_blank_is_not_zero() -> None:
    with pytest.raises(ValueError, match="两端都不限"):
        Quantity(None, None, "fen", "range")
    assert exactly(0, "fen").exact


def test_bounds_stand_in_order_and_an_exact_number_is_one_number() -> None:
    with pytest.raises(ValueError, match="大于上限"):
        Quantity(10, 9, "item", "range")
    with pytest.raises(ValueError, match="不是确数"):
        Quantity(9, 10, "item")


def test_money_is_whole_fen() -> None:
    assert yuan("0.05") == exactly(5, "fen")
    with pytest.raises(ValueError, match="不是整分"):
        yuan("0.005")


@pytest.mark.parametrize(
    ("one", "other", "meets", "contains"),
    [
        ((60, 69), (65, 80), True, False),
        ((60, 69), (60, 69), True, True),
        ((60, 69), (61, 68), True, True),
        ((60, 69), (70, 80), False, False),
        ((60, None), (69, 70), True, True),
        ((None, 69), (None, 60), True, True),
        ((None, 69), (60, None), True, False),
        ((None, 69), (70, None), False, False),
    ],
)
def test_bounds_meet_or_contain_others(
    one: tuple[int | None, int | None], other: tuple[int | None, int | None], meets: bool, contains: bool
) -> None:
    a, b = (Quantity(*bounds, "item", "range") for bounds in (one, other))
    assert (a.meets(b), b.meets(a), a.contains(b)) == (meets, meets, contains)


def test_consistent_is_not_derivable() -> None:
    """5313万 + 1400多万 meets 6700多万 but does not lie inside it (C6)."""
    total = yuan(53_130_000) + hedged("odd", 1400 * WAN, "fen", 100 * WAN)
    printed = hedged("odd", 6700 * WAN, "fen", 100 * WAN)
    assert printed.meets(total)
    assert not printed.contains(total)


@given(QUANTITIES)
def test_the_number_that_was_said_is_found_again(quantity: Quantity) -> None:
    number = said_number(quantity)
    if quantity.hedge == "range":
        assert number is None
    else:
        step = last_digit(number or 0, 100 if quantity.unit == "fen" else 1)
        assert hedged(quantity.hedge, number or 0, quantity.unit, step) == quantity


@given(st.lists(MONEY, min_size=3, max_size=3))
def test_the_order_of_adding_changes_nothing(quantities: list[Quantity]) -> None:
    a, b, c = quantities
    assert a + b == b + a
    assert (a + b) + c == a + (b + c)
