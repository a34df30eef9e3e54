"""待核 of projects: open questions about a project and about whatever hangs from it."""

from collections import Counter
from collections.abc import Iterator
from dataclasses import replace
from functools import cache

from django.http import HttpRequest

from duikou.acts.doing import place_of
from duikou.records.models import Link, Programme
from duikou.web.doors import can

HANGING = (
    "planline", "projectchange", "settlement", "projectpaper", "milestone", "progress", "output", "inspection", "asset",
    "contract", "entry", "receipt",
)  # fmt: skip
TO = (*(f"to__as_{kind}__project_id" for kind in HANGING), "to__as_claim__contract__project_id")


def open_questions(request: HttpRequest, programme: Programme) -> Counter[int]:
    """How many open questions there are by project, as far as the person sees them; one question for all."""
    return Counter(project for _, project in set(_about(request, programme)))


def _about(request: HttpRequest, programme: Programme) -> Iterator[tuple[int, int]]:
    """Each open question with the project that it is about."""
    rows = Link.objects.filter(role="about", record__programme=programme, record__kind="finding")
    rows = rows.exclude(record__as_finding__state="settled")
    place = place_of(programme)

    @cache
    def sees(area: str) -> bool:
        return can(request, "see_records", replace(place, area=area))

    for finding, to, kind, owner, *hanging in rows.values_list(
        "record_id", "to_id", "to__kind", "record__as_finding__owner__region", *TO
    ):
        project = to if kind == "project" else next(filter(None, hanging), None)
        if project and sees(owner or ""):
            yield finding, project
