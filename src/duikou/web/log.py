"""修改记录: the lines of the journal, newest first: who did what, when, on what evidence; what each wrote."""

import json
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.core.paginator import Paginator
from django.db.models import Count, QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _

from duikou.acts.journal import header_of, time_of
from duikou.records.models import Account, JournalImage, JournalLine, Record
from duikou.terms.words import vocabulary, zh

from .addresses import href
from .doors import ABSENT, door, nowhere
from .listing import files

PAGE = 100


@dataclass(frozen=True)
class Line:
    """A line of the journal: when, which account of which office, which act, why, on what, how many rows."""

    number: int
    at: datetime
    account: str
    office: str
    act: str
    reason: str
    evidence: str
    rows: int


@dataclass(frozen=True)
class Row:
    """A row that a line wrote: its table, its number, the record it belongs to, the stored text."""

    table: str
    number: int
    href: str
    text: str


def page(request: HttpRequest) -> HttpResponse:
    """A page of lines, of all or of one account or act."""
    account, act = request.GET.get("account", ""), request.GET.get("act", "")
    shown = Paginator(lines_of(account, act), PAGE).get_page(request.GET.get("page"))
    offices = _offices()
    acts = [(code, entry.zh) for code, entry in vocabulary()["act"].items() if not code.startswith("see_")]
    context = {
        "lines": [_line(row, offices) for row in shown], "shown": shown, "account": account, "act": act, "acts": acts,
        "accounts": [*offices],
    }  # fmt: skip
    return render(request, "log.html", context)


def lines_of(account: str, act: str) -> QuerySet[JournalLine]:
    """The lines of an account and an act, empty for all; the newest first, each with how many rows it wrote."""
    lines = JournalLine.objects.order_by("-number")
    if account:
        lines = lines.filter(header__contains=f'"person":{json.dumps(account, ensure_ascii=False)}')
    if act:
        lines = lines.filter(header__contains=f'"act":{json.dumps(act)}')
    return lines.annotate(rows=Count("images"))


def taken(request: HttpRequest) -> files.Listing:
    """The lines that the page is asked for."""
    heads = (_("行"), _("时间"), _("办什么"), _("账号"), _("单位"), _("办的是"), _("原因"), _("写了几条"))
    found = lines_of(request.GET.get("account", ""), request.GET.get("act", ""))
    offices = _offices()
    lines = (_line(row, offices) for row in found.iterator(PAGE))
    return files.Listing("log", _("修改记录"), heads, map(_cells, lines), wide=5)


def _cells(line: Line) -> list[object]:
    """A line as the page shows it, its evidence whole."""
    at = f"{timezone.localtime(line.at):%Y-%m-%d %H:%M}"
    return [line.number, at, line.act, line.account, line.office, line.evidence, line.reason, line.rows]


def taken_of_one(request: HttpRequest, number: int) -> files.Listing:
    """Every row that a line wrote, as it was stored."""
    found = JournalLine.objects.filter(number=number).first()
    if found is None:
        raise Http404(ABSENT)
    rows = JournalImage.objects.filter(line=found).order_by("position").values_list("table", "number", "text")
    heads = (_("表"), _("号"), _("存入的文字"))
    return files.Listing(f"log-{number}", f"{_('修改记录')} {number}", heads, rows.iterator(PAGE), wide=2)


def one(request: HttpRequest, number: int) -> HttpResponse:
    """A line with every row it wrote, as it was stored."""
    found = JournalLine.objects.filter(number=number).annotate(rows=Count("images")).first()
    if found is None:
        raise Http404(ABSENT)
    images = JournalImage.objects.filter(line=found).order_by("position")[:500]
    kinds = dict(Record.objects.filter(number__in=[i.number for i in images]).values_list("number", "kind"))
    rows = [Row(i.table, i.number, _href(i, kinds), i.text) for i in images]
    return render(request, "log_line.html", {"line": _line(found, _offices()), "rows": rows, "hash": found.hash})


def _line(row: JournalLine, offices: dict[str, str]) -> Line:
    said: dict[str, Any] = header_of(row)
    person = str(said["person"])
    return Line(
        row.number, time_of(row), person, offices.get(person, ""), zh("act", said["act"]), str(said.get("reason", "")),
        str(said.get("evidence", "")), row.rows,  # type: ignore[attr-defined]
    )  # fmt: skip


def _href(image: JournalImage, kinds: dict[int, str]) -> str:
    """The page of the record that a row is; nothing for rows that hang from one."""
    kind = kinds.get(image.number, "")
    return href(kind, image.number) if image.table in ("records_record", f"records_{kind}") else ""


def _offices() -> dict[str, str]:
    rows = Account.objects.select_related("office__organisation").order_by("code")
    return {account.code: str(account.office) for account in rows}


urlpatterns = [
    door("log/", page, "see_journal", nowhere, name="log"),
    *files.doors("log/list", taken, "see_journal", nowhere, name="log"),
    door("log/<int:number>/", one, "see_journal", nowhere, name="log-line"),
    *files.doors("log/<int:number>/list", taken_of_one, "see_journal", nowhere, name="log-line"),
]
