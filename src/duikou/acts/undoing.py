"""撤回来表: what a sheet brought is struck, what it changed says again what it said before; the line it came by says which."""

import json
from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from functools import cached_property
from typing import Any

from django.db import models

from duikou.records.models import (
    Finding,
    Item,
    JournalImage,
    JournalLine,
    Kind,
    Link,
    Party,
    Programme,
    Record,
    Statement,
    Submission,
)
from duikou.records.models.record import kind_of
from duikou.rules import handing as rules
from duikou.rules.fact import Told
from duikou.rules.rights import Person, Place
from duikou.terms.words import zh

from .asked import answer_again
from .closings import closed
from .correcting import ROLES, STRUCK
from .doing import Work, always, doing, judge_all, place_of, today
from .journal import journaled, time_of

OWN = ("records_submission", "records_document", "records_finding")
"""What stays as it is: the submission itself, its file, questions."""


def take_back_sheet(submission: Submission, *, programme: Programme, person: Person, reason: str) -> None:
    """Take a sheet back as a whole; Refused where it is too late or something rests on it."""
    with doing("take_back_sheet", person=person, place=place_of_sheet(submission, programme), reason=reason) as work:
        submission.refresh_from_db()
        sheet = _Sheet(submission)
        fact = rules.TakingBack(receipt=submission.receipt, came=sheet.came, reason=reason, undone=submission.undone)
        standing = rules.TakingBackStanding(today(), tuple(sheet.rests()), _shut(programme, sheet.days()))
        judge_all(work, [Told(fact, {})], rules.RULES, always(standing), opened=programme.opened)
        work.refuse_if_stopped()
        sheet.undo(work)
        work.change(submission, undone=today())
        answer_again(work, programme, submission)


def place_of_sheet(submission: Submission, programme: Programme) -> Place:
    """A sheet as the thing a right is asked of: the area it is of."""
    whole = place_of(programme)
    return Place(programme=whole.programme, area=submission.region, state=whole.state)


def _shut(programme: Programme, days: Sequence[date]) -> str:
    """The first closed period that some days are of, in words."""
    return next((period.zh for period in closed(programme) if any(period.first <= d <= period.last for d in days)), "")


class _Sheet:
    """What the line by which a sheet was taken wrote: rows by table, those of before, those that are new."""

    def __init__(self, submission: Submission) -> None:
        self.submission = submission
        image = JournalImage.objects.filter(table="records_submission", number=submission.pk).earliest("line_id")
        self.line = JournalLine.objects.get(pk=image.line_id)

    @property
    def came(self) -> date:
        """The day on which it was taken."""
        return time_of(self.line).astimezone().date()

    @cached_property
    def brought(self) -> frozenset[int]:
        """The records that came by it."""
        return frozenset(self.submission.record.links.filter(role="brings").values_list("to_id", flat=True))

    @cached_property
    def written(self) -> Mapping[str, frozenset[int]]:
        """The numbers of the rows it wrote, by table."""
        found: dict[str, set[int]] = {}
        for table, number in JournalImage.objects.filter(line=self.line).values_list("table", "number"):
            found.setdefault(table, set()).add(number)
        return {table: frozenset(numbers) for table, numbers in found.items()}

    @cached_property
    def before(self) -> Mapping[tuple[str, int], str]:
        """The rows it changed as they stood before."""
        found: dict[tuple[str, int], str] = {}
        for table, numbers in self.written.items():
            images = JournalImage.objects.filter(table=table, number__in=numbers, line_id__lt=self.line.pk)
            found |= {(table, n): text for n, text in images.order_by("line_id").values_list("number", "text")}
        return found

    def rows(self, table: str) -> list[Any]:
        """The rows it wrote in a table, as they stand."""
        return list(journaled()[table]._base_manager.filter(pk__in=self.written[table]).order_by("pk"))

    def days(self) -> list[date]:
        """The last days of what it wrote."""
        tables = [table for table in self.written if table not in OWN and issubclass(journaled()[table], Kind)]
        return [row.last for table in tables for row in self.rows(table) if row.last]

    # ---- what stands in its way

    def rests(self) -> Iterator[str]:
        """What was changed since, and what refers to the records that it brought."""
        for table, numbers in self.written.items():
            if table in OWN:
                continue
            later = JournalImage.objects.filter(table=table, number__in=numbers, line_id__gt=self.line.pk)
            for number in later.order_by("number").values_list("number", flat=True).distinct():
                if table != "records_record" or number in self.brought:
                    yield f"{_called(journaled()[table], number)}后来改过"
        models_: list[type[models.Model]] = [journaled()[table] for table in self.written if table not in OWN]
        for model in models_:
            yield from self._refer(model)

    def _refer(self, model: type[models.Model]) -> Iterator[str]:
        """Rows of other lines that refer to rows of a table that came by the sheet; questions do not count."""
        own = self.brought if model is Record or issubclass(model, Kind) else self._new(model._meta.db_table)
        for relation in model._meta.related_objects:
            of: Any = relation.related_model
            if relation.one_to_one or of._meta.db_table not in journaled() or of is Finding:
                continue
            rows = of._base_manager.filter(**{f"{relation.field.name}__in": own})
            rows = rows.exclude(pk__in=self.written.get(of._meta.db_table, ()))
            rows = rows.exclude(record__kind="finding") if of is Link else rows
            for number in rows.order_by("pk").values_list("pk", flat=True):
                yield f"{_called(of, number)}依托于它"

    def _new(self, table: str) -> frozenset[int]:
        """The rows of a table that were not there before."""
        return frozenset(n for n in self.written.get(table, ()) if (table, n) not in self.before)

    # ---- undoing

    def undo(self, work: Work) -> None:
        """Strike what is new, restore what was changed, settle what was asked of it."""
        for record in Record.objects.filter(pk__in=self.brought).order_by("pk"):
            work.change(record, struck=True)
        for model in (Party, Item, Link):
            self._strike_listed(work, model)
        for statement in Statement.objects.filter(pk__in=self._new("records_statement")).order_by("pk"):
            if statement.record_id not in (*self.brought, self.submission.pk):
                work.change(statement, adopted=False)
        for (table, number), text in self.before.items():
            if table not in OWN:
                self._restore(work, journaled()[table], number, text)
        asked = Finding.objects.filter(record__links__to__in=self.brought).exclude(state="settled")
        for finding in asked.distinct().order_by("pk"):
            work.change(finding, state="settled", settled=today(), answer=f"{self.submission.receipt}已撤回")

    def _strike_listed(self, work: Work, model: type[Party] | type[Item] | type[Link]) -> None:
        """Strike what the sheet added to the lists of records that stay."""
        role = ROLES[model]
        rows: list[Any] = list(model._base_manager.filter(pk__in=self._new(model._meta.db_table)).order_by("pk"))
        for row in rows:
            if row.record_id in (*self.brought, self.submission.pk) or row.record.kind == "finding":
                continue
            struck = model._base_manager.filter(record=row.record_id, **{role: STRUCK})
            last = struck.order_by("-position").values_list("position", flat=True).first() or 0
            work.change(row, **{role: STRUCK, "position": last + 1})

    def _restore(self, work: Work, model: type[models.Model], number: int, text: str) -> None:
        """Let a row say what it said before."""
        columns = json.loads(text)["row"]
        row = model._base_manager.get(pk=number)
        said = {
            field.attname: field.to_python(columns.get(field.column))
            for field in model._meta.concrete_fields
            if not field.primary_key
        }
        changed = {name: value for name, value in said.items() if getattr(row, name) != value}
        if changed:
            work.change(row, **changed)


def _called(model: type[models.Model], number: int) -> str:
    """A row in words: 培训 training-12."""
    if not issubclass(model, Kind):
        return "随附的内容"
    return f"{zh('record', kind_of(model))} {kind_of(model)}-{number}"
