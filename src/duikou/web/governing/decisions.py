"""What hangs from each decision with the money of it, and what hangs from none; read in one question to each table."""

from collections.abc import Collection, Iterator
from dataclasses import dataclass
from functools import cached_property, lru_cache
from typing import Any

from duikou.acts.decided import decided
from duikou.acts.journal import Head, head
from duikou.acts.places import plan_lines
from duikou.records.models import Decision, Entry, Link, Notice, Programme, Record, of
from duikou.records.models.record import Kind
from duikou.rules.ledger import signed, total
from duikou.rules.period import Period
from duikou.web.addresses import href, titles
from duikou.web.language import heading, period_words, say
from duikou.web.ledger.kept import wan

PAID = ("disbursed", "itemised", "spent")  # states of money in which it has left somebody's hands
MOVED = ("issued", "disbursed", "spent")  # states that a decision is answered with
ENTRY = ("pk", "state", "amount", "back", "corrects_id", "notice_id", "project_id", "fund_id", "first", "last")
LINE = ("pk", "aid", "project__name", "first", "last")
Row = dict[str, Any]


@dataclass(frozen=True)
class Named:
    """A record as a line names it: what it is called, where it is, when it was, how much, its state."""

    number: int
    kind: str
    said: str
    href: str
    when: str = ""
    fen: int | None = None
    word: str = ""

    @property
    def wan(self) -> str:
        """The amount in 万元."""
        return wan(self.fen)


@dataclass(frozen=True)
class Under:
    """A decision: what it says it is about and what rests on it, how much is planned, issued, disbursed and paid by it."""

    named: Named
    matter: str
    things: tuple[Named, ...]
    planned: int | None
    moved: tuple[int | None, ...]

    @property
    def bare(self) -> bool:
        """Whether nothing hangs from it."""
        return not self.things and self.planned is None and not any(self.moved)

    @property
    def wan_planned(self) -> str:
        """What is planned by it, in 万元."""
        return wan(self.planned)

    @property
    def wan_moved(self) -> list[tuple[str, str]]:
        """What was issued, disbursed and paid by it, in 万元, each with its word."""
        return [(wan(fen), heading("state", state)) for fen, state in zip(self.moved, MOVED, strict=True)]


@dataclass(frozen=True)
class Loose:
    """Records of one kind that hang from no decision, the first of them by name; how many there are, and their sum."""

    code: str
    word: str
    rows: tuple[Named, ...]
    count: int
    fen: int

    @property
    def wan(self) -> str:
        """The sum in 万元."""
        return wan(self.fen)


def when_of(row: Kind) -> str:
    """When a record was, in the language of the page; nothing where nobody says."""
    return period_words(row.when) if row.when else ""


def decisions_of(programme: Programme) -> "Decisions":
    """The decisions of a programme and its money as the book stands."""
    return _decisions(programme, head())


@lru_cache(maxsize=4)
def _decisions(programme: Programme, at: Head | None) -> "Decisions":
    """The same, read once for each head of the book."""
    return Decisions(programme)


class Decisions:
    """The decisions of a programme and its money, each table read once."""

    def __init__(self, programme: Programme) -> None:
        self.programme = programme
        self.decided = decided(programme)
        self.rows = list(of(Decision, programme).order_by("first", "pk"))
        self.lines: list[Row] = list(plan_lines().filter(record__programme=programme).values(*LINE))
        self.notices = list(of(Notice, programme).order_by("first", "pk"))
        self.entries: list[Row] = list(
            of(Entry, programme).filter(state__in={*PAID, *MOVED}).order_by("first", "pk").values(*ENTRY)
        )

    def of(self, *owners: int | None) -> frozenset[int]:
        """The decisions that any of some records hang from."""
        return frozenset().union(*(self.decided.get(owner or 0, frozenset()) for owner in owners))

    def of_entry(self, row: Row) -> frozenset[int]:
        """The decisions that money hangs from: by itself, its notice, its project, its fund."""
        return self.of(row["pk"], row["notice_id"], row["project_id"], row["fund_id"])

    # ---- from the decisions downwards

    def under(self, most: int | None = None) -> tuple[list[Under], int]:
        """The first decisions, or all, those from which nothing hangs before the others; from how many nothing hangs."""
        planned: dict[int, list[int]] = {}
        for line in self.lines:
            for decision in self.of(line["pk"]):
                planned.setdefault(decision, []).append(line["aid"])
        moved: dict[tuple[int, str], list[tuple[int, bool | None]]] = {}
        for row in self.entries:
            for decision in self.of_entry(row):
                moved.setdefault((decision, row["state"]), []).append((row["amount"], row["back"]))
        busy = {*planned, *(decision for decision, _ in moved), *self._pairs}
        rows = sorted(self.rows, key=lambda row: row.pk in busy)
        things = self._things([row.pk for row in rows[:most]])
        found = [
            Under(
                Named(row.pk, "decision", row.number, href("decision", row.pk), when_of(row), word=say("decision", row.type)),
                row.matter, things.get(row.pk, ()), total(planned[row.pk]) if row.pk in planned else None,
                tuple(signed(moved[row.pk, state]) if (row.pk, state) in moved else None for state in MOVED),
            )
            for row in rows[:most]
        ]  # fmt: skip
        return found, len([row for row in rows if row.pk not in busy])

    @cached_property
    def _pairs(self) -> dict[int, list[int]]:
        """The records that a decision names, or that name it, in the order they were entered."""
        about = Link.objects.filter(record__kind="decision", record__programme=self.programme, role="decides")
        into = Link.objects.filter(
            to__kind="decision", to__programme=self.programme, role__in=("rests_on", "carries_out", "arises_from")
        )
        found: dict[int, list[int]] = {}
        for decision, number in dict.fromkeys(
            [*about.values_list("record_id", "to_id"), *into.values_list("to_id", "record_id")]
        ):
            found.setdefault(decision, []).append(number)
        return found

    def _things(self, decisions: Collection[int]) -> dict[int, tuple[Named, ...]]:
        """These records by name, of some decisions."""
        named = name({number for decision in decisions for number in self._pairs.get(decision, ())})
        return {decision: tuple(named[number] for number in self._pairs.get(decision, ())) for decision in decisions}

    # ---- from the money upwards

    def loose(self, most: int | None = None) -> list[Loose]:
        """Payments, plan lines and notices that hang from no decision, by kind; of each the first, or all, by name."""
        found = [self._loose_of(state, most) for state in PAID]
        lines = [line for line in self.lines if not self.of(line["pk"])]
        planned = tuple(
            Named(
                line["pk"],
                "plan_line",
                line["project__name"],
                href("plan_line", line["pk"]),
                dict(_days([line])).get(line["pk"], ""),
                line["aid"],
            )
            for line in lines[:most]
        )
        money = total(line["aid"] for line in lines)
        found.append(Loose("plan_line", heading("record", "plan_line"), planned, len(lines), money))
        found.append(self._loose_notices(most))
        return [one for one in found if one.rows]

    def _loose_of(self, state: str, most: int | None) -> Loose:
        """Payments of a state; what was taken back, and what took it back, is left out of the list."""
        undone = {row["corrects_id"] for row in self.entries} - {None}
        rows = [row for row in self.entries if row["state"] == state and not self.of_entry(row)]
        rows = [row for row in rows if not row["corrects_id"] and row["pk"] not in undone]
        named = name({row["pk"] for row in rows[:most]}, entries=rows[:most])
        money = signed((row["amount"], row["back"]) for row in rows)
        return Loose(state, heading("state", state), tuple(named[row["pk"]] for row in rows[:most]), len(rows), money)

    def _loose_notices(self, most: int | None) -> Loose:
        lines: dict[int, list[tuple[int, bool | None]]] = {}
        for row in self.entries:
            if row["state"] == "issued" and row["notice_id"]:
                lines.setdefault(row["notice_id"], []).append((row["amount"], row["back"]))
        loose = [row for row in self.notices if not self.of(row.pk)]
        rows = tuple(
            Named(row.pk, "notice", row.number, href("notice", row.pk), when_of(row), signed(lines.get(row.pk, [])))
            for row in loose[:most]
        )
        money = signed(one for row in loose for one in lines.get(row.pk, []))
        return Loose("notice", heading("record", "notice"), rows, len(loose), money)


def name(numbers: Collection[int], entries: Collection[Row] = ()) -> dict[int, Named]:
    """Records as lines name them, by number: what they are called in one question to each table."""
    records = list(Record.objects.filter(number__in=numbers).order_by("number"))
    said = titles(records)
    amounts = {row["pk"]: signed([(row["amount"], row["back"])]) for row in entries}
    days = dict(_days(entries))
    return {
        record.number: Named(
            record.number, record.kind, said[record.number], href(record.kind, record.number),
            days.get(record.number, ""), amounts.get(record.number), heading("record", record.kind),
        )
        for record in records
    }  # fmt: skip


def _days(entries: Collection[Row]) -> Iterator[tuple[int, str]]:
    for row in entries:
        if row["first"] and row["last"]:
            yield row["pk"], period_words(Period(row["first"], row["last"]))
