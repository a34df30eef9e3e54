"""构成 by giver, county, sector and whatever else a sheet can be cut by: the members, and 未标明 for what says none."""

from collections.abc import Iterator
from dataclasses import dataclass

from duikou.rules.additivity import SHARING
from duikou.snapshot.store import Snapshot
from duikou.statistics.definition import CUTS
from duikou.statistics.explain import column_said, word_of
from duikou.statistics.figure import BadName, Figure
from duikou.statistics.measure import cut, rest
from duikou.statistics.values import RefusedSum

from .language import area_name

MOST = 40  # members that are listed; a longer list is a table's
NAMED = ("giver", "receiver")  # columns that hold codes of organisations


@dataclass(frozen=True)
class Grouped:
    """A figure by one dimension: what it is called, each member with its figure, and last what says none."""

    of: str
    lines: tuple[tuple[str, Figure], ...]
    adds: bool

    @property
    def title(self) -> str:
        """按支援单位."""
        return f"按{self.of}"

    @property
    def said(self) -> str:
        """Whether the lines are the whole together: each record is in one of them; or each was counted anew."""
        return "各行之和即总数" if self.adds else "各行重新计数，不由分项相加"


def groups(taken: Snapshot, figure: Figure) -> list[Grouped]:
    """A figure by every dimension of its sheet that it is not cut by already, where there is more than one line."""
    if figure.value is None:
        return []
    own = {letter for letter, _ in figure.identity.name.cut}
    letters = [letter for letter, column in CUTS.items() if column in figure.definition.by and letter not in own]
    found = (_grouped(taken, figure, letter) for letter in letters)
    return [group for group in found if group]


def _grouped(taken: Snapshot, figure: Figure, letter: str) -> Grouped | None:
    d, name, column = figure.definition, figure.identity.name, CUTS[letter]
    try:
        members, left = cut(taken, name, letter), rest(taken, name, letter)
    except (BadName, RefusedSum):
        return None  # a name too long for the cut, or a group whose sum is not allowed
    if not members or len(members) > MOST or len(members) + bool(left) < 2:
        return None
    lines = [*zip(_labels(taken, figure, column, members), members, strict=True)]
    lines += [("未标明", left)] if left else []
    return Grouped(column_said(d.of, column), tuple(lines), adds=d.kind not in SHARING and not d.each)


def _labels(taken: Snapshot, figure: Figure, column: str, members: tuple[Figure, ...]) -> Iterator[str]:
    """What the members are called: an organisation, an area, a word of terms."""
    names = {row["code"]: row["short"] or row["name"] for row in taken.rows["organisations"]} if column in NAMED else {}
    for one in members:
        code = one.identity.name.cut[-1][1]
        label = area_name(code) if column == "region" else names.get(code, "")
        yield label or word_of(figure.definition.of, column, code)
