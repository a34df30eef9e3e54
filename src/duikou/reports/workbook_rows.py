"""A filled list of figures as the rows of a printed table."""

from datetime import datetime
from decimal import Decimal

from duikou.statistics.tables import FilledTable, Line
from duikou.terms.words import zh

from .excel import Row, Table


def printable(filled: FilledTable) -> Table:
    """The table ready for print."""
    head = filled.snapshot.head
    return Table(
        title=filled.title, office=filled.office, period=filled.period.zh, version=f"账本第 {head.number} 行",
        code=filled.number, rows=tuple(_row(line) for line in filled.lines), notes=filled.notes,
        checks=tuple((c.sentence, c.reading.zh, c.reading.detail) for c in filled.checks),
        unit_note=filled.unit_note, rounding_note=filled.rounding_note, changes_note=filled.changes_note,
        head=head.short, head_full=head.full, made_at=datetime.fromisoformat(filled.snapshot.at),
        sources=tuple(s for line in filled.lines for s in _sources(line)),
        failing=tuple(check.sentence for check in filled.failing),
    )  # fmt: skip


def _row(line: Line) -> Row:
    if line.group or line.figure is None:
        return Row(line.label, "", None, None, "", "", "", "", "", group=True)
    value, decimals = _value(line)
    return Row(
        label=line.label, unit=line.unit, line=line.line, value=value, nature=line.nature or _unreported(line),
        time=line.time, source=line.source, check=line.check, note=line.note, indent=line.indent,
        figure=line.figure.tag, decimals=decimals,
    )  # fmt: skip


def _unreported(line: Line) -> str:
    return zh("nature", "unreported") if line.figure and line.figure.blank else ""


def _value(line: Line) -> tuple[Decimal | str | None, int]:
    """The cell: a number rounded once from the base unit, the words of a hedged one, or nothing."""
    found = line.figure
    if found is None or found.value is None:
        return (found.plain_number or None) if found else None, 0
    if not found.value.exact:
        return found.number, 0
    plain = Decimal(found.number.replace(",", "").replace("−", "-"))
    exponent = plain.as_tuple().exponent
    return plain, -exponent if isinstance(exponent, int) and exponent < 0 else 0


def _sources(line: Line) -> list[tuple[str, str, str, str]]:
    if line.figure is None:
        return []
    tag = line.figure.tag
    return [
        (tag, " ".join(filter(None, (m.who, m.label, m.text))), f"《{p.title}》{p.place}", p.fragment)
        for m in line.members
        for p in m.passages
    ]
