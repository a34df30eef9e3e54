"""Where a statistic is used, and what would change: asked before a reading of it is changed."""

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from duikou.records.models import Paper
from duikou.rules.readings import series_of
from duikou.snapshot.store import Snapshot

from . import tables
from .bridge import Bridge, bridge_of
from .definition import Definition, definition, definitions, in_force
from .figure import Name


@dataclass(frozen=True)
class Asking:
    """An outline with the sheets it asks for: as it comes with the program, or the edition that a programme keeps."""

    code: str
    name: str
    sheets: tuple[str, ...]
    programme: str = ""
    edition: int = 0


@dataclass(frozen=True)
class Uses:
    """The tables and outlines that ask for a series, the ratios over it, and the papers that were made with it."""

    tables: tuple[str, ...] = ()
    outlines: tuple[Asking, ...] = ()
    ratios: tuple[str, ...] = ()
    papers: tuple[Paper, ...] = ()

    def __bool__(self) -> bool:
        return bool(self.tables or self.outlines or self.ratios or self.papers)


@dataclass(frozen=True)
class Change:
    """What a reading would change in one period of a programme: the figure of today and that to come, bridged."""

    programme: str
    bridge: Bridge


def uses(code: str, outlines: Iterable[Asking]) -> Uses:
    """All that uses the series of a code; `outlines`: those that are looked through."""
    ratios = tuple(d.code for d in definitions().values() if code in d.share or series_of(code) in d.share)
    asked = {series_of(code), code, *ratios}
    return Uses(
        tuple(one for one in tables.tables() if asked & set(tables.sheets_of(one))),
        tuple(one for one in outlines if asked & set(one.sheets)),
        ratios,
        tuple(p for p in Paper.objects.exclude(sheets="").order_by("-pk") if asked & set(json.loads(p.sheets))),
    )


def changes(snapshot: Snapshot, new: Definition, asked: Mapping[str, Sequence[str]]) -> list[Change]:
    """The periods of programmes whose figure another reading would change, each against the reading in force now."""
    found = []
    for programme, periods in asked.items():
        for period in periods:
            now = definition(in_force(new.follows, period, snapshot), snapshot)
            bridge = bridge_of(snapshot, Name(now.code, programme, period), now, new)
            if bridge.differs:
                found.append(Change(programme, bridge))
    return found


def asking(code: str, period: str) -> frozenset[str]:
    """The codes by which a table or paper of a period asks for a figure: by itself, or under a ratio over it."""
    over = [d.code for d in definitions().values() if code in d.share]
    return frozenset(said for one in (code, *over) for said in (one, series_of(one)) if in_force(said, period) == one)
