"""Personal data: committed to in the journal, kept beside it, read by persons with a row for each, erased without a hole."""

import json
from datetime import UTC, datetime, timedelta

import pytest
from books import OFFICER, example

from duikou.acts import names
from duikou.acts.doing import Forbidden, doing
from duikou.acts.names import commitment, erase, erase_again, forget_reads, keep, read
from duikou.acts.verify import verify
from duikou.records.models import JournalImage, Name, NameRead, Personal
from duikou.rules.rights import Person, Place, Post, everywhere

VALUES = [("name", "某甲"), ("identity", "11010519491231002X")]
OFFICE = Place(office="tjhzb")
CLERK = Person("yewu", (Post("programme_officer", "tjhzb", "120000", "tj-hn"),))
AUDITOR = everywhere("shenji", "auditor")
WHY = "核对经办人"


@pytest.fixture
def kept(db, settings, tmp_path):
    example(settings, tmp_path)
    with doing("load_programme", person=OFFICER, place=Place(programme="tj-hn")) as work:
        return keep(work, VALUES)


def value_of(number):
    return read([number], person=AUDITOR, place=OFFICE, why=WHY)[number]


def test_the_journal_holds_commitments_and_no_value(kept):
    texts = list(JournalImage.objects.filter(table="records_personal").values_list("text", flat=True))
    assert [json.loads(t)["row"]["field"] for t in texts] == ["name", "identity"]
    assert not [t for t in JournalImage.objects.values_list("text", flat=True) for _, value in VALUES if value in t]


def test_the_same_value_twice_has_two_commitments(kept):
    with doing("load_programme", person=OFFICER, place=Place(programme="tj-hn")) as work:
        (again,) = keep(work, VALUES[:1])
    first, second = (Personal.objects.get(number=n).commitment for n in (kept[0], again))
    assert first != second


def test_length_is_part_of_what_is_committed_to():
    assert commitment("ab", "c", b"0" * 16) != commitment("a", "bc", b"0" * 16)


def test_a_value_changed_in_the_store_is_noticed_and_nothing_is_given(kept):
    Name.objects.filter(number=kept[0]).update(value="某乙")
    with pytest.raises(ValueError, match="与账上的承诺不符"):
        read(kept, person=AUDITOR, place=OFFICE, why=WHY)


def test_a_reading_gives_the_values_by_number_and_leaves_one_row(kept):
    assert read(kept, person=CLERK, place=OFFICE, why=WHY) == dict(
        zip(kept, ("某甲", "11010519491231002X"), strict=True)
    )
    (row,) = NameRead.objects.all()
    assert (row.account, row.names, row.why) == ("yewu", kept, WHY)
    assert abs(datetime.now(UTC) - row.at) < timedelta(minutes=1)


def test_every_reading_leaves_its_own_row_the_same_values_again_too(kept):
    for _ in range(3):
        read(kept[:1], person=AUDITOR, place=OFFICE, why=WHY)
    assert NameRead.objects.count() == 3


@pytest.mark.parametrize(
    ("person", "place"),
    [
        (Person(), OFFICE),
        (everywhere("lingdao", "leader"), OFFICE),
        (Person("gongzhong", (Post("public_reader", "gzyd"),)), Place(office="gzyd")),
        (CLERK, Place(office="trxzyb")),
        (CLERK, Place(programme="tj-hn")),
        (CLERK, Place()),
    ],
    ids=["visitor", "leader", "public", "clerk of another office", "by the programme", "of nothing"],
)
def test_who_may_not_see_names_reads_none_and_leaves_no_row(kept, person, place):
    with pytest.raises(Forbidden, match=r"看个人信息由.*办理"):
        read(kept, person=person, place=place, why=WHY)
    assert not NameRead.objects.exists()


@pytest.mark.parametrize("why", ["", "  "])
def test_a_reading_has_a_reason(kept, why):
    with pytest.raises(ValueError, match="写明事由"):
        read(kept, person=CLERK, place=OFFICE, why=why)
    assert not NameRead.objects.exists()


def test_no_value_is_given_where_the_row_cannot_be_kept(kept, monkeypatch):
    def full(**row):
        raise OSError("disk full")

    monkeypatch.setattr(NameRead.objects, "create", full)
    given = []
    with pytest.raises(OSError, match="disk full"):
        given.append(read(kept, person=CLERK, place=OFFICE, why=WHY))
    assert given == []


def test_reading_nothing_is_no_reading(kept):
    assert read([], person=CLERK, place=OFFICE, why=WHY) == {}
    assert not NameRead.objects.exists()


def test_the_values_leave_the_store_by_one_function_only():
    public = {name for name in vars(names) if name.islower() and not name.startswith("_")}
    assert {"read", "keep", "erase", "erase_again"} <= public
    assert "value_of" not in public


def test_readings_are_kept_four_hundred_days_and_then_forgotten(kept, settings):
    now = datetime.now(UTC)
    for days in (399, 401, 500):
        NameRead.objects.create(at=now - timedelta(days=days), account="yewu", names=kept, why=WHY)
    assert settings.READS_KEPT == 400
    assert forget_reads() == 2
    assert [(now - row.at).days for row in NameRead.objects.all()] == [399]


def test_readings_are_kept_half_a_year_at_least(kept, settings):
    settings.READS_KEPT = 182
    NameRead.objects.create(at=datetime.now(UTC) - timedelta(days=500), account="yewu", names=kept, why=WHY)
    with pytest.raises(ValueError, match="至少保存 183 天，现设为 182 天"):
        forget_reads()
    assert NameRead.objects.count() == 1


def test_erasing_deletes_value_and_salt_and_the_tree_stays_whole(kept):
    erase(kept[:1], person=OFFICER, reason="本人申请")
    assert [value_of(n) for n in kept] == ["", "11010519491231002X"]
    assert verify().true
    assert Name.objects.count() == 1


def test_what_a_restore_brings_back_is_erased_again(kept):
    erase(kept[:1], person=OFFICER, reason="本人申请")
    Name.objects.create(number=kept[0], value="某甲", salt="00" * 16)
    assert erase_again() == 1
    assert value_of(kept[0]) == ""
