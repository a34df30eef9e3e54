"""合同 /funds/contracts/: price, approved, paid, held back, and paid % beside progress %; one contract with its claims."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from django.db.models import Q
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _

from duikou.acts.contracts import GONE
from duikou.acts.doing import programme_of
from duikou.acts.places import place_in
from duikou.records.models import Claim, Contract, Entry
from duikou.rules.amounts import percent, share
from duikou.rules.ledger import signed, total
from duikou.web.book import open_book
from duikou.web.doors import can, door, of_own_part
from duikou.web.language import heading, say
from duikou.web.listing import files

from .kept import HERE, may_begin, one_of, page_of, papers, questions, seen, wan

HELD = {"withheld": False, "released": True}  # whether it takes off what is held back


@dataclass(frozen=True)
class Standing:
    """A contract with its supplements, its claims and the entries of payment and retention under them."""

    row: Contract
    supplements: tuple[Contract, ...]
    claims: tuple[Claim, ...]
    moves: tuple[Entry, ...]

    @property
    def _price(self) -> int:
        return total(row.price for row in (self.row, *self.supplements))

    @property
    def _paid(self) -> int:
        return signed((move.amount, move.back) for move in self.moves if move.state == "spent")

    @property
    def _counted(self) -> Iterator[Claim]:
        """The claims that were neither refused nor voided."""
        return (claim for claim in self.claims if claim.state not in GONE)

    @property
    def price(self) -> str:
        """The price with all supplements."""
        return wan(self._price)

    @property
    def approved(self) -> str:
        """What was approved of its claims."""
        return wan(total(claim.approved or 0 for claim in self._counted))

    @property
    def paid(self) -> str:
        """What has reached the payee."""
        return wan(self._paid)

    @property
    def held(self) -> str:
        """What is held back now: withheld less released."""
        rows = [(move.amount, HELD[move.state] is not bool(move.back)) for move in self.moves if move.state in HELD]
        return wan(signed(rows))

    @property
    def paid_share(self) -> str:
        """What was paid of the price, in per cent."""
        return share(self._paid, self._price)

    @property
    def progress(self) -> str:
        """How far the work is, as the newest claim that says it has it; nothing where none does."""
        said = [claim.progress for claim in self._counted if claim.progress is not None]
        return percent(said[-1]) if said else ""

    @property
    def retention(self) -> str:
        """The share of the price that is to be held back, as agreed."""
        return percent(self.row.retention) if self.row.retention is not None else ""


def standings(contracts: Iterable[Contract]) -> list[Standing]:
    """How contracts stand; a supplement is part of the contract that it amends."""
    rows = list(contracts)
    added: dict[int, list[Contract]] = {row.pk: [] for row in rows}
    for supplement in Contract.objects.filter(amends__in=list(added)).order_by("pk"):
        added[supplement.amends_id or 0].append(supplement)
    main = {number: number for number in added} | {s.pk: n for n, some in added.items() for s in some}
    claims: dict[int, list[Claim]] = {row.pk: [] for row in rows}
    for claim in Claim.objects.filter(contract__in=list(main)).order_by("pk"):
        claims[main[claim.contract_id]].append(claim)
    moves: dict[int, list[Entry]] = {row.pk: [] for row in rows}
    for move in Entry.objects.filter(Q(state="spent") | Q(state__in=HELD), contract__in=list(main)):
        moves[main[move.contract_id or 0]].append(move)
    return [Standing(row, *(tuple(found[row.pk]) for found in (added, claims, moves))) for row in rows]  # type: ignore[arg-type]


def listing(request: HttpRequest, programme: str, period: str) -> HttpResponse:
    """The contracts, the newest first; supplements stand with what they amend."""
    rows = [row for row in seen(request, Contract, programme, "project", "payee") if row.amends_id is None]
    shown = page_of(request, rows[::-1])
    context = {
        "book": open_book(programme, period), "shown": shown, "listed": standings(shown),
        "may_sign": may_begin(request, "sign_contract", programme),
    }  # fmt: skip
    return render(request, "ledger_contracts.html", context)


def taken(request: HttpRequest, programme: str, period: str) -> files.Listing:
    """The contracts as the page lists them."""
    heads = (
        _("编号"), _("合同编号"), _("名称"), _("项目"), _("收款单位"), _("统一社会信用代码"), _("种类"), _("采购方式"), _("合同价（万元）"),
        _("已核定（万元）"), _("已付（万元）"), _("扣留质保金（万元）"), _("已付占比"), _("工程进度"),
    )  # fmt: skip
    rows = [row for row in seen(request, Contract, programme, "project", "payee") if row.amends_id is None][::-1]
    cells = (
        [
            one.row.pk, one.row.number, one.row.title, str(one.row.project), str(one.row.payee), one.row.payee.credit_code or "",
            say("contract", one.row.type), say("method", one.row.method), one.price, one.approved, one.paid, one.held,
            one.paid_share, one.progress or say("nature", "unreported"),
        ]
        for one in standings(rows)
    )  # fmt: skip
    return files.Listing(f"contracts-{programme}", heading("subject", "contracts"), heads, cells, wide=2)


def one(request: HttpRequest, programme: str, period: str, number: int) -> HttpResponse:
    """A contract: what was agreed with whom, its supplements, its claims, what may be added."""
    row = one_of(request, Contract, programme, number, "project", "payee", "amends")
    (standing,) = standings([row])
    place = place_in(programme_of(programme), project=row.project_id)
    context = {
        "book": open_book(programme, period), "row": row, "standing": standing, "own_price": wan(row.price),
        "estimate": wan(row.estimate),
        "supplements": [(s, wan(s.price)) for s in standing.supplements],
        "claims": [(claim, wan(claim.amount), wan(claim.approved)) for claim in standing.claims],
        "papers": papers(request, row.pk), "questions": questions(request, [row.pk]),
        "may_sign": row.amends_id is None and can(request, "sign_contract", place),
        "may_claim": row.amends_id is None and can(request, "file_claim", place),
    }  # fmt: skip
    return render(request, "ledger_contract.html", context)


urlpatterns = [
    door(HERE + "contracts/", listing, "see_records", of_own_part, name="contracts"),
    *files.doors(HERE + "contracts/list", taken, "see_records", of_own_part, name="contracts"),
    door(HERE + "contracts/<int:number>/", one, "see_records", of_own_part, name="contract"),
]
