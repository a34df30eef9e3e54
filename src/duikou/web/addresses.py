"""Where a page, a record and a document are to be found, in the language of the page; what a record is called."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import Any

from django.apps import apps
from django.db.models import Model

from duikou.records.models import (
    Document,
    Entry,
    Inspection,
    Milestone,
    Notice,
    Output,
    Principle,
    Progress,
    ProjectPaper,
    Receipt,
    Record,
    StatedTotal,
    quantity,
)
from duikou.rules.amounts import words
from duikou.rules.writing import write
from duikou.terms.words import zh

from .language import english, say

ENGLISH = "/en"
AREA = (
    ("region", "region"), ("project", "project__region"), ("contract", "contract__project__region"),
    ("receiver", "receiver__region"), ("owner", "owner__region"),
)  # fmt: skip
TITLES = ("name", "title", "purpose", "subject", "text", "content", "event", "trains", "mandate", "level")


def root() -> str:
    """What every address inside a page begins with: nothing in Chinese, /en in English."""
    return ENGLISH if english() else ""


def in_chinese(path: str) -> str:
    """The address of the same page in Chinese."""
    return (path.removeprefix(ENGLISH) or "/") if path == ENGLISH or path.startswith(f"{ENGLISH}/") else path


def in_english(path: str) -> str:
    """The address of the same page in English."""
    return ENGLISH + in_chinese(path)


def href(kind: str, number: int) -> str:
    """The address of a record."""
    return f"{root()}/r/{kind}-{number}"


def figure_href(name: object) -> str:
    """The address of a figure."""
    return f"{root()}/f/{name}"


def address(digest: str, number: int, paragraph: int | None = None) -> str:
    """The address of a document, or of a paragraph in it: by its digest, by its record number where it has none."""
    page = f"{root()}/d/{digest[:8] or number}/"
    return f"{page}p/{paragraph}/#p{paragraph}" if paragraph else page


def model_of(kind: str) -> type[Model]:
    """The table of a kind of record."""
    return apps.get_model("records", kind.replace("_", ""))


def area_of(record: Record) -> str:
    """The area a record is in: its own, else that of who receives; empty where it says neither."""
    return areas([record])[record.number]


def areas(records: Iterable[Record]) -> dict[int, str]:
    """The areas that records are in, by number: one question to each table."""
    found: dict[int, str] = {}
    for kind, numbers in _by_kind(records).items():
        model = model_of(kind)
        names = {field.name for field in model._meta.fields}
        said = [column for name, column in AREA if name in names]
        for some in batched(numbers):
            for number, *areas_ in model._default_manager.filter(pk__in=some).values_list("pk", *said):
                found[number] = next(filter(None, areas_), "")
    return found


def batched(numbers: Sequence[int], size: int = 900) -> Iterator[Sequence[int]]:
    """Numbers in parts that a database takes in one question."""
    return (numbers[begin : begin + size] for begin in range(0, len(numbers), size))


def row_of(record: Record) -> Model:
    """The row of a record in the table of its kind."""
    return model_of(record.kind)._default_manager.get(pk=record.number)


def title_of(record: Record) -> str:
    """What a record is called."""
    return titles([record])[record.number]


def titles(records: Iterable[Record]) -> dict[int, str]:
    """What records are called, by number: one question to each table."""
    found: dict[int, str] = {}
    for kind, numbers in _by_kind(records).items():
        rows = model_of(kind)._default_manager.all()
        rows = rows.select_related("project") if model_of(kind) in OF_WORKS else rows
        for number, row in rows.in_bulk(numbers).items():
            found[number] = _title(row) or f"{zh('record', kind)}-{number}"
            if isinstance(row, Document) and row.withdrawn:
                found[number] += f"（{say('document_state', 'withdrawn')}）"
    return found


def _by_kind(records: Iterable[Record]) -> dict[str, list[int]]:
    """The numbers of records by kind."""
    kinds: dict[str, list[int]] = {}
    for record in records:
        kinds.setdefault(record.kind, []).append(record.number)
    return kinds


OF_WORKS: dict[type[Model], Callable[[Any], str]] = {  # what hangs from a project, by what it says of it
    ProjectPaper: lambda row: f"{zh('requisite', row.type)} {row.number}".strip(),
    Milestone: lambda row: zh("life", row.stage),
    Progress: lambda row: f"{zh('record', 'progress')} {'' if row.percent is None else f'{row.percent}%'}{row.said}",
    Output: lambda row: f"{row.name or zh('output', row.type)}",
    Inspection: lambda row: f"{zh('inspection', row.type)}：{zh('conclusion', row.conclusion)}",
}


def _title(row: Model) -> str:
    """A document number, else the first of the telling fields, else state or kind with the amount; nothing where it has none."""
    if type(row) in OF_WORKS:
        return f"{row.project}：{OF_WORKS[type(row)](row)}"  # type: ignore[attr-defined]
    if isinstance(row, Notice | Receipt):
        return row.number if isinstance(row, Notice) else row.reference
    if said := next((str(getattr(row, name)) for name in TITLES if getattr(row, name, "")), ""):
        return said
    if isinstance(row, Entry):
        return zh("state", row.state) + words(row.amount)
    if isinstance(row, StatedTotal) and (amount := quantity(row, "amount")):
        return f"来源所说的总数：{zh('total', row.of)}{write(amount).text}"
    return zh("principle", row.type) if isinstance(row, Principle) else ""
