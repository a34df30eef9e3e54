"""项目 as pages: the list with its facets and files, one project, what is late, needs; who sees what of them."""

import csv
import html
import io
import re
import zipfile
from datetime import date

import pytest
from books import kept_example, open_offices, signed_in
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from life import OFFICER, propose
from money import DAY, SIX, WAN, county
from python_calamine import CalamineWorkbook

from duikou.acts.budgets import decide_change, plan_project, request_change, settle_project
from duikou.acts.doing import today
from duikou.acts.packs import adopt_pack
from duikou.acts.projects import propose_project, record_need
from duikou.acts.stages import cancel_project, return_project, schedule_project
from duikou.acts.works import inspect_project, report_progress
from duikou.records.models import Programme, Project, ProjectChange
from duikou.rules import budgets, inspections, needs, progress, projects, stages
from duikou.rules.packs import Choice, Pack
from duikou.rules.period import on, parse
from duikou.rules.quantity import exactly
from duikou.rules.rights import everywhere
from duikou.snapshot.store import freeze
from duikou.web.projects.files import workbook
from duikou.web.projects.moved import moved_since
from duikou.web.projects.rows import kept, rows_of, standing

HERE = "/p/tj-hn/2012/projects/"
PAGES = ("", "late/", "needs/", "list.csv", "list.xlsx")
CHIEF_AND_ALL = everywhere("lingdao", "leader", "programme_officer")
XSS = "<script>alert(1)</script>"


@pytest.fixture(scope="module")
def kept_works(django_db_setup, django_db_blocker, tmp_path_factory):
    """The county's book, internal, with a started project of its own, one in another county and two needs; made once."""
    with kept_example(django_db_blocker, tmp_path_factory.mktemp("projects")) as programme:
        book = county(programme)
        open_offices()
        Programme.objects.update(published=None)
        told = {"programme": programme, "person": OFFICER}
        fact = needs.Need(
            title="牧民定居点通水", sector="housing", region="632321", households=exactly(60, "household"), when=on(DAY)
        )
        book.need = record_need(fact, **told)
        record_need(needs.Need(title="尖扎县卫生院缺床位", sector="health", region="632322", when=on(DAY)), **told)
        book.works = propose(
            book, fixed=True, code="HN-1", delivery="turnkey", timing="new", links=(("answers", book.need),)
        )
        book.works.reach("started")
        fact = projects.Project(name="尖扎的桥", sector="other", status="", region="632322", fixed=True)
        book.bridge = propose_project(fact, **told)
        freeze()
        yield book


@pytest.fixture
def book(kept_works, db):
    """The same, for one test."""
    return kept_works


def told(book):
    return {"programme": book.programme, "person": OFFICER}


def page(account, where="", status=200, prefix=""):
    answer = (signed_in(account) if account else Client()).get(f"{prefix}{HERE}{where}")
    assert answer.status_code == status, where
    return answer.content.decode() if "list.xlsx" not in where else answer.content


def text(shown):
    return " ".join(html.unescape(re.sub(r"<[^>]+>", " ", shown)).split())


def main(shown):
    return shown.split('<main id="main"')[1].split("</main>")[0]


def names(shown):
    """The names of the projects in the list, in their order."""
    return [
        html.unescape(name) for name in re.findall(r'<th scope="row" lang="zh-CN"><a [^>]*>([^<]*)</a>', main(shown))
    ]


def row(shown, name):
    """The row of a table whose first cell begins with a name, as text."""
    rows = [text(one) for one in re.findall(r"<tr[^>]*>(?:(?!</tr>).)*</tr>", main(shown), re.S)]
    (found,) = [said for said in rows if said == name or said.startswith(f"{name} ")]
    return found


def block(shown, name):
    """A section of a page, as text."""
    return text(re.search(rf'<section class="[^"]*" id="{name}">.*?</section>', main(shown), re.S)[0])


def facet(shown, title):
    """A facet as text."""
    return text(re.search(rf"<dt>{title}</dt><dd>.*?</dd>", shown, re.S)[0])


def due(book, project, stage, day):
    schedule_project(stages.Schedule(project=project, stage=stage, due=day), **told(book))


# ---- who sees what -----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("account", ["yewu", "qianfang", "tongren", "caiwu", "lingdao", "xianling", "shenji"])
def test_who_may_see_records_has_every_page(book, account):
    for where in (*PAGES, f"{book.works.project}/"):
        page(account, where)


@pytest.mark.parametrize("account", ["", "guanli", "anquan"])
def test_for_the_others_the_pages_are_not_there(book, account):
    for where in (*PAGES, f"{book.works.project}/"):
        page(account, where, 404)


def test_a_county_sees_only_the_projects_and_needs_of_its_own_area(book):
    own, whole = page("tongren"), page("yewu")
    assert {"牧民定居点", *SIX} == set(names(own))
    assert "尖扎的桥" in names(whole)
    assert "热贡文化广场" in names(whole)  # of the source, in no county
    assert "来源说有" not in own
    page("tongren", f"{book.bridge}/", 404)
    page("yewu", f"{book.bridge}/")
    assert "尖扎的桥" not in page("tongren", "list.csv") + page("tongren", "late/")
    assert ("缺床位" in page("tongren", "needs/"), "缺床位" in page("yewu", "needs/")) == (False, True)


def test_the_menu_leads_to_the_list_and_the_dashboard_too(book):
    assert f'href="{HERE}" aria-current="page">项目</a>' in page("yewu")
    assert f'href="{HERE}" aria-current="page">项目</a>' in page("tongren")
    assert f'href="{HERE}">项目清单</a>' in signed_in("yewu").get("/p/tj-hn/2012/").content.decode()


def test_a_number_that_is_no_project_of_the_programme_is_not_there(book):
    for number in (book.need, 0, 2**70):
        page("yewu", f"{number}/", 404)


# ---- the list ----------------------------------------------------------------------------------------------------------


def test_the_list_says_how_many_the_source_states_and_how_many_are_named(book):
    shown = page("yewu")
    assert "来源说有 12 个，名单有 5 个。" in text(shown)
    assert "来源说有" not in page("yewu", f"{book.works.project}/")


def test_a_row_says_stage_progress_money_and_day_due(book):
    works = book.works
    report_progress(progress.Progress(project=works.project, percent=45, when=on(date(2012, 8, 1))), **told(book))
    due(book, works.project, "completed", date(2012, 10, 31))
    late = (today() - date(2012, 10, 31)).days
    said = row(page("yewu"), "牧民定居点")
    assert said == (
        f"牧民定居点 HN-1 同仁县 住房定居 已开工 45% 2012-08-01 300.00 未报 未报 2012-10-31 到“已完工”，逾期 {late} 天"
    )


def test_what_only_a_source_tells_stands_with_its_status_and_says_so(book):
    assert row(page("yewu"), "热贡文化广场") == "热贡文化广场 文化 已启动 来源 未报 未报 未报 未报"


def test_money_that_came_is_shown_and_blank_is_not_zero(book):
    book.receive(200, "回-1", (book.disburse(200, "拨-1"), 200 * WAN))
    book.divide("财农〔2012〕10号", 文化广场=80)
    assert row(page("yewu"), "文化广场") == "文化广场 同仁县 其他 已启动 来源 未报 100.00 80.00 未报"


def test_facets_count_what_they_would_leave_and_combine(book):
    shown = page("yewu")
    assert facet(shown, "地区") == "地区 同仁县 7 尖扎县 1 未报 5"
    assert facet(shown, "状态") == "状态 已启动 12 前期 1"
    both = page("yewu", "?region=632321&sector=housing")
    assert names(both) == ["牧民定居点"]
    # the six are of another sector: beside 住房定居 the county has one, beside the county there are 住房定居 1 and 其他 6
    assert facet(both, "领域") == "领域 住房定居 1 其他 6"
    assert facet(both, "地区") == "地区 同仁县 1 未报 2"
    assert 'href="?region=632321"' in both.replace("&amp;", "&")  # dropping the sector keeps the county
    assert names(page("yewu", "?delivery=turnkey&timing=new&fixed=fixed&scope=in_plan")) == ["牧民定居点"]
    assert set(names(page("yewu", "?stage=started"))) == {"牧民定居点"}
    assert len(names(page("yewu", "?region=none"))) == 5


def test_late_is_a_facet_and_a_project_given_up_is_not_late(book):
    due(book, book.works.project, "completed", date(2012, 10, 31))
    due(book, book.bridge, "proposed", date(2012, 10, 30))
    due(book, book.projects["卫生院"], "started", date(2999, 1, 1))
    shown = page("yewu", "?sort=due")
    assert facet(shown, "期限") == "期限 逾期 2 未到期 1 未定 10"
    assert names(shown)[:3] == ["尖扎的桥", "牧民定居点", "卫生院"]
    assert names(page("yewu", "?late=late")) == ["牧民定居点", "尖扎的桥"]
    cancel_project(
        stages.Cancellation(project=book.bridge, reason="并入县道"), **{**told(book), "person": CHIEF_AND_ALL}
    )
    assert names(page("yewu", "?late=late")) == ["牧民定居点"]


def test_a_filter_that_leaves_nothing_says_which_to_drop(book):
    shown = page("yewu", "?region=632322&sector=health")
    assert "没有这样的项目；去掉一项筛选。 去掉地区“尖扎县” 去掉领域“医疗卫生”" in text(shown)


def test_words_find_by_name_and_code_and_keep_the_filters(book):
    assert names(page("yewu", "?q=文化")) == ["热贡文化广场", "移民新区文化活动中心", "文化广场"]
    assert names(page("yewu", "?q=hn-1")) == ["牧民定居点"]
    assert '<input type="hidden" name="region" value="632321">' in page("yewu", "?q=文化&region=632321")


def test_the_list_is_ordered_by_a_column_and_turns_round(book):
    report_progress(progress.Progress(project=book.works.project, percent=20, when=on(date(2012, 8, 1))), **told(book))
    report_progress(progress.Progress(project=book.bridge, percent=60, when=on(date(2012, 8, 1))), **told(book))
    up, down = page("yewu", "?sort=percent"), page("yewu", "?sort=-percent")
    assert names(up)[:2] == ["牧民定居点", "尖扎的桥"]
    assert names(down)[:2] == ["尖扎的桥", "牧民定居点"]  # what said nothing stands last both ways
    assert 'aria-sort="ascending"' in up
    assert 'aria-sort="descending"' in down
    assert names(page("yewu", "?sort=nothing")) == names(page("yewu"))


def test_the_files_hold_what_the_table_shows(book):
    due(book, book.works.project, "completed", date(2012, 10, 31))
    for query in ("", "?region=632321&sort=-aid", "?q=文化"):
        shown = page("yewu", query)
        lines = list(csv.reader(io.StringIO(page("yewu", f"list.csv{query}").lstrip("\ufeff"))))
        assert [line[2] for line in lines[1:]] == names(shown)
        assert [line[2] for line in cells(page("yewu", f"list.xlsx{query}"))[1:]] == names(shown)
        for line in lines[1:]:
            percent, aid, said = line[7], line[9], row(shown, line[2])
            assert aid in said
            assert percent in said
    (works,) = [line for line in lines_of("") if line[2] == "牧民定居点"]
    assert works[9] == "300.00"
    assert works[12:15] == ["2012-10-31", "已完工", str((today() - date(2012, 10, 31)).days)]


def cells(data):
    """The cells of a workbook's sheet."""
    return CalamineWorkbook.from_filelike(io.BytesIO(data)).get_sheet_by_index(0).to_python()


def lines_of(query):
    return list(csv.reader(io.StringIO(page("yewu", f"list.csv{query}").lstrip("\ufeff"))))


def test_a_name_that_begins_a_formula_is_calculated_nowhere_and_no_name_is_a_script(book):
    for name in ("=1+1", XSS):
        propose_project(projects.Project(name=name, sector="other", status="", region="632321"), **told(book))
    assert XSS not in page("yewu")
    assert XSS in names(page("yewu"))
    assert XSS not in page("yewu", f"?q={XSS}&region={XSS}&sort={XSS}")
    number = Project.objects.get(name=XSS).pk
    assert XSS not in page("yewu", f"{number}/")
    assert "'=1+1" in [line[2] for line in lines_of("")]
    data = page("yewu", "list.xlsx")
    assert "=1+1" in [line[2] for line in cells(data)]
    assert b"<f>" not in zipfile.ZipFile(io.BytesIO(data)).read("xl/worksheets/sheet1.xml")


def test_a_workbook_keeps_codes_as_texts_and_amounts_as_numbers():
    heads, rows = ("编码", "计划援助（万元）", "待核"), [["0012", "12,500.00", 3], ["", "", 0]]
    assert cells(workbook("表", heads, rows))[1] == ["0012", 12500, 3]
    assert workbook("表", heads, rows) == workbook("表", heads, rows)


@pytest.mark.parametrize("where", ["", "?sort=-percent", "list.csv", "late/", "needs/"])
def test_as_many_questions_are_asked_of_fifty_projects_as_of_a_dozen(book, where):
    client = signed_in("yewu")

    def asked():
        freeze()
        client.get(HERE + where)
        kept.cache_clear()
        with CaptureQueriesContext(connection) as found:
            assert client.get(HERE + where).status_code == 200
        return len(found)

    due(book, book.works.project, "completed", date(2012, 10, 31))
    report_progress(progress.Progress(project=book.works.project, percent=20, when=on(date(2012, 8, 1))), **told(book))
    few = asked()
    for n in range(40):
        fact = projects.Project(name=f"第{n}个", sector="other", status="", region="632321", fixed=bool(n % 2))
        number = propose_project(fact, **told(book))
        due(book, number, "proposed", date(2012, 10, n % 28 + 1))
        line = budgets.PlanLine(project=number, scope="in_plan", aid=WAN, when=parse("2012"))
        plan_project(line, **told(book))
        report_progress(progress.Progress(project=number, percent=n, when=on(date(2012, 8, 1))), **told(book))
    assert asked() == few


def test_what_the_list_asked_stays_until_the_next_act_and_not_beyond(book):
    before = standing(book.programme)
    assert before.rows is standing(book.programme).rows
    propose_project(
        projects.Project(name="后来的", sector="other", status="", region="632321", fixed=True), **told(book)
    )
    assert [row.name for row in standing(book.programme).rows][len(before.rows) :] == ["后来的"]
    assert "后来的" in page("yewu", "")


# ---- one project -------------------------------------------------------------------------------------------------------


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


# ---- late, needs -------------------------------------------------------------------------------------------------------


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


# ---- English -----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("where", ["", "late/", "needs/", "works"])
def test_an_english_page_has_no_chinese_but_names_and_what_says_that_it_is_chinese(book, where):
    where = f"{book.works.project}/" if where == "works" else where
    shown = main(page("yewu", where, prefix="/en"))
    shown = re.sub(r'<(\w+)[^>]* lang="zh-CN"[^>]*>.*?</\1>', "", shown, flags=re.S)
    assert re.findall(r"[^\n<>]*[\u4e00-\u9fff]+[^\n<>]*", shown) == []
    links = re.findall(r'(?:href|action)="(/[^"]*)"', shown)
    assert [one for one in links if not one.startswith("/en/")] == []
