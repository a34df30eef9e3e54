"""Rows of a sheet beside the book: new, changed, the same, or such that cannot be placed; and what is odd about the sheet."""

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal, InvalidOperation
from functools import lru_cache
from typing import Any, Literal

from django.db.models import Model

from duikou.acts.as_told import facts_of, table_of
from duikou.records.models import Party, Programme, of
from duikou.rules.fact import Fact
from duikou.rules.identity import LENGTH
from duikou.rules.problem import Problem
from duikou.rules.typed import squeezed

from .cells import BLANK, bears_identity, problem, unfit
from .marks import address
from .rows import KINDS, Reading
from .table import Table

State = Literal["new", "changed", "same", "unplaced", "odd"]
STATES: tuple[State, ...] = ("new", "changed", "same", "unplaced", "odd")
SHOWN = 40  # characters of a cell that a message shows


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
    return (getattr(value, "code", None) or value.pk) if isinstance(value, Model) else value


def _key(values: Mapping[str, Any], table: Table) -> tuple[Any, ...]:
    """What a row is known by: texts without blanks, nothing and an empty text the same."""
    said = (values.get(name) for name in table.layout.same)
    return tuple(_bare(value) if isinstance(value, str) else value or "" for value in said)


@lru_cache(2**16)
def _bare(text: str) -> str:
    """A text as rows are known by it; each row is asked for it several times."""
    return squeezed(text).casefold()


def _candidate(
    one: Reading, table: Table, kept: Mapping[tuple[Any, ...], list[Any]], facts: Mapping[int, Fact]
) -> Candidate:
    if one.problems or (one.fact is None and not one.unplaced):
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
        changes["parties"] = _by_role((*(p for p in before.parties if p[0] not in lists), *said.parties))
        changes["items"] = _by_role((*(i for i in before.items if i[0] not in lists), *said.items))
    return replace(before, **changes)


def _by_role(listed: Sequence[tuple[Any, ...]]) -> tuple[Any, ...]:
    """What is listed in the order of the book: by role, and within one as it was said."""
    return tuple(sorted(listed, key=lambda one: str(one[0])))


def _differences(before: Fact, after: Fact) -> Iterator[tuple[str, Any, Any]]:
    """The fields in which two facts differ, with both values."""
    for name in before.__dataclass_fields__:
        old, new = getattr(before, name), getattr(after, name)
        if (old or None) != (new or None) and name != "inferred":
            yield name, old, new


# ---- the sheet itself --------------------------------------------------------------------------------------------


def oddities(table: Table, readings: Sequence[Reading]) -> list[Problem]:
    """What is odd about the sheet as a whole, beside what its rows say: what stops first."""
    told = {(one.code, one.place) for reading in readings for one in reading.problems}
    found = [
        *_same_headings(table), *_identities(table), *_beside(table), *_totals(table), *_twice(table, readings),
        *_hidden(table), *(_unfit(table) if not readings else ()),
    ]  # fmt: skip
    return [one for one in found if (one.code, one.place) not in told]


def _same_headings(table: Table) -> Iterator[Problem]:
    """Columns in the same words: which of them is meant nobody knows."""
    for one in table.twice:
        place = table.sheet.named((table.heading_rows[1], one.column))
        yield problem("sheet.12", f"又一列“{one.said}”", "一列", "只留一列；是两回事的，改写表头", place)


def _unfit(table: Table) -> Iterator[Problem]:
    """Cells that no sheet may have, where no reading of the rows has told of them."""
    for row in table.rows:
        for name in table.columns:
            if (one := unfit(table, row, name, table.text(row, name))) is not None and one.code != "sheet.3":
                yield one


def _identities(table: Table) -> Iterator[Problem]:
    """Identity numbers wherever they stand on the sheet."""
    for row, texts in enumerate(table.sheet.rows, 1):
        if max(map(len, texts), default=0) < LENGTH:
            continue
        for column, text in enumerate(texts, 1):
            if bears_identity(text):
                place = table.sheet.named((row, column))
                yield problem("sheet.3", "身份证号码", "不含号码的表", "删去号码；号码在参加人员页登记", place)


def _beside(table: Table) -> Iterator[Problem]:
    """What stands beside the table, under no heading: a row may have slipped, so it is looked at."""
    for row in (*table.rows, *table.totals):
        for place in table.beside(row):
            found = table.sheet.at(place)[:SHOWN]
            remedy = "移回所属的列；不报的内容删去"
            yield problem("sheet.11", found, "空白，或上方有表头", remedy, table.sheet.named(place), "asks")


def _totals(table: Table) -> Iterator[Problem]:
    """Each total beside the sum of the rows that it stands under; a grand total adds all."""
    for name in table.columns:
        if not any(table.text(total, name) for total in table.totals):
            continue
        above, since, whole, totals = _Sum(), _Sum(), _Sum(), set(table.totals)
        for row in table.rows:
            whole.add(table.text(row, name))
        for row in sorted((*table.rows, *totals)):
            text = table.text(row, name)
            if row not in totals:
                above.add(text)
                since.add(text)
                continue
            said = _number(text)
            sums = {one.value for one in (above, since, whole)}
            if said is not None and None not in sums and said not in sums:
                expected, place = f"{above.value}（各行相加）", table.sheet.named(table.place(row, name))
                yield problem("sheet.6", text, expected, "核对各行和合计，看哪一个不对", place, "asks")
            since = _Sum()


@dataclass
class _Sum:
    """The sum of some cells; nothing where one is no plain number."""

    value: Decimal | None = Decimal(0)

    def add(self, text: str) -> None:
        """Add a cell; a blank adds nothing."""
        if text and text not in BLANK and self.value is not None:
            number = _number(text)
            self.value = None if number is None else self.value + number


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
            found, remedy = f"与第 {seen[key]} 行说的是同一件事", "是两件事的，写清区别；是一件事的，合为一行"
            yield problem("sheet.8", found, "一件事一行", remedy, table.sheet.named(table.place(one.row)), "asks")
        seen.setdefault(key, one.row)


def _hidden(table: Table) -> Iterator[Problem]:
    """Rows and columns with something in them that nobody sees."""
    rows = [str(row) for row in table.rows if row in table.sheet.hidden_rows]
    columns = [
        f"{one.said}（{address((1, one.column))[:-1]} 列）" for one in table.columns.values()
        if one.column in table.sheet.hidden_columns
    ]  # fmt: skip
    if rows:
        found = f"第 {_some(rows)} 行隐藏着，共 {len(rows)} 行"
        yield problem("sheet.7", found, "没有隐藏的行", "不该报的，取消隐藏后删去", table.sheet.name, "asks")
    if columns:
        found = f"{_some(columns)}隐藏着，共 {len(columns)} 列"
        yield problem("sheet.7", found, "没有隐藏的列", "不该报的，取消隐藏后删去", table.sheet.name, "asks")


def _some(words: Sequence[str]) -> str:
    return "、".join(words[:5]) + ("等" if len(words) > 5 else "")
