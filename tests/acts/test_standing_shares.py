"""Standing checks by the values of an adopted pack: shares of what was spent, money carried over."""

from datetime import date

from books import LEADER
from money import DESK, WAN

from duikou.acts.checking import run_checks
from duikou.acts.packs import adopt_pack
from duikou.records.models import Finding


def test_shares_of_what_was_spent_and_money_carried_over_are_checked_by_the_packs_values(book):
    adopt_pack(book.programme, "general", date(2012, 1, 1), person=LEADER, reason="联席会议定")
    paid = book.disburse(100, "拨-1")
    book.receive(100, "回-1", (paid, 100 * WAN))
    book.divide("分-1", 文化广场=60)
    book.pay(book.claim(20, "票 1", use="management_fee", stage="settled", progress=1000, done=60 * WAN), 20, "银-1")
    day = date(2016, 3, 5)  # four years later; the two years of 财预〔2015〕15号 are over
    run_checks(book.programme, person=DESK, day=day)
    found = set(Finding.objects.filter(raised=day).values_list("rule", "found"))
    assert ("shares.6", "管理费 20万元，占 100%") in found
    assert ("budgets.12", "60万元自 2012-03-05 结转") not in found  # 20 of it was spent
    assert ("budgets.12", "40万元自 2012-03-05 结转") in found
    assert not Finding.objects.filter(rule="shares.1", raised=day).exists()  # all of it counts as livelihood
