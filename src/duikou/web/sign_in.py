"""The sign-in page, the one-time address, the change of password."""

from typing import Any

from allauth.account.forms import ChangePasswordForm, LoginForm
from allauth.account.views import LoginView, PasswordChangeView
from django import forms
from django.conf import settings
from django.contrib import messages
from django.contrib.auth.forms import SetPasswordForm
from django.contrib.auth.models import User
from django.contrib.auth.views import PasswordResetConfirmView
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.urls import reverse_lazy
from django.utils.translation import gettext as _

from duikou.acts.sign_in import TOKENS

from . import lockout
from .helpdesk import offices, phone, who
from .passwords import is_too_old


class SignIn(LoginForm):  # type: ignore[misc]  # allauth brings no types
    """Account and password; what was wrong is said without telling which of the two."""

    def __init__(self, *args: Any, **more: Any) -> None:
        super().__init__(*args, **more)
        for field, said in (("login", _("填写账号")), ("password", _("填写密码"))):
            self.fields[field].error_messages["required"] = said

    def clean_login(self) -> str:
        """The account as it is written in the book."""
        return str(super().clean_login()).lower()

    def clean(self) -> dict[str, Any]:
        """The account, if the password is right and may be tried."""
        try:
            said: dict[str, Any] = super().clean()
        except forms.ValidationError:
            wrong = _("账号或密码不对。先看大小写和输入法。")
            raise lockout.objection(self.request, self.cleaned_data["login"], wrong) from None
        return said


class SignInPage(LoginView):  # type: ignore[misc]
    """The sign-in page; one who is signed in already goes on."""

    template_name = "sign_in.html"
    form_class = SignIn

    def get_context_data(self, **more: Any) -> dict[str, Any]:
        """The offices whose book this is, who gives accounts, the offices that sign in by themselves."""
        said = {"offices": offices(), "who": who("reset_password"), "phone": phone(), "providers": settings.PROVIDERS}
        return dict(super().get_context_data(**more)) | said


class NewTwice(SetPasswordForm):  # type: ignore[type-arg]  # not to be parametrized when the program runs
    """A password and the same again; what is wrong with it stands at the first of the two."""

    def validate_password_for_user(self, user: User, password_field_name: str = "") -> None:
        """Hold the password to the rules."""
        super().validate_password_for_user(user, "new_password1")


class FirstPassword(PasswordResetConfirmView):
    """The page at a one-time address; the address is dead once the password is set."""

    template_name = "account/first_password.html"
    form_class = NewTwice
    token_generator = TOKENS
    success_url = reverse_lazy("sign-in")

    def get_user(self, uidb64: str) -> Any:
        """The account; none if it may not sign in."""
        user = super().get_user(uidb64)
        return user if user is not None and user.is_active else None

    def get_context_data(self, **more: Any) -> dict[str, Any]:
        """Who gives another address where this one is dead."""
        return super().get_context_data(**more) | {"who": who("reset_password"), "phone": phone()}

    def form_valid(self, form: Any) -> HttpResponse:
        """Keep the password and lead to the sign-in."""
        messages.success(self.request, _("密码已设好，现在登录。"))
        return super().form_valid(form)


class NewPassword(ChangePasswordForm):  # type: ignore[misc]
    """The old password and the new one, which is another."""

    def __init__(self, *args: Any, **more: Any) -> None:
        super().__init__(*args, **more)
        labels = {"oldpassword": _("现在的密码"), "password1": _("新密码"), "password2": _("再写一遍新密码")}
        for field, said in labels.items():
            self.fields[field].label = said

    def clean(self) -> dict[str, Any]:
        """Both, if they differ."""
        said: dict[str, Any] = super().clean()
        if said.get("password1") and said["password1"] == said.get("oldpassword"):
            self.add_error("password1", _("新密码和现在的一样，换一个"))
        return said


class ChangePage(PasswordChangeView):  # type: ignore[misc]
    """The change of the password; it ends all other sessions."""

    def dispatch(self, request: HttpRequest, *args: Any, **at: Any) -> HttpResponseBase:
        """404 for an account that has none: it comes through its office."""
        if isinstance(request.user, User) and not request.user.has_usable_password():
            raise Http404(_("这个账号没有密码，从所在单位登录"))
        answer: HttpResponseBase = super().dispatch(request, *args, **at)
        return answer

    def get_context_data(self, **more: Any) -> dict[str, Any]:
        """Whether it is due."""
        return dict(super().get_context_data(**more)) | {"due": is_too_old(self.request.user)}
