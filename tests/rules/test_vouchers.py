"""A voucher number is one number however it is typed, and a payment lies inside a stated total by its days."""

from datetime import date

import pytest

from duikou.rules.funds import fills, voucher_key


@pytest.mark.parametrize("typed", ["V-1", "v-1", "Ｖ-1", "V-1\u200b", " V - 1 "])
def test_one_number_is_one_number_however_it_is_typed(typed):
    assert voucher_key(typed) == "v-1"


def test_other_numbers_stay_apart():
    assert voucher_key("津财拨〔2011〕81号") != voucher_key("津财拨〔2011〕18号")


@pytest.mark.parametrize(
    ("day", "inside"),
    [(date(2010, 12, 31), False), (date(2011, 1, 1), True), (date(2011, 8, 29), True), (date(2011, 8, 30), False)],
)
def test_a_payment_fills_a_total_in_by_its_days(day, inside):
    assert fills(day, date(2011, 1, 1), date(2011, 8, 29)) is inside
