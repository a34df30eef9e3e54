"""The words of a quantity: as people say them, rounded once, and never more than the bounds allow."""

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st
from rules.plausible import LONG_RANGES, QUANTITIES, SAID_ONCE, SHORT_RANGES

from duikou.rules.quantity import Quantity, exactly, hedged, last_digit, yuan
from duikou.rules.reading import read
from duikou.rules.writing import Writing, joined, number_text, write

WAN = 10**4 * 100  # fen in a 万元
YI = 10**8 * 100


@pytest.mark.parametrize(
    ("quantity", "words"),
    [
        (yuan(20_000_000), "2000万元"),
        (yuan(99_999_999), "9999.9999万元"),
        (yuan(100_000_000), "1亿元"),
        (yuan(125_000_000_000), "1250亿元"),
        (yuan(1_250_000_000_000), "12,500亿元"),
        (yuan(0), "0万元"),
        (yuan("-300000"), "−30万元"),
        (hedged("nearly", 6 * YI, "fen"), "近6亿元"),
        (hedged("nearly", 100, "person"), "近百名"),
        (hedged("at_least", 1 * YI, "fen"), "上亿元"),
        (hedged("at_least", 6000 * WAN, "fen"), "6000万元以上"),
        (hedged("at_least", 120, "person"), "120名以上"),
        (hedged("odd", 20, "school", 10), "20多所"),
        (hedged("odd", 1600 * WAN, "fen", 100 * WAN), "1600多万元"),
        (hedged("about", 56 * YI, "fen"), "约56亿元"),
        (hedged("over", 21 * YI, "fen"), "超21亿元"),
        (hedged("up_to", 72_000, "tonne"), "可达7.2万吨"),
        (hedged("range", 20 * WAN, "fen", upper=40 * WAN), "20万元～40万元"),
        (hedged("range", 20 * WAN, "fen", upper=21 * WAN), "20万元～21万元"),
        (exactly(12_500, "person"), "12,500名"),
        (exactly(1250, "person"), "1250名"),
        (exactly(12, "month"), "12个月"),
    ],
)
def test_a_quantity_is_written_as_people_say_it(quantity: Quantity, words: str) -> None:
    assert write(quantity).text == words


def test_a_sum_of_hedged_parts_is_written_over_a_round_number() -> None:
    total = yuan(53_130_000) + hedged("odd", 1400 * WAN, "fen", 100 * WAN)  # [6713万, 6813万 − 1分]
    assert write(total).text == "超6700万元"
    assert read("超6700万元", "fen").contains(total)


def test_a_wide_sum_is_written_with_both_ends() -> None:
    total = yuan(1_600_000) + hedged("nearly", 6 * YI, "fen")  # [5.416亿, 6.016亿 − 1分]
    assert write(total).text == "5.416亿元～6.016亿元"


def test_a_sum_of_open_ends_is_written_without_stray_fen() -> None:
    total = hedged("over", 5 * YI, "fen") + hedged("over", 3 * YI, "fen")  # 8亿元 and 2 fen, or more
    assert write(total).text == "超8亿元"


@pytest.mark.parametrize(
    ("value", "scale", "digits", "text"),
    [
        (123_449_960_00, 10**10, 3, "1.234"),  # 1.2344996亿; by way of 12345万元 it would have been 1.235
        (5000_00, WAN, 0, "1"),  # half a 万元, away from zero
        (-5000_00, WAN, 0, "−1"),
        (4999_99, WAN, 0, "0"),
        (-1, YI, 2, "0.00"),
        (12_345_678_00, WAN, 2, "1234.57"),
        (125_000_000_00, WAN, 2, "12,500.00"),
        (-125_000_000_00, WAN, None, "−12,500"),
        (9999, 1, None, "9999"),
        (10_000, 1, None, "10,000"),
    ],
)
def test_a_number_is_rounded_once_from_fen_half_away_from_zero(
    value: int, scale: int, digits: int | None, text: str
) -> None:
    assert number_text(value, scale, digits) == text


def test_a_column_carries_the_hedge_and_a_sentence_the_unit_in_its_place() -> None:
    assert write(hedged("at_least", 6000 * WAN, "fen")) == Writing("6000以上", "万元", WAN, 0, "6000万元以上")
    assert write(hedged("odd", 20, "school", 10)) == Writing("20多", "所", 1, 0, "20多所")
    assert write(yuan(12_345_678), digits=2) == Writing("1234.57", "万元", WAN, 2, "1234.57万元")
    assert joined("100以上", "名") == "100名以上"


def test_a_scale_that_is_asked_for_is_kept() -> None:
    assert write(hedged("nearly", 6 * YI, "fen"), scale=WAN).text == "近60,000万元"
    assert write(hedged("at_least", 1 * YI, "fen"), scale=WAN).text == "10,000万元以上"


@given(SAID_ONCE)
def test_what_is_written_reads_back_as_it_was(quantity: Quantity) -> None:
    assert read(write(quantity).text, quantity.unit) == quantity


@given(SHORT_RANGES)
def test_a_range_of_short_numbers_reads_back_as_it_was(quantity: Quantity) -> None:
    assert read(write(quantity).text, quantity.unit) == quantity


@given(LONG_RANGES)
def test_a_range_of_long_numbers_reads_back_as_no_more_than_it_was(quantity: Quantity) -> None:
    assert read(write(quantity).text, quantity.unit).contains(quantity)


@given(st.integers(-(10**17), 10**17))
def test_exact_money_keeps_every_fen(fen: int) -> None:
    assert read(write(exactly(fen, "fen")).text, "fen") == exactly(fen, "fen")


@given(QUANTITIES, QUANTITIES)
def test_the_words_of_a_sum_never_say_more_than_the_sum(one: Quantity, other: Quantity) -> None:
    other = Quantity(other.low, other.high, one.unit, other.hedge)
    assume(not (None in (one.low, other.low) and None in (one.high, other.high)))
    total = one + other
    assert read(write(total).text, one.unit).contains(total)


@given(
    st.sampled_from(["about", "nearly", "odd", "over", "at_least", "up_to"]),
    st.integers(1, 10**14),
    st.sampled_from([WAN, YI, None]),
    st.sampled_from([0, 1, 2, None]),
)
def test_a_hedged_number_says_no_more_in_any_scale(hedge, fen: int, scale: int | None, digits: int | None) -> None:
    quantity = hedged(hedge, fen, "fen", last_digit(fen, 100))
    assert read(write(quantity, scale, digits).text, "fen").contains(quantity)


@given(st.integers(0, 10**14), st.integers(0, 10**14), st.sampled_from([WAN, YI]), st.sampled_from([0, 1, 2]))
def test_the_ends_of_a_range_are_rounded_outwards(low: int, width: int, scale: int, digits: int) -> None:
    quantity = Quantity(low, low + width, "fen", "range")
    assert read(write(quantity, scale, digits).text, "fen").contains(quantity)
