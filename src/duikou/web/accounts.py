"""Sign-in and sign-out: Django's own, on our page, which says whose system it is."""

from typing import Any

from django.contrib.auth.forms import AuthenticationForm
from django.contrib.auth.views import LoginView, LogoutView

from duikou.snapshot.store import latest

from .doors import open_door
from .frame import who_grants


class SignIn(AuthenticationForm):
    """Account and password; what was wrong is said without telling which of the two."""

    error_messages = {
        "invalid_login": "账号或密码不对。先看大小写和输入法；仍不对时找系统管理员重设密码。",
        "inactive": "账号已停用。要恢复时找系统管理员。",
    }


class SignInPage(LoginView):
    """The sign-in page; one who is signed in already goes on."""

    template_name = "sign_in.html"
    authentication_form = SignIn
    redirect_authenticated_user = True

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """The offices whose book this is, and who gives accounts."""
        taken = latest()
        rows = taken.rows["programmes"] if taken else []
        offices = list(dict.fromkeys(row["office"] for row in rows if row["office"]))
        return super().get_context_data(**kwargs) | {"offices": offices, "grants": who_grants()}

    def form_invalid(self, form: AuthenticationForm) -> Any:
        """The page again, as refused."""
        response = super().form_invalid(form)
        response.status_code = 422
        return response


urlpatterns = [
    open_door("sign-in/", SignInPage.as_view(), "登录", name="sign-in"),
    open_door("sign-out/", LogoutView.as_view(), "退出", name="sign-out"),
]
