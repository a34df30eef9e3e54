"""The 21 audit findings of DOMAIN 4.2: each is asked by rules that let the good case pass and find the bad one."""

import csv

import pytest
from rules.test_rule_book import CASES, RULES

from duikou.rules import rights
from duikou.rules.audit import TABLE, audit_findings
from duikou.rules.rights import Place, everywhere, may

BY_RIGHTS = 20  # a read-only auditor is a matter of who may do what


def named(finding):
    return f"{finding.number}-{finding.sentence.en[:40]}"


def test_there_are_21_findings_each_with_its_sentence_source_and_check():
    assert [f.number for f in audit_findings()] == list(range(1, 22))
    with TABLE.open(encoding="utf-8", newline="") as file:
        assert {len(row) for row in csv.reader(file)} == {6}
    assert all(f.sentence.zh and f.sentence.en and f.source and f.asked for f in audit_findings())


@pytest.mark.parametrize("finding", [f for f in audit_findings() if f.number != BY_RIGHTS], ids=named)
def test_finding(finding):
    """Every rule that asks about it lets a book that is in order pass, and finds one that is not."""
    assert finding.rules
    for code in finding.rules:
        rule, case = RULES[code], CASES[code]
        assert rule.ask(case.good, case.standing) is None, code
        assert case.found in rule.ask(case.bad, case.bad_standing or case.standing).found, code


@pytest.mark.parametrize("finding", [f for f in audit_findings() if f.number != BY_RIGHTS], ids=named)
def test_a_standing_check_or_a_rule_of_an_act_asks_by_itself(finding):
    """At least one of the rules needs no value that a programme would have to set first, but where DOMAIN gives none."""
    free = [code for code in finding.rules if not RULES[code].needs]
    assert free or finding.number == 5  # what fees are too much, a programme's rules say (shares.6)


def test_20_auditors_of_the_supporting_side_read_all_and_write_nothing():
    (finding,) = [f for f in audit_findings() if f.number == BY_RIGHTS]
    assert finding.rules == ()
    auditor, clerk = everywhere("shenji", "auditor"), everywhere("caiwu", "finance_clerk")
    book = Place("tj-hn", area="632321", state="internal")
    assert all(may(auditor, act, book) for act in ("see_figures", "see_records", "see_texts", "see_journal"))
    assert not may(clerk, "see_journal", book)
    money = (
        "record_disbursement",
        "record_secured",
        "record_receipt",
        "approve_claim",
        "confirm_payment",
        "plan_project",
    )
    assert {act for act, _ in rights.table()} >= set(money)
    assert not any(may(auditor, act, book) for act in money)
    assert may(clerk, "record_disbursement", book)
