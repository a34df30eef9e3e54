"""到账: what the receiving side says has come, matched with what the supporting side has paid."""

from collections.abc import Sequence

from duikou.records.models import Entry, Programme, Receipt
from duikou.rules import receipts as rules
from duikou.rules.evidence import Document as DocumentFact
from duikou.rules.fact import Source, Told
from duikou.rules.funds import voucher_key
from duikou.rules.rights import Person

from .doing import Work, always, doing, judge_all, today
from .entering import enter
from .ledger import Movement, move
from .places import place_in


def record_receipt(
    fact: rules.Receipt, matches: Sequence[tuple[int, int]] = (), *, programme: Programme, person: Person
) -> int:
    """What has come by a bank's reference, and at once which payments it is (entry, fen); its record number."""
    place = place_in(programme, organisation=fact.receiver, project=fact.project)
    with doing("record_receipt", person=person, place=place) as work:
        key = f"{programme.code}/{voucher_key(fact.reference)}"
        known = rules.ReceiptStanding(today=today(), used=Receipt.objects.filter(key=key).exists())
        judge_all(work, [Told(fact, {})], rules.RULES, always(known), opened=programme.opened)
        work.refuse_if_stopped()
        paper = DocumentFact(title=f"银行回单 {fact.reference}", medium="voucher", grade="original", when=fact.when)
        (document,) = enter(work, programme.record_id, [Told(paper, {})], {})
        source = Source(document, "receiving", None, "", fact.reference[:20])
        (number,) = enter(work, programme.record_id, [Told(fact.keyed(key), {"": source})], {})
        _match(work, programme, work.rows["records_receipt", number], matches)  # type: ignore[arg-type]
        return number


def match_receipt(
    receipt: Receipt, matches: Sequence[tuple[int, int]], *, programme: Programme, person: Person, reason: str = ""
) -> list[int]:
    """Say which payments a receipt is; the numbers of the 到账 entries. Splits and merges are several matches."""
    place = place_in(programme, organisation=receipt.receiver_id, project=receipt.project_id)
    with doing("match_receipt", person=person, place=place, reason=reason) as work:
        return _match(work, programme, receipt, matches)


def _match(work: Work, programme: Programme, receipt: Receipt, matches: Sequence[tuple[int, int]]) -> list[int]:
    paid = Entry.objects.filter(record__programme=programme).in_bulk([entry for entry, _ in matches])
    facts = []
    for number, amount in matches:
        entry = paid.get(number)
        facts.append(
            rules.Match(
                when=receipt.when, amount=amount, receipt=receipt.record_id,
                entry=number, state=entry.state if entry and not entry.back else "", paid_on=entry.last if entry else None,
                to=(entry.project_id or entry.receiver_id) if entry else None,
                receiver=receipt.project_id or receipt.receiver_id,
            )
        )  # fmt: skip
    standing = rules.MatchStanding(
        open_of_receipt=rules.left(receipt.amount, _received(receipt=receipt.record_id)),
        open_of_entries=tuple((n, rules.left(e.amount, _received(of=n))) for n, e in paid.items()),
    )
    for fact in facts:
        judge_all(work, [Told(fact, {})], rules.RULES, always(standing), opened=programme.opened)
        work.refuse_if_stopped()
        standing = rules.after(fact, standing)
    movements = [
        Movement(
            when=fact.when, state="received", amount=fact.amount, of=fact.entry, receipt=receipt.record_id,
            receiver=paid[fact.entry].receiver_id, project=paid[fact.entry].project_id, fund=paid[fact.entry].fund_id,
            voucher=receipt.reference,
        )
        for fact in facts
    ]  # fmt: skip
    return move(work, programme, *movements) if movements else []


def _received(**what: int) -> list[int]:
    """Signed fen of the 到账 entries of a receipt or of a payment."""
    rows = Entry.objects.filter(state="received", **what).values_list("amount", "back")
    return [-amount if back else amount for amount, back in rows]
