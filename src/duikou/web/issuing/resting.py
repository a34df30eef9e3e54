"""On what evidence a figure and a project rest, as their own pages say it in a line."""

from django.http import HttpRequest
from django.urls import reverse

from duikou.acts.doing import programme_of
from duikou.records.models import Entry
from duikou.snapshot.store import Snapshot
from duikou.statistics.audience import public
from duikou.statistics.debt import Debt, debt, of_records
from duikou.statistics.figure import Figure

from .kept import inside

STATES = (  # the states in which money lies with a project, and who proves each
    ("issued", "supporting"), ("disbursed", "supporting"), ("received", "receiving"), ("divided", "receiving"),
    ("spent", "receiving"),
)  # fmt: skip


def of_figure(taken: Snapshot, figure: Figure) -> Debt | None:
    """What a figure rests on; nothing for a blank, or where its reader sees only what is public of small groups."""
    name = figure.identity.name
    if figure.blank or figure.mark or (public(name.programme) and figure.definition.distinct):
        return None
    found = debt(taken, name)
    return found if found.rows else None


def list_of(request: HttpRequest, figure: Figure, period: str) -> str:
    """The list of what lacks evidence under a figure, for those who see it; else nothing."""
    code = figure.identity.name.programme
    if not inside(request, programme_of(code)):
        return ""
    return f"{reverse('owing', args=[code, period])}?f={figure.tag}"


def of_project(taken: Snapshot, project: int) -> list[tuple[str, Debt]]:
    """What the money of a project rests on, state by state: the same money in two states is not added."""
    rows = Entry.objects.filter(project=project).order_by("pk").values_list("state", "pk")
    found = []
    for state, side in STATES:
        resting = of_records(taken, "entries", [pk for of, pk in rows if of == state], side)
        if resting.rows:
            found.append((state, resting))
    return found
