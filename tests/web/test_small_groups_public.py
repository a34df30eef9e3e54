"""Small groups of people in public: no figure, table, list, file or answer tells one, nor what it could be found from."""

import json
import re
from datetime import date
from hashlib import sha256

import pytest
from books import LEADER, OFFICER, signed_in
from money_forms import text

from duikou.acts.accepting import PAPER, record_fact
from duikou.acts.attending import attend
from duikou.acts.findings import answer_finding, line_of
from duikou.acts.programmes import publish
from duikou.records import models as rows
from duikou.records.models import Finding, Organisation, Secondment, Training
from duikou.rules import people
from duikou.rules.evidence import Document
from duikou.rules.fact import Source
from duikou.rules.findings import Answer
from duikou.rules.period import Period
from duikou.rules.quantity import exactly

# enrolled heads of four cohorts: 3 are few; 6, the smallest other, goes with them; 9 of 68 are withheld
COHORTS = {2012: 3, 2013: 6, 2014: 27, 2015: 32}
WHOLE, FEW, HIDDEN, SHOWN, BOTH = "2012..2015", "2012", "2013", "2014", "2012..2013"
MIXED = "2012..2014"  # 3 + 6 + 27: all that are withheld, and one more
LEAK = "2013..2014"  # 6 + 27: whoever knew it would know the 6, hence the 3


@pytest.fixture
def cohorts(programme):
    """The students of four years, by year."""
    school = Organisation.objects.get(code="gsl")
    found = {}
    class_ = people.StudyClass(name="青海班", school=school.pk, intake=exactly(45, "person"))
    number = record_fact(class_, programme=programme, person=OFFICER)
    for year, heads in COHORTS.items():
        when = Period(date(year, 9, 1), date(year, 9, 1))
        fact = people.Cohort(study_class=number, year=year, enrolled=exactly(heads, "person"), when=when)
        found[year] = record_fact(fact, programme=programme, person=OFFICER)
    return found


def f(period, rest="", sheet="people.enrolled"):
    return f"/f/{sheet}:tj-hn.{period}{rest}"


@pytest.mark.sweep
@pytest.mark.parametrize(
    ("period", "number"),
    [(FEW, "<5"), (HIDDEN, "不公开"), (SHOWN, "27"), (BOTH, "9"), (WHOLE, "68"), (MIXED, "36"), (LEAK, "不公开")],
)
def test_a_figure_is_whole_or_withheld(cohorts, visitor, period, number):
    found = visitor.get(f(period, ".json")).json()
    assert found["writing"]["number"] == number
    if number in ("<5", "不公开"):
        assert (found["value"]["low"], found["value"]["high"], found["standing"]["records"]) == (None, None, 0)
        assert found["writing"]["nature"] == "withheld"


def test_an_official_sees_them_all(cohorts, officer):
    assert officer.get(f(FEW, ".json")).json()["value"]["low"] == 3
    assert officer.get(f(LEAK, ".json")).json()["value"]["low"] == 33
    assert "少于5" not in officer.get("/p/tj-hn/2012/people/cohort/").content.decode()


def test_the_trail_names_no_small_number(cohorts, visitor):
    """Of 3, 6, 27, 32 two stand for themselves; the sum is 68."""
    shown = text(visitor.get(f(WHOLE)))
    assert "少于5人" in shown
    assert "不公开" in shown
    assert re.search(r"\b27\b", shown)
    assert "＝" not in shown.partition("口径")[0].replace("＝ 68", "")
    members = visitor.get(f(WHOLE, ".json")).json()["members"]
    assert sorted(m["text"] for m in members) == ["27名", "32名", "不公开", "少于5人"]
    assert [m["low"] for m in members if "公开" in m["text"] or "少于" in m["text"]] == [None, None]
    lines = visitor.get(f(WHOLE, ".csv")).content.decode()
    assert "3名" not in lines
    assert "6名" not in lines


def test_a_list_its_files_and_its_section_name_no_small_number(cohorts, visitor):
    here = "/p/tj-hn/2012/people/cohort/"
    shown = text(visitor.get(here))
    assert ("少于5人" in shown, "不公开" in shown, "27名" in shown) == (True, True, True)
    for page in (shown, visitor.get(f"{here}list.csv").content.decode(), text(visitor.get("/p/tj-hn/2012/people/"))):
        assert not re.search(r"(?<!\d)[36]名", page)


@pytest.mark.parametrize("sort", ["enrolled", "-enrolled"])
def test_the_order_of_a_list_does_not_tell_them_apart(cohorts, visitor, sort):
    shown = text(visitor.get(f"/p/tj-hn/2012/people/cohort/?sort={sort}"))
    places = [shown.index(said) for said in ("少于5人", "不公开", "27名", "32名")]
    assert places[2] < places[3] if sort == "enrolled" else places[2] > places[3]


def test_a_record_says_no_small_number_in_its_fields_or_its_history(cohorts, visitor):
    shown = text(visitor.get(f"/r/cohort-{cohorts[2012]}"))
    assert "少于5人" in shown
    assert "3名" not in shown
    assert "3名" in text(signed_in("yewu").get(f"/r/cohort-{cohorts[2012]}"))


def test_the_interface_says_none(cohorts, visitor):
    found = visitor.get(f"/api/records/{cohorts[2012]}").json()
    assert "少于5人" in [field["text"] for field in found["fields"]]
    assert "enrolled_low" not in found["stored"]
    assert "3名" not in json.dumps(found, ensure_ascii=False)
    figure = visitor.get(f"/api/figures/people.enrolled:tj-hn.{FEW}").json()
    assert (figure["writing"]["text"], figure["value"]["low"]) == ("少于5人", None)
    trail = visitor.get(f"/api/figures/people.enrolled:tj-hn.{WHOLE}/trail").json()
    assert "少于5人" in [member["text"] for member in trail["members"]]
    assert sorted(part["number"] for part in trail["make_up"]["parts"]) == ["", "", "27", "32"]
    widths = sorted(part["width"] for part in trail["make_up"]["parts"])
    assert widths == ["0.00%", "0.00%", "45.76%", "54.24%"]  # of 27 + 32
    assert (trail["make_up"]["equation"], trail["equation"]) == ("", "")
    assert {proof["state"] for proof in trail["checks"]} <= {"ask"}
    assert not re.search(r"[0-9]", json.dumps(trail["checks"], ensure_ascii=False))


def test_a_check_of_a_figure_says_no_number_that_is_withheld(programme, visitor, officer):
    """2 are stated, 3 are on the list: what was found says both."""
    put(programme, trained(programme, 3, 2), 3)
    where = "/api/figures/people.trained:tj-hn.2012/trail"
    inside = [proof["detail"] for proof in officer.get(where).json()["checks"]]
    outside = [proof["detail"] for proof in visitor.get(where).json()["checks"]]
    assert "名单 3 人；核对名单，或改正写明的人数" in inside
    assert "核对名单，或改正写明的人数" in outside
    assert not [detail for detail in outside if "名单 3 人" in detail]
    assert "名单 3 人" not in text(visitor.get("/f/people.trained:tj-hn.2012"))


def test_a_question_about_people_says_in_public_only_that_it_is_asked(programme, visitor, officer):
    """The queue, its file, the question, the record it is about, the interface; and the dashboard."""
    course = trained(programme, 3, 2)
    put(programme, course, 3)
    finding = Finding.objects.get(rule="people.10", record__programme=programme)
    answer_finding(Answer("名单 3 人属实", line_of(finding)), finding=finding, person=OFFICER)
    pages = (
        "/p/tj-hn/2012/findings/", "/p/tj-hn/2012/findings/list.csv",
        f"/p/tj-hn/2012/findings/{finding.pk}/", f"/r/finding-{finding.pk}", f"/r/training-{course.pk}",
        f"/api/records/{finding.pk}", f"/api/records/{course.pk}",
    )  # fmt: skip
    told = {page: "名单 3 人" in officer.get(page).content.decode() for page in pages}
    assert told == dict.fromkeys(pages, True)
    outside = {page: visitor.get(page).content.decode() for page in pages}
    assert {page: (finding.title in said, "3 人" in said) for page, said in outside.items()} == dict.fromkeys(
        pages, (True, False)
    )
    assert "3 人" not in visitor.get("/p/tj-hn/2012/").content.decode()


# ---- heads from lists of names -----------------------------------------------------------------------------------------


def course(programme, month, names, of=people.Training):
    days = Period(date(2012, month, 1), date(2012, month, 5))
    if of is people.Training:
        fact, model = people.Training(subject=f"第{month}期", basis="actual", type="cadre", when=days), Training
    else:
        fact, model = people.Secondment(direction="to_receiving", type="doctor", when=days), Secondment
    row = model.objects.get(pk=record_fact(fact, programme=programme, person=OFFICER))
    attend(row, [people.Attending(name=name, unit="州医院") for name in names], programme=programme, person=OFFICER)
    return row


def test_heads_are_public_and_those_who_are_on_the_list_are_not(programme, visitor, officer):
    """Six in March, the same six and two more in June: 8 heads at most, 14 person-times; none with a number, so 8 at least."""
    six = [f"学员{n}" for n in "甲乙丙丁戊己"]
    course(programme, 3, six)
    course(programme, 6, [*six, "学员庚", "学员辛"])
    found = visitor.get(f("2012", ".json", "people.attended")).json()
    assert (found["writing"]["text"], found["standing"]["records"], found["members"]) == ("8名", 14, [])
    assert "8名，14 人次" in text(visitor.get(f("2012", "", "people.attended")))
    inside = officer.get(f("2012", ".json", "people.attended")).json()["members"]
    assert (len(inside), len([m for m in inside if m["low"] == 1])) == (14, 8)
    assert "名单 14 人次，一人只计一次" in text(visitor.get("/p/tj-hn/2012/"))


def test_a_course_of_few_is_withheld_and_so_is_what_it_could_be_found_from(programme, visitor):
    """2 in March, 7 in June, 9 in August: 2 are few, 7 go with them; 9 stand, and all 18."""
    for month, names in ((3, "甲乙"), (6, "丙丁戊己庚辛壬"), (8, "一二三四五六七八九")):
        course(programme, month, [f"学员{n}" for n in names])
    months = {p: visitor.get(f(p, ".json", "people.attended")).json()["writing"]["number"]
              for p in ("2012-03", "2012-06", "2012-08", "2012", "2012-06..2012-08")}  # fmt: skip
    assert months == {"2012-03": "<5", "2012-06": "不公开", "2012-08": "9", "2012": "18", "2012-06..2012-08": "不公开"}
    june = Training.objects.get(subject="第6期")
    assert "7 人" not in text(visitor.get(f"/p/tj-hn/2012/people/training/{june.pk}/people/"))


def test_few_who_were_sent_are_withheld_on_the_dashboard_too(programme, visitor):
    course(programme, 4, ["甲", "乙"], people.Secondment)
    shown = text(visitor.get("/p/tj-hn/2012/"))
    assert "赴受援地人数（去重） 少于5 人" in shown


def trained(programme, month, heads):
    when = Period(date(2012, month, 1), date(2012, month, 5))
    fact = people.Training(
        subject=f"第{month}期", basis="actual", type="cadre", when=when, trainees=exactly(heads, "person")
    )
    return Training.objects.get(pk=record_fact(fact, programme=programme, person=OFFICER))


def put(programme, row, heads):
    some = [people.Attending(name=f"学员{n}", unit="州医院") for n in range(heads)]
    attend(row, some, programme=programme, person=OFFICER)


def test_a_title_says_no_number_of_persons(programme, visitor):
    when = Period(date(2012, 4, 1), date(2012, 4, 1))
    fact = people.Secondment(direction="to_receiving", type="doctor", when=when, people=exactly(3, "person"))
    record_fact(fact, programme=programme, person=OFFICER)
    for page in (
        "/p/tj-hn/2012/people/",
        "/p/tj-hn/2012/people/secondment/",
        "/p/tj-hn/2012/people/secondment/list.csv",
    ):
        shown = visitor.get(page).content.decode()
        assert "到受援方挂职（" in shown
        assert not re.search(r"(?<!\d)3名", shown)


def test_a_list_of_names_does_not_tell_the_number_that_is_withheld(programme, visitor):
    """3 are few, 6 go with them, their sum is public: who learned from a list that it is 6 would find 9 - 6."""
    trained(programme, 3, 3)
    six = trained(programme, 6, 6)
    put(programme, six, 6)
    shown = text(visitor.get(f"/p/tj-hn/2012/people/training/{six.pk}/people/"))
    assert "州医院" not in shown
    assert "6 人" not in shown
    found = visitor.get(f("2012", ".json", "people.attended")).json()
    assert (found["writing"]["text"], found["value"]["low"]) == ("不公开", None)


def test_what_a_paper_says_of_a_withheld_number_is_not_listed_beside_it(programme, visitor):
    """Its own number, and another aspect in the same words."""
    digest = sha256(b"list").hexdigest()
    paper = Document(title="培训名单", medium="notice", grade="issued", digest=digest)
    source = Source(document=PAPER, side="supporting", paragraph=1, fragment="校长班1期3人")
    fact = people.Training(
        subject="校长班", basis="actual", trainees=exactly(3, "person"), sessions=exactly(1, "session")
    )
    number = record_fact(fact, programme=programme, person=OFFICER, source=source, paper=paper)
    publish(programme, [*rows.Document.objects.filter(digest=digest)], person=LEADER, reason="公开")
    for page in (f"/d/{digest[:8]}/", f"/r/training-{number}", f"/api/records/{number}", f"/api/documents/{digest}"):
        assert visitor.get(page).status_code == 200
        assert "3人" not in visitor.get(page).content.decode()


# ---- what a published report states stays ------------------------------------------------------------------------------


def test_what_the_report_states_stays(visitor):
    assert visitor.get(f("2010-08..2011-08", ".json", "people.trained")).json()["writing"]["text"] == "15名"


def test_a_county_sees_its_own_records_whole(programme):
    """A county's clerk sees the public programme, and the records of the own county inside."""
    fact = people.Training(subject="同仁班", basis="actual", region="632321", trainees=exactly(3, "person"))
    number = record_fact(fact, programme=programme, person=OFFICER)
    assert "3名" in text(signed_in("tongren").get(f"/r/training-{number}"))


# ---- a sum that is refused ---------------------------------------------------------------------------------------------


def test_a_refused_sum_says_so_with_the_reason_and_the_way_to_its_parts(programme, visitor):
    """Two trainings whose trainees may be the same people: no sum on the page, in the table, in its files."""
    for month, heads in ((3, 40), (6, 60)):
        when = Period(date(2012, month, 1), date(2012, month, 5))
        fact = people.Training(subject=f"第{month}期", basis="actual", trainees=exactly(heads, "person"), when=when)
        record_fact(fact, programme=programme, person=OFFICER)
    page = visitor.get("/p/tj-hn/2012/").content.decode()
    assert re.search(r'<a class="tag none apart" href="/f/people.trained:tj-hn.2012" title="不能相加：人数不沿', page)
    table = visitor.get("/p/tj-hn/2012/t/overview.json").json()
    line = next(one for one in table["lines"] if one.get("label") == "扶贫管理干部培训")
    assert (line["figure"]["writing"]["nature"], line["figure"]["value"]["low"]) == ("apart", None)
    assert line["figure"]["standing"]["blank"].startswith("不能相加：人数不沿")
    lines = visitor.get("/p/tj-hn/2012/t/overview.csv").content.decode().splitlines()
    (cells,) = [said.split(",") for said in lines if said.startswith("扶贫管理干部培训,")]
    assert (cells[3], cells[4]) == ("", "不能相加")
    assert visitor.get("/p/tj-hn/2012/t/overview.xlsx").status_code == 200
    assert visitor.get("/api/programmes/tj-hn/2012/tables/overview").status_code == 200
    shown = text(visitor.get("/f/people.trained:tj-hn.2012"))
    assert ("40名" in shown, "60名" in shown) == (True, True)
