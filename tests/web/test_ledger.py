"""资金: stages by source and year that lead to their records, what lies where, what the sides have not matched; 关账."""

import re
from html import unescape

import pytest
from books import signed_in
from django.utils.html import strip_tags
from money import DAY, DESK, WAN

from duikou.acts.closings import close_period, line_of
from duikou.acts.funds import reverse_entry
from duikou.records.models import Closing, Entry
from duikou.rules.closings import Closing as ClosingFact
from duikou.rules.period import parse
from duikou.snapshot.store import freeze

PERIOD = "2010-08..2012-12"
FUNDS = f"/p/tj-hn/{PERIOD}/funds/"


@pytest.fixture
def book(book):
    """The county: 700 of 1000 paid, 600 confirmed of a receipt of 650, 300 given to a project, 19 paid to the builder."""
    made = book
    paid = made.disburse(700, "拨-1")
    made.receive(650, "回-1", (paid, 600 * WAN))
    made.divide("财农〔2012〕10号", 文化广场=300)
    made.pay(made.claim(20, "票 1"), 20, "银-1", held=1)
    return made


def words(page):
    return " ".join(unescape(re.sub(r"<[^>]*>", " ", page.content.decode())).split())


def row(page, name, table=0):
    """The cells of a row of a table of stages, as they are read."""
    tables = re.findall(r'<table class="list stages">.*?</table>', page.content.decode(), re.S)
    for line in re.findall(r"<tr.*?</tr>", tables[table], re.S):
        cells = [" ".join(strip_tags(cell).split()) for cell in re.findall(r"<t[hd].*?</t[hd]>", line, re.S)]
        if cells[0] == name:
            return cells[1:]
    return None


def test_each_source_and_each_year_has_its_stages_and_the_sum_is_the_figure(clerk, book):
    page = clerk.get(FUNDS)
    # 落实 下达 拨付 到账 支出 扣留质保金; the report's 2000 and 1000 name no source
    assert row(page, "市级财政") == ["1000", "", "700", "600", "19", "1"]
    assert row(page, "未分来源") == ["2000", "", "1000", "", "", ""]
    assert row(page, "合计") == ["3000", "未报", "1700", "600", "19", "1"]
    assert row(page, "2011年", 1) == ["2000", "未报", "1000", "未报", "未报", "未报"]
    assert row(page, "2012年", 1) == ["1000", "未报", "700", "600", "19", "1"]


def test_every_number_of_the_stages_leads_on(clerk, book):
    page = clerk.get(FUNDS).content.decode()
    links = re.findall(r'<a class="fig" href="([^"]+)"', page)
    assert len(links) > 15
    for link in links:
        assert clerk.get(link.replace("&amp;", "&")).status_code == 200, link


def test_what_lies_where_and_what_is_open_is_said_with_its_age(clerk, book):
    said = words(clerk.get(FUNDS))
    for place in ("已落实待拨 1300", "未分解 1000", "在途（到账待确认） 100", "已到账待用 580", "质保金 1"):
        assert place in said
    assert "拨付了、受援方未确认到账 2 笔 1100万元" in said
    assert "到账了、对不上拨付 1 笔 50万元" in said


def test_both_sides_page_names_the_open_movements_and_who_answers(clerk, book):
    said = words(clerk.get(f"{FUNDS}sides/"))
    assert "拨付了，受援方未确认 1100万元" in said  # 1000 of them the report states in one sum
    assert re.search(r"拨-1 青海省黄南藏族自治州 2012-03-05 100万元 \d+ 受援方", said)
    assert re.search(r"回-1 青海省黄南藏族自治州 2012-03-05 50万元 \d+ 支援方", said)


def test_the_entries_are_narrowed_by_address_and_marked(clerk, book):
    entry = Entry.objects.get(pk=book.disburse(5, "拨-2"))
    reverse_entry(entry, programme=book.programme, day=DAY, person=DESK, reason="重复")
    said = words(clerk.get(f"{FUNDS}ledger/?state=disbursed&source=city"))
    assert "3 笔" in said
    assert "拨付 冲正 −5 在途（到账待确认） → 已落实待拨" in said
    assert "拨付 已冲正 5" in said
    assert "1 笔" in words(clerk.get(f"{FUNDS}ledger/?mark=reversed"))
    assert "没有这样的记账" in words(clerk.get(f"{FUNDS}ledger/?state=nothing"))


def test_a_closed_period_keeps_its_numbers_and_says_what_came_later(clerk, book):
    close_period(ClosingFact(when=parse("2012-03"), reconciled="对账单"), programme=book.programme, person=DESK)
    freeze()
    book.disburse(50, "拨-3")
    line = line_of(Closing.objects.get())
    closed = clerk.get("/p/tj-hn/2012-03/funds/")
    assert row(closed, "合计")[:3] == ["1000", "未报", "700"]
    assert f"2012年3月已关账，数字停在账本第{line}行。其后补报1笔，不计入本期的数字。" in words(closed).replace(" ", "")
    assert row(clerk.get("/p/tj-hn/2012-01..2012-04/funds/"), "合计")[:3] == ["1000", "未报", "750"]
    assert "补报" in words(clerk.get(f"{FUNDS}ledger/?mark=late"))


def test_a_county_clerk_sees_the_entries_of_the_own_county_and_not_the_programmes_money(book):
    programme = book.programme
    programme.published = None
    programme.save()
    tongren = signed_in("tongren")
    assert tongren.get(FUNDS).status_code == 404
    said = words(tongren.get(f"{FUNDS}ledger/"))
    assert "文化广场" in said
    assert "落实 1000" not in said
