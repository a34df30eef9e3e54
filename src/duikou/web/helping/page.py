"""帮助 /help/: the words of the page one comes from, its definitions, keys, whom to ask, the manuals, the first steps.

It shows nothing of any programme, so nobody is asked for a right.
"""

from dataclasses import dataclass

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import register_converter
from django.urls.converters import StringConverter
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _

from duikou.web import helpdesk
from duikou.web.addresses import in_chinese, root
from duikou.web.book import person_of
from duikou.web.doors import open_door
from duikou.web.frame import new_programme
from duikou.web.language import heading

from . import manual, words

LONGEST = 200  # characters of the address that one comes from
WHY = "词的意思、按键、电话和操作手册，不含任何项目方案的内容"


class ManualInAddress(StringConverter):
    """The role of a manual in an address."""

    regex = "|".join(manual.ROLES)


register_converter(ManualInAddress, "manual")


@dataclass(frozen=True)
class Manual:
    """A manual: whose it is, where it stands, whether it is the reader's own."""

    words: str
    href: str
    own: bool


def index(request: HttpRequest) -> HttpResponse:
    """The help for the page named by `at`."""
    at = came_from(request)
    context = {
        "at": at, "here": words.groups_at(at), "readings": words.readings_at(at), "all": words.everything(),
        "asked": asked(), "phone": settings.PHONE, "manuals": manuals(request), "new": new_programme(request),
    }  # fmt: skip
    return render(request, "help.html", context)


def came_from(request: HttpRequest) -> str:
    """The page of this site that one came from; nothing where none is named."""
    at = request.GET.get("at", "").partition("?")[0][:LONGEST]
    own = at.startswith("/") and url_has_allowed_host_and_scheme(at, allowed_hosts=None)
    return f"{root()}{in_chinese(at)}" if own and not in_chinese(at).startswith("/help/") else ""


def asked() -> list[tuple[str, str]]:
    """Whom to ask about what."""
    return [
        (_("账号、密码、锁住了"), helpdesk.who("reset_password")),
        (_("看不到、办不了"), helpdesk.who("appoint")),
        (_("数字、表和填报"), helpdesk.who("correct_record")),
    ]


def manuals(request: HttpRequest) -> list[Manual]:
    """The manuals, those of the reader's own roles first."""
    roles = [post.role for post in person_of(request).posts] or ["public_reader"]
    own = {manual.manual_of(role) for role in roles}
    rows = [Manual(heading("role", role), f"{root()}/help/{role}/", role in own) for role in manual.there()]
    return sorted(rows, key=lambda row: not row.own)


def one(request: HttpRequest, role: str) -> HttpResponse:
    """A manual as a page."""
    if role not in manual.there():
        raise Http404(_("这里没有带着操作手册；到 docs/manual 看。"))
    context = {"title": manual.title(role), "manual": manual.page(role), "manuals": manuals(request), "role": role}
    return render(request, "help_manual.html", context)


urlpatterns = [
    open_door("help/", index, WHY, name="help"),
    open_door("help/<manual:role>/", one, WHY, name="manual"),
]
