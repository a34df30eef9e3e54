"""How long money has lain and for which cause: layers, classes of age, the one cause; what is compared as the same."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from duikou.rules import checks
from duikou.rules.alike import Invoiced, alike, invoice_key, payee_key, same_payment
from duikou.rules.idle import AGES, Balance, Course, age, by_age, by_cause, cause, layers, months
from duikou.rules.packs import Choice, Pack
from duikou.terms.words import vocabulary

DAYS = st.dates(date(2010, 8, 1), date(2012, 12, 31))
MOVES = st.lists(st.tuples(DAYS, st.integers(-(10**9), 10**9)), max_size=30)
COURSES = st.builds(
    Course,
    claimed=st.sampled_from(["", *vocabulary()["stage"]]),
    usable=st.booleans(),
    settled=st.booleans(),
    status=st.sampled_from(["", "started", "in_production", "paid_over"]),
    priced=st.integers(0, 3),
    paid=st.integers(0, 3),
)
POSITIONS = st.sampled_from(["pool", "allotment", "transit", "account", "payable"])
BALANCES = st.builds(
    lambda course, position, moves: Balance(position, tuple(layers(moves)), cause(course, position)),
    st.one_of(st.none(), COURSES), POSITIONS, MOVES,
)  # fmt: skip


@given(MOVES)
def test_the_layers_add_up_to_the_balance_whatever_comes_and_goes(moves):
    left = layers(moves)
    assert sum(fen for _, fen in left) == sum(fen for _, fen in moves)
    assert [day for day, _ in left] == sorted({day for day, _ in left})
    assert len({fen > 0 for _, fen in left}) <= 1
    assert all(left)


@given(st.lists(BALANCES, max_size=8))
def test_every_balance_has_exactly_one_of_the_five_causes_and_their_sums_are_the_balances(balances):
    assert {balance.cause for balance in balances} <= set(vocabulary()["cause"])
    assert sum(by_cause(balances).values()) == sum(balance.amount for balance in balances)
    day = date(2013, 1, 1)
    ages = by_age(balances, day)
    assert sum(ages.values()) == sum(balance.amount for balance in balances)
    assert sum(by_cause(balances, day).values()) == sum(fen for months_, fen in ages.items() if months_)


def test_the_oldest_money_goes_first():
    moves = [(date(2011, 1, 1), 100), (date(2011, 3, 1), 50), (date(2011, 5, 1), -120)]
    assert layers(moves) == [(date(2011, 3, 1), 30)]


def test_money_that_went_before_it_came_takes_what_comes():
    assert layers([(date(2011, 1, 1), -30), (date(2011, 3, 1), 100)]) == [(date(2011, 3, 1), 70)]


def test_what_comes_back_on_the_day_it_went_is_as_old_as_before():
    moves = [(date(2011, 1, 1), 100), (date(2011, 3, 1), -40), (date(2011, 3, 1), 40)]
    assert layers(moves) == [(date(2011, 1, 1), 100)]


@pytest.mark.parametrize(
    ("came", "gone", "of"),
    [
        (date(2011, 9, 6), 5, 0),
        (date(2011, 9, 5), 6, 6),
        (date(2011, 3, 6), 11, 6),
        (date(2011, 3, 5), 12, 12),
        (date(2010, 9, 5), 18, 18),
        (date(2010, 3, 6), 23, 18),
        (date(2010, 3, 5), 24, 24),
        (date(1997, 3, 5), 180, 24),
    ],
)
def test_age_is_counted_in_whole_months(came, gone, of):
    day = date(2012, 3, 5)
    assert (months(came, day), age(came, day)) == (gone, of)
    assert of in (*AGES, 0)


@pytest.mark.parametrize(
    ("course", "position", "said"),
    [
        (None, "account", "not_started"),
        (Course(), "account", "not_started"),
        (Course(claimed="not_started"), "account", "not_started"),
        (Course(status="started"), "account", "unfinished"),
        (Course(claimed="basically_complete"), "account", "unfinished"),
        (Course(claimed="started", usable=True), "account", "not_accepted"),
        (Course(claimed="completed", priced=5, paid=4), "account", "not_accepted"),
        (Course(claimed="completed", priced=5, paid=5), "account", "built_with_balance"),
        (Course(claimed="started", priced=5, paid=5), "account", "unfinished"),  # paid, but nothing is built
        (Course(claimed="accepted"), "account", "not_claimed"),
        (Course(claimed="accepted"), "payable", "built_with_balance"),
        (Course(claimed="accepted", settled=True), "account", "built_with_balance"),
        (Course(claimed="started", status="in_production"), "account", "not_claimed"),
    ],
)
def test_the_cause_follows_the_stage(course, position, said):
    assert cause(course, position) == said


def test_idle_money_is_told_by_age_and_cause():
    old = Balance("account", ((date(2010, 3, 5), 100_000_00), (date(2012, 3, 1), 7_00)), "unfinished")
    newer = Balance("transit", ((date(2011, 9, 5), 50_000_00),), "not_started")
    (found,) = checks.asked_of(checks.Lying((old, newer)), checks.Checked(date(2012, 3, 5)))
    # 10 万元 24 months old, 5 万元 six; the 7 元 of this month are not idle
    assert found.found == "闲置 15万元：满24个月 10万元、满6个月 5万元；未完工 10万元、未开工 5万元"
    assert checks.at_stake(checks.Lying((old, newer)), checks.Checked(date(2012, 3, 5))) == 150_000_00


@pytest.mark.parametrize("fact", [checks.Spending(date(2011, 1, 1), 100, 0), checks.Works(100, 0, 100, 0, 100)])
def test_a_value_that_nobody_has_set_finds_nothing(fact):
    assert checks.asked_of(fact, checks.Checked(date(2012, 3, 5))) == []


def test_a_check_stops_nothing_and_can_be_put_out_of_use():
    fact, day = checks.Moved("spent", 100), date(2012, 3, 5)
    heavy = checks.Checked(day, Pack((Choice("checks.4", "stops"),)))
    assert [problem.weight for problem in checks.asked_of(fact, heavy)] == ["asks"]
    assert checks.asked_of(fact, checks.Checked(day, Pack((Choice("checks.4", "off"),)))) == []


def test_numbers_and_names_are_compared_as_eyes_confuse_them():
    assert invoice_key("No. 0012-l０O") == invoice_key("No.12-100".replace("No.12", "NO.0012"))
    assert invoice_key("---") == ""
    assert payee_key("某 建筑（青海）有限责任公司") == payee_key("某建筑(青海)有限公司")
    assert payee_key("甲建筑有限公司") != payee_key("乙建筑有限公司")


def test_each_is_held_against_the_earlier_ones_only():
    day = date(2012, 3, 5)
    bills = [Invoiced(f"{n}", "某公司", 100, day) for n in (1, 2)] + [Invoiced("3", "某公司", 100)]
    assert [len(one.like) for one in alike(bills, same_payment)] == [0, 1, 0]  # the third bears no day
