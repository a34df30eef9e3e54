"""What changed between two versions of a plan, and within one: lines added, dropped, changed in money, old and new side by side."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Literal

from django.utils.translation import gettext as _

from duikou.records.models import Plan, PlanLine
from duikou.rules.ledger import total
from duikou.web.addresses import href
from duikou.web.ledger.kept import wan


@dataclass(frozen=True)
class Turn:
    """A project in two versions of a plan: its line before and its line after, one of them missing where it is new or dropped."""

    before: PlanLine | None
    after: PlanLine | None

    @property
    def row(self) -> PlanLine:
        """The line that there is, the later one where there are both."""
        return self.after or self.before  # type: ignore[return-value]  # one of them is there

    @property
    def name(self) -> str:
        """The project."""
        return str(self.row.project)

    @property
    def href(self) -> str:
        """The record of the line."""
        return href("plan_line", self.row.pk)

    @property
    def how(self) -> Literal["added", "dropped", "changed"]:
        """Whether the line is new, was dropped, or says another amount."""
        if self.before is None:
            return "added"
        return "dropped" if self.after is None else "changed"

    @property
    def aid(self) -> tuple[str, str, str]:
        """The aid before and after, and the difference, in 万元."""
        return _turned(self.before.aid if self.before else None, self.after.aid if self.after else None)

    @property
    def whole(self) -> tuple[str, str]:
        """The total investment before and after, in 万元."""
        return wan(self.before.total if self.before else None), wan(self.after.total if self.after else None)


@dataclass(frozen=True)
class Turned:
    """Two versions of a plan side by side: which, what changed, how many lines stayed, the totals and their difference."""

    older: Plan
    newer: Plan
    turns: tuple[Turn, ...]
    same: int
    totals: tuple[str, str, str]

    def count(self, how: str) -> int:
        """How many lines were turned in one way."""
        return len([turn for turn in self.turns if turn.how == how])

    @property
    def counts(self) -> tuple[int, int, int]:
        """How many lines were added, dropped, changed."""
        return self.count("added"), self.count("dropped"), self.count("changed")


def turned(older: Plan, newer: Plan, before: Iterable[PlanLine], after: Iterable[PlanLine]) -> Turned:
    """What changed from the lines of one version to those of another."""
    old, new = ({line.project_id: line for line in lines} for lines in (before, after))
    turns = tuple(_turns(old, new))
    sums = [total(line.aid for line in lines.values()) for lines in (old, new)]
    same = len([project for project in old if project in new]) - len([turn for turn in turns if turn.how == "changed"])
    return Turned(older, newer, turns, same, _turned(*sums))


def _turns(old: dict[int, PlanLine], new: dict[int, PlanLine]) -> Iterator[Turn]:
    for project in dict.fromkeys((*old, *new)):
        before, after = old.get(project), new.get(project)
        if before is None or after is None or (before.aid, before.total) != (after.aid, after.total):
            yield Turn(before, after)


def adjusted(lines: Iterable[PlanLine]) -> list[Turn]:
    """The lines of one plan that replaced an earlier line of the same plan, in the order they came."""
    return [Turn(line.replaces, line) for line in lines if line.replaces and line.replaces.plan_id == line.plan_id]


def _turned(before: int | None, after: int | None) -> tuple[str, str, str]:
    """Two amounts and their difference, with its sign, in 万元."""
    return wan(before), wan(after), signed((after or 0) - (before or 0))


def cells_of_turn(turn: Turn) -> list[object]:
    """A project in two versions as the files show it."""
    words = {"added": _("新列入"), "dropped": _("不再列入"), "changed": _("改金额")}
    approval = turn.row.approval if turn.how != "dropped" else ""
    return [turn.name, words[turn.how], *turn.aid, *turn.whole, approval]


def signed(fen: int) -> str:
    """A difference in 万元 with its sign; nothing where there is none."""
    return f"{'+' if fen > 0 else '−'}{wan(abs(fen))}" if fen else ""
