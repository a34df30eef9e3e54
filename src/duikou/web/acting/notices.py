"""指标文件: its head and its lines, checked with their sum before it is issued."""

from dataclasses import replace
from typing import Any

from django import forms

from duikou.acts import notices as acts
from duikou.acts.decided import standing_of_acts
from duikou.acts.doing import today
from duikou.rules import notices as rules
from duikou.rules.amounts import words
from duikou.rules.decisions import decision_comes_first
from duikou.rules.ledger import signed, total
from duikou.rules.period import on
from duikou.rules.problem import Problem, judge
from duikou.terms.words import zh
from duikou.web.forms import Day, Money

from .asking import Sheet, Shown, sheet
from .deciding import FIELD, RULE, links_of, offer_decision
from .offer import Coded, Offer, Pick, number
from .places import own_work

BACK = {"issue": False, "recall": True}  # which way all lines of a notice go


class Line(forms.Form):
    """One line: to or from whom, out of which fund, how much, which way."""

    project = Pick("项目", required=False)
    receiver = Pick("单位", required=False)
    fund = Pick("资金来源", required=False, empty="不分来源")
    amount = Money(label="金额（万元）")
    way = forms.ChoiceField(
        label="下达或收回", required=False, choices=[("", "随文件"), ("issue", "下达"), ("recall", "收回")]
    )

    def __init__(self, *args: Any, offer: Offer, **more: Any) -> None:
        super().__init__(*args, **more)
        offered = {"project": offer.projects, "receiver": offer.receivers, "fund": offer.funds}
        for name, rows in offered.items():
            field: Any = self.fields[name]
            field.queryset = rows


class Notice(Sheet):
    """下发指标文件: money is issued, recalled, or moved from some to others by one document."""

    act, leads, checked = "issue_notice", "notices/{}/", True
    at = {"notices.1": "number", "notices.5": "of", "notices.6": "type", **RULE}
    rows = forms.formset_factory(Line, extra=8, max_num=60, absolute_max=60)
    rows_said = "逐行填写：项目或单位、资金来源、金额；受援方的文件每行写县和项目。空行不计"
    number = forms.CharField(label="文号", max_length=40, help_text="如 津财〔2012〕8号；一文一号")
    type = Coded("notice", "文件种类")
    side = forms.ChoiceField(
        label="哪一方发的", choices=[("", ""), *((c, zh("side", c)) for c in ("supporting", "receiving"))]
    )
    day = Day(label="发文日期", help_text="如 2012-03-05")
    of = Pick("改动哪一份", required=False, help_text="收回、调整的写原来下达的文件")
    title = forms.CharField(label="标题", max_length=80, required=False)
    issuer = Pick("发文单位", required=False)
    function_code = forms.CharField(label="功能科目", max_length=10, required=False)
    basis = forms.CharField(label="依据", max_length=80, required=False)

    def prepare(self) -> None:
        """Notices to change, organisations that issue; `?of=` names the notice to change."""
        self.offers(of=self.offer.notices, issuer=self.offer.organisations)
        self.propose("of", "type", "side")
        offer_decision(self)

    def clean(self) -> dict[str, Any]:
        """Each line of an adjustment says which way it goes."""
        said = super().clean() or {}
        for line in self._said() if self.lines and self.lines.is_valid() else []:
            if said.get("type") == "adjust" and not line.cleaned_data["way"]:
                line.add_error("way", "调整文件每行选下达或收回")
        if self.lines and self.lines.is_valid() and not self._said():
            self.add_error(None, "没有一行写了金额；照资金计划表逐行填写")
        return said

    def _said(self) -> list[forms.Form]:
        return [line for line in (self.lines or ()) if getattr(line, "cleaned_data", None)]

    def fact(self, said: dict[str, Any]) -> rules.Notice:
        """The notice that was meant."""
        return rules.Notice(
            number=said["number"], type=said["type"], side=said["side"], when=on(said["day"]), title=said["title"],
            of=number(said["of"]), issuer=number(said["issuer"]), function_code=said["function_code"],
            basis=said["basis"], links=links_of(said),
            lines=tuple(
                rules.Line(
                    amount=row["amount"], back=_back(said["type"], row["way"]), project=number(row["project"]),
                    receiver=number(row["receiver"]), fund=number(row["fund"]),
                )
                for row in (line.cleaned_data for line in self._said())
            ),
        )  # fmt: skip

    def understood(self, said: dict[str, Any]) -> tuple[Shown, list[Problem]]:
        """Each line as it was read, and what they come to."""
        fact, programme = self.fact(said), self.offer.programme
        standing = acts.standing_of(programme, fact)
        keyed = replace(fact, key=acts.key_of(programme, fact.number))
        problems = judge(
            rules.RULES[rules.Notice], keyed, standing, day=None, opened=programme.opened, weigh=standing.pack.weight
        )
        return [*self._head(said, fact), *self._sums(fact)], [*problems, *self._undecided(keyed)]

    def _undecided(self, fact: rules.Notice) -> list[Problem]:
        """What is asked of a notice that hangs from no decision, where the programme has listed notices."""
        programme = self.offer.programme
        known = standing_of_acts(self.act, programme.code, today())
        asked = [decision_comes_first] if known else []
        return judge(asked, fact, known, day=None, opened=programme.opened, weigh=known.pack.weight if known else None)

    def _head(self, said: dict[str, Any], fact: rules.Notice) -> Shown:
        head = [("文号", fact.number), ("种类", f"{zh('side', fact.side)}{zh('notice', fact.type)}")]
        head.append(("日期", fact.when.zh if fact.when else ""))
        head += [("改动", str(said["of"]))] if said["of"] else []
        head += [("依据的决定", f"{said[FIELD].number}　{said[FIELD].matter}")] if said.get(FIELD) else []
        for n, (line, row) in enumerate(zip(fact.lines, (x.cleaned_data for x in self._said()), strict=True), 1):
            whom = "　".join(str(row[name]) for name in ("receiver", "project", "fund") if row[name])
            head.append((f"第 {n} 行", f"{whom}　{'收回' if line.back else '下达'} {words(line.amount)}"))
        return head

    def _sums(self, fact: rules.Notice) -> Shown:
        ways = {back: [line.amount for line in fact.lines if line.back is back] for back in (False, True)}
        named = ((False, "下达合计"), (True, "收回合计"))
        both = [(name, words(total(ways[back]))) for back, name in named if all(ways.values())]
        net = signed((line.amount, line.back) for line in fact.lines)
        return [*both, ("合计", words(net) if net else "0，收回与下达相抵")]

    def do(self, said: dict[str, Any]) -> int:
        """Issue it with all lines, or none."""
        return acts.issue_notice(self.fact(said), programme=self.offer.programme, person=self.offer.person)


def _back(kind: str, way: str) -> bool:
    return way == "recall" if way else BACK.get(kind, False)


urlpatterns = [sheet("notices/new", Notice, own_work(Notice.act), "notice-new")]
