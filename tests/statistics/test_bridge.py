"""A series over a change of its reading: the same period under both, and what makes the difference, to the fen."""

import json

import pytest
from text_table import snapshot_of

from duikou.rules.readings import proposed
from duikou.statistics.bridge import bridge_of, over_years
from duikou.statistics.definition import definition, in_force, reading, readings, series, sheets
from duikou.statistics.explain import sentence
from duikou.statistics.figure import Name
from duikou.statistics.proposals import plain
from duikou.statistics.reckon import figure
from duikou.statistics.uses import changes

GIFTS = """
number kind form   sector    giver amount    first      last
1      gift cash   education gsl   160万元   2011-05-01 2011-05-01
2      gift raised education bhxq  300万元   2011-06-01 2011-06-01
3      gift cash   health    gsl   70000.01元 2012-06-01 2012-06-01
4      gift cash   education gsl   9万元     2012-06-01 2012-06-01
5      gift raised education bhxq  20万元    2012-07-01 2012-07-01
6      gift cash   culture   dgg   3万元     2012-08-01 2012-08-01
7      gift cash   health    gsl   近6万元   2013-02-01 2013-02-01
8      gift cash   education gsl   1万元     2013-02-01 2013-02-01
"""
CODE = "donations.education"


def text_of(code, **other):
    """The stored text of a reading of gifts for education with something else; without spaces, which part the columns here."""
    return proposed(code, plain(sheets()[CODE]) | {"en": "gifts"} | other, author="yewu", reason="x").text


WIDER = text_of(
    f"{CODE}.b",
    name="教育医疗捐资",
    where={"form": ["cash"], "sector": ["education", "health"]},
    valid_from="2012-01-01",
)
NARROW = text_of(f"{CODE}.c", name="捐资", where={"form": ["cash"], "sector": ["education"]}, valid_from="2013-01-01")


@pytest.fixture
def taken(tmp_path):
    """Gifts of three years, and two readings that were adopted."""
    return snapshot_of(tmp_path, gifts=GIFTS, readings=_rows({f"{CODE}.b": WIDER, f"{CODE}.c": NARROW}))


def _rows(texts):
    lines = [f"{n} {code} {CODE} {text} 2012-01-01" for n, (code, text) in enumerate(texts.items(), 101)]
    return "\n".join(["number code follows text valid_from", *lines])


def name(code, period):
    return Name(code, "p", period)


@pytest.mark.parametrize(
    ("period", "letter"),
    [
        ("2011", ""),
        ("2011-12", ""),
        ("2012", ".b"),
        ("2012q1", ".b"),
        ("2011..2012", ".b"),
        ("2012-12-31", ".b"),
        ("2013", ".c"),
    ],
)
def test_the_reading_of_a_period_is_the_youngest_that_began_by_its_last_day(taken, period, letter):
    assert in_force(CODE, period, taken) == CODE + letter


def test_a_code_with_its_letter_means_that_reading_and_no_other(taken):
    assert in_force(f"{CODE}.b", "2013", taken) == f"{CODE}.b"


def test_a_figure_is_of_the_reading_that_its_name_says(taken):
    """2012: education 9 + 20 (the first reading), 9 + 7.000001 (cash for education and health), 9 (cash for education)."""
    said = [figure(taken, name(code, "2012")).value.low for code in (CODE, f"{CODE}.b", f"{CODE}.c")]
    assert said == [29_000_000, 16_000_001, 9_000_000]


def test_the_sheets_of_a_snapshot_are_had_from_it_alone(taken):
    assert {code: d.version for code, d in readings(taken).items()} == {
        f"{CODE}.b": reading(f"{CODE}.b", WIDER).version, f"{CODE}.c": reading(f"{CODE}.c", NARROW).version
    }  # fmt: skip
    assert definition(f"{CODE}.b", taken).name == "教育医疗捐资"
    assert [d.code for d in series(CODE, taken)] == [CODE, f"{CODE}.b", f"{CODE}.c"]


def test_each_year_stands_under_its_reading_and_each_break_is_bridged(taken):
    years = over_years(taken, CODE, "p", ["2011", "2012", "2013"])
    assert [(y.period, y.figure.definition.code, y.bridge is not None) for y in years] == [
        ("2011", CODE, False), ("2012", f"{CODE}.b", True), ("2013", f"{CODE}.c", True)
    ]  # fmt: skip
    assert all(year.bridge.holds for year in years[1:])


def test_the_bridge_names_what_came_in_and_what_went_out_by_the_condition_that_did_it(taken):
    """290000.00 + 70000.01 - 200000.00 = 160000.01."""
    bridge = bridge_of(taken, name(CODE, "2012"), sheets()[CODE], readings(taken)[f"{CODE}.b"])
    assert [(g.why, g.count, g.ends) for g in bridge.came] == [("领域为“医疗卫生”", 1, (7_000_001, 7_000_001))]
    assert [(g.why, g.count, g.ends) for g in bridge.left] == [("形式为“筹资”", 1, (20_000_000, 20_000_000))]
    assert (bridge.old.value.low, bridge.new.value.low) == (29_000_000, 16_000_001)
    assert bridge.holds
    assert [row["number"] for row in bridge.left[0].rows] == [5]


def test_a_bridge_over_hedged_numbers_adds_up_at_both_ends(taken):
    """2013: [54000, 59999.99] + 10000 under b; c leaves the hedged one out."""
    bridge = bridge_of(taken, name(CODE, "2013"), *readings(taken).values())
    assert (bridge.old.value.low, bridge.old.value.high) == (6_400_000, 6_999_999)
    assert [g.ends for g in bridge.left] == [(5_400_000, 5_999_999)]
    assert (bridge.new.value.low, bridge.holds) == (1_000_000, True)


def test_a_bridge_that_lacks_a_record_does_not_hold(taken):
    bridge = bridge_of(taken, name(CODE, "2012"), sheets()[CODE], readings(taken)[f"{CODE}.b"])
    assert not type(bridge)(bridge.period, bridge.old, bridge.new, (), bridge.left).holds


def test_what_would_change_is_told_before_and_a_year_that_stays_is_left_out(taken):
    tried = reading(
        f"{CODE}.d",
        text_of(f"{CODE}.d", where={"form": ["cash"], "sector": ["education", "culture"]}, valid_from="2012-02-01"),
    )
    found = changes(taken, tried, {"p": ["2012", "2013"]})
    assert [(c.programme, c.bridge.period, c.bridge.old.text, c.bridge.new.text) for c in found] == [
        ("p", "2012", "16.000001万元", "12万元")
    ]
    assert [g.why for g in found[0].bridge.came] == ["领域为“文化”"]


PEOPLE = """
number kind       of of_kind  basis  course    bearer identity first      last
1      attendance 9  training actual officials a      1        2012-03-01 2012-03-02
2      attendance 9  training actual officials b      2        2012-03-01 2012-03-02
3      attendance 8  training actual technical b      2        2012-05-01 2012-05-02
4      attendance 8  training actual technical c      3        2012-05-01 2012-05-02
"""


def test_people_who_stay_in_by_another_course_neither_come_nor_go(tmp_path):
    """Three people; b was in both courses, so that of the second course only c goes out."""
    taken = snapshot_of(tmp_path, attendances=PEOPLE)
    d = sheets()["people.attended"]
    said = json.loads(proposed("people.attended.b", plain(d), author="yewu", reason="x").text)
    narrower = reading("people.attended.b", json.dumps(said | {"where": said["where"] | {"course": ["officials"]}}))
    bridge = bridge_of(taken, name("people.attended", "2012"), d, narrower)
    assert (bridge.old.text, bridge.new.text, [g.count for g in bridge.left], bridge.came) == ("3名", "2名", [1], ())
    assert bridge.holds


def test_a_ratio_is_not_bridged_and_says_so(taken):
    d = sheets()["funds.progress"]
    assert "分子、分母各自接续" in bridge_of(taken, name("funds.progress", "2012"), d, d).refused


def test_a_reading_is_read_aloud():
    assert sentence(reading(f"{CODE}.c", NARROW)).startswith(
        "捐资：取捐助登记中形式为“捐资”，领域为“教育”、日期全在期间之内的记录，金额相加"
    )


def test_a_sheet_and_its_plain_values_say_the_same():
    for d in sheets().values():
        again = reading(d.code, json.dumps(plain(d)))
        assert {**vars(again), "version": ""} == {**vars(d), "version": ""}
