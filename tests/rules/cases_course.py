"""The cases of the standing checks on projects: on their course and on what they are worth.

A case is (good, bad, a word of the answer, standing of the good one, standing of the bad one where it differs).
"""

from dataclasses import replace
from datetime import date

from duikou.rules import course, results
from duikou.rules.checks import Checked
from duikou.rules.packs import Choice, Pack
from duikou.rules.period import on
from duikou.rules.quantity import exactly
from duikou.rules.stages import Life

DAY = date(2013, 9, 3)
WAN = 10_000_00  # fen
PACK = Pack((Choice("course.10", "asks", {"months": 1}), Choice("course.11", "asks", {"points": 10})))
ON = Checked(DAY, PACK)


def at(year, month, day):
    return on(date(year, month, day))


# ---- a fixed asset: papers of spring 2012, started on 1 September 2012, due on 1 September 2013, 50 % reported ---------

PAPERS = dict.fromkeys((*course.preparation(True), *course.PAPERS, "publicity_before"), at(2012, 4, 2))
BUILDING = course.Way(
    Life(
        date(2013, 3, 2), "started", True, reached={"started": at(2012, 9, 1)}, due={"completed": date(2013, 9, 1)}, has=PAPERS,
    ),
    amount=300 * WAN, given=date(2012, 5, 2), reported=date(2013, 2, 4), percent=40,
)  # fmt: skip
THEN = Checked(
    date(2013, 3, 2), PACK
)  # 182 of 365 days are gone, 49.9 %: 40 % is less than 10 points behind, 39 % more

# ---- the same in use: accepted in August 2012, handed over on 3 September 2012 -----------------

HANDED = course.Way(
    Life(DAY, "handed_over", True, reached={"accepted": at(2012, 8, 1), "handed_over": at(2012, 9, 3)}, has=PAPERS | {"publicity_after": at(2012, 8, 20)}),
    used=date(2012, 8, 1),
)  # fmt: skip
LOOSE = course.Way(Life(DAY, "accepted", False, has={"publicity_after": None}), served=True)
TRENCH = course.Changing("design", date(2013, 5, 6))
START = course.Due("started", date(2013, 9, 3))


def having(way, **papers):
    """The same project with other papers."""
    return replace(way, life=replace(way.life, has=PAPERS | papers))


COURSE = {
    "course.1": (
        BUILDING, having(BUILDING, publicity_before=at(2012, 9, 2)), "事前公示 2012年9月2日", ON
    ),
    "course.2": (HANDED, replace(HANDED, life=replace(HANDED.life, has=PAPERS)), "没有事后公示", ON),
    "course.3": (HANDED, HANDED, "2012-09-03 移交以后没有再查看", ON, replace(ON, today=date(2013, 9, 4))),
    "course.4": (
        replace(HANDED, use="in_use", looked=DAY), replace(HANDED, use="other_use", looked=DAY),
        "2013-09-03 查看：改作他用", ON,
    ),
    "course.5": (
        BUILDING, replace(BUILDING, given=date(2012, 4, 1)), "2012-04-01 有资金，缺 14 项：项目申报书 2012年4月2日", ON
    ),
    "course.6": (
        BUILDING, having(BUILDING, construction_permit=at(2012, 9, 2)), "施工许可 2012年9月2日", ON
    ),
    "course.7": (HANDED, replace(HANDED, used=date(2012, 7, 31)), "2012-07-31 已使用，2012年8月1日验收", ON),
    "course.8": (TRENCH, replace(TRENCH, amount=20 * WAN), "申请设计变更未批复，其后又付 20万元", ON),
    "course.9": (START, START, "应于 2013-09-03 前进入“已开工”，已逾期 1 天", ON, replace(ON, today=date(2013, 9, 4))),
    "course.10": (BUILDING, replace(BUILDING, reported=date(2013, 2, 1)), "上次报进度 2013-02-01", THEN),
    "course.11": (BUILDING, replace(BUILDING, percent=39), "工期已过 49%，形象进度 39%", THEN),
}  # fmt: skip

# ---- what projects are worth -----------------------------------------------------------------------------------------

PASTURE = results.Industry("agriculture", "带动 60 户分红")
FLAT = results.Sharing((("教育", (100 * WAN, 100 * WAN)), ("同仁县", (100 * WAN,))))
OTHERS = results.CoFunding(others=60 * WAN, percent=50, in_place=30 * WAN)
POINTS = results.Points((DAY, None))
BEDS = results.Yielded("hospital", exactly(40, "bed"), exactly(40, "bed"), evidence=True, built=True)
SITE = results.Shown(DAY, 50, photographs=1)
SQUARE = results.Twin("文化广场", "632321", "隆务镇", "广场 2000 平方米")
OTHER = results.Twin("文化广场（二期）", "632321", "保安镇", "广场 800 平方米")

RESULTS = {
    "results.1": (PASTURE, replace(PASTURE, benefit=" "), "农牧业项目未写利益联结", ON),
    "results.2": (FLAT, results.Sharing((("教育", (100 * WAN,) * 3),)), "教育 3 个各 100万元", ON),
    "results.3": (OTHERS, replace(OTHERS, percent=51), "应到 30.6万元，已见 30万元", ON),
    "results.4": (POINTS, POINTS, "2 个问题未办结，1 个逾期", ON, replace(ON, today=date(2013, 9, 4))),
    "results.5": (POINTS, replace(POINTS, reopened=1), "1 个问题判定整改后又重开", ON),
    "results.6": (BEDS, replace(BEDS, actual=exactly(39, "bed")), "目标40张床，实际39张床", ON),
    "results.7": (LOOSE, replace(LOOSE, served=False), "没有核实的受益户", ON),
    "results.8": (BEDS, replace(BEDS, evidence=False), "40张床，没有依据", ON),
    "results.9": (SITE, replace(SITE, photographs=0), "没有照片", ON),
    "results.10": (
        replace(OTHER, like=(SQUARE,)), replace(OTHER, name="文化 广场", like=(SQUARE,)), "“文化广场”同一地区、同名", ON
    ),
    "results.11": (
        replace(BEDS, type="people_served", actual=exactly(41, "person")), replace(BEDS, actual=exactly(41, "bed")),
        "批复40张床，建成41张床", ON,
    ),
}  # fmt: skip

CASES = COURSE | RESULTS
