"""The money of a programme as the standing checks ask of it: read in one question to each table, whatever its size."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from typing import Any

from duikou.records.models import (
    Claim,
    Contract,
    Entry,
    Fund,
    Invoice,
    Item,
    Office,
    Organisation,
    Pairing,
    Position,
    Posting,
    Programme,
    Project,
    Settlement,
)
from duikou.rules import checks
from duikou.rules.alike import Invoiced, Payee, alike, invoice_key, payee_key, same_payment
from duikou.rules.budgets import CarryOver, Spent
from duikou.rules.idle import LYING, Balance, Course, cause, layers
from duikou.rules.ledger import totals
from duikou.rules.rights import contains
from duikou.terms.words import zh

from .places import plan_lines

DEAD = ("refused", "voided")
VOUCHED = ("disbursed", "itemised", "received", "spent")
Row = dict[str, Any]


@dataclass(frozen=True)
class Asked:
    """A fact for the checks: the record it is about, what that is called, the organisation that answers for it."""

    record: int
    name: str
    owner: int | None
    fact: Any


class Money:
    """What a programme's tables say, and the facts made of it."""

    def __init__(self, programme: Programme) -> None:
        self.programme = programme
        of = {"record__programme": programme}
        self.projects: dict[int, Project] = Project.objects.filter(**of).in_bulk()
        self.settlements = {s.project_id: s for s in Settlement.objects.filter(**of)}
        self.contracts: dict[int, Contract] = Contract.objects.filter(**of).in_bulk()
        self.by_number: dict[int, Claim] = Claim.objects.filter(**of).order_by("last", "number", "record_id").in_bulk()
        self.claims = [claim for claim in self.by_number.values() if claim.state not in DEAD]
        self.entries: dict[int, Row] = {row["record_id"]: row for row in Entry.objects.filter(**of).values(*ENTRY)}
        self.undone = {row["corrects_id"] for row in self.entries.values() if row["corrects_id"]}
        self.organisations: dict[int, Organisation] = Organisation.objects.in_bulk()

    def asked(self) -> Iterator[Asked]:
        """Every fact that a check is asked of."""
        yield from self._lying()
        yield from self._spent()
        yield from self._spending()
        yield from self._works()
        yield from self._moved()
        yield from self._invoiced()
        yield from self._payees()
        yield from self._used()

    # ---- who answers

    @cached_property
    def _areas(self) -> list[tuple[str, int]]:
        """The areas of the receiving side's offices, the smallest first."""
        rows = Office.objects.filter(side="receiving").exclude(area="").values_list("area", "organisation_id")
        return sorted(rows, key=lambda row: (-len(row[0].rstrip("0")), row[1]))

    @cached_property
    def _receiving(self) -> int | None:
        """Who receives by the pairing, for what lies in no county."""
        rows = Pairing.objects.filter(record__programme=self.programme, receiver__isnull=False).order_by("record_id")
        paired = list(rows.values_list("receiver__region", "receiver_id"))
        first = [number for region, number in paired if region == self.programme.receiving]
        return next(iter([*first, *(number for _, number in paired)]), self.programme.office_id)

    def answers(self, project: int | None) -> int | None:
        """The receiving organisation that answers for a project."""
        region = self.projects[project].region if project in self.projects else ""
        return next((number for area, number in self._areas if contains(area, region)), self._receiving)

    # ---- the facts

    def _day(self, entry: Row) -> date:
        """The day money moved; what takes an entry back counts on the day of that entry, so that money grows no younger."""
        while entry["corrects_id"] in self.entries:
            entry = self.entries[entry["corrects_id"]]
        day: date = entry["last"] or entry["total__as_of"] or self.programme.opened
        return day

    def _lying(self) -> Iterator[Asked]:
        """What lies at the positions of each owner; where there is none, of each fund, else of the programme."""
        rows = Posting.objects.filter(position__programme=self.programme, position__kind__in=LYING)
        moves: dict[int, list[tuple[date, int]]] = {}
        for at, entry, sign, amount in rows.values_list("position_id", "entry_id", "sign", "amount"):
            moves.setdefault(at, []).append((self._day(self.entries[entry]), sign * amount))
        courses, funds = self._courses(), dict(Fund.objects.values_list("record_id", "title"))
        found: dict[int, list[tuple[Balance, str, int | None]]] = {}
        for position in Position.objects.filter(programme=self.programme, kind__in=LYING).order_by("number"):
            if left := layers(moves.get(position.pk, ())):
                record, project, name, owner = self._whose(position, funds)
                why = cause(courses.get(project) if project else None, position.kind)
                found.setdefault(record, []).append((Balance(position.kind, tuple(left), why), name, owner))
        for record, lying in found.items():
            _, name, owner = max(lying, key=lambda one: one[0].amount)
            yield Asked(record, name, owner, checks.Lying(tuple(balance for balance, _, _ in lying)))
            came = [layer for balance, _, _ in lying if balance.position == "account" for layer in balance.layers]
            if came:
                yield Asked(record, name, owner, CarryOver(since=min(came)[0], amount=min(came)[1]))

    def _whose(self, position: Position, funds: dict[int, str]) -> tuple[int, int | None, str, int | None]:
        """The record a balance is about, its project, what it is called, and who answers for it."""
        owner, office = position.owner_id, self.programme.office_id
        if owner is None:
            record = position.fund_id or self.programme.record_id
            return record, None, funds.get(record, zh("position", position.kind)), office
        given = office if position.kind == "allotment" else None
        if owner in self.organisations:
            return owner, None, self.organisations[owner].name, given or owner
        claim = self.by_number.get(owner)
        project = self.contracts[claim.contract_id].project_id if claim else owner
        name = self._called(claim) if claim else self.projects[owner].name if owner in self.projects else ""
        return owner, project, name, given or self.answers(project)

    def _called(self, claim: Claim) -> str:
        return f"合同 {self.contracts[claim.contract_id].number} 第 {claim.number} 期"

    def _root(self, contract: int) -> int:
        """The contract that a supplement amends in the end."""
        while (amends := self.contracts[contract].amends_id) in self.contracts:
            contract = amends or contract
        return contract

    @cached_property
    def _paid(self) -> dict[int, int]:
        """Fen that reached payees, by contract."""
        spent = (row for row in self.entries.values() if row["state"] == "spent")
        of = ((row["contract_id"] or row["claim__contract_id"], _signed(row)) for row in spent)
        return totals((self._root(contract), fen) for contract, fen in of if contract)

    @cached_property
    def _price(self) -> dict[int, int]:
        """Price in fen by contract, supplements with it."""
        return totals((self._root(number), row.price) for number, row in self.contracts.items())

    def _courses(self) -> dict[int, Course]:
        """Each project's course."""
        project_of = {number: row.project_id for number, row in self.contracts.items()}
        priced = totals((project_of[number], fen) for number, fen in self._price.items())
        paid = totals((project_of[number], fen) for number, fen in self._paid.items())
        newest = {project_of[claim.contract_id]: claim.stage for claim in self.claims}
        found = {}
        for number, project in self.projects.items():
            accounts = self.settlements.get(number)
            found[number] = Course(
                newest.get(number, ""), accounts is not None, accounts is not None and accounts.settled is not None,
                project.stage or project.status, priced.get(number, 0), paid.get(number, 0),
            )  # fmt: skip
        return found

    def _spending(self) -> Iterator[Asked]:
        """Each project that has received money."""
        rows = [row for row in self.entries.values() if row["project_id"] in self.projects]
        come = [row for row in rows if row["state"] in ("received", "divided")]
        received = totals((row["project_id"], _signed(row)) for row in come)
        spent = totals((row["project_id"], _signed(row)) for row in rows if row["state"] == "spent")
        first: dict[int, date] = {}
        for row in come:
            first[row["project_id"]] = min(self._day(row), first.get(row["project_id"], date.max))
        for project, fen in received.items():
            fact = checks.Spending(first[project], fen, spent.get(project, 0))
            yield Asked(project, self.projects[project].name, self.answers(project), fact)

    def _spent(self) -> Iterator[Asked]:
        """What the programme has spent, and what of it counts as which share."""
        rows = [row for row in self.entries.values() if row["state"] == "spent"]
        if not rows:
            return
        by_project = totals((row["project_id"], _signed(row)) for row in rows)
        lines = plan_lines().filter(record__programme=self.programme)
        project_of = dict(lines.values_list("record_id", "project_id"))
        counts = Item.objects.filter(record__in=project_of, list="share").values_list("record_id", "text")
        shares = totals((share, by_project.get(project_of[line], 0)) for line, share in counts)
        fees = totals((True, _signed(row)) for row in rows if self.by_number[row["claim_id"]].use == "management_fee")
        fact = Spent(
            total=totals((0, fen) for fen in by_project.values())[0],
            shares=tuple(shares.items()),
            fees=fees.get(True, 0),
        )
        yield Asked(self.programme.record_id, str(self.programme), self.programme.office_id, fact)

    def _works(self) -> Iterator[Asked]:
        """Each contract with its claims, supplements with it."""
        approved = totals((self._root(claim.contract_id), claim.approved or 0) for claim in self.claims)
        progress = {self._root(c.contract_id): c.progress for c in self.claims if c.progress is not None}
        done = {self._root(c.contract_id): c.done for c in self.claims if c.done is not None}
        for number, price in self._price.items():
            paid, contract = self._paid.get(number, 0), self.contracts[number]
            fact = checks.Works(price, approved.get(number, 0), paid, progress.get(number), done.get(number))
            yield Asked(number, f"合同 {contract.number}", self.answers(contract.project_id), fact)

    def _moved(self) -> Iterator[Asked]:
        """Each movement that has to bear a voucher, and each total that a source has stated; none that was taken back."""
        listed = totals((r["total_id"], _signed(r)) for r in self.entries.values() if r["state"] == "itemised")
        for number, row in self.entries.items():
            if row["state"] not in VOUCHED or row["back"] or row["corrects_id"] or number in self.undone:
                continue
            total, state = row["standing"] == "total", row["state"]
            left = row["amount"] - listed.get(row["total_id"], 0) if total else 0
            voucher = row["voucher"] or (zh("record", "receipt") if row["receipt_id"] else "")
            owner = self.programme.office_id if state in ("disbursed", "itemised") else row["receiver_id"]
            name = zh("state", state) + (f" {row['last']}" if row["last"] else "")
            fact = checks.Moved(state, row["amount"], voucher, total, left)
            yield Asked(number, name, owner or self.answers(row["project_id"]), fact)

    def _invoiced(self) -> Iterator[Asked]:
        """Each invoice of a living claim, beside the earlier ones that may be the same."""
        invoices = Invoice.objects.filter(claim__record__programme=self.programme).order_by("number")
        rows = [row for row in invoices if self.by_number[row.claim_id].state not in DEAD]
        facts = [
            Invoiced(row.said, self.organisations[row.seller_id].name, row.amount, self.by_number[row.claim_id].last)
            for row in rows
        ]
        compared = alike(facts, lambda one: invoice_key(one.number), same_payment)
        for row, fact in zip(rows, compared, strict=True):
            claim = self.by_number[row.claim_id]
            yield Asked(claim.pk, self._called(claim), self.answers(self.contracts[claim.contract_id].project_id), fact)

    def _payees(self) -> Iterator[Asked]:
        """Each organisation that is paid under a contract, beside the earlier ones that may be the same."""
        numbers = sorted({contract.payee_id for contract in self.contracts.values()})
        rows = [self.organisations[number] for number in numbers]
        facts = [Payee(row.name, row.credit_code or "") for row in rows]
        keys = (lambda one: payee_key(one.name), lambda one: payee_key(one.credit_code))
        for row, fact in zip(rows, alike(facts, *keys), strict=True):
            yield Asked(row.pk, row.name, self.programme.office_id, fact)

    def _used(self) -> Iterator[Asked]:
        """What is claimed and paid over for which use."""
        for claim in self.claims:
            owner = self.answers(self.contracts[claim.contract_id].project_id)
            yield Asked(claim.pk, self._called(claim), owner, checks.Used(claim.amount, claim.use, claim.purpose))
        for number, row in self.entries.items():
            if row["purpose"] and row["state"] in ("disbursed", "itemised") and number not in self.undone:
                owner = self.programme.office_id
                yield Asked(number, zh("state", row["state"]), owner, checks.Used(row["amount"], "", row["purpose"]))


ENTRY = (
    "record_id", "state", "standing", "amount", "back", "corrects_id", "last", "total_id", "total__as_of", "receiver_id",
    "project_id", "contract_id", "claim_id", "claim__contract_id", "voucher", "receipt_id", "purpose",
)  # fmt: skip


def _signed(row: Row) -> int:
    """The fen of an entry, negative where the money goes back."""
    return -int(row["amount"]) if row["back"] else int(row["amount"])
