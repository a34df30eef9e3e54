"""The works of a year: what is said of projects, their papers, stages, progress, inspections and outputs."""

from datetime import date
from typing import Any

from duikou.acts.findings import answer_finding, line_of, settle_finding
from duikou.acts.photographs import keep
from duikou.acts.stages import act_of, advance_project, schedule_project
from duikou.acts.works import (
    describe_project,
    inspect_project,
    keep_paper,
    report_progress,
    set_output,
    verify_output,
)
from duikou.records.models import Finding, Output, ProjectPaper
from duikou.rules import findings, inspections, outputs, progress, stages, works
from duikou.rules.inspections import FOUND
from duikou.rules.period import on
from duikou.terms.words import regions

from .acting import Acting
from .source import Row

PROOFS = ("acceptance_certificate", "completion_report")


def project(book: Acting, row: Row) -> None:
    """Who answers for a project on both sides, what it is to yield, and by when it is to be completed."""
    kept = book.project(row)
    told: dict[str, Any] = {"programme": book.programme, "person": book.clerk(kept.region)}
    values = (
        ("owner_post", row["受援方责任岗位"]), ("front", book.programme.office_id), ("front_post", row["支援方责任岗位"]),
    )  # fmt: skip
    describe_project(works.Description(project=kept.pk, values=values, before=()), **told)
    output = set_output(outputs.Output(project=kept.pk, type=row["产出"], target=row["目标"]), **told)
    book.numbers[row.table, row["项目"]] = output
    schedule_project(stages.Schedule(project=kept.pk, stage="completed", due=row["计划完工"]), **told)


def verified(book: Acting, row: Row) -> None:
    """What was found of an output, by the last paper that shows it."""
    output = Output.objects.get(pk=book.numbers[row.table, row["项目"]])
    papers = ProjectPaper.objects.filter(project=output.project_id, type__in=PROOFS).order_by("pk")
    paper = papers.last()
    fact = outputs.Verified(
        output=output.pk, actual=row["实际"], evidence=paper.pk if paper else None, when=on(row["核实日期"])
    )
    verify_output(fact, programme=book.programme, person=book.front())


def paper(book: Acting, row: Row) -> None:
    """A paper of a project."""
    kept = book.project(row)
    fact = works.ProjectPaper(
        project=kept.pk, type=row["要件"], number=row["文号"], issuer=row["出具单位"], when=on(row["日期"])
    )
    keep_paper(fact, programme=book.programme, person=book.clerk(kept.region))


def stage(book: Acting, row: Row) -> None:
    """A project enters a stage."""
    kept = book.project(row)
    admitted = act_of(row["阶段"]) == "admit_project"
    person = book.office("programme_officer") if admitted else book.clerk(kept.region)
    fact = stages.Milestone(project=kept.pk, stage=row["阶段"], when=on(row["日期"]))
    advance_project(fact, programme=book.programme, person=person)


def inspection(book: Acting, row: Row) -> None:
    """A group looks at a project; an audit is the auditor's own act."""
    kept = book.project(row)
    groups = tuple(("inspector", book.organisation(row, name).pk) for name in row["检查单位"])
    fact = inspections.Inspection(
        project=kept.pk, type=row["类别"], conclusion=row["结论"], when=on(row["日期"]), parties=groups,
        items=(("found", row["发现"], ""),) if row["发现"] else (),
    )  # fmt: skip
    person = book.office("auditor") if _audited(row) else book.office("programme_officer")
    number = inspect_project(fact, programme=book.programme, person=person, due=row["整改期限"])
    book.numbers[row.table, row.place] = number


def mended(book: Acting, row: Row) -> None:
    """What a county answers to what was found, and the word that ends it."""
    about = {"record__links__role": "about", "record__links__to": book.numbers[row.table, row.place]}
    finding = Finding.objects.get(rule=FOUND, **about)
    answer = findings.Answer(row["整改答复"], seen=line_of(finding))
    answer_finding(answer, finding=finding, person=book.clerk(book.project(row).region))
    if row["判定"]:
        person = book.office("auditor") if _audited(row) else book.office("programme_officer")
        settle_finding(findings.Decision(row["判定"], seen=line_of(finding)), finding=finding, person=person)


def _audited(row: Row) -> bool:
    return any("审计" in name for name in row["检查单位"])


def report(book: Acting, row: Row) -> None:
    """A report of progress, with its photograph where the row has one."""
    kept = book.project(row)
    day: date = row["日期"]
    shown: tuple[tuple[str, str, str], ...] = ()
    if row["照片"] and book.draw:
        area = regions()[kept.region][-1].en
        shown = (("photograph", keep(book.draw(row["项目"], area, day, row["形象进度"])), ""),)
    fact = progress.Progress(
        project=kept.pk, percent=row["形象进度"], said=row["建设阶段"], aid_done=row["对口资金完成"],
        other_done=row["其他资金完成"], in_place=row["到位资金"], when=on(day), items=shown,
    )  # fmt: skip
    report_progress(fact, programme=book.programme, person=book.clerk(kept.region))
