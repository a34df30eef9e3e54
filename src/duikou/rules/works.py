"""What is said of a project: the papers it has, and the fields that change by approval only once it is approved."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from duikou.terms.words import vocabulary, zh

from .fact import Fact, Ref
from .problem import Found, rule
from .stages import DERIVED, Life, locked

APPROVED: Mapping[str, str] = {  # field of a project: the change (terms) by which it changes once it is approved
    "name": "content", "sector": "content", "content": "content", "delivery": "content", "fixed": "content",
    "region": "place", "place": "place",
}  # fmt: skip
OPEN = (
    "code",
    "aid_form",
    "paired",
    "timing",
    "level",
    "year",
    "benefit",
    "owner",
    "owner_post",
    "front",
    "front_post",
    "remark",
)


@dataclass(frozen=True, kw_only=True)
class ProjectPaper(Fact):
    """A paper of a project (terms: requisite) of a day (`when`), by number and issuer; `waived`: none is needed, by it."""

    project: Ref
    type: str
    number: str = ""
    issuer: str = ""
    waived: bool = False
    document: Ref | None = None


@dataclass(frozen=True, kw_only=True)
class Description(Fact):
    """What is to be said of a project from now on, field by field, beside what is said now."""

    project: Ref
    values: tuple[tuple[str, Any], ...]
    before: tuple[tuple[str, Any], ...]

    @property
    def changed(self) -> tuple[str, ...]:
        """The fields that say something else."""
        kept = dict(self.before)
        return tuple(name for name, value in self.values if (value or None) != (kept.get(name) or None))

    @property
    def by(self) -> frozenset[str]:
        """The changes (terms) that it takes once the project is approved."""
        return frozenset(APPROVED[name] for name in self.changed if name in APPROVED)


@rule("works.1", basis="政府投资条例第21条：地点、规模、内容变更报原审批部门")
def approved_fields_change_by_approval(fact: Description, life: Life) -> Found | None:
    """已批复的名称、地点、内容只凭批复的变更改动。
    What was approved of a project changes only by an approved change."""
    lacking = sorted(fact.by - set(life.changing)) if locked(life) else []
    if not lacking:
        return None
    listed = "、".join(zh("field", name) for name in fact.changed if APPROVED.get(name) in lacking)
    return Found(f"要改{listed}", f"批复的{'、'.join(zh('change', c) for c in lacking)}变更", "先申请变更，批复后再改")


@rule("works.2", basis="项目须有名称", guards=True)
def project_keeps_its_name(fact: Description, life: Life) -> Found | None:
    """项目须有名称。
    A project has a name."""
    named = dict(fact.values).get("name", "-")
    return None if named.strip() else Found("名称为空", "项目名称", "照批复文件填")


@rule("works.3", basis="要件须是文件")
def paper_is_of_a_kind_that_is_kept(fact: ProjectPaper, life: Life) -> Found | None:
    """由账本自己认定的要件不能用文件代替。
    What the book itself tells is not replaced by a paper."""
    if fact.type not in DERIVED or fact.waived:
        return None
    return Found(zh("requisite", fact.type), "、".join(zh("requisite", r) for r in papers()), "照各自的办法登记")


@rule("works.4", basis="文件须有文号或出具单位")
def paper_has_number_or_issuer(fact: ProjectPaper, life: Life) -> Found | None:
    """要件须写明文号或出具单位。
    A paper has a number or an issuer."""
    return None if fact.number.strip() or fact.issuer.strip() else Found("都没有写", "文号或出具单位", "照文件填")


@rule("works.5", basis="不记将来的事", guards=True)
def paper_is_not_of_the_future(fact: ProjectPaper, life: Life) -> Found | None:
    """要件的日期不得晚于今天。
    A paper is not of a day to come."""
    if fact.when is None or fact.when.first <= life.today:
        return None
    return Found(fact.when.zh, f"不晚于 {life.today}", "照文件上的日期填")


@rule("works.6", basis="免办须有依据")
def waiver_names_its_basis(fact: ProjectPaper, life: Life) -> Found | None:
    """免办一项要件须写明依据的文号。
    A waiver names the document it rests on."""
    return Found("未写依据", "文号", "写明准予免办的文件") if fact.waived and not fact.number.strip() else None


def papers() -> tuple[str, ...]:
    """The requisites that are papers, in the order of the list."""
    return tuple(code for code in vocabulary()["requisite"] if code not in DERIVED)


RULES = {
    Description: (approved_fields_change_by_approval, project_keeps_its_name),
    ProjectPaper: (
        paper_is_of_a_kind_that_is_kept,
        paper_has_number_or_issuer,
        paper_is_not_of_the_future,
        waiver_names_its_basis,
    ),
}
