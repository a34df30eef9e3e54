"""The engine under the sheets: it filters, groups, counts and adds whole numbers, and nothing else. DuckDB, embedded."""

import threading
from collections.abc import Sequence
from typing import Any

import ibis
from ibis import _

from duikou.snapshot.store import Snapshot

Row = dict[str, Any]
_local = threading.local()


def table(snapshot: Snapshot, name: str) -> ibis.Table:
    """A frozen table in this thread's engine."""
    if not hasattr(_local, "connection"):
        _local.connection = ibis.duckdb.connect(threads=2)
        _local.tables = {}
    key = (snapshot.digest, name)
    if key not in _local.tables:
        _local.tables[key] = _local.connection.read_parquet(snapshot.files(name))
    found: ibis.Table = _local.tables[key]
    return found


def total(rows: ibis.Table, *, add: str, differs: Sequence[str] = (), by: Sequence[str] = ()) -> list[Row]:
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
    grouped = rows.group_by(list(by)).aggregate(**measures) if by else rows.aggregate(**measures)
    return listed(grouped)


def listed(rows: ibis.Table) -> list[Row]:
    """Rows as dictionaries."""
    found: list[Row] = rows.to_pyarrow().to_pylist()
    return found
