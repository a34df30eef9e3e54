"""登录与读取记录 /access/: who signed in or failed to, and who read which personal data and why; newest first, as .csv too."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any
from urllib.parse import urlencode

from django.apps import apps
from django.core.paginator import Paginator
from django.db.models import Case, CharField, QuerySet, Value, When
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext

from duikou.records.models import Account, NameRead
from duikou.terms.words import vocabulary, zh

from .doors import door, nowhere
from .listing import files

PAGE = 100
MOST = 20_000  # lines of a file; more are asked for day by day
HEADS = ("时间", "账号", "单位", "做了什么", "详情", "来自")
Rows = QuerySet[Any, tuple[datetime, str | None, str, int]]


@dataclass(frozen=True)
class Asked:
    """What the page is asked for: an account, a day, a kind of line (terms: access); empty for all."""

    account: str = ""
    day: date | None = None
    what: str = ""

    @property
    def query(self) -> str:
        """The same as the query of an address."""
        return urlencode({"account": self.account, "day": self.day or "", "what": self.what})

    @classmethod
    def of(cls, request: HttpRequest) -> "Asked":
        """From the address; what makes no sense there is not asked for."""
        what = request.GET.get("what", "")
        try:
            day = date.fromisoformat(request.GET.get("day", ""))
        except ValueError:
            day = None
        account = "".join(filter(str.isprintable, request.GET.get("account", "")))  # PostgreSQL takes no zero byte
        return cls(account.strip()[:40], day, what if what in vocabulary()["access"] else "")


@dataclass(frozen=True)
class Line:
    """One line: when, which account of which office, what (terms: access), what exactly, from which address."""

    at: datetime
    account: str
    office: str
    what: str
    detail: str
    origin: str


def page(request: HttpRequest) -> HttpResponse:
    """A page of lines."""
    asked = Asked.of(request)
    pages = Paginator(_rows(asked), PAGE)
    shown = pages.get_page(request.GET.get("page"))
    context = {"lines": _lines(shown), "shown": shown, "asked": asked, "kinds": list(vocabulary()["access"])}
    return render(request, "access.html", context)


def taken(request: HttpRequest) -> files.Listing | HttpResponse:
    """The same lines as a file; 413 where there are too many for one."""
    rows = _rows(Asked.of(request))
    if (count := rows.count()) > MOST:
        said = gettext("共 {count} 行，一次至多导出 {most} 行。按日筛选后再导出。").format(count=count, most=MOST)
        return HttpResponse(said, status=413, content_type="text/plain; charset=utf-8")
    lines = (
        [f"{timezone.localtime(x.at):%Y-%m-%d %H:%M:%S}", x.account, x.office, zh("access", x.what), x.detail, x.origin]
        for x in _lines(rows)
    )
    return files.Listing("access", gettext("登录与读取记录"), tuple(map(gettext, HEADS)), lines)


def _rows(asked: Asked) -> Rows:
    """Time, account, kind and number of every line that is asked for, the newest first; of all logs that there are."""
    reads = NameRead.objects.annotate(what=Value("read", CharField())).values_list("at", "account", "what", "number")
    found = _asked(reads, asked, "at", "account")
    if not apps.is_installed("axes"):
        return found.order_by("-at", "-number")
    from axes.models import AccessFailureLog, AccessLog

    signed = AccessLog.objects.order_by().annotate(what=Value("signed_in", CharField()))
    locked = Case(When(locked_out=True, then=Value("locked")), default=Value("failed"), output_field=CharField())
    failed = AccessFailureLog.objects.order_by().annotate(what=locked)
    others = [
        _asked(rows.values_list("attempt_time", "username", "what", "pk"), asked, "attempt_time", "username")
        for rows in (signed, failed)
    ]
    return found.union(*others, all=True).order_by("-at", "-number")


def _asked(rows: Rows, asked: Asked, at: str, account: str) -> Rows:
    """Those rows of one log that are asked for."""
    if asked.account:
        rows = rows.filter(**{account: asked.account})
    if asked.what:
        rows = rows.filter(what=asked.what)
    if asked.day:
        begins = timezone.make_aware(datetime.combine(asked.day, datetime.min.time()))
        rows = rows.filter(**{f"{at}__gte": begins, f"{at}__lt": begins + timedelta(days=1)})
    return rows


def _lines(rows: Iterable[tuple[datetime, str | None, str, int]]) -> list[Line]:
    """The rows with what the logs say of them."""
    kept = list(rows)
    offices = {a.code: str(a.office) for a in Account.objects.select_related("office__organisation")}
    said = {what: _details(what, [n for *_, kind, n in kept if kind == what]) for what in vocabulary()["access"]}
    return [
        Line(at, account if account in offices else "", offices.get(account or "", ""), what, *said[what][number])
        for at, account, what, number in kept
    ]


def _details(what: str, numbers: list[int]) -> dict[int, tuple[str, str]]:
    """What exactly, and from which address, of the rows of one log."""
    if not numbers:
        return {}
    if what == "read":
        return {n: (_of_reading(r), "") for n, r in NameRead.objects.in_bulk(numbers).items()}
    from axes.models import AccessFailureLog, AccessLog

    if what == "signed_in":
        return {n: (_until(x.logout_time), x.ip_address or "") for n, x in AccessLog.objects.in_bulk(numbers).items()}
    failures = AccessFailureLog.objects.in_bulk(numbers)
    return {n: ("", x.ip_address or "") for n, x in failures.items()}


def _of_reading(read: NameRead) -> str:
    """Why, and which fields by their numbers; never a value."""
    numbers = "、".join(map(str, read.names[:5]))
    more = gettext("等 {count} 项").format(count=len(read.names)) if len(read.names) > 5 else ""
    return gettext("{why}（第 {numbers} 号{more}）").format(why=read.why, numbers=numbers, more=more)


def _until(ended: datetime | None) -> str:
    return gettext("{clock} 退出").format(clock=f"{timezone.localtime(ended):%H:%M}") if ended else ""


urlpatterns = [
    door("access/", page, "see_reads", nowhere, name="access"),
    *files.doors("access", taken, "see_reads", nowhere, name="access"),
]
