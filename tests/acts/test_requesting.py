"""要表: offices are asked in one line, answer or are reminded; a sheet that is taken answers by itself and opens again."""

from datetime import date

import pytest
from books import LEADER, OFFICER, kept_example
from requesting import CLERK, DUE, MAY, SOLD, asked, county, handed, wanted

from duikou.acts.doing import Forbidden, today
from duikou.acts.journal import head, header_of
from duikou.acts.requesting import answer_request, ask_for_sheet, remind
from duikou.acts.undoing import take_back_sheet
from duikou.acts.verify import verify
from duikou.records.models import DataRequest, Finding, JournalImage, JournalLine
from duikou.rules.period import parse
from duikou.rules.problem import Refused
from duikou.rules.rights import Person, Post
from duikou.terms.words import code_of

OTHER = Person("jianzhany", (Post("county_clerk", "jzny", "632322", "tj-hn"),))
FAR = Person("tongren", (Post("county_clerk", "trx", "632321", "tj-hn"),))
LIFE = ["asked", "late", "data", "late"]


@pytest.fixture(scope="module")
def kept(django_db_setup, django_db_blocker, tmp_path_factory):
    with kept_example(django_db_blocker, tmp_path_factory.mktemp("requesting")) as found:
        yield found


@pytest.fixture
def programme(kept, db):
    return kept


def again(request):
    return DataRequest.objects.get(pk=request.pk)


def stopped(code, act):
    with pytest.raises(Refused) as refused:
        act()
    assert code in {problem.code for problem in refused.value.problems}


def test_a_request_lives_through_its_answers_on_sqlite(office):
    assert office.ask("request") == {"said": LIFE, "true": True, "replays": True}


@pytest.mark.postgresql
def test_a_request_lives_through_its_answers_on_postgresql(office_there):
    assert office_there.ask("request") == {"said": LIFE, "true": True, "replays": True}


def test_many_offices_are_asked_for_many_sheets_under_one_line(programme):
    before = head().number
    offices = [county(), county("hn", "632300")]
    rows = asked(programme, *(wanted(layout, layout, of) for of in offices for layout in ("t6_training", "t9_sales")))
    assert head().number == before + 1
    said = header_of(JournalLine.objects.get(number=head().number))
    assert (code_of("act", "要表"), said["reason"]) == (said["act"], "要2012年5月的表 4 份，2012-06-05 前报")
    assert {(row.answer, row.asked_on, row.due) for row in rows} == {("asked", today(), DUE)}
    assert len({(row.office_id, row.layout) for row in rows}) == 4
    assert verify().true


def test_an_office_is_asked_once_and_not_for_what_it_handed_in(programme):
    asked(programme)
    stopped("handing.6", lambda: asked(programme))
    stopped("handing.6", lambda: asked(programme, wanted("t6_training"), wanted("t6_training")))
    handed(programme, when=parse("2012-06"), office="jzx")
    stopped("handing.6", lambda: asked(programme, when=parse("2012-06")))


def test_one_day_too_short_for_all_is_one_question(programme):
    # May ends on the 31st, and the day of asking is later still: three days after it are wanted
    rows = asked(programme, wanted(), wanted("t6_training"))
    found = Finding.objects.filter(rule="handing.7", record__links__to__in=[row.pk for row in rows])
    assert [row.found for row in found] == ["2012-06-05 交"]


def test_a_time_long_enough_raises_no_question(programme):
    asked(programme, due=today().replace(year=today().year + 1))
    assert not Finding.objects.filter(rule="handing.7").exists()


@pytest.mark.parametrize("answer", ["nothing", "late", "refused"])
def test_the_office_that_was_asked_answers_with_its_reason(programme, answer):
    (request,) = asked(programme)
    answer_request(request, answer, "停电", programme=programme, person=CLERK)
    kept = again(request)
    assert (kept.answer, kept.answered, kept.reason) == (answer, today(), "停电")


def test_no_other_office_answers_not_even_of_the_same_county(programme):
    (request,) = asked(programme)
    stopped("requesting.1", lambda: answer_request(request, "nothing", programme=programme, person=OTHER))
    with pytest.raises(Forbidden):
        answer_request(request, "nothing", programme=programme, person=FAR)
    assert again(request).answer == "asked"


def test_what_an_officer_heard_on_the_telephone_says_so(programme):
    (request,) = asked(programme)
    answer_request(request, "nothing", programme=programme, person=OFFICER)
    assert again(request).reason == "电话答复"
    answer_request(request, "late", "停电", programme=programme, person=OFFICER)
    assert again(request).reason == "电话答复：停电"


@pytest.mark.parametrize("answer", ["late", "refused"])
def test_late_and_refused_want_a_reason(programme, answer):
    (request,) = asked(programme)
    stopped("handing.8", lambda: answer_request(request, answer, "  ", programme=programme, person=CLERK))
    stopped("handing.8", lambda: answer_request(request, answer, "", programme=programme, person=OFFICER))


@pytest.mark.parametrize("answer", ["data", "asked", "", "x" * 200])
def test_no_word_takes_the_place_of_a_sheet(programme, answer):
    (request,) = asked(programme)
    stopped("requesting.2", lambda: answer_request(request, answer, "有", programme=programme, person=CLERK))


def test_a_refusal_is_a_question_to_the_office_of_the_programme_with_a_day(programme):
    (request,) = asked(programme)
    answer_request(request, "refused", "不归本局管", programme=programme, person=CLERK)
    found = Finding.objects.get(rule="requesting.3")
    assert found.record.links.get(role="about").to_id == request.pk
    assert (found.owner_id, (found.due - today()).days) == (programme.office_id, 7)
    assert found.found == "不报：不归本局管"


def test_a_sheet_of_the_same_layout_area_and_period_answers_in_its_own_line(programme):
    (request,) = asked(programme)
    sheet = handed(programme)
    kept = again(request)
    assert (kept.answer, kept.answered, kept.submission_id) == ("data", today(), sheet.pk)
    tables = set(JournalImage.objects.filter(line_id=head().number).values_list("table", flat=True))
    assert {"records_data_request", "records_submission"} <= tables
    stopped("requesting.2", lambda: answer_request(request, "nothing", programme=programme, person=CLERK))
    assert verify().true


def test_a_sheet_of_another_layout_area_or_period_answers_nothing(programme):
    others = asked(programme, wanted("t6_training"), wanted(office=county("hn", "632300")))
    others += asked(programme, when=parse("2012-06"))
    handed(programme)
    assert {again(request).answer for request in others} == {"asked"}


def test_of_two_offices_of_a_county_the_one_that_hands_in_has_answered(programme):
    first, second = county(), county("hn")
    of_first, of_second = asked(programme, wanted(office=first), wanted(office=second))
    handed(programme, office="hn")
    assert (again(of_first).answer, again(of_second).answer) == ("asked", "data")


def test_where_it_cannot_be_told_whose_sheet_it_is_nobody_has_answered(programme):
    both = asked(programme, wanted(), wanted(office=county("hn")))
    handed(programme)
    assert [again(request).answer for request in both] == ["asked", "asked"]


def test_a_sheet_taken_back_opens_the_request_as_it_stood(programme):
    (request,) = asked(programme)
    answer_request(request, "late", "停电", programme=programme, person=CLERK)
    sheet = handed(programme)
    take_back_sheet(sheet, programme=programme, person=CLERK, reason="报错了")
    kept = again(request)
    assert (kept.answer, kept.reason, kept.submission_id) == ("late", "停电", None)
    assert verify().true


def test_a_second_sheet_that_stands_answers_when_the_first_is_taken_back(programme):
    (request,) = asked(programme)
    first = handed(programme)
    second = handed(programme, [*SOLD[:1], "牦牛肉", *SOLD[2:]], title="补报")
    take_back_sheet(first, programme=programme, person=CLERK, reason="报错了")
    assert (again(request).answer, again(request).submission_id) == ("data", second.pk)
    take_back_sheet(second, programme=programme, person=CLERK, reason="也错了")
    assert again(request).answer == "asked"


def test_a_reminder_bears_its_day_and_goes_out_once_a_day(programme):
    rows = asked(programme, wanted(), wanted("t6_training", "人才培训台账"))
    remind(rows, programme=programme, person=OFFICER)
    assert {again(row).reminded for row in rows} == {today()}
    stopped("requesting.4", lambda: remind(rows[:1], programme=programme, person=OFFICER))
    answer_request(rows[0], "nothing", programme=programme, person=CLERK)
    stopped("requesting.4", lambda: remind(rows[:1], programme=programme, person=OFFICER))


def test_counties_and_leaders_neither_ask_nor_remind(programme):
    (request,) = asked(programme)
    for person in (CLERK, LEADER):
        with pytest.raises(Forbidden):
            ask_for_sheet([wanted("t6_training")], when=MAY, due=date(2012, 6, 5), programme=programme, person=person)
        with pytest.raises(Forbidden):
            remind([request], programme=programme, person=person)
