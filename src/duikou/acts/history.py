"""What a source says of the life of projects enters the book in one batch: needs, papers, stages, reports, outputs.

Days before the programme was opened in this book are history: there the rules that guard stop and the others neither
stop nor ask; what a project lacks is seen on its page. From that day on a file is judged as any other act.
"""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import date
from typing import Any

from duikou.records.models import JournalImage, Programme, Project, ProjectPaper
from duikou.rules import assets, budgets, inspections, needs, outputs, progress, stages, works
from duikou.rules.book import by_fact
from duikou.rules.fact import Fact, Ref, Told
from duikou.rules.problem import Problem, judge
from duikou.terms.words import vocabulary

from .doing import FEW, Work, ask
from .entering import UnknownReference, enter
from .journal import time_of
from .packs import pack_of
from .standings import Standings

ORDER: tuple[type[Fact], ...] = (
    needs.Need, budgets.PlanLine, works.ProjectPaper, outputs.Output, inspections.Inspection, assets.Asset, progress.Progress,
    stages.Milestone,
)  # fmt: skip
Facts = Sequence[Told[Any]]
Asking = list[list[Problem]]


def enter_works(work: Work, programme: Programme, told: Sequence[Told[Fact]], keys: dict[str, int]) -> list[int]:
    """Enter what hangs from projects; their stage and status follow the milestones that are kept then."""
    facts = sorted((_resolved(t, keys) for t in told), key=lambda t: _place(t.fact))
    milestones = [t for t in facts if isinstance(t.fact, stages.Milestone)]
    others = facts[: len(facts) - len(milestones)]
    rows = _projects(work, programme, {t.fact.project for t in facts if hasattr(t.fact, "project")})
    came = {number for table, number in work.rows if table == "records_project"}
    opened = opened_on(programme)
    old = all(_is_old(t.fact, opened) for t in facts)
    standings = Standings(programme, rows, came, old=old)
    standings.take_for_reached(t.fact for t in milestones)
    asking = _judged(work, programme, standings, others, opened)
    if old:  # then nothing that is entered here is asked for by a stage
        standings.look()
        asking += _judged(work, programme, standings, milestones, opened)
    work.refuse_if_stopped()
    numbers = enter(work, programme.record_id, _replacing(others, standings), keys)
    _papers_are_known(others, keys)
    if not old:
        standings.look()
        asking += _judged(work, programme, standings, milestones, opened)
        work.refuse_if_stopped()
    numbers += _enter_milestones(work, programme, milestones, standings, keys)
    for problems, number in zip(asking, numbers, strict=True):
        ask(work, problems, number)
    _follow(work, standings, milestones)
    return numbers


def opened_on(programme: Programme) -> date:
    """The day on which a programme was opened in this book, or the one that it says itself where that is later."""
    image = JournalImage.objects.filter(table="records_programme", number=programme.pk).order_by("line_id").first()
    return max(programme.opened, time_of(image.line).astimezone().date()) if image else programme.opened


def _is_old(fact: Fact, opened: date) -> bool:
    return fact.day is None or fact.day < opened


def _place(fact: Fact) -> tuple[int, int, int, date]:
    """Where a fact stands in the order of judging: by kind, project, stage and day."""
    stage = list(vocabulary()["life"]).index(fact.stage) if isinstance(fact, stages.Milestone) else 0
    return ORDER.index(type(fact)), getattr(fact, "project", 0), stage, fact.day or date.min


def _resolved(t: Told[Any], keys: dict[str, int]) -> Told[Any]:
    """A fact with its project by number; a paper rests on the document that it was told in."""
    fact = t.fact
    if hasattr(fact, "project"):
        fact = replace(fact, project=_number(fact.project, keys))
    if isinstance(fact, works.ProjectPaper) and fact.document is None and (source := t.source_of("")):
        fact = replace(fact, document=source.document)
    return replace(t, fact=fact)


def _number(ref: Ref, keys: dict[str, int]) -> int:
    if isinstance(ref, int):
        return ref
    if ref not in keys:
        raise UnknownReference(ref)
    return keys[ref]


def _projects(work: Work, programme: Programme, numbers: set[int]) -> dict[int, Project]:
    """The rows of projects, those of this act as it wrote them; UnknownReference names one that the programme has not."""
    found = {n: row for (table, n), row in work.rows.items() if table == "records_project" and n in numbers}
    lacking = numbers - set(found)
    kept = Project.objects.filter(record__programme=programme)
    found |= (kept.filter(pk__in=lacking) if len(lacking) <= FEW else kept).in_bulk() if lacking else {}
    if unknown := numbers - set(found):
        raise UnknownReference(str(min(unknown)))
    return {n: found[n] for n in sorted(numbers)}  # type: ignore[misc]


def _judged(work: Work, programme: Programme, standings: Standings, told: Facts, opened: date) -> Asking:
    """What the rules ask of each fact; what stops goes to the work. Of history only what guards is asked."""
    weigh = pack_of(programme).weight
    asking = []
    for t in told:
        if isinstance(t.fact, stages.Milestone):
            work.problems += standings.twice(t)
        found: list[Problem] = []
        for fact, standing in standings.of(t.fact):
            old = _is_old(fact, opened) and not isinstance(fact, stages.Schedule)
            rules = [rule for rule in by_fact().get(type(fact), ()) if rule.guards or not old]
            day = None if old else fact.day or standings.today
            found += judge(rules, fact, standing, day=day, opened=opened, place=t.place, weigh=weigh)
        work.problems += [p for p in found if p.weight == "stops"]
        asking.append([p for p in found if p.weight == "asks"])
        if isinstance(t.fact, stages.Milestone):
            standings.reach(t.fact)
    return asking


def _replacing(told: Facts, standings: Standings) -> Facts:
    """Each plan line replaces the one before it of its project, of the book or of the same file."""
    latest: dict[int, Ref] = {project: row.pk for project, row in standings.lines.items()}
    found = []
    for at, t in enumerate(told):
        fact = t.fact
        if isinstance(fact, budgets.PlanLine):
            project, key = int(fact.project), t.key or f"plan line {at}"
            t = replace(t, key=key, fact=replace(fact, replaces=latest.get(project)))
            latest[project] = key
        found.append(t)
    return found


def _papers_are_known(told: Facts, keys: dict[str, int]) -> None:
    """What an output or an inspection rests on is a paper of a project; UnknownReference names what is none."""
    wanted = {ref: _number(ref, keys) for t in told for ref in _rests_on(t.fact)}
    known = set(ProjectPaper.objects.filter(pk__in=wanted.values()).values_list("pk", flat=True)) if wanted else set()
    for ref, number in wanted.items():
        if number not in known:
            raise UnknownReference(str(ref))


def _rests_on(fact: Any) -> Iterator[Ref]:
    yield from (ref for name in ("evidence", "report") if (ref := getattr(fact, name, None)) is not None)


def _enter_milestones(
    work: Work, programme: Programme, told: Facts, standings: Standings, keys: dict[str, int]
) -> list[int]:
    """New milestones in one batch; one that was scheduled before is completed."""
    kept = [standings.milestones.get((t.fact.project, t.fact.stage)) for t in told]
    new = enter(work, programme.record_id, [t for t, row in zip(told, kept, strict=True) if row is None], keys)
    made = iter(new)
    numbers = []
    for t, row in zip(told, kept, strict=True):
        if row is None:
            numbers.append(next(made))
            continue
        days = {"first": t.fact.when.first, "last": t.fact.when.last} if t.fact.when else {}
        said = {name: value for name in ("due", "remark") if (value := getattr(t.fact, name))}
        work.change(row, **days, **said)
        numbers.append(row.pk)
    return numbers


def _follow(work: Work, standings: Standings, told: Facts) -> None:
    """The projects stand where their milestones have brought them; one that was given up stays given up."""
    changed = []
    for number in dict.fromkeys(t.fact.project for t in told if t.fact.when):
        row = standings.rows[number]
        reached = [stage for stage in stages.path(row.fixed) if stage in standings.lives[number].reached]
        if not reached:
            continue
        row.stage = reached[-1]
        if row.status != "cancelled":
            row.status = stages.status_of(reached[-1], row.fixed)
        changed.append(row)
    if changed:
        Project.objects.bulk_update(changed, ["stage", "status"], batch_size=500)
        work.rows.update({("records_project", row.pk): row for row in changed})
