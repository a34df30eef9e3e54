"""指标文件 /funds/notices/: by number what was issued and recalled; one notice with its lines and what it changes."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _

from duikou.acts.notices import STATES
from duikou.records.models import Entry, Notice
from duikou.rules.ledger import total
from duikou.web.addresses import href
from duikou.web.book import open_book
from duikou.web.doors import door, of_own_part, of_programme
from duikou.web.language import heading, period_words, say
from duikou.web.listing import files

from .kept import HERE, Moved, may_begin, one_of, page_of, papers, questions, seen, wan


@dataclass(frozen=True)
class Line(Moved):
    """A line of a notice: to or from whom (record), out of which fund, how much, whether it was reversed."""

    undone: bool

    @property
    def whom(self) -> tuple[str, str]:
        """The project, else the receiver: its address and what it is called."""
        if self.row.project_id is not None:
            return href("project", self.row.project_id), str(self.row.project)
        if self.row.receiver_id is not None:
            return href("organisation", self.row.receiver_id), str(self.row.receiver)
        return "", ""

    @property
    def county(self) -> str:
        """Who has the money that a project gets by a notice of the receiving side."""
        return str(self.row.receiver or "") if self.row.project_id is not None else ""

    @property
    def amount(self) -> str:
        """In 万元 with its sign."""
        return f"{'−' if self.row.back else '+'}{wan(self.row.amount)}"


@dataclass(frozen=True)
class Listed:
    """A notice with what it has issued and recalled, in fen."""

    row: Notice
    given: int
    taken: int

    @property
    def issued(self) -> str:
        """What it issued."""
        return wan(self.given) if self.given else ""

    @property
    def recalled(self) -> str:
        """What it recalled."""
        return wan(self.taken) if self.taken else ""

    @property
    def net(self) -> str:
        """What it issued less what it recalled."""
        return wan(self.given - self.taken)


def listing(request: HttpRequest, programme: str, period: str) -> HttpResponse:
    """The notices, the newest first."""
    shown = page_of(request, in_order(request, programme))
    sums = _sums(row.pk for row in shown)
    context = {
        "book": open_book(programme, period), "shown": shown, "listed": [Listed(row, *sums[row.pk]) for row in shown],
        "may_issue": may_begin(request, "issue_notice", programme),
    }  # fmt: skip
    return render(request, "ledger_notices.html", context)


def taken(request: HttpRequest, programme: str, period: str) -> files.Listing:
    """The notices as the page lists them."""
    heads = (
        _("编号"),
        _("文号"),
        _("名称"),
        _("改动"),
        _("哪一方"),
        _("种类"),
        _("日期"),
        _("下达（万元）"),
        _("收回（万元）"),
        _("净额（万元）"),
    )
    rows = in_order(request, programme)
    sums = _sums(row.pk for row in rows)
    drawn = (Listed(row, *sums[row.pk]) for row in rows)
    cells = (
        [
            one.row.pk, one.row.number, one.row.title, str(one.row.of or ""), say("side", one.row.side), say("notice", one.row.type),
            period_words(one.row.when) if one.row.when else "", one.issued, one.recalled, one.net,
        ]
        for one in drawn
    )  # fmt: skip
    return files.Listing(f"notices-{programme}", heading("subject", "notices"), heads, cells, wide=2)


def in_order(request: HttpRequest, programme: str) -> list[Notice]:
    """The notices that the person sees, the newest first."""
    return sorted(seen(request, Notice, programme, "of"), key=lambda row: (str(row.last or ""), row.pk), reverse=True)


def lines_of(notices: Iterable[int]) -> dict[int, list[Entry]]:
    """The lines of notices, in the order they were entered."""
    found: dict[int, list[Entry]] = {number: [] for number in notices}
    rows = Entry.objects.filter(notice__in=list(found), state__in=STATES.values()).order_by("pk")
    for row in rows.select_related("project", "receiver", "fund"):
        found[row.notice_id or 0].append(row)
    return found


def _sums(notices: Iterable[int]) -> dict[int, tuple[int, int]]:
    """What notices issued and recalled, in fen; three columns of their entries are read."""
    found: dict[int, tuple[list[int], list[int]]] = {number: ([], []) for number in notices}
    rows = Entry.objects.filter(notice__in=list(found), state__in=STATES.values()).order_by()
    for notice, back, fen in rows.values_list("notice", "back", "amount"):
        found[notice or 0][bool(back)].append(fen)
    return {number: (total(given), total(taken)) for number, (given, taken) in found.items()}


def one(request: HttpRequest, programme: str, period: str, number: int) -> HttpResponse:
    """A notice: its lines, what it changes and what changed it, its paper."""
    row = one_of(request, Notice, programme, number, "issuer", "of")
    entries = lines_of([row.pk])[row.pk]
    undone = set(Entry.objects.filter(corrects__notice=row.pk).values_list("corrects", flat=True))
    context: dict[str, Any] = {
        "book": open_book(programme, period), "listed": Listed(row, *_sums([row.pk])[row.pk]), "row": row,
        "lines": [Line(entry, entry.pk in undone) for entry in entries], "changes": _changes(row),
        "papers": papers(request, row.pk), "may_issue": may_begin(request, "issue_notice", programme),
        "questions": questions(request, [row.pk, *(entry.pk for entry in entries)]),
    }  # fmt: skip
    return render(request, "ledger_notice.html", context)


def _changes(notice: Notice) -> list[Listed]:
    """The notices that changed one, each with what it issued and recalled; who sees the one sees them all."""
    rows = list(Notice.objects.filter(of=notice).order_by("pk"))
    sums = _sums(row.pk for row in rows)
    return [Listed(row, *sums[row.pk]) for row in rows]


urlpatterns = [
    door(HERE + "notices/", listing, "see_records", of_own_part, name="notices"),
    *files.doors(HERE + "notices/list", taken, "see_records", of_own_part, name="notices"),
    door(HERE + "notices/<int:number>/", one, "see_records", of_programme, name="notice"),
]
