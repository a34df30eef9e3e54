"""The reader of reports on a varied text against a bare pattern scan (the floor) and segmenters; on one report; on hostile texts."""

import re
import time
from collections.abc import Callable, Iterator
from importlib import import_module
from importlib.util import find_spec
from itertools import cycle, islice
from statistics import median
from typing import Any

from duikou.intake.prose.reading import read

from .marked import MARKED, paragraphs

REPORT = 18_000  # characters of thirty pages
BUDGET_MS = 1_000  # for those
HOSTILE = "123,456.7（8[9)…、其中3个（4万元【5】）"
ROUNDS = 3
_NUMBER = re.compile(
    r"[0-9０-９][0-9０-９,，.．]*(?:[万亿千百]*[^\s\d，。；：、（）]{0,2})|[〇零一二两三四五六七八九十百千万亿]{2,}"
)


def run(size: int) -> list[dict[str, Any]]:
    """Papers of so many characters in all, a report of thirty pages, digits and brackets of so many and of a tenth."""
    papers = list(_papers(size))
    text = "\n".join(line for paper in papers for line in paper)
    ours, floor = _timed(lambda: [read(paper) for paper in papers]), _timed(lambda: len(_NUMBER.findall(text)))
    peers = {name: _timed(lambda cut=cut: sum(1 for _ in cut(text))) for name, cut in _segmenters()}  # type: ignore[misc]
    (report,) = _papers(REPORT, whole=True)
    page = _timed(lambda: read(report))
    hostile = [islice(cycle(HOSTILE), many) for many in (size // 10, size)]
    tenth, whole = (_timed(lambda said=said: read([said]), 1) for said in ("".join(one) for one in hostile))  # type: ignore[misc]
    said = {
        "size": len(text), "ours_ms": round(ours * 1000), "floor_ms": round(floor * 1000, 1), "ratio": round(ours / floor, 1),
        "chars_s": round(len(text) / ours), "report_ms": round(page * 1000), "within": page * 1000 <= BUDGET_MS,
        "hostile_ms": round(whole * 1000), "growth": round(whole / tenth / 10, 2),
    }  # fmt: skip
    per = {f"{name}_ms": round(peers[name] * 1000) if name in peers else "—" for name in ("rjieba", "jieba")}
    return [{"workload": "读报告", **said, **per}]


def _papers(size: int, *, whole: bool = False) -> Iterator[list[str]]:
    """The marked passages over and over, as papers or as one, of so many characters in all."""
    files, one, left = sorted(MARKED.glob("*/*.txt")), [], size
    for file in cycle(files):
        lines = paragraphs(file.read_text("utf-8"))
        left -= sum(map(len, lines))
        one.extend(lines)
        if not whole:
            yield one
            one = []
        if left <= 0:
            break
    if whole:
        yield one


def _segmenters() -> Iterator[tuple[str, Callable[[str], Any]]]:
    """What cuts a text into words, where it is installed: the fastest there is, and the usual one."""
    for name in ("rjieba", "jieba"):
        if find_spec(name):
            cut = import_module(name).cut
            cut("先读一次词典")
            yield name, cut


def _timed(call: Callable[[], Any], rounds: int = ROUNDS) -> float:
    """CPU seconds, the median of rounds."""
    found = []
    for _ in range(rounds):
        begun = time.process_time()
        call()
        found.append(time.process_time() - begun)
    return median(found)
