"""A chart in a Word file: beside each label its bar, drawn as shapes, and the figure in its control.

Each bar is a drawing of its own without words: LibreOffice 7.4 turns a group of shapes that holds text by a right angle.
The rows stand close, so that the lines of the scale run through them.
"""

from .look import WIDTH
from .package import escaped
from .paper import Bar, Chart, Mark, text_of
from .word_text import Writing, cell, paragraph, run, table

LABELS, BARS = 2500, 4600  # the widths of the labels and of the longest bar, in twentieths of a point
HIGH, BAR = 460, 260  # how high a row is, and a bar in it
EMU = 635  # to the twentieth of a point
_DRAWN = "http://schemas.openxmlformats.org/drawingml/2006"
_GROUP = "http://schemas.microsoft.com/office/word/2010/wordprocessing"
_SPACES = (
    f'xmlns:wp="{_DRAWN}/wordprocessingDrawing" xmlns:a="{_DRAWN}/main" xmlns:wpg="{_GROUP}Group"'
    f' xmlns:wps="{_GROUP}Shape"'
)
_DARK = '<a:solidFill><a:srgbClr val="595959"/></a:solidFill>'
_PALE = '<a:solidFill><a:srgbClr val="D0D0D0"/></a:solidFill>'
_WHITE = '<a:solidFill><a:srgbClr val="FFFFFF"/></a:solidFill>'
_HATCH = (
    '<a:pattFill prst="ltUpDiag"><a:fgClr><a:srgbClr val="7F7F7F"/></a:fgClr><a:bgClr><a:srgbClr val="FFFFFF"/></a:bgClr>'
    "</a:pattFill>"
)
_OUTLINE = '<a:ln w="9525"><a:solidFill><a:srgbClr val="595959"/></a:solidFill></a:ln>'
_NO_OUTLINE = "<a:ln><a:noFill/></a:ln>"
_FLUSH = '<w:tcMar><w:left w:w="0" w:type="dxa"/><w:right w:w="0" w:type="dxa"/></w:tcMar>'


def chart_of(writing: Writing, chart: Chart, first: int) -> str:
    """The chart with its caption; `first`: the number of its first drawing in the file."""
    rows = ""
    for at, bar in enumerate(chart.bars):
        label = paragraph("TableText", run(bar.label), jc="right", keepNext=True)
        beside = paragraph("TableText", writing.runs((bar.number,)), jc="right", keepNext=True)
        bars = paragraph("Bar", _drawing(bar, chart.marks, first + at), keepNext=True)
        rows += _row(label, bars, beside)
    rows += _row(*_scale(chart)) if chart.marks else ""
    widths = (LABELS, BARS, WIDTH - LABELS - BARS)
    return table(widths, rows, chart.caption) + paragraph("Caption", run(chart.caption))


def _row(label: str, bars: str, beside: str) -> str:
    kept = f'<w:trPr><w:cantSplit/><w:trHeight w:val="{HIGH}" w:hRule="exact"/></w:trPr>'
    cells = cell(LABELS, label) + cell(BARS, bars, _FLUSH) + cell(WIDTH - LABELS - BARS, beside)
    return f"<w:tr>{kept}{cells}</w:tr>"


def _scale(chart: Chart) -> tuple[str, str, str]:
    """The row of the scale: its unit, its numbers each under its line."""
    stops = "".join(f'<w:tab w:val="center" w:pos="{_at(mark)}"/>' for mark in chart.marks[1:])
    numbers = "\t".join(mark.text for mark in chart.marks)
    unit = paragraph("Scale", run(f"（{chart.unit}）"), jc="right", keepNext=True)
    return unit, paragraph("Scale", run(numbers), tabs=stops, keepNext=True), paragraph("Scale", "", keepNext=True)


def _at(mark: Mark) -> int:
    return round(BARS * mark.at)


def _drawing(bar: Bar, marks: tuple[Mark, ...], number: int) -> str:
    """The bar on its scale as a group of shapes, whose first holds the group to its width."""
    top, long = (HIGH - BAR) // 2, max(20, round(BARS * bar.length))
    shapes = [_shape(0, 0, BARS, HIGH, "<a:noFill/>")]
    shapes += [_shape(min(_at(mark), BARS - 10), 0, 10, HIGH, _PALE) for mark in marks]
    if bar.rest:
        shapes.append(_shape(long, top, min(round(BARS * bar.rest), BARS - long), BAR, _HATCH))
    shapes.append(_shape(0, top, long, BAR, _WHITE if bar.hollow else _DARK, _OUTLINE if bar.hollow else _NO_OUTLINE))
    said = escaped(f"{bar.label}{text_of((bar.number,))}")
    wide, high = BARS * EMU, HIGH * EMU
    size = (
        f'<a:off x="0" y="0"/><a:ext cx="{wide}" cy="{high}"/><a:chOff x="0" y="0"/><a:chExt cx="{wide}" cy="{high}"/>'
    )
    group = (
        f"<wpg:wgp><wpg:cNvGrpSpPr/><wpg:grpSpPr><a:xfrm>{size}</a:xfrm></wpg:grpSpPr>"
        + "".join(shape.format(id=number * 100 + at) for at, shape in enumerate(shapes, 1))
        + "</wpg:wgp>"
    )
    inline = (
        f'<wp:inline distT="0" distB="0" distL="0" distR="0"><wp:extent cx="{wide}" cy="{high}"/>'
        f'<wp:effectExtent l="0" t="0" r="0" b="0"/><wp:docPr id="{number * 100}" name="bar{number}" descr="{said}"/>'
        f'<wp:cNvGraphicFramePr/><a:graphic><a:graphicData uri="{_GROUP}Group">{group}</a:graphicData></a:graphic></wp:inline>'
    )
    return (
        f'<w:r><mc:AlternateContent {_SPACES}><mc:Choice Requires="wpg"><w:drawing>{inline}</w:drawing></mc:Choice>'
        "</mc:AlternateContent></w:r>"
    )


def _shape(left: int, top: int, wide: int, high: int, fill: str, outline: str = _NO_OUTLINE) -> str:
    """A rectangle in twentieths of a point; its number is filled in when all are there."""
    place = f'<a:off x="{left * EMU}" y="{top * EMU}"/><a:ext cx="{wide * EMU}" cy="{high * EMU}"/>'
    return (
        '<wps:wsp><wps:cNvPr id="{id}" name="s{id}"/><wps:cNvSpPr/><wps:spPr>'
        f'<a:xfrm>{place}</a:xfrm><a:prstGeom prst="rect"><a:avLst/></a:prstGeom>{fill}{outline}</wps:spPr>'
        '<wps:bodyPr rot="0" vert="horz"/></wps:wsp>'
    )
