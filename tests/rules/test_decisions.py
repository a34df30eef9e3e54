"""What hangs from a decision: by its own link, by its plan, its project or its fund, through a plan line, a notice by all lines."""

from dataclasses import replace
from datetime import date

import pytest
from rules.cases_decisions import KNOWN, LINE

from duikou.rules.decisions import decision_comes_first, hanging, with_notices
from duikou.rules.notices import Line, Notice
from duikou.rules.packs import Choice, Pack
from duikou.rules.period import on

ask = decision_comes_first.ask
LOOSE = replace(LINE, plan=None)


def test_a_link_to_a_decision_is_enough_and_one_to_anything_else_is_not():
    assert ask(replace(LOOSE, links=(("rests_on", 9),)), KNOWN) is None
    assert ask(replace(LOOSE, links=(("rests_on", 4),)), KNOWN) is not None
    assert ask(replace(LOOSE, links=(("about", 9),)), KNOWN) is not None


def test_what_is_missing_is_said_with_how_to_mend_it():
    said = str(ask(LOOSE, KNOWN))
    assert "没有依据的决定" in said
    assert "登记决定后再办" in said


@pytest.mark.parametrize(
    "pack",
    [
        Pack(),
        Pack((Choice("decisions.1", "stops"),)),
        Pack((Choice("decisions.1", "stops", {"plan_project": 0}),)),
        Pack((Choice("decisions.1", "stops", {"issue_notice": 1}),)),
        Pack((Choice("decisions.1", "stops", {"plan_project": 1}, first=date(2013, 1, 1)),)),
    ],
    ids=["no pack", "no act listed", "listed as not needing one", "another act", "from a later day"],
)
def test_what_is_not_listed_on_the_day_is_not_asked(pack):
    assert ask(LOOSE, replace(KNOWN, pack=pack)) is None


def test_a_notice_hangs_by_each_of_its_lines():
    pack = Pack((Choice("decisions.1", "asks", {"issue_notice": 1}),))
    known = replace(KNOWN, act="issue_notice", pack=pack, decided={31: frozenset({9}), 5: frozenset({9})})
    by_project, by_fund, loose = (
        Line(amount=1, project=31),
        Line(amount=1, project=32, fund=5),
        Line(amount=1, project=32),
    )
    notice = Notice(number="1", type="issue", side="supporting", when=on(date(2012, 3, 5)), lines=(by_project, by_fund))
    assert ask(notice, known) is None
    assert ask(replace(notice, lines=(by_project, loose)), known) is not None


def test_a_line_hangs_from_its_plan_and_its_project_from_the_line():
    # decision 9 decides plan 7; line 21 puts project 31 in it; project 32 stands in no plan
    found = hanging([(9, 9), (7, 9)], [(21, 31, 7), (22, 32, None)])
    assert {record: set(by) for record, by in found.items()} == {9: {9}, 7: {9}, 21: {9}, 31: {9}}


def test_a_record_decided_twice_hangs_from_both():
    found = hanging([(31, 9), (31, 10)], [(21, 31, None)])
    assert found[31] == found[21] == {9, 10}


def test_a_notice_hangs_once_every_line_does():
    # notice 50: both lines; notice 51: one of two; notice 52: by its own link, whatever its lines
    found = with_notices(
        {31: frozenset({9}), 5: frozenset({9}), 52: frozenset({10})},
        [(50, 31, None), (50, None, 5), (51, 31, None), (51, 33, None), (52, 33, None)],
    )
    assert (found.get(50), found.get(51), found[52]) == ({9}, None, {10})
