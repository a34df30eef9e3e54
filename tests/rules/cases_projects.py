"""A fact that holds and one that does not for every rule on projects: from needs and stages to assets, and their plans.

A case is (good, bad, a word of the answer, standing of the good one, standing of the bad one where it differs).
"""

from dataclasses import replace
from datetime import date

from duikou.rules import assets, budgets, inspections, needs, outputs, progress, projects, stages, works
from duikou.rules.packs import Choice, Pack
from duikou.rules.period import on, parse
from duikou.rules.quantity import exactly

TODAY = date(2012, 9, 3)
WAN = 10_000_00  # fen
SPRING, SUMMER, AUTUMN, TOMORROW = (on(date(2012, *day)) for day in ((4, 2), (7, 2), (9, 3), (9, 4)))


def has(*stages_):
    """All requisites of some stages, each since spring."""
    return {g.requisite: SPRING for g in stages.gates() if g.stage in stages_}


# ---- needs, proposals, plans -----------------------------------------------------------------------------------------

WATER = needs.Need(title="定居点通水", sector="housing", region="632321", households=exactly(62, "household"), survey=7)
SCHOOL = projects.Project(name="寄宿学校", sector="education", status="preparing", region="632321")
PASTURE = replace(SCHOOL, sector="agriculture", benefit="流转草场分红，带动 60 户")
FREE = projects.ProjectStanding()
CHANGE = budgets.ProjectChange(project=1, type="scale", reason="地质条件", content="2000 改为 1800 平方米")

PLANS = {
    "needs.1": (WATER, replace(WATER, title=" "), "未写需求", None),
    "needs.2": (
        replace(WATER, households=None, people=exactly(300, "person")), replace(WATER, households=None), "未写户数", None
    ),
    "needs.3": (WATER, replace(WATER, survey=None), "哪次调研", None),
    "projects.4": (SCHOOL, SCHOOL, "已有“寄宿学校”", FREE, replace(FREE, twin=True)),
    "projects.5": (SCHOOL, replace(SCHOOL, code="P-1"), "已属于“卫生院”", FREE, replace(FREE, code_bearer="卫生院")),
    "projects.6": (PASTURE, replace(PASTURE, benefit=" "), "未写利益联结", FREE),
    "projects.7": (SCHOOL, replace(SCHOOL, region=""), "未写地区", FREE),
    "budgets.16": (budgets.Filing(decided=None, weighty=False), budgets.Filing(decided=None, weighty=True), "重大变更", None),
    "budgets.17": (CHANGE, replace(CHANGE, content=" "), "未写变更内容", None),
    "budgets.19": (CHANGE, replace(CHANGE, when=TOMORROW), "2012年9月4日", budgets.ChangeStanding(TODAY)),
    "budgets.20": (  # 1 fen more than was planned
        replace(CHANGE, amount=-100 * WAN), replace(CHANGE, amount=-100 * WAN - 1), "减少 100.000001万元",
        budgets.ChangeStanding(TODAY, planned=100 * WAN),
    ),
    "budgets.21": (replace(CHANGE, type="schedule", days=60), replace(CHANGE, type="schedule"), "未写增减天数", None),
}  # fmt: skip

# ---- stages ----------------------------------------------------------------------------------------------------------

STARTING = stages.Milestone(project=1, stage="started", when=SUMMER)
PREPARED = stages.Life(
    TODAY, "prepared", True, reached={"approved": SPRING, "prepared": SPRING}, has=has("started"),
    due={"started": date(2012, 7, 1), "completed": date(2012, 10, 1)},
)  # fmt: skip
LATER = stages.Schedule(project=1, stage="started", due=date(2012, 8, 1))
BACK = stages.Return(project=1, stage="prepared", reason="施工许可系伪造")
GIVEN_UP = stages.Cancellation(project=1, reason="并入国家项目")

STAGES = {
    "stages.1": (STARTING, STARTING, "还缺 4 项：开工报告（项目单位）", PREPARED, replace(PREPARED, has={})),
    "stages.2": (STARTING, replace(STARTING, stage="completed"), "前期完成，要进入“已完工”", PREPARED),
    "stages.3": (
        STARTING, STARTING, "“前期完成”2012年9月3日", PREPARED, replace(PREPARED, reached={"prepared": AUTUMN}),
    ),
    "stages.4": (STARTING, replace(STARTING, when=TOMORROW), "2012年9月4日", PREPARED),
    "stages.5": (
        STARTING, STARTING, "已进入“已开工”", PREPARED, replace(PREPARED, reached={"started": SUMMER}),
    ),
    "stages.6": (
        STARTING, STARTING, "事前公示 2012年9月3日", PREPARED,
        replace(PREPARED, has=PREPARED.has | {"publicity_before": AUTUMN}),
    ),
    "stages.7": (STARTING, STARTING, "项目已取消", PREPARED, replace(PREPARED, status="cancelled")),
    "stages.8": (BACK, replace(BACK, reason=" "), "未写原因", PREPARED),
    "stages.9": (BACK, replace(BACK, stage="approved"), "项目前期完成", PREPARED),
    "stages.10": (GIVEN_UP, replace(GIVEN_UP, reason=""), "未写原因", PREPARED),
    "stages.11": (GIVEN_UP, GIVEN_UP, "还有 30万元", PREPARED, replace(PREPARED, lying=30 * WAN)),
    "stages.12": (LATER, LATER, "2012-07-01 改为 2012-08-01", replace(PREPARED, changing=("schedule",)), PREPARED),
    "stages.13": (LATER, replace(LATER, due=date(2012, 10, 2)), "“已完工”2012-10-01", PREPARED),
}  # fmt: skip

# ---- what is said of a project and the papers it has -----------------------------------------------------------------

DESCRIBED = works.Description(project=1, values=(("place", "隆务镇"),), before=(("place", "保安镇"),))
PERMIT = works.ProjectPaper(project=1, type="planning_permit", number="规〔2012〕3号", when=SPRING)

WORKS = {
    "works.1": (DESCRIBED, DESCRIBED, "要改地点", replace(PREPARED, changing=("place",)), PREPARED),
    "works.2": (DESCRIBED, replace(DESCRIBED, values=(("name", " "),)), "名称为空", PREPARED),
    "works.3": (PERMIT, replace(PERMIT, type="acceptance"), "验收合格", PREPARED),
    "works.4": (replace(PERMIT, number="", issuer="县规划局"), replace(PERMIT, number=""), "都没有写", PREPARED),
    "works.5": (PERMIT, replace(PERMIT, when=TOMORROW), "2012年9月4日", PREPARED),
    "works.6": (
        replace(PERMIT, waived=True), replace(PERMIT, waived=True, number="", issuer="县规划局"), "未写依据", PREPARED,
    ),
}  # fmt: skip

# ---- progress: 120 of 300 万元 paid is 40 % ----------------------------------------------------------------------------

REPORT = progress.Progress(project=1, percent=50, aid_done=150 * WAN, in_place=200 * WAN, when=AUTUMN)
EMPTY = progress.Progress(project=1, when=AUTUMN)
UNDER_WAY = progress.Reported(
    TODAY, date(2012, 8, 1), 45, True, planned=300 * WAN, received=200 * WAN, paid=120 * WAN,
    pack=Pack((Choice("progress.6", "asks", {"points": 10}),)),
)  # fmt: skip

PROGRESS = {
    "progress.1": (replace(REPORT, percent=100), replace(REPORT, percent=101), "101%", UNDER_WAY),
    "progress.2": (REPORT, replace(REPORT, when=TOMORROW), "2012年9月4日", UNDER_WAY),
    "progress.3": (
        replace(REPORT, percent=44, remark="返工"), replace(REPORT, percent=44), "2012-08-01 报的是 45%", UNDER_WAY,
    ),
    "progress.4": (replace(EMPTY, said="主体封顶"), EMPTY, "都没有填", UNDER_WAY),
    "progress.5": (replace(REPORT, other_done=0), replace(REPORT, other_done=-1 * WAN), "−1万元", UNDER_WAY),
    "progress.6": (REPORT, replace(REPORT, percent=51), "已付 40%，形象进度 51%", UNDER_WAY),
    "progress.7": (
        replace(REPORT, other_done=150 * WAN), replace(REPORT, other_done=151 * WAN), "完成投资 301万元", UNDER_WAY,
    ),
    "progress.8": (REPORT, REPORT, "尚未办开工", UNDER_WAY, replace(UNDER_WAY, begun=False)),
    "progress.9": (REPORT, replace(REPORT, in_place=199 * WAN), "账上到账 200万元", UNDER_WAY),
}  # fmt: skip

# ---- outputs: 120 dwellings ------------------------------------------------------------------------------------------

DWELLINGS = outputs.Output(project=1, type="housing", target=exactly(120, "dwelling"))
FOUND = outputs.Verified(output=9, actual=exactly(120, "dwelling"), evidence=8, when=AUTUMN)
DONE = stages.Life(TODAY, "completed", True, reached={"started": SPRING, "completed": SUMMER})
PROPOSED = stages.Life(TODAY, "proposed", True)
KEPT = outputs.Yield(DONE, exactly(120, "dwelling"))

OUTPUTS = {
    "outputs.1": (DWELLINGS, replace(DWELLINGS, target=exactly(120, "mu")), "住房以“亩”计", outputs.Yield(PROPOSED)),
    "outputs.2": (DWELLINGS, replace(DWELLINGS, target=exactly(0, "dwelling")), "0套", outputs.Yield(PROPOSED)),
    "outputs.3": (DWELLINGS, replace(DWELLINGS, target=exactly(100, "dwelling")), "由120套改为100套", KEPT),
    "outputs.4": (
        replace(DWELLINGS, name="二期"), DWELLINGS, "已有一行", outputs.Yield(PROPOSED, twin=True),
    ),
    "outputs.5": (FOUND, FOUND, "项目申报书", replace(KEPT, paper="acceptance_certificate"), replace(KEPT, paper="proposal")),
    "outputs.6": (FOUND, replace(FOUND, actual=exactly(9000, "square_metre")), "平方米", KEPT),
    "outputs.7": (FOUND, replace(FOUND, actual=exactly(119, "dwelling")), "目标120套，实际119套", KEPT),
    "outputs.8": (FOUND, replace(FOUND, when=SPRING), "2012年7月2日完工", KEPT),
    "outputs.9": (DWELLINGS, DWELLINGS, "住房", outputs.Yield(PROPOSED, type="housing"), outputs.Yield(PROPOSED, type="road")),
    "outputs.10": (FOUND, replace(FOUND, actual=exactly(-5, "dwelling")), "−5套", KEPT),
    "outputs.11": (FOUND, replace(FOUND, when=TOMORROW), "2012年9月4日", KEPT),
}  # fmt: skip

# ---- inspections, assets ---------------------------------------------------------------------------------------------

ACCEPTANCE = inspections.Inspection(
    project=1, type="acceptance", conclusion="passed", when=AUTUMN, parties=(("inspector", 3), ("inspector", 4))
)
RATING = replace(ACCEPTANCE, type="self_rating", score=912, parties=())
LOOK = replace(ACCEPTANCE, type="look", use="in_use")
MEND = replace(ACCEPTANCE, type="inspection", conclusion="mend", items=(("found", "屋面渗水", ""),))
LOOKED_AT = inspections.Inspected(DONE)

INSPECTIONS = {
    "inspections.1": (ACCEPTANCE, replace(ACCEPTANCE, when=TOMORROW), "2012年9月4日", LOOKED_AT),
    "inspections.2": (MEND, replace(MEND, items=()), "限期整改，没有写问题", LOOKED_AT),
    "inspections.3": (ACCEPTANCE, replace(ACCEPTANCE, when=SPRING), "2012年7月2日完工", LOOKED_AT),
    "inspections.4": (RATING, replace(RATING, score=1001), "100.1 分", LOOKED_AT),
    "inspections.5": (ACCEPTANCE, replace(ACCEPTANCE, parties=(("inspector", 3),) * 2), "1 个", LOOKED_AT),
    "inspections.6": (ACCEPTANCE, ACCEPTANCE, "还有 2 个问题", LOOKED_AT, replace(LOOKED_AT, open=2)),
    "inspections.7": (LOOK, replace(LOOK, use=""), "未写使用情况", LOOKED_AT),
    "inspections.8": (replace(MEND, conclusion="passed", items=()), MEND, "屋面渗水", LOOKED_AT),
}

HOUSES = assets.Asset(
    project=1, name="定居点住房", type="public", cost=300 * WAN, owner=3, upkeep="村委会，村集体经费", when=AUTUMN
)
ACCEPTED = stages.Life(TODAY, "settled", True, reached={"completed": SPRING, "accepted": SUMMER})
LEFT = assets.Left(ACCEPTED, registered=50 * WAN, settled=350 * WAN)

ASSETS = {
    "assets.1": (HOUSES, replace(HOUSES, upkeep=" "), "未写管护", LEFT),
    "assets.2": (HOUSES, replace(HOUSES, cost=0), "0万元", LEFT),
    "assets.3": (replace(HOUSES, type="household", owner=None), replace(HOUSES, owner=None), "未写所有单位", LEFT),
    "assets.4": (HOUSES, replace(HOUSES, when=parse("2012-06")), "2012年7月2日验收", LEFT),
    "assets.5": (HOUSES, replace(HOUSES, cost=301 * WAN), "资产合计 351万元，决算 350万元", LEFT),
}

CASES = PLANS | STAGES | WORKS | PROGRESS | OUTPUTS | INSPECTIONS | ASSETS
