"""The steps of a claim, and what notices, contracts and claims stand in a programme: on the addresses of `money`."""

from collections.abc import Callable
from typing import Any

from django.db.models import QuerySet
from django.http import HttpRequest
from ninja import Status

from duikou.acts import payments as acts
from duikou.acts.doing import today
from duikou.records import models
from duikou.web.acting import places
from duikou.web.doors import check, of_own_part
from duikou.web.seeing import rows_seen

from . import money_shapes as shapes
from .asking import asks
from .money import HERE, TOLD, Key, done, router
from .naming import Naming
from .problems import Objected, objection
from .shapes import AtNumber, AtProgramme, word

ACTS = {
    "approve": "approve_claim", "refuse": "refuse_claim", "order": "order_payment", "confirm": "confirm_payment",
    "void": "void_payment",
}  # fmt: skip


def act_of(asked: shapes.Step) -> str:
    """The act that a step is; whose signature it is decides what countersigning is."""
    if asked.step != "countersign":
        return ACTS[asked.step]
    if not asked.signer:
        said = objection("", "signer", "", "、".join(acts.COUNTERSIGN), "写明以哪一身份会签", "Say as whom")
        raise Objected(422, "会签要写明身份", [said])
    return acts.COUNTERSIGN[asked.signer]


@router.post(HERE + "/claims/{number}/steps", response=TOLD, summary="一笔申请往前一步")
@asks("see_records", places.of_claim)
def new_step(
    request: HttpRequest, programme: AtProgramme, number: AtNumber, asked: shapes.Step, key: Key = ""
) -> Status[Any]:
    """Countersign, approve, refuse, order, confirm or void, each by the right of its act; the claim, then its entries."""
    act = act_of(asked)
    check(request, act, places.of_claim(request, programme=programme, number=number))
    named, claim = Naming(request, programme, act), places.claim(programme, number)
    fund = named.fund(asked.fund)
    named.refuse()
    return done(request, asked, key, lambda: [number, *_taken(claim, asked, fund, named.told)])


def _taken(claim: models.Claim, asked: shapes.Step, fund: int | None, told: dict[str, Any]) -> list[int]:
    """Take the step; the entries it wrote."""
    told = told | {"reason": asked.reason}
    day = asked.day or today()
    steps: dict[str, Callable[[], list[int] | None]] = {
        "countersign": lambda: acts.countersign(claim, asked.signer, **told),
        "approve": lambda: acts.approve_claim(claim, _approved(claim, asked), asked.retained_fen, **told),
        "refuse": lambda: acts.refuse_claim(claim, **told),
        "order": lambda: acts.order_payment(claim, fund, day=day, **told),
        "confirm": lambda: acts.confirm_payment(claim, asked.voucher, day=day, **told),
        "void": lambda: acts.void_payment(claim, day=day, **told),
    }
    return steps[asked.step]() or []


def _approved(claim: models.Claim, asked: shapes.Step) -> int:
    """What is approved: what was claimed where nothing else is said."""
    return claim.amount if asked.approved_fen is None else asked.approved_fen


# ---- what stands there -----------------------------------------------------------------------------------------------


def _seen(request: HttpRequest, rows: "QuerySet[Any]", programme: str) -> list[Any]:
    """Of a programme's rows those that the person sees, by number."""
    rows = rows.filter(record__programme__code=programme)
    return rows_seen(request, rows.select_related("record__programme").order_by("pk"))


@router.get(HERE + "/notices", response=list[shapes.Notice], summary="一个项目方案的指标文件")
@asks("see_records", of_own_part)
def notices(request: HttpRequest, programme: AtProgramme) -> list[shapes.Notice]:
    """The notices that one sees, with their lines."""
    rows = _seen(request, models.Notice.objects.all(), programme)
    found: dict[int, list[shapes.NoticeLine]] = {row.pk: [] for row in rows}
    lines = models.Entry.objects.filter(notice__in=found, state__in=("issued", "divided"), corrects=None)
    for line in lines.select_related("receiver").order_by("pk"):
        found[line.notice_id or 0].append(
            shapes.NoticeLine(
                entry=line.pk, amount_fen=line.amount, back=bool(line.back), project=line.project_id,
                receiver=line.receiver.code if line.receiver else "", fund=line.fund_id,
            )
        )  # fmt: skip
    return [
        shapes.Notice(
            record=row.pk, number=row.number, title=row.title, type=word("notice", row.type),
            side=word("side", row.side), day=row.last, of=row.of_id, lines=found[row.pk],
        )
        for row in rows
    ]  # fmt: skip


@router.get(HERE + "/contracts", response=list[shapes.Contract], summary="一个项目方案的合同")
@asks("see_records", of_own_part)
def contracts(request: HttpRequest, programme: AtProgramme) -> list[shapes.Contract]:
    """The contracts that one sees, supplements among them."""
    return [
        shapes.Contract(
            record=row.pk, number=row.number, title=row.title, project=row.project_id, payee=row.payee.code,
            type=word("contract", row.type), method=word("method", row.method), price_fen=row.price,
            retention=row.retention, amends=row.amends_id, day=row.last,
        )
        for row in _seen(request, models.Contract.objects.select_related("payee"), programme)
    ]  # fmt: skip


@router.get(HERE + "/claims", response=list[shapes.Claim], summary="一个项目方案的付款申请")
@asks("see_records", of_own_part)
def claims(request: HttpRequest, programme: AtProgramme) -> list[shapes.Claim]:
    """The claims that one sees: where each stands, who has signed."""
    kept = models.Claim.objects.prefetch_related("countersignatures", "invoices")
    return [
        shapes.Claim(
            record=row.pk, contract=row.contract_id, number=row.number, type=word("claim", row.type),
            stage=word("stage", row.stage), state=word("claim_state", row.state), amount_fen=row.amount,
            approved_fen=row.approved, retained_fen=row.retained, progress=row.progress, day=row.last,
            signed=[word("countersigner", one.signer) for one in row.countersignatures.all()],
            invoices=[one.said for one in row.invoices.all()],
        )
        for row in _seen(request, kept, programme)
    ]  # fmt: skip
