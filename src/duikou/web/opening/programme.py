"""设立项目方案 /programmes/new/: a programme is opened without a file; then its empty dashboard says what comes next."""

import json
from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from duikou.acts.doing import Forbidden, once, today
from duikou.acts.opening import LONGEST, open_programme
from duikou.records.models import Account, Programme
from duikou.rules import programmes as rules
from duikou.rules.problem import Refused
from duikou.rules.rights import Person, Place, may
from duikou.rules.typed import visible
from duikou.terms.words import regions, zh
from duikou.web.acting.offer import Coded
from duikou.web.addresses import root
from duikou.web.book import person_of
from duikou.web.doors import door
from duikou.web.forms import Day, Once
from duikou.web.frame import YET_TO_BE

from .said import AreaField, areas, organisation_said

ACT = "open_programme"
AT = {"programmes.1": "receiving", "programmes.8": "code", "programmes.9": "title"}
WITHOUT_AREAS = ("medical_pairing",)  # one hospital helps another: they may lie anywhere
SIDES = ("supporting", "receiving")
OFFERED = 400  # areas that a field lists; of a whole country's one writes the name


class NewProgramme(Once):
    """The form of a programme: what it is called, who helps whom, who leads it, from which day its book is kept."""

    title = forms.CharField(label="名称", max_length=80, help_text="如：北京市对口支援新疆和田地区")
    scheme = Coded("scheme", "类别", error_messages={"required": "选一类"})
    supporting = AreaField("支援方", help_text="写名称或区划代码，如 北京市 或 110000；医院对医院的可以不写")
    receiving = AreaField("受援方", help_text="如 和田地区 或 653200")
    code = forms.RegexField(
        rf"^[a-z0-9][a-z0-9-]{{0,{LONGEST - 1}}}$", label="代码", required=False, max_length=LONGEST,
        help_text="网址里用，至多 6 个小写字母、数字或“-”；不写的按两地给一个",
        error_messages={"invalid": "至多 6 个小写字母、数字或“-”，如 bj-ht"},
    )  # fmt: skip
    office = forms.CharField(
        label="牵头单位", max_length=60, help_text="账上已有的写代码、名称或简称；没有的写全称，一并登记为支援方的部门"
    )
    opened = Day(label="开账日", help_text="从这一天起逐笔记账；此前的事按来源补记，规则只问不拦")

    def __init__(self, *args: Any, **more: Any) -> None:
        super().__init__(*args, **more)
        for name in SIDES:
            self.fields[name].required = self.data.get("scheme") not in WITHOUT_AREAS

    def clean_office(self) -> rules.Organisation | str:
        """The code of an office of the book, or a new office."""
        said = visible(self.cleaned_data["office"])
        try:
            kept = organisation_said(said)
        except ValueError as odd:
            raise forms.ValidationError(str(odd)) from None
        if kept is None and len(said) < 4:
            raise forms.ValidationError(f"账上没有“{said}”；写单位全称，一并登记")
        return kept.code if kept else rules.Organisation(code="", name=said, type="department")

    def clean(self) -> dict[str, Any]:
        """Two areas."""
        said = super().clean() or {}
        if said.get("supporting") and said.get("supporting") == said.get("receiving"):
            self.add_error("receiving", "支援方和受援方是同一个地区；改正其中一方")
        return said


def of_new(request: HttpRequest, **at: Any) -> Place:
    """A programme that is yet to be; nowhere for those who may open none, so that they are told who may."""
    new = Place(programme=request.POST.get("code") or YET_TO_BE)
    return new if may(person_of(request), ACT, new) else Place()


def proposed(person: Person) -> dict[str, Any]:
    """What the form proposes: today, the person's own office, and its area where it is of the supporting side."""
    account = Account.objects.filter(code=person.account).select_related("office__organisation").first()
    if account is None:
        return {"opened": today()}
    area = account.office.area if account.office.side == "supporting" else ""
    rows = regions().get(area, ())
    return {"opened": today(), "office": account.office.organisation.name, "supporting": rows[-1].short if rows else ""}


def page(request: HttpRequest) -> HttpResponse:
    """The form; once it is done, the programme's own page."""
    typed = NewProgramme(request.POST if request.method == "POST" else None, initial=proposed(person_of(request)))
    if request.method == "POST" and typed.is_valid() and (onward := _done(request, typed)):
        return onward
    offered = areas()
    context = {
        "title": zh("act", ACT), "form": typed, "wrong": bool(typed.errors),
        "areas": offered if len(offered) <= OFFERED else [],
    }  # fmt: skip
    return render(request, "opening_programme.html", context, status=422 if typed.errors else 200)


def _done(request: HttpRequest, typed: NewProgramme) -> HttpResponse | None:
    """Open it once for the key of the form; nothing where it was refused: then it stands on the form."""
    said, person = typed.cleaned_data, person_of(request)
    office = said["office"] if isinstance(said["office"], rules.Organisation) else None
    fact = rules.Programme(
        code=said["code"], title=said["title"], scheme=said["scheme"], supporting=said["supporting"],
        receiving=said["receiving"], office=None if office else said["office"], opened=said["opened"],
    )  # fmt: skip
    asked = json.dumps([ACT, [typed.data.get(name) for name in said if name != "key"]], ensure_ascii=False)
    try:
        (number,), _ = once(
            person, said["key"], asked,
            lambda: [open_programme(fact, office, person=person, reason=f"设立“{fact.title}”").pk],
        )  # fmt: skip
    except Refused as refused:
        for problem in refused.problems:
            typed.add_error(AT.get(problem.code), str(problem))
        return None
    except (Forbidden, ValueError) as odd:
        typed.add_error(None, str(odd))
        return None
    opened = Programme.objects.get(pk=number)
    messages.success(request, f"已设立“{opened.title}”，代码 {opened.code}。只有这个项目方案的人看得见，由领导公开。")
    return redirect(f"{root()}/p/{opened.code}/")


urlpatterns = [door("programmes/new/", page, ACT, of_new, change=ACT, name="programme-new")]
