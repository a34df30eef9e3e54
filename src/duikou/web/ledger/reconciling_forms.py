"""The forms of 对账: a bank's list handed in; why the ledger has nothing for a line, or who answers for it."""

from hashlib import sha256
from typing import Any

from django import forms
from django.db import transaction

from duikou.acts.banked import Banked
from duikou.acts.evidence import keep_text
from duikou.acts.reconciling import Listed, answer_for_line, enter_bank_list
from duikou.intake.bank import BankList, read_list
from duikou.intake.unfit import Unfit
from duikou.intake.upload import examine
from duikou.intake.workbook import TABLES, sheets
from duikou.records.models import BankLine, Document
from duikou.rules.amounts import words
from duikou.rules.bank import likely_reason
from duikou.rules.problem import Refused
from duikou.terms.words import zh
from duikou.web.acting.asking import Sheet, Shown, sheet
from duikou.web.acting.offer import Pick
from duikou.web.acting.places import kept, own_work
from duikou.web.doors import of_programme


class NewList(Sheet):
    """收对账单: the list of an account as the bank or the treasury gives it, whole or not at all."""

    act, leads = "enter_bank_list", "bank/"
    holder = Pick("谁的账户", help_text="开户单位；没有对上的流水由它负责")
    file = forms.FileField(
        label="对账单", help_text="网上银行或国库另存的 .xlsx、.xls、.csv，不必改动；至多 20 MB",
        error_messages={"required": "选对账单文件", "empty": "空文件；核对后重新选"},
    )  # fmt: skip
    account = forms.CharField(
        label="账号",
        max_length=60,
        required=False,
        help_text="对账单上写了账号的不填；一个单位有几个账户的，每个账户写法前后一致",
    )

    def prepare(self) -> None:
        """Organisations of both sides, within one's reach."""
        self.offers(holder=self.offer.organisations.filter(pk__in=self._reached()))
        self.propose("holder")

    def _reached(self) -> list[int]:
        rows = self.offer.organisations.exclude(region="").values_list("pk", "region")
        return [pk for pk, area in rows if self.offer.reaches(area)]

    def clean(self) -> dict[str, Any]:
        """The list is read; every problem of it stands at the file, each with its cell."""
        said = super().clean() or {}
        given, holder = said.get("file"), said.get("holder")
        if not given or not holder:
            return said
        data = given.read()
        given.seek(0)
        try:
            found = self._read(given.name, data, holder, said.get("account", "").strip())
        except Refused as refused:
            self.add_error("file", [str(problem) for problem in refused.problems])
            return said
        if found.problems:
            self.add_error("file", [str(problem) for problem in found.problems])
        elif not (said.get("account") or found.account):
            self.add_error("account", "对账单上没有账号；写上账号，或账户的叫法")
        return said | {"list": found, "data": data}

    def _read(self, name: str, data: bytes, holder: Any, account: str) -> BankList:
        side = Banked(self.offer.programme).holder(holder).side
        try:
            upload = examine(name, data, TABLES)
            return read_list(sheets(upload, data), side=side, owner=holder.pk, account=account)
        except Unfit as unfit:
            raise Refused([unfit.of(name)]) from None

    def do(self, said: dict[str, Any]) -> list[int]:
        """Enter the lines that are new; the file is kept with them or not at all."""
        found: BankList = said["list"]
        if Document.objects.exclude(withdrawn=None).filter(digest=sha256(said["data"]).hexdigest()).exists():
            raise ValueError("这份文件已从账上撤下，不再收入")
        days = [told.fact.day for told in found.lines if told.fact.day]
        span = f"{min(days):%Y-%m-%d}至{max(days):%Y-%m-%d}" if days else ""
        with transaction.atomic():
            listed = Listed(
                said["account"].strip() or found.account, f"银行对账单 {said['holder']} {span}"[:120], keep_text(said["data"]),
                found.lines,
            )  # fmt: skip
            return enter_bank_list(
                listed, holder=said["holder"].pk, programme=self.offer.programme, person=self.offer.person
            )


class AnswerFor(Sheet):
    """Why the ledger has nothing for an open line, or who answers for it."""

    act, leads, checked = "match_bank_lines", "bank/", False
    reason = forms.CharField(
        label="账上没有的原因",
        max_length=120,
        required=False,
        help_text="如 银行手续费，账上不记；写了原因，差额就算说明了",
    )
    owner = Pick("交给谁", required=False, empty="不改", help_text="由这个单位查清；没有查清以前差额一直开着")

    def prepare(self) -> None:
        """Organisations of the programme's two sides; the likely reason stands there already."""
        self.offers(owner=self.offer.organisations)
        self.propose(reason=self.about.reason or likely_reason(self.about.summary))

    @property
    def subject(self) -> str:
        """Which line."""
        return f"流水 {self.about.serial}"

    def onward(self, number: int) -> str:
        """Back to the accounts."""
        return "bank/"

    @property
    def back(self) -> str:
        """Back to the accounts."""
        return "bank/"

    def beside(self) -> Shown:
        """What the bank says."""
        row: BankLine = self.about
        return [
            ("日期", f"{row.last:%Y-%m-%d}" if row.last else ""), (zh("flow", row.flow), words(row.amount)),
            ("对方户名", row.party), ("摘要", row.summary), ("负责单位", str(row.owner or "")),
        ]  # fmt: skip

    def do(self, said: dict[str, Any]) -> int:
        """Write it down."""
        return answer_for_line(
            self.about,
            owner=said["owner"],
            why=said["reason"],
            programme=self.offer.programme,
            person=self.offer.person,
        )


def line(programme: str, number: int) -> BankLine:
    """A line of a programme; 404 where it has none of this number."""
    return kept(BankLine, programme, number)


urlpatterns = [
    sheet("bank/new", NewList, own_work(NewList.act), "bank-new"),
    sheet("bank/<int:number>/answer", AnswerFor, of_programme, "bank-answer", line),
]
