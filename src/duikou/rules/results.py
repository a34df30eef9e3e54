"""Standing checks on what projects are worth: whom they serve, how money is shared, what was mended and built, twins."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any
from unicodedata import category, normalize

from duikou.terms.words import zh

from .amounts import words
from .checks import Checked
from .course import Way
from .problem import Found, Rule, rule
from .quantity import Quantity
from .writing import write

INDUSTRY = ("industry", "agriculture")
SERVED = ("households_served", "people_served", "training", "job")  # outputs that say whom a project served


@dataclass(frozen=True)
class Industry:
    """A project of a sector, how people benefit of it, and its aid in fen."""

    sector: str
    benefit: str
    amount: int | None = None


@dataclass(frozen=True)
class Sharing:
    """What a plan gives: per sector and per area, what each project or area gets in fen."""

    groups: tuple[tuple[str, tuple[int, ...]], ...]


@dataclass(frozen=True)
class CoFunding:
    """What a project costs beside the aid, how much of it was done in per cent, and what of the other money is in place."""

    others: int
    percent: int
    in_place: int

    @property
    def wanted(self) -> int:
        """The fen of other money that so much work asks for."""
        return self.others * self.percent // 100

    @property
    def amount(self) -> int:
        """The gap in fen."""
        return self.wanted - self.in_place


@dataclass(frozen=True)
class Points:
    """The points of one inspection that are not settled: the day each is due, and how many were settled before."""

    due: tuple[date | None, ...] = ()
    reopened: int = 0


@dataclass(frozen=True)
class Yielded:
    """An output of a project (terms: output): target, what was verified, whether by a paper; `built`: fixed and accepted."""

    type: str
    target: Quantity
    actual: Quantity | None = None
    evidence: bool = False
    built: bool = False


@dataclass(frozen=True)
class Shown:
    """The last report of a project: its day, per cent, and how many photographs came with it."""

    day: date | None
    percent: int | None
    photographs: int = 0


@dataclass(frozen=True)
class Twin:
    """A project beside the earlier ones that may be the same: name, area, place, content, what it is to yield."""

    name: str
    region: str = ""
    place: str = ""
    content: str = ""
    yields: tuple[tuple[str, int], ...] = ()
    amount: int | None = None
    like: tuple["Twin", ...] = ()


def bare(text: str) -> str:
    """Words as they are compared: width, spaces and marks do not count."""
    return "".join(c for c in normalize("NFKC", text) if category(c)[0] not in "CZP").casefold()


TWINS = (  # what two projects have in common; empty where one does not say it
    ("同一地区、同名", lambda p: (bare(p.name), p.region) if p.region else ()),
    ("建设内容一字不差", lambda p: bare(p.content)),
    ("同一地点、同样的产出", lambda p: (p.region, bare(p.place), p.yields) if p.place.strip() and p.yields else ()),
)


@rule("results.1", basis="审计发现第10类：资金投给企业，未与群众挂钩", weight="asks")
def industry_is_tied_to_people(fact: Industry, standing: Checked) -> Found | None:
    """列入计划的产业项目应写明怎样带动群众受益。
    A project of industry in the plan says how people benefit."""
    if fact.sector not in INDUSTRY or fact.benefit.strip():
        return None
    return Found(f"{zh('sector', fact.sector)}项目未写利益联结", "分红、就业、收购等写明户数", "照实施方案填上")


@rule("results.2", basis="审计发现第11类：平均分配，81个项目", weight="asks")
def money_is_not_shared_out_flat(fact: Sharing, standing: Checked) -> Found | None:
    """计划给同类三个以上项目或三个以上地区的援助资金，不应一样多。
    A plan does not give the same to all of three or more projects of a kind, or areas."""
    flat = [(name, each) for name, each in fact.groups if len(each) > 2 and len(set(each)) == 1]
    if not flat:
        return None
    said = "；".join(f"{name} {len(each)} 个各 {words(each[0])}" for name, each in flat)
    return Found(said, "按需要安排", "说明怎样定的数；平均分的重新安排")


@rule("results.3", basis="审计发现第15类：配套不到位，资金有缺口", weight="asks")
def co_funding_is_in_place(fact: CoFunding, standing: Checked) -> Found | None:
    """配套资金应当随工程进度到位。
    Co-funding is in place as the work goes on."""
    if fact.amount <= 0:
        return None
    said = f"援助以外应有 {words(fact.others)}，进度 {fact.percent}% 应到 {words(fact.wanted)}，已见 {words(fact.in_place)}"
    return Found(said, "随进度到位", "落实配套资金；落实不了的调整规模，报原审批部门")


@rule("results.4", basis="审计发现第18类：以前的问题未整改", weight="asks")
def points_are_mended_in_time(fact: Points, standing: Checked) -> Found | None:
    """检查发现的问题应在期限内整改完。
    What an inspection found is mended by the day it is due."""
    late = sorted(due for due in fact.due if due is not None and due < standing.today)
    if not late:
        return None
    said = f"{len(fact.due)} 个问题未办结，{len(late)} 个逾期，最早应于 {late[0]} 整改"
    return Found(said, "按期整改，附证据", "责任单位整改后答复；整改不了的说明原因")


@rule("results.5", basis="审计发现第18类：回头看", weight="asks")
def mended_points_stay_mended(fact: Points, standing: Checked) -> Found | None:
    """整改过的问题不应再次出现。
    What was mended does not come up again."""
    if not fact.reopened:
        return None
    return Found(f"{fact.reopened} 个问题判定整改后又重开", "整改后不反复", "查明上次整改为什么没有到位，重新整改")


@rule("results.6", basis="审计发现第19类：固投项目与可研目标相比", weight="asks")
def what_was_built_reaches_its_target(fact: Yielded, standing: Checked) -> Found | None:
    """固投项目验收时，实际产出应当核实并达到可研目标。
    At acceptance the outputs of a fixed asset are verified and reach the targets of the feasibility study."""
    if not fact.built or fact.target.low is None:
        return None
    if fact.actual is not None and (fact.actual.high is None or fact.actual.high >= fact.target.low):
        return None
    actual = f"实际{write(fact.actual).text}" if fact.actual else "实际未核实"
    return Found(
        f"{zh('output', fact.type)}目标{write(fact.target).text}，{actual}", "达到目标", "核实产出；未达到的说明原因"
    )


@rule("results.7", basis="审计发现第19类：非固投项目看效果", weight="asks")
def loose_project_says_whom_it_served(fact: Way, standing: Checked) -> Found | None:
    """非固投项目验收时，应核实惠及多少户、多少人。
    At acceptance a project without fixed assets says how many households or people it served."""
    if fact.life.fixed is not False or fact.served or not fact.past("accepted"):
        return None
    return Found("已验收，没有核实的受益户、受益人、培训或就业", "至少核实一项", "照签到、花名册等核实后填上")


@rule("results.8", basis="审计发现第21类：数字须有依据", weight="asks")
def output_rests_on_a_paper(fact: Yielded, standing: Checked) -> Found | None:
    """实际产出数应有验收或核查文件作依据。
    The actual number of an output rests on a paper."""
    if fact.actual is None or fact.evidence:
        return None
    return Found(
        f"{zh('output', fact.type)}{write(fact.actual).text}，没有依据", "验收证书或核查记录", "登记文件后重新核实"
    )


@rule("results.9", basis="审计发现第21类：数字须有依据", weight="asks")
def progress_rests_on_photographs(fact: Shown, standing: Checked) -> Found | None:
    """形象进度应有现场照片。
    Reported progress comes with photographs of the site."""
    if not fact.percent or fact.photographs:
        return None
    return Found(f"{fact.day} 报形象进度 {fact.percent}%，没有照片", "至少一张现场照片", "补拍照片，重报这次进度")


@rule("results.10", basis="审计发现第3、6类：重复申报、虚报项目", weight="asks")
def project_is_funded_once(fact: Twin, standing: Checked) -> Found | None:
    """一件事不应列成两个项目领两次钱。
    One thing is not funded as two projects."""
    for said, key in TWINS:
        other = next((one for one in fact.like if key(fact) and key(one) == key(fact)), None)
        if other is not None:
            return Found(f"与“{other.name}”{said}", "一件事一个项目", "查两个项目的地点、内容和付款；分期的写明期次")
    return None


@rule("results.11", basis="审计发现第13类：擅自改变规模和内容；政府投资条例第21条", weight="asks")
def what_was_built_stays_within_its_scale(fact: Yielded, standing: Checked) -> Found | None:
    """固投项目建成的规模不应超出批复。
    What was built is not larger than what was approved."""
    actual, high = fact.actual, fact.target.high
    if (
        not fact.built
        or fact.type in SERVED
        or actual is None
        or actual.low is None
        or high is None
        or actual.low <= high
    ):
        return None
    said = f"{zh('output', fact.type)}批复{write(fact.target).text}，建成{write(actual).text}"
    return Found(said, "不超出批复的规模", "说明原因；规模有变的补办变更")


RULES: Mapping[type[Any], tuple[Rule, ...]] = {
    Industry: (industry_is_tied_to_people,),
    Sharing: (money_is_not_shared_out_flat,),
    CoFunding: (co_funding_is_in_place,),
    Points: (points_are_mended_in_time, mended_points_stay_mended),
    Yielded: (what_was_built_reaches_its_target, output_rests_on_a_paper, what_was_built_stays_within_its_scale),
    Way: (loose_project_says_whom_it_served,),
    Shown: (progress_rests_on_photographs,),
    Twin: (project_is_funded_once,),
}
CODES = tuple(r.code for rules in RULES.values() for r in rules)
