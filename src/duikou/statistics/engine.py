"""The engine under the sheets: it filters, groups, counts and adds whole numbers, and nothing else. DuckDB, embedded.

A question is built once with Ibis on a table without a snapshot and kept as SQL; asked of a snapshot it runs on the
snapshot's own files. Another engine that Ibis speaks to needs another `DIALECT` and another way to open a snapshot.
"""

import os
import threading
from collections import OrderedDict
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import duckdb
import ibis
from ibis import _

from duikou.snapshot.store import Snapshot
from duikou.snapshot.tables import names

DIALECT = "duckdb"
TYPES = {"int64": "BIGINT", "string": "VARCHAR", "date32[day]": "DATE", "bool": "BOOLEAN"}
KEPT = 4  # snapshots whose tables a thread keeps open
SHORT, ANSWERS = 64, 20_000  # rows of an answer that is kept; how many are
Row = dict[str, Any]
Answer = tuple[tuple[str, ...], list[tuple[Any, ...]]]
_local = threading.local()


@dataclass(frozen=True)
class Question:
    """A question as SQL, and the frozen table it is about."""

    sql: str
    table: str


Key = tuple[Question, tuple[str, ...]]
_answers: OrderedDict[Key, Answer] = OrderedDict()
_keeping = threading.Lock()


def table(name: str) -> ibis.Table:
    """A frozen table to build a question on, before any snapshot."""
    return ibis.table(ibis.Schema.from_pyarrow(names()[name].schema), name=name)


def question(rows: ibis.Table, name: str) -> Question:
    """The rows of one table as a question."""
    return Question(str(ibis.to_sql(rows, dialect=DIALECT)), name)


def ask(snapshot: Snapshot, asked: Question) -> list[Row]:
    """The answer of a snapshot, as dictionaries; a short one is the answer of every snapshot whose table has the same files."""
    key = asked, tuple(snapshot.files(asked.table))
    columns, rows = _answers.get(key) or _answered(snapshot, asked)
    if len(rows) <= SHORT:
        _keep(key, (columns, rows))
    return [dict(zip(columns, row, strict=True)) for row in rows]


def _answered(snapshot: Snapshot, asked: Question) -> Answer:
    cursor = _opened(snapshot, asked.table).execute(asked.sql)
    return tuple(column[0] for column in cursor.description), cursor.fetchall()


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


def _opened(snapshot: Snapshot, name: str) -> duckdb.DuckDBPyConnection:
    """This thread's database of a snapshot, with the table laid open in it."""
    databases: OrderedDict[str, tuple[duckdb.DuckDBPyConnection, set[str]]] = _local.__dict__.setdefault(
        "databases", OrderedDict()
    )
    if snapshot.digest not in databases:
        databases[snapshot.digest] = (duckdb.connect(config={"threads": 2}), set())
        if len(databases) > KEPT:
            databases.popitem(last=False)[1][0].close()
    databases.move_to_end(snapshot.digest)
    database, opened = databases[snapshot.digest]
    if name not in opened:
        database.execute(f'CREATE VIEW "{name}" AS {_laid_open(database, snapshot.files(name), name)}')
        opened.add(name)
    return database


def _laid_open(database: duckdb.DuckDBPyConnection, files: Sequence[str], name: str) -> str:
    """All rows of a table's files; columns that are younger than the snapshot are empty."""
    schema = names()[name].schema
    types = {column: TYPES[str(schema.field(column).type)] for column in schema.names}
    if not files:
        return f"SELECT {', '.join(_empty(column, types) for column in types)} WHERE false"
    rows = "read_parquet([{}], union_by_name=true)".format(", ".join(f"'{file}'" for file in files))
    there = {column[0] for column in database.execute(f"DESCRIBE SELECT * FROM {rows}").fetchall()}  # noqa: S608  our own paths
    lacking = [_empty(column, types) for column in types if column not in there]
    return f"SELECT {', '.join(['*', *lacking])} FROM {rows}"  # noqa: S608  our own paths


def _close() -> None:
    """A copy of this process has none of the engine's threads: an open database would wait for them for ever."""
    for database, _opened in _local.__dict__.pop("databases", {}).values():
        database.close()


os.register_at_fork(before=_close)


def _empty(column: str, types: dict[str, str]) -> str:
    return f'CAST(NULL AS {types[column]}) AS "{column}"'
