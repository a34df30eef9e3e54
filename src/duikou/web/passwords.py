"""Passwords: how they are kept, the day each was set, what they must be."""

import re
from datetime import date, timedelta
from typing import Any

from django.conf import settings
from django.contrib.auth.hashers import PBKDF2PasswordHasher
from django.contrib.auth.models import AbstractBaseUser
from django.contrib.auth.password_validation import UserAttributeSimilarityValidator
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from duikou.acts.doing import today

KINDS = (r"[a-z]", r"[A-Z]", r"\d", r"[^a-zA-Z\d]")
LONG = 20


class Dated(PBKDF2PasswordHasher):
    """Django's own hashing; the salt begins with the day, after d where the password was set in the demonstration.

    So no table can disagree with the password, and no way of setting one can forget the day.
    """

    iterations = 1_000_000  # said here: a hash renewed at sign-in would make the password young again

    def salt(self) -> str:
        """A new salt."""
        return f"{'d' if settings.DEMONSTRATION else 'p'}{today():%Y%m%d}{super().salt()}"


class Mixed:
    """Three kinds of characters, or a long sentence of any."""

    def validate(self, password: str, user: AbstractBaseUser | None = None) -> None:
        """ValidationError where a password has too few kinds."""
        if len(password) < LONG and len([kind for kind in KINDS if re.search(kind, password)]) < 3:
            raise ValidationError(self.get_help_text(), code="password_of_few_kinds")

    def get_help_text(self) -> str:
        """What is asked, for the form."""
        return _("大写字母、小写字母、数字、其他字符至少有三种；%(long)s 个字符以上的不限。") % {"long": LONG}


class Unlike(UserAttributeSimilarityValidator):
    """Nothing like the account, nor anything that holds it, which Django forgives in a long password."""

    def validate(self, password: str, user: Any = None) -> None:
        """ValidationError where a password is like the account."""
        if user and user.get_username().casefold() in password.casefold():
            raise ValidationError(_("和账号太像"), code="password_too_similar")
        super().validate(password, user)


def set_on(user: AbstractBaseUser) -> date | None:
    """The day the password was set; nothing for a password of before, or none."""
    said = _said(user)
    return date(int(said[1:5]), int(said[5:7]), int(said[7:])) if said else None


def of_the_demonstration(user: AbstractBaseUser) -> bool:
    """Whether a password was set in the demonstration, where passwords are printed on the screen."""
    return _said(user).startswith("d")


def valid_until(user: AbstractBaseUser) -> date | None:
    """The last day of the password; nothing where passwords have no age. A password without a day has had its last."""
    if not settings.PASSWORD_DAYS or not user.has_usable_password():
        return None
    begun = set_on(user)
    return begun + timedelta(days=settings.PASSWORD_DAYS) if begun else date.min


def is_too_old(user: AbstractBaseUser) -> bool:
    """Whether the password must be changed before anything else."""
    last = valid_until(user)
    return last is not None and last < today()


def _said(user: AbstractBaseUser) -> str:
    """What the salt begins with: d or p and the day; nothing where it says no day."""
    found = re.match(r"[^$]+\$\d+\$([dp]20\d\d(?:0[1-9]|1[0-2])(?:0[1-9]|[12]\d|3[01]))", user.password)
    return found[1] if found else ""
