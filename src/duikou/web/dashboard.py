"""总览: the page of a programme in a period, whole from one snapshot; and the ways to it."""

from dataclasses import dataclass

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from duikou.records.models import Account, Finding
from duikou.rules import period as periods

from . import withheld
from .book import Book, open_book, reporting_period, snapshot
from .doors import can, door, of_own_part, of_programme, open_door, seen
from .frame import new_programme
from .overview.donations import Gifts, gifts
from .overview.enterprises import Industry, industry
from .overview.funds import Kinds, Stages, kinds, stages
from .overview.headlines import Headline, headlines
from .overview.people import People, people
from .overview.programmes import Exchanges, exchanges
from .overview.projects import Projects, projects
from .overview.rows import crossing, latest_day, paired
from .overview.sureness import Sureness, sureness

ASKED = 8  # questions that the page names
OFFICES = """[[office]]
organisation = "hzb"
name = "某市合作交流办公室"
type = "部门"
area = "110000"
side = "支援方"
accounts = [
  { code = "yewu", role = "业务员" },
  { code = "guanli", role = "系统管理员" },
  { code = "anquan", role = "安全管理员" },
]
"""  # the first people of a new book, as `duikou offices` reads them


@dataclass(frozen=True)
class Overview:
    """All blocks of the dashboard."""

    latest: str
    crossing: int
    whole: str
    paired: list[str]
    headlines: list[Headline]
    stages: Stages
    kinds: Kinds
    projects: Projects
    people: list[People]
    gifts: Gifts
    industry: Industry
    exchanges: Exchanges | None
    sureness: Sureness

    @property
    def empty(self) -> bool:
        """Whether no figure of the page has a number."""
        return all(line.figure.blank for line in self.headlines) and not self.sureness.figures


def overview(book: Book) -> Overview:
    """The dashboard of a programme in a period."""
    return Overview(
        latest_day(book), crossing(book), reporting_period(book.snapshot, book.code), paired(book), headlines(book),
        stages(book), kinds(book), projects(book), people(book), gifts(book), industry(book), exchanges(book),
        sureness(book),
    )  # fmt: skip


def page(request: HttpRequest, programme: str, period: str) -> HttpResponse:
    """The dashboard."""
    book = open_book(programme, period)
    first = Finding.objects.filter(pk__in=[row["number"] for row in book.questions[:ASKED]])
    asked = withheld.questions(request, first.select_related("record__programme").order_by("pk"))
    return render(request, "dashboard.html", {"book": book, "page": overview(book), "asked": asked})


def programme(request: HttpRequest, programme: str) -> HttpResponse:
    """To the programme's own period, or to the months chosen in the head."""
    page = "dashboard" if can(request, "see_figures", of_programme(request, programme=programme)) else "own-part"
    first, last = request.GET.get("from"), request.GET.get("to")
    if not first or not last:
        return redirect(page, programme, reporting_period(snapshot(), programme))
    try:
        chosen = periods.parse(f"{first}..{last}")
    except ValueError as error:
        raise Http404(str(error)) from None
    return redirect(page, programme, chosen.code)


def home(request: HttpRequest) -> HttpResponse:
    """To the first programme that one may see; a book without one says how to begin."""
    try:
        taken = snapshot()
    except LookupError:
        return empty(request)
    if not taken.rows["programmes"]:
        return empty(request)
    for code in seen(request, taken):
        return programme(request, code)
    return render(request, "empty.html", {"hidden": True})


def empty(request: HttpRequest) -> HttpResponse:
    """A book without a programme: what comes first, and for a book without people how they come in."""
    context = {"new": new_programme(request), "nobody": not Account.objects.exists(), "sample": OFFICES}
    return render(request, "empty.html", context)


urlpatterns = [
    open_door("", home, "看得见的第一个项目方案", name="home"),
    door("p/<slug:programme>/", programme, "see_records", of_own_part, name="programme"),
    door("p/<slug:programme>/<period:period>/", page, "see_figures", of_programme, name="dashboard"),
]
