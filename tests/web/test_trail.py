"""The trail of a figure: counted in, left out with the reason, the passage; and the same as plain data."""

import csv
import io
import re

import pytest
from books import PERIOD, report_text

from duikou.acts.evidence import keep_text
from duikou.rules.additivity import refuse_along
from duikou.snapshot.store import _Rows
from duikou.statistics.values import RefusedSum

EDUCATION = f"/f/donations.education:tj-hn.{PERIOD}"


def at(sheet):
    return f"/f/{sheet}:tj-hn.{PERIOD}"


def text(page):
    return " ".join(re.sub(r"<[^>]+>", " ", page).split())


def rows(page, look):
    """The lines of the record table that look so."""
    return [text(row) for row in re.findall(rf'<tr class="[^"]*{look}[^"]*">.*?</tr>', page, re.S)]


@pytest.fixture
def see(visitor):
    return lambda address: visitor.get(address).content.decode()


def test_three_gifts_make_490(see):
    page = see(EDUCATION)
    assert "300万元 ＋ 160万元 ＋ 30万元 ＝ 490万元" in page
    assert "计入 3 条" in text(page)


def test_what_is_left_out_says_why(see):
    out = rows(see(EDUCATION), "out")
    assert len(out) == 1
    assert "教学用电脑" in out[0] or "河南县一中" in out[0]
    assert "实物，来源未折价" in out[0]


def test_without_the_text_the_kept_words_are_shown_and_the_way_to_complete_it(see):
    page = see(EDUCATION)
    assert '<mark class="on">筹资300万元用于黄南州教育事业发展</mark>' in page
    assert "原文未收入，可补" in page
    assert 'href="/d/4a0b8e5b/#keep"' in page
    assert "暂不能核对" in page


def test_with_the_text_the_words_stand_marked_in_their_paragraph(see, settings, tmp_path):
    settings.VAR = tmp_path
    keep_text(report_text().read_bytes())
    page = see(EDUCATION)
    assert "原文未收入" not in page
    assert '<mark class="on">筹资300万元用于黄南州教育事业发展</mark>' in page
    assert re.search(r"<mark>[^<]*160万元", page)
    assert "处词句都在原文中找到" in page


def test_a_chosen_record_brings_its_own_passage(see):
    number = re.search(r'href="\?m=(\d+)#source">', see(EDUCATION))[1]
    assert f'href="?m={number}#source" aria-current="true"' in see(f"{EDUCATION}?m={number}")


def test_a_rate_shows_the_two_figures_it_is_made_of(see):
    page = see(at("funds.progress"))
    assert f'href="{at("funds.disbursed")}"' in page
    assert f'href="{at("funds.secured")}"' in page
    assert "50.0%" in text(page)


def test_a_total_that_the_source_states_is_not_added_up_again(see):
    page = text(see(at("projects.count")))
    assert "来源只说总数 12" in page
    assert "不再相加" in page


def test_a_blank_figure_has_no_number_and_no_records(see):
    page = see(at("funds.spent"))
    assert "尚无依据" in page
    assert "空格不是 0" in page
    assert 'class="v"><span class="empty">' in page


def test_a_sum_that_is_not_allowed_says_why_and_stands_the_records_side_by_side(see, visitor, monkeypatch):
    def refuse(snapshot, name):
        raise RefusedSum(refuse_along("quota", "time"))  # as two years of a quota would; the example has one

    for module in ("trail", "data"):
        monkeypatch.setattr(f"duikou.web.{module}.trail", refuse)
    page = text(see(at("people.intake")))
    assert "不能相加" in page
    assert "年度名额不沿时间相加" in page
    assert "45名" in page
    assert visitor.get(f"{at('people.intake')}.json").status_code == 422


def test_an_unknown_sheet_is_not_found_and_shows_its_neighbours(visitor):
    answer = visitor.get(at("donations.schools"))
    assert answer.status_code == 404
    assert f'href="{EDUCATION}"' in answer.content.decode()


def test_the_figure_as_data_has_its_four_groups_and_its_records(visitor):
    data = visitor.get(f"{EDUCATION}.json").json()
    assert {"identity", "value", "writing", "standing"} <= data.keys()
    assert [m["counted"] for m in data["members"]].count(True) == 3
    assert data["members"][0]["passages"][0]["paragraph"] == 20


def test_the_records_as_a_table_keep_those_left_out_with_the_reason(visitor):
    lines = list(csv.DictReader(io.StringIO(visitor.get(f"{EDUCATION}.csv").content.decode("utf-8-sig"))))
    assert [line["计入"] for line in lines] == ["是", "是", "是", "否"]
    assert lines[3]["理由"] == "实物，来源未折价"
    assert [line["下限"] for line in lines[:3]] == ["300000000", "160000000", "30000000"]


def test_a_text_that_looks_like_a_formula_is_plain_in_a_csv():
    from duikou.web.listing.files import Listing, as_csv

    said = as_csv(Listing("x", "x", ("名称", "数"), [["=1+1", -5], ["@SUM(1)", "−5"]])).content.decode()
    assert "'=1+1,-5" in said
    assert "'@SUM(1),−5" in said


@pytest.mark.parametrize(
    "name",
    [
        "donations.education:tj-hn.2011;g=gsl;g=gsl",
        "donations.education:tj-hn.2011%0a",
        "donations.education:tj-hn.2011@0",
    ],
)
def test_a_name_that_is_nearly_one_is_not_found(visitor, name):
    assert visitor.get(f"/f/{name}").status_code == 404


def test_the_page_of_a_figure_asks_for_its_own_records_and_papers_not_for_all_of_the_book(visitor, monkeypatch):
    """Tables that grow with the book are asked by number or programme, never whole."""
    asked, whole = [], _Rows.__getitem__
    monkeypatch.setattr(_Rows, "__getitem__", lambda rows, table: asked.append(table) or whole(rows, table))
    assert visitor.get(at("donations.education")).status_code == 200
    assert visitor.get(at("funds.disbursed")).status_code == 200
    assert {"gifts", "entries", "statements", "documents", "links"} & set(asked) == set()
