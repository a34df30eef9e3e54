"""待核 of projects: open questions about a project and about whatever hangs from it."""

from collections.abc import Iterator

from duikou.records.models import Link, Programme

HANGING = (
    "planline", "projectchange", "settlement", "projectpaper", "milestone", "progress", "output", "inspection", "asset",
    "contract", "entry", "receipt",
)  # fmt: skip
TO = (*(f"to__as_{kind}__project_id" for kind in HANGING), "to__as_claim__contract__project_id")


Question = tuple[int, str]  # the project it is about, the area whose office answers for it


def open_questions(programme: Programme) -> Iterator[Question]:
    """The open questions that are about a project, each once; one question to the book for all."""
    rows = Link.objects.filter(role="about", record__programme=programme, record__kind="finding")
    rows = rows.exclude(record__as_finding__state="settled")
    fields = ("record_id", "to_id", "to__kind", "record__as_finding__owner__region", *TO)
    seen: set[tuple[int, int]] = set()
    for finding, to, kind, area, *hanging in rows.values_list(*fields):
        project = to if kind == "project" else next(filter(None, hanging), None)
        if project and (finding, project) not in seen:
            seen.add((finding, project))
            yield project, area or ""
