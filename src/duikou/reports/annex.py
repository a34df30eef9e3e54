"""A filled table as an annex of a paper: portrait, within 156 mm, its figures as traceable as those of the text."""

from dataclasses import replace

from duikou.rules.writing import write
from duikou.statistics import registers
from duikou.statistics.figure import Figure
from duikou.statistics.registers_cells import said, text
from duikou.statistics.registers_rows import Body
from duikou.statistics.tables import FilledTable, Line

from .chart import WAN
from .paper import Align, Annex, Column, Number, Piece, Row, width

COLUMNS: tuple[Column, ...] = (
    Column("指标名称", "left", 29), Column("计量单位", "center", 13), Column("数值", "right", 13),
    Column("性质", "center", 14), Column("时间", "center", 22), Column("说明", "left", 25),
)  # fmt: skip
WARNING = "本表勾稽有不符，见表下说明"
ELSEWHERE = "“来源”页"  # a note on a page that only the workbook has
MOST = 10  # columns of 五号 that stand side by side on 156 mm


def annex_of(filled: FilledTable, longest: int | None = None) -> Annex:
    """The annex of a table; one whose cross-checks fail says so above its heading. ValueError where it is too wide.

    Of a register of more than `longest` lines only the sums are printed: how many lines there are and where they stand is said.
    """
    fails = [f"勾稽不符：{c.sentence}　{c.reading.detail}" for c in filled.checks if c.reading.code == "fails"]
    own = (note for note in filled.notes if ELSEWHERE not in note)
    long = filled.body.count if longest is not None and filled.body is not None else 0
    apart = [_elsewhere(filled, long)] if longest is not None and long > longest else []
    notes = [f"{number}. {note}" for number, note in enumerate((*apart, *own, *fails), 1)]
    if filled.body is None:
        columns, rows = COLUMNS, _listed(filled)
    else:
        columns = _columns(filled)
        rows = (Row((f"共{long}行，另见电子表",), group=True), *_sums(filled.body)) if apart else _rows(filled.body)
    return Annex(
        title=filled.title,
        columns=columns,
        rows=rows,
        above=(f"表号：{filled.number}　　{filled.period.zh}", f"资料单位：{filled.office}", filled.unit_note),
        notes=tuple(f"{'　　　' if at else '说明：'}{note}" for at, note in enumerate(notes)),
        warning=WARNING if fails else "",
    )


def _elsewhere(filled: FilledTable, long: int) -> str:
    """Where the lines of a register stand that is too long for paper."""
    printed = filled.body is not None and any(filled.body.totals)
    return (
        f"本表共{long}行，篇幅较长，{'这里只印合计' if printed else '不随文印出'}；"
        f"各行全部列入电子表（Excel，表号{filled.number}，账本第{filled.snapshot.line}行），随文另送。"
    )


def _listed(filled: FilledTable) -> tuple[Row, ...]:
    return tuple(_line(line) for line in filled.lines)


def _line(line: Line) -> Row:
    if line.group or line.figure is None:
        return Row((line.label,), group=True)
    number = _number(line.figure)
    return Row((line.label, line.unit, number, line.nature, line.time, line.note), indent=line.indent)


def _columns(filled: FilledTable) -> tuple[Column, ...]:
    """The columns of a register, as wide as it says or as its heads need."""
    assert filled.body is not None  # noqa: S101  asked of registers only
    columns = filled.body.columns
    if len(columns) > MOST:
        raise ValueError(f"《{filled.title}》有 {len(columns)} 栏，竖版附件至多 {MOST} 栏；改附 Excel 表")
    return tuple(Column(c.full, _side(c), max(c.wide, 2 * width(c.head), 8)) for c in columns)


def _side(column: registers.Column) -> Align:
    return "right" if column.numeric else "left" if column.wide else "center"


def _rows(body: Body) -> tuple[Row, ...]:
    """The rows of a register, and 合计 where a column has a sum."""
    made = (
        Row(tuple(
            _under(line.figures[at], column) if at in line.figures else text(value, column.decimals)
            for at, (value, column) in enumerate(zip(line.values, body.columns, strict=True))
        ), group=not any(line.values[1:]) and not line.figures)
        for line in body.lines(linked=False)
    )  # fmt: skip
    return (*made, *_sums(body))


def _sums(body: Body) -> tuple[Row, ...]:
    """The line 合计; nothing where no column has a sum."""
    both = list(zip(body.totals, body.columns, strict=True))
    sums = tuple(_under(t, c) if t else "" if at else "合计" for at, (t, c) in enumerate(both))
    return (Row(sums),) if any(t for t, _ in both) else ()


def _under(found: Figure, column: registers.Column) -> Piece:
    """A figure in a column of a register, rounded as the cells above it are."""
    plain = in_column(found)
    if isinstance(plain, str) or found.value is None or found.mark or not column.decimals:
        return plain
    return replace(plain, text=text(said(found.value, column), column.decimals))


def in_column(found: Figure) -> Piece:
    """A figure under a heading that names its unit: money in 万元, however large; a blank is blank."""
    if found.value is None or found.value.unit != "fen" or found.mark:
        return _number(found)
    said = write(found.value, WAN)
    return Number(said.number, found.tag, found.definition.name, said.unit)


def _number(found: Figure) -> Piece:
    """A figure without its unit, which stands in the column before it or above the table; a blank is blank."""
    return Number(found.number, found.tag, found.definition.name, found.unit) if found.number else ""
