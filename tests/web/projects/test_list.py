"""项目 as pages: who sees what of them; the list with its facets, its order and its files."""

import csv
import io
import zipfile
from datetime import date

import pytest
from books import signed_in
from django.db import connection
from django.test.utils import CaptureQueriesContext
from money import SIX, WAN
from project_pages import CHIEF_AND_ALL, HERE, PAGES, XSS, due, facet, names, page, row, text, told
from python_calamine import CalamineWorkbook

from duikou.acts.budgets import plan_project
from duikou.acts.doing import today
from duikou.acts.projects import propose_project
from duikou.acts.stages import cancel_project
from duikou.acts.works import report_progress
from duikou.records.models import Project
from duikou.rules import budgets, progress, projects, stages
from duikou.rules.period import on, parse
from duikou.snapshot.store import freeze
from duikou.web.listing.files import Listing, as_xlsx
from duikou.web.projects.rows import kept, standing

# ---- who sees what ---------------------------------------------------------------------------------------------------


@pytest.mark.sweep
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


# ---- the list --------------------------------------------------------------------------------------------------------


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
    first, second = (as_xlsx(Listing("x", "表", heads, rows)).content for _ in range(2))
    assert cells(first)[1] == ["0012", 12500, 3]
    assert first == second


@pytest.mark.sweep
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
