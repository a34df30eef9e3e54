"""审计发现 on a page with the open questions of a programme; a question about a project shows its days, papers and money."""

import re
from datetime import date

import pytest
from books import PERIOD, signed_in
from life import propose
from money import DESK

from duikou.acts.checking import run_checks
from duikou.acts.stages import schedule_project
from duikou.records.models import Finding
from duikou.rules import stages
from duikou.rules.audit import audit_findings

HERE = f"/p/tj-hn/{PERIOD}/"


def text(said):
    return " ".join(re.sub(r"<[^>]+>", " ", said).split())


def row(client, number, lang=""):
    """A finding on the page as plain text."""
    page = client.get(f"{lang}{HERE}projects/audit/").content.decode()
    return text(re.search(rf'<tr id="n{number}".*?</tr>', page, re.S)[0])


@pytest.fixture
def late(book):
    """The question about a project that should have started in the summer of 2012."""
    project = propose(book)
    project.reach("planned")
    schedule_project(stages.Schedule(project=project.project, stage="started", due=date(2012, 7, 2)), **project.told)
    run_checks(book.programme, person=DESK, day=date(2012, 9, 3))
    return Finding.objects.get(rule="course.9")


def test_all_21_findings_stand_on_the_page_with_source_check_and_rules(auditor):
    page = auditor.get(f"{HERE}projects/audit/").content.decode()
    assert [int(n) for n in re.findall(r'<tr id="n(\d+)"', page)] == list(range(1, 22))
    for finding in audit_findings():
        said = row(auditor, finding.number)
        assert finding.sentence.zh in said
        assert finding.source in said
        assert all(code in said for code in finding.rules)
    assert "权限表" in row(auditor, 20)


def test_open_questions_are_counted_and_lead_to_the_queue(auditor, late):
    assert row(auditor, 14).endswith("1")
    assert "项目应按排定的期限进入各阶段。 1 项未判定" in row(auditor, 14)
    page = auditor.get(f"{HERE}projects/audit/").content.decode()
    assert f"{HERE}findings/?rule=course.9" in page
    assert late.title in text(auditor.get(f"{HERE}findings/?rule=course.9").content.decode())


def test_a_rule_whose_value_nobody_has_set_says_that_it_finds_nothing(auditor):
    assert "每隔规定的月数报一次进度。 取值未设定，查不出什么" in row(auditor, 14)
    assert "取值未设定" not in row(auditor, 8)


def test_the_page_is_there_in_english(auditor):
    assert row(auditor, 14, "/en").startswith("14 behind plan; not started because the plan changed")


def test_a_county_sees_its_own_questions_only_and_others_start_no_check(internal, book):
    run_checks(book.programme, person=DESK, day=date(2012, 9, 3))
    assert Finding.objects.filter(rule="results.2").count() == 1  # of the plan, which lies in no county
    assert row(signed_in("yewu"), 11).endswith("1 项未判定 1")
    assert row(signed_in("tongren"), 11).endswith("0")
    for account, offered in (("yewu", True), ("tongren", False)):
        page = signed_in(account).get(f"{HERE}projects/audit/").content.decode()
        assert (f'action="{HERE}findings/check"' in page) is offered


def test_a_question_about_a_project_shows_its_days_papers_and_money(auditor, late):
    said = text(auditor.get(f"{HERE}findings/{late.pk}/").content.decode())
    assert "项目的日期 看项目 已申报 2012年4月" in said
    assert re.search(r"已开工 期限 2012-07-02，逾期 \d+ 天", said)
    assert "可研报告或实施方案 feasibility〔2012〕1号 2012年4月" in said
    assert "规划安排 300.00" in said
    assert "到账 未填报" in said or "到账 未报" in said


def test_a_question_about_something_else_shows_no_project(visitor, programme):
    vouchers = Finding.objects.get(rule="funds.4", record__programme=programme)
    assert "项目的日期" not in visitor.get(f"{HERE}findings/{vouchers.pk}/").content.decode()
