"""全国结对 /network/: who helps whom, drawn from the programmes and pairings of the book that one may see."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _

from duikou.snapshot.store import Snapshot
from duikou.terms.words import vocabulary
from duikou.web.addresses import root
from duikou.web.book import snapshot
from duikou.web.charts import percent
from duikou.web.doors import open_door, seen
from duikou.web.frame import new_programme
from duikou.web.language import area_name, heading
from duikou.web.listing import files

LINE, EDGE = 34, 17  # px: from one name to the next, from the edge to the first
LEFT, RIGHT, WIDE = 34, 66, 100  # where lines begin and end, of the drawing's width
THIN, THICK = 1.5, 6.0  # px of a line
ROOM = 8  # characters of a name in one row


@dataclass(frozen=True)
class Helped:
    """One programme as the drawing needs it: who helps whom, how many pairings it has, where it leads."""

    code: str
    title: str
    scheme: str
    giver: str
    receiver: str
    pairings: int

    @property
    def href(self) -> str:
        """The programme."""
        return f"{root()}/p/{self.code}/"

    @property
    def paired(self) -> str:
        """How many pairings it has, in words; nothing where none is recorded."""
        return _("%(n)s 对") % {"n": self.pairings} if self.pairings else ""

    @property
    def kind(self) -> str:
        """Its scheme in words."""
        return heading("scheme", self.scheme)


@dataclass(frozen=True)
class Name:
    """A supporter or receiver at its height, in one row or two."""

    rows: tuple[str, ...]
    y: float
    first: float


@dataclass(frozen=True)
class Line:
    """The line of a programme, between heights in px, in per cent across; `said` stands on it."""

    helped: Helped
    y1: float
    y2: float
    width: float
    said: str

    @property
    def ends(self) -> tuple[str, str]:
        """Where it begins and ends, of the drawing's width."""
        return percent(LEFT + 1, WIDE), percent(RIGHT - 3, WIDE)

    @property
    def middle(self) -> float:
        """The height of its middle, a little above the line."""
        return round((self.y1 + self.y2) / 2, 1) - self.width / 2 - 4


@dataclass(frozen=True)
class Group:
    """The programmes of one scheme: givers left, receivers right, lines between them."""

    scheme: str
    height: int
    left: tuple[Name, ...]
    right: tuple[Name, ...]
    lines: tuple[Line, ...]

    @property
    def words(self) -> str:
        """The scheme."""
        return heading("scheme", self.scheme)


def page(request: HttpRequest) -> HttpResponse:
    """The drawing, and the same as a table."""
    rows = seen_by(request)
    context = {
        "groups": groups(rows), "rows": rows, "kinds": len({row.scheme for row in rows}),
        "thick": any(row.pairings for row in rows), "left": percent(LEFT, WIDE), "right": percent(RIGHT, WIDE),
        "new": new_programme(request),
    }  # fmt: skip
    return render(request, "network.html", context)


def seen_by(request: HttpRequest) -> list[Helped]:
    """The programmes of the book that one may see; none where nobody has opened the book yet."""
    try:
        found = snapshot()
    except LookupError:
        return []
    return list(helped(found, seen(request, found)))


def taken(request: HttpRequest) -> files.Listing:
    """The same as the page's table."""
    heads = (_("项目方案"), _("类别"), _("支援方"), _("受援方"), _("结对"))
    cells = ([row.title, row.kind, row.giver, row.receiver, row.paired or _("未登记")] for row in seen_by(request))
    return files.Listing("network", _("谁帮谁"), heads, cells, wide=0)


def helped(taken: Snapshot, codes: Sequence[str]) -> Iterator[Helped]:
    """The programmes of some codes with their pairings, by scheme in the order of the terms, then by giver."""
    order = list(vocabulary()["scheme"])
    rows = [row for row in taken.rows["programmes"] if row["code"] in codes]
    for row in sorted(rows, key=lambda row: (order.index(row["scheme"]), row["supporting"] or "9", row["receiving"])):
        found = taken.rows.by("pairings", "programme").get(row["code"], [])
        pairings = [pairing for pairing in found if not pairing["ended"]]
        sides = (area_name(row[side]) or _("来源未写明") for side in ("supporting", "receiving"))
        giver, receiver = _organisations(row, pairings) if row["supporting"] == row["receiving"] else sides
        yield Helped(row["code"], row["title"], row["scheme"], giver, receiver, len(pairings))


def _organisations(row: Mapping[str, Any], pairings: Sequence[Mapping[str, Any]]) -> tuple[str, str]:
    """The two sides of a programme within one area, or of none: its first pairing, else the area for both."""
    for pairing in pairings:
        return pairing["giver_name"], pairing["receiver_name"]
    area = area_name(row["supporting"]) or _("来源未写明")
    return area, area


def groups(rows: Sequence[Helped]) -> list[Group]:
    """The drawing of each scheme."""
    most = max((row.pairings for row in rows), default=0)
    return [_group(scheme, list(some), most) for scheme, some in groupby(rows, key=lambda row: row.scheme)]


def _group(scheme: str, rows: Sequence[Helped], most: int) -> Group:
    left, right = (list(dict.fromkeys(getattr(row, side) for row in rows)) for side in ("giver", "receiver"))
    height = LINE * max(len(left), len(right))
    givers, receivers = _heights(left, height), _heights(right, height)
    lines = tuple(_line(row, givers[row.giver], receivers[row.receiver], most) for row in rows)
    return Group(scheme, height, tuple(_names(givers)), tuple(_names(receivers)), lines)


def _heights(names: Sequence[str], height: int) -> dict[str, float]:
    """The heights of names that share a side evenly."""
    step = height / len(names)
    return {name: round(step * (n + 0.5), 1) for n, name in enumerate(names)}


def _names(heights: Mapping[str, float]) -> Iterator[Name]:
    """Names at their heights; a long one stands in two rows."""
    for name, y in heights.items():
        rows = (name,) if len(name) <= ROOM or name.isascii() else (name[:ROOM], name[ROOM : 2 * ROOM])
        yield Name(rows, y, y + 5 - 8 * (len(rows) - 1))


def _line(row: Helped, y1: float, y2: float, most: int) -> Line:
    """A line as thick as the programme has pairings, beside the one that has most."""
    width = round(THIN + (THICK - THIN) * row.pairings / most, 1) if most else THIN
    return Line(row, y1, y2, width, _("{} 对").format(row.pairings) if row.pairings else "")


WHY = "看得见的项目方案，谁帮谁"
urlpatterns = [
    open_door("network/", page, WHY, name="network"),
    *files.open_doors("network/list", taken, WHY, name="network"),
]
