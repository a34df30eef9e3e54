"""Heads, person-times, person-months and quotas, each by itself; money of each kind too; what is refused, by the law."""

from itertools import combinations

import pytest
from text_table import snapshot_of

from duikou.rules.additivity import refuse_across
from duikou.statistics.definition import definition
from duikou.statistics.explain import sentence
from duikou.statistics.figure import Name
from duikou.statistics.measure import cut, figure
from duikou.statistics.values import RefusedSum

TRAININGS = """
number basis    type   trainees first      last       cost
1      actual   cadre  30名     2012-03-01 2012-03-10 12万元
2      actual   labour 45名     2012-03-01 2012-03-10 9万元
3      arranged cadre  60名     2012-05-01 2012-05-10 80万元
"""
SECONDMENTS = """
number direction     type    people first      last
1      to_receiving  doctor  3名    2012-04-02 2012-04-02
2      to_supporting cadre   8名    2012-04-02 2012-04-02
"""
COHORTS = """
number kind   giver enrolled first      last
1      cohort tjyz  45名     2011-09-01 2011-09-01
2      cohort tjyz  44名     2012-09-01 2012-09-01
"""
STEPS = """
number step     giver amount   first      last
1      paid_in  gsl   1200万元 2012-07-02 2012-07-02
2      signed   gsl   3000万元 2012-04-02 2012-04-02
3      paid_in  boc   300万元  2012-09-02 2012-09-02
"""
SALES = """
number type     channel region amount  first      last
1      purchase canteen 632321 120万元 2012-07-02 2012-07-02
2      purchase direct  632321 30万元  2012-08-02 2012-08-02
3      help     direct  632321 500万元 2012-08-02 2012-08-02
"""
WORKERS = """
number kind            region workers poor first      last
1      labour_transfer 632321 86名    50名 2012-04-02 2012-04-02
2      labour_transfer 632322 40名    40名 2012-04-02 2012-04-02
"""
USES = """
number amount giver first      last
1      40万元 gsl   2012-07-02 2012-07-02
2      15万元 gsl   2012-09-02 2012-09-02
"""
VALUATIONS = """
number amount giver first      last
1      8万元  gsl   2012-07-02 2012-07-02
"""
VILLAGES = """
number kind    region amount first      last
1      village 632321 50万元 2012-07-02 2012-07-02
"""
RESULTS = """
number kind              jobs first      last
1      investment_result 96名 2011-12-31 2011-12-31
2      investment_result 90名 2012-12-31 2012-12-31
"""


@pytest.fixture
def snapshot(tmp_path):
    return snapshot_of(
        tmp_path, trainings=TRAININGS, secondments=SECONDMENTS, cohorts=COHORTS, investment_steps=STEPS, sales=SALES,
        labour_transfers=WORKERS, gift_uses=USES, valuations=VALUATIONS, villages=VILLAGES, investment_results=RESULTS,
    )  # fmt: skip


def name(sheet, *cuts, period="2012"):
    return Name(sheet, "p", period, tuple(cuts))


def by(snapshot, sheet, letter, **more):
    return {dict(f.identity.name.cut)[letter]: f.text for f in cut(snapshot, name(sheet, **more), letter)}


@pytest.mark.parametrize(
    ("sheet", "said", "period"),
    [
        ("people.cost", "21万元", "2012"),  # 12 + 9; the 80 are not spent yet
        ("people.sent", "3名", "2012"),  # 8 went the other way
        ("people.enrolled", "89名", "2011..2012"),  # 45 + 44: other students each year
        ("enterprises.paid_in", "1500万元", "2012"),  # 1200 + 300; 3000 are signed only
        ("enterprises.verified", "90名", "2012"),
        ("cooperation.bought", "150万元", "2012"),  # 120 + 30
        ("cooperation.helped", "500万元", "2012"),
        ("cooperation.village", "50万元", "2012"),
        ("donations.uses", "55万元", "2012"),  # 40 + 15
        ("donations.valued", "8万元", "2012"),
    ],
)
def test_figure(snapshot, sheet, said, period):
    assert figure(snapshot, name(sheet, period=period)).text == said


def test_trainees_are_told_by_kind_of_training_and_workers_by_county(snapshot):
    assert by(snapshot, "people.heads", "t") == {"cadre": "30名", "labour": "45名"}
    assert by(snapshot, "people.sent", "t") == {"doctor": "3名"}
    assert by(snapshot, "cooperation.workers", "a") == {"632321": "86名", "632322": "40名"}
    assert by(snapshot, "cooperation.poor", "a") == {"632321": "50名", "632322": "40名"}


def test_sales_are_told_by_channel(snapshot):
    assert by(snapshot, "cooperation.bought", "c") == {"canteen": "120万元", "direct": "30万元"}


@pytest.mark.parametrize("sheet", ["enterprises.verified", "cooperation.workers"])
def test_heads_that_may_be_the_same_people_are_not_added(snapshot, sheet):
    """The workers of two years may be the same, those of two counties too."""
    with pytest.raises(RefusedSum, match="人数不沿"):
        figure(snapshot, name(sheet, period="2011..2012"))


HEADS = ("people.heads", "people.times", "people.months", "people.sessions", "people.intake")
MONEY = ("people.cost", "enterprises.paid_in", "enterprises.investment", "enterprises.intent", "donations.education",
         "donations.uses", "donations.valued", "cooperation.bought", "cooperation.helped", "cooperation.village")  # fmt: skip
APART = [*combinations(HEADS, 2), *combinations(MONEY, 2), ("people.intake", "people.enrolled"),
         ("people.heads", "people.enrolled"), ("cooperation.workers", "cooperation.bought")]  # fmt: skip


@pytest.mark.parametrize(("one", "other"), APART, ids=lambda sheet: sheet)
def test_not_added(one, other):
    refusal = refuse_across([definition(one).measure, definition(other).measure])
    assert refusal is not None
    assert refusal.question == "A4"


@pytest.mark.parametrize(
    ("one", "other", "reason"),
    [
        ("people.heads", "people.times", "计量单位不同：名与人次"),
        ("people.times", "people.months", "计量单位不同：人次与人月"),
        ("people.heads", "people.intake", "计量性质不同：人数与年度名额"),
        ("people.intake", "people.enrolled", "计量性质不同：年度名额与发生额"),
        ("enterprises.investment", "enterprises.paid_in", "钱的性质不同：企业投资与投资到位资金"),
        ("donations.education", "donations.uses", "资金环节不同：未标明与支出"),
        ("cooperation.bought", "cooperation.helped", "钱的性质不同：采购受援地产品与帮助销售"),
    ],
)
def test_why(one, other, reason):
    assert reason in str(refuse_across([definition(one).measure, definition(other).measure]))


def test_each_new_sheet_reads_as_a_sentence():
    assert sentence(definition("cooperation.bought")) == (
        "采购受援地产品：取消费帮扶登记中种类为“采购”、日期全在期间之内的记录，金额相加；单位元，发生额；可按渠道、地区分组。"
        "支援方单位和个人采购受援地产品的金额。"
    )
    assert "人次不是人数" in sentence(definition("people.times"))
