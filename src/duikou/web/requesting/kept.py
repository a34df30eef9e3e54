"""What these pages share: where they are, who sees them, the requests one sees, offices and sheets that may be asked for."""

from collections.abc import Callable, Iterable
from dataclasses import replace
from functools import cache

from django.http import Http404, HttpRequest

from duikou.acts.doing import place_of
from duikou.acts.requesting import place_of_request
from duikou.records.models import Account, DataRequest, Office, Organisation, Programme, of
from duikou.rules.period import Period
from duikou.rules.requesting import Owed
from duikou.rules.rights import Place, contains, may
from duikou.web.book import person_of
from duikou.web.doors import ABSENT, can, of_programme
from duikou.web.sheets.kept import known_sheets

HERE = "p/<slug:programme>/<period:period>/requests/"
ASKED = ("government", "department", "team")  # what kind of organisation may be asked without an account of its own


def of_requests(request: HttpRequest, *, programme: str, **at: object) -> Place:
    """The requests of a programme that one may see: all, else those of the own area; never what is only public."""
    whole, person = replace(of_programme(request, programme=programme), state="internal"), person_of(request)
    if may(person, "see_records", whole):
        return whole
    areas = [post.area for post in person.posts if post.programme in ("", programme) and post.area]
    return replace(whole, area=areas[0] if areas else "")


def request_of(programme: str, number: int) -> DataRequest:
    """A request of a programme; 404 where it has none of this number."""
    rows = DataRequest.objects.filter(record__programme__code=programme).select_related("office", "submission")
    found = rows.filter(pk=number).first() if number < 2**63 else None
    if found is None:
        raise Http404(ABSENT)
    return found


def of_request(request: HttpRequest, *, programme: str, number: int, **at: object) -> Place:
    """A request: its programme, in the area of who was asked, never what is only public."""
    found = request_of(programme, number)
    return place_of_request(found, Programme.objects.get(code=programme))


def seen(request: HttpRequest, programme: Programme, when: Period | None = None, **only: object) -> list[DataRequest]:
    """The requests that the person sees, of one period where it is named, the first due first."""
    chosen = {"first": when.first, "last": when.last, **only} if when else only
    rows = of(DataRequest, programme).filter(**chosen).select_related("office", "submission").order_by("due", "pk")
    sees = _sees(request, programme)
    return [row for row in rows if sees(row.region)]


def every(request: HttpRequest, programme: Programme) -> list[tuple[Period, Owed]]:
    """What was ever asked for, as far as the person sees it: its period, and how it stands; read as columns, for there may be many."""
    rows = (
        of(DataRequest, programme)
        .exclude(first=None)
        .values_list("region", "first", "last", "answer", "due", "answered")
    )
    sees = _sees(request, programme)
    return [
        (Period(first, last), Owed(answer, due, answered))
        for region, first, last, answer, due, answered in rows
        if first and last and sees(region)
    ]


def _sees(request: HttpRequest, programme: Programme) -> Callable[[str], bool]:
    """Whether the person sees the requests of an area; each area is asked once."""
    place = replace(place_of(programme), state="internal")
    return cache(lambda area: can(request, "see_records", replace(place, area=area)))


def shown_of(asked: Iterable[tuple[Period, Owed]], days: Period) -> Period:
    """The period whose board is shown: that of the address, else the last that was asked for, within it if there is one."""
    periods = {when for when, _ in asked}
    if days in periods or days.month_known:
        return days
    return max(periods, key=lambda when: (when.within(days), when.last, when.first), default=days)


def offices(programme: Programme) -> list[tuple[int, str, str, bool]]:
    """Who may be asked on the receiving side: number, name, area, whether it has an account; those that have come first."""
    side = programme.receiving
    kept = Office.objects.filter(organisation__isnull=False).select_related("organisation")
    with_account = set(Account.objects.filter(closed=None).values_list("office", flat=True))
    found = {
        row.organisation_id: (row.organisation.name, row.area or row.organisation.region, row.pk in with_account)
        for row in kept
    }
    others = Organisation.objects.filter(type__in=ASKED, successor=None).exclude(pk__in=found)
    found |= {row.pk: (row.name, row.region, False) for row in others}
    inside = [(pk, *said) for pk, said in found.items() if said[1] and (not side or contains(side, said[1]))]
    return sorted(inside, key=lambda one: (not one[3], one[2], one[0]))


def title_of_sheet(layout: str) -> str:
    """What a sheet is called: 消费帮扶台账; one that is known no longer by its code."""
    found = known_sheets().get(layout)
    return found.name if found else layout


def form_of_sheet(layout: str) -> str:
    """Its table: T9; nothing of one that has none."""
    found = known_sheets().get(layout)
    return found.form if found else ""


def order_of_sheet(layout: str) -> tuple[int, str]:
    """Where a sheet stands among others: by the number of its table, those without one last."""
    digits = form_of_sheet(layout).removeprefix("T")
    return (int(digits) if digits.isdecimal() else 99, layout)
