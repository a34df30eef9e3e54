"""The engine under the sheets: it filters, groups, counts and adds whole numbers, and nothing else.

A question is built once with Ibis on a table without a snapshot and kept as SQL; asked of a snapshot it runs on the
snapshot's own files: on DuckDB, or on the engine that the snapshot was placed on (engines/).
"""

import pickle
import re
import threading
from collections import OrderedDict
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from functools import lru_cache
from operator import itemgetter
from typing import Any

import ibis
from ibis import _

from duikou.snapshot.store import Snapshot
from duikou.snapshot.tables import names

from .engines import DUCKDB, Answer, Placed, engine
from .written_kept import keep, kept

UNFIT = re.compile(r"['\\‹›\x00-\x1f]")  # what SQL would read as more than a word
SHORT, ANSWERS = 64, 20_000  # rows of an answer that is kept; how many are
Row = dict[str, Any]


@dataclass(frozen=True, eq=False)
class Form:
    """A question with places for its values: about which table, how it is built; its SQL is written once for each engine.

    `key`: all that it is built from, by which a later process finds what was written.
    """

    key: str
    table: str
    build: Callable[[], ibis.Table]
    _sql: dict[str, str] = field(default_factory=dict, repr=False)

    def sql(self, dialect: str) -> str:
        """Its SQL, with the places in it."""
        if dialect not in self._sql:
            sql = kept(self.key, dialect)
            if sql is None:
                sql = str(ibis.to_sql(self.build(), dialect=dialect))
                keep(self.key, dialect, sql)
            self._sql[dialect] = sql
        return self._sql[dialect]


@dataclass(frozen=True)
class Question:
    """A question as SQL, the frozen table it is about, and its rows packed, to be said to another engine.

    Packed, because caches hold thousands of questions, and the expression takes forty times the room. One that was filled
    into a form has the form and its values instead.
    """

    sql: str
    table: str
    packed: bytes = field(default=b"", compare=False, repr=False)
    form: Form | None = field(default=None, compare=False, repr=False)
    values: tuple[tuple[str, str], ...] = field(default=(), compare=False, repr=False)


Key = tuple[str, Question, tuple[str, ...]]
_answers: OrderedDict[Key, Answer] = OrderedDict()
_keeping = threading.Lock()


def table(name: str) -> ibis.Table:
    """A frozen table to build a question on, before any snapshot."""
    return ibis.table(ibis.Schema.from_pyarrow(names()[name].schema), name=name)


def question(rows: ibis.Table, name: str) -> Question:
    """The rows of one table as a question."""
    return Question(str(ibis.to_sql(rows, dialect="duckdb")), name, pickle.dumps(rows))


def filled(form: Form, values: Mapping[str, str]) -> Question:
    """A question with its values in their places; ValueError where SQL would read one as more than a word."""
    if odd := [value for value in values.values() if UNFIT.search(value)]:
        raise ValueError(f"不是代码：{'、'.join(odd)}")
    pairs = tuple(values.items())
    return Question(_fill(form.sql(DUCKDB), pairs), form.table, form=form, values=pairs)


def _fill(sql: str, values: Sequence[tuple[str, str]]) -> str:
    for place, value in values:
        sql = sql.replace(f"'{place}'", f"'{value}'")
    return sql


@lru_cache(maxsize=1024)
def said(asked: Question, dialect: str) -> str:
    """A question in the SQL of another engine, said by Ibis anew; one that was written by hand is plain SQL anywhere."""
    if dialect == DUCKDB:
        return asked.sql
    if asked.form:
        return _fill(asked.form.sql(dialect), asked.values)
    if not asked.packed:
        return asked.sql
    return str(ibis.to_sql(pickle.loads(asked.packed), dialect=dialect))  # noqa: S301  packed in this process, by us


def ask(snapshot: Snapshot, asked: Question) -> list[Row]:
    """The answer of a snapshot, as dictionaries; a short one is the answer of every snapshot whose table has the same files."""
    place = snapshot.engine if isinstance(snapshot, Placed) else DUCKDB
    key = place, asked, tuple(snapshot.files(asked.table))
    columns, rows = _answers.get(key) or _answered(place, snapshot, asked)
    if len(rows) <= SHORT:
        _keep(key, (columns, rows))
    return [dict(zip(columns, row, strict=True)) for row in rows]


def _answered(place: str, snapshot: Snapshot, asked: Question) -> Answer:
    """The answer of an engine; another one than DuckDB, which reads files in their order, gives whole numbers anew and
    rows in the order of their numbers."""
    there = engine(place)
    if place == DUCKDB:
        return there.answer(snapshot, asked.table, asked.sql)
    columns, found = there.answer(snapshot, asked.table, said(asked, there.DIALECT))
    rows = [tuple(_whole(value) for value in row) for row in found]
    if "number" in columns:
        rows.sort(key=itemgetter(columns.index("number")))
    return columns, rows


def _whole(value: Any) -> Any:
    """A sum as a whole number: PostgreSQL adds bigints to a numeric."""
    if not isinstance(value, Decimal):
        return value
    if value != int(value):
        raise ArithmeticError(f"不是整数：{value}；冻结的表里只有整数")
    return int(value)


def _keep(key: Key, answer: Answer) -> None:
    """Keep an answer, the one used longest ago making room."""
    with _keeping:
        _answers[key] = answer
        _answers.move_to_end(key)
        if len(_answers) > ANSWERS:
            _answers.popitem(last=False)


def frozen_row(snapshot: Snapshot, name: str, number: int) -> Row | None:
    """The frozen row of a record; nothing where the table has none."""
    columns = ", ".join(f'"{column}"' for column in names()[name].schema.names)
    found = ask(snapshot, Question(f'SELECT {columns} FROM "{name}" WHERE "number" = {number:d}', name))  # noqa: S608
    return found[0] if found else None


def total(rows: ibis.Table, *, add: str, differs: Sequence[str] = (), by: Sequence[str] = ()) -> ibis.Table:
    """One row per group of what is known of its members.

    members; valued (those with a value), open_low and open_high (those without that end), low and high (sums of the
    ends), hedge (of one of them); grade (the weakest evidence), asks (open questions); n_COLUMN (how many different
    values each column in `differs` has, which is what additivity wants to know).
    """
    measures: dict[str, Any] = {"members": _.count(), "grade": _.grade.max(), "asks": _.asks.sum().cast("int64")}
    if add:
        low, high = _[f"{add}_low"], _[f"{add}_high"]
        valued = low.notnull() | high.notnull()
        measures |= {
            "valued": valued.sum().cast("int64"),
            "open_low": (valued & low.isnull()).sum().cast("int64"),
            "open_high": (valued & high.isnull()).sum().cast("int64"),
            "low": low.sum().cast("int64"),
            "high": high.sum().cast("int64"),
            "hedge": _[f"{add}_hedge"].max(),
        }
    measures |= {f"n_{column}": _[column].nunique() for column in differs}
    return rows.group_by(list(by)).aggregate(**measures) if by else rows.aggregate(**measures)


def heads(rows: ibis.Table, *, bearer: str, by: Sequence[str] = ()) -> ibis.Table:
    """One row per group of persons counted anew: each once, however often among the rows.

    members, grade, asks as in `total`; heads (different bearers); known (those told apart by an identity number);
    most (the most rows that one course, term or team has: they are different persons).
    """
    in_one = rows.mutate(in_one=_.count().over(group_by=["of", *by]))
    measures: dict[str, Any] = {
        "members": _.count(), "grade": _.grade.max(), "asks": _.asks.sum().cast("int64"),
        "heads": _[bearer].nunique(), "known": _[bearer].nunique(where=_.identity.notnull()), "most": _.in_one.max(),
    }  # fmt: skip
    return in_one.group_by(list(by)).aggregate(**measures) if by else in_one.aggregate(**measures)
