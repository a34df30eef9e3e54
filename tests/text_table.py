"""A snapshot from tables written as text: what the statistics tests count is seen beside what they expect."""

import json
from datetime import date
from hashlib import sha256

import pyarrow as pa
import pyarrow.parquet as pq

from duikou.rules.reading import read
from duikou.snapshot.store import Snapshot
from duikou.snapshot.tables import TABLES


def snapshot_of(folder, **texts):
    """A snapshot whose tables hold the rows of the texts: a line of column names, then a line per record.

    A column that names a quantity holds its words (近6亿元; 20多所); `first` and `last` are days; `-` is empty.
    """
    tables = {}
    (folder / "segments").mkdir(parents=True, exist_ok=True)
    for table in TABLES:
        rows = [_row(table.schema, line) for line in _lines(texts.get(table.name, ""))]
        sink = pa.BufferOutputStream()
        pq.write_table(pa.Table.from_pylist(rows, schema=table.schema), sink)
        data = sink.getvalue().to_pybytes()
        digest = sha256(data).hexdigest()
        (folder / "segments" / f"{digest}.parquet").write_bytes(data)
        tables[table.name] = [[0, digest, len(rows)]]
    digest = sha256(json.dumps(tables, sort_keys=True).encode()).hexdigest()
    return Snapshot("DKTESTTEST.1", 7, "00" * 32, "2011-08-29T00:00:00+00:00", tables, digest, folder)


def _lines(text):
    lines = [line.split() for line in text.strip().splitlines() if line.strip()]
    return [dict(zip(lines[0], line, strict=True)) for line in lines[1:]] if lines else []


def _row(schema, said):
    row = dict.fromkeys(schema.names)
    row |= (
        {"programme": "p", "kind": "", "inferred": "", "asks": 0, "grade": 2} if "grade" in row else {"programme": "p"}
    )
    for name, value in said.items():
        if value == "-":
            continue
        if name == "count":  # how many: the quantity `number`, whose name the record's own number bears
            row |= _quantity("number", value)
        elif f"{name}_low" in row and name != "number":
            row |= _quantity(name, value)
        elif pa.types.is_date(schema.field(name).type):
            row[name] = date.fromisoformat(value)
        elif pa.types.is_integer(schema.field(name).type):
            row[name] = int(value)
        elif pa.types.is_boolean(schema.field(name).type):
            row[name] = value == "true"
        else:
            row[name] = value
    return row


def _quantity(name, said):
    unit = (
        "fen"
        if "元" in said
        else {
            "台": "machine",
            "吨": "tonne",
            "所": "school",
            "名": "person",
            "人": "person",
            "个": "item",
            "套": "dwelling",
            "里": "metre",
            "户": "household",
            "亩": "mu",
        }[said[-1]]
    )
    value = read(said, unit)
    return {f"{name}_low": value.low, f"{name}_high": value.high, f"{name}_hedge": value.hedge, f"{name}_unit": unit}
