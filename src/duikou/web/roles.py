"""任职: a role is given, ended, handed over: each a form before its act."""

from datetime import date
from typing import Any

from django import forms
from django.http import Http404, HttpRequest, HttpResponse
from django.utils.translation import gettext as _

from duikou.acts import offices as acts
from duikou.acts.doing import today
from duikou.records.models import Account, Appointment, Programme
from duikou.terms.words import vocabulary, word

from .addresses import root
from .book import person_of
from .doors import ABSENT, door, nowhere
from .forms import Day, asked
from .offices import ACCOUNT, account_of

ROLES = [(code, entry.zh) for code, entry in vocabulary()["role"].items() if code != "public_reader"]


class Give(forms.Form):
    """A role from a day to a day."""

    role = forms.ChoiceField(label="角色", choices=ROLES)
    programme = forms.ModelChoiceField(
        label="项目方案",
        queryset=Programme.objects.order_by("record_id"),
        to_field_name="code",
        required=False,
        empty_label="全部",
    )
    begins = Day(label="起", initial=today, help_text="如 2012-03-05")
    ends = Day(label="止", required=False, help_text="不写则一直任职")
    reason = forms.CharField(label="依据", max_length=120, help_text="任命文件的文号，或谁批准的")


class End(forms.Form):
    """The last day of a role, and why."""

    ends = Day(label="最后一天", initial=today)
    reason = forms.CharField(label="原因", max_length=120)


class HandOver(forms.Form):
    """Who takes over, from which day, why."""

    taker = forms.CharField(label="接手的账号", max_length=20)
    on = Day(label="从哪天起", initial=today)
    reason = forms.CharField(label="原因", max_length=120)


def give(request: HttpRequest, code: str) -> HttpResponse:
    """A role for an account."""

    def do(said: dict[str, Any]) -> str:
        acts.appoint(account_of(code), person=person_of(request), **said)
        return _("已授予 %(account)s %(role)s") % {"account": code, "role": word("role", said["role"]).zh}

    return asked(request, _("授予角色"), Give, do, f"{root()}/offices/accounts/{code}/", _("授予"), about=code)


def end(request: HttpRequest, code: str, number: int) -> HttpResponse:
    """The end of a role."""
    borne = Appointment.objects.filter(pk=number, account__code=code).first()
    if borne is None:
        raise Http404(ABSENT)

    def do(said: dict[str, Any]) -> str:
        acts.end_appointment(borne, person=person_of(request), **said)
        return _("%(account)s 的%(role)s到 %(day)s 为止") % {
            "account": code, "role": word("role", borne.role).zh, "day": said["ends"]
        }  # fmt: skip

    about = f"{code}　{word('role', borne.role).zh}"
    return asked(request, _("终止角色"), End, do, f"{root()}/offices/accounts/{code}/", _("终止"), about=about)


def hand_over(request: HttpRequest, code: str) -> HttpResponse:
    """All roles of an account to another."""

    def do(said: dict[str, Any]) -> str:
        taker = Account.objects.filter(code=said["taker"], closed=None).first()
        if taker is None:
            raise ValueError(_("没有在用的账号 %(code)s") % {"code": said["taker"]})
        day: date = said["on"]
        numbers = acts.hand_over(account_of(code), taker, on=day, person=person_of(request), reason=said["reason"])
        return _("已交接 %(count)s 项角色，从 %(day)s 起由 %(taker)s 办理") % {
            "count": len(numbers), "day": day, "taker": taker
        }  # fmt: skip

    return asked(request, _("交接工作"), HandOver, do, f"{root()}/offices/accounts/{code}/", _("交接"), about=code)


urlpatterns = [
    door(ACCOUNT + "give", give, "appoint", nowhere, name="account-give"),
    door(ACCOUNT + "roles/<int:number>/end", end, "end_appointment", nowhere, name="account-end"),
    door(ACCOUNT + "hand-over", hand_over, "hand_over", nowhere, name="account-hand-over"),
]
