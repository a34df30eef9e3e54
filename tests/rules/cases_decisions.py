"""A fact that hangs from a decision and one that does not; what a programme lists as weighty."""

from dataclasses import replace
from datetime import date

from duikou.rules.budgets import PlanLine
from duikou.rules.checks import Checked
from duikou.rules.decisions import DecisionStanding
from duikou.rules.intentions import Intended
from duikou.rules.packs import Choice, Pack
from duikou.rules.period import months
from duikou.rules.promises import Handed, Promised

LISTED = Pack((Choice("decisions.1", "stops", {"plan_project": 1}),))
LINE = PlanLine(project=31, plan=7, scope="in_plan", aid=1, when=months(2012, 1, 12))
KNOWN = DecisionStanding(date(2012, 3, 5), "plan_project", LISTED, {9: frozenset({9}), 7: frozenset({9})})

PROMISE = Promised("五年内建成", date(2011, 8, 29))
MATTER = Handed("核实到账差额", date(2012, 8, 1))
DAY = Checked(date(2012, 8, 29))
MEANT = Intended("矿泉水厂", "intended", date(2011, 8, 29))
YEAR = Pack((Choice("intentions.1", "asks", {"months": 12}),))

CASES = {
    "decisions.1": (LINE, replace(LINE, plan=8), "没有依据的决定", KNOWN),
    # one year is over on 29 August 2012, and a day more is too much
    "promises.1": (PROMISE, PROMISE, "2011-08-29 承诺，没有答复过", DAY, Checked(date(2012, 8, 30))),
    # twelve months are over on 29 August 2012, and a day more is too much
    "intentions.1": (
        MEANT,
        MEANT,
        "“意向”是 2011-08-29，至今 12 个月没有下一步",
        Checked(date(2012, 8, 29), YEAR),
        Checked(date(2012, 8, 30), YEAR),
    ),
    # from 1 to 29 August: 28 days
    "promises.2": (replace(MATTER, answered=date(2012, 8, 28)), MATTER, "已逾期 28 天", DAY),
}
