"""指标文件: the notices of funds of both sides by document number; what each issues, recalls, changes."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from duikou.acts.doing import place_of, programme_of
from duikou.records.models import Entry, Notice, of
from duikou.rules.ledger import signed, total
from duikou.web.addresses import href
from duikou.web.book import open_book
from duikou.web.doors import door, of_programme

from .pieces import HERE, grouped, one_of, page_of, papers, wan, ways

LINES = ("issued", "divided")


@dataclass(frozen=True)
class Line:
    """A line of a notice: an entry that issues or recalls."""

    row: Entry

    @property
    def href(self) -> str:
        """Its record."""
        return href("entry", self.row.pk)

    @property
    def issued(self) -> str:
        """What it issues, in 万元."""
        return "" if self.row.back else wan(self.row.amount)

    @property
    def recalled(self) -> str:
        """What it recalls, in 万元."""
        return wan(self.row.amount) if self.row.back else ""


@dataclass(frozen=True)
class Sums:
    """What lines come to: issued, recalled, and both together."""

    rows: tuple[Entry, ...]

    @property
    def issued(self) -> str:
        """What is issued, in 万元."""
        return wan(total(row.amount for row in self.rows if not row.back))

    @property
    def recalled(self) -> str:
        """What is recalled, in 万元."""
        return wan(total(row.amount for row in self.rows if row.back))

    @property
    def recalls(self) -> bool:
        """Whether anything is recalled."""
        return any(row.back for row in self.rows)

    @property
    def net(self) -> str:
        """Both together: 0.00 where a recall is issued again."""
        return wan(signed((row.amount, row.back) for row in self.rows))


@dataclass(frozen=True)
class Listed:
    """A notice in the list."""

    row: Notice
    sums: Sums


def listing(request: HttpRequest, programme: str, period: str) -> HttpResponse:
    """All notices, the newest first; both sides', or one's."""
    book, found = open_book(programme, period), programme_of(programme)
    every = list(of(Notice, found).select_related("of", "issuer").order_by("-last", "-pk"))
    side = request.GET.get("side", "")
    shown = page_of(request, [row for row in every if side in ("", row.side)])
    lines = grouped(lines_of(row.pk for row in shown), lambda row: row.notice_id)
    sides = [(code, len([row for row in every if row.side == code])) for code in ("supporting", "receiving")]
    context = {
        "book": book, "shown": shown, "side": side, "sides": sides, "count": len(every),
        "listed": [Listed(row, Sums(tuple(lines.get(row.pk, ())))) for row in shown],
        "ways": ways(request, book, [("issue_notice", "notices/new", place_of(found))]),
    }  # fmt: skip
    return render(request, "money_notices.html", context)


def lines_of(notices: Iterable[int]) -> list[Entry]:
    """The lines of notices, in their order."""
    rows = Entry.objects.filter(notice__in=[*notices], state__in=LINES)
    return list(rows.select_related("project", "receiver", "fund").order_by("pk"))


def one(request: HttpRequest, programme: str, period: str, number: int) -> HttpResponse:
    """A notice: its lines, what it changes and what changes it, what was paid under it, its paper."""
    book, found = open_book(programme, period), programme_of(programme)
    row = one_of(Notice, found, number)
    changes = list(of(Notice, found).filter(of=row).order_by("last", "pk"))
    lines = lines_of([row.pk])
    whole = lines_of([row.pk, *(change.pk for change in changes)]) if changes else []
    paid = list(Entry.objects.filter(notice=row, state="disbursed").order_by("last", "pk"))
    context = {
        "book": book, "notice": row, "lines": [Line(line) for line in lines], "sums": Sums(tuple(lines)),
        "changes": changes, "whole": Sums(tuple(whole)) if whole else None, "papers": papers(row.pk),
        "paid": wan(signed((entry.amount, entry.back) for entry in paid)) if paid else "",
        "payments": [(entry, wan(-entry.amount if entry.back else entry.amount)) for entry in paid],
        "ways": ways(request, book, [("issue_notice", f"notices/new?of={row.pk}", place_of(found))]),
    }  # fmt: skip
    return render(request, "money_notice.html", context)


urlpatterns = [
    door(HERE + "notices/", listing, "see_figures", of_programme, name="money-notices"),
    door(HERE + "notices/<int:number>/", one, "see_figures", of_programme, name="money-notice"),
]
