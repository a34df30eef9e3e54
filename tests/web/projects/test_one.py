"""One project as a page, what is late, needs; the same in English."""

import re
from datetime import date

import pytest
from books import signed_in
from life import OFFICER, propose
from money import DAY, WAN
from project_pages import CHIEF_AND_ALL, block, due, main, names, page, row, text, told

from duikou.acts.budgets import decide_change, request_change, settle_project
from duikou.acts.doing import today
from duikou.acts.packs import adopt_pack
from duikou.acts.projects import record_need
from duikou.acts.stages import cancel_project, return_project
from duikou.acts.works import inspect_project, report_progress
from duikou.records.models import ProjectChange
from duikou.rules import budgets, inspections, needs, progress, stages
from duikou.rules.packs import Choice, Pack
from duikou.rules.period import on
from duikou.web.projects.moved import moved_since
from duikou.web.projects.rows import rows_of

# ---- one project -----------------------------------------------------------------------------------------------------


def test_the_strip_says_what_was_reached_what_is_next_and_what_is_late(book):
    due(book, book.works.project, "completed", date(2012, 10, 31))
    shown = page("yewu", f"{book.works.project}/")
    steps = re.findall(r'<li class="(\w+)( overdue)?"[^>]*><b>([^<]+)</b>', shown)
    assert [state for state, _, _ in steps] == ["reached"] * 6 + ["now", "next"] + ["later"] * 5
    assert ("next", " overdue", "已完工") in steps


def test_the_gate_names_what_is_missing_and_who_supplies_it(book):
    said = block(page("yewu", f"{book.bridge}/"), "gate")
    assert "进入“已申报” 2 项要件，还缺 2 项" in said
    assert re.search(r"项目申报书 项目单位 .+ 绩效目标表 项目单位", said)
    # turnkey: who builds is the front line, so it answers for the owner's papers
    assert "竣工报告或实施总结 前方指挥部" in block(page("yewu", f"{book.works.project}/"), "gate")


def test_what_is_supplied_is_asked_for_no_longer(book):
    works = book.works
    works.supply("completion_report")
    shown = page("yewu", f"{works.project}/")
    assert "1 项要件都有了" in block(shown, "gate")
    assert "completion_report〔2012〕1号" in block(shown, "papers")


def test_the_money_of_a_project_stands_with_its_contracts_and_claims(book):
    book.receive(200, "回-1", (book.disburse(200, "拨-1"), 200 * WAN))
    book.divide("财农〔2012〕10号", 文化广场=80)
    claim = book.claim(30, "发票1")
    shown = page("yewu", f"{book.projects['文化广场']}/")
    assert "规划安排 100.00 下达 未报 到账 80.00 支出 未报" in block(shown, "money")
    assert f'href="/p/tj-hn/2012/funds/contracts/{book.contract}/"' in shown
    assert f'href="/p/tj-hn/2012/funds/claims/{claim.pk}/"' in shown


def test_money_and_progress_that_disagree_are_shown_and_not_blocked(book, monkeypatch):
    pack = Pack((Choice("progress.6", "asks", {"points": 20}, "", date(2011, 1, 1), None),))
    monkeypatch.setattr("duikou.acts.works.pack_of", lambda programme: pack)
    report_progress(progress.Progress(project=book.works.project, percent=90, when=on(date(2012, 8, 1))), **told(book))
    shown = page("yewu", f"{book.works.project}/")
    assert "付款和进度对不上： 已付 0%，形象进度 90%" in text(shown)
    assert "90%" in block(shown, "progress")


def test_outputs_stand_with_target_actual_evidence_and_the_cost_of_one(book):
    works = propose(book, "已验收的点", fixed=True)
    works.reach("accepted")
    said = block(page("yewu", f"{works.project}/"), "outputs")
    # 300 万元 planned for 120 dwellings
    assert "住房 120套 120套 2.5万元/套" in said
    assert "单位造价按计划援助" in said


def test_points_that_an_inspection_found_say_whether_they_are_settled(book):
    book.works.inspect("inspection", "mend", "屋面开裂")
    shown = page("yewu", f"{book.works.project}/")
    assert "检查 2012年" in block(shown, "looks")
    assert "限期整改 屋面开裂 未开始" in block(shown, "looks")
    assert "屋面开裂" in block(shown, "check")
    assert row(page("yewu"), "牧民定居点").endswith(" 1")


def test_a_change_says_how_it_stands(book):
    fact = budgets.ProjectChange(
        project=book.works.project, type="scale", reason="地质", content="120 套改为 110 套", when=on(DAY)
    )
    number = request_change(fact, **told(book))
    assert "待批，付款暂停" in block(page("yewu", f"{book.works.project}/"), "changes")
    decide_change(
        ProjectChange.objects.get(pk=number), True, "批〔2012〕9号", **{**told(book), "person": CHIEF_AND_ALL}
    )
    assert "已同意，还没有照改 批〔2012〕9号" in block(page("yewu", f"{book.works.project}/"), "changes")


def test_early_start_is_said_in_days(book):
    life = book.works.life()
    days = (life.reached["started"].last - life.reached["planned"].last).days
    assert block(page("yewu", f"{book.works.project}/"), "early").endswith(f"隔 {days} 天")


def test_every_block_of_an_empty_project_names_who_supplies_it(book):
    said = text(page("yewu", f"{book.bridge}/"))
    for words in (
        "由合作交流办列入", "由项目单位登记", "由财政部门登记", "由项目单位照绩效目标表定", "由项目单位或前方干部报", "由行业主管部门登记",
        "责任岗位未定", "没有写明回应哪项需求",
    ):  # fmt: skip
        assert words in said


def test_the_page_has_history_figures_and_the_need_it_answers(book):
    shown = page("yewu", f"{book.works.project}/")
    assert "牧民定居点通水" in block(shown, "needs")
    assert "申报项目" in block(shown, "history")
    assert "推进阶段 状态：前期 → 已启动 阶段：前期完成 → 已开工" in block(shown, "history")
    assert "已启动实施项目数" in block(shown, "uses")
    assert 'id="uses"' not in page("tongren", f"{book.works.project}/")  # figures are of the whole programme


def test_the_record_page_and_the_page_of_the_project_lead_to_each_other(book):
    record = signed_in("yewu").get(f"/r/project-{book.works.project}").content.decode()
    assert re.search(rf'href="/p/tj-hn/[^/]+/projects/{book.works.project}/">在项目里看</a>', record)
    assert f'href="/r/project-{book.works.project}"' in page("yewu", f"{book.works.project}/")


# ---- late, needs -----------------------------------------------------------------------------------------------------


def test_the_leaders_page_says_what_is_late_and_what_it_lacks(book):
    due(book, book.works.project, "completed", date(2012, 10, 31))
    said = text(page("lingdao", "late/"))
    assert f"已完工 2012-10-31 {(today() - date(2012, 10, 31)).days} 1 项：前方指挥部" in said
    assert re.search(r"同仁县 7 7 1 0 0 0 7 尖扎县 1 0 0 0 0 0 0 地区未报 5 5 0 0 0 0 5 合计 13 12 1 0 0 0 12", said)


def test_rectification_and_accounts_that_are_overdue_are_owed(book):
    adopt_pack(book.programme, "general", date(2011, 1, 1), person=CHIEF_AND_ALL)
    look = inspections.Inspection(
        project=book.works.project,
        type="inspection",
        conclusion="mend",
        when=on(DAY),
        items=(("found", "屋面开裂", ""),),
    )
    inspect_project(look, due=date(2012, 5, 1), **told(book))
    accounts = budgets.Settlement(project=book.projects["卫生院"], usable=date(2017, 6, 1), size="small")
    settle_project(accounts, **told(book))
    said = text(page("lingdao", "late/"))
    assert "牧民定居点 同仁县 整改 屋面开裂：2012-05-01 前整改" in said
    # three months after 1 June 2017
    assert "卫生院 同仁县 编决算 决算尚未编完，应在 2017-09-01 前" in said


def test_four_of_each_kind_are_listed_and_lead_to_all_of_that_kind(book):
    first, whole = page("lingdao", "late/"), page("lingdao", "late/?all=silent")
    assert '<a href="?all=silent#owed">报进度：看全部 12 件</a>' in first
    assert (text(first).count("没有报过进度"), text(whole).count("没有报过进度")) == (4, 12)
    assert "看全部 12 件" not in whole
    assert "看全部各类 12 件" in whole
    assert text(page("lingdao", "late/?all=nothing")).count("没有报过进度") == 4


def test_what_was_reported_lately_is_not_owed(book):
    before = text(page("lingdao", "late/"))
    assert "牧民定居点 同仁县 报进度 没有报过进度" not in before or "12 件事该办未办" in before
    report_progress(progress.Progress(project=book.works.project, percent=30, when=on(today())), **told(book))
    assert "11 件事该办未办" in text(page("lingdao", "late/"))


def test_a_months_changes_are_told_by_kind(book):
    works = propose(book, "新的一个", fixed=True)
    works.day = today().replace(year=today().year - 1)
    works.reach("reviewed")
    return_project(
        stages.Return(project=works.project, stage="reviewed", reason="材料不实"),
        programme=book.programme,
        person=OFFICER,
    )
    cancel_project(
        stages.Cancellation(project=book.bridge, reason="并入县道"), **{**told(book), "person": CHIEF_AND_ALL}
    )
    for percent, day in ((10, date(2012, 8, 1)), (35, today())):
        report_progress(progress.Progress(project=book.works.project, percent=percent, when=on(day)), **told(book))
    said = text(page("lingdao", "late/")).partition("一个月来的变化")[2]
    assert "退回 1 新的一个" in said
    assert "取消 1 尖扎的桥" in said
    assert "进度有变 1 牧民定居点 10% → 35%" in said


def test_stages_reached_long_ago_are_no_change(book, rf):
    rows = rows_of(signed_request(rf), book.programme)
    assert not [one for one in moved_since(book.programme, rows, today()) if one.code == "reached"]
    reached = [one for one in moved_since(book.programme, rows, date(2012, 1, 1)) if one.code == "reached"]
    assert [one.words for one in reached][-1] == "已开工"


def signed_request(rf):
    request = rf.get("/")
    request.person = OFFICER
    return request


def test_needs_that_nothing_answers_stand_first_and_alone_on_asking(book):
    fact = needs.Need(title="冬季饮水", sector="housing", region="632321", when=on(DAY))
    record_need(fact, **told(book))
    shown = page("yewu", "needs/")
    assert "3 项群众最迫切的需要，2 项还没有项目回应" in text(shown)
    assert names(shown) == ["冬季饮水", "牧民定居点通水", "尖扎县卫生院缺床位"]
    assert "60户" in row(shown, "牧民定居点通水")
    assert names(page("yewu", "needs/?open")) == ["冬季饮水", "尖扎县卫生院缺床位"]


def test_a_need_is_open_again_once_its_project_is_given_up(book):
    other = propose(book, "通水工程", links=(("answers", book.need),))
    assert "通水工程" in row(page("yewu", "needs/"), "牧民定居点通水")
    cancel_project(stages.Cancellation(project=other.project, reason="重复"), **{**told(book), "person": CHIEF_AND_ALL})
    assert "1 项还没有项目回应" in text(page("yewu", "needs/"))  # the settlement still answers


# ---- English ---------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("where", ["", "late/", "needs/", "works"])
def test_an_english_page_has_no_chinese_but_names_and_what_says_that_it_is_chinese(book, where):
    where = f"{book.works.project}/" if where == "works" else where
    shown = main(page("yewu", where, prefix="/en"))
    shown = re.sub(r'<(\w+)[^>]* lang="zh-CN"[^>]*>.*?</\1>', "", shown, flags=re.S)
    assert re.findall(r"[^\n<>]*[\u4e00-\u9fff]+[^\n<>]*", shown) == []
    links = re.findall(r'(?:href|action)="(/[^"]*)"', shown)
    assert [one for one in links if not one.startswith("/en/")] == []
