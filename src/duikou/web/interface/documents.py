"""Documents: those that a programme rests on, one with what rests on it, and its whole text for those who may."""

from collections.abc import Iterator
from typing import Any

from django.http import Http404, HttpRequest
from ninja import Router

from duikou.records import models
from duikou.rules import quantity as quantities
from duikou.rules.period import on
from duikou.rules.rights import Place
from duikou.snapshot.store import Snapshot
from duikou.web import withheld
from duikou.web.book import Book, reporting_period
from duikou.web.documents import find
from duikou.web.doors import of_document, of_programme, of_text
from duikou.web.passages import paragraphs
from duikou.web.seeing import visible, withdrawn

from .asking import asks
from .problems import Objected
from .programmes import now
from .records import Listed, listed
from .shapes import AtDocument, AtProgramme, Quantity, Shape, Word, quantity, word

router = Router(tags=["资料 documents"])


class Document(Shape):
    """A document: its title, medium and grade, digest, how many paragraphs; from `foreign_from` on it is about others."""

    number: int
    title: str
    medium: Word
    grade: Word
    speaker: str
    digest: str
    paragraphs: int | None
    foreign_from: int | None
    copied_by: str
    programme: str
    withdrawn: bool


class Resting(Shape):
    """A statement that rests on the document: which record, which aspect, the words and the number they say."""

    record: Listed
    aspect: str
    paragraph: int | None
    fragment: str
    said: str
    value: Quantity | None


class WholeDocument(Document):
    """A document with the statements that rest on it."""

    statements: list[Resting]


class Text(Shape):
    """The whole text of a document by paragraphs, and the SHA-256 of the bytes it was read from."""

    digest: str
    paragraphs: list[str]


@router.get("/programmes/{programme}/documents", response=list[Document], summary="一个项目方案的资料")
@asks("see_figures", of_programme)
def documents(request: HttpRequest, programme: AtProgramme) -> list[Document]:
    """The documents of a programme: its own and those its records rest on."""
    taken = now()
    book = Book(taken, programme, reporting_period(taken, programme))
    used = {row["document"] for row in book.rows("statements")}
    rows = [d for d in taken.rows["documents"] if d["programme"] == programme or d["number"] in used]
    return [_shape(request, row) for row in rows]


@router.get("/documents/{said}", response=WholeDocument, summary="一件资料")
@asks("see_records", of_document)
def one_document(request: HttpRequest, said: AtDocument) -> WholeDocument:
    """One document by its digest (8 digits or more) or number, with what rests on it."""
    taken = now()
    row = find(taken, said)
    return WholeDocument(**_shape(request, row).model_dump(), statements=list(_resting(request, taken, row)))


def of_whole_text(request: HttpRequest, *, said: str, **at: Any) -> Place:
    """The text of a document; 404 where there is no such document."""
    of_document(request, said=said)
    return of_text(models.Document.objects.select_related("record__programme").get(pk=find(now(), said)["number"]))


@router.get("/documents/{said}/text", response=Text, summary="一件资料的全文")
@asks("see_texts", of_whole_text, 410)
def text(request: HttpRequest, said: AtDocument) -> Text:
    """The whole text by paragraphs; 404 where the office has not given it, 410 where it was withdrawn."""
    row = find(now(), said)
    kept = models.Document.objects.get(pk=row["number"])
    if kept.withdrawn:
        raise Objected(410, f"原文已于 {on(kept.withdrawn).zh} 撤下，指纹和依据它的记录仍在账上")
    texts = paragraphs(kept.digest)
    if texts is None:
        raise Http404("这件资料没有收入原文")
    return Text(digest=kept.digest, paragraphs=list(texts))


def _shape(request: HttpRequest, row: dict[str, Any]) -> Document:
    return Document(
        number=row["number"], title=row["title"], medium=word("medium", row["medium"]), digest=row["digest"] or "",
        grade=word("grade", row["grade"]), speaker=row["speaker"] or "", paragraphs=row["paragraphs"],
        foreign_from=row["foreign_from"], copied_by=row["copied_by"] or "", programme=row["programme"] or "",
        withdrawn=row["number"] in withdrawn(request),
    )  # fmt: skip


def _resting(request: HttpRequest, taken: Snapshot, document: dict[str, Any]) -> Iterator[Resting]:
    """The statements about records that one may see, in the order of the text."""
    rows = taken.rows.by("statements", "document").get(document["number"], [])
    kept = models.Record.objects.select_related("programme").in_bulk({row["record"] for row in rows})
    seen = {one.number: one for one in visible(request, kept.values())}
    called = {one.number: one for one in listed(seen.values())}
    for row in sorted(
        withheld.open_rows(request, rows, seen), key=lambda row: (row["paragraph"] or 0, row["record"], row["number"])
    ):
        low, high, hedge, unit = (row[f"value_{part}"] for part in ("low", "high", "hedge", "unit"))
        yield Resting(
            record=called[row["record"]], aspect=row["aspect"], paragraph=row["paragraph"], fragment=row["fragment"],
            said=row["said"], value=quantity(quantities.Quantity(low, high, unit, hedge)) if unit else None,
        )  # fmt: skip
