"""One frozen table: columns by to-one path, verdicts of rules as columns, and which of its rows an act has touched."""

from collections import Counter
from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from itertools import chain
from typing import Any

import pyarrow as pa
from django.db.models import BigIntegerField, ExpressionWrapper, F, Model, QuerySet

from duikou.records import models as m
from duikou.records.models.record import kind_of
from duikou.rules.evidence import GRADES

INTEGER, TEXT, DAY, BOOLEAN = pa.int64(), pa.string(), pa.date32(), pa.bool_()
Row = dict[str, Any]
Columns = dict[str, Sequence[Any]]
Make = Callable[[type[Model], Columns], Columns]
FEW = 400  # numbers that are named in a question; SQLite takes at most 999 in one


class Changed:
    """What the lines of the journal after one changed: the numbers of rows by table, read once."""

    def __init__(self, line: int) -> None:
        self._images = m.JournalImage.objects.filter(line_id__gt=line)
        self._numbers: dict[str, set[int]] = {}
        for table, number in self._images.order_by().values_list("table", "number").iterator():
            self._numbers.setdefault(table, set()).add(number)

    def numbers(self, model: type[Model]) -> Collection[int]:
        """The numbers of the rows of a table that were changed."""
        return self._numbers.get(model._meta.db_table, ())

    def named(self, model: type[Model]) -> Any:
        """The same in a question: a few by number, so that the database goes by its index, many from the journal."""
        found = self.numbers(model)
        many = self._images.filter(table=model._meta.db_table).values("number")
        return list(found) if len(found) <= FEW else many

    @cached_property
    def records(self) -> "Kinds":
        """The records that were changed, by kind."""
        return by_kind(m.Record.objects.filter(pk__in=self.named(m.Record)))


Kinds = Mapping[str, Collection[int]]


def by_kind(records: QuerySet[m.Record]) -> Kinds:
    """The numbers of records by kind: one question for all tables."""
    found: dict[str, set[int]] = {}
    for kind, number in records.values_list("kind", "number"):
        found.setdefault(kind, set()).add(number)
    return found


@dataclass(frozen=True)
class Table:
    """A frozen table: the rows of one or two models, columns by to-one path, and columns made by a verdict."""

    name: str
    models: tuple[type[Model], ...]
    columns: Mapping[str, tuple[str, pa.DataType]]
    made: Mapping[str, pa.DataType] = field(default_factory=dict)
    make: Make = lambda *_: {}
    only: Mapping[str, Any] = field(default_factory=dict)
    but: Mapping[str, Any] = field(default_factory=dict)
    key: str = "record_id"

    @property
    def verdicts(self) -> bool:
        """Whether its rows are records, which rest on evidence and carry questions; a document is itself evidence."""
        return self.key == "record_id" and "grade" not in self.columns

    @cached_property
    def schema(self) -> pa.Schema:
        """Names and types of all columns, the number first."""
        kept = [(name, kind) for name, (_, kind) in self.columns.items()]
        verdicts = VERDICTS if self.verdicts else {}
        return pa.schema([("number", INTEGER), *kept, *self.made.items(), *verdicts.items()])

    def touched(self, changed: "Changed") -> set[int]:
        """The numbers of its rows that lines of the journal changed: their own, or those they join."""
        found: set[int] = set()
        for model in self.models:
            found |= set(changed.numbers(model))
            for prefix, joined in self._joins(model).items():
                if joined is m.Record and issubclass(model, m.Kind):
                    found |= set(changed.records.get(kind_of(model), ()))
                elif changed.numbers(joined):
                    rows = model._base_manager.filter(**{f"{prefix}__in": changed.named(joined)})
                    found |= set(rows.values_list("pk", flat=True))
        return found

    def own(self, records: Kinds) -> set[int]:
        """Those of some records whose verdicts stand in this table."""
        kinds = [kind_of(model) for model in self.models] if self.verdicts else []
        return {number for kind in kinds for number in records.get(kind, ())}

    def _joins(self, model: type[Model]) -> dict[str, type[Model]]:
        """The models joined by its columns, by the path that leads to them."""
        found: dict[str, type[Model]] = {}
        for path, _ in self.columns.values():
            at, steps = model, path.split("__")[:-1]
            for depth, step in enumerate(steps, 1):
                if not _has(at, step):
                    break
                related = at._meta.get_field(step).related_model
                if not isinstance(related, type):
                    break
                at = found["__".join(steps[:depth])] = related
        return found

    def ranges(self, size: int) -> set[int]:
        """Where those ranges of numbers begin that have rows, each range of one size."""
        place = ExpressionWrapper(F("pk") / size, output_field=BigIntegerField())
        parts = (model._base_manager.order_by().values_list(place, flat=True).distinct() for model in self.models)
        return {part * size for part in chain.from_iterable(parts)}

    def pour(self, first: int, last: int) -> pa.Table:
        """The rows whose numbers lie in a range, in order; a join that multiplies rows fails the snapshot (A6)."""
        first_of, *others = (self._columns(model, first, last) for model in self.models)
        columns: Columns = {name: [*chain(values, *(of[name] for of in others))] for name, values in first_of.items()}
        if self.verdicts and columns["number"]:
            columns |= _judged(columns["number"], first, last)
        rows = pa.table({f.name: pa.array(columns[f.name], f.type) for f in self.schema}, schema=self.schema)
        return rows.sort_by("number") if others else rows

    def _columns(self, model: type[Model], first: int, last: int) -> Columns:
        """The rows of a model, column by column: what is kept, then what is made of it."""
        chosen: QuerySet[Any] = model._default_manager.filter(**{f"{self.key}__gte": first, f"{self.key}__lte": last})
        chosen = chosen.filter(**{k: v for k, v in self.only.items() if _has(model, k)})
        chosen = chosen.exclude(**self.but) if self.but else chosen
        chosen = chosen.filter(record__struck__isnull=True) if _has(model, "record") else chosen
        paths = {"number": self.key} | {name: path for name, (path, _) in self.columns.items() if _has(model, path)}
        rows = list(chosen.order_by(self.key).values_list(*paths.values()))
        if len(rows) != (count := chosen.count()):
            raise AssertionError(f"{self.name}：连接使行数由 {count} 变为 {len(rows)}")
        nothing = [None] * len(rows)
        columns: Columns = dict.fromkeys(self.schema.names, nothing)
        columns |= dict(zip(paths, zip(*rows, strict=True), strict=True)) if rows else {}
        return columns | self.make(model, columns)


def _has(model: type[Model], path: str) -> bool:
    """Whether a model bears the first step of a path."""
    step = path.split("__")[0]
    return any(step in (f.name, getattr(f, "attname", "")) for f in model._meta.get_fields())


def row_by_row(judge: Callable[[type[Model], Row], Row]) -> Make:
    """A judgement of one row, made of all of them."""

    def make(model: type[Model], of: Columns) -> Columns:
        rows = [dict(zip(of, values, strict=True)) for values in zip(*of.values(), strict=True)]
        judged = [row | judge(model, row) for row in rows]
        return {name: [row[name] for row in judged] for name in of}

    return make


def quantity(name: str, path: str = "") -> dict[str, tuple[str, pa.DataType]]:
    """The four columns of a quantity."""
    path = path or name
    return {
        f"{name}_low": (f"{path}_low", INTEGER),
        f"{name}_high": (f"{path}_high", INTEGER),
        f"{name}_hedge": (f"{path}_hedge", TEXT),
        f"{name}_unit": (f"{path}_unit", TEXT),
    }


COMMON: dict[str, tuple[str, pa.DataType]] = {
    "programme": ("record__programme__code", TEXT),
    "kind": ("record__kind", TEXT),
    "first": ("first", DAY),
    "last": ("last", DAY),
    "inferred": ("inferred", TEXT),
}


def texts(*names: str, **paths: str) -> dict[str, tuple[str, pa.DataType]]:
    """Text columns, by their own names or from paths."""
    return {name: (name, TEXT) for name in names} | {name: (path, TEXT) for name, path in paths.items()}


QUANTITY = {"low": INTEGER, "high": INTEGER, "hedge": TEXT, "unit": TEXT}


VERDICTS = {"grade": INTEGER, "asks": INTEGER}


def _judged(numbers: Sequence[int], first: int, last: int) -> Columns:
    """The verdicts on records: the weakest evidence they rest on (terms: grade, by rank), how many questions are open.

    What a newer source has taken the place of is told beside a record and does not bear it.
    """
    weakest: dict[int, int] = {}
    graded = m.Statement.objects.filter(record__number__range=(first, last), adopted=True)
    for record, grade in graded.values_list("record_id", "passage__document__grade"):
        weakest[record] = max(weakest.get(record, 0), GRADES.index(grade))
    asked = Counter(
        m.Link.objects.filter(role="about", to__number__range=(first, last))
        .exclude(record__as_finding__state="settled")
        .values_list("to_id", flat=True)
    )
    return {"grade": [weakest.get(number) for number in numbers], "asks": [asked[number] for number in numbers]}


def judged_anew(changed: "Changed") -> set[int]:
    """The records whose verdicts may have changed by what lines touched: statements, documents, questions, answers."""
    stated = m.Statement.objects.filter(number__in=changed.named(m.Statement)).values_list("record_id", flat=True)
    papers = changed.named(m.Document)
    graded = m.Statement.objects.filter(passage__document__in=papers).values_list("record_id", flat=True)
    asked = m.Link.objects.filter(number__in=changed.named(m.Link)).values_list("to_id", flat=True)
    answered = m.Link.objects.filter(record__in=changed.named(m.Finding)).values_list("to_id", flat=True)
    return {*stated, *graded, *asked, *answered}
