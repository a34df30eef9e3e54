"""What one person sees of the book where a door is too wide a question: records by area, whole texts of documents."""

from collections.abc import Callable, Iterable
from dataclasses import replace
from typing import TypeVar

from django.http import HttpRequest

from duikou.acts.doing import place_of
from duikou.records.models import Document, Programme, Record
from duikou.records.models.record import Kind
from duikou.rules.rights import Place, may

from .addresses import areas
from .book import person_of
from .doors import can, of_text, openness
from .passages import paragraphs

Reader = Callable[[str, int], tuple[str, ...] | None]
K = TypeVar("K", bound=Kind)


def visible(request: HttpRequest, records: Iterable[Record]) -> list[Record]:
    """The records that the person sees, organisations among them; programmes come with them, areas are asked once."""
    kept = [record for record in records if record.programme or record.kind == "organisation"]
    area, person = areas([record for record in kept if record.programme]), person_of(request)
    return [
        record
        for record in kept
        if not record.programme or may(person, "see_records", _place(record, area.get(record.number, "")))
    ]


def _place(record: Record, area: str) -> Place:
    """A record of a programme as the thing a right is asked of."""
    found = place_of(record.programme)  # type: ignore[arg-type]
    return replace(found, area=area, state=openness(record.kind, found.state))


def sees_whole(request: HttpRequest, code: str) -> bool:
    """Whether the person sees a programme whole, not only what is public of it; asked of the book once a page."""
    known: dict[str, bool] = request.__dict__.setdefault("sees_whole", {})
    if code not in known:
        found = Programme.objects.filter(code=code).first()
        known[code] = found is not None and can(request, "see_figures", replace(place_of(found), state="internal"))
    return known[code]


def rows_seen(request: HttpRequest, rows: Iterable[K]) -> list[K]:
    """The rows of a kind that the person sees, in their order; records and programmes come with them."""
    kept = list(rows)
    mine = {record.number for record in visible(request, [row.record for row in kept])}
    return [row for row in kept if row.pk in mine]


def _shows_text(request: HttpRequest, number: int) -> bool:
    """Whether the person may see the whole text of a document; asked of the book once a page for each."""
    known: dict[int, bool] = request.__dict__.setdefault("shows_text", {})
    if number not in known:
        document = Document.objects.select_related("record__programme").filter(pk=number).first()
        known[number] = document is not None and can(request, "see_texts", of_text(document))
    return known[number]


def withdrawn(request: HttpRequest) -> frozenset[int]:
    """The documents that are out of sight for good; asked of the book once a page."""
    found: frozenset[int] | None = request.__dict__.get("withdrawn")
    if found is None:
        numbers = Document.objects.exclude(withdrawn=None).values_list("pk", flat=True)
        found = request.__dict__["withdrawn"] = frozenset(numbers)
    return found


def _is_sheet(request: HttpRequest, number: int) -> bool:
    """Whether a document is a sheet: it is seen by its rows and cells, not by paragraphs; asked once a page for each."""
    known: dict[int, bool] = request.__dict__.setdefault("is_sheet", {})
    if number not in known:
        known[number] = Document.objects.filter(pk=number, medium="sheet").exists()
    return known[number]


def lacking(request: HttpRequest, digest: str, number: int) -> str:
    """Why a person sees no text of a document: withdrawn, hidden, or missing; nothing where it is shown."""
    if number in withdrawn(request):
        return "withdrawn"
    if paragraphs(digest) is None or _is_sheet(request, number):
        return "missing"
    return "" if _shows_text(request, number) else "hidden"


def reader(request: HttpRequest) -> Reader:
    """Gives the paragraphs of a document (digest, number); nothing where there is no text or it is not for the person."""

    def read(digest: str, number: int) -> tuple[str, ...] | None:
        return None if lacking(request, digest, number) else paragraphs(digest)

    return read
