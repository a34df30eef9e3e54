"""决定与落实, 协议指标, 大事记: what stands on each page, in which order, for whom, in how many questions to the book."""

import csv
import io
import re
from datetime import date

import pytest
from books import PERIOD, signed_in
from django.db import connection
from django.test.utils import CaptureQueriesContext
from money import DAY

from duikou.acts.accepting import record_fact
from duikou.acts.governance import answer_assignment
from duikou.acts.packs import adopt_pack
from duikou.records.models import Assignment as AssignmentRow
from duikou.records.models import Commitment, PlanLine, Principle, Programme
from duikou.rules.donations import Gift
from duikou.rules.governance import Assignment, CommitmentReply, Decision, Instruction
from duikou.rules.people import Training
from duikou.rules.period import on, parse
from duikou.rules.programmes import Agreement, Indicator, Visit
from duikou.rules.quantity import exactly, yuan
from duikou.rules.rights import everywhere
from duikou.snapshot.store import freeze
from duikou.web.governing import targets
from duikou.web.governing.timeline import Happening, gaps

HOME = f"/p/tj-hn/{PERIOD}"
HANGING, TARGETS, TIMELINE = f"{HOME}/governance/hanging/", f"{HOME}/exchanges/targets/", f"{HOME}/exchanges/timeline/"
ALL = everywhere("yewu", "programme_officer", "finance_clerk", "front_line_officer")


def record(programme, fact):
    return record_fact(fact, programme=programme, person=ALL)


def decide(programme, number, *about, **more):
    links = tuple(("decides", n) for n in about)
    fact = Decision(number=number, type="meeting", matter="资金安排", when=on(DAY), links=links, **more)
    return record(programme, fact)


def part(client, path, name):
    """The text of one section, its tags taken off."""
    page = client.get(path).content.decode()
    (found,) = re.findall(rf'<section class="sec block" id="{name}">.*?</section>', page, re.S)
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", found))


def table(client, path):
    text = client.get(path).content.decode("utf-8-sig")
    return list(csv.reader(io.StringIO(text)))


# ---- 决定与落实 ----------------------------------------------------------------------------------------------------------


def test_a_decision_stands_with_what_hangs_from_it_and_a_bare_one_first(book, officer):
    # six projects are planned with 100万元 each; two of them are decided about
    decide(book.programme, "津援纪〔2012〕3号", book.projects["文化广场"], book.projects["卫生院"])
    decide(book.programme, "津援纪〔2012〕4号")
    said = part(officer, HANGING, "decisions")
    assert said.index("4号") < said.index("3号")
    assert said.count("2012年3月5日 下面没有") == 1
    assert re.search(r"3号.*文化广场.*卫生院.*200\.00", said)


def test_the_money_that_hangs_from_no_decision_is_added_up_by_kind(book, officer):
    decide(book.programme, "津援纪〔2012〕3号", book.fund)
    before = part(officer, HANGING, "loose")
    assert "1 笔，合计 1000.00 万元" in before  # the report's stated total is of no fund
    assert "6 笔，合计 600.00 万元" in before  # six lines of 100万元: no plan, project or line is decided about
    decide(book.programme, "津援纪〔2012〕4号", PlanLine.objects.get(project=book.projects["卫生院"]).pk)
    assert "5 笔，合计 500.00 万元" in part(officer, HANGING, "loose")


def test_a_payment_out_of_a_decided_fund_hangs_from_the_decision(book, officer):
    book.disburse(25, "拨-1")
    assert "2 笔，合计 1025.00 万元" in part(officer, HANGING, "loose")
    decide(book.programme, "津援纪〔2012〕3号", book.fund)
    assert "1 笔，合计 1000.00 万元" in part(officer, HANGING, "loose")
    assert re.search(r"3号.*25\.00", part(officer, HANGING, "decisions"))


def test_the_medical_priority_has_nothing_under_it_until_something_carries_it_out(programme, officer):
    priority = Principle.objects.get(type="priority")
    bare = r"教育支援、医疗支援、双语教育 优先内容 下面没有"
    assert re.search(bare, part(officer, HANGING, "meant"))
    record(
        programme, Instruction(content="组建医疗队", when=on(DAY), items=(("office", "市委书记", ""),), links=(("carries_out", priority.pk),))
    )  # fmt: skip
    said = part(officer, HANGING, "meant")
    assert not re.search(bare, said)
    assert re.search(r"教育支援、医疗支援、双语教育 优先内容 批示 组建医疗队", said)


def test_replies_to_a_promise_stand_in_the_order_of_their_days(programme, officer):
    promise = Commitment.objects.order_by("pk").first()
    for day, kept, text in ((date(2012, 9, 3), "under_way", "已开工"), (date(2012, 1, 3), "not_begun", "征地未完")):
        record(programme, CommitmentReply(commitment=promise.pk, kept=kept, text=text, when=on(day)))
    said = part(officer, HANGING, "meant")
    assert re.search(r"2012年1月3日 尚未着手 征地未完 2012年9月3日 正在兑现 已开工", said)
    assert said.count("没有答复过") == Commitment.objects.count() - 1


def test_assignments_stand_late_open_answered(programme, officer):
    told = {"office": programme.office_id, "when": on(DAY)}
    done = record(programme, Assignment(content="第三件", due=date(2012, 5, 1), **told))
    record(programme, Assignment(content="第二件", due=date(2100, 1, 1), **told))
    record(programme, Assignment(content="第一件", due=date(2012, 4, 1), **told))
    answer_assignment(
        AssignmentRow.objects.get(pk=done), "已补", date(2012, 4, 20), programme=programme, person=ALL
    )  # fmt: skip
    said = part(officer, HANGING, "handed")
    assert re.search(
        r"第一件.*2012-04-01 逾期.*第二件.*2100-01-01 在办.*第三件.*2012-05-01 2012-04-20 已答复 已补", said
    )


def test_what_the_page_shows_can_be_taken_away(book, officer):
    decide(book.programme, "津援纪〔2012〕4号")
    heads, *rows = table(officer, f"{HANGING}list.csv")
    assert heads == ["部分", "类别", "记录", "名称", "时间", "金额（万元）", "情况", "下面的事"]
    assert ["决定", "会议决定", "津援纪〔2012〕4号 资金安排", "下面没有"] in [[r[0], r[1], r[3], r[6]] for r in rows]
    assert ["没有决定", "计划项目", "合计", "600.00"] in [[r[0], r[1], r[3], r[5]] for r in rows]


def test_the_page_says_which_acts_need_a_decision(programme, officer):
    assert "没有列出哪些事须有决定" in officer.get(HANGING).content.decode()
    adopt_pack(programme, "tianjin-2011", date(2011, 8, 30), person=everywhere("l", "leader"), reason="试")
    assert "须有决定才办的：入库定项、列入计划、下发指标文件。" in officer.get(HANGING).content.decode()


@pytest.mark.parametrize("path", [HANGING, f"{HANGING}list.csv", TARGETS, f"{TARGETS}list.csv", TIMELINE])
def test_who_sees_one_county_only_does_not_see_the_whole_programme(internal, path):
    assert signed_in("tongren").get(path).status_code == 404
    assert signed_in("yewu").get(path).status_code == 200


@pytest.mark.parametrize("path", [HANGING, TARGETS, TIMELINE])
def test_an_english_page_says_its_heads_in_english(programme, officer, path):
    page = officer.get(f"/en{path}").content.decode()
    (head,) = re.findall(r"<h1>(.*?)</h1>", page)
    assert head in ("Decisions and what came of them", "Targets of agreements", "Chronicle")
    assert not re.findall(r"<h2>[^<]*[\u4e00-\u9fff]", page)


def test_an_empty_programme_is_told_what_is_missing(programme, officer):
    # the programme of others has no decisions, targets or visits of its own
    other = Programme.objects.exclude(code="tj-hn").order_by("pk").first()
    home = f"/p/{other.code}/2011"
    reader = signed_in("shenji")
    assert "还没有登记决定" in reader.get(f"{home}/governance/hanging/").content.decode()
    assert "还没有协议指标" in reader.get(f"{home}/exchanges/targets/").content.decode()
    assert reader.get(f"{home}/exchanges/timeline/").status_code == 200


def asked_by(client, path):
    client.get(path)  # the snapshot is frozen, the catalogue read
    with CaptureQueriesContext(
        connection,
    ) as kept:
        assert client.get(path).status_code == 200
    return len(kept)


def test_no_question_is_asked_for_each_row(book, officer):
    agreement = record(book.programme, agreed("2012年度协议", "2012-01-20"))

    def more(n):
        decision = decide(book.programme, f"纪〔2012〕{n}号", *book.projects.values())
        office = {"office": book.programme.office_id, "due": date(2012, 5, 1), "when": on(DAY), "arises_from": decision}
        record(book.programme, Assignment(content=f"第{n}件", **office))
        record(book.programme, Instruction(content=f"指示{n}", when=on(DAY), links=(("rests_on", decision),)))
        reply = {"commitment": Commitment.objects.first().pk, "kept": "under_way", "when": on(DAY)}
        record(book.programme, CommitmentReply(text=f"{n}", **reply))
        record(book.programme, indicator(agreement, f"指标{n}", "people.trained", exactly(n, "person")))
        record(book.programme, Visit(type="visit", name=f"往来{n}", when=on(DAY)))
        book.disburse(1, f"拨-{n}")

    more(1)
    before = {path: asked_by(officer, path) for path in (HANGING, TARGETS, TIMELINE)}
    for n in range(2, 7):
        more(n)
    assert {path: asked_by(officer, path) for path in (HANGING, TARGETS, TIMELINE)} == before


# ---- 协议指标 -------------------------------------------------------------------------------------------------------------


def agreed(title, day):
    return Agreement(title=title, type="framework", when=parse(day), parties=(("party", "tj"), ("party", "hn")))


def indicator(agreement, name, sheet, target):
    return Indicator(agreement=agreement, name=name, sheet=sheet, direction="to_receiving", target=target)


@pytest.fixture
def year(programme, monkeypatch):
    """An agreement of 2012 with its targets; 200万元 were given in March of it and 100万元 in June; today is 1 July."""
    monkeypatch.setattr(targets, "today", lambda: date(2012, 7, 1))
    for day, amount in (("2012-03-10", 2_000_000), ("2012-06-10", 1_000_000)):
        gift = {"form": "cash", "sector": "education", "giver": "gsl", "amount": yuan(amount), "when": parse(day)}
        record(programme, Gift(**gift))
        course = {"subject": "培训", "basis": "actual", "trainees": exactly(20, "person"), "when": parse(day)}
        record(programme, Training(**course))
    number = record(programme, agreed("2012年度协议", "2012-01-20"))
    for name, sheet, target in (
        ("没有口径", "", exactly(12, "person")),
        ("单位不同", "donations.education", exactly(100, "person")),
        ("够了", "donations.education", yuan(6_000_000)),
        ("落后", "donations.education", yuan(8_000_000)),
        ("不能相加", "people.trained", exactly(60, "person")),
        ("未报的", "funds.spent", yuan(3_000_000)),
    ):
        record(programme, indicator(number, name, sheet, target))
    freeze()
    return programme


def rows_of(client):
    return {row[1]: row for row in table(client, f"{TARGETS}list.csv")[1:]}


def test_a_target_stands_beside_its_figure_with_its_share_and_its_months(year, officer):
    rows = rows_of(officer)
    assert rows["落后"][5:9] == ["800万元", "300万元", "37.5%", "落后于均匀进度：到今天应有 400万元"]  # day 183 of 366
    assert rows["够了"][5:9] == ["600万元", "300万元", "50%", "不落后于均匀进度：到今天应有 300万元"]
    assert rows["落后"][9:] == ["", "", *["200万元"] * 3, *["300万元"] * 2, *[""] * 5]


def test_targets_that_are_behind_come_first_and_what_is_not_compared_last(year, officer):
    assert list(rows_of(officer)) == ["落后", "未报的", "够了", "没有口径", "单位不同", "不能相加"]


def test_what_is_not_compared_says_why(year, officer):
    rows = rows_of(officer)
    assert rows["没有口径"][8] == "未对照：指标没有写口径"
    assert rows["单位不同"][6:9] == ["300万元", "", "单位不同，不比：指标按名，口径按元"]
    assert "人数不沿时间相加" in rows["不能相加"][8]
    assert rows["未报的"][6:9] == ["", "", "未报"]  # blank is not zero


def test_every_number_leads_to_its_trail(year, officer):
    page = officer.get(TARGETS).content.decode()
    assert 'href="/f/donations.education:tj-hn.2012"' in page
    for month in ("2012q1", "2012-01..2012-06"):
        assert f'href="/f/donations.education:tj-hn.{month}"' in page
        assert officer.get(f"/f/donations.education:tj-hn.{month}").status_code == 200


def test_once_the_year_is_over_an_unmet_target_is_named_first(year, officer, monkeypatch):
    monkeypatch.setattr(targets, "today", lambda: date(2013, 2, 1))
    rows = rows_of(officer)
    assert rows["落后"][8] == rows["够了"][8] == "未完成，年度已过"
    page = officer.get(TARGETS).content.decode()
    assert re.search(r"未完成或落后：.*?>落后</a>.*?>够了</a>", page, re.S)


# ---- 大事记 --------------------------------------------------------------------------------------------------------------


def happening(code, kind="visit"):
    return Happening(kind, 1, "", "", parse(code))


@pytest.mark.parametrize(
    ("first", "second", "days"),
    [
        ("2012-01-01", "2012-07-03", []),  # 183 days lie between: 2 January to 2 July
        ("2012-01-01", "2012-07-04", [184]),
        ("2012-01", "2012-08-03", [184]),  # from 1 February to 31 July 182 days, and two
    ],
)
def test_a_silence_of_more_than_half_a_year_is_a_gap(first, second, days):
    assert [gap.days for gap in gaps([happening(first), happening(second)])] == days


def test_the_years_of_a_plan_and_of_what_is_only_known_by_year_fill_no_gap():
    rows = [happening("2011-01-01"), happening("2012", "plan"), happening("2012"), happening("2013-01-01")]
    assert [gap.days for gap in gaps(rows)] == [730]  # 2 January 2011 to 31 December 2012: 364 + 366


def test_the_chronicle_goes_from_the_first_to_the_undated_and_shows_its_gaps(programme, officer):
    record(programme, Visit(type="visit", name="很久以后", when=on(date(2013, 1, 1))))
    record(programme, Visit(type="visit", name="不知何时"))
    page = officer.get(TIMELINE).content.decode()
    assert page.index("青海省党政代表团来津") < page.index(
        "2011年8月30日 — 2012年12月31日：490 天（约 16 个月）没有记录"
    )
    assert (
        page.index("没有记录</td>")
        < page.index(">很久以后<")
        < page.index("来源没有写时间的")
        < page.index(">不知何时<")
    )


def test_every_mark_leads_to_its_line(programme, officer):
    page = officer.get(TIMELINE).content.decode()
    marks = re.findall(r'<a href="#(e\d+)" aria-label="([^"]+)"><title>', page)
    assert len(marks) >= 5
    for to, said in marks:
        (line,) = re.findall(rf'<tr id="{to}">.*?</tr>', page, re.S)
        assert said.split(" ", 1)[1] in re.sub(r"<[^>]+>", " ", line)


# ---- the forms ---------------------------------------------------------------------------------------------------------


def test_a_form_offers_the_decision_where_the_programme_lists_its_act(book, officer):
    form = f"{HOME}/funds/plan/new"
    assert "依据的决定" not in officer.get(form).content.decode()
    adopt_pack(book.programme, "tianjin-2011", date(2011, 8, 30), person=everywhere("l", "leader"), reason="试")
    decide(book.programme, "津援纪〔2012〕3号")
    page = officer.get(form).content.decode()
    assert "依据的决定" in page
    assert "津援纪〔2012〕3号　资金安排" in page
