"""What an address names of people: a course, a secondment or a team of a programme; where it lies; whose names they are."""

from django.http import Http404, HttpRequest

from duikou.acts.attending import WHOLES, Whole, place_of_whole
from duikou.acts.doing import place_of, programme_of
from duikou.records.models import Programme
from duikou.rules.rights import Place
from duikou.web.doors import ABSENT, of_programme

HERE = "p/<slug:programme>/<period:period>/people/"
ONE = f"{HERE}<slug:kind>/<int:number>/"


def whole(programme: str, kind: str, number: int) -> Whole:
    """The course, secondment or team of a number; 404 where the programme has none."""
    model = WHOLES.get(kind)
    if model is None or number >= 2**63:
        raise Http404(ABSENT)
    found = model._default_manager.filter(record__programme__code=programme, pk=number).first()
    if found is None:
        raise Http404(ABSENT)
    return found


def of_whole(request: HttpRequest, *, programme: str, kind: str, number: int, **at: object) -> Place:
    """Where it lies: its programme, in the area of who organises or receives it."""
    of_programme(request, programme=programme)
    return place_of_whole(programme_of(programme), whole(programme, kind, number))


def of_office(request: HttpRequest, *, programme: str, **at: object) -> Place:
    """The office that keeps the programme, whose persons' names these are."""
    of_programme(request, programme=programme)
    return office_of(programme_of(programme))


def office_of(programme: Programme) -> Place:
    """The same, of a programme at hand; a programme without an office has names that only who sees all may read."""
    return Place(office=programme.office.code) if programme.office else Place(programme=place_of(programme).programme)
