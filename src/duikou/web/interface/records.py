"""Records: those of a programme by number, and one with all that is known of it."""

import json
from collections.abc import Iterable, Iterator, Mapping
from datetime import datetime
from typing import Annotated

from django.db.models import Model
from django.http import Http404, HttpRequest
from ninja import Router
from ninja.params.functions import Query
from pydantic import AfterValidator, WithJsonSchema
from pydantic_core import PydanticCustomError

from duikou.acts.correcting import STRUCK
from duikou.acts.journal import image
from duikou.records import models
from duikou.rules import quantity as quantities
from duikou.snapshot.store import Snapshot
from duikou.statistics.passages import passages_of
from duikou.terms.words import vocabulary
from duikou.web import withheld
from duikou.web.addresses import row_of, titles
from duikou.web.data import passage_data
from duikou.web.doors import of_own_part, of_record
from duikou.web.fields import fields_of
from duikou.web.passages import stands
from duikou.web.records import history_of, questions_of
from duikou.web.seeing import visible

from .asking import asks
from .programmes import now
from .shapes import AFTER, LIMIT, AtNumber, AtProgramme, Digits, Passage, Quantity, Shape, Word, quantity, word

router = Router(tags=["记录 records"])
OFFICES = ("office", "account", "appointment", "key")  # the order of the offices, which stands on pages of its own
KINDS = [kind for kind in vocabulary()["record"] if kind not in OFFICES]


def _known(kind: str) -> str:
    if kind not in KINDS:
        raise PydanticCustomError("kind", "Unknown kind of record", {"zh": f"类别只能是 {'、'.join(KINDS)}"})
    return kind


Kind = Annotated[str, AfterValidator(_known), WithJsonSchema({"type": "string", "enum": KINDS})]
KIND = Query(None, description="只要这一类 of this kind only")


class Listed(Shape):
    """A record in a list: its number and kind, what it is called."""

    number: int
    kind: Word
    title: str


class Page(Shape):
    """Records in the order of their numbers; `next` is the `after` of the next page, empty on the last."""

    records: list[Listed]
    next: int | None


class Field(Shape):
    """One thing that a record says, in words; `inferred`: the source does not say it so."""

    label: str
    text: str
    inferred: bool


class Party(Shape):
    """Who took part, as what."""

    role: Word
    organisation: str
    name: str


class Item(Shape):
    """A point of one of the record's lists."""

    of: Word
    text: str
    detail: str


class Link(Shape):
    """Another record that this one rests on (`from_here`), or that rests on this one."""

    role: Word
    from_here: bool
    record: Listed


class Statement(Shape):
    """What a passage says of one aspect; `agrees`: the words stand in the kept text, empty where there is no text."""

    aspect: str
    side: Word
    value: Quantity | None
    passage: Passage
    agrees: bool | None


class Question(Shape):
    """What is to be verified about the record (待核)."""

    number: int
    rule: str
    title: str
    found: str
    remedy: str
    state: Word


class Edit(Shape):
    """A field before and after."""

    label: str
    before: str
    after: str


class Change(Shape):
    """A line of the journal that touched the record."""

    line: int
    at: datetime
    person: str
    act: str
    reason: str
    changed: list[Edit]


class Record(Listed):
    """A record with all that is known of it; `stored` are its columns as the journal keeps them (money: whole fen)."""

    programme: str
    fields: list[Field]
    stored: dict[str, int | str]
    parties: list[Party]
    items: list[Item]
    links: list[Link]
    statements: list[Statement]
    questions: list[Question]
    history: list[Change]


@router.get("/programmes/{programme}/records", response=Page, summary="一个项目方案的记录")
@asks("see_records", of_own_part)
def records(
    request: HttpRequest, programme: AtProgramme, kind: Kind = KIND, after: Digits = AFTER, limit: Digits = LIMIT
) -> Page:
    """The records of a programme that one may see, by number, of all kinds or one."""
    kept = models.Record.objects.filter(programme__code=programme).exclude(kind__in=OFFICES).select_related("programme")
    rows = (kept.filter(kind=kind) if kind else kept).order_by("number")
    found: list[models.Record] = []
    while len(found) <= limit and (batch := list(rows.filter(number__gt=after)[: limit + 1])):
        found += visible(request, batch)
        after = batch[-1].number
    shown = found[:limit]
    return Page(records=listed(shown), next=shown[-1].number if len(found) > limit else None)


@router.get("/records/{number}", response=Record, summary="一条记录")
@asks("see_records", of_record)
def one_record(request: HttpRequest, number: AtNumber) -> Record:
    """One record: its fields in words and as stored, parties, items, links, statements with passages, history."""
    record = models.Record.objects.select_related("programme").get(number=number)
    if record.kind in OFFICES:
        raise Http404("单位、账号、任职和密钥不在接口的记录里；单位与人员页可看")
    row = row_of(record)
    kept_back = withheld.of_record(request, record, row)
    return Record(
        **listed([record])[0].model_dump(), programme=record.programme.code if record.programme else "",
        fields=[Field(label=f.label, text=f.text, inferred=f.inferred) for f in fields_of(record.kind, row, kept_back)],
        stored=_stored(row, kept_back), parties=_parties(number), items=_items(number),
        links=list(_links(request, number)), statements=list(_statements(now(), number, kept_back)),
        questions=_questions(request, number), history=list(_history(record, kept_back)),
    )  # fmt: skip


def listed(rows: Iterable[models.Record]) -> list[Listed]:
    """Records as they stand in a list."""
    kept = list(rows)
    called = titles(kept)
    return [Listed(number=r.number, kind=word("record", r.kind), title=called[r.number]) for r in kept]


def _stored(row: Model, kept_back: Mapping[str, str]) -> dict[str, int | str]:
    """The columns as the journal keeps them, without those of a number that is withheld."""
    columns: dict[str, int | str] = json.loads(image(row))["row"]
    without = {f"{name}_{part}" for name in kept_back for part in ("low", "high", "hedge", "unit")}
    return {name: value for name, value in columns.items() if name not in without | {*kept_back}}


def _parties(number: int) -> list[Party]:
    kept = models.Party.objects.filter(record=number).exclude(role=STRUCK)
    rows = kept.select_related("organisation").order_by("role", "position")
    return [Party(role=word("party", p.role), organisation=p.organisation.code, name=p.organisation.name) for p in rows]


def _items(number: int) -> list[Item]:
    rows = models.Item.objects.filter(record=number).exclude(list=STRUCK).order_by("list", "position")
    return [Item(of=word("list", i.list), text=i.text, detail=i.detail) for i in rows]


def _links(request: HttpRequest, number: int) -> Iterator[Link]:
    """Links to and from records that one may see too; questions have a place of their own."""
    links = models.Link.objects.exclude(role=STRUCK)
    out = links.filter(record=number).order_by("role", "position").select_related("to__programme")
    into = links.filter(to=number).exclude(role="about").order_by("number").select_related("record__programme")
    found = [*((k.role, True, k.to) for k in out), *((k.role, False, k.record) for k in into)]
    beside = {record.number: record for _, _, record in found}
    shown = {one.number: one for one in listed(visible(request, beside.values()))}
    for role, here, other in found:
        if other.number in shown:
            yield Link(role=word("link", role), from_here=here, record=shown[other.number])


def _statements(taken: Snapshot, number: int, kept_back: Mapping[str, str]) -> Iterator[Statement]:
    told = withheld.told(taken.rows.by("statements", "record").get(number, []), kept_back)
    rows = {row["number"]: row for row in told}
    for p in passages_of(taken, number):
        if p.number not in rows:
            continue  # its words would say what is withheld
        low, high, hedge, unit = (rows[p.number][f"value_{part}"] for part in ("low", "high", "hedge", "unit"))
        yield Statement(
            aspect=rows[p.number]["aspect"], side=word("side", p.side), passage=Passage(**passage_data(p)),
            value=quantity(quantities.Quantity(low, high, unit, hedge)) if unit else None, agrees=stands(p),
        )  # fmt: skip


def _questions(request: HttpRequest, number: int) -> list[Question]:
    return [
        Question(
            number=q.pk,
            rule=q.rule,
            title=q.title,
            found=q.found,
            remedy=q.remedy,
            state=word("finding_state", q.state),
        )
        for q in withheld.questions(request, questions_of(number))
    ]


def _history(record: models.Record, kept_back: Mapping[str, str]) -> Iterator[Change]:
    for change in history_of(record, row_of(record), kept_back):
        yield Change(
            line=change.line, at=change.at, person=change.person, act=change.act, reason=change.reason,
            changed=[Edit(label=label, before=before, after=after) for label, before, after in change.changed],
        )  # fmt: skip
