"""T1 among the tables: the projects of the year in which a period ends, as its own code makes their rows."""

from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from functools import cached_property
from types import MappingProxyType
from typing import Any

from duikou.rules import period as periods
from duikou.snapshot.store import Snapshot

from . import t1, t1_rows
from .figure import Figure
from .registers import Column, Kind, lettered
from .registers_cells import Value
from .registers_rows import Line

WAN = t1.WAN
T1_KINDS: dict[str, Kind] = {"money": "money", "whole": "whole", "day": "day", "yes": "yes"}


@dataclass(frozen=True)
class Projects:
    """T1: the projects of the year in which the period ends, as its own code makes their rows."""

    snapshot: Snapshot
    programme: str
    period: str
    area: str = ""

    @property
    def year(self) -> int:
        """The year that the table is of."""
        return periods.parse(self.period).last.year

    @cached_property
    def columns(self) -> tuple[Column, ...]:
        """The columns of T1, their months under the year."""
        until = t1_rows.done_until(self.snapshot, self.programme, self.year)
        return lettered(
            [Column(c.title, T1_KINDS.get(c.kind, "text"), group=t1.over(c, self.year, until)) for c in t1.COLUMNS]
        )

    @cached_property
    def _rows(self) -> list[dict[str, Any]]:
        return t1_rows.rows(self.snapshot, self.programme, self.year, self.area)

    @property
    def count(self) -> int:
        """How many projects there are."""
        return len(self._rows)

    @property
    def totals(self) -> tuple[Figure | None, ...]:
        """What T1 says of projects comes from several tables and has no figures of its own."""
        return (None,) * len(t1.COLUMNS)

    def areas(self) -> list[str]:
        """The counties in which there are projects."""
        return sorted({row["county"] for row in self._rows if row["county"]})

    def lines(self, first: int = 0, most: int | None = None, *, linked: bool = True) -> Iterator[Line]:  # noqa: ARG002  asked as a register is
        """The projects in the order in which they were entered."""
        for row in self._rows[first : None if most is None else first + most]:
            number = row.get("number") or 0
            links = {1: ("project", number)} if number else {}
            yield Line([_cell(c, row[c.code]) for c in t1.COLUMNS], "project", number, MappingProxyType(links))


def _cell(column: t1.Column, value: Any) -> Value:
    if value is None or column.kind == "whole":
        return value  # type: ignore[no-any-return]
    if column.kind == "money":
        return float(Decimal(value) / WAN)
    return t1.write(column.kind, value) or None
