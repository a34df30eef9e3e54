"""A project goes from a need to a thing that is used, and reaches no stage without what must exist for it."""

import os
from contextlib import suppress
from dataclasses import replace
from datetime import date

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from life import BEGIN, OFFICER, Works, propose, proposed
from money import CHIEF, CLERK, WAN

from duikou.acts.budgets import decide_change, file_change, plan_project, request_change
from duikou.acts.doing import Forbidden
from duikou.acts.findings import answer_finding, line_of, reopen_finding, settle_finding
from duikou.acts.life import open_points
from duikou.acts.notices import issue_notice
from duikou.acts.projects import propose_project, record_need
from duikou.acts.stages import advance_project, cancel_project, return_project, schedule_project
from duikou.acts.verify import verify
from duikou.acts.works import keep_paper, report_progress, set_output
from duikou.records.models import Finding, Inspection, Link, Milestone, Output, Project, ProjectChange, ProjectPaper
from duikou.rules import budgets, findings, needs, notices, outputs, progress, projects, stages, works
from duikou.rules.packs import Choice, Pack
from duikou.rules.period import on, parse
from duikou.rules.problem import Refused
from duikou.rules.projects import standing_of
from duikou.rules.quantity import exactly
from duikou.rules.stages import DERIVED, gates, path

pytestmark = pytest.mark.django_db
ALL = settings(
    deadline=None, max_examples=200 if os.environ.get("DUIKOU_PROVE") else 4, derandomize=True,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)  # fmt: skip


@pytest.fixture
def project(book):
    return proposed(book, "a county")


def refused(act, *codes):
    """The rules that stop an act."""
    with pytest.raises(Refused) as caught:
        act()
    assert {p.code for p in caught.value.problems if p.weight == "stops"} == set(codes)
    return str(caught.value)


def change(project, kind, **more):
    """A change that is asked for."""
    fact = budgets.ProjectChange(
        project=project.project, type=kind, reason="地质条件", content="由甲改为乙", when=on(BEGIN), **more
    )
    return ProjectChange.objects.get(pk=request_change(fact, **project.told))


def approve(project, kind, **more):
    """A change that is asked for and approved."""
    told = project.told | {"person": CHIEF}
    decide_change(change(project, kind, **more), True, "发改〔2012〕9号", **told)


def point(project):
    """The question about what an inspection found."""
    return Finding.objects.filter(rule="inspections.8").order_by("pk").last()


def test_a_project_goes_through_all_stages_from_proposal_to_archive(project):
    project.reach("archived")
    row = Project.objects.get(pk=project.project)
    assert (row.stage, row.status) == ("archived", "in_use")
    assert set(project.life().reached) == set(path(True))
    assert verify().true


def test_a_loose_project_needs_no_permit_and_is_in_use_once_accepted(book):
    project = propose(book, "致富带头人培训", fixed=False)
    project.output("training", 80, "person_time")
    project.done.append("target")
    project.reach("accepted")
    assert Project.objects.get(pk=project.project).status == "in_use"
    assert not {"land", "construction_permit", "supervisor"} & set(project.done)
    assert "approved" not in project.life().reached


def test_a_gate_names_what_is_missing_and_who_can_supply_it(project):
    said = refused(lambda: project.enter("proposed"), "stages.1")
    assert "项目申报书（项目单位）、绩效目标表（项目单位）" in said


def test_of_a_turnkey_project_the_front_line_answers_for_the_owners_papers(book):
    said = refused(lambda: propose(book, "交钥匙学校", delivery="turnkey").enter("proposed"), "stages.1")
    assert "项目申报书（前方指挥部）" in said


def test_a_waived_paper_opens_the_gate_only_with_the_document_that_waives_it(project):
    fact = works.ProjectPaper(
        project=project.project, type="environment", waived=True, issuer="县环保局", when=on(BEGIN)
    )
    refused(lambda: keep_paper(fact, **project.told), "works.6")
    keep_paper(replace(fact, number="环函〔2012〕3号"), **project.told)
    assert "environment" in project.life().has


def test_what_the_book_itself_tells_is_not_replaced_by_a_paper(project):
    fact = works.ProjectPaper(project=project.project, type="acceptance", number="验〔2012〕1号", when=on(BEGIN))
    refused(lambda: keep_paper(fact, **project.told), "works.3")


def test_stages_are_not_skipped_nor_entered_twice(project):
    project.reach("reviewed")
    refused(lambda: project.enter("started"), "stages.1", "stages.2")
    refused(lambda: project.enter("reviewed"), "stages.2", "stages.5")


def test_impossible_dates_are_refused(project):
    project.reach("reviewed")
    project.supply("county_decision")
    fact = stages.Milestone(project=project.project, stage="in_library", when=on(BEGIN))
    refused(lambda: advance_project(fact, **project.told), "stages.3", "stages.6")
    coming = replace(fact, when=on(date(2100, 1, 1)))
    refused(lambda: advance_project(coming, **project.told), "stages.4")


def test_a_month_is_not_before_a_day_within_it(project):
    project.reach("reviewed")
    project.supply("county_decision")
    fact = stages.Milestone(project=project.project, stage="in_library", when=parse("2012-04"))
    assert advance_project(fact, **project.told)


def test_a_county_clerk_admits_nothing_to_the_library(project):
    project.reach("reviewed")
    project.supply("county_decision")
    fact = stages.Milestone(project=project.project, stage="in_library", when=on(project.next_day()))
    with pytest.raises(Forbidden):
        advance_project(fact, programme=project.county.programme, person=CLERK)


def test_the_last_stage_is_taken_back_with_a_reason_and_entered_again(project):
    project.reach("in_library")
    back = stages.Return(project=project.project, stage="in_library", reason="")
    refused(lambda: return_project(back, **project.told), "stages.8")
    refused(lambda: return_project(replace(back, stage="proposed", reason="材料不实"), **project.told), "stages.9")
    return_project(replace(back, reason="材料不实"), **project.told)
    row = Project.objects.get(pk=project.project)
    assert (row.stage, row.status) == ("reviewed", "preparing")
    project.enter("in_library")
    assert Project.objects.get(pk=project.project).stage == "in_library"
    assert verify().true


def test_a_project_with_money_is_not_given_up(book):
    book.receive(50, "回-1", (book.disburse(50, "银-1"), 50 * WAN))
    book.divide("县财〔2012〕1号", 卫生院=20)
    give_up = stages.Cancellation(project=book.projects["卫生院"], reason="选址不成")
    told = {"programme": book.programme, "person": CHIEF}
    said = refused(lambda: cancel_project(give_up, **told), "stages.11")
    assert "20万元" in said
    cancel_project(replace(give_up, project=book.projects["引水工程"]), **told)
    assert Project.objects.get(pk=book.projects["引水工程"]).status == "cancelled"
    more = notices.Notice(
        number="津财〔2012〕8号", type="issue", side="supporting", when=on(BEGIN), lines=(book.line("引水工程", 5),)
    )
    refused(lambda: issue_notice(more, programme=book.programme, person=OFFICER), "notices.9")
    again = budgets.PlanLine(
        project=book.projects["引水工程"], scope="in_plan", aid=WAN, approval="发改〔2012〕2号", when=parse("2012")
    )
    refused(lambda: plan_project(again, programme=book.programme, person=OFFICER), "budgets.18")


def test_a_cancelled_project_goes_no_further(project):
    told = project.told | {"person": CHIEF}
    cancel_project(stages.Cancellation(project=project.project, reason="重复申报"), **told)
    project.supply("proposal")
    project.supply("performance_targets")
    refused(lambda: project.enter("proposed"), "stages.7")


def test_approved_fields_change_by_an_approved_change_once(project):
    project.reach("planned")
    project.describe(place="隆务镇")
    project.reach("approved")
    said = refused(lambda: project.describe(place="保安镇"), "works.1")
    assert "地点" in said
    approve(project, "place")
    project.describe(place="保安镇")
    assert ProjectChange.objects.get(type="place").carried is not None
    refused(lambda: project.describe(place="年都乎乡"), "works.1")
    project.describe(remark="与乡政府约定每月报进度")  # what was not approved stays free


def test_an_approved_target_and_schedule_change_by_an_approved_change(project):
    schedule_project(stages.Schedule(project=project.project, stage="completed", due=date(2012, 10, 1)), **project.told)
    project.reach("approved")
    output = Output.objects.get(project=project.project)
    fewer = outputs.Output(project=project.project, type="housing", target=exactly(100, "dwelling"))
    later = stages.Schedule(project=project.project, stage="completed", due=date(2012, 11, 1))
    refused(lambda: set_output(fewer, output=output, **project.told), "outputs.3")
    refused(lambda: schedule_project(later, **project.told), "stages.12")
    approve(project, "scale")
    approve(project, "schedule", days=31)
    set_output(fewer, output=output, **project.told)
    schedule_project(later, **project.told)
    output.refresh_from_db()
    assert output.target_low == 100
    assert Milestone.objects.get(project=project.project, stage="completed").due == date(2012, 11, 1)
    assert not ProjectChange.objects.filter(carried=None).exists()


def test_while_nobody_has_set_what_is_slight_every_change_goes_back_to_the_approver(project):
    asked = change(project, "budget", amount=WAN)
    assert asked.weighty
    refused(lambda: file_change(asked, **project.told), "budgets.16")


def test_what_the_programme_calls_slight_is_put_on_file_and_allows_the_act(project, monkeypatch):
    chosen = Pack((Choice("budgets.16", "stops", {"over": 100, "days": 30}),))
    monkeypatch.setattr("duikou.acts.budgets.pack_of", lambda _: chosen)
    schedule_project(stages.Schedule(project=project.project, stage="completed", due=date(2012, 10, 1)), **project.told)
    project.reach("approved")
    assert change(project, "schedule", days=31).weighty
    slight = change(project, "schedule", days=30)
    file_change(slight, **project.told)
    refused(lambda: file_change(slight, **project.told), "budgets.13")
    schedule_project(
        stages.Schedule(project=project.project, stage="completed", due=date(2012, 10, 31)), **project.told
    )
    # 30 万元 of 300 万元 is 10 %, one fen more is not
    assert [change(project, "budget", amount=fen).weighty for fen in (30 * WAN, 30 * WAN + 1)] == [False, True]


def test_progress_that_falls_says_why_and_the_journal_keeps_both(project):
    project.reach("started")
    fact = progress.Progress(project=project.project, percent=60, said="主体封顶", when=on(date(2012, 7, 1)))
    report_progress(fact, **project.told)
    lower = replace(fact, percent=50, when=on(date(2012, 8, 1)))
    refused(lambda: report_progress(lower, **project.told), "progress.3")
    report_progress(replace(lower, remark="上月报错"), **project.told)


def test_progress_before_the_start_is_asked_about_and_not_blocked(project):
    project.reach("planned")
    report = report_progress(
        progress.Progress(project=project.project, percent=5, when=on(date(2012, 7, 1))), **project.told
    )
    assert Link.objects.filter(to=report, record__as_finding__rule="progress.8").exists()


def test_what_acceptance_finds_is_mended_with_evidence_before_it_passes(project):
    project.reach("completed")
    project.inspect("acceptance", "mend", "屋面渗漏", "未设公示牌")
    assert open_points(project.county.programme) == {project.project: 2}
    assert Finding.objects.filter(rule="inspections.8", owner=project.county.hn).count() == 2
    refused(lambda: project.inspect("acceptance"), "inspections.6")
    for finding in Finding.objects.filter(rule="inspections.8"):
        answer_finding(findings.Answer("已返修，附照片", line_of(finding)), finding=finding, person=CLERK)
        settle_finding(findings.Decision("复查合格", line_of(finding)), finding=finding, person=OFFICER)
    project.inspect("acceptance")
    assert "acceptance" in project.life().has
    reopen_finding(findings.Reopening("回头看又渗漏", line_of(point(project))), finding=point(project), person=OFFICER)
    assert "acceptance" not in project.life().has


def test_a_need_says_which_project_answers_it(book):
    told = {"programme": book.programme, "person": OFFICER}
    need = record_need(
        needs.Need(title="定居点通水", sector="housing", region="632321", households=exactly(60, "household"), when=parse("2012-03")),
        **told,
    )  # fmt: skip
    fact = projects.Project(
        name="定居点引水", sector="housing", status="", region="632321", links=(("answers", need),), benefit="60户通水"
    )
    project = propose_project(fact, **told)
    assert Link.objects.get(role="answers").to_id == need
    assert Link.objects.get(role="answers").record_id == project


def test_a_proposal_counts_as_no_project_until_it_is_in_the_works(book):
    assert standing_of(stated=False, listed=False, status="preparing") == "outside"
    assert standing_of(stated=False, listed=False, status="started") == "own"


@pytest.mark.postgresql
def test_a_life_is_kept_alike_on_postgresql(office_there):
    assert office_there.ask("live") == {"stage": "archived", "true": True, "replays": True}


# ---- no sequence of acts reaches a stage without its papers

ROWS = {
    "review": lambda p: _last(p, "review") == "passed",
    "plan_line": lambda p: Project.objects.get(pk=p).plan_lines.exists(),
    "contract": lambda p: Project.objects.get(pk=p).contracts.exists(),
    "responsible": lambda p: bool(Project.objects.get(pk=p).owner_post),
    "target": lambda p: Output.objects.filter(project=p).exists(),
    "actual": lambda p: not Output.objects.filter(project=p, evidence=None).exists(),
    "acceptance": lambda p: _last(p, "acceptance") == "passed" and not _points(p),
    "settlement": lambda p: Project.objects.get(pk=p).settlement.settled is not None,
    "asset": lambda p: Project.objects.get(pk=p).assets.exists(),
    "self_rating": lambda p: _last(p, "self_rating") is not None,
    "department_rating": lambda p: _last(p, "department_rating") is not None,
}


def _last(project, kind):
    """What the newest inspection of a kind concluded."""
    rows = Inspection.objects.filter(project=project, type=kind).order_by("pk")
    return rows.values_list("conclusion", flat=True).last()


def _points(project):
    """Whether a point found at the project is open."""
    about = Inspection.objects.filter(project=project).values("pk")
    return Finding.objects.filter(rule="inspections.8", record__links__to__in=about).exclude(state="settled").exists()


def exists(project, requisite):
    """Whether a requisite stands in the tables, asked without the house's own judgement."""
    if requisite in DERIVED:
        return ROWS[requisite](project)
    return ProjectPaper.objects.filter(project=project, type=requisite).exists()


STAGES = path(True)
ENTER = st.sampled_from(STAGES).map(lambda stage: ("enter", stage))
SUPPLY = st.sampled_from([gate.requisite for gate in gates()]).map(lambda what: ("supply", what))
REACH = st.sampled_from(STAGES).map(lambda stage: ("reach", stage))
OTHER = st.sampled_from([("return", ""), ("mend", ""), ("output", ""), ("settle", "")])
DEEDS = st.lists(st.one_of(ENTER, SUPPLY, REACH, OTHER), min_size=4, max_size=20)


def act(project: Works, what, which):
    """One act; what the rules refuse changes nothing."""
    match what:
        case "enter":
            project.enter(which)
        case "supply":
            project.supply(which)
        case "reach":
            project.reach(which)
        case "return":
            stage = Project.objects.get(pk=project.project).stage
            return_project(stages.Return(project=project.project, stage=stage or "", reason="查"), **project.told)
        case "mend":
            project.inspect("acceptance", "mend", "渗漏")
        case "output":
            project.output("road", 3500, "metre")
        case "settle":
            settle_finding(findings.Decision("已改", line_of(point(project))), finding=point(project), person=OFFICER)


@ALL
@given(deeds=DEEDS)
def test_no_sequence_of_acts_reaches_a_stage_without_its_papers(book, deeds):
    project = propose(book, f"项目{Project.objects.count()}")
    before: set[str] = set()
    for what, which in deeds:
        with suppress(Refused, AttributeError if what == "settle" else Refused):
            act(project, what, which)
        reached = set(
            Milestone.objects.filter(project=project.project).exclude(first=None).values_list("stage", flat=True)
        )
        assert reached == set(STAGES[: len(reached)])  # none skipped
        if what == "enter" and reached - before:
            (entered,) = reached - before
            assert all(exists(project.project, g.requisite) for g in gates() if g.stage == entered)
        before = reached
    assert (Project.objects.get(pk=project.project).stage or "") == (STAGES[len(before) - 1] if before else "")
