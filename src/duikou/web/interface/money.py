"""Money on its way: notices, receipts, contracts, claims and their steps, each asked once for a key of the request."""

import json
from collections.abc import Callable
from typing import Annotated, Any

from django.http import HttpRequest
from ninja import Header, Router, Status

from duikou.acts.contracts import file_claim, sign_contract
from duikou.acts.doing import AskedOtherwise, once
from duikou.acts.journal import head
from duikou.acts.notices import issue_notice
from duikou.acts.receipts import match_receipt, record_receipt
from duikou.rules import claims, contracts, notices, receipts
from duikou.rules.period import on
from duikou.web.acting import places
from duikou.web.acting.places import own_work
from duikou.web.book import person_of
from duikou.web.doors import of_programme

from . import money_shapes as shapes
from .asking import asks
from .naming import Naming
from .problems import Objected
from .shapes import AtNumber, AtProgramme, Shape

router = Router(tags=["办钱 money"])
HERE = "/programmes/{programme}"
TOLD = {200: shapes.Done, 201: shapes.Done}
Key = Annotated[
    str,
    Header("", alias="Idempotency-Key", max_length=80, description="请求号：同一号同一事只办一次 done once for a key"),
]


@router.post(HERE + "/notices", response=TOLD, summary="下发指标文件")
@asks("issue_notice", of_programme)
def new_notice(request: HttpRequest, programme: AtProgramme, asked: shapes.NewNotice, key: Key = "") -> Status[Any]:
    """Issue, recall or adjust by one document, with all its lines or none; the number of the notice."""
    named = Naming(request, programme, "issue_notice")
    lines = tuple(
        notices.Line(
            amount=line.amount_fen, back=line.back, purpose=line.purpose,
            project=named.project(line.project, f"第 {n} 行"), fund=named.fund(line.fund, f"第 {n} 行"),
            receiver=named.receiver(line.receiver, f"第 {n} 行"),
        )
        for n, line in enumerate(asked.lines, 1)
    )  # fmt: skip
    fact = notices.Notice(
        number=asked.number, type=asked.type, side=asked.side, when=on(asked.day), lines=lines, title=asked.title,
        of=named.notice(asked.of), issuer=named.organisation(asked.issuer, "issuer"), basis=asked.basis,
        function_code=asked.function_code,
    )  # fmt: skip
    named.refuse()
    return done(request, asked, key, lambda: [issue_notice(fact, **named.told)])


@router.post(HERE + "/receipts", response=TOLD, summary="登记到账")
@asks("record_receipt", own_work("record_receipt"))
def new_receipt(request: HttpRequest, programme: AtProgramme, asked: shapes.NewReceipt, key: Key = "") -> Status[Any]:
    """What has come, and at once which payments it is; the number of the receipt."""
    named = Naming(request, programme, "record_receipt")
    receiver = named.receiver(asked.receiver, needed=True)
    matches = named.matches(asked.matches)
    project = named.project(asked.project)
    named.refuse()
    fact = receipts.Receipt(
        when=on(asked.day), amount=asked.amount_fen, receiver=receiver or 0, reference=asked.reference, project=project
    )
    return done(request, asked, key, lambda: [record_receipt(fact, matches, **named.told)])


@router.post(HERE + "/receipts/{number}/matches", response=TOLD, summary="核对到账")
@asks("match_receipt", places.of_receipt)
def new_matches(
    request: HttpRequest, programme: AtProgramme, number: AtNumber, asked: shapes.Matches, key: Key = ""
) -> Status[Any]:
    """Which payments a receipt is; the numbers of the entries."""
    named = Naming(request, programme, "match_receipt")
    matches = named.matches(asked.matches)
    named.refuse()
    receipt = places.receipt(programme, number)
    return done(request, asked, key, lambda: match_receipt(receipt, matches, **named.told))


@router.post(HERE + "/contracts", response=TOLD, summary="登记合同")
@asks("sign_contract", own_work("sign_contract"))
def new_contract(request: HttpRequest, programme: AtProgramme, asked: shapes.NewContract, key: Key = "") -> Status[Any]:
    """A contract or a supplement to one; the number of its record."""
    named = Naming(request, programme, "sign_contract")
    project, payee = named.project(asked.project), named.payee(asked.payee)
    amends = named.contract(asked.amends, "amends", project, payee)
    named.refuse()
    fact = contracts.Contract(
        number=asked.number, title=asked.title, project=project or 0, payee=payee or 0, type=asked.type,
        method=asked.method, price=asked.price_fen, estimate=asked.estimate_fen, tender=asked.tender,
        retention=asked.retention, amends=amends.pk if amends else None, when=on(asked.day),
    )  # fmt: skip
    return done(request, asked, key, lambda: [sign_contract(fact, **named.told)])


@router.post(HERE + "/claims", response=TOLD, summary="申请付款")
@asks("file_claim", own_work("file_claim"))
def new_claim(request: HttpRequest, programme: AtProgramme, asked: shapes.NewClaim, key: Key = "") -> Status[Any]:
    """A claim with its invoices and papers; the number of its record."""
    named = Naming(request, programme, "file_claim")
    contract = named.contract(asked.contract, "contract")
    party = contract.payee_id if contract else 0
    payee = named.organisation(asked.payee, "payee") or party
    bills = tuple(
        claims.Invoice(
            bill.number, named.organisation(bill.seller, "seller", f"第 {n} 张发票") or party, bill.amount_fen
        )
        for n, bill in enumerate(asked.invoices, 1)
    )
    named.refuse()
    fact = claims.Claim(
        when=on(asked.day), contract=asked.contract, number=0, type=asked.type, stage=asked.stage, use=asked.use,
        amount=asked.amount_fen, payee=payee, progress=asked.progress, done=asked.done_fen, purpose=asked.purpose,
        items=tuple(("paper", paper, "") for paper in dict.fromkeys(asked.papers)), invoices=bills,
    )  # fmt: skip
    return done(request, asked, key, lambda: [file_claim(fact, **named.told)])


def done(request: HttpRequest, asked: Shape, key: str, act: Callable[[], list[int]]) -> Status[Any]:
    """Do an act once for the key of a request: 201 with its numbers, 200 with the same where it had been done."""

    def whole() -> list[int]:
        numbers = act()
        last = head()
        return [last.number if last else 0, *numbers]

    said = json.dumps([request.path, asked.model_dump(mode="json")], ensure_ascii=False, sort_keys=True)
    try:
        (line, *numbers), again = once(person_of(request), key.strip(), said, whole)
    except AskedOtherwise as odd:
        raise Objected(422, str(odd)) from None
    return Status(200 if again else 201, shapes.Done(records=numbers, line=line, again=again))
