"""The lines of the journal that touched a project or what hangs from it, in their order."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from duikou.acts.journal import header_of, time_of
from duikou.records.models import (
    Asset,
    Contract,
    Inspection,
    JournalImage,
    JournalLine,
    Milestone,
    Output,
    PlanLine,
    Progress,
    Project,
    ProjectChange,
    ProjectPaper,
    Settlement,
)
from duikou.records.models.record import Kind
from duikou.terms.words import zh
from duikou.web.records import Change, history_of

HANGING: tuple[type[Kind], ...] = (
    Milestone, Progress, Output, Inspection, Asset, ProjectPaper, ProjectChange, PlanLine, Settlement, Contract,
)  # fmt: skip


@dataclass(frozen=True)
class Hanging:
    """The records that hang from a project, by table."""

    numbers: Mapping[type[Kind], list[int]]

    @property
    def all(self) -> list[int]:
        """Their numbers."""
        return [number for some in self.numbers.values() for number in some]


def hanging(project: Project) -> Hanging:
    """What hangs from a project; one question a kind."""
    return Hanging({model: _under(model, project) for model in HANGING})


def _under(model: type[Kind], project: Project) -> list[int]:
    """The numbers of the rows of a kind that hang from a project."""
    of_project = {"project": project}
    return list(model._default_manager.filter(**of_project).order_by("pk").values_list("pk", flat=True))


def history(project: Project, under: Hanging) -> list[Change]:
    """The lines that touched a project or what hangs from it, the newest first."""
    own = list(history_of(project.record, project))
    known = {change.line for change in own}
    return sorted([*own, *_beside(under, known)], key=lambda change: change.line, reverse=True)


def _beside(under: Hanging, known: set[int]) -> Iterator[Change]:
    """The lines that touched only what hangs from it, once each."""
    lines = {line for model, numbers in under.numbers.items() if numbers for line in _touching(model, numbers)} - known
    for line in JournalLine.objects.filter(pk__in=lines):
        header = header_of(line)
        yield Change(line.pk, time_of(line), header["person"], zh("act", header["act"]), header["reason"], ())


def _touching(model: type[Kind], numbers: list[int]) -> Iterator[int]:
    """The lines that touched rows of a table; asked table by table, for of several at once the database reads all images."""
    images = JournalImage.objects.filter(table=model._meta.db_table, number__in=numbers)
    return iter(images.values_list("line_id", flat=True))
