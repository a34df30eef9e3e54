"""风险与迟滞 …/projects/late/: what is late, what is owed, what has changed in a month, by county; one page for the leader."""

from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import partial

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _

from duikou.acts.doing import programme_of, today
from duikou.acts.life import lives
from duikou.records.models import Programme
from duikou.rules.amounts import months_after
from duikou.rules.stages import Life, next_stage
from duikou.web.book import open_book
from duikou.web.doors import door, of_own_part
from duikou.web.language import area_name, listed, say
from duikou.web.listing import files

from .kept import HERE, way
from .moved import Moved, moved_since
from .owed import KINDS, Owed, owed
from .rows import Row, rows_of

SHOWN, OF_A_KIND = 10, 4  # projects that are late, things owed of each kind: the page is one sheet
NAMES = 5  # projects named behind a change


@dataclass(frozen=True)
class Late:
    """A project that is late: by when it was to be where, for how many days, what it lacks for its next stage."""

    row: Row
    lacking: str

    @property
    def area(self) -> str:
        """Its county."""
        return area_name(self.row.region)

    @property
    def stage(self) -> str:
        """The stage that was due."""
        return say("life", self.row.due_stage)


@dataclass(frozen=True)
class Group:
    """What is owed of one kind: how much, and what of it is listed."""

    kind: str
    count: int
    rows: tuple[Owed, ...]

    @property
    def more(self) -> bool:
        """Whether there is more than is listed."""
        return self.count > len(self.rows)


@dataclass(frozen=True)
class County:
    """A row of the table: an area, how many projects it has, are under way, are late; what is owed, by kind."""

    region: str
    words: str
    count: int
    started: int
    late: int
    owed: tuple[int, ...]


def page(request: HttpRequest, programme: str, period: str) -> HttpResponse:
    """The page."""
    book, found = open_book(programme, period), programme_of(programme)
    rows = rows_of(request, found)
    late = late_of(rows)
    owing = owed(request, found, rows)
    since, asked = months_after(today(), -1), request.GET.get("all", "")
    groups = list(of_each_kind(owing, asked))
    context = {
        "book": book, "today": today(), "since": since, "count": len(rows), "late": list(_late(found, late[:SHOWN])),
        "late_count": len(late), "owed": groups, "owed_count": len(owing), "listed": sum(len(group.rows) for group in groups),
        "all": asked if asked in KINDS else "",
        "counties": list(counties(rows, owing)), "kinds": KINDS,
        "moved": [(one, one.projects[:NAMES], max(len(one.projects) - NAMES, 0)) for one in moved_since(found, rows, since)],
        "here": way("projects", programme, period),
    }  # fmt: skip
    return render(request, "projects_late.html", context)


def late_of(rows: Sequence[Row]) -> list[Row]:
    """The projects that are late, the longest first."""
    return sorted((row for row in rows if row.late == "late"), key=lambda row: (row.due, row.number))


def _late(programme: Programme, rows: Sequence[Row]) -> Iterator[Late]:
    """Late projects with what they lack, asked of those that are shown."""
    known: Mapping[int, Life] = lives(programme, [row.number for row in rows]) if rows else {}
    for row in rows:
        life = known[row.number]
        stage = next_stage(life.stage, life.fixed)
        gates = life.lacks(stage) if stage else []
        whose = list(dict.fromkeys(say("supplier", life.supplier(gate)) for gate in gates))
        yield Late(row, _("{} 项：{}").format(len(gates), listed(whose)) if gates else "")


def of_each_kind(owing: Sequence[Owed], asked: str = "") -> Iterator[Group]:
    """The first that are owed of each kind; where one kind is asked for, all of that and no other."""
    for kind in [asked] if asked in KINDS else KINDS:
        found = tuple(one for one in owing if one.kind == kind)
        if found:
            yield Group(kind, len(found), found if asked in KINDS else found[:OF_A_KIND])


def counties(rows: Sequence[Row], owing: Sequence[Owed]) -> Iterator[County]:
    """A row for each county, then one for all of them where there are several."""
    regions = sorted({row.region for row in rows}, key=lambda region: (not region, region))
    for region in regions:
        own = [row for row in rows if row.region == region]
        yield _county(region, area_name(region), own, [one for one in owing if one.row.region == region])
    if len(regions) > 1:
        yield _county("all", "", rows, owing)


def _county(region: str, words: str, rows: Sequence[Row], owing: Sequence[Owed]) -> County:
    kinds = Counter(one.kind for one in owing)
    return County(
        region, words, len(rows), len([row for row in rows if row.status == "started"]),
        len([row for row in rows if row.late == "late"]), tuple(kinds[kind] for kind in KINDS),
    )  # fmt: skip


# ---- the tables to take away: all rows of each ---------------------------------------------------------------------------


Table = tuple[str, Sequence[str], Iterator[Sequence[object]]]  # its title, its heads, its rows
Of = Callable[[HttpRequest, Programme], Table]


def taken(of: Of, request: HttpRequest, programme: str, period: str) -> files.Listing:
    """One table of the page, whole."""
    title, heads, rows = of(request, programme_of(programme))
    return files.Listing(f"late-{programme}", title, heads, rows, wide=0)


def _of_counties(request: HttpRequest, programme: Programme) -> Table:
    heads = (
        _("地区"), _("项目"), _("已启动"), _("过了期限"), _("整改逾期"), _("决算逾期"), _("变更待批满月"), _("两月未报进度"),
    )  # fmt: skip
    rows = rows_of(request, programme)
    found = counties(rows, owed(request, programme, rows))
    words = {"all": _("合计"), "": _("地区未报")}
    return _("各地区"), heads, (
        [words.get(one.region, one.words), one.count, one.started, one.late, *one.owed] for one in found
    )  # fmt: skip


def _of_late(request: HttpRequest, programme: Programme) -> Table:
    heads = (_("项目"), _("地区"), _("该到哪一步"), _("期限"), _("逾期天数"), _("下一步还缺几项，谁来补"))
    found = _late(programme, late_of(rows_of(request, programme)))
    return _("过了期限"), heads, (
        [one.row.name, one.area, one.stage, str(one.row.due), one.row.days, one.lacking or _("要件齐，可以推进")]
        for one in found
    )  # fmt: skip


def _of_owed(request: HttpRequest, programme: Programme) -> Table:
    words = {"points": _("整改"), "accounts": _("编决算"), "changes": _("批变更"), "silent": _("报进度")}
    owing, asked = owed(request, programme, rows_of(request, programme)), request.GET.get("all", "")
    kinds = [asked] if asked in KINDS else KINDS
    return _("该办未办"), (_("项目"), _("地区"), _("哪一件"), _("现在怎样")), (
        [one.row.name, area_name(one.row.region), words[kind], one.said]
        for kind in kinds for one in owing if one.kind == kind
    )  # fmt: skip


def _of_moved(request: HttpRequest, programme: Programme) -> Table:
    found = moved_since(programme, rows_of(request, programme), months_after(today(), -1))
    return _("一个月来的变化"), (_("变化"), _("项目数"), _("哪些项目")), map(_turned, found)


def _turned(one: Moved) -> Sequence[object]:
    """A change with all projects that it happened to."""
    words = {"returned": _("退回"), "cancelled": _("取消"), "changed": _("变更获批"), "progressed": _("进度有变")}
    named = [f"{row.name} {said}".strip() for row, said in one.projects]
    return one.words or words[one.code], len(one.projects), listed(named)


TABLES = {"counties": _of_counties, "late": _of_late, "owed": _of_owed, "moved": _of_moved}
urlpatterns = [
    door(HERE + "late/", page, "see_records", of_own_part, name="projects-late"),
    *(
        pattern
        for table, of in TABLES.items()
        for pattern in files.doors(
            f"{HERE}late/{table}", partial(taken, of), "see_records", of_own_part, name=f"late-{table}"
        )
    ),
]
