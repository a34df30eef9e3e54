"""Where in a programme a thing lies, so that a county does what is its own."""

from dataclasses import replace

from django.db.models import QuerySet

from duikou.records.models import Organisation, PlanLine, Programme, Project
from duikou.rules.fact import Ref
from duikou.rules.rights import Place

from .doing import place_of


def number(ref: Ref) -> int:
    """The record number of an organisation by its code; a number as it is."""
    return ref if isinstance(ref, int) else Organisation.objects.values_list("pk", flat=True).get(code=ref)


def place_in(programme: Programme, *, organisation: Ref | None = None, project: Ref | None = None) -> Place:
    """A programme as a place, at the area of a project, else of an organisation (by number or code)."""
    area = ""
    if project is not None:
        area = Project.objects.values_list("region", flat=True).get(pk=number(project))
    if not area and organisation is not None:
        area = Organisation.objects.values_list("region", flat=True).get(pk=number(organisation))
    return replace(place_of(programme), area=area)


def plan_lines() -> QuerySet[PlanLine]:
    """The lines of plans that stand: not replaced, and of projects that were not given up."""
    return PlanLine.objects.filter(replaced_by=None).exclude(project__status="cancelled").order_by("pk")
