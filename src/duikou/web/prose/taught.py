"""What the own office has taught the reader, in words, and how an example of it is used no longer."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from duikou.acts.doing import programme_of
from duikou.acts.journal import time_of
from duikou.acts.reviewing import forget_wording
from duikou.records.models import JournalImage, Organisation, Wording
from duikou.rules.kinds import WORDS
from duikou.rules.rights import Person
from duikou.rules.sides import label
from duikou.web.acting.places import own_work
from duikou.web.book import person_of
from duikou.web.doors import door
from duikou.web.language import say

from .kept import ACT, HERE, office_of


@dataclass(frozen=True)
class Taught:
    """An example of wording: the words, in which aspect, what they were read as, what they mean, the day it was kept."""

    row: Wording
    aspect: str
    was: str
    reads: str
    day: date | None


def taught(person: Person) -> Iterator[Taught]:
    """What the person's office has taught, the youngest first."""
    office = office_of(person)
    rows = list(Wording.objects.filter(office=office).order_by("-pk")) if office else []
    images = JournalImage.objects.filter(table=Wording._meta.db_table, number__in=[row.pk for row in rows])
    days = {image.number: time_of(image.line).date() for image in images.select_related("line").order_by("-line_id")}
    names = dict(Organisation.objects.values_list("code", "name"))
    for row in rows:
        kind, _dot, name = row.aspect.partition(".")
        list_name = "reads" if row.aspect == "kind" else WORDS.get((kind, name), "")
        was, reads = (say(list_name, code) if list_name else names.get(code, code) for code in (row.was, row.reads))
        aspect = {"kind": _("读作"), "party": _("单位")}.get(row.aspect) or label(kind, name)
        yield Taught(row, aspect, was, reads, days.get(row.pk))


@require_POST
def forget(request: HttpRequest, programme: str, period: str, number: int) -> HttpResponse:
    """One example of the own office is used no longer."""
    person = person_of(request)
    row = get_object_or_404(Wording.objects.filter(office=office_of(person)), pk=number)
    area = next((post.area for post in person.posts if post.area), "")
    forget_wording(row, programme=programme_of(programme), person=person, area=area, reason=f"不再照“{row.words}”改读")
    messages.success(request, _("“{}”不再照改后的读。").format(row.words))
    return redirect("texts", programme, period)


urlpatterns = [door(HERE + "taught/<int:number>/forget", forget, ACT, own_work(ACT), name="text-forget")]
