"""The standing checks on projects ask a real book: what is late, unapproved, unproved or unmended is found, and only that."""

from datetime import date, timedelta

import pytest
from books import OFFICER as CHECKER
from django.db import connection
from django.test.utils import CaptureQueriesContext
from life import CHIEF, OFFICER, propose, proposed
from money import DAY, DESK, WAN

from duikou.acts.budgets import decide_change, request_change
from duikou.acts.checking import CODES, TITLES, run_checks
from duikou.acts.doing import ask, doing, place_of
from duikou.acts.entering import enter
from duikou.acts.findings import line_of, reopen_finding, settle_finding
from duikou.acts.notices import issue_notice
from duikou.acts.stages import schedule_project
from duikou.acts.works import report_progress
from duikou.records.models import (
    Asset,
    Finding,
    Inspection,
    Milestone,
    Output,
    Plan,
    PlanLine,
    Progress,
    Project,
    ProjectChange,
    ProjectPaper,
)
from duikou.rules import budgets, findings, notices, progress, projects, stages
from duikou.rules.fact import Told
from duikou.rules.packs import Setting
from duikou.rules.period import Period, on

pytestmark = pytest.mark.django_db
SOON = date(2012, 9, 3)  # all walks of these tests are done by then


@pytest.fixture
def project(book):
    return proposed(book, "a county")


def check(project, day=SOON):
    """What the standing checks ask of a project and of what hangs from it on a day, by rule."""
    programme = project.county.programme
    run_checks(programme, person=DESK, day=day)
    rows = Finding.objects.filter(record__programme=programme, rule__in=CODES, last=None).exclude(state="settled")
    kinds = (Milestone, Output, Progress, Inspection, ProjectChange, Asset)
    mine = {
        project.project,
        *(n for k in kinds for n in k.objects.filter(project=project.project).values_list("pk", flat=True)),
    }
    return {f.rule: f for f in rows.filter(record__links__role="about", record__links__to__in=mine)}


def put(row, **values):
    """A row as history may have brought it, past the rules of acts."""
    with doing("load_programme", person=CHECKER, place=place_of(row.record.programme)) as work:
        work.change(row, **values)


def paper(project, kind):
    return ProjectPaper.objects.get(project=project.project, type=kind)


def report(project, percent, day, *photographs, **more):
    fact = progress.Progress(
        project=project.project,
        percent=percent,
        when=on(day),
        items=tuple(("photograph", p, "") for p in photographs),
        **more,
    )
    return report_progress(fact, **project.told)


def chosen(project, rule, **values):
    """A value that the programme has set."""
    items = tuple(("value", name, str(value)) for name, value in values.items())
    fact = Setting(pack="own", rule=rule, weight="asks", when=Period(date(2010, 1, 1), date.max), items=items)
    with doing("adopt_pack", person=CHIEF, place=place_of(project.county.programme)) as work:
        enter(work, project.county.programme.record_id, [Told(fact, {})], {})


def schedule(project, stage, day):
    return schedule_project(stages.Schedule(project=project.project, stage=stage, due=day), **project.told)


# ---- the course of a project -----------------------------------------------------------------------------------------


def test_a_project_that_went_through_its_life_is_asked_nothing(project):
    project.reach("archived")
    assert check(project) == {}


def test_every_check_has_its_title():
    assert set(TITLES) >= {code for code in CODES if code.partition(".")[0] in ("course", "results")}


def test_publicity_is_older_than_the_start_and_follows_the_end(project):
    project.reach("accepted")
    began = Milestone.objects.get(project=project.project, stage="started").last
    put(paper(project, "publicity_before"), first=began + timedelta(days=1), last=began + timedelta(days=1))
    put(paper(project, "publicity_after"), type="file_list")
    found = check(project)
    assert set(found) == {"course.1", "course.2"}
    assert found["course.2"].title == "牧民定居点：事后公示"
    assert (found["course.2"].amount, found["course.2"].raised) == (300 * WAN, SOON)


def test_a_paper_that_was_renewed_later_was_there_before(project):
    project.reach("started")
    project.paper("publicity_before")
    assert "course.1" not in check(project)


def test_what_was_handed_over_is_looked_at_within_a_year_and_is_in_use(project):
    project.reach("handed_over")
    handed = Milestone.objects.get(project=project.project, stage="handed_over").last
    year = handed.replace(year=handed.year + 1)
    assert check(project, year) == {}
    assert set(check(project, year + timedelta(days=1))) == {"course.3"}
    project.inspect("look", use="in_use")
    project.inspect("look", use="idle")
    assert set(check(project, year + timedelta(days=1))) == {"course.4"}


def test_money_comes_after_the_preparation_papers(book, project):
    other = propose(book, "乡村医生培训", fixed=False)
    for one in (project, other):
        one.reach("planned")

    def issue(number, one, day):
        line = notices.Line(amount=10 * WAN, project=one.project, fund=book.fund)
        fact = notices.Notice(number=number, type="issue", side="supporting", when=on(day), lines=(line,))
        issue_notice(fact, programme=book.programme, person=DESK)

    issue("津财〔2012〕8号", project, project.day)
    issue("津财〔2012〕9号", other, other.day)
    # reply to the study, the design and the estimate; land, planning permit, environment: 6 are not there yet
    assert check(project)["course.5"].found.startswith(f"{project.day} 有资金，缺 6 项：可研批复 未见")
    assert check(other) == {}


def test_permits_are_older_than_the_start(project):
    project.reach("started")
    assert check(project) == {}
    put(
        paper(project, "construction_permit"),
        first=project.day + timedelta(days=1),
        last=project.day + timedelta(days=1),
    )
    assert set(check(project)) == {"course.6"}


def test_a_thing_is_used_after_its_acceptance(project):
    project.reach("handed_over")
    accepted = Milestone.objects.get(project=project.project, stage="accepted").last
    put(Asset.objects.get(project=project.project), first=accepted - timedelta(days=1), last=accepted)
    assert set(check(project)) == {"course.7"}


def test_nothing_of_a_change_is_built_before_it_is_approved(project):
    project.reach("started")
    asked = project.next_day()
    fact = budgets.ProjectChange(
        project=project.project, type="design", reason="地质条件", content="砖混改框架", when=on(asked)
    )
    change = ProjectChange.objects.get(pk=request_change(fact, **project.told))
    report(project, 10, asked, "a")
    assert check(project) == {}
    report(project, 20, asked + timedelta(days=1), "b")
    assert set(check(project)) == {"course.8"}
    decide_change(change, True, "发改〔2012〕9号", programme=project.county.programme, person=CHIEF)
    assert check(project) == {}


def test_a_stage_is_late_from_the_day_after_it_was_due(project):
    project.reach("prepared")
    milestone = schedule(project, "started", SOON)
    assert check(project, SOON) == {}
    found = check(project, SOON + timedelta(days=2))["course.9"]
    assert (found.found, found.record.links.get().to_id) == ("应于 2012-09-03 前进入“已开工”，已逾期 2 天", milestone)
    assert found.owner_id == project.county.hn  # nobody is named yet, so who receives answers
    project.reach("started")
    assert check(project, SOON + timedelta(days=2)) == {}


def test_progress_is_reported_and_keeps_pace_by_the_values_of_the_programme(project):
    project.reach("started")
    schedule(project, "completed", project.day + timedelta(days=100))
    report(project, 30, project.day, "a")
    half = project.day + timedelta(days=50)
    assert check(project, half) == {}
    chosen(project, "course.10", months=1)
    chosen(project, "course.11", points=19)  # half of the time is gone, 30 % reported: 20 points behind
    assert set(check(project, half)) == {"course.10", "course.11"}
    report(project, 31, half, "b")
    assert check(project, half) == {}


def test_a_project_that_was_given_up_is_asked_nothing(project):
    project.reach("prepared")
    schedule(project, "started", date(2012, 6, 1))
    put(Project.objects.get(pk=project.project), status="cancelled")
    assert check(project) == {}


# ---- what projects are worth -----------------------------------------------------------------------------------------


def test_a_planned_project_of_industry_says_whom_it_benefits(project):
    project.reach("planned")
    project.describe(sector="industry")
    assert set(check(project)) == {"results.1"}
    project.describe(benefit="带动 60 户")
    assert check(project) == {}


def test_one_that_was_asked_when_it_was_proposed_is_not_asked_twice(book):
    fact = propose(book, "牛羊育肥")
    fact.describe(sector="industry")
    fact.reach("planned")
    with doing("load_programme", person=CHECKER, place=place_of(book.programme)) as work:
        told = projects.Project(name="牛羊育肥", sector="industry", status="preparing", region="632321")
        ask(work, [projects.industry_says_whom_it_benefits.ask(told, projects.ProjectStanding())], fact.project)
    assert check(fact) == {}


def test_a_plan_that_gives_the_same_to_all_is_asked_why(book):
    run_checks(book.programme, person=DESK, day=SOON)
    flat = Finding.objects.get(rule="results.2")
    assert flat.found == "其他项目 6 个各 100万元"
    assert flat.record.links.get().to_id == Plan.objects.get(title="2012年度计划").pk
    put(PlanLine.objects.filter(project=book.projects["文化广场"]).get(), aid=90 * WAN)
    assert run_checks(book.programme, person=DESK, day=SOON).lapsed == 1


def test_other_money_is_in_place_as_the_work_goes_on(project):
    project.reach("started")
    put(PlanLine.objects.get(project=project.project), total=400 * WAN)
    report(project, 50, project.day, "a", other_done=50 * WAN)
    assert check(project) == {}
    report(project, 60, project.next_day(), "b", other_done=50 * WAN)
    found = check(project)["results.3"]
    assert found.found == "援助以外应有 100万元，进度 60% 应到 60万元，已见 50万元"
    assert found.amount == 10 * WAN


def test_points_are_mended_in_time_and_stay_mended(project):
    project.reach("started")
    inspection = project.inspect("inspection", "mend", "屋面渗水", "缺监理日志")
    due = project.day + timedelta(days=30)
    points = Finding.objects.filter(rule="inspections.8")
    for point in points:
        put(point, due=due)
    assert check(project, due) == {}
    found = check(project, due + timedelta(days=1))
    assert set(found) == {"results.4"}
    assert found["results.4"].record.links.get().to_id == inspection
    for point in points:
        settle_finding(findings.Decision("已修好", line_of(point)), finding=point, person=OFFICER)
    assert check(project, due + timedelta(days=1)) == {}
    reopen_finding(findings.Reopening("又渗水", line_of(points[0])), finding=points[0], person=OFFICER)
    assert check(project, due)["results.5"].found == "1 个问题判定整改后又重开"


def test_what_was_built_is_verified_reaches_its_target_and_rests_on_a_paper(project):
    project.reach("accepted")
    output = Output.objects.get(project=project.project)
    assert check(project) == {}
    put(output, actual_low=119, actual_high=119, evidence=None)
    assert set(check(project)) == {"results.6", "results.8"}
    assert check(project)["results.6"].found == "住房目标120套，实际119套"
    put(output, actual_low=121, actual_high=121)
    assert set(check(project)) == {"results.8", "results.11"}


def test_a_project_without_fixed_assets_says_whom_it_served(book):
    for name, kind, unit, expected in (
        ("文化周", "other", "item", {"results.7"}), ("致富带头人培训", "training", "person_time", set()),
    ):  # fmt: skip
        project = propose(book, name, fixed=False)
        project.output(kind, 80, unit)
        project.reach("accepted")
        assert set(check(project)) == expected


def test_a_percentage_comes_with_a_photograph(project):
    project.reach("started")
    number = report(project, 20, project.day)
    assert check(project)["results.9"].record.links.get().to_id == number
    report(project, 30, project.next_day(), "0f" * 32)
    assert check(project) == {}


def test_one_thing_is_not_two_projects(book, project):
    project.describe(content="定居点住房 120 套，含水电路")
    other = propose(book, "游牧民安居房")
    assert check(other) == {}
    other.describe(content="定居点住房120套，含水、电、路")
    assert check(other)["results.10"].found == "与“牧民定居点”建设内容一字不差"
    assert check(project) == {}


def test_a_name_that_was_asked_about_when_it_was_proposed_is_not_asked_about_twice(book, project):
    assert check(propose(book)) == {}
    assert Finding.objects.filter(rule="projects.4").count() == 1


def test_a_project_that_only_a_source_speaks_of_is_asked_for_no_papers(book):
    run_checks(book.programme, person=DESK, day=date(2014, 1, 1))
    assert not Finding.objects.filter(rule__startswith="course.").exists()


# ---- its cost --------------------------------------------------------------------------------------------------------


def test_thirty_projects_take_as_many_questions_to_the_database_as_one(book):
    def fill(name):
        project = propose(book, name)
        project.output(name=name)
        put(Project.objects.get(pk=project.project), stage="started")
        put(Milestone.objects.get(pk=schedule(project, "started", DAY)), first=DAY, last=DAY)
        schedule(project, "completed", SOON)
        report(project, 20, DAY)
        project.inspect("inspection", "mend", "屋面渗水")
        fact = budgets.ProjectChange(
            project=project.project, type="place", reason="地质", content="甲改乙", when=on(DAY)
        )
        request_change(fact, **project.told)

    def queries():
        run_checks(book.programme, person=DESK, day=SOON)
        with CaptureQueriesContext(connection) as found:
            assert run_checks(book.programme, person=DESK, day=SOON).raised == 0
        return len(found)

    fill("牧民定居点 0")
    few = queries()
    for n in range(1, 30):
        fill(f"牧民定居点 {n}")
    assert queries() == few < 80
