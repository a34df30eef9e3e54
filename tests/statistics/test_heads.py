"""Heads: one person in two courses is one head and two person-times; counted anew at every cut, never added."""

import os

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from text_table import snapshot_of

from duikou.rules.additivity import refuse_across
from duikou.statistics.definition import definition
from duikou.statistics.explain import sentence
from duikou.statistics.figure import Name
from duikou.statistics.measure import cut, figure
from duikou.statistics.trace import trail
from duikou.statistics.trace_said import equation

# 甲 is in both courses, 乙 in one, 丙 in one of the other county; 戊 is still to come; 己 is sent, not trained
ATTENDANCES = """
number of of_kind    basis    course direction    talent bearer identity region first      last
1      90 training   actual   cadre  -            -      a      801      632321 2012-03-01 2012-03-10
2      90 training   actual   cadre  -            -      b      802      632321 2012-03-01 2012-03-10
3      91 training   actual   labour -            -      a      803      632321 2012-06-01 2012-06-10
4      92 training   actual   labour -            -      c      804      632322 2012-06-01 2012-06-10
5      93 training   arranged labour -            -      e      805      632322 2012-08-01 2012-08-10
6      94 secondment -        -      to_receiving doctor f      806      632321 2012-04-02 2012-12-31
7      95 secondment -        -      to_receiving doctor f      807      632322 2012-05-02 2012-12-31
"""


def name(sheet, *cuts, period="2012"):
    return Name(sheet, "p", period, tuple(cuts))


def by(snapshot, sheet, letter):
    return {dict(f.identity.name.cut)[letter]: f.text for f in cut(snapshot, name(sheet), letter)}


def test_one_person_in_two_courses_is_one_head_and_two_person_times(tmp_path):
    found = figure(snapshot_of(tmp_path, attendances=ATTENDANCES), name("people.attended"))
    assert (found.text, found.standing.records) == ("3名", 4)  # 甲乙丙; 甲 twice


def test_heads_are_counted_anew_at_every_cut(tmp_path):
    """甲 is among the officials and among the workers: 2 + 2 are not 4."""
    taken = snapshot_of(tmp_path, attendances=ATTENDANCES)
    assert by(taken, "people.attended", "k") == {"cadre": "2名", "labour": "2名"}
    assert by(taken, "people.attended", "a") == {"632321": "2名", "632322": "1名"}
    assert figure(taken, name("people.attended", ("k", "labour"))).text == "2名"


def test_months_are_counted_anew_too(tmp_path):
    taken = snapshot_of(tmp_path, attendances=ATTENDANCES)
    months = [figure(taken, name("people.attended", period=p)).text for p in ("2012-03", "2012-06", "2012")]
    assert months == ["2名", "2名", "3名"]


def test_who_was_sent_to_two_places_is_one(tmp_path):
    taken = snapshot_of(tmp_path, attendances=ATTENDANCES)
    assert figure(taken, name("people.posted")).text == "1名"
    assert by(taken, "people.posted", "a") == {"632321": "1名", "632322": "1名"}
    assert figure(taken, name("people.medics")).blank


def test_the_trail_holds_each_time_and_adds_nothing(tmp_path):
    found = trail(snapshot_of(tmp_path, attendances=ATTENDANCES), name("people.attended"))
    assert sorted(m.number for m in found.counted) == [1, 2, 3, 4]
    assert equation(found) == ""
    assert [(m.number, m.reason) for m in found.left_out] == [(5, "性质不同：正在组织")]


# 甲 has a number; 无 has none and may be 甲
UNKNOWN = """
number of of_kind  basis  course bearer identity first      last
1      90 training actual cadre  a      801      2012-03-01 2012-03-10
2      90 training actual cadre  b      802      2012-03-01 2012-03-10
3      91 training actual labour x      -        2012-06-01 2012-06-10
4      91 training actual labour y      -        2012-06-01 2012-06-10
5      91 training actual labour z      -        2012-06-01 2012-06-10
"""


def test_who_has_no_number_may_be_one_who_has(tmp_path):
    """Two by number, three by name: 3 at least, 5 at most."""
    found = figure(snapshot_of(tmp_path, attendances=UNKNOWN), name("people.attended"))
    assert (found.value.low, found.value.high, found.text, found.nature) == (3, 5, "3名～5名", "approximate")


def test_the_people_of_one_course_are_different_people_with_a_number_or_without(tmp_path):
    taken = snapshot_of(tmp_path, attendances=UNKNOWN)
    assert by(taken, "people.attended", "k") == {"cadre": "2名", "labour": "3名"}


@given(
    rows=st.lists(st.tuples(st.integers(0, 5), st.integers(0, 3), st.booleans(), st.booleans()), max_size=14),
)
@settings(
    max_examples=25 if os.environ.get("DUIKOU_PROVE") else 8,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
def test_heads_of_a_union(tmp_path, rows):
    """Rows: person, course, county, whether a number is known; a person stands in a course once."""
    once = {(f"{person}{'n' if known else 'x'}", course): county for person, course, county, known in rows}
    lines = ["number of of_kind basis course region bearer identity first last"]
    for n, ((person, course), county) in enumerate(once.items(), 1):
        identity = str(n) if person.endswith("n") else "-"
        place = "632321" if county else "632322"
        lines.append(f"{n} {course} training actual cadre {place} {person} {identity} 2012-03-01 2012-03-10")
    taken = snapshot_of(tmp_path, attendances="\n".join(lines))
    whole, parts = figure(taken, name("people.attended")), cut(taken, name("people.attended"), "a")
    if whole.value is None:
        assert not once
        return
    people = {county: {p for (p, _), c in once.items() if c == county} for county in (True, False)}
    assert whole.value.high == len({p for p, _ in once}) <= whole.standing.records == len(once)
    assert whole.value.low <= sum(part.value.low for part in parts)
    assert whole.value.high <= sum(part.value.high for part in parts)
    if not people[True] & people[False]:
        assert whole.value.high == sum(part.value.high for part in parts)
    if len({p[-1] for p, _ in once}) == 1:
        assert whole.value.exact


def test_two_numbers_of_heads_are_not_added():
    """What a source states and what the list holds are the same people."""
    refusal = refuse_across([definition("people.heads").measure, definition("people.attended").measure])
    assert refusal.question == "A1"
    assert "可能有同一个" in refusal.reason


def test_the_sheet_says_that_each_is_counted_once():
    assert "的记录，一人只计一次；单位名，人数；可按地区、培训种类分组。" in sentence(definition("people.attended"))


@pytest.mark.parametrize("sheet", ["people.attended", "people.posted", "people.hosted", "people.medics"])
def test_no_sheet_of_heads_adds(sheet):
    d = definition(sheet)
    assert (d.kind, d.add, d.count) == ("heads", "", False)
