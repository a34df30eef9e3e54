"""Figures worked out: a sheet asked of a snapshot at a cell. Sums are judged by the law of additivity before they are given."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal
from functools import lru_cache
from types import MappingProxyType

import ibis
from ibis import _

from duikou.rules.additivity import SHARING, Refusal, refuse_across, refuse_records
from duikou.rules.evidence import GRADES
from duikou.rules.quantity import Quantity, bounded
from duikou.rules.writing import write
from duikou.snapshot.store import Snapshot
from duikou.snapshot.tables import names as tables_by_name

from .definition import CUTS, Definition, definition, sheets
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


def figure(snapshot: Snapshot, name: Name, d: Definition | None = None) -> Figure:
    """The figure of a name on a snapshot; RefusedSum where the law of additivity forbids the sum.

    `d`: the sheet where another than that of the name is tried, as it is before a reading is adopted.
    """
    return _worked_out(snapshot, name, d or definition(name.sheet, snapshot))


@lru_cache(maxsize=4096)
def _worked_out(snapshot: Snapshot, name: Name, d: Definition) -> Figure:
    if d.share != ("", ""):
        return _share(snapshot, name, d)
    (row,) = ask(snapshot, _summed(name, d))
    return _figure(snapshot, name, d, row, _totals(snapshot, name, d))


def cut(snapshot: Snapshot, name: Name, dimension: str) -> tuple[Figure, ...]:
    """The figures of each member of a cut that has records, the largest first: one grouped question for all."""
    return _cut(snapshot, name, definition(name.sheet, snapshot), CUTS[dimension])[0]


def rest(snapshot: Snapshot, name: Name, dimension: str) -> Figure | None:
    """What records without a member of a cut bring, so that members and rest are the whole; nothing where all say one."""
    return _cut(snapshot, name, definition(name.sheet, snapshot), CUTS[dimension])[1]


@lru_cache(maxsize=256)
def _cut(snapshot: Snapshot, name: Name, d: Definition, column: str) -> tuple[tuple[Figure, ...], Figure | None]:
    letter = next(letter for letter, of in CUTS.items() if of == column)
    rows = ask(snapshot, _summed(name, d, column))
    figures = [_figure(snapshot, name.cut_by(letter, row[column]), d, row, _Totals()) for row in rows if row[column]]
    left = ask(snapshot, _summed(name, d, unsaid=column)) if any(not row[column] for row in rows) else []
    return (
        tuple(sorted(figures, key=lambda f: (-((f.value.low or 0) if f.value else 0), f.name))),
        _figure(snapshot, name, d, left[0], _Totals()) if left else None,
    )


@lru_cache(maxsize=4096)
def _summed(name: Name, d: Definition, by: str = "", unsaid: str = "", among: tuple[str, ...] = ()) -> Question:
    """The sum of a figure, of each group of a column, or of what says nothing in a column."""
    groups, rows = [by] if by else [], chosen(name, d, among)
    if unsaid:
        rows = rows.filter(_[unsaid].isnull() | (_[unsaid] == ""))
    if d.distinct:
        return question(heads(rows, bearer=d.distinct, by=groups), d.of)
    differs = [column for column in _dimensions(d) if column != by]
    return question(total(rows, add=d.add, differs=differs, by=groups), d.of)


def by_programme(
    snapshot: Snapshot, sheet: str, period: str, programmes: Sequence[str]
) -> dict[str, Quantity | Refusal]:
    """The value of each programme that has one, by one grouped question; of one whose sum is not allowed, the refusal."""
    d, name = sheets()[sheet], Name(sheet, programmes[0], period)
    found: dict[str, Quantity | Refusal] = {}
    for row in ask(snapshot, _summed(name, d, "programme", among=tuple(programmes))):
        try:
            value = _value(d, row)
        except RefusedSum as refused:
            found[row["programme"]] = refused.refusal
        else:
            found |= {row["programme"]: value} if value else {}
    return found


def in_period(
    name: Name, conditions: Mapping[str, Sequence[str]] = MappingProxyType({}), d: Definition | None = None,
    among: Sequence[str] = (),
) -> ibis.Table:  # fmt: skip
    """Rows of the figure's table, programme and period (days known only as a span must lie in it whole); of these,
    those whose columns have one of the words each. Of a thing told of again and again, the last by the end of the period."""
    d, days = d or name.definition, name.days
    wanted = [_.programme.isin(list(among)) if among else _.programme == name.programme]
    if d.each:
        wanted += [_["last"] <= days.last]
    elif not d.timeless:
        wanted += [_["first"] >= days.first, _["last"] <= days.last]
    wanted += [_[column].isin(list(words)) for column, words in conditions.items()]
    rows = table(d.of).filter(wanted)
    if not d.each:
        return rows
    youngest = [_["last"].desc(), _["number"].desc()]
    age = ibis.row_number().over(group_by=["programme", d.each], order_by=youngest)
    return rows.mutate(age=age).filter(_.age == 0).drop("age")


def chosen(name: Name, d: Definition | None = None, among: Sequence[str] = ()) -> ibis.Table:
    """The rows that make up a figure: the sheet without its sum; of several programmes where they are named."""
    d = d or name.definition
    return in_period(name, {**d.where, **{CUTS[letter]: (code,) for letter, code in name.cut}}, d, among)


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
        if d.kind in SHARING and (refusal := refuse_across([d.measure, d.measure])):
            raise RefusedSum(refusal)  # two courses of one day, place and giver: the same people may have been in both
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


def _figure(snapshot: Snapshot, name: Name, d: Definition, row: Row, totals: "_Totals") -> Figure:
    """A figure of its summed row."""
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
        questions=_questions(snapshot, name, d) if row["asks"] else (),
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


def _questions(snapshot: Snapshot, name: Name, d: Definition) -> tuple[str, ...]:
    """The open questions about the records of a figure."""
    return questions_about(snapshot, {row["number"] for row in ask(snapshot, _asked(name, d))})


@lru_cache(maxsize=4096)
def _asked(name: Name, d: Definition) -> Question:
    return question(chosen(name, d).filter(_.asks > 0).select("number"), d.of)


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


def _totals(snapshot: Snapshot, name: Name, d: Definition) -> _Totals:
    """The stated totals in a figure, for tables that know them."""
    if not d.add or not {"standing", "total"} <= set(tables_by_name()[d.of].schema.names):
        return _Totals()
    stated = ask(snapshot, _stated(name, d))
    if not stated:
        return _Totals()
    added = {row["standing"]: _sum(row, d) for row in ask(snapshot, _by_standing(name, d))}
    totals = tuple(sorted(row["total"] or row["number"] for row in stated))
    (parts,) = ask(snapshot, _parts(name, d, totals))
    return _Totals(added.get("total"), _sum(parts, d) or Quantity(0, 0, d.unit), added.get("own"))


@lru_cache(maxsize=4096)
def _stated(name: Name, d: Definition) -> Question:
    return question(chosen(name, d).filter(_.standing == "total").select("number", "total"), d.of)


@lru_cache(maxsize=4096)
def _by_standing(name: Name, d: Definition) -> Question:
    return question(total(chosen(name, d), add=d.add, by=["standing"]), d.of)


@lru_cache(maxsize=4096)
def _parts(name: Name, d: Definition, totals: tuple[int, ...]) -> Question:
    listed = in_period(name, {"standing": ("part",)}, d).filter(_.total.isin(totals))
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
    tenths = divided(p, w)
    if tenths is None:
        reason = "分子或分母未报" if p is None or w is None else "分子或分母是概数"
        return Figure(identity, d, None, "", "%", "unreported", Standing(blank=reason))
    return Figure(identity, d, Quantity(tenths, tenths, "percent"), f"{tenths / 10:.1f}", "%", "calculated", standing)


def divided(part: Quantity | None, whole: Quantity | None) -> int | None:
    """A part of a whole in tenths of a percent, rounded once; nothing where one is blank, hedged, or the whole nothing."""
    if part is None or whole is None or not (part.exact and whole.exact and whole.low):
        return None
    return int((Decimal(part.low or 0) * 1000 / Decimal(whole.low)).quantize(Decimal(1), ROUND_HALF_UP))
