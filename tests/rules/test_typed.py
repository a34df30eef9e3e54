"""Amounts as a cell has them: a bare number in the unit of its column says what it says with the unit behind it."""

import pytest

from duikou.rules.quantity import exactly
from duikou.rules.typed import read_amount

UNITS = ("元", "千元", "万元", "百万元", "亿元", "万")
NUMBERS = ("0", "7", "007", "12.5", "0.25", "1234.56", "99999999", "123456789012345")


@pytest.mark.parametrize(
    ("typed", "unit", "fen"),
    [
        ("12.5", "万元", 12_500_000),  # 125 000 yuan
        ("3", "千元", 300_000),
        ("0.01", "元", 1),
        ("0", "万元", 0),
        ("1.5", "亿元", 15_000_000_000),
        ("1,200", "元", 120_000),
        ("１２", "万元", 12_000_000),
        ("-2", "元", -200),
    ],
)
def test_a_bare_number_is_in_the_unit_of_its_column(typed, unit, fen):
    assert read_amount(typed, unit) == exactly(fen, "fen")


@pytest.mark.parametrize("unit", UNITS)
@pytest.mark.parametrize("number", NUMBERS)
def test_the_unit_of_the_column_and_the_unit_in_the_cell_say_the_same(number, unit):
    assert said(number, unit) == said(f"{number}{unit}", "元")


def said(typed, unit):
    try:
        return read_amount(typed, unit)
    except ValueError as error:
        return type(error)


@pytest.mark.parametrize(
    ("typed", "unit"), [("0.001", "元"), ("0.0000001", "万元"), ("5 7", "万元"), ("1.2.3", "元"), ("", "元")]
)
def test_what_is_finer_than_a_fen_or_no_number_is_refused(typed, unit):
    with pytest.raises(ValueError, match=r"不足一分|读不成金额|填写金额"):
        read_amount(typed, unit)


@pytest.mark.parametrize("unit", ["约万元", "万美元", "个", "万元以上"])
def test_a_word_that_is_no_unit_of_money_gives_no_exact_amount(unit):
    """What a heading calls a unit may be none: the number is then read with it, or refused, never taken for yuan."""
    found = said("3", unit)
    assert found is ValueError or not found.exact
