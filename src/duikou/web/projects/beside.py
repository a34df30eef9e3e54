"""What stands beside a question about a project: its days, its papers, its money."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest

from duikou.acts.doing import programme_of
from duikou.acts.life import life_of
from duikou.records.models import Project, ProjectPaper, Record
from duikou.web.addresses import row_of
from duikou.web.book import Book
from duikou.web.seeing import visible

from .kept import way
from .life import Step, strip
from .money import Sum, money_of
from .works import papers


@dataclass(frozen=True)
class Beside:
    """A project: the stages that were reached or are due, its papers, what is planned, came and was paid in 万元."""

    row: Project
    href: str
    steps: tuple[Step, ...]
    papers: tuple[ProjectPaper, ...]
    sums: tuple[Sum, ...]


def beside(request: HttpRequest, book: Book, records: Iterable[Record]) -> Beside | None:
    """The project that the first of some records is, or hangs from; nothing where there is none that the person sees."""
    project = next((number for record in records if (number := _project(record))), None)
    row = (
        Project.objects.select_related("record__programme")
        .filter(pk=project, record__programme__code=book.code)
        .first()
    )
    if row is None or not visible(request, [row.record]):
        return None
    programme = programme_of(book.code)
    steps = [step for step in strip(life_of(programme, row.pk)) if step.when or step.due]
    return Beside(
        row,
        way("project", book.code, book.period, row.pk),
        tuple(steps),
        tuple(papers(row)),
        money_of(programme, row).sums,
    )


def _project(record: Record) -> int | None:
    """The number of the project that a record is, or hangs from, by a contract where it must be."""
    if record.kind == "project":
        return record.number
    row: Any = row_of(record)
    return getattr(row, "project_id", None) or getattr(getattr(row, "contract", None), "project_id", None)
