"""T1 as a county hands it in: its progress enters beside its projects; plan and places are not the county's to change."""

from dataclasses import replace
from datetime import date

import pytest
from books import OFFICER, kept_example

from duikou.acts.doing import today
from duikou.acts.handing import accept_sheet, rehearse_sheet
from duikou.acts.undoing import take_back_sheet
from duikou.acts.verify import verify
from duikou.intake.asked import Asked
from duikou.intake.taking import answer
from duikou.records.models import Milestone, Progress, Project, Submission
from duikou.reports.t1 import write_t1
from duikou.rules.period import months, on, parse
from duikou.rules.rights import Person, Post
from duikou.statistics.t1 import Known, Reached, Report, row_of

CLERK = Person("zeku", (Post("county_clerk", "zkx", "632323", "tj-hn"),))
PROJECT = Known(
    "泽库县卫生院", "632323", True, 2012, "health", code="ZK2012001-D", total=3_000_000_00, aid=2_000_000_00
)
JUNE = replace(PROJECT, reports=(Report(months(2012, 6, 6), 40, "主体施工"),))
BEGUN = replace(JUNE, stages={"started": Reached(on(date(2012, 4, 1)))})


@pytest.fixture(scope="module")
def kept(django_db_setup, django_db_blocker, tmp_path_factory):
    with kept_example(django_db_blocker, tmp_path_factory.mktemp("t1")) as found:
        yield found


@pytest.fixture
def programme(kept, db):
    return kept


def dropped(programme, *projects, until=6, region="632323", change=None):
    rows = [row_of(one, 2012) | (change or {}) for one in projects]
    data = write_t1(rows, title=f"泽库县{until}月进度表", year=2012, until=until, foot="填报：泽库县发改局", sums=True)
    return answer(programme, f"泽库县{until}月.xlsx", data, Asked(parse(f"2012-{until:02}"), region=region))


def taken(programme, said, person):
    return Submission.objects.get(pk=accept_sheet(said.handed(), programme=programme, person=person))


def test_the_officer_hands_in_new_projects_and_the_county_its_progress(programme):
    said = dropped(programme, PROJECT, until=3)
    assert (said.ready, said.counts["new"]) == (True, 1)
    taken(programme, said, OFFICER)
    project = Project.objects.get(code="ZK2012001-D")
    said = dropped(programme, JUNE)
    assert said.counts == {"new": 0, "changed": 1, "same": 0, "unplaced": 0, "odd": 0}
    submission = taken(programme, said, CLERK)
    assert (submission.added, submission.changed) == (0, 1)
    (progress,) = Progress.objects.filter(project=project)
    assert (progress.percent, progress.said, progress.last) == (40, "主体施工", date(2012, 6, 30))
    assert dropped(programme, JUNE).counts["same"] == 1
    assert verify().true
    take_back_sheet(submission, programme=programme, person=CLERK, reason="报错了月")
    assert not Progress.objects.filter(project=project).exists()
    assert Submission.objects.get(pk=submission.pk).undone == today()
    assert verify().true


def test_a_plan_is_not_changed_by_the_sheet_of_a_county(programme):
    taken(programme, dropped(programme, PROJECT, until=3), OFFICER)
    said = dropped(programme, replace(JUNE, aid=2_500_000_00))
    (problem,) = rehearse_sheet(said.handed(), programme=programme, person=CLERK)
    assert (problem.code, "列入计划" in problem.found) == ("handing.2", True)


def test_a_county_of_another_province_is_asked_about(programme):
    said = dropped(programme, PROJECT, change={"county": "110000"})
    assert (said.ready, said.rows[0].state, said.rows[0].unplaced[0].said) == (False, "unplaced", "北京市")


def test_a_day_of_the_works_is_a_stage_of_the_project(programme):
    taken(programme, dropped(programme, PROJECT, until=3), OFFICER)
    taken(programme, dropped(programme, BEGUN), CLERK)
    assert Milestone.objects.get(project__code="ZK2012001-D", stage="started").first == date(2012, 4, 1)
