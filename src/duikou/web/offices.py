"""单位与人员: offices with their accounts and roles; opening, giving, ending, handing over: each a form before its act."""

from dataclasses import dataclass
from typing import Any

from django import forms
from django.contrib.auth import get_user_model
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from duikou.acts import names
from duikou.acts import offices as acts
from duikou.acts.doing import today
from duikou.acts.sign_in import one_time, reset_password, reset_second_factor, unlock_account
from duikou.records.models import Account, Appointment, Office, Organisation
from duikou.rules.programmes import Organisation as OrganisationFact
from duikou.rules.rights import Place, may
from duikou.terms.words import regions, vocabulary, word

from .addresses import root
from .book import person_of
from .doors import ABSENT, can, door, nowhere
from .forms import Why, asked
from .language import area_name, say
from .listing import files


@dataclass(frozen=True)
class Borne:
    """A role of an account as it stands on the page: the role, in which programme, from when to when, whether it ended."""

    appointment: Appointment
    programme: str
    over: bool


@dataclass(frozen=True)
class Listed:
    """An account on the page: its roles, and whether it was closed."""

    account: Account
    roles: tuple[Borne, ...]


def of_own_office(request: HttpRequest, **at: Any) -> Place:
    """All offices for those who see all, else the office of one's own."""
    person = person_of(request)
    offices = [post.office for post in person.posts if post.office]
    return Place(office=offices[0] if offices and not may(person, "see_offices", Place()) else "")


def of_account(request: HttpRequest, *, code: str, **at: Any) -> Place:
    """The office of an account; 404 where there is none."""
    return Place(office=account_of(code).office.organisation.code, account=code)


def page(request: HttpRequest) -> HttpResponse:
    """The offices one may see, with their accounts and roles."""
    return render(request, "offices.html", {"offices": seen_by(request), "may": _allowed(request)})


def seen_by(request: HttpRequest) -> list[tuple[Office, list[Listed]]]:
    """The offices one may see, each with its accounts."""
    shown = [office for office in _offices() if can(request, "see_offices", Place(office=office.organisation.code))]
    return [(office, [listing(account) for account in office.accounts.all()]) for office in shown]


def taken(request: HttpRequest) -> files.Listing:
    """The accounts as the page lists them, by office."""
    heads = (_("账号"), _("角色"), _("状态"), _("单位"), _("哪一方"), _("地区"))
    cells = (
        [*_cells(listed), str(office), say("side", office.side or ""), area_name(office.area or "")]
        for office, accounts in seen_by(request)
        for listed in accounts
    )
    return files.Listing("offices", _("单位与人员"), heads, cells)


def _cells(listed: Listed) -> list[object]:
    """An account as the page shows it."""
    closed = listed.account.closed
    roles = "\n".join(map(_role, listed.roles)) or _("还没有角色，不能办事")
    return [listed.account.code, roles, _("%(day)s 停用") % {"day": closed} if closed else _("在用")]


def _role(borne: Borne) -> str:
    """A role in words: which, in which programme, from when to when."""
    row = borne.appointment
    until = _("至 %(day)s") % {"day": row.ends} if row.ends else _("起")
    return f"{say('role', row.role)}　{borne.programme or _('全部项目方案')}　{row.begins} {until}"


def one(request: HttpRequest, code: str) -> HttpResponse:
    """An account: its office, its roles, what may be done with it."""
    return _shown(request, account_of(code))


def _shown(request: HttpRequest, account: Account, name: str = "") -> HttpResponse:
    """The page of an account; with the person's name only where it was just read."""
    may_name = can(request, "see_names", Place(office=account.office.organisation.code, account=account.code))
    context = {
        "listed": listing(account), "office": account.office, "may": _allowed(request), "name": name, "may_name": may_name,
    }  # fmt: skip
    return render(request, "office_account.html", context)


def listing(account: Account) -> Listed:
    """An account with its roles, those over last."""
    day = today()
    rows = sorted(account.appointments.all(), key=lambda a: (a.ends is not None and a.ends < day, a.begins, a.pk))
    return Listed(
        account,
        tuple(Borne(a, str(a.record.programme or ""), a.ends is not None and a.ends < day) for a in rows),
    )


def _offices() -> list[Office]:
    rows = Office.objects.select_related("organisation").order_by("pk")
    return list(rows.prefetch_related("accounts__appointments__record__programme"))


def account_of(code: str) -> Account:
    """The account of a code; 404 where there is none."""
    found = Account.objects.filter(code=code).select_related("office__organisation", "person").first()
    if found is None:
        raise Http404(ABSENT)
    return found


def _allowed(request: HttpRequest) -> dict[str, bool]:
    """Which acts the page offers: the question each act itself asks."""
    acts_ = (
        "open_office", "open_account", "close_account", "appoint", "end_appointment", "hand_over",
        "reset_password", "unlock_account", "reset_second_factor", "erase_names",
    )  # fmt: skip
    return {act: can(request, act, Place()) for act in acts_}


# ---- the forms ----------------------------------------------------------------------------------------------------


class NewOffice(forms.Form):
    """An organisation that begins to work in the book."""

    code = forms.SlugField(
        label="单位代码", max_length=6, help_text="至多 6 个小写字母或数字；账上已有的单位写它的代码"
    )
    name = forms.CharField(label="单位名称", max_length=60, required=False, help_text="账上已有的单位不写")
    type = forms.ChoiceField(
        label="类别", required=False, choices=[("", ""), *((c, e.zh) for c, e in vocabulary()["organisation"].items())]
    )
    area = forms.ChoiceField(
        label="负责地区", required=False,
        choices=[("", "不限地区"), *((code, f"{rows[-1].name} {code}") for code, rows in regions().items())],
    )  # fmt: skip
    side = forms.ChoiceField(
        label="哪一方",
        required=False,
        choices=[("", "两方之外"), *((c, word("side", c).zh) for c in ("supporting", "receiving"))],
    )

    def clean(self) -> dict[str, Any]:
        """A new organisation has a name and a type."""
        said = super().clean() or {}
        if "code" in said and not Organisation.objects.filter(code=said["code"]).exists():
            for field in ("name", "type"):
                if not said.get(field):
                    self.add_error(field, f"账上没有代码为 {said['code']} 的单位，须写明")
        return said


class NewAccount(forms.Form):
    """An account for one person of an office."""

    code = forms.CharField(
        label="账号", max_length=20, help_text="3 到 20 个小写字母、数字或短横，写职责不写姓名，如 tongren-1"
    )
    name = forms.CharField(
        label="姓名", max_length=40, required=False, help_text="单独存放，不进账本；每次查看都有记录"
    )


def new_office(request: HttpRequest) -> HttpResponse:
    """A new office."""

    def do(said: dict[str, Any]) -> str:
        known = Organisation.objects.filter(code=said["code"]).exists()
        new = (
            None
            if known
            else OrganisationFact(code=said["code"], name=said["name"], type=said["type"], region=said["area"])
        )
        office = acts.open_office(
            said["code"], new=new, area=said["area"], side=said["side"], person=person_of(request)
        )
        return _("已设立单位 %(office)s") % {"office": office}

    return asked(request, _("设立单位"), NewOffice, do, f"{root()}/offices/", _("设立"))


def new_account(request: HttpRequest, office: str) -> HttpResponse:
    """A new account of an office; the address for its first password is shown once, on the answering page."""
    kept = Office.objects.filter(organisation__code=office).select_related("organisation").first()
    if kept is None:
        raise Http404(ABSENT)

    def do(said: dict[str, Any]) -> str:
        account = acts.open_account(said["code"], office=kept, name=said["name"], person=person_of(request))
        opened = _("已开立账号 %(account)s；由安全管理员授予角色后才能办事。") % {"account": account}
        return opened + first_password(request, one_time(get_user_model().objects.get(username=account.code)))

    return asked(request, _("开立账号"), NewAccount, do, f"{root()}/offices/", _("开立"), about=str(kept))


def close(request: HttpRequest, code: str) -> HttpResponse:
    """The end of an account."""

    def do(said: dict[str, Any]) -> str:
        acts.close_account(account_of(code), person=person_of(request), reason=said["reason"])
        return _("已停用 %(account)s") % {"account": code}

    about = _("%(account)s 不能再登录，也不再任职；以前办的事仍记在它名下。") % {"account": code}
    return asked(request, _("停用账号"), Why, do, f"{root()}/offices/accounts/{code}/", _("停用"), about=about)


def reset(request: HttpRequest, code: str) -> HttpResponse:
    """A new first password."""

    def do(said: dict[str, Any]) -> str:
        way = reset_password(account_of(code), person=person_of(request), reason=said["reason"])
        return _("%(account)s 的密码已作废，登录已全部退出。") % {"account": code} + first_password(request, way)

    return asked(request, _("重设密码"), Why, do, f"{root()}/offices/accounts/{code}/", _("重设"), about=code)


def unlock(request: HttpRequest, code: str) -> HttpResponse:
    """An account that was locked by wrong passwords may be tried again."""

    def do(said: dict[str, Any]) -> str:
        unlock_account(account_of(code), person=person_of(request), reason=said["reason"])
        return _("%(account)s 可以再登录") % {"account": code}

    return asked(request, _("解除锁定"), Why, do, f"{root()}/offices/accounts/{code}/", _("解除"), about=code)


def without_factor(request: HttpRequest, code: str) -> HttpResponse:
    """An account loses its second factor, to set up another."""

    def do(said: dict[str, Any]) -> str:
        reset_second_factor(account_of(code), person=person_of(request), reason=said["reason"])
        return _("%(account)s 的第二因素已清除，登录已全部退出；下次登录后重新设置") % {"account": code}

    return asked(request, _("重设第二因素"), Why, do, f"{root()}/offices/accounts/{code}/", _("重设"), about=code)


def first_password(request: HttpRequest, way: str) -> str:
    """What the administrator hands on to the person."""
    return _("请本人在 72 小时内打开 %(way)s 设密码，只能用一次。") % {"way": request.build_absolute_uri(way)}


def name(request: HttpRequest, code: str) -> HttpResponse:
    """An account with the person's name; the reading is kept."""
    account = account_of(code)
    if account.person_id is None:
        return redirect(f"{root()}/offices/accounts/{code}/")
    why = _("查看账号 %(code)s 的姓名") % {"code": code}
    place = of_account(request, code=code)
    found = names.read([account.person_id], person=person_of(request), place=place, why=why)
    return _shown(request, account, found[account.person_id] or _("已删除"))


def erase_name(request: HttpRequest, code: str) -> HttpResponse:
    """The name goes from the store for good."""
    account = account_of(code)

    def do(said: dict[str, Any]) -> str:
        names.erase([account.person_id] if account.person_id else [], person=person_of(request), reason=said["reason"])
        return _("姓名已删除，不能恢复")

    about = _("%(code)s 的姓名将从存放处删除，账本上的承诺仍在，不能再查出姓名。") % {"code": code}
    return asked(request, _("删除姓名"), Why, do, f"{root()}/offices/accounts/{code}/", _("删除"), about=about)


ACCOUNT = "offices/accounts/<slug:code>/"
urlpatterns = [
    door("offices/", page, "see_offices", of_own_office, name="offices"),
    *files.doors("offices/list", taken, "see_offices", of_own_office, name="offices"),
    door("offices/new", new_office, "open_office", nowhere, name="office-new"),
    door("offices/<slug:office>/accounts/new", new_account, "open_account", nowhere, name="account-new"),
    door(ACCOUNT, one, "see_offices", of_account, name="office-account"),
    door(ACCOUNT + "reset-password", reset, "reset_password", nowhere, name="account-reset-password"),
    door(ACCOUNT + "unlock", unlock, "unlock_account", nowhere, name="account-unlock"),
    door(ACCOUNT + "second-factor", without_factor, "reset_second_factor", nowhere, name="account-reset-second-factor"),
    door(ACCOUNT + "name", require_POST(name), "see_names", of_account, name="account-name"),
    door(ACCOUNT + "name/erase", erase_name, "erase_names", nowhere, name="account-erase-name"),
    door(ACCOUNT + "close", close, "close_account", nowhere, name="account-close"),
]
