"""T17 is made and not listed: each indicator with its agreed value, the month, what is cumulated, and what part that is."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal
from functools import cached_property
from typing import Any

from duikou.rules import period as periods
from duikou.rules.period import Period
from duikou.rules.quantity import Quantity, spoken
from duikou.rules.reporting import to_date
from duikou.snapshot.store import Snapshot
from duikou.terms.words import zh

from .definition import Definition, definition, in_force
from .figure import BadName, Figure, Name
from .measure import asked
from .registers import Column, lettered
from .registers_cells import Value, said
from .registers_rows import Line

AGREED, MONTH, SUM, DONE = 3, 4, 5, 6  # places of the columns of T17


@dataclass(frozen=True)
class Indicators:
    """T17: indicator, direction, unit, agreed value, this month, cumulative, per cent, note; each number from the book."""

    snapshot: Snapshot
    rows: Sequence[dict[str, Any]]
    programme: str
    period: str
    area: str = ""

    @property
    def columns(self) -> tuple[Column, ...]:
        """Words first, then numbers: money with two decimals, people and things whole."""
        return lettered(
            (
                Column("指标名称", wide=28), Column("方向", wide=16), Column("计量单位"), Column("协议数", "money"), Column("本月", "money"),
                Column("累计", "money"), Column("完成比例（%）", "percent"), Column("说明", wide=24),
            )
        )  # fmt: skip

    @property
    def count(self) -> int:
        """How many indicators there are."""
        return len(self._lines)

    @property
    def totals(self) -> tuple[Figure | None, ...]:
        """Indicators of different kinds have no sum."""
        return (None,) * len(self.columns)

    def areas(self) -> list[str]:
        """An agreement is with the whole receiving side."""
        return []

    def lines(self, first: int = 0, most: int | None = None, *, linked: bool = True) -> Iterator[Line]:  # noqa: ARG002  asked as a register is
        """The indicators in the order of the form, then those that only the agreement names."""
        yield from self._lines[first : None if most is None else first + most]

    @property
    def month(self) -> Period:
        """The last month of the period."""
        last = periods.parse(self.period).last
        return periods.months(last.year, last.month, last.month)

    @property
    def whole(self) -> Period:
        """What is cumulated: the period itself where it is longer than the year to its end, else that year to date."""
        days = periods.parse(self.period)
        return days if days.first.year < days.last.year else to_date(days.last)

    @cached_property
    def _agreed(self) -> list[dict[str, Any]]:
        """The indicators of the agreements of the year in which the period ends."""
        year = self.month.last.year
        of_year = {
            row["number"] for row in self.snapshot.rows["agreements"]
            if row["programme"] == self.programme and row["last"] and row["first"].year == row["last"].year == year
        }  # fmt: skip
        return [row for row in self.snapshot.rows["indicators"] if row["agreement"] in of_year]

    @cached_property
    def _lines(self) -> list[Line]:
        taken: set[int] = set()
        found = []
        for row in self.rows:
            if "group" in row:
                found.append(Line([row["group"], *[None] * DONE, None]))
                continue
            sheet, way = row["figure"], row.get("direction", "")
            mine = [
                one
                for one in self._agreed
                if one["sheet"] == sheet and one["direction"] in ("", None, way or one["direction"])
            ]
            taken |= {one["number"] for one in mine}
            found += [self._line(sheet, way, one) for one in mine] or [self._line(sheet, way, None)]
        rest = [one for one in self._agreed if one["number"] not in taken]
        if rest:
            found.append(Line(["其他协议指标", *[None] * DONE, None]))
        return found + [self._line(one["sheet"] or "", one["direction"] or "", one) for one in rest]

    def _line(self, sheet: str, way: str, agreed: dict[str, Any] | None) -> Line:
        """An indicator: what was agreed, the figures of the month and of the time since the year began, what part it is."""
        sheet_of = self._definition(sheet)
        target = _target(agreed)
        month, whole = (self._figure(sheet, days) for days in (self.month, self.whole))
        column = Column("", "money" if sheet_of and sheet_of.unit == "fen" else "number")
        unit = sheet_of.unit if sheet_of else target.unit if target else ""
        note = "" if sheet_of else "协议所列，账上没有对照的口径"
        if target and sheet_of and target.unit != sheet_of.unit:
            note = f"单位不同，不比：协议按{zh('unit', spoken(target.unit))}"
        part = _part(whole, target) if not note else None
        blank = whole.standing.blank if whole is not None and whole.value is None else ""
        name = agreed["label"] if agreed else sheet_of.name if sheet_of else sheet
        values: list[Value] = [
            name, zh("towards", way), "万元" if unit == "fen" else zh("unit", spoken(unit)) if unit else "",
            said(target, Column("", "money" if target.unit == "fen" else "number")) if target else None,
            _shown(month, column), _shown(whole, column), part, note or blank or ("未约定" if agreed is None else ""),
        ]  # fmt: skip
        figures = {
            place: one
            for place, one in ((MONTH, month), (SUM, whole))
            if one is not None and (one.mark or not one.blank)
        }
        links = {AGREED: ("indicator", agreed["number"])} if agreed else {}
        return Line(values, "indicator" if agreed else "", agreed["number"] if agreed else 0, links, figures)

    def _figure(self, sheet: str, days: Period) -> Figure | None:
        if self._definition(sheet) is None:
            return None
        try:
            return asked(self.snapshot, Name(in_force(sheet, days.code, self.snapshot), self.programme, days.code))
        except BadName:
            return None

    def _definition(self, sheet: str) -> Definition | None:
        """The sheet that an indicator is held against; nothing where it names none that there is."""
        try:
            return definition(sheet, self.snapshot) if sheet else None
        except KeyError:
            return None


def _target(agreed: dict[str, Any] | None) -> Quantity | None:
    if agreed is None or (agreed["target_low"] is None and agreed["target_high"] is None):
        return None
    return Quantity(agreed["target_low"], agreed["target_high"], agreed["target_unit"], agreed["target_hedge"])


def _shown(found: Figure | None, column: Column) -> Value:
    """A figure in a cell; one that is withheld in its words."""
    if found is None:
        return None
    if found.mark == "apart":
        return zh("nature", "apart")
    return found.number or None if found.value is None else said(found.value, column)


def _part(whole: Figure | None, target: Quantity | None) -> float | None:
    """Per cent of what was agreed, one decimal, rounded once; nothing where either is hedged or blank."""
    reached = whole.value if whole else None
    if reached is None or target is None or not (reached.exact and target.exact) or not target.low:
        return None
    tenths = (Decimal(reached.low or 0) * 1000 / target.low).quantize(Decimal(1), ROUND_HALF_UP)
    return int(tenths) / 10
