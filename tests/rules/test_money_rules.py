"""Money rules beyond their one case each: real changes, templates of several places, days that decide, values unset."""

from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from rules.cases_money import (
    APPROVAL,
    BEFORE,
    CASES,
    CHANGE,
    CLAIM,
    CONTRACT,
    DONE,
    HELD,
    INVOICE,
    LINE,
    MILLION,
    NOTED,
    PLANNED,
    PREPAYMENT,
    RETENTION,
    ROAD,
    ROADS,
    SETTLEMENT,
    SIGNED,
    of,
)

from duikou.reports.rule_book import markdown
from duikou.rules import claims, notices, tranches
from duikou.rules.amounts import months_after, percent, share
from duikou.rules.book import book, by_fact, modules, packs
from duikou.rules.budgets import extension_within_its_limit, final_accounts_are_in_time
from duikou.rules.contracts import (
    agreed_retention_within_the_limit,
    contract_above_the_threshold_is_tendered,
    credit_code_is_true,
    split_contracts_are_summed,
)
from duikou.rules.packs import Choice, Pack
from duikou.rules.period import on
from duikou.rules.problem import judge
from duikou.rules.shares import enough_goes_to_livelihood
from duikou.terms.words import vocabulary

GENERAL = Pack(packs()["general"].choices)
TIANJIN = Pack(packs()["tianjin-2011"].choices)


# ---- the rule book ----------------------------------------------------------------------------------------------------


def test_the_rule_book_of_the_handbook_is_the_one_of_the_program():
    page = Path(__file__).parents[2] / "docs" / "rule-book.md"
    assert page.read_text("utf-8") == markdown(), "duikou rules --markdown"


def test_every_chapter_and_every_value_has_its_word():
    assert set(modules()) <= set(vocabulary()["subject"])
    assert {name for rule in book().values() for name in rule.needs} <= set(vocabulary()["value"])


def test_every_rule_of_money_is_asked_of_some_fact():
    asked = {rule.code for rules in by_fact().values() for rule in rules}
    assert set(CASES) <= asked


@pytest.mark.parametrize("code", [code for code in CASES if book()[code].needs])
def test_a_rule_without_its_values_finds_nothing(code):
    _, bad, _, standing, *bad_standing = CASES[code]
    known = replace((bad_standing or [standing])[0], pack=Pack())
    assert book()[code].ask(bad, known) is None


# ---- notices: DOMAIN 1.7 ----------------------------------------------------------------------------------------------


def found_in(notice, standing=NOTED):
    return [p.code for p in judge(notices.RULES[notices.Notice], notice, standing, day=None, opened=None)]


def test_two_and_one_million_recalled_and_three_million_issued_again():
    assert found_in(CHANGE) == []


def test_two_million_spread_over_seven_projects():
    # 2 000 000 / 7 = 285 714.28: six get that many yuan, the last what is left, 285 716 yuan
    seven = [notices.Line(amount=285_714_00, project=n) for n in range(3, 9)]
    last = notices.Line(amount=285_716_00, project=9)
    planned = replace(NOTED, planned=frozenset(range(3, 10)))
    assert found_in(replace(CHANGE, lines=(ROAD, *seven, last)), planned) == []
    assert found_in(replace(CHANGE, lines=(ROAD, *seven, replace(last, amount=285_714_00))), planned) == ["notices.7"]


def test_recalls_of_one_project_in_two_lines_are_added_up():
    half = replace(ROAD, amount=1_000_000_01)
    assert "notices.8" in found_in(replace(CHANGE, type="recall", lines=(half, half)))


def test_a_recall_of_another_fund_is_not_covered():
    assert "notices.8" in found_in(replace(CHANGE, type="recall", lines=(replace(ROAD, fund=7),)))


def test_two_spellings_of_a_number_are_one():
    assert found_in(
        replace(CHANGE, number="财农〔2024〕６２号"), replace(NOTED, keys=frozenset({"财农〔2024〕62号"}))
    ) == ["notices.1"]


def test_an_empty_notice_says_so_and_not_more():
    assert found_in(replace(CHANGE, type="issue", lines=(), of=None)) == ["notices.2"]


# ---- contracts --------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("code", "true"),
    [
        ("91350100M000100Y43", True),  # GB 32100-2015: sum 1640, remainder 28, check 31 - 28 = 3
        ("91350100M000100Y4Z", False),
        ("91350100M000100Y34", False),  # two characters changed places
        ("91350100m000100y43", False),
        ("91350100M000100Y4", False),
        ("9135010OM000100Y43", False),  # a letter O for a zero
        ("", False),
    ],
)
def test_credit_code(code, true):
    assert credit_code_is_true(code) is true


@pytest.mark.parametrize(
    ("kind", "price", "stopped"),
    [
        ("works", 4 * MILLION - 1, False),
        ("works", 4 * MILLION, True),
        ("goods", 2 * MILLION, True),
        ("services", MILLION, True),
        ("services", MILLION - 1, False),
    ],
)
def test_from_which_amount_a_contract_is_tendered(kind, price, stopped):
    contract, known = replace(CONTRACT, type=kind, price=price), replace(SIGNED, pack=GENERAL)
    assert (contract_above_the_threshold_is_tendered.ask(contract, known) is not None) is stopped
    assert contract_above_the_threshold_is_tendered.ask(replace(contract, method="tender"), known) is None


def test_the_estimate_counts_where_it_is_above_the_price():
    known = replace(SIGNED, pack=GENERAL)
    assert contract_above_the_threshold_is_tendered.ask(replace(CONTRACT, estimate=4 * MILLION), known) is not None


def test_a_contract_before_the_thresholds_of_2018_is_not_judged_by_them():
    old = replace(CONTRACT, price=9 * MILLION, when=on(date(2018, 5, 31)))
    assert contract_above_the_threshold_is_tendered.ask(old, replace(SIGNED, pack=GENERAL)) is None


def test_a_first_contract_below_the_threshold_is_no_splitting():
    assert split_contracts_are_summed.ask(CONTRACT, replace(SIGNED, pack=GENERAL)) is None


@pytest.mark.parametrize(
    ("signed", "retention", "weight"),
    [
        (date(2017, 6, 30), 50, None),
        (date(2017, 6, 30), 51, "asks"),
        (date(2017, 7, 1), 50, "stops"),
        (date(2017, 7, 1), 30, None),
    ],
)
def test_the_limit_of_retention_is_that_of_the_contracts_day(signed, retention, weight):
    contract = replace(CONTRACT, when=on(signed), retention=retention)
    found = judge(
        [agreed_retention_within_the_limit], contract, replace(SIGNED, pack=GENERAL), day=None, opened=None,
        weigh=GENERAL.weight,
    )  # fmt: skip
    assert [p.weight for p in found] == ([weight] if weight else [])


# ---- claims -----------------------------------------------------------------------------------------------------------


def under(known, code):
    return lambda fact: book()[code].ask(fact, known)


@pytest.mark.parametrize(
    ("stage", "per_mille"),
    [("started", 300), ("basically_complete", 700), ("completed", 700), ("accepted", 950), ("settled", 950)],
)
def test_thirty_seventy_ninety_five(stage, per_mille):
    ask = under(
        of(replace(BEFORE, approved=0), "tranches.1", started=300, basically_complete=700, accepted=950), "tranches.1"
    )
    claim = replace(CLAIM, stage=stage, amount=10 * MILLION * per_mille // 1000)
    assert ask(claim) is None
    assert ask(replace(claim, amount=claim.amount + 1)).expected.startswith(f"不超过合同价的 {percent(per_mille)}")


def test_before_work_begins_no_tranche_is_set():
    known = of(BEFORE, "tranches.1", started=300, basically_complete=700, accepted=950)
    assert tranches.paid_by_tranches.ask(replace(CLAIM, stage="not_started", amount=9 * MILLION), known) is None


def test_the_general_pack_sets_no_tranches_and_tianjin_none_either():
    for pack in (GENERAL, TIANJIN):
        assert tranches.paid_by_tranches.ask(replace(CLAIM, amount=90 * MILLION), replace(BEFORE, pack=pack)) is None


def test_retention_is_claimed_out_of_what_is_held_back():
    ask = claims.claimed_within_what_is_owed.ask
    assert ask(RETENTION, HELD) is None
    assert ask(replace(RETENTION, amount=300_000_01), HELD).expected == "不超过 30万元"
    # all of the price is approved and yet the retention is owed
    assert ask(RETENTION, replace(HELD, approved=10 * MILLION)) is None


def test_retention_draws_nothing_new_on_the_plan():
    full = replace(HELD, drawn=8 * MILLION, estimate=8 * MILLION)
    found = judge(claims.RULES[claims.Claim], RETENTION, full, day=None, opened=None)
    assert [p.code for p in found] == []


def test_one_invoice_twice_in_one_claim():
    twice = replace(CLAIM, invoices=(INVOICE, replace(INVOICE, number=" 1100-001")))
    assert claims.invoice_is_used_once.ask(twice, BEFORE).found == "发票  1100-001 已用过"


def test_the_rules_of_2022_do_not_reach_contracts_signed_before():
    old = of(replace(BEFORE, signed_on=date(2022, 7, 31)), "tranches.3", floor=800)
    assert tranches.progress_is_paid_to_the_floor.ask(replace(APPROVAL, approved=MILLION), old) is None
    assert tranches.progress_within_the_work_done.ask(replace(CLAIM, amount=9 * MILLION), old) is None


def test_two_prepayments_together_stay_within_the_ceiling():
    second = of(replace(BEFORE, approved=2 * MILLION), "tranches.2", floor=100, ceiling=300)
    assert tranches.prepayment_within_its_bounds.ask(replace(PREPAYMENT, amount=MILLION), second) is None
    assert "30.1%" in tranches.prepayment_within_its_bounds.ask(replace(PREPAYMENT, amount=1_010_000_00), second).found


def test_what_a_contract_agrees_on_binds_where_it_is_less_than_the_limit():
    known = replace(of(BEFORE, "contracts.9", limit=30), retention=20)
    assert tranches.retained_within_the_limit.ask(replace(APPROVAL, retained=200_000_00), known) is None
    assert tranches.retained_within_the_limit.ask(replace(APPROVAL, retained=200_000_01), known).expected == "不超过 2%"


def test_from_retention_nothing_is_held_back_again():
    assert claims.retained_within_the_approval.ask(replace(APPROVAL, approved=300_000_00, retained=1), HELD) is not None


def test_a_claim_that_has_all_it_needs_meets_no_objection():
    known = replace(BEFORE, pack=GENERAL)
    found = judge(by_fact()[claims.Claim], CLAIM, known, day=None, opened=None, weigh=GENERAL.weight)
    assert [p.code for p in found] == []


def test_a_claim_is_asked_by_claims_tranches_and_uses():
    assert {rule.code.partition(".")[0] for rule in by_fact()[claims.Claim]} == {"claims", "tranches", "uses"}


# ---- plans and shares -------------------------------------------------------------------------------------------------


def test_a_project_that_counts_as_livelihood_is_never_what_lowers_it():
    # 6 of 8 million, then 8 of 10: 80 %; with a road of 2 million 6 of 10: 60 %
    known = of(PLANNED, "shares.1", least=900)
    assert enough_goes_to_livelihood.ask(LINE, known) is None
    assert enough_goes_to_livelihood.ask(ROADS, known).found == "1000万元中 600万元，占 60%"


@pytest.mark.parametrize(("size", "last"), [("small", date(2023, 8, 30)), ("large", date(2023, 12, 30))])
def test_how_far_final_accounts_may_be_extended(size, last):
    known, settlement = replace(PLANNED, pack=GENERAL), replace(SETTLEMENT, size=size)
    assert extension_within_its_limit.ask(replace(settlement, extended=last), known) is None
    assert extension_within_its_limit.ask(replace(settlement, extended=date(2023, 12, 31)), known) is not None


def test_extended_final_accounts_are_late_only_after_their_new_day():
    late = replace(DONE, settled=date(2023, 8, 30))
    known = replace(PLANNED, pack=GENERAL)
    assert final_accounts_are_in_time.ask(late, known).found == "2023-08-30 编完"
    assert final_accounts_are_in_time.ask(replace(late, extended=date(2023, 8, 30)), known) is None


# ---- amounts ----------------------------------------------------------------------------------------------------------


def test_a_month_without_the_day_ends_on_its_last():
    assert months_after(date(2023, 11, 30), 3) == date(2024, 2, 29)
    assert months_after(date(2023, 12, 31), 12) == date(2024, 12, 31)


def test_what_falls_short_is_never_said_to_reach():
    assert (share(7_999, 10_000), share(8_000, 10_000), share(1, 0)) == ("79.9%", "80%", "0%")
    assert (percent(30), percent(5), percent(1000)) == ("3%", "0.5%", "100%")


def test_a_weight_that_only_tries_stops_nothing():
    pack = Pack((Choice("claims.7", "tries"),))
    found = judge(
        [claims.paid_for_a_planned_project], CLAIM, replace(BEFORE, planned=False), day=None, opened=None,
        weigh=pack.weight,
    )  # fmt: skip
    assert [p.weight for p in found] == ["asks"]
