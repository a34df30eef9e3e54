"""Projects on their way: progress, papers, stages, outputs, inspections are told by programs; one project's life is asked."""

from typing import Any

from django.http import HttpRequest
from ninja import Router, Status

from duikou.acts import works as acts
from duikou.acts.doing import programme_of, today
from duikou.acts.life import life_of
from duikou.acts.stages import act_of, advance_project
from duikou.records import models
from duikou.rules import inspections, outputs, progress, stages
from duikou.rules import works as rules
from duikou.rules.period import on
from duikou.rules.quantity import exactly
from duikou.rules.stages import next_stage, path
from duikou.web.acting import places
from duikou.web.doors import check

from . import works_shapes as shapes
from .asking import asks
from .money import HERE, TOLD, Key, done
from .naming import Naming
from .problems import Objected, objection
from .shapes import AtNumber, AtProgramme, quantity, word

router = Router(tags=["项目 projects"])
AT = HERE + "/projects/{number}"
LAST = 100  # reports that are told


@router.post(AT + "/progress", response=TOLD, summary="报进度")
@asks("report_progress", places.of_project)
def new_progress(
    request: HttpRequest, programme: AtProgramme, number: AtNumber, asked: shapes.NewProgress, key: Key = ""
) -> Status[Any]:
    """Report what has changed; the number of the report."""
    named = Naming(request, programme, "report_progress")
    fact = progress.Progress(
        project=number, percent=asked.percent, said=asked.said, aid_done=asked.aid_done_fen,
        other_done=asked.other_done_fen, in_place=asked.in_place_fen, remark=asked.remark, when=on(asked.day or today()),
    )  # fmt: skip
    return done(request, asked, key, lambda: [acts.report_progress(fact, **named.told)])


@router.post(AT + "/papers", response=TOLD, summary="登记要件")
@asks("keep_paper", places.of_project)
def new_paper(
    request: HttpRequest, programme: AtProgramme, number: AtNumber, asked: shapes.NewPaper, key: Key = ""
) -> Status[Any]:
    """Enter a paper without its file; the number of its record."""
    named = Naming(request, programme, "keep_paper")
    fact = rules.ProjectPaper(
        project=number, type=asked.type, number=asked.number, issuer=asked.issuer, waived=asked.waived,
        when=shapes.period(asked.when),
    )  # fmt: skip
    return done(request, asked, key, lambda: [acts.keep_paper(fact, **named.told)])


@router.post(AT + "/stages", response=TOLD, summary="推进阶段、入库定项")
@asks("see_records", places.of_project)
def new_stage(
    request: HttpRequest, programme: AtProgramme, number: AtNumber, asked: shapes.NewMilestone, key: Key = ""
) -> Status[Any]:
    """Enter a stage, by the right of the act that it is: to admit a project, or to advance it; the milestone's number."""
    act = act_of(asked.stage)
    check(request, act, places.of_project(request, programme=programme, number=number))
    named = Naming(request, programme, act)
    fact = stages.Milestone(project=number, stage=asked.stage, when=shapes.period(asked.when), remark=asked.remark)
    return done(request, asked, key, lambda: [advance_project(fact, **named.told)])


@router.post(AT + "/outputs", response=TOLD, summary="定产出目标")
@asks("set_output", places.of_project)
def new_output(
    request: HttpRequest, programme: AtProgramme, number: AtNumber, asked: shapes.NewOutput, key: Key = ""
) -> Status[Any]:
    """Say what a project is to yield, or change a target; the number of the output."""
    named = Naming(request, programme, "set_output")
    mine = models.Output.objects.filter(project=number, type=asked.type)
    kept = mine.filter(pk=asked.output).first() if asked.output is not None else None
    if asked.output is not None and kept is None:
        said = objection(
            "", "output", str(asked.output), "这个项目同一种产出的记录号", "改正后重送", "No such output of this kind"
        )
        raise Objected(422, "没有这项产出，什么也没有写入", [said])
    fact = outputs.Output(project=number, type=asked.type, target=exactly(asked.target, asked.unit), name=asked.name)
    return done(request, asked, key, lambda: [acts.set_output(fact, output=kept, **named.told)])


@router.post(AT + "/inspections", response=TOLD, summary="登记检查")
@asks("inspect_project", places.of_project)
def new_inspection(
    request: HttpRequest, programme: AtProgramme, number: AtNumber, asked: shapes.NewInspection, key: Key = ""
) -> Status[Any]:
    """Enter what a group concluded and found; the number of the inspection."""
    named = Naming(request, programme, "inspect_project")
    group = [named.organisation(code, "inspectors", f"第 {n} 个") for n, code in enumerate(asked.inspectors, 1)]
    named.refuse()
    fact = inspections.Inspection(
        project=number, type=asked.type, conclusion=asked.conclusion, when=on(asked.day), score=asked.score,
        use=asked.use, parties=tuple(("inspector", office) for office in dict.fromkeys(group) if office),
        items=tuple(("found", point, "") for point in asked.found if point),
    )  # fmt: skip
    return done(request, asked, key, lambda: [acts.inspect_project(fact, due=asked.due, **named.told)])


@router.get(AT, response=shapes.Life, summary="一个项目的一生")
@asks("see_records", places.of_project)
def life(request: HttpRequest, programme: AtProgramme, number: AtNumber) -> shapes.Life:
    """Where a project stands, what the next stage lacks and who can supply it, what it yields, what was reported."""
    row = places.project(programme, number)
    now = life_of(programme_of(programme), number)
    following = next_stage(now.stage, now.fixed)
    return shapes.Life(
        record=row.pk, name=row.name, code=row.code or "", stage=word("life", now.stage), next=word("life", following),
        stages=[_stage(now, stage) for stage in path(now.fixed)],
        lacking=[
            shapes.Lacking(
                requisite=word("requisite", gate.requisite), supplier=word("supplier", now.supplier(gate)), basis=gate.basis
            )
            for gate in (now.lacks(following) if following else ())
        ],
        outputs=[_output(kept) for kept in models.Output.objects.filter(project=row).order_by("pk")],
        progress=_reports(row),
    )  # fmt: skip


def _stage(now: stages.Life, stage: str) -> shapes.Stage:
    reached = now.reached.get(stage)
    return shapes.Stage(
        stage=word("life", stage), first=reached.first if reached else None, last=reached.last if reached else None,
        due=now.due.get(stage),
    )  # fmt: skip


def _output(row: models.Output) -> shapes.Yielded:
    target, actual = models.quantity(row, "target"), models.quantity(row, "actual")
    return shapes.Yielded(
        record=row.pk, type=word("output", row.type), name=row.name, target=quantity(target) if target else None,
        actual=quantity(actual) if actual else None,
    )  # fmt: skip


def _reports(project: models.Project) -> list[shapes.Reported]:
    """The last reports, the newest first."""
    rows = list(models.Progress.objects.filter(project=project).order_by("-last", "-pk")[:LAST])
    items = models.Item.objects.filter(record__in=[row.pk for row in rows], list="photograph").order_by("position")
    photographs: dict[int, list[str]] = {}
    for record, digest in items.values_list("record", "text"):
        photographs.setdefault(record, []).append(digest)
    return [
        shapes.Reported(
            record=row.pk, day=row.last, percent=row.percent, said=row.said, aid_done_fen=row.aid_done,
            other_done_fen=row.other_done, in_place_fen=row.in_place, remark=row.remark,
            photographs=photographs.get(row.pk, []),
        )
        for row in rows
    ]  # fmt: skip
