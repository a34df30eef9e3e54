"""依据欠账 …/reports/owing/: the records under a figure that do not rest on evidence of a grade, and who should give it."""

from dataclasses import dataclass

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from duikou.acts.doing import programme_of
from duikou.rules.evidence import GRADES
from duikou.statistics.debt import Debt, Resting, debt
from duikou.statistics.figure import BadName, Name, parse
from duikou.web.addresses import href
from duikou.web.book import open_book, snapshot
from duikou.web.doors import ABSENT, door, of_programme
from duikou.web.language import named, say
from duikou.web.listing import files
from duikou.web.listing.order import paged

from .kept import HERE, inside

FLOOR = "issued"  # the grade asked for where the address names none


@dataclass(frozen=True)
class Owing:
    """A figure, the grade that is asked for, what it rests on, and the records that lack it."""

    name: Name
    floor: str
    found: Debt
    missing: tuple[Resting, ...]


def owing_of(request: HttpRequest, programme: str) -> Owing | None:
    """What the address asks: `?f=` a figure, `?grade=` a grade; nothing where it names none, 404 where it is no figure."""
    if "f" not in request.GET:
        return None
    if not inside(request, programme_of(programme)):
        raise Http404(ABSENT)
    try:
        name, line = parse(request.GET.get("f", ""))
    except (BadName, KeyError) as odd:
        raise Http404(str(odd.args[0])) from None
    if name.programme != programme:
        raise Http404(ABSENT)
    floor = request.GET.get("grade", FLOOR)
    floor = floor if floor in GRADES else FLOOR
    found = debt(snapshot(line), name)
    return Owing(name, floor, found, found.missing(floor))


def page(request: HttpRequest, programme: str, period: str) -> HttpResponse:
    """The list."""
    owing = owing_of(request, programme)
    if owing is None:
        return redirect("papers", programme, period)
    shown = paged(request, owing.missing)
    context = {
        "book": open_book(programme, period), "owing": owing, "shown": shown, "grades": GRADES, "called": named(owing.name.definition),
        "rows": [(row, href(row.kind, row.number)) for row in shown], "f": request.GET["f"],
    }  # fmt: skip
    return render(request, "issuing_owing.html", context)


def taken(request: HttpRequest, programme: str, period: str) -> files.Listing | HttpResponse:
    """The same as rows."""
    owing = owing_of(request, programme)
    if owing is None:
        return redirect("papers", programme, period)
    heads = (_("编号"), _("记录"), _("金额"), _("现有依据"), _("应由谁补"))
    rows = (
        [row.number, row.label, row.amount, say("grade", row.grade) or _("无依据"), row.who] for row in owing.missing
    )
    return files.Listing(f"owing-{programme}", _("依据欠账"), heads, rows)


urlpatterns = [
    door(HERE + "owing/", page, "see_papers", of_programme, name="owing"),
    *files.doors(HERE + "owing/list", taken, "see_papers", of_programme, name="owing"),
]
