"""The same question, today: what random later acts did to each figure is told record by record, and the parts add up."""

import os
from dataclasses import replace
from datetime import date

import pytest
from books import OFFICER, kept_example, pay
from correcting import SALE, correct, enter
from django.db import transaction
from hypothesis import Phase, given, settings
from hypothesis import strategies as st

from duikou.acts.accepting import PAPER
from duikou.acts.handing import Handed, accept_sheet
from duikou.acts.undoing import take_back_sheet
from duikou.records.models import Sale, Submission
from duikou.rules.evidence import Document
from duikou.rules.fact import Source, Told
from duikou.rules.period import parse
from duikou.rules.quantity import yuan
from duikou.snapshot.store import freeze, load
from duikou.statistics.again import difference
from duikou.statistics.figure import Name

pytestmark = pytest.mark.django_db
YEAR = "2012"
BOUGHT = Name("cooperation.bought", "tj-hn", YEAR)
NAMES = (
    BOUGHT, BOUGHT.cut_by("c", "canteen"), BOUGHT.cut_by("a", "632301"), Name("cooperation.helped", "tj-hn", YEAR),
    Name("funds.disbursed", "tj-hn", YEAR), Name("funds.progress", "tj-hn", YEAR), Name("donations.education", "tj-hn", YEAR),
)  # fmt: skip


@pytest.fixture(scope="module")
def programme(django_db_setup, django_db_blocker, tmp_path_factory):
    """The example, with what a module writes taken back at its end."""
    with kept_example(django_db_blocker, tmp_path_factory.mktemp("again")) as found:
        freeze()  # so that what comes later is poured again by itself
        yield found


def sale(wan, month="2012-04", **more):
    return replace(SALE, amount=yuan(wan * 10_000), when=parse(month), **more)


def hand(programme, fact, n):
    """A sheet with one sale."""
    paper = Document(title=f"台账{n}", medium="sheet", grade="original", digest=f"{n:064x}")
    told = Told(fact, {"": Source(PAPER, "receiving", 2, "五月", f"G2 {n}")})
    handed = Handed("t9_sales", f"台账{n}", paper, region="632301", new=(told,), added=1)
    return Submission.objects.get(pk=accept_sheet(handed, programme=programme, person=OFFICER))


def later(programme, step, n):
    """One later act: what is done, to which sale, with how much."""
    what, which, wan = step
    rows = list(Sale.objects.filter(record__programme=programme).order_by("pk"))
    row = rows[which % len(rows)]
    kept = replace(
        SALE, amount=yuan(row.amount_low // 100), when=row.when, type=row.type, channel=row.channel, inferred=()
    )
    match what:
        case "sell":
            enter(programme, sale(wan, "2012-07"))
        case "sell elsewhen":
            enter(programme, sale(wan, "2013-01"))
        case "amount":
            correct(programme, row, replace(kept, amount=yuan(row.amount_low // 100 + wan * 10_000)))
        case "day":
            correct(programme, row, replace(kept, when=parse("2013-02" if row.first.year == 2012 else "2012-02")))
        case "kind":
            correct(programme, row, replace(kept, type="help" if row.type == "purchase" else "purchase"))
        case "channel":
            correct(programme, row, replace(kept, channel="platform" if row.channel == "canteen" else "canteen"))
        case "pay":
            pay(programme, wan * 100, date(2012, 6, 15), f"再-{n}")
        case "hand":
            hand(programme, sale(wan, "2012-09"), 100 + n)
        case "take back":
            kept_sheets = Submission.objects.filter(undone=None).order_by("pk")
            if kept_sheets:
                take_back_sheet(kept_sheets[0], programme=programme, person=OFFICER, reason="报错了")


WHATS = ("sell", "sell elsewhen", "amount", "day", "kind", "channel", "pay", "hand", "take back")
STEPS = st.lists(st.tuples(st.sampled_from(WHATS), st.integers(0, 5), st.integers(1, 50)), min_size=1, max_size=7)


@settings(max_examples=60 if os.environ.get("DUIKOU_PROVE") else 4, phases=[Phase.explicit, Phase.generate])
@given(STEPS)
def test_the_parts_add_up_to_the_whole_difference_and_name_their_lines(programme, steps):
    with transaction.atomic():
        enter(programme, sale(12))
        hand(programme, sale(30, "2012-08"), 1)
        then = freeze()
        for n, step in enumerate(steps):
            later(programme, step, n)
        now = freeze()
        for name in NAMES:
            found = difference(then, now, name)
            assert found.ends == (sum(p.low for p in found.parts), sum(p.high for p in found.parts)), (
                name,
                found.parts,
            )
            for part in found.parts:
                assert part.lines
                assert all(then.line < line <= now.line for line in part.lines)
        transaction.set_rollback(True)


@pytest.fixture
def undone(programme):
    """What a test writes is taken back."""
    with transaction.atomic():
        yield programme
        transaction.set_rollback(True)


def told(then, name):
    """Why a figure is another today: reason, words, ten thousand yuan."""
    return [(p.kind, p.said, p.low / 1_000_000) for p in difference(then, freeze(), name).parts]


def test_a_late_entry_a_correction_and_a_struck_sheet_are_told_apart(undone):
    number = enter(undone, sale(12))
    sheet = hand(undone, sale(30), 1)
    then = freeze()
    enter(undone, sale(5))
    correct(undone, Sale.objects.get(pk=number), sale(10, inferred=()))
    take_back_sheet(sheet, programme=undone, person=OFFICER, reason="报错了")
    assert told(then, BOUGHT) == [
        ("correction", "12万元 → 10万元", -2), ("struck", "30万元 → 无", -30), ("late", "5万元", 5),
    ]  # fmt: skip


def test_what_leaves_one_figure_for_another_is_told_in_both_with_the_words_that_changed(undone):
    number = enter(undone, sale(12))
    then = freeze()
    correct(undone, Sale.objects.get(pk=number), sale(12, type="help", inferred=()))
    assert told(then, BOUGHT) == [("correction", "方式 采购 → 帮助销售", -12)]
    assert told(then, Name("cooperation.helped", "tj-hn", YEAR)) == [("correction", "方式 采购 → 帮助销售", 12)]


def test_a_ratio_is_moved_by_its_part_then_by_its_whole(undone):
    pay(undone, 1_000_000, date(2011, 9, 10), "甲")
    then = freeze()
    pay(undone, 3_000_000, date(2011, 9, 20), "乙")
    name = Name("funds.progress", "tj-hn", "2010-08..2011-12")
    found = difference(then, freeze(), name)
    # of 2000万: 1000 and 100 paid, 55.0 %; then 300 more, 70.0 %: fifteen points in tenths
    assert (found.then.text, found.now.text) == ("55.0%", "70.0%")
    assert [(p.kind, p.low) for p in found.parts] == [("numerator", 150)]
    assert [(p.kind, p.low) for p in found.under[0].parts] == [("late", 300_000_000)]


def test_a_book_that_nobody_touched_answers_as_it_did(undone):
    then = freeze()
    assert load(then.line) == then
    for name in NAMES:
        found = difference(then, freeze(), name)
        assert (found.moved, found.ends in ((0, 0), (None, None))) == (False, True)
