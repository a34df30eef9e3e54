"""Rows of a sheet beside the book: new, changed, the same, or such that cannot be placed; and what is odd about the sheet."""

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal, InvalidOperation
from typing import Any, Literal

from duikou.acts.as_told import facts_of, table_of
from duikou.records.models import Party, Programme, of
from duikou.rules.fact import Fact
from duikou.rules.problem import Problem, Weight
from duikou.rules.typed import squeezed

from .rows import KINDS, SENTENCES, Reading
from .table import Table

State = Literal["new", "changed", "same", "unplaced", "odd"]
STATES: tuple[State, ...] = ("new", "changed", "same", "unplaced", "odd")


@dataclass(frozen=True)
class Candidate:
    """A row beside the book: its state, the record that it is about, the fact as it would stand, what differs."""

    reading: Reading
    state: State
    row: Any = None
    fact: Fact | None = None
    differs: tuple[tuple[str, Any, Any], ...] = ()


def compare(programme: Programme, table: Table, readings: Sequence[Reading]) -> list[Candidate]:
    """Each row beside the records of its kind; a column that the sheet does not have says nothing of a record."""
    kind = KINDS[table.layout.kind]
    rows = _kept(programme, table, kind)
    by_key: dict[tuple[Any, ...], list[Any]] = defaultdict(list)
    keys = {_key(one.values, table) for one in readings if one.fact}
    parties = _parties(programme, table)
    for row in rows:
        if (key := _key({name: _said(row, name, parties) for name in table.layout.same}, table)) in keys:
            by_key[key].append(row)
    facts = facts_of([row for found in by_key.values() for row in found], kind)
    return [_candidate(one, table, by_key, facts) for one in readings]


def _kept(programme: Programme, table: Table, kind: type[Fact]) -> list[Any]:
    """The records of a kind, with what they are known by."""
    model: Any = table_of(kind)
    relations = [f.name for f in model._meta.fields if f.is_relation and f.name in table.layout.same]
    return list(of(model, programme).select_related("record", *relations))


def _parties(programme: Programme, table: Table) -> Mapping[tuple[int, str], tuple[str, ...]]:
    """Who took part in the records of a kind, by record and role, where they are known by it."""
    found: dict[tuple[int, str], tuple[str, ...]] = {}
    roles = [name.partition(".")[2] for name in table.layout.same if name.startswith("party.")]
    rows = Party.objects.filter(record__programme=programme, record__kind=table.layout.kind, role__in=roles)
    for record, role, code in rows.order_by("position").values_list("record_id", "role", "organisation__code"):
        found[record, role] = (*found.get((record, role), ()), code)
    return found


def _said(row: Any, name: str, parties: Mapping[tuple[int, str], tuple[str, ...]]) -> Any:
    """What a record says in a field: an organisation by its code."""
    if name.startswith("party."):
        return parties.get((row.pk, name.partition(".")[2]), ())
    value = getattr(row, name)
    return getattr(value, "code", None) or getattr(value, "pk", value)


def _key(values: Mapping[str, Any], table: Table) -> tuple[Any, ...]:
    """What a row is known by: texts without blanks, nothing and an empty text the same."""
    said = (values.get(name) for name in table.layout.same)
    return tuple(squeezed(value).casefold() if isinstance(value, str) else value or "" for value in said)


def _candidate(
    one: Reading, table: Table, kept: Mapping[tuple[Any, ...], list[Any]], facts: Mapping[int, Fact]
) -> Candidate:
    if one.problems:
        return Candidate(one, "odd")
    if one.unplaced or one.fact is None:
        return Candidate(one, "unplaced")
    same = kept.get(_key(one.values, table), [])
    if not same:
        return Candidate(one, "new", fact=one.fact)
    tried = [(row, _with(facts[row.pk], one.fact, table)) for row in same]
    found = [(row, wanted, tuple(_differences(facts[row.pk], wanted))) for row, wanted in tried]
    row, wanted, differs = min(found, key=lambda said: len(said[2]))  # of several the one that differs least
    return Candidate(one, "changed" if differs else "same", row, wanted, differs)


def _with(before: Fact, said: Fact, table: Table) -> Fact:
    """A fact with what the sheet has columns for."""
    own = {name for name in table.columns if "." not in name}
    lists = {name.partition(".")[2] for name in table.columns if "." in name}
    changes: dict[str, Any] = {name: getattr(said, name) for name in own}
    if lists:
        changes["parties"] = (*(p for p in before.parties if p[0] not in lists), *said.parties)
        changes["items"] = (*(i for i in before.items if i[0] not in lists), *said.items)
    return replace(before, **changes)


def _differences(before: Fact, after: Fact) -> Iterator[tuple[str, Any, Any]]:
    """The fields in which two facts differ, with both values."""
    for name in before.__dataclass_fields__:
        old, new = getattr(before, name), getattr(after, name)
        if (old or None) != (new or None) and name != "inferred":
            yield name, old, new


# ---- the sheet itself --------------------------------------------------------------------------------------------


def oddities(table: Table, readings: Sequence[Reading]) -> list[Problem]:
    """What is odd about the sheet as a whole: totals that do not add up, rows twice, hidden rows."""
    return [*_totals(table), *_twice(table, readings), *_hidden(table)]


def _problem(code: str, weight: Weight, found: str, expected: str, remedy: str, place: str) -> Problem:
    return Problem(code, weight, SENTENCES[code], found, expected, remedy, place)


def _totals(table: Table) -> Iterator[Problem]:
    """Each total beside the sum of the rows that it stands under; a grand total adds all."""
    for total in table.totals:
        above = [row for row in table.rows if row < total]
        since = [row for row in above if not any(other > row for other in table.totals if other < total)]
        for name in table.columns:
            said = _number(table.text(total, name))
            if said is None:
                continue
            sums = {_sum(table, rows, name) for rows in (above, since, table.rows)}
            if said not in sums and None not in sums:
                added = _sum(table, above, name)
                yield _problem(
                    "sheet.6", "asks", f"{table.text(total, name)}", f"{added}（各行相加）", "核对各行和合计，看哪一个不对",
                    table.sheet.named(table.place(total, name)),
                )  # fmt: skip


def _sum(table: Table, rows: Sequence[int], name: str) -> Decimal | None:
    """The sum of a column; nothing where a cell is no plain number."""
    numbers = [_number(text) if (text := table.text(row, name)) else Decimal(0) for row in rows]
    return None if None in numbers else sum(filter(None, numbers), Decimal(0))


def _number(text: str) -> Decimal | None:
    try:
        found = Decimal(squeezed(text).replace(",", ""))
    except InvalidOperation:
        return None
    return found if found.is_finite() else None


def _twice(table: Table, readings: Sequence[Reading]) -> Iterator[Problem]:
    """Rows that are about one thing."""
    seen: dict[tuple[Any, ...], int] = {}
    for one in readings:
        if one.fact is None or not table.layout.same:
            continue
        key = _key(one.values, table)
        if key in seen and any(key):
            place = table.sheet.named(table.place(one.row))
            yield _problem(
                "sheet.8",
                "asks",
                f"与第 {seen[key]} 行说的是同一件事",
                "一件事一行",
                "是两件事的，写清区别；是一件事的，合为一行",
                place,
            )
        seen.setdefault(key, one.row)


def _hidden(table: Table) -> Iterator[Problem]:
    hidden = [row for row in table.rows if row in table.sheet.hidden_rows]
    if hidden:
        shown = "、".join(map(str, hidden[:5])) + ("等" if len(hidden) > 5 else "")
        found = f"第 {shown} 行隐藏着，共 {len(hidden)} 行"
        yield _problem("sheet.7", "asks", found, "没有隐藏的行", "不该报的，取消隐藏后删去", table.sheet.name)
