"""规划: one plan with its versions, lines and shares; how plans fit; money moved on trial, with nothing written."""

import csv
import io
import os
import re
from dataclasses import replace
from datetime import date
from urllib.parse import parse_qs, urlsplit

import pytest
from books import signed_in
from django.db import connection
from django.test.utils import CaptureQueriesContext
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from money import DESK, WAN

from duikou.acts.accepting import accept, record_fact
from duikou.acts.budgets import plan_project, plan_standing
from duikou.acts.journal import head
from duikou.acts.packs import adopt_pack
from duikou.acts.stages import cancel_project
from duikou.records.models import Finding, Plan, PlanLine, Project
from duikou.rules import plans, projects
from duikou.rules.budgets import PlanLine as LineFact
from duikou.rules.budgets import PlanStanding
from duikou.rules.evidence import Document
from duikou.rules.fact import Source, Told
from duikou.rules.packs import Choice, Pack
from duikou.rules.period import parse
from duikou.rules.plans import carried
from duikou.rules.problem import Refused
from duikou.rules.quantity import exactly
from duikou.rules.rights import everywhere
from duikou.rules.shares import SHARES
from duikou.rules.stages import Cancellation
from duikou.rules.trials import Line, Trial, appeared
from duikou.web.planning.kept import holding, trial_of

HERE = "/p/tj-hn/2012/plans/"
ALL = everywhere("zongban", "programme_officer", "leader", "finance_clerk")
BOTH = ("livelihood", "county")
PAPER = Document(title="会议纪要", medium="notice", grade="issued", when=parse("2012"))


@pytest.fixture
def plan(book):
    """The annual plan of 2012: six projects with 100万元 each, that count as livelihood and county; the general pack holds."""
    adopt_pack(book.programme, "general", date(2012, 1, 1), person=ALL, reason="领导小组会议")
    return Plan.objects.get(title="2012年度计划").pk


@pytest.fixture
def officer(plan):
    """A programme officer, signed in."""
    return signed_in("yewu")


def record(book, fact):
    return record_fact(fact, programme=book.programme, person=ALL)


def put(book, name, plan, wan, shares=BOTH, **more):
    """A project put in a plan with so many 万元, or its line there replaced."""
    fact = LineFact(
        project=book.projects[name], scope="in_plan", aid=wan * WAN, plan=plan, approval="发改〔2012〕7号", when=parse("2012"),
        items=tuple(("share", share, "") for share in shares), **{"total": 120 * WAN} | more,
    )  # fmt: skip
    return plan_project(fact, programme=book.programme, person=DESK)


def come(book, *facts):
    """Projects that a paper brings."""
    at = {"": Source("会议纪要", "supporting", 1, "", "新增项目")}
    told = [Told(PAPER, {}, key="会议纪要"), *(Told(fact, at) for fact in facts)]
    accept(book.programme, told, {}, person=DESK, reason="新增项目", evidence="测试")
    book.projects |= {row.name: row.pk for row in Project.objects.filter(name__in=[fact.name for fact in facts])}


def version(book, number, of, **more):
    told = {"title": f"2012年度计划（第{number}版）", "type": "annual", "status": "preliminary", "when": parse("2012")}
    return record(book, plans.Plan(version=number, replaces=of, **told | more))


def five_years(book):
    return record(book, plans.Plan(title="五年规划", type="five_year", status="formed", when=parse("2011..2015")))


def text(client, path, status=200):
    answer = client.get(path)
    assert answer.status_code == status, path
    return said(answer.content.decode())


def said(page, of="main"):
    page = page.split('<main id="main"')[1].split("</main>")[0] if of == "main" else of
    return " ".join(re.sub(r"<[^>]+>", " ", page).split())


def part(client, path, name):
    """The text of one section."""
    page = client.get(path).content.decode()
    (found,) = re.findall(rf'<section class="sec[^"]*" id="{name}">.*?</section>', page, re.S)
    return said("", found)


def line_of(book, name):
    return PlanLine.objects.get(project=book.projects[name], replaced_by=None).pk


def one(plan):
    return f"{HERE}plan/{plan}/"


# ---- one plan --------------------------------------------------------------------------------------------------------


def test_the_lines_are_added_up_by_sector_and_area_with_what_was_issued(book, plan, officer):
    # 6 × 100 are planned; the county divides 30 to one project: none is issued, 30 have come
    entry = book.disburse(80, "V1")
    book.receive(80, "R1", (entry, 80 * WAN))
    book.divide("同财〔2012〕1号", 文化广场=30)
    found = part(officer, one(plan), "carried")
    assert "6 行：0 行未开工，6 行在建，0 行完工" in found
    assert "计划援助（万元） 600.00 已下达（万元） 未报 已到账（万元） 30.00 已支付（万元） 未报" in found
    assert "其他 6 0 6 0 600.00 30.00" in found
    assert "同仁县 6 0 6 0 600.00 30.00" in found


@pytest.mark.parametrize(
    ("status", "how"),
    [
        ("preparing", "none"),
        ("to_be_settled", "none"),
        ("started", "under_way"),
        ("completed", "done"),
        ("in_use", "done"),
    ],
)
def test_a_line_is_carried_out_as_far_as_its_project(status, how):
    assert carried(status) == how


def test_a_line_of_a_cancelled_project_stands_crossed_out_and_is_not_counted(book, plan, officer):
    given_up = Cancellation(project=book.projects["技能培训"], reason="不再需要")
    cancel_project(given_up, programme=book.programme, person=ALL)
    assert "5 行：0 行未开工，5 行在建，0 行完工；另有 1 行项目已取消，不计" in part(officer, one(plan), "carried")
    assert officer.get(one(plan)).content.decode().count('<tr class="gone">') == 1


def test_a_project_of_the_year_without_a_line_is_out_of_the_plan(book, plan, officer):
    fact = projects.Project(name="县城路灯", sector="other", status="preparing", region="632321", when=parse("2012"))
    other = replace(fact, name="明年的桥", when=parse("2013"))
    come(book, fact, other)
    found = part(officer, one(plan), "outside")
    assert "其中 1 个没有任何计划行，按计划外看" in found
    assert "县城路灯 其他 同仁县 没有计划行" in found
    assert "明年的桥" not in found


def test_a_project_in_a_plan_below_is_not_out_of_the_upper_plan(book, plan, officer):
    upper = five_years(book)
    below = version(book, 2, plan, under=upper)
    put(book, "文化广场", below, 100)
    assert " 文化广场 " not in part(officer, one(upper), "outside")
    assert "卫生院 其他 同仁县 别的计划" in part(officer, one(upper), "outside")


def test_consultations_stand_in_the_order_of_their_days_with_who_took_part_and_what_they_led_to(book, plan, officer):
    for day, subject in (("2012-02-10", "第二轮"), ("2011-12-05", "第一轮")):
        fact = plans.Consultation(
            subject=subject, times=exactly(1, "time"), when=parse(day), links=(("leads_to", plan),),
            parties=(("party", "tj"), ("party", "hn")),
        )  # fmt: skip
        record(book, fact)
    found = part(officer, one(plan), "rounds")
    assert re.search(r"第一轮 2011年12月5日 1次 天津市、黄南州 2012年度计划 第二轮 2012年2月10日", found)


def test_the_files_hold_the_lines_as_the_page_shows_them(book, plan, officer):
    put(book, "卫生院", plan, 80)
    answer = officer.get(f"{one(plan)}list.csv").content.decode("utf-8-sig")
    heads, *rows = csv.reader(io.StringIO(answer))
    page = part(officer, one(plan), "lines")
    assert heads[1:6] == ["项目", "领域", "地区", "计划内外", "计划援助（万元）"]
    assert [row[1] for row in rows] == ["文化广场", "引水工程", "寄宿学校", "乡村道路", "技能培训", "卫生院"]
    for row in rows:
        assert " ".join(cell for cell in row[1:] if cell) in page
    assert officer.get(f"{one(plan)}list.xlsx").content.startswith(b"PK")


# ---- versions --------------------------------------------------------------------------------------------------------


def test_two_versions_stand_side_by_side(book, plan, officer):
    # 600 before; the new version has two lines: 110 (was 100) and 100 (as before), 390 less
    second = version(book, 2, plan)
    put(book, "文化广场", second, 110)
    put(book, "卫生院", second, 100)
    for page in (one(second), one(plan)):
        found = part(officer, page, f"v{second}")
        assert "新列入 0 行，不再列入 4 行，改金额 1 行，不变 1 行" in found
        assert "文化广场 改金额 100.00 110.00 +10.00 120.00 120.00 发改〔2012〕7号" in found
        assert "引水工程 不再列入 100.00 −100.00 120.00" in found
        assert "合计 600.00 210.00 −390.00" in found
    assert "已有新版： 2012年度计划（第2版）" in text(officer, one(plan))


def test_lines_left_in_the_old_version_are_asked_for(book, plan, officer):
    second = version(book, 2, plan)
    put(book, "文化广场", second, 100)
    found = part(officer, one(second), "rules")
    assert "plans.7 旧版还有 5 行、500万元没有移入，仍按有效计算" in found
    assert "登记一行时，规则看的是全部有效的计划行，合计 600.00 万元。" in found
    assert "plans.7" not in text(officer, one(plan))


def test_an_adjustment_within_a_version_keeps_old_and_new(book, plan, officer):
    put(book, "引水工程", plan, 70)
    assert "引水工程 改金额 100.00 70.00 −30.00" in part(officer, one(plan), "adjusted")
    assert part(officer, one(plan), "lines").count("引水工程") == 1


def test_a_new_version_with_the_number_of_the_old_one_is_refused(book, plan):
    second = version(book, 2, plan)
    with pytest.raises(Refused, match=r"第 2 版，所替代的是第 2 版"):
        version(book, 2, second)


# ---- fit -------------------------------------------------------------------------------------------------------------


def test_what_the_lower_plans_put_in_a_sector_is_held_against_the_upper_one(book, plan, officer):
    # the five-year plan lists the square with 90; the annual plan under it gives the square 100
    upper = five_years(book)
    put(book, "文化广场", upper, 90)
    lower = version(book, 2, plan, under=upper)
    put(book, "文化广场", lower, 100)
    found = text(officer, f"{HERE}fit/")
    assert "下级计划 1 个，合计 100.00 万元" in found
    assert "其他 90.00 100.00 −10.00 超出 核减下级计划，或先报批调整上位规划（plans.6）" in found
    put(book, "文化广场", lower, 90)
    assert "其他 90.00 90.00 0.00 在内" in text(officer, f"{HERE}fit/")


def test_a_plan_that_fits_no_upper_one_is_asked_when_it_is_entered_and_on_the_page(book, plan, officer):
    upper = five_years(book)
    late = record(
        book, plans.Plan(title="2016年度计划", type="annual", status="formed", when=parse("2016"), under=upper)
    )
    loose = record(book, plans.Plan(title="2017年度计划", type="annual", status="formed", when=parse("2017")))
    asked = {(f.rule, link.to_id) for f in Finding.objects.all() for link in f.record.links.filter(role="about")}
    assert {("plans.3", late), ("plans.4", loose)} <= asked
    found = part(officer, f"{HERE}fit/", "tree")
    assert "plans.3 2016年度计划 ：2016年；应为在2011年—2015年之内" in found
    assert "plans.4 2017年度计划 ：未写上位规划" in found


def test_plans_that_stand_under_each_other_are_each_told_once(book, plan, officer):
    upper = five_years(book)
    lower = version(book, 2, plan, under=upper)
    Plan.objects.filter(pk=upper).update(under=lower)  # as a wrong correction would leave them
    found = part(officer, f"{HERE}fit/", "tree")
    assert found.count("五年规划 2011年—2015年") == 1
    assert text(officer, one(upper))


def test_lines_of_no_plan_are_named(book, plan, officer):
    put(book, "技能培训", None, 40)
    assert "1 行，合计 40.00 万元 技能培训" in part(officer, f"{HERE}fit/", "loose")


# ---- 试算 ------------------------------------------------------------------------------------------------------------


def test_moving_money_shows_which_share_and_which_ceiling_breaks_and_writes_nothing(book, plan, officer):
    # the road counts as county only: 500 of 600 are livelihood, 83.3 %; with 50 moved to it 450 of 600, 75 %
    put(book, "乡村道路", plan, 100, ("county",))
    square, road, before = line_of(book, "文化广场"), line_of(book, "乡村道路"), head()
    answer = officer.post(f"{one(plan)}try/", {"source": square, "target": road, "much": "50"})
    assert answer.status_code == 302
    assert parse_qs(urlsplit(answer["Location"]).query) == {f"line{square}": ["50.00"], f"line{road}": ["150.00"]}
    found = part(officer, answer["Location"], "result")
    assert "现在合计（万元） 600.00 试算合计（万元） 600.00 相差（万元） 0.00" in found
    assert "民生 ≥ 80% 83.3% 75% −8.3 跌破要求" in found
    assert "县及县以下 ≥ 80% 100% 100% 达到要求" in found
    assert "新出现 拦下 援助资金不得超过项目总投资。 budgets.2 乡村道路：援助 150万元，总投资 120万元" in found
    assert "新出现 提问 用于民生的资金不低于规定比例。 shares.1 600万元中 450万元，占 75%；应为不低于 80%" in found
    assert "依据： 新疆、天津、青海六支援方：80% 以上" in found
    assert "原来就有 提问 落实的资金按规定比例提取预留金" in found
    assert head() == before


def test_a_trial_tells_what_it_mends(book, plan, officer):
    # 400 of 600 are livelihood, 66.6 %; without the 150 of the roads 400 of 450, 88.8 %
    put(book, "乡村道路", plan, 100, ("county",))
    put(book, "引水工程", plan, 100, ("county",))
    road, water = line_of(book, "乡村道路"), line_of(book, "引水工程")
    found = part(officer, f"{one(plan)}try/?line{road}=25&line{water}=25", "result")
    assert "民生 ≥ 80% 66.6% 88.8% +22.2 达到要求" in found
    assert "不再出现 提问 用于民生的资金不低于规定比例。 shares.1 原为600万元中 400万元，占 66.6%" in found


def test_from_a_trial_one_goes_on_to_the_real_act_with_what_was_tried(book, plan, officer):
    square = line_of(book, "文化广场")
    page = officer.get(f"{one(plan)}try/?line{square}=80").content.decode()
    (change,) = [a.replace("&amp;", "&") for a in re.findall(r'href="([^"]*changes/new[^"]*)"', page)]
    (again,) = [a.replace("&amp;", "&") for a in re.findall(r'href="([^"]*plan/new\?[^"]*)"', page)]
    assert "变更已列入计划的项目，须由原审批部门批准" in page
    form = officer.get(change).content.decode()
    assert 'value="-20万元"' in form
    assert 'value="援助资金由 100万元改为 80万元"' in form
    assert 'value="80万元"' in officer.get(again).content.decode()
    assert "这个账号不办变更" in text(signed_in("shenji"), f"{one(plan)}try/?line{square}=80")


@pytest.mark.parametrize(
    ("typed", "words"),
    [
        ({"source": "a", "target": "b", "much": "101"}, "“文化广场”有 100万元，移不出 101万元"),
        ({"source": "a", "target": "a", "much": "1"}, "从哪一行移出，就不能移入哪一行"),
        ({"source": "a", "much": "1"}, "三样一起写"),
        ({"source": "a", "target": "b", "much": "多些"}, "“多些”读不成金额"),
        ({"source": "a", "target": "99", "much": "1"}, "99"),
        ({"line": "-5"}, "应为不小于 0"),
        ({"line": "约100"}, "不是确数"),
    ],
)
def test_what_cannot_be_tried_is_said_beside_its_field(book, plan, officer, typed, words):
    a, b = line_of(book, "文化广场"), line_of(book, "卫生院")
    names = {"a": str(a), "b": str(b)}
    data = {f"line{a}" if name == "line" else name: names.get(value, value) for name, value in typed.items()}
    answer = officer.post(f"{one(plan)}try/", data)
    assert answer.status_code == 422
    assert words in said(answer.content.decode())
    assert "试算结果" not in answer.content.decode()


def test_an_amount_of_nothing_is_stopped_in_the_words_of_its_rule(book, plan, officer):
    found = part(officer, f"{one(plan)}try/?line{line_of(book, '文化广场')}=0", "result")
    assert "新出现 拦下 计划安排给项目的援助资金须大于零。 budgets.1 文化广场：0万元；应为大于 0" in found


def test_an_old_version_has_nothing_to_try_out(book, plan, officer):
    version(book, 2, plan)
    assert "没有还有效的行" in text(officer, f"{one(plan)}try/")
    assert f"{one(plan)}try/" not in officer.get(one(plan)).content.decode()


def test_what_the_page_asks_of_each_line_is_what_the_act_asks(book, plan):
    put(book, "乡村道路", plan, 60, ("county",))
    trial = trial_of(book.programme, holding(book.programme))
    for line, row in zip(trial.lines, holding(book.programme), strict=True):
        known = trial.beside(line)
        asked = plan_standing(book.programme, row)
        assert (known.planned, dict(known.shares), known.secured) == (asked.planned, dict(asked.shares) | dict.fromkeys(
            set(dict(known.shares)) - set(dict(asked.shares)), 0
        ), asked.secured)  # fmt: skip


# ---- who sees it -----------------------------------------------------------------------------------------------------


def test_a_county_sees_its_own_lines_and_no_trial(book, plan, internal):
    fact = projects.Project(name="尖扎的桥", sector="other", status="started", region="632322", when=parse("2012"))
    come(book, fact)
    put(book, "尖扎的桥", plan, 50)
    county, whole = signed_in("tongren"), signed_in("yewu")
    assert "合计 7 0 7 0 650.00" in text(whole, one(plan))
    assert "合计 6 0 6 0 600.00" in text(county, one(plan))
    assert "尖扎的桥" not in text(county, one(plan)) + county.get(f"{one(plan)}list.csv").content.decode()
    assert "shares.1" not in text(county, one(plan))
    assert "尖扎的桥" in whole.get(f"{one(plan)}list.csv").content.decode()
    assert county.get(f"{one(plan)}try/").status_code == 404
    assert county.get(f"{HERE}fit/").status_code == 200


@pytest.mark.parametrize("where", ["fit/", "plan/{}/", "plan/{}/try/"])
def test_every_page_answers_in_english(book, plan, where):
    page = signed_in("yewu").get(f"/en{HERE}{where.format(plan)}").content.decode()
    assert '<html lang="en">' in page


@pytest.mark.parametrize("where", ["fit/", "plan/{}/", "plan/{}/try/", "plan/{}/list.csv"])
def test_more_lines_ask_the_book_no_more_questions(book, plan, officer, where):
    path = f"{HERE}{where.format(plan)}"
    officer.get(path)
    with CaptureQueriesContext(connection) as few:
        officer.get(path)
    fact = projects.Project(name="小桥", sector="other", status="started", region="632321", when=parse("2012"))
    come(book, *(replace(fact, name=f"小桥{n}") for n in range(5)))
    for n in range(5):
        put(book, f"小桥{n}", plan, 10)
    officer.get(path)
    with CaptureQueriesContext(connection) as many:
        officer.get(path)
    assert len(many) <= len(few)


# ---- the trial itself, on plain values ---------------------------------------------------------------------------------

CODES = {"livelihood": "shares.1", "county": "shares.2", "industry": "shares.3", "poor": "shares.4"}
PACK = Pack(tuple(Choice(code, "asks", {"least": 600}) for code in CODES.values()))
KNOWN = PlanStanding(today=date(2023, 12, 31), pack=PACK)
AMOUNTS = st.integers(1, 10**12)
LINES = st.lists(st.tuples(AMOUNTS, st.sets(st.sampled_from(list(CODES)))), min_size=2, max_size=8)


def trial(lines):
    return Trial(
        tuple(
            Line(number, LineFact(
                project=number, scope="in_plan", aid=aid, when=parse("2023"),
                items=tuple(("share", share, "") for share in sorted(shares)),
            ))
            for number, (aid, shares) in enumerate(lines, 1)
        ),
        KNOWN,
    )  # fmt: skip


@settings(
    max_examples=120 if os.environ.get("DUIKOU_PROVE") else 30,
    deadline=None,
    suppress_health_check=[HealthCheck.too_slow],
)
@given(LINES, st.data())
def test_moving_money_never_changes_the_total_and_shares_are_what_the_rules_say(lines, data):
    before = trial(lines)
    source, target = data.draw(st.permutations(range(1, len(lines) + 1)))[:2]
    aids = {line.number: line.fact.aid for line in before.lines}
    much = data.draw(st.integers(0, aids[source]))
    after = before.tried({source: aids[source] - much, target: aids[target] + much})
    assert after.total == before.total == sum(aids.values())
    # an empty line that counts as nothing, asked by the rules themselves beside all others, says the same of each share
    known = replace(KNOWN, planned=after.total, shares=tuple(after.counted.items()))
    nothing = LineFact(project=0, scope="in_plan", aid=0, when=parse("2023"))
    ruled = {problem.code: problem.found for rule in SHARES if (problem := rule.ask(nothing, known))}
    shown = {CODES[part.share]: part.problem.found for part in after.parts if part.problem}
    assert shown == ruled
    assert {part.share for part in after.parts if part.part * 1000 < part.whole * 600} == {
        share for share, code in CODES.items() if code in shown
    }


@settings(max_examples=60 if os.environ.get("DUIKOU_PROVE") else 15, deadline=None)
@given(LINES)
def test_what_is_tried_with_the_same_amounts_breaks_nothing(lines):
    before = trial(lines)
    after = before.tried({line.number: line.fact.aid for line in before.lines})
    assert after == before
    assert [how for how, _ in appeared(before.objections, after.objections) if how != "still"] == []
