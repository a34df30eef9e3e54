"""付款申请: filed with its invoices and papers under a contract."""

from typing import Any

from django import forms

from duikou.acts.contracts import file_claim
from duikou.records.models import Contract
from duikou.rules import claims as rules
from duikou.rules.period import on
from duikou.terms.words import vocabulary
from duikou.web.forms import Day, Money, Rate

from .asking import Sheet, sheet
from .offer import Coded, Offer, Pick
from .places import own_work


class Bill(forms.Form):
    """An invoice: its number, who issued it, its amount."""

    number = forms.CharField(label="发票代码和号码", max_length=40)
    seller = Pick("开票单位", required=False, empty="合同对方")
    amount = Money(label="金额（万元）")

    def __init__(self, *args: Any, offer: Offer, **more: Any) -> None:
        super().__init__(*args, **more)
        field: Any = self.fields["seller"]
        field.queryset = offer.payees


class NewClaim(Sheet):
    """申请付款: what was done under a contract and what is asked for it."""

    act, leads = "file_claim", "claims/{}/"
    at = {
        "claims.1": "amount", "claims.2": "payee", "claims.3": "amount", "claims.6": "amount", "claims.7": "contract",
        "claims.8": "contract", "claims.9": "amount", "claims.10": "amount", "claims.11": "contract",
        "tranches.1": "amount", "tranches.2": "amount", "tranches.4": "amount", "tranches.5": "progress",
        "tranches.6": "done", "tranches.9": "type",
    }  # fmt: skip
    rows = forms.formset_factory(Bill, extra=5, max_num=30, absolute_max=30)
    rows_said = "发票，至多五张；再多的加行。空行不计"
    contract = Pick("合同")
    type = Coded("claim", "申请哪一种款")
    stage = Coded("stage", "工程到哪一步")
    use = Coded("use", "用途")
    amount = Money(label="申请金额", help_text="只写数字按万元")
    day = Day(label="申请日期")
    progress = Rate(label="工程进度", required=False, help_text="百分数，如 30%")
    done = Money(label="至今完成的工程价款", least=0, required=False)
    purpose = forms.CharField(label="用途说明", max_length=60, required=False)
    payee = Pick("收款单位", required=False, empty="合同对方")
    papers = forms.MultipleChoiceField(
        label="所附材料", required=False, widget=forms.CheckboxSelectMultiple,
        choices=lambda: [(code, word.zh) for code, word in vocabulary()["paper"].items()],
    )  # fmt: skip

    def prepare(self) -> None:
        """The contracts; `?contract=` names one."""
        self.offers(contract=self.offer.contracts, payee=self.offer.payees)
        self.propose("contract", "type", use="project")

    @property
    def back(self) -> str:
        """The page of claims."""
        return "claims/"

    def do(self, said: dict[str, Any]) -> int:
        """File it."""
        contract: Contract = said["contract"]
        bills = [line.cleaned_data for line in self.lines or () if line.cleaned_data]
        fact = rules.Claim(
            when=on(said["day"]), contract=contract.pk, number=0, type=said["type"], stage=said["stage"],
            use=said["use"], amount=said["amount"], progress=said["progress"], done=said["done"],
            purpose=said["purpose"], payee=said["payee"].pk if said["payee"] else contract.payee_id,
            items=tuple(("paper", paper, "") for paper in said["papers"]),
            invoices=tuple(
                rules.Invoice(b["number"], b["seller"].pk if b["seller"] else contract.payee_id, b["amount"])
                for b in bills
            ),
        )  # fmt: skip
        return file_claim(fact, programme=self.offer.programme, person=self.offer.person)


urlpatterns = [sheet("claims/new", NewClaim, own_work(NewClaim.act), "claim-new")]
