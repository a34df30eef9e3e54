"""A total may stand without its parts: a payment fills a stated total in, adds to it, or there is none."""

from dataclasses import replace
from datetime import date

import pytest

from duikou.rules.funds import (
    Disbursement,
    FundsStanding,
    after,
    case_of,
    detail_within_its_total,
    disbursed_within_secured,
    fen,
)
from duikou.rules.quantity import exactly, hedged, yuan

# 2000万 secured; the source says 1000万 were paid by 29 August, none of them is listed yet.
NONE_STATED = FundsStanding(today=date(2011, 9, 30), secured_parts=(20_000_000_00,), pool=20_000_000_00)
STATED = replace(
    NONE_STATED, pool=10_000_000_00, stated=10_000_000_00, undivided=10_000_000_00, stated_on=date(2011, 8, 29)
)


def payment(amount: int, day: date) -> Disbursement:
    return Disbursement(amount=yuan(amount), paid_on=day)


@pytest.mark.parametrize(
    ("day", "standing", "case"),
    [
        (date(2011, 8, 28), STATED, "fills"),
        (date(2011, 8, 29), STATED, "fills"),
        (date(2011, 8, 30), STATED, "adds"),
        (date(2011, 8, 28), NONE_STATED, "first"),
        (date(2011, 8, 30), NONE_STATED, "first"),
    ],
)
def test_the_day_of_a_payment_decides_its_case(day: date, standing: FundsStanding, case: str) -> None:
    assert case_of(payment(2_000_000, day), standing) == case


def test_a_payment_that_fills_draws_on_the_total_and_leaves_the_pool() -> None:
    """来源 1000万, 构成已列 200万, 数不变."""
    standing = after(payment(2_000_000, date(2011, 8, 29)), STATED)
    assert (standing.listed, standing.undivided, standing.pool) == (2_000_000_00, 8_000_000_00, 10_000_000_00)


def test_a_payment_after_the_total_adds_to_it_and_draws_on_the_pool() -> None:
    """来源 1000万 + 其后 200万 = 1200万."""
    standing = after(payment(2_000_000, date(2011, 8, 30)), STATED)
    assert (standing.listed, standing.undivided, standing.pool) == (0, 10_000_000_00, 8_000_000_00)
    assert standing.secured - standing.pool == 12_000_000_00


def test_without_a_total_a_payment_draws_on_the_pool() -> None:
    standing = after(payment(2_000_000, date(2011, 8, 29)), NONE_STATED)
    assert (standing.listed, standing.pool) == (0, 18_000_000_00)


def test_a_list_of_payments_meets_what_those_before_it_left() -> None:
    standing = STATED
    for amount in (6_000_000, 4_000_000):
        listed = payment(amount, date(2011, 8, 1))
        assert detail_within_its_total.ask(listed, standing) is None
        standing = after(listed, standing)
    one_more = detail_within_its_total.ask(payment(1, date(2011, 8, 1)), standing)
    assert one_more is not None
    assert one_more.found == "连同本笔已列 1000.0001万元"
    assert one_more.expected == "不超过来源总数 1000万元（截至 2011-08-29）"


def test_what_fills_a_total_is_not_measured_against_the_pool() -> None:
    empty = replace(STATED, pool=0)
    assert disbursed_within_secured.ask(payment(10_000_000, date(2011, 8, 29)), empty) is None
    assert disbursed_within_secured.ask(payment(1, date(2011, 8, 30)), empty) is not None


def test_what_adds_to_a_total_is_not_measured_against_it() -> None:
    assert detail_within_its_total.ask(payment(10_000_001, date(2011, 8, 30)), STATED) is None


def test_a_voucher_once_used_is_remembered_within_a_list() -> None:
    first = replace(payment(1, date(2011, 9, 1)), voucher="2011-7")
    assert after(first, STATED).vouchers == frozenset({"2011-7"})
    assert after(payment(1, date(2011, 9, 1)), STATED).vouchers == frozenset()


def test_only_an_exact_quantity_is_booked_in_fen() -> None:
    assert fen(yuan(2)) == 200
    with pytest.raises(ValueError, match="不是确数"):
        fen(hedged("about", 200_00, "fen"))
    with pytest.raises(ValueError, match="不是确数"):
        fen(hedged("at_least", 200, "fen"))
    assert fen(exactly(0, "fen")) == 0
