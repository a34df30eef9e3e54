"""Forms that are sent out: what the book knows is there, only what the office alone knows is asked, and it comes back."""

import io
from dataclasses import replace
from pathlib import Path

import openpyxl
import pytest
from books import OFFICER, kept_example
from django.db import transaction
from django.test import override_settings

from duikou.acts.accepting import record_fact
from duikou.acts.handing import accept_sheet
from duikou.intake.asked import Asked
from duikou.intake.folder import load
from duikou.intake.form_lines import Form, Line, Saved, as_sheet
from duikou.intake.form_page import drawn
from duikou.intake.forms import form, saved
from duikou.intake.layouts import layouts
from duikou.intake.ours import KNOWN, OPEN, Sent, sent_as, without_ours
from duikou.intake.taking import answer
from duikou.intake.upload import examine
from duikou.intake.workbook import sheets
from duikou.records.models import Programme
from duikou.rules.cooperation import Sale
from duikou.rules.period import parse
from duikou.rules.quantity import exactly

SECOND = Path(__file__).resolve().parents[2] / "examples" / "wanglan-yunxiu-2023"
CODES = [*layouts(), "t1_projects"]

Blank = Form(layouts()["t9_sales"], "", "", parse("2023-08"), (), ("a", "b", "c"))


@pytest.fixture(scope="module")
def kept(django_db_setup, django_db_blocker, tmp_path_factory):
    with kept_example(django_db_blocker, tmp_path_factory.mktemp("forms")) as found:
        yield found


@pytest.fixture
def programme(kept, db):
    return kept


def dropped(programme, made, data=None, **more):
    asked = Asked(made.when, region=made.area, **more)
    return answer(programme, "表.xlsx", data or drawn(made, {}), asked)


@pytest.mark.parametrize("code", CODES)
@pytest.mark.parametrize(("area", "month"), [("632300", "2011-08"), ("632323", "2010-12"), ("", "2011-05")])
def test_dropped_in_as_it_was_sent_a_form_says_nothing_new(programme, code, area, month):
    says_nothing_new(programme, code, area, month)


def says_nothing_new(programme, code, area, month):
    made = form(programme, code, area, parse(month))
    said = dropped(programme, made)
    known = sum(line.state == KNOWN for line in made.lines)
    assert said.table is not None
    assert said.table.layout.code == code
    assert (said.counts["same"], len(said.rows)) == (known, known)
    assert [p for p in said.told if p.weight == "stops"] == []


def test_what_the_book_knows_stands_in_it_for_every_kind_that_the_example_has(programme):
    known = {
        code: sum(line.state == KNOWN for line in form(programme, code, "", parse("2011-08")).lines) for code in CODES
    }
    assert {code for code, count in known.items() if count} >= {"t10_pairings", "t11_gifts"}


def filled(programme, made):
    """The form with one asked cell filled in, of a row that the book knows; else of the first row to be filled in."""
    rows = list(enumerate(made.lines))
    at, line = next((pair for pair in rows if pair[1].asked), rows[-1])
    field, text = next((f, t) for f, t in FILL[made.layout.code].items() if f in line.asked)
    texts = tuple(text if name == field else old for name, old in zip(made.fields, line.texts, strict=True))
    assert texts != line.texts
    lines = list(made.lines)
    lines[at] = replace(line, texts=texts)
    return replace(made, lines=tuple(lines)), at


FILL = {  # what a clerk writes into a cell that is asked, by layout
    "t10_pairings": {"remark": "走访 12 户"}, "t11_gifts": {"receipt_number": "0012345", "made_public": "2011-09-01", "amount": "3"},
    "t1_projects": {"percent9": "77", "percent12": "77"}, "t6_training": {"trainees": "31", "cost": "4", "sessions": "2"},
    "t7_labour": {"workers": "25"}, "t8_investments": {"status": "完工", "jobs": "9"}, "t9_sales": {"amount": "12.5"},
    "t14_villages": {"income_after": "9", "income_before": "3", "content": "硬化村道"},
}  # fmt: skip


def marks_of_sent(made, changed):
    """The workbook of a form after somebody has filled it in: the marks beside its rows are those that were sent."""
    book = openpyxl.load_workbook(io.BytesIO(drawn(made, {})))
    page = book["填报"]
    for row, (line, other) in enumerate(zip(made.lines, changed.lines, strict=True), made.first):
        for at, (old, new) in enumerate(zip(line.texts, other.texts, strict=True), 1):
            if old != new:
                assert not page.cell(row, at).protection.locked
                page.cell(row, at).value = float(new) if new.replace(".", "", 1).isdigit() and new[0] != "0" else new
    box = io.BytesIO()
    book.save(box)
    return box.getvalue()


@pytest.mark.parametrize("code", ["t10_pairings", "t11_gifts", "t6_training", "t8_investments"])
def test_with_one_cell_filled_exactly_one_row_is_changed(programme, code):
    made = form(programme, code, "", parse("2011-08"))
    changed, at = filled(programme, made)
    said = dropped(programme, made, marks_of_sent(made, changed))
    assert (said.counts["new"] + said.counts["changed"], said.counts["odd"], said.counts["unplaced"]) == (1, 0, 0)
    assert next(row.row for row in said.rows if row.state == "changed") == made.first + at


# ---- the other example, after its year --------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def second(django_db_setup, django_db_blocker, tmp_path_factory):
    """The invented programme, loaded from its folder."""
    folder = tmp_path_factory.mktemp("second-forms")
    with django_db_blocker.unblock(), override_settings(VAR=folder), transaction.atomic():
        load(SECOND, person=OFFICER, administrator=OFFICER, source=SECOND / "report.txt")
        for month, amount in (("2023-06", 12), ("2023-07", 15)):
            sold = Sale(product="牦牛肉", region="990221", type="purchase", channel="canteen", when=parse(month),
                        amount=exactly(amount * 10**6, "fen"))  # fmt: skip
            record_fact(sold, programme=Programme.objects.get(code="wl-yx"), person=OFFICER)
        yield Programme.objects.get(code="wl-yx")
        transaction.set_rollback(True)


@pytest.fixture
def other(second, db):
    return second


@pytest.mark.parametrize("code", CODES)
@pytest.mark.parametrize(("area", "month"), [("", "2023-08"), ("990221", "2023-07"), ("990222", "2023-12")])
def test_the_second_example_says_nothing_new_either(other, code, area, month):
    says_nothing_new(other, code, area, month)


@pytest.mark.parametrize("code", ["t1_projects", "t8_investments", "t9_sales", "t10_pairings", "t11_gifts"])
def test_in_the_second_example_one_cell_makes_one_row(other, code):
    made = form(other, code, "990221", parse("2023-08"))
    changed, _ = filled(other, made)
    said = dropped(other, made, marks_of_sent(made, changed))
    assert (said.counts["new"] + said.counts["changed"], said.counts["odd"], said.counts["unplaced"]) == (1, 0, 0)


def test_what_was_sold_last_month_is_asked_for_this_month_and_only_the_amount(other):
    made = form(other, "t9_sales", "990221", parse("2023-08"))
    (line,) = [line for line in made.lines if line.asked]
    told = dict(zip(made.fields, line.texts, strict=True))
    assert (line.state, line.asked) == (OPEN, {"amount"})
    assert (told["when"], told["product"], told["region"], told["type"], told["amount"]) == (
        "2023-08", "牦牛肉", "青檀县", "采购", "",
    )  # fmt: skip


def test_filled_in_it_is_a_new_row_and_the_form_of_the_month_knows_it(other):
    made = form(other, "t9_sales", "990221", parse("2023-08"))
    changed, _ = filled(other, made)
    said = dropped(other, made, marks_of_sent(made, changed))
    (row,) = said.rows
    assert (row.state, row.told[0].fact.amount.low, row.told[0].fact.when.code) == ("new", 12_500_000, "2023-08")
    accept_sheet(said.handed(), programme=other, person=OFFICER)
    again = form(other, "t9_sales", "990221", parse("2023-08"))
    assert [line.state for line in again.lines if not line.free] == [KNOWN]
    assert saved(again).asked == 0


def test_of_a_project_six_cells_are_asked(other):
    made = form(other, "t1_projects", "990221", parse("2023-05"))
    line = next(line for line in made.lines if line.state == KNOWN)
    told = dict(zip(made.fields, line.texts, strict=True))
    days = {day for day in ("started", "completed", "accepted") if not told[day]}
    assert line.asked - days == {"percent6", "stage6", "place6", "done_aid", "done_other"}
    assert len(line.asked & days) <= 1


# ---- the workbook ------------------------------------------------------------------------------------------------------


def test_cells_that_are_known_are_locked_those_that_are_asked_are_open_and_coloured_and_rows_below_may_be_added(other):
    made = form(other, "t9_sales", "990221", parse("2023-08"))
    page = openpyxl.load_workbook(io.BytesIO(drawn(made, {})))["填报"]
    amount = made.fields.index("amount") + 1
    assert page.cell(made.first, 1).protection.locked
    assert not page.cell(made.first, amount).protection.locked
    assert page.cell(made.first, amount).fill.start_color.rgb == "FFFFF6D6"
    assert not page.cell(made.first + 1, 1).protection.locked  # a row for something new
    assert (page.protection.sheet, page.protection.password, page.protection.insertRows) == (True, None, False)
    assert not page.column_dimensions["A"].protection.locked


def test_words_are_chosen_from_a_list_and_columns_say_what_they_mean(other):
    made = form(other, "t9_sales", "990221", parse("2023-08"))
    book = openpyxl.load_workbook(io.BytesIO(drawn(made, {"buyer": ["望澜市总工会"]})))
    lists = {str(one.sqref).split(":")[0][0]: one for one in book["填报"].data_validations.dataValidation}
    assert {made.fields[ord(letter) - 65] for letter in lists} == {"channel", "type", "buyer"}
    column = "ABCDEFG"[made.fields.index("type")]
    assert lists[column].showErrorMessage
    assert not lists["ABCDEFG"[made.fields.index("buyer")]].showErrorMessage
    assert [cell.value for cell in book["名单"]["B"]][1:3] == ["采购", "帮助销售"]
    guide = {row[1].value: row for row in book["填表说明"].iter_rows(min_row=5, max_row=11)}
    assert [cell.value for cell in guide["销售金额（万元）"]][2:] == ["填", "当月成交的金额，不含运费", "万元", "12.5"]
    assert "帮着卖给别人" in book["填报"].cell(made.first - 1, made.fields.index("type") + 1).comment.text


def test_a_form_is_known_again_by_what_its_file_says():
    assert sent_as(b"PK") is None


def test_the_file_says_which_form_it_is_and_which_request_it_answers(other):
    made = form(other, "t9_sales", "990221", parse("2023-08"), request=41)
    data = drawn(made, {})
    assert sent_as(data) == Sent("t9_sales", "990221", parse("2023-08"), 41)
    book = openpyxl.load_workbook(io.BytesIO(data))
    box = io.BytesIO()
    book.save(box)
    assert sent_as(box.getvalue()) == sent_as(data)
    assert drawn(made, {}) == data


def test_the_sheet_that_is_drawn_is_the_one_that_was_checked(other):
    made = form(other, "t1_projects", "990221", parse("2023-08"))
    data = drawn(made, {})
    (read,) = [one for one in sheets(examine("表.xlsx", data), data) if one.name == "填报"]
    ours, _ = without_ours([as_sheet(made)])
    theirs, _ = without_ours([read])
    assert [row[:32] for row in theirs[0].rows[2:] if any(row[:32])] == [
        row[:32] for row in ours[0].rows[2:] if any(row[:32])
    ]


def test_cells_that_are_spared_are_those_that_stand_there_already():
    made = replace(Blank, lines=(
        Line(("甲", "1", ""), KNOWN, frozenset({"c"})), Line(("乙", "", ""), OPEN, frozenset({"b", "c"})), Line(("", "", ""), OPEN, free=True),
    ))  # fmt: skip
    # 全表：甲 1 加要问的 c 是 3 格，乙 加 b、c 是 3 格；只问 1 + 2 格；空行不计
    assert saved(made) == Saved(6, 3)
    assert (saved(made).spared, saved(made).share) == (3, 50.0)
