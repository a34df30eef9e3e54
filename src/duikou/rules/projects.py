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
    """A project with its sector and state; `part_of` names the stated total it is listed under.

    `stage` (terms: life) is what acts have brought it to. It answers needs (links), and has an owner and a front-line
    office with the posts that answer for it.
    """

    name: str
    sector: str
    status: str
    region: str = ""
    part_of: Ref | None = None
    brought_in: str = ""
    may_be_several: bool = False
    open_list: bool = False
    code: str = ""
    stage: str = ""
    delivery: str = ""
    aid_form: str = ""
    fixed: bool | None = None
    paired: bool | None = None
    timing: str = ""
    level: str = ""
    year: int | None = None
    place: str = ""
    content: str = ""
    benefit: str = ""
    owner: Ref | None = None
    owner_post: str = ""
    front: Ref | None = None
    front_post: str = ""
    remark: str = ""


@dataclass(frozen=True)
class ProjectStanding:
    """For a project: how many are named under its total with this one, the total, and the plan of its year.

    `twin`: another of this name in the area is under way; `code_bearer` the project that has its code already.
    """

    named: int = 0
    total: Quantity | None = None
    plan_status: str = ""
    twin: bool = False
    code_bearer: str = ""


def standing_of(*, stated: bool, listed: bool, status: str = "") -> str:
    """How a project counts (terms: standing): a stated total as such, one listed under it inside it, else by itself.

    One that is only being prepared, or was given up, counts as no project yet.
    """
    if stated or listed:
        return "total" if stated else "part"
    return "outside" if status in OUTSIDE else "own"


OUTSIDE = ("preparing", "cancelled")


@rule("projects.1", basis="总数可先于分项登记", guards=True)
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


@rule("projects.4", basis="审计发现第3类：重复申报", weight="asks")
def project_is_proposed_once(fact: Project, standing: ProjectStanding) -> Found | None:
    """同一地区不应重复申报同名项目。
    A project of one name is proposed once in an area."""
    return Found(f"已有“{fact.name}”", "不重复申报", "核对是否同一项目；分期的写明期次") if standing.twin else None


@rule("projects.5", basis="一个项目一个编码", guards=True)
def code_belongs_to_one_project(fact: Project, standing: ProjectStanding) -> Found | None:
    """项目编码不得重复。
    A code belongs to one project."""
    return (
        Found(f"编码 {fact.code} 已属于“{standing.code_bearer}”", "没有用过的编码", "换一个编码，或到那个项目里办")
        if standing.code_bearer
        else None
    )


@rule("projects.6", basis="审计发现第10类：产业项目须有联农带农", weight="asks")
def industry_says_whom_it_benefits(fact: Project, standing: ProjectStanding) -> Found | None:
    """产业项目应写明怎样带动群众受益。
    A project of industry says how people benefit."""
    if fact.sector not in ("industry", "agriculture") or fact.benefit.strip() or fact.status != "preparing":
        return None
    return Found("未写利益联结", "如“流转草场分红，带动 60 户就业”", "照实施方案填上")


@rule("projects.7", basis="项目须有名称和地区")
def project_has_name_and_area(fact: Project, standing: ProjectStanding) -> Found | None:
    """申报的项目须有名称和所在地区。
    A project that is proposed has a name and an area."""
    if fact.status != "preparing" or (fact.name.strip() and fact.region):
        return None
    return Found("未写名称" if not fact.name.strip() else "未写地区", "名称和地区", "照申报书填上")


RULES = {
    StatedTotal: (project_starts_under_a_plan,),
    Project: (
        parts_within_their_total,
        project_is_proposed_once,
        code_belongs_to_one_project,
        industry_says_whom_it_benefits,
        project_has_name_and_area,
    ),
}
AFTER = {StatedTotal: (total_has_all_its_parts,)}
