"""读一份旧报告：找出候选事实，连同原文的位置."""

import json
from argparse import ArgumentParser
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from duikou.intake.prose.candidate import Candidate
from duikou.intake.prose.reading import Reading, read
from duikou.intake.prose.text import paragraphs
from duikou.terms.words import zh

COLUMNS = ("段", "原文", "类别", "依据", "给方", "受方", "时间")


class Command(BaseCommand):
    """Print the candidate facts of a report; needs no book and opens no database."""

    help = "读一份报告（.docx .doc .pdf .txt），列出候选事实：只列，不记账。"

    def add_arguments(self, parser: ArgumentParser) -> None:
        """The file, and whether programs are to read what is printed."""
        parser.add_argument("file", type=Path, help="报告文件：.docx、.doc、.pdf、.txt")
        parser.add_argument("--json", action="store_true", help="每个候选事实一行 JSON")

    def handle(self, *args: Any, **options: Any) -> None:
        """Print the candidates of the file."""
        file: Path = options["file"]
        try:
            found = read(paragraphs(file.name, file.read_bytes()).paragraphs)
        except ValueError as error:
            raise CommandError(f"{file.name}：{' '.join(str(error).split())}") from None
        lines = _json(found) if options["json"] else _table(found)
        for line in lines:
            self.stdout.write(line)


def _json(found: Reading) -> Iterator[str]:
    """One JSON object for each candidate."""
    for candidate in found.candidates:
        yield json.dumps(candidate.json(), ensure_ascii=False)


def _table(found: Reading) -> Iterator[str]:
    """The candidates for a person's eye, what was set aside, what was passed over, and how much was covered."""
    yield "　".join(COLUMNS)
    for candidate in found.candidates:
        yield "　".join(_cells(candidate))
    for paragraph, why in found.set_aside:
        yield f"第 {paragraph} 段不读：{why}"
    for passed in found.unread:
        yield f"第 {passed.paragraph} 段“{passed.text}”未列：{passed.why}"
    offered, seen = found.coverage
    yield f"候选事实 {len(found.candidates)} 条；数字 {seen} 处，列出 {offered} 处"


def _cells(candidate: Candidate) -> Iterator[str]:
    yield str(candidate.paragraph)
    yield candidate.text
    yield zh("reads", candidate.kind)
    yield zh("basis", candidate.basis)
    yield str(candidate.giver or "—")
    yield str(candidate.receiver or "—")
    yield candidate.period.zh if candidate.period else "—"
