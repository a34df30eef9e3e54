"""The paragraphs of a paper in the order in which a Word file has them: its text, the cells of its charts and tables."""

from collections.abc import Iterator

from .paper import Annex, Chart, Paper, Paragraph, Piece


def written(paper: Paper) -> Iterator[Paragraph]:
    """Every paragraph behind the salutation: of a chart and of a table a paragraph for each cell."""
    for paragraph in paper.body:
        yield paragraph
        if paragraph.chart:
            yield from map(_cell, _of_chart(paragraph.chart))
    several = len(paper.annexes) > 1
    for number, annex in enumerate(paper.annexes, 1):
        counted = f"{number}." if several else ""
        yield _cell(f"{'附件：' if number == 1 else ''}{counted}{annex.plain_title}")
    for number, annex in enumerate(paper.annexes, 1):
        yield _cell(f"附件{number}" if several else "附件")
        yield from map(_cell, _of_annex(annex))


def _cell(piece: Piece) -> Paragraph:
    return Paragraph((piece,))


def _of_chart(chart: Chart) -> Iterator[Piece]:
    for bar in chart.bars:
        yield bar.label
        yield bar.number
    if chart.marks:
        yield f"（{chart.unit}）"
        yield "".join(mark.text for mark in chart.marks)
    yield chart.caption


def _of_annex(annex: Annex) -> Iterator[Piece]:
    yield annex.plain_title
    yield from annex.above
    yield annex.warning
    yield from (column.heading for column in annex.columns)
    for row in annex.rows:
        yield from row.cells
    yield from annex.notes
