"""The table of rights as it is read, how far each word of it reaches, and what no table of ours may ever say."""

import csv
from pathlib import Path

import pytest

from duikou.rules import rights
from duikou.rules.offices import APART
from duikou.rules.rights import Person, Place, Post, contains, everywhere, may, may_somewhere, table, who_may
from duikou.terms.words import vocabulary

COUNTY = Person("tongren", (Post("county_clerk", "trxzyb", "632321", "tj-hn"),))
OFFICER = Person("yewu", (Post("programme_officer", "tjhzb", "120000", "tj-hn"),))
SECURITY = Person("anquan", (Post("security_officer", "tjhzb", "120000"),))
VISITOR = Person()


def test_the_file_is_in_words_an_official_reads() -> None:
    heads, *rows = csv.reader(Path(rights.TABLE).read_text("utf-8").splitlines())
    assert heads[:3] == ["办什么", "状态", "业务员"]
    assert ["登记拨付", "", "本项目方案", "", "", "本项目方案", "", "", "", "", "", ""] in rows


def test_every_act_stands_in_the_table_once_in_each_state() -> None:
    rows = [tuple(row[:2]) for row in csv.reader(Path(rights.TABLE).read_text("utf-8").splitlines())]
    assert len(rows) == len(set(rows))
    assert {act for act, _ in table()} == set(vocabulary()["act"])


@pytest.mark.parametrize(
    ("person", "act", "place", "allowed"),
    [
        (OFFICER, "record_disbursement", Place(programme="tj-hn"), True),
        (OFFICER, "record_disbursement", Place(programme="bj-ht"), False),
        (OFFICER, "record_disbursement", Place(), False),  # what belongs to no programme is nobody's own
        (OFFICER, "see_figures", Place(programme="tj-hn", state="internal"), True),
        (OFFICER, "see_figures", Place(programme="bj-ht", state="internal"), False),
        (OFFICER, "see_figures", Place(programme="bj-ht", state="public"), True),
        (VISITOR, "see_figures", Place(programme="bj-ht", state="public"), True),
        (VISITOR, "see_figures", Place(programme="bj-ht", state="internal"), False),
        (VISITOR, "record_disbursement", Place(programme="bj-ht", state="public"), False),
        (COUNTY, "see_records", Place(programme="tj-hn", area="632321", state="internal"), True),
        (
            COUNTY,
            "see_records",
            Place(programme="tj-hn", area="632301", state="internal"),
            True,
        ),  # 同仁县 became 同仁市
        (COUNTY, "see_records", Place(programme="tj-hn", area="632322", state="internal"), False),
        (COUNTY, "see_records", Place(programme="tj-hn", area="632300", state="internal"), False),
        (COUNTY, "see_records", Place(programme="tj-hn", state="internal"), False),
        (COUNTY, "see_figures", Place(programme="tj-hn", area="632321", state="internal"), False),
        (COUNTY, "see_offices", Place(office="trxzyb"), True),
        (COUNTY, "see_offices", Place(office="tjhzb"), False),
        (COUNTY, "see_offices", Place(), False),
        (COUNTY, "see_own", Place(account="tongren"), True),
        (COUNTY, "see_own", Place(account="yewu"), False),
        (VISITOR, "see_own", Place(account=""), False),
        (SECURITY, "appoint", Place(), True),
        (SECURITY, "open_account", Place(), False),
        (everywhere("o", "programme_officer"), "record_disbursement", Place(programme="bj-ht"), True),
        (OFFICER, "no_such_act", Place(programme="tj-hn"), False),
    ],
)
def test_a_right_reaches(person: Person, act: str, place: Place, allowed: bool) -> None:
    assert may(person, act, place) is allowed


@pytest.mark.parametrize(
    ("area", "other", "inside"),
    [
        ("630000", "632321", True), ("632300", "632321", True), ("632321", "632321", True), ("632321", "632322", False),
        ("632321", "632301", True), ("632301", "632321", True), ("632300", "632721", False), ("410000", "632324", False),
        ("", "632321", False), ("632300", "", False), ("632321", "632300", False),
    ],
)  # fmt: skip
def test_an_area_contains(area: str, other: str, inside: bool) -> None:
    assert contains(area, other) is inside


def test_the_three_officers_do_no_work_of_the_programme() -> None:
    work = ("record_disbursement", "load_programme", "open_programme", "keep_document", "publish_programme")
    assert not {role for act in work for role in who_may(act)} & set(APART)


def test_no_one_of_the_three_can_both_open_an_account_and_give_it_a_role() -> None:
    assert set(who_may("open_account")) == {"administrator"}
    assert set(who_may("appoint")) == {"security_officer"}
    assert not set(who_may("reset_password")) & set(who_may("reset_second_factor"))


def test_the_public_changes_nothing() -> None:
    assert {act for (act, _), cells in table().items() if "public_reader" in cells} <= {
        "see_figures", "see_papers", "see_readings", "see_records", "see_texts", "see_rights", "see_own",
    }  # fmt: skip


def test_a_right_somewhere() -> None:
    assert may_somewhere(COUNTY, "see_records", "tj-hn")
    assert may_somewhere(COUNTY, "see_offices")
    assert not may_somewhere(VISITOR, "see_offices")
    assert not may_somewhere(OFFICER, "record_disbursement", "bj-ht")
