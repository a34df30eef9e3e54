"""Intentions in the book: asked about when they age, and no longer once a step has followed."""

from datetime import date

import pytest
from books import LEADER, OFFICER

from duikou.acts.accepting import record_fact
from duikou.acts.checking import run_checks
from duikou.acts.packs import adopt_pack
from duikou.records.models import Finding
from duikou.rules.enterprises import Intent, Investment, InvestmentStep
from duikou.rules.period import on

DAY = date(2012, 3, 5)
LATER = date(2013, 3, 6)  # a year and a day


@pytest.fixture
def general(book):
    """The programme has chosen the rules that hold everywhere: twelve months."""
    adopt_pack(book.programme, "general", DAY, person=LEADER)
    return book


def firm(book, name="矿泉水厂", **more):
    fact = Investment(name=name, status="preparing", benefit="带动 20 户", when=on(DAY), **more)
    return record_fact(fact, programme=book.programme, person=OFFICER)


def step(book, investment, what, day):
    fact = InvestmentStep(investment=investment, step=what, when=on(day))
    return record_fact(fact, programme=book.programme, person=OFFICER)


def asked(book, day):
    run_checks(book.programme, person=OFFICER, day=day)
    rows = Finding.objects.filter(rule="intentions.1", record__programme=book.programme).exclude(state="settled")
    return [
        (row.found, row.last) for row in rows.order_by("pk") if str(DAY) in row.found
    ]  # the example has an older one


def test_a_signed_investment_is_asked_about_after_a_year_and_not_once_it_is_registered(general):
    number = firm(general)
    step(general, number, "signed", DAY)
    assert len(asked(general, date(2013, 3, 5))) == 0
    assert asked(general, LATER) == [("“签约”是 2012-03-05，至今 12 个月没有下一步", None)]
    step(general, number, "registered", date(2013, 3, 7))
    assert asked(general, date(2013, 3, 8)) == [("“签约”是 2012-03-05，至今 12 个月没有下一步", date(2013, 3, 8))]


def test_a_letter_of_intent_ages_until_an_investment_comes_of_it(general):
    fact = Intent(event="经贸洽谈会签约", when=on(DAY))
    record_fact(fact, programme=general.programme, person=OFFICER)
    assert len(asked(general, LATER)) == 1
    followed = Intent(event="农博会签约", investment=firm(general), when=on(DAY))
    step(general, followed.investment, "built", date(2012, 9, 1))
    record_fact(followed, programme=general.programme, person=OFFICER)
    assert len(asked(general, LATER)) == 1


def test_an_investment_of_which_no_step_is_told_ages_from_the_day_it_is_told_of(general):
    firm(general)
    assert asked(general, LATER) == [("“意向”是 2012-03-05，至今 12 个月没有下一步", None)]
    built = Investment(name="酒店", status="in_production", benefit="带动 5 户", when=on(DAY))
    record_fact(built, programme=general.programme, person=OFFICER)
    assert len(asked(general, LATER)) == 1


def test_a_programme_that_has_set_no_months_is_not_asked(book):
    step(book, firm(book), "signed", DAY)
    assert asked(book, date(2020, 1, 1)) == []
