"""合同: each with the payee it names, its price and supplements, what is paid beside how far the work is."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from functools import cached_property

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from duikou.acts.doing import place_of, programme_of
from duikou.acts.ledger import balances
from duikou.acts.places import place_in
from duikou.records.models import Claim, Contract, Entry, Programme, of
from duikou.rules.amounts import percent, share
from duikou.rules.contracts import credit_code_is_true
from duikou.rules.ledger import signed, total, totals
from duikou.web.acting.places import own_work
from duikou.web.book import open_book
from duikou.web.doors import door, of_own_part

from .pieces import HERE, grouped, one_seen, page_of, papers, seen, wan, ways

DEAD = ("refused", "voided")


@dataclass(frozen=True)
class Dealt:
    """A contract with its supplements, their claims, what was paid under them and what is held back of them."""

    row: Contract
    supplements: Sequence[Contract] = ()
    claims: Sequence[Claim] = ()
    spent: Sequence[Entry] = ()
    held: int = field(default=0)

    @property
    def _price(self) -> int:
        return total(row.price for row in (self.row, *self.supplements))

    @property
    def _paid(self) -> int:
        return signed((row.amount, row.back) for row in self.spent)

    @property
    def price(self) -> str:
        """Price with supplements, in 万元."""
        return wan(self._price)

    @property
    def own_price(self) -> str:
        """Price without supplements, in 万元."""
        return wan(self.row.price)

    @property
    def paid(self) -> str:
        """What has reached the payee, in 万元."""
        return wan(self._paid) if self.spent else ""

    @property
    def withheld(self) -> str:
        """What is held back now, in 万元."""
        return wan(self.held) if self.held else ""

    @property
    def paid_share(self) -> str:
        """Paid of the price in per cent."""
        return share(self._paid, self._price) if self.spent else ""

    @property
    def progress(self) -> str:
        """How far the work is by the newest claim that says it."""
        said = [claim.progress for claim in self.living if claim.progress is not None]
        return percent(said[-1]) if said else ""

    @cached_property
    def living(self) -> list[Claim]:
        """The claims that were not refused or voided."""
        return [claim for claim in self.claims if claim.state not in DEAD]

    @property
    def ahead(self) -> bool:
        """Whether more is paid than work was done."""
        said = [claim.progress for claim in self.living if claim.progress is not None]
        return bool(said) and self._paid * 1000 > said[-1] * self._price

    @property
    def retention(self) -> str:
        """The rate agreed to be held back; nothing where the contract does not say."""
        return "" if self.row.retention is None else percent(self.row.retention)

    @property
    def code_is_true(self) -> bool:
        """Whether the payee's credit code bears its check character."""
        return credit_code_is_true(self.row.payee.credit_code or "")


def dealt(programme: Programme, rows: Sequence[Contract]) -> Iterator[Dealt]:
    """Contracts with all that hangs from them, in one question to each table."""
    more = of(Contract, programme).filter(amends__in=[row.pk for row in rows]).order_by("last", "pk")
    beside = grouped(more, lambda row: row.amends_id)
    root = {row.pk: row.pk for row in rows} | {row.pk: number for number, found in beside.items() for row in found}
    claims = Claim.objects.filter(contract__in=root).order_by("last", "pk")
    spent = Entry.objects.filter(contract__in=root, state="spent").order_by("pk")
    by_claim = grouped(claims, lambda row: root[row.contract_id])
    by_spent = grouped(spent, lambda row: root[row.contract_id] if row.contract_id else None)
    lying = balances(programme, "retention", owners=root)
    held = totals((root[owner], fen) for (_, owner, _), fen in lying.items() if owner)
    for row in rows:
        of_row = (found.get(row.pk, []) for found in (beside, by_claim, by_spent))
        yield Dealt(row, *of_row, held=held.get(row.pk, 0))


def listing(request: HttpRequest, programme: str, period: str) -> HttpResponse:
    """The contracts that one sees, the newest first; supplements stand with what they amend."""
    book, found = open_book(programme, period), programme_of(programme)
    rows = of(Contract, found).filter(amends=None).select_related("project", "payee").order_by("-last", "-pk")
    shown = page_of(request, seen(request, found, rows))
    acts = [
        (act, rest, own_work(act)(request, programme=programme))
        for act, rest in (("sign_contract", "contracts/new"), ("register_payee", "payees/new"))
    ]
    context = {
        "book": book, "shown": shown, "count": shown.paginator.count, "listed": list(dealt(found, list(shown))),
        "ways": ways(request, book, acts),
    }  # fmt: skip
    return render(request, "money_contracts.html", context)


def one(request: HttpRequest, programme: str, period: str, number: int) -> HttpResponse:
    """A contract: who and what, its supplements, its claims; a supplement leads to the contract it amends."""
    book, found = open_book(programme, period), programme_of(programme)
    row = one_seen(request, Contract, found, number)
    if row.amends_id:
        return redirect("money-contract", programme, period, row.amends_id)
    (whole,) = dealt(found, [row])
    place = place_in(found, project=row.project_id)
    asked = [("file_claim", f"claims/new?contract={row.pk}", place), ("sign_contract", "contracts/new", place)]
    context = {
        "book": book, "contract": row, "one": whole, "papers": papers(row.pk), "ways": ways(request, book, asked),
        "claims": [(claim, wan(claim.amount), wan(claim.approved), wan(claim.retained)) for claim in whole.claims],
        "supplements": [(extra, wan(extra.price)) for extra in whole.supplements], "internal": place_of(found).state,
    }  # fmt: skip
    return render(request, "money_contract.html", context)


urlpatterns = [
    door(HERE + "contracts/", listing, "see_records", of_own_part, name="money-contracts"),
    door(HERE + "contracts/<int:number>/", one, "see_records", of_own_part, name="money-contract"),
]
