"""登记参加人员 …/people/<kind>/<number>/attend/: rows of people, or a pasted list, into a course, a secondment or a team."""

import re
from typing import Any, ClassVar

from django import forms
from django.http import HttpRequest, HttpResponse

from duikou.acts import attending as acts
from duikou.records.models import quantity
from duikou.rules.people import Attending
from duikou.rules.period import Period
from duikou.rules.problem import Problem
from duikou.rules.typed import visible
from duikou.rules.writing import write
from duikou.web.acting.asking import Sheet, Shown, answer
from duikou.web.acting.reading import DayOrMonth
from duikou.web.book import open_book
from duikou.web.doors import door

from .pasted import NAME, TEXT, people_of
from .places import ONE, of_whole, whole


class One(forms.Form):
    """One person: name, identity number, unit, post; from when to when, where it is not all the time."""

    name = forms.CharField(label="姓名", max_length=NAME)
    identity = forms.CharField(label="身份证号", max_length=TEXT, required=False)
    unit = forms.CharField(label="单位", max_length=TEXT, required=False)
    post = forms.CharField(label="职务", max_length=TEXT, required=False)
    since = DayOrMonth(label="起", required=False)
    until = DayOrMonth(label="止", required=False)

    def __init__(self, *args: Any, offer: Any, **more: Any) -> None:
        super().__init__(*args, **more)

    def clean(self) -> dict[str, Any]:
        """The days stand in order, both or none."""
        said = super().clean() or {}
        since, until = said.get("since"), said.get("until")
        if bool(since) != bool(until) and not self.errors:
            self.add_error("until" if since else "since", "起止两天都写，或都不写；都不写的按整个班期、任期")
        elif since and until and since.first > until.last:
            self.add_error("until", f"止于 {until.zh}，早于起始")
        return said

    @property
    def person(self) -> Attending:
        """What is told of the person."""
        said = self.cleaned_data
        when = Period(said["since"].first, said["until"].last) if said["since"] else None
        name, identity, unit, post = (visible(said[field]) for field in ("name", "identity", "unit", "post"))
        return Attending(name=name, identity=identity, unit=unit, post=post, when=when)


class Attend(Sheet):
    """登记参加人员: rows and a pasted list, all of them or none."""

    act, under = "record_attendance", "people"
    at: ClassVar = {"people.7": "identity", "people.8": "name", "people.9": "since"}
    rows = forms.formset_factory(One, extra=5, max_num=60, absolute_max=60)
    rows_said = "逐人填写。身份证号可不填，不填的按姓名和单位认人；起止不填的按整个班期、任期。空行不计"
    pasted = forms.CharField(
        label="粘贴名单", required=False, strip=False, widget=forms.Textarea(attrs={"rows": 6, "autocomplete": "off"}),
        help_text="一人一行：姓名 身份证号 单位 职务，用空格或制表符隔开，可从 Excel 复制",
    )  # fmt: skip
    reason = forms.CharField(label="说明", max_length=120, required=False)

    def prepare(self) -> None:
        """Nothing is proposed."""
        self.kind: str = self.about.record.kind
        self.typed: list[One] = []

    @property
    def back(self) -> str:
        """Who takes part."""
        return f"{self.kind}/{self.about.pk}/people/"

    def onward(self, number: int) -> str:
        """Who takes part."""
        return self.back

    def beside(self) -> Shown:
        """The days, how many are stated, how many are named."""
        stated, days = quantity(self.about, acts.STATED[type(self.about)]), acts.days_of(self.about)
        found = [
            ("起止", " 至 ".join(str(day or "未定") for day in days)),
            ("已登记", f"{self.about.record.attendances.count()} 人"),
        ]
        return [*found, *([("写明的人数", write(stated).text)] if stated else [])]

    def clean_pasted(self) -> list[Attending]:
        """The people of the list; every line that cannot be read is told."""
        found, wrong = people_of(self.cleaned_data["pasted"])
        if wrong:
            raise forms.ValidationError(wrong)
        return found

    def do(self, said: dict[str, Any]) -> list[int]:
        """Enter all."""
        lines: Any = self.lines or ()
        self.typed = [line for line in lines if line.cleaned_data]
        people = [*(line.person for line in self.typed), *said["pasted"]]
        who, programme = self.offer.person, self.offer.programme
        return acts.attend(self.about, people, programme=programme, person=who, reason=said["reason"])

    def object_to(self, problem: Problem) -> None:
        """Put a rule's objection at the person's row, or at the list."""
        found = re.match(r"第 (\d+) 人", problem.place)
        place = int(found[1]) - 1 if found else -1
        if 0 <= place < len(self.typed):
            self.typed[place].add_error(self.at.get(problem.code), str(problem).partition("：")[2])
            self.add_error(None, str(problem))
        elif found:
            said = f"名单第 {place + 1 - len(self.typed)} 人：{str(problem).partition('：')[2]}"
            self.add_error("pasted", said)
        else:
            self.add_error(None, str(problem))


def page(request: HttpRequest, programme: str, period: str, kind: str, number: int) -> HttpResponse:
    """The form."""
    return answer(request, open_book(programme, period), Attend, whole(programme, kind, number))


urlpatterns = [door(f"{ONE}attend/", page, Attend.act, of_whole, name="attend")]
