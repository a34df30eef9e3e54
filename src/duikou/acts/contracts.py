"""Contracts, and the claims under them; what the rules need to know of both."""

from collections.abc import Iterator, Mapping
from dataclasses import replace
from typing import Any

from duikou.records.models import (
    Claim,
    Contract,
    Entry,
    Fund,
    Invoice,
    Organisation,
    Plan,
    PlanLine,
    Programme,
    ProjectChange,
    Settlement,
    of,
)
from duikou.rules import claims as claim_rules
from duikou.rules import contracts as rules
from duikou.rules.fact import Fact, Told
from duikou.rules.funds import voucher_key
from duikou.rules.ledger import Moved, day_is_not_in_the_future, signed, total
from duikou.rules.packs import Pack
from duikou.rules.problem import Problem
from duikou.rules.rights import Person

from .doing import Work, ask, doing, judge_one, today
from .entering import enter, enter_paper
from .ledger import balances
from .packs import pack_of
from .places import number, place_in, plan_lines

GONE = ("refused", "voided")
Standing = rules.ContractStanding | claim_rules.ClaimStanding


def sign_contract(fact: rules.Contract, *, programme: Programme, person: Person, reason: str = "") -> int:
    """Enter a contract, or a supplement to one; its record number."""
    with doing("sign_contract", person=person, place=place_in(programme, project=fact.project), reason=reason) as work:
        fact = replace(fact, key=f"{programme.code}/{voucher_key(fact.number)}")
        standing = contract_standing(programme, fact)
        asking = judged(work, programme, fact, standing)
        source = enter_paper(work, programme.record_id, f"合同 {fact.number}", fact.when)
        (entered,) = enter(work, programme.record_id, [Told(fact, {"": source})], {})
        ask(work, asking, entered)
        return entered


def contract_standing(programme: Programme, fact: rules.Contract) -> rules.ContractStanding:
    """What the rules ask of a contract: what its project may cost and what its contracts come to so far."""
    project = number(fact.project)
    line = _plan_line(project)
    signed = Contract.objects.filter(project=project)
    payee = Organisation.objects.get(pk=number(fact.payee))
    return rules.ContractStanding(
        today=today(),
        pack=pack_of(programme),
        planned=line is not None,
        estimate=line.estimate if line else None,
        contracted=total(signed.values_list("price", flat=True)),
        alike=total(signed.filter(type=fact.type, payee=payee).values_list("price", flat=True)),
        credit_code=payee.credit_code or "",
        keys=frozenset(Contract.objects.filter(key=fact.key).values_list("key", flat=True)),
    )


def file_claim(fact: claim_rules.Claim, *, programme: Programme, person: Person, reason: str = "") -> int:
    """Enter a claim with its invoices; its record number. Its number within the contract is given here."""
    contract = Contract.objects.select_related("project", "payee").get(pk=number(fact.contract))
    with doing(
        "file_claim", person=person, place=place_in(programme, project=contract.project_id), reason=reason
    ) as work:
        fact = replace(fact, number=Claim.objects.filter(contract=contract).count() + 1)
        standing = claim_standing(programme, contract, fact)
        asking = judged(work, programme, fact, standing)
        source = enter_paper(work, programme.record_id, f"付款申请 {contract.number} 第 {fact.number} 期", fact.when)
        (entered,) = enter(work, programme.record_id, [Told(replace(fact, payee=None), {"": source})], {})
        work.write(
            [
                Invoice(number=n, claim_id=entered, said=i.number, key=voucher_key(i.number), amount=i.amount,
                        seller_id=number(i.seller))
                for n, i in zip(work.numbers(Invoice, len(fact.invoices)), fact.invoices, strict=True)
            ]
        )  # fmt: skip
        ask(work, asking, entered)
        return entered


def claim_standing(
    programme: Programme,
    contract: Contract,
    fact: claim_rules.Claim,
    before: int | None = None,
    pack: Pack | None = None,
) -> claim_rules.ClaimStanding:
    """What the rules ask of a claim: its contract, its project, and the claims that came before it."""
    earlier = Claim.objects.filter(contract__project=contract.project_id).exclude(state__in=GONE)
    earlier = earlier.filter(pk__lt=before) if before else earlier
    rows = list(earlier.values("contract", "amount", "approved", "retained", "done", "type"))
    work = [row for row in rows if row["type"] != "retention"]
    own = [row for row in work if row["contract"] in (contract.pk, contract.amends_id)]
    released = [row for row in rows if row["type"] == "retention" and row["contract"] == contract.pk]
    whole = Contract.objects.filter(project=contract.project_id)
    family = whole.filter(pk=contract.pk) | whole.filter(amends=contract.pk)
    spent = Entry.objects.filter(state="spent", contract=contract.pk).values_list("amount", "back")
    line, accounts = _plan_line(contract.project_id), Settlement.objects.filter(project=contract.project_id).first()
    plan = Plan.objects.filter(pk=line.plan_id).first() if line else None
    changes = ProjectChange.objects.filter(project=contract.project_id, decided=None)
    invoices = {voucher_key(invoice.number): invoice.number for invoice in fact.invoices}
    return claim_rules.ClaimStanding(
        today=today(),
        pack=pack or pack_of(programme),
        payee=contract.payee_id if isinstance(fact.payee, int) else contract.payee.code,
        contract_type=contract.type,
        signed_on=contract.last,
        price=total(family.values_list("price", flat=True)),
        retention=contract.retention,
        approved=total(_counts(row) for row in own),
        retained=total(row["retained"] or 0 for row in own) - total(_counts(row) for row in released),
        paid=signed(spent),
        done=max((row["done"] or 0 for row in own), default=0),
        settled=accounts.amount if accounts and accounts.settled else None,
        planned=line is not None,
        plan_final=plan is not None and plan.status == "final",
        aid=line.aid if line else None,
        drawn=total(_counts(row) for row in work),
        estimate=line.estimate if line else None,
        usable=accounts.usable if accounts else None,
        undecided=tuple(changes.values_list("type", flat=True)),
        donations_left=_donations_left(programme, contract.project_id),
        invoices=frozenset(
            invoices[key] for key in Invoice.objects.filter(key__in=invoices).values_list("key", flat=True)
        ),
    )


def _counts(row: Mapping[str, Any]) -> int:
    """What a claim takes of its contract: what was approved, until then what was asked."""
    return int(row["amount"] if row["approved"] is None else row["approved"])


def _donations_left(programme: Programme, project: int) -> int:
    """What donations a project has received and not used, in fen."""
    lying = balances(programme, "account", owners=[project])
    given = set(
        Fund.objects.filter(pk__in=[fund for _, _, fund in lying if fund], source="society").values_list(
            "pk", flat=True
        )
    )
    return total(balance for (_, _, fund), balance in lying.items() if fund in given)


def fact_of(claim: Claim) -> claim_rules.Claim:
    """A kept claim as the fact that it was."""
    return claim_rules.Claim(
        when=claim.when, contract=claim.contract_id, number=claim.number, type=claim.type, stage=claim.stage,
        use=claim.use, amount=claim.amount, payee=claim.contract.payee_id, progress=claim.progress, done=claim.done,
        purpose=claim.purpose,
        items=tuple(claim.record.items.order_by("position").values_list("list", "text", "detail")),
        invoices=tuple(claim_rules.Invoice(i.said, i.seller_id, i.amount) for i in claim.invoices.order_by("pk")),
    )  # fmt: skip


def history(programme: Programme, pack: Pack | None = None) -> Iterator[tuple[int, Fact, object]]:
    """Every claim with the standing it met, in the order they were filed: what a rule is rehearsed on."""
    rows = of(Claim, programme).order_by("pk")
    for claim in rows.select_related("contract__payee", "record"):
        fact = fact_of(claim)
        standing = claim_standing(programme, claim.contract, fact, before=claim.pk, pack=pack)
        yield claim.pk, fact, replace(standing, invoices=frozenset())


def _plan_line(project: int) -> PlanLine | None:
    """The line of the plan that a project stands in; none once it was given up."""
    return plan_lines().filter(project=project).last()


def judged(work: Work, programme: Programme, fact: Fact, standing: Standing) -> list[Problem]:
    """Ask the rules as the programme takes them; refused at once where one stops, else the problems that ask."""
    coming = day_is_not_in_the_future.ask(Moved(0, fact.when.first if fact.when else None), standing.today)
    work.problems += [coming] if coming else []
    return judge_one(work, fact, standing, programme, standing.pack.weight)
