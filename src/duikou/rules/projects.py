"""Projects, and totals that stand without their parts."""

from dataclasses import dataclass
from datetime import date

from .fact import Fact, Ref
from .problem import Found, rule
from .quantity import Quantity


@dataclass(frozen=True, kw_only=True)
class StatedTotal(Fact):
    """A total as asserted on a day (terms: total); records on or before that day fill it in, later ones add to it."""

    of: str
    as_of: date
    amount: Quantity
    status: str = ""
    open_list: bool = False


@dataclass(frozen=True, kw_only=True)
class Project(Fact):
    """A project with its sector and state; `part_of` names the stated total it is listed under."""

    name: str
    sector: str
    status: str
    region: str = ""
    part_of: Ref | None = None
    brought_in: str = ""
    may_be_several: bool = False
    open_list: bool = False


@dataclass(frozen=True)
class ProjectStanding:
    """For a project: how many are named under its total with this one, the total, and the plan of its year."""

    named: int = 0
    total: Quantity | None = None
    plan_status: str = ""


def standing_of(*, stated: bool, listed: bool) -> str:
    """How a project counts (terms: standing): a stated total as such, one listed under it inside it, else by itself."""
    return "total" if stated else "part" if listed else "own"


@rule("projects.1", basis="DESIGN：总数可先于分项", guards=True)
def parts_within_their_total(fact: Project, standing: ProjectStanding) -> Found | None:
    """列名的项目不能多于来源所说的总数。
    No more projects are named than the total that the source states."""
    if standing.total is None or standing.total.high is None or standing.named <= standing.total.high:
        return None
    return Found(
        f"列名 {standing.named} 个", f"不多于 {standing.total.high} 个", "核对总数，或把后来的项目按其开工日期另记"
    )


@rule("projects.2", basis="总数须有名单", weight="asks")
def total_has_all_its_parts(fact: StatedTotal, standing: ProjectStanding) -> Found | None:
    """来源说了总数的项目，名单应当齐全。
    The projects behind a stated total are all named."""
    low = fact.amount.low or 0
    if fact.of != "projects" or standing.named >= low:
        return None
    return Found(f"来源说有 {low} 个，名单有 {standing.named} 个", "名单与总数一致", "请受援方补项目名单和分县情况")


@rule("projects.3", basis="资金、项目须列入已批准的年度计划", weight="asks")
def project_starts_under_a_plan(fact: StatedTotal | Project, standing: ProjectStanding) -> Found | None:
    """项目启动时年度计划应已定稿。
    A project starts under an annual plan that is final."""
    if fact.status == "started" and standing.plan_status == "preliminary":
        return Found("项目已启动，年度计划仅“初步完成”", "计划定稿在先", "补计划定稿和批准文件")
    return None


RULES = {
    StatedTotal: (project_starts_under_a_plan,),
    Project: (parts_within_their_total,),
}
AFTER = {StatedTotal: (total_has_all_its_parts,)}
