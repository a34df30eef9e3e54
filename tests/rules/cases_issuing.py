"""A paper that may be drafted, commented on, signed, issued or withdrawn, and one that may not."""

from dataclasses import replace
from datetime import date

from duikou.rules.issuing import (
    Comment,
    Issue,
    Paper,
    PaperStanding,
    Settlement,
    Signing,
    Withdrawal,
)

TABLE = Paper(form="table:overview", title="统计表", span="2011", line=12, snapshot="ab")
OPEN = PaperStanding(date(2011, 9, 1), forms=("table:overview",), of_project=("report:project",))
DRAFT = replace(OPEN, state="draft", account="lingdao", drafter="yewu", line=14, figures=("funds.secured:tj-hn.2011",))
SIGNED = replace(DRAFT, state="signed", codes=("津合〔2011〕1号",))
ISSUE = Issue("津合〔2011〕2号", 14)
SAID = {"funds.secured:tj-hn.2011": ("fen", ("2000万元", "2000万元"))}
SAID_ANOTHER_WAY = {"funds.secured:tj-hn.2011": ("fen", ("2000万元", "2100万元"))}

CASES = {
    "issuing.1": (TABLE, replace(TABLE, form="table:none"), "table:none", OPEN),
    "issuing.2": (TABLE, TABLE, "含姓名或身份证号", OPEN, replace(OPEN, personal=True)),
    "issuing.3": (Comment("数字偏大"), Comment("数字偏大", "funds.secured:bj-ht.2011"), "bj-ht", DRAFT),
    "issuing.4": (Settlement("已改"), Settlement(" "), "没有答复", OPEN),
    "issuing.5": (Signing(14), Signing(13), "第 14 行有变动", DRAFT),
    "issuing.6": (Signing(14), Signing(14), "不是草稿", DRAFT, SIGNED),
    "issuing.7": (Signing(14), Signing(14), "lingdao 起草", DRAFT, replace(DRAFT, drafter="lingdao")),
    "issuing.8": (Signing(14), Signing(14), "2 条意见未了结", DRAFT, replace(DRAFT, comments=2)),
    "issuing.9": (ISSUE, ISSUE, "还没有签发", SIGNED, DRAFT),
    # square brackets are not what the standard asks for
    "issuing.10": (ISSUE, replace(ISSUE, code="津合[2011]2号"), "津合[2011]2号", SIGNED),
    "issuing.11": (ISSUE, ISSUE, "待核：落实资金", SIGNED, replace(SIGNED, checks=("落实资金",))),
    "issuing.12": (ISSUE, ISSUE, "勾稽不平：合计等于分项之和", SIGNED, replace(SIGNED, failing=("合计等于分项之和",))),
    "issuing.13": (ISSUE, ISSUE, "3 条记录", SIGNED, replace(SIGNED, below=3)),
    "issuing.14": (ISSUE, ISSUE, "2000万元、2100万元", replace(SIGNED, printed=SAID), replace(SIGNED, printed=SAID_ANOTHER_WAY)),
    "issuing.15": (Withdrawal("数字有误"), Withdrawal(""), "没有写原因", SIGNED),
    "issuing.16": (replace(TABLE, floor="copy"), replace(TABLE, floor="rumour"), "rumour", OPEN),
    "issuing.17": (TABLE, replace(TABLE, project=15), "选了项目 15", OPEN),
}  # fmt: skip
