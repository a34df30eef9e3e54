"""需求 …/projects/needs/: what people need most, by county, with the projects that answer; the unanswered first."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby

from django.core.paginator import Paginator
from django.db.models import F
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _

from duikou.acts.doing import programme_of
from duikou.records.models import Link, Need, Programme, Project, of, quantity
from duikou.rules.writing import write
from duikou.web.book import open_book
from duikou.web.doors import door, of_own_part
from duikou.web.language import area_name, period_words, say
from duikou.web.listing import files

from .kept import HERE, of_areas, offered, seen

PAGE = 500


@dataclass(frozen=True)
class Needed:
    """A need with how many it is of, and the projects that answer it."""

    row: Need
    projects: tuple[Project, ...]

    @property
    def answered(self) -> bool:
        """Whether a project answers it that was not given up."""
        return any(project.status != "cancelled" for project in self.projects)

    @property
    def of(self) -> list[str]:
        """Households and people, in words."""
        said = (quantity(self.row, name) for name in ("households", "people"))
        return [write(found).text for found in said if found]


@dataclass(frozen=True)
class County:
    """The needs of a county, those that nothing answers first."""

    words: str
    needs: tuple[Needed, ...]


def page(request: HttpRequest, programme: str, period: str) -> HttpResponse:
    """The page; ?open: only what nothing answers."""
    book, found = open_book(programme, period), programme_of(programme)
    every, only = needs(request, found), "open" in request.GET
    rows = [need for need in every if not (only and need.answered)]
    shown = Paginator(rows, PAGE).get_page(request.GET.get("page"))
    context = {
        "book": book, "count": len(every), "open": len([need for need in every if not need.answered]), "only": only,
        "shown": shown, "counties": list(counties(list(shown))),
        "new": offered(request, programme, "record_need", "need-new", programme, period),
    }  # fmt: skip
    return render(request, "projects_needs.html", context)


def taken(request: HttpRequest, programme: str, period: str) -> files.Listing:
    """The needs as the page lists them; ?open: only what nothing answers."""
    heads = (_("编号"), _("地区"), _("需要什么"), _("领域"), _("户数和人数"), _("出自"), _("回应的项目"))
    only = "open" in request.GET
    rows = (need for need in needs(request, programme_of(programme)) if not (only and need.answered))
    return files.Listing(f"needs-{programme}", _("需求"), heads, map(_cells, rows), wide=2)


def _cells(need: Needed) -> list[object]:
    """A need as the page shows it."""
    row = need.row
    named = [*(project.name for project in need.projects), *([] if need.answered else [_("还没有回应")])]
    said = period_words(row.when) if row.when else ""
    return [
        row.pk, area_name(row.region), row.title, say("sector", row.sector), "　".join(need.of) or say("nature", "unreported"),
        said if row.survey_id else f"{said} {_('未注明哪次调研')}".strip(), _("、").join(named),
    ]  # fmt: skip


def needs(request: HttpRequest, programme: Programme) -> list[Needed]:
    """The needs that the person sees, by county, in each those that nothing answers first."""
    rows = list(of_areas(request, programme, of(Need, programme).annotate(area=F("region"))).order_by("region", "pk"))
    links = Link.objects.filter(role="answers", record__programme=programme, record__kind="project", to__kind="need")
    projects = {project.pk: project for project in seen(request, programme).filter(pk__in=links.values("record"))}
    answers: dict[int, list[Project]] = {}
    for need, project in links.order_by("record_id").values_list("to_id", "record_id"):
        if project in projects:
            answers.setdefault(need, []).append(projects[project])
    found = [Needed(row, tuple(answers.get(row.pk, ()))) for row in rows]
    return sorted(found, key=lambda need: (need.row.region, need.answered))


def counties(rows: Sequence[Needed]) -> Iterator[County]:
    """The needs under their counties."""
    for region, some in groupby(rows, key=lambda need: need.row.region):
        yield County(area_name(region), tuple(some))


urlpatterns = [
    door(HERE + "needs/", page, "see_records", of_own_part, name="needs"),
    *files.doors(HERE + "needs/list", taken, "see_records", of_own_part, name="needs"),
]
