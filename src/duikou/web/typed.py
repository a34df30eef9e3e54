"""What is typed into the fields of a form, read as people write it; every odd field is told at once."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, fields
from datetime import date
from typing import Any

from duikou.rules.funds import Disbursement
from duikou.rules.problem import Problem
from duikou.rules.quantity import Quantity
from duikou.rules.typed import read_amount, read_day, visible

LONGEST = {"amount": 40, "paid_on": 20, "voucher": 40, "purpose": 60}
FIELD_OF = {
    "funds.1": "amount", "funds.2": "amount", "funds.3": "paid_on", "funds.4": "voucher", "funds.5": "amount",
    "funds.6": "paid_on", "funds.7": "voucher", "funds.8": "paid_on",
}  # fmt: skip


@dataclass(frozen=True)
class Objection:
    """What is odd about a field, in the words that stand at the field and in the summary."""

    field: str
    words: str
    href: str = ""
    link: str = ""


@dataclass(frozen=True)
class Typed:
    """The fields of a payment as they were typed."""

    amount: str = ""
    paid_on: str = ""
    receiver: str = ""
    project: str = ""
    fund: str = ""
    notice: str = ""
    voucher: str = ""
    purpose: str = ""

    @classmethod
    def of(cls, data: Mapping[str, Any]) -> "Typed":
        """From a request; line breaks, outer spaces and characters that cannot be seen are not meant."""
        return cls(**{f.name: visible(str(data.get(f.name, ""))) for f in fields(cls)})


def disbursement(
    typed: Typed,
    receivers: Iterable[str],
    projects: Iterable[int],
    funds: Iterable[int] = (),
    notices: Iterable[int] = (),
) -> tuple[Disbursement | None, list[Objection]]:
    """The payment that was meant, or everything that cannot be read."""
    if odd := list(_too_long(typed)):
        return None, odd
    amount, day = Quantity(0, 0, "fen"), date.min
    try:
        amount = read_amount(typed.amount)
    except ValueError as error:
        odd.append(Objection("amount", str(error)))
    try:
        day = read_day(typed.paid_on)
    except ValueError as error:
        odd.append(Objection("paid_on", str(error)))
    if typed.receiver and typed.receiver not in receivers:
        odd.append(Objection("receiver", f"名单里没有“{typed.receiver[:20]}”；从名单中选收款单位，没有的先登记单位"))
    chosen: dict[str, int | None] = {}
    for name, words, offered in (
        ("project", "这个项目", projects),
        ("fund", "这项资金", funds),
        ("notice", "这份指标文件", notices),
    ):
        said = getattr(typed, name)
        chosen[name] = next((number for number in offered if str(number) == said), None)
        if said and chosen[name] is None:
            odd.append(Objection(name, f"名单里没有{words}；从名单中选，或留空"))
    if odd:
        return None, odd
    fact = Disbursement(
        amount=amount, paid_on=day, receiver=typed.receiver or None, voucher=typed.voucher, purpose=typed.purpose,
        project=chosen["project"], fund=chosen["fund"], notice=chosen["notice"],
    )  # fmt: skip
    return fact, []


def _too_long(typed: Typed) -> Iterator[Objection]:
    """Fields longer than anybody writes them, before anything is read."""
    for name, words in (("amount", "金额"), ("paid_on", "日期"), ("voucher", "凭证号"), ("purpose", "用途")):
        if len(getattr(typed, name)) > LONGEST[name]:
            yield Objection(name, f"{words}至多 {LONGEST[name]} 个字，现有 {len(getattr(typed, name))} 个")


def objection(problem: Problem) -> Objection:
    """A rule's problem at its field, in the rule's own sentence with what was found and how to mend it."""
    return Objection(FIELD_OF.get(problem.code, "amount"), str(problem))
