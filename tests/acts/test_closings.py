"""关账: months and years are closed and opened again by acts; what comes later for their days is marked 补报."""

import pytest
from books import LEADER
from money import DESK, WAN

from duikou.acts.closings import close_period, closed, line_of, reopen_period
from duikou.acts.verify import verify
from duikou.records.models import Entry, Finding, JournalLine
from duikou.rules.closings import Closing
from duikou.rules.period import parse
from duikou.rules.problem import Refused


def close(book, period, sheet="三方对账单"):
    return close_period(Closing(when=parse(period), reconciled=sheet), programme=book.programme, person=DESK)


def test_what_comes_after_a_month_was_closed_is_marked_late_and_bears_its_own_day(book):
    before = book.disburse(10, "拨-1")
    close(book, "2012-03")
    later = book.disburse(5, "拨-2")  # of 2012-03-05, as the first
    assert Entry.objects.get(pk=before).late is None
    assert Entry.objects.get(pk=later).late is True
    assert Entry.objects.get(pk=later).when == Entry.objects.get(pk=before).when
    assert (book.balance("transit", book.hn), verify().problems) == (15 * WAN, ())


def test_a_closed_year_closes_its_days_and_a_reopened_one_takes_them_again(book):
    close(book, "2012")
    reopen_period(parse("2012"), programme=book.programme, person=LEADER, reason="漏记一笔")
    assert Entry.objects.get(pk=book.disburse(5, "拨-3")).late is None
    assert closed(book.programme) == {}
    close(book, "2012")
    assert [period.code for period in closed(book.programme)] == ["2012"]


def test_the_line_that_closed_a_period_is_known(book):
    close(book, "2012-03")
    (closing,) = closed(book.programme).values()
    line = line_of(closing)
    book.disburse(5, "拨-4")
    assert line == line_of(closing) == JournalLine.objects.count() - 1


def test_a_month_closed_without_reconciling_asks_for_the_sheet(book):
    close(book, "2012-02", "")
    assert Finding.objects.filter(rule="closings.3").count() == 1


@pytest.mark.parametrize(
    ("period", "rule"), [("2012-03-05", "closings.1"), ("2012..2013", "closings.1"), ("2999", "closings.1")]
)
def test_what_is_no_month_or_year_or_has_not_ended_is_not_closed(book, period, rule):
    with pytest.raises(Refused) as refused:
        close(book, period)
    assert [problem.code for problem in refused.value.problems] == [rule]


def test_a_period_is_closed_once_and_reopened_with_a_reason(book):
    close(book, "2012-03")
    with pytest.raises(Refused):
        close(book, "2012-03")
    with pytest.raises(Refused):
        reopen_period(parse("2012-03"), programme=book.programme, person=LEADER, reason=" ")
    with pytest.raises(Refused):
        reopen_period(parse("2012-04"), programme=book.programme, person=LEADER, reason="没有关过")
