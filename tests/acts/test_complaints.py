"""What users of other systems complained of, with the shape of their data: right here, or refused with the reason."""

from dataclasses import replace
from datetime import date

import pytest
from money import CLERK, DAY, DESK, WAN

from duikou.acts.accepting import accept
from duikou.acts.budgets import plan_project, settle_project
from duikou.acts.contracts import file_claim, history, sign_contract
from duikou.acts.packs import adopt_pack, rehearse
from duikou.records.models import Claim, Document, Plan, Project
from duikou.rules import claims, contracts, projects
from duikou.rules.budgets import PlanLine, Settlement
from duikou.rules.fact import Source, Told
from duikou.rules.packs import Choice, Pack
from duikou.rules.period import on, parse
from duikou.rules.problem import Refused
from duikou.rules.rights import everywhere

CHIEF = everywhere("lingdao", "leader")


def stops(refused):
    return {problem.code for problem in refused.value.problems if problem.weight == "stops"}


@pytest.fixture
def strict(book):
    """The county under the general pack from the first day of 2012."""
    adopt_pack(book.programme, "general", date(2012, 1, 1), person=CHIEF, reason="联席会议定")
    return book


def contract(book, project, price, number="HT-2"):
    fact = contracts.Contract(
        number=number, project=project, payee=book.builder, type="works", method="tender", tender="招 2", price=price,
        when=on(DAY),
    )  # fmt: skip
    return sign_contract(fact, programme=book.programme, person=DESK)


def claim(book, under, fen, invoice):
    fact = claims.Claim(
        when=on(DAY), contract=under, number=0, type="progress", stage="settled", use="project", amount=fen,
        payee=book.builder, progress=1000, done=fen, invoices=(claims.Invoice(invoice, book.builder, fen),),
    )  # fmt: skip
    return file_claim(fact, programme=book.programme, person=CLERK)


def unplanned(book):
    """A project that no plan has a line for."""
    fact = projects.Project(name="计划外的院墙", sector="other", status="started", region="632321", when=parse("2012"))
    at = {"": Source(Document.objects.get(title="2012年度项目计划").pk, "supporting", 1, "", "院墙")}
    accept(book.programme, [Told(fact, at)], {}, person=DESK, reason="测试", evidence="")
    return Project.objects.get(name="计划外的院墙").pk


def test_erpnext_6556_what_is_missing_from_the_budget_is_not_spent_on_without_limit(strict):
    under = contract(strict, unplanned(strict), 10 * WAN)
    with pytest.raises(Refused) as refused:
        claim(strict, under, 1, "票 1")
    assert "claims.7" in stops(refused)
    assert not Claim.objects.exists()


def test_erpnext_47608_an_overrun_that_is_set_to_stop_stops_by_one_fen(strict):
    under = contract(strict, strict.projects["卫生院"], 120 * WAN)  # the plan gives it 100
    claim(strict, under, 60 * WAN, "票 2")
    with pytest.raises(Refused) as refused:
        claim(strict, under, 40 * WAN + 1, "票 3")
    assert stops(refused) == {"claims.9"}


def test_erpnext_47603_what_is_not_over_is_not_blocked(strict):
    under = contract(strict, strict.projects["卫生院"], 120 * WAN)
    claim(strict, under, 60 * WAN, "票 4")
    assert claim(strict, under, 40 * WAN, "票 5")


def test_gost_1425_more_spent_than_obligated_is_refused(strict):
    with pytest.raises(Refused) as refused:
        claim(strict, strict.contract, 100 * WAN + 1, "票 6")  # the contract is over 100
    assert "claims.3" in stops(refused)


def test_gost_1425_the_same_award_twice_is_refused_however_it_is_written(strict):
    with pytest.raises(Refused) as refused:
        contract(strict, strict.projects["卫生院"], WAN, number="ｈｔ-2012-1")
    assert stops(refused) == {"contracts.1"}


def test_gost_1425_days_in_the_wrong_order_are_refused(strict):
    fact = Settlement(
        project=strict.projects["文化广场"], usable=date(2012, 6, 1), size="small", settled=date(2012, 5, 31), amount=WAN,
        when=on(date(2012, 6, 1)),
    )  # fmt: skip
    with pytest.raises(Refused):
        settle_project(fact, programme=strict.programme, person=DESK)


def test_gost_1425_details_that_do_not_come_to_their_sum_are_refused(strict):
    fact = claims.Claim(
        when=on(DAY), contract=strict.contract, number=0, type="progress", stage="started", use="project",
        amount=20 * WAN, payee=strict.builder,
        invoices=(claims.Invoice("票 7", strict.builder, 12 * WAN), claims.Invoice("票 8", strict.builder, 7 * WAN)),
    )  # fmt: skip
    with pytest.raises(Refused) as refused:
        file_claim(fact, programme=strict.programme, person=CLERK)
    assert "claims.6" in stops(refused)


def test_a_new_rule_is_tried_on_history_and_says_what_it_would_have_stopped(book):
    for number, wan in (("票 9", 30), ("票 10", 25)):
        book.claim(wan, number, stage="started")
    pack = Pack((Choice("tranches.1", "tries", {"started": 400, "basically_complete": 900, "accepted": 1000}),))
    found = rehearse(history(book.programme, pack), ["tranches.1"], pack)
    second = Claim.objects.get(number=2)
    # 30 of 100 is within 40 %, 30 + 25 is not
    assert [(record, problem.code) for record, _, problem in found] == [(second.pk, "tranches.1")]


def test_a_plan_line_that_replaces_another_names_its_approval_and_history_keeps_both(strict):
    line = PlanLine(
        project=strict.projects["卫生院"], scope="in_plan", aid=110 * WAN, total=120 * WAN, estimate=120 * WAN,
        plan=Plan.objects.get(title="2012年度计划").pk, approval="", when=parse("2012"),
        items=(("share", "livelihood", ""), ("share", "county", "")),
    )  # fmt: skip
    with pytest.raises(Refused) as refused:
        plan_project(line, programme=strict.programme, person=DESK)
    assert "budgets.6" in stops(refused)
    plan_project(replace(line, approval="津援〔2012〕7号"), programme=strict.programme, person=DESK)
    assert list(Project.objects.get(name="卫生院").plan_lines.order_by("pk").values_list("aid", flat=True)) == [
        100 * WAN, 110 * WAN,
    ]  # fmt: skip
