"""Further cases of the rules of readings, and the codes of a series."""

from dataclasses import replace
from datetime import date

import pytest
from rules.cases_readings import ADOPT, FIRST, KNOWN, SERIES, B, reading, where

from duikou.acts.journal import canonical
from duikou.rules import readings

ENTRIES = {
    "name": "已拨付", "en": "disbursed", "why": "拨出的资金", "rests_on": "指标文件", "of": "entries", "add": "amount", "unit": "fen",
    "kind": "flow", "state": "disbursed", "where": {"state": ["disbursed"], "standing": ["total", "own"]}, "valid_from": "2010-08-30",
}  # fmt: skip
LEDGER = {"state": ("secured", "disbursed", "received"), "standing": ("own", "total", "part", "outside")}
OF_MONEY = readings.ReadingStanding(series=readings.Series(ENTRIES, ENTRIES, LEDGER))


def of_money(**conditions):
    sheet = ENTRIES | {
        "where": {k: v for k, v in (ENTRIES["where"] | conditions).items() if v},
        "valid_from": "2012-01-01",
    }
    return readings.proposed("funds.disbursed.b", sheet, author="yewu", reason="x")


@pytest.mark.parametrize(
    ("code", "series", "later"),
    [
        ("funds.disbursed", "funds.disbursed", False),
        ("funds.disbursed.b", "funds.disbursed", True),
        ("funds.disbursed.a", "funds.disbursed.a", False),  # the first reading bears no letter
    ],
)
def test_a_letter_tells_a_later_reading_from_the_first(code, series, later):
    assert (readings.series_of(code), readings.lettered(code)) == (series, later)


def test_a_letter_is_used_once_and_after_z_another_statistic_is_needed():
    used = [f"funds.disbursed.{letter}" for letter in "bcd"]
    assert readings.next_code("funds.disbursed", []) == "funds.disbursed.b"
    assert readings.next_code("funds.disbursed", used) == "funds.disbursed.e"
    assert readings.next_code("funds.disbursed", [f"funds.disbursed.{x}" for x in "bcdefghijklmnopqrstuvwxyz"]) == ""


@pytest.mark.parametrize("code", ["donations.education", "donations.computers.b", "donations.education.2", ""])
def test_a_code_of_another_form_or_series_is_refused(code):
    fact = replace(B, code=code)
    assert readings.reading_has_a_code_of_its_own.ask(fact, KNOWN).found == (code or "没有代码")


def test_a_stated_total_and_its_parts_are_not_put_into_one_reading():
    rule = readings.reading_adds_what_may_be_added
    assert rule.ask(of_money(), OF_MONEY) is None
    assert rule.ask(of_money(standing=["own"]), OF_MONEY) is None
    for mixed in (["total", "part"], ["own", "total", "part"], None):  # without a condition every word is taken
        assert "总数与它的分项" in rule.ask(of_money(standing=mixed), OF_MONEY).found


def test_money_in_another_state_is_another_statistic():
    rule = readings.reading_counts_the_same_thing
    for state in (["received"], ["disbursed", "received"], None):
        assert "state" in rule.ask(of_money(state=state), OF_MONEY).found


def test_goods_that_are_let_in_by_dropping_the_condition_are_refused_too():
    fact = reading(where={"sector": ["education"]})
    assert "实物、服务没有金额" in readings.reading_adds_what_may_be_added.ask(fact, KNOWN).found


def test_a_column_the_table_does_not_have_and_an_empty_condition_are_named():
    rule = readings.reading_fits_its_table
    assert rule.ask(where(weather=["rain"]), KNOWN).found == "条件 weather"
    assert rule.ask(where(sector=[]), KNOWN).found == "条件 sector 没有选词"
    assert rule.ask(where(giver=["tj-fic"]), KNOWN) is None  # a column of codes, not of terms


def test_a_reading_begins_after_the_one_before_it():
    rule = readings.reading_begins_after_what_is_closed
    youngest = replace(KNOWN, readings=(*KNOWN.readings, readings.Reading("donations.education.b", date(2012, 1, 1))))
    assert "2012-01-01 以后" in rule.ask(reading("donations.education.c"), youngest).expected
    refused = replace(youngest, readings=(readings.Reading("donations.education.b", date(2012, 1, 1), "refused"),))
    assert rule.ask(reading("donations.education.c"), refused) is None


def test_a_refusal_asks_no_day():
    refusal = replace(ADOPT, state="refused", valid_from=date(2000, 1, 1))
    assert readings.reading_begins_after_what_is_closed.ask(refusal, KNOWN) is None


@pytest.mark.parametrize("lacking", ["name", "why", "rests_on"])
def test_what_is_not_said_is_named(lacking):
    assert "没有写" in readings.reading_says_why.ask(reading(**{lacking: " "}), KNOWN).found


def test_the_text_of_a_reading_is_stored_text():
    assert B.text == canonical(dict(B.sheet))
    assert B.sheet["follows"] == "donations.education"
    assert SERIES.first is FIRST
