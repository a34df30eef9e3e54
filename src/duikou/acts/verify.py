"""The book held against its journal, its tables and heads from outside; the proof of a figure; the head kept outside.

What is checked is written once, in `check.py`; here it is run on the database of the settings, whichever it is.
"""

import base64
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date
from itertools import count
from pathlib import Path
from typing import Any

from django.conf import settings
from django.db import connection, transaction
from django.db.models import QuerySet

from duikou.records.models import JournalImage, JournalLine

from . import check, journal, tree

Select = Callable[[str], Iterable[Any]]
Progress = Callable[[str, int, int], None]
SAID_EVERY = 200  # rows


@dataclass(frozen=True)
class Problem:
    """Something in the book that does not hold: where, what was found, what was expected."""

    place: str
    found: str
    expected: str


@dataclass(frozen=True)
class Report:
    """What verifying found: the problems, how much was read, how the book stands to each head, its own head."""

    problems: tuple[Problem, ...]
    lines: int
    images: int
    rows: int
    verdicts: tuple[tuple[str, str], ...]
    head: journal.Head | None

    @property
    def true(self) -> bool:
        """Whether nothing was altered and every head leads here."""
        return not self.problems and all(verdict.endswith(("same", "extends")) for _, verdict in self.verdicts)


def verify(heads: Sequence[str] = (), progress: Progress | None = None) -> Report:
    """Check lines, tables, balances and heads, saying how far it is; ValueError if one of the heads cannot be read."""
    kept = [(text.strip(), head) for text in heads for head in check.read_heads(text)]
    with _reading() as select:
        book = _checked(select, progress) if progress else check.Book(select, _rows(select))
        if connection.vendor == "sqlite":
            book.expect("文件 file", {"integrity": (*select("PRAGMA integrity_check"),)}, {"integrity": (("ok",),)})
        return Report(
            tuple(Problem(*problem) for problem in book.problems),
            len(book.roots),
            book.images,
            book.rows,
            tuple((text, book.verdict(*head)) for text, head in kept),
            journal.Head(f"{book.code}.{len(book.epochs)}", len(book.roots), book.roots[-1]) if book.roots else None,
        )


def _checked(select: Select, progress: Progress) -> check.Book:
    """The book checked, each row counted as it is read: 已核 1,200/4,800 行."""
    of = JournalImage.objects.count() + sum(m._base_manager.count() for _, m in journal.journaled().items())
    counted = count(1)

    def counting(rows: Iterable[Any]) -> Iterator[Any]:
        for row in rows:
            if (done := next(counted)) % SAID_EVERY == 0:
                progress(f"已核 {min(done, of):,}/{of:,} 行", min(done, of), of)
            yield row

    return check.Book(
        lambda query: counting(select(query)) if query == check.LINES else select(query), counting(_rows(select))
    )


def replay(lines: QuerySet[JournalLine]) -> dict[str, dict[int, str]]:
    """The tables that some first lines of the journal make when applied to nothing: table, number, stored text."""
    tables: dict[str, dict[int, str]] = {}
    images = JournalImage.objects.filter(line__in=lines).order_by("line_id", "position")
    for table, number, text in images.values_list("table", "number", "text").iterator(2000):
        tables.setdefault(table, {})[number] = text
    return tables


def proof(records: Sequence[tuple[str, int]], figure: str) -> dict[str, Any]:
    """The proof file of a figure: the last image of each row it rests on, with the way up to the head (J8)."""
    with _reading():
        head = journal.head()
        if head is None:
            raise LookupError("账上还没有一行日志")
        hashes = JournalLine.objects.order_by("number").values_list("hash", flat=True)
        book = tree.rows(bytes.fromhex(hashed) for hashed in hashes)
        lines: dict[int, list[list[bytes]]] = {}
        return {
            "figure": figure,
            "head": [f"duikou.book/{head.code}", head.number, base64.b64encode(head.root).decode()],
            "records": [_proven(_last_image(*record), book, lines) for record in records],
        }


def _last_image(table: str, number: int) -> JournalImage:
    image = JournalImage.objects.filter(table=table, number=number).order_by("line_id", "position").last()
    if image is None:
        raise LookupError(f"账上没有 {table} {number}")
    return image


def _proven(image: JournalImage, book: list[list[bytes]], lines: dict[int, list[list[bytes]]]) -> dict[str, Any]:
    """One image with its way up: in the tree of its line, then of the line in the tree of the book."""
    number = image.line_id
    if number not in lines:
        texts = JournalImage.objects.filter(line=number).order_by("position").values_list("text", flat=True)
        header = JournalLine.objects.values_list("header", flat=True).get(number=number)
        lines[number] = tree.rows(text.encode() for text in (header, *texts))
    return {
        "text": image.text,
        "leaf": image.position,
        "leaves": len(lines[number][0]),
        "path": [hashed.hex() for hashed in tree.inclusion(lines[number], image.position)],
        "line": number,
        "line_path": [hashed.hex() for hashed in tree.inclusion(book, number - 1)],
    }


def write_head(folder: Path) -> Path:
    """Write the head, three lines, to a file of its own outside the directory of the database (J7); the file."""
    folder, book = folder.resolve(), Path(str(settings.DATABASES["default"]["NAME"])).resolve().parent
    for kept in {Path(settings.VAR).resolve()} | ({book} if connection.vendor == "sqlite" else set()):
        if folder.is_relative_to(kept):
            raise ValueError(f"账首要留在账本之外：{folder} 在 {kept} 之内，改用别的文件夹，最好在别的机器上")
    head = journal.head()
    if head is None:
        raise LookupError("账上还没有一行日志")
    folder.mkdir(parents=True, exist_ok=True)
    target = folder / f"{head.code}-{head.number:010}.head"
    part = target.with_suffix(".part")
    part.write_text(head.long, encoding="utf-8")
    part.replace(target)
    return target


# ---- reading the database as it is at one moment ---------------------------------------------------------------


@contextmanager
def _reading() -> Iterator[Select]:
    """One moment of the database for several queries, without holding up those who write."""
    if connection.vendor != "sqlite":
        alone = not connection.in_atomic_block
        with transaction.atomic():
            if alone:
                with connection.cursor() as cursor:
                    cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY")
            yield lambda query: _stream(query)[1]
        return
    connection.ensure_connection()
    raw = connection.connection
    alone, cursors = not raw.in_transaction, []

    def select(query: str) -> Any:
        cursors.append(raw.execute(query))
        return cursors[-1]

    raw.text_factory = lambda data: data.decode(errors="backslashreplace")  # bytes that are no text are found, too
    if alone:
        raw.execute("BEGIN")  # deferred: Django's own, IMMEDIATE, would hold up every act
    try:
        yield select
    finally:
        raw.text_factory = str
        for cursor in cursors:
            cursor.close()  # one that was left in the middle would go on reading, and nothing could be written after it
        if alone:
            raw.execute("ROLLBACK")


def _rows(select: Select) -> Iterator[tuple[str, str]]:
    """Every row of the tables under the journal, also of tables that no model knows, as stored text."""
    if connection.vendor == "sqlite":
        yield from check.rows_of(select)
        return
    with connection.cursor() as cursor:
        names = [name for name in connection.introspection.table_names(cursor) if name.startswith("records_")]
        keys = {name: connection.introspection.get_primary_key_column(cursor, name) for name in names}
    for table, key in keys.items():
        columns, rows = _stream(f'SELECT * FROM "{table}"')  # noqa: S608  a name that the database itself gave
        for row in rows:
            values = {column: _plain(value) for column, value in zip(columns, row, strict=True) if value is not None}
            number = values[str(key)]
            yield f"{table} {number}", check.written({"number": number, "row": values, "table": table})


_cursors = count(1)


def _stream(query: str) -> tuple[list[str], Iterator[tuple[Any, ...]]]:
    """The columns and rows of a query on PostgreSQL, which come as they are read and never lie in memory at once."""
    cursor = connection.connection.cursor(name=f"verify_{next(_cursors)}")
    cursor.execute(query)
    return [column.name for column in cursor.description], iter(cursor)


def _plain(value: Any) -> Any:
    """A column's value as SQLite keeps it, which is how it stands in the journal."""
    if isinstance(value, bool):
        return int(value)
    return value.isoformat() if isinstance(value, date) else value
