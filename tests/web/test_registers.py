"""Registers as pages and files: who sees which, cells that lead on, counties, the list of tables, T5 with names, the year."""

import io
import re
from datetime import date

import openpyxl
import pytest
from books import OFFICER, PERIOD, signed_in

from duikou.acts.accepting import record_fact
from duikou.acts.attending import attend
from duikou.records.models import NameRead, Secondment
from duikou.rules import people
from duikou.rules.period import Period
from duikou.statistics import tables_checks
from duikou.statistics.checks import Reading
from duikou.statistics.tables import tables

HERE = f"/p/tj-hn/{PERIOD}/t/"
YEAR = "/p/tj-hn/2012/t/"
WOMAN = "11010519491231002X"


def text(page):
    return " ".join(re.sub(r"<[^>]+>", " ", page).split())


def sheet_of(answer, name=None):
    content = b"".join(answer.streaming_content) if answer.streaming else answer.content
    book = openpyxl.load_workbook(io.BytesIO(content))
    return [[cell.value for cell in row] for row in book[name or book.sheetnames[1]].iter_rows()], book


@pytest.fixture
def sent(programme):
    """One who is sent to the prefecture in 2012, by name and number."""
    fact = people.Secondment(
        level="处级", direction="to_receiving", type="doctor", when=Period(date(2012, 3, 1), date(2012, 12, 31))
    )
    found = Secondment.objects.get(pk=record_fact(fact, programme=programme, person=OFFICER))
    attend(found, [people.Attending(name="甲乙丙", identity=WOMAN, unit="某医院")], programme=programme, person=OFFICER)
    return found


def test_the_list_names_the_tables_with_their_rows_and_checks(officer):
    page = officer.get(HERE).content.decode()
    assert re.findall(r"<tr><td>(\w+)</td>", page) == ["01", *(f"T{n}" for n in range(1, 18))]
    assert "T11 社会捐赠台账 5 2 项相符 2 项无法判断" in text(page)
    assert f'href="{HERE}annual.xlsx"' in page


def test_a_gift_leads_to_its_record_its_giver_and_its_total_to_the_figure(visitor):
    page = visitor.get(f"{HERE}t11/").content.decode()
    assert re.search(r'<a class="fig" href="/r/gift-\d+">160.00</a>', page)
    assert re.search(r'<a href="/r/organisation-\d+">天津市工商联</a>', page)
    assert f'<a class="fig" href="/f/ledger.gifts:tj-hn.{PERIOD}">490.00</a>' in page
    assert visitor.get(f"/f/ledger.gifts:tj-hn.{PERIOD}").status_code == 200


def test_the_files_of_a_register_have_the_rows_of_the_page(visitor):
    lines = visitor.get(f"{HERE}t11.csv").content.decode("utf-8-sig").splitlines()
    assert lines[0].startswith("序号,捐赠日期,捐赠方：名称,捐赠方：统一社会信用代码,款或物,捐赠金额（万元）")
    assert len(lines) == 6
    told = visitor.get(f"{HERE}t11.json").json()
    assert [row["values"][5] for row in told["rows"]] == [160.0, None, 300.0, 30.0, None]
    assert told["totals"]["1"]["value"]["low"] == 490 * 10**6
    rows, book = sheet_of(visitor.get(f"{HERE}t11.xlsx"))
    assert book.sheetnames == ["说明", "T11 社会捐赠台账", "勾稽", "来源"]
    total = next(row for row in rows if row[0] == "合计")
    assert total[5] == 490
    assert re.fullmatch(r"gift-\d+", next(row for row in rows if row[0] == 1)[-1])
    sources = [[cell.value for cell in row] for row in book["来源"].iter_rows()]
    assert any(str(row[3]).startswith(f"ledger.gifts:tj-hn.{PERIOD}@") for row in sources)


def test_a_check_that_fails_is_said_in_red_on_the_page_and_on_the_sheet(visitor, monkeypatch):
    monkeypatch.setattr(tables_checks, "balance_reading", lambda *_: Reading("fails", "支出多于收入"))
    above = text(visitor.get(f"{HERE}t11/").content.decode().partition("<table")[0])
    assert "勾稽不符，引用前请核对 捐款＝已使用＋结余，结余不为负（自开账起累计）：支出多于收入" in above
    rows, book = sheet_of(visitor.get(f"{HERE}t11.xlsx"))
    assert str(rows[3][0]).startswith("勾稽不符，引用前请核对：捐款＝已使用")
    assert book["T11 社会捐赠台账"]["A4"].font.color.rgb.endswith("A5322A")
    listed = text(visitor.get(HERE).content.decode())
    assert "勾稽不符，引用前请核对 T2 资金台账 T11 社会捐赠台账" in listed


def test_an_unknown_table_county_or_a_county_of_what_is_not_cut_is_not_found(visitor):
    for wrong in ("t18/", "t02/999999/", "t02/x/", "t13/632321/", "t17/632321/", "t02/632321.pdf", "t00.xlsx"):
        assert visitor.get(HERE + wrong).status_code == 404, wrong


def test_a_county_has_its_own_address_in_every_form(visitor):
    for ending in ("/", ".csv", ".json", ".xlsx"):
        assert visitor.get(f"{HERE}t11/632300{ending}").status_code == 200
    assert "（黄南州）</h1>" in visitor.get(f"{HERE}t11/632300/").content.decode()


def test_in_service_the_clerk_of_a_county_sees_the_registers_of_that_county_only(internal):
    clerk = signed_in("tongren")
    page = clerk.get(HERE).content.decode()
    (own,) = re.findall(rf'href="({HERE}t02/6323\d\d/)"', page)
    assert own[-7:-1] in ("632301", "632321")  # 同仁, before and since it became a city
    assert f'href="{HERE}t17/"' not in page
    assert 'href="/f/' not in clerk.get(own).content.decode()
    assert clerk.get(f"{HERE}t02/632322/").status_code == 404
    assert clerk.get(f"{HERE}t02/").status_code == 404


def test_in_service_a_visitor_sees_no_table(internal, visitor):
    for at in ("", "t02/", "t02/632301/", "annual.xlsx", "t05.csv"):
        assert visitor.get(HERE + at).status_code == 404, at


def test_the_register_of_persons_is_for_those_inside_and_has_no_names(sent, visitor, officer):
    assert visitor.get(f"{YEAR}t05/").status_code == 404
    assert "T5" not in re.findall(r"<tr><td>(\w+)</td>", visitor.get(YEAR).content.decode())
    for ending in ("/", ".csv", ".json", ".xlsx"):
        answer = officer.get(f"{YEAR}t05{ending}")
        said = str(sheet_of(answer)[0]) if ending == ".xlsx" else answer.content.decode()
        assert "某医院" in said
        assert "甲乙丙" not in said
        assert WOMAN not in said
    assert not NameRead.objects.exists()


def test_names_are_filled_in_at_printing_with_a_reason_and_the_file_says_so_on_its_face(sent, officer):
    answer = officer.post(f"{YEAR}t05/names.xlsx", {"reason": "报省厅"})
    rows, book = sheet_of(answer)
    row = next(row for row in rows if row[0] == 1)
    assert row[1:5] == ["甲乙丙", WOMAN, "女", "1949-12"]
    assert str(rows[3][0]).startswith("含个人信息")
    assert answer["Cache-Control"] == "no-store"
    assert book["说明"]["A1"].value
    (kept,) = NameRead.objects.all()
    assert (kept.account, "报省厅" in kept.why, len(kept.names)) == ("yewu", True, 2)


def test_without_a_reason_or_the_right_no_name_is_read(sent, officer, clerk, visitor):
    assert officer.post(f"{YEAR}t05/names.xlsx", {"reason": " "}).status_code == 302
    assert officer.get(f"{YEAR}t05/names.xlsx").status_code == 405
    assert clerk.post(f"{YEAR}t05/names.xlsx", {"reason": "想看"}).status_code == 404
    assert "names.xlsx" in officer.get(f"{YEAR}t05/").content.decode()
    assert "names.xlsx" not in clerk.get(f"{YEAR}t05/").content.decode()
    assert not NameRead.objects.exists()


def test_all_tables_of_a_period_are_one_workbook(officer, visitor):
    _, book = sheet_of(officer.get(f"{HERE}annual.xlsx"))
    numbers = [form["code"] for form in tables().values()]
    assert book.sheetnames[0] == "说明"
    assert book.sheetnames[-2:] == ["勾稽", "来源"]
    assert [name.split()[0] for name in book.sheetnames[1:-2]] == numbers
    assert sum(sheet.sheet_view.tabSelected or 0 for sheet in book) == 1
    _, public = sheet_of(visitor.get(f"{HERE}annual.xlsx"))
    assert "T5 干部人才台账" not in public.sheetnames


@pytest.mark.parametrize("code", list(tables()))
def test_every_table_has_a_page_in_both_languages(officer, code):
    for start in ("", "/en"):
        answer = officer.get(f"{start}{HERE}{code}/")
        assert answer.status_code == 200
        page = answer.content.decode()
        assert page.count("<h1") == 1
        assert page.count("<table") == page.count("<caption")
        assert not re.search(r"\sstyle\s*=|\son\w+=", page)


def test_the_page_offers_other_periods_by_their_official_names(visitor):
    page = visitor.get("/p/tj-hn/2011-01..2011-08/t/t02/").content.decode()
    assert "2011年1—8月" in text(page)
    for name in ("2011年上半年", "“十二五”时期（2011—2015年）", "2011审计年度（2010年10月—2011年9月）"):
        assert (name in text(page)) == (name != "2011年上半年")  # a report at the end of August is of the second half
    assert 'href="/p/tj-hn/2010-10..2011-09/t/t02/"' in page
