"""决定在先: which acts a programme takes only upon a decision, and what hangs from one."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date

from .fact import Fact, Ref
from .packs import Pack
from .problem import Found, rule

ACTS = ("admit_project", "plan_project", "issue_notice", "sign_contract", "record_disbursement")
"""The acts that a programme may list, each by a value of its pack (terms: value): 1 for one that needs a decision."""
OWNERS = ("project", "plan", "fund", "notice")
"""The fields of a fact that name what it belongs to."""

Decided = Mapping[int, frozenset[int]]
"""The decisions that each record hangs from, by record number; a decision hangs from itself."""


@dataclass(frozen=True)
class DecisionStanding:
    """Which act is under way, what the programme has listed, which records hang from a decision."""

    today: date
    act: str
    pack: Pack = field(default_factory=Pack)
    decided: Decided = field(default_factory=dict)


def parts(fact: Fact) -> list[frozenset[int]]:
    """The records that a fact belongs to; of a fact with lines those of each line, of one that names none an empty set."""
    lines = getattr(fact, "lines", ()) or (fact,)
    return [
        frozenset(ref for name in OWNERS if isinstance(ref := getattr(line, name, None), int) and ref) for line in lines
    ]


def rests_on(links: Iterable[tuple[str, Ref]], decided: Decided) -> bool:
    """Whether some link leads to a decision, or to what hangs from one."""
    return any(role == "rests_on" and to in decided for role, to in links)


def all_hang(of: Iterable[frozenset[int]], decided: Decided) -> bool:
    """Whether every part belongs to a record that hangs from a decision."""
    return all(any(owner in decided for owner in owners) for owners in of)


def hanging(direct: Iterable[tuple[int, int]], lines: Iterable[tuple[int, int, int | None]]) -> Decided:
    """Which decisions records hang from: those of (record, decision), and through (plan line, project, plan).

    A line hangs from what its plan and its project hang from, a project from what its line hangs from.
    """
    found: dict[int, frozenset[int]] = {}
    for record, decision in direct:
        found[record] = found.get(record, frozenset()) | {decision}
        found[decision] = found.get(decision, frozenset()) | {decision}
    for line, project, plan in lines:
        none: frozenset[int] = frozenset()
        if by := found.get(line, none) | found.get(project, none) | (found.get(plan, none) if plan else none):
            found[line] = found[project] = by
    return found


def with_notices(found: Decided, lines: Iterable[tuple[int, int | None, int | None]]) -> Decided:
    """The same, and the notices of which every line (notice, project, fund) hangs from a decision."""
    of: dict[int, list[frozenset[int]]] = {}
    for notice, *owners in lines:
        of.setdefault(notice, []).append(frozenset().union(*(found.get(owner or 0, frozenset()) for owner in owners)))
    whole = {notice: frozenset().union(*by) for notice, by in of.items() if notice not in found and all(by)}
    return {**found, **whole}


@rule("decisions.1", basis="凡涉及对口支援工作的重大事项，由领导小组研究决定；各地办法", weight="asks", needs=ACTS)
def decision_comes_first(fact: Fact, standing: DecisionStanding) -> Found | None:
    """项目方案列为重大的事项，须有决定在先。
    What a programme lists as weighty is done upon a decision."""
    if not standing.pack.value("decisions.1", standing.act, fact.day or standing.today):
        return None
    if rests_on(fact.links, standing.decided) or all_hang(parts(fact), standing.decided):
        return None
    return Found(
        "没有依据的决定，所属的项目、规划、资金也没有", "决定在先",
        "登记决定后再办：决定中写明涉及的项目、规划或资金，或者在办理时选依据的决定",
    )  # fmt: skip
