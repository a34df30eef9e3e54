"""A record /r/{kind}-{number}: its fields, what is said of it and where, its history, the figures it is in."""

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import Model
from django.http import Http404, HttpRequest, HttpResponse, HttpResponsePermanentRedirect
from django.shortcuts import render

from duikou.acts.correcting import STRUCK
from duikou.acts.doing import place_of
from duikou.acts.journal import header_of, time_of
from duikou.records.models import Entry, Item, JournalImage, Link, Organisation, Party, Posting, Record
from duikou.rules.amounts import words
from duikou.rules.quantity import Quantity
from duikou.rules.rights import may
from duikou.rules.writing import write
from duikou.snapshot.store import Snapshot
from duikou.snapshot.tables import TABLES
from duikou.statistics.definition import definitions
from duikou.statistics.engine import Row, frozen_row
from duikou.statistics.figure import BadName, Figure, Name
from duikou.statistics.measure import asked
from duikou.statistics.passages import Passage, passages_of
from duikou.statistics.reasons import use_of
from duikou.terms.words import zh

from . import withheld
from .acting.ways import ways
from .addresses import address, href, root, row_of, title_of
from .book import Book, person_of, reporting_period, snapshot
from .changes import Lists, lists_of
from .doors import door, of_record
from .entry import beside, money_page
from .fields import NOTHING, Field, fields_in, fields_of, label
from .kinds.hanging import hanging
from .kinds.sections import OF_KIND
from .passages import stands
from .seeing import visible
from .sheets.receipts import address_of, taken_back_with

SECTIONS = {
    **OF_KIND, "attendance": "people", "entry": "funds", "project": "projects", "finding": "check", "other_saying": "funds",
    "notice": "funds", "contract": "funds", "claim": "funds", "receipt": "funds", "fund": "funds",
    "need": "projects", "project_paper": "projects", "milestone": "projects", "progress": "projects", "output": "projects",
    "inspection": "projects", "asset": "projects", "plan_line": "projects", "project_change": "projects",
    "settlement": "projects", "stated_total": "projects",
}  # fmt: skip


@dataclass(frozen=True)
class Said:
    """What a passage says of one aspect of the record; `compared` tells whether its words stand in the text."""

    aspect: str
    value: str
    passage: Passage
    side: str
    href: str
    compared: bool | None


@dataclass(frozen=True)
class Change:
    """One line of the journal that touched the record: when, who, what act, which fields before and after."""

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


@dataclass(frozen=True)
class Neighbour:
    """Another record with its role beside this one."""

    role: str
    said: str
    href: str
    detail: str = ""


def page(request: HttpRequest, kind: str, number: int) -> HttpResponse:
    """The page of a record; a wrong kind leads to the right address, documents and programmes to their own pages."""
    record = Record.objects.filter(number=number).select_related("programme").first()
    if record is None:
        raise Http404(f"没有第 {number} 号记录；号码用过不再用")
    if elsewhere := _elsewhere(record, kind):
        return HttpResponsePermanentRedirect(elsewhere)
    taken = snapshot()
    code = record.programme.code if record.programme else ""
    row = row_of(record)
    person = person_of(request)
    figures = record.programme and may(person, "see_figures", place_of(record.programme))
    uses = list(uses_of(taken, record, row, code)) if figures else []
    book = Book(taken, code, reporting_period(taken, code)) if code else None
    kept_back = withheld.of_record(request, record, row)
    out_of_it, more = hanging(request, row) if kind in OF_KIND else ([], 0)
    return render(request, "record.html", {
        "book": book,
        "record": record, "kind": zh("record", kind), "title": title_of(record), "fields": fields_of(kind, row, kept_back),
        "parties": _parties(number), "items": _items(number), "links": _links(request, number), "said": list(_said(taken, record, kept_back)),
        "questions": withheld.questions(request, questions_of(number)), "postings": _postings(row),
        "history": list(history_of(record, row, kept_back)),
        "uses": uses, "part_in": _part_in(request, taken, row), "section": SECTIONS.get(kind, "overview"),
        "of_section": kind in OF_KIND, "hanging": out_of_it, "more": more,
        "gone_with": taken_back_with(record), "beside": beside(request, book, row), "money_page": money_page(request, book, row),
        "ways": [] if record.struck else ways(request, book, record),
    }, status=410 if record.struck else 200)  # fmt: skip


def _elsewhere(record: Record, kind: str) -> str:
    """The right address of a record that was asked for at a wrong one."""
    if record.kind == "document":
        return address(row_of(record).digest, record.number)  # type: ignore[attr-defined]
    if record.kind == "submission":
        return address_of(record)
    if record.kind == "paper" and record.programme:
        code = record.programme.code
        return f"{root()}/p/{code}/{reporting_period(snapshot(), code)}/reports/{record.number}/"
    if record.kind == "programme":
        return f"{root()}/p/{row_of(record).code}/"  # type: ignore[attr-defined]
    return href(record.kind, record.number) if record.kind != kind else ""


def _parties(number: int) -> list[Neighbour]:
    """Who took part, as what, in the order of the source."""
    rows = (
        Party.objects.filter(record=number)
        .exclude(role=STRUCK)
        .select_related("organisation")
        .order_by("role", "position")
    )
    return [Neighbour(zh("party", p.role), p.organisation.name, href("organisation", p.organisation_id)) for p in rows]


def _items(number: int) -> list[Field]:
    """The lists of a record, each as one line."""
    lists: dict[str, list[str]] = {}
    for item in Item.objects.filter(record=number).exclude(list=STRUCK).order_by("list", "position"):
        lists.setdefault(item.list, []).append(f"{item.text}（{item.detail}）" if item.detail else item.text)
    return [Field(zh("list", name), "；".join(texts)) for name, texts in lists.items()]


def _links(request: HttpRequest, number: int) -> list[Neighbour]:
    """The records this one rests on or leads to, and those that rest on it; questions have a place of their own."""
    links = Link.objects.exclude(role=STRUCK)
    out = [(zh("link", e.role), e.to) for e in links.filter(record=number).select_related("to__programme")]
    into = links.filter(to=number).exclude(role="about").select_related("record__programme")
    beside = [*out, *(("由来", e.record) for e in into)]
    seen = {record.number for record in visible(request, (record for _, record in beside))}
    return [
        Neighbour(role, title_of(record), href(record.kind, record.number), zh("record", record.kind))
        for role, record in beside
        if record.number in seen
    ]


def questions_of(number: int) -> list[Any]:
    """待核: the findings about the record, the open ones first."""
    rows = [row_of(e.record) for e in Link.objects.filter(to=number, role="about").select_related("record")]
    return sorted(rows, key=lambda row: (row.state == "settled", row.pk))


def _said(taken: Snapshot, record: Record, kept_back: Mapping[str, str]) -> Iterator[Said]:
    """The statements of a record, with their passages; none of a number that is withheld."""
    told = withheld.told(taken.rows.by("statements", "record").get(record.number, []), kept_back)
    rows = {s["number"]: s for s in told}
    numbers = {s["fragment"] for s in rows.values() if s["aspect"]}
    for passage in passages_of(taken, record.number):
        row = rows.get(passage.number)
        if row is None or (not row["aspect"] and row["fragment"] in numbers):
            continue  # the words of the whole record are those of its number
        low, high, hedge, unit = (row[f"value_{part}"] for part in ("low", "high", "hedge", "unit"))
        value = write(Quantity(low, high, unit, hedge)).text if unit else ""
        yield Said(
            label(record.kind, row["aspect"]), value, passage, zh("side", passage.side),
            address(passage.digest, passage.document, passage.paragraph), stands(passage),
        )  # fmt: skip


def _postings(row: Model) -> list[tuple[str, str, str]]:
    """Where an entry moved money: position, amount with its sign, balance after it."""
    if not isinstance(row, Entry):
        return []
    sides = Posting.objects.filter(entry=row).select_related("position").order_by("sign")
    return [
        (zh("position", p.position.kind), f"{'＋' if p.sign > 0 else '−'}{words(p.amount)}", words(p.balance))
        for p in sides
    ]


def history_of(record: Record, row: Model, kept_back: Mapping[str, str] = NOTHING) -> Iterator[Change]:
    """The lines of the journal that touched the record's row or its lists, the first one writing it."""
    images = JournalImage.objects.filter(table=row._meta.db_table, number=row.pk).select_related("line")
    own = {kept.line_id: kept for kept in images.order_by("line_id", "position")}
    lists = lists_of(record)
    before: dict[str, str] = {}
    fields: dict[str, str] = {}
    said: Lists = {}
    for number in sorted({*own, *lists}):
        if number in own:
            columns = json.loads(own[number].text)["row"]
            fields = {f.label: f.text for f in fields_in(record.kind, row, columns, kept_back)}
        line, said = lists[number] if number in lists else (own[number].line, said)
        after = fields | said
        names = dict.fromkeys([*before, *after])
        changed = tuple((n, before.get(n, ""), after.get(n, "")) for n in names if before.get(n) != after.get(n))
        header = header_of(line)
        yield Change(
            number, time_of(line), header["person"], zh("act", header["act"]), header["reason"],
            changed if before else (),
        )  # fmt: skip
        before = after


def uses_of(taken: Snapshot, record: Record, row: Model, code: str) -> Iterator[Use]:
    """The figures of the programme's own period that the record is in or beside, ratios over them included."""
    period, counted = reporting_period(taken, code), set()
    frozen = {table.name: frozen_row(taken, table.name, record.number) for table in TABLES if type(row) in table.models}
    for sheet, d in definitions().items():
        said = frozen.get(d.of)
        if said is None or d.share != ("", "") or (reason := _use(sheet, code, period, said)) is None:
            continue
        counted |= set() if reason else {sheet}
        yield Use(asked(taken, Name(sheet, code, period)), reason)
    for sheet, d in definitions().items():
        if counted & set(d.share):
            yield Use(asked(taken, Name(sheet, code, period)), "")


def _use(sheet: str, code: str, period: str, said: Row) -> str | None:
    """How the record stands to a figure; nothing where the figure has no name."""
    try:
        return use_of(Name(sheet, code, period), said)
    except BadName:
        return None


def _part_in(request: HttpRequest, taken: Snapshot, row: Model) -> list[Neighbour]:
    """For an organisation: the records it takes part in, gives or receives in, as far as one may see them."""
    if not isinstance(row, Organisation):
        return []
    found = {}
    for party in Party.objects.filter(organisation=row).exclude(role=STRUCK).select_related("record"):
        found[party.record_id] = Neighbour(
            zh("party", party.role), title_of(party.record), href(party.record.kind, party.record_id),
            zh("record", party.record.kind),
        )  # fmt: skip
    for table in TABLES:
        for side in ("giver", "receiver"):
            for kept in taken.rows[table.name] if side in table.schema.names else ():
                if kept[side] == row.code:
                    found[kept["number"]] = Neighbour(
                        zh("party", side), str(kept.get("label") or zh("record", kept["kind"])),
                        href(kept["kind"], kept["number"]), zh("record", kept["kind"]),
                    )  # fmt: skip
    seen = visible(request, Record.objects.filter(number__in=found).select_related("programme").order_by("number"))
    return [found[record.number] for record in seen]


urlpatterns = [door("r/<slug:kind>-<int:number>", page, "see_records", of_record)]
