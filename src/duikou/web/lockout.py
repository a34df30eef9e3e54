"""Failures to sign in, counted in the database; who may still try, how often, and when again.

Five failures lock an account for the address they came from, and there only: whoever is elsewhere works on. A browser
that has signed in to the account before is counted for itself, so that a whole office behind one address is not locked
out by one machine in it. Guesses spread over many addresses are stopped by the failures of an account from all
browsers it does not know, one password tried on many accounts by the failures of an address. A try during the lock is
not counted: nobody can prolong the lock of another. Accounts that do not exist are counted and locked alike.
"""

import ipaddress
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from axes.handlers.database import AxesDatabaseHandler
from axes.handlers.proxy import AxesProxyHandler
from axes.models import AccessAttempt
from django.conf import settings
from django.contrib.auth.signals import user_login_failed
from django.core import signing
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.crypto import get_random_string
from django.utils.translation import gettext as _

from duikou.acts.sign_in import forgive

from .helpdesk import phone, who

OF_ACCOUNT, OF_ADDRESS = 25, 50  # failures within the pause, from all unknown browsers
KNOWN, NEW = "known ", "new "  # what the browser column of a failure begins with
COOKIE, KEPT, ACCOUNTS = "known", 180 * 24 * 3600, 5


@dataclass(frozen=True)
class Standing:
    """How often a name may still be tried from where it is tried, or until when it may not."""

    left: int
    until: datetime | None

    def __str__(self) -> str:
        if self.until:
            clock = timezone.localtime(self.until)
            said = _("多次不对，已锁定到 %(time)s，到时再试。急用时找%(who)s解除锁定%(phone)s。")
            return said % {"time": f"{clock:%H:%M}", "who": who("unlock_account"), "phone": phone()}
        return _("还可以试 %(left)s 次，再不对就锁定 %(minutes)s 分钟。") % {
            "left": self.left, "minutes": int(settings.AXES_COOLOFF_TIME.total_seconds() // 60)
        }  # fmt: skip


class Handler(AxesDatabaseHandler):  # type: ignore[misc]  # axes brings no types
    """Counts by browser, known or new, beside account and address."""

    def is_locked(self, request: HttpRequest, credentials: dict[str, Any] | None = None) -> bool:
        """Whether the name of the credentials may not be tried."""
        return standing(request, (credentials or {}).get("username") or "").until is not None

    def user_login_failed(
        self, sender: Any, credentials: dict[str, Any], request: HttpRequest | None = None, **kwargs: Any
    ) -> None:
        """Keep a failure with the browser it came from."""
        if request is None:
            return
        said = request.axes_user_agent  # type: ignore[attr-defined]
        request.axes_user_agent = _browser(request, credentials.get("username") or "")  # type: ignore[attr-defined]
        super().user_login_failed(sender, credentials, request, **kwargs)
        request.axes_user_agent = said  # type: ignore[attr-defined]

    def reset_user_attempts(self, request: HttpRequest, credentials: dict[str, Any] | None = None) -> int:
        """Forget the failures of one who has signed in, where it was; those from elsewhere stay."""
        code = (credentials or {}).get("username") or ""
        where, _limit = _rules(request, code)[0]
        return forgive(**where)


def parameters(request: HttpRequest, credentials: dict[str, Any] | None = None) -> list[list[str]]:
    """What axes itself groups failures by."""
    return [["username", "ip_address", "user_agent"]]


def address(request: HttpRequest) -> str | None:
    """The address a request comes from, of IPv6 the network: its holder has all addresses in it. Behind our proxy,
    what the proxy says, which is the last."""
    said = request.META.get("REMOTE_ADDR", "")
    if settings.PROXY:
        said = request.META.get("HTTP_X_FORWARDED_FOR", said).rpartition(",")[2]
    try:
        found = ipaddress.ip_address(said.strip())
    except ValueError:
        return None
    if found.version == 4:
        return str(found)
    return str(ipaddress.IPv6Network((found, 64), strict=False).network_address)


def standing(request: HttpRequest, code: str) -> Standing:
    """How a name stands for the browser and the address of a request."""
    since = timezone.now() - settings.AXES_COOLOFF_TIME
    left, until = settings.AXES_FAILURE_LIMIT, None
    for where, limit in _rules(request, code):
        rows = list(AccessAttempt.objects.filter(attempt_time__gt=since, **where))
        failures = sum(row.failures_since_start for row in rows)
        left = min(left, limit - failures)
        if failures >= limit:
            last = max(row.attempt_time for row in rows) + settings.AXES_COOLOFF_TIME
            until = max(until or last, last)
    return Standing(max(left, 0), until)


def refuse_if_locked(request: HttpRequest, code: str) -> None:
    """ValidationError with what to do where a name may not be tried."""
    AxesProxyHandler.update_request(request)
    now = standing(request, code)
    if now.until:
        raise ValidationError(str(now), code="locked")


def failed(request: HttpRequest, code: str, wrong: str) -> ValidationError:
    """Count a failure that Django's sign-in does not see; what to say of it."""
    user_login_failed.send(sender=__name__, credentials={"username": code}, request=request)
    return objection(request, code, wrong)


def objection(request: HttpRequest, code: str, wrong: str) -> ValidationError:
    """What was wrong, and how the name stands after it."""
    now = standing(request, code)
    return ValidationError(str(now) if now.until else f"{wrong}{now}", code="locked" if now.until else "wrong")


def remember(request: HttpRequest, response: HttpResponse, code: str) -> None:
    """Let a browser be known by the account that has signed in with it."""
    known = _known(request)
    mark = known.pop(code, "") or get_random_string(16)
    kept = dict([*known.items(), (code, mark)][-ACCOUNTS:])
    response.set_cookie(
        COOKIE, signing.dumps(kept, salt=COOKIE), max_age=KEPT, httponly=True, samesite="Lax",
        secure=settings.SESSION_COOKIE_SECURE,
    )  # fmt: skip


def _known(request: HttpRequest) -> dict[str, str]:
    """The accounts that know this browser, with its mark for each."""
    try:
        return dict(signing.loads(request.COOKIES.get(COOKIE, ""), salt=COOKIE, max_age=KEPT))
    except signing.BadSignature:
        return {}


def _browser(request: HttpRequest, code: str) -> str:
    """The browser column of a failure."""
    if mark := _known(request).get(code):
        return KNOWN + mark
    return f"{NEW}{request.META.get('HTTP_USER_AGENT', '')}"[:255]


def _rules(request: HttpRequest, code: str) -> list[tuple[dict[str, Any], int]]:
    """Which failures count together, and how many of them lock."""
    code, limit = code[:255], settings.AXES_FAILURE_LIMIT
    if mark := _known(request).get(code):
        return [({"username": code, "user_agent": KNOWN + mark}, limit)]
    new = {"user_agent__startswith": NEW}
    here = {"ip_address": address(request)}
    return [
        ({"username": code, **here, **new}, limit), ({"username": code, **new}, OF_ACCOUNT), ({**here, **new}, OF_ADDRESS)
    ]  # fmt: skip
