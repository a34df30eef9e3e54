"""The money of a year: notices, payments, receipts, contracts and claims, each row by the act that enters it."""

from collections.abc import Sequence
from typing import Any

from duikou.acts.contracts import file_claim, sign_contract
from duikou.acts.funds import record_disbursements
from duikou.acts.notices import issue_notice
from duikou.acts.payments import approve_claim, confirm_payment, countersign, order_payment
from duikou.acts.programmes import register_payee
from duikou.acts.receipts import record_receipt
from duikou.records.models import Claim, Contract, Organisation
from duikou.rules import claims, contracts, notices, receipts
from duikou.rules.funds import Disbursement
from duikou.rules.period import on
from duikou.rules.problem import Refused
from duikou.rules.programmes import Organisation as OrganisationFact
from duikou.rules.quantity import Quantity

from .acting import Acting
from .source import Row

PAPERS = ("itemised_bill", "department_seal", "supervisor_opinion")


def payee(book: Acting, row: Row) -> None:
    """Who is paid under contracts, with its credit code; one that the book has already is left as it is."""
    name, code = row["收款单位"], row["统一社会信用代码"]
    kept = Organisation.objects.filter(credit_code=code).first()
    fact = OrganisationFact(code="", name=name, type="enterprise", credit_code=code)
    book.numbers[row.table, name] = (
        kept.pk if kept else register_payee(fact, programme=book.programme, person=book.office("finance_clerk"))
    )


def notice(book: Acting, rows: Sequence[Row]) -> None:
    """A notice of funds with all its lines."""
    first = rows[0]
    lines = tuple(
        notices.Line(
            amount=row["金额"], back=bool(row["收回"]), receiver=book.organisation(row, row["县或单位"]).pk,
            project=book.project(row).pk if row["项目"] else None, purpose=row["用途"],
        )
        for row in rows
    )  # fmt: skip
    issuer, of = book.organisation(first, first["发文单位"]), first["原文号"]
    fact = notices.Notice(
        number=first["文号"], type=first["类别"], side=first["哪一方"], when=on(first["日期"]), issuer=issuer.pk, lines=lines,
        of=_notice(book, first, of) if of else None,
    )  # fmt: skip
    person = book.office("finance_clerk") if fact.side == "supporting" else book.who(issuer.region, "finance_clerk")
    book.numbers["notices", fact.number] = issue_notice(fact, programme=book.programme, person=person)


def _notice(book: Acting, row: Row, number: str) -> int:
    if ("notices", number) not in book.numbers:
        raise Refused([row.odd("file.5", f"文号 {number}", "此前下发的指标文件", "改正文号或日期")])
    return book.numbers["notices", number]


def payment(book: Acting, row: Row) -> None:
    """拨付: one voucher, out of what its notice has issued."""
    fact = Disbursement(
        amount=Quantity(row["金额"], row["金额"], "fen"), paid_on=row["日期"], voucher=row["凭证号"],
        receiver=book.organisation(row, row["收款单位"]).pk, project=book.project(row).pk if row["项目"] else None,
        notice=_notice(book, row, row["依据文号"]),
    )  # fmt: skip
    (entry,) = record_disbursements([fact], programme=book.programme, person=book.office("finance_clerk"))
    book.numbers[row.table, row["凭证号"]] = entry
    book.unmatched[row["凭证号"]] = row["金额"]


def receipt(book: Acting, row: Row) -> None:
    """到账: matched with the vouchers it names, each as far as it is not matched yet."""
    receiver = book.organisation(row, row["收款单位"])
    matches, left = [], row["金额"]
    for voucher in row["对应凭证"]:
        part = min(left, book.unmatched.get(voucher, 0))
        if part:
            matches.append((book.numbers["payments", voucher], part))
            book.unmatched[voucher] -= part
            left -= part
    if left:
        found = f"还有 {left / 10**6:g} 万元对不上"
        raise Refused([row.odd("file.3", found, "与凭证尚未到账的金额相等", "核对金额和凭证号")])
    fact = receipts.Receipt(
        when=on(row["日期"]), amount=row["金额"], receiver=receiver.pk, reference=row["回单号"],
        project=book.project(row).pk if row["项目"] else None,
    )  # fmt: skip
    record_receipt(fact, matches, programme=book.programme, person=book.who(receiver.region, "finance_clerk"))


def contract(book: Acting, row: Row) -> None:
    """A contract of a project."""
    project = book.project(row)
    fact = contracts.Contract(
        number=row["合同号"], title=row["名称"], project=project.pk, payee=book.payee(row, "收款单位"), type=row["类别"],
        method=row["方式"], price=row["合同价"], tender=row["中标文号"], retention=row["质保金千分之"], when=on(row["日期"]),
    )  # fmt: skip
    signed = sign_contract(fact, programme=book.programme, person=book.clerk(project.region))
    book.numbers[row.table, row["合同号"]] = signed


def claim(book: Acting, row: Row) -> None:
    """A claim, countersigned by two people and approved."""
    signed = _contract(book.numbers["contracts", row["合同号"]])
    fact = claims.Claim(
        when=on(row["日期"]), contract=signed.pk, number=0, type=row["类别"], stage=row["阶段"], use=row["用途"],
        amount=row["申请金额"], payee=signed.payee_id, progress=row["工程进度"] * 10, done=row["累计完成"],
        invoices=(claims.Invoice(row["发票号"], signed.payee_id, row["申请金额"]),),
        items=tuple(("paper", paper, "") for paper in PAPERS),
    )  # fmt: skip
    area = signed.project.region
    told: dict[str, Any] = {"programme": book.programme}
    filed = Claim.objects.get(pk=file_claim(fact, person=book.clerk(area), **told))
    countersign(filed, "county_leader", person=book.who(area, "county_leader"), **told)
    countersign(filed, "front_line", person=book.front(), **told)
    approve_claim(filed, row["核定金额"], row["扣留"] or 0, person=book.who(area, "finance_clerk"), **told)
    book.numbers[row.table, row["回单号"]] = filed.pk


def paid(book: Acting, row: Row) -> None:
    """付款 and 付讫 of a claim on the day the bank paid."""
    kept = Claim.objects.get(pk=book.numbers[row.table, row["回单号"]])
    person = book.who(_contract(kept.contract_id).project.region, "finance_clerk")
    order_payment(kept, None, programme=book.programme, person=person, day=row["付款日期"])
    confirm_payment(kept, row["回单号"], programme=book.programme, person=person, day=row["付款日期"])


def _contract(number: int) -> Contract:
    return Contract.objects.select_related("project").get(pk=number)
