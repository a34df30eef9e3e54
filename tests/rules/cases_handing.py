"""The cases of sheets that are handed in and asked for; test_rule_book holds every rule beside its case."""

from dataclasses import replace
from datetime import date

from duikou.rules import handing, requesting
from duikou.rules.period import parse

DAY = date(2012, 7, 8)

SHEET = handing.Submission(
    receipt="收表〔2012〕1号",
    layout="t6_training",
    title="同仁六月",
    document=7,
    when=parse("2012-06"),
    region="632301",
)
FREE = handing.HandingStanding(DAY)
# taken on 1 July: the last day to take it back is 8 July
BACK = handing.TakingBack(receipt="收表〔2012〕1号", came=date(2012, 7, 1), reason="报错了县")
EASY = handing.TakingBackStanding(DAY)

# June ends on the 30th: three days after it is 3 July
ASKED = handing.DataRequest(
    layout="t6_training",
    title="人才培训台账",
    office=4,
    when=parse("2012-06"),
    asked_on=date(2012, 6, 20),
    due=date(2012, 7, 3),
)
NEVER = handing.RequestStanding(date(2012, 6, 20))

LATE = requesting.Answering("late", "财政系统停机")
OWN = requesting.AnsweringStanding("asked")
OWED = requesting.RemindingStanding(DAY, "asked", date(2012, 7, 7))
T6 = requesting.Reminding("人才培训台账")

CASES = {
    "handing.1": (SHEET, SHEET, "收表〔2012〕1号已收过", FREE, replace(FREE, taken="收表〔2012〕1号")),
    "handing.2": (
        SHEET,
        SHEET,
        "五月 第4行 登记拨付（泽库县）",
        FREE,
        replace(FREE, beyond=(("五月 第4行", "登记拨付（泽库县）"),)),
    ),
    "handing.3": (BACK, BACK, "2012-07-01 收下", EASY, replace(EASY, today=date(2012, 7, 9))),
    "handing.4": (BACK, BACK, "培训 training-12后来改过", EASY, replace(EASY, rests=("培训 training-12后来改过",))),
    "handing.5": (BACK, BACK, "2012年6月已关账", EASY, replace(EASY, shut="2012年6月")),
    "handing.6": (ASKED, ASKED, "2012-06-20 已要过", NEVER, replace(NEVER, asked="2012-06-20 已要过人才培训台账")),
    "handing.7": (ASKED, replace(ASKED, due=date(2012, 7, 2)), "2012-07-02 交", NEVER),
    "handing.8": (
        replace(ASKED, answer="late", reason="停机"),
        replace(ASKED, answer="refused", reason=" "),
        "没有原因",
        NEVER,
    ),
    "requesting.1": (LATE, LATE, "另一单位的账号", OWN, replace(OWN, others="同仁县对口办")),
    "requesting.2": (LATE, LATE, "收表〔2012〕1号已收", OWN, replace(OWN, kept="data", receipt="收表〔2012〕1号")),
    "requesting.3": (LATE, replace(LATE, answer="refused", reason="不归本局管"), "不报：不归本局管", OWN),
    "requesting.4": (T6, T6, "2012-07-08 已催过人才培训台账", OWED, replace(OWED, reminded=DAY)),
}
