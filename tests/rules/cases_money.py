"""A fact that holds and one that does not for every rule of notices, contracts, claims, plans, shares and uses.

A case is (good, bad, a word of the answer, standing of the good one, standing of the bad one where it differs). Real
numbers are those of DOMAIN: 2.0 + 1.0 million recalled and 3.0 million issued again, 4:5:1, 80 %, 3 % and 5 %.
"""

from dataclasses import replace
from datetime import date

from duikou.rules import budgets, claims, contracts, notices
from duikou.rules.packs import Choice, Pack
from duikou.rules.period import on, parse

TODAY = date(2023, 6, 30)
MILLION = 1_000_000_00  # fen


def chosen(rule, first=None, last=None, **values):
    """A pack that sets the values of one rule."""
    return Pack((Choice(rule, "stops", values, first=first, last=last),))


def of(standing, rule, **values):
    """The standing under a pack that sets the values of one rule."""
    return replace(standing, pack=chosen(rule, **values))


# ---- notices: the change of 4 November 2024, two projects lose 2.0 and 1.0 million, three others get 3.0 million -------

ROAD, WELL = notices.Line(amount=2 * MILLION, back=True, project=1), notices.Line(amount=MILLION, back=True, project=2)
THREE = tuple(notices.Line(amount=MILLION, project=project) for project in (3, 4, 5))
CHANGE = notices.Notice(
    number="财农〔2024〕62号",
    type="adjust",
    side="supporting",
    lines=(ROAD, WELL, *THREE),
    of=9,
    when=on(date(2024, 11, 4)),
)
ISSUE = replace(CHANGE, type="issue", lines=THREE, of=None)
SPLIT = notices.Line(amount=2 * MILLION, receiver="tr", project=1)
NOTED = notices.NoticeStanding(
    today=date(2024, 11, 4), issued=(((1, None), 2 * MILLION), ((2, None), 3 * MILLION)), planned=frozenset({3, 4, 5})
)
# a second recall of 2.0 million from project 1 when 1.5 million are left there
LESS = replace(NOTED, issued=(((1, None), 1_500_000_00), ((2, None), 3 * MILLION)))

NOTICES = {
    "notices.1": (
        CHANGE, CHANGE, "财农〔2024〕62号 已登记", NOTED, replace(NOTED, keys=frozenset({"财农〔2024〕62号"})),
    ),
    "notices.2": (CHANGE, replace(CHANGE, lines=(replace(ROAD, amount=0), WELL)), "0万元", NOTED),
    "notices.3": (ISSUE, replace(ISSUE, lines=(THREE[0], replace(THREE[1], project=None))), "第 2 行", NOTED),
    "notices.4": (
        replace(ISSUE, side="receiving", lines=(SPLIT,)),
        replace(ISSUE, side="receiving", lines=(replace(SPLIT, receiver=None),)), "第 1 行缺县", NOTED,
    ),
    "notices.5": (CHANGE, replace(CHANGE, of=None), "未写原指标文件", NOTED),
    "notices.6": (ISSUE, replace(ISSUE, type="recall"), "收回文件列了下达", NOTED),
    "notices.7": (CHANGE, replace(CHANGE, lines=(ROAD, WELL, *THREE[:2])), "收回 300万元，重新下达 200万元", NOTED),
    "notices.8": (CHANGE, CHANGE, "项目 1收回 200万元，原文件现下达 150万元", NOTED, LESS),
    "notices.9": (CHANGE, CHANGE, "项目 5未列入计划", NOTED, replace(NOTED, planned=frozenset({3, 4}))),
}  # fmt: skip

# ---- contracts: 3.6 million works under an estimate of 5 million ----------------------------------------------------

CONTRACT = contracts.Contract(
    number="HT-1", project=1, payee="hn", type="works", method="direct", price=3_600_000_00, retention=30,
    when=on(date(2023, 3, 1)),
)  # fmt: skip
SIGNED = contracts.ContractStanding(today=TODAY, planned=True, estimate=5 * MILLION, credit_code="91350100M000100Y43")
TENDER = of(SIGNED, "contracts.6", works=4 * MILLION, goods=2 * MILLION, services=MILLION)

CONTRACTS = {
    "contracts.1": (CONTRACT, replace(CONTRACT, number="ht-1"), "ht-1 已登记", SIGNED, replace(SIGNED, keys=frozenset({"ht-1"}))),
    "contracts.2": (CONTRACT, replace(CONTRACT, price=0), "0万元", SIGNED),
    "contracts.3": (CONTRACT, CONTRACT, "没有统一社会信用代码", SIGNED, replace(SIGNED, credit_code="")),
    # Z is what a wrong table on the web gives for the sum 1640, remainder 28; 31 - 28 = 3
    "contracts.4": (CONTRACT, CONTRACT, "Y4Z", SIGNED, replace(SIGNED, credit_code="91350100M000100Y4Z")),
    "contracts.5": (CONTRACT, CONTRACT, "未列入计划", SIGNED, replace(SIGNED, planned=False)),
    "contracts.6": (CONTRACT, replace(CONTRACT, price=4 * MILLION), "工程 400万元，直接委托", TENDER),
    # 3.6 + 0.4 = 4.0 million
    "contracts.7": (CONTRACT, CONTRACT, "共 400万元", TENDER, replace(TENDER, alike=400_000_00)),
    # 1.4 + 3.6 = 5.0 million is the estimate; one fen more is too much
    "contracts.8": (
        CONTRACT, replace(CONTRACT, price=3_600_000_01), "500.000001万元", replace(SIGNED, contracted=1_400_000_00),
    ),
    "contracts.9": (CONTRACT, replace(CONTRACT, retention=50), "5%", of(SIGNED, "contracts.9", limit=30)),
}  # fmt: skip

# ---- claims: a contract of 10 million signed after 1 August 2022 ---------------------------------------------------

INVOICE = claims.Invoice("1100-001", "hn", 2 * MILLION)
CLAIM = claims.Claim(
    contract=1, number=2, type="progress", stage="started", use="project", amount=2 * MILLION, payee="hn", progress=400,
    done=4 * MILLION, purpose="热贡文化广场二期", invoices=(INVOICE,), when=on(date(2023, 6, 1)),
    items=(("paper", "itemised_bill", ""), ("paper", "department_seal", ""), ("paper", "supervisor_opinion", "")),
)  # fmt: skip
BEFORE = claims.ClaimStanding(
    today=TODAY, claim=CLAIM, payee="hn", contract_type="works", signed_on=date(2022, 8, 1), price=10 * MILLION,
    approved=2 * MILLION, paid=2 * MILLION, done=2 * MILLION, planned=True, plan_final=True, aid=8 * MILLION,
    drawn=2 * MILLION, estimate=12 * MILLION,
)  # fmt: skip
APPROVAL = claims.Approval(claim=2, approved=2 * MILLION, retained=60_000_00, when=on(date(2023, 6, 10)))
RETENTION = replace(CLAIM, type="retention", stage="accepted", amount=300_000_00, invoices=())
HELD = replace(BEFORE, retained=300_000_00, claim=RETENTION)
FIRST = replace(BEFORE, approved=0, paid=0, done=0, drawn=0)
TRANCHES = of(BEFORE, "tranches.1", started=400, basically_complete=900, accepted=1000)
PREPAID = of(FIRST, "tranches.2", floor=100, ceiling=300)
PREPAYMENT = replace(CLAIM, type="prepayment", progress=0, done=0)
SETTLED = of(replace(BEFORE, claim=replace(CLAIM, type="settlement")), "tranches.7", floor=950, ceiling=970)
LAST = replace(APPROVAL, approved=8 * MILLION, retained=300_000_00)

CLAIMS = {
    "claims.1": (CLAIM, replace(CLAIM, amount=0), "0万元", BEFORE),
    "claims.2": (CLAIM, replace(CLAIM, payee="tr"), "收款单位 tr", BEFORE),
    # of 10 million 2 are approved: 8 million are owed
    "claims.3": (replace(CLAIM, amount=8 * MILLION), replace(CLAIM, amount=8 * MILLION + 1), "800.000001万元", BEFORE),
    "claims.4": (CLAIM, CLAIM, "1100-001 已用过", BEFORE, replace(BEFORE, invoices=frozenset({"１１００-001"}))),
    "claims.5": (CLAIM, replace(CLAIM, invoices=(replace(INVOICE, seller="tr"),)), "由 tr 开出", BEFORE),
    "claims.6": (CLAIM, replace(CLAIM, amount=2 * MILLION + 100), "发票合计 200万元", BEFORE),
    "claims.7": (CLAIM, CLAIM, "未列入计划", BEFORE, replace(BEFORE, planned=False)),
    "claims.8": (CLAIM, CLAIM, "尚未定稿", BEFORE, replace(BEFORE, plan_final=False)),
    # 2 + 2 = 4 million; the plan gives 8, then 3.9
    "claims.9": (CLAIM, CLAIM, "连同本期 400万元", BEFORE, replace(BEFORE, aid=3_900_000_00)),
    "claims.10": (APPROVAL, APPROVAL, "连同本期 400万元", BEFORE, replace(BEFORE, estimate=3_900_000_00)),
    "claims.11": (CLAIM, CLAIM, "设计变更待批", BEFORE, replace(BEFORE, undecided=("design",))),
    # 4:5:1: 2 + 2 = 4 of 10 million is just 40 %
    "tranches.1": (CLAIM, replace(CLAIM, amount=2_100_000_00), "已开工，累计 410万元", TRANCHES),
    # 10 to 30 % of 10 million
    "tranches.2": (
        replace(PREPAYMENT, amount=3 * MILLION), replace(PREPAYMENT, amount=999_999_00), "9.9%", PREPAID,
    ),
    # 2.0 + 1.26 - 0.06 = 3.2 million is 80 % of the 4 million done
    "tranches.3": (
        replace(APPROVAL, approved=1_260_000_00), replace(APPROVAL, approved=1_250_000_00), "79.7%",
        of(BEFORE, "tranches.3", floor=800),
    ),
    # 4 - 2 = 2 million were done since the last claim
    "tranches.4": (CLAIM, replace(CLAIM, amount=2_000_001_00), "200.0001万元", BEFORE),
    # progress 40 %, paid 40 %; at 20 % progress the payment runs 20 points ahead
    "tranches.5": (CLAIM, replace(CLAIM, progress=200), "进度 20%，付款 40%", of(BEFORE, "tranches.5", ahead=100)),
    # 2 of 4 million done are unpaid, then 3 of 5
    "tranches.6": (CLAIM, replace(CLAIM, done=5 * MILLION), "未付 300万元（60%）", of(BEFORE, "tranches.6", far=500)),
    # 2.0 + 8.0 - 0.3 = 9.7 million of 10; with nothing held back 100 %
    "tranches.7": (LAST, replace(LAST, retained=0), "100%", SETTLED),
    "claims.12": (APPROVAL, replace(APPROVAL, approved=2 * MILLION + 1), "200.000001万元", BEFORE),
    "claims.13": (APPROVAL, replace(APPROVAL, retained=2 * MILLION + 1), "200.000001万元", BEFORE),
    # 3 % of 10 million are 0.3 million: 0.24 + 0.06
    "tranches.8": (
        APPROVAL, replace(APPROVAL, retained=60_000_01), "合计扣留 30.000001万元（3%）",
        of(replace(BEFORE, retained=240_000_00), "contracts.9", limit=30),
    ),
    "tranches.9": (
        RETENTION, RETENTION, "2023-06-01", of(replace(HELD, usable=date(2022, 6, 1)), "tranches.9", months=12),
        of(replace(HELD, usable=date(2022, 6, 2)), "tranches.9", months=12),
    ),
    "claims.14": (
        CLAIM, CLAIM, "尚有 5万元", of(BEFORE, "claims.14", above=0),
        of(replace(BEFORE, donations_left=50_000_00), "claims.14", above=0),
    ),
}  # fmt: skip

# ---- plans, changes, final accounts --------------------------------------------------------------------------------

LINE = budgets.PlanLine(
    project=1, scope="in_plan", aid=2 * MILLION, total=5 * MILLION, feasibility=5 * MILLION, estimate=5_500_000_00,
    when=parse("2023"), items=(("share", "livelihood", ""),),
)  # fmt: skip
PLANNED = budgets.PlanStanding(today=TODAY, planned=8 * MILLION, shares=(("livelihood", 6 * MILLION),))
ROADS = replace(LINE, items=())
SETTLEMENT = budgets.Settlement(project=1, usable=date(2023, 3, 30), size="small")
DONE = replace(SETTLEMENT, settled=date(2023, 5, 30), amount=5 * MILLION)
THREE_MONTHS = of(PLANNED, "budgets.8", months=3)
EXTENDED = replace(
    PLANNED,
    pack=Pack((Choice("budgets.8", "asks", {"months": 3}), Choice("budgets.9", "stops", {"small": 2, "large": 6}))),
)
OVERPAID = of(replace(PLANNED, overpaid=20_000_00), "budgets.11", days=31)
CARRIED = budgets.CarryOver(since=date(2021, 6, 30), amount=MILLION, when=on(date(2023, 6, 29)))

BUDGETS = {
    "budgets.18": (LINE, LINE, "项目已取消", PLANNED, replace(PLANNED, cancelled=True)),
    "budgets.1": (LINE, replace(LINE, aid=0), "0万元", PLANNED),
    "budgets.2": (LINE, replace(LINE, aid=6 * MILLION), "援助 600万元，总投资 500万元", PLANNED),
    "budgets.3": (LINE, replace(LINE, total=5_500_000_01), "550.000001万元", PLANNED),
    "budgets.4": (
        replace(LINE, approval="发改〔2023〕5号"), LINE, "由 500万元 增到 550万元",
        *(replace(PLANNED, estimate_before=5 * MILLION),) * 2,
    ),
    # 10 % above 5 million is 5.5 million
    "budgets.5": (LINE, replace(LINE, estimate=5_500_000_01), "可研 500万元", of(PLANNED, "budgets.5", over=100)),
    "budgets.6": (replace(LINE, replaces=7, approval="发改〔2023〕5号"), replace(LINE, replaces=7), "未写批文", PLANNED),
    "budgets.7": (
        budgets.ProjectChange(project=1, type="place", reason="原址有文物"),
        budgets.ProjectChange(project=1, type="place", reason=" "), "未写理由",
    ),
    # usable on 30 March: due on 30 June, which is today; a day earlier it was due yesterday
    "budgets.8": (SETTLEMENT, replace(SETTLEMENT, usable=date(2023, 3, 29)), "尚未编完", THREE_MONTHS),
    # 3 + 2 months after 30 March is 30 August
    "budgets.9": (
        replace(SETTLEMENT, extended=date(2023, 8, 30)), replace(SETTLEMENT, extended=date(2023, 8, 31)),
        "延到 2023-08-31", EXTENDED,
    ),
    "budgets.10": (DONE, DONE, "结余 3万元", PLANNED, replace(PLANNED, leftover=30_000_00)),
    # 31 days after 30 May is 30 June, today
    "budgets.11": (DONE, replace(DONE, settled=date(2023, 5, 29)), "多付 2万元", OVERPAID),
    "budgets.12": (CARRIED, replace(CARRIED, when=on(date(2023, 6, 30))), "100万元自 2021-06-30", of(PLANNED, "budgets.12", months=24)),
    "budgets.13": (
        budgets.Decision(decided=None, approval="发改〔2023〕5号"),
        budgets.Decision(decided=date(2023, 5, 1), approval="发改〔2023〕5号"), "2023-05-01 已批复",
    ),
    "budgets.14": (budgets.Decision(decided=None, approval="发改〔2023〕5号"), budgets.Decision(decided=None, approval=""), "未写批文"),
    "budgets.15": (
        budgets.Settlement(project=1, usable=date(2023, 5, 1), size="small", settled=date(2023, 5, 1)),
        budgets.Settlement(project=1, usable=date(2023, 5, 2), size="small", settled=date(2023, 5, 1)), "2023-05-01 决算",
        PLANNED,
    ),
}  # fmt: skip


def _share(code, name):
    """Eight of ten million spent on a share, then one fen less."""
    spent = budgets.Spent(total=10 * MILLION, shares=((name, 8 * MILLION),), fees=100_000_00, when=parse("2022"))
    less = replace(spent, shares=((name, 8 * MILLION - 1),))
    return spent, less, "占 79.9%", of(PLANNED, code, least=800)


SPENT, _, _, _ = _share("shares.6", "livelihood")
RESERVED = of(replace(PLANNED, secured=800 * MILLION, reserve=24 * MILLION), "shares.5", least=30)
SHARES = {
    "shares.1": _share("shares.1", "livelihood"),
    "shares.2": _share("shares.2", "county"),
    "shares.3": _share("shares.3", "industry"),
    "shares.4": _share("shares.4", "poor"),
    # 24 of 800 million are 3 %; Shandong kept 24 of 805
    "shares.5": (LINE, LINE, "占 2.9%", RESERVED, replace(RESERVED, secured=805 * MILLION)),
    # 0.1 of 10 million are 1 %
    "shares.6": (SPENT, replace(SPENT, fees=100_000_01), "管理费 10.000001万元", of(PLANNED, "shares.6", most=10)),
}

FORBIDDEN = {
    "uses.1": ("offices", "楼堂馆所"), "uses.2": ("running_costs", "单位基本支出"), "uses.3": ("welfare", "奖金津贴福利"),
    "uses.4": ("company_losses", "弥补企业亏损"), "uses.5": ("budget_gap", "弥补预算缺口"),
    "uses.6": ("vehicles", "交通工具通讯设备"), "uses.7": ("debt", "偿还债务垫资"), "uses.8": ("landscape", "景观立面"),
    "uses.9": ("cash_handout", "直接发钱"), "uses.10": ("reception", "接待"),
}  # fmt: skip
BARE = replace(CLAIM, items=(), invoices=())
USES = {code: (CLAIM, replace(CLAIM, use=use), said, BEFORE) for code, (use, said) in FORBIDDEN.items()} | {
    "uses.11": (CLAIM, replace(CLAIM, purpose="购置公务车两辆"), "“公务车”，像交通工具", BEFORE),
    "uses.12": (CLAIM, BARE, "缺明细清单", BEFORE),
    "uses.13": (CLAIM, BARE, "缺发票", BEFORE),
    "uses.14": (CLAIM, BARE, "缺主管部门签章", BEFORE),
    "uses.15": (CLAIM, BARE, "缺监理意见", BEFORE),
}

CASES = NOTICES | CONTRACTS | CLAIMS | BUDGETS | SHARES | USES
