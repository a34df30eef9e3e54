"""The cross-checks (勾稽) of a table, as its form writes them: sentences held against the figures of the same snapshot."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

from duikou.rules import period as periods
from duikou.rules.period import Period
from duikou.rules.quantity import Quantity
from duikou.rules.reporting import to_date
from duikou.snapshot.store import Snapshot

from .checks import Reading, balance_reading, part_reading, share_reading, step_reading, sum_reading
from .definition import CUTS, definition, in_force
from .explain import COLUMN, TYPES
from .figure import BadName, Figure, Name
from .measure import asked, cut

BEGIN = date(1979, 1, 1)  # the year in which paired assistance was laid down; nothing in a book is older
SHARED = ("count", "heads", "overlap")  # counted anew at each cut: their cells are not added (A8)


@dataclass(frozen=True)
class Check:
    """A cross-check (勾稽) with the tightest reading that holds."""

    sentence: str
    reading: Reading


@dataclass(frozen=True)
class Cell:
    """Where figures are asked: snapshot, programme, period, county."""

    snapshot: Snapshot
    programme: str
    period: str
    area: str = ""

    def name(self, sheet: str, period: str = "") -> Name:
        """The name of a figure; of the county where one is asked."""
        found = Name(in_force(sheet, period or self.period, self.snapshot), self.programme, period or self.period)
        return found.cut_by("a", self.area) if self.area else found

    def figure(self, sheet: str, period: str = "") -> Figure:
        """A figure."""
        return asked(self.snapshot, self.name(sheet, period))

    def value(self, sheet: str, period: str = "") -> Quantity | None:
        """The value of a figure."""
        return self.figure(sheet, period).value


def checks_of(form: Mapping[str, Any], cell: Cell) -> Iterator[Check]:
    """The cross-checks of a form; of a county's table those whose figures can be had of a county."""
    for check in form.get("check", ()):
        if cell.area and not all("region" in definition(sheet).by for sheet in sheets_in(check)):
            continue
        if cell.area and "a" in (check.get("parts"), *check.get("cuts", ())):
            continue
        try:
            yield Check(check["sentence"], _reading(check, cell))
        except BadName as error:
            yield Check(check["sentence"], Reading("unjudged", str(error)))


def sheets_in(check: Mapping[str, Any]) -> list[str]:
    """The sheets that a check asks."""
    found = [check[key] for key in ("total", "part", "whole", "rate", "step") if key in check]
    return [*found, *check.get("in", ()), *check.get("out", ()), *check.get("sum", ())]


def _reading(check: Mapping[str, Any], cell: Cell) -> Reading:
    since = Period(BEGIN, periods.parse(cell.period).last).code if check.get("since") == "begin" else cell.period
    for key, judge in _JUDGES.items():
        if key in check:
            return judge(check, cell, since)
    raise ValueError(f"勾稽“{check['sentence']}”写法不识：{'、'.join(check)}")


def _by_parts(check: Mapping[str, Any], cell: Cell, _since: str) -> Reading:
    """Parts of one cut against the total."""
    return _cut_reading(check["total"], check["parts"], cell)


def _by_cuts(check: Mapping[str, Any], cell: Cell, _since: str) -> Reading:
    """Two ways of cutting agree: each adds up to the total; the first that does not is what is said."""
    found = [_cut_reading(check["total"], letter, cell) for letter in check["cuts"]]
    return next((one for one in found if one.code != "equal"), found[0])


def _cut_reading(sheet: str, letter: str, cell: Cell) -> Reading:
    whole, parts = cell.figure(sheet), cut(cell.snapshot, cell.name(sheet), letter)
    if whole.mark or any(one.mark for one in parts):
        return Reading("unjudged", "有不公开或不能相加的数")
    unsaid = whole.standing.records - _members(parts)
    if whole.value is not None and unsaid > 0:
        return Reading("unjudged", f"有 {unsaid} 条没有写明{_said(sheet, letter)}")
    if whole.definition.kind in SHARED:
        return Reading("unjudged", "各组重新计数，不由分项相加")
    return sum_reading([one.value for one in parts], whole.value)


def _members(parts: Sequence[Figure]) -> int:
    return sum(one.standing.records for one in parts)


def _said(sheet: str, letter: str) -> str:
    d = definition(sheet)
    return "种类" if CUTS[letter] == "type" and d.of in TYPES else COLUMN[CUTS[letter]]


def _by_sum(check: Mapping[str, Any], cell: Cell, since: str) -> Reading:
    """Several figures against a total."""
    return sum_reading([cell.value(sheet, since) for sheet in check["sum"]], cell.value(check["total"], since))


def _by_part(check: Mapping[str, Any], cell: Cell, since: str) -> Reading:
    """其中: a part is not more than its whole."""
    return part_reading(cell.value(check["part"], since), cell.value(check["whole"], since))


def _by_rate(check: Mapping[str, Any], cell: Cell, since: str) -> Reading:
    """A printed rate against part and whole."""
    rate = cell.figure(check["rate"], since)
    printed = Decimal(rate.number) if rate.value is not None else None
    return share_reading(cell.value(check["part"], since), cell.value(check["whole"], since), printed)


def _by_balance(check: Mapping[str, Any], cell: Cell, since: str) -> Reading:
    """In = out + balance."""
    came, went = ([cell.value(sheet, since) for sheet in check[side]] for side in ("in", "out"))
    return balance_reading(came, went)


def _by_step(check: Mapping[str, Any], cell: Cell, _since: str) -> Reading:
    """C7 in the last month of the period; records known only to a span over two months lie in neither."""
    last = periods.parse(cell.period).last
    month = periods.months(last.year, last.month, last.month)
    now, this = (cell.figure(check["step"], days.code) for days in (to_date(last), month))
    if month.first.month == 1:
        return step_reading(None, this.value, now.value)
    before = cell.figure(check["step"], to_date(month.first - timedelta(days=1)).code)
    if any(one.mark for one in (now, this, before)):
        return Reading("unjudged", "有不公开或不能相加的数")
    spanning = now.standing.records - before.standing.records - this.standing.records
    if spanning > 0:
        return Reading("unjudged", f"有 {spanning} 条只知起止，不能归入{month.zh}")
    return step_reading(before.value, this.value, now.value)


_JUDGES: dict[str, Callable[[Mapping[str, Any], Cell, str], Reading]] = {
    "rate": _by_rate, "part": _by_part, "parts": _by_parts, "cuts": _by_cuts, "sum": _by_sum, "in": _by_balance,
    "step": _by_step,
}  # fmt: skip
