"""Small groups of people in figures: what is withheld from who sees only what is public (rules/small_groups, decision 19).

Which records are withheld is settled once for a programme, whatever is asked; a sum that holds some of them is withheld.
"""

from dataclasses import replace
from functools import lru_cache

import ibis
from ibis import _

from duikou.records.models.record import kind_of
from duikou.rules.quantity import Quantity
from duikou.rules.small_groups import LEAST, NAMED, PERSONS, Mark, Withheld, size, withheld, words
from duikou.snapshot.store import Snapshot
from duikou.snapshot.tables import names as tables_by_name

from .definition import Definition
from .engine import ask, question, table
from .figure import Figure, Name, Standing
from .rows import Cell, rows_at
from .written import written

WHY = {"few": f"不到 {LEAST} 人的人数不公开", "hidden": f"公开了就能推出不到 {LEAST} 人的人数"}
KEY = {
    True: "of",
    False: "number",
}  # whom a list of names counts is a course, a term or a team; a record states its own


def of_persons(d: Definition) -> bool:
    """Whether a statistic counts people who took part, worked or studied."""
    if d.distinct or not d.add:
        return bool(d.distinct)
    return any(d.add in PERSONS.get(kind_of(model), ()) for model in tables_by_name()[d.of].models)


@lru_cache(maxsize=256)
def withheld_of(snapshot: Snapshot, programme: str, of: str, column: str) -> Withheld[int]:
    """The records of a table (the courses of a list of names) whose numbers of persons are withheld in a programme."""
    rows = table(of).filter(_.programme == programme)
    if column:
        low, high = _[f"{column}_low"], _[f"{column}_high"]
        found = ask(
            snapshot, question(rows.filter(low.notnull() | high.notnull()).select(key="number", low=low, high=high), of)
        )
        return withheld({row["key"]: size(Quantity(row["low"], row["high"], "person", "range")) for row in found})
    found = ask(snapshot, question(rows.group_by(key="of").aggregate(persons=_.count()), of))
    stated = frozenset[int]().union(*(silent(snapshot, each, programme) for each in _lists()))
    return withheld({row["key"]: row["persons"] for row in found}, also=stated)


def _lists() -> list[str]:
    """The tables of what has lists of names."""
    return [name for name, one in tables_by_name().items() if any(kind_of(model) in NAMED for model in one.models)]


def figure_shown(snapshot: Snapshot, found: Figure) -> Figure:
    """A figure as everyone may see it: with its number, or with the mark that stands for it."""
    d = found.definition
    if found.value is None or not of_persons(d):
        return found
    if 0 < size(found.value) < LEAST:
        return _marked(found, "few")
    kept = withheld_of(snapshot, found.identity.name.programme, d.of, d.add)
    return _marked(found, "hidden") if kept.marks and kept.hides(_members(snapshot, found.identity.name)) else found


def marks_of(snapshot: Snapshot, d: Definition, programme: str) -> dict[int, Mark]:
    """The mark of each record under a statistic whose number is withheld; who is on a list of names is never public."""
    return dict(withheld_of(snapshot, programme, d.of, d.add).marks) if of_persons(d) and d.add else {}


def silent(snapshot: Snapshot, of: str, programme: str) -> frozenset[int]:
    """The records of a table that have any withheld number: their passages may say it, whatever is counted."""
    if not of:
        return frozenset()  # a ratio has no records of its own
    there = tables_by_name()[of]
    fields = {name for model in there.models for name in PERSONS.get(kind_of(model), ())}
    kept = [withheld_of(snapshot, programme, of, name) for name in fields if f"{name}_low" in there.schema.names]
    return frozenset(number for one in kept for number in one.marks)


def _members(snapshot: Snapshot, name: Name) -> set[int]:
    d = name.definition
    key = KEY[bool(d.distinct)]
    return {row[key] for row in ask(snapshot, written(_keys, name, d, key))}


def _keys(d: Definition, at: Cell, key: str) -> ibis.Table:
    return rows_at(d, at).select(key).distinct()


def _marked(found: Figure, mark: Mark) -> Figure:
    """The figure without its number, and without what would tell it."""
    number, unit = (words(mark).removesuffix("人"), "人") if mark == "few" else (words(mark), "")
    standing = Standing(grade=found.standing.grade, questions=found.standing.questions, blank=WHY[mark])
    return replace(found, value=None, number=number, unit=unit, nature="withheld", standing=standing, mark=mark)
