"""收对账单 and 勾对流水: a bank's list enters whole; its lines are matched with entries, taken back, explained."""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from duikou.records.models import BankLine, BankMatch, Document, Organisation, Party, Programme, of
from duikou.rules import bank as rules
from duikou.rules.evidence import Document as DocumentFact
from duikou.rules.fact import Source, Told
from duikou.rules.period import Period, on
from duikou.rules.rights import Person

from .banked import HOLDER, Account, Banked
from .doing import always, doing, judge_all, place_of, today
from .entering import enter
from .places import place_in

LIST = "list"  # the key under which a list comes together with its lines


@dataclass(frozen=True)
class Listed:
    """A list as it was read: its account, what it is called, the digest of its file, its lines each with its cell."""

    account: str
    title: str
    digest: str
    lines: Sequence[Told[rules.BankLine]]


def enter_bank_list(listed: Listed, *, holder: int, programme: Programme, person: Person) -> list[int]:
    """Enter the lines of a list that are new, or nothing at all; the numbers of the list and of its lines."""
    place = place_in(programme, organisation=holder)
    with doing("enter_bank_list", person=person, place=place, evidence=f"sha256:{listed.digest}") as work:
        kept = _kept(programme, holder, listed.account)
        fresh = [t for t in listed.lines if t.fact.serial not in kept or _said(t.fact) != kept[t.fact.serial]]
        often = Counter(t.fact.serial for t in listed.lines)
        known = rules.ListStanding(today(), _taken(programme, listed.digest), kept)
        twice = rules.ListStanding(today(), kept=kept, twice=True)
        fact = rules.BankList(when=_days(fresh), account=listed.account, digest=listed.digest, new=len(fresh))
        judge_all(work, [Told(fact, {})], rules.RULES, always(known), opened=programme.opened, day=today())
        for t in fresh:
            judge_all(
                work, [t], rules.RULES, always(twice if often[t.fact.serial] > 1 else known), opened=programme.opened
            )
        work.refuse_if_stopped()
        paper = DocumentFact(
            title=listed.title, medium="voucher", grade="original", digest=listed.digest, when=fact.when,
            parties=((HOLDER, holder),),
        )  # fmt: skip
        keys: dict[str, int] = {}
        (document,) = enter(work, programme.record_id, [Told(paper, {}, key=LIST)], keys)
        return [document, *enter(work, programme.record_id, fresh, keys)]


def _said(fact: rules.BankLine) -> rules.Told:
    return fact.day, fact.flow, fact.amount


def _kept(programme: Programme, holder: int, account: str) -> dict[str, rules.Told]:
    """What the lines of an account say that are in the book, by serial."""
    lists = Party.objects.filter(role=HOLDER, organisation=holder, record__programme=programme).values("record")
    rows = of(BankLine, programme).filter(account=account, document__in=lists)
    return {serial: (day, flow, fen) for serial, day, flow, fen in rows.values_list("serial", "last", "flow", "amount")}


def _taken(programme: Programme, digest: str) -> str:
    """The list that the same file was."""
    found = of(Document, programme).filter(digest=digest).first()
    return str(found) if found else ""


def _days(lines: Sequence[Told[rules.BankLine]]) -> Period | None:
    """From the first to the last day of lines."""
    days = [t.fact.day for t in lines if t.fact.day]
    return Period(min(days), max(days)) if days else None


def source_of(side: str, cell: str, serial: str) -> Source:
    """Where a line stands: the list that it comes with, its cell, its serial."""
    return Source(LIST, side, None, cell[-20:], serial[-20:])


# ---- matching ---------------------------------------------------------------------------------------------------------


def match_bank_lines(
    matches: Sequence[tuple[int, int, int]], *, programme: Programme, person: Person, reason: str = ""
) -> list[int]:
    """Say which entries lines are (line, entry, fen); the numbers of the lines. All or none."""
    with doing("match_bank_lines", person=person, place=place_of(programme), reason=reason) as work:
        of_line = {line: account for account in Banked(programme).accounts() for line in account.lines}
        lines = {a.holder.number: dict(a.open_lines) for a in of_line.values()}
        entries = {a.holder.number: dict(a.open_entries) for a in of_line.values()}
        if unknown := [line for line, _, _ in matches if line not in of_line]:
            raise ValueError(f"本项目方案没有第 {unknown[0]} 号流水")
        for line, entry, fen in matches:
            account = of_line[line]
            ours, theirs = entries[account.holder.number], lines[account.holder.number]
            standing = rules.BankMatchStanding(theirs[line], ours.get(entry, 0))
            fact = _match(account, line, entry, fen)
            judge_all(work, [Told(fact, {}, place=_named(account, line))], rules.RULES, always(standing), opened=None)
            theirs[line] -= fen
            ours[entry] = ours.get(entry, 0) - fen
        work.refuse_if_stopped()
        numbers = work.numbers(BankMatch, len(matches))
        work.write(
            [
                BankMatch(number=n, line_id=line, entry_id=entry, amount=fen)
                for n, (line, entry, fen) in zip(numbers, matches, strict=True)
            ]
        )
        return list(dict.fromkeys(line for line, _, _ in matches))


def _match(account: Account, line: int, entry: int, fen: int) -> rules.BankMatch:
    row = account.entries.get(entry)
    return rules.BankMatch(
        when=on(today()), line=line, entry=entry, amount=fen, flow=account.lines[line].flow,
        way=account.way(row) if row else "", ours=row is not None,
    )  # fmt: skip


def _named(account: Account, line: int) -> str:
    return f"流水 {account.lines[line].serial}"


def take_back_matches(matches: Iterable[BankMatch], *, programme: Programme, person: Person, reason: str) -> list[int]:
    """Matches are none from now on: struck, with the reason in the journal; the numbers of their lines."""
    with doing("match_bank_lines", person=person, place=place_of(programme), reason=reason) as work:
        rows = list(matches)
        for row in rows:
            row.refresh_from_db()
            fact = rules.Unmatch(when=on(today()), reason=reason, struck=bool(row.struck))
            judge_all(work, [Told(fact, {})], rules.RULES, always(None), opened=None)
        work.refuse_if_stopped()
        for row in rows:
            work.change(row, struck=True)
        return [row.line_id for row in rows]


def answer_for_line(
    line: BankLine, *, owner: Organisation | None = None, why: str = "", programme: Programme, person: Person
) -> int:
    """Say why the ledger has nothing for an open line, or who answers for it; the number of the line."""
    with doing("match_bank_lines", person=person, place=place_of(programme), reason=why) as work:
        line.refresh_from_db()
        fact = rules.Answer(
            when=on(today()), rest=_rest(line, programme), reason=why, owner=owner.pk if owner else None
        )
        judge_all(work, [Told(fact, {})], rules.RULES, always(None), opened=None)
        work.refuse_if_stopped()
        work.change(line, reason=why.strip() or line.reason, owner_id=owner.pk if owner else line.owner_id)
        return int(line.pk)


def _rest(line: BankLine, programme: Programme) -> int:
    """What of a line is open, in fen; a match whose entry was reversed is none."""
    of_line = {n: account for account in Banked(programme).accounts() for n in account.lines}
    return of_line[line.pk].open_lines[line.pk] if line.pk in of_line else 0
