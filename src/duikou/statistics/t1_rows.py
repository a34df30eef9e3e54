"""The rows of T1 for a year, read back from a snapshot: every project that is of the year or has something in it."""

from collections.abc import Iterable
from typing import Any

from duikou.rules.period import Period
from duikou.rules.rights import contains
from duikou.snapshot.store import Snapshot

from .t1 import STAGES, Known, Reached, Report, row_of


def rows(snapshot: Snapshot, programme: str, year: int, area: str = "") -> list[dict[str, Any]]:
    """The rows of a year's table in the order in which projects were entered; of one area where one is given."""
    book = _Book(snapshot)
    found = []
    for project in snapshot.rows["projects"]:
        if project["kind"] != "project" or project["programme"] != programme:
            continue
        if area and not contains(area, project["region"] or ""):
            continue
        if year in book.years(project):
            found.append(row_of(book.known(project, year), year) | {"number": project["number"]})
    return found


def done_until(snapshot: Snapshot, programme: str, year: int) -> int:
    """The last month of a year for which work done was reported; 12 where none was."""
    reports = [
        r["last"].month
        for r in snapshot.rows["progress"]
        if r["programme"] == programme and r["last"] and r["last"].year == year
        and (r["aid_done"] is not None or r["other_done"] is not None)
    ]  # fmt: skip
    return max(reports, default=12)


class _Book:
    """What hangs from projects in a snapshot."""

    def __init__(self, snapshot: Snapshot) -> None:
        self.milestones = snapshot.rows.by("milestones", "project")
        self.reports = snapshot.rows.by("progress", "project")
        self.lines = snapshot.rows.by("plan_lines", "project")
        self.items = snapshot.rows.by("items", "record")

    def years(self, project: dict[str, Any]) -> set[int]:
        """The years that a project is of: its own, of its days, of its plan, of its reports."""
        number = project["number"]
        dated = [project, *self.reports.get(number, ()), *self.lines.get(number, ())]
        found = {y for row in dated if row["first"] for y in range(row["first"].year, row["last"].year + 1)}
        return found | ({project["year"]} if project["year"] else set())

    def known(self, project: dict[str, Any], year: int) -> Known:
        """A project as the table of a year shows it."""
        number = project["number"]
        reports = self.reports.get(number, [])
        items = [item for n in (number, *(r["number"] for r in reports)) for item in self.items.get(n, ())]
        line = self._line(number, year)
        return Known(
            project["label"], project["region"] or "", project["paired"], project["year"], project["sector"] or "",
            _listed(items, "class"), _listed(items, "place"), project["remark"] or "", project["code"] or "",
            line["total"] if line else None, line["aid"] if line else None,
            {m["stage"]: _reached(m) for m in self.milestones.get(number, ()) if m["stage"] in STAGES},
            [_report(r) for r in reports if r["first"]],
            {item["text"]: item["detail"] for item in items if item["list"] == "said"},
        )  # fmt: skip

    def _line(self, number: int, year: int) -> dict[str, Any] | None:
        """The line of the plan that stands for a year: the last one that is not replaced by another of the year."""
        lines = [r for r in self.lines.get(number, ()) if r["first"] and r["first"].year <= year <= r["last"].year]
        return max(lines, key=lambda row: row["number"], default=None)


def _listed(items: Iterable[dict[str, Any]], name: str) -> tuple[str, ...]:
    return tuple(item["text"] for item in sorted(items, key=lambda i: i["position"]) if item["list"] == name)


def _reached(row: dict[str, Any]) -> Reached:
    return Reached(Period(row["first"], row["last"]) if row["first"] else None, row["due"], row["remark"] or "")


def _report(row: dict[str, Any]) -> Report:
    return Report(
        Period(row["first"], row["last"]),
        row["percent"],
        row["said"] or "",
        row["in_place"],
        row["aid_done"],
        row["other_done"],
    )
