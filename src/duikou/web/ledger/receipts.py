"""到账 /funds/receipts/: what the receiving side's banks say has come, and which payments it was found to be."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from duikou.acts.doing import programme_of, today
from duikou.acts.places import place_in
from duikou.records.models import Entry, Receipt
from duikou.rules.ledger import total
from duikou.rules.receipts import left
from duikou.web.addresses import href
from duikou.web.book import open_book
from duikou.web.doors import can, door, of_own_part
from duikou.web.listing import files

from .kept import HERE, Moved, may_begin, one_of, page_of, papers, questions, seen, wan


@dataclass(frozen=True)
class Matched(Moved):
    """Of a receipt, what was found to be one payment: the 到账 entry, and the 拨付 it confirms."""

    @property
    def payment(self) -> str:
        """The 拨付 that it confirms."""
        return href("entry", self.row.of_id) if self.row.of_id else ""


@dataclass(frozen=True)
class Come:
    """A receipt with what of it is matched."""

    row: Receipt
    matched: tuple[Matched, ...]

    @property
    def amount(self) -> str:
        """What has come."""
        return wan(self.row.amount)

    @property
    def known(self) -> str:
        """What of it is known payments."""
        return wan(total(one.fen for one in self.matched)) if self.matched else ""

    @property
    def open(self) -> str:
        """What of it is no known payment; nothing where all of it is."""
        fen = left(self.row.amount, (one.fen for one in self.matched))
        return wan(fen) if fen > 0 else ""

    @property
    def age(self) -> int | None:
        """For how many days it has been open."""
        return (today() - self.row.last).days if self.open and self.row.last else None


def come(receipts: Iterable[Receipt]) -> list[Come]:
    """Receipts with what matches them, in one question."""
    rows = list(receipts)
    found: dict[int, list[Matched]] = {row.pk: [] for row in rows}
    entries = Entry.objects.filter(receipt__in=list(found), state="received").select_related("of").order_by("pk")
    for entry in entries:
        found[entry.receipt_id or 0].append(Matched(entry))
    return [Come(row, tuple(found[row.pk])) for row in rows]


def listing(request: HttpRequest, programme: str, period: str) -> HttpResponse:
    """The receipts that the person sees, the newest first; `?open`: those that are not matched, the oldest first."""
    every = come(seen(request, Receipt, programme, "receiver", "project"))
    lacking = [one for one in every if one.open]
    narrowed = "open" in request.GET
    context = {
        "book": open_book(programme, period), "shown": page_of(request, lacking if narrowed else every[::-1]),
        "count": len(every), "lacking": len(lacking), "narrowed": narrowed,
        "may_record": may_begin(request, "record_receipt", programme),
        "may_match": may_begin(request, "match_receipt", programme),
    }  # fmt: skip
    return render(request, "ledger_receipts.html", context)


HEADS = ("编号", "银行回单", "项目", "单位", "到账日", "到账（万元）", "对上拨付（万元）", "对不上（万元）", "已过天数")


def taken(request: HttpRequest, programme: str, period: str) -> files.Listing:
    """The receipts as the page lists them, or with `?open` those that are not matched."""
    every = come(seen(request, Receipt, programme, "receiver", "project"))
    chosen = [one for one in every if one.open] if "open" in request.GET else every[::-1]
    cells = (
        [
            one.row.pk, one.row.reference, str(one.row.project or ""), str(one.row.receiver), str(one.row.last or ""), one.amount,
            one.known, one.open, "" if one.age is None else one.age,
        ]
        for one in chosen
    )  # fmt: skip
    return files.Listing(f"receipts-{programme}", "到账", HEADS, cells)


def one(request: HttpRequest, programme: str, period: str, number: int) -> HttpResponse:
    """A receipt: what has come, which payments it is, what of it is still open."""
    row = one_of(request, Receipt, programme, number, "receiver", "project")
    (found,) = come([row])
    place = place_in(programme_of(programme), organisation=row.receiver_id, project=row.project_id)
    context = {
        "book": open_book(programme, period), "row": row, "one": found, "papers": papers(request, row.pk),
        "questions": questions(request, [row.pk]), "may_match": bool(found.open) and can(request, "match_receipt", place),
    }  # fmt: skip
    return render(request, "ledger_receipt.html", context)


urlpatterns = [
    door(HERE + "receipts/", listing, "see_records", of_own_part, name="receipts"),
    *files.doors(HERE + "receipts/list", taken, "see_records", of_own_part, name="receipts"),
    door(HERE + "receipts/<int:number>/", one, "see_records", of_own_part, name="receipt"),
]
