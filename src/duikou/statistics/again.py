"""The same question asked of a later snapshot: each figure then and now, and the difference record by record.

Every part says its reason and names the lines of the journal that brought it; the parts add up to the whole difference.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from decimal import ROUND_HALF_UP, Decimal
from functools import lru_cache
from typing import Any

import pyarrow.parquet as pq

from duikou.rules.quantity import Quantity
from duikou.rules.writing import write
from duikou.snapshot.store import Row, Snapshot
from duikou.snapshot.tables import names as tables_by_name

from .definition import CUTS, Definition
from .explain import COLUMN, word_of
from .figure import Figure, Identity, Name, Standing
from .measure import asked
from .reasons import use_of
from .rows import chosen, rows_of
from .touching import Known, lines_of

End = int | None
Ends = tuple[End, End]
Change = tuple[Row | None, Row | None]


@dataclass(frozen=True)
class Part:
    """What one record has to do with a difference: why (terms: moved), from what to what, its lines, how much.

    Of a ratio a part is one of the two figures it is made of, or the passage to another reading: these name no record.
    """

    kind: str
    low: End
    high: End
    record: int | None = None
    of_kind: str = ""
    label: str = ""
    said: str = ""
    lines: tuple[int, ...] = ()


@dataclass(frozen=True)
class Difference:
    """A figure then and now, the difference in whole units of its sheet, and the parts that it is made of.

    `kept`: what it was then is what the paper keeps as printed, and was not reckoned again.
    """

    name: Name
    then: Figure
    now: Figure
    parts: tuple[Part, ...] = ()
    under: tuple["Difference", ...] = ()
    kept: bool = False

    @property
    def ends(self) -> Ends:
        """The difference at both ends; nothing at an end that is open, or where one of the figures may not be added."""
        return _less(_ends(self.now), _ends(self.then))

    @property
    def moved(self) -> bool:
        """Whether something of it is not as it was."""
        return bool(self.parts) or self.then.text != self.now.text

    @property
    def lines(self) -> tuple[int, ...]:
        """All lines of the journal that have to do with it."""
        return tuple(sorted({line for part in self.parts for line in part.lines}))


def difference(then: Snapshot, now: Snapshot, name: Name, instead: Name | None = None) -> Difference:
    """A figure on two snapshots; `instead`: the figure of the reading that has followed its own, asked today."""
    before, after = asked(then, name), asked(now, name)
    if before.mark == "apart" or after.mark == "apart":
        return Difference(name, before, after)
    found = _of_share(then, now, before, after) if name.definition.share != ("", "") else None
    found = found or Difference(name, before, after, _parts(then, now, name))
    if instead is None or instead == name:
        return found
    other = asked(now, instead)
    low, high = _less(_ends(other), _ends(after))
    step = Part("reading", low, high, said=f"{name.sheet} → {instead.sheet}")
    return replace(found, now=other, parts=(*found.parts, step))


@dataclass(frozen=True)
class Printed:
    """A value as a paper printed it and keeps it: bounds, unit, the words; the line of its book, the version of its sheet."""

    low: End
    high: End
    unit: str
    text: str
    line: int
    version: str


def redefined(now: Snapshot, name: Name, printed: Printed, instead: Name | None = None) -> Difference:
    """A figure whose sheet is another today: what was printed, not reckoned again, beside what the new sheet says."""
    after = asked(now, instead or name)
    value = None if printed.low is None and printed.high is None else Quantity(printed.low, printed.high, printed.unit)
    before = Figure(
        Identity(name, printed.version, name.definition.side, printed.line), name.definition, value, printed.text, "",
        "exact", Standing(),
    )  # fmt: skip
    low, high = _less(_ends(after), _ends(before)) if after.definition.unit == printed.unit else (None, None)
    said = f"口径 {name.sheet} 已改：印发时 {printed.version[:8]}，现在 {name.definition.version[:8]}"
    return Difference(name, before, after, (Part("reading", low, high, said=said),), kept=True)


def _ends(figure: Figure) -> Ends:
    """Both ends of a figure; a blank brings nothing to a sum."""
    if figure.mark == "apart":
        return None, None
    return (figure.value.low, figure.value.high) if figure.value else (0, 0)


def _less(after: Ends, before: Ends) -> Ends:
    low, high = (None if a is None or b is None else a - b for a, b in zip(after, before, strict=True))
    return low, high


# ---- which records moved ---------------------------------------------------------------------------------------------


def _parts(then: Snapshot, now: Snapshot, name: Name) -> tuple[Part, ...]:
    d = name.definition
    if d.distinct:
        return _of_heads(then, now, name)
    if d.each:
        return _of_each(then, now, name)
    moved = [(a, b) for a, b in changed(then, now, d.of) if _brings(name, a) != _brings(name, b)]
    known = lines_of([_number(a, b) for a, b in moved], d.of, since=then.line, until=now.line)
    return tuple(_part(name, a, b, known, _day(then)) for a, b in moved)


@lru_cache(maxsize=32)
def changed(then: Snapshot, now: Snapshot, table: str) -> Sequence[Change]:
    """The rows of a table that differ between two snapshots, before and after; only segments of other bytes are read."""
    before, after = ({s[0]: s[1] for s in taken.tables.get(table, ())} for taken in (then, now))
    firsts = [first for first in sorted({*before, *after}) if before.get(first) != after.get(first)]
    old, new = (_rows(taken, table, firsts) for taken in (then, now))
    pairs = [(old.get(number), new.get(number)) for number in sorted({*old, *new})]
    return [(a, b) for a, b in pairs if a != b]


def _rows(taken: Snapshot, table: str, firsts: Iterable[int]) -> dict[int, Row]:
    """The rows of some segments of a table by number; a column that is younger than the snapshot is empty."""
    blank = dict.fromkeys(tables_by_name()[table].schema.names)
    wanted = set(firsts)
    files = zip(taken.tables.get(table, ()), taken.files(table), strict=True)
    rows = (row for segment, file in files if segment[0] in wanted for row in pq.read_table(file).to_pylist())
    return {row["number"]: blank | row for row in rows}


def _number(a: Row | None, b: Row | None) -> int:
    return int((b or a or {})["number"])


def _brings(name: Name, row: Row | None) -> Ends:
    """What a record brings to a figure; nothing where it is not in it, or has no number."""
    return (0, 0) if row is None or use_of(name, row) != "" else _own(name.definition, row)


def _own(d: Definition, row: Row | None) -> Ends:
    """What a record that is in a figure brings to it."""
    if row is None:
        return 0, 0
    if d.count:
        return 1, 1
    low, high = row[f"{d.add}_low"], row[f"{d.add}_high"]
    return (0, 0) if low is None and high is None else (low, high)


def _part(name: Name, a: Row | None, b: Row | None, known: Mapping[int, Known], then: date) -> Part:
    """A record that moved, as a part of the difference."""
    low, high = _less(_brings(name, b), _brings(name, a))
    row: Row = b or a or {}
    of = known[_number(a, b)]
    kind = _kind(a, b, of, then)
    label = " ".join(dict.fromkeys(str(row.get(c) or "") for c in ("giver_name", "receiver_name", "label"))).strip()
    said = _said(name.definition, name, a, b, kind)
    return Part(kind, low, high, _number(a, b), str(row.get("kind") or ""), label, said, of.lines)


def _kind(a: Row | None, b: Row | None, of: Known, then: date) -> str:
    """Why a record moved (terms: moved)."""
    if b is None:
        return "struck" if of.struck else "correction"
    if a is not None or not of.new:
        return "correction"
    if b.get("corrects"):
        return "correction"
    if b.get("back"):
        return "returned"
    return "after" if b["first"] and b["first"] > then else "late"


def _said(d: Definition, name: Name, a: Row | None, b: Row | None, kind: str) -> str:
    """From what to what: the number, and the columns that the sheet or the cut looks at."""
    if a is None and b is not None:
        return f"更正第 {b['corrects']} 号记录：{_much(d, b)}" if b.get("corrects") else _much(d, b)
    if b is None:
        return f"{_much(d, a)} → 无" if kind == "struck" else f"{_much(d, a)} → 不在这张表内"
    assert a is not None  # noqa: S101  one of the two is there
    columns = dict.fromkeys((*d.where, *(CUTS[letter] for letter, _ in name.cut)))
    said = [f"{_much(d, a)} → {_much(d, b)}"] if _much(d, a) != _much(d, b) else []
    said += [f"{COLUMN.get(c, c)} {_word(d, c, a)} → {_word(d, c, b)}" for c in columns if a[c] != b[c]]
    days = [_days(row) for row in (a, b)]
    said += [f"日期 {days[0]} → {days[1]}"] if days[0] != days[1] and not d.timeless else []
    return "；".join(said)


def _much(d: Definition, row: Row | None) -> str:
    """What a record says of the quantity that is added."""
    if row is None or d.count or d.distinct:
        return ""
    parts: list[Any] = [row[f"{d.add}_{part}"] for part in ("low", "high", "unit", "hedge")]
    return write(Quantity(*parts)).text if parts[2] and parts[:2] != [None, None] else "没有数"


def _word(d: Definition, column: str, row: Row) -> str:
    return word_of(d.of, column, str(row[column])) if row[column] else "空"


def _days(row: Row) -> str:
    first, last = row["first"], row["last"]
    return "未报" if first is None else str(first) if first == last else f"{first} 至 {last}"


def _day(taken: Snapshot) -> date:
    return datetime.fromisoformat(taken.at).date()


# ---- the last word on each thing, heads, and shares -----------------------------------------------------------------------------------------------


def _of_each(then: Snapshot, now: Snapshot, name: Name) -> tuple[Part, ...]:
    """A stock: of each thing the last that was said; a later word on it takes the place of the one before."""
    d = name.definition
    if then.files(d.of) == now.files(d.of):
        return ()
    old, new = ({row[d.each]: row for row in rows_of(taken, chosen(name), name)} for taken in (then, now))
    pairs = [(old.get(thing), new.get(thing)) for thing in sorted({*old, *new})]
    moved = [(a, b) for a, b in pairs if _own(d, a) != _own(d, b)]
    known = lines_of([_number(a, b) for a, b in moved], d.of, since=then.line, until=now.line)
    parts = []
    for a, b in moved:
        low, high = _less(_own(d, b), _own(d, a))
        same = a is not None and b is not None and a["number"] == b["number"]
        part = _part(name, a if same or b is None else None, b, known, _day(then))
        parts.append(replace(part, low=low, high=high, said=f"{_much(d, a) or '无'} → {_much(d, b) or '无'}"))
    return tuple(parts)


def _of_heads(then: Snapshot, now: Snapshot, name: Name) -> tuple[Part, ...]:
    """Persons counted once: those who came and those who went; where only names tell them apart the lower end has a rest."""
    d = name.definition
    if then.files(d.of) == now.files(d.of):
        return ()
    old, new = (_bearers(taken, name) for taken in (then, now))
    moved = [(who, old.get(who), new.get(who)) for who in sorted({*old} ^ {*new})]
    known = lines_of([_number(a, b) for _, a, b in moved], d.of, since=then.line, until=now.line)
    parts = [
        replace(_part(name, a, b, known, _day(then)), low=1 if b else -1, high=1 if b else -1) for _, a, b in moved
    ]
    low, high = _less(_ends(asked(now, name)), _ends(asked(then, name)))
    if low is not None and high is not None and low != high:
        every = tuple(sorted({line for _, a, b in moved for line in known[_number(a, b)].lines}))
        parts.append(Part("told_apart", low - high, 0, said="有的只按姓名和单位认，区间的下限随之变动", lines=every))
    return tuple(parts)


def _bearers(taken: Snapshot, name: Name) -> dict[str, Row]:
    """The first row of each person in a figure."""
    found: dict[str, Row] = {}
    for row in sorted(rows_of(taken, chosen(name), name), key=lambda row: row["number"]):
        found.setdefault(row[name.definition.distinct], row)
    return found


def _of_share(then: Snapshot, now: Snapshot, before: Figure, after: Figure) -> Difference:
    """A ratio: what its part changed over the old whole, then what its whole changed; together the difference."""
    name = before.identity.name
    part, whole = (difference(then, now, name.of_sheet(code)) for code in name.definition.share)
    between = _tenths(part.now, whole.then)
    start, end = _ends(before)[0], _ends(after)[0]
    parts = []
    if between is not None and start is not None and end is not None and before.value and after.value:
        steps = (("numerator", between - start, part), ("denominator", end - between, whole))
        parts = [Part(kind, step, step, label=d.then.definition.name, lines=d.lines) for kind, step, d in steps if step]
    return Difference(name, before, after, tuple(parts), tuple(d for d in (part, whole) if d.moved))


def _tenths(part: Figure, whole: Figure) -> int | None:
    """A part over a whole, in tenths of a percent, rounded once; nothing where one is not exactly known."""
    p, w = part.value, whole.value
    if p is None or w is None or not (p.exact and w.exact and w.low):
        return None
    return int((Decimal(p.low or 0) * 1000 / Decimal(w.low)).quantize(Decimal(1), ROUND_HALF_UP))
