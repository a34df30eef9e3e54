"""Many offices' snapshots as one: a table's figures by programme, added only where the law of additivity allows it."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import reduce
from hashlib import sha256
from operator import add

from duikou.rules import period as periods
from duikou.rules.additivity import Refusal, refuse_across, refuse_along, refuse_incomplete
from duikou.rules.period import Period
from duikou.rules.quantity import Quantity
from duikou.rules.writing import write
from duikou.snapshot.store import Snapshot

from .definition import Definition, sheets
from .engines import DUCKDB, Placed, engine
from .reckon import by_programme
from .shares import divided
from .tables import sheets_of, tables

Values = Mapping[str, Quantity | Refusal]
ACROSS = "programme"  # the dimension of the law


@dataclass(frozen=True, eq=False)
class Together(Placed):
    """The snapshots of many offices, asked as one; record numbers are each office's own and are never held together."""

    parts: tuple[Snapshot, ...] = ()

    def files(self, table: str) -> list[str]:
        """The segment files of a table in all offices."""
        return [file for part in self.parts for file in part.files(table)]


@dataclass(frozen=True)
class Office:
    """An office whose snapshot is wanted: its name, and what it handed in."""

    name: str
    snapshot: Snapshot | None = None


@dataclass(frozen=True)
class Row:
    """A line of a table over many offices: words per programme, the sum in words, or why there is none."""

    label: str
    cells: Mapping[str, str]
    total: str = ""
    called: str = ""
    refused: str = ""
    group: bool = False
    indent: int = 0


@dataclass(frozen=True)
class TableTogether:
    """A table over many offices: programmes with their titles, lines, and who has handed in (A2)."""

    name: str
    period: Period
    programmes: Mapping[str, str]
    rows: tuple[Row, ...]
    offices: tuple[Office, ...]

    @property
    def missing(self) -> tuple[str, ...]:
        """The offices that have not handed in."""
        return tuple(office.name for office in self.offices if office.snapshot is None)


def table_together(offices: Sequence[Office], code: str, period: str, on: str = DUCKDB) -> TableTogether:
    """A table over the snapshots of offices, by an engine; LookupError where two of them say the same programme."""
    there = [office for office in offices if office.snapshot]
    programmes = _programmes(there)
    if not programmes:
        raise LookupError("没有一份可用的时点数据；先请各单位交来并信任其公钥")
    whole, missing = _together(there, on), [office.name for office in offices if office.snapshot is None]
    rows = tuple(_rows(whole, code, period, [*programmes], missing))
    return TableTogether(str(tables()[code]["name"]), periods.parse(period), programmes, rows, tuple(offices))


def _programmes(offices: Sequence[Office]) -> dict[str, str]:
    """The programmes of all offices with their titles; one of two offices is refused, for its figures would be double."""
    whose: dict[str, str] = {}
    titles: dict[str, str] = {}
    for office in offices:
        for row in office.snapshot.rows["programmes"] if office.snapshot else ():
            code = row["code"]
            if code in whose:
                raise LookupError(
                    f"项目方案 {code} 有两家交来：{whose[code]}、{office.name}；应只有一家管它的账。"
                    "同一方案只收管账的一家，另一家的公钥从 keys/trusted 移走"
                )
            whose[code], titles[code] = office.name, row["title"]
    return dict(sorted(titles.items()))


def _together(offices: Sequence[Office], on: str) -> Together:
    engine(on)
    parts = tuple(office.snapshot for office in offices if office.snapshot)
    digest = sha256("".join(part.digest for part in parts).encode()).hexdigest()
    return Together("", 0, "", "", {}, digest, parts[0].folder, engine=on, parts=parts)


def _rows(whole: Snapshot, code: str, period: str, programmes: Sequence[str], missing: Sequence[str]) -> Iterator[Row]:
    """The lines of a form, else the sheets it uses; the lines of one office's organisations stay in its own table."""
    lines = tables()[code].get("row") or [{"figure": sheet, "label": ""} for sheet in sheets_of(code)]
    for line in lines:
        if "group" in line:
            yield Row(line["group"], {}, group=True)
        elif "cut" not in line and line["figure"] in sheets():
            d = sheets()[line["figure"]]
            yield _row(whole, d, line.get("label") or d.name, period, programmes, missing, line.get("indent", 0))


def _row(
    whole: Snapshot,
    d: Definition,
    label: str,
    period: str,
    programmes: Sequence[str],
    missing: Sequence[str],
    indent: int,
) -> Row:
    if d.share != ("", ""):
        return _ratio(whole, d, label, period, programmes, missing, indent)
    found = by_programme(whole, d.code, period, programmes)
    values = {code: found[code] for code in programmes if code in found}
    known = {code: value for code, value in values.items() if isinstance(value, Quantity)}
    cells = {code: write(v, d.scale).text if isinstance(v, Quantity) else "不能相加" for code, v in values.items()}
    summed = _sum(d, values)
    if isinstance(summed, Refusal):
        return Row(label, cells, refused=str(summed), indent=indent)
    called = _called(programmes, missing, known)
    return Row(label, cells, write(summed, d.scale).text if summed else "", called if summed else "", indent=indent)


def _sum(d: Definition, values: Values) -> Quantity | Refusal | None:
    """The sum of programmes, if the law allows it; one alone is no sum."""
    refused = next((value for value in values.values() if isinstance(value, Refusal)), None)
    if refused:
        return refused
    known = [value for value in values.values() if isinstance(value, Quantity)]
    if len(known) > 1 and (against := refuse_along(d.kind, ACROSS) or refuse_across([d.measure] * len(known))):
        return against
    return reduce(add, known) if known else None


def _ratio(
    whole: Snapshot,
    d: Definition,
    label: str,
    period: str,
    programmes: Sequence[str],
    missing: Sequence[str],
    indent: int,
) -> Row:
    """A ratio is never added: part and whole are, over the programmes that say both, and then divided (A5)."""
    part, of = (by_programme(whole, code, period, programmes) for code in d.share)
    both = [c for c in programmes if isinstance(part.get(c), Quantity) and isinstance(of.get(c), Quantity)]
    cells = {code: _percent(part[code], of[code]) for code in both}
    sums = [
        _sum(sheets()[code], {b: values[b] for b in both}) for code, values in zip(d.share, (part, of), strict=True)
    ]
    if refused := next((one for one in sums if isinstance(one, Refusal)), None):
        return Row(label, cells, refused=str(refused), indent=indent)
    total = _percent(*sums)
    return Row(label, cells, total, _called(programmes, missing, cells) if total else "", indent=indent)


def _percent(part: Quantity | Refusal | None, whole: Quantity | Refusal | None) -> str:
    if isinstance(part, Refusal) or isinstance(whole, Refusal):
        return ""
    tenths = divided(part, whole)
    return "" if tenths is None else f"{tenths / 10:.1f}%"


def _called(programmes: Sequence[str], missing: Sequence[str], known: Mapping[str, object]) -> str:
    """合计 where every office has handed in and every programme says a number; else how many of how many (A2)."""
    if missing or refuse_incomplete(programmes, known):
        offices = f"，{len(missing)} 家未交" if missing else ""
        return f"已报 {len(known)}/{len(programmes)} 个方案之和{offices}"
    return "合计"
