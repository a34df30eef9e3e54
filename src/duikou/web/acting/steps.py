"""From a claim to the payee: countersigned, approved, refused, ordered, confirmed, voided; each step a form."""

from collections.abc import Iterator
from typing import Any

from django import forms

from duikou.acts import payments as acts
from duikou.acts.contracts import claim_standing, fact_of
from duikou.acts.doing import today
from duikou.acts.ledger import balances
from duikou.records.models import Claim
from duikou.reports.rule_book import said as value_said
from duikou.rules.amounts import percent, words
from duikou.rules.book import book, by_fact
from duikou.rules.claims import Approval, ClaimStanding
from duikou.rules.packs import Choice
from duikou.rules.payments import WORDS
from duikou.terms.words import zh
from duikou.web.forms import Day, Money

from .asking import Sheet, Shown, sheet
from .offer import FromFund, fund_of
from .places import claim, of_claim


class Step(Sheet):
    """One step of a claim."""

    leads = "claims/{}/"
    about: Claim
    reason = forms.CharField(label="说明", max_length=120, required=False)

    @property
    def subject(self) -> str:
        """Which claim of which contract."""
        return f"{self.about.contract.project}　{self.about}"

    @property
    def told(self) -> dict[str, Any]:
        """Programme and person as the acts take them."""
        return {"programme": self.offer.programme, "person": self.offer.person}

    def beside(self) -> Shown:
        """The claim, and who has signed it."""
        row = self.about
        signed = "、".join(zh("countersigner", c.signer) for c in row.countersignatures.order_by("pk"))
        found = [
            ("现在", WORDS[row.state]), ("申请", f"{zh('claim', row.type)} {words(row.amount)}"),
            ("收款", str(row.contract.payee)), ("已会签", signed or "无"),
        ]  # fmt: skip
        found += [("核定", words(row.approved))] if row.approved else []
        return found + ([("其中扣留", words(row.retained))] if row.retained else [])

    def do(self, said: dict[str, Any]) -> int | list[int]:
        """The step; the claim is named first, then what it wrote."""
        return [self.about.pk, *self.step(said)]

    def step(self, said: dict[str, Any]) -> list[int]:
        """Do it; the entries it wrote. Every step says it."""
        raise NotImplementedError


class SignCounty(Step):
    """县级会签: the county's leader in charge signs."""

    act = "countersign_county"

    def step(self, said: dict[str, Any]) -> list[int]:
        """Sign."""
        acts.countersign(self.about, "county_leader", reason=said["reason"], **self.told)
        return []


class SignFront(Step):
    """前方会签: the front-line cadre signs."""

    act = "countersign_front"

    def step(self, said: dict[str, Any]) -> list[int]:
        """Sign."""
        acts.countersign(self.about, "front_line", reason=said["reason"], **self.told)
        return []


class Approve(Step):
    """核定付款: what is to be paid and what of it is held back, beside what contract and rules say."""

    act = "approve_claim"
    at = {
        "claims.12": "approved", "claims.13": "retained", "claims.9": "approved", "claims.10": "approved",
        "tranches.1": "approved", "tranches.2": "approved", "tranches.3": "approved", "tranches.4": "approved",
        "tranches.7": "retained", "tranches.8": "retained",
    }  # fmt: skip
    approved = Money(label="核定金额", help_text="只写数字按万元，不超过申请")
    retained = Money(label="其中扣留质保金", least=0, required=False, help_text="不扣的留空或写 0")
    field_order = ("approved", "retained", "reason")

    def prepare(self) -> None:
        """Propose what was claimed, and what the contract says is held back."""
        row = self.about
        self.standing: ClaimStanding = claim_standing(self.offer.programme, row.contract, fact_of(row), before=row.pk)
        held = row.amount * (row.contract.retention or 0) // 1000
        self.propose(approved=row.amount, retained=0 if row.type == "retention" else held)

    def beside(self) -> Shown:
        """What the contract and the rules of the programme say."""
        now, agreed = self.standing, self.about.contract.retention
        return [
            *super().beside(),
            ("合同价（含补充协议）", words(now.price)), ("以前核定", words(now.approved) if now.approved else "0"),
            ("合同尚欠", words(now.price - now.approved)),
            ("约定质保金", percent(agreed) if agreed is not None else "未约定"),
            ("已扣质保金", words(now.retained) if now.retained else "0"),
            ("计划安排", words(now.aid) if now.aid is not None else "未列入计划"),
            *self._rules(),
        ]  # fmt: skip

    def _rules(self) -> Iterator[tuple[str, str]]:
        """The values that the programme has set for rules that judge an approval, as they hold today."""
        day = self.about.last or today()
        for code in (*(rule.code for rule in by_fact()[Approval]), "contracts.9"):
            chosen: Choice | None = self.standing.pack.choice(code, day)
            if chosen and chosen.values and chosen.weight != "off":
                set_to = "，".join(
                    f"{zh('value', name)} {value_said(name, fen)}" for name, fen in chosen.values.items()
                )
                yield f"{book()[code].sentence.zh.rstrip('。')}（{code}，{zh('weight', chosen.weight)}）", set_to

    def step(self, said: dict[str, Any]) -> list[int]:
        """Approve."""
        acts.approve_claim(self.about, said["approved"], said["retained"] or 0, reason=said["reason"], **self.told)
        return []


class Refuse(Step):
    """退回申请: a claim goes back with the reason."""

    act, at = "refuse_claim", {"payments.5": "reason"}
    reason = forms.CharField(label="退回的原因", max_length=120)

    def step(self, said: dict[str, Any]) -> list[int]:
        """Send it back."""
        acts.refuse_claim(self.about, reason=said["reason"], **self.told)
        return []


class Order(Step):
    """付款: what was approved leaves the project's money of a fund for the bank."""

    act, at = "order_payment", {"ledger.1": "fund"}
    fund = FromFund()
    day = Day(label="付款日期")
    field_order = ("fund", "day", "reason")

    def prepare(self) -> None:
        """What lies at the project by fund; for retention, what is held back."""
        row, field = self.about, self.fields["fund"]
        at = ("retention", row.contract_id) if row.type == "retention" else ("account", row.contract.project_id)
        lying: Any = field
        lying.offer(balances(self.offer.programme, at[0], owners=[at[1]]))
        if not lying.choices:
            field.help_text = "项目没有已到账待用的资金；先登记到账，或由受援方发文分配到项目"

    def step(self, said: dict[str, Any]) -> list[int]:
        """Order it."""
        return acts.order_payment(
            self.about, fund_of(said["fund"]), day=said["day"], reason=said["reason"], **self.told
        )


class Confirm(Step):
    """确认付讫: the bank has paid."""

    act, at = "confirm_payment", {"payments.4": "voucher"}
    voucher = forms.CharField(label="银行回单号", max_length=40)
    day = Day(label="付讫日期")
    field_order = ("voucher", "day", "reason")

    def step(self, said: dict[str, Any]) -> list[int]:
        """Confirm it."""
        return acts.confirm_payment(self.about, said["voucher"], day=said["day"], reason=said["reason"], **self.told)


class Void(Step):
    """作废付款: a payment, pending or paid, is taken back."""

    act, at = "void_payment", {"payments.5": "reason"}
    day = Day(label="日期")
    reason = forms.CharField(label="作废的原因", max_length=120)

    def step(self, said: dict[str, Any]) -> list[int]:
        """Take it back."""
        return acts.void_payment(self.about, day=said["day"], reason=said["reason"], **self.told)


STEPS: dict[str, type[Step]] = {  # by address, which begins with the step as the rules name it
    "countersign-county": SignCounty, "countersign-front": SignFront, "approve": Approve, "order": Order,
    "confirm": Confirm, "refuse": Refuse, "void": Void,
}  # fmt: skip
urlpatterns = [
    sheet(f"claims/<int:number>/{step}", form, of_claim, f"claim-{step}", claim) for step, form in STEPS.items()
]
