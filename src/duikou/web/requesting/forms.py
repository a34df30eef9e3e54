"""要表 and 答复要表: the form that asks offices for the sheets of a period, and what an office answers in place of one."""

from collections.abc import Sequence
from typing import Any

from django import forms

from duikou.acts import requesting as acts
from duikou.acts.asked import asked_before
from duikou.acts.doing import today
from duikou.records.models import DataRequest, of
from duikou.rules import handing as rules
from duikou.rules.period import Period, parse
from duikou.rules.problem import Problem, judge
from duikou.rules.requesting import ANSWERS
from duikou.terms.words import zh
from duikou.web.acting.asking import Sheet, Shown, sheet
from duikou.web.acting.closings import When
from duikou.web.acting.places import own_work
from duikou.web.forms import Day
from duikou.web.language import area_name
from duikou.web.sheets.kept import known_sheets

from .board import due_of, following, last_asked
from .kept import of_request, offices, order_of_sheet, request_of, title_of_sheet
from .rows import Cell, timed

NAMES = 6  # names that a line lists
NOT_OFFERED = "名单里没有这一项；从名单中选"


def ticks(label: str, hint: str = "", *, many: bool = False) -> forms.MultipleChoiceField:
    """Several of what is offered."""
    return forms.MultipleChoiceField(
        label=label, help_text=hint, widget=forms.CheckboxSelectMultiple(attrs={"class": "many"} if many else None),
        error_messages={"invalid_choice": NOT_OFFERED},
    )  # fmt: skip


class Ask(Sheet):
    """要表: one or many offices for one or many sheets of a period, by a day."""

    act, under, checked = "ask_for_sheet", "requests", True
    at = {"handing.6": "layouts", "handing.7": "due"}
    when = When(label="哪一期", help_text="整月、整季或整年，如 2012-06、2012")
    offices = ticks("要哪些单位报", "没有账号的单位，答复由业务员代记", many=True)
    layouts = ticks("要哪些表")
    due = Day(label="期限", help_text="期末以后至少留三天；每月一般在次月 5 日前")
    like = forms.CharField(required=False, widget=forms.HiddenInput, max_length=40)

    def prepare(self) -> None:
        """Offices and sheets of the book; proposed are those of the month before, or of the month `?like=`; `?when=` the period."""
        programme = self.offer.programme
        self.known = {
            str(pk): (name, area, has_account) for pk, name, area, has_account in offices(programme)
        }  # fmt: skip
        codes = sorted(known_sheets(), key=order_of_sheet)
        fields: Any = self.fields
        fields["offices"].choices = [(pk, _named(*said)) for pk, said in self.known.items()]
        fields["layouts"].choices = [(code, f"{known_sheets()[code].form} {title_of_sheet(code)}") for code in codes]
        self.before = last_asked(programme)
        when = self._period()
        rows = self.before[1] if self.before else []
        self.propose(
            "like", when=when.code, due=due_of(when), offices=sorted({str(office) for office, _ in rows}),
            layouts=sorted({layout for _, layout in rows}),
        )  # fmt: skip

    def _period(self) -> Period:
        """The period of the address, else the month after the last that was asked for, else this month."""
        try:
            return parse(self.query.get("when", ""))
        except ValueError:
            return following(self.before[0]) if self.before else parse(today().isoformat()[:7])

    def clean(self) -> dict[str, Any]:
        """Like last time, something of what is chosen was asked for then."""
        said = super().clean() or {}
        if {"when", "offices", "layouts"} <= said.keys() and not self._chosen(said):
            self.add_error("layouts", "这些单位那一期没有要过这些表；去掉“照上月”再要，或另选")
        return said

    def _chosen(self, said: dict[str, Any]) -> list[acts.Wanted]:
        """Each sheet of each office; like last time, only what was asked for then."""
        asked = self._asked(said.get("like", ""))
        return [
            acts.Wanted(int(pk), self.known[pk][1], code, title_of_sheet(code))
            for pk in said["offices"]
            for code in said["layouts"]
            if asked is None or (int(pk), code) in asked
        ]

    def _wanted(self, said: dict[str, Any]) -> tuple[list[acts.Wanted], list[str]]:
        """What is left to ask for, and why the rest is not: it was asked for or taken before."""
        every, before = self._chosen(said), asked_before(self.offer.programme, said["when"])
        kept = [before.get((one.layout, one.office), "") for one in every]
        return [one for one, why in zip(every, kept, strict=True) if not why], [why for why in kept if why]

    def _asked(self, like: str) -> set[tuple[int, str]] | None:
        """What was asked for in a period, by office and sheet; nothing where none is named."""
        try:
            when = parse(like)
        except ValueError:
            return None
        rows = of(DataRequest, self.offer.programme).filter(first=when.first, last=when.last)
        return set(rows.values_list("office_id", "layout"))

    def understood(self, said: dict[str, Any]) -> tuple[Shown, list[Problem]]:
        """How many of whom, by when; what is left out because it was asked for."""
        (wanted, left_out), when, due = self._wanted(said), said["when"], said["due"]
        names = [self.known[str(pk)][0] for pk in dict.fromkeys(one.office for one in wanted)]
        sheets = list(dict.fromkeys(one.title for one in wanted))
        shown = [
            ("哪一期", when.zh), ("期限", f"{due}（{timed((today() - due).days)}）"),
            (f"单位 {len(names)} 家", _few(names)), (f"表 {len(sheets)} 张", _few(sheets)), ("合计", f"{len(wanted)} 份"),
            *([(f"不再要 {len(left_out)} 份", _few(left_out))] if left_out else []),
        ]  # fmt: skip
        one = rules.DataRequest(layout="", title="", office=0, when=when, asked_on=today(), due=due)
        standing = rules.RequestStanding(today(), "" if wanted else _few(left_out))
        return shown, judge(rules.RULES[rules.DataRequest], one, standing, day=when.last, opened=None)

    def do(self, said: dict[str, Any]) -> list[int]:
        """Ask for what is left; where nothing is, the act says why not."""
        wanted = self._wanted(said)[0] or self._chosen(said)
        return acts.ask_for_sheet(
            wanted, when=said["when"], due=said["due"], programme=self.offer.programme, person=self.offer.person
        )


class Answer(Sheet):
    """答复要表: nothing to report, late or refused, with the reason; a sheet that is handed in answers by itself."""

    act, under = "answer_request", "requests"
    at = {"handing.8": "reason", "requesting.2": "answer"}
    answer = forms.ChoiceField(
        label="答复", widget=forms.RadioSelect, choices=[(code, zh("data_answer", code)) for code in ANSWERS],
        help_text="有数据的不在这里答复：交表即为报数", error_messages={"invalid_choice": NOT_OFFERED},
    )  # fmt: skip
    reason = forms.CharField(
        label="原因", required=False, max_length=100, help_text="迟报的写明原因和几时能报；不报的写明原因"
    )

    def prepare(self) -> None:
        """What was answered before."""
        self.row: DataRequest = self.about
        if self.row.answer in ANSWERS:
            self.propose(answer=self.row.answer)

    @property
    def subject(self) -> str:
        """Who was asked for what."""
        when = self.row.when.zh if self.row.when else ""
        return f"{self.row.office}　{when}　{title_of_sheet(self.row.layout)}"

    def beside(self) -> Shown:
        """When it was asked for, by when, and how it stands."""
        cell = Cell(self.row, today())
        told = [
            ("要表", str(self.row.asked_on)), ("期限", f"{self.row.due}{'（' + cell.timed + '）' if cell.timed else ''}"),
            ("现在", cell.word), ("原因", self.row.reason), ("催报", str(self.row.reminded or "")),
        ]  # fmt: skip
        return [(name, said) for name, said in told if said]

    def do(self, said: dict[str, Any]) -> int:
        """Answer."""
        programme, number = self.offer.programme, self.row.pk
        acts.answer_request(self.row, said["answer"], said["reason"], programme=programme, person=self.offer.person)
        return int(number)


def _named(name: str, area: str, has_account: bool) -> str:
    """An office as it is offered: its area, and whether nobody of it can sign in."""
    place = area_name(area)
    return f"{name}{f'（{place}）' if place and place not in name else ''}{'' if has_account else ' 没有账号'}"


def _few(names: Sequence[str]) -> str:
    """Names one after the other, the first of many."""
    return "、".join(names[:NAMES]) + (f" 等 {len(names)}" if len(names) > NAMES else "")


urlpatterns = [
    sheet("new", Ask, own_work(Ask.act), "request-new"),
    sheet("<int:number>/answer", Answer, of_request, "request-answer", request_of),
]
