"""Lists of banks and treasuries: their lines, what these are matched with, which entries go through whose account."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date

from duikou.terms.words import zh

from .amounts import words
from .fact import Fact, Ref
from .problem import Found, rule
from .rights import contains

WAYS: Mapping[tuple[str, str], str] = {  # the side and state of what goes through a bank, and which way forward
    ("supporting", "disbursed"): "out",
    ("supporting", "itemised"): "out",
    ("receiving", "received"): "in",
    ("receiving", "spent"): "out",
    ("receiving", "surrendered"): "out",
}
BACK = {"in": "out", "out": "in"}
FEES = (  # what a line says that the ledger does not hold, and why it does not
    (("手续费", "工本费", "账户管理费", "汇划费"), "银行手续费，账上不记"),
    (("利息", "结息"), "存款利息，账上不记"),
    (("拨入", "财政拨款"), "拨入专户的款，落实时已记，不走流水"),
)


@dataclass(frozen=True, kw_only=True)
class BankList(Fact):
    """A bank's or treasury's list that is to be entered: its file's digest, account, and how many lines of it are new."""

    account: str
    digest: str
    new: int


@dataclass(frozen=True, kw_only=True)
class BankLine(Fact):
    """A line of a list: account, the bank's number, which way (terms: flow), fen, the other party, what for.

    `owner` answers for it while it is open; `reason` says why nothing of the ledger belongs to it.
    """

    document: Ref
    account: str
    serial: str
    flow: str
    amount: int
    party: str = ""
    summary: str = ""
    owner: Ref | None = None
    reason: str = ""


@dataclass(frozen=True, kw_only=True)
class BankMatch(Fact):
    """So many fen of a line are said to be an entry: the way and the account's owner of each."""

    line: int
    entry: int
    amount: int
    flow: str
    way: str
    ours: bool


@dataclass(frozen=True, kw_only=True)
class Unmatch(Fact):
    """A match is to be taken back: whether it was already, and why."""

    reason: str
    struck: bool = False


@dataclass(frozen=True, kw_only=True)
class Answer(Fact):
    """Who answers for an open line, or why nothing belongs to it: what of it is open, what is said anew."""

    rest: int
    reason: str = ""
    owner: int | None = None


Told = tuple[date | None, str, int]  # the day, the way and the fen of a line


@dataclass(frozen=True)
class ListStanding:
    """Today; which list the same file was; what lines of the account say by serial; whether the list says a serial twice."""

    today: date
    taken: str = ""
    kept: Mapping[str, Told] = field(default_factory=dict)
    twice: bool = False


@dataclass(frozen=True)
class BankMatchStanding:
    """What is open of the line and of the entry, in fen."""

    line: int
    entry: int


@rule("bank.1", basis="一数一源：一份对账单只收一次", guards=True)
def list_is_entered_once(fact: BankList, standing: ListStanding) -> Found | None:
    """同一份对账单只收一次，至少有一笔没有收过的流水。
    A bank's list is entered once, and has at least one line that is new."""
    if standing.taken:
        return Found(f"{standing.taken}已收", "没有收过的文件", "到对账页看已收的流水")
    return None if fact.new else Found("各笔都已收过", "至少一笔新的流水", "核对账户和月份，换一份再交")


@rule("bank.2", basis="会计法：以确数记账", guards=True)
def bank_amount_is_above_zero(fact: BankLine | BankMatch, standing: object) -> Found | None:
    """流水和勾对的金额须大于零。
    A line of a bank's list and a match are more than nothing."""
    return None if fact.amount > 0 else Found(words(fact.amount), "大于 0", "照对账单改正")


@rule("bank.3", basis="一证一笔", guards=True)
def serial_stands_for_one_line(fact: BankLine, standing: ListStanding) -> Found | None:
    """一个账户的一个流水号只有一笔流水。
    A serial of an account stands for one line."""
    if standing.twice:
        return Found(
            f"{fact.serial} 在这份对账单里写了两次", "一号一笔", "照银行的单子核对；不是流水号的一列，改去列名"
        )
    said = standing.kept.get(fact.serial)
    if said is None or said == (fact.day, fact.flow, fact.amount):
        return None
    day, flow, amount = said
    kept = f"{day} {zh('flow', flow)} {words(amount)}"
    return Found(
        f"{fact.serial}，{zh('flow', fact.flow)} {words(fact.amount)}", kept, "流水号已有另一笔，照银行的单子核对"
    )


@rule("bank.4", basis="记录已发生的收付", guards=True)
def line_is_not_in_the_future(fact: BankLine, standing: ListStanding) -> Found | None:
    """流水日期不得晚于今天。
    A line of a bank's list does not lie in the future."""
    if fact.day and fact.day > standing.today:
        return Found(str(fact.day), f"不晚于 {standing.today}", "照对账单改正日期")
    return None


@rule("bank.5", basis="银行一笔、账上一笔，是一笔钱的两头", guards=True)
def bank_match_is_within_both(fact: BankMatch, standing: BankMatchStanding) -> Found | None:
    """勾对的金额不得超过流水和账各自尚未对上的数。
    A match is within what is open of the line and of the entry."""
    rest = min(standing.line, standing.entry)
    return Found(words(fact.amount), f"不超过 {words(rest)}", "已对上的不再勾对") if fact.amount > rest else None


@rule("bank.6", basis="银行一笔、账上一笔，是一笔钱的两头", guards=True)
def bank_match_is_of_one_movement(fact: BankMatch, standing: BankMatchStanding) -> Found | None:
    """流水只与同一账户、同一方向、经过银行的账勾对。
    A line is matched with an entry that goes through the same account the same way."""
    if not fact.way or not fact.ours:
        return Found(f"第 {fact.entry} 号账不经过这个账户", "这个账户的收付", "在这个账户的账里选")
    if fact.way != fact.flow:
        return Found(f"流水是{zh('flow', fact.flow)}，账是{zh('flow', fact.way)}", "方向相同", "选同一方向的账")
    return None


@rule("bank.7", basis="会计法：更正须有依据，留痕", guards=True)
def match_is_taken_back_once(fact: Unmatch, standing: object) -> Found | None:
    """撤回勾对须写明原因，只撤一次。
    A match is taken back once and with a reason."""
    if fact.struck:
        return Found("已撤回", "没有撤回的勾对", "不必再撤")
    return None if fact.reason.strip() else Found("未写原因", "撤回的原因", "写明哪里勾错")


@rule("bank.8", basis="差额有人管、有说法", guards=True)
def open_line_is_answered_for(fact: Answer, standing: object) -> Found | None:
    """没有对上的流水才另写说明或交人负责，二者至少写一样。
    Only a line that is open is explained or given an owner, and one of the two is said."""
    if fact.rest <= 0:
        return Found("这笔流水已全部对上", "没有对上的流水", "不必说明；对错了的先撤回勾对")
    if fact.reason.strip() or fact.owner:
        return None
    return Found("原因和负责单位都未写", "至少写一样", "写账上没有的原因，或选负责单位")


RULES = {
    BankList: (list_is_entered_once,),
    BankLine: (bank_amount_is_above_zero, serial_stands_for_one_line, line_is_not_in_the_future),
    BankMatch: (bank_amount_is_above_zero, bank_match_is_of_one_movement, bank_match_is_within_both),
    Unmatch: (match_is_taken_back_once,),
    Answer: (open_line_is_answered_for,),
}


# ---- the two sides of an account --------------------------------------------------------------------------------------


def way_of(side: str, state: str, standing: str, back: bool | None) -> str:
    """Which way an entry goes through the bank of a side (terms: flow); nothing where it does not go there."""
    way = "" if standing == "total" else WAYS.get((side, state), "")
    return BACK[way] if way and back else way


def holder_of(area: str, holders: Iterable[tuple[int, str]]) -> int | None:
    """Of those who have accounts, with their areas, the one that an area's money goes through: the smallest around it."""
    around = [(len(own.rstrip("0")), number) for number, own in holders if own == area or contains(own, area)]
    return max(around)[1] if around else None


def likely_reason(summary: str) -> str:
    """Why the ledger has nothing like a line, as far as its words tell: fees, interest, what was paid in."""
    return next((why for said, why in FEES if any(word in summary for word in said)), "")
