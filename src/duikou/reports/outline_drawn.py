"""What an outline puts beside its text, filled: charts under paragraphs, tables after the text."""

from collections.abc import Iterable, Sequence
from dataclasses import replace

from duikou.rules.quantity import spoken
from duikou.rules.writing import scale_name
from duikou.statistics.definition import definition
from duikou.statistics.figure import Figure
from duikou.statistics.tables import FilledTable, table_of
from duikou.terms.words import zh

from .annex import annex_of, in_column
from .chart import WAN, bars
from .outline_filling import CHART, Filling
from .outline_form import Attached, Drawing, Members, Outline, Series
from .paper import Annex, Chart, Column, Paragraph, Row

FEW, MOST = 2, 10  # bars of a chart: one shows nothing, more than ten no eye takes in
LONGEST = 200  # lines of a table that goes with a paper; those of a longer one stand in the workbook
LABEL, FIGURE = 26, 18  # shares of the width of a table's own columns


def numbered(body: Iterable[Paragraph]) -> tuple[Paragraph, ...]:
    """The paragraphs with their charts counted: 图1, 图2."""
    made, count = [], 0
    for paragraph in body:
        if paragraph.chart is None:
            made.append(paragraph)
            continue
        count += 1
        made.append(_with(paragraph, paragraph.chart, str(count)))
    return tuple(made)


def _with(paragraph: Paragraph, chart: Chart, number: str) -> Paragraph:
    pieces = tuple(p.replace(CHART, number) if isinstance(p, str) else p for p in paragraph.pieces)
    spoken = tuple(replace(one, text=one.text.replace(CHART, number)) for one in paragraph.spoken)
    return replace(
        paragraph, pieces=pieces, spoken=spoken, chart=replace(chart, caption=f"图{number}　{chart.caption}")
    )


def charted(filling: Filling, drawing: Drawing) -> Chart | None:
    """The chart of a drawing; nothing where fewer than two of its figures are known."""
    figures = _figures(filling, drawing.series)
    if len(figures) < FEW:
        return None
    more = "（列数额最大的十个）" if len(figures) > MOST and drawing.series.letter else ""
    return bars(drawing.name + more, figures[:MOST] if drawing.series.letter else figures)


def _figures(filling: Filling, series: Series) -> list[tuple[str, Figure]]:
    """The figures of a series that are known, each with its label."""
    if series.letter:
        return filling.members(Members(series.sheets[0], series.letter))
    if series.years:
        found = [(f"{year}年", filling.figure(series.sheets[0], (), year)) for year in filling.years()]
    else:
        found = [(label, filling.figure(sheet)) for label, sheet in series.figures]
    return [(label, figure) for label, figure in found if figure is not None]


def annexes(form: Outline, filling: Filling) -> tuple[Annex, ...]:
    """The tables that go with a paper; one of which nothing is known is left out, of a long one the sums are printed."""
    made = (_official(filling, one) if one.table else _own(filling, one) for one in form.annexes)
    return tuple(annex for annex in made if annex is not None)


def _official(filling: Filling, attached: Attached) -> Annex | None:
    filled = table_of(filling.snapshot, attached.table, filling.code, filling.period)
    return annex_of(filled, LONGEST) if _known(filled) else None


def _known(filled: FilledTable) -> bool:
    """Whether a table has a number in it."""
    if filled.body is None:
        return any(line.figure is not None and not line.figure.blank for line in filled.lines)
    return any(line.figures or line.number for line in filled.body.lines(0, LONGEST, linked=False))


def _own(filling: Filling, attached: Attached) -> Annex | None:
    """A table of figures by the members of a cut, with a line 合计 of the wholes, each asked for by itself."""
    assert attached.series is not None  # noqa: S101  a table is one of the two
    series = attached.series
    asked = [_cut(filling, sheet, series.letter) for sheet in series.sheets]
    members = list(dict.fromkeys(code for by_code in asked for code in by_code))
    named = {code: name for by_code in asked for code, (name, _) in by_code.items()}
    rows = [_row(named[code], [by_code.get(code, ("", None))[1] for by_code in asked]) for code in members]
    if len(rows) < FEW:
        return None
    whole = [filling.figure(sheet) for sheet in series.sheets]
    heads = [Column(f"{label}（{_unit(sheet)}）", "right", FIGURE) for label, sheet in series.figures]
    return Annex(
        attached.name, (Column("", "left", LABEL), *heads), (*rows, _row("合计", whole)),
        above=(f"期间：{filling.words['period']}　　数据截至{filling.words['period_end']}",),
        notes=("说明：空格表示来源未报，不作0处理；合计按记录计，有未分到各行的，大于各行之和。",),
    )  # fmt: skip


def _cut(filling: Filling, sheet: str, letter: str) -> dict[str, tuple[str, Figure]]:
    """The members of a cut by code, with their names."""
    return {
        dict(found.identity.name.cut)[letter]: (name, found) for name, found in filling.members(Members(sheet, letter))
    }


def _row(label: str, figures: Sequence[Figure | None]) -> Row:
    return Row((label, *("" if found is None else in_column(found) for found in figures)))


def _unit(sheet: str) -> str:
    """The unit of a column: money in 万元."""
    unit = definition(sheet).unit
    return zh("unit", spoken(unit)) if unit != "fen" else scale_name(WAN, unit)
