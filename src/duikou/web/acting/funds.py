"""Money of the supporting side: secured, kept by source, set aside, released, returned, surrendered, reversed."""

from typing import Any

from django import forms

from duikou.acts import funds as acts
from duikou.acts.ledger import balances
from duikou.records.models import Fund, Record
from duikou.rules.amounts import words
from duikou.rules.funds import Secured
from duikou.rules.notices import Fund as FundFact
from duikou.rules.period import on
from duikou.rules.quantity import exactly
from duikou.terms.words import zh
from duikou.web.addresses import titles
from duikou.web.forms import Day, Money

from .asking import Sheet, Shown, sheet
from .offer import Coded, FromFund, Pick, fund_of, number
from .places import entry, of_entry, own_work

REASON = "依据、原因"


class Secure(Sheet):
    """登记落实: money that the supporting side has made sure of."""

    act, at = "record_secured", {"funds.1": "amount", "funds.4": "voucher", "funds.7": "voucher"}
    amount = Money(label="金额", help_text="只写数字按万元；带单位的照单位读")
    day = Day(label="落实日期", help_text="如 2012-03-05 或 2012年3月5日")
    fund = Pick("资金来源", required=False, empty="不分来源")
    source = Coded("source", "谁出的钱", required=False, help_text="选了资金来源的不写")
    voucher = forms.CharField(label="文件文号", max_length=40)
    purpose = forms.CharField(label="用途", max_length=60, required=False)
    reason = forms.CharField(label=REASON, max_length=120)

    def prepare(self) -> None:
        """The funds of the programme."""
        self.offers(fund=self.offer.funds)

    def clean(self) -> dict[str, Any]:
        """Who gives is said once: by the fund, or by its word."""
        said = super().clean() or {}
        fund, source = said.get("fund"), said.get("source")
        if "fund" in said and fund and source and source != fund.source:
            self.add_error("source", f"所选资金来源是{zh('source', fund.source)}；核对两处")
        if "fund" in said and "source" in said and not fund and not source:
            self.add_error("source", "选资金来源，或写谁出的钱")
        return said

    def do(self, said: dict[str, Any]) -> int:
        """Enter it with its paper."""
        fund: Fund | None = said["fund"]
        fact = Secured(
            amount=exactly(said["amount"], "fen"), source=fund.source if fund else said["source"], fund=number(fund),
            voucher=said["voucher"], purpose=said["purpose"], when=on(said["day"]),
        )  # fmt: skip
        return acts.record_secured(
            fact, programme=self.offer.programme, person=self.offer.person, reason=said["reason"]
        )


class OpenFund(Sheet):
    """设立资金来源: money of one source and year."""

    act = "open_fund"
    title = forms.CharField(label="名称", max_length=60, help_text="如 2012年市级资金")
    source = Coded("source", "谁出的钱")
    scope = Coded("scope", "计划内外")
    year = forms.IntegerField(label="年度", min_value=1990, max_value=2100)
    giver = Pick("出资单位", required=False)
    function_code = forms.RegexField(
        r"^\d{3,10}$", label="功能科目", required=False, error_messages={"invalid": "写 3 到 10 位数字，如 2130505"}
    )
    reason = forms.CharField(label=REASON, max_length=120, required=False)

    def prepare(self) -> None:
        """Organisations of any side."""
        self.offers(giver=self.offer.organisations)

    def do(self, said: dict[str, Any]) -> int:
        """Open it."""
        fact = FundFact(
            title=said["title"], source=said["source"], scope=said["scope"], year=said["year"],
            giver=number(said["giver"]), function_code=said["function_code"],
        )  # fmt: skip
        return acts.open_fund(fact, programme=self.offer.programme, person=self.offer.person, reason=said["reason"])


class Reserve(Sheet):
    """提取预留金: money of a fund is set aside."""

    act, at = "reserve_money", {"ledger.1": "amount"}
    lying = "pool"
    fund = FromFund()
    amount = Money(label="金额", help_text="只写数字按万元")
    day = Day(label="日期")
    reason = forms.CharField(label=REASON, max_length=120)

    def prepare(self) -> None:
        """The funds that have something to take."""
        field: Any = self.fields["fund"]
        field.offer(balances(self.offer.programme, self.lying))

    def told(self, said: dict[str, Any]) -> dict[str, Any]:
        """Programme, day, person and reason as the act takes them."""
        return {
            "programme": self.offer.programme, "person": self.offer.person, "day": said["day"], "reason": said["reason"],
        }  # fmt: skip

    def do(self, said: dict[str, Any]) -> int:
        """Set it aside."""
        return acts.reserve(said["amount"], fund_of(said["fund"]), **self.told(said))


class Release(Reserve):
    """动用预留金: what was set aside may be used again."""

    act, at = "release_reserve", {"ledger.1": "amount", "funds.9": "approval"}
    lying = "reserve"
    approval = forms.CharField(label="批文文号", max_length=40)

    def do(self, said: dict[str, Any]) -> int:
        """Release it by its paper."""
        return acts.release_reserve(said["amount"], fund_of(said["fund"]), said["approval"], **self.told(said))


class Surrender(Sheet):
    """上缴结余: what is left leaves the book for the treasury."""

    act, at = "surrender_funds", {"ledger.1": "amount"}
    left = forms.ChoiceField(label="从哪里上缴", error_messages={"invalid_choice": "名单里没有这一处；从名单中选"})
    amount = Money(label="金额", help_text="只写数字按万元")
    day = Day(label="日期")
    reason = forms.CharField(label=REASON, max_length=120)

    def prepare(self) -> None:
        """What lies with projects and counties, by fund."""
        lying = {key: fen for key, fen in balances(self.offer.programme, "account").items() if fen > 0}
        funds = dict(Fund.objects.values_list("pk", "title"))
        rows = Record.objects.filter(number__in=[owner for _, owner, _ in lying if owner])
        self.kinds, names = {r.number: r.kind for r in rows}, titles(rows)
        field: Any = self.fields["left"]
        field.choices = [
            (f"{owner}-{fund or 0}", f"{names[owner]}　{funds.get(fund or 0, '不分来源')}：现有 {words(fen)}")
            for (_, owner, fund), fen in lying.items()
            if owner
        ]

    def do(self, said: dict[str, Any]) -> int:
        """Let it leave the book."""
        owner, _, fund = said["left"].partition("-")
        whose = "project" if self.kinds[int(owner)] == "project" else "receiver"
        return acts.surrender(
            said["amount"], fund_of(fund), programme=self.offer.programme, person=self.offer.person, day=said["day"],
            reason=said["reason"], **{whose: int(owner)},
        )  # fmt: skip


class Return(Sheet):
    """退回资金: of a payment that was received, some goes back to where it came from."""

    act, at = "return_funds", {"ledger.1": "amount"}
    amount = Money(label="退回金额", help_text="只写数字按万元")
    day = Day(label="日期")
    reason = forms.CharField(label=REASON, max_length=120)

    def clean(self) -> dict[str, Any]:
        """Only a payment goes back this way."""
        if self.about.state not in ("disbursed", "itemised") or self.about.back:
            raise forms.ValidationError(f"这一笔是{_said(self.about)}，不是拨付；退回从拨付的那一笔办")
        return super().clean() or {}

    def beside(self) -> Shown:
        """What the payment was."""
        return [("这一笔", _said(self.about)), ("凭证号", self.about.voucher or "未填")]

    def do(self, said: dict[str, Any]) -> list[int]:
        """Send it back."""
        return acts.return_funds(
            self.about, said["amount"], programme=self.offer.programme, person=self.offer.person, day=said["day"],
            reason=said["reason"],
        )  # fmt: skip


class Reverse(Sheet):
    """冲正: an entry that should not stand is taken back by one that points at it."""

    act = "reverse_entry"
    day = Day(label="日期")
    reason = forms.CharField(label=REASON, max_length=120)

    def beside(self) -> Shown:
        """What the entry was."""
        return [("这一笔", _said(self.about)), ("凭证号", self.about.voucher or "未填")]

    def do(self, said: dict[str, Any]) -> int:
        """Take it back."""
        return acts.reverse_entry(
            self.about, programme=self.offer.programme, person=self.offer.person, day=said["day"], reason=said["reason"]
        )


def _said(row: Any) -> str:
    """An entry in a few words."""
    return f"{zh('state', row.state)}{'（退回）' if row.back else ''} {words(row.amount)}"


urlpatterns = [
    sheet("secured/new", Secure, own_work(Secure.act), "secured-new"),
    sheet("funds/new", OpenFund, own_work(OpenFund.act), "fund-new"),
    sheet("reserve", Reserve, own_work(Reserve.act), "reserve"),
    sheet("release", Release, own_work(Release.act), "release"),
    sheet("surrender", Surrender, own_work(Surrender.act), "surrender"),
    sheet("entries/<int:number>/return", Return, of_entry, "entry-return", entry),
    sheet("entries/<int:number>/reverse", Reverse, of_entry, "entry-reverse", entry),
]
