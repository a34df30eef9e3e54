"""协议指标 …/exchanges/targets/: what an agreement sets for its year against the figures of the book, month by month."""

import calendar
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from functools import cached_property

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _

from duikou.acts.doing import place_of, programme_of, today
from duikou.records.models import Agreement, Indicator, Programme, of, quantity
from duikou.rules.period import Period, months, parse
from duikou.rules.quantity import exactly, spoken
from duikou.rules.targets import WORST_FIRST, Target
from duikou.rules.writing import write
from duikou.snapshot.store import Snapshot
from duikou.statistics.definition import Definition, definitions
from duikou.statistics.figure import BadName, Figure, Name
from duikou.statistics.measure import figure
from duikou.statistics.values import RefusedSum
from duikou.web.addresses import figure_href, href
from duikou.web.book import open_book
from duikou.web.doors import can, door, of_programme
from duikou.web.language import named, say
from duikou.web.listing import files
from duikou.web.projects.kept import way

HERE = "p/<slug:programme>/<period:period>/exchanges/targets/"
MOST = 3  # agreements that are held against their figures on one page; of the youngest month by month


@dataclass(frozen=True)
class Month:
    """A month of the year: what was reached from its beginning to the end of the month; the figure where it has a name."""

    number: int
    figure: Figure | None

    @property
    def href(self) -> str:
        """The trail of the figure."""
        return figure_href(self.figure.name) if self.figure and not self.figure.blank else ""


@dataclass(frozen=True)
class Held:
    """An indicator held against its figure, or why it is not."""

    row: Indicator
    year: Period | None
    agreed: str
    figure: Figure | None
    target: Target | None
    months: tuple[Month, ...]
    why: str = ""

    @property
    def href(self) -> str:
        """Its record."""
        return href("indicator", self.row.pk)

    @property
    def direction(self) -> str:
        """Which way it goes."""
        return say("towards", self.row.direction)

    @property
    def sheet(self) -> str:
        """What the sheet is called."""
        found = definitions().get(self.row.sheet)
        return named(found) if found else ""

    @property
    def verdict(self) -> str:
        """How it stands (code); nothing where it is not compared."""
        return self.target.verdict if self.target else ""

    @cached_property
    def said(self) -> str:
        """How it stands, in words."""
        if not self.target:
            return self.why
        linear = write(exactly(self.target.linear, self.target.agreed.unit)).text
        return {
            "met": _("已完成"), "unmet": _("未完成，年度已过"), "unreported": _("未报"), "not_begun": _("年度未开始"),
            "behind": _("落后于均匀进度：到今天应有 {}").format(linear),
            "on_course": _("不落后于均匀进度：到今天应有 {}").format(linear),
        }[self.target.verdict]  # fmt: skip


@dataclass(frozen=True)
class Agreed:
    """An agreement with its indicators, those that are not met first."""

    row: Agreement
    held: tuple[Held, ...]

    @property
    def href(self) -> str:
        """Its record."""
        return href("agreement", self.row.pk)

    @property
    def courses(self) -> list[Held]:
        """The indicators that have a course."""
        return [one for one in self.held if one.months]

    @property
    def unmet(self) -> list[Held]:
        """The indicators that are not met, or behind."""
        return [one for one in self.held if one.verdict in ("unmet", "behind")]


def page(request: HttpRequest, programme: str, period: str) -> HttpResponse:
    """The page."""
    book, found, now = open_book(programme, period), programme_of(programme), today()
    chosen, older = _chosen(found, book.days)
    agreements = agreed(found, book.snapshot, now, chosen)
    without = (
        of(Agreement, found).exclude(pk__in=[row.agreement_id for rows in (*chosen, *older) for row in rows]).count()
    )
    context = {
        "book": book, "today": now, "agreements": agreements, "without": without,
        "older": [_older(programme, rows[0].agreement) for rows in older],
        "count": len([held for one in agreements for held in one.held]),
        "unmet": len([held for one in agreements for held in one.unmet]),
        "loose": len([held for one in agreements for held in one.held if held.target is None]),
        "months": range(1, 13), "may_correct": can(request, "correct_record", place_of(found)),
    }  # fmt: skip
    return render(request, "governing_targets.html", context)


def _chosen(programme: Programme, days: Period) -> tuple[list[list[Indicator]], list[list[Indicator]]]:
    """The indicators of each agreement that the page holds against figures, and of the others; in one question.

    The youngest come first; on the page of one year those of that year.
    """
    rows = of(Indicator, programme).select_related("agreement").order_by("agreement__last", "agreement_id", "pk")
    found: dict[int, list[Indicator]] = {}
    for row in rows:
        found.setdefault(row.agreement_id, []).append(row)
    every = list(reversed(found.values()))
    every.sort(key=lambda rows: year_of(rows[0].agreement) != days)
    return every[:MOST], every[MOST:]


def _older(programme: str, row: Agreement) -> tuple[str, str]:
    """An agreement that the page leaves out: its title, and the page of its year, or its record where it has no one year."""
    year = year_of(row)
    return row.title, way("exchanges-targets", programme, year.code) if year else href("agreement", row.pk)


def agreed(programme: Programme, taken: Snapshot, now: date, chosen: list[list[Indicator]]) -> list[Agreed]:
    """Agreements with their indicators beside their figures; the first of them month by month."""
    found = []
    for place, rows in enumerate(chosen):
        held_ = [held(programme.code, taken, row, now, monthly=place == 0) for row in rows]
        found.append(Agreed(rows[0].agreement, tuple(sorted(held_, key=_rank))))
    return found


def _rank(one: Held) -> int:
    return WORST_FIRST.index(one.target.verdict) if one.target else len(WORST_FIRST)


def year_of(agreement: Agreement) -> Period | None:
    """The year that an agreement sets its targets for; nothing where it bears no day, or several years."""
    when = agreement.when
    return parse(f"{when.first.year}") if when and when.first.year == when.last.year else None


def held(programme: str, taken: Snapshot, row: Indicator, now: date, *, monthly: bool) -> Held:
    """An indicator beside its figure; where it cannot be compared, why."""
    target, year = quantity(row, "target"), year_of(row.agreement)
    agreed = write(target).text if target else ""
    sheet = definitions().get(row.sheet)
    why = _why_not(row, sheet, target is not None, year)
    if why or target is None or year is None or sheet is None:
        return Held(row, year, agreed, None, None, (), why)
    try:
        actual = figure(taken, Name(row.sheet, programme, year.code))
        course = tuple(_months(taken, Name(row.sheet, programme, year.code), year, now)) if monthly else ()
    except (BadName, RefusedSum) as refused:
        return Held(row, year, agreed, None, None, (), str(refused))
    if target.unit != sheet.unit:
        units = (say("unit", spoken(target.unit)), say("unit", spoken(sheet.unit)))
        return Held(row, year, agreed, actual, None, (), _("单位不同，不比：指标按{}，口径按{}").format(*units))
    return Held(row, year, agreed, actual, Target(target, actual.value, year, now), course)


def _why_not(row: Indicator, sheet: Definition | None, numbered: bool, year: Period | None) -> str:
    """Why an indicator is held against no figure."""
    if not row.sheet:
        return _("未对照：指标没有写口径")
    if sheet is None:
        return _("未对照：没有口径 {}").format(row.sheet)
    if not numbered:
        return _("未对照：没有约定的数")
    if year is None:
        return _("未对照：协议没有写是哪一年的")
    return _("未对照：口径“{}”不分期间").format(named(sheet)) if sheet.timeless else ""


def _months(taken: Snapshot, name: Name, year: Period, now: date) -> Iterator[Month]:
    """From the beginning of the year to the end of each month; of months that have not begun nothing."""
    for month in range(1, 13):
        if months(year.first.year, month, month).first > now:
            yield Month(month, None)
            continue
        last = date(year.first.year, month, calendar.monthrange(year.first.year, month)[1])
        yield Month(month, figure(taken, Name(name.sheet, name.programme, Period(year.first, last).code)))


COLUMNS = (
    "协议", "指标", "方向", "口径", "年度", "约定", "实际", "完成", "现在怎样", *(f"至{month}月" for month in range(1, 13)),
)  # fmt: skip


def taken(request: HttpRequest, programme: str, period: str) -> files.Listing:
    """The indicators of the page as rows; a month that has not begun, or is not reported, is empty."""
    book, found = open_book(programme, period), programme_of(programme)
    lines: list[list[object]] = [
        [
            one.row.title, held.row.name, held.direction, held.row.sheet, held.year.code if held.year else "", held.agreed,
            held.figure.text if held.figure else "", held.target.share if held.target else "", held.said,
            *((month.figure.text if month.figure else "" for month in held.months) if held.months else [""] * 12),
        ]
        for one in agreed(found, book.snapshot, today(), _chosen(found, book.days)[0])
        for held in one.held
    ]  # fmt: skip
    return files.Listing(f"targets-{programme}", "协议指标", COLUMNS, lines)


urlpatterns = [
    door(HERE, page, "see_records", of_programme, name="exchanges-targets"),
    *files.doors(HERE + "list", taken, "see_records", of_programme, name="exchanges-targets"),
]
