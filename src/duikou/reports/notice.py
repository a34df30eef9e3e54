"""A notice of funds as an official paper in words: what is issued or recalled, to whom, by which number."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, time
from hashlib import sha256

from duikou.rules.amounts import words
from duikou.rules.ledger import total
from duikou.terms.words import zh

from .excel import BEIJING
from .word import Paper, Paragraph, write_paper


@dataclass(frozen=True)
class Issued:
    """A line of a notice: to whom or for which project, fen, whether they go back, what for."""

    to: str
    fen: int
    back: bool = False
    purpose: str = ""


@dataclass(frozen=True)
class NoticePaper:
    """A notice (terms: notice) with its number, day and office, the number it changes where it changes one."""

    number: str
    type: str
    day: date
    office: str
    lines: tuple[Issued, ...]
    of: str = ""


def write_notice(paper: NoticePaper) -> bytes:
    """The notice as a .docx file; the same notice gives the same bytes."""
    title = f"{paper.office}关于{zh('notice', paper.type)}{paper.day.year}年|协作资金的通知"
    nine = datetime.combine(paper.day, time(9), BEIJING)
    recipients = "、".join(dict.fromkeys(line.to for line in paper.lines))
    return write_paper(
        Paper(
            title, paper.office, paper.day, f"{recipients}：", tuple(Paragraph((text,)) for text in _said(paper)), "", "",
            nine, sha256(paper.number.encode()).hexdigest()[:8],
        )
    )  # fmt: skip


def _said(paper: NoticePaper) -> Sequence[str]:
    """The paragraphs: number, what it rests on, each line, what it comes to, what is to be kept to."""
    sums = {back: total(line.fen for line in paper.lines if line.back is back) for back in (True, False)}
    said = [f"收回{words(sums[True])}"] if sums[True] else []
    said += [f"下达{words(sums[False])}"] if sums[False] else []
    basis = f"原指标文件为{paper.of}。" if paper.of else ""
    return (
        f"文号：{paper.number}（虚设示例，无印章）。",
        f"按年度协议和项目计划，{'、'.join(said)}。{basis}",
        *(
            f"{number}．{line.to}：{'收回' if line.back else '下达'}{words(line.fen)}"
            + (f"，{line.purpose}。" if line.purpose else "。")
            for number, line in enumerate(paper.lines, 1)
        ),
        "资金专款专用，随项目进度支付；年度终了前报送支出情况。",
    )
