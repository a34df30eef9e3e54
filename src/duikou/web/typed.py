"""What is typed into the fields of a form, read as people write it; every odd field is told at once."""

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, fields
from datetime import date
from typing import Any
from unicodedata import category, decomposition, normalize

from duikou.rules.funds import Disbursement
from duikou.rules.problem import Problem
from duikou.rules.quantity import Quantity, exactly
from duikou.rules.reading import read

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


def visible(text: str) -> str:
    """A text on one line, without control and format characters."""
    return " ".join("".join(c if c.isspace() else "" if category(c)[0] == "C" else c for c in text).split())


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


def read_amount(typed: str) -> Quantity:
    """200万元, 2,000,000 元, ２００万; a bare number is in 万元, as the field says. A sign is kept for the rule to judge."""
    odd = f"“{typed[:20]}”读不成金额；写成 200、200万元 或 2,000,000元"
    if any(decomposition(c).startswith(("<super>", "<sub>")) for c in typed):
        raise ValueError(odd)  # 1² is not 12
    text = re.sub(r"\s", "", normalize("NFKC", typed)).removeprefix("¥").removeprefix("￥")
    if not text:
        raise ValueError("填写金额，如 200万元")
    negative = text[0] in "-−–负"
    bare = text[1:] if negative else text
    if bare[:1] in ("-", "−", "–", "负"):
        raise ValueError(odd)
    if not re.search("[万亿元]", bare):
        bare += "万元"
    try:
        amount = read(bare, "fen")
    except ValueError as error:
        if "最小单位" in str(error):
            raise ValueError(f"“{typed}”不足一分；金额到分为止") from None
        raise ValueError(odd) from None
    if not negative:
        return amount
    if amount.low is None or not amount.exact:
        raise ValueError(odd)
    return exactly(-amount.low, "fen")


def read_day(typed: str) -> date:
    """2011-09-05, 2011年9月5日, 2011.9.5, 2011/9/5."""
    text = re.sub(r"\s", "", normalize("NFKC", typed))
    if not text:
        raise ValueError("填写拨付日期，如 2011-09-05")
    found = re.fullmatch(r"([0-9]{4})[-./年]([0-9]{1,2})[-./月]([0-9]{1,2})日?", text)
    if not found:
        raise ValueError(f"“{typed[:20]}”读不成日期；写到日，如 2011-09-05 或 2011年9月5日")
    year, month, day = (int(part) for part in found.groups())
    try:
        return date(year, month, day)
    except ValueError:
        raise ValueError(f"日历上没有 {year}年{month}月{day}日；核对月和日") from None


def objection(problem: Problem) -> Objection:
    """A rule's problem at its field, in the rule's own sentence with what was found and how to mend it."""
    return Objection(FIELD_OF.get(problem.code, "amount"), str(problem))
