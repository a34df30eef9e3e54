"""更正记录: only what differs is written, rules stop it as they stop a new record, a closed period is not touched."""

from dataclasses import replace
from datetime import date

import pytest
from books import LEADER, OFFICER
from correcting import AGREED, LESS, SALE, correct, corrected, enter

from duikou.acts.closings import close_period, reopen_period
from duikou.acts.doing import Forbidden
from duikou.acts.journal import head
from duikou.acts.verify import verify
from duikou.records.models import (
    Agreement,
    Document,
    Gift,
    GiftUse,
    Item,
    JournalImage,
    Party,
    Project,
    Sale,
    Statement,
)
from duikou.rules import closings, donations, projects
from duikou.rules.fact import Source
from duikou.rules.period import on, parse
from duikou.rules.problem import Refused
from duikou.rules.quantity import yuan
from duikou.rules.rights import everywhere

SAID = [
    12_000_000,  # 12 万元 in fen
    [["party", "tjhzb"], ["party", "hn"], ["struck", "ysx"]],
    [["field", "医师轮训", "每年一期"], ["field", "远程会诊", ""]],
]


@pytest.fixture
def programme(book):
    return book.programme


@pytest.fixture
def sale(programme):
    return Sale.objects.get(pk=enter(programme, SALE))


def written():
    """The rows that the last line of the journal holds, by table and number."""
    return set(JournalImage.objects.filter(line_id=head().number).values_list("table", "number"))


def test_a_correction_stands_in_the_book_on_sqlite(office):
    assert office.ask("correct") == {"said": SAID, "true": True, "replays": True}


@pytest.mark.postgresql
def test_a_correction_stands_in_the_book_on_postgresql(office_there):
    assert office_there.ask("correct") == {"said": SAID, "true": True, "replays": True}


def test_only_what_differs_is_written(programme, sale):
    correct(programme, sale, replace(SALE, product="酸奶"))
    assert written() == {("records_sale", sale.pk)}
    kept = Sale.objects.get(pk=sale.pk)
    assert (kept.product, kept.amount_low, kept.inferred) == ("酸奶", 120_000_000, "when")
    assert verify().true


def test_what_is_told_anew_is_inferred_no_longer(programme, sale):
    correct(programme, sale, replace(SALE, when=on(date(2012, 4, 9))))
    assert Sale.objects.get(pk=sale.pk).inferred == ""


def test_where_nothing_differs_nothing_is_written(programme, sale):
    before = head()
    with pytest.raises(ValueError, match="没有改动"):
        correct(programme, sale, SALE)
    assert head() == before


def test_what_was_taken_out_of_a_list_is_struck_out_and_can_come_back(programme):
    row = Agreement.objects.get(pk=enter(programme, AGREED))
    correct(programme, row, LESS)
    correct(programme, row, replace(AGREED, items=LESS.items[:1]))
    parties = (
        Party.objects.filter(record=row.record).order_by("number").values_list("role", "organisation__code", "position")
    )
    # the third place is free again once it was struck out
    assert list(parties) == [("party", "tjhzb", 1), ("party", "hn", 2), ("struck", "ysx", 1), ("party", "ysx", 3)]
    assert list(Item.objects.filter(record=row.record).order_by("number").values_list("list", "text")) == [
        ("field", "医师轮训"), ("struck", "远程会诊")
    ]  # fmt: skip
    assert verify().true


@pytest.mark.parametrize(
    ("fact", "reason", "code"),
    [
        (replace(SALE, product="酸奶"), " ", "closings.5"),
        (replace(SALE, amount=None), "改", "cooperation.2"),
        (replace(SALE, when=parse("2099")), "改", "cooperation.5"),
        (replace(SALE, product="长" * 41), "改", "records.1"),
    ],
)
def test_what_stops_a_correction_leaves_the_record_as_it_was(programme, sale, fact, reason, code):
    before = head()
    with pytest.raises(Refused) as refused:
        correct(programme, sale, fact, reason)
    assert code in {problem.code for problem in refused.value.problems}
    assert head() == before
    assert Sale.objects.get(pk=sale.pk).product == "牦牛肉"


def test_a_record_of_a_closed_period_is_corrected_once_it_is_open_again(programme, sale):
    april = parse("2012-04")
    close_period(closings.Closing(when=april, reconciled="对账单"), programme=programme, person=OFFICER)
    for fact in (replace(SALE, product="酸奶"), replace(SALE, when=parse("2012-05"))):
        with pytest.raises(Refused, match="重开"):
            correct(programme, sale, fact)
    reopen_period(april, programme=programme, person=LEADER, reason="改品名")
    correct(programme, sale, replace(SALE, product="酸奶"))
    later = Sale.objects.get(pk=enter(programme, replace(SALE, when=parse("2012-05"))))
    close_period(closings.Closing(when=april, reconciled="对账单"), programme=programme, person=OFFICER)
    with pytest.raises(Refused, match="重开"):  # nor is another moved into it
        correct(programme, later, SALE)


def test_a_use_that_is_corrected_is_not_counted_against_itself(programme):
    gift = donations.Gift(form="cash", sector="education", giver="ysx", amount=yuan(100), when=on(date(2012, 4, 2)))
    number = enter(programme, gift)
    use = donations.GiftUse(gift=number, use="图书", amount=yuan(60))
    row = GiftUse.objects.get(pk=enter(programme, use))
    correct(programme, row, replace(use, amount=yuan(100)))  # 60 of 100 were used by itself
    with pytest.raises(Refused, match="至多"):
        correct(programme, row, replace(use, amount=yuan(101)))
    assert Gift.objects.get(pk=number).amount_low == 10_000


def test_a_number_says_where_it_comes_from_from_now_on(programme, sale):
    paper = Document.objects.filter(record__programme=programme).order_by("pk").first()
    source = Source(paper.pk, "receiving", 3, "", "采购120万元")
    correct(programme, sale, SALE, source=source, said={"amount": "120万元"})
    first = Statement.objects.get(record=sale.pk, aspect="amount")
    correct(programme, sale, replace(SALE, amount=yuan(130_000)), said={"amount": "13万元"})
    first.refresh_from_db()  # without another paper this one had been read amiss
    assert (first.value_low, first.said, first.adopted) == (13_000_000, "13万元", True)
    other = replace(source, paragraph=4, fragment="采购12万元")
    correct(programme, sale, replace(SALE, amount=yuan(120_000)), source=other, said={"amount": "12万元"})
    first.refresh_from_db()
    assert (first.value_low, first.adopted) == (13_000_000, False)
    assert Statement.objects.get(record=sale.pk, aspect="amount", adopted=True).value_low == 12_000_000
    assert verify().true


def test_what_has_acts_of_its_own_is_not_corrected_here(programme):
    row = Project.objects.filter(record__programme=programme).order_by("pk").first()
    fact = projects.Project(name="别的名称", sector=row.sector, status=row.status)
    with pytest.raises(ValueError, match="各自的业务"):
        correct(programme, row, fact)


def test_a_fact_of_another_kind_corrects_nothing(programme, sale):
    with pytest.raises(ValueError, match="不是这条记录"):
        correct(programme, sale, AGREED)


def test_a_finance_clerk_corrects_nothing(programme, sale):
    with pytest.raises(Forbidden):
        correct(programme, sale, replace(SALE, product="酸奶"), person=everywhere("caiwu", "finance_clerk"))


def test_both_are_corrected_as_in_the_other_database(programme):
    assert corrected(programme) == [SAID[0], *([tuple(row) for row in rows] for rows in SAID[1:])]
