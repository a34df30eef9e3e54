"""The matcher and the arithmetic of a month: what is proposed and why, what is left to a person, what a difference is made of."""

import os
from collections import Counter
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from benchmarks.bank_months import month as made
from duikou.rules import bank
from duikou.rules.matched import Item, slip
from duikou.rules.matching import match
from duikou.rules.parties import Names
from duikou.rules.period import months
from duikou.rules.reconciled import Moved, explained, month, rests

JUNE = months(2023, 6, 6)
MONTHS = 200 if os.environ.get("DUIKOU_PROVE") else 2
BUREAU, BUILDER = ("云岫州乡村振兴局", "州振兴局"), ("云岫青松建筑有限公司",)


def line(number, day, amount, party="云岫州乡村振兴局", said="", flow="out"):
    return Item(number, date(2023, 6, day), flow, amount, (party,), said)


def entry(number, day, amount, names=BUREAU, paper="", flow="out"):
    return Item(number, date(2023, 6, day), flow, amount, names, paper)


def pairs(lines, entries):
    """The parts of what is proposed, as (line, entry, fen)."""
    return sorted(part for one in match(lines, entries).proposals for part in one.parts)


# ---- one for one -------------------------------------------------------------------------------------------------------


def test_the_same_amount_day_and_party_are_safe_and_say_so():
    (one,) = match([line(1, 9, 100_00)], [entry(2, 8, 100_00)]).proposals
    assert one.safe
    assert one.parts == ((1, 2, 100_00),)
    assert one.reasons == ("金额相同", "银行晚 1 天", "户名相符")


@pytest.mark.parametrize(
    ("day", "proposed", "safe"),
    [
        (6, False, False),
        (7, True, False),
        (10, True, True),
        (15, True, True),
        (16, True, False),
        (20, True, False),
        (21, False, False),
    ],
)  # the entry is of the 10th: 3 days early to 10 late are near, 0 to 5 late are safe
def test_a_bank_is_late_by_some_days_and_early_by_few(day, proposed, safe):
    found = match([line(1, day, 100_00)], [entry(2, 10, 100_00)]).proposals
    assert [one.safe for one in found] == ([safe] if proposed else [])


@pytest.mark.parametrize(
    "party",
    [
        "云岫州乡村振兴局（国库集中支付）",
        "云岫州(乡村)振兴局",
        "州振兴局",
        "云岫州乡村振兴局专户",
        " 云岫州 乡村振兴局",
        "云岫州乡村振",
    ],
)
def test_a_party_is_known_however_the_bank_writes_it(party):
    assert pairs([line(1, 9, 100_00, party)], [entry(2, 9, 100_00)]) == [(1, 2, 100_00)]


def test_a_company_is_not_another_of_the_same_town():
    names = Names([BUILDER, ("云岫青山建筑有限公司",)])
    assert names.of("云岫青松建筑有限责任公司") == {BUILDER[0]}
    assert names.of("云岫青海建筑有限公司") == frozenset()


def test_another_party_is_never_proposed_but_shown():
    found = match([line(1, 9, 100_00, "云岫百工职业培训有限公司")], [entry(2, 9, 100_00)])
    assert found.proposals == ()
    assert [(one.lines, one.entries, one.why) for one in found.unclear] == [((1,), (2,), "金额相同，户名不同")]


def test_what_comes_in_is_not_what_goes_out():
    assert pairs([line(1, 9, 100_00, flow="in")], [entry(2, 9, 100_00)]) == []


def test_two_equal_amounts_on_a_day_are_told_apart_by_their_parties():
    lines = [line(1, 9, 100_00, BUILDER[0]), line(2, 9, 100_00)]
    assert pairs(lines, [entry(3, 9, 100_00), entry(4, 9, 100_00, BUILDER)]) == [(1, 4, 100_00), (2, 3, 100_00)]


def test_two_equal_amounts_to_one_party_on_a_day_are_left_to_a_person():
    found = match([line(1, 9, 100_00), line(2, 9, 100_00)], [entry(3, 9, 100_00), entry(4, 9, 100_00)])
    assert found.proposals == ()
    assert [(one.lines, one.entries) for one in found.unclear] == [((1, 2), (3, 4))]


def test_a_number_of_a_paper_tells_equal_amounts_apart():
    lines = [line(1, 9, 100_00, said="拨-8"), line(2, 9, 100_00, said="拨-7")]
    entries = [entry(3, 9, 100_00, paper="拨-7"), entry(4, 9, 100_00, paper="拨-8")]
    assert pairs(lines, entries) == [(1, 4, 100_00), (2, 3, 100_00)]


def test_equal_amounts_on_different_days_go_in_their_order_and_are_not_safe():
    found = match([line(1, 9, 100_00), line(2, 12, 100_00)], [entry(3, 8, 100_00), entry(4, 11, 100_00)]).proposals
    assert sorted(part for one in found for part in one.parts) == [(1, 3, 100_00), (2, 4, 100_00)]
    assert not any(one.safe for one in found)


def test_one_line_for_two_equal_entries_is_left_to_a_person():
    found = match([line(1, 9, 100_00)], [entry(2, 9, 100_00), entry(3, 8, 100_00)])
    assert found.proposals == ()
    assert len(found.unclear) == 1


# ---- sums and slips ----------------------------------------------------------------------------------------------------


def test_two_entries_in_one_line_are_a_merge():
    (one,) = match([line(1, 9, 400_00)], [entry(2, 8, 300_00), entry(3, 9, 100_00)]).proposals
    assert one.parts == ((1, 2, 300_00), (1, 3, 100_00))
    assert one.reasons == ("账上 2 笔合为一笔", "合计金额相同", "银行晚 1 天", "户名相符")


def test_one_entry_in_three_lines_is_a_split_of_which_one_names_nobody():
    lines = [line(1, 9, 523_00), line(2, 10, 401_00, ""), line(3, 11, 300_31)]
    (one,) = match(lines, [entry(4, 9, 1224_31)]).proposals
    assert (one.sort, one.lines) == ("split", (1, 2, 3))
    assert one.reasons[-1] == "对方户名未写"


def test_entries_of_one_receipt_are_one_line():
    entries = [entry(2, 9, 300_00, paper="回-1"), entry(3, 9, 300_00, paper="回-1")]
    (one,) = match([line(1, 9, 600_00)], entries).proposals
    assert one.parts == ((1, 2, 300_00), (1, 3, 300_00))
    assert one.safe


def test_a_sum_that_can_be_made_in_two_ways_is_left_to_a_person():
    entries = [entry(n, 9, fen * 100) for n, fen in enumerate((1, 4, 2, 3), 2)]  # 1+4 and 2+3
    found = match([line(1, 9, 500)], entries)
    assert found.proposals == ()
    assert found.unclear


@pytest.mark.parametrize(
    ("one", "other", "said"),
    [
        (123_456, 128_456, "金额有一位不同"), (123_456, 124_356, "金额有两位换了位置"), (123_456, 123_456, ""),
        (123_456, 1_234_560, ""), (123_456, 653_421, ""), (200_0000_00, 100_0000_00, ""),
    ],
)  # fmt: skip
def test_a_slip_of_the_hand_is_a_digit_or_two_neighbours(one, other, said):
    assert slip(one, other) == said


def test_a_mistyped_amount_is_matched_as_far_as_it_goes_and_the_rest_is_said():
    (one,) = match([line(1, 9, 12_345_67)], [entry(2, 9, 12_354_67)]).proposals
    assert one.parts == ((1, 2, 12_345_67),)
    assert "金额有两位换了位置，差 0.0009万元" in one.reasons
    assert not one.safe


# ---- generated months --------------------------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def seeded():
    """Months by seed, each with what the matcher says of it."""
    return [(one, match(one.lines, one.entries)) for one in (made(seed) for seed in range(MONTHS))]


def proposed(found):
    return {(a, b) for one in found.proposals for a, b, _ in one.parts}


def test_what_is_proposed_is_true_in_99_of_100_and_97_of_100_true_pairs_are_proposed(seeded):
    right = sum(len(proposed(found) & one.truth) for one, found in seeded)
    said, true = sum(len(proposed(found)) for _, found in seeded), sum(len(one.truth) for one, _ in seeded)
    assert true > 80 * MONTHS
    assert right / said >= 0.99
    assert right / true >= 0.97


def test_safe_proposals_are_all_true(seeded):
    for one, found in seeded:
        assert {(a, b) for p in found.proposals if p.safe for a, b, _ in p.parts} <= one.truth


def test_once_all_is_confirmed_the_differences_come_to_what_was_planted(seeded):
    for one, found in seeded:
        lines, entries = ([Moved(x.number, x.day, x.flow, x.amount) for x in side] for side in (one.lines, one.entries))
        matches = [part for p in found.proposals for part in p.parts]
        days = months(2023, 5, 7)  # a bank may be a day early, and some late
        whole = month(lines, entries, matches, days)
        assert whole.difference == explained(whole.parts) == one.planted
        if proposed(found) == one.truth:  # then nothing is open but what was planted, fen by fen
            true = Counter({n: x for n, x in _planted(one).items() if x})
            assert Counter({p.line or p.entry: p.fen for p in whole.parts if p.sort != "later"}) == true


def _planted(one):
    """What each line and entry has that the other side has not, by the truth: what goes out below nothing."""
    lines, entries = {x.number: x for x in one.lines}, {x.number: x for x in one.entries}
    found = {n: x.amount for n, x in (lines | entries).items()}
    for a, b in sorted(one.truth):
        fen = min(found[a], found[b])
        found[a] -= fen
        found[b] -= fen
    sign = {n: (1 if x.flow == "in" else -1) * (1 if n in lines else -1) for n, x in (lines | entries).items()}
    return {n: fen * sign[n] for n, fen in found.items()}


ITEMS = st.lists(
    st.tuples(st.integers(0, 25), st.integers(1, 40), st.sampled_from(["in", "out"]), st.sampled_from([*BUREAU, *BUILDER, ""])), max_size=14
)  # fmt: skip


@given(ITEMS, ITEMS)
def test_no_line_and_no_entry_is_matched_beyond_its_amount_or_twice(said, kept):
    begin = date(2023, 6, 1)
    lines = [Item(n, begin + timedelta(d), w, a, (p,)) for n, (d, a, w, p) in enumerate(said, 1)]
    entries = [Item(n, begin + timedelta(d), w, a, (p,) if p else ()) for n, (d, a, w, p) in enumerate(kept, 101)]
    found = match(lines, entries).proposals
    parts = [part for one in found for part in one.parts]
    amounts = {x.number: x.amount for x in (*lines, *entries)}
    assert all(fen > 0 for _, _, fen in parts)
    assert min(rests(amounts, ((a, fen) for a, _, fen in parts)).values(), default=0) >= 0
    assert min(rests(amounts, ((b, fen) for _, b, fen in parts)).values(), default=0) >= 0
    taken = Counter(n for one in found for n in (*one.lines, *one.entries))
    assert max(taken.values(), default=1) == 1


@given(ITEMS, ITEMS, st.integers(0, 10))
def test_the_parts_of_a_month_come_to_its_difference_whatever_is_matched(said, kept, many):
    begin = date(2023, 5, 20)
    lines = [Moved(n, begin + timedelta(d), w, a) for n, (d, a, w, _) in enumerate(said, 1)]
    entries = [Moved(n, begin + timedelta(d), w, a) for n, (d, a, w, _) in enumerate(kept, 101)]
    same = [
        (x.number, y.number, min(x.amount, y.amount)) for x, y in zip(lines, entries, strict=False) if x.flow == y.flow
    ]
    whole = month(lines, entries, same[:many], JUNE)
    assert explained(whole.parts) == whole.difference


# ---- months by hand ----------------------------------------------------------------------------------------------------


def test_a_month_names_what_either_side_has_alone_and_what_lies_in_two_months():
    lines = [
        Moved(1, date(2023, 6, 9), "out", 400),
        Moved(2, date(2023, 6, 28), "out", 14, True),
        Moved(3, date(2023, 7, 1), "out", 50),
    ]
    entries = [
        Moved(11, date(2023, 6, 8), "out", 400),
        Moved(12, date(2023, 6, 30), "out", 50),
        Moved(13, date(2023, 6, 2), "in", 7),
    ]
    june = month(lines, entries, [(1, 11, 400), (3, 12, 50)], JUNE)
    # the bank paid 414, the ledger 450 and has 7 come in: (0 - 414) - (7 - 450) = 29 = -14 fee + 50 in July - 7 not come
    assert (june.bank, june.ledger, june.difference) == ((0, 414), (7, 450), 29)
    assert [(p.sort, p.fen) for p in june.parts] == [("later", 50), ("bank", -14), ("ledger", -7)]
    assert [p.entry for p in june.unsaid] == [13]


def test_a_month_in_which_all_is_matched_reads_nothing():
    june = month([Moved(1, date(2023, 6, 9), "in", 5)], [Moved(2, date(2023, 6, 9), "in", 5)], [(1, 2, 5)], JUNE)
    assert (june.difference, june.parts) == (0, ())


@pytest.mark.parametrize(
    ("side", "state", "standing", "back", "way"),
    [
        ("supporting", "disbursed", "own", None, "out"), ("supporting", "disbursed", "own", True, "in"),
        ("supporting", "disbursed", "total", None, ""), ("receiving", "disbursed", "own", None, ""),
        ("receiving", "received", "own", None, "in"), ("receiving", "spent", "own", None, "out"),
        ("receiving", "divided", "own", None, ""), ("receiving", "ordered", "own", None, ""), ("supporting", "secured", "own", None, ""),
    ],
)  # fmt: skip
def test_what_goes_through_a_bank_and_which_way(side, state, standing, back, way):
    assert bank.way_of(side, state, standing, back) == way


def test_the_account_of_an_area_is_the_smallest_around_it():
    holders = [(1, "632300"), (2, "632321")]
    assert bank.holder_of("632321", holders) == 2
    assert bank.holder_of("632322", holders) == 1
    assert bank.holder_of("120000", holders) is None


def test_fees_and_interest_say_themselves_why_the_ledger_has_them_not():
    assert bank.likely_reason("汇款手续费") == "银行手续费，账上不记"
    assert bank.likely_reason("第二季度结息") == "存款利息，账上不记"
    assert bank.likely_reason("宿舍楼施工款") == ""
