"""The county sheets of a year as rows of T1: each county's projects as they stood at a month's end, from the tables alone."""

import calendar
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path
from typing import Any

from duikou.intake.file import read_file
from duikou.rules.budgets import PlanLine
from duikou.rules.period import on
from duikou.rules.projects import Project
from duikou.statistics.t1 import Known, Reached, Report, row_of

from .source import Row, Year

SHOWN = ("started", "completed", "accepted")


@dataclass(frozen=True)
class Planned:
    """A project of the folder: what it is, and what its plan gives it."""

    project: Project
    plan: PlanLine


def planned(folder: Path) -> dict[str, Planned]:
    """The projects of a folder with their lines in the plan, by code."""
    told = read_file(folder / "projects.toml").told
    lines = {str(t.fact.project): t.fact for t in told if isinstance(t.fact, PlanLine)}
    return {t.fact.code: Planned(t.fact, lines[t.key]) for t in told if isinstance(t.fact, Project)}


def areas(projects: Mapping[str, Planned]) -> list[str]:
    """The areas that hand in sheets, by code; the prefecture for the projects that lie in no county."""
    return sorted({p.project.region for p in projects.values()})


def end_of(year: int, month: int) -> date:
    """The last day of a month."""
    return date(year, month, calendar.monthrange(year, month)[1])


def rows_of(year: Year, projects: Mapping[str, Planned], area: str, month: int) -> list[dict[str, Any]]:
    """The rows of an area's sheet at the end of a month."""
    day = end_of(year.number, month)
    found = []
    for code, p in projects.items():
        if p.project.region == area:
            row = row_of(_known(year, code, p, day), year.number)
            found.append(row | {"filled": f"{day} 17:00", "locked": True, "checked": False})
    return found


def _known(year: Year, code: str, p: Planned, day: date) -> Known:
    """A project as it stood on a day."""
    entered = {r["阶段"]: r["日期"] for r in _of(year, "stages", code) if r["日期"] <= day}
    due: date = _of(year, "projects", code)[0]["计划完工"]
    stages = {stage: Reached(on(entered[stage])) for stage in SHOWN if stage in entered}
    late = "completed" not in stages and due <= day
    if "completed" not in stages and not late:
        stages["completed"] = Reached(None, due)
    known = Known(
        p.project.name, p.project.region, p.project.paired, p.project.year, p.project.sector, code=code, stages=stages,
        reports=[_report(r) for r in _of(year, "progress", code) if r["日期"] <= day],
        remark=f"应于{due}完工，尚未完工" if late else "",
    )  # fmt: skip
    return replace(known, total=p.plan.total, aid=p.plan.aid) if "planned" in entered else known


def _of(year: Year, table: str, code: str) -> Sequence[Row]:
    """The rows of a table that are of a project, by day where they have one."""
    rows = [row for row in year.rows[table] if row["项目"] == code]
    return sorted(rows, key=lambda row: row["日期"]) if table != "projects" else rows


def _report(row: Row) -> Report:
    return Report(
        on(row["日期"]), row["形象进度"], row["建设阶段"], row["到位资金"], row["对口资金完成"], row["其他资金完成"]
    )
