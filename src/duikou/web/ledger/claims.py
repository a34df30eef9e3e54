"""付款申请 /funds/claims/: the queue by state with who is next; one claim with its signatures, entries and steps."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _

from duikou.acts.doing import programme_of
from duikou.acts.journal import header_of, time_of
from duikou.acts.payments import COUNTERSIGN
from duikou.acts.places import place_in
from duikou.records.models import Claim, Countersignature, Entry, JournalImage
from duikou.rules.amounts import percent
from duikou.rules.payments import FROM
from duikou.terms.words import vocabulary, zh
from duikou.web.acting.steps import STEPS
from duikou.web.book import open_book
from duikou.web.doors import can, door, of_own_part
from duikou.web.language import heading, period_words, say
from duikou.web.listing import files
from duikou.web.records import Change, history_of

from .kept import HERE, Moved, may_begin, one_of, page_of, papers, questions, seen, wan


@dataclass(frozen=True)
class Listed:
    """A claim in the queue, with the signatures that it bears."""

    row: Claim
    signed: frozenset[str]

    @property
    def amount(self) -> str:
        """What is asked."""
        return wan(self.row.amount)

    @property
    def approved(self) -> str:
        """What was approved of it."""
        return wan(self.row.approved)

    @property
    def progress(self) -> str:
        """How far the work is."""
        return percent(self.row.progress) if self.row.progress is not None else ""

    @property
    def next(self) -> list[str]:
        """What it waits for."""
        return list(_next(self.row.state, self.signed))


@dataclass(frozen=True)
class Box:
    """The box of a countersignature (terms: countersigner): who signed when, or nobody yet."""

    signer: str
    signed: Countersignature | None


@dataclass(frozen=True)
class Move(Moved):
    """An entry of a claim and how it stands (terms: claim_state): pending, posted, or voided by a reversal."""

    state: str


def _next(state: str, signed: frozenset[str]) -> Iterator[str]:
    """What a claim of a state waits for, by who may do it now."""
    if state in FROM["countersign"]:
        waits = {"county_leader": _("待县级会签"), "front_line": _("待前方会签")}
        yield from (words for signer, words in waits.items() if signer not in signed)
    if state in FROM["approve"]:
        yield _("待核定")
    if state in FROM["order"] and signed >= set(COUNTERSIGN):
        yield _("待付款")
    if state in FROM["confirm"]:
        yield _("待付讫")


def listing(request: HttpRequest, programme: str, period: str) -> HttpResponse:
    """The queue, by state; within a state the oldest first."""
    every = seen(request, Claim, programme, "contract__project", "contract__payee")
    counts = [(state, len([row for row in every if row.state == state])) for state in vocabulary()["claim_state"]]
    state = request.GET.get("state", "")
    shown = page_of(request, in_order(every, state))
    listed = with_signatures(list(shown))
    context = {
        "book": open_book(programme, period), "shown": shown, "state": state, "count": len(every),
        "counts": [(code, n) for code, n in counts if n],
        "groups": [(code, list(some)) for code, some in groupby(listed, key=lambda one: one.row.state)],
        "may_file": may_begin(request, "file_claim", programme),
    }  # fmt: skip
    return render(request, "ledger_claims.html", context)


def in_order(every: Iterable[Claim], state: str) -> list[Claim]:
    """The claims of a state, else of all in the order of the states; within a state the oldest first."""
    states = list(vocabulary()["claim_state"])
    return sorted((row for row in every if state in ("", row.state)), key=lambda row: states.index(row.state))


def with_signatures(rows: Sequence[Claim]) -> list[Listed]:
    """Claims with the signatures that they bear."""
    signed: dict[int, set[str]] = {}
    for claim, signer in Countersignature.objects.filter(claim__in=rows).values_list("claim", "signer"):
        signed.setdefault(claim, set()).add(signer)
    return [Listed(row, frozenset(signed.get(row.pk, ()))) for row in rows]


def taken(request: HttpRequest, programme: str, period: str) -> files.Listing:
    """The claims of the state that the address asks for, as the page lists them."""
    heads = (
        _("编号"), _("状态"), _("合同和期次"), _("项目"), _("收款单位"), _("款项"), _("日期"), _("进度"), _("申请（万元）"), _("核定（万元）"),
        _("下一步"),
    )  # fmt: skip
    every = seen(request, Claim, programme, "contract__project", "contract__payee")
    cells = (
        [
            one.row.pk, say("claim_state", one.row.state), str(one.row), str(one.row.contract.project), str(one.row.contract.payee),
            say("claim", one.row.type), period_words(one.row.when) if one.row.when else "", one.progress, one.amount, one.approved,
            "、".join(one.next) or _("已办结"),
        ]
        for one in with_signatures(in_order(every, request.GET.get("state", "")))
    )  # fmt: skip
    return files.Listing(f"claims-{programme}", heading("subject", "claims"), heads, cells, wide=2)


def one(request: HttpRequest, programme: str, period: str, number: int) -> HttpResponse:
    """A claim: what is asked and on what it rests, who signed, what was paid, its history, the steps that are due."""
    row = one_of(request, Claim, programme, number, "contract__project", "contract__payee", "contract__amends")
    signatures = {signature.signer: signature for signature in row.countersignatures.all()}
    place = place_in(programme_of(programme), project=row.contract.project_id)
    history = list(_history(row, list(signatures.values())))
    context = {
        "book": open_book(programme, period), "row": row, "contract": row.contract,
        "listed": Listed(row, frozenset(signatures)), "done": wan(row.done),
        "retained": wan(row.retained),
        "net": wan((row.approved or 0) - (row.retained or 0)) if row.approved is not None else "",
        "invoices": [(bill, wan(bill.amount)) for bill in row.invoices.select_related("seller").order_by("pk")],
        "attached": list(_attached(row)),
        "boxes": [Box(signer, signatures.get(signer)) for signer in vocabulary()["countersigner"]],
        "moves": list(_moves(row)), "history": history, "filed_by": history[0].person if history else "",
        "papers": papers(request, row.pk), "questions": questions(request, [row.pk]),
        "steps": [(step, act) for step, act in steps(row, signatures) if can(request, act, place)],
    }  # fmt: skip
    return render(request, "ledger_claim.html", context)


def steps(claim: Claim, signed: Iterable[str]) -> Iterator[tuple[str, str]]:
    """The steps that the state of a claim allows, with their acts; a side that has signed does not sign again."""
    done = {COUNTERSIGN[signer] for signer in signed}
    for step, form in STEPS.items():
        if claim.state in FROM[step.partition("-")[0]] and form.act not in done:
            yield step, form.act


def _attached(claim: Claim) -> Iterator[str]:
    """The papers that came with a claim, in words (terms: paper); what is no word of the list, as it was said."""
    for said in claim.record.items.filter(list="paper").order_by("position").values_list("text", flat=True):
        yield say("paper", said) if said in vocabulary()["paper"] else said


def _moves(claim: Claim) -> Iterator[Move]:
    """The entries of a claim in their order; what was reversed is voided, with what reversed it."""
    rows = list(Entry.objects.filter(claim=claim).select_related("fund").order_by("pk"))
    undone = {row.corrects_id for row in rows}
    for row in rows:
        gone = row.pk in undone or row.corrects_id is not None
        yield Move(row, "voided" if gone else "posted" if claim.state == "posted" else "pending")


def _history(claim: Claim, signatures: list[Countersignature]) -> Iterator[Change]:
    """The lines of the journal that touched a claim, and those by which it was countersigned, in their order."""
    found = list(history_of(claim.record, claim))
    numbers = [signature.pk for signature in signatures]
    images = JournalImage.objects.filter(table="records_countersignature", number__in=numbers).select_related("line")
    for image in images:
        header = header_of(image.line)
        act = zh("act", header["act"])
        found.append(Change(image.line_id, time_of(image.line), header["person"], act, header["reason"], ()))
    yield from sorted(found, key=lambda change: change.line)


urlpatterns = [
    door(HERE + "claims/", listing, "see_records", of_own_part, name="claims"),
    *files.doors(HERE + "claims/list", taken, "see_records", of_own_part, name="claims"),
    door(HERE + "claims/<int:number>/", one, "see_records", of_own_part, name="claim"),
]
