"""Ten double counts that users of other systems complained of, with the shape of their data: right here, or refused.

The number of each complaint stands in the name of its test; what was wrong stands in the docstring.
"""

from collections import Counter

import pytest
from text_table import snapshot_of

from duikou.rules.additivity import Measure, refuse_across, refuse_along
from duikou.statistics.definition import definition
from duikou.statistics.figure import Name
from duikou.statistics.measure import cut, figure
from duikou.statistics.reckon import rest
from duikou.statistics.trace import trail
from duikou.statistics.values import RefusedSum

WAN = 10_000_00  # fen


def name(sheet, period="2011", *cuts):
    return Name(sheet, "p", period, tuple(cuts))


def measure(sheet, **more):
    return Measure(**vars(definition(sheet).measure) | more)


THROUGH_A_THIRD = """
number state     standing amount receiver first      last
1      disbursed own      500万元 hn       2011-03-01 2011-03-01
2      received  own      500万元 hn       2011-03-05 2011-03-05
3      spent     own      320万元 hn       2011-06-01 2011-06-01
"""


def test_d_portal_3_money_that_goes_through_another_is_counted_once(tmp_path):
    """What one gives to a second, and the second to a third, was added: 500 + 500 + 320."""
    taken = snapshot_of(tmp_path, entries=THROUGH_A_THIRD)
    said = {sheet: figure(taken, name(sheet)).text for sheet in ("funds.disbursed", "funds.received", "funds.spent")}
    assert said == {"funds.disbursed": "500万元", "funds.received": "500万元", "funds.spent": "320万元"}
    refusal = refuse_across([measure("funds.disbursed"), measure("funds.received")])
    assert (refusal.question, "同一笔钱的不同状态" in refusal.instead) == ("A4", True)


def test_d_portal_3_one_gift_that_both_sides_report_is_counted_once():
    both = [measure("donations.education", side=side, same="D1") for side in ("supporting", "receiving")]
    assert refuse_across(both).reason == "同一件事由两方各报一次"


PARENT_AND_CHILDREN = """
number state     standing amount   total first      last
1      disbursed total    1000万元 90    2011-01-01 2011-08-29
2      itemised  part     600万元  90    2011-03-01 2011-03-01
3      itemised  part     300万元  90    2011-05-01 2011-05-01
4      disbursed own      50万元   -     2011-09-01 2011-09-01
"""


def test_d_portal_302_a_programme_and_its_children_are_not_added(tmp_path):
    """The budget of a programme and those of its projects were added: 1000 + 600 + 300 + 50 = 1950."""
    taken = snapshot_of(tmp_path, entries=PARENT_AND_CHILDREN)
    found = figure(taken, name("funds.disbursed"))
    assert found.text == "1050万元"  # the stated whole, and what came after its day
    assert found.standing.listed.low == 900 * WAN  # the children are its make-up, 100 are yet to be named
    parts = [measure("funds.disbursed", standing=standing) for standing in ("total", "part")]
    assert refuse_across(parts).reason == "总数与它的分项不能同加"


ORIGINAL_AND_REVISED = """
number state  standing amount  corrects first      last
1      issued own      530万元  -        2011-02-01 2011-02-01
2      issued own      -530万元 1        2011-07-01 2011-07-01
3      issued own      480万元  1        2011-07-01 2011-07-01
"""


def test_d_portal_585_the_original_and_the_revised_are_not_added(tmp_path):
    """A budget of 530 million and its revision were added to more than a thousand."""
    lines = ORIGINAL_AND_REVISED.replace("amount", "amount_low amount_high amount_unit amount_hedge")
    for said, fen in (("-530万元", -530 * WAN), ("530万元", 530 * WAN), ("480万元", 480 * WAN)):
        lines = lines.replace(f" {said} ", f" {fen} {fen} fen exact ")
    assert figure(snapshot_of(tmp_path, entries=lines), name("funds.issued")).text == "480万元"  # 530 - 530 + 480


TWO_YEARS = """
number state   standing amount  first      last
1      secured own      120万元 2011-01-10 2011-01-10
2      secured own      200万元 2012-01-10 2012-01-10
"""


def test_d_portal_647_both_yearly_budgets_are_there(tmp_path):
    """Of two yearly budgets only one was shown."""
    taken = snapshot_of(tmp_path, entries=TWO_YEARS)
    said = [figure(taken, name("funds.secured", period)).text for period in ("2011", "2012", "2011..2012")]
    assert said == ["120万元", "200万元", "320万元"]


GIFTS = """
number form sector    giver amount  first      last
1      cash education gsl   160万元 2011-05-01 2011-05-01
2      cash education bhxq  300万元 2011-06-01 2011-06-01
3      cash education -     5万元   2011-06-02 2011-06-02
4      cash education gsl   9万元   2012-06-01 2012-06-01
5      cash health    gsl   7万元   2011-06-01 2011-06-01
"""


def test_d_portal_88_a_cell_is_what_it_opens_into(tmp_path):
    """A cell said 325 million, the list behind it 490."""
    taken = snapshot_of(tmp_path, gifts=GIFTS)
    cells = [figure(taken, name("donations.education")), *cut(taken, name("donations.education"), "g")]
    assert [cell.value.low for cell in cells] == [465 * WAN, 300 * WAN, 160 * WAN]
    for cell in cells:
        assert sum(m.value.low for m in trail(taken, cell.identity.name).counted) == cell.value.low


def test_d_portal_523_a_cut_is_of_the_year_that_is_asked(tmp_path):
    """One year was chosen, the chart showed all."""
    taken = snapshot_of(tmp_path, gifts=GIFTS)
    by_giver = {
        period: {
            f.identity.name.cut[-1][1]: f.value.low // WAN for f in cut(taken, name("donations.education", period), "g")
        }
        for period in ("2011", "2012")
    }
    assert by_giver == {"2011": {"bhxq": 300, "gsl": 160}, "2012": {"gsl": 9}}


PROGRESS = """
number state     standing amount  first      last
1      secured   own      400万元 2011-01-10 2011-01-10
2      disbursed own      100万元 2011-02-10 2011-02-10
"""


def test_d_portal_701_what_is_committed_is_not_what_is_paid_and_a_bar_is_not_always_full(tmp_path):
    """The column of commitments showed payments, so that every bar of progress was full."""
    taken = snapshot_of(tmp_path, entries=PROGRESS)
    assert figure(taken, name("funds.secured")).text == "400万元"
    assert figure(taken, name("funds.progress")).text == "25.0%"  # 100 / 400
    unknown = snapshot_of(
        tmp_path / "unknown", entries="\n".join(PROGRESS.splitlines()[:2] + PROGRESS.splitlines()[3:])
    )
    assert figure(unknown, name("funds.progress")).blank  # 100 of nobody knows how much is not 100 %


SEVERAL_COUNTIES = """
number kind    standing status  sector  region count first      last
1      project own      started housing 632321 1个   2011-03-01 2011-03-01
2      project own      started housing 632300 1个   2011-03-01 2011-03-01
3      project own      started housing -      1个   2011-03-01 2011-03-01
"""


def test_d_portal_374_what_lies_in_several_counties_is_not_whole_in_each(tmp_path):
    """A project of several countries was shown with its full amount under each of them.

    Here a project is in one area; one of several counties is in the prefecture above them, or in none that is said, and
    its money is divided by the entries of each county. So the counties and the rest make the whole, each project once.
    """
    taken = snapshot_of(tmp_path, projects=SEVERAL_COUNTIES)
    counted = name("projects.named")
    parts = {f.identity.name.cut[-1][1]: f.value.low for f in cut(taken, counted, "a")}
    assert parts == {"632300": 1, "632321": 1}
    assert rest(taken, counted, "a").value.low == 1
    assert figure(taken, counted).value.low == 3
    assert refuse_along("count", "area").question == "A1"  # and nobody adds up what counties count of their own


def test_a_committee_inside_an_area_is_not_added_to_it():
    """A giver that is part of another giver: the parent organisation is known (PEERS: 0.3 million inside 3 million)."""
    inside = [
        measure("donations.education", member="bhxq", within="tj"),
        measure("donations.education", member="dggwh", within="bhxq"),
    ]
    assert refuse_across(inside).reason == "上级的数已含下级的数"


CUMULATIVE = """
number kind              investment jobs first      last
1      investment_result 7          40人 2010-12-31 2010-12-31
2      investment_result 7          80人 2011-12-31 2011-12-31
3      investment_result 7          70人 2012-12-31 2012-12-31
4      investment_result 9          25人 2011-06-30 2011-06-30
"""


@pytest.mark.parametrize(
    ("period", "said"), [("2010", 40), ("2011", 105), ("2012", 95), ("2010..2012", 95), ("2011q1", 40)]
)
def test_akvo_rsr_5211_what_stands_is_taken_as_of_the_end_of_the_period_and_not_added(tmp_path, period, said):
    """The values of a cumulative indicator were added over the periods: 40 + 80 + 70.

    Of each plant the last value by the end of the period: 2011 is 80 + 25, 2012 is 70 + 25, March 2011 still 40.
    """
    taken = snapshot_of(tmp_path, investment_results=CUMULATIVE)
    assert figure(taken, name("enterprises.at_work", period)).value.low == said
    found = trail(taken, name("enterprises.at_work", period)).counted
    assert max(Counter(m.row["investment"] for m in found).values()) == 1
    assert refuse_along("stock", "time").instead == "取某日时点数，或两日之差"


def test_akvo_rsr_5212_a_change_of_an_earlier_period_changes_no_later_one(tmp_path):
    """A lower value in an earlier period made the total fall, or was written over it."""
    lower = CUMULATIVE.replace("40人 2010", "10人 2010")
    before, after = (
        snapshot_of(tmp_path / n, investment_results=text) for n, text in (("a", CUMULATIVE), ("b", lower))
    )
    said = [
        [figure(taken, name("enterprises.at_work", p)).value.low for p in ("2010", "2011", "2012")]
        for taken in (before, after)
    ]
    assert said == [[40, 105, 95], [10, 105, 95]]


def test_akvo_rsr_5211_people_who_may_be_the_same_are_not_added_over_the_years(tmp_path):
    taken = snapshot_of(tmp_path, investment_results=CUMULATIVE)
    with pytest.raises(RefusedSum, match="人数不沿时间相加"):
        figure(taken, name("enterprises.verified", "2010..2012"))


ONE_DAY = """
number basis  type      region giver trainees first      last
1      actual officials 632321 dx    15名     2011-03-01 2011-03-31
2      actual officials 632321 dx    20名     2011-03-01 2011-03-31
"""


def test_heads_of_two_courses_alike_in_day_place_and_giver_are_not_added_either(tmp_path):
    """15 + 20 people of one month, one county and one organiser may be 20 people."""
    with pytest.raises(RefusedSum, match="可能有同一个"):
        figure(snapshot_of(tmp_path, trainings=ONE_DAY), name("people.trained"))
