"""A fact that holds and one that does not for every rule on decisions, agreements, people, gifts, enterprises, cooperation.

A case is (good, bad, a word of the answer, standing of the good one, standing of the bad one where it differs).
"""

from dataclasses import replace
from datetime import date

from duikou.rules import cooperation, donations, enterprises, governance, people, plans, programmes
from duikou.rules.checks import Checked
from duikou.rules.period import on, parse
from duikou.rules.quantity import exactly, yuan

TODAY = date(2012, 9, 3)
SPRING, SUMMER, AUTUMN, TOMORROW = (on(date(2012, *day)) for day in ((4, 2), (7, 2), (9, 3), (9, 4)))

# ---- decisions, assignments, promises ----------------------------------------------------------------------------------

LED = governance.GovernanceStanding(TODAY)
DECISION = governance.Decision(number="津援纪〔2012〕3号", type="meeting", matter="2012年援助资金安排", when=SPRING)
HANDED = governance.Assignment(content="核实到账差额", office="hnczj", due=date(2012, 8, 1), when=SUMMER)
REPLY = governance.CommitmentReply(commitment=9, kept="under_way", text="12 个项目已开工 11 个", when=AUTUMN)

GOVERNANCE = {
    "governance.2": (DECISION, DECISION, "津援纪〔2012〕3号：安排资金", LED, replace(LED, bearer="安排资金")),
    "governance.3": (DECISION, replace(DECISION, when=TOMORROW), "2012-09-04", LED),
    "governance.4": (HANDED, replace(HANDED, due=date(2012, 7, 1)), "2012-07-01", LED),
    "governance.5": (
        replace(HANDED, answered=TODAY, answer="已补回单"), replace(HANDED, answered=TODAY, answer=" "), "未写办理情况", LED
    ),
    "governance.6": (HANDED, replace(HANDED, due=None), "未定期限", LED),
    "governance.7": (
        REPLY, REPLY, "2012-09-03", replace(LED, promised=date(2011, 8, 29)), replace(LED, promised=date(2012, 9, 4))
    ),
}  # fmt: skip

# ---- pairings, agreed targets --------------------------------------------------------------------------------------------

MET = programmes.Standing(TODAY)
PAIR = programmes.Pairing(level="school", giver="tjyz", receiver="hnyz", when=SPRING)
TARGET = programmes.Indicator(agreement=5, name="选派教师", direction="to_receiving", target=exactly(12, "person"))
OPENED = programmes.Programme(code="tj-hn", title="天津市对口支援黄南州", scheme="aid_qinghai", opened=TODAY)
SCHOOL = programmes.Organisation(code="o00007", name="黄南州中学", type="school")

CONTACTS = {
    "programmes.5": (PAIR, replace(PAIR, receiver="tjyz"), "两方是同一个单位", MET),
    "programmes.6": (
        replace(PAIR, ended=date(2012, 4, 2)), replace(PAIR, ended=date(2012, 4, 1)), "2012-04-01", MET
    ),
    "programmes.7": (TARGET, replace(TARGET, target=None), "未写约定的数", MET),
    "programmes.8": (OPENED, OPENED, "已用于“天津市对口支援黄南州”", MET, replace(MET, coded="天津市对口支援黄南州")),
    "programmes.9": (OPENED, OPENED, "已设立，代码 tj-hn", MET, replace(MET, named="tj-hn")),
    "programmes.10": (SCHOOL, SCHOOL, "“黄南州中学”已登记，代码 hnzx", MET, replace(MET, named="hnzx")),
}  # fmt: skip

# ---- plans ---------------------------------------------------------------------------------------------------------------

FIVE_YEARS = plans.PlanKnown(upper=parse("2011..2015"), before=1)
YEAR = plans.Plan(title="2012年度计划", type="annual", status="final", version=2, under=7, when=parse("2012"))
HOUSING = plans.Fitting(sector="housing", stated=30_000_000_00, planned=30_000_000_00)
TAKEN_OVER = plans.Superseding(left=0, amount=0)

PLANS = {
    "plans.3": (YEAR, replace(YEAR, when=parse("2016")), "2016年", FIVE_YEARS),
    "plans.4": (YEAR, replace(YEAR, under=None), "未写上位规划", FIVE_YEARS),
    "plans.5": (YEAR, replace(YEAR, version=1), "第 1 版，所替代的是第 1 版", FIVE_YEARS),
    "plans.6": (
        HOUSING, replace(HOUSING, planned=30_000_000_01), "住房定居：下级计划合计 3000.000001万元", None
    ),
    "plans.7": (TAKEN_OVER, plans.Superseding(left=2, amount=180_000_00), "2 行、18万元", None),
}  # fmt: skip

# ---- people --------------------------------------------------------------------------------------------------------------

TAUGHT = people.PeopleStanding(TODAY)
COURSE = people.Training(
    subject="牧区卫生员",
    basis="actual",
    trainees=exactly(30, "person"),
    person_times=exactly(60, "person_time"),
    when=SUMMER,
)
SENT = people.Secondment(direction="to_receiving", people=exactly(3, "person"), due=date(2015, 4, 2), when=SPRING)
YEAR = people.Cohort(study_class=4, year=2012, enrolled=exactly(45, "person"))
QUOTA = replace(TAUGHT, quota=exactly(45, "person"))

PEOPLE = {
    "people.2": (COURSE, replace(COURSE, person_times=exactly(29, "person_time")), "29人次，30名", TAUGHT),
    "people.3": (SENT, replace(SENT, ended=date(2012, 4, 1)), "2012-04-01", TAUGHT),
    "people.4": (YEAR, replace(YEAR, enrolled=exactly(46, "person")), "46名", QUOTA),
    "people.5": (YEAR, YEAR, "2012 年已登记", QUOTA, replace(QUOTA, twin=True)),
    "people.6": (
        replace(COURSE, when=TOMORROW, basis="arranged"),
        replace(COURSE, when=TOMORROW),
        "2012年9月4日",
        TAUGHT,
    ),
}

WOMAN = people.Attending(name="卓玛", identity="11010519491231002X", unit="州卫生局", when=SUMMER)
MET_HERE = people.AttendingStanding(TODAY, date(2012, 7, 2), date(2012, 7, 15))

PEOPLE |= {
    "people.7": (WOMAN, replace(WOMAN, identity="110105194912310021"), "110105********0021 校验码不符", MET_HERE),
    "people.8": (WOMAN, WOMAN, "卓*已在名单里", MET_HERE, replace(MET_HERE, twin=True)),
    "people.9": (WOMAN, replace(WOMAN, when=AUTUMN), "2012年9月3日", MET_HERE),
    "people.10": (
        people.Roll(30, exactly(30, "person")), people.Roll(31, exactly(30, "person")), "名单 31 人", None
    ),
    "people.11": (  # due on the day itself is not past it
        people.Term(TODAY), people.Term(date(2012, 9, 2)), "2012-09-02 期满，没有返回日", Checked(TODAY)
    ),
}  # fmt: skip

# ---- gifts ---------------------------------------------------------------------------------------------------------------

MONEY = donations.UseStanding("cash", amount=yuan(1_000_000))
THINGS = donations.UseStanding("goods", number=exactly(20, "machine"))
WORTH = donations.Valuation(gift=7, basis="发票 2012-118", amount=yuan(80_000))
USED = donations.GiftUse(gift=7, use="购置桌椅", amount=yuan(400_000))

GIFTS = {
    "donations.5": (WORTH, replace(WORTH, basis=" "), "未写依据", THINGS),
    "donations.6": (WORTH, WORTH, "货币捐款", THINGS, MONEY),
    "donations.7": (  # 100万元, of which 60万元 are used: 40万元 are left, and 40 + 40 would be too much
        USED, USED, "40万元", replace(MONEY, uses=(replace(USED, amount=yuan(600_000)),)), replace(MONEY, uses=(USED, USED))
    ),
    "donations.8": (USED, replace(USED, amount=None), "未写金额或数量", MONEY),
}  # fmt: skip

# ---- enterprises ---------------------------------------------------------------------------------------------------------

KNOWN = enterprises.EnterpriseStanding(TODAY, taken={"signed": date(2012, 4, 2), "built": date(2012, 8, 1)})
PAID_IN = enterprises.InvestmentStep(investment=8, step="paid_in", amount=yuan(12_000_000), when=SUMMER)
YIELD = enterprises.InvestmentResult(investment=8, year=2012, jobs=exactly(96, "person"), poor=exactly(40, "person"))
PLANT = enterprises.Investment(name="牦牛肉加工", status="started", benefit="收购 120 户的牦牛")

ENTERPRISES = {
    "enterprises.2": (PAID_IN, replace(PAID_IN, amount=None), "未写到位金额", KNOWN),
    "enterprises.3": (PAID_IN, replace(PAID_IN, when=AUTUMN), "“到位”2012年9月3日", KNOWN),
    "enterprises.4": (
        PAID_IN, replace(PAID_IN, when=TOMORROW), "2012-09-04", enterprises.EnterpriseStanding(TODAY)
    ),
    "enterprises.5": (YIELD, YIELD, "2012 年已登记", KNOWN, replace(KNOWN, twin=True)),
    "enterprises.6": (PLANT, replace(PLANT, benefit=" "), "未写利益联结", None),
    "enterprises.7": (YIELD, replace(YIELD, poor=exactly(97, "person")), "其中 97 人", KNOWN),
}  # fmt: skip

# ---- labour, sales, villages -----------------------------------------------------------------------------------------------

DAY = cooperation.CooperationStanding(TODAY)
WORKERS = cooperation.LabourTransfer(
    region="632321",
    destination="east",
    placing="job",
    workers=exactly(86, "person"),
    poor=exactly(50, "person"),
    when=SPRING,
)
BOUGHT = cooperation.Sale(
    product="牦牛肉", region="632321", type="purchase", channel="canteen", amount=yuan(1_200_000), when=SUMMER
)

COOPERATION = {
    "cooperation.1": (WORKERS, replace(WORKERS, poor=exactly(87, "person")), "其中87名", DAY),
    "cooperation.2": (BOUGHT, replace(BOUGHT, amount=None), "未写金额", DAY),
    "cooperation.3": (WORKERS, replace(WORKERS, workers=None), "未写人数", DAY),
    "cooperation.4": (BOUGHT, replace(BOUGHT, region="999999"), "999999", DAY),
    "cooperation.5": (BOUGHT, replace(BOUGHT, when=TOMORROW), "2012年9月4日", DAY),
}

CASES = GOVERNANCE | CONTACTS | PLANS | PEOPLE | GIFTS | ENTERPRISES | COOPERATION
