"""A report of some pages with a figure in each sentence, as Word and as PDF; the floor, the same text by python-docx.

The paper is filled already: a chart, a long table as annex, a comment on each figure in the review copy. The floor writes
paragraphs and a table without controls, bookmarks, styles of the official form or footers.
"""

import io
import time
from datetime import UTC, date, datetime
from statistics import median
from typing import Any

import docx

from duikou.reports.paper import (
    Annex,
    Bar,
    Chart,
    Column,
    Comment,
    Heading,
    Number,
    Paper,
    Paragraph,
    Row,
    occurrences,
    text_of,
)
from duikou.reports.pdf import write_pdf
from duikou.reports.printed import Printed
from duikou.reports.word import write_paper

ROUNDS, SENTENCES, LINES_OF_ANNEX = 5, 4, 60
HEADING = Heading(office="市合作交流办", addressee="对口支援工作领导小组", code="津合〔2011〕1号", copies=("市财政局",))


def run(size: int) -> dict[str, Any]:
    """A report of about so many pages."""
    made = report(size)
    comments = tuple(Comment(bookmark, (f"构成：{n.text}",)) for bookmark, n in occurrences(made))
    form = {"form": "upward", "heading": HEADING}
    ours = _timed(lambda: write_paper(made, **form))  # type: ignore[arg-type]
    review = _timed(lambda: write_paper(made, comments=comments, **form))  # type: ignore[arg-type]
    pdf = _timed(lambda: write_pdf(made, **form))  # type: ignore[arg-type]
    floor = _timed(lambda: bare(made))
    pages = len(Printed(write_pdf(made, **form)).pages)  # type: ignore[arg-type]
    return {
        "workload": "出一份报告", "size": size, "pages": pages, "figures": len(comments), "ours_ms": round(ours, 1),
        "floor_ms": round(floor, 1), "ratio": round(ours / floor, 2), "review_ms": round(review, 1), "pdf_ms": round(pdf, 1),
        "within": "是" if ours + pdf < 2000 else "否",
    }  # fmt: skip


def _timed(write: Any) -> float:
    """The median of some rounds in milliseconds, after one that is not counted."""
    write()
    times = []
    for _ in range(ROUNDS):
        begun = time.perf_counter()
        write()
        times.append(time.perf_counter() - begun)
    return median(times) * 1000


def report(pages: int) -> Paper:
    """A paper whose text fills about so many pages, less three for the annex."""

    def sentence(n: int) -> tuple[str | Number, ...]:
        figure = Number(f"{1000 + n}万元", f"funds.secured:tj-hn.2011;g=county-{n}@57", "资金")
        return (
            f"第{'一二三四五六七八九十'[n % 10]}个县对口支援项目资金",
            figure,
            "已经落实，项目按年度计划和协议约定的进度实施。",
        )

    body = [
        Paragraph(sum((sentence(SENTENCES * at + n) for n in range(SENTENCES)), ()))
        for at in range((pages - 3) * 22 // 6)
    ]
    bars = Chart("图1　各县资金", tuple(Bar(f"县{n}", n / 10, f"{n}00万元") for n in range(1, 11)))
    rows = tuple(
        Row((f"项目{n}", Number("2000", "funds.secured:tj-hn.2011@57", "资金"))) for n in range(LINES_OF_ANNEX)
    )
    annex = Annex("项目资金表", (Column("项目"), Column("万元", "right")), rows)
    body[1] = Paragraph(body[1].pieces, chart=bars)
    return Paper(
        "关于对口支援工作的报告", "市合作交流办", date(2011, 8, 29), "", tuple(body), "", "",
        datetime(2011, 8, 29, tzinfo=UTC), "P7K3M9QX", (annex,),
    )  # fmt: skip


def bare(paper: Paper) -> bytes:
    """The same words by the library that everyone takes."""
    document = docx.Document()
    document.add_heading(paper.title, 0)
    for paragraph in paper.body:
        document.add_paragraph(text_of(paragraph.pieces))
    for annex in paper.annexes:
        table = document.add_table(rows=0, cols=len(annex.columns))
        for row in annex.rows:
            cells = table.add_row().cells
            for cell, piece in zip(cells, row.cells, strict=True):
                cell.text = text_of((piece,))
    box = io.BytesIO()
    document.save(box)
    return box.getvalue()
