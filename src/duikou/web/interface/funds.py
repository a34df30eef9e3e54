"""Payments: what one would do is told before it is written; a list of them is recorded whole or not at all."""

from collections.abc import Iterator, Mapping
from datetime import date
from typing import Annotated, Any, cast

from django.db import transaction
from django.http import HttpRequest
from ninja import Router, Status
from pydantic import AfterValidator, BeforeValidator, Field
from pydantic_core import PydanticCustomError

from duikou.acts.doing import programme_of
from duikou.acts.drawing import drawn_on
from duikou.acts.funds import preview, record_disbursements
from duikou.acts.journal import Head, head
from duikou.rules import funds as rules
from duikou.rules.quantity import exactly
from duikou.rules.typed import visible
from duikou.web.book import Book, person_of, reporting_period
from duikou.web.doors import of_programme
from duikou.web.drawing import amiss, funds, notices
from duikou.web.funds import ACT, projects, receivers
from duikou.web.typed import LONGEST

from .asking import asks
from .problems import Objected, Objection, objection, objections
from .programmes import now
from .shapes import AtProgramme, Quantity, Shape, Word, quantity, word

router = Router(tags=["资金 funds"])
LARGEST = 10**15  # fen: ten trillion yuan
MOST = 500  # payments in one list


def _whole(value: Any) -> Any:
    """A whole number written as one: 5 or 5.0, not "5" and not true."""
    if isinstance(value, float) and value.is_integer():
        return int(value)
    if not isinstance(value, int) or isinstance(value, bool):
        raise PydanticCustomError("whole", "Input should be a whole number", {"zh": "写成整数"})
    return value


def _day(value: Any) -> Any:
    """A day written as in ISO 8601."""
    try:
        if isinstance(value, str) and len(value) == len("2011-09-05"):
            return date.fromisoformat(value)
    except ValueError:
        pass
    raise PydanticCustomError("day", "Input should be a day such as 2011-09-05", {"zh": "写成日期，如 2011-09-05"})


Fen = Annotated[int, Field(ge=-LARGEST, le=LARGEST, description="金额，整分 whole fen"), BeforeValidator(_whole)]
Day = Annotated[date, BeforeValidator(_day), Field(description="拨付日期 day of the payment")]
Whole = Annotated[int, Field(ge=0, le=2**53 - 1), BeforeValidator(_whole)]


class Disbursement(Shape):
    """One payment out of the supporting treasury: how much in fen, on which day, to whom, for what, by which voucher."""

    amount_fen: Fen
    paid_on: Day
    receiver: Annotated[str, Field(max_length=6, description="收款单位代号 code of an organisation")] = ""
    project: Annotated[Whole | None, Field(description="项目记录号 number of a project")] = None
    fund: Annotated[Whole | None, Field(description="资金来源记录号 number of a fund")] = None
    notice: Annotated[Whole | None, Field(description="支援方指标文件记录号 number of a notice")] = None
    voucher: Annotated[
        str, Field(max_length=LONGEST["voucher"], description="凭证号 voucher"), AfterValidator(visible)
    ] = ""
    purpose: Annotated[
        str, Field(max_length=LONGEST["purpose"], description="用途 purpose"), AfterValidator(visible)
    ] = ""


class Disbursements(Shape):
    """A list of payments, and the line of the journal that the check of them named."""

    line: Whole
    disbursements: Annotated[list[Disbursement], Field(min_length=1, max_length=MOST)]


class Money(Shape):
    """The money of the programme in fen: what is secured, disbursed, listed of the stated total, not yet disbursed."""

    unit: str
    secured: int
    disbursed: int
    stated: int
    stated_on: date | None
    listed: int
    later: int
    pool: int


class Drawn(Shape):
    """Where a payment draws its money: the position, whose it is, of which fund; fen there now and then."""

    position: Word
    owner: str
    fund: str
    now: int
    then: int


class Checked(Shape):
    """What a payment would do, and the problems it has; `allowed`: none of them stops it."""

    allowed: bool
    case: Word
    amount: Quantity
    now: Money
    then: Money
    draws_on: Drawn
    line: int
    problems: list[Objection]


class Recorded(Shape):
    """The payments in the book: their record numbers in the order sent, the line, the head of the book after it."""

    records: list[int]
    line: int
    head: str


HERE = "/programmes/{programme}/disbursements"


@router.post(HERE + "/check", response=Checked, summary="核对一笔拨付，不登记")
@asks(ACT, of_programme)
def check(request: HttpRequest, programme: AtProgramme, disbursement: Disbursement) -> Checked:
    """What a payment would do and what the rules say of it; nothing is written."""
    fact = _facts(programme, [disbursement])[0]
    case, before, problems = preview(fact, programme=programme_of(programme))
    drawn = drawn_on(fact, before, programme_of(programme))
    return Checked(
        allowed=all(p.weight != "stops" for p in problems), case=word("case", case), amount=quantity(fact.amount),
        now=_money(before), then=_money(rules.after(fact, before)), line=_head().number, problems=objections(problems),
        draws_on=Drawn(
            position=word("position", drawn.position), owner=drawn.owner, fund=drawn.fund, now=drawn.lying,
            then=drawn.left,
        ),
    )  # fmt: skip


@router.post(HERE, response={201: Recorded}, summary="登记拨付，全部或全不")
@asks(ACT, of_programme, 409)
def record(request: HttpRequest, programme: AtProgramme, asked: Disbursements) -> Status[Recorded]:
    """Record payments, all or none, if the book still stands at the line that the check named."""
    facts = _facts(programme, asked.disbursements)
    with transaction.atomic():
        _stands(asked.line, _head().number)
        numbers = record_disbursements(facts, programme=programme_of(programme), person=person_of(request))
        after = _head()
        _stands(asked.line, after.number - 1)  # nobody wrote between the look and the lock
    return Status(201, Recorded(records=numbers, line=after.number, head=after.full))


def _head() -> Head:
    return cast("Head", head())


def _stands(seen: int, line: int) -> None:
    """Nothing where the book stands at the line that was seen; else Objected: the check is out of date."""
    if seen == line:
        return
    said = objection(
        "", "line", f"第 {seen} 行", f"第 {line} 行", "重新核对，用核对所答的行号再登记", "The check is out of date"
    )
    raise Objected(409, f"核对时账本在第 {seen} 行，现在到第 {line} 行，没有登记；重新核对", [said])


def _facts(programme: str, asked: list[Disbursement]) -> list[rules.Disbursement]:
    """The payments that were meant; Objected with everything that names no one and nothing of the programme."""
    taken = now()
    book = Book(taken, programme, reporting_period(taken, programme))
    codes, numbers = {code for code, _ in receivers(book)}, {number for number, _ in projects(book)}
    sources, papers = dict(funds(programme)), dict(notices(programme))
    odd = []
    for n, one in enumerate(asked, 1):
        place = f"第 {n} 笔" if len(asked) > 1 else ""
        if one.receiver and one.receiver not in codes:
            remedy = "写受援方单位的代号；没有的先登记单位，或留空待核"
            odd.append(objection(place, "receiver", one.receiver, "受援方的单位", remedy, "No such receiver"))
        if one.project is not None and one.project not in numbers:
            remedy = "写列名项目的记录号，或留空"
            odd.append(objection(place, "project", str(one.project), "本项目方案的列名项目", remedy, "No such project"))
        odd += _drawing(one, place, sources, papers)
    if odd:
        raise Objected(422, f"有 {len(odd)} 处要改，什么也没有写入", odd)
    return [
        rules.Disbursement(
            amount=exactly(one.amount_fen, "fen"), paid_on=one.paid_on, receiver=one.receiver or None,
            project=one.project, fund=one.fund, notice=one.notice, voucher=one.voucher, purpose=one.purpose,
        )
        for one in asked
    ]  # fmt: skip


def _drawing(
    one: Disbursement, place: str, sources: Mapping[int, str], papers: Mapping[int, str]
) -> Iterator[Objection]:
    """What is wrong with the fund and the notice that a payment names."""
    fund_there = one.fund is None or one.fund in sources
    notice_there = one.notice is None or one.notice in papers
    if not fund_there:
        remedy = "写资金来源的记录号，或留空"
        yield objection(place, "fund", str(one.fund), "本项目方案的资金来源", remedy, "No such fund")
    if not notice_there:
        remedy = "写支援方指标文件的记录号，或留空"
        yield objection(place, "notice", str(one.notice), "本项目方案支援方的指标文件", remedy, "No such notice")
    if fund_there and notice_there and (words := amiss(one.fund, one.notice)):
        found, _, remedy = words.partition("；")
        yield objection(place, "fund", found, "文件所下达的资金来源", remedy, "The notice has issued none of this fund")


def _money(standing: rules.FundsStanding) -> Money:
    return Money(
        unit="fen", secured=standing.secured, disbursed=standing.disbursed, stated=standing.stated,
        stated_on=standing.stated_on, listed=standing.listed, later=standing.later, pool=standing.pool,
    )  # fmt: skip
