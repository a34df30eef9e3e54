"""Whatever is done with money, none comes or goes; taking all of it back leads to the book before it; three sums agree."""

import os
from contextlib import contextmanager
from datetime import date

from books import LEADER
from django.db import transaction
from django.test import override_settings
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from money import CADRE, COUNTY_LEADER, DAY, DESK, SIX, WAN

from duikou.acts.funds import (
    release_reserve,
    reserve,
    return_funds,
    reverse_entry,
    standing_of,
    surrender,
)
from duikou.acts.ledger import balances
from duikou.acts.notices import issue_notice
from duikou.acts.payments import approve_claim, confirm_payment, countersign, order_payment, void_payment
from duikou.acts.verify import verify
from duikou.records.models import Claim, Entry
from duikou.rules import notices
from duikou.rules.ledger import STEPS
from duikou.rules.period import on
from duikou.rules.problem import Refused
from duikou.snapshot.store import freeze
from duikou.statistics.figure import Name
from duikou.statistics.measure import figure

ALL = settings(
    deadline=None, max_examples=100 if os.environ.get("DUIKOU_PROVE") else 5, derandomize=True,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)  # fmt: skip
POSITIONS = ("pool", "reserve", "allotment", "transit", "account", "payable", "retention")


@contextmanager
def taken_back():
    """What is written inside is not book."""
    with transaction.atomic():
        yield
        transaction.set_rollback(True)


class Acts:
    """The acts of money with numbers that hypothesis chooses; what the rules refuse changes nothing."""

    def __init__(self, book):
        self.book, self.done, self.count = book, [], 0

    def do(self, what, wan, which):
        self.count += 1
        told = {"programme": self.book.programme, "person": DESK}
        before = set(Entry.objects.values_list("pk", flat=True))
        try:
            with transaction.atomic():
                getattr(self, what)(wan, which, told)
        except Refused:
            assert set(Entry.objects.values_list("pk", flat=True)) == before
        self.done += sorted(set(Entry.objects.values_list("pk", flat=True)) - before)

    def name(self, which):
        return SIX[which % len(SIX)]

    def one(self, which, *states):
        rows = Entry.objects.filter(state__in=states, fund=self.book.fund, back=None, corrects=None).order_by("pk")
        return rows[which % len(rows)] if rows else None

    def secure(self, wan, which, told):
        reserve(wan * WAN // 10, self.book.fund, day=DAY, reason="预留", **told)

    def release(self, wan, which, told):
        told = told | {"person": LEADER}
        release_reserve(wan * WAN // 20, self.book.fund, "批", day=DAY, reason="动用", **told)

    def issue(self, wan, which, told):
        line = notices.Line(amount=wan * WAN, project=self.book.projects[self.name(which)], fund=self.book.fund)
        fact = notices.Notice(number=f"文{self.count}", type="issue", side="supporting", when=on(DAY), lines=(line,))
        issue_notice(fact, **told)

    def disburse(self, wan, which, told):
        self.book.disburse(wan, f"拨-{self.count}")

    def receive(self, wan, which, told):
        if paid := self.one(which, "disbursed"):
            self.book.receive(wan, f"回-{self.count}", (paid.pk, wan * WAN))

    def divide(self, wan, which, told):
        self.book.divide(f"分{self.count}", **{self.name(which): wan})

    def claim(self, wan, which, told):
        self.book.claim(wan, f"票{self.count}")

    def order(self, wan, which, told):
        claim = Claim.objects.filter(state="submitted").order_by("pk").first()
        if claim:
            countersign(claim, "county_leader", programme=self.book.programme, person=COUNTY_LEADER)
            countersign(claim, "front_line", programme=self.book.programme, person=CADRE)
            approve_claim(claim, claim.amount, claim.amount // 50, **told)
            order_payment(claim, self.book.fund, day=DAY, **told)

    def confirm(self, wan, which, told):
        if claim := Claim.objects.filter(state="pending").order_by("pk").first():
            confirm_payment(claim, f"银-{self.count}", day=DAY, **told)

    def void(self, wan, which, told):
        if claim := Claim.objects.filter(state__in=("pending", "posted")).order_by("-pk").first():
            void_payment(claim, reason="银行退回", day=DAY, **told)

    def give_back(self, wan, which, told):
        if entry := self.one(which, "disbursed"):
            return_funds(entry, wan * WAN, day=DAY, reason="退回", **told)

    def surrender(self, wan, which, told):
        project = self.book.projects[self.name(which)]
        surrender(wan * WAN, self.book.fund, project=project, day=date(2012, 12, 1), reason="结余", **told)

    def reverse(self, wan, which, told):
        if entry := self.one(which, *STEPS):
            reverse_entry(entry, day=DAY, reason="记错", **told)


DOES = [name for name in vars(Acts) if name not in ("do", "name", "one") and not name.startswith("_")]
MOVES = st.lists(st.tuples(st.sampled_from(DOES), st.integers(1, 60), st.integers(0, 99)), min_size=10, max_size=40)


def lying(book):
    """What lies at every position of the fund that holds anything, in fen."""
    found = balances(book.programme, *POSITIONS)
    return {key[:2]: fen for key, fen in found.items() if key[2] == book.fund and fen}


@ALL
@given(moves=MOVES)
def test_what_came_less_what_left_is_what_lies_there_and_every_way_back_leads_to_the_beginning(book, moves):
    with taken_back():
        before, acts = lying(book), Acts(book)
        for move in moves:
            acts.do(*move)
            inside = book.sum("secured") - book.sum("spent") - book.sum("surrendered")
            assert inside == sum(lying(book).values())
        gone = set(Entry.objects.exclude(corrects=None).values_list("corrects", flat=True))
        for number in reversed(acts.done):
            entry = Entry.objects.get(pk=number)
            if number not in gone and entry.corrects_id not in acts.done:
                reverse_entry(entry, programme=book.programme, day=DAY, person=DESK, reason="倒回")
        assert lying(book) == before
        assert verify().problems == ()


def test_the_standing_the_rules_see_is_the_statistic_of_the_same_name_and_the_postings_say_the_same(book, tmp_path):
    with taken_back(), override_settings(VAR=tmp_path):
        acts = Acts(book)
        for what, wan, which in (
            ("secure", 40, 0), ("issue", 40, 1), ("disburse", 100, 0), ("receive", 90, 0), ("divide", 80, 0),
            ("claim", 40, 0), ("order", 0, 0), ("confirm", 0, 0), ("claim", 30, 0), ("order", 0, 0), ("void", 0, 0),
            ("claim", 20, 0), ("order", 0, 0), ("give_back", 5, 0), ("surrender", 1, 0),
        ):  # fmt: skip
            acts.do(what, wan, which)
        snapshot = freeze()
        standing = standing_of(book.programme, DAY, fund=book.fund)

        def statistic(sheet):
            found = figure(snapshot, Name(f"funds.{sheet}", "tj-hn", "2012", (("f", "city"),)))
            return found.value.low if found.value else 0

        assert (standing.secured, standing.disbursed) == (statistic("secured"), statistic("disbursed"))
        for sheet in ("issued", "reserved", "received", "ordered", "withheld", "spent", "surrendered"):
            assert statistic(sheet) == book.sum(sheet), sheet
        at = {kind: sum(fen for (k, _), fen in lying(book).items() if k == kind) for kind in POSITIONS}
        assert at["transit"] == statistic("disbursed") - statistic("received")
        assert at["payable"] == statistic("ordered") - statistic("spent")
        # 40 paid with 2 % held back; 30 ordered and voided; 20 ordered; 80 divided less 40, 20 and 1 lies at the project
        assert (statistic("spent"), at["payable"], at["retention"]) == (39_2000_00, 19_6000_00, 1_2000_00)
        assert (at["account"], at["transit"], at["allotment"]) == (24 * WAN, 10 * WAN, 40 * WAN)
