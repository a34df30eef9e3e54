"""What a project may cost: its line in the annual plan, changes of it, its final accounts."""

from dataclasses import dataclass, field
from datetime import date, timedelta

from .amounts import months_after, percent, words
from .fact import Fact, Ref
from .packs import Pack
from .problem import Found, rule


@dataclass(frozen=True, kw_only=True)
class PlanLine(Fact):
    """A project in a plan for its years (`when`): amounts in fen; what it counts as (terms: share) as items of that list."""

    project: Ref
    scope: str
    aid: int
    plan: Ref | None = None
    total: int | None = None
    feasibility: int | None = None
    estimate: int | None = None
    approval: str = ""
    replaces: Ref | None = None


@dataclass(frozen=True, kw_only=True)
class ProjectChange(Fact):
    """A change of a project asked for on a day (`when`): what is to change (terms: change), from what to what, and why.

    `amount` by how many fen, `days` by how many days it moves the end; `weighty` is the rules' verdict.
    """

    project: Ref
    type: str
    reason: str
    content: str = ""
    amount: int | None = None
    days: int | None = None
    weighty: bool | None = None


@dataclass(frozen=True, kw_only=True)
class Decision(Fact):
    """What was decided of a change: on which day before, if it was, and by which document number now."""

    decided: date | None
    approval: str


@dataclass(frozen=True, kw_only=True)
class Filing(Fact):
    """A change that is put on file and not decided on: what the rules said of it."""

    decided: date | None
    weighty: bool


@dataclass(frozen=True, kw_only=True)
class Settlement(Fact):
    """Final accounts: usable from a day, of a size (terms), due later where extended; done on a day at an amount in fen."""

    project: Ref
    usable: date
    size: str
    extended: date | None = None
    settled: date | None = None
    amount: int | None = None


@dataclass(frozen=True)
class PlanStanding:
    """What the book knows when a project is planned: fen planned in all, and planned that counts as each share.

    `secured` is what the programme has secured, `reserve` what of it is kept back; `planned` and `shares` do not hold the
    line that is replaced. `cancelled`: the project was given up. Of final accounts: `leftover` what is not used, `overpaid` what was paid above them.
    """

    today: date
    pack: Pack = field(default_factory=Pack)
    planned: int = 0
    shares: tuple[tuple[str, int], ...] = ()
    secured: int = 0
    reserve: int = 0
    before: int | None = None
    estimate_before: int | None = None
    leftover: int = 0
    overpaid: int = 0
    cancelled: bool = False


@dataclass(frozen=True, kw_only=True)
class Spent(Fact):
    """What a programme has spent in the days of `when`, in fen, what of it counts as each share, what were fees."""

    total: int
    shares: tuple[tuple[str, int], ...] = ()
    fees: int = 0


@dataclass(frozen=True, kw_only=True)
class CarryOver(Fact):
    """Money issued on a day (`since`) and not used by a day (`when`), in fen; for standing checks."""

    since: date
    amount: int


def _value(code: str, name: str, fact: Fact, standing: PlanStanding) -> int | None:
    return standing.pack.value(code, name, fact.day or standing.today)


@rule("budgets.1", basis="会计法：以确数记账", guards=True)
def aid_is_above_zero(fact: PlanLine, standing: PlanStanding) -> Found | None:
    """计划安排给项目的援助资金须大于零。
    The aid that a plan gives a project is above zero."""
    return None if fact.aid > 0 else Found(words(fact.aid), "大于 0", "照计划填上；取消的项目办变更")


@rule("budgets.2", basis="部分不大于整体")
def aid_within_the_total(fact: PlanLine, standing: PlanStanding) -> Found | None:
    """援助资金不得超过项目总投资。
    The aid stays within the project's total investment."""
    if fact.total is None or fact.aid <= fact.total:
        return None
    return Found(f"援助 {words(fact.aid)}，总投资 {words(fact.total)}", "援助不超过总投资", "核对两数")


@rule("budgets.3", basis="政府投资条例第23条")
def total_within_the_estimate(fact: PlanLine, standing: PlanStanding) -> Found | None:
    """总投资不得超过批准的概算。
    The total investment stays within the approved estimate."""
    if fact.estimate is None or fact.total is None or fact.total <= fact.estimate:
        return None
    return Found(words(fact.total), f"不超过概算 {words(fact.estimate)}", "先办概算调整")


@rule("budgets.4", basis="政府投资条例第23条")
def raised_estimate_is_approved(fact: PlanLine, standing: PlanStanding) -> Found | None:
    """调增概算须由原核定部门批准，写明批文。
    An estimate is raised by the body that approved it, and its document is named."""
    before = standing.estimate_before
    if before is None or fact.estimate is None or fact.estimate <= before or fact.approval.strip():
        return None
    return Found(f"概算由 {words(before)} 增到 {words(fact.estimate)}，未写批文", "批文文号", "补批文文号")


@rule("budgets.5", basis="政府投资条例第12条", weight="asks", needs=("over",))
def estimate_near_the_feasibility_figure(fact: PlanLine, standing: PlanStanding) -> Found | None:
    """概算超过可行性研究报告估算一定比例的，可能要重报可研报告。
    An estimate that exceeds the feasibility figure by a set part may have to be submitted anew."""
    over = _value("budgets.5", "over", fact, standing)
    if over is None or fact.estimate is None or not fact.feasibility:
        return None
    if fact.estimate * 1000 <= fact.feasibility * (1000 + over):
        return None
    found = f"概算 {words(fact.estimate)}，可研 {words(fact.feasibility)}"
    return Found(found, f"超过不多于 {percent(over)}", "报告审批部门，按要求重报可研")


@rule("budgets.6", basis="政府投资条例第21条")
def replaced_line_names_its_approval(fact: PlanLine, standing: PlanStanding) -> Found | None:
    """变更已列入计划的项目，须由原审批部门批准，写明批文。
    A project that is in the plan is changed by the body that approved it, and its document is named."""
    if fact.replaces is None or fact.approval.strip():
        return None
    return Found("未写批文", "原审批部门的批文文号", "先办变更，再写批文文号")


@rule("budgets.7", basis="政府投资条例第21条；变更须有申请和理由")
def change_says_why(fact: ProjectChange, standing: object) -> Found | None:
    """申请变更地点、规模、内容的，须写明理由。
    A change of place, scale or content says why."""
    return None if fact.reason.strip() else Found("未写理由", "变更理由", "写明原因，附新的方案")


def _due(fact: Settlement, standing: PlanStanding) -> date | None:
    """When final accounts are due without an extension."""
    months = standing.pack.value("budgets.8", "months", fact.usable)
    return months_after(fact.usable, months) if months is not None else None


@rule("budgets.8", basis="财建〔2016〕503号", weight="asks", needs=("months",))
def final_accounts_are_in_time(fact: Settlement, standing: PlanStanding) -> Found | None:
    """项目可以使用后，应在规定月数内编完竣工财务决算；经批准可以延长。
    Final accounts are done within so many months after a project can be used, later where it was extended."""
    due = _due(fact, standing)
    if due is None:
        return None
    due = max(due, fact.extended or due)
    if (fact.settled or standing.today) <= due:
        return None
    return Found(f"{fact.settled} 编完" if fact.settled else "尚未编完", f"{due} 前", "尽快编报；需要延期的报批")


@rule("budgets.9", basis="财建〔2016〕503号", needs=("small", "large"))
def extension_within_its_limit(fact: Settlement, standing: PlanStanding) -> Found | None:
    """竣工财务决算延期不得超过规定月数：中小型、大型各有限额。
    Final accounts are extended by no more than the months set for small and medium or for large projects."""
    due, months = _due(fact, standing), standing.pack.value("budgets.9", fact.size, fact.usable)
    if due is None or months is None or fact.extended is None:
        return None
    last = months_after(due, months)
    return Found(f"延到 {fact.extended}", f"不晚于 {last}", "改正延期日期") if fact.extended > last else None


@rule("budgets.10", basis="政府投资条例第25条", weight="asks")
def left_over_is_returned(fact: Settlement, standing: PlanStanding) -> Found | None:
    """竣工财务决算后结余的财政资金应当上缴。
    What is left of fiscal money after final accounts is returned to the treasury."""
    if fact.settled is None or standing.leftover <= 0:
        return None
    return Found(f"结余 {words(standing.leftover)}", "已上缴", "登记上缴结余")


@rule("budgets.11", basis="财建〔2022〕183号", weight="asks", valid_from=date(2022, 8, 1), needs=("days",))
def overpaid_is_returned(fact: Settlement, standing: PlanStanding) -> Found | None:
    """结算后多付的工程款应在规定天数内退回。
    What was paid too much is returned within so many days after settlement."""
    days = _value("budgets.11", "days", fact, standing)
    if days is None or fact.settled is None or standing.overpaid <= 0:
        return None
    due = fact.settled + timedelta(days=days)
    if standing.today <= due:
        return None
    return Found(f"多付 {words(standing.overpaid)}，至 {standing.today} 未退回", f"{due} 前退回", "催收并登记退回")


@rule("budgets.12", basis="财预〔2015〕15号", weight="asks", needs=("months",))
def carried_over_is_taken_back(fact: CarryOver, standing: PlanStanding) -> Found | None:
    """结转满规定月数的资金由县级财政收回。
    Money carried over for so many months is taken back by the county's finance office."""
    months = _value("budgets.12", "months", fact, standing)
    if months is None or fact.amount <= 0:
        return None
    due, day = months_after(fact.since, months), fact.day or standing.today
    if day < due:
        return None
    return Found(f"{words(fact.amount)}自 {fact.since} 结转", f"{due} 前用完", "收回，或调整到其他项目")


def is_weighty(fact: ProjectChange, aid: int, pack: Pack, today: date) -> bool:
    """Whether a change goes back to who approved the project: place, scale, content and design always.

    A change of the budget up to so much of the aid, or of the schedule up to so many days, does not, where the programme
    has set how much (budgets.16); where nobody has, every change goes back.
    """
    over, days = (pack.value("budgets.16", name, fact.day or today) for name in ("over", "days"))
    if fact.type == "budget" and over is not None and fact.amount is not None and aid:
        return abs(fact.amount) * 1000 > aid * over
    if fact.type == "schedule" and days is not None and fact.days is not None:
        return abs(fact.days) > days
    return True


@rule("budgets.16", basis="政府投资条例第21条；变更分类由各项目方案规定", needs=("over", "days"))
def weighty_change_is_not_put_on_file(fact: Filing, standing: object) -> Found | None:
    """重大变更由原审批部门批复，不能只备案。
    A weighty change is decided by who approved the project, not put on file."""
    remedy = "报原审批部门批复；多大算一般变更由项目方案的规则包设定，没有设定的一律算重大"
    return Found("重大变更", "批复", remedy) if fact.weighty else None


@rule("budgets.17", basis="变更须说清由什么改为什么", weight="asks")
def change_says_from_what_to_what(fact: ProjectChange, standing: object) -> Found | None:
    """申请变更应写明由什么改为什么。
    A change says from what to what."""
    return (
        None if fact.content.strip() else Found("未写变更内容", "如“建筑面积由 2000 改为 1800 平方米”", "补上变更内容")
    )


@dataclass(frozen=True)
class ChangeStanding:
    """What the book knows when a change is asked for: what the project's line in the plan comes to, in fen."""

    today: date
    planned: int = 0


@rule("budgets.19", basis="先有事后有申请")
def change_is_not_asked_for_in_the_future(fact: ProjectChange, standing: ChangeStanding) -> Found | None:
    """申请变更的日期不晚于今天。
    A change is not asked for in the future."""
    late = fact.when and fact.when.first > standing.today
    return Found(fact.when.zh, f"不晚于 {standing.today}", "改正日期") if late and fact.when else None


@rule("budgets.20", basis="核减不超过安排", guards=True)
def no_more_is_cut_than_was_planned(fact: ProjectChange, standing: ChangeStanding) -> Found | None:
    """减少的投资不超过计划安排。
    No more is cut than was planned."""
    if fact.amount is None or -fact.amount <= standing.planned:
        return None
    return Found(
        f"减少 {words(-fact.amount)}", f"至多 {words(standing.planned)}", "核对金额；整个项目不做的，办取消项目"
    )


@rule("budgets.21", basis="变更须写明增减多少", weight="asks")
def change_says_by_how_much(fact: ProjectChange, standing: object) -> Found | None:
    """改投资的变更应写明增减金额，改工期的应写明增减天数。
    A change of money says by how much, one of the schedule by how many days."""
    if fact.type == "budget" and fact.amount is None:
        return Found("未写增减金额", "如 -20万元", "补上投资增减")
    return Found("未写增减天数", "如 60 天", "补上工期增减") if fact.type == "schedule" and fact.days is None else None


@rule("budgets.18", basis="取消的项目重新申报")
def cancelled_project_is_not_planned(fact: PlanLine, standing: PlanStanding) -> Found | None:
    """已取消的项目不再列入计划。
    A project that was given up is not put in a plan."""
    return Found("项目已取消", "未取消的项目", "要恢复的重新申报") if standing.cancelled else None


@rule("budgets.13", basis="一事一批", guards=True)
def change_is_decided_once(fact: Decision | Filing, standing: object) -> Found | None:
    """一项变更只批复一次。
    A change is decided once."""
    return None if fact.decided is None else Found(f"{fact.decided} 已批复", "未批复的变更", "要改变的另提变更")


@rule("budgets.14", basis="政府投资条例第21条")
def decision_names_its_document(fact: Decision, standing: object) -> Found | None:
    """批复变更须写明批文。
    A decision on a change names its document."""
    return None if fact.approval.strip() else Found("未写批文", "批文文号", "照批文填上")


@rule("budgets.15", basis="先建成，后决算")
def accounts_are_not_before_use(fact: Settlement, standing: PlanStanding) -> Found | None:
    """决算日期不得早于可使用日期。
    Final accounts are not older than the day from which the thing could be used."""
    if fact.settled is None or fact.settled >= fact.usable:
        return None
    return Found(f"{fact.settled} 决算，{fact.usable} 才可使用", "决算在后", "核对两个日期")


RULES = {
    PlanLine: (
        aid_is_above_zero,
        aid_within_the_total,
        total_within_the_estimate,
        raised_estimate_is_approved,
        estimate_near_the_feasibility_figure,
        replaced_line_names_its_approval,
        cancelled_project_is_not_planned,
    ),
    ProjectChange: (
        change_says_why,
        change_is_not_asked_for_in_the_future,
        no_more_is_cut_than_was_planned,
        change_says_from_what_to_what,
        change_says_by_how_much,
    ),
    Filing: (change_is_decided_once, weighty_change_is_not_put_on_file),
    Settlement: (
        final_accounts_are_in_time,
        extension_within_its_limit,
        left_over_is_returned,
        overpaid_is_returned,
        accounts_are_not_before_use,
    ),
    CarryOver: (carried_over_is_taken_back,),
    Decision: (change_is_decided_once, decision_names_its_document),
}
