"""A plan tried out: its lines with other amounts, judged one by one as if each were entered beside the others."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from functools import cached_property

from .book import book, by_fact
from .budgets import PlanLine, PlanStanding, ProjectChange, is_weighty
from .ledger import total, totals
from .period import on
from .problem import Problem, Rule, judge

SHARES = {"livelihood": "shares.1", "county": "shares.2", "industry": "shares.3", "poor": "shares.4"}
"""The rule that sets the least of each share (terms: share)."""
RESERVE = "shares.5"
OF_THE_WHOLE = (*SHARES.values(), RESERVE)
PROCEDURE = ("budgets.6",)  # rules that ask for papers, whatever the amount


@dataclass(frozen=True)
class Line:
    """A line of a plan: its record, what it says, the estimate that held before it, what it came to where it is tried."""

    number: int
    fact: PlanLine
    estimate_before: int | None = None
    before: int | None = None
    cancelled: bool = False

    def at(self, aid: int) -> "Line":
        """The line with another amount: a change of what is planned, whose approval nobody has yet."""
        if aid == self.fact.aid:
            return self
        fact = replace(self.fact, aid=aid, replaces=self.number, approval="")
        return replace(self, fact=fact, estimate_before=self.fact.estimate, before=self.fact.aid)


@dataclass(frozen=True)
class Part:
    """A share of a plan: fen that count as it, of how many, the least in per mille; problems where it falls short."""

    share: str
    part: int
    whole: int
    least: int | None
    problem: Problem | None

    @property
    def per_mille(self) -> int:
        """The share, cut off, so that what falls short is never said to reach."""
        return self.part * 1000 // self.whole if self.whole > 0 else 0


@dataclass(frozen=True)
class Objection:
    """What a rule found in a plan: the problem, the basis it has in the programme, the lines that it was found in."""

    problem: Problem
    basis: str
    lines: tuple[int, ...]

    @property
    def key(self) -> tuple[str, tuple[int, ...]]:
        """What tells it from others, before and after: a share of the whole plan has no line."""
        return self.problem.code, self.lines


@dataclass(frozen=True)
class Trial:
    """Lines beside what the programme has chosen and secured (`known`); `opened`: the day of its book."""

    lines: tuple[Line, ...]
    known: PlanStanding
    opened: date | None = None

    def tried(self, amounts: Mapping[int, int]) -> "Trial":
        """The same with other amounts of some lines, by record."""
        lines = tuple(line.at(amounts.get(line.number, line.fact.aid)) for line in self.lines)
        return replace(self, lines=lines)

    @cached_property
    def total(self) -> int:
        """What all lines come to, in fen."""
        return total(line.fact.aid for line in self.lines)

    @cached_property
    def counted(self) -> Mapping[str, int]:
        """What counts as each share, in fen."""
        return totals((share, line.fact.aid) for line in self.lines for share in line.fact.listed("share"))

    def beside(self, line: Line) -> PlanStanding:
        """What the rules know of the plan when they judge a line: all others."""
        own = line.fact.listed("share")
        shares = tuple((name, fen - line.fact.aid * own.count(name)) for name, fen in self.counted.items())
        return replace(
            self.known, planned=self.total - line.fact.aid, shares=shares, before=line.before,
            estimate_before=line.estimate_before, cancelled=line.cancelled,
        )  # fmt: skip

    def problems(self, line: Line) -> list[Problem]:
        """What the rules say of a line beside the others, as they do when it is entered."""
        standing = self.beside(line)
        return judge(by_fact()[PlanLine], line.fact, standing, day=None, opened=self.opened, weigh=standing.pack.weight)

    @cached_property
    def objections(self) -> tuple[Objection, ...]:
        """What the rules say of all lines: what concerns the whole plan once, the rest by line; what stops first."""
        found: dict[tuple[str, int], Objection] = {}
        for line in self.lines:
            for problem in self.problems(line):
                of = 0 if problem.code in OF_THE_WHOLE else line.number
                said = Objection(problem, self._basis(problem.code), (of,) if of else ())
                found.setdefault((problem.code, of), said)
        order = {code: place for place, code in enumerate(book())}
        return tuple(sorted(found.values(), key=lambda one: (one.problem.weight != "stops", order[one.problem.code])))

    def _basis(self, code: str) -> str:
        """What a rule rests on in the programme, else what it rests on at all."""
        chosen = self.known.pack.choice(code, self.day)
        return (chosen.basis if chosen else "") or book()[code].basis

    @property
    def day(self) -> date:
        """The last day that the lines speak of."""
        return max((line.fact.day for line in self.lines if line.fact.day), default=self.known.today)

    @property
    def parts(self) -> tuple[Part, ...]:
        """The shares that the programme has set a least for, and those that anything counts as."""
        return tuple(self._parts())

    def _parts(self) -> Iterator[Part]:
        found = {one.problem.code: one.problem for one in self.objections}
        for share, code in SHARES.items():
            held = self.known.pack.weight(code, self.day) != "off"
            least = self.known.pack.value(code, "least", self.day) if held else None
            if least is not None or self.counted.get(share):
                yield Part(share, self.counted.get(share, 0), self.total, least, found.get(code))

    def weighty(self, number: int, aid: int) -> bool:
        """Whether the change of a line to another amount goes back to who approved its project."""
        line = next(line for line in self.lines if line.number == number)
        change = ProjectChange(
            project=line.fact.project, type="budget", reason="", amount=aid - line.fact.aid, when=on(self.known.today)
        )
        return is_weighty(change, line.fact.aid, self.known.pack, self.known.today)


def appeared(before: Sequence[Objection], after: Sequence[Objection]) -> list[tuple[str, Objection]]:
    """What a trial breaks (new), what stays as it was (still), what it mends (gone); papers that are asked for aside."""
    old, new = ({one.key: one for one in some if one.problem.code not in PROCEDURE} for some in (before, after))
    found = [("still" if key in old else "new", one) for key, one in new.items()]
    return [
        *(pair for pair in found if pair[0] == "new"),
        *(pair for pair in found if pair[0] == "still"),
        *(("gone", one) for key, one in old.items() if key not in new),
    ]


def papers(after: Sequence[Objection]) -> list[Rule]:
    """The rules by which the change itself has to be approved."""
    return [book()[code] for code in dict.fromkeys(one.problem.code for one in after) if code in PROCEDURE]
