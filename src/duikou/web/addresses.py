"""Where a record and a document are to be found, and what a record is called."""

from collections.abc import Iterable

from django.apps import apps
from django.db.models import Model

from duikou.records.models import Record
from duikou.terms.words import zh

TITLES = ("name", "title", "purpose", "subject", "text", "content", "event", "trains", "mandate")


def href(record: Record) -> str:
    """The address of a record."""
    return f"/r/{record.kind}-{record.number}"


def address(digest: str, number: int, paragraph: int | None = None) -> str:
    """The address of a document, or of a paragraph in it: by its digest, by its record number where it has none."""
    page = f"/d/{digest[:8] or number}/"
    return f"{page}p/{paragraph}/#p{paragraph}" if paragraph else page


def code_of(record: Record) -> str:
    """捐助-73."""
    return f"{zh('record', record.kind)}-{record.number}"


def model_of(kind: str) -> type[Model]:
    """The table of a kind of record."""
    return apps.get_model("records", kind.replace("_", ""))


def row_of(record: Record) -> Model:
    """The row of a record in the table of its kind."""
    return model_of(record.kind)._default_manager.get(pk=record.number)


def title_of(record: Record) -> str:
    """What a record is called: the first of its telling fields, else its kind and number."""
    return titles([record])[record.number]


def titles(records: Iterable[Record]) -> dict[int, str]:
    """What records are called, by number: one question to each table."""
    kinds: dict[str, list[Record]] = {}
    for record in records:
        kinds.setdefault(record.kind, []).append(record)
    found: dict[int, str] = {}
    for kind, members in kinds.items():
        rows = model_of(kind)._default_manager.in_bulk([record.number for record in members])
        found |= {record.number: _title(rows[record.number]) or code_of(record) for record in members}
    return found


def _title(row: Model) -> str:
    return next((str(getattr(row, name)) for name in TITLES if getattr(row, name, "")), "")
