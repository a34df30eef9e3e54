"""What a year is entered into: the programme, who acts for whom, and the numbers of what the year has entered so far."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property
from typing import TypeVar

from duikou.records.models import Organisation, Programme, Project
from duikou.rules.problem import Problem, Refused
from duikou.rules.rights import Person

from .source import Bearer, Row

T = TypeVar("T")
Draw = Callable[[str, str, date, int], bytes]
"""A photograph of a project: its code, its area, the day, the percentage it shows."""


@dataclass
class Acting:
    """The programme and its people; `numbers` holds what was entered, by table and key."""

    programme: Programme
    bearers: tuple[Bearer, ...]
    draw: Draw | None = None
    numbers: dict[tuple[str, str], int] = field(default_factory=dict)
    unmatched: dict[str, int] = field(default_factory=dict)

    @cached_property
    def _organisations(self) -> dict[str, Organisation]:
        """Organisations by name and by short name."""
        rows = list(Organisation.objects.order_by("pk"))
        return {name: row for row in rows for name in (row.short, row.name) if name}

    @cached_property
    def _projects(self) -> dict[str, Project]:
        return {row.code: row for row in Project.objects.filter(record__programme=self.programme) if row.code}

    def who(self, area: str, *roles: str) -> Person:
        """Who does what these roles do for an area."""
        found = next((b for b in self.bearers if b.area == area and b.role in roles), None)
        if found is None:
            raise LookupError(f"offices.toml 里没有 {area} 的{'、'.join(roles)}")
        return found.person(self.programme.code)

    def office(self, *roles: str) -> Person:
        """Who does it at the programme's own office."""
        return self.who(self.programme.supporting, *roles)

    def clerk(self, area: str) -> Person:
        """Who fills in the papers of an area."""
        return self.who(area, "county_clerk", "programme_officer")

    def front(self) -> Person:
        """The cadre at the front."""
        return next(b for b in self.bearers if b.role == "front_line_officer").person(self.programme.code)

    def organisation(self, row: Row, name: str) -> Organisation:
        """An organisation by the name that a row gives it."""
        return _known(self._organisations, name, row, "账上的单位全称或简称")

    def payee(self, row: Row, heading: str) -> int:
        """The number of a payee that a row names."""
        return self.numbers["payees", row[heading]]

    def project(self, row: Row) -> Project:
        """The project of a row."""
        return _known(self._projects, row["项目"], row, "账上的项目编码")


def _known(told: dict[str, T], name: str, row: Row, expected: str) -> T:
    if name not in told:
        raise Refused([row.odd("file.5", name or "空白", expected, "改正写法，或先登记")])
    return told[name]


def placed(problems: Iterable[Problem], row: Row) -> Refused:
    """The problems that rules found in a row, each with file and line."""
    return Refused([Problem(p.code, p.weight, p.sentence, p.found, p.expected, p.remedy, row.place) for p in problems])
