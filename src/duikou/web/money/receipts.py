"""到账: what the receiving side's banks say has come, and which payments it was found to be."""

from dataclasses import dataclass

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from duikou.acts.doing import programme_of, today
from duikou.acts.places import place_in
from duikou.records.models import Entry, Receipt, of
from duikou.rules.ledger import signed
from duikou.web.acting.places import own_work
from duikou.web.addresses import href
from duikou.web.book import open_book
from duikou.web.doors import door, of_own_part

from .pieces import HERE, grouped, one_seen, page_of, papers, seen, wan, ways


@dataclass(frozen=True)
class Come:
    """A receipt with the 到账 entries that match it."""

    row: Receipt
    matched: tuple[Entry, ...] = ()

    @property
    def amount(self) -> str:
        """What has come, in 万元."""
        return wan(self.row.amount)

    @property
    def known(self) -> str:
        """What of it is known payments, in 万元."""
        return wan(self._known) if self.matched else ""

    @property
    def open(self) -> str:
        """What of it is no known payment, in 万元; nothing where all is."""
        return wan(left) if (left := self.row.amount - self._known) > 0 else ""

    @property
    def age(self) -> int | None:
        """For how many days it has been open."""
        return (today() - self.row.last).days if self.open and self.row.last else None

    @property
    def _known(self) -> int:
        return signed((entry.amount, entry.back) for entry in self.matched)


def come(rows: list[Receipt]) -> list[Come]:
    """Receipts with what matches them."""
    entries = Entry.objects.filter(receipt__in=[row.pk for row in rows], state="received")
    matched = grouped(entries.select_related("of").order_by("pk"), lambda entry: entry.receipt_id)
    return [Come(row, tuple(matched.get(row.pk, ()))) for row in rows]


def listing(request: HttpRequest, programme: str, period: str) -> HttpResponse:
    """The receipts that one sees, the newest first; `?open` those that are not matched."""
    book, found = open_book(programme, period), programme_of(programme)
    rows = of(Receipt, found).select_related("receiver", "project").order_by("-last", "-pk")
    every = come(seen(request, found, rows))
    lacking = [one for one in every if one.open]
    wanted = lacking if "open" in request.GET else every
    shown = page_of(request, wanted)
    place = own_work("record_receipt")(request, programme=programme)
    context = {
        "book": book, "shown": shown, "count": len(every), "lacking": len(lacking), "narrowed": "open" in request.GET,
        "ways": ways(request, book, [("record_receipt", "receipts/new", place)]),
    }  # fmt: skip
    return render(request, "money_receipts.html", context)


def one(request: HttpRequest, programme: str, period: str, number: int) -> HttpResponse:
    """A receipt: what has come, which payments it is, what of it is still open."""
    book, found = open_book(programme, period), programme_of(programme)
    row = one_seen(request, Receipt, found, number)
    (whole,) = come([row])
    place = place_in(found, organisation=row.receiver_id, project=row.project_id)
    asked = [("match_receipt", f"receipts/{row.pk}/match", place)] if whole.open else []
    matched = [
        (entry, href("entry", entry.pk), wan(-entry.amount if entry.back else entry.amount), entry.of)
        for entry in whole.matched
    ]
    context = {
        "book": book, "receipt": row, "one": whole, "matched": matched, "papers": papers(row.pk),
        "ways": ways(request, book, asked),
    }  # fmt: skip
    return render(request, "money_receipt.html", context)


urlpatterns = [
    door(HERE + "receipts/", listing, "see_records", of_own_part, name="money-receipts"),
    door(HERE + "receipts/<int:number>/", one, "see_records", of_own_part, name="money-receipt"),
]
