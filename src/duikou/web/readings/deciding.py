"""核定口径: a proposed reading beside the one in force and what it would change, to be adopted or refused."""

from typing import Any

from django import forms
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from duikou.acts import readings as acts
from duikou.acts.doing import Forbidden
from duikou.records.models import Definition as Kept
from duikou.rules.problem import Refused
from duikou.statistics.definition import definition, in_force, reading
from duikou.statistics.explain import sentence
from duikou.statistics.proposals import following
from duikou.web.book import open_book, person_of
from duikou.web.doors import ABSENT, door

from .kept import of_readings
from .proposing import would_change


class Decide(forms.Form):
    """On what ground it is adopted, or why it is not."""

    reason = forms.CharField(
        label="采用的依据，或不采用的原因", max_length=120, help_text="谁定的，文号；不采用的，写明哪里要改"
    )


def decide(request: HttpRequest, programme: str, period: str, number: int) -> HttpResponse:
    """The proposal with what it would change; a POST adopts or refuses it."""
    book = open_book(programme, period)
    row = Kept.objects.filter(pk=number, record__programme__code=programme).first()
    if row is None:
        raise Http404(ABSENT)
    typed = Decide(request.POST) if request.method == "POST" else Decide()
    if request.method == "POST" and typed.is_valid() and _done(request, typed, row):
        return redirect(reverse("reading", args=[row.code if row.state == "adopted" else row.follows]))
    new = reading(row.code, row.text)
    now = definition(in_force(row.follows, str(row.valid_from)))
    waits = row.state == "proposed"
    context: dict[str, Any] = {
        "book": book, "row": row, "form": typed, "now": sentence(now), "sheet": now, "waits": waits,
        "may": waits and acts.may_decide("adopt_reading", person_of(request)),
        **(would_change(request, new) if waits else {"new": new, "said": sentence(new)}),
    }  # fmt: skip
    return render(request, "readings_decide.html", context, status=422 if typed.errors else 200)


def _done(request: HttpRequest, typed: Decide, row: Kept) -> bool:
    """Adopt or refuse; whether it was done: what was objected stands on the form."""
    adopts = request.POST.get("step") == "adopt"
    said = {"person": person_of(request), "reason": typed.cleaned_data["reason"]}
    try:
        if adopts:
            acts.adopt_reading(row.pk, following=following(reading(row.code, row.text)), **said)
        else:
            acts.refuse_reading(row.pk, **said)
    except Refused as refused:
        for problem in refused.problems:
            typed.add_error(None, str(problem))
    except Forbidden as odd:
        typed.add_error(None, str(odd))
    else:
        messages.success(request, _("已采用") if adopts else _("未采用"))
        row.refresh_from_db()
        return True
    return False


urlpatterns = [
    door(
        "p/<slug:programme>/<period:period>/def/proposals/<int:number>/", decide, "see_figures", of_readings,
        change="adopt_reading", name="reading-proposed",
    ),
]  # fmt: skip
