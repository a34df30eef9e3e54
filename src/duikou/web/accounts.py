"""Signing in and out, one's own account: the pages of the sign-in library that we need, each a door of its own."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from functools import wraps
from typing import Any

from allauth.account.views import reauthenticate
from allauth.mfa.models import Authenticator
from allauth.usersessions.models import UserSession
from allauth.usersessions.views import ListUserSessionsView
from django.conf import settings
from django.contrib.auth.views import LogoutView
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import render
from django.urls import URLPattern

from duikou.acts.doing import today
from duikou.records.models import Account, Appointment

from . import oidc, second_factor
from .doors import View, door, of_self, open_door
from .passwords import set_on, valid_until
from .sign_in import ChangePage, FirstPassword, SignInPage

# In this order: most call themselves by the names of several.
BROWSERS = (("Edg", "Edge"), ("QIHU", "360"), ("Firefox", "Firefox"), ("Chrome", "Chrome"), ("Safari", "Safari"))
SYSTEMS = (
    ("Android", "Android"), ("iPhone", "iPhone"), ("iPad", "iPad"), ("Windows", "Windows"), ("Mac OS X", "macOS"),
    ("Linux", "Linux"),
)  # fmt: skip


@dataclass(frozen=True)
class Role:
    """A role that one bears or has borne: in which programme, from when to when, whether it is of today."""

    appointment: Appointment
    now: bool


@dataclass(frozen=True)
class Own:
    """One's own account as its page shows it."""

    account: Account | None
    roles: tuple[Role, ...]
    password_set: date | None
    password_until: date | None
    app: bool
    passkeys: int
    recovery_codes: int
    sessions: int


def page(request: HttpRequest) -> HttpResponse:
    """Who I am and how I sign in."""
    return render(
        request, "account/own.html", {"own": _own(request.user), "second_factor_needed": not settings.DEMONSTRATION}
    )


def _own(user: Any) -> Own:
    account = Account.objects.filter(code=user.get_username()).select_related("office__organisation").first()
    borne = account.appointments.select_related("record__programme").order_by("-begins", "pk") if account else ()
    day = today()
    roles = tuple(Role(a, a.begins <= day and (a.ends is None or day <= a.ends)) for a in borne)
    kept = list(Authenticator.objects.filter(user=user))
    codes = [len(row.wrap().get_unused_codes()) for row in kept if row.type == Authenticator.Type.RECOVERY_CODES]
    types = [row.type for row in kept]
    return Own(
        account, roles, set_on(user), valid_until(user), Authenticator.Type.TOTP in types,
        types.count(Authenticator.Type.WEBAUTHN), codes[0] if codes else 0,
        len(UserSession.objects.purge_and_list(user)),
    )  # fmt: skip


class Places(ListUserSessionsView):  # type: ignore[misc]  # allauth brings no types
    """Where one is signed in; all other places can be ended."""

    def get_context_data(self, **more: Any) -> dict[str, Any]:
        """The sessions, each with its browser in words, and how long they last."""
        said: dict[str, Any] = super().get_context_data(**more)
        for session in said["sessions"]:
            session.browser = browser(session.user_agent)
        return said | {"idle": settings.SESSION_IDLE // 60, "longest": settings.SESSION_COOKIE_AGE // 3600}


def browser(said: str) -> str:
    """What a browser calls itself, in short: Chrome，Windows."""
    found = [next((name for mark, name in names if mark in said), "") for names in (BROWSERS, SYSTEMS)]
    return "，".join(filter(None, found)) or said[:40]


def refusing(view: View) -> Callable[..., HttpResponseBase]:
    """A view whose form is answered with 422 where it has errors."""

    @wraps(view)
    def answered(request: HttpRequest, **at: Any) -> HttpResponseBase:
        answer = view(request, **at)
        form = (getattr(answer, "context_data", None) or {}).get("form")
        if request.method == "POST" and answer.status_code == 200 and getattr(form, "errors", None):
            answer.status_code = 422
        return answer

    return answered


def own(route: str, view: View, name: str) -> URLPattern:
    """An address of one's own affairs."""
    return door(f"account/{route}", refusing(view), "see_own", of_self, name=name)


def way_in(route: str, view: View, why: str, name: str) -> URLPattern:
    """An address on the way in or out, which asks no right."""
    return open_door(route, refusing(view), why, name=name)


sign_in, sign_out = SignInPage.as_view(), LogoutView.as_view()
urlpatterns = [
    way_in("sign-in/", sign_in, "登录", "sign-in"),
    way_in("sign-in/", sign_in, "登录", "account_login"),  # the same under the library's name
    way_in("sign-out/", sign_out, "退出", "sign-out"),
    way_in("sign-out/", sign_out, "退出", "account_logout"),
    *(way_in(route, view, "登录的第二步", name) for route, view, name in second_factor.AT_SIGN_IN),
    way_in("sign-in/first/<uidb64>/<token>/", FirstPassword.as_view(), "一次性地址", "first-password"),
    way_in("sign-in/office/<slug:provider_id>/", oidc.leave, "从所在单位登录", "openid_connect_login"),
    way_in("sign-in/office/<slug:provider_id>/back/", oidc.come_back, "从所在单位登录", "openid_connect_callback"),
    own("", page, "account"),
    own("", page, "mfa_index"),
    own("password/", ChangePage.as_view(), "account_change_password"),
    own("sessions/", Places.as_view(), "usersessions_list"),
    own("confirm/", reauthenticate, "account_reauthenticate"),
    *(own(route, view, name) for route, view, name in second_factor.OWN),
]
# What each address asks: an act, or why it asks none.
RIGHTS = {
    str(pattern.name): getattr(pattern.callback, "open", "") or pattern.callback.door[0]  # type: ignore[attr-defined]
    for pattern in urlpatterns
}
