"""Passages: where in a source a record's number is said, and on which evidence."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from duikou.snapshot.store import Snapshot
from duikou.terms.words import zh

from .engine import Row


@dataclass(frozen=True)
class Passage:
    """Where a record's number is said: document, paragraph, the words around it, whose word, which evidence."""

    document: int
    title: str
    grade: str
    digest: str
    section: str
    paragraph: int | None
    fragment: str
    said: str
    side: str
    number: int
    medium: str = ""

    @property
    def place(self) -> str:
        """第20段, 表“五月”第 3 行、G3 of a sheet, or 凭证 for a paper without paragraphs."""
        if self.medium == "sheet" and self.paragraph:
            return f"{self.section and f'表“{self.section}”'}第 {self.paragraph} 行{self.cell and f'、{self.cell}'}"
        return f"第{self.paragraph}段" if self.paragraph else zh("medium", "voucher")

    @property
    def cell(self) -> str:
        """The cell of a sheet that the words stand in, where they name it: G3 of “G3 12.5”."""
        cell = self.fragment.partition(" ")[0]
        return cell if self.medium == "sheet" and re.fullmatch(f"[A-Z]{{1,3}}{self.paragraph}", cell) else ""


def joined(places: Iterable[str]) -> str:
    """Places one after the other; three paragraphs or more that follow each other as 第13—20段."""
    runs: list[list[str]] = []
    for place in places:
        if runs and (before := _PARAGRAPH.fullmatch(runs[-1][-1])) and place == f"第{int(before[1]) + 1}段":
            runs[-1].append(place)
        else:
            runs.append([place])
    return "、".join(
        f"{run[0].removesuffix('段')}—{run[-1].removeprefix('第')}" if len(run) > 2 else "、".join(run) for run in runs
    )


_PARAGRAPH = re.compile("第([0-9]+)段")


def passages_of(snapshot: Snapshot, record: int, aspect: str = "") -> tuple[Passage, ...]:
    """Where a record's number of an aspect is said, by what the record adopts, else where the record is said; without an
    aspect all that is said of it, also what differs and stands beside it."""
    rows = snapshot.rows.by("statements", "record").get(record, [])
    kept = [s for s in rows if s["adopted"] is not False]  # a snapshot may be older than the column
    own = [s for s in kept if s["aspect"] == aspect] or [s for s in kept if not s["aspect"]] if aspect else rows
    papers = snapshot.rows.by("documents", "number")
    return tuple(_passage(s, papers.get(s["document"], ())) for s in own)


def _passage(s: Row, paper: Sequence[Row]) -> Passage:
    return Passage(
        s["document"], s["title"], s["grade"], s["digest"], s["section"], s["paragraph"], s["fragment"],
        s["said"], s["side"], s["number"], paper[0]["medium"] if paper else "",
    )  # fmt: skip
