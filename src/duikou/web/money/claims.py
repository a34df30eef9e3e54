"""付款申请: the queue by state with who is next, and one claim with its papers, its signatures and its next steps."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from duikou.acts.doing import programme_of, today
from duikou.acts.places import place_in
from duikou.records.models import Claim, Countersignature, Entry, Item, of
from duikou.rules.amounts import percent
from duikou.rules.payments import FROM
from duikou.rules.rights import who_may
from duikou.terms.words import vocabulary, zh
from duikou.web.acting.places import own_work
from duikou.web.addresses import href
from duikou.web.book import open_book
from duikou.web.doors import door, of_own_part
from duikou.web.records import questions_of
from duikou.web.seeing import visible

from .pieces import HERE, one_seen, page_of, papers, seen, wan, ways

STATES = ("submitted", "approved", "pending", "posted", "refused", "voided")
WAITING = STATES[:3]
SIGN = {"county_leader": "countersign_county", "front_line": "countersign_front"}
STEPS = (
    ("countersign_county", "countersign", "countersign-county"), ("countersign_front", "countersign", "countersign-front"),
    ("approve_claim", "approve", "approve"), ("order_payment", "order", "order"), ("confirm_payment", "confirm", "confirm"),
    ("refuse_claim", "refuse", "refuse"), ("void_payment", "void", "void"),
)  # fmt: skip
OWN = {"submitted": "approve_claim", "approved": "order_payment", "pending": "confirm_payment"}


@dataclass(frozen=True)
class Listed:
    """A claim in the queue."""

    row: Claim
    signed: frozenset[str]

    @property
    def amount(self) -> str:
        """What is claimed, in 万元."""
        return wan(self.row.amount)

    @property
    def approved(self) -> str:
        """What of it is to be paid, in 万元."""
        return wan(self.row.approved)

    @property
    def progress(self) -> str:
        """How far the work is."""
        return "" if self.row.progress is None else percent(self.row.progress)

    @property
    def waits(self) -> list[str]:
        """What it waits for and of whom: 县级会签（县领导）."""
        return [f"{zh('act', act)}（{'、'.join(zh('role', role) for role in who_may(act))}）" for act in self._next()]

    @property
    def age(self) -> int | None:
        """For how many days it waits; nothing for what is done with."""
        return (today() - self.row.last).days if self.row.last and self.row.state in WAITING else None

    def _next(self) -> Iterator[str]:
        if self.row.state in FROM["countersign"]:
            yield from (act for signer, act in SIGN.items() if signer not in self.signed)
        if own := OWN.get(self.row.state):
            yield own


@dataclass(frozen=True)
class Box:
    """A countersignature that is asked for: as what, by whom and when it was given."""

    signer: str
    account: str = ""
    day: date | None = None


@dataclass(frozen=True)
class Moved:
    """An entry of a claim."""

    row: Entry
    undone: int | None

    @property
    def href(self) -> str:
        """Its record."""
        return href("entry", self.row.pk)

    @property
    def amount(self) -> str:
        """In 万元, below nothing where it goes back."""
        return wan(-self.row.amount if self.row.back else self.row.amount)


def listing(request: HttpRequest, programme: str, period: str) -> HttpResponse:
    """The claims that one sees: those that wait, the oldest first, or those of a state."""
    book, found = open_book(programme, period), programme_of(programme)
    rows = of(Claim, found).select_related("contract__project", "contract__payee").order_by("last", "pk")
    every = seen(request, found, rows)
    state = request.GET.get("state", "")
    wanted = (state,) if state in STATES else STATES if state == "all" else WAITING
    shown = page_of(request, [row for row in every if row.state in wanted])
    signatures = Countersignature.objects.filter(claim__in=[row.pk for row in shown]).values_list("claim", "signer")
    signed: dict[int, set[str]] = {}
    for claim, signer in signatures:
        signed.setdefault(claim, set()).add(signer)
    context = {
        "book": book, "shown": shown, "state": state if state in (*STATES, "all") else "", "count": len(every),
        "states": [(code, count) for code in STATES if (count := len([row for row in every if row.state == code]))],
        "listed": [Listed(row, frozenset(signed.get(row.pk, ()))) for row in shown],
        "ways": ways(request, book, [("file_claim", "claims/new", own_work("file_claim")(request, programme=programme))]),
    }  # fmt: skip
    return render(request, "money_claims.html", context)


def one(request: HttpRequest, programme: str, period: str, number: int) -> HttpResponse:
    """A claim: what is asked, what it rests on, who has signed, what was paid, what is next."""
    book, found = open_book(programme, period), programme_of(programme)
    row = one_seen(request, Claim, found, number)
    given = {c.signer: Box(c.signer, c.account, c.day) for c in row.countersignatures.order_by("pk")}
    place = place_in(found, project=row.contract.project_id)
    asked = [
        (act, f"claims/{row.pk}/{rest}", place)
        for act, step, rest in STEPS
        if row.state in FROM[step] and act not in {SIGN[signer] for signer in given}
    ]
    context = {
        "book": book, "claim": row, "one": Listed(row, frozenset(given)), "papers": papers(row.pk),
        "boxes": [given.get(code, Box(code)) for code in SIGN], "ways": ways(request, book, asked),
        "done": wan(row.done), "retained": wan(row.retained), "listed_papers": [*_listed_papers(row)],
        "invoices": [(i, wan(i.amount)) for i in row.invoices.select_related("seller").order_by("pk")],
        "entries": _entries(row), "questions": _questions(request, row),
    }  # fmt: skip
    return render(request, "money_claim.html", context)


def _entries(row: Claim) -> list[Moved]:
    """What was ordered, held back, paid and taken back, in the order it was written."""
    rows = list(Entry.objects.filter(claim=row).select_related("fund").order_by("pk"))
    undone = {entry.corrects_id: entry.pk for entry in rows if entry.corrects_id}
    return [Moved(entry, undone.get(entry.pk)) for entry in rows]


def _listed_papers(row: Claim) -> Iterator[str]:
    """The papers that came with a claim."""
    known = vocabulary()["paper"]
    for text in Item.objects.filter(record=row.pk, list="paper").order_by("position").values_list("text", flat=True):
        yield known[text].zh if text in known else text


def _questions(request: HttpRequest, row: Claim) -> list[object]:
    """The questions about a claim that the person sees."""
    found = questions_of(row.pk)
    mine = {record.number for record in visible(request, [question.record for question in found])}
    return [question for question in found if question.pk in mine]


urlpatterns = [
    door(HERE + "claims/", listing, "see_records", of_own_part, name="money-claims"),
    door(HERE + "claims/<int:number>/", one, "see_records", of_own_part, name="money-claim"),
]
