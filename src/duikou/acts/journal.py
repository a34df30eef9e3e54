"""The journal: what is hashed, how a line is added, what the 账首 of the book is (docs/journal-format.md)."""

import base64
import json
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime
from functools import cache, reduce
from itertools import islice
from typing import Any

from django.apps import apps
from django.db import connection, models

from duikou.records.models import JournalLine

from .tree import Edge, root

BATCH = 500  # images that are written at a time
_KEEP = 'INSERT INTO journal_image ("line_id", "position", "table", "number", "text") VALUES (%s, %s, %s, %s, %s)'
SHAPE = "1"  # the shape version of the records; a migration that changes a shape counts it up and reads the old one
CROCKFORD = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"


@cache
def journaled() -> dict[str, type[models.Model]]:
    """The tables under the journal, by name: all of the records; not the journal, the names, or Django's own."""
    return {
        model._meta.db_table: model
        for model in apps.get_app_config("records").get_models()
        if model._meta.db_table.startswith("records_")
    }


def canonical(value: dict[str, Any]) -> str:
    """Stored text: UTF-8 JSON, sorted keys, no spaces; whole numbers, strings and objects of these only."""
    return json.dumps(value, ensure_ascii=False, sort_keys=True, separators=(",", ":"))


def stored(value: Any) -> int | str:
    """A column's value as whole number or string, as SQLite keeps it."""
    if isinstance(value, bool):
        return int(value)
    if isinstance(value, int | str):
        return value
    if isinstance(value, date) and not isinstance(value, datetime):
        return value.isoformat()
    raise TypeError(f"{type(value).__name__} 不进日志：只有整数、文字和日期")


def image(row: models.Model) -> str:
    """The stored text of a row: table, number and its columns; empty columns are left out."""
    # As the column's type makes it: a form may bring "5" for a number, and what is stored is 5.
    columns = {f.column: f.get_prep_value(getattr(row, f.attname)) for f in row._meta.concrete_fields}
    kept = {name: stored(value) for name, value in columns.items() if value is not None}
    return canonical({"number": row.pk, "row": kept, "table": row._meta.db_table})


def line_hash(header: str, images: Iterable[str]) -> bytes:
    """The root of a line's own tree: the header, then one leaf per image in order (J2)."""
    return root(text.encode() for text in (header, *images))


@dataclass(frozen=True)
class Head:
    """The 账首: book code with epoch, number of the last line, root of the tree after it."""

    code: str
    number: int
    root: bytes

    @property
    def short(self) -> str:
        """One line for paper: 160 bits of the root in ten groups of four, two check digits."""
        return self._on_one_line(" ".join(re.findall("....", self.root.hex()[:40])))

    @property
    def long(self) -> str:
        """Three lines for files: origin, number, root in base 64 (J4)."""
        return f"duikou.book/{self.code}\n{self.number}\n{base64.b64encode(self.root).decode()}\n"

    @property
    def full(self) -> str:
        """The same line with all 64 digits, for evidence sheets and properties of files."""
        return self._on_one_line(self.root.hex())

    def _on_one_line(self, digits: str) -> str:
        said = f"账首 {self.code} · {self.number} · s {digits}"
        return f"{said} · 校 {check_digits(said)}"


def check_digits(said: str) -> str:
    """Two digits that tell a typing slip from tampering: every wrong character, any two exchanged (J5).

    The bytes of the text without spaces, read as digits of base 10 and divided by 97, as in ISO 7064 and bank accounts:
    a hash in its place would let one slip in 97 pass for tampering.
    """
    return f"{reduce(lambda rest, byte: (10 * rest + byte) % 97, ''.join(said.split()).encode(), 0):02d}"


def book_code(first_line_hash: bytes) -> str:
    """DK and eight characters of Crockford base 32 of the hash of line 1: 40 bits."""
    bits = int.from_bytes(first_line_hash[:5])
    return "DK" + "".join(CROCKFORD[bits >> shift & 31] for shift in range(35, -1, -5))


def head(at: int | None = None) -> Head | None:
    """The 账首 after a line, the last one if none is named; nothing for an empty book."""
    lines = JournalLine.objects.order_by("number")
    last = lines.filter(number=at).first() if at else lines.last()
    if last is None:
        return None
    name, root = str(connection.settings_dict["NAME"]), bytes.fromhex(last.root)
    if (kept := _heads.get(name)) and (kept.number, kept.root) == (last.number, root):
        return kept  # the root is that of every line before it; most pages ask without a new one
    first = JournalLine.objects.get(number=1)
    _heads[name] = Head(f"{book_code(bytes.fromhex(first.hash))}.{_epoch(last)}", last.number, root)
    return _heads[name]


_heads: dict[str, Head] = {}
_epochs: dict[str, tuple[int, str, int]] = {}


def _epoch(line: JournalLine) -> int:
    """The epoch that a line is in: counted once, then on from the line counted last, since every page asks."""
    name = str(connection.settings_dict["NAME"])
    number, root_there, epoch = _epochs.get(name, (0, "", 1))
    if number > line.number or not JournalLine.objects.filter(number=number, root=root_there).exists():
        number, epoch = 0, 1
    opened = JournalLine.objects.filter(header__contains='"act":"open_epoch"')
    epoch += opened.filter(number__gt=number, number__lte=line.number).count()
    _epochs[name] = (line.number, line.root, epoch)
    return epoch


def header_of(line: JournalLine) -> dict[str, Any]:
    """What a line's header says."""
    said: dict[str, Any] = json.loads(line.header)
    return said


def time_of(line: JournalLine) -> datetime:
    """The server's time in a line's header."""
    return datetime.fromisoformat(header_of(line)["at"])


_edges: dict[str, Edge] = {}


def _edge() -> Edge:
    """The book's right edge, rebuilt at start and carried on by the lines that others wrote since."""
    name = str(connection.settings_dict["NAME"])
    edge = _edges.get(name)
    if edge is not None and edge.size:
        last = JournalLine.objects.filter(number=edge.size).values_list("root", flat=True).first()
        if last != edge.root.hex():
            edge = None
    if edge is None:
        edge = Edge()
    for hashed in JournalLine.objects.filter(number__gt=edge.size).order_by("number").values_list("hash", flat=True):
        edge.add(bytes.fromhex(hashed))
    _edges[name] = edge
    return edge


def append(
    act: str, *, person: str, reason: str, evidence: str, rows: Iterable[models.Model], **more: str
) -> JournalLine:
    """Add one line for an act inside its transaction: the rows as they are now, the roots after it."""
    edge = _edge()
    last = JournalLine.objects.order_by("number").last()
    now = datetime.now(UTC)
    if last is not None:
        now = max(now, time_of(last))
    number = edge.size + 1
    header = canonical(
        {
            "act": act,
            "at": now.strftime("%Y-%m-%dT%H:%M:%S.%f+00:00"),
            "evidence": evidence,
            "number": number,
            "person": person,
            "reason": reason,
            "shape": SHAPE,
            **more,
        }
    )
    hashed = line_hash(header, _written(number, rows))
    edge.add(hashed)
    return JournalLine.objects.create(number=number, header=header, hash=hashed.hex(), root=edge.root.hex())


def _written(line: int, rows: Iterable[models.Model]) -> Iterator[str]:
    """The images of a line as they are written, before it: its key is asked for when the act ends."""
    drawn = enumerate(rows, start=1)
    while some := list(islice(drawn, BATCH)):
        images = [(line, position, row._meta.db_table, row.pk, image(row)) for position, row in some]
        with connection.cursor() as cursor:
            cursor.executemany(_KEEP, images)  # as models they take three times as long, and a sheet brings thousands
        yield from (text for *_, text in images)
