"""项目清单 …/projects/: all projects of a programme with facets, an order by column, and the same rows as .csv and .xlsx."""

from collections.abc import Iterator
from dataclasses import dataclass

from django.core.paginator import Page
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _

from duikou.acts.doing import programme_of
from duikou.records.models import Programme, Project, StatedTotal, of, quantity
from duikou.rules.writing import write
from duikou.web.book import open_book
from duikou.web.doors import door, of_own_part
from duikou.web.language import area_name, say
from duikou.web.ledger.kept import wan
from duikou.web.listing import files
from duikou.web.listing.facets import Asked
from duikou.web.listing.order import Head, head, paged

from .facets import FIRST, asked_of, narrowed
from .kept import HERE, offered, way, whole
from .rows import Beside, Row, beside, in_order, rows_of


@dataclass(frozen=True)
class Listed:
    """A project as a row of the table shows it, in words."""

    number: int
    name: str
    code: str
    area: str
    sector: str
    stage: str
    told: bool
    percent: str
    day: str
    aid: str
    received: str
    paid: str
    due: str
    due_stage: str
    days: int | None
    asked: int

    @property
    def by(self) -> str:
        """Which stage it is to reach by its day, and how late it is."""
        said = _("到“{}”").format(self.due_stage)
        return said if self.days is None else said + _("，逾期 {} 天").format(self.days)


@dataclass(frozen=True)
class Stated:
    """A stated total of projects with fewer named under it: its record, what the source says, how many are named."""

    number: int
    said: str
    named: int


def page(request: HttpRequest, programme: str, period: str) -> HttpResponse:
    """The list."""
    book, found, asked = open_book(programme, period), programme_of(programme), asked_of(request.GET.dict())
    every = rows_of(request, found)
    rows, facets = narrowed(every, asked)
    near = beside(request, found)
    shown = _page(request, asked, rows, near)
    context = {
        "book": book, "asked": asked, "count": len(rows), "every": len(every), "shown": shown, "heads": heads(asked),
        "listed": [listed(row, near) for row in shown], "here": way("projects", programme, period),
        "facets": [f for f in facets if f.code in FIRST], "more": [f for f in facets if f.code not in FIRST],
        "more_open": any(f.taken for f in facets if f.code not in FIRST), "query": asked.address(),
        "before": asked.address(page=str(shown.number - 1)), "after": asked.address(page=str(shown.number + 1)),
        "stated": [*stated(found)] if whole(request, programme) else [],
        "propose": offered(request, programme, "propose_project", "propose", programme, period),
        "needs": way("needs", programme, period), "late": way("projects-late", programme, period),
        "audit": way("projects-audit", programme, period), "t1": way("projects-t1", programme, period),
    }  # fmt: skip
    return render(request, "projects_list.html", context)


def _page(request: HttpRequest, asked: Asked, rows: list[Row], near: Beside) -> Page[Row]:
    """The rows of the page that the address asks for, in order."""
    return paged(request, in_order(rows, asked.by, near))


def listed(row: Row, near: Beside) -> Listed:
    """A row in words; one that no act has brought anywhere stands with the status that its source told."""
    number, percent, day = row.number, near.percent(row.number), near.day(row.number)
    stage = say("life", row.stage) if row.stage and row.status != "cancelled" else say("status", row.status)
    return Listed(
        number, row.name, row.code, area_name(row.region), say("sector", row.sector), stage,
        not row.stage and row.status not in ("preparing", "cancelled"), "" if percent is None else f"{percent}%",
        day.isoformat() if day else "", wan(row.aid), wan(near.received(number)), wan(near.paid(number)),
        row.due.isoformat() if row.due else "", say("life", row.due_stage), row.days, near.asked(number),
    )  # fmt: skip


def heads(asked: Asked) -> list[Head]:
    """The columns; one that the list is ordered by turns round."""
    own = {
        "name": _("项目"), "region": _("地区"), "sector": _("领域"), "stage": _("阶段"), "percent": _("形象进度"), "aid": _("计划援助"),
        "received": _("已到账"), "paid": _("已支付"), "due": _("下一期限"), "asked": _("待核"),
    }  # fmt: skip
    number = ("percent", "aid", "received", "paid", "asked")
    return [head(asked, code, words, number=code in number) for code, words in own.items()]


def stated(programme: Programme) -> Iterator[Stated]:
    """Totals of projects that a source states, with more than are named under them."""
    totals = list(of(StatedTotal, programme).filter(of="projects").order_by("pk"))
    named = list(of(Project, programme).exclude(part_of=None).values_list("part_of_id", flat=True)) if totals else []
    for row in totals:
        amount = quantity(row, "amount")
        if amount and (amount.low or 0) > named.count(row.pk):
            yield Stated(row.pk, write(amount).number, named.count(row.pk))


# ---- the same rows to take away --------------------------------------------------------------------------------------


def columns() -> tuple[str, ...]:
    """The heads: those of the page, and what stands there inside a cell as a column of its own."""
    return (
        _("编号"), _("项目编码"), _("项目"), _("地区"), _("领域"), _("阶段"), _("出自"), _("形象进度"), _("报告日期"),
        _("计划援助（万元）"), _("已到账（万元）"), _("已支付（万元）"), _("下一期限"), _("到期阶段"), _("逾期天数"), _("待核"),
    )  # fmt: skip


def taken(request: HttpRequest, programme: str, period: str) -> files.Listing:
    """All rows that the question of an address leaves, in its order."""
    found, asked = programme_of(programme), asked_of(request.GET.dict())
    rows, _facets = narrowed(rows_of(request, found), asked)
    near = beside(request, found)
    told, own, none = _("来源"), _("账本"), say("nature", "unreported")
    lines = (
        [
            one.number, one.code, one.name, one.area, one.sector, one.stage, told if one.told else own, one.percent or none, one.day,
            one.aid or none, one.received or none, one.paid or none, one.due, one.due_stage, "" if one.days is None else one.days,
            one.asked,
        ]
        for one in (listed(row, near) for row in in_order(rows, asked.by, near))
    )  # fmt: skip
    return files.Listing(f"projects-{programme}", _("项目清单"), columns(), lines, wide=2)


urlpatterns = [
    door(HERE, page, "see_records", of_own_part, name="projects"),
    *files.doors(HERE + "list", taken, "see_records", of_own_part, name="projects"),
]
