"""接口密钥: the keys of programs; issuing one shows its secret once, revoking one asks why."""

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from django import forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _

from duikou.acts import offices as acts
from duikou.acts.doing import today
from duikou.records.models import Key, Office, Programme
from duikou.rules.problem import Refused
from duikou.rules.rights import Place
from duikou.terms.words import vocabulary

from .addresses import root
from .book import person_of
from .doors import can, door, nowhere
from .forms import asked
from .language import heading, say
from .listing import files

NEVER = ("administrator", "security_officer")  # rule offices.11
ROLES = [(code, entry.zh) for code, entry in vocabulary()["role"].items() if code not in NEVER]
YEAR = timedelta(days=365)
ISO = forms.DateInput(format="%Y-%m-%d")


@dataclass(frozen=True)
class Listed:
    """A key on the page: its programme, and what it opens today (terms: key_state)."""

    key: Key
    programme: str
    state: str

    @property
    def open(self) -> bool:
        """Whether it can still be revoked to some effect."""
        return self.state in ("valid", "coming")


class NewKey(forms.Form):
    """A key: what it is called, for which office, in which role, from when to when."""

    code = forms.RegexField(
        r"^[a-z][a-z0-9-]{1,11}\Z", label="代号", help_text="2 到 12 个小写字母、数字或短横，写用处，如 tongren-1；用过不再用",
        error_messages={"invalid": "写 2 到 12 个小写字母、数字或短横，以字母开头，如 tongren-1"},
    )  # fmt: skip
    office = forms.ModelChoiceField(
        label="单位", queryset=Office.objects.select_related("organisation").order_by("pk"), empty_label="选择单位"
    )
    role = forms.ChoiceField(label="角色", choices=[("", "选择角色"), *ROLES])
    programme = forms.ModelChoiceField(
        label="项目方案", queryset=Programme.objects.order_by("record_id"), to_field_name="code", required=False,
        empty_label="全部",
    )  # fmt: skip
    begins = forms.DateField(label="起", initial=today, widget=ISO, help_text="如 2012-03-05")
    ends = forms.DateField(label="止", initial=lambda: today() + YEAR, widget=ISO, help_text="最后一天；至多一年")

    def clean_code(self) -> str:
        """A code that no key has had."""
        code = str(self.cleaned_data["code"])
        if Key.objects.filter(code=code).exists():
            raise forms.ValidationError(_("%(code)s 已用过，换一个") % {"code": code})
        return code


class Revoke(forms.Form):
    """Which key, and why."""

    key = forms.CharField(label="密钥的代号", max_length=12)
    reason = forms.CharField(label="原因", max_length=120)

    def clean_key(self) -> str:
        """A key that was not revoked yet."""
        code = str(self.cleaned_data["key"])
        found = Key.objects.filter(code=code).first()
        if found is None:
            raise forms.ValidationError(_("没有代号为 %(code)s 的密钥") % {"code": code})
        if found.revoked:
            raise forms.ValidationError(_("%(code)s 已于 %(day)s 收回") % {"code": code, "day": found.revoked})
        return code


def page(request: HttpRequest) -> HttpResponse:
    """All keys, those that open something first; a secret is on no page but the one that answers its issuing."""
    listed = every()
    may = {"issue": can(request, "issue_key", Place()), "revoke": can(request, "revoke_key", Place())}
    return render(request, "keys.html", {"keys": listed, "may": may})


def every() -> list[Listed]:
    """All keys, those that open something first."""
    rows = Key.objects.select_related("office__organisation", "record__programme").order_by("-record_id")
    day = today()
    listed = [Listed(key, str(key.record.programme or ""), state_of(key, day)) for key in rows]
    return sorted(listed, key=lambda one: not one.open)


def taken(request: HttpRequest) -> files.Listing:
    """The keys as the page lists them."""
    heads = (_("代号"), _("单位"), _("角色"), _("项目方案"), _("有效期"), heading("field", "status"))
    return files.Listing("keys", heading("page", "keys"), heads, map(_cells, every()))


def _cells(one: Listed) -> list[object]:
    """A key as the page shows it."""
    key, state = one.key, say("key_state", one.state)
    return [
        key.code, str(key.office), say("role", key.role), one.programme or _("全部"), f"{key.begins} {_('至')} {key.ends}",
        f"{state} {key.revoked}" if key.revoked else state,
    ]  # fmt: skip


def state_of(key: Key, day: date) -> str:
    """What a key opens on a day: revoked, ended, coming or valid."""
    if key.revoked:
        return "revoked"
    if key.ends < day:
        return "ended"
    return "coming" if day < key.begins else "valid"


def new(request: HttpRequest) -> HttpResponse:
    """A new key; the answer shows its secret, which is kept nowhere and stands in no message."""
    typed = NewKey(request.POST) if request.method == "POST" else NewKey()
    if request.method == "POST" and typed.is_valid():
        try:
            secret = acts.issue_key(**typed.cleaned_data, person=person_of(request))
        except Refused as refused:
            for problem in refused.problems:
                typed.add_error(None, str(problem))
        else:
            answer = render(request, "keys_issued.html", {"said": typed.cleaned_data, "secret": secret})
            answer["Cache-Control"] = "no-store"
            return answer
    context = {"title": heading("act", "issue_key"), "form": typed, "back": f"{root()}/keys/", "button": _("发放")}
    return render(request, "form.html", context, status=422 if typed.errors else 200)


def revoke(request: HttpRequest) -> HttpResponse:
    """A key opens nothing more."""

    def do(said: dict[str, Any]) -> str:
        key = Key.objects.get(code=said["key"])
        acts.revoke_key(key, person=person_of(request), reason=said["reason"])
        return _("已收回密钥 %(code)s，从现在起不能用") % {"code": key.code}

    form = type("RevokeThis", (Revoke,), {})
    form.base_fields["key"].initial = request.GET.get("key", "")[:12]  # type: ignore[attr-defined]
    about = _("收回后用它的程序不能再进接口；以前办的事仍记在它名下。")
    return asked(request, heading("act", "revoke_key"), form, do, f"{root()}/keys/", _("收回"), about=about)


urlpatterns = [
    door("keys/", page, "issue_key", nowhere, name="keys"),
    *files.doors("keys/list", taken, "issue_key", nowhere, name="keys"),
    door("keys/new", new, "issue_key", nowhere, name="key-new"),
    door("keys/revoke", revoke, "revoke_key", nowhere, name="key-revoke"),
]
