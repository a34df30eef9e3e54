"""The cases of the rules of bank lists; test_rule_book asks each."""

from dataclasses import replace
from datetime import date

from duikou.rules import bank
from duikou.rules.period import on

DAY = date(2023, 6, 9)
LIST = bank.BankList(when=on(DAY), account="****9299", digest="00", new=5)
TODAY = bank.ListStanding(DAY)
LINE = bank.BankLine(
    when=on(DAY), document=1, account="****9299", serial="WL1", flow="out", amount=4_000_000_00, party="云岫州乡村振兴局"
)  # fmt: skip
SAME = replace(TODAY, kept={"WL1": (DAY, "out", 4_000_000_00)})
LESS = replace(TODAY, kept={"WL1": (DAY, "out", 4_000_000_01)})  # a fen more
MATCH = bank.BankMatch(when=on(DAY), line=1, entry=2, amount=100, flow="out", way="out", ours=True)
OPEN = bank.BankMatchStanding(100, 100)
BACK = bank.Unmatch(reason="勾错")
ANSWER = bank.Answer(rest=140_00, reason="银行手续费，账上不记")

CASES = {
    "bank.1": (LIST, LIST, "《银行对账单》已收", TODAY, replace(TODAY, taken="《银行对账单》")),
    "bank.2": (LINE, replace(LINE, amount=0), "0万元", TODAY),
    "bank.3": (LINE, LINE, "WL1，付 400万元", SAME, LESS),
    "bank.4": (LINE, replace(LINE, when=on(date(2023, 6, 10))), "2023-06-10", TODAY),
    "bank.5": (MATCH, replace(MATCH, amount=101), "0.000101万元", OPEN),
    "bank.6": (MATCH, replace(MATCH, way="in"), "流水是付，账是收", OPEN),
    "bank.7": (BACK, replace(BACK, struck=True), "已撤回"),
    "bank.8": (ANSWER, replace(ANSWER, rest=0), "已全部对上"),
}
