"""The forms of what no form of its own records: money secured, totals that a source states, projects that it names."""

from collections.abc import Callable, Mapping
from typing import Any, ClassVar

from django import forms

from duikou.intake.proposing_record import FACTS
from duikou.rules.fact import Fact
from duikou.web.acting.asking import Sheet
from duikou.web.acting.kinds_fields import Measure
from duikou.web.acting.offer import Coded
from duikou.web.acting.reading import DayOrMonth
from duikou.web.forms import Day

Make = Callable[[], forms.Field]
PLAIN: Mapping[str, Mapping[str, Make]] = {
    "secured": {
        "amount": lambda: Measure("fen", label="金额"),
        "source": lambda: Coded("source", "资金来源"),
        "purpose": lambda: forms.CharField(label="用途", max_length=80, required=False),
    },
    "stated_disbursement": {
        "amount": lambda: Measure("fen", label="金额"),
        "as_of": lambda: Day(label="截至哪一天"),
        "status": lambda: Coded("status", "来源的说法", required=False),
    },
    "stated_total": {
        "of": lambda: Coded("total", "什么的总数"),
        "amount": lambda: Measure("item", label="总数"),
        "as_of": lambda: Day(label="截至哪一天"),
        "status": lambda: Coded("status", "状态", required=False),
    },
    "project": {
        "name": lambda: forms.CharField(label="名称", max_length=60),
        "sector": lambda: Coded("sector", "领域"),
        "status": lambda: Coded("status", "状态"),
    },
}


class Plain(Sheet):
    """A form of the fields above, with the time."""

    kind: ClassVar[str]
    when = DayOrMonth(
        spans=True, label="时间", required=False, help_text="写到日；只知道月的写 2012年4月，年度写 2012年"
    )

    def fact(self, said: dict[str, Any]) -> Fact:
        """The fact that the form says."""
        values = {name: said[name] for name in PLAIN[self.kind] if said[name] not in ("", None)}
        return FACTS[self.kind](**values, when=said["when"])
