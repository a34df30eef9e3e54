"""PostgreSQL: a snapshot's files are poured into temporary tables, which only this connection sees and which go with it."""

import os
import threading
from collections import OrderedDict
from typing import Any

import psycopg
import pyarrow as pa
import pyarrow.csv
import pyarrow.parquet as pq
from django.db import connection
from psycopg import sql as text

from duikou.snapshot.store import Snapshot

from . import Answer, EngineMissing, columns_of, needing

DIALECT = "postgres"
TYPES = {"int64": "bigint", "string": "text", "date32[day]": "date", "bool": "boolean"}
KEPT = 2  # snapshots whose tables a thread keeps poured
ADDRESS = "DUIKOU_STATISTICS_DATABASE"
CSV = pyarrow.csv.WriteOptions(include_header=False)  # text in quotes, an empty column without: so '' is told from NULL
_local = threading.local()


def answer(snapshot: Snapshot, table: str, sql: str) -> Answer:
    """The columns and rows of an answer."""
    found = _poured(snapshot, table).execute(sql.encode())
    return tuple(column.name for column in found.description or ()), found.fetchall()


def _poured(snapshot: Snapshot, name: str) -> psycopg.Connection:
    """This thread's connection for a snapshot, with the table poured."""
    kept: OrderedDict[str, tuple[psycopg.Connection, set[str]]] = _local.__dict__.setdefault("kept", OrderedDict())
    if snapshot.digest not in kept:
        kept[snapshot.digest] = (_connected(), set())
        if len(kept) > KEPT:
            kept.popitem(last=False)[1][0].close()
    kept.move_to_end(snapshot.digest)
    there, poured = kept[snapshot.digest]
    if name not in poured:
        _pour(there, snapshot, name)
        poured.add(name)
    return there


def _connected() -> psycopg.Connection:
    """A connection to the database of the statistics: its own address, else that of the book, if it is a PostgreSQL."""
    address = os.environ.get(ADDRESS, "") or _of_the_book()
    if not address:
        raise EngineMissing(f"没有 PostgreSQL 的地址；设 {ADDRESS}，写法同 DUIKOU_DATABASE")
    with needing(f"连不上 {ADDRESS} 所指的 PostgreSQL", psycopg.OperationalError):
        return psycopg.connect(address, autocommit=True)


def _of_the_book() -> str:
    if connection.vendor != "postgresql":
        return ""
    book: dict[str, Any] = connection.settings_dict
    parts = {"dbname": "NAME", "user": "USER", "password": "PASSWORD", "host": "HOST", "port": "PORT"}
    return psycopg.conninfo.make_conninfo("", **{key: book[name] for key, name in parts.items() if book.get(name)})


def _pour(there: psycopg.Connection, snapshot: Snapshot, name: str) -> None:
    """All rows of a table's files in a temporary table; columns that are younger than the snapshot are empty."""
    kinds = columns_of(name)
    columns = text.SQL(", ").join(text.Identifier(c) + text.SQL(" " + TYPES[str(k)]) for c, k in kinds.items())
    table = text.Identifier("pg_temp", name)
    with there.transaction():
        there.execute(text.SQL("CREATE TABLE {} ({})").format(table, columns))
        for file in snapshot.files(name):
            read = pq.ParquetFile(file)
            kept = [column for column in read.schema_arrow.names if column in kinds]
            into = text.SQL(", ").join(map(text.Identifier, kept))
            copying = text.SQL("COPY {} ({}) FROM STDIN (FORMAT csv)").format(table, into)
            with there.cursor() as cursor, cursor.copy(copying) as copy:
                for batch in read.iter_batches(columns=kept):
                    copy.write(_csv(batch.select(kept)))
        there.execute(text.SQL("ANALYZE {}").format(table))


def _csv(batch: pa.RecordBatch) -> bytes:
    """Rows as PostgreSQL copies them in."""
    sink = pa.BufferOutputStream()
    pyarrow.csv.write_csv(batch, sink, CSV)
    data: bytes = sink.getvalue().to_pybytes()
    return data


def _forget() -> None:
    """A copy of this process would speak over the same line: it makes connections of its own."""
    for there, _poured in _local.__dict__.pop("kept", {}).values():
        there.close()


os.register_at_fork(before=_forget)
