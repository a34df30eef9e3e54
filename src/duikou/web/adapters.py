"""How the sign-in library fits the house: accounts are opened by acts, refusals are said plainly, secrets are encrypted."""

import base64
import time
from hashlib import sha256
from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from allauth.account.authentication import get_authentication_records
from allauth.account.internal.stagekit import clear_login
from allauth.core import context
from allauth.mfa.adapter import DefaultMFAAdapter
from allauth.mfa.models import Authenticator
from cryptography.fernet import Fernet, MultiFernet
from django.conf import settings
from django.contrib.auth.backends import ModelBackend
from django.contrib.auth.models import AbstractBaseUser, User
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from . import lockout
from .helpdesk import who
from .passwords import of_the_demonstration

JUST_NOW = 300  # seconds in which one who has signed in need not prove it again


def refusal(user: AbstractBaseUser) -> str:
    """Why an account may not sign in although it proved itself; nothing if it may."""
    if not user.is_active:
        return _("账号已停用。还要办事，找%(who)s另开。") % {"who": who("open_account")}
    if of_the_demonstration(user) and not settings.DEMONSTRATION:
        return _("这是演示账号，正式的账本不收。找%(who)s另开账号，或重设密码。") % {"who": who("reset_password")}
    return ""


def refused(request: HttpRequest, why: str) -> HttpResponse:
    """The page that says why somebody was not signed in."""
    return render(request, "socialaccount/refused.html", {"why": why}, status=403)


class Accounts(ModelBackend):
    """Accounts by exactly their code; a session of an account that is refused is nobody's."""

    def get_user(self, user_id: int) -> User | None:
        """The account of a session."""
        user = super().get_user(user_id)
        return user if isinstance(user, User) and not refusal(user) else None


class SignIns(DefaultAccountAdapter):  # type: ignore[misc]  # allauth brings no types
    """Sign-in, by whatever way."""

    error_messages = DefaultAccountAdapter.error_messages | {
        "incorrect_code": gettext_lazy("验证码不对。"),
        "incorrect_password": gettext_lazy("密码不对，先看大小写和输入法。"),
        "enter_current_password": gettext_lazy("不对，先看大小写和输入法"),
    }

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        """Nobody opens an account for himself."""
        return False

    def is_safe_url(self, url: str) -> bool:
        """Whether one may be sent on to an address: to one of this site only."""
        return url_has_allowed_host_and_scheme(url, allowed_hosts=None)

    def pre_login(self, request: HttpRequest, user: AbstractBaseUser, **more: Any) -> HttpResponse | None:
        """The refusal of an account that has proved itself, if it is refused."""
        if why := refusal(user):
            clear_login(request)
            return refused(request, why)
        return None

    def post_login(self, request: HttpRequest, user: AbstractBaseUser, **more: Any) -> HttpResponse:
        """Onward; the browser is known from now on."""
        response: HttpResponse = super().post_login(request, user, **more)
        lockout.remember(request, response, user.get_username())
        return response

    def get_login_stages(self) -> list[str]:
        """What stands between the proof and the session: the second factor, where there is one."""
        return ["duikou.web.second_factor.Stage"]

    def add_message(
        self, request: HttpRequest, level: int, message_template: str | None = None, *rest: Any, **more: Any
    ) -> None:
        """Say what was done, but not that one is signed in or out, which every page shows."""
        if message_template not in ("account/messages/logged_in.txt", "account/messages/logged_out.txt"):
            super().add_message(request, level, message_template, *rest, **more)

    def get_password_change_redirect_url(self, request: HttpRequest) -> str:
        """Where one who has changed the password goes."""
        return reverse("account")

    def is_reauthentication_required(self, *, app: str, **more: Any) -> bool:
        """Whether one must prove oneself again; not right after the sign-in."""
        request = context.request
        records = get_authentication_records(request, request.user)
        fresh = bool(records) and time.time() - records[-1]["at"] < JUST_NOW
        return not fresh and bool(super().is_reauthentication_required(app=app, **more))

    def get_reauthentication_methods(self, user: AbstractBaseUser) -> list[dict[str, Any]]:
        """How one proves oneself again: by the second factor where there is one, else by the password."""
        methods: list[dict[str, Any]] = super().get_reauthentication_methods(user)
        return [method for method in methods if method["id"] != "reauthenticate"] or methods


class SecondFactors(DefaultMFAAdapter):  # type: ignore[misc]  # allauth brings no types
    """Apps, passkeys and recovery codes."""

    error_messages = DefaultMFAAdapter.error_messages | {"incorrect_code": gettext_lazy("验证码不对。")}

    def encrypt(self, text: str) -> str:
        """A secret as it is kept: a copy of the database alone signs nobody in."""
        return _box().encrypt(text.encode()).decode()

    def decrypt(self, encrypted_text: str) -> str:
        """A secret as it was."""
        return _box().decrypt(encrypted_text.encode()).decode()

    def generate_authenticator_name(self, user: AbstractBaseUser, type: str) -> str:  # noqa: A002  the library's word
        """What a new passkey is called until its owner names it."""
        number = Authenticator.objects.filter(user=user, type=type).count() + 1
        return _("通行密钥 %(number)s") % {"number": number}

    def build_totp_svg(self, url: str) -> str:
        """The picture of an app's secret, as a part of the page."""
        svg = str(super().build_totp_svg(url))
        return svg[svg.index("<svg") :]

    def _get_site_name(self) -> str:
        return str(settings.MFA_TOTP_ISSUER)


def has_second_factor(user: AbstractBaseUser) -> bool:
    """Whether an account has an app or a passkey; recovery codes alone are none."""
    types = (Authenticator.Type.TOTP, Authenticator.Type.WEBAUTHN)
    return bool(Authenticator.objects.filter(user=user, type__in=types).exists())


def _box() -> MultiFernet:
    """Encryption by the signing key; what an older key has encrypted is still read."""
    keys = [str(key) for key in (settings.SECRET_KEY, *settings.SECRET_KEY_FALLBACKS)]
    return MultiFernet(
        [Fernet(base64.urlsafe_b64encode(sha256(f"duikou.second-factor:{key}".encode()).digest())) for key in keys]
    )
