"""A draft read, checked and given back: the answer, the file with its comments, the list that goes with it."""

from dataclasses import dataclass
from datetime import datetime
from functools import cached_property
from pathlib import PurePath

from duikou.intake.checking.check import Checked, Checking, check
from duikou.intake.checking.said import book_words, lines_of, summary, verdict_words
from duikou.intake.prose.text import Text
from duikou.intake.prose.text import paragraphs as read_file
from duikou.reports.commented import Given, Remark, checklist, commented, plain_document
from duikou.rules.period import Period
from duikou.snapshot.store import Snapshot

PASTED = "粘贴的文字.txt"
FIRST = 20  # characters of the draft's beginning at which the summary stands


@dataclass(frozen=True)
class Answered:
    """A draft and what came out of it."""

    name: str
    content: bytes
    text: Text
    checking: Checking
    snapshot: Snapshot

    @property
    def stem(self) -> str:
        """The name of the file without its ending."""
        return PurePath(self.name).stem or "文稿"

    @property
    def made_at(self) -> datetime:
        """The moment of the snapshot: the same draft on the same book gives the same file."""
        return datetime.fromisoformat(self.snapshot.at)

    @property
    def summary(self) -> list[str]:
        """The summary with its coverage, and which line of the book answered."""
        return [*summary(self.checking), f"对照账本第 {self.snapshot.line} 行；{self.snapshot.head.short}。"]

    @cached_property
    def given(self) -> Given:
        """The draft with a comment at each number, the summary first."""
        made = self.content
        if self.text.form != "docx":
            made = plain_document(self.text.paragraphs, self.stem, self.made_at)
        return commented(made, self.text.paragraphs, self._remarks(), self.made_at)

    @property
    def listed(self) -> bytes:
        """The list: the summary, then number by number."""
        lines = [*self.summary]
        if left := len(self.given.left):
            lines.append(f"有 {left} 处在脚注、文本框等处，Word 里加不了批注，只列在这里。")
        return checklist(f"{self.stem}核对清单", lines, [_row(one) for one in self.checking.numbers], self.made_at)

    def _remarks(self) -> list[Remark]:
        first = next((at for at, text in enumerate(self.text.paragraphs, 1) if text.strip()), 1)
        words = self.text.paragraphs[first - 1]
        begin = len(words) - len(words.lstrip())
        line = words[begin : begin + FIRST].partition("\t")[0].partition("\n")[0]
        head = Remark(first, begin, begin + len(line), ("核对结果", *self.summary))
        return [head, *(_remark(one) for one in self.checking.numbers)]


def answered(name: str, content: bytes, snapshot: Snapshot, programme: str, period: Period | None) -> Answered:
    """The answer to a draft; ValueError where the file cannot be read, in one sentence."""
    text = read_file(name, content)
    return Answered(name, content, text, check(text.paragraphs, snapshot, programme, period=period), snapshot)


def _remark(one: Checked) -> Remark:
    return Remark(one.claim.paragraph, one.claim.start, one.claim.end, tuple(lines_of(one)))


def _row(one: Checked) -> list[str]:
    answer = one.verdict.answer
    said = lines_of(one)[1:]
    book = book_words(answer) if answer else ""
    return [str(one.claim.paragraph), one.claim.text, verdict_words(one), book, "；".join(s for s in said if s != book)]
