"""Personal data: committed to in the journal, kept beside it, erased without a hole in the tree."""

import json

import pytest
from books import OFFICER, example

from duikou.acts.doing import doing
from duikou.acts.names import commitment, erase, erase_again, keep, value_of
from duikou.acts.verify import verify
from duikou.records.models import JournalImage, Name, Personal
from duikou.rules.rights import Place

VALUES = [("name", "某甲"), ("identity", "11010519491231002X")]


@pytest.fixture
def kept(db, settings, tmp_path):
    example(settings, tmp_path)
    with doing("load_programme", person=OFFICER, place=Place(programme="tj-hn")) as work:
        return keep(work, VALUES)


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


def test_a_value_changed_in_the_store_is_noticed(kept):
    Name.objects.filter(number=kept[0]).update(value="某乙")
    with pytest.raises(ValueError, match="与账上的承诺不符"):
        value_of(kept[0])


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
