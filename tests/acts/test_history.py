"""What a source says of the life of projects is loaded as history: guarded, ungated, and the projects stand where it says."""

import pytest
from books import OFFICER
from django.db import connection
from django.test.utils import CaptureQueriesContext
from life import Works
from money import DESK

from duikou.acts.accepting import accept
from duikou.acts.doing import today
from duikou.acts.verify import verify
from duikou.intake.folder import load
from duikou.records.models import Finding, JournalLine, Milestone, Need, Programme, Project
from duikou.rules import projects, stages
from duikou.rules.evidence import Document
from duikou.rules.fact import Source, Told
from duikou.rules.period import on, parse
from duikou.rules.problem import Refused

pytestmark = pytest.mark.django_db
PROGRAMME = """\
office = "合作交流办"
files = ["works.toml"]
[[programme]]
code = "p"
title = "对口支援"
scheme = "援青"
opened = 2011-08-30
[[organisation]]
code = "xj"
name = "县发改局"
type = "社会组织"
"""
WORKS = """\
into = "p"
rests_on = "S1"
side = "receiving"
[[document]]
id = "S1"
title = "项目进度表"
medium = "文件"
grade = "正式件"

[[project]]
id = "A"
name = "牧民定居点"
sector = "住房定居"
status = "前期"
region = "632321"
delivery = "交钥匙"
paired = true
fixed = true
year = 2012
at = { paragraph = 4, fragment = "牧民定居点" }

[[need]]
title = "牧民定居点通水"
sector = "住房定居"
region = "632321"
households = "80户"
at = { paragraph = 5, fragment = "通水" }

[[plan_line]]
project = "A"
scope = "计划内"
aid = "300万元"
total = "350万元"
when = "2012"
at = { paragraph = 4, fragment = "350" }

[[plan_line]]
project = "A"
scope = "计划内"
aid = "320万元"
when = "2013"
at = { paragraph = 4, fragment = "320" }

[[project_paper]]
id = "P1"
project = "A"
type = "验收证书"
number = "同住建〔2013〕7号"
when = "2013-09"
at = { paragraph = 6, fragment = "验收证书" }

[[milestone]]
project = "A"
stage = "已验收"
when = "2013-09"
at = { paragraph = 4, fragment = "验收" }

[[milestone]]
project = "A"
stage = "已开工"
when = "2012-04-02"
at = { paragraph = 4, fragment = "开工" }

[[progress]]
project = "A"
percent = 45
said = "主体施工"
aid_done = "120.5万元"
when = "2012-06"
at = { paragraph = 4, fragment = "45" }

[[output]]
project = "A"
type = "道路"
target = "3.5公里"
actual = "3.2公里"
evidence = "P1"
when = "2013-09"
at = { paragraph = 4, fragment = "3.2公里" }

[[inspection]]
project = "A"
type = "绩效自评"
conclusion = "合格"
score = 91.2
when = "2013-10"
at = { paragraph = 4, fragment = "91.2" }

[[asset]]
project = "A"
name = "通村路"
type = "公益性资产"
cost = "100万元"
when = "2013-11"
at = { paragraph = 4, fragment = "通村路" }
"""


def told(folder, works=WORKS):
    """The folder is loaded."""
    (folder / "programme.toml").write_text(PROGRAMME, "utf-8")
    (folder / "works.toml").write_text(works, "utf-8")
    return load(folder, person=OFFICER, administrator=OFFICER)


def refused(folder, was, becomes):
    """The problems of a folder that says one thing otherwise."""
    assert was in WORKS
    with pytest.raises(Refused) as error:
        told(folder, WORKS.replace(was, becomes, 1))
    return [(p.code, p.place, p.found) for p in error.value.problems]


def test_a_file_brings_the_whole_life_of_a_project_in_one_line_of_the_journal(tmp_path):
    told(tmp_path)
    project = Project.objects.get(name="牧民定居点")
    assert (project.stage, project.status) == ("accepted", "completed")
    assert [(m.stage, m.when.code) for m in project.milestones.order_by("first")] == [
        ("started", "2012-04-02"),
        ("accepted", "2013-09"),
    ]
    first, second = project.plan_lines.order_by("pk")
    assert (first.aid, first.total, second.replaces_id) == (300_0000_00, 350_0000_00, first.pk)
    assert [(r.percent, r.said, r.aid_done) for r in project.reports.all()] == [(45, "主体施工", 120_5000_00)]
    output = project.outputs.get()
    assert (output.target_low, output.actual_low, output.target_unit) == (3500, 3200, "metre")
    assert (output.evidence.number, output.evidence.document.title) == ("同住建〔2013〕7号", "项目进度表")
    assert (project.inspections.get().score, project.assets.get().cost) == (912, 100_0000_00)
    assert Need.objects.get().households_low == 80
    assert JournalLine.objects.count() == 3  # the book, the programme, the file
    assert verify().true  # what the tables hold is what the journal says they hold


def test_old_days_are_not_gated_and_raise_no_question_for_each_paper(tmp_path):
    told(tmp_path)  # accepted with none of the thirty papers that the gates before it ask for
    assert not Finding.objects.exclude(rule__startswith="projects").exists()


def test_what_guards_the_book_stops_history_too_and_names_each_place(tmp_path):
    day = refused(tmp_path, 'when = "2012-04-02"', 'when = "2013-12-02"')
    assert [(code, found) for code, _, found in day] == [("stages.3", "“已验收”2013年9月，“已开工”2013年12月2日")]
    assert day[0][1].startswith("works.toml:")
    assert [c for c, *_ in refused(tmp_path, 'when = "2012-06"', 'when = "2099-06"')] == ["progress.2"]
    assert [c for c, *_ in refused(tmp_path, "percent = 45", "percent = 145")] == ["progress.1"]
    assert [c for c, *_ in refused(tmp_path, 'actual = "3.2公里"', 'actual = "3处"')] == ["outputs.6"]
    assert [c for c, *_ in refused(tmp_path, 'target = "3.5公里"', 'target = "3亩"')] == ["outputs.1", "outputs.6"]
    assert [c for c, *_ in refused(tmp_path, 'aid = "300万元"', 'aid = "0元"')] == ["budgets.1"]
    assert not Programme.objects.filter(code="p").exists()


def test_all_problems_are_named_at_once(tmp_path):
    works = WORKS.replace('when = "2012-04-02"', 'when = "2013-12-02"').replace("percent = 45", "percent = 145")
    with pytest.raises(Refused) as error:
        told(tmp_path, works)
    assert {p.code for p in error.value.problems} == {"progress.1", "stages.3"}


def test_one_stage_is_told_once(tmp_path):
    again = 'stage = "已开工"\nwhen = "2012-04-02"'
    found = refused(tmp_path, 'stage = "已验收"\nwhen = "2013-09"', again)
    assert [(code, what) for code, _, what in found if "两次" in what] == [("stages.5", "“已开工”在文件里写了两次")]


@pytest.mark.parametrize(
    ("was", "becomes", "expected"),
    [
        ('aid = "300万元"', "aid = 300", "应为文字，连单位写"),
        ('aid = "300万元"', 'aid = "近300万元"', "应为确数"),
        ("score = 91.2", "score = 91.25", "至多一位小数"),
        ('target = "3.5公里"', 'target = "3.5"', "应带单位"),
        ('type = "道路"', 'type = "马路"', "不在词表"),
        ("fixed = true", 'fixed = "是"', "应为 true 或 false"),
        ("year = 2012", 'stage = "已验收"', "写 [[milestone]]"),
        ('project = "A"', "project = true", "记录号"),
    ],
)
def test_a_value_that_cannot_be_read_says_how_it_is_written(tmp_path, was, becomes, expected):
    assert was in WORKS
    with pytest.raises(Refused) as error:
        told(tmp_path, WORKS.replace(was, becomes, 1))
    assert any(expected in problem.expected for problem in error.value.problems), str(error.value)


def test_what_is_referred_to_must_be_a_project_and_a_paper(tmp_path):
    assert refused(tmp_path, 'project = "A"', 'project = "B"')[0][::2] == ("file.5", "B")
    assert refused(tmp_path, 'project = "A"', "project = 987654")[0][::2] == ("file.5", "987654")
    assert refused(tmp_path, 'evidence = "P1"', 'evidence = "A"')[0][::2] == ("file.5", "A")


AT = {"": Source("s2", "receiving", 1, "", "进度表")}


def later(programme, *facts):
    """A second file about projects that the book has."""
    paper = Told(Document(title="第二张表", medium="notice", grade="issued"), {}, key="s2")
    accept(programme, [paper, *(Told(fact, AT) for fact in facts)], {}, person=DESK, reason="第二张表", evidence="测试")


def test_a_second_file_goes_on_by_the_projects_number(book):
    project = book.projects["文化广场"]
    later(book.programme, stages.Milestone(project=project, stage="started", when=parse("2012-05")))
    later(book.programme, stages.Milestone(project=project, stage="completed", when=parse("2012-11")))
    row = Project.objects.get(pk=project)
    assert (row.stage, row.status, row.milestones.count()) == ("completed", "completed", 2)
    with pytest.raises(Refused, match=r"stages\.5"):
        later(book.programme, stages.Milestone(project=project, stage="completed", when=parse("2012-12")))


def test_a_stage_that_was_scheduled_is_reached_in_its_own_row(book):
    project = book.projects["文化广场"]
    due = stages.Milestone(project=project, stage="started", due=parse("2012-06").last)
    later(book.programme, due)
    later(book.programme, stages.Milestone(project=project, stage="started", when=parse("2012-05")))
    row = Milestone.objects.get(project=project)
    assert (row.when.code, row.due.isoformat()) == ("2012-05", "2012-06-30")


def test_days_from_the_opening_of_the_book_on_are_gated_like_any_act(book):
    project = book.projects["文化广场"]
    with pytest.raises(Refused, match=r"stages\.1"):
        later(book.programme, stages.Milestone(project=project, stage="started", when=on(today())))
    assert not Project.objects.get(pk=project).stage


def test_a_project_that_history_has_brought_to_a_stage_goes_on_by_acts(book):
    project = book.projects["文化广场"]
    later(book.programme, stages.Milestone(project=project, stage="started", when=parse("2012-03")))
    works = Works(book, project)
    for gate in works.life().lacks("completed"):
        works.supply(gate.requisite)
    works.enter("completed")
    assert Project.objects.get(pk=project).status == "completed"


def test_a_project_that_was_given_up_keeps_what_it_had_reached(book):
    facts = [
        Told(Document(title="第二张表", medium="notice", grade="issued"), {}, key="s2"),
        Told(projects.Project(name="停建桥", sector="other", status="cancelled", region="632321"), AT, key="q"),
        Told(stages.Milestone(project="q", stage="approved", when=parse("2012-03")), AT),
    ]
    accept(book.programme, facts, {}, person=DESK, reason="表", evidence="测试")
    row = Project.objects.get(name="停建桥")
    assert (row.stage, row.status) == ("approved", "cancelled")
    with pytest.raises(Refused, match=r"stages\.7"):
        later(book.programme, stages.Milestone(project=row.pk, stage="started", when=parse("2012-09")))


def test_a_hundred_projects_take_as_many_questions_as_ten(book):
    def facts(count, of):
        yield Told(Document(title=of, medium="notice", grade="issued"), {}, key="s2")
        for n in range(count):
            project = projects.Project(name=f"{of}{n}", sector="other", status="preparing", region="632321")
            yield Told(project, AT, key=f"{of}{n}")
            for stage, day in (("started", "2012-03"), ("completed", "2012-09")):
                yield Told(stages.Milestone(project=f"{of}{n}", stage=stage, when=parse(day)), AT)

    def asked(count, of):
        with CaptureQueriesContext(connection) as queries:
            accept(book.programme, list(facts(count, of)), {}, person=DESK, reason="表", evidence="测试")
        return len(queries)

    few, many = asked(10, "甲"), asked(100, "乙")
    assert many <= few + 15  # more rows take a few more batches, and no question for each
