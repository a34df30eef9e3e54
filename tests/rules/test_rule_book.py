"""Every rule beside one fact that holds and one that does not; the name of the test is the code of the rule."""

import importlib
import pkgutil
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

import pytest
from rules.cases_bank import CASES as OF_BANKS
from rules.cases_checks import CASES as OF_CHECKS
from rules.cases_course import CASES as OF_THE_COURSE
from rules.cases_decisions import CASES as OF_DECISIONS
from rules.cases_handing import CASES as OF_HANDING
from rules.cases_issuing import CASES as OF_PAPERS
from rules.cases_ledger import CASES as OF_THE_LEDGER
from rules.cases_money import CASES as OF_MONEY
from rules.cases_outlines import CASES as OF_OUTLINES
from rules.cases_programme import CASES as OF_THE_PROGRAMME
from rules.cases_projects import CASES as OF_PROJECTS
from rules.cases_readings import CASES as OF_READINGS
from rules.cases_reviews import CASES as OF_REVIEWS
from rules.cases_sides import CASES as OF_THE_SIDES

import duikou.rules
from duikou.rules import (
    donations,
    enterprises,
    evidence,
    funds,
    governance,
    offices,
    people,
    period,
    plans,
    programmes,
    projects,
)
from duikou.rules.fact import Source, Told
from duikou.rules.period import on
from duikou.rules.problem import Rule
from duikou.rules.quantity import exactly, hedged, yuan
from duikou.rules.reading import read

MODULES = [importlib.import_module(f"duikou.rules.{m.name}") for m in pkgutil.iter_modules(duikou.rules.__path__)]
RULES = {rule.code: rule for module in MODULES for rule in vars(module).values() if isinstance(rule, Rule)}
NOWHERE = object()

TODAY = programmes.Standing(today=date(2011, 9, 1))
PROGRAMME = programmes.Programme(
    code="tj-hn", title="援青", scheme="aid_qinghai", opened=date(2011, 8, 30), supporting="120000", receiving="632300"
)
BUILDER = programmes.Organisation(
    code="p00001", name="某建筑有限公司", type="enterprise", credit_code="916300007104000004"
)  # fmt: skip
AGREEMENT = programmes.Agreement(title="框架协议", type="framework", parties=(("party", "tj"), ("party", "hn")))
VISIT = programmes.Visit(type="visit", name="来津", when=period.parse("2011-08-29"))
GROUP = governance.LeadingGroup(name="领导小组", items=(("role", "组长", "市委书记"),))
PLAN = plans.Plan(title="实施方案", type="annual", status="final", when=period.parse("2011"))
PRINCIPLE = plans.Principle(type="principle", items=(("principle", "民生优先", ""),))

TWELVE = projects.StatedTotal(of="projects", as_of=date(2011, 8, 29), amount=exactly(12, "item"), status="started")
PROJECT = projects.Project(name="热贡文化广场", sector="culture", status="started", part_of="J0")

MONEY = funds.FundsStanding(
    today=date(2011, 9, 1), secured_parts=(20_000_000_00,), pool=10_000_000_00, plan_status="final"
)
TOTAL = replace(MONEY, stated=10_000_000_00, undivided=8_000_000_00, stated_on=date(2011, 8, 29))
PAYMENT = funds.Disbursement(amount=yuan(2_000_000), paid_on=date(2011, 9, 1), receiver="hn", voucher="2011-7")
STATED = funds.StatedDisbursement(amount=yuan(10_000_000), as_of=date(2011, 8, 29))

TRAINING = people.Training(subject="扶贫管理", basis="actual", trainees=exactly(15, "person"))
CASH = donations.Gift(form="cash", sector="education", giver="gsl", amount=yuan(1_600_000))
COMPUTERS = donations.Gift(form="goods", sector="education", giver="bocfh", number=exactly(20, "machine"))
RAISED = donations.Gift(form="raised", sector="education", giver="bhxq", amount=yuan(3_000_000))
GIVEN = donations.GiftStanding()
PLANT = enterprises.Investment(name="饮料公司", status="in_production", output=read("上亿元", "fen"))

HERE = offices.OfficesStanding(today=date(2011, 9, 1), granter="anquan", account="yewu", side="supporting")
OFFICE = offices.Office(organisation="tjhzb", area="120000", side="supporting")
ACCOUNT = offices.Account(code="yewu", office=1)
ROLE = offices.Appointment(account=2, role="programme_officer", begins=date(2011, 9, 1))
KEY = offices.Key(
    code="t-1", office=1, role="auditor", digest="00", begins=date(2011, 9, 1), ends=date(2012, 9, 1)
)  # fmt: skip

SOURCE = Source("S1", "supporting", 2, "", "已拨付1000万元")
TEXT = evidence.Text("汇报", ("落实2000万元", "已拨付1000万元。", "捐资160万元"))
PAPER = evidence.Document(title="汇报", medium="spoken_report", grade="original")


@dataclass(frozen=True)
class Case:
    """A fact that holds and one that does not, with what the rules know of the book, and a word of the answer."""

    good: Any
    bad: Any
    found: str
    standing: Any = NOWHERE
    bad_standing: Any = None


CASES = {
    "programmes.1": Case(PROGRAMME, replace(PROGRAMME, receiving="632399"), "632399", TODAY),
    "programmes.2": Case(AGREEMENT, replace(AGREEMENT, parties=AGREEMENT.parties[:1]), "1 方", TODAY),
    "programmes.3": Case(VISIT, replace(VISIT, when=period.parse("2011-09-02")), "2011年9月2日", TODAY),
    "programmes.4": Case(
        BUILDER,
        replace(BUILDER, credit_code="916300007104000005"),
        "916300007104000005",
        TODAY,
    ),
    "governance.1": Case(GROUP, replace(GROUP, items=(("role", "副组长", "市长"),)), "未列组长"),
    "plans.1": Case(PLAN, replace(PLAN, when=None), "未写期间"),
    "plans.2": Case(PRINCIPLE, replace(PRINCIPLE, items=()), "没有条目"),
    "projects.1": Case(
        PROJECT,
        PROJECT,
        "列名 13 个",
        projects.ProjectStanding(named=12, total=exactly(12, "item")),
        projects.ProjectStanding(named=13, total=exactly(12, "item")),
    ),
    "projects.2": Case(
        TWELVE,
        TWELVE,
        "来源说有 12 个，名单有 5 个",
        projects.ProjectStanding(named=12),
        projects.ProjectStanding(named=5),
    ),
    "projects.3": Case(
        TWELVE,
        TWELVE,
        "年度计划仅“初步完成”",
        projects.ProjectStanding(plan_status="final"),
        projects.ProjectStanding(plan_status="preliminary"),
    ),
    "funds.1": Case(PAYMENT, replace(PAYMENT, amount=hedged("nearly", 2_000_000_00, "fen")), "近200万元", MONEY),
    "funds.2": Case(PAYMENT, replace(PAYMENT, amount=yuan(10_000_001)), "1000.0001万元", MONEY),
    "funds.3": Case(PAYMENT, PAYMENT, "初步完成", MONEY, replace(MONEY, plan_status="preliminary")),
    "funds.4": Case(PAYMENT, replace(PAYMENT, voucher="", receiver=None), "缺凭证号、收款单位", MONEY),
    "funds.5": Case(
        replace(PAYMENT, paid_on=date(2011, 8, 29)),
        replace(PAYMENT, paid_on=date(2011, 8, 29), amount=yuan(8_000_001)),
        "连同本笔已列 1000.0001万元",  # 200万 are listed
        TOTAL,
    ),
    "funds.6": Case(PAYMENT, replace(PAYMENT, paid_on=date(2011, 9, 2)), "2011-09-02", MONEY),
    "funds.7": Case(PAYMENT, PAYMENT, "凭证 2011-7 已记过", MONEY, replace(MONEY, vouchers=frozenset({"2011-7"}))),
    "funds.8": Case(
        PAYMENT, replace(PAYMENT, paid_on=date(2010, 7, 31)), "2010-07-31", replace(MONEY, begun=date(2010, 8, 1))
    ),
    "people.1": Case(TRAINING, replace(TRAINING, trainees=exactly(15, "person_time")), "15人次"),
    "donations.1": Case(COMPUTERS, replace(COMPUTERS, amount=yuan(80_000)), "8万元", GIVEN),
    "donations.2": Case(CASH, replace(CASH, amount=None), "未填金额", GIVEN),
    "donations.3": Case(CASH, CASH, "160万元是否含在", GIVEN, donations.GiftStanding(parent_gift="滨海新区的300万元")),
    "donations.4": Case(RAISED, RAISED, "2000万元", GIVEN, donations.GiftStanding(secured=yuan(20_000_000))),
    "enterprises.1": Case(replace(PLANT, output_basis="expected"), PLANT, "产值未注明"),
    "offices.1": Case(OFFICE, replace(OFFICE, area="632399"), "632399", HERE),
    "offices.2": Case(OFFICE, OFFICE, "已经设立", HERE, replace(HERE, offices=frozenset({"tjhzb"}))),
    "offices.3": Case(ACCOUNT, replace(ACCOUNT, code="王某"), "王某", HERE),
    "offices.4": Case(ROLE, replace(ROLE, ends=date(2011, 8, 31)), "2011-09-01 至 2011-08-31", HERE),
    "offices.5": Case(
        ROLE,
        replace(ROLE, role="auditor"),
        "已任系统管理员",
        HERE,
        replace(HERE, held=(offices.Held("administrator", date(2011, 1, 1), None),)),
    ),
    "offices.6": Case(
        replace(ROLE, role="county_clerk"),
        replace(ROLE, role="county_clerk"),
        "不是受援方的县",
        replace(HERE, area="632321", side="receiving"),
        replace(HERE, area="632300", side="receiving"),
    ),
    "offices.7": Case(ROLE, ROLE, "授予自己", HERE, replace(HERE, granter="yewu")),
    "offices.8": Case(ROLE, ROLE, "账号已停用", HERE, replace(HERE, closed=True)),
    "offices.9": Case(
        ROLE,
        ROLE,
        "2011-01-01 起已任",
        replace(HERE, held=(offices.Held("leader", date(2011, 1, 1), None),)),
        replace(HERE, held=(offices.Held("programme_officer", date(2011, 1, 1), date(2011, 9, 1)),)),
    ),
    "offices.10": Case(KEY, replace(KEY, ends=date(2012, 9, 2)), "367 天", HERE),
    "offices.11": Case(KEY, replace(KEY, role="administrator"), "系统管理员", HERE),
    "offices.12": Case(
        replace(ROLE, role="administrator"),
        replace(ROLE, role="administrator"),
        "最后一名系统管理员",
        replace(HERE, others=frozenset({"administrator"})),
        HERE,
    ),
    "evidence.1": Case(Told(CASH, {"": SOURCE}), Told(CASH, {"": replace(SOURCE, fragment="")}), "缺出处", TEXT),
    "evidence.2": Case(replace(SOURCE, fragment="字" * 20), replace(SOURCE, fragment="字" * 21), "21 字", TEXT),
    "evidence.3": Case(SOURCE, replace(SOURCE, paragraph=3), "已拨付1000万元", TEXT),
    "evidence.4": Case(PAPER, replace(PAPER, grade="copy"), "只有转载件"),
    "evidence.5": Case(replace(CASH, when=on(date(2011, 4, 2))), CASH, "未写日期"),
}
OTHERS = (
    OF_HANDING
    | OF_PAPERS
    | OF_BANKS
    | OF_DECISIONS
    | OF_CHECKS
    | OF_THE_LEDGER
    | OF_MONEY
    | OF_THE_SIDES
    | OF_OUTLINES
    | OF_PROJECTS
    | OF_THE_COURSE
    | OF_THE_PROGRAMME
    | OF_READINGS
    | OF_REVIEWS
)
CASES |= {code: Case(*case) for code, case in OTHERS.items()}


def test_every_rule_has_its_case() -> None:
    assert set(CASES) == set(RULES)


@pytest.mark.parametrize("code", CASES)
def test_rule(code: str) -> None:
    rule, case = RULES[code], CASES[code]
    assert rule.ask(case.good, case.standing) is None
    problem = rule.ask(case.bad, case.bad_standing or case.standing)
    assert problem is not None
    assert (problem.code, problem.weight) == (code, rule.weight)
    assert case.found in problem.found
    assert problem.expected
    assert problem.remedy


@pytest.mark.parametrize("rule", RULES.values(), ids=RULES)
def test_sentence_of(rule: Rule) -> None:
    """The official sentence stands on line one of the docstring in 中文, on line two in English."""
    assert rule.sentence.zh.endswith("。")
    assert not rule.sentence.zh.isascii()
    assert rule.sentence.en.endswith(".")
    assert rule.sentence.en.isascii()
    assert rule.basis


def test_a_rule_bears_the_name_of_its_module_and_a_number_of_its_own() -> None:
    for module in MODULES:
        own = [rule.code for rule in vars(module).values() if isinstance(rule, Rule)]
        name = module.__name__.rpartition(".")[2]
        assert sorted(own, key=lambda code: int(code.rpartition(".")[2])) == [
            f"{name}.{n}" for n in range(1, len(own) + 1)
        ]


def test_the_right_paragraph_is_named_when_the_words_stand_elsewhere() -> None:
    asked = evidence.fragment_stands_in_the_document.ask(replace(SOURCE, paragraph=3), TEXT)
    assert asked is not None
    assert asked.remedy == "该词句在第 2 段，改正段落序号"


def test_words_that_stand_nowhere_are_to_be_copied_from_the_document() -> None:
    asked = evidence.fragment_stands_in_the_document.ask(replace(SOURCE, fragment="已拨付一千万"), TEXT)
    assert asked is not None
    assert asked.remedy == "照原文改正词句"


def test_a_paragraph_beyond_the_document_is_named_with_its_last() -> None:
    asked = evidence.fragment_stands_in_the_document.ask(replace(SOURCE, paragraph=4), TEXT)
    assert asked is not None
    assert (asked.found, asked.expected) == ("第 4 段", "1～3")


def test_without_the_document_a_place_is_taken_at_its_word() -> None:
    far = replace(SOURCE, paragraph=99)
    assert evidence.fragment_stands_in_the_document.ask(far, evidence.Text("汇报")) is None


def test_a_stated_sum_asks_for_its_vouchers() -> None:
    asked = funds.payment_has_its_voucher.ask(STATED, MONEY)
    assert asked is not None
    assert asked.found == "缺凭证、日期、收款单位"


def test_nothing_is_paid_before_anything_is_secured() -> None:
    asked = funds.disbursed_within_secured.ask(PAYMENT, funds.FundsStanding(today=date(2011, 9, 1)))
    assert asked is not None
    assert asked.expected == "先有落实的资金"


def test_an_amount_of_nothing_is_no_payment() -> None:
    asked = funds.amount_is_exact.ask(replace(PAYMENT, amount=yuan(0)), MONEY)
    assert asked is not None
    assert asked.expected == "大于 0"


def test_a_leader_of_the_receiving_side_may_sit_in_the_prefecture_whose_own_projects_are_countersigned() -> None:
    leader, prefecture = replace(ROLE, role="county_leader"), replace(HERE, area="632300", side="receiving")
    assert offices.role_fits_the_office.ask(leader, prefecture) is None
    assert offices.role_fits_the_office.ask(leader, replace(prefecture, side="supporting")) is not None
