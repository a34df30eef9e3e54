"""The engines that a sheet may be asked on: DuckDB, embedded; PostgreSQL; Spark. Each answers a question of a snapshot."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, fields
from importlib import import_module
from typing import Any, Protocol, cast

import pyarrow as pa

from duikou.snapshot.store import Snapshot
from duikou.snapshot.tables import names

DUCKDB = "duckdb"
ENGINES = (DUCKDB, "postgresql", "spark")
PACKAGES = {"psycopg": "duikou[postgresql]", "pyspark": "duikou[spark]"}
Answer = tuple[tuple[str, ...], list[tuple[Any, ...]]]


class EngineMissing(LookupError):
    """An engine that is not to be had here; says what it needs."""


class Engine(Protocol):
    """What an engine is: the dialect that Ibis writes for it, and the answer of a snapshot to SQL about one table."""

    DIALECT: str

    def answer(self, snapshot: Snapshot, table: str, sql: str) -> Answer:
        """The columns and rows of an answer."""


@dataclass(frozen=True, eq=False)
class Placed(Snapshot):
    """A snapshot whose questions go to an engine; no other snapshot is equal to it, so that no answer is mixed up."""

    engine: str = DUCKDB

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Placed) and (self.digest, self.engine) == (other.digest, other.engine)

    def __hash__(self) -> int:
        return hash((self.digest, self.engine))


def placed(snapshot: Snapshot, name: str) -> Snapshot:
    """A snapshot on an engine; EngineMissing where the engine is not to be had."""
    engine(name)
    if name == DUCKDB:
        return snapshot
    return Placed(**{one.name: getattr(snapshot, one.name) for one in fields(Snapshot)}, engine=name)


def engine(name: str) -> Engine:
    """The engine of a name."""
    try:
        return cast(Engine, import_module(f"{__name__}.{name}"))
    except ImportError as error:
        needed = PACKAGES.get((error.name or "").partition(".")[0])
        if needed is None:
            raise
        raise EngineMissing(f"引擎 {name} 要用的 {error.name} 没有装；先运行 pip install '{needed}'") from None


def columns_of(table: str) -> dict[str, pa.DataType]:
    """The columns of a frozen table today, with their types; those a snapshot is too old for are empty in it."""
    return {field.name: field.type for field in names()[table].schema}


@contextmanager
def needing(remedy: str, *errors: type[Exception]) -> Iterator[None]:
    """An engine that cannot be reached said as missing, with the remedy."""
    try:
        yield
    except errors as error:
        raise EngineMissing(f"{remedy}（{str(error).splitlines()[0]}）") from None
