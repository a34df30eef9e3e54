"""What the record page of an entry says first: its way, what took it back, which voucher it lacks, what may be done."""

from dataclasses import dataclass

from django.db.models import Model
from django.http import HttpRequest
from django.urls import reverse

from duikou.acts.doing import place_of, programme_of
from duikou.records.models import Claim, Contract, Entry, Notice, Receipt

from .addresses import href
from .book import Book
from .doors import can
from .ledger.entries import way_of

PAGES = {Notice: "notice", Contract: "contract", Claim: "claim", Receipt: "receipt"}
PROOF = {"disbursed": "拨付凭证", "itemised": "拨付凭证", "received": "到账回单", "spent": "支出凭证"}
BACK = {"issued": "收回", "divided": "收回", "reserved": "动用"}


@dataclass(frozen=True)
class Beside:
    """An entry as its page begins with it."""

    row: Entry
    undone: Entry | None
    ways: list[tuple[str, str]]

    @property
    def way(self) -> str:
        """From which position to which."""
        return way_of(self.row)

    @property
    def back(self) -> str:
        """What an entry is called that goes back and takes back none; nothing for the others."""
        return BACK.get(self.row.state, "退回") if self.row.back and not self.row.corrects_id else ""

    @property
    def lacking(self) -> str:
        """Which voucher it should bear; nothing where it bears one or does not stand."""
        row = self.row
        return "" if row.voucher or row.receipt_id or row.back or self.undone else PROOF.get(row.state, "")

    @property
    def undone_by(self) -> str:
        """The address of the entry that took it back."""
        return href("entry", self.undone.pk) if self.undone else ""

    @property
    def undid(self) -> str:
        """The address of the entry that it takes back."""
        return href("entry", self.row.corrects_id) if self.row.corrects_id else ""


def beside(request: HttpRequest, book: Book | None, row: Model) -> Beside | None:
    """What stands beside a record; nothing where it is no entry."""
    if not isinstance(row, Entry) or book is None:
        return None
    undone = Entry.objects.filter(corrects=row).first()
    return Beside(row, undone, [] if undone else _ways(request, book, row))


def money_page(request: HttpRequest, book: Book | None, row: Model) -> str:
    """The page among 资金 that a notice, contract, claim or receipt has and the person may open; nothing for others."""
    name = next((name for model, name in PAGES.items() if isinstance(row, model)), "")
    if not name or book is None:
        return ""
    if isinstance(row, Notice) and not can(request, "see_records", place_of(programme_of(book.code))):
        return ""
    return reverse(name, args=[book.code, book.period, row.pk])


def _ways(request: HttpRequest, book: Book, row: Entry) -> list[tuple[str, str]]:
    """冲正 of what stands by itself, 退回 of what was paid: the act with the address of its form, where one may."""
    if row.standing == "total":
        return []
    place = place_of(programme_of(book.code))
    names = {"reverse_entry": "entry-reverse"}
    if row.state in ("disbursed", "itemised") and not row.back:
        names = {"return_funds": "entry-return", **names}
    return [
        (act, reverse(name, args=[book.code, book.period, row.pk]))
        for act, name in names.items()
        if can(request, act, place)
    ]
