"""People are put into courses: names sealed beside the book, heads told apart by a keyed digest, wrong lists refused whole."""

import json
from datetime import date
from pathlib import Path

import pytest
from books import OFFICER, example

from duikou.acts import sealing
from duikou.acts.accepting import record_fact
from duikou.acts.attending import attend
from duikou.acts.checking import run_checks
from duikou.acts.doing import Forbidden, today
from duikou.acts.journal import head
from duikou.acts.names import erase, masked, read
from duikou.acts.verify import verify
from duikou.records.models import Attendance, Finding, JournalImage, Name, Secondment, Training
from duikou.rules import people
from duikou.rules.people import Attending
from duikou.rules.period import Period, on
from duikou.rules.problem import Refused
from duikou.rules.quantity import exactly
from duikou.rules.rights import Person, Place, Post, everywhere

AUDITOR = everywhere("shenji", "auditor")
WOMAN, MAN = "11010519491231002X", "440524188001010014"
DROLMA = Attending(name="卓玛", identity=WOMAN, unit="州卫生局", post="科长")
DORJE = Attending(name="多杰", identity=MAN)
UNNUMBERED = Attending(name="才让", unit="泽库县医院")
JULY = Period(date(2012, 7, 2), date(2012, 7, 15))


@pytest.fixture
def programme(db, settings, tmp_path):
    return example(settings, tmp_path)


def course(programme, trainees=30, subject="牧区卫生员"):
    fact = people.Training(subject=subject, basis="actual", trainees=exactly(trainees, "person"), when=JULY)
    return Training.objects.get(pk=record_fact(fact, programme=programme, person=OFFICER))


def put(programme, row, *some, person=OFFICER):
    return attend(row, some, programme=programme, person=person)


def value_of(number):
    return read([number], person=AUDITOR, place=Place(), why="核对名单")[number]


def test_people_enter_in_one_line_with_the_days_of_the_course(programme):
    row, before = course(programme), head().number
    numbers = put(programme, row, DROLMA, UNNUMBERED)
    assert head().number == before + 1
    kept = Attendance.objects.get(pk=numbers[0])
    assert (kept.unit, kept.post, kept.when) == ("州卫生局", "科长", JULY)
    assert (value_of(kept.person_id), value_of(kept.identity_id)) == ("卓玛", WOMAN)
    assert Attendance.objects.get(pk=numbers[1]).identity_id is None
    assert verify().true


def test_neither_name_nor_number_lies_open_in_the_book_or_its_file(programme):
    put(programme, course(programme), DROLMA)
    stored = [*Name.objects.values_list("value", flat=True), *JournalImage.objects.values_list("text", flat=True)]
    assert not [text for text in stored if "卓玛" in text or WOMAN in text]
    assert all(value.startswith(sealing.MARK) for value in Name.objects.values_list("value", flat=True))


def test_one_person_in_two_courses_is_one_head_and_two_person_times(programme):
    put(programme, course(programme), DROLMA, DORJE)
    put(programme, course(programme, subject="乡村教师"), DROLMA)
    bearers = list(Attendance.objects.values_list("bearer", flat=True))
    assert (len(bearers), len(set(bearers))) == (3, 2)


def test_the_digest_is_of_the_number_where_there_is_one_else_of_name_and_unit(programme):
    assert sealing.bearer(WOMAN, "卓玛", "州卫生局") == sealing.bearer(WOMAN, "卓  玛", "")
    assert sealing.bearer("", "卓玛", "州卫生局") != sealing.bearer("", "卓玛", "县卫生局")
    assert sealing.bearer("", "卓玛", "") != sealing.bearer(WOMAN, "卓玛", "")


def test_the_digest_cannot_be_made_without_the_key(programme, settings, tmp_path):
    one = sealing.bearer(WOMAN, "", "")
    settings.VAR = tmp_path / "elsewhere"
    assert sealing.bearer(WOMAN, "", "") != one


@pytest.mark.parametrize(
    ("some", "words"),
    [
        ((DROLMA, DROLMA), "第 2 人：同一人在同一期培训"),
        ((UNNUMBERED, UNNUMBERED), "people.8"),
        ((DROLMA, Attending(name="多杰", identity=WOMAN[:-1] + "1")), "第 2 人：填写的公民身份号码"),
        ((Attending(name="多杰", identity="110105491231002"),), "15 位旧号"),
        ((Attending(name="多杰", when=on(date(2012, 7, 16))),), "people.9"),
        ((Attending(name="多杰", unit="长" * 41),), "至多 40 个字"),
    ],
)
def test_a_list_with_one_wrong_person_is_refused_whole_and_shows_no_number(programme, some, words):
    row, line = course(programme), head().number
    with pytest.raises(Refused, match=words) as refused:
        put(programme, row, *some)
    assert "19491231" not in str(refused.value)
    assert (Attendance.objects.count(), Name.objects.count(), head().number) == (0, 0, line)


def test_who_stands_in_the_list_already_is_refused_and_typing_the_number_otherwise_does_not_help(programme):
    row = course(programme)
    put(programme, row, DROLMA)
    with pytest.raises(Refused, match="卓\\*已在名单里"):
        put(programme, row, Attending(name="卓玛", identity="１１０１０５１９４９１２３１００２ｘ"))


def test_more_people_than_stated_are_asked_about_once(programme):
    row = course(programme, trainees=1)
    put(programme, row, DROLMA)
    assert not Finding.objects.filter(rule="people.10").exists()
    put(programme, row, DORJE)
    put(programme, row, UNNUMBERED)
    (found,) = Finding.objects.filter(rule="people.10")
    assert found.found == "名单 2 人"


def test_nobody_and_too_many_are_refused_in_words(programme):
    with pytest.raises(ValueError, match="没有写参加人员"):
        put(programme, course(programme))
    with pytest.raises(ValueError, match="至多登记 300 人，现有 301 人"):
        put(programme, course(programme), *[Attending(name=f"某{n}") for n in range(301)])


def test_a_clerk_of_a_county_puts_people_into_what_lies_there_only(programme):
    clerk = Person("tongren", (Post("county_clerk", "trxzyb", "632321", "tj-hn"),))
    with pytest.raises(Forbidden, match="登记参加人员"):
        put(programme, course(programme), DROLMA, person=clerk)


def test_the_keys_are_made_once_for_their_owner_alone(programme, settings):
    put(programme, course(programme), DROLMA)
    first = {name: (Path(settings.VAR) / name).read_bytes() for name in (sealing.NAMES, sealing.BEARERS)}
    put(programme, course(programme, subject="另一期"), DROLMA)
    for name, key in first.items():
        file = Path(settings.VAR) / name
        assert (file.read_bytes(), file.stat().st_mode & 0o777) == (key, 0o600)
    assert not list(Path(settings.VAR).glob("*-key-*"))


def test_without_its_key_nothing_is_read_or_written_and_no_new_key_is_made(programme, settings):
    row = course(programme)
    (number,) = put(programme, row, DROLMA)
    (Path(settings.VAR) / sealing.NAMES).unlink()
    with pytest.raises(sealing.KeyGone, match="names-key 不在账本的文件夹里"):
        value_of(Attendance.objects.get(pk=number).person_id)
    with pytest.raises(sealing.KeyGone):
        put(programme, row, DORJE)
    (Path(settings.VAR) / sealing.BEARERS).unlink()
    with pytest.raises(sealing.KeyGone, match="bearer-key"):
        put(programme, row, DORJE)
    assert not (Path(settings.VAR) / sealing.NAMES).exists()


def test_a_value_under_another_number_or_key_is_not_opened(programme, settings, tmp_path):
    sealed = sealing.seal("卓玛", 7)
    assert sealing.unseal(sealed, 7) == "卓玛"
    with pytest.raises(ValueError, match="第 8 号解不开"):
        sealing.unseal(sealed, 8)
    settings.VAR = tmp_path / "elsewhere"
    sealing.seal("x", 1)
    with pytest.raises(ValueError, match="第 7 号解不开"):
        sealing.unseal(sealed, 7)


def test_what_was_written_plain_before_stays_readable(programme):
    (number,) = put(programme, course(programme), DROLMA)
    row = Attendance.objects.get(pk=number)
    Name.objects.filter(pk=row.person_id).update(value="卓玛")
    assert value_of(row.person_id) == "卓玛"


def test_masked_values_are_shown_and_erased_ones_are_empty(programme):
    (number,) = put(programme, course(programme), DROLMA)
    row = Attendance.objects.get(pk=number)
    assert masked([row.person_id, row.identity_id]) == {row.person_id: "卓*", row.identity_id: "110105********002X"}
    erase([row.person_id], person=OFFICER, reason="本人申请")
    assert masked([row.person_id])[row.person_id] == ""
    assert verify().true


def test_a_secondment_past_its_day_is_asked_about_until_it_has_ended(programme):
    fact = people.Secondment(direction="to_receiving", level="第一批", people=exactly(3, "person"), when=on(date(2012, 4, 2)),
                             due=date(2015, 4, 2))  # fmt: skip
    number = record_fact(fact, programme=programme, person=OFFICER)

    def asked():
        return [row.found for row in Finding.objects.filter(rule="people.11", last=None)]

    run_checks(programme, person=OFFICER, day=date(2015, 4, 2))
    assert asked() == []
    run_checks(programme, person=OFFICER, day=date(2015, 4, 3))
    assert asked() == ["2015-04-02 期满，没有返回日"]
    row = Finding.objects.get(rule="people.11")
    assert row.title == "第一批：挂职期满"
    assert json.loads(JournalImage.objects.filter(table="records_finding").last().text)["row"]["rule"] == "people.11"
    assert Secondment.objects.get(pk=number).due < today()
