"""What projects yield: verified and planned apart, each kind in its own unit, what may be the same household never as heads."""

import pytest
from text_table import snapshot_of

from duikou.rules.outputs import UNITS
from duikou.statistics.definition import definition
from duikou.statistics.definition import sheets as of_program
from duikou.statistics.explain import sentence
from duikou.statistics.figure import Name, parse
from duikou.statistics.measure import cut, figure
from duikou.statistics.trace import trail
from duikou.statistics.trace_said import equation

OUTPUTS = """
number type              region sector  standing target  actual  first      last       label paper project
1      housing           632321 housing own      120套   118套   2012-09-01 2012-09-30 -     90    50
2      housing           632322 housing own      60套    -       -          -          -     -     51
3      housing           632321 housing own      30套    32套    2012-10-08 2012-10-08 -     -     52
4      road              632321 other   own      3.5公里 3.2公里 2012-09-01 2012-09-30 -     90    50
5      households_served 632321 housing own      80户    80户    2012-09-01 2012-09-30 -     90    50
6      households_served 632321 other   own      75户    75户    2012-09-01 2012-09-30 -     -     52
7      housing           632321 housing outside  200套   200套   2012-09-01 2012-09-30 -     -     53
8      housing           632321 housing own      10套    10套    2013-01-05 2013-01-05 -     -     52
"""
TARGETS = OUTPUTS.replace("2012-09-01 2012-09-30", "2012-01-01 2012-12-31").replace(
    "-          -          -     -     51", "2012-01-01 2012-12-31 -     -     51"
)
STATEMENTS = """
number record document paragraph aspect side      said section fragment title    grade
1      90     8        1         -      receiving -    -       验收证书 验收证书 original
"""


@pytest.fixture
def snapshot(tmp_path):
    return snapshot_of(tmp_path, outputs=OUTPUTS, targets=TARGETS, statements=STATEMENTS)


def name(sheet, *cuts, period="2012"):
    return Name(sheet, "p", period, tuple(cuts))


def test_homes_verified_in_the_year_are_added_and_what_was_given_up_is_left_out(snapshot):
    found = figure(snapshot, name("outputs.housing"))
    assert (found.text, found.standing.records) == ("150套", 2)  # 118 + 32; 10 are of 2013, 200 were given up
    out = trail(snapshot, name("outputs.housing")).left_out
    assert [(m.number, m.reason) for m in out] == [(7, "不计入，不在本口径内")]


def test_what_is_planned_stands_by_itself_in_the_days_of_its_project(snapshot):
    assert figure(snapshot, name("targets.housing")).text == "210套"  # 120 + 60 + 30; the last ten are of 2013
    assert figure(snapshot, name("targets.housing")).definition.basis == "planned"


def test_a_road_is_said_in_kilometres_and_never_added_to_homes(snapshot):
    assert figure(snapshot, name("outputs.roads")).text == "3.2公里"
    for sheet in of_program().values():
        if sheet.subject in ("outputs", "targets") and sheet.add:
            assert len(sheet.where["type"]) == len(sheet.where[f"{sheet.add}_unit"]) == 1


def test_households_of_two_projects_may_be_the_same_and_are_said_as_times(snapshot):
    found = figure(snapshot, name("outputs.households"))
    assert (found.text, found.definition.kind) == ("155户次", "times")  # 80 + 75
    assert "按户次计" in sentence(definition("outputs.households"))


def test_counties_kinds_and_sectors_are_cut(snapshot):
    assert [(str(f.identity.name), f.text) for f in cut(snapshot, name("targets.housing"), "a")] == [
        ("targets.housing:p.2012;a=632321", "150套"),
        ("targets.housing:p.2012;a=632322", "60套"),
    ]
    assert {dict(f.identity.name.cut)["t"]: f.text for f in cut(snapshot, name("outputs.count"), "t")} == {
        "housing": "2个",
        "road": "1个",
    }
    assert str(parse("projects.named:p.2012;u=in_use")[0]) == "projects.named:p.2012;u=in_use"


def test_an_outputs_figure_leads_to_the_record_and_to_its_paper(snapshot):
    found = trail(snapshot, name("outputs.housing"))
    assert equation(found) == "118套 ＋ 32套 ＝ 150套"
    first = found.counted[0]
    assert (first.number, first.form) == (1, "住房")
    assert [(p.title, p.fragment) for p in first.passages] == [("验收证书", "验收证书")]


def test_the_sheet_says_in_a_sentence_what_it_counts():
    assert sentence(definition("outputs.roads")).startswith(
        "已核实道路：取产出登记中种类为“道路”，计量单位为“公里”，计法为“单列”、日期全在期间之内的记录，核实数相加；单位公里"
    )
    assert "计划；可按地区、领域分组" in sentence(definition("targets.housing"))


def test_every_kind_and_unit_of_an_output_has_its_two_sheets_but_what_is_called_other():
    kinds = {(kind, unit) for kind, units in UNITS.items() for unit in units if kind != "other"}
    for subject, unit in (("outputs", "actual_unit"), ("targets", "target_unit")):
        sheets = [d.where for d in of_program().values() if d.subject == subject and d.add]
        assert {(w["type"][0], w[unit][0]) for w in sheets} == kinds


PROJECTS = """
number kind    status        standing stage     region count first      last
1      project started       own      started   632321 1个   2012-01-01 2012-12-31
2      project completed     own      accepted  632321 1个   2012-01-01 2012-12-31
3      project in_use        own      archived  632322 1个   2012-01-01 2012-12-31
4      project in_production own      -         632322 1个   2012-01-01 2012-12-31
5      project preparing     outside  planned   632321 1个   2012-01-01 2012-12-31
6      project cancelled     outside  approved  632321 1个   2012-01-01 2012-12-31
"""


@pytest.mark.parametrize(
    ("sheet", "expected"),
    [("count", "4个"), ("named", "4个"), ("started", "4个"), ("completed", "3个"), ("in_use", "2个"), ("preparing", "1个"), ("cancelled", "1个")],
)  # fmt: skip
def test_projects_are_counted_by_how_far_they_are(tmp_path, sheet, expected):
    found = snapshot_of(tmp_path, projects=PROJECTS)
    assert figure(found, name(f"projects.{sheet}")).text == expected
