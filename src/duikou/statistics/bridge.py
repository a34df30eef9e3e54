"""接续: a series over a change of its reading. At the break the same period stands under both, and what came in and went
out between them adds up: old + came in - went out = new, to the fen."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise

import ibis

from duikou.rules.quantity import Quantity, bounded
from duikou.rules.writing import write
from duikou.snapshot.store import Snapshot

from .audience import public
from .definition import Definition, definition, in_force, series
from .engine import Row, ask, question
from .explain import condition_said
from .figure import Figure, Identity, Name, Standing
from .masking import figure_shown, of_persons
from .reckon import figure
from .rows import chosen
from .values import RefusedSum

SHOWN = 20  # records that are named of each group
Ends = tuple[int | None, int | None]


@dataclass(frozen=True)
class Group:
    """Records that came in, or went out, for one reason: the words of their columns that one of the two sheets takes."""

    why: str
    count: int
    ends: Ends
    unit: str
    rows: tuple[Row, ...] = ()

    @property
    def text(self) -> str:
        """What they bring, in words; nothing where they have no number."""
        low, high = self.ends
        return "" if low is None and high is None else write(bounded(low, high, self.unit)).text


@dataclass(frozen=True)
class Bridge:
    """One period under two readings, with all that makes the difference."""

    period: str
    old: Figure
    new: Figure
    came: tuple[Group, ...] = ()
    left: tuple[Group, ...] = ()
    refused: str = ""

    @property
    def differs(self) -> bool:
        """Whether the two readings say different things of the period, or are made of different records."""
        return bool(self.came or self.left) or self.old.text != self.new.text

    @property
    def holds(self) -> bool:
        """Whether old, came in, went out and new add up, at each end that is known of all."""
        ends = (_of(self.old), _added(g.ends for g in self.came), _added(g.ends for g in self.left), _of(self.new))
        known = [each for each in zip(*ends, strict=True) if None not in each]
        return not self.refused and all((old or 0) + (came or 0) - (left or 0) == new for old, came, left, new in known)


@dataclass(frozen=True)
class Year:
    """A year of a series under the reading in force then; the bridge where that is another than the year before."""

    period: str
    figure: Figure
    bridge: Bridge | None = None


def over_years(snapshot: Snapshot, code: str, programme: str, years: Sequence[str]) -> list[Year]:
    """A series year by year, as its reader may see it, each year under its reading and each break bridged."""
    found: list[Year] = []
    before: Definition | None = None
    for year in years:
        now = definition(in_force(code, year, snapshot), snapshot)
        name = Name(now.code, programme, year)
        bridge = bridge_of(snapshot, name, before, now) if before and before.code != now.code else None
        found.append(Year(year, bridge.new if bridge else _asked(snapshot, name, now), bridge))
        before = now
    return found


def over_readings(snapshot: Snapshot, code: str, programme: str, period: str) -> list[Year]:
    """One period from reading to reading of a series, as far as they are in force for it; the first stands alone."""
    last, begun = in_force(code, period, snapshot), series(code, snapshot)
    begun = begun[: next(place for place, d in enumerate(begun, 1) if d.code == last)]
    name = Name(begun[0].code, programme, period)
    if len(begun) == 1:
        return [Year(period, _asked(snapshot, name, begun[0]))]
    steps = (bridge_of(snapshot, name.of_sheet(new.code), old, new) for old, new in pairwise(begun))
    return [Year(period, bridge.new, bridge) for bridge in steps]


def bridge_of(snapshot: Snapshot, name: Name, old: Definition, new: Definition) -> Bridge:
    """The bridge of a figure from one reading to another; of small groups that everyone may not see, none."""
    before, after = (_asked(snapshot, name.of_sheet(d.code), d) for d in (old, new))
    if apart := next((f.standing.blank for f in (before, after) if f.mark), ""):
        return Bridge(name.period, before, after, refused=apart)
    if new.share != ("", ""):
        return Bridge(name.period, before, after, refused="比率不接续，分子、分母各自接续")
    if of_persons(new) and public(name.programme):
        return Bridge(name.period, before, after, refused="逐条人数不公开")
    came, left = _between(snapshot, name, old, new), _between(snapshot, name, new, old)
    return Bridge(name.period, before, after, came, left)


def _asked(snapshot: Snapshot, name: Name, d: Definition) -> Figure:
    """A figure under a sheet, as its reader may see it; one that may not be added says why."""
    try:
        found = figure(snapshot, name, d)
    except RefusedSum as refused:
        blank = Standing(blank=f"不能相加：{refused.refusal.reason}")
        identity = Identity(name, d.version, d.side, snapshot.line)
        return Figure(identity, d, None, "", d.sense, "apart", blank, "apart")
    return figure_shown(snapshot, found) if public(name.programme) else found


@lru_cache(maxsize=256)
def _between(snapshot: Snapshot, name: Name, without: Definition, within: Definition) -> tuple[Group, ...]:
    """What one sheet takes and the other does not, by the conditions of the other that it fails."""
    rows = _lacking(snapshot, name, without, within)
    if within.distinct:
        return (Group("名单上的人", len(rows), (len(rows), len(rows)), within.unit),) if rows else ()
    groups: dict[str, list[Row]] = {}
    for row in rows:
        failed = [c for c, words in without.where.items() if row[c] not in words]
        groups.setdefault("，".join(condition_said(without, c, row[c]) for c in failed) or "改取另一次", []).append(row)
    made = (_group(why, of, within) for why, of in groups.items())
    return tuple(sorted(made, key=lambda g: (-(g.ends[0] or 0), g.why)))


def _lacking(snapshot: Snapshot, name: Name, without: Definition, within: Definition) -> list[Row]:
    key = within.distinct or "number"
    inside, outside = chosen(name, within), chosen(name, without).select(key)
    if within.distinct:
        inside = inside.select(key).distinct()
    found: ibis.Table = inside.anti_join(outside, key)
    return ask(snapshot, question(found.order_by(key), within.of))


def _group(why: str, rows: Sequence[Row], d: Definition) -> Group:
    if d.count:
        return Group(why, len(rows), (len(rows), len(rows)), d.unit, tuple(rows[:SHOWN]))
    ends = ((row[f"{d.add}_low"], row[f"{d.add}_high"]) for row in rows)
    valued = [each for each in ends if each != (None, None)]
    return Group(why, len(rows), _added(valued), d.unit, tuple(rows[:SHOWN]))


def _added(ends: Iterable[Ends]) -> Ends:
    """The sum of both ends; an open one leaves the sum open."""
    lows, highs = [], []
    for low, high in ends:
        lows.append(low)
        highs.append(high)
    return _sum(lows), _sum(highs)


def _sum(ends: Sequence[int | None]) -> int | None:
    return None if None in ends else sum(end for end in ends if end is not None)


def _of(found: Figure) -> Ends:
    value: Quantity | None = found.value
    return (value.low, value.high) if value else (0, 0)
