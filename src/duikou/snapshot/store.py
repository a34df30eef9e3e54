"""Snapshots on disk: segments named by their digest, a manifest per journal line; frozen again only where touched."""

import json
import os
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property, lru_cache
from hashlib import sha256
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq
from django.conf import settings
from django.db import transaction

from duikou.acts.journal import Head, canonical, head, time_of
from duikou.records.models import JournalLine, Record

from .table import Changed, Table, by_kind, judged_anew
from .tables import TABLES, names

SEGMENT = 4096  # record numbers per segment: fixed for ever, or the same book would freeze to other bytes
VERSION = (
    2  # since 2 a record is graded by the statements that it adopts; segments of another version are not taken over
)


@dataclass(frozen=True, eq=False)
class Snapshot:
    """The book at one line: its head, the time of the line, and for each table its segment files in order."""

    code: str
    line: int
    root: str
    at: str
    tables: dict[str, list[list[Any]]]
    digest: str
    folder: Path
    version: int = VERSION

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Snapshot) and self.digest == other.digest

    def __hash__(self) -> int:
        return hash(self.digest)

    def files(self, table: str) -> list[str]:
        """The segment files of a table; none where the snapshot is older than the table."""
        return _files(self.folder, self.tables, table)

    def days(self, table: str, programme: str) -> list[date]:
        """The oldest and the youngest last day that a table has of a programme, of each segment; two columns are read."""
        if (table, programme) not in self._days:
            found = self._days[table, programme] = []
            for file in self.files(table):
                found += _ends(file, programme)
        return self._days[table, programme]

    @cached_property
    def _days(self) -> dict[tuple[str, str], list[date]]:
        return {}

    @property
    def head(self) -> Head:
        """The 账首 this snapshot stands on."""
        return Head(self.code, self.line, bytes.fromhex(self.root))

    @cached_property
    def rows(self) -> "_Rows":
        """Rows of small tables as dictionaries, read once."""
        return _Rows(self.folder, self.tables)


Row = dict[str, Any]


def _files(of: Path, tables: dict[str, list[list[Any]]], table: str) -> list[str]:
    return [str(of / "segments" / f"{digest}.parquet") for _, digest, _ in tables.get(table, [])]


class _Rows:
    """Tables of a snapshot as lists of dictionaries, each segment read at first asking; the next snapshot shares them.

    They do not name the snapshot itself: one that nobody asks any more goes at once, without a search for garbage.
    """

    def __init__(self, of: Path, tables: dict[str, list[list[Any]]]) -> None:
        self._of, self._tables = of, tables
        self._kept: dict[str, list[Row]] = {}
        self._sorted: dict[tuple[str, str], By] = {}

    def __getitem__(self, table: str) -> list[Row]:
        if table not in self._kept:
            parts = (_segment(table, file) for file in _files(self._of, self._tables, table))
            self._kept[table] = [row for rows in parts for row in rows]
        return self._kept[table]

    def by(self, table: str, column: str) -> "By":
        """The rows of a table by the value of a column, sorted out once."""
        if (table, column) not in self._sorted:
            self._sorted[table, column] = By(
                [_sorted(table, file, column) for file in _files(self._of, self._tables, table)]
            )
        return self._sorted[table, column]


class By:
    """Rows by the value of a column, segment by segment."""

    def __init__(self, parts: Sequence[Mapping[Any, list[Row]]]) -> None:
        self._parts = parts

    def get(self, value: Any, default: Sequence[Row] = ()) -> Sequence[Row]:
        """The rows of a value, in the order of the table; what is given where there are none."""
        return [row for part in self._parts if value in part for row in part[value]] or default


@lru_cache(maxsize=10_000)
def _ends(file: str, programme: str) -> tuple[date, ...]:
    """The oldest and the youngest last day that a segment has of a programme, if it has any."""
    read = pq.read_table(file, columns=["programme", "last"])
    ends = pc.min_max(read.filter(pc.equal(read["programme"], programme))["last"]).as_py()
    return tuple(day for day in (ends["min"], ends["max"]) if day)


SEGMENTS_KEPT = 600  # of 4,096 rows at most: what the tables of a book of a million rows are in


@lru_cache(maxsize=SEGMENTS_KEPT)
def _segment(table: str, file: str) -> list[Row]:
    """The rows of a segment, which its digest names: the same in every snapshot that has it."""
    read = pq.read_table(file)
    columns: dict[str, list[Any]] = dict.fromkeys(names()[table].schema.names, [None] * len(read))
    columns |= {name: _values(read[name]) for name in read.column_names}  # it may be older than a column
    return [dict(zip(columns, values, strict=True)) for values in zip(*columns.values(), strict=True)]


def _values(column: pa.ChunkedArray) -> list[Any]:
    """The values of a column; of words that are said again and again each is kept in memory once."""
    words = pc.unique(column).to_pylist() if pa.types.is_string(column.type) else []
    if len(words) * 2 > len(column) or not words:
        return column.to_pylist()  # type: ignore[no-any-return]
    return [words[at] for at in pc.index_in(column, pa.array(words, column.type)).to_pylist()]


@lru_cache(maxsize=SEGMENTS_KEPT)
def _sorted(table: str, file: str, column: str) -> dict[Any, list[Row]]:
    """The rows of a segment by the value of a column."""
    found: dict[Any, list[Row]] = {}
    for row in _segment(table, file):
        found.setdefault(row[column], []).append(row)
    return found


def folder() -> Path:
    """Where snapshots lie."""
    return Path(settings.VAR) / "snapshots"


def freeze() -> Snapshot:
    """The snapshot of the book as it stands; what has not changed since the last one is taken from it."""
    now = head()
    if now is not None and (kept := load(now.number, now)):
        return kept  # the usual case takes no lock
    with transaction.atomic():
        now = head()
        if now is None:
            raise LookupError("账本还是空的：先开立账本并载入")
        if kept := load(now.number, now):
            return kept
        previous = _taken_over(_previous(now))
        tables = _tables(previous)
        at = time_of(JournalLine.objects.get(number=now.number)).isoformat()
    manifest = canonical(
        {"at": at, "code": now.code, "line": now.number, "root": now.root.hex(), "tables": tables, "version": VERSION}
    )
    path = folder() / f"{now.code}-{now.number}-{now.root.hex()[:16]}.json"
    _write(path, manifest.encode())
    return _read(path)


def _whole(snapshot: Snapshot) -> bool:
    """Whether every segment is there and is what its name says; a damaged one is put away, to be poured again."""
    segments = str(snapshot.folder / "segments")
    return all(_sound(segments, digest) for rows in snapshot.tables.values() for _, digest, _ in rows)


def _same_shape(table: Table, segments: str, digest: str) -> bool:
    """Whether a segment is sound and has the columns that the table has today."""
    if not _sound(segments, digest):
        return False
    known = table.name, segments, digest
    if known not in _known_shape and pq.read_schema(_file(segments, digest)).equals(table.schema):
        _known_shape.add(known)
    return known in _known_shape


_known_sound: set[tuple[str, str]] = set()
_known_shape: set[tuple[str, str, str]] = set()


def _sound(segments: str, digest: str) -> bool:
    """Read once in a process, unless it wrote it: the file bears its own digest as its name."""
    if (segments, digest) not in _known_sound:
        path = _file(segments, digest)
        if not path.exists():
            return False
        if sha256(path.read_bytes()).hexdigest() != digest:
            path.unlink()
            return False
        _known_sound.add((segments, digest))
    return True


def _file(segments: str, digest: str) -> Path:
    return Path(segments, f"{digest}.parquet")


def altered() -> list[str]:
    """The tables of the snapshot of the last line that are not what the book gives when it is poured anew."""
    now = head()
    taken = load(now.number, now) if now else None
    if taken is None or taken.version != VERSION:
        return []
    return [table.name for table in TABLES if taken.tables.get(table.name) != _segments(table, None, set())]


def load(line: int, expected: Head | None = None) -> Snapshot | None:
    """The snapshot of a line, if it was frozen; a manifest of another root is not believed."""
    for path in folder().glob(f"DK????????.*-{line}-*.json"):
        try:
            snapshot = _read(path)
        except (ValueError, KeyError, TypeError):
            path.unlink()  # no manifest: frozen anew
            continue
        known = expected or head(line)
        if known is not None and snapshot.root == known.root.hex() and _whole(snapshot):
            return snapshot
    return None


def latest() -> Snapshot | None:
    """The youngest snapshot of this book that is there; nothing where none was frozen."""
    now = head()
    return None if now is None else (load(now.number, now) or _previous(now))


def _previous(now: Head) -> Snapshot | None:
    lines = sorted((int(p.stem.split("-")[1]) for p in folder().glob(f"{now.code}-*.json")), reverse=True)
    return next((found for line in lines if line < now.number and (found := load(line))), None)


def _taken_over(previous: Snapshot | None) -> Snapshot | None:
    """The snapshot before, where its segments say what they would say today."""
    return previous if previous and previous.version == VERSION else None


def _read(path: Path) -> Snapshot:
    data = path.read_bytes()
    return _snapshot(path.parent, data)


@lru_cache(maxsize=2)
def _snapshot(of: Path, data: bytes) -> Snapshot:
    """The snapshot of a manifest; the youngest stay, with the rows that were read of them."""
    m = json.loads(data)
    return Snapshot(m["code"], m["line"], m["root"], m["at"], m["tables"], sha256(data).hexdigest(), of, m["version"])


def _tables(previous: Snapshot | None) -> dict[str, list[list[Any]]]:
    """The segments of all tables; what the journal has not touched since the last snapshot is taken from it."""
    if previous is None:
        return {table.name: _segments(table, None, set()) for table in TABLES}
    changed = Changed(previous.line)
    judged = by_kind(Record.objects.filter(pk__in=judged_anew(changed)))
    return {t.name: _segments(t, previous, t.touched(changed) | t.own(judged)) for t in TABLES}


def _segments(table: Table, previous: Snapshot | None, touched: set[int]) -> list[list[Any]]:
    """The segments of a table: [first number, digest, rows]; those of the last snapshot where no row was touched.

    A range that had no row then has none now, unless one was touched.
    """
    whole = previous.tables.get(table.name) if previous and not touched else None
    segments = str(folder() / "segments")
    if whole and all(_same_shape(table, segments, digest) for _, digest, _ in whole):
        return whole
    kept = {segment[0]: segment for segment in previous.tables.get(table.name, [])} if previous else {}
    anew = {number // SEGMENT * SEGMENT for number in touched}
    filled = {*anew, *(kept or table.ranges(SEGMENT))}
    found = []
    for first in sorted({0, *filled}):
        if first in kept and first not in anew and _same_shape(table, segments, kept[first][1]):
            found.append(kept[first])
            continue
        rows = table.pour(first, first + SEGMENT - 1) if first in filled else table.schema.empty_table()
        if len(rows) or first == 0:
            found.append([first, _pour(rows), len(rows)])
    return found


def _pour(rows: pa.Table) -> str:
    """Write a segment under its digest; the digest."""
    sink = pa.BufferOutputStream()
    pq.write_table(rows, sink, compression="NONE", version="2.6")
    data = sink.getvalue().to_pybytes()
    digest = sha256(data).hexdigest()
    segments = str(folder() / "segments")
    if _write(_file(segments, digest), data):
        _known_sound.add((segments, digest))
    return digest


def _write(path: Path, data: bytes) -> bool:
    """Write a file whole or not at all, and whether it was written: one that is there already holds the same."""
    if path.exists():
        return False
    path.parent.mkdir(parents=True, exist_ok=True)
    part = path.with_name(f"{path.name}.{os.getpid()}.part")
    part.write_bytes(data)
    part.replace(path)
    return True
