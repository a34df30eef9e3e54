"""The second factor: codes of an app, passkeys, recovery codes; failures count like those of the password."""

import struct
from collections.abc import Callable
from functools import partial
from typing import Any

from allauth.core import context
from allauth.mfa.base.forms import AuthenticateForm, BaseAuthenticateForm, ReauthenticateForm
from allauth.mfa.base.views import AuthenticateView
from allauth.mfa.base.views import ReauthenticateView as CodeAgainView
from allauth.mfa.models import Authenticator
from allauth.mfa.recovery_codes import views as recovery_codes
from allauth.mfa.stages import AuthenticateStage
from allauth.mfa.totp.forms import ActivateTOTPForm
from allauth.mfa.totp.views import ActivateTOTPView, DeactivateTOTPView
from allauth.mfa.webauthn import views as passkeys
from allauth.mfa.webauthn.forms import (
    AddWebAuthnForm,
    AuthenticateWebAuthnForm,
    EditWebAuthnForm,
    LoginWebAuthnForm,
    ReauthenticateWebAuthnForm,
)
from django import forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from duikou.acts.sign_in import spend_code

from . import lockout
from .oidc import vouched


class Stage(AuthenticateStage):  # type: ignore[misc]  # allauth brings no types
    """Asked of every account that has a second factor, unless its office vouches for it."""

    def _should_handle(self, request: HttpRequest) -> bool:
        return not vouched(request, self.login.user) and bool(super()._should_handle(request))


class _Counted(BaseAuthenticateForm):  # type: ignore[misc]
    """A code of the app or a recovery code: each works once, and failures lock."""

    def __init__(self, *args: Any, **more: Any) -> None:
        super().__init__(*args, **more)
        self.fields["code"].label = _("验证码")
        self.fields["code"].help_text = _("验证器应用里的六位数字，或一个恢复码")

    def clean_code(self) -> str:
        """The code, if it is right and unused."""
        request, name = context.request, self.user.get_username()
        lockout.refuse_if_locked(request, name)
        try:
            code = str(super().clean_code())
        except forms.ValidationError:
            raise lockout.failed(request, name, _("验证码不对。")) from None
        if self.authenticator.type == Authenticator.Type.TOTP and not spend_code(self.authenticator.pk, code):
            raise lockout.failed(request, name, _("这个验证码已经用过，等应用出下一个。"))
        return code


class Code(_Counted, AuthenticateForm):  # type: ignore[misc]
    """The code at sign-in."""


class CodeAgain(_Counted, ReauthenticateForm):  # type: ignore[misc]
    """The code before something that wants a fresh proof."""


class FirstCode(ActivateTOTPForm):  # type: ignore[misc]
    """The first code of an app that is being set up."""

    def __init__(self, *args: Any, **more: Any) -> None:
        super().__init__(*args, **more)
        self.fields["code"].label = _("应用里的六位数字")


def sound(read: Callable[[], Any]) -> Any:
    """What a passkey has answered; ValidationError for nonsense, which the library does not expect."""
    try:
        return read()
    except (AttributeError, LookupError, TypeError, ValueError, struct.error):
        raise forms.ValidationError(_("读不出通行密钥的回答。再试一次，或换别的办法。"), code="nonsense") from None


class Answer(forms.JSONField):
    """What a passkey answers; nonsense for a number too long to be read, which Django does not expect."""

    def to_python(self, value: Any) -> Any:
        """The answer as data."""
        return sound(partial(super().to_python, value))


class PasskeyAlone(LoginWebAuthnForm):  # type: ignore[misc]
    """A passkey in place of account and password."""

    credential = Answer(widget=forms.HiddenInput)

    def clean_credential(self) -> Authenticator:
        """The passkey that answered."""
        return sound(super().clean_credential)


class PasskeyAfter(AuthenticateWebAuthnForm):  # type: ignore[misc]
    """A passkey after the password."""

    credential = Answer(widget=forms.HiddenInput)

    def clean_credential(self) -> Authenticator:
        """The passkey that answered."""
        return sound(super().clean_credential)


class PasskeyAgain(ReauthenticateWebAuthnForm):  # type: ignore[misc]
    """A passkey before something that wants a fresh proof."""

    credential = Answer(widget=forms.HiddenInput)

    def clean_credential(self) -> Authenticator:
        """The passkey that answered."""
        return sound(super().clean_credential)


class NewPasskey(AddWebAuthnForm):  # type: ignore[misc]
    """A new passkey: its name, and whether it signs in by itself."""

    credential = Answer(widget=forms.HiddenInput)

    def clean(self) -> dict[str, Any]:
        """The passkey as it is kept."""
        said: dict[str, Any] = sound(super().clean)
        return said

    def __init__(self, *args: Any, **more: Any) -> None:
        super().__init__(*args, **more)
        self.fields["name"].label = _("名称")
        self.fields["name"].max_length = 40
        self.fields["passwordless"].label = _("只用它就能登录，不用密码")
        self.fields["passwordless"].help_text = _("登录时设备会核对指纹、人脸或 PIN。不选，则在密码之后用它。")
        self.fields["passwordless"].initial = True


class PasskeyName(EditWebAuthnForm):  # type: ignore[misc]
    """Another name for a passkey."""

    name = forms.CharField(label=gettext_lazy("名称"), max_length=40)


class SetUpApp(ActivateTOTPView):  # type: ignore[misc]
    """Set up an app; the code it is proved with works no second time."""

    def form_valid(self, form: FirstCode) -> HttpResponse:
        """Keep the app."""
        answer: HttpResponse = super().form_valid(form)
        kept = Authenticator.objects.get(user=self.request.user, type=Authenticator.Type.TOTP)
        spend_code(kept.pk, form.cleaned_data["code"])
        return answer


def choose(request: HttpRequest) -> HttpResponse:
    """App or passkey: where one is led who has neither."""
    return render(request, "mfa/choose.html")


# Under the names that the library goes by: address, view, name.
AT_SIGN_IN = (
    ("sign-in/second/", AuthenticateView.as_view(), "mfa_authenticate"),
    ("sign-in/passkey/", passkeys.login_webauthn, "mfa_login_webauthn"),
)
OWN = (
    ("second-factor/", choose, "second-factor"),
    ("app/", SetUpApp.as_view(), "mfa_activate_totp"),
    ("app/off/", DeactivateTOTPView.as_view(), "mfa_deactivate_totp"),
    ("recovery-codes/", recovery_codes.view_recovery_codes, "mfa_view_recovery_codes"),
    ("recovery-codes/new/", recovery_codes.generate_recovery_codes, "mfa_generate_recovery_codes"),
    ("recovery-codes/file/", recovery_codes.download_recovery_codes, "mfa_download_recovery_codes"),
    ("passkeys/", passkeys.list_webauthn, "mfa_list_webauthn"),
    ("passkeys/new/", passkeys.add_webauthn, "mfa_add_webauthn"),
    ("passkeys/<int:pk>/name/", passkeys.edit_webauthn, "mfa_edit_webauthn"),
    ("passkeys/<int:pk>/remove/", passkeys.remove_webauthn, "mfa_remove_webauthn"),
    ("confirm/code/", CodeAgainView.as_view(), "mfa_reauthenticate"),
    ("confirm/passkey/", passkeys.reauthenticate_webauthn, "mfa_reauthenticate_webauthn"),
)
