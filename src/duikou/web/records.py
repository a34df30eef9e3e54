"""A record /r/{kind}-{number}: its fields in words, what is said of it and where, its history, the figures it is in."""

import json
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.apps import apps
from django.db.models import Model, Q
from django.http import Http404, HttpRequest, HttpResponse, HttpResponsePermanentRedirect
from django.shortcuts import render
from django.urls import path

from duikou.acts.journal import header_of, image, time_of
from duikou.records.models import Item, JournalImage, Kind, Link, Organisation, Party, Posting, Record
from duikou.rules.quantity import exactly
from duikou.rules.writing import write
from duikou.snapshot.store import Snapshot
from duikou.statistics.definition import Definition, definitions
from duikou.statistics.figure import BadName, Figure, Name
from duikou.statistics.measure import RefusedSum
from duikou.statistics.trace import passages_of, trail
from duikou.terms.words import zh

from .addresses import address, code_of, href, row_of, title_of, titles
from .book import Book, reporting_period, snapshot
from .fields import fields_of, label, quantity_words
from .passages import stands
from .trail import SECTIONS

MOST = 50  # records listed under one heading; an organisation may be named in thousands


@dataclass(frozen=True)
class Group:
    """Things of one heading: words, a detail and the record they name."""

    label: str
    members: tuple[tuple[str, str, str], ...]
    more: int = 0


@dataclass(frozen=True)
class Said:
    """What a passage says of one aspect of the record, and whether the words were found in the document."""

    aspect: str
    words: str
    value: str
    side: str
    title: str
    place: str
    fragment: str
    href: str
    compared: bool | None


@dataclass(frozen=True)
class Change:
    """One line of the journal that touched the record: who, when, what act, which fields before and after."""

    line: int
    at: datetime
    person: str
    act: str
    reason: str
    changed: tuple[tuple[str, str, str], ...]


@dataclass(frozen=True)
class Use:
    """A figure the record is counted in, or left out of for a reason."""

    figure: Figure
    reason: str


def page(request: HttpRequest, kind: str, number: int) -> HttpResponse:
    """The page of a record; a wrong kind leads to the right address, a document and a programme to their own pages."""
    record = Record.objects.filter(number=number).select_related("programme").first()
    if record is None:
        raise Http404(f"没有第 {number} 号记录；号码用过不再用")
    if record.kind == "document":
        return HttpResponsePermanentRedirect(address(record.as_document.digest, number))
    if record.kind == "programme":
        return HttpResponsePermanentRedirect(f"/p/{record.as_programme.code}/")
    if record.kind != kind:
        return HttpResponsePermanentRedirect(href(record))
    taken, row = snapshot(), row_of(record)
    code = record.programme.code if record.programme else ""
    uses = list(_uses(taken, number, code)) if code else []
    subject = uses[0].figure.definition.subject if uses else ""
    return render(request, "record.html", {
        "book": Book(taken, code, reporting_period(taken, code)) if code else None,
        "record": record, "code": code_of(record), "title": title_of(record), "section": SECTIONS.get(subject, ("overview", ""))[0],
        "fields": list(fields_of(kind, type(row), json.loads(image(row))["row"])), "groups": [*_parties(number), *_items(number)],
        "links": [*_links(number), *_named_in(row)], "said": list(_said(taken, kind, number)), "questions": _questions(number),
        "postings": list(_postings(number)), "history": list(_history(kind, row)), "uses": uses,
    })  # fmt: skip


def _grouped(found: Iterable[tuple[str, tuple[str, str, str]]]) -> list[Group]:
    """Members under their headings, in the order they come."""
    groups: dict[str, list[tuple[str, str, str]]] = {}
    for heading, member in found:
        groups.setdefault(heading, []).append(member)
    return [Group(heading, tuple(members)) for heading, members in groups.items()]


def _parties(number: int) -> list[Group]:
    """Who took part, by role."""
    rows = Party.objects.filter(record=number).select_related("organisation").order_by("number")
    return _grouped(
        (zh("party", row.role), (row.organisation.name, "", f"/r/organisation-{row.organisation.pk}")) for row in rows
    )


def _items(number: int) -> list[Group]:
    """The lists of the record."""
    rows = Item.objects.filter(record=number).order_by("number")
    return _grouped((zh("list", row.list), (row.text, row.detail, "")) for row in rows)


def _links(number: int) -> list[Group]:
    """What the record rests on or leads to, and what rests on it; open questions stand by themselves."""
    named = Link.objects.filter(record=number).select_related("to").order_by("role", "position")
    naming = Link.objects.filter(to=number).exclude(_OPEN).select_related("record").order_by("role", "number")
    called = titles([*(link.to for link in named), *(link.record for link in naming)])

    def members() -> Iterator[tuple[str, tuple[str, str, str]]]:
        for link in named:
            yield zh("link", link.role), (called[link.to.number], code_of(link.to), href(link.to))
        for link in naming:
            yield f"{zh('link', link.role)}本条", (called[link.record.number], code_of(link.record), href(link.record))

    return _grouped(members())


_OPEN = Q(role="about", record__kind="finding") & ~Q(record__as_finding__state="settled")


def _questions(number: int) -> list[Any]:
    """The open questions about the record."""
    links = Link.objects.filter(_OPEN, to=number).select_related("record__as_finding").order_by("number")
    return [link.record.as_finding for link in links]


def _named_in(row: Model) -> Iterator[Group]:
    """The records that name this one in a field, and for an organisation those it took part in."""
    if isinstance(row, Organisation):
        roles = Party.objects.filter(organisation=row).values_list("role", flat=True).distinct().order_by("role")
        for role in roles:
            records = Record.objects.filter(parties__organisation=row, parties__role=role).distinct()
            yield _listed(f"任{zh('party', role)}", records)
    for model in apps.get_app_config("records").get_models():
        for column in model._meta.concrete_fields if issubclass(model, Kind) else ():
            if column.name == "record" or column.related_model not in (type(row), Record):
                continue
            records = Record.objects.filter(
                number__in=model._default_manager.filter(**{column.name: row.pk}).values("pk")
            )
            if (first := records.first()) is not None:
                yield _listed(f"{zh('record', first.kind)}的{label(first.kind, column.name)}", records)


def _listed(heading: str, records: Any) -> Group:
    """Records under a heading, no more than a page bears."""
    shown = list(records.order_by("number")[:MOST])
    called = titles(shown)
    members = tuple((called[record.number], code_of(record), href(record)) for record in shown)
    return Group(heading, members, records.count() - len(shown))


def _said(taken: Snapshot, kind: str, number: int) -> Iterator[Said]:
    """The statements about the record, each with its passage."""
    rows = taken.rows.by("statements", "record").get(number, [])
    for row, p in zip(rows, passages_of(taken, number), strict=True):
        aspect = label(kind, row["aspect"]) if row["aspect"] else "整条记录"
        yield Said(
            aspect, p.said, quantity_words(row, "value"), zh("side", p.side), p.title, p.place, p.fragment,
            address(p.digest, p.document, p.paragraph), stands(p),
        )  # fmt: skip


def _postings(number: int) -> Iterator[tuple[str, str, str, str]]:
    """Where the money of an entry moved: position, sign, amount, balance after."""
    rows = Posting.objects.filter(entry=number).select_related("position__owner").order_by("number")
    for row in rows:
        owner = f"：{title_of(row.position.owner)}" if row.position.owner else ""
        amount, balance = (write(exactly(fen, "fen")).text for fen in (row.amount, row.balance))
        yield f"{zh('position', row.position.kind)}{owner}", "＋" if row.sign > 0 else "－", amount, balance


def _history(kind: str, row: Model) -> Iterator[Change]:
    """The lines of the journal that touched the record's row, with what each changed."""
    before: dict[str, str] = {}
    images = JournalImage.objects.filter(table=row._meta.db_table, number=row.pk).select_related("line")
    for found in images.order_by("line_id", "position"):
        now = {f.label: f.text for f in fields_of(kind, type(row), json.loads(found.text)["row"])}
        changed = [(name, before.get(name, ""), now.get(name, "")) for name in {**before, **now}]
        header = header_of(found.line)
        yield Change(
            found.line.number, time_of(found.line), header["person"], zh("act", header["act"]), header["reason"],
            tuple(c for c in changed if before and c[1] != c[2]),
        )  # fmt: skip
        before = now


def _uses(taken: Snapshot, number: int, programme: str) -> Iterator[Use]:
    """The figures of the programme's own period that count the record, or leave it out for a reason."""
    period = reporting_period(taken, programme)
    for d in definitions().values():
        if not any(number in _numbers(taken, table) for table in _tables(d)):
            continue
        try:
            found = trail(taken, Name(d.code, programme, period))
        except (BadName, RefusedSum):
            continue
        members = [*found.members, *(m for part in found.parts for m in part.counted)]
        member = next((m for m in members if m.number == number), None)
        if member is not None:
            yield Use(found.figure, member.reason)


def _tables(d: Definition) -> set[str]:
    """The frozen tables a sheet is made from; a rate from those of both its sheets."""
    return {d.of} if d.of else {definitions()[code].of for code in d.share}


def _numbers(taken: Snapshot, table: str) -> dict[Any, Any]:
    return taken.rows.by(table, "number")


urlpatterns = [path("r/<slug:kind>-<int:number>", page, name="record")]
