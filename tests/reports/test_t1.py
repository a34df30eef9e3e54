"""T1's real columns as projects lose nothing: rows become facts, facts the book, and the book gives the same rows."""

import os
from datetime import date
from io import BytesIO
from types import SimpleNamespace

import pytest
from books import OFFICER, kept_example
from django.db import transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from python_calamine import CalamineWorkbook

from duikou.intake.t1 import Sheet, facts, load
from duikou.records.models import Item, Milestone, PlanLine, Progress, Project
from duikou.reports.t1 import headings, lines, write_t1
from duikou.rules.problem import Refused
from duikou.snapshot.store import freeze
from duikou.statistics.figure import Name
from duikou.statistics.measure import figure
from duikou.statistics.t1 import COLUMNS
from duikou.statistics.t1_rows import done_until, rows

pytestmark = pytest.mark.django_db
SHEET = Sheet("2012年项目进度表", 2012, date(2013, 1, 10))
CODES = [column.code for column in COLUMNS]


@pytest.fixture(scope="module")
def kept(django_db_setup, django_db_blocker, tmp_path_factory):
    """The example, loaded once."""
    with kept_example(django_db_blocker, tmp_path_factory.mktemp("t1")) as programme:
        yield SimpleNamespace(programme=programme)


@pytest.fixture
def book(kept, db):
    """The example, to be written to by one test."""
    return kept


def line(**cells):
    """A row of the sheet as texts; what is not said is blank."""
    return [cells.pop(code, "") for code in CODES] + ([str(cells)] if cells else [])


ROAD = line(
    county="同仁县", name="通村路", paired="是", year="2012", type="产业", total="350.00", aid="300.00", other="50.00",
    started="2012-04-02", completed="2012-11", accepted="2013-03", percent3="0", percent6="45", percent9="80", percent12="100",
    stage6="路基施工", stage12="完工", place6="150.00", place12="300.00", done="350.00", done_aid="300.00", done_other="50.00",
    places="隆务新区、东格尔小区", remark="分两期", code="TR2012001-D", filled="2012-12-28 16:20", locked="是", checked="否",
)  # fmt: skip
OTHER = line(county="尖扎县", name="自来水改造", paired="否", type="市政", total="88.8888", code="JZ2012002-Q")


def back(programme, year=2012, area=""):
    """The rows of a year as the book gives them."""
    return lines(rows(freeze(), programme.code, year, area))


def test_a_row_becomes_a_project_with_its_plan_its_days_and_its_reports(book):
    load(book.programme, [ROAD, OTHER], SHEET, person=OFFICER)
    road = Project.objects.get(code="TR2012001-D")
    assert (road.stage, road.status, road.region, road.sector, road.paired) == (
        "completed", "completed", "632321", "industry", True,
    )  # fmt: skip
    plan = PlanLine.objects.get(project=road)
    assert (plan.aid, plan.total) == (300_0000_00, 350_0000_00)
    stages = {m.stage: (m.when and m.when.code, m.due and m.due.isoformat(), m.remark) for m in road.milestones.all()}
    assert stages == {
        "started": ("2012-04-02", None, ""),
        "completed": ("2012-11", None, ""),
        "accepted": (
            None,
            "2013-03-31",
            "2013-03",
        ),  # after the day of the sheet: a plan, of which only the month is known
    }
    reports = Progress.objects.filter(project=road).order_by("last")
    assert [(r.when.code, r.percent, r.said, r.in_place, r.aid_done, r.other_done) for r in reports] == [
        ("2012-03", 0, "", None, None, None),
        ("2012-06", 45, "路基施工", 150_0000_00, None, None),
        ("2012-09", 80, "", None, None, None),
        ("2012-12", 100, "完工", 300_0000_00, 300_0000_00, 50_0000_00),
    ]
    kept = Item.objects.filter(record=road.record).order_by("position").values_list("list", "text", "detail")
    assert list(kept) == [
        ("place", "隆务新区", ""),
        ("place", "东格尔小区", ""),
        ("said", "2012年填报时间", "2012-12-28 16:20"),  # only the other system's own fields have no column
        ("said", "2012年已锁定", "是"),
        ("said", "2012年已核对", "否"),
    ]
    assert back(book.programme)[-2:] == [ROAD, OTHER]


def test_a_project_of_other_money_is_in_the_table_and_in_no_figure_of_paired_assistance(book):
    load(book.programme, [ROAD, line(name="水厂", paired="否", percent12="50")], SHEET, person=OFFICER)
    assert len(back(book.programme)) == 2
    assert figure(freeze(), Name("projects.count", "tj-hn", "2012")).text == "1个"


def test_the_sheet_of_the_next_year_goes_on_with_the_projects_that_bear_its_codes(book):
    load(book.programme, [ROAD], SHEET, person=OFFICER)
    told = (
        dict(zip(CODES, ROAD, strict=True)) | {f"percent{m}": "" for m in (3, 6, 9, 12)} | {"stage6": "", "stage12": ""}
    )
    told |= {"place6": "", "place12": "", "done": "", "done_aid": "", "done_other": "", "accepted": "2013-05-20"}
    again = line(**told | {"percent3": "100", "filled": "2013-06-30", "remark": "已验收"})
    load(book.programme, [again], Sheet("2013年项目进度表", 2013, date(2013, 6, 30), until=6), person=OFFICER)
    road = Project.objects.get(code="TR2012001-D")
    assert (road.stage, Milestone.objects.get(project=road, stage="accepted").when.code) == ("accepted", "2013-05-20")
    assert back(book.programme, 2013) == [again]
    kept = back(book.programme)[-1]
    assert {c: (a, b) for c, a, b in zip(CODES, ROAD, kept, strict=True) if a != b} == {
        "accepted": ("2013-03", "2013-05-20")
    }


@pytest.mark.parametrize(
    ("cells", "place", "expected"),
    [
        ({"percent6": "45.5"}, "第 4 行·形象进度（%）：6月", "整数，如 45"),
        ({"total": "近百"}, "第 4 行·计划投资（万元）：总投资", "金额，以万元计，如 120.00"),
        ({"started": "4月2日"}, "第 4 行·开工日期", "日期，如 2012-04-02"),
        ({"started": "2012-13"}, "第 4 行·开工日期", "日历上没有"),
        ({"county": "某县"}, "第 4 行·区县", "区划表"),
        ({"paired": "Y"}, "第 4 行·是否对口支援项目", "是、否，或空白"),
        ({"name": ""}, "第 4 行·项目名称", "项目名称"),
    ],
)
def test_a_cell_that_cannot_be_read_is_named_with_what_it_should_hold(cells, place, expected):
    with pytest.raises(Refused) as error:
        facts([line(**{"name": "桥"} | cells)], SHEET)
    (problem,) = error.value.problems
    assert (problem.place, expected in problem.expected) == (place, True)


def test_all_cells_are_named_at_once_and_a_code_stands_in_one_row():
    with pytest.raises(Refused) as error:
        facts([line(name="桥", code="A", total="x"), line(name="路", code="A", year="去年"), ["桥"]], SHEET)
    assert [p.place for p in error.value.problems] == [
        "第 4 行·计划投资（万元）：总投资", "第 5 行·年份", "第 6 行", "第 4 行·项目编码", "第 5 行·项目编码",
    ]  # fmt: skip


def test_the_workbook_has_two_rows_of_headings_data_from_the_fourth_and_the_same_bytes_again(book):
    load(book.programme, [ROAD, OTHER], SHEET, person=OFFICER)
    taken = freeze()
    found = rows(taken, "tj-hn", 2012)
    assert done_until(taken, "tj-hn", 2012) == 12
    made = write_t1(found, title="项目计划和进度表（2012年）", year=2012, until=12, foot="账首")
    assert made == write_t1(found, title="项目计划和进度表（2012年）", year=2012, until=12, foot="账首")
    sheet = CalamineWorkbook.from_filelike(BytesIO(made)).get_sheet_by_index(0)
    cells = sheet.to_python(skip_empty_area=False)
    assert cells[1][5] == "计划投资（万元）"
    assert cells[1][11] == "2012年形象进度（%）"
    assert cells[1][23] == "截至2012年12月投资完成情况（万元）"
    assert cells[2][5:8] == ["总投资", "对口支援资金", "其他配套资金"]
    assert ((1, 5), (1, 7)) in sheet.merged_cell_ranges  # over three columns
    assert ((1, 0), (2, 0)) in sheet.merged_cell_ranges  # over two rows
    road = next(row for row in cells[3:] if row[1] == "通村路")
    assert (road[5], road[12], road[8]) == (350.0, 45.0, "2012-04-02")
    assert headings(2012, 12)[23] == "截至2012年12月投资完成情况（万元）：合计"


def test_words_that_a_spreadsheet_would_calculate_stay_words(book):
    load(book.programme, [line(name="=1+1", county="同仁县", remark="@SUM(A1)")], SHEET, person=OFFICER)
    made = write_t1(rows(freeze(), "tj-hn", 2012), title="=2+2", year=2012, until=12, foot="=3")
    cells = CalamineWorkbook.from_filelike(BytesIO(made)).get_sheet_by_index(0).to_python(skip_empty_area=False)
    assert cells[0][0] == "=2+2"
    assert "=1+1" in [row[1] for row in cells]


# ---- any rows

WORDS = st.text(st.sampled_from("新区路渠学校a1（）-、—,，=@'\" ％ "), max_size=60).map(lambda s: " ".join(s.split()))
MONEY = st.one_of(st.just(""), st.integers(0, 10**11).map(lambda fen: f"{fen // 10**6}.{fen % 10**6:06}").map(
    lambda text: text.rstrip("0").ljust(text.index(".") + 3, "0")))  # fmt: skip
PERCENTS = st.one_of(st.just(""), st.integers(0, 100).map(str))
DAYS = st.lists(
    st.one_of(
        st.dates(date(2010, 1, 1), date(2015, 12, 31)).map(str),
        st.tuples(st.integers(2010, 2015), st.integers(1, 12)).map(lambda m: f"{m[0]}-{m[1]:02}"),
        st.integers(2010, 2015).map(str),
    ),
    min_size=3,
    max_size=3,
).map(lambda days: sorted(days, key=lambda day: (day + "-01-01")[:10]))
PLACES = st.lists(WORDS.map(lambda s: s.replace("、", "").strip()).filter(bool), max_size=4).map("、".join)
YES = st.sampled_from(["", "是", "否"])


@st.composite
def any_row(draw):
    """A row of T1: any cell but the name may be blank, days as they come in time, months and years for days."""
    days = [draw(st.sampled_from([day, ""])) for day in draw(DAYS)]
    cells = {
        "name": draw(WORDS.filter(bool)),
        "county": draw(st.sampled_from(["", "同仁县", "尖扎县", "泽库县", "黄南州"])),
    }
    cells |= {code: draw(YES) for code in ("paired", "locked", "checked")}
    cells |= {code: draw(MONEY) for code in CODES if code.startswith(("place", "done")) and code != "places"}
    cells |= {code: draw(MONEY) for code in ("total", "aid", "other")}
    cells |= {f"percent{m}": draw(PERCENTS) for m in (3, 6, 9, 12)} | {f"stage{m}": draw(WORDS) for m in (3, 6, 9, 12)}
    cells |= dict(zip(("started", "completed", "accepted"), days, strict=True))
    cells |= {
        "year": draw(st.sampled_from(["", "2011", "2012", "2013"])),
        "type": draw(st.one_of(WORDS, st.just("教育"))),
    }
    return cells | {"places": draw(PLACES), "remark": draw(WORDS), "filled": draw(WORDS)}


@settings(max_examples=25 if os.environ.get("DUIKOU_PROVE") else 6, suppress_health_check=list(HealthCheck))
@given(
    cells=st.lists(any_row(), min_size=1, max_size=5),
    month=st.integers(1, 12),
    day=st.dates(date(2012, 1, 1), date(2013, 12, 31)),
)
def test_any_rows_come_back_from_the_book_cell_by_cell(book, cells, month, day):
    told = [line(**row | {"code": f"TR2012{n:03}-{'DQ'[n % 2]}"}) for n, row in enumerate(cells)]
    with transaction.atomic():
        load(book.programme, told, Sheet("表", 2012, day, until=month, area="632300"), person=OFFICER)
        found = back(book.programme)[-len(told) :]
        transaction.set_rollback(True)
    for was, now in zip(told, found, strict=True):
        assert {c: (a, b) for c, a, b in zip(CODES, was, now, strict=True) if a != b} == {}
