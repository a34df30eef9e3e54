"""Lists to take away: a file has the rows, the order and the words of its page, for an officer, for the public, in English."""

import csv
import io
import re
from datetime import date, timedelta
from html import unescape

import pytest
from books import LEADER, OFFICER, PERIOD, signed_in
from django.test import Client
from money import DESK, WAN, county
from project_pages import due
from python_calamine import CalamineWorkbook

from duikou.acts import jobs, names
from duikou.acts.accepting import record_fact
from duikou.acts.attending import attend
from duikou.acts.budgets import plan_project
from duikou.acts.doing import today
from duikou.acts.offices import issue_key
from duikou.acts.stages import cancel_project
from duikou.records.models import Account, JournalLine, Office, Organisation, Plan, Training
from duikou.records.models import PlanLine as Line
from duikou.rules import people, plans
from duikou.rules.budgets import PlanLine
from duikou.rules.period import on, parse
from duikou.rules.quantity import exactly
from duikou.rules.rights import Place, everywhere
from duikou.rules.stages import Cancellation
from duikou.web.listing import files

pytestmark = pytest.mark.sweep
HERE = f"/p/tj-hn/{PERIOD}/"
LISTS = (  # the page, the query, the heads of the page that are not the file's, as the file has them
    ("projects/", ""),
    ("projects/", "?sort=-name"),
    ("projects/", "?sector=culture"),
    ("projects/needs/", ""),
    ("gifts/gift/", ""),
    ("gifts/gift/", "?sort=-amount"),
    ("gifts/gift/", "?form=goods"),
    ("exchanges/visit/", "?sort=when"),
    ("people/training/", ""),
    ("funds/ledger/", ""),
    ("funds/ledger/", "?state=disbursed"),
    ("funds/notices/", ""),
    ("funds/contracts/", ""),
    ("funds/claims/", ""),
    ("funds/receipts/", ""),
    ("findings/", ""),
    ("findings/", "?rule=projects.2"),
)
FILES = sorted({where for where, _ in LISTS} | {"governance/hanging/", "exchanges/targets/"})


def rows_of(client, address):
    """The cells of a list's .csv."""
    answer = client.get(address)
    assert answer.status_code == 200, address
    return list(csv.reader(io.StringIO(answer.content.decode("utf-8-sig"))))


def sheet_of(client, address):
    """The cells of a list's .xlsx."""
    book = CalamineWorkbook.from_filelike(io.BytesIO(client.get(address).content))
    return book.get_sheet_by_index(0).to_python(skip_empty_area=False)


def table_of(client, address):
    """The heads and cells of the tables of a page, each as its text."""
    page = client.get(address).content.decode()
    found = re.findall(r'<table class="list.*?</table>', page, re.S)
    heads = [said for table in found for said in cells(table.partition("<tbody>")[0], "th")]
    return heads, [cells(row, "t[hd]") for table in found for row in rows(table.partition("<tbody>")[2])]


def tables_of(client, address, heads):
    """The rows of those tables of a page of which all heads are heads of a file, each cell as its words."""
    page, found = client.get(address).content.decode(), []
    for table in re.findall(r'<table class="(?:list|rec papers).*?</table>', page, re.S):
        head, _, body = table.partition("<tbody")
        said = {" ".join(words) for words in cells(re.sub(r'<span class="off">.*?</span>', "", head), "th")} - {""}
        if said <= set(heads):
            found += [
                cells(row, "t[hd]") for row in rows(body) if 'class="grp"' not in row and 'colspan="4"' not in row
            ]
    return found


def rows(body):
    return re.findall(r"<tr.*?</tr>", body, re.S)


def cells(html, tag):
    return [
        unescape(re.sub(r"<[^>]+>", " ", said)).split()
        for said in re.findall(rf"<{tag}[ >].*?</{tag[0]}[hd]>", html, re.S)
    ]


def number(said):
    return float(said.replace(",", "").replace("−", "-"))


@pytest.mark.parametrize(("where", "query"), LISTS)
@pytest.mark.parametrize("who", ["yewu", "", "en"])
def test_page_and_files_have_the_same_rows_in_the_same_order_and_words(programme, client, who, where, query):
    """Every word of a row of the page stands in the row of the file; of the files all cells are the same."""
    reader = client if who == "" else signed_in("yewu")
    start = "/en" if who == "en" else ""
    heads, shown = table_of(reader, start + HERE + where + query)
    told = rows_of(reader, f"{start}{HERE}{where}list.csv{query}")
    assert len(told) == len(shown) + 1
    for line, row in zip(told[1:], shown, strict=True):
        said = " ".join(line)
        for head, cell in zip(heads, row, strict=False):
            for part in cell:
                assert part in said, (head, part, line)
    sheet = sheet_of(reader, f"{start}{HERE}{where}list.xlsx{query}")
    assert sheet[0] == told[0]
    for line, kept in zip(told[1:], sheet[1:], strict=True):
        assert [plain(value, said) for value, said in zip(kept, line, strict=True)] == line


def plain(value, said):
    """A cell of the workbook as the .csv has it: a number there is one here."""
    if isinstance(value, float | int):
        return said if number(said) == value else value
    return value if not said.startswith("'") else f"'{value}"


def test_the_lists_that_are_compared_are_not_empty(officer):
    full = [(where, query) for where, query in LISTS if len(rows_of(officer, f"{HERE}{where}list.csv{query}")) > 1]
    assert len(full) >= 11


def test_the_money_lists_have_their_rows_once_there_are_any(programme):
    """60 of 100 万元 that came are matched; a notice of the county, a contract, a claim that waits for two signatures."""
    books = county(programme)
    books.receive(100, "回-1", (books.disburse(60, "拨-1"), 60 * WAN))
    books.divide("财农〔2012〕1号", 文化广场=60)
    books.claim(100)
    for kind in ("notices", "contracts", "claims", "ledger", "receipts"):
        reader, where = signed_in("yewu"), f"{HERE}funds/{kind}/"
        _heads, shown = table_of(reader, where)
        told = rows_of(reader, f"{where}list.csv")[1:]
        assert len(told) == len(shown) > 0, kind
        for line, row in zip(told, shown, strict=True):
            said = f"{' '.join(line)} 核对"  # the last is a link of the page
            assert all(part in said for cell in row for part in cell), (kind, row, line)


def test_a_group_under_five_is_withheld_in_the_files_for_the_public_too(programme, client):
    school = Organisation.objects.get(code="gsl")
    class_ = people.StudyClass(name="青海班", school=school.pk, intake=exactly(45, "person"))
    number_ = record_fact(class_, programme=programme, person=OFFICER)
    for year, heads in ((2011, 3), (2012, 40)):
        fact = people.Cohort(
            study_class=number_, year=year, enrolled=exactly(heads, "person"), when=parse(f"{year}-09")
        )
        record_fact(fact, programme=programme, person=OFFICER)
    where = f"{HERE}people/cohort/list"
    assert "3名" in [cell for row in rows_of(signed_in("yewu"), f"{where}.csv") for cell in row]
    for answer in (rows_of(client, f"{where}.csv"), sheet_of(client, f"{where}.xlsx")):
        said = [str(cell) for row in answer for cell in row]
        assert "少于5人" in said
        assert not {"3名", "3", "3.0"} & set(said)


@pytest.mark.parametrize("where", FILES)
def test_every_list_has_both_files_and_the_page_leads_to_them(officer, where):
    page = officer.get(HERE + where).content.decode()
    assert "list.csv" in page
    assert "list.xlsx" in page
    assert officer.get(f"{HERE}{where}list.csv").headers["Content-Type"] == files.CSV
    assert officer.get(f"{HERE}{where}list.xlsx").headers["Content-Type"] == files.EXCEL


@pytest.mark.parametrize("where", FILES)
def test_the_same_rows_give_the_same_bytes(officer, where):
    for ending in ("csv", "xlsx"):
        first, second = (officer.get(f"{HERE}{where}list.{ending}").content for _ in range(2))
        assert first == second


def test_a_large_file_is_sent_piece_by_piece_and_a_small_one_as_it_is():
    def listing(count):
        return files.Listing("x", "清单", ("编号", "名称"), ([n, "名" * 40] for n in range(count)))

    assert not files.as_csv(listing(10)).streaming
    large = files.as_csv(listing(20_000))  # 120 bytes a row and more
    assert large.streaming
    data = large.getvalue()
    assert int(large["Content-Length"]) == len(data) > files.SMALL
    assert data.decode("utf-8-sig").splitlines()[-1] == f"19999,{'名' * 40}"
    book = files.as_xlsx(listing(60_000))
    kept = CalamineWorkbook.from_filelike(io.BytesIO(book.getvalue())).get_sheet_by_index(0).to_python()
    assert kept[-1] == [59_999, "名" * 40]


def test_rows_are_drawn_one_by_one():
    """A row that fails leaves no half of a file behind: what is answered is the failure."""

    def drawn():
        yield [1]
        raise LookupError("读不到第二行")

    for as_file in (files.as_csv, files.as_xlsx):
        with pytest.raises(LookupError, match="第二行"):
            as_file(files.Listing("x", "清单", ("编号",), drawn()))


@pytest.mark.parametrize(
    ("cell", "shown"),
    [("12,345.60", "#,##0.00"), ("−5", "0"), ("+5.0", "+0.0"), ("0.000001", "0.000000"), (7, "0")],
)
def test_an_amount_is_a_number_that_looks_as_on_the_page(cell, shown):
    expected = {"12,345.60": 12345.6, "−5": -5, "+5.0": 5, "0.000001": 0.000001, 7: 7}
    assert files._number(cell, "金额（万元）") == (expected[cell], shown)


def test_a_title_that_no_sheet_could_bear_is_shortened():
    data = files.as_xlsx(files.Listing("x", "计划[2011]：教育/卫生*" + "长" * 40, ("编号",), [[1]])).getvalue()
    (name,) = CalamineWorkbook.from_filelike(io.BytesIO(data)).sheet_names
    assert len(name) == 31


# ---- the tables of a page, each with its own files -----------------------------------------------------------------------

YEAR = "/p/tj-hn/2012/"
TABLES = (  # the page, the name of the files of one of its tables, the query, how many rows it has at least
    (f"{YEAR}projects/late/", "counties", "", 3),  # Tongren, what is of no county, both of them
    (f"{YEAR}projects/late/", "late", "", 2),
    (f"{YEAR}projects/late/", "owed", "?all=silent", 6),
    (f"{YEAR}projects/late/", "moved", "", 1),
    (f"{YEAR}projects/audit/", "list", "", 21),
    (f"{YEAR}funds/sides/", "paid", "", 1),
    (f"{YEAR}funds/sides/", "received", "", 1),
    (f"{YEAR}funds/sides/", "sayings", "", 11),
    (f"{YEAR}funds/rules", "rules", "", 50),
    (f"{YEAR}d/", "list", "", 2),
    (f"{YEAR}exchanges/timeline/", "list", "", 10),
    (f"{YEAR}exchanges/organisations/", "list", "", 20),
    (f"{YEAR}people/terms/", "list", "", 2),
    (f"{YEAR}plans/fit/", "list", "", 2),
    (f"{YEAR}plans/fit/", "sectors", "", 1),
    (f"{YEAR}plans/plan/PLAN/", "list", "", 6),
    (f"{YEAR}plans/plan/NEWER/", "outside", "", 3),
    (f"{YEAR}plans/plan/PLAN/", "turns", "", 6),
    ("/network/", "list", "", 2),
    ("/offices/", "list", "", 9),
    ("/keys/", "list", "", 1),
    ("/log/", "list", "", 20),
    ("/log/", "list", "?account=caiwu&act=record_disbursement", 2),
    ("/log/LINE/", "list", "", 2),
    ("/jobs/", "list", "", 1),
)
BESIDE = ("核对", "收回", "Revoke", "账上：")  # links of the page; a word for telephones
WHO = {"/offices/": "anquan", "/keys/": "anquan", "/log/": "shenji", "/log/LINE/": "shenji"}


def planned(book, title, when, *lines, **more):
    """A plan with its lines as (project, 万元)."""
    told = {"title": title, "type": "annual", "status": "formed", "when": parse(when)} | more
    plan = record_fact(plans.Plan(**told), programme=book.programme, person=OFFICER)
    for name, wan in lines:
        fact = PlanLine(
            project=book.projects[name], scope="in_plan", aid=wan * WAN, plan=plan, approval="发改〔2012〕7号",
            when=parse("2012"), total=120 * WAN,
        )  # fmt: skip
        plan_project(fact, programme=book.programme, person=DESK)
    return plan


@pytest.fixture
def full(book):
    """The county's book with something in each table: late projects, open movements, terms, plans of two versions, a key, a job."""
    book.disburse(80, "V1")
    book.receive(100, "回-1", (book.disburse(60, "V2"), 60 * WAN))
    for name in ("文化广场", "卫生院"):
        due(book, book.projects[name], "accepted", date(2012, 9, 1))
    for level, left in (("甲批", -1), ("乙批", 60)):
        fact = people.Secondment(
            direction="to_receiving", level=level, people=exactly(3, "person"), when=on(date(2012, 4, 2)),
            due=today() + timedelta(days=left),
        )  # fmt: skip
        record_fact(fact, programme=book.programme, person=OFFICER)
    first = Plan.objects.get(title="2012年度计划").pk
    upper = planned(book, "五年规划", "2011..2015", ("文化广场", 90), type="five_year")
    second = {"version": 2, "replaces": first, "under": upper}
    newer = planned(book, "2012年度计划（第2版）", "2012", ("文化广场", 110), ("卫生院", 100), **second)
    given_up = Cancellation(project=book.projects["技能培训"], reason="不再需要")
    cancel_project(given_up, programme=book.programme, person=LEADER)
    office = Office.objects.get(organisation=Account.objects.get(code="caiwu").office.organisation)
    issue_key(
        code="caiwu-1", office=office, role="finance_clerk", programme=None, begins=today(),
        ends=today() + timedelta(days=30), person=OFFICER,
    )  # fmt: skip
    jobs.ask_for("verify_book", {"heads": []}, person=everywhere("yewu", "administrator"), place=Place())
    return {"PLAN": str(first), "NEWER": str(newer), "LINE": str(JournalLine.objects.order_by("-number")[0].number)}


@pytest.mark.parametrize(("where", "file", "query", "count"), TABLES)
@pytest.mark.parametrize("start", ["", "/en"])
def test_each_table_of_a_page_has_files_with_its_rows_order_and_words(full, start, where, file, query, count):
    reader = signed_in(WHO.get(where, "yewu"))
    for name, value in full.items():
        where = where.replace(name, value)
    base = start + where if where.endswith("/") else f"{start}{where.rpartition('/')[0]}/"
    page = reader.get(start + where + query).content.decode()
    told = rows_of(reader, f"{base}{file}.csv{query}")
    shown = tables_of(reader, start + where + query, told[0])
    assert len(told) - 1 == len(shown), told[0]
    assert len(shown) >= count
    assert f'href="{file}.csv' in page
    assert f'href="{file}.xlsx' in page
    for line, row in zip(told[1:], shown, strict=True):
        said = " ".join(line)
        assert [part for cell in row for part in cell if part.rstrip(".…") not in said and part not in BESIDE] == [], (
            line
        )
    sheet = sheet_of(reader, f"{base}{file}.xlsx{query}")
    assert sheet[0] == told[0]
    for line, kept in zip(told[1:], sheet[1:], strict=True):
        assert [plain(value, said) for value, said in zip(kept, line, strict=True)] == line


def test_a_trial_is_taken_away_with_what_its_address_tries(full, book):
    # the second version has 110 and 100; the square is tried with 80
    newer = Plan.objects.get(pk=full["NEWER"])
    line = Line.objects.get(plan=newer, project=book.projects["文化广场"]).pk
    where = f"{YEAR}plans/plan/{newer.pk}/try/list"
    reader = signed_in("yewu")
    told = rows_of(reader, f"{where}.csv?line{line}=80")
    assert told[0][4:] == ["现在（万元）", "试算（万元）", "相差（万元）"]
    assert [[row[0], *row[4:]] for row in told[1:]] == [
        ["文化广场", "110.00", "80.00", "−30.00"],
        ["卫生院", "100.00", "100.00", ""],
    ]
    assert sheet_of(reader, f"{where}.xlsx?line{line}=80")[1][4:] == [110, 80, -30]
    assert reader.get(f"{where}.csv?line{line}=many").status_code == 422


def test_an_amount_is_a_number_in_a_file_in_english_too(full):
    rows = sheet_of(signed_in("yewu"), f"/en{YEAR}plans/plan/{full['PLAN']}/turns.xlsx")
    assert rows[0][2] == "Aid before (RMB 10,000)"
    assert rows[1][2:5] == [100, 110, 10]


def test_the_table_of_rights_is_one_in_both_files_and_on_the_page(officer):
    told = rows_of(officer, "/rights.csv")
    shown = tables_of(officer, "/rights/", told[0])
    assert [[" ".join(cell) for cell in row] for row in shown] == told[1:]
    sheet = sheet_of(officer, "/rights.xlsx")
    assert sheet[0] == told[0]
    assert sorted(map(list, sheet[1:])) == sorted(told[1:])


@pytest.fixture
def course(programme):
    """A course with five people of one unit and one of another, one with a number."""
    fact = people.Training(
        subject="牧区卫生员", basis="actual", trainees=exactly(30, "person"), when=parse("2012-07"),
    )  # fmt: skip
    found = Training.objects.get(pk=record_fact(fact, programme=programme, person=OFFICER))
    some = [people.Attending(name="多杰", identity="440524188001010014", unit="州医院", post="医生")]
    some += [people.Attending(name=name, unit="县医院") for name in ("卓玛", "才让", "周措", "扎西", "央金")]
    attend(found, some, programme=programme, person=OFFICER)
    return found


def test_who_took_part_is_taken_away_masked_and_never_with_a_number(course, officer):
    where = f"{YEAR}people/training/{course.pk}/people/"
    told = rows_of(officer, f"{where}list.csv")
    assert told[0] == ["姓名", "单位", "职务", "起止"]
    assert told[1] == ["多*", "州医院", "医生", "2012年7月"]
    assert [row[0] for row in told[2:]] == ["卓*", "才*", "周*", "扎*", "央*"]
    assert sheet_of(officer, f"{where}list.xlsx") == told
    said = officer.get(f"{where}list.csv").content.decode()
    assert "0014" not in said
    page = officer.get(where).content.decode()
    assert 'href="list.csv"' in page
    assert "多*" in page


def test_the_public_takes_away_how_many_come_from_each_unit_and_no_name(course):
    where, visitor = f"{YEAR}people/training/{course.pk}/people/", Client()
    told = rows_of(visitor, f"{where}list.csv")
    shown = tables_of(visitor, where, told[0])
    assert [[" ".join(cell) for cell in row] for row in shown] == told[1:]
    assert told == [["单位", "人数"], ["县医院", "不列"], ["州医院", "少于5"]]
    assert sheet_of(visitor, f"{where}list.xlsx") == told


def test_whole_names_have_no_file(course, officer):
    answer = officer.post(f"{YEAR}people/training/{course.pk}/people/names/", {"reason": "核对"}).content.decode()
    assert "多杰" in answer
    assert "list.csv" not in answer


def test_without_the_store_of_names_the_file_says_so(course, officer, monkeypatch):
    def shut(numbers):
        raise ValueError("存放姓名的地方打不开")

    monkeypatch.setattr(names, "masked", shut)
    (_heads, row) = rows_of(officer, f"{YEAR}people/training/{course.pk}/people/list.csv")
    assert row == ["存放姓名的地方打不开", "", "", ""]


def test_a_journal_line_that_is_not_there_has_no_file(officer):
    assert signed_in("shenji").get("/log/999999/list.csv").status_code == 404
