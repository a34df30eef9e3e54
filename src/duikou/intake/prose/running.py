"""What holds from one paragraph to the next: the time that the report speaks of, and whether it speaks of what is to come."""

import re
from dataclasses import dataclass

from duikou.rules.period import Period

from .clauses import Clauses
from .deciding import HEADING
from .document import Document
from .moments import Time
from .timing import Timeline

_COMING = re.compile(r"下(?:一)?(?:步|月|周|季度|阶段)|打算|工作思路|目标任务")
_NO_HEADING = re.compile("[0-9。，；]")
_REPORTS = re.compile(
    r"(?:现将|现就|现对|报告|汇报|通报)[^。；：]{0,60}(?:情况|工作|如下|汇报|报告)|(?:对|就)[^。；：]{2,140}(?:进行了?|实施|开展)(?:了)?(?:审计|检查|考核)"
)
NEXT = 3  # characters after 对 at which the time begins that an audit covered, whatever its title says
FIRST = 2  # paragraphs after the head in which 五年来 says what a review speaks of


@dataclass
class Running:
    """The time and the mood of a document as it goes on."""

    frame: Document
    period: Period | None = None
    coming: bool = False  # under a heading that says what is to come

    def heading(self, text: str) -> None:
        """Take note of a line that is a heading."""
        line = text.strip()
        if len(line) < HEADING and not _NO_HEADING.search(line.strip("。")):
            self.coming = _COMING.search(text) is not None

    def hear(self, place: int, timeline: Timeline) -> None:
        """Take from a paragraph the time that holds for those after it: its opening, …汇报如下, 五年来."""
        text, opening = timeline.text, timeline.opening
        if opening and opening.period and place >= self.frame.body and self._carries(opening):
            self.period = opening.period
        if text.rstrip().endswith(("：", "如下。")) and "如下" in text[-40:]:
            self.period = self._as_follows(timeline.clauses, timeline)
        elif (
            self.frame.own is None or self.frame.sort == "audit"
        ) and self.frame.body <= place <= self.frame.body + FIRST:
            self.period = self._announced(timeline) or self.period
        if self.period is None and self.frame.body <= place <= self.frame.body + FIRST:
            since = (t.period for t in timeline.times if t.long and t.text[-1] in "来间里下" and "一年" not in t.text)
            self.period = next(since, None)

    def _as_follows(self, clauses: Clauses, timeline: Timeline) -> Period | None:
        """The time named in the sentence that announces the report; a stock as of a day before any other."""
        last = clauses.sentences.at(max(timeline.text.rfind("如下") - 1, 0))[0]
        said = [t for t in timeline.times if t.broad and (t.start >= last or t.until or t is timeline.opening)]
        stock = next((t.period for t in reversed(said) if t.until), None)
        return stock or (said[-1].period if said else self.period)

    def _announced(self, timeline: Timeline) -> Period | None:
        """The time of the work of which a paragraph says that it reports: 现就今年以来工作作简要汇报."""
        for found in _REPORTS.finditer(timeline.text):
            last = found.end() if self.frame.own is None else found.start() + NEXT
            said = [t for t in timeline.between(found.start(), last) if t.broad]
            if said:
                return said[-1].period
        return None

    def _carries(self, opening: Time) -> bool:
        """Whether a paragraph's opening time holds for the paragraphs after it."""
        own = self.frame.own
        yearbook = self.frame.sort == "yearbook" or self.frame.anchor is None
        return (
            (opening.long and not (own and own.first.year == own.last.year))
            or (yearbook and opening.broad)
            or (self.frame.sort == "progress" and opening.until)
        )
