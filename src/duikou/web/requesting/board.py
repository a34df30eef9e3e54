"""要表 …/requests/: who owes what by when, offices down and sheets across; the calendar of due days; the same as a list."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _

from duikou.acts.doing import place_of, programme_of, today
from duikou.acts.requesting import place_of_request
from duikou.records.models import DataRequest, Programme, of
from duikou.rules.period import Period, months
from duikou.web.acting.places import own_work
from duikou.web.addresses import href
from duikou.web.book import open_book
from duikou.web.doors import can, door
from duikou.web.language import area_name, heading, period_words
from duikou.web.listing import files
from duikou.web.projects.kept import way

from . import rows as board
from .kept import HERE, every, form_of_sheet, of_requests, seen, shown_of, title_of_sheet

PERIODS = 24  # rows of the calendar
DUE_ON = 5  # the day of the following month by which a month's sheets are asked


@dataclass(frozen=True)
class Next:
    """What would be asked next, as it was asked last: the period, the one it follows, how much, by when, the form."""

    words: str
    last: str
    offices: int
    layouts: int
    sheets: int
    due: date
    href: str


def _hands_in(request: HttpRequest, programme: str) -> bool:
    """Whether the person may hand sheets in."""
    return can(request, "accept_sheet", own_work("accept_sheet")(request, programme=programme))


def page(request: HttpRequest, programme: str, period: str) -> HttpResponse:
    """The page."""
    book, found, now = open_book(programme, period), programme_of(programme), today()
    asked = every(request, found)
    when = shown_of(asked, book.days)
    chosen = seen(request, found, when)
    layouts, offices = board.lines(chosen, now, lambda row: _onward(request, found, row))
    calendar = board.months(asked, now, lambda days: way("requests", programme, days.code))
    may = can(request, "ask_for_sheet", place_of(found))
    context = {
        "book": book, "when": when, "words": period_words(when), "today": now, "lines": offices,
        "said": board.sentence(chosen, when, now) if chosen else "",
        "sheets": [(form_of_sheet(code), title_of_sheet(code)) for code in layouts],
        "months": calendar[:PERIODS], "more": len(calendar) - PERIODS if len(calendar) > PERIODS else 0,
        "new": way("request-new", programme, when.code, when=when.code) if may else "",
        "next": _next(found, now) if may else None,
        "may_remind": can(request, "remind", place_of(found)),
        "to_remind": len([row for row in chosen if board.to_remind(row, now)]),
        "remind": reverse("requests-remind", args=[programme, when.code]),
        "here": reverse("requests", args=[programme, when.code]),
        "sheets_here": way("sheets", programme, when.code) if _hands_in(request, programme) else "",
    }  # fmt: skip
    return render(request, "requesting_board.html", context)


def taken(request: HttpRequest, programme: str, period: str) -> files.Listing:
    """The requests of the board's period as rows."""
    found = programme_of(programme)
    when = shown_of(every(request, found), open_book(programme, period).days)
    heads = (_("编号"), _("期间"), _("单位"), _("地区"), _("表"), _("名称"), _("哪天要"), _("期限"), _("答复"), _("答复日"),
             _("过期天数"), _("原因"), _("收表号"), _("催报日"))  # fmt: skip
    rows = seen(request, found, when)
    return files.Listing(
        f"requests-{programme}-{when.code}",
        f"{heading('page', 'requests')} {period_words(when)}",
        heads,
        _cells(rows),
        wide=2,
    )


def _cells(rows: Sequence[DataRequest]) -> Iterator[list[object]]:
    for row in rows:
        cell = board.Cell(row, today())
        over = cell.days if cell.days > 0 and (cell.owing or cell.receipt) else ""
        yield [
            row.pk, period_words(row.when) if row.when else "", row.office.name, area_name(row.region), cell.form, cell.title,
            row.asked_on, row.due, cell.word, row.answered or "", over, row.reason, cell.receipt, row.reminded or "",
        ]  # fmt: skip


def _onward(request: HttpRequest, programme: Programme, row: DataRequest) -> str:
    """Where one goes from a cell: to the receipt, to the form of the answer where one may answer, else to the record."""
    code = row.when.code if row.when else ""
    if row.answer == "data" and row.submission_id:
        return way("sheet-receipt", programme.code, code, row.submission_id) or href("submission", row.submission_id)
    if can(request, "answer_request", place_of_request(row, programme)):
        return way("request-answer", programme.code, code, row.pk)
    return href("data_request", row.pk)


def following(days: Period) -> Period:
    """The month after a month."""
    return months(days.last.year + days.last.month // 12, days.last.month % 12 + 1, days.last.month % 12 + 1)


def due_of(days: Period) -> date:
    """By which day the sheets of a period are asked: the fifth of the month that follows."""
    return following(days).first.replace(day=DUE_ON)


def last_asked(programme: Programme) -> tuple[Period, list[tuple[int, str]]] | None:
    """The last month that was asked for, and what was: offices and sheets."""
    rows = of(DataRequest, programme)
    periods = rows.exclude(first=None).order_by("-last", "-first").values_list("first", "last").distinct()
    months_ = (Period(first, last) for first, last in periods if first and last)
    when = next((days for days in months_ if days.month_known and not days.day_known), None)
    if when is None:
        return None
    return when, list(rows.filter(first=when.first, last=when.last).values_list("office_id", "layout"))


def _next(programme: Programme, now: date) -> Next | None:
    """The month after the last that was asked for, once it has begun: what was asked then is proposed again."""
    last = last_asked(programme)
    when = following(last[0]) if last else None
    if last is None or when is None or when.first > now:
        return None
    to_form = way("request-new", programme.code, when.code, when=when.code, like=last[0].code)
    offices, layouts = {office for office, _layout in last[1]}, {layout for _office, layout in last[1]}
    return Next(
        period_words(when), period_words(last[0]), len(offices), len(layouts), len(last[1]), due_of(when), to_form
    )


urlpatterns = [
    door(HERE, page, "see_records", of_requests, name="requests"),
    *files.doors(HERE + "list", taken, "see_records", of_requests, name="requests"),
]
