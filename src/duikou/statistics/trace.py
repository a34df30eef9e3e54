"""The way back: a figure's make-up, the records counted in and left out with the reason.

No lineage is stored: the sheet without its sum, asked of the same snapshot, gives the rows.
"""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property, lru_cache

from duikou.rules.small_groups import Mark
from duikou.snapshot.store import Snapshot

from .audience import public
from .definition import CUTS, UNSAID
from .engine import Row
from .figure import Figure, Name
from .masking import figure_shown, marks_of, silent
from .members import Member, member_of, members_counted
from .reasons import beside
from .reckon import figure
from .rows import chosen, in_period, rows_of


@dataclass(frozen=True)
class Trail:
    """A figure with its make-up: the members, and for a ratio the figures it is made of."""

    figure: Figure
    members: tuple[Member, ...]
    parts: tuple["Trail", ...] = ()

    @cached_property
    def counted(self) -> tuple[Member, ...]:
        """Those in the figure, the largest first."""
        found = [m for m in self.members if m.counted]
        return tuple(sorted(found, key=lambda m: (-((m.value.low or 0) if m.value else 0), m.number)))

    @cached_property
    def left_out(self) -> tuple[Member, ...]:
        """Those left out for one reason."""
        return tuple(m for m in self.members if not m.counted)


def trail(snapshot: Snapshot, name: Name) -> Trail:
    """The trail of a figure on a snapshot, as its reader may see it."""
    found = _whole(snapshot, name)
    return _shown(snapshot, found) if public(name.programme) else found


def _shown(snapshot: Snapshot, found: Trail) -> Trail:
    """A trail as everyone may see it: small groups withheld with their passages, no one of a list of names."""
    name, d = found.figure.identity.name, found.figure.definition
    marks, quiet = marks_of(snapshot, d, name.programme), silent(snapshot, d.of, name.programme)
    members = () if d.distinct else tuple(_withheld(m, marks, quiet) for m in found.members)
    return Trail(figure_shown(snapshot, found.figure), members, tuple(_shown(snapshot, part) for part in found.parts))


def _withheld(member: Member, marks: Mapping[int, Mark], quiet: Collection[int]) -> Member:
    """A record as everyone may see it: without a withheld number and the words that say one."""
    if member.number in marks:
        return replace(member, value=None, mark=marks[member.number])
    return replace(member, silent=True) if member.number in quiet else member


@lru_cache(maxsize=1024)
def _whole(snapshot: Snapshot, name: Name) -> Trail:
    """The trail of a figure, whole."""
    found, d = figure(snapshot, name), name.definition
    if d.share != ("", ""):
        return Trail(found, (), tuple(_whole(snapshot, name.of_sheet(code)) for code in d.share))
    inside = _inside(snapshot, name)
    numbers = {row["number"] for row in inside}
    others = (row for row in _period(snapshot, _uncut(name)) if row["number"] not in numbers)
    left_out = (member_of(snapshot, d, row, reason) for row, reason in beside(d, name, others))
    return Trail(found, (*members_counted(snapshot, d, inside), *left_out))


def counted_in(snapshot: Snapshot, name: Name) -> tuple[Member, ...]:
    """The records counted in a figure or, for a ratio, in its parts; what is left out is not looked for."""
    d = name.definition
    if d.share != ("", ""):
        return tuple(member for code in d.share for member in counted_in(snapshot, name.of_sheet(code)))
    found = Trail(figure(snapshot, name), tuple(members_counted(snapshot, d, _inside(snapshot, name))))
    return (_shown(snapshot, found) if public(name.programme) else found).counted


def _uncut(name: Name) -> Name:
    return replace(name, cut=())


def _inside(snapshot: Snapshot, name: Name) -> Sequence[Row]:
    """The rows of a figure; those of a cut are among those of the whole."""
    rows = _chosen(snapshot, _uncut(name))
    return (
        [row for row in rows if all((row[CUTS[letter]] or UNSAID) == code for letter, code in name.cut)]
        if name.cut
        else rows
    )


@lru_cache(maxsize=64)
def _chosen(snapshot: Snapshot, name: Name) -> Sequence[Row]:
    return rows_of(snapshot, chosen(name), name)


@lru_cache(maxsize=64)
def _period(snapshot: Snapshot, name: Name) -> Sequence[Row]:
    return rows_of(snapshot, in_period(name), name)
