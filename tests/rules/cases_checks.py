"""The cases of the standing checks and of the life of a question; test_rule_book holds every rule beside its case."""

from dataclasses import replace
from datetime import date

from duikou.rules import checks, findings
from duikou.rules.alike import Invoiced, Payee
from duikou.rules.idle import Balance
from duikou.rules.packs import Choice, Pack

DAY = date(2012, 3, 5)
PACK = Pack(
    (
        Choice("checks.2", "asks", {"months": 12, "points": 20}),
        Choice("checks.3", "asks", {"points": 10}),
        Choice("checks.10", "asks", {"points": 15}),
    )
)
ON = checks.Checked(DAY, PACK)

YOUNG = checks.Lying((Balance("account", ((date(2011, 9, 6), 100_000_00),), "unfinished"),))
OLD = checks.Lying((Balance("account", ((date(2011, 9, 5), 100_000_00),), "unfinished"),))
# 6 of 12 months gone: 50 % expected; 30 % is 20 points behind, one fen less is more
SLOW = checks.Spending(date(2011, 9, 5), received=1_000_00, spent=300_00)
WORKS = checks.Works(price=1_000_000_00, approved=450_000_00, paid=400_000_00, progress=500, done=600_000_00)
PAID = checks.Moved("spent", 100_00, "回单 7")
TOTAL = checks.Moved("disbursed", 1_000_00, total=True)
BILL = Invoiced("0120 0071", "某建筑有限公司", 100_00, DAY)
BUILDER = Payee("某建筑有限公司", "91630000710000000X")

OPEN = findings.FindingStanding(DAY, "asked", account="yewu", line=7)
ANSWERED = replace(OPEN, state="answered", answered=True, answered_by="tongren")
SETTLED = replace(ANSWERED, state="settled")
ASSIGNED = findings.Assignment(owner=4, due=DAY, seen=7)
SAID = findings.Answer("已补记凭证", seen=7)
DECIDED = findings.Decision("凭证相符", seen=7)
AGAIN = findings.Reopening("复查未整改", seen=7)

CASES = {
    "checks.1": (YOUNG, OLD, "闲置 10万元：满6个月 10万元；未完工", ON),
    "checks.2": (SLOW, replace(SLOW, spent=299_99), "到账 0.1万元 已 6 个月", ON),
    "checks.3": (WORKS, replace(WORKS, paid=399_999_99), "进度 50%", ON),
    "checks.4": (PAID, replace(PAID, voucher=" "), "支出 0.01万元缺凭证", ON),
    "checks.5": (TOTAL, replace(TOTAL, open=1_00), "未列 0.0001万元", ON),
    "checks.6": (
        replace(BILL, like=(replace(BILL, number="01200072"),)),
        replace(BILL, like=(replace(BILL, number="I2OO071"),)),
        "与 I2OO071 只是写法不同",
        ON,
    ),
    "checks.7": (
        replace(BILL, like=(replace(BILL, number="72", amount=101_00), replace(BILL, number="73", day=None))),
        replace(BILL, like=(replace(BILL, number="72", seller="某建筑 有限责任公司"),)),
        "与 72 同日",
        ON,
    ),
    "checks.8": (
        replace(BUILDER, like=(Payee("另一建筑有限公司"),)),
        replace(BUILDER, like=(Payee("某　建筑有限责任公司"),)),
        "名称只是写法不同",
        ON,
    ),
    "checks.9": (
        checks.Used(100_00, "project", "广场建设"),
        checks.Used(100_00, "project", "机关办公楼装修"),
        "楼堂馆所：机关办公楼装修",
        ON,
    ),
    "checks.10": (WORKS, replace(WORKS, done=600_000_01), "高出合同价的 15%", ON),
    "findings.1": (SAID, replace(SAID, seen=6), "第 7 行", OPEN),
    "findings.2": (SAID, SAID, "已判定", OPEN, SETTLED),
    "findings.3": (ASSIGNED, replace(ASSIGNED, due=date(2012, 3, 4)), "2012-03-04", OPEN),
    "findings.4": (replace(SAID, text="字" * 120), replace(SAID, text="字" * 121), "121 个字", OPEN),
    "findings.5": (DECIDED, replace(DECIDED, word=" "), "没有答复", OPEN),
    "findings.6": (DECIDED, DECIDED, "yewu 答复过", ANSWERED, replace(ANSWERED, answered_by="yewu")),
    "findings.7": (AGAIN, AGAIN, "还没有判定", SETTLED, OPEN),
    "findings.8": (AGAIN, replace(AGAIN, reason=""), "没有写原因", SETTLED),
}
