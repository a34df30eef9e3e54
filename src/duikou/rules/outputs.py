"""What a project yields and whom it serves: targets at approval, actual as verified at acceptance."""

from dataclasses import dataclass

from duikou.terms.words import zh

from .fact import Fact, Ref
from .problem import Found, rule
from .quantity import Quantity
from .stages import Life, locked
from .writing import write

UNITS = {
    "housing": ("dwelling", "square_metre"), "settlement": ("household", "dwelling"), "water": ("household", "site", "metre"),
    "power": ("household", "metre"), "road": ("metre",), "school": ("square_metre", "school", "site"),
    "hospital": ("bed", "square_metre", "site"), "culture": ("square_metre", "site"), "farmland": ("mu",),
    "training": ("person_time",), "job": ("person",), "households_served": ("household",), "people_served": ("person",),
    "other": ("item", "site", "machine", "piece"),
}  # fmt: skip


@dataclass(frozen=True, kw_only=True)
class Output(Fact):
    """What a project is to yield (terms: output), and how much; of what it is called where the kind does not say it."""

    project: Ref
    type: str
    target: Quantity
    name: str = ""
    actual: Quantity | None = None
    evidence: Ref | None = None


@dataclass(frozen=True, kw_only=True)
class Verified(Fact):
    """How much of an output was found on a day (`when`), and the paper that it rests on."""

    output: Ref
    actual: Quantity
    evidence: Ref | None


@dataclass(frozen=True)
class Yield:
    """What the book knows of an output: its project's life, target and kind as kept, others of this kind and unit.

    `paper`: of which kind (terms: requisite) the paper is that a verified number rests on.
    """

    life: Life
    target: Quantity | None = None
    twin: bool = False
    type: str = ""
    paper: str = ""


PROOFS = (  # papers of a project that show what was built, served, taught
    "completion_report", "acceptance_certificate", "quality_file", "photographs", "audit_report", "transfer_list",
    "self_rating", "department_rating",
)  # fmt: skip


@rule("outputs.1", basis="一种产出一种单位", guards=True)
def output_has_a_unit_of_its_kind(fact: Output, standing: Yield) -> Found | None:
    """产出的计量单位须合于产出的种类。
    An output is counted in a unit of its kind."""
    if fact.target.unit in UNITS[fact.type]:
        return None
    return Found(
        f"{zh('output', fact.type)}以“{zh('unit', fact.target.unit)}”计",
        "、".join(zh("unit", u) for u in UNITS[fact.type]),
        "换成其中一种单位",
    )


@rule("outputs.2", basis="目标须可核", guards=True)
def target_is_above_zero(fact: Output, standing: Yield) -> Found | None:
    """产出目标须大于零。
    A target is above zero."""
    return None if (fact.target.low or 0) > 0 else Found(write(fact.target).text, "大于 0", "照批复的绩效目标表填")


@rule("outputs.3", basis="政府投资条例第21条：规模变更报原审批部门")
def approved_target_is_changed_by_approval(fact: Output, standing: Yield) -> Found | None:
    """已批复的产出目标只凭批复的规模或内容变更改动。
    An approved target changes only by an approved change."""
    if (
        standing.target == fact.target
        or not locked(standing.life)
        or {"scale", "content"} & set(standing.life.changing)
    ):
        return None
    before = write(standing.target).text if standing.target else "未定"
    return Found(f"目标由{before}改为{write(fact.target).text}", "批复的规模或内容变更", "先申请变更，批复后再改")


@rule("outputs.4", basis="一项产出只列一次", weight="asks")
def output_is_listed_once(fact: Output, standing: Yield) -> Found | None:
    """同一种产出、同一单位在一个项目里应只列一行。
    A project lists one kind of output in one unit once."""
    return (
        Found("已有一行同种同单位的产出", "合为一行，或写明各是什么", "写上名称，或改原来的一行")
        if standing.twin and not fact.name
        else None
    )


@rule("outputs.5", basis="审计发现第21类：数字须有依据")
def actual_rests_on_a_paper(fact: Verified, standing: Yield) -> Found | None:
    """核实的产出须以竣工、验收、评价之类的要件作依据。
    A verified output rests on a paper of completion, acceptance or rating."""
    expected = "、".join(zh("requisite", proof) for proof in PROOFS[:2]) + "等要件"
    if not fact.evidence:
        return Found("没有依据", expected, "先登记要件，再选上")
    weak = standing.paper and standing.paper not in PROOFS
    return Found(zh("requisite", standing.paper), expected, "换一份能证明产出的要件") if weak else None


@rule("outputs.6", basis="目标与实际同一单位才可比", guards=True)
def actual_is_in_the_unit_of_the_target(fact: Verified, standing: Yield) -> Found | None:
    """实际产出与目标须同一单位。
    Actual and target are in one unit."""
    unit = standing.target.unit if standing.target else fact.actual.unit
    return None if fact.actual.unit == unit else Found(zh("unit", fact.actual.unit), zh("unit", unit), "换算后填")


@rule("outputs.7", basis="审计发现第19类：固投项目与可研目标相比", weight="asks")
def actual_reaches_the_target(fact: Verified, standing: Yield) -> Found | None:
    """实际产出应达到批复的目标。
    What was built reaches the target that was approved."""
    target, high = standing.target, fact.actual.high
    if target is None or target.low is None or high is None or high >= target.low:
        return None
    return Found(f"目标{write(target).text}，实际{write(fact.actual).text}", "达到目标", "说明原因；规模有变的补办变更")


@rule("outputs.8", basis="先建成，后核实", weight="asks")
def output_is_verified_after_completion(fact: Verified, standing: Yield) -> Found | None:
    """产出应在完工之后核实。
    An output is verified after completion."""
    done, when = standing.life.reached.get("completed"), fact.when
    if when is None or (done is not None and when.last >= done.first):
        return None
    return Found(f"{when.zh}核实" + (f"，{done.zh}完工" if done else "，尚未完工"), "完工在先", "核对日期，或先办完工")


@rule("outputs.9", basis="一行一种产出", guards=True)
def output_keeps_its_kind(fact: Output, standing: Yield) -> Found | None:
    """已列的产出不改种类。
    An output that is listed keeps its kind."""
    if standing.type in ("", fact.type):
        return None
    return Found(zh("output", fact.type), zh("output", standing.type), "另写一行；原来一行不再要的办规模变更")


@rule("outputs.10", basis="数量不为负", guards=True)
def actual_is_not_below_zero(fact: Verified, standing: Yield) -> Found | None:
    """核实的数不小于零。
    What was found is not below nothing."""
    return None if (fact.actual.low or 0) >= 0 else Found(write(fact.actual).text, "0 或以上", "照核查记录填")


@rule("outputs.11", basis="记录已发生的事")
def output_is_not_verified_in_the_future(fact: Verified, standing: Yield) -> Found | None:
    """核实日期不晚于今天。
    An output is not verified in the future."""
    today = standing.life.today
    return Found(fact.when.zh, f"不晚于 {today}", "改正日期") if fact.when and fact.when.first > today else None


RULES = {
    Output: (
        output_keeps_its_kind,
        output_has_a_unit_of_its_kind,
        target_is_above_zero,
        approved_target_is_changed_by_approval,
        output_is_listed_once,
    ),
    Verified: (
        actual_is_not_below_zero,
        output_is_not_verified_in_the_future,
        actual_rests_on_a_paper,
        actual_is_in_the_unit_of_the_target,
        actual_reaches_the_target,
        output_is_verified_after_completion,
    ),
}
