"""Figures worked out: a sheet asked of a snapshot at a cell. Sums are judged by the law of additivity before they are given."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal
from functools import lru_cache
from types import MappingProxyType

import ibis
from ibis import _

from duikou.rules.additivity import Refusal, refuse_records
from duikou.rules.evidence import GRADES
from duikou.rules.quantity import Quantity, bounded
from duikou.rules.writing import write
from duikou.snapshot.store import Snapshot
from duikou.snapshot.tables import names as tables_by_name

from .definition import CUTS, Definition
from .engine import Question, Row, ask, heads, question, table, total
from .figure import Figure, Identity, Name, Standing

COLUMN_OF = {
    "time": "first", "giver": "giver", "receiver": "receiver", "area": "region", "sector": "sector", "source": "source",
}  # fmt: skip


class RefusedSum(ValueError):
    """A figure that may not be added up; carries the refusal."""

    def __init__(self, refusal: Refusal) -> None:
        self.refusal = refusal
        super().__init__(str(refusal))


@lru_cache(maxsize=4096)
def figure(snapshot: Snapshot, name: Name) -> Figure:
    """The figure of a name on a snapshot; RefusedSum where the law of additivity forbids the sum."""
    d = name.definition
    if d.share != ("", ""):
        return _share(snapshot, name, d)
    (row,) = ask(snapshot, _summed(name))
    return _figure(snapshot, name, row, _totals(snapshot, name))


@lru_cache(maxsize=256)
def cut(snapshot: Snapshot, name: Name, dimension: str) -> tuple[Figure, ...]:
    """The figures of each member of a cut that has records, the largest first: one grouped question for all."""
    column = CUTS[dimension]
    rows = [row for row in ask(snapshot, _summed(name, column)) if row[column]]
    figures = [_figure(snapshot, name.cut_by(dimension, row[column]), row, _Totals()) for row in rows]
    return tuple(sorted(figures, key=lambda f: (-((f.value.low or 0) if f.value else 0), f.name)))


@lru_cache(maxsize=4096)
def _summed(name: Name, by: str = "") -> Question:
    """The sum of a figure, or of each group of a column."""
    d, groups = name.definition, [by] if by else []
    if d.distinct:
        return question(heads(chosen(name), bearer=d.distinct, by=groups), d.of)
    differs = [column for column in _dimensions(d) if column != by]
    return question(total(chosen(name), add=d.add, differs=differs, by=groups), d.of)


def in_period(name: Name, conditions: Mapping[str, Sequence[str]] = MappingProxyType({})) -> ibis.Table:
    """Rows of the figure's table, programme and period (days known only as a span must lie in it whole); of these,
    those whose columns have one of the words each."""
    d, days = name.definition, name.days
    wanted = [_.programme == name.programme]
    if not d.timeless:
        wanted += [_["first"] >= days.first, _["last"] <= days.last]
    wanted += [_[column].isin(list(words)) for column, words in conditions.items()]
    return table(d.of).filter(wanted)


def chosen(name: Name) -> ibis.Table:
    """The rows that make up a figure: the sheet without its sum."""
    return in_period(name, {**name.definition.where, **{CUTS[letter]: (code,) for letter, code in name.cut}})


def rows_of(snapshot: Snapshot, rows: ibis.Table, name: Name) -> list[Row]:
    """Rows of a figure's table on a snapshot."""
    return ask(snapshot, question(rows, name.definition.of))


def _dimensions(d: Definition) -> list[str]:
    columns = tables_by_name()[d.of].schema.names
    return [c for dimension, c in COLUMN_OF.items() if c in columns and not (dimension == "time" and d.timeless)]


def _value(d: Definition, row: Row) -> Quantity | None:
    """The value of the summed row, if the sum is allowed; nothing where no record carries one."""
    if d.count:
        return Quantity(row["members"], row["members"], d.unit) if row["members"] else None
    if d.distinct:
        return persons(row, d.unit)
    if not row["valued"]:
        return None
    if row["valued"] > 1:
        for dimension, column in COLUMN_OF.items():
            if row.get(f"n_{column}", 0) > 1 and (refusal := refuse_records(d.kind, dimension)):
                raise RefusedSum(refusal)
    low = None if row["open_low"] else row["low"]
    high = None if row["open_high"] else row["high"]
    if row["valued"] == 1:
        return Quantity(low, high, d.unit, row["hedge"])
    return None if low is None and high is None else bounded(low, high, d.unit)


def persons(row: Row, unit: str) -> Quantity | None:
    """How many different persons: exactly where all are told by an identity number, or all by name and unit.

    Where both occur, one of a name may be one of a number: not more than all bearers, and not fewer than those of
    either sort, nor than the people of one course.
    """
    if not row["members"]:
        return None
    named = row["heads"] - row["known"]
    return bounded(max(row["known"], named, row["most"]), row["heads"], unit)


def _figure(snapshot: Snapshot, name: Name, row: Row, totals: "_Totals") -> Figure:
    """A figure of its summed row."""
    d = name.definition
    value = _value(d, row)
    identity = Identity(name, d.version, d.side, snapshot.line)
    unvalued = 0 if d.count or d.distinct else row["members"] - (row["valued"] or 0)
    if value is None:
        reason = "来源未报" if not row["members"] else "来源未给数字"
        standing = Standing(row["members"], unvalued, blank=reason)
        return Figure(identity, d, None, "", d.sense or _unit_of(d), "unreported", standing)
    standing = Standing(
        records=row["members"], unvalued=unvalued, total=totals.stated, listed=totals.listed, later=totals.later,
        grade=GRADES[row["grade"]] if row["grade"] is not None else "",
        questions=_questions(snapshot, name) if row["asks"] else (),
    )  # fmt: skip
    written = write(value, d.scale)
    nature = _nature(d, value, row["members"])
    return Figure(identity, d, value, written.number, d.sense or written.unit, nature, standing)


def _unit_of(d: Definition) -> str:
    """The unit in which a blank is printed."""
    return write(Quantity(10**6, 10**6, d.unit)).unit if d.unit == "fen" else write(Quantity(1, 1, d.unit)).unit


def _nature(d: Definition, value: Quantity, members: int) -> str:
    """What a reader must know of a number: forecast, approximate, calculated, or nothing special."""
    if d.basis == "expected":
        return "expected"
    if not value.exact:
        return "approximate"
    return "calculated" if members > 1 and not d.count else "exact"


def _questions(snapshot: Snapshot, name: Name) -> tuple[str, ...]:
    """The open questions about the records of a figure."""
    return questions_about(snapshot, {row["number"] for row in ask(snapshot, _asked(name))})


@lru_cache(maxsize=4096)
def _asked(name: Name) -> Question:
    return question(chosen(name).filter(_.asks > 0).select("number"), name.definition.of)


def questions_about(snapshot: Snapshot, numbers: Iterable[int]) -> tuple[str, ...]:
    """The open questions about records, by the titles of their findings."""
    asked = _open(snapshot)
    found = {finding: title for number in numbers for finding, title in asked.get(number, ())}
    return tuple(found[finding] for finding in sorted(found))


@lru_cache(maxsize=4)
def _open(snapshot: Snapshot) -> Mapping[int, Sequence[tuple[int, str]]]:
    """The open findings with their titles, by the records they are about."""
    about: dict[int, list[tuple[int, str]]] = {}
    for finding in snapshot.rows["findings"]:
        if finding["state"] != "settled":
            for link in snapshot.rows.by("links", "record").get(finding["number"]):
                if link["role"] == "about":
                    about.setdefault(link["to"], []).append((finding["number"], finding["title"]))
    return about


@dataclass(frozen=True)
class _Totals:
    """What a figure rests on besides records: stated totals, how much of them is listed, what came after their day."""

    stated: Quantity | None = None
    listed: Quantity | None = None
    later: Quantity | None = None


def _totals(snapshot: Snapshot, name: Name) -> _Totals:
    """The stated totals in a figure, for tables that know them."""
    d = name.definition
    if not d.add or not {"standing", "total"} <= set(tables_by_name()[d.of].schema.names):
        return _Totals()
    stated = ask(snapshot, _stated(name))
    if not stated:
        return _Totals()
    added = {row["standing"]: _sum(row, d) for row in ask(snapshot, _by_standing(name))}
    totals = tuple(sorted(row["total"] or row["number"] for row in stated))
    (parts,) = ask(snapshot, _parts(name, totals))
    return _Totals(added.get("total"), _sum(parts, d) or Quantity(0, 0, d.unit), added.get("own"))


@lru_cache(maxsize=4096)
def _stated(name: Name) -> Question:
    return question(chosen(name).filter(_.standing == "total").select("number", "total"), name.definition.of)


@lru_cache(maxsize=4096)
def _by_standing(name: Name) -> Question:
    d = name.definition
    return question(total(chosen(name), add=d.add, by=["standing"]), d.of)


@lru_cache(maxsize=4096)
def _parts(name: Name, totals: tuple[int, ...]) -> Question:
    d = name.definition
    listed = in_period(name, {"standing": ("part",)}).filter(_.total.isin(totals))
    return question(total(listed, add=d.add), d.of)


def _sum(row: Row, d: Definition) -> Quantity | None:
    return bounded(row["low"], row["high"], d.unit) if row["valued"] else None


def _share(snapshot: Snapshot, name: Name, d: Definition) -> Figure:
    """Two figures at the same cut, divided after grouping (A5); one decimal, rounded once."""
    part, whole = (figure(snapshot, name.of_sheet(code)) for code in d.share)
    standing = Standing(
        part.standing.records + whole.standing.records, grade=part.standing.grade,
        questions=tuple(dict.fromkeys(part.standing.questions + whole.standing.questions)),
    )  # fmt: skip
    identity = Identity(name, d.version, d.side, snapshot.line)
    p, w = part.value, whole.value
    if p is None or w is None or not (p.exact and w.exact and w.low):
        reason = "分子或分母未报" if p is None or w is None else "分子或分母是概数"
        return Figure(identity, d, None, "", "%", "unreported", Standing(blank=reason))
    tenths = (Decimal(p.low or 0) * 1000 / Decimal(w.low)).quantize(Decimal(1), ROUND_HALF_UP)
    return Figure(
        identity, d, Quantity(int(tenths), int(tenths), "percent"), f"{tenths / 10:.1f}", "%", "calculated", standing
    )
