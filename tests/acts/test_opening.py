"""Opening a programme and registering organisations: what is given, what is refused, what the journal keeps."""

from dataclasses import replace
from datetime import date

import pytest
from books import OFFICER, example

from duikou.acts.doing import Forbidden
from duikou.acts.journal import head
from duikou.acts.opening import free_code, open_programme, register_organisation
from duikou.acts.verify import verify
from duikou.records.models import JournalLine, Organisation, Programme
from duikou.rules.problem import Refused
from duikou.rules.programmes import Organisation as Fact
from duikou.rules.programmes import Programme as ProgrammeFact
from duikou.rules.rights import Person, Post, everywhere

HOTAN = ProgrammeFact(
    code="", title="北京市对口支援和田地区", scheme="aid_xinjiang", opened=date(2012, 1, 1), supporting="110000",
    receiving="653200",
)  # fmt: skip
OFFICE = Fact(code="", name="北京市支援合作办公室", type="department")
OF_ONE = Person("yewu", (Post("programme_officer", "tjhzb", "120000", "tj-hn"),))
FRONT = Person("qianfang", (Post("front_line_officer", "tjhzb", "120000", "tj-hn"),))


@pytest.fixture
def programme(db, settings, tmp_path):
    return example(settings, tmp_path)


def opened(fact=HOTAN, office=OFFICE, person=OFFICER):
    return open_programme(fact, office, person=person, reason="设立")


def test_a_programme_and_its_office_are_one_line_of_the_journal(programme):
    before = head().number
    found = opened()
    assert (found.code, found.record.programme_id) == ("be-ho", found.pk)
    assert (found.office.code, found.office.region) == ("o00001", "110000")
    assert [line.number for line in JournalLine.objects.filter(number__gt=before)] == [before + 1]
    assert verify().true


def test_codes_are_made_of_both_areas_and_given_once(programme):
    assert free_code("110000", "653200") == "be-ho"
    codes = [opened(replace(HOTAN, title=f"{HOTAN.title}（{n}）"), office=None).code for n in range(3)]
    assert codes == ["be-ho", "be-ho2", "be-ho3"]
    assert free_code("", "653200") == "ho"
    assert free_code("", "") == "p"


def test_a_code_that_is_borne_and_a_name_that_is_registered_are_refused(programme):
    before = head()
    with pytest.raises(Refused, match=r"programmes\.8.*tj-hn，已用于“天津市对口支援青海省黄南藏族自治州”"):
        opened(ProgrammeFact(code="tj-hn", title="又一个", scheme="aid_xinjiang", opened=date(2012, 1, 1)))
    with pytest.raises(Refused, match=r"programmes\.9.*“北京市对口支援新疆和田地区”已设立，代码 bj-ht"):
        opened(replace(HOTAN, title="北京市对口支援新疆和田地区"))
    with pytest.raises(Refused, match=r"programmes\.10.*“天津市工商联”已登记，代码 gsl"):
        register_organisation(Fact(code="", name="天津市工商联", type="society"), programme=programme, person=OFFICER)
    assert head() == before


def test_an_area_that_the_standard_does_not_have_is_refused_and_nothing_is_written(programme):
    before = head(), Organisation.objects.count()
    with pytest.raises(Refused) as refusal:
        opened(ProgrammeFact(code="", title="x", scheme="aid_xinjiang", opened=date(2012, 1, 1), receiving="659999"))
    assert [problem.code for problem in refusal.value.problems] == ["programmes.1"]
    assert (head(), Organisation.objects.count()) == before


def test_who_is_bound_to_one_programme_opens_no_other_and_registers_in_its_own(programme):
    with pytest.raises(Forbidden):
        opened(person=OF_ONE)
    for person in (OF_ONE, FRONT):
        fact = Fact(code="", name=f"单位{person.account}", type="school")
        assert register_organisation(fact, programme=programme, person=person)
    with pytest.raises(Forbidden):
        register_organisation(
            Fact(code="", name="单位", type="school"), programme=programme, person=everywhere("x", "finance_clerk")
        )
    assert Programme.objects.filter(title=HOTAN.title).count() == 0


def test_a_credit_code_is_true_and_borne_once(programme):
    def register(name, code):
        return register_organisation(
            Fact(code="", name=name, type="enterprise", credit_code=code), programme=programme, person=OFFICER
        )

    register("甲公司", "91110000600037341L")
    for name, code in (("乙公司", "91110000600037341L"), ("丙公司", "91110000600037341M")):
        with pytest.raises(Refused) as refusal:
            register(name, code)
        assert [problem.code for problem in refusal.value.problems] == ["programmes.4"]
