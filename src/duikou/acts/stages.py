"""A project goes from stage to stage, is scheduled, sent back, given up."""

from duikou.records.models import Milestone, Programme, Project
from duikou.rules import stages as rules
from duikou.rules.fact import Told
from duikou.rules.rights import Person

from .doing import ask, doing, judge_one, today
from .entering import enter, link
from .life import carry, life_of
from .places import number, place_in


def act_of(stage: str) -> str:
    """The act by which a stage is entered: the office's side admits a project, those who build it advance it."""
    return "admit_project" if stage in rules.ADMITTED else "advance_project"


def advance_project(fact: rules.Milestone, *, programme: Programme, person: Person, reason: str = "") -> int:
    """Bring a project into a stage on a day; refused where something is missing for it. The record number."""
    place = place_in(programme, project=fact.project)
    with doing(act_of(fact.stage), person=person, place=place, reason=reason) as work:
        project = Project.objects.get(pk=number(fact.project))
        life = life_of(programme, project.pk)
        asking = judge_one(work, fact, life, programme, life.pack.weight)
        kept = Milestone.objects.filter(project=project, stage=fact.stage).first()
        if kept is None:
            (milestone,) = enter(work, programme.record_id, [Told(fact, {})], {})
        else:
            milestone = kept.pk
            assert fact.when is not None  # noqa: S101  the rules refuse a milestone without its day
            work.change(kept, first=fact.when.first, last=fact.when.last, remark=fact.remark)
            link(work, milestone, fact.links)
        work.change(project, stage=fact.stage, status=rules.status_of(fact.stage, project.fixed))
        ask(work, asking, project.pk, f"{project.name}：进入阶段"[-80:])
        return milestone


def return_project(fact: rules.Return, *, programme: Programme, person: Person) -> None:
    """Take back the stage that a project stands in, with the reason; it stands in the one before again."""
    place = place_in(programme, project=fact.project)
    with doing("return_project", person=person, place=place, reason=fact.reason.strip()) as work:
        project = Project.objects.get(pk=number(fact.project))
        life = life_of(programme, project.pk)
        judge_one(work, fact, life, programme, life.pack.weight, today())
        work.change(Milestone.objects.get(project=project, stage=fact.stage), first=None, last=None)
        left = [stage for stage in rules.path(project.fixed) if stage in life.reached and stage != fact.stage]
        status = rules.status_of(left[-1], project.fixed) if left else "preparing"
        work.change(project, stage=left[-1] if left else "", status=status)


def cancel_project(fact: rules.Cancellation, *, programme: Programme, person: Person) -> None:
    """Give a project up, with the reason; one that still holds money is refused."""
    place = place_in(programme, project=fact.project)
    with doing("cancel_project", person=person, place=place, reason=fact.reason.strip()) as work:
        project = Project.objects.get(pk=number(fact.project))
        life = life_of(programme, project.pk)
        judge_one(work, fact, life, programme, life.pack.weight, today())
        work.change(project, status="cancelled")


def schedule_project(fact: rules.Schedule, *, programme: Programme, person: Person, reason: str = "") -> int:
    """Say by when a project is to reach a stage; the record number of the milestone."""
    place = place_in(programme, project=fact.project)
    with doing("schedule_project", person=person, place=place, reason=reason) as work:
        project = number(fact.project)
        life = life_of(programme, project)
        asking = judge_one(work, fact, life, programme, life.pack.weight, today())
        kept = Milestone.objects.filter(project=project, stage=fact.stage).first()
        if kept is None:
            told = rules.Milestone(project=project, stage=fact.stage, due=fact.due)
            (milestone,) = enter(work, programme.record_id, [Told(told, {})], {})
        else:
            milestone = kept.pk
            if kept.due not in (None, fact.due) and rules.locked(life):
                carry(work, project, {"schedule"})
            work.change(kept, due=fact.due)
        ask(work, asking, project)
        return milestone
