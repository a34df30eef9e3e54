"""Sign-in from behind the desk: a password reset, a lock opened, a second factor taken away; one-time addresses."""

import time
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from allauth.mfa.models import Authenticator
from allauth.usersessions.models import UserSession
from axes.models import AccessAttempt
from django.contrib.auth import get_user_model
from django.contrib.auth.models import User
from django.contrib.auth.tokens import PasswordResetTokenGenerator
from django.db import transaction
from django.urls import reverse
from django.utils.encoding import force_bytes
from django.utils.http import urlsafe_base64_encode

from duikou.records.models import Account
from duikou.rules.rights import Person, Place

from .doing import doing

REMEMBERED = 300  # seconds; longer than a code can be valid


class OneTime(PasswordResetTokenGenerator):
    """Tokens that end with the password or the sign-in they were made before, and after settings.PASSWORD_RESET_TIMEOUT."""

    key_salt = "duikou.acts.sign_in.OneTime"


TOKENS = OneTime()


def one_time(user: User) -> str:
    """An address at which the person sets a password, once and within 72 hours."""
    return reverse("first-password", args=[urlsafe_base64_encode(force_bytes(user.pk)), TOKENS.make_token(user)])


def reset_password(account: Account, *, person: Person, reason: str) -> str:
    """An account's password works no more and its sessions end; the address at which a new one is set."""
    with _for("reset_password", account, person, reason) as user:
        user.set_unusable_password()
        user.save(update_fields=["password"])
        end_sessions(user)
    return one_time(user)


def unlock_account(account: Account, *, person: Person, reason: str) -> None:
    """An account may be tried again at once, from wherever it was locked."""
    with _for("unlock_account", account, person, reason):
        forgive(username=account.code)


def reset_second_factor(account: Account, *, person: Person, reason: str) -> None:
    """An account loses app, passkeys and recovery codes, and its sessions end."""
    with _for("reset_second_factor", account, person, reason) as user:
        Authenticator.objects.filter(user=user).delete()
        end_sessions(user)


@contextmanager
def _for(act: str, account: Account, person: Person, reason: str) -> Iterator[User]:
    """One such act, in one journal line that names the account; a closed account is left as it is."""
    with doing(act, person=person, place=Place(), reason=reason, evidence=account.code) as work:
        account.refresh_from_db()
        if account.closed:
            raise ValueError(f"账号 {account.code} 已停用")
        work.must_journal = True
        yield get_user_model().objects.get(username=account.code)


def end_sessions(user: User) -> None:
    """No session of a person goes on."""
    for session in UserSession.objects.filter(user=user):
        session.end()


def forgive(**where: Any) -> int:
    """Failures to sign in count no more; how many."""
    count, _by_table = AccessAttempt.objects.filter(**where).delete()
    return int(count)


def spend_code(number: int, code: str) -> bool:
    """Whether a code of an app had not been used; from now on it has, in every process and even after a restart."""
    now, digits = int(time.time()), "".join(filter(str.isdigit, code))
    with transaction.atomic():
        app = Authenticator.objects.select_for_update().get(pk=number)
        spent = {old: at for old, at in app.data.get("spent", {}).items() if now - at < REMEMBERED}
        fresh = digits not in spent
        app.data["spent"] = spent | {digits: now}
        app.save(update_fields=["data"])
    return fresh
