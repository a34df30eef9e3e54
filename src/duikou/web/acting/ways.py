"""The ways from the page of a record: what is recorded about it, its answer, its correction."""

from collections.abc import Iterator
from functools import cache
from urllib.parse import urlencode

from django.db.models import Model
from django.http import HttpRequest
from django.urls import reverse

from duikou.acts.accepting import subject_of
from duikou.acts.doing import place_of
from duikou.records.models import Assignment, Record
from duikou.terms.words import zh
from duikou.web.addresses import model_of
from duikou.web.book import Book
from duikou.web.doors import can
from duikou.web.kinds.sections import OF_KIND

from .kinds_fields import KINDS, needed, own_fields
from .places import own_work

WITH_PEOPLE = ("training", "secondment", "medical_support")


def ways(request: HttpRequest, book: Book | None, record: Record) -> list[tuple[str, str]]:
    """What may be done next about a record, as label and address: what is recorded about it, its answer, its correction."""
    section = OF_KIND.get(record.kind)
    if book is None or section is None or record.programme is None:
        return []
    return list(_ways(request, book, record, section))


def _ways(request: HttpRequest, book: Book, record: Record, section: str) -> Iterator[tuple[str, str]]:
    whole, here = place_of(record.programme), [book.code, book.period]  # type: ignore[arg-type]  # it has one
    for kind, field in about(record.kind):
        act = subject_of(KINDS[kind]).act
        if can(request, act, own_work(act)(request, programme=book.code)):
            address = reverse("kind-new", args=[*here, OF_KIND[kind], kind])
            yield f"登记{zh('record', kind)}", f"{address}?{urlencode({field: record.number})}"
    open_ = record.kind == "assignment" and Assignment.objects.filter(pk=record.number, answered=None).exists()
    if open_ and can(request, "answer_assignment", whole):
        yield "办结", reverse("assignment-answer", args=[*here, record.number])
    if record.kind == "plan":
        yield "看计划和执行", reverse("plan", args=[*here, record.number])
    if record.kind in WITH_PEOPLE:
        yield "参加人员", reverse("attendances", args=[*here, record.kind, record.number])
    if can(request, "correct_record", whole):
        yield "更正", reverse("kind-correct", args=[*here, section, record.kind, record.number])


@cache
def about(kind: str) -> tuple[tuple[str, str], ...]:
    """The kinds whose records are about one of a kind, each with the field that says so."""
    to: type[Model] = model_of(kind)
    return tuple(
        (other, name)
        for other in KINDS
        for name, f in own_fields(other).items()
        if needed(f) and model_of(other)._meta.get_field(name).related_model is to
    )
