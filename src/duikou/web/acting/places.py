"""The places of acts: where in a programme a person's own work lies, and what an address names there."""

from collections.abc import Callable
from dataclasses import replace
from functools import cache
from typing import Any, TypeVar

from django.db.models import Model
from django.http import Http404, HttpRequest

from duikou.acts.doing import place_of, programme_of
from duikou.acts.places import place_in
from duikou.records.models import Assignment, Claim, Entry, Output, Programme, Project, ProjectChange, Receipt
from duikou.rules.rights import Place, may
from duikou.web.book import person_of
from duikou.web.doors import ABSENT, Find, of_programme

M = TypeVar("M", bound=Model)


@cache
def own_work(act: str) -> Find:
    """Finds the part of a programme where a person may do an act: all of it, else the area of the person's post."""

    def of_own_work(request: HttpRequest, *, programme: str, **at: Any) -> Place:
        whole, person = of_programme(request, programme=programme), person_of(request)
        areas = [post.area for post in person.posts if post.programme in ("", programme) and post.area]
        parts = [replace(whole, area=area) for area in areas]
        return next((place for place in (whole, *parts) if may(person, act, place)), parts[0] if parts else whole)

    return of_own_work


def _of(model: type[M], programme: str, number: int) -> M:
    """A record of a kind that a programme has; 404 where it has none of this number."""
    rows = model._default_manager.filter(record__programme__code=programme)
    found = rows.filter(pk=number).first() if number < 2**63 else None
    if found is None:
        raise Http404(ABSENT)
    return found


def assignment(programme: str, number: int) -> Assignment:
    """An assignment of a programme."""
    return _of(Assignment, programme, number)


def kept(model: type[M], programme: str, number: int) -> M:
    """A record of a kind in a programme; 404 where it is none."""
    return _of(model, programme, number)


def claim(programme: str, number: int) -> Claim:
    """A claim of a programme."""
    return _of(Claim, programme, number)


def entry(programme: str, number: int) -> Entry:
    """An entry of a programme."""
    return _of(Entry, programme, number)


def receipt(programme: str, number: int) -> Receipt:
    """A receipt of a programme."""
    return _of(Receipt, programme, number)


def change(programme: str, number: int) -> ProjectChange:
    """A change of a project of a programme."""
    return _of(ProjectChange, programme, number)


def project(programme: str, number: int) -> Project:
    """A project of a programme."""
    return _of(Project, programme, number)


def output(programme: str, number: int) -> Output:
    """What a project of a programme yields."""
    return _of(Output, programme, number)


def of_claim(request: HttpRequest, *, programme: str, number: int, **at: Any) -> Place:
    """A claim: its programme, in the area of its project."""
    return _in(programme, project=claim(programme, number).contract.project_id)


def of_change(request: HttpRequest, *, programme: str, number: int, **at: Any) -> Place:
    """A change: its programme, in the area of its project."""
    return _in(programme, project=change(programme, number).project_id)


def of_project(request: HttpRequest, *, programme: str, number: int, **at: Any) -> Place:
    """A project: its programme, in its area."""
    return _in(programme, project=project(programme, number).pk)


def of_output(request: HttpRequest, *, programme: str, number: int, **at: Any) -> Place:
    """What a project yields: its programme, in the area of the project."""
    return _in(programme, project=output(programme, number).project_id)


def of_receipt(request: HttpRequest, *, programme: str, number: int, **at: Any) -> Place:
    """A receipt: its programme, in the area of its project or receiver."""
    found = receipt(programme, number)
    return _in(programme, organisation=found.receiver_id, project=found.project_id)


def of_entry(request: HttpRequest, *, programme: str, number: int, **at: Any) -> Place:
    """An entry: its programme, whose money it is."""
    return place_of(_programme(entry(programme, number)))


def _programme(row: Entry) -> Programme:
    return Programme.objects.get(pk=row.record.programme_id)


def _in(programme: str, **what: int | None) -> Place:
    return place_in(programme_of(programme), **what)


Thing = Callable[[str, int], Model]
