"""Sessions end, and come first to what is due: an old password, a missing second factor."""

import time
from collections.abc import Callable
from typing import Any

from django.conf import settings
from django.contrib import messages
from django.contrib.auth import logout
from django.contrib.auth.models import AbstractBaseUser
from django.contrib.auth.signals import user_logged_in
from django.dispatch import receiver
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import gettext as _

from .adapters import has_second_factor
from .oidc import vouched
from .passwords import is_too_old

STEP = 60  # seconds between two notes of when a session was last seen, so that not every request writes
LEAVING = ("sign-out", "account_logout")
CHANGING = ("account_change_password",)
SETTING_UP = (
    "second-factor", "mfa_activate_totp", "mfa_add_webauthn", "mfa_view_recovery_codes", "mfa_download_recovery_codes",
    "account_reauthenticate",
)  # fmt: skip


@receiver(user_logged_in)
def begin(request: HttpRequest, **said: Any) -> None:
    """Note when a session begins."""
    request.session["since"] = request.session["seen"] = int(time.time())


class Limits:
    """Ends what has lasted too long; leads to what is due and lets no other page be reached before it."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """The answer of the view."""
        return self.get_response(request)

    def process_view(self, request: HttpRequest, view: object, args: object, at: object) -> HttpResponse | None:
        """The way elsewhere, where the page may not be seen now."""
        user = request.user
        if not isinstance(user, AbstractBaseUser):
            return None
        if said := _over(request):
            logout(request)
            messages.info(request, said)
            return _lead(request, "sign-in")
        due = _due(request, user)
        name = request.resolver_match.url_name if request.resolver_match else ""
        return _lead(request, due[0]) if due and name not in (*due, *LEAVING) else None


def _lead(request: HttpRequest, name: str) -> HttpResponse:
    """To a page that knows where one wanted to go."""
    return redirect(f"{reverse(name)}?{urlencode({'next': request.get_full_path()})}")


def _over(request: HttpRequest) -> str:
    """Why a session has ended; nothing while it goes on."""
    now, session = int(time.time()), request.session
    since, seen = session.setdefault("since", now), session.setdefault("seen", now)
    if now - since >= settings.SESSION_COOKIE_AGE:
        return _("登录已满 %(hours)s 小时，重新登录后继续。") % {"hours": settings.SESSION_COOKIE_AGE // 3600}
    if now - seen >= settings.SESSION_IDLE:
        return _("%(minutes)s 分钟没有操作，已退出。重新登录后继续。") % {"minutes": settings.SESSION_IDLE // 60}
    if now - seen >= STEP:
        session["seen"] = now
    return ""


def _due(request: HttpRequest, user: AbstractBaseUser) -> tuple[str, ...]:
    """The pages that are open until something is done, the first of them the one to go to; none if nothing is due."""
    if is_too_old(user):
        return CHANGING
    if not settings.DEMONSTRATION and not has_second_factor(user) and not vouched(request, user):
        return SETTING_UP
    return ()
