"""What stands beside an entry on its record's page: its marks in words, the papers it rests on, what may be done with it."""

from dataclasses import dataclass

from django.db.models import Model
from django.http import HttpRequest
from django.urls import reverse

from duikou.acts.doing import place_of, programme_of
from duikou.records.models import Claim, Contract, Entry, Notice, Receipt, Record
from duikou.rules.ledger import Step, step_of
from duikou.terms.words import zh
from duikou.web.addresses import href
from duikou.web.book import Book
from duikou.web.doors import can
from duikou.web.seeing import visible

from .pieces import Way, ways

PAGES = {Notice: "money-notice", Contract: "money-contract", Claim: "money-claim", Receipt: "money-receipt"}
VOUCHED = ("disbursed", "itemised", "received", "spent")


@dataclass(frozen=True)
class Beside:
    """What a page of an entry says first: its way, its marks, what undid it or what it undid, what may be done."""

    row: Entry
    undone: Entry | None
    ways: list[Way]
    papers: list[tuple[str, str, str]]

    @property
    def way(self) -> str:
        """From which position to which."""
        row = self.row
        step: Step = step_of(row.state, standing=row.standing, noticed=row.notice_id is not None)
        ends = [zh("position", end.kind) if end else "账外" for end in (step.source, step.target)]
        return " → ".join(reversed(ends) if row.back else ends)

    @property
    def lacking(self) -> str:
        """Which voucher it should bear and does not; nothing where it has one, or was taken back."""
        row = self.row
        if row.state not in VOUCHED or row.voucher or row.receipt_id or row.back or self.undone:
            return ""
        return "到账凭证" if row.state == "received" else "支出凭证" if row.state == "spent" else "拨付凭证"

    @property
    def undone_href(self) -> str:
        """The entry that took it back."""
        return href("entry", self.undone.pk) if self.undone else ""

    @property
    def undid_href(self) -> str:
        """The entry that it takes back."""
        return href("entry", self.row.corrects_id) if self.row.corrects_id else ""


def beside(request: HttpRequest, book: Book | None, row: Model) -> Beside | None:
    """For an entry; nothing for records of other kinds."""
    if not isinstance(row, Entry) or book is None or row.record.programme is None:
        return None
    undone = Entry.objects.filter(corrects=row).first()
    return Beside(row, undone, _ways(request, book, row, undone), _papers(request, book, row))


def page_of(request: HttpRequest, book: Book | None, row: Model) -> str:
    """The page of money that a record has beside its own and that the person may open; nothing for most kinds."""
    name = next((name for model, name in PAGES.items() if isinstance(row, model)), "")
    if not name or book is None:
        return ""
    if isinstance(row, Notice) and not can(request, "see_figures", place_of(programme_of(book.code))):
        return ""
    return reverse(name, args=[book.code, book.period, row.pk])


def _ways(request: HttpRequest, book: Book, row: Entry, undone: Entry | None) -> list[Way]:
    """退回 for what was paid, 冲正 for what stands by itself and was not taken back."""
    if row.record.programme is None or undone or row.standing == "total":
        return []
    place = place_of(row.record.programme)
    asked = [("reverse_entry", f"entries/{row.pk}/reverse", place)]
    if row.state in ("disbursed", "itemised") and not row.back:
        asked.insert(0, ("return_funds", f"entries/{row.pk}/return", place))
    return ways(request, book, asked)


def _papers(request: HttpRequest, book: Book, row: Entry) -> list[tuple[str, str, str]]:
    """Fund, notice, contract, claim and receipt of an entry: the word, what it is called, its page, as far as one sees it."""
    named = [
        ("来源", row.fund), ("指标文件", row.notice), ("合同", row.contract), ("付款申请", row.claim),
        ("到账回单", row.receipt),
    ]  # fmt: skip
    kept = [(words, one) for words, one in named if one is not None]
    records = Record.objects.filter(number__in=[one.pk for _, one in kept]).select_related("programme")
    mine = {record.number: record for record in visible(request, records)}
    return [
        (words, one.reference if isinstance(one, Receipt) else str(one),
         page_of(request, book, one) or href(mine[one.pk].kind, one.pk))
        for words, one in kept
        if one.pk in mine
    ]  # fmt: skip
