"""A filled table as an annex of a paper: portrait, within 156 mm, its figures as traceable as those of the text."""

from duikou.rules.writing import write
from duikou.statistics import registers
from duikou.statistics.figure import Figure
from duikou.statistics.registers_cells import text
from duikou.statistics.registers_rows import Body
from duikou.statistics.tables import FilledTable, Line

from .chart import WAN
from .paper import Align, Annex, Column, Number, Piece, Row, width

COLUMNS = (
    Column("指标名称", "left", 32), Column("计量单位", "center", 13), Column("数值", "right", 13),
    Column("性质", "center", 11), Column("时间", "center", 25), Column("说明", "left", 22),
)  # fmt: skip
WARNING = "本表勾稽有不符，见表下说明"
ELSEWHERE = "“来源”页"  # a note on a page that only the workbook has
MOST = 10  # columns of 五号 that stand side by side on 156 mm


def annex_of(filled: FilledTable) -> Annex:
    """The annex of a table; one whose cross-checks fail says so above its heading. ValueError where it is too wide."""
    fails = [f"勾稽不符：{c.sentence}　{c.reading.detail}" for c in filled.checks if c.reading.code == "fails"]
    own = (note for note in filled.notes if ELSEWHERE not in note)
    notes = [f"{number}. {note}" for number, note in enumerate((*own, *fails), 1)]
    columns, rows = (COLUMNS, _listed(filled)) if filled.body is None else (_columns(filled), _rows(filled.body))
    return Annex(
        title=filled.title,
        columns=columns,
        rows=rows,
        above=(f"表号：{filled.number}　　{filled.period.zh}", f"资料单位：{filled.office}", filled.unit_note),
        notes=tuple(f"{'　　　' if at else '说明：'}{note}" for at, note in enumerate(notes)),
        warning=WARNING if fails else "",
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
    made = [
        Row(tuple(
            in_column(line.figures[at]) if at in line.figures else text(value, column.decimals)
            for at, (value, column) in enumerate(zip(line.values, body.columns, strict=True))
        ), group=not any(line.values[1:]) and not line.figures)
        for line in body.lines(linked=False)
    ]  # fmt: skip
    if any(body.totals):
        made.append(Row(tuple(in_column(t) if t else "" if at else "合计" for at, t in enumerate(body.totals))))
    return tuple(made)


def in_column(found: Figure) -> Piece:
    """A figure under a heading that names its unit: money in 万元, however large; a blank is blank."""
    if found.value is None or found.value.unit != "fen" or found.mark:
        return _number(found)
    said = write(found.value, WAN)
    return Number(said.number, found.tag, found.definition.name, said.unit)


def _number(found: Figure) -> Piece:
    """A figure without its unit, which stands in the column before it or above the table; a blank is blank."""
    return Number(found.number, found.tag, found.definition.name, found.unit) if found.number else ""
