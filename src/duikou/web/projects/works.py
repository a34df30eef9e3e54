"""What hangs from one project: outputs, reports, papers, changes, inspections with their points, assets."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from django.http import HttpRequest

from duikou.acts.doing import today
from duikou.records.models import (
    Asset,
    Finding,
    Inspection,
    Item,
    Link,
    Output,
    Party,
    Progress,
    Project,
    ProjectChange,
    ProjectPaper,
    quantity,
)
from duikou.rules.inspections import FOUND, grade
from duikou.rules.quantity import Quantity, exactly, grain_of, spoken
from duikou.rules.writing import write
from duikou.web.language import say
from duikou.web.ledger.kept import wan
from duikou.web.seeing import rows_seen

from .kept import way
from .life import Ways


@dataclass(frozen=True)
class Yielded:
    """An output: what was to be, what was found, by which paper, what one of it cost; the form that verifies it."""

    row: Output
    target: str
    actual: str
    each: str
    verify: str


@dataclass(frozen=True)
class Report:
    """A report of progress with its money done by source in 万元 and its photographs (digest, what it shows, address)."""

    row: Progress
    aid: str
    other: str
    in_place: str
    photographs: tuple[tuple[str, str], ...]


@dataclass(frozen=True)
class Asked:
    """A change that was asked for: how it stands, by how much, the forms that decide it or put it on file."""

    row: ProjectChange
    state: str
    amount: str
    decide: str
    file: str


@dataclass(frozen=True)
class Look:
    """An inspection: who looked, its score and grade, the points that it found."""

    row: Inspection
    by: tuple[str, ...]
    score: str
    grade: str
    points: tuple[Finding, ...]

    @property
    def open(self) -> int:
        """How many points are not settled."""
        return len([point for point in self.points if point.state != "settled"])


def outputs(project: Project, basis: int | None, ways: Ways) -> Iterator[Yielded]:
    """The outputs of a project; `basis`: its final accounts, else the aid planned, in fen, over what was found."""
    for row in Output.objects.filter(project=project).select_related("evidence").order_by("pk"):
        target, actual = quantity(row, "target"), quantity(row, "actual")
        each = _each(basis, actual) if basis and actual else ""
        verify = "" if row.evidence_id else ways.of("verify_output", "output-verify", row.pk)
        yield Yielded(row, write(target).text if target else "", write(actual).text if actual else "", each, verify)


def _each(fen: int, actual: Quantity) -> str:
    """What one of an output cost, in words; nothing where it is not known exactly how many there are."""
    if not actual.exact or not actual.low:
        return ""
    return f"{write(exactly(fen * grain_of(actual.unit) // actual.low, 'fen')).text}/{say('unit', spoken(actual.unit))}"


def reports(project: Project, programme: str, period: str, *, inside: bool) -> list[Report]:
    """What was reported of a project, the newest first; its photographs open for those inside."""
    rows = list(Progress.objects.filter(project=project).order_by("-last", "-pk"))
    shown: dict[int, list[tuple[str, str]]] = {}
    kept = Item.objects.filter(record__in=[row.pk for row in rows], list="photograph").order_by("record_id", "position")
    for record, digest, said in kept.values_list("record_id", "text", "detail"):
        shown.setdefault(record, []).append(
            (said, way("photograph", programme, period, project.pk, digest) if inside else "")
        )
    return [
        Report(row, wan(row.aid_done), wan(row.other_done), wan(row.in_place), tuple(shown.get(row.pk, ())))
        for row in rows
    ]


def papers(project: Project) -> list[ProjectPaper]:
    """The papers of a project in the order of their stages' list, each kind by day."""
    return list(ProjectPaper.objects.filter(project=project).order_by("first", "pk"))


def changes(project: Project, ways: Ways) -> Iterator[Asked]:
    """The changes of a project that were asked for, the newest first."""
    for row in ProjectChange.objects.filter(project=project).order_by("-pk"):
        open_ = row.decided is None
        decide = ways.of("decide_change", "change-decide", row.pk) if open_ else ""
        file = ways.of("file_change", "change-file", row.pk) if open_ and row.weighty is False else ""
        yield Asked(row, _state(row), wan(row.amount), decide, file)


def _state(row: ProjectChange) -> str:
    """How a change stands: open, refused, approved, carried."""
    if row.decided is None:
        return "open"
    return "carried" if row.carried else "approved" if row.approved else "refused"


def looks(request: HttpRequest, project: Project) -> list[Look]:
    """The inspections of a project, the newest first, each with its points as far as the person sees them."""
    rows = list(Inspection.objects.filter(project=project).order_by("-last", "-pk"))
    numbers = [row.pk for row in rows]
    by: dict[int, list[str]] = {}
    for record, name in (
        Party.objects.filter(record__in=numbers).order_by("position").values_list("record_id", "organisation__name")
    ):
        by.setdefault(record, []).append(name)
    links = Link.objects.filter(role="about", to__in=numbers, record__as_finding__rule=FOUND)
    about = dict(links.values_list("record_id", "to_id"))
    found = rows_seen(request, Finding.objects.filter(pk__in=about).select_related("record__programme").order_by("pk"))
    points: dict[int, list[Finding]] = {}
    for finding in found:
        points.setdefault(about[finding.pk], []).append(finding)
    return [
        Look(
            row, tuple(by.get(row.pk, ())), "" if row.score is None else f"{row.score / 10:g}",
            "" if row.score is None else say("rating", grade(row.score)), tuple(points.get(row.pk, ())),
        )
        for row in rows
    ]  # fmt: skip


def assets(project: Project) -> list[tuple[Asset, str]]:
    """What a project leaves, each with its cost in 万元."""
    rows = Asset.objects.filter(project=project).select_related("owner").order_by("pk")
    return [(row, wan(row.cost)) for row in rows]


def overdue(points: Sequence[Finding]) -> list[Finding]:
    """The points whose day has passed and that nobody has settled."""
    now = today()
    return [point for point in points if point.state != "settled" and point.due is not None and point.due < now]
