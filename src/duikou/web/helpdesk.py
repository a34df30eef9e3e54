"""Whom to ask when one cannot get in: who does an act, at which office, by which telephone."""

from django.conf import settings
from django.utils.translation import gettext as _

from duikou.rules.rights import who_may
from duikou.snapshot.store import latest

from .language import english, listed, say


def offices() -> list[str]:
    """The offices that keep this book, as its programmes name them."""
    taken = latest()
    return list(dict.fromkeys(row["office"] for row in taken.rows["programmes"] if row["office"])) if taken else []


def who(act: str) -> str:
    """Who does an act: 天津市人民政府合作交流办公室系统管理员."""
    roles, named = listed([say("role", role) for role in who_may(act)]), offices()
    if not named:
        return roles
    return f"the {roles} of {named[0]}" if english() else f"{named[0]}{roles}"


def phone() -> str:
    """The office's telephone after a comma, where the settings name it."""
    return _("，电话 %(phone)s") % {"phone": settings.PHONE} if settings.PHONE else ""
