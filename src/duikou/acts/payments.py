"""From a claim to the payee: countersigned, approved, ordered (待付), confirmed by the bank (已付), or voided."""

from contextlib import AbstractContextManager
from dataclasses import replace
from datetime import date

from django.db.models import QuerySet

from duikou.records.models import Claim, Countersignature, Entry, JournalImage, Programme
from duikou.rules import claims as claim_rules
from duikou.rules import payments as rules
from duikou.rules.funds import voucher_key
from duikou.rules.period import on
from duikou.rules.problem import Problem, judge
from duikou.rules.rights import Person

from . import journal
from .contracts import claim_standing, fact_of, judged
from .doing import Work, ask, doing, today
from .ledger import Movement, move, reversal
from .packs import pack_of
from .places import place_in

COUNTERSIGN = {"county_leader": "countersign_county", "front_line": "countersign_front"}


def countersign(claim: Claim, signer: str, *, programme: Programme, person: Person, reason: str = "") -> None:
    """Sign a claim as the county's leader in charge or as the front-line cadre (terms: countersigner)."""
    with _at(claim, COUNTERSIGN[signer], programme, person, reason) as work:
        _step(work, programme, claim, rules.Step(step="countersign", account=person.account, signer=signer))
        (number,) = work.numbers(Countersignature, 1)
        work.write([Countersignature(number=number, claim=claim, signer=signer, account=person.account, day=today())])


def approve_claim(
    claim: Claim, approved: int, retained: int = 0, *, programme: Programme, person: Person, reason: str = ""
) -> None:
    """Say what of a claim is to be paid and what of that is held back, in fen."""
    with _at(claim, "approve_claim", programme, person, reason) as work:
        _step(work, programme, claim, rules.Step(step="approve", account=person.account))
        told = fact_of(claim)
        standing = replace(claim_standing(programme, claim.contract, told, before=claim.pk), claim=told)
        fact = claim_rules.Approval(when=told.when, claim=claim.pk, approved=approved, retained=retained)
        asking = judged(work, programme, fact, standing)
        work.change(claim, approved=approved, retained=retained, state="approved")
        ask(work, asking, claim.pk)


def refuse_claim(claim: Claim, *, programme: Programme, person: Person, reason: str) -> None:
    """Send a claim back with the reason."""
    with _at(claim, "refuse_claim", programme, person, reason) as work:
        _step(work, programme, claim, rules.Step(step="refuse", account=person.account, reason=reason))
        work.change(claim, state="refused")


def order_payment(
    claim: Claim, fund: int | None, *, programme: Programme, person: Person, day: date | None = None, reason: str = ""
) -> list[int]:
    """待付: what was approved leaves the project's money of a fund for the bank, less what is held back; the entries."""
    with _at(claim, "order_payment", programme, person, reason) as work:
        asking = _step(work, programme, claim, rules.Step(step="order", account=person.account))
        held = claim.retained or 0
        paid = (claim.approved or 0) - held
        state = "released" if claim.type == "retention" else "ordered"
        movements = [replace(_of(claim, day), state=state, amount=paid, fund=fund)] if paid else []
        if held:
            movements.append(replace(_of(claim, day), state="withheld", amount=held, fund=fund))
        work.change(claim, state="pending")
        ask(work, asking, claim.pk)
        return move(work, programme, *movements)


def confirm_payment(
    claim: Claim, voucher: str, *, programme: Programme, person: Person, day: date | None = None, reason: str = ""
) -> list[int]:
    """付讫: the bank has paid by a reference of its own; the entry of 支出."""
    with _at(claim, "confirm_payment", programme, person, reason) as work:
        _step(work, programme, claim, rules.Step(step="confirm", account=person.account, voucher=voucher))
        ordered = _standing_entries(claim).filter(state__in=("ordered", "released"))
        movements = [
            replace(
                _of(claim, day), state="spent", amount=entry.amount, fund=entry.fund_id, of=entry.pk, voucher=voucher,
                voucher_key=voucher_key(voucher),
            )
            for entry in ordered
        ]  # fmt: skip
        work.change(claim, state="posted")
        return move(work, programme, *movements)


def void_payment(
    claim: Claim, *, programme: Programme, person: Person, reason: str, day: date | None = None
) -> list[int]:
    """Take a payment back, pending or paid: every entry of it is reversed, the newest first; the entries."""
    with _at(claim, "void_payment", programme, person, reason) as work:
        _step(work, programme, claim, rules.Step(step="void", account=person.account, reason=reason))
        entries = _standing_entries(claim).order_by("-pk")
        work.change(claim, state="voided")
        return move(work, programme, *(reversal(entry, day or today()) for entry in entries))


def _at(claim: Claim, act: str, programme: Programme, person: Person, reason: str) -> AbstractContextManager[Work]:
    place = place_in(programme, project=claim.contract.project_id)
    return doing(act, person=person, place=place, reason=reason)


def _of(claim: Claim, day: date | None) -> Movement:
    """A movement of a claim on a day, before it says which and how much."""
    contract = claim.contract
    return Movement(
        when=on(day or today()), state="", amount=0, project=contract.project_id, receiver=contract.payee_id,
        contract=contract.pk, claim=claim.pk, purpose=claim.purpose,
    )  # fmt: skip


def _standing_entries(claim: Claim) -> QuerySet[Entry]:
    """The entries of a claim that nothing has reversed."""
    reversed_ones = Entry.objects.filter(corrects__claim=claim).values("corrects")
    return Entry.objects.filter(claim=claim, corrects=None).exclude(pk__in=reversed_ones)


def _step(work: Work, programme: Programme, claim: Claim, fact: rules.Step) -> list[Problem]:
    """Ask the rules of one step; the claim is read anew, for it may have moved on since it was seen."""
    claim.refresh_from_db()
    used = Entry.objects.filter(record__programme=programme, voucher_key=voucher_key(fact.voucher), back=None)
    standing = rules.PaymentStanding(
        state=claim.state,
        filed_by=_filed_by(claim),
        signed=tuple(claim.countersignatures.values_list("signer", "account")),
        used=bool(fact.voucher.strip()) and used.exists(),
    )
    pack = pack_of(programme)
    problems = judge(
        rules.RULES[rules.Step], replace(fact, when=on(today())), standing, day=today(), opened=programme.opened,
        weigh=pack.weight,
    )  # fmt: skip
    work.problems += problems
    work.refuse_if_stopped()
    return problems


def _filed_by(claim: Claim) -> str:
    """The account that filed a claim, from the journal's first line of it."""
    first = JournalImage.objects.filter(table="records_claim", number=claim.pk).order_by("line_id").first()
    return str(journal.header_of(first.line)["person"]) if first else ""
