"""What the other side says enters the book beside our records: compared, asked about where it has to be, never counted."""

from collections.abc import Sequence
from dataclasses import fields
from typing import Any

from django.apps import apps
from django.db.models import Model

from duikou.records.models import Entry, Organisation, Party, Programme, StatedTotal, quantity
from duikou.records.models.record import Kind
from duikou.rules import sides as rules
from duikou.rules.fact import Fact, Told
from duikou.rules.funds import Secured, StatedDisbursement
from duikou.rules.quantity import Quantity, exactly
from duikou.terms.words import zh

from .doing import Raised, Work, ask, judge_all, today
from .entering import enter

DETAIL, TITLE = 120, 80
OWN = ("when", "inferred", "parties", "items", "links")


def enter_sayings(work: Work, programme: Programme, told: Sequence[Told[Fact]], keys: dict[str, int]) -> list[int]:
    """Sayings, each one record with its verdict; what may be the same and what differs becomes a question."""
    known, kept = directory(), Kept(programme)
    beside = [_beside(t, t.fact.said, kept, known) for t in told if isinstance(t.fact, rules.Saying)]
    asking = judge_all(work, beside, rules.RULES, lambda _: None, opened=programme.opened)
    work.refuse_if_stopped()
    numbers = enter(work, programme.record_id, beside, keys)
    for t, number in zip(beside, numbers, strict=True):
        title = f"{zh('record', t.fact.kind)}“{_cut(t.fact.title, 40)}”：{zh('verdict', t.fact.verdict)}"
        for problem in asking[t.key]:  # the office that keeps the book asks the other side
            work.raised[problem.code, number] = Raised(programme.record_id, today(), owner=programme.office_id)
        ask(work, asking[t.key], number, title)
    return numbers


def _beside(t: Told[Fact], said: Fact, kept: "Kept", known: rules.Directory) -> Told[rules.OtherSaying]:
    """A saying as the book keeps it: its verdict, its first quantity as the value, everything it says as a list."""
    found = rules.set_beside(rules.telling(said), kept.of(type(said)), known)
    first = next((f.name for f in fields(said) if isinstance(getattr(said, f.name), Quantity)), "")
    fact = rules.OtherSaying(
        when=said.when, inferred=tuple(name for name in said.inferred if name == "when"),
        of=said.kind if said.kind != "secured" else "entry", title=_cut(rules.title_of(said), TITLE),
        verdict=found.verdict, about=found.record.record if found.record else None, detail=_cut(found.detail, DETAIL),
        value=getattr(said, first) if first else None,
        items=tuple(("said", _cut(words, DETAIL), "") for words in rules.aspects_of(said, known)),
    )  # fmt: skip
    sources = {"": t.sources[""]} | ({"value": t.sources[first]} if first in t.sources else {}) if t.sources else {}
    return Told(fact, sources, {"value": t.said.get(first, "")}, t.key, t.place)


def _cut(text: str, length: int) -> str:
    return text if len(text) <= length else text[: length - 1] + "…"


def directory() -> rules.Directory:
    """All organisations by code, with what each is part of."""
    rows = list(Organisation.objects.values_list("code", "name", "parent__code"))
    return rules.Directory({code: name for code, name, _ in rows}, {code: above or "" for code, _, above in rows})


class Kept:
    """The records of a programme as tellings, by kind of fact; each kind is read once."""

    def __init__(self, programme: Programme) -> None:
        self.programme = programme
        self.read: dict[type[Fact], list[rules.Telling]] = {}

    def of(self, kind: type[Fact]) -> list[rules.Telling]:
        """The records that a fact of a kind would become."""
        if kind not in self.read:
            self.read[kind] = [rules.telling(_fact(row, kind), row.record_id) for row in self._rows(kind)]
        return self.read[kind]

    def _rows(self, kind: type[Fact]) -> list[Any]:
        if kind is Secured:
            rows: Any = Entry.objects.filter(state="secured").exclude(back=True)
        elif kind is StatedDisbursement:
            rows = StatedTotal.objects.filter(of="disbursed")
        else:
            rows = apps.get_model("records", kind.__name__)._default_manager.all()
        return list(rows.filter(record__programme=self.programme).order_by("pk"))


def _fact(row: Kind, kind: type[Fact]) -> Fact:
    """The fact that a row was made of."""
    values: dict[str, Any] = {f.name: _value(row, f.name) for f in fields(kind) if f.name not in OWN}
    parties = Party.objects.filter(record=row.record_id).order_by("role", "position")
    people = tuple(parties.values_list("role", "organisation__code"))
    return kind(**values, when=row.when, parties=people)


def _value(row: Kind, name: str) -> object:
    """What a row says in a field: a quantity of its four columns, an organisation by its code, an entry's exact sum."""
    if hasattr(row, f"{name}_low"):
        return quantity(row, name)
    value = getattr(row, name, None)
    if isinstance(row, Entry) and name == "amount":
        return exactly(row.amount, "fen")
    if isinstance(value, Organisation):
        return value.code
    return value.pk if isinstance(value, Model) else value
