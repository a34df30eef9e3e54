"""Signing in through one's office: by its OpenID provider, for accounts of that very office that are in use."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from allauth.account.authentication import get_authentication_records
from allauth.account.utils import get_next_redirect_url
from allauth.core.exceptions import ImmediateHttpResponse
from allauth.socialaccount.adapter import DefaultSocialAccountAdapter, get_adapter
from allauth.socialaccount.models import SocialApp, SocialLogin
from allauth.socialaccount.providers.base import AuthError, AuthProcess
from allauth.socialaccount.providers.oauth2.views import OAuth2CallbackView
from allauth.socialaccount.providers.openid_connect.views import OpenIDConnectOAuth2Adapter
from django.conf import settings
from django.contrib.auth import get_user_model
from django.contrib.auth.models import AbstractBaseUser
from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import override
from requests import RequestException

from duikou.config.providers import Provider
from duikou.records.models import Account

from .adapters import refused
from .doors import ABSENT


class Offices(DefaultSocialAccountAdapter):  # type: ignore[misc]  # allauth brings no types
    """The providers of the file and no other; they create nobody."""

    def list_apps(
        self, request: HttpRequest, provider: str | None = None, client_id: str | None = None
    ) -> list[SocialApp]:
        """The providers as the library wants them."""
        apps = [_app(named) for named in settings.PROVIDERS]
        return [
            app for app in apps
            if provider in (None, app.provider, app.provider_id) and client_id in (None, app.client_id)
        ]  # fmt: skip

    def is_open_for_signup(self, request: HttpRequest, sociallogin: SocialLogin) -> bool:
        """Nobody opens an account by signing in."""
        return False

    def pre_social_login(self, request: HttpRequest, sociallogin: SocialLogin) -> None:
        """Find the account that the provider names, or refuse."""
        provider = provider_of(sociallogin.account.provider)
        user = provider and _user(provider, _claimed(provider, sociallogin.account.extra_data))
        if not provider or not user:
            name = provider.name if provider else ""
            code = _claimed(provider, sociallogin.account.extra_data) if provider else ""
            said = _("%(office)s没有在用的账号“%(code)s”。找系统管理员开通，或改用账号和密码。") if code else _(
                "%(office)s没有说明是哪个账号。找系统管理员。"
            )  # fmt: skip
            raise ImmediateHttpResponse(refused(request, said % {"office": name, "code": code}))
        sociallogin.user = user

    def on_authentication_error(self, request: HttpRequest, provider: Any, error: str = "", **more: Any) -> None:
        """Say plainly what went wrong between the provider and us."""
        if error == AuthError.CANCELLED:
            said = _("在%(office)s没有同意登录。")
        elif more.get("exception"):
            said = _silent()
        else:
            said = _("这次登录不是从登录页开始的，或等得太久。回登录页再来一次。")
        raise ImmediateHttpResponse(refused(request, said % {"office": provider.name}))


def leave(request: HttpRequest, provider_id: str) -> HttpResponse:
    """To the provider, with nothing in the address but what the file says."""
    provider, wanted = _provider(request, provider_id), get_next_redirect_url(request) or reverse("home")
    with override(settings.LANGUAGE_CODE), _plainly(request, provider) as answers:
        answers.append(provider.redirect(request, AuthProcess.LOGIN, next_url=wanted))
    return answers[0]


def come_back(request: HttpRequest, provider_id: str) -> HttpResponse:
    """From the provider: signed in, to the second factor, or refused."""
    provider, view = _provider(request, provider_id), OAuth2CallbackView.adapter_view
    with override(settings.LANGUAGE_CODE), _plainly(request, provider) as answers:
        answers.append(view(OpenIDConnectOAuth2Adapter(request, provider_id))(request))
    return answers[0]


def provider_of(code: str) -> Provider | None:
    """The provider of a code."""
    return next((named for named in settings.PROVIDERS if named.code == code), None)


def vouched(request: HttpRequest, user: AbstractBaseUser) -> bool:
    """Whether a person comes through a provider whose word counts as second factor."""
    records = get_authentication_records(request, user)
    named = [provider_of(r.get("provider", "")) for r in records if r["method"] == "socialaccount"]
    return any(provider is not None and provider.second_factor for provider in named)


@contextmanager
def _plainly(request: HttpRequest, provider: Any) -> Iterator[list[HttpResponse]]:
    """Room for an answer; where a provider is silent or answers nonsense, the page that says so."""
    answers: list[HttpResponse] = []
    try:
        yield answers
    except (RequestException, KeyError, TypeError, ValueError):
        answers.append(refused(request, _silent() % {"office": provider.name}))


def _silent() -> str:
    return _("%(office)s没有回答，或答得不对。过几分钟再试，或改用账号和密码。")


def _provider(request: HttpRequest, code: str) -> Any:
    try:
        return get_adapter().get_provider(request, code)
    except SocialApp.DoesNotExist:
        raise Http404(ABSENT) from None


def _app(provider: Provider) -> SocialApp:
    """A provider as the library keeps it: PKCE always, no more of a person than the account."""
    return SocialApp(
        provider="openid_connect", provider_id=provider.code, name=provider.name, client_id=provider.client_id,
        secret=provider.secret,
        settings={"server_url": provider.address, "oauth_pkce_enabled": True, "scope": ["openid", "profile"]},
    )  # fmt: skip


def _claimed(provider: Provider, said: dict[str, Any]) -> str:
    """The account that a provider names: in its signed token, else in what it told of the very same subject."""
    token, told = said.get("id_token") or {}, said.get("userinfo") or {}
    if not token.get("sub") or told.get("sub", token["sub"]) != token["sub"]:
        return ""
    return str(token.get(provider.claim) or told.get(provider.claim) or "")


def _user(provider: Provider, code: str) -> AbstractBaseUser | None:
    """The user of an account in use of the provider's office."""
    kept = Account.objects.filter(code=code, office__organisation__code=provider.office, closed=None)
    return get_user_model().objects.filter(username=code, is_active=True).first() if kept.exists() else None
