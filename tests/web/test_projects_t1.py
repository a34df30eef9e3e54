"""T1 on the web: the projects of a year as .xlsx and .csv, a county's clerk those of the own area; outputs on the dashboard."""

import csv
from io import BytesIO, StringIO

import pytest
from books import OFFICER, signed_in
from life import propose
from python_calamine import CalamineWorkbook

from duikou.acts.accepting import accept
from duikou.rules import projects
from duikou.rules.evidence import Document
from duikou.rules.fact import Source, Told
from duikou.rules.period import parse

pytestmark = pytest.mark.django_db
HERE = "/p/tj-hn/2012/projects/"


@pytest.fixture
def two_counties(book):
    """A project of another county beside those of the clerk's own."""
    at = {"": Source("d", "receiving", 4, "", "自来水改造")}
    project = projects.Project(name="自来水改造", sector="other", status="started", region="632322", when=parse("2012"))
    told = [Told(Document(title="表", medium="notice", grade="issued"), {}, key="d"), Told(project, at)]
    accept(book.programme, told, {}, person=OFFICER, reason="表", evidence="表")
    return book


def names(client, address):
    """The names of the projects in the .csv at an address."""
    answer = client.get(address)
    assert answer.status_code == 200
    heads, *lines = csv.reader(StringIO(answer.content.decode("utf-8-sig")))
    return [row[heads.index("项目名称")] for row in lines]


def test_an_officer_sees_all_counties_and_a_clerk_the_own(two_counties, internal, officer):
    everyone = names(officer, HERE + "t1.csv?year=2012")
    assert "自来水改造" in everyone
    assert "文化广场" in everyone
    own = names(signed_in("tongren"), HERE + "t1.csv?year=2012")
    assert own == [name for name in everyone if name != "自来水改造"]


def test_the_workbook_is_the_same_table_in_official_form(two_counties, officer):
    answer = officer.get(HERE + "t1.xlsx?year=2012")
    assert answer["Content-Type"].endswith("spreadsheetml.sheet")
    assert 'filename="t1-tj-hn-2012.xlsx"' in answer["Content-Disposition"]
    cells = (
        CalamineWorkbook.from_filelike(BytesIO(answer.content)).get_sheet_by_index(0).to_python(skip_empty_area=False)
    )
    assert [row[1] for row in cells[3:-1]] == names(officer, HERE + "t1.csv?year=2012")
    square = next(row for row in cells if row[1] == "文化广场")
    assert (square[0], square[5], square[6], square[7]) == ("同仁县", 120.0, 100.0, 20.0)  # 总投资, 援助, 配套


def test_the_year_is_that_of_the_period_where_none_is_asked_for_and_no_other_words_are_taken(book, officer):
    assert names(officer, HERE + "t1.csv") == names(officer, HERE + "t1.csv?year=2012")
    assert names(officer, HERE + "t1.csv?year=1999") == []
    for wrong in ("去年", "12", "0000", "-201", "２０１２", "2012.5"):
        assert officer.get(HERE + "t1.xlsx", {"year": wrong}).status_code == 404


def test_what_was_built_stands_on_the_dashboard_once_it_is_verified(book, officer):
    page = officer.get("/p/tj-hn/2012..2026/").content.decode()
    assert "yields" not in page
    works = propose(book, "定居点")
    works.output("road", 3500, "metre")
    works.reach("accepted")
    page = officer.get("/p/tj-hn/2012..2026/").content.decode()
    assert 'href="/f/outputs.roads:tj-hn.2012..2026">3.5</a>' in page
    assert "计划建设" in page
    trail = officer.get("/f/outputs.roads:tj-hn.2012..2026")
    assert trail.status_code == 200
    assert "定居点" in trail.content.decode()
