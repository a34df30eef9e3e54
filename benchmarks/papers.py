"""A report of some pages with a figure in each sentence, as Word and as PDF; the floor, the same text by python-docx.

First a paper that is filled already: a chart, a long table as annex, a comment on each figure in the review copy. The floor
writes paragraphs and a table without controls, bookmarks, styles of the official form or footers.

Then the annual report of a generated province, from its book: the snapshot is in place and warm, as the server keeps it; its
outline is filled and the Word file written, for three years that nobody has asked for, in seconds of processor.
"""

import io
import time
from datetime import UTC, date, datetime
from statistics import median
from typing import Any

import docx

from duikou.records.models import Programme
from duikou.reports.outline import fill, outlines, read
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
from duikou.reports.review import review_comments
from duikou.reports.word import write_paper
from duikou.snapshot.store import freeze
from duikou.statistics.audience import reading
from duikou.web.book import warm

from .province.make import make
from .province.parties import CODE
from .province.scale import FULL

ROUNDS, SENTENCES, LINES_OF_ANNEX = 5, 4, 60
PROVINCE = 0.2  # of a province: a thousand projects
YEARS = ("2021", "2022", "2023")
ANNEXES = "附件：消费帮扶台账\n附件：劳务协作台账\n附件：示范村台账\n附件：指标总表"
HEADING = Heading(office="市合作交流办", addressee="对口支援工作领导小组", code="津合〔2011〕1号", copies=("市财政局",))


def run(size: int) -> list[dict[str, Any]]:
    """A report of about so many pages, filled already; and one from the book."""
    return [_written(size), _from_the_book()]


def _from_the_book() -> dict[str, Any]:
    """The annual report of a province with its tables: filled and written, each year for the first time."""
    if not Programme.objects.filter(code=CODE).exists():
        make(PROVINCE)
    warm()
    taken = freeze()
    form = read(outlines()["annual"].text.replace("附件：综合表", f"附件：综合表\n{ANNEXES}"), "annual")
    times: dict[str, list[float]] = {"ours": [], "review": [], "pdf": [], "floor": []}
    with reading(lambda _: True):
        for year in YEARS:
            spent, made = _once(lambda year=year: fill(form, taken, CODE, year))
            written, _ = _once(lambda made=made: write_paper(made))
            times["ours"].append(spent + written)
            times["review"].append(_once(lambda made=made: write_paper(made, comments=review_comments(made, taken)))[0])
            times["floor"].append(_once(lambda made=made: bare(made))[0])
            spent, pdf = _once(lambda made=made: write_pdf(made))
            times["pdf"].append(spent)
    ms = {name: median(taken_) * 1000 for name, taken_ in times.items()}
    return {
        "workload": "由账本出年度总结（CPU）", "size": round(PROVINCE * FULL["projects"]), "pages": len(Printed(pdf).pages),
        "figures": len(occurrences(made)), "ours_ms": round(ms["ours"], 1), "floor_ms": round(ms["floor"], 1),
        "ratio": round(ms["ours"] / ms["floor"], 2), "review_ms": round(ms["review"], 1), "pdf_ms": round(ms["pdf"], 1),
        "within": "是" if max(times["ours"]) < 2 else "否", "first_ms": round(times["ours"][0] * 1000, 1),
    }  # fmt: skip


def _once(write: Any) -> tuple[float, Any]:
    """What it takes of the processor in seconds, and what it gives."""
    begun = time.process_time()
    made = write()
    return time.process_time() - begun, made


def _written(size: int) -> dict[str, Any]:
    """A report of about so many pages, filled already."""
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
            for cell, piece in zip(cells, row.cells, strict=False):  # the row of a group has its label only
                cell.text = text_of((piece,))
    box = io.BytesIO()
    document.save(box)
    return box.getvalue()
