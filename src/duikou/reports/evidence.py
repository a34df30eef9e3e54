"""The evidence sheet (数据依据表): every figure of a paper with what it rests on, as a workbook."""

import io
from collections.abc import Iterator
from decimal import Decimal

import xlsxwriter

from duikou.rules.quantity import grain_of
from duikou.snapshot.store import Snapshot
from duikou.statistics.explain import sentence
from duikou.statistics.members import Member
from duikou.statistics.passages import Passage
from duikou.terms.words import zh

from .excel import Page
from .package import repack, universal
from .paper import Paper
from .review import Behind, Own, behind, unit_of

COLUMNS = (  # heading, width in half characters
    ("序号", 6), ("数字名称", 30), ("书签", 10), ("文中写法", 13), ("值", 16), ("计量单位", 9), ("计量性质", 10),
    ("算法", 44), ("记录", 26), ("来源文件", 30), ("段落", 10), ("原文", 36), ("核对", 14), ("凭据等级", 9),
)  # fmt: skip
VALUE = 4
NOTE = "一个数字有几处原文的，每处一行；“值”按所列计量单位写，不取整，有上下限的写成区间；没有原文的写“无依据”。"


def evidence_sheet(paper: Paper, snapshot: Snapshot) -> bytes:
    """The .xlsx of a paper's figures; the same paper on the same snapshot is the same bytes."""
    box = io.BytesIO()
    book = xlsxwriter.Workbook(box, {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False})
    made_at = universal(paper.made_at).replace(tzinfo=None)
    book.set_properties({"title": f"{paper.plain_title}数据依据表", "author": paper.office, "created": made_at})
    book.set_custom_property("账首", paper.head_full)
    book.set_custom_property("文稿编号", paper.number)
    page = Page(book, "数据依据表")
    page.columns([width for _, width in COLUMNS])
    page.title(f"{paper.plain_title}数据依据表")
    head = page.style(bold=True, align="center", top=2, bottom=1)
    for column, (heading, _) in enumerate(COLUMNS):
        page.sheet.write_string(1, column, heading, head)
    plain = page.style(bottom=7)
    numbers = [page.style(bottom=7, num_format=form, align="right") for form in ("#,##0", "#,##0.00########")]
    lines = [line for n, found in enumerate(behind(paper, snapshot), 1) for line in _lines(n, found)]
    for row, line in enumerate(lines, 2):
        for column, cell in enumerate(line):
            if isinstance(cell, int | Decimal):
                page.sheet.write_number(row, column, float(cell), numbers[cell % 1 != 0] if column == VALUE else plain)
            else:
                page.sheet.write_string(row, column, cell, plain)
        page.height(row, [str(cell) for cell in line])
    foot = 2 + len(lines)
    for row, text in enumerate(filter(None, (NOTE, paper.head)), foot):
        page.across(row, 0, len(COLUMNS) - 1, text, font_size=9)
    page.sheet.freeze_panes(2, 2)
    page.sheet.autofilter(1, 0, max(2, foot - 1), len(COLUMNS) - 1)
    page.sheet.repeat_rows(1)
    page.sheet.set_paper(8)
    book.close()
    return repack(box.getvalue())


def _lines(n: int, found: Behind) -> Iterator[tuple[str | Decimal | int, ...]]:
    """A line for every passage of every record of a figure; one line where there is none."""
    own = (n, found.number.name, found.bookmark.rpartition("_")[2], found.number.text)
    if found.own:
        for line in _own(found, found.own):
            yield (*own, *line)
        return
    if found.trail is None:
        yield (*own, "", "", "", found.why, "", "无依据", "", "", "", "")
        return
    figure = found.trail.figure
    d = figure.definition
    what = (_value(found), unit_of(found), zh("kind", d.kind), sentence(d))
    rests: list[tuple[Member | None, Passage | None]]
    rests = [(member, passage) for member in found.members for passage in member.passages or (None,)]
    for member, passage in rests or [(None, None)]:
        yield (*own, *what, *_rests(member, passage), _checked(d.checked_by, member), _grade(passage))


def _own(found: Behind, own: Own) -> Iterator[tuple[str, ...]]:
    """A line for every passage of the record whose own number it is."""
    name = found.number.name.partition("@")[0]
    for place in own.passages or (None,):
        said = (own.said, *_rests(None, place)[1:])
        yield (
            found.number.text,
            "",
            "",
            f"记录本身的数（{name}）",
            *said,
            "待核" if found.questions else "",
            _grade(place),
        )


def _value(found: Behind) -> Decimal | str:
    """The value in its unit, to the last fen: a number, an interval, or nothing for a blank."""
    value = found.trail.figure.value if found.trail else None
    if value is None:
        return found.trail.figure.plain_number if found.trail else ""
    low, high = (None if end is None else Decimal(end) / grain_of(value.unit) for end in (value.low, value.high))
    if low == high and low is not None:
        return low
    return f"[{'' if low is None else low}, {'' if high is None else high}]"


def _rests(member: Member | None, passage: Passage | None) -> tuple[str, str, str, str]:
    """The record, its paper, the place in it and the words."""
    said = "" if member is None else " ".join(filter(None, (str(member.number), member.who, member.label, member.text)))
    if passage is None:
        return said, "无依据", "", ""
    return said, passage.title, passage.place, passage.fragment


def _checked(by: str, member: Member | None) -> str:
    """Who checked the reading, and whether the record has open questions."""
    return "；".join(filter(None, (by, "待核" if member and member.questions else "")))


def _grade(passage: Passage | None) -> str:
    return zh("grade", passage.grade) if passage else ""
