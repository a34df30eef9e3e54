"""What is said of a project on its way: description, papers, progress, outputs, inspections, assets."""

from dataclasses import replace
from datetime import date

from duikou.records.models import (
    Asset,
    Entry,
    Output,
    Programme,
    Progress,
    Project,
    ProjectPaper,
    Settlement,
    quantity,
)
from duikou.rules import assets, inspections, outputs, progress, works
from duikou.rules.fact import Told
from duikou.rules.ledger import signed, total
from duikou.rules.problem import Problem
from duikou.rules.rights import Person
from duikou.rules.stages import locked, path
from duikou.terms.words import zh

from .doing import Raised, Work, ask, doing, judge_one, today
from .entering import enter, enter_paper, quantity_values
from .life import carry, life_of, open_points
from .packs import pack_of
from .places import number, place_in, plan_lines


def describe_project(fact: works.Description, *, programme: Programme, person: Person, reason: str = "") -> None:
    """Say something else of a project; once it is approved, name, place and content only by an approved change."""
    with doing(
        "describe_project", person=person, place=place_in(programme, project=fact.project), reason=reason
    ) as work:
        project = Project.objects.get(pk=number(fact.project))
        fact = replace(fact, before=tuple((name, getattr(project, _column(name))) for name, _ in fact.values))
        life = life_of(programme, project.pk)
        judge_one(work, fact, life, programme, life.pack.weight, today())
        if not fact.changed:
            return
        if locked(life):
            carry(work, project.pk, fact.by)
        said = dict(fact.values)
        work.change(project, **{_column(name): said[name] for name in fact.changed})


def _column(name: str) -> str:
    """The column of a field of a project; offices are kept by number."""
    return f"{name}_id" if name in ("owner", "front") else name


def keep_paper(
    fact: works.ProjectPaper, *, programme: Programme, person: Person, digest: str = "", reason: str = ""
) -> int:
    """Enter a paper of a project, or that none is needed; `digest` of the file where it was given. The record number."""
    with doing("keep_paper", person=person, place=place_in(programme, project=fact.project), reason=reason) as work:
        life = life_of(programme, number(fact.project))
        asking = judge_one(work, fact, life, programme, life.pack.weight, fact.day or today())
        title = " ".join(part for part in (zh("requisite", fact.type), fact.issuer, fact.number) if part)
        source = enter_paper(work, programme.record_id, title, fact.when, digest)
        told = Told(replace(fact, document=source.document), {"": source})
        (paper,) = enter(work, programme.record_id, [told], {})
        ask(work, asking, paper)
        return paper


def report_progress(fact: progress.Progress, *, programme: Programme, person: Person, reason: str = "") -> int:
    """Enter what is reported of a project; what disagrees with money is asked about. The record number."""
    with doing(
        "report_progress", person=person, place=place_in(programme, project=fact.project), reason=reason
    ) as work:
        fact = replace(fact, account=person.account)
        project = Project.objects.get(pk=number(fact.project))
        standing = reported(programme, project)
        asking = judge_one(work, fact, standing, programme, standing.pack.weight)
        (report,) = enter(work, programme.record_id, [Told(fact, {})], {})
        ask(work, asking, report, f"{project.name}：进度"[-80:])
        return report


def reported(programme: Programme, project: Project) -> progress.Reported:
    """What the rules ask of a report: the one before it, the stage, what was planned, received and paid."""
    last = Progress.objects.filter(project=project).exclude(percent=None).order_by("last", "record_id").last()
    line = plan_lines().filter(project=project).last()
    money = Entry.objects.filter(project=project).values_list("state", "amount", "back")
    stages = path(project.fixed)
    return progress.Reported(
        today(), last.last if last else None, last.percent if last else None,
        (project.stage or "") in stages[stages.index("started"):] or not project.stage,
        (line.total or line.aid) if line else 0,
        signed((fen, back) for state, fen, back in money if state in ("received", "divided")),
        signed((fen, back) for state, fen, back in money if state == "spent"),
        pack_of(programme),
    )  # fmt: skip


def set_output(
    fact: outputs.Output, *, programme: Programme, person: Person, output: Output | None = None, reason: str = ""
) -> int:
    """Say what a project is to yield, or change the target of an output that is kept; the record number."""
    with doing("set_output", person=person, place=place_in(programme, project=fact.project), reason=reason) as work:
        project = number(fact.project)
        life = life_of(programme, project)
        others = Output.objects.filter(project=project, type=fact.type, target_unit=fact.target.unit)
        before = quantity(output, "target") if output else None
        standing = outputs.Yield(
            life, before, others.exclude(pk=output.pk if output else None).exists(), output.type if output else ""
        )
        asking = judge_one(work, fact, standing, programme, life.pack.weight, today())
        if locked(life) and before != fact.target:
            carry(work, project, {"scale"} if "scale" in life.changing else {"content"})
        if output is None:
            (kept,) = enter(work, programme.record_id, [Told(fact, {})], {})
        else:
            kept = output.pk
            work.change(output, name=fact.name, **quantity_values("target", fact.target))
        ask(work, asking, kept)
        return kept


def verify_output(fact: outputs.Verified, *, programme: Programme, person: Person, reason: str = "") -> None:
    """Say how much of an output was found on a day, by which paper."""
    output = Output.objects.get(pk=number(fact.output))
    with doing(
        "verify_output", person=person, place=place_in(programme, project=output.project_id), reason=reason
    ) as work:
        life = life_of(programme, output.project_id)
        paper = ProjectPaper.objects.filter(pk=number(fact.evidence)).first() if fact.evidence else None
        standing = outputs.Yield(life, quantity(output, "target"), paper=paper.type if paper else "")
        asking = judge_one(work, fact, standing, programme, life.pack.weight)
        days = {"first": fact.when.first, "last": fact.when.last} if fact.when else {}
        work.change(output, evidence_id=fact.evidence, **days, **quantity_values("actual", fact.actual))
        ask(work, asking, output.pk)


def inspect_project(
    fact: inspections.Inspection, *, programme: Programme, person: Person, due: date | None = None, reason: str = ""
) -> int:
    """Enter what a group concluded; each point found is a question to who answers for the project. The record number."""
    with doing(
        "inspect_project", person=person, place=place_in(programme, project=fact.project), reason=reason
    ) as work:
        project = Project.objects.get(pk=number(fact.project))
        life = life_of(programme, project.pk)
        standing = inspections.Inspected(life, open_points(programme).get(project.pk, 0))
        asking = judge_one(work, fact, standing, programme, life.pack.weight)
        (inspection,) = enter(work, programme.record_id, [Told(fact, {})], {})
        _raise_points(work, programme, project, fact, inspection, due)
        ask(work, [p for p in asking if p.code != inspections.FOUND], inspection)
        return inspection


def _raise_points(
    work: Work, programme: Programme, project: Project, fact: inspections.Inspection, inspection: int, due: date | None
) -> None:
    """One question for each point found."""
    found = inspections.what_was_found_is_mended
    work.raised[found.code, inspection] = Raised(programme.record_id, fact.day or today(), None, project.owner_id, due)
    for point in fact.listed("found"):
        problem = Problem(found.code, "asks", found.sentence, point, "已整改", "整改后答复并附证据，由检查方判定")
        ask(work, [problem], inspection, f"{project.name}：{point}"[:80])


def register_asset(fact: assets.Asset, *, programme: Programme, person: Person, reason: str = "") -> int:
    """Enter what a project leaves; the record number."""
    with doing("register_asset", person=person, place=place_in(programme, project=fact.project), reason=reason) as work:
        project = number(fact.project)
        accounts = Settlement.objects.filter(project=project).first()
        kept = Asset.objects.filter(project=project).values_list("cost", flat=True)
        standing = assets.Left(
            life_of(programme, project), total(kept), accounts.amount if accounts and accounts.settled else None
        )
        asking = judge_one(work, fact, standing, programme, standing.life.pack.weight, fact.day or today())
        (asset,) = enter(work, programme.record_id, [Told(fact, {})], {})
        ask(work, asking, asset)
        return asset
