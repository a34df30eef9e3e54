"""Bank lists for tests: the supporting side's account of March 2012, entered and matched with what it has paid."""

from dataclasses import replace
from datetime import date
from hashlib import sha256

from money import DAY, DESK, WAN, county

from duikou.acts.banked import Banked
from duikou.acts.reconciling import (
    LIST,
    Listed,
    enter_bank_list,
    match_bank_lines,
    source_of,
    take_back_matches,
)
from duikou.records.models import BankLine, BankMatch, Organisation
from duikou.rules.bank import BankLine as Line
from duikou.rules.fact import Told
from duikou.rules.period import on

PREFECTURE = "青海省黄南藏族自治州"


def line(serial, wan, *, party=PREFECTURE, day=DAY, flow="out", cell="A2", **more):
    """A line as it was read."""
    fact = Line(
        when=on(day),
        document=LIST,
        account="****9299",
        serial=serial,
        flow=flow,
        amount=round(wan * WAN),
        party=party,
        **more,
    )
    return Told(fact, {"": source_of("supporting", cell, serial)}, place=cell)


def enter(programme, *lines, holder="tj", said="", person=DESK):
    """A list of the account, entered; its lines."""
    owner = Organisation.objects.get(code=holder).pk
    told = [replace(t, fact=replace(t.fact, owner=owner)) for t in lines]
    digest = sha256((said or repr(lines)).encode()).hexdigest()
    numbers = enter_bank_list(
        Listed("****9299", "银行对账单 2012-03", digest, told), holder=owner, programme=programme, person=person
    )
    return [BankLine.objects.get(pk=number) for number in numbers[1:]]


def account(programme, holder="tj"):
    """The account of a holder as it stands."""
    return next(a for a in Banked(programme).accounts() if a.holder.number == Organisation.objects.get(code=holder).pk)


def confirm(programme, *matches, person=DESK):
    """Matches as (line, entry, fen), confirmed."""
    return match_bank_lines(matches, programme=programme, person=person)


def opened(programme):
    """What is open of lines and of entries, in fen, nothing where all is matched."""
    found = account(programme)
    return [sorted(fen for fen in side.values() if fen) for side in (found.open_lines, found.open_entries)]


def reconciled(programme):
    """A list of three lines: two matched, one taken back; what is open then."""
    book = county(programme)
    paid = [book.disburse(700, "拨-1"), book.disburse(5, "拨-2")]
    first, second, _ = enter(
        programme, line("W1", 700), line("W2", 5, day=date(2012, 3, 6)), line("W3", 0.001, party="")
    )
    confirm(programme, (first.pk, paid[0], 700 * WAN), (second.pk, paid[1], 5 * WAN))
    take_back_matches(BankMatch.objects.filter(line=second), programme=programme, person=DESK, reason="勾错")
    return opened(programme)
