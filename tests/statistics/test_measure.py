"""Figures: what is counted, what is left blank, what is refused; each beside the records it is made of."""

import pytest
from text_table import snapshot_of

from duikou.statistics.figure import Name, parse
from duikou.statistics.measure import cut, figure, rest
from duikou.statistics.tables import table_of
from duikou.statistics.trace import trail
from duikou.statistics.trace_said import equation
from duikou.statistics.values import RefusedSum

GIFTS = """
number form    sector     giver goods    amount   first      last
1      cash    education  gsl   -        160万元  2010-08-30 2011-08-29
2      goods   education  boc   教学用电脑 -        2010-08-30 2011-08-29
3      raised  education  bhxq  -        300万元  2010-08-30 2011-08-29
4      cash    education  dgg   -        30万元   2010-08-30 2011-08-29
5      service planning   dgjw  -        -        2010-08-30 2011-08-29
6      cash    health     gsl   -        7万元    2010-08-30 2011-08-29
7      cash    education  gsl   -        9万元    2012-01-01 2012-01-01
"""


@pytest.fixture
def snapshot(tmp_path):
    return snapshot_of(tmp_path, gifts=GIFTS)


def name(sheet, period="2010-08..2011-08", *cuts):
    return Name(sheet, "p", period, tuple(cuts))


def test_money_for_education_is_the_three_gifts_that_have_money_and_lie_in_the_period(snapshot):
    found = figure(snapshot, name("donations.education"))
    assert (found.text, found.nature, found.standing.records) == ("490万元", "calculated", 3)  # 160 + 300 + 30


def test_the_make_up_is_the_largest_first(snapshot):
    assert equation(trail(snapshot, name("donations.education"))) == "300万元 ＋ 160万元 ＋ 30万元 ＝ 490万元"


def test_goods_are_left_out_with_the_reason_and_other_matters_are_not_mentioned(snapshot):
    out = trail(snapshot, name("donations.education")).left_out
    assert [(m.number, m.reason) for m in out] == [(2, "实物，来源未折价"), (6, "医疗卫生，不在本口径内")]


def test_a_cut_adds_up_to_the_whole_and_each_member_is_a_figure_of_its_own(snapshot):
    parts = cut(snapshot, name("donations.education"), "g")
    assert [(str(p.identity.name), p.text) for p in parts] == [
        ("donations.education:p.2010-08..2011-08;g=bhxq", "300万元"),
        ("donations.education:p.2010-08..2011-08;g=gsl", "160万元"),
        ("donations.education:p.2010-08..2011-08;g=dgg", "30万元"),
    ]
    assert [figure(snapshot, p.identity.name).text for p in parts] == [p.text for p in parts]


def test_a_gift_known_only_to_a_span_is_not_in_a_year_it_may_lie_outside_of(snapshot):
    assert figure(snapshot, name("donations.education", "2011")).blank


def test_blank_is_not_zero(snapshot):
    spent = figure(snapshot, name("funds.spent"))
    assert (spent.value, spent.text, spent.nature, spent.standing.blank) == (None, "", "unreported", "来源未报")


def test_another_programme_has_figures_of_its_own(snapshot):
    assert figure(snapshot, Name("donations.education", "other", "2010-08..2011-08")).blank


ENTRIES = """
number state     standing amount   total first      last
1      secured   own      2000万元 -     2011-01-01 2011-08-29
2      disbursed total    1000万元 90    2011-01-01 2011-08-29
3      itemised  part     200万元  90    2011-06-15 2011-06-15
"""


def entries(tmp_path, text):
    return snapshot_of(tmp_path, entries=text)


def test_detail_fills_a_stated_total_in_and_does_not_add_to_it(tmp_path):
    found = figure(entries(tmp_path, ENTRIES), name("funds.disbursed"))
    assert found.text == "1000万元"
    assert (found.standing.listed.low, found.standing.total.low) == (200 * 10**6, 1000 * 10**6)
    assert found.standing.later is None


def test_a_payment_after_the_day_of_the_total_adds_to_it(tmp_path):
    later = ENTRIES + "4 disbursed own 200万元 - 2011-08-30 2011-08-30\n"
    found = figure(entries(tmp_path, later), name("funds.disbursed"))
    assert (found.text, found.standing.total.low, found.standing.later.low) == ("1200万元", 1000 * 10**6, 200 * 10**6)


def test_the_share_disbursed_is_divided_after_adding(tmp_path):
    later = ENTRIES + "4 disbursed own 200万元 - 2011-08-30 2011-08-30\n"
    assert figure(entries(tmp_path, ENTRIES), name("funds.progress")).text == "50.0%"
    assert figure(entries(tmp_path / "later", later), name("funds.progress")).text == "60.0%"  # 1200 / 2000


PROJECTS = """
number kind         standing status  total count first      last
1      stated_total total    started -     12个  2011-01-01 2011-08-29
2      project      part     started 1     1个   2011-01-01 2011-08-29
3      project      part     started 1     1个   2011-01-01 2011-08-29
4      project      own      started -     1个   2011-08-30 2011-08-30
"""


def test_projects_stand_as_a_stated_total_with_those_named_inside_it_and_later_ones_beside_it(tmp_path):
    taken = snapshot_of(tmp_path, projects=PROJECTS)
    count = figure(taken, name("projects.count"))
    assert count.text == "13个"  # 12 as stated, 1 after the day
    assert (count.standing.total.low, count.standing.listed.low, count.standing.later.low) == (12, 2, 1)
    assert figure(taken, name("projects.named")).text == "3个"


SECTORS = """
number kind    standing status  sector  total count first      last
1      project own      started culture -     1个   2011-03-01 2011-03-01
2      project own      started housing -     1个   2011-05-01 2011-05-01
"""


def test_projects_of_two_sectors_are_counted_together_for_each_is_taken_once(tmp_path):
    assert figure(snapshot_of(tmp_path, projects=SECTORS), name("projects.count")).text == "2个"


PLANTS = """
number product status        giver capacity first      last
1      矿泉水   in_production a     72000吨  2011-03-01 2011-03-01
2      矿泉水   in_production b     8000吨   2011-05-01 2011-05-01
"""


def test_what_stands_is_added_thing_by_thing_as_of_each_ones_day(tmp_path):
    assert figure(snapshot_of(tmp_path, investments=PLANTS), name("enterprises.capacity")).text == "8万吨"


ARRANGED = """
number basis    schools first      last
1      arranged 20多所  2011-03-01 2011-03-31
2      arranged 15所    2011-05-01 2011-05-31
"""


def test_schools_of_two_courses_are_not_added_for_one_may_be_in_both(tmp_path):
    with pytest.raises(RefusedSum, match="可能重复的个数"):
        figure(snapshot_of(tmp_path, trainings=ARRANGED), name("people.schools"))


CLASSES = """
number kind        giver  intake first      last
1      study_class no100  45名   2010-09-01 2010-09-01
2      study_class no100  45名   2011-09-01 2011-09-01
"""


def test_yearly_quotas_are_not_added_over_the_years(tmp_path):
    with pytest.raises(RefusedSum) as refused:
        figure(snapshot_of(tmp_path, classes=CLASSES), name("people.intake", "2010..2011"))
    assert refused.value.refusal.question == "A3"
    assert figure(snapshot_of(tmp_path / "one", classes=CLASSES), name("people.intake", "2011")).text == "45名/年"


TRAININGS = """
number basis  trainees first      last
1      actual 15名     2010-12-01 2010-12-31
2      actual 20名     2011-03-01 2011-03-31
"""


def test_heads_of_two_courses_are_not_added_for_one_may_have_been_in_both(tmp_path):
    with pytest.raises(RefusedSum) as refused:
        figure(snapshot_of(tmp_path, trainings=TRAININGS), name("people.trained"))
    assert "人数" in str(refused.value)


INTENTS = """
number label  amount   first      last
1      青洽会 近6亿元  2010-08-30 2011-08-29
"""


def test_a_hedged_number_keeps_its_words_and_its_bounds(tmp_path):
    found = figure(snapshot_of(tmp_path, intents=INTENTS), name("enterprises.intent"))
    assert (found.text, found.nature) == ("近6亿元", "approximate")
    assert (found.value.low, found.value.high) == (54 * 10**9, 60 * 10**9 - 1)


def test_hedged_money_adds_up_to_hedged_money(tmp_path):
    two = INTENTS + "2 青洽会 1亿元 2011-01-01 2011-01-31\n"
    found = figure(snapshot_of(tmp_path, intents=two), name("enterprises.intent"))
    assert (found.value.low, found.value.high) == (64 * 10**9, 70 * 10**9 - 1)  # [5.4亿, 6亿) + 1亿


def test_an_open_end_stays_open(tmp_path):
    two = INTENTS + "2 青洽会 上亿元 2011-01-01 2011-01-31\n"
    found = figure(snapshot_of(tmp_path, intents=two), name("enterprises.intent"))
    assert (found.value.low, found.value.high) == (64 * 10**9, None)


SOME_SAY_NO_GIVER = """
number form  sector    giver amount   first      last
1      cash  education gsl   160万元  2011-01-01 2011-01-01
2      cash  education -     30万元   2011-02-01 2011-02-01
3      cash  education -     5万元    2011-03-01 2011-03-01
4      goods education -     -        2011-03-01 2011-03-01
"""


def test_what_a_cut_leaves_unsaid_is_a_figure_with_a_name_and_a_trail_of_its_own(tmp_path):
    taken, whole = snapshot_of(tmp_path, gifts=SOME_SAY_NO_GIVER), name("donations.education", "2011")
    left = rest(taken, whole, "g")
    assert (left.name, left.text, left.standing.records) == ("donations.education:p.2011;g=-", "35万元", 2)  # 30 + 5
    assert [f.text for f in cut(taken, whole, "g")] == ["160万元"]  # and 160 + 35 is the whole
    assert figure(taken, whole).text == "195万元"
    found = trail(taken, parse(left.name)[0])
    assert found.figure == left
    assert [m.number for m in found.counted] == [2, 3]
    assert {m.number: m.reason for m in found.left_out} == {1: "gsl，不在本口径内", 4: "实物，来源未折价"}


def test_where_all_say_their_giver_a_cut_leaves_nothing_unsaid(snapshot):
    assert rest(snapshot, name("donations.education"), "g") is None


def test_a_table_that_lists_a_cut_says_what_is_left_unsaid_so_that_its_lines_are_the_whole(tmp_path):
    programmes = "number programme code title office\n9 p p 某方案 某办"
    taken = snapshot_of(tmp_path, programmes=programmes, gifts=SOME_SAY_NO_GIVER)
    lines = [line for line in table_of(taken, "overview", "p", "2011").lines if line.figure]
    gifts = [(line.label, line.number) for line in lines if line.figure.definition.code == "donations.education"]
    assert gifts == [("捐资与筹资合计", "195"), ("gsl", "160"), ("未标明", "35")]


SAID_TWICE = """
number record aspect adopted document side       fragment title grade    digest paragraph
31     1      amount false   7       supporting 16万元   旧稿  copy     d7     3
32     1      amount true    8       supporting 160万元  更正  original d8     1
33     2      amount -       7       supporting 30万元   旧稿  copy     d7     4
"""


def test_a_number_is_led_back_to_the_words_that_its_record_adopts(tmp_path):
    """Record 1 was corrected on a new paper; of record 2 an older snapshot does not say whether it is adopted."""
    taken = snapshot_of(tmp_path, gifts=SOME_SAY_NO_GIVER, statements=SAID_TWICE)
    found = trail(taken, name("donations.education", "2011"))
    said = {m.number: [p.fragment for p in m.passages] for m in found.counted}
    assert said == {1: ["160万元"], 2: ["30万元"], 3: []}
