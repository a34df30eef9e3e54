"""The book as Django sees it: verified, replayed from nothing, proven figure by figure, its head kept outside."""

import json
import os
from datetime import date

import pytest
from books import OFFICER, example, pay
from django.db import connection, transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from duikou.acts import check, journal
from duikou.acts.doing import Work, doing
from duikou.acts.funds import record_disbursements
from duikou.acts.verify import proof, replay, verify, write_head
from duikou.records.models import Entry, JournalLine, Position, Posting, Project, Record
from duikou.rules.funds import Disbursement
from duikou.rules.problem import Refused
from duikou.rules.quantity import yuan
from duikou.rules.rights import Place


@pytest.fixture
def programme(db, settings, tmp_path):
    return example(settings, tmp_path)


def tables():
    """The tables as they are: table, number, stored text."""
    rows = {
        name: {row.pk: journal.image(row) for row in model.objects.all()} for name, model in journal.journaled().items()
    }
    return {name: found for name, found in rows.items() if found}


def replayed():
    return replay(JournalLine.objects.all())


def run(sql, *values):
    with connection.cursor() as cursor:
        cursor.execute(sql, values)


# ---- verifying -------------------------------------------------------------------------------------------------


def test_a_loaded_book_is_true_and_stands_to_its_heads(programme):
    first = journal.head()
    pay(programme, 2_000_000, date(2011, 8, 30), "B-1")
    now = journal.head()
    report = verify([first.short, now.full, now.long])
    assert report.true
    assert report.problems == ()
    assert [verdict for _, verdict in report.verdicts] == ["延续 extends", "一致 same", "一致 same"]
    assert report.head == now
    assert (report.lines, report.rows) == (now.number, sum(len(rows) for rows in tables().values()))


def test_a_value_changed_behind_the_acts_is_found_with_its_place(programme):
    gift = Record.objects.filter(kind="gift").first().number
    run("UPDATE records_gift SET purpose = '别的' WHERE record_id = %s", gift)
    (problem,) = verify().problems
    assert (problem.place, problem.found) == (f"表 records_gift {gift}", '"purpose":"别的"')


def test_true_and_false_read_as_two_are_found(programme):
    run("UPDATE records_project SET open_list = 2 WHERE open_list = 0")
    assert not verify().true


def test_bytes_that_are_no_text_are_found(programme):
    run("UPDATE journal_line SET header = CAST(x'7b81ff7d' AS TEXT) WHERE number = 7")
    run("UPDATE records_project SET name = CAST(x'81ff' AS TEXT)")
    places = " ".join(problem.place for problem in verify().problems)
    assert "日志 line 7" in places
    assert "表 records_project" in places


def test_a_head_that_cannot_be_read_is_said_so(programme):
    with pytest.raises(ValueError, match="认不出账首"):
        verify(["账首 DK7K3M9QXA.1"])


def test_an_empty_book_is_true_and_has_no_head(db):
    report = verify()
    assert (report.true, report.lines, report.head, journal.head()) == (True, 0, None, None)


# ---- replaying -------------------------------------------------------------------------------------------------


def test_the_journal_replays_from_nothing_to_the_same_tables(programme):
    assert replayed() == tables()


def test_the_book_can_be_seen_as_of_any_line(programme):
    before, line = tables(), journal.head().number
    pay(programme, 2_000_000, date(2011, 8, 30), "B-1")
    assert replay(JournalLine.objects.filter(number__lte=line)) == before
    assert replay(JournalLine.objects.filter(number__lte=1)) == {}


PAYMENT = st.tuples(
    st.sampled_from([100_000, 1_000_000, 3_000_000, 6_000_000, 11_000_000]),  # yuan; 10 million may be paid, twice
    st.sampled_from([date(2011, 6, 15), date(2011, 8, 29), date(2011, 8, 30), date(2011, 9, 1), date(2099, 1, 1)]),
    st.sampled_from(["", "A-1", "A-2", "A-3", "A-4", "A-5"]),
)


@settings(
    max_examples=100 if os.environ.get("DUIKOU_PROVE") else 20,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
@given(lists=st.lists(st.lists(PAYMENT, min_size=1, max_size=3), min_size=1, max_size=6))
def test_after_any_payments_some_refused_the_journal_replays_and_no_fen_is_lost(programme, lists):
    with transaction.atomic():
        due = {"pool": 10_000_000, "undivided": 10_000_000, "transit": 0}
        for payments in lists:
            facts = [Disbursement(amount=yuan(amount), paid_on=day, voucher=name) for amount, day, name in payments]
            try:
                record_disbursements(facts, programme=programme, person=OFFICER)
            except Refused:
                continue
            for amount, day, _ in payments:
                due["undivided" if day <= date(2011, 8, 29) else "pool"] -= amount
                due["transit"] += amount
        balances = dict.fromkeys(due, 0)
        for position in Position.objects.all():
            last = position.postings.order_by("sequence").last()
            balances[position.kind] += last.balance // 100
        assert balances == due
        assert sum(balances.values()) == 20_000_000  # all that was secured
        assert replayed() == tables()
        assert verify().true
        transaction.set_rollback(True)


# ---- what an act writes is what the table holds ----------------------------------------------------------------


def test_a_refused_act_leaves_no_line_and_no_row(programme):
    before = tables(), journal.head()
    with pytest.raises(Refused):
        pay(programme, 99_000_000, date(2011, 8, 30), "B-1")
    assert (tables(), journal.head()) == before


def test_a_row_read_before_the_act_is_journaled_as_the_table_holds_it(programme):
    seen = Project.objects.first()
    with doing("record_disbursement", person=OFFICER, place=Place(programme="tj-hn")) as work:
        work.change(Project.objects.get(pk=seen.pk), name="改过的名称")
    with doing("record_disbursement", person=OFFICER, place=Place(programme="tj-hn")) as work:
        work.change(seen, status="completed")
    assert Project.objects.get(pk=seen.pk).name == "改过的名称"
    assert verify().true


def test_a_number_that_came_as_text_is_journaled_as_a_number():
    as_text = Entry(record_id="7", amount="100", first="2011-08-30", voucher=12)
    as_kept = Entry(record_id=7, amount=100, first=date(2011, 8, 30), voucher="12")
    assert journal.image(as_text).replace('"7"', "7") == journal.image(as_kept)


def test_lines_of_another_writer_are_carried_on(programme):
    pay(programme, 1_000_000, date(2011, 8, 30), "B-1")
    with transaction.atomic():
        pay(programme, 1_000_000, date(2011, 8, 30), "B-2")
        transaction.set_rollback(True)
    journal._edges.clear()  # as in another process
    pay(programme, 1_000_000, date(2011, 8, 30), "B-3")
    assert verify().true


def test_numbers_are_given_in_blocks_and_never_twice(programme):
    work = Work("record_disbursement", OFFICER)
    last = Posting.objects.order_by("number").last().number
    assert list(work.numbers(Posting, 3)) == [last + 1, last + 2, last + 3]
    assert list(work.numbers(Posting, 1)) == [last + 4]


def test_the_epoch_is_counted_on_and_counted_anew_after_a_rollback(programme):
    assert journal.head().code.endswith(".1")
    with transaction.atomic():
        journal.append("open_epoch", person="a", reason="", evidence="", rows=[])
        assert (journal.head().code[-2:], journal.head(3).code[-2:]) == (".2", ".1")
        journal.append("record_disbursement", person="a", reason='"act":"open_epoch"', evidence="", rows=[])
        assert journal.head().code.endswith(".2")
        transaction.set_rollback(True)
    assert journal.head().code.endswith(".1")


# ---- the proof of one figure -----------------------------------------------------------------------------------


@pytest.fixture
def proven(programme, tmp_path):
    """A function that has a proof of the entries checked against heads, after it was changed."""
    pay(programme, 2_000_000, date(2011, 8, 30), "B-1")
    records = [("records_entry", number) for number in Entry.objects.values_list("pk", flat=True)]
    file = tmp_path / "proof.json"

    def proven(change=lambda said: None, heads=None):
        said = json.loads(json.dumps(proof(records, "funds.disbursed;programme=tj-hn:2011")))
        change(said)
        file.write_text(json.dumps(said), encoding="utf-8")
        heads = heads or [journal.head().short, journal.head().full, journal.head().long]
        return check.proof(str(file), [head for text in heads for head in check.read_heads(text)])

    return proven


def test_a_proof_holds_against_the_head_it_was_made_for_and_no_other(proven, capsys):
    assert proven()
    assert capsys.readouterr().out.count("属实 true") == 3
    assert not proven(heads=[journal.head(3).long])
    assert not proven(heads=[journal.head().long, journal.head(3).long])
    assert not proven(heads=["duikou.book/DK00000000.1\n1\n" + "A" * 43 + "=\n"])


@pytest.mark.parametrize(
    "change",
    [
        lambda r: r.update(text=r["text"].replace("200000000", "200000001")),
        lambda r: r.update(leaf=r["leaf"] + 1),
        lambda r: r.update(leaves=r["leaves"] * 2),
        lambda r: r.update(line=r["line"] - 1),
        lambda r: r.update(path=r["path"][::-1]),
        lambda r: r["path"].pop(),
        lambda r: r.update(line_path=["00" * 32] * len(r["line_path"])),
        lambda r: r.update(path=[], leaf=0, leaves=1),
    ],
)
def test_a_proof_with_anything_changed_proves_nothing(proven, change):
    assert not proven(lambda said: change(said["records"][-1]))


def test_a_proof_without_a_head_is_not_judged(proven, tmp_path):
    assert proven()
    with pytest.raises(IndexError):
        check.proof(str(tmp_path / "proof.json"), [])


def test_a_proof_without_records_or_with_another_head_in_it_proves_nothing(proven):
    assert not proven(lambda said: said.update(records=[]))
    assert not proven(lambda said: said["head"].__setitem__(1, said["head"][1] + 1))


def test_what_is_not_on_the_book_has_no_proof(programme):
    with pytest.raises(LookupError, match="records_entry 4711"):
        proof([("records_entry", 4711)], "funds.disbursed:2011")


# ---- the head outside ------------------------------------------------------------------------------------------


def test_the_head_is_written_outside_the_folder_of_the_book(programme, tmp_path_factory):
    folder = tmp_path_factory.mktemp("usb")
    file = write_head(folder)
    assert file.read_text("utf-8") == journal.head().long
    assert file.name == f"{journal.head().code}-{journal.head().number:010}.head"
    assert write_head(folder) == file
    pay(programme, 2_000_000, date(2011, 8, 30), "B-1")
    assert [verdict for _, verdict in verify([write_head(folder).read_text("utf-8")]).verdicts] == ["一致 same"]
    assert [verdict for _, verdict in verify([file.read_text("utf-8")]).verdicts] == ["延续 extends"]


def test_a_head_inside_the_folder_of_the_book_is_refused(programme, tmp_path):
    for folder in (tmp_path, tmp_path / "heads", tmp_path / "x" / ".."):
        with pytest.raises(ValueError, match="账首要留在账本之外"):
            write_head(folder)
