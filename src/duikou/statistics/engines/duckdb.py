"""DuckDB, embedded: a snapshot's files are read where they lie; each thread keeps the databases it asked last."""

import os
import threading
from collections import OrderedDict
from collections.abc import Sequence
from functools import lru_cache

import duckdb
import pyarrow.parquet as pq

from duikou.snapshot.store import Snapshot

from . import Answer, columns_of

DIALECT = "duckdb"
TYPES = {"int64": "BIGINT", "string": "VARCHAR", "date32[day]": "DATE", "bool": "BOOLEAN"}
READ_WHOLE = 500  # rows of a table that is read into memory: opening its file for every question costs more
KEPT = 4  # snapshots whose tables a thread keeps open
_local = threading.local()


def answer(snapshot: Snapshot, table: str, sql: str) -> Answer:
    """The columns and rows of an answer."""
    cursor = _opened(snapshot, table).execute(sql)
    return tuple(column[0] for column in cursor.description), cursor.fetchall()


def _opened(snapshot: Snapshot, name: str) -> duckdb.DuckDBPyConnection:
    """This thread's database of a snapshot, with the table laid open in it."""
    databases: OrderedDict[str, tuple[duckdb.DuckDBPyConnection, set[str]]] = _local.__dict__.setdefault(
        "databases", OrderedDict()
    )
    if snapshot.digest not in databases:
        databases[snapshot.digest] = (_connected(), set())
        if len(databases) > KEPT:
            databases.popitem(last=False)[1][0].close()
    databases.move_to_end(snapshot.digest)
    database, opened = databases[snapshot.digest]
    if name not in opened:
        rows = [count for _, _, count in snapshot.tables.get(name, ())]
        kind = "TEMP TABLE" if rows and sum(rows) <= READ_WHOLE else "VIEW"
        database.execute(f'CREATE {kind} "{name}" AS {_laid_open(snapshot.files(name), name)}')
        opened.add(name)
    return database


def _connected() -> duckdb.DuckDBPyConnection:
    database = duckdb.connect(config={"threads": 2})
    database.execute("SET parquet_metadata_cache = true")  # segments never change
    return database


@lru_cache(maxsize=100_000)
def _columns(file: str) -> tuple[str, ...]:
    """The columns of a segment, which its digest names."""
    return tuple(pq.read_schema(file).names)


def _laid_open(files: Sequence[str], name: str) -> str:
    """All rows of a table's files; columns that are younger than the snapshot are empty."""
    types = {column: TYPES[str(kind)] for column, kind in columns_of(name).items()}
    if not files:
        return f"SELECT {', '.join(_empty(column, types) for column in types)} WHERE false"
    shapes = {_columns(file) for file in files}
    alike = "" if len(shapes) == 1 else ", union_by_name=true"  # which reads every file twice
    rows = f"read_parquet([{', '.join(_quoted(file) for file in files)}]{alike})"
    there = {column for shape in shapes for column in shape}
    lacking = [_empty(column, types) for column in types if column not in there]
    return f"SELECT {', '.join(['*', *lacking])} FROM {rows}"  # noqa: S608  our own paths


def _quoted(file: str) -> str:
    """A path in SQL; a folder may have a quote in its name."""
    return "'" + file.replace("'", "''") + "'"


def _empty(column: str, types: dict[str, str]) -> str:
    return f'CAST(NULL AS {types[column]}) AS "{column}"'


def _close() -> None:
    """A copy of this process has none of the engine's threads: an open database would wait for them for ever."""
    for database, _opened in _local.__dict__.pop("databases", {}).values():
        database.close()


os.register_at_fork(before=_close)
