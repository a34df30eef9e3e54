"""Payees with their credit codes, and contracts with them; a supplement amends one."""

from typing import Any

from django import forms

from duikou.acts.contracts import sign_contract
from duikou.acts.programmes import register_payee
from duikou.records.models import Contract
from duikou.rules import contracts as rules
from duikou.rules.period import on
from duikou.rules.programmes import Organisation
from duikou.web.forms import Day, Money, Rate

from .asking import Sheet, sheet
from .offer import Coded, Pick, number
from .places import own_work


class Payee(Sheet):
    """登记收款单位: an organisation that is paid."""

    act, at = "register_payee", {"programmes.1": "region", "programmes.4": "credit_code"}
    name = forms.CharField(label="单位名称", max_length=60, help_text="照营业执照或法人证书")
    short = forms.CharField(label="简称", max_length=20, required=False)
    type = Coded("organisation", "类别", initial="enterprise")
    credit_code = forms.CharField(
        label="统一社会信用代码", max_length=18, required=False, help_text="18 位；没有的留空，登记合同时记入待核"
    )
    region = forms.RegexField(
        r"^\d{6}$", label="所在区划代码", required=False, error_messages={"invalid": "写 6 位数字，如 632321"}
    )

    def do(self, said: dict[str, Any]) -> int:
        """Register it."""
        fact = Organisation(
            code="", name=said["name"], short=said["short"], type=said["type"], region=said["region"],
            credit_code=said["credit_code"].upper() or None,
        )  # fmt: skip
        return register_payee(fact, programme=self.offer.programme, person=self.offer.person)


class NewContract(Sheet):
    """登记合同: who is to be paid how much for what; a supplement names the contract that it amends."""

    act, leads = "sign_contract", "contracts/{}/"
    at = {
        "contracts.1": "number", "contracts.2": "price", "contracts.3": "payee", "contracts.4": "payee",
        "contracts.5": "project", "contracts.6": "method", "contracts.7": "price", "contracts.8": "price",
        "contracts.9": "retention",
    }  # fmt: skip
    number = forms.CharField(label="合同编号", max_length=40)
    title = forms.CharField(label="合同名称", max_length=80, required=False)
    amends = Pick("补充哪一份合同", required=False, empty="不是补充协议")
    project = Pick("项目")
    payee = Pick("合同对方（收款单位）", help_text="没有的先登记收款单位")
    type = Coded("contract", "合同种类")
    method = Coded("method", "采购方式")
    tender = forms.CharField(label="中标通知书或批准文号", max_length=40, required=False)
    price = Money(label="合同价", help_text="只写数字按万元；补充协议写增加的数")
    estimate = Money(label="采购预算", required=False)
    retention = Rate(label="约定的质保金比例", required=False, help_text="占合同价的百分数，如 3%")
    day = Day(label="签订日期")

    def prepare(self) -> None:
        """What is open; `?amends=` names the contract, whose project and payee are proposed."""
        self.offers(project=self.offer.projects, payee=self.offer.payees, amends=self.offer.contracts)
        if amended := self.offer.contracts.filter(pk=self.number_in_query("amends")).first():
            self.propose(
                amends=amended.pk, project=amended.project_id, payee=amended.payee_id, type=amended.type,
                method=amended.method, retention=amended.retention,
            )  # fmt: skip

    def clean(self) -> dict[str, Any]:
        """A supplement is of the same project, with the same party."""
        said = super().clean() or {}
        amended: Contract | None = said.get("amends")
        if amended and "project" in said and said["project"].pk != amended.project_id:
            self.add_error("project", f"合同 {amended.number} 的项目是{amended.project}；补充协议的项目与原合同一致")
        if amended and "payee" in said and said["payee"].pk != amended.payee_id:
            self.add_error("payee", f"合同 {amended.number} 的对方是{amended.payee}；换了对方的另签合同")
        return said

    def do(self, said: dict[str, Any]) -> int:
        """Enter it."""
        fact = rules.Contract(
            number=said["number"], title=said["title"], project=said["project"].pk, payee=said["payee"].pk,
            type=said["type"], method=said["method"], price=said["price"], estimate=said["estimate"],
            tender=said["tender"], retention=said["retention"], amends=number(said["amends"]), when=on(said["day"]),
        )  # fmt: skip
        return sign_contract(fact, programme=self.offer.programme, person=self.offer.person)


urlpatterns = [
    sheet("payees/new", Payee, own_work(Payee.act), "payee-new"),
    sheet("contracts/new", NewContract, own_work(NewContract.act), "contract-new"),
]
