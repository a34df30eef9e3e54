"""The cases of the rules that guard the money book: positions, receipts, payments, closings; test_rule_book asks each."""

from dataclasses import replace
from datetime import date

from duikou.rules import closings, funds, ledger, payments, receipts
from duikou.rules.period import on, parse

DAY = date(2012, 3, 5)
DRAW = ledger.Draw("account", "文化广场", 200_000_00)
MOVED = ledger.Moved(1, DAY)  # one fen, on the day itself
RELEASE = funds.Release(when=on(DAY), amount=10_000_00, approval="津援〔2012〕5号")
REVERSAL = funds.Reversal(when=on(DAY), standing="own", corrected=None, reason="收款单位有误")

RECEIPT = receipts.Receipt(when=on(DAY), amount=500_000_00, receiver="hn", reference="回单 7")
KNOWN = receipts.ReceiptStanding(DAY)
MATCH = receipts.Match(
    when=on(DAY), amount=300_000_00, receipt=7, entry=5, state="disbursed", paid_on=date(2012, 3, 1), to=9, receiver=9
)  # fmt: skip
OPEN = receipts.MatchStanding(500_000_00, ((5, 300_000_00),))

BOTH = (("county_leader", "xianling"), ("front_line", "qianfang"))
ORDER = payments.Step(step="order", account="caiwu")
SIGN = payments.Step(step="countersign", account="qianfang", signer="front_line")
CONFIRM = payments.Step(step="confirm", account="caiwu", voucher="回单 8")
REFUSE = payments.Step(step="refuse", account="caiwu", reason="缺监理意见")
APPROVED = payments.PaymentStanding("approved", "tongren", BOTH)
HALF = replace(APPROVED, signed=BOTH[:1])
PENDING = replace(APPROVED, state="pending")

MARCH = closings.Closing(when=parse("2012-03"), reconciled="三方对账单 2012-03")
AGAIN = closings.Reopening(when=parse("2012-03"), reason="漏记一笔")
MENDED = closings.Correction(reason="多写一位", days=(date(2012, 4, 1),))
APRIL = closings.ClosingStanding(date(2012, 4, 1))
CLOSED = replace(APRIL, closed=(parse("2012-03"),))

CASES = {
    # 20 万元 lie there: 20 万元 can be taken, not with one fen less
    "ledger.1": (DRAW, DRAW, "已到账待用，文化广场现有 19.999999万元，要用 20万元", 200_000_00, 199_999_99),
    "ledger.2": (MOVED, replace(MOVED, amount=0), "0万元", DAY),
    "ledger.3": (MOVED, replace(MOVED, day=date(2012, 3, 6)), "2012-03-06", DAY),
    "funds.9": (RELEASE, replace(RELEASE, approval=" 　"), "未写批准文号"),
    "funds.10": (REVERSAL, replace(REVERSAL, corrected=12), "已由第 12 号记录冲正"),
    "receipts.1": (RECEIPT, replace(RECEIPT, amount=0), "0万元", KNOWN),
    "receipts.2": (RECEIPT, RECEIPT, "回单 回单 7 已登记", KNOWN, replace(KNOWN, used=True)),
    "receipts.3": (RECEIPT, replace(RECEIPT, when=on(date(2012, 3, 6))), "2012-03-06", KNOWN),
    "receipts.4": (MATCH, replace(MATCH, amount=300_000_01), "30.000001万元", OPEN),
    "receipts.5": (MATCH, replace(MATCH, to=8), "拨付给了另一单位或项目", OPEN),
    "receipts.6": (MATCH, replace(MATCH, paid_on=date(2012, 3, 6)), "2012-03-05 到账，2012-03-06 才拨付", OPEN),
    "payments.1": (ORDER, ORDER, "待付", APPROVED, PENDING),
    "payments.2": (ORDER, ORDER, "缺前方干部会签", APPROVED, HALF),
    "payments.3": (SIGN, replace(SIGN, account="xianling"), "xianling 已以另一身份会签", HALF),
    "payments.4": (CONFIRM, CONFIRM, "回单 回单 8 已记过", PENDING, replace(PENDING, used=True)),
    "payments.5": (REFUSE, replace(REFUSE, reason=""), "未写原因", APPROVED),
    "closings.1": (MARCH, replace(MARCH, when=parse("2012-04")), "2012年4月尚未过完", APRIL),
    "closings.2": (MARCH, MARCH, "2012年3月已关账", APRIL, CLOSED),
    "closings.3": (MARCH, replace(MARCH, reconciled=""), "未写对账单号", APRIL),
    "closings.5": (MENDED, replace(MENDED, days=(date(2012, 4, 1), date(2012, 3, 31))), "2012年3月已关账", CLOSED),
    "closings.4": (AGAIN, AGAIN, "2012年3月没有关账", CLOSED, APRIL),
}
