"""Evidence debt: on which grade of evidence the money and the records of a figure rest, and what is missing.

A record's grade is the best of the documents that say it (terms: grade); the shares of the grades and of none add up to
the whole, in fen and in records.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache

import pyarrow.parquet as pq

from duikou.rules.evidence import GRADES
from duikou.rules.quantity import Quantity
from duikou.rules.writing import write
from duikou.snapshot.store import Row, Snapshot
from duikou.snapshot.tables import names as tables_by_name
from duikou.terms.words import regions, zh

from .definition import Definition
from .engine import ask, question
from .figure import Name
from .rows import chosen

NONE = ""  # the grade of what rests on nothing
COLUMNS = (
    "number",
    "kind",
    "label",
    "giver_name",
    "receiver_name",
    "owner_name",
    "region",
    "standing",
    "total",
    "paper",
)


@dataclass(frozen=True)
class Resting:
    """A record with what it brings in fen, the grade that it rests on (empty: none), and who should give the paper."""

    number: int
    kind: str
    label: str
    fen: int | None
    grade: str
    who: str

    def below(self, floor: str) -> bool:
        """Whether its evidence is weaker than a grade, or there is none."""
        return not self.grade or GRADES.index(self.grade) > GRADES.index(floor)

    @property
    def amount(self) -> str:
        """Its money in words."""
        return "" if self.fen is None else write(Quantity(self.fen, self.fen, "fen")).text


@dataclass(frozen=True)
class Share:
    """What rests on one grade: how many records, and how many fen where money is counted."""

    grade: str
    records: int
    fen: int | None
    of_records: str
    of_fen: str

    @property
    def amount(self) -> str:
        """Its money in words."""
        return "" if self.fen is None else write(Quantity(self.fen, self.fen, "fen")).text


@dataclass(frozen=True)
class Debt:
    """The records that something is made of, by what they rest on."""

    rows: tuple[Resting, ...]

    @property
    def fen(self) -> int | None:
        """All their money; nothing where they bring none."""
        brought = [row.fen for row in self.rows if row.fen is not None]
        return sum(brought) if brought else None

    @property
    def shares(self) -> tuple[Share, ...]:
        """What rests on each grade and on none, the best first; grades on which nothing rests are left out."""
        found = (self._share(grade, [row for row in self.rows if row.grade == grade]) for grade in (*GRADES, NONE))
        return tuple(share for share in found if share.records)

    def _share(self, grade: str, rows: Sequence[Resting]) -> Share:
        whole, brought = self.fen, [row.fen for row in rows if row.fen is not None]
        fen = None if whole is None else sum(brought)
        return Share(grade, len(rows), fen, percent(len(rows), len(self.rows)), percent(fen, whole))

    def missing(self, floor: str) -> tuple[Resting, ...]:
        """The records that do not rest on evidence of a grade or better, the most money first."""
        found = [row for row in self.rows if row.below(floor)]
        return tuple(sorted(found, key=lambda row: (-(row.fen or 0), row.number)))


def percent(part: int | None, whole: int | None) -> str:
    """A part of a whole with one decimal, rounded once; nothing where there is no whole to speak of."""
    if part is None or not whole or whole < 0:
        return ""
    tenths = (2000 * part + whole) // (2 * whole)
    return f"{tenths // 10}.{tenths % 10}%" if tenths >= 0 else ""


@lru_cache(maxsize=128)
def debt(snapshot: Snapshot, name: Name) -> Debt:
    """What a figure rests on; a ratio rests on the records of both its figures, each once."""
    d = name.definition
    if d.share != ("", ""):
        found = {row.number: row for code in d.share for row in debt(snapshot, name.of_sheet(code)).rows}
        return Debt(tuple(found.values()))
    there = tables_by_name()[d.of].schema.names
    money = d.add and d.unit == "fen"
    columns = [*(c for c in COLUMNS if c in there), *([f"{d.add}_low", f"{d.add}_high"] if money else [])]
    rows = ask(snapshot, question(chosen(name).select(*columns), d.of))
    offices = {p["code"]: p["office"] or "" for p in snapshot.rows["programmes"]}
    grades, office = best(snapshot), offices.get(name.programme, "")
    return Debt(tuple(_resting(d, row, grades, office) for row in rows))


def of_names(snapshot: Snapshot, names: Iterable[Name]) -> Mapping[str, Debt]:
    """What several figures rest on together, by the frozen table their records are in: unlike money is not added.

    A record that stands in several figures is there once.
    """
    found: dict[str, dict[int, Resting]] = {}
    for name in names:
        d = name.definition
        for of in [name.of_sheet(code) for code in d.share if code] or [name]:
            rows = found.setdefault(of.definition.of, {})
            for row in debt(snapshot, of).rows:
                if row.number not in rows or rows[row.number].fen is None:
                    rows[row.number] = row
    return {table: Debt(tuple(rows.values())) for table, rows in found.items()}


def of_records(snapshot: Snapshot, table: str, numbers: Iterable[int], side: str = "supporting") -> Debt:
    """What some records of a frozen table rest on; their money is what an entry says it moved."""
    grades, by_number = best(snapshot), snapshot.rows.by(table, "number")
    rows = [row for number in numbers for row in by_number.get(number)]
    return Debt(tuple(_found(row, row.get("amount_low"), grades, _who(row, side, "")) for row in rows))


@lru_cache(maxsize=4)
def best(snapshot: Snapshot) -> Mapping[int, int]:
    """The best grade (its place in GRADES) that each record is said by, of all statements of a snapshot that it adopts."""
    found: dict[int, int] = {}
    for file in snapshot.files("statements"):
        there = [c for c in ("record", "grade", "adopted") if c in pq.read_schema(file).names]
        read = pq.read_table(file, columns=there)
        kept = read["adopted"].to_pylist() if "adopted" in there else [None] * len(read)  # it may be older
        said = zip(read["record"].to_pylist(), read["grade"].to_pylist(), kept, strict=True)
        for record, grade, adopted in said:
            place = GRADES.index(grade)
            if adopted is not False and place < found.get(record, len(GRADES)):
                found[record] = place
    return found


def _resting(d: Definition, row: Row, grades: Mapping[int, int], office: str) -> Resting:
    fen = None
    if d.unit == "fen" and d.add:
        fen = row[f"{d.add}_high"] if row[f"{d.add}_low"] is None else row[f"{d.add}_low"]
    return _found(row, fen, grades, _who(row, d.side, office))


def _found(row: Row, fen: int | None, grades: Mapping[int, int], who: str) -> Resting:
    """A record with the best of what it rests on: a rest of a stated total on that, an output on the paper it was verified by."""
    stated = row.get("standing") == "total" and row.get("total")
    sources = [int(row["total"]) if stated else int(row["number"]), *([row["paper"]] if row.get("paper") else [])]
    place = min((grades[source] for source in sources if source in grades), default=None)
    label = str(row.get("label") or "") or zh("record", row["kind"])
    return Resting(int(row["number"]), row["kind"], label, fen, NONE if place is None else GRADES[place], who)


def _who(row: Row, side: str, office: str) -> str:
    """Who should give the paper: who gave, for the supporting side; who received, or the area, for the other."""
    if side == "supporting":
        return str(row.get("giver_name") or office or zh("side", side))
    area = regions().get(str(row.get("region") or ""), ())
    return str(row.get("receiver_name") or row.get("owner_name") or (area[-1].short if area else zh("side", side)))
