"""收对账单, 勾对流水: a list enters whole, a match stays within both sides, taking back restores, an open line is answered for."""

from dataclasses import replace
from datetime import date

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from money import CLERK, COUNTY_LEADER, DAY, DESK, WAN
from reconciling import account, confirm, enter, line, opened

from duikou.acts.doing import Forbidden
from duikou.acts.funds import return_funds, reverse_entry
from duikou.acts.journal import head, header_of
from duikou.acts.reconciling import answer_for_line, match_bank_lines, take_back_matches
from duikou.acts.verify import verify
from duikou.records.models import BankLine, BankMatch, Entry, JournalLine, Organisation, Passage
from duikou.rules.matching import match
from duikou.rules.problem import Refused

SAID = [
    [10_00, 5 * WAN],
    [5 * WAN, 100 * WAN, 100 * WAN, 100 * WAN],
]  # the fee, the line taken back; its entry, three of the example


def refused(code, act):
    with pytest.raises(Refused) as found:
        act()
    assert code in {problem.code for problem in found.value.problems}
    return found.value.problems


def test_a_list_is_matched_on_sqlite(office):
    assert office.ask("reconcile") == {"said": SAID, "true": True, "replays": True}


@pytest.mark.postgresql
def test_a_list_is_matched_on_postgresql(office_there):
    assert office_there.ask("reconcile") == {"said": SAID, "true": True, "replays": True}


# ---- lists -------------------------------------------------------------------------------------------------------------


def test_a_list_is_one_line_of_the_journal_with_its_file_and_each_line_its_cell(book):
    before = head().number
    first, second = enter(book.programme, line("W1", 7, cell="对账单·A4"), line("W2", 5, cell="对账单·A5"))
    assert head().number == before + 1
    said = header_of(JournalLine.objects.get(number=head().number))
    assert (said["act"], said["evidence"]) == ("enter_bank_list", f"sha256:{first.document.digest}")
    assert Passage.objects.get(statements__record=second.pk).section == "对账单·A5"
    assert (first.amount, first.flow, str(first.owner)) == (7 * WAN, "out", str(Organisation.objects.get(code="tj")))


def test_the_same_file_is_noticed(book):
    enter(book.programme, line("W1", 7), said="file")
    (problem,) = refused("bank.1", lambda: enter(book.programme, line("W2", 5), said="file"))
    assert problem.found == "《银行对账单 2012-03》已收"


def test_a_longer_list_enters_only_what_is_new(book):
    enter(book.programme, line("W1", 7))
    assert [row.serial for row in enter(book.programme, line("W1", 7), line("W2", 5))] == ["W2"]
    refused("bank.1", lambda: enter(book.programme, line("W1", 7), line("W2", 5), said="again"))


@pytest.mark.parametrize(
    "odd",
    [line("W1", 8), line("W1", 7, flow="in"), line("W1", 7, day=date(2012, 3, 6))],
    ids=["another amount", "the other way", "another day"],
)
def test_a_serial_that_says_something_else_stops_the_whole_list(book, odd):
    enter(book.programme, line("W1", 7))
    refused("bank.3", lambda: enter(book.programme, line("W2", 5), odd))
    assert BankLine.objects.count() == 1


def test_a_serial_twice_in_a_list_stops_it(book):
    problems = refused("bank.3", lambda: enter(book.programme, line("W1", 7, cell="A2"), line("W1", 7, cell="A3")))
    assert {problem.place for problem in problems} == {"A2", "A3"}
    assert BankLine.objects.count() == 0


def test_a_line_of_tomorrow_stops_the_list(book):
    refused("bank.4", lambda: enter(book.programme, line("W1", 7, day=date(2099, 1, 1))))


def test_a_county_enters_its_own_list_and_no_other(book):
    county = Organisation.objects.filter(region="632321").first()
    assert county is not None
    enter(book.programme, line("W1", 7), holder=county.code, person=CLERK_OF_TONGREN)
    with pytest.raises(Forbidden):
        enter(book.programme, line("W2", 7), person=CLERK_OF_TONGREN)
    with pytest.raises(Forbidden):
        enter(book.programme, line("W3", 7), person=COUNTY_LEADER)


CLERK_OF_TONGREN = replace(CLERK, posts=CLERK.posts[:1])  # without its post in finance


# ---- matches -----------------------------------------------------------------------------------------------------------


@pytest.fixture
def paid(book):
    """Two payments of 7 and 5 万元."""
    return [book.disburse(7, "拨-1"), book.disburse(5, "拨-2")]


def test_what_is_proposed_is_confirmed_and_nothing_is_open(book, paid):
    enter(book.programme, line("W1", 7), line("W2", 5))
    found = account(book.programme)
    proposals = match(*found.items(())).proposals
    confirm(book.programme, *(part for one in proposals for part in one.parts))
    assert opened(book.programme) == [[], []]
    assert verify().true


def test_the_same_match_is_not_made_twice(book, paid):
    (first,) = enter(book.programme, line("W1", 7))
    confirm(book.programme, (first.pk, paid[0], 7 * WAN))
    refused("bank.5", lambda: confirm(book.programme, (first.pk, paid[0], 7 * WAN)))


def test_matches_of_one_act_stay_within_a_line_together_or_none_is_made(book, paid):
    (first,) = enter(book.programme, line("W1", 8))
    refused("bank.5", lambda: confirm(book.programme, (first.pk, paid[0], 7 * WAN), (first.pk, paid[1], 1 * WAN + 1)))
    assert BankMatch.objects.count() == 0
    confirm(book.programme, (first.pk, paid[0], 7 * WAN), (first.pk, paid[1], 1 * WAN))
    assert opened(book.programme) == [[], [4 * WAN]]


def test_a_line_is_not_matched_against_its_way_or_with_what_goes_through_no_bank(book, paid):
    come, gone = enter(book.programme, line("W1", 7, flow="in"), line("W2", 7))
    refused("bank.6", lambda: confirm(book.programme, (come.pk, paid[0], 7 * WAN)))
    secured = Entry.objects.filter(state="secured", fund=book.fund).first()
    refused("bank.6", lambda: confirm(book.programme, (gone.pk, secured.pk, 7 * WAN)))


def test_a_line_of_nowhere_is_told(book):
    with pytest.raises(ValueError, match="没有第 999999 号流水"):
        confirm(book.programme, (999999, 1, 1))


def test_taking_back_restores_and_says_why(book, paid):
    (first,) = enter(book.programme, line("W1", 7))
    before = opened(book.programme)
    confirm(book.programme, (first.pk, paid[0], 7 * WAN))
    told = {"programme": book.programme, "person": DESK}
    refused("bank.7", lambda: take_back_matches(BankMatch.objects.all(), reason="  ", **told))
    take_back_matches(BankMatch.objects.all(), reason="勾错一笔", **told)
    assert opened(book.programme) == before
    assert header_of(JournalLine.objects.get(number=head().number))["reason"] == "勾错一笔"
    refused("bank.7", lambda: take_back_matches(BankMatch.objects.all(), reason="再撤", **told))


def test_an_entry_that_is_reversed_leaves_its_line_open(book, paid):
    (first,) = enter(book.programme, line("W1", 7))
    confirm(book.programme, (first.pk, paid[0], 7 * WAN))
    reverse_entry(Entry.objects.get(pk=paid[0]), programme=book.programme, day=DAY, person=DESK, reason="重复")
    assert opened(book.programme) == [[7 * WAN], [5 * WAN]]


def test_what_is_returned_comes_back_into_the_account(book):
    number = book.disburse(7, "拨-1")
    book.receive(7, "回-1", (number, 7 * WAN))
    return_funds(Entry.objects.get(pk=number), 2 * WAN, programme=book.programme, day=DAY, person=DESK, reason="多拨")
    (back,) = enter(book.programme, line("W1", 2, flow="in"))
    entry = next(n for n, e in account(book.programme).entries.items() if e.back)
    confirm(book.programme, (back.pk, entry, 2 * WAN))
    assert opened(book.programme) == [[], [7 * WAN]]


def test_an_open_line_is_explained_or_handed_over_and_a_matched_one_is_not(book, paid):
    first, fee = enter(book.programme, line("W1", 7), line("W2", 0.001, party="", summary="手续费"))
    told = {"programme": book.programme, "person": DESK}
    refused("bank.8", lambda: answer_for_line(fee, **told))
    answer_for_line(fee, why="银行手续费，账上不记", **told)
    other = Organisation.objects.get(code="hn")
    answer_for_line(first, owner=other, **told)
    first.refresh_from_db()
    fee.refresh_from_db()
    assert (fee.reason, first.owner, first.reason) == ("银行手续费，账上不记", other, "")
    confirm(book.programme, (first.pk, paid[0], 7 * WAN))
    refused("bank.8", lambda: answer_for_line(first, why="x", **told))


def test_only_finance_matches(book, paid):
    (first,) = enter(book.programme, line("W1", 7))
    with pytest.raises(Forbidden):
        match_bank_lines([(first.pk, paid[0], 7 * WAN)], programme=book.programme, person=CLERK_OF_TONGREN)


@settings(max_examples=12, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    st.lists(st.tuples(st.integers(0, 1), st.integers(0, 1), st.integers(1, 9)), min_size=1, max_size=6), st.randoms()
)
def test_no_order_of_matching_and_taking_back_goes_beyond_either_side(book, paid, asked, chance):
    lines = list(BankLine.objects.order_by("pk")) or enter(book.programme, line("W1", 7), line("W2", 5))
    for at, to, wan in asked:
        try:
            confirm(book.programme, (lines[at].pk, paid[to], wan * WAN))
        except Refused:
            stands = BankMatch.objects.filter(struck=None).order_by("pk")
            if stands:
                take_back_matches([chance.choice(list(stands))], programme=book.programme, person=DESK, reason="勾错")
        found = account(book.programme)
        assert min(*found.open_lines.values(), *found.open_entries.values()) >= 0
    take_back_matches(BankMatch.objects.filter(struck=None), programme=book.programme, person=DESK, reason="全撤")
    assert opened(book.programme) == [[5 * WAN, 7 * WAN], [5 * WAN, 7 * WAN]]
