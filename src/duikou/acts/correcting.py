"""更正记录: a record of a kind without acts of its own says something else from now on; before and after stay in the journal."""

from collections.abc import Mapping
from dataclasses import fields
from typing import Any

from django.db.models import Model

from duikou.records.models import Item, Link, Party, Passage, Programme, Statement
from duikou.rules import closings, donations, evidence
from duikou.rules.fact import Fact, Source, Told
from duikou.rules.problem import Problem
from duikou.rules.quantity import Quantity
from duikou.rules.rights import Person

from .accepting import enter_paper_of, subject_of
from .closings import closed
from .doing import Work, always, ask, doing, judge_all, place_of, today
from .donations import gift_standings
from .entering import enter_statements, lists_as_told, quantity_values, row_as_told

OWN = ("inferred", "parties", "items", "links")
STRUCK = "struck"  # what a correction takes out of a list stays in the book, crossed out
ROLES: Mapping[type[Model], str] = {Party: "role", Item: "list", Link: "role"}
LISTS: Mapping[type[Model], str] = {Party: "parties", Item: "items", Link: "links"}


def correct_record(
    row: Any,
    fact: Fact,
    *,
    programme: Programme,
    person: Person,
    reason: str,
    source: Source | None = None,
    paper: evidence.Document | None = None,
    said: Mapping[str, str] | None = None,
) -> int:
    """Let a record say what a fact says: only what differs is written; its number. `source` is a passage it rests on, too.

    ValueError where nothing differs, or where records of the kind are changed by acts of their own.
    """
    with doing("correct_record", person=person, place=place_of(programme), reason=reason) as work:
        row.refresh_from_db()
        told, keys = Told(fact, {"": source} if source else {}, said or {}), dict[str, int]()
        asking = judge_correction(work, programme, row, told, reason)
        work.refuse_if_stopped()
        enter_paper_of(work, programme, paper, keys)
        apply_correction(work, row, told, keys)
        if not work.rows:
            raise ValueError("没有改动；改了再送，或不办")
        if (row._meta.db_table, row.pk) not in work.rows:
            work.change(row, inferred=row.inferred)  # its history leads to this line also where only its lists differ
        ask(work, asking, row.pk)
        return int(row.pk)


def judge_correction(work: Work, programme: Programme, row: Any, told: Told[Fact], reason: str) -> list[Problem]:
    """What the rules of its kind ask of the record as it is to be; what stops goes to the work. ValueError: see above."""
    if told.fact.kind != row.record.kind or row.record.programme_id != programme.record_id:
        raise ValueError("要更正的不是这条记录")
    judged = subject_of(type(told.fact)).judged
    if judged is None:
        raise ValueError("这一类记录由各自的业务办理改动，不在这里更正")
    days = tuple(when.last for when in (row.when, told.fact.when) if when)
    correction = Told[Fact](closings.Correction(reason=reason, days=days), {}, place=told.place)
    standing = closings.ClosingStanding(today(), tuple(closed(programme)))
    judge_all(work, [correction], closings.RULES, always(standing), opened=programme.opened)
    known: Any = judged.standings(programme, {}, row.pk)
    if isinstance(told.fact, donations.Gift):
        known = gift_standings(programme, [told], row.pk)
    return judge_all(work, [told], judged.rules, known, opened=programme.opened)[told.key]


def apply_correction(work: Work, row: Any, told: Told[Fact], keys: Mapping[str, int]) -> None:
    """Write what differs, and whose word the changed numbers are now."""
    changed = _change(work, row, told, keys)
    _restate(work, row, told, changed, keys)


def _change(work: Work, row: Any, told: Told[Fact], keys: Mapping[str, int]) -> set[str]:
    """Change the columns and lists that differ; the fields they are of. What was told anew is inferred no longer."""
    wanted = row_as_told(work, told, row.pk, keys)
    names = {f.name for f in fields(told.fact)} - set(OWN)
    values: dict[str, Any] = {}
    changed: set[str] = set()
    for column in row._meta.concrete_fields:
        name = _field_of(column.name, names)
        after = getattr(wanted, column.attname)
        if name and _plain(getattr(row, column.attname)) != _plain(after):
            values[column.attname] = after
            changed.add(name)
    changed |= {name for model, name in LISTS.items() if _change_list(work, model, row, told.fact, keys)}
    inferred = ",".join(name for name in row.inferred.split(",") if name and name not in changed)
    if inferred != row.inferred:
        values["inferred"] = inferred
    if values:
        work.change(row, **values)
    return changed


def _field_of(column: str, names: set[str]) -> str:
    """The field of a fact that a column is of; none where the fact does not say it."""
    if column in ("first", "last"):
        return "when"
    stem = column
    for part in ("_low", "_high", "_hedge", "_unit"):
        stem = stem.removesuffix(part)
    return next((name for name in (column, stem) if name in names), "")


def _plain(value: Any) -> Any:
    """A value to compare: columns that came late are empty where others are blank."""
    return "" if value is None else value


def _change_list(work: Work, model: type[Model], row: Any, fact: Fact, keys: Mapping[str, int]) -> bool:
    """Let the rows of one list be those that are wanted, and whether any differed.

    What is no longer wanted gives its place to what is new in the same role, or is struck out; the rest comes behind.
    """
    role = ROLES[model]
    kept: list[Any] = list(model._default_manager.filter(record=row.record).order_by(role, "position"))
    wanted = lists_as_told(fact, keys)[model]
    gone = []
    for one in kept:
        said = next((values for values in wanted if _says(one, values)), None)
        if said is not None:
            wanted.remove(said)
        elif getattr(one, role) != STRUCK:
            gone.append(one)
    struck = [one.position for one in kept if getattr(one, role) == STRUCK]
    for position, one in enumerate(gone, max(struck, default=0) + 1):
        instead = next((values for values in wanted if values[role] == getattr(one, role)), None)
        if instead is not None:
            wanted.remove(instead)
        work.change(one, **(instead or {role: STRUCK, "position": position}))
    for values, number in zip(wanted, work.numbers(model, len(wanted)), strict=True):
        places = [one.position for one in kept if getattr(one, role) == values[role]]
        kept.append(model(number=number, record=row.record, position=max(places, default=0) + 1, **values))
        work.write(kept[-1:])
    return bool(gone or wanted)


def _says(one: Model, values: Mapping[str, Any]) -> bool:
    """Whether a kept row of a list says just this."""
    return all(getattr(one, name) == value for name, value in values.items())


def _restate(work: Work, row: Any, told: Told[Fact], changed: set[str], keys: Mapping[str, int]) -> None:
    """Of each changed number: a new source says it from now on; without one the old words had been read amiss."""
    source = told.sources.get("")
    new = source is not None and not _stated(row, source)
    before = list(Statement.objects.filter(record=row.record, aspect__in=changed, adopted=True))
    if new:
        enter_statements(work, told, row.pk, keys)
    for statement in before:
        value = getattr(told.fact, statement.aspect, None)
        if new or not isinstance(value, Quantity):
            work.change(statement, adopted=False)
        else:
            words = told.said.get(statement.aspect, statement.said)
            work.change(statement, said=words, **quantity_values("value", value))


def _stated(row: Any, source: Source) -> bool:
    """Whether a passage is a source of the record already."""
    if not isinstance(source.document, int):
        return False
    places = Passage.objects.filter(document=source.document, paragraph=source.paragraph, fragment=source.fragment)
    return Statement.objects.filter(record=row.record, passage__in=places).exists()
