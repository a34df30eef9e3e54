"""The annual workbook: all tables of a year in one file, 说明 first, 勾稽 and 来源 last; written row by row, memory flat."""

import io
from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import IO

from duikou.rules.reporting import named
from duikou.statistics.tables import FilledTable

from .excel import ABOUT, BEIJING, CHECKS, RED, SOURCES, Page, listing, statistics
from .excel_book import RowBook
from .package import repack, universal
from .register_sheet import PERSONAL, Fill, Sheet, Source
from .workbook_rows import printable

MOST = 31  # characters of the name of a sheet
HEADS = ("工作表", "单元格", "栏目", "数字名称", "在线地址")


def workbook_bytes(filled: FilledTable, fill: Fill | None = None) -> bytes:
    """The .xlsx of one table; the same table on the same snapshot is the same bytes."""
    box = io.BytesIO()
    write_tables(box, [filled], title=filled.title, fill=fill)
    return repack(box.getvalue())


def write_tables(target: IO[bytes], tables: Iterable[FilledTable], *, title: str, fill: Fill | None = None) -> None:
    """Write tables into one workbook, each on a sheet of its own; a table is asked for when its turn comes."""
    book = RowBook(target)
    about = Page(book, ABOUT)
    about.sheet.activate()
    written: list[FilledTable] = []
    sources: list[Source] = []
    for filled in tables:
        sources += _sheet(Page(book, name_of(filled)), filled, fill)
        written.append(filled)
    if not written:
        raise ValueError("没有表")
    at = universal(datetime.fromisoformat(written[0].snapshot.at))
    book.set_properties({"title": title, "author": written[0].office, "created": at.replace(tzinfo=None)})
    book.set_custom_property("账首", written[0].snapshot.head.full)
    _checks(Page(book, CHECKS), written)
    _sources(Page(book, SOURCES), sources)
    _about(about, title, written, personal=fill is not None)
    book.close()


def name_of(filled: FilledTable) -> str:
    """The name of a table's sheet: T2 资金台账."""
    return f"{filled.number.rpartition('-')[2]} {filled.name}"[:MOST]


def _sheet(page: Page, filled: FilledTable, fill: Fill | None) -> list[Source]:
    """One table on its sheet; the cells that have figures."""
    if filled.body is not None:
        return Sheet(page, filled, filled.body, fill).write()
    table = printable(filled)
    statistics(page, table, shown=False)
    name = page.sheet.get_name()
    return [
        Source(name, f"D{number + 1}", row.label, row.figure)
        for number, row in enumerate(table.rows, table.first)
        if row.figure
    ]


def _about(page: Page, title: str, tables: Sequence[FilledTable], *, personal: bool) -> None:
    """The first sheet: what this is, of when, how it is rounded, when it changes, what stands on which sheet."""
    first = tables[0]
    moment = universal(datetime.fromisoformat(first.snapshot.at)).astimezone(BEIJING)
    page.columns((18, 78))
    page.title(title)
    lines = [
        ("资料单位", first.office), ("时期", named(first.period)), ("版本", f"账本第 {first.snapshot.line} 行"),
        ("计量单位", first.unit_note), ("取整", first.rounding_note), ("何时变动", first.changes_note),
        ("账首", first.snapshot.head.full),
        ("所据账行时间", f"{moment.year}年{moment.month}月{moment.day}日{moment:%H:%M}（北京时间）"),
        *([(PERSONAL, "姓名、身份证号由个人信息库在印出时填写，读取已留记录")] if personal else []),
        *((name_of(one), _said(one)) for one in tables),
        (CHECKS, "各表内部和各表之间的关系和核对结果"), (SOURCES, "每个合计数、指标数的数字名称；各行的记录号在每张台账末列"),
    ]  # fmt: skip
    for number, (head, text) in enumerate(lines, 1):
        failing = any(one.failing and name_of(one) == head for one in tables) or head == PERSONAL
        look = {"font_color": RED} if failing else {}
        page.sheet.write_string(number, 0, head, page.style(right=7, bold=True, bottom=7))
        page.sheet.write_string(number, 1, text, page.style(indent=1, bottom=7, **look))
        page.height(number, (head, text))


def _said(filled: FilledTable) -> str:
    """What a sheet holds: its title, how many rows, whether its numbers agree."""
    rows = len([line for line in filled.lines if not line.group]) if filled.body is None else filled.body.count
    odd = f"；勾稽不符 {len(filled.failing)} 项" if filled.failing else ""
    return f"{filled.title}，{rows} 行{odd}"


def _checks(page: Page, tables: Sequence[FilledTable]) -> None:
    """All cross-checks with their readings."""
    lines = [
        (name_of(one), check.sentence, check.reading.zh, check.reading.detail) for one in tables for check in one.checks
    ]
    listing(page, "勾稽关系", ("表", "关系", "结论", "说明"), (22, 40, 14, 48), lines)


def _sources(page: Page, sources: Sequence[Source]) -> None:
    """Each cell that has a figure, with the figure's name and where it is opened."""
    lines = [(one.sheet, one.cell, one.head, one.figure, f"/f/{one.figure.partition('@')[0]}") for one in sources]
    listing(page, "数据来源", HEADS, (22, 8, 26, 44, 48), lines)
