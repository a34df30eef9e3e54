"""构成 drawn to scale, and the checks the program makes of a figure by itself."""

import gzip
import re
from datetime import date
from pathlib import Path

import pytest
from books import PERIOD, pay, report_text
from django.contrib.staticfiles import finders

from duikou.acts.evidence import keep_text
from duikou.snapshot.store import freeze
from duikou.statistics.definition import definitions
from duikou.statistics.figure import Name
from duikou.statistics.trace import trail
from duikou.web.makeup import make_up
from duikou.web.makeup_groups import Grouped, groups
from duikou.web.proofs import proofs, tally
from duikou.web.trail import used_in


@pytest.fixture
def found(programme):
    """The trail of a sheet of the example."""
    return lambda sheet: trail(freeze(), Name(sheet, "tj-hn", PERIOD))


def drawn(made):
    return [(bar.number, bar.label, bar.x, bar.width) for bar in made.bars]


def test_gifts_are_as_wide_as_their_share_of_490(found):
    made = make_up(found("donations.education"))
    assert drawn(made) == [
        ("300", "天津滨海新区筹资", "0.00%", "61.22%"),
        ("160", "天津市工商联捐资", "61.22%", "32.65%"),
        ("30", "滨海新区大港管委会捐资", "93.88%", "6.12%"),
    ]
    assert [bar.number for bar in made.outside] == ["30"]


def test_of_a_stated_total_what_is_listed_is_drawn_full_and_the_rest_open(found):
    made = make_up(found("projects.count"))
    assert [(bar.number, bar.label, bar.look) for bar in made.bars] == [
        ("5", "已列明", "full"),
        ("", "尚未列明", "open"),
    ]
    assert made.bars[0].width == "41.67%"  # 5 of 12


def test_a_payment_after_the_stated_total_stands_beside_it(found, programme):
    pay(programme, 200 * 10**4, date(2011, 8, 30), "P-1")
    made = make_up(found("funds.disbursed"))
    assert [(bar.number, bar.look) for bar in made.bars] == [("1000", "open"), ("200", "later")]
    assert made.equation == "1000万元 ＋ 200万元 ＝ 1200万元"


def test_a_rate_is_drawn_as_a_part_of_its_whole(found):
    assert [bar.width for bar in make_up(found("funds.progress")).bars] == ["50.00%", "50.00%"]


def test_records_that_are_only_counted_have_equal_width(found):
    assert {bar.width for bar in make_up(found("programmes.visits")).bars} == {"20.00%"}


def test_one_record_and_none_are_not_drawn(found):
    assert not make_up(found("enterprises.jobs")).bars
    assert not make_up(found("funds.spent")).bars


@pytest.mark.parametrize(
    ("sheet", "title", "state"),
    [
        ("donations.education", "分项之和等于合计", "ok"), ("donations.education", "计量单位一致", "ok"),
        ("donations.education", "滨海新区300万元是否含在落实的2000万元内", "ask"), ("funds.progress", "两数相除等于比率", "ok"),
        ("projects.count", "已列明的不大于来源总数", "ok"), ("programmes.visits", "记录条数等于数字", "ok"),
    ],
)  # fmt: skip
def test_a_figure_is_checked_as_far_as_the_book_reaches(found, sheet, title, state):
    assert {p.title: p.state for p in proofs(freeze(), found(sheet))}[title] == state


def test_without_the_text_the_words_cannot_be_checked_and_with_it_each_is_found_once(found, settings, tmp_path):
    before = proofs(freeze(), found("donations.education"))
    assert tally(before) == "2 项通过，1 项暂不能核对，2 项待人工判断"
    education = found("donations.education")
    settings.VAR = tmp_path
    keep_text(report_text().read_bytes())
    (said,) = [p for p in proofs(freeze(), education) if "原文" in p.title]
    assert (said.state, said.title, said.detail) == ("ok", "3 处词句都在原文中找到", "逐字匹配，各出现 1 次")


def test_every_figure_of_the_example_has_a_make_up_and_no_failing_check(found):
    for sheet in definitions():
        one = found(sheet)
        assert make_up(one).subtitle, sheet
        assert not [p for p in proofs(freeze(), one) if p.state == "fails"], sheet


def test_a_figure_knows_the_page_the_table_and_the_papers_it_is_used_in(programme):
    uses = used_in(Name("donations.education", "tj-hn", PERIOD))
    assert [(use.said, use.what) for use in uses] == [
        ("总览、社会捐助", "页面"), ("综合表，捐资与筹资合计", "统计表"), ("年度总结", "汇报"), ("十年回顾", "汇报"),
        ("半年总结", "汇报"), ("领导参阅", "汇报"), ("月度简报", "汇报"), ("情况汇报", "汇报"),
    ]  # fmt: skip
    assert "综合表" in [use.said for use in used_in(Name("funds.progress", "tj-hn", PERIOD))][1]


def test_a_figure_of_an_older_line_says_what_it_is_now(visitor, programme):
    old = freeze().line
    pay(programme, 200 * 10**4, date(2011, 8, 30), "P-1")
    page = visitor.get(f"/f/funds.disbursed:tj-hn.{PERIOD}@{old}").content.decode()
    assert "其后已变动，现为" in page
    assert '<p class="v">1000<small>万元</small></p>' in page
    gifts = visitor.get(f"/f/donations.education:tj-hn.{PERIOD}@{old}").content.decode()
    assert "至今未变" in gifts


def test_the_trail_is_light_and_well_made(visitor):
    page = visitor.get(f"/f/donations.education:tj-hn.{PERIOD}").content.decode()
    ids = re.findall(r'\sid="([^"]+)"', page)
    assert len(ids) == len(set(ids))
    assert page.count("<h1") == 1
    assert all("scope=" in tag for tag in re.findall(r"<th\b[^>]*>", page))
    assert page.count("<table") == page.count("<caption")
    assert not re.search(r"\sstyle\s*=|\son\w+=", page)
    assert len(gzip.compress(page.encode(), 9)) <= 15 * 1024
    styles = b"".join(Path(finders.find(name)).read_bytes() for name in ("site.css", "trail.css"))
    assert len(gzip.compress(styles, 9)) <= 14 * 1024


def listed(sheet):
    """The groups of a sheet of the example: title, labels with numbers."""
    taken = freeze()
    whole = trail(taken, Name(sheet, "tj-hn", PERIOD)).figure
    return {one.title: [(label, part.text) for label, part in one.lines] for one in groups(taken, whole)}


def test_a_figure_is_listed_by_what_its_sheet_can_be_cut_by(programme):
    lines = [("滨海新区", "300万元"), ("市工商联", "160万元"), ("滨海新区大港管委会", "30万元")]
    assert listed("donations.education") == {"按支援单位": lines}


def test_what_says_no_receiver_is_a_line_and_with_it_the_lines_are_the_whole(client, programme):
    pay(programme, 200 * 10**4, date(2011, 8, 30), "P-1")
    assert listed("funds.disbursed") == {"按受援单位": [("黄南州", "200万元"), ("未标明", "1000万元")]}
    page = client.get(f"/f/funds.disbursed:tj-hn.{PERIOD}").content.decode()
    left = f"/f/funds.disbursed:tj-hn.{PERIOD};r=-"
    assert f'<a class="fig" href="{left}">1000</a>' in page
    assert "1000<small>万元</small>" in client.get(left).content.decode()


def test_records_are_in_one_line_each_and_people_who_may_be_in_two_are_counted_anew(programme):
    taken = freeze()
    said = {}
    for sheet in ("projects.named", "donations.education"):
        whole = trail(taken, Name(sheet, "tj-hn", PERIOD)).figure
        said[sheet] = [one.said for one in groups(taken, whole)]
    assert said == {"projects.named": ["各行之和即总数"], "donations.education": ["各行之和即总数"]}
    heads = Grouped("地区", (), adds=False)
    assert (heads.title, heads.said) == ("按地区", "各行重新计数，不由分项相加")
