"""Small groups of people in records: which numbers of persons are withheld from who sees only what is public of them."""

from collections.abc import Iterable, Mapping, Sequence
from copy import copy
from dataclasses import replace
from functools import lru_cache
from typing import Any, cast

from django.db.models import Model
from django.http import HttpRequest

from duikou.acts.doing import place_of
from duikou.acts.journal import Head, head
from duikou.records.models import Attendance, Finding, Link, Programme, Record, of, quantity
from duikou.records.models.record import Kind
from duikou.rules.small_groups import NAMED, PERSONS, Mark, size, withheld

from .addresses import model_of, row_of
from .doors import can, place_of_record
from .language import masked

Marks = Mapping[str, Mapping[int, Mark]]
OF_PEOPLE = {*PERSONS, *NAMED, "attendance"}
SAYING = ("found", "answer")  # what a question says in words that nobody has weighed


def marks(programme: Programme, model: type[Model], kind: str) -> Marks:
    """The withheld numbers of a kind in a programme: by field, the marks of records."""
    return _marks(programme, cast(type[Kind], model), kind, head()) if kind in PERSONS else {}


@lru_cache(maxsize=64)
def _marks(programme: Programme, model: type[Kind], kind: str, at: Head | None) -> Marks:
    """The same, once for each head of the book."""
    found: dict[str, Mapping[int, Mark]] = {}
    for name in PERSONS[kind]:
        stated = ((row.pk, quantity(row, name)) for row in of(model, programme))
        found[name] = withheld({number: size(value) for number, value in stated if value is not None}).marks
    return found


def of_record(request: HttpRequest, record: Record, row: Model) -> dict[str, str]:
    """What a reader is shown for each withheld number of a record, by field; nothing for who sees the record inside."""
    if record.programme is None or not isinstance(row, Kind) or record.kind not in (*PERSONS, "finding"):
        return {}
    if can(request, "see_records", replace(place_of_record(record), state="internal")):
        return {}
    if isinstance(row, Finding):
        return dict.fromkeys(SAYING, masked("hidden")) if row.pk in _of_people([row.pk]) else {}
    found = marks(record.programme, type(row), record.kind)
    return {name: masked(of_field[record.number]) for name, of_field in found.items() if record.number in of_field}


def questions(request: HttpRequest, rows: Iterable[Finding]) -> list[Finding]:
    """Questions as the reader may be told them: what was found of people, and what was answered, is said inside only."""
    kept = list(rows)
    quiet = _of_people([row.pk for row in kept])
    return [_told(request, row) if row.pk in quiet else row for row in kept]


def _told(request: HttpRequest, row: Finding) -> Finding:
    told = copy(row)
    for name, words in of_record(request, row.record, row).items():
        setattr(told, name, words if getattr(row, name) else "")
    return told


def _of_people(findings: Sequence[int]) -> set[int]:
    """The questions that are about records of people."""
    about = Link.objects.filter(role="about", record__kind="finding", to__kind__in=OF_PEOPLE)
    if len(findings) == 1:
        about = about.filter(record=findings[0])
    return {*findings} & {*about.values_list("record_id", flat=True)}


def of_records(request: HttpRequest, records: Iterable[Record]) -> dict[int, dict[str, str]]:
    """The same for each of some records that has a withheld number; most have none."""
    found: dict[int, dict[str, str]] = {}
    for record in records:
        if record.programme is None or record.kind not in PERSONS:
            continue
        by_field = marks(record.programme, model_of(record.kind), record.kind).values()
        if any(record.number in of_field for of_field in by_field) and (
            kept_back := of_record(request, record, row_of(record))
        ):
            found[record.number] = kept_back
    return found


def told(statements: Sequence[dict[str, Any]], kept_back: Mapping[str, str]) -> list[dict[str, Any]]:
    """The statements of a record whose words do not say a withheld number: not its own, nor others in the same words."""
    if not kept_back:
        return [*statements]
    secret = {one["fragment"] for one in statements if one["aspect"] in kept_back}
    return [one for one in statements if one["aspect"] and one["fragment"] not in secret]


def open_rows(
    request: HttpRequest, statements: Sequence[dict[str, Any]], seen: Mapping[int, Record]
) -> list[dict[str, Any]]:
    """The statements about records that the person sees, without those that say a withheld number."""
    kept_back, by_record = of_records(request, seen.values()), dict[int, list[dict[str, Any]]]()
    for one in statements:
        if one["record"] in seen:
            by_record.setdefault(one["record"], []).append(one)
    return [one for number, some in by_record.items() for one in told(some, kept_back.get(number, {}))]


def inside(request: HttpRequest, programme: Programme, area: str) -> bool:
    """Whether the person sees the records of a programme in an area inside, not only what is public of them."""
    return can(request, "see_records", replace(place_of(programme), area=area, state="internal"))


def named(programme: Programme, whole: int) -> str:
    """What stands for the number of people on the list of a course, a term or a team; empty where it may be shown."""
    mark = _named(programme, head()).get(whole)
    return masked(mark) if mark else ""


@lru_cache(maxsize=8)
def _named(programme: Programme, at: Head | None) -> Mapping[int, Mark]:
    numbers: dict[int, int] = {}
    for whole in of(Attendance, programme).values_list("of_id", flat=True):
        numbers[whole] = numbers.get(whole, 0) + 1
    by_field = (of_field for kind in NAMED for of_field in marks(programme, model_of(kind), kind).values())
    return withheld(numbers, also={number for of_field in by_field for number in of_field}).marks
