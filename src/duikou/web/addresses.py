"""Where a record and a document are to be found, and what a record is called."""

from collections.abc import Iterable

from django.apps import apps
from django.db.models import Model

from duikou.records.models import Entry, Principle, Record, StatedTotal, quantity
from duikou.rules.quantity import exactly
from duikou.rules.writing import write
from duikou.terms.words import zh

TITLES = ("name", "title", "purpose", "subject", "text", "content", "event", "trains", "mandate", "level")


def href(kind: str, number: int) -> str:
    """The address of a record."""
    return f"/r/{kind}-{number}"


def address(digest: str, number: int, paragraph: int | None = None) -> str:
    """The address of a document, or of a paragraph in it: by its digest, by its record number where it has none."""
    page = f"/d/{digest[:8] or number}/"
    return f"{page}p/{paragraph}/#p{paragraph}" if paragraph else page


def model_of(kind: str) -> type[Model]:
    """The table of a kind of record."""
    return apps.get_model("records", kind.replace("_", ""))


def area_of(record: Record) -> str:
    """The area a record is in: its own, else that of who receives; empty where it says neither."""
    row = row_of(record)
    receiver = getattr(row, "receiver", None)
    return str(getattr(row, "region", "") or getattr(receiver, "region", ""))


def row_of(record: Record) -> Model:
    """The row of a record in the table of its kind."""
    return model_of(record.kind)._default_manager.get(pk=record.number)


def title_of(record: Record) -> str:
    """What a record is called."""
    return titles([record])[record.number]


def titles(records: Iterable[Record]) -> dict[int, str]:
    """What records are called, by number: one question to each table."""
    kinds: dict[str, list[int]] = {}
    for record in records:
        kinds.setdefault(record.kind, []).append(record.number)
    found: dict[int, str] = {}
    for kind, numbers in kinds.items():
        for number, row in model_of(kind)._default_manager.in_bulk(numbers).items():
            found[number] = _title(row) or f"{zh('record', kind)}-{number}"
    return found


def _title(row: Model) -> str:
    """The first of the telling fields, else state or kind with the amount; nothing where the row has neither."""
    if said := next((str(getattr(row, name)) for name in TITLES if getattr(row, name, "")), ""):
        return said
    if isinstance(row, Entry):
        return zh("state", row.state) + write(exactly(row.amount, "fen")).text
    if isinstance(row, StatedTotal) and (amount := quantity(row, "amount")):
        return f"来源所说的总数：{zh('total', row.of)}{write(amount).text}"
    return zh("principle", row.type) if isinstance(row, Principle) else ""
