"""A county's own sheet from the file to the book and back: read, answered, taken as one act, taken again, taken back."""

from dataclasses import replace
from datetime import timedelta

import pytest
from books import OFFICER, kept_example
from cells import lines, workbook
from django.db import transaction

from duikou.acts import handing, undoing
from duikou.acts.accepting import record_fact
from duikou.acts.closings import close_period
from duikou.acts.doing import today
from duikou.acts.handing import accept_sheet, rehearse_sheet
from duikou.acts.undoing import take_back_sheet
from duikou.acts.verify import verify
from duikou.intake.asked import Asked
from duikou.intake.taking import answer
from duikou.records.models import Finding, Passage, Record, Sale, Submission, of
from duikou.rules import closings, governance
from duikou.rules.period import parse
from duikou.rules.problem import Refused
from duikou.rules.rights import Person, Post
from duikou.snapshot.store import freeze
from duikou.statistics.figure import Name
from duikou.statistics.measure import figure

HEADS = ["月份", "产品名称", "县（市、区）", "销售渠道", "方式", "采购单位", "销售金额（万元）"]
APRIL = ["2012年4月", "牦牛肉", "泽库县", "食堂采购", "直接采购", "", "12.5"]
MAY = ["2012年5月", "藏羊", "泽库县", "食堂采购", "直接采购", "", "8"]
CLERK = Person("zeku", (Post("county_clerk", "zkx", "632323", "tj-hn"),))
ASKED = Asked(parse("2012-05"), region="632323")


@pytest.fixture(scope="module")
def kept(django_db_setup, django_db_blocker, tmp_path_factory):
    with kept_example(django_db_blocker, tmp_path_factory.mktemp("taking")) as found:
        yield found


@pytest.fixture
def programme(kept, db):
    return kept


def sheet(*rows, title="泽库县消费帮扶台账"):
    return workbook({"A1": title} | lines(2, HEADS) | lines(3, *rows), sheet="五月")


def dropped(programme, *rows, asked=ASKED, title="泽库县消费帮扶台账"):
    return answer(programme, "泽库县五月.xlsx", sheet(*rows, title=title), asked)


def taken(programme, *rows, person=CLERK, **more):
    number = accept_sheet(dropped(programme, *rows, **more).handed(), programme=programme, person=person)
    return Submission.objects.get(pk=number)


def sold(programme):
    return sorted(of(Sale, programme).values_list("product", "amount_low"))


def test_two_new_rows_enter_as_one_act_each_resting_on_its_cell(programme):
    said = dropped(programme, APRIL, MAY)
    assert said.counts == {"new": 2, "changed": 0, "same": 0, "unplaced": 0, "odd": 0}
    submission = taken(programme, APRIL, MAY)
    assert submission.receipt == f"收表〔{today().year}〕1号"
    assert sold(programme) == [("牦牛肉", 125_000_00), ("藏羊", 80_000_00)]
    places = Passage.objects.filter(document=submission.document).order_by("number")
    assert [(p.section, p.paragraph, p.fragment) for p in places] == [
        ("五月", 3, "牦牛肉"), ("五月", 3, "G3 12.5"), ("五月", 4, "藏羊"), ("五月", 4, "G4 8"),
    ]  # fmt: skip
    assert verify().true


def test_the_same_file_is_noticed_and_an_edited_copy_enters_only_what_differs(programme):
    taken(programme, APRIL, MAY)
    with pytest.raises(Refused, match="收过"):
        taken(programme, APRIL, MAY)
    more = [*MAY[:6], "8.8"]
    said = dropped(programme, APRIL, more, title="改后")
    assert said.counts == {"new": 0, "changed": 1, "same": 1, "unplaced": 0, "odd": 0}
    ((name, old, new),) = said.rows[1].differs
    assert (name, old.low, new.low) == ("amount", 80_000_00, 88_000_00)
    submission = taken(programme, APRIL, more, title="改后")
    assert (submission.added, submission.changed, submission.same) == (0, 1, 1)
    assert sold(programme) == [("牦牛肉", 125_000_00), ("藏羊", 88_000_00)]


def test_a_sheet_taken_back_leaves_the_book_as_it_was(programme):
    first = taken(programme, APRIL)
    before = figure(freeze(), Name("cooperation.bought", "tj-hn", "2012"))
    second = taken(programme, [*APRIL[:6], "13"], MAY, title="改后")
    assert sold(programme) == [("牦牛肉", 130_000_00), ("藏羊", 80_000_00)]
    take_back_sheet(second, programme=programme, person=CLERK, reason="报错了县")
    assert sold(programme) == [("牦牛肉", 125_000_00)]
    assert Record.objects.filter(struck=True).count() == 1
    after = figure(freeze(), Name("cooperation.bought", "tj-hn", "2012"))
    assert (after.value, after.standing) == (before.value, before.standing)
    assert Submission.objects.get(pk=second.pk).undone == today()
    assert Submission.objects.get(pk=first.pk).undone is None
    assert verify().true
    with pytest.raises(Refused, match="已于"):
        take_back_sheet(second, programme=programme, person=CLERK, reason="再撤")


def test_what_was_taken_back_may_be_handed_in_again(programme):
    take_back_sheet(taken(programme, APRIL), programme=programme, person=CLERK, reason="缺章")
    assert taken(programme, APRIL).receipt.endswith("〕2号")
    assert sold(programme) == [("牦牛肉", 125_000_00)]


def test_questions_about_what_was_taken_back_are_settled(programme):
    submission = taken(programme, [*APRIL[:2], "泽库县", *APRIL[3:]])
    asked = Finding.objects.filter(record__links__to__in=submission.record.links.values("to"))
    take_back_sheet(submission, programme=programme, person=CLERK, reason="缺章")
    assert not asked.exclude(state="settled").exists()


def test_a_sheet_is_not_taken_back_once_its_records_were_changed_or_something_rests_on_them(programme):
    submission = taken(programme, APRIL)
    taken(programme, [*APRIL[:6], "13"], title="改后")
    with pytest.raises(Refused, match="后来改过"):
        take_back_sheet(submission, programme=programme, person=CLERK, reason="报错")
    other = taken(programme, MAY, title="另一份")
    (sale,) = other.record.links.filter(role="brings").values_list("to_id", flat=True)
    fact = governance.Decision(type="meeting", number="1号", matter="采购", links=(("decides", sale),))
    record_fact(fact, programme=programme, person=OFFICER)
    with pytest.raises(Refused, match="依托"):
        take_back_sheet(other, programme=programme, person=CLERK, reason="报错")


def test_a_sheet_is_taken_back_within_seven_days(programme, monkeypatch):
    submission = taken(programme, APRIL)
    monkeypatch.setattr(undoing, "today", lambda: today() + timedelta(days=8))
    with pytest.raises(Refused, match="至迟"):
        take_back_sheet(submission, programme=programme, person=CLERK, reason="报错")


def test_a_sheet_is_not_taken_back_from_a_closed_period(programme):
    submission = taken(programme, APRIL)
    close_period(closings.Closing(when=parse("2012-04"), reconciled="1"), programme=programme, person=OFFICER)
    with pytest.raises(Refused, match="已关账"):
        take_back_sheet(submission, programme=programme, person=CLERK, reason="报错")


def test_a_clerk_hands_in_what_is_of_the_own_county_only(programme):
    elsewhere = [*APRIL[:2], "同仁市", *APRIL[3:]]
    said = rehearse_sheet(dropped(programme, APRIL, elsewhere).handed(), programme=programme, person=CLERK)
    assert [(p.code, p.found) for p in said] == [("handing.2", "五月·A4 登记劳务消费帮扶（青海省黄南州同仁市）")]
    with pytest.raises(Refused, match="同仁市"):
        taken(programme, APRIL, elsewhere)
    assert sold(programme) == []


def test_a_rehearsal_writes_nothing(programme):
    lines_before = verify().lines
    assert rehearse_sheet(dropped(programme, APRIL).handed(), programme=programme, person=CLERK) == []
    assert (verify().lines, sold(programme)) == (lines_before, [])


def test_a_row_that_cannot_be_read_keeps_the_whole_sheet_out(programme):
    said = dropped(programme, APRIL, [*MAY[:6], "若干"])
    assert (said.ready, said.counts["odd"]) == (False, 1)
    (problem,) = said.rows[1].problems
    assert problem.place == "五月·G4"


def test_a_name_that_a_person_placed_is_placed(programme):
    elsewhere = [*APRIL[:2], "泽曲镇", *APRIL[3:]]
    said = dropped(programme, elsewhere)
    assert (said.ready, said.rows[0].unplaced[0].said) == (False, "泽曲镇")
    assert dropped(programme, elsewhere, asked=replace(ASKED, placed={"region:泽曲镇": "632323"})).ready


def test_a_failure_in_the_middle_leaves_nothing(programme, monkeypatch):
    def fails(*_):
        raise OSError("disk full")

    monkeypatch.setattr(handing, "enter", fails)
    with pytest.raises(OSError, match="disk full"), transaction.atomic():
        taken(programme, APRIL)
    assert sold(programme) == []


def test_a_county_hands_in_gifts_whose_sheet_names_no_receiver(programme):
    heads = ["捐赠单位", "类别", "捐赠金额（万元）", "领域", "捐赠日期"]
    data = workbook(lines(1, heads, ["天津市", "现金", "5", "教育", "2012-05-03"]), sheet="五月")
    said = answer(programme, "捐赠.xlsx", data, ASKED)
    assert said.ready
    assert [p for p in rehearse_sheet(said.handed(), programme=programme, person=CLERK) if p.weight == "stops"] == []
