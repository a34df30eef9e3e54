"""The dashboard: what it shows of the example, of a changed book, of another period and of programmes almost empty."""

import gzip
import re
from datetime import date
from pathlib import Path

import pytest
from books import PERIOD, pay
from django.contrib.staticfiles import finders
from django.template.loader import render_to_string

HOME = f"/p/tj-hn/{PERIOD}/"
STATIC = Path(finders.find("site.css")).parent
PROGRAMMES = ("tj-hn", "x-dx", "bj-ht", "sh-ks", "gd-ks", "x-ncfl", "hz-qc", "tc-ht")


def text(page):
    return " ".join(re.sub(r"<[^>]+>", " ", page).replace("&ensp;", " ").split())


def part(page, anchor):
    """The section of an anchor."""
    return page[page.index(f'id="{anchor}"') :].partition("</section>")[0]


@pytest.fixture
def page(visitor):
    return visitor.get(HOME).content.decode()


def test_the_root_leads_to_the_first_programme_and_its_period(visitor):
    assert visitor.get("/")["Location"] == HOME
    assert visitor.get("/p/tj-hn/")["Location"] == HOME


@pytest.mark.parametrize(
    ("sheet", "number"),
    [
        ("funds.secured", "2000"), ("funds.disbursed", "1000"), ("funds.progress", "50.0"), ("projects.count", "12"),
        ("donations.education", "490"), ("donations.computers", "20"), ("people.intake", "45"), ("people.trained", "15"),
        ("people.seconded", "5"), ("people.schools", "20多"), ("enterprises.investment", "6000"),
        ("enterprises.capacity", "可达7.2"), ("enterprises.jobs", "近百"), ("enterprises.output", "上亿"),
        ("enterprises.profit", "2000"), ("enterprises.intent", "近6"), ("programmes.meetings", "5次"),
    ],
)  # fmt: skip
def test_every_number_is_a_link_to_its_trail(page, sheet, number):
    links = re.findall(rf'href="/f/{re.escape(sheet)}:tj-hn\.{PERIOD}[^"]*"[^>]*>(?:<text[^>]*>)?([^<]+)<', page)
    assert number in links


def test_blank_is_not_zero(page):
    funds = part(page, "funds")
    assert "来源未报，不作 0 处理" in funds
    assert "stroke-dasharray" in funds
    assert 'href="/f/funds.spent' not in funds


def test_what_is_not_disbursed_is_the_hatched_remainder(page):
    funds = part(page, "funds")
    assert '<rect x="50%" y="12.5" width="50%" height="29" fill="url(#hatch)"' in funds
    assert "尚未拨付 1000" in funds


def test_a_stated_total_says_how_much_of_it_is_listed(page):
    assert "构成已列 0/1000，数不变" in page
    assert "构成已列 5/12，数不变" in page


def test_four_kinds_of_money_are_drawn_by_area_and_a_hedged_one_by_its_upper_end(page):
    sides = [float(s) for s in re.findall(r'<svg width="([\d.]+)" height="\1"[^>]*aria-label="方块面积按', page)]
    sizes = [490, 2000, 6000, 60000]
    assert [(s / sides[-1]) ** 2 for s in sides] == [pytest.approx(n / 60000, rel=0.02) for n in sizes]
    assert "近6亿元按上限画" in page


def test_the_four_kinds_are_never_added_up(page):
    assert "合计" not in text(part(page, "funds"))
    assert "总计" not in text(page)


def test_named_projects_are_coloured_and_the_others_hatched(page):
    cells = re.search(r'<div class="cells".*?</div>', page, re.S)[0]
    assert [cells.count(f'class="{look}"') for look in ("culture", "housing", "agriculture", "open")] == [2, 2, 1, 7]
    assert "文化 2、住房定居 2、农牧业 1、来源未列名 7" in cells


@pytest.mark.parametrize(
    "name",
    ["热贡文化广场", "移民新区文化活动中心", "州直和四县保障性住房", "游牧民困难群众定居工程", "生态农牧业科技示范园"],
)
def test_named_projects_are_listed_with_their_records(page, name):
    assert re.search(rf'<a href="/r/project-\d+">{name}</a>', part(page, "projects"))


@pytest.mark.parametrize(("said", "count"), [("45名/年", 45), ("15名", 15), ("5名", 5)])
def test_one_dot_is_one_person(page, said, count):
    (path,) = re.findall(rf'aria-label="{said}，一点一人"><path d="([^"]*)"', page)
    assert path.count("h0") == count


def test_the_open_questions_are_listed_with_what_was_found_and_their_state(page):
    check = part(page, "check")
    assert "10 项" in check  # 7 of the report, 3 of the other side's page
    assert check.count("未开始") == 8  # the first eight stand here
    assert "1000万元的拨付凭证" in check
    assert "缺凭证、日期、收款单位" in check


def test_the_source_figures_are_counted_by_how_sure_they_are(page):
    assert "18 个来源数字的把握程度" in page
    assert "确数 12 个，概数 4 个，预计 2 个" in page


def test_a_caveat_stands_once_on_top_where_only_a_copy_is_behind_the_numbers(page):
    assert page.count("引用前请注意") == 1
    assert "本页 18 个来源数字都能点开看到出处，但目前只有一份转载件作依据，尚缺汇报稿原件。" in page


def test_gifts_stand_by_giver_and_goods_apart_without_a_bar(page):
    money, _, goods = part(page, "gifts").partition('<tbody class="kind">')
    assert [name.strip() for name in re.findall(r'<th scope="row">([^<]+)', money)] == [
        "滨海新区（筹资）", "市工商联（捐资）", "滨海新区大港管委会（捐资）",
    ]  # fmt: skip
    assert [float(w) for w in re.findall(r'<rect width="([\d.]+)%"', money)] == [100, 53.33, 10]
    assert "教学用电脑，捐河南县一中，不折价" in goods
    assert "<rect" not in goods


def test_days_are_solid_months_hollow_and_gaps_said(page):
    seen = part(page, "exchanges").partition("</svg>")[0]
    drawn = re.findall(r'<circle[^>]*fill="(#\w+)"', seen)
    assert (drawn.count("#A5322A"), drawn.count("#FAF9F6")) == (3, 3)
    assert "2011年1月—7月，来源未记往来" in seen


def test_what_has_no_day_is_listed_beneath(page):
    assert "组团参加青洽会 ，日期来源未写" in text(part(page, "exchanges"))


def test_the_foot_names_sources_line_and_head(page):
    foot = text(page[page.index("<footer") :])
    assert "《关于天津市对口援青工作的情况汇报》 （2011年8月29日），转载件" in foot
    assert re.search(r"账本第 \d+ 行 账首 DK\w{8}\.1 · \d+ · s", foot)


def test_a_payment_within_the_stated_total_leaves_the_number_and_fills_it_in(visitor, programme):
    pay(programme, 2_000_000, date(2011, 8, 1), "甲1")
    page = visitor.get(HOME).content.decode()
    assert "构成已列 200/1000，数不变" in page
    assert ">1000</a>" in page


def test_a_payment_after_the_stated_total_adds_to_it_and_the_period_grows(visitor, programme):
    pay(programme, 2_000_000, date(2012, 3, 5), "甲1")
    where = visitor.get("/p/tj-hn/")["Location"]
    assert where == "/p/tj-hn/2010-08..2012-03/"
    page = visitor.get(where).content.decode()
    assert "来源 1000 + 其后 200 = 1200" in page
    assert "尚未拨付 800" in page
    assert "60.0" in page


@pytest.mark.sweep
@pytest.mark.parametrize("code", PROGRAMMES)
def test_every_programme_has_its_page(visitor, code):
    assert visitor.get(f"/p/{code}/", follow=True).status_code == 200
    assert visitor.get(f"/p/{code}/{PERIOD}/").status_code == 200


@pytest.mark.sweep
@pytest.mark.parametrize(
    "period", ["2011", "2011q3", "2010-12", "2011-08-29", "1999", "2000..2020", "2010-10-14..2010-12-01"]
)
def test_every_period_has_its_page(visitor, period):
    assert visitor.get(f"/p/tj-hn/{period}/").status_code == 200


def test_an_empty_programme_says_what_it_lacks_and_how_to_begin(visitor):
    said = text(visitor.get(f"/p/sh-ks/{PERIOD}/").content.decode())
    for words in (
        "新建：三步到第一个数", "来源未报捐助、援助、投资和意向的金额", "来源未列项目", "来源未报招生、培训和挂职人数",
        "没有待核事项", "来源未报捐助", "来源未报企业投资和意向协议", "来源未记往来",
    ):  # fmt: skip
        assert words in said
    assert said.count("未报 来源未报") == 5


def test_another_period_shows_its_own_and_says_what_lies_across_its_edge(visitor):
    said = text(visitor.get("/p/tj-hn/2010q4/").content.decode())
    assert re.search(r"另有 \d+ 条记录的时间跨出本期，不计入本页数字", said)
    assert "15 名" in said
    assert "2000 万元" not in said


def test_projects_without_a_day_are_named_but_not_counted(visitor):
    said = text(visitor.get(f"/p/bj-ht/{PERIOD}/").content.decode())
    assert "和田市棚户区改造一期工程 日期未写，不计" in said


def test_the_head_offers_programmes_and_periods_as_links_and_a_form(visitor, page):
    assert 'href="/p/sh-ks/' in page
    assert 'href="/p/tj-hn/2011q3/"' in page
    assert visitor.get("/p/tj-hn/?from=2010-10&to=2010-12")["Location"] == "/p/tj-hn/2010q4/"
    assert visitor.get("/p/tj-hn/?from=2011-10&to=2010-12").status_code == 404


@pytest.mark.parametrize(
    ("address", "above"), [("/p/nobody/2011/", "/"), ("/p/tj-hn/20x1/", "/p/tj-hn/"), ("/nowhere", "/")]
)
def test_an_unknown_page_names_the_nearest_one(visitor, address, above):
    answer = visitor.get(address)
    assert answer.status_code == 404
    assert f'href="{above}"' in answer.content.decode()


@pytest.mark.parametrize("address", [HOME, f"/p/sh-ks/{PERIOD}/", "/sign-in/", "/nowhere"])
def test_a_page_is_well_made(visitor, address):
    answer = visitor.get(address)
    page = answer.content.decode()
    ids = re.findall(r'\sid="([^"]+)"', page)
    assert len(ids) == len(set(ids))
    assert page.count("<h1") == 1
    assert '<html lang="zh-CN">' in page
    assert not re.search(r"\sstyle\s*=|\son\w+=|<style|javascript:", page)
    assert all("aria-label=" in tag for tag in re.findall(r'<[^>]*role="img"[^>]*>', page))
    assert all("scope=" in tag for tag in re.findall(r"<th\b[^>]*>", page))
    assert "unsafe-inline" not in answer["Content-Security-Policy"]


def test_the_page_and_its_sheets_are_light(page):
    assert len(gzip.compress(page.encode(), 9)) <= 15 * 1024
    sheets = [STATIC / name for name in re.findall(r'<link rel="stylesheet" href="/static/([^"]+)"', page)]
    assert sum(len(gzip.compress(sheet.read_bytes(), 9)) for sheet in sheets) <= 14 * 1024
    assert sum(len(gzip.compress(script.read_bytes(), 9)) for script in STATIC.glob("*.js")) <= 25 * 1024


def test_only_those_who_may_record_see_the_way_to_the_form(visitor, clerk, auditor):
    way = f'href="{HOME}funds/new"'
    assert way in clerk.get(HOME).content.decode()
    assert way not in visitor.get(HOME).content.decode()
    assert way not in auditor.get(HOME).content.decode()


def test_the_page_for_a_breakdown_needs_nothing_that_may_be_broken():
    assert "这一页暂时打不开" in render_to_string("500.html")


def test_a_period_of_a_hundred_years_is_not_drawn(visitor):
    assert visitor.get("/p/tj-hn/0001..9999/").status_code == 404
