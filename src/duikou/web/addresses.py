"""Where a page, a record and a document are to be found, in the language of the page; what a record is called."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import Any, TypeVar
from urllib.parse import quote

from django.apps import apps
from django.db.models import Model, QuerySet

from duikou.records.models import (
    Cohort,
    CommitmentReply,
    Decision,
    Document,
    Entry,
    GiftUse,
    Indicator,
    Inspection,
    InvestmentResult,
    InvestmentStep,
    LabourTransfer,
    MedicalSupport,
    Milestone,
    Notice,
    Output,
    Pairing,
    Principle,
    Progress,
    ProjectPaper,
    Receipt,
    Record,
    Sale,
    Secondment,
    StatedTotal,
    Valuation,
    quantity,
)
from duikou.records.models.record import kind_of
from duikou.rules.amounts import words
from duikou.rules.writing import write
from duikou.terms.words import regions, zh

from .language import english, say

M = TypeVar("M", bound=Model)
ENGLISH = "/en"
AREA = (
    ("region", "region"), ("project", "project__region"), ("contract", "contract__project__region"),
    ("receiver", "receiver__region"), ("owner", "owner__region"), ("investment", "investment__region"),
    ("gift", "gift__receiver__region"),
)  # fmt: skip
TITLES = ("name", "title", "purpose", "subject", "text", "content", "event", "trains", "mandate", "level")


def root() -> str:
    """What every address inside a page begins with: nothing in Chinese, /en in English."""
    return ENGLISH if english() else ""


def help_href(path: str) -> str:
    """The help for the page at a path, in the language of the page; the help itself leads to the help for all."""
    here = in_chinese(path)
    return f"{root()}/help/" + ("" if here in ("", "/") or here.startswith("/help/") else f"?at={quote(here)}")


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
        for some in batched(numbers):
            rows = model._base_manager.filter(pk__in=some)
            for number, *areas_ in rows.values_list("pk", *area_columns(model)):
                found[number] = next(filter(None, areas_), "")
    return found


def area_columns(model: type[Model]) -> list[str]:
    """What a kind says of the area it is in: its own, else that of what it is of or who receives; first come first."""
    names = {field.name for field in model._meta.fields}
    return [column for name, column in AREA if name in names]


def batched(numbers: Sequence[int], size: int = 900) -> Iterator[Sequence[int]]:
    """Numbers in parts that a database takes in one question."""
    return (numbers[begin : begin + size] for begin in range(0, len(numbers), size))


def row_of(record: Record) -> Model:
    """The row of a record in the table of its kind."""
    return model_of(record.kind)._base_manager.get(pk=record.number)


def title_of(record: Record) -> str:
    """What a record is called."""
    return titles([record])[record.number]


def titles(records: Iterable[Record]) -> dict[int, str]:
    """What records are called, by number: one question to each table."""
    found: dict[int, str] = {}
    for kind, numbers in _by_kind(records).items():
        rows = model_of(kind)._base_manager.all()
        for some in batched(numbers):
            found |= {row.pk: called(row) for row in with_names(rows.filter(pk__in=some))}
    return found


def with_names(rows: QuerySet[M]) -> QuerySet[M]:
    """Rows of a kind with what their titles are made from, so that none is asked for it."""
    related = ["project"] if rows.model in OF_WORKS else NAMED_BY.get(rows.model, ())
    return rows.select_related(*related) if related else rows


def called(row: Model) -> str:
    """What a record is called by its row; kind and number where the row says nothing that tells it from others."""
    said = _title(row) or f"{zh('record', kind_of(type(row)))}-{row.pk}"
    withdrawn = isinstance(row, Document) and row.withdrawn
    return f"{said}（{say('document_state', 'withdrawn')}）" if withdrawn else said


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


def _much(row: Model, name: str) -> str:
    """A quantity of a row in words; nothing where it says none."""
    found = quantity(row, name)
    return write(found).text if found else ""


def _of(whole: Model, said: str) -> str:
    """What hangs from a record: its title, and what it says of it."""
    return f"{called(whole)}：{said}"


def _sort(said: str, terms: str, code: str | None) -> str:
    """A title with the sort of its people behind it, where the record tells it."""
    return f"{said}（{zh(terms, code)}）" if code else said


def _short(area: str) -> str:
    """An area in a title, by its short Chinese name."""
    rows = regions().get(area, ())
    return rows[-1].short if rows else area


OF_PROGRAMME: dict[type[Model], Callable[[Any], str]] = {  # the other kinds that no single field tells
    Decision: lambda row: f"{row.number} {row.matter}".strip(),
    CommitmentReply: lambda row: _of(row.commitment, zh("reply", row.kept)),
    Indicator: lambda row: _of(row.agreement, f"{row.name}{_much(row, 'target')}"),
    Pairing: lambda row: "—".join(str(side) for side in (row.giver, row.receiver) if side) or row.mandate or zh("level", row.level),
    Cohort: lambda row: _of(row.study_class, f"{row.year}年"),
    Secondment: lambda row: _sort(row.level or zh("direction", row.direction), "talent", row.type),  # how many may be few
    MedicalSupport: lambda row: f"{row.receiver or ''} {row.batch or row.document_number}".strip(),
    Valuation: lambda row: _of(row.gift, zh("record", "valuation") + _much(row, "amount")),
    GiftUse: lambda row: _of(row.gift, row.use),
    InvestmentStep: lambda row: _of(row.investment, zh("step", row.step) + _much(row, "amount")),
    InvestmentResult: lambda row: _of(row.investment, f"{row.year}年"),
    LabourTransfer: lambda row: _sort(_short(row.region) + zh("destination", row.destination), "placing", row.placing),
    Sale: lambda row: f"{row.product}{_much(row, 'amount')}",
}  # fmt: skip
NAMED_BY: dict[type[Model], tuple[str, ...]] = {  # what these titles are made from besides their own fields
    CommitmentReply: ("commitment",), Indicator: ("agreement",), Pairing: ("giver", "receiver"), Cohort: ("study_class",),
    MedicalSupport: ("receiver",), Valuation: ("gift",), GiftUse: ("gift",), InvestmentStep: ("investment",),
    InvestmentResult: ("investment",),
}  # fmt: skip


def _title(row: Model) -> str:
    """A document number, else what a kind says of itself, else the first of the telling fields, else the amount; or nothing."""
    if type(row) in OF_WORKS:
        return f"{row.project}：{OF_WORKS[type(row)](row)}"  # type: ignore[attr-defined]
    if type(row) in OF_PROGRAMME:
        return OF_PROGRAMME[type(row)](row)
    if isinstance(row, Notice | Receipt):
        return row.number if isinstance(row, Notice) else row.reference
    if said := next((str(getattr(row, name)) for name in TITLES if getattr(row, name, "")), ""):
        return said
    if isinstance(row, Entry):
        return zh("state", row.state) + words(row.amount)
    if isinstance(row, StatedTotal) and (amount := quantity(row, "amount")):
        return f"来源所说的总数：{zh('total', row.of)}{write(amount).text}"
    return zh("principle", row.type) if isinstance(row, Principle) else ""
