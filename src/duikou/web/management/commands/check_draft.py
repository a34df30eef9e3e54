"""核对一份文稿：每个数对着账判定，另存带批注的 Word."""

import json
from argparse import ArgumentParser
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from duikou.intake.checking.said import as_data, book_words, verdict_words
from duikou.rules.period import parse
from duikou.web.drafts.answering import Answered, answered

from ._common import ask_for_cell, cell, plainly


class Command(BaseCommand):
    """Check the numbers of a draft against the book; nothing is changed."""

    help = "核对一份文稿（.docx .doc .pdf .txt）：每个数对着账判定。账本不改。"

    def add_arguments(self, parser: ArgumentParser) -> None:
        """The draft, where the commented copy goes, whether programs are to read what is printed."""
        parser.add_argument("file", type=Path, help="文稿：.docx、.doc、.pdf、.txt")
        parser.add_argument("--out", type=Path, default=None, help="带批注的文稿（.docx）写到哪里")
        parser.add_argument("--list", type=Path, default=None, help="核对清单（.docx）写到哪里")
        parser.add_argument("--json", action="store_true", help="每个数一行 JSON")
        ask_for_cell(parser)

    def handle(self, *args: Any, **options: Any) -> None:
        """Read, check, print; write the copy where one is asked for."""
        file: Path = options["file"]
        content = file.read_bytes()
        given = str(options["period"])
        with plainly():
            taken, programme, _ = cell(options)
        try:
            found = answered(file.name, content, taken, programme, parse(given) if given else None)
        except ValueError as error:
            raise CommandError(f"{file.name}：{' '.join(str(error).split())}") from None
        for line in _json(found) if options["json"] else _table(found):
            self.stdout.write(line)
        for target, data in ((options["out"], found.given.data), (options["list"], found.listed)):
            if target:
                target.parent.mkdir(parents=True, exist_ok=True)
                target.write_bytes(data)
                self.stderr.write(f"写到 {target}")


def _json(found: Answered) -> Iterator[str]:
    """One JSON object for each number."""
    for one in found.checking.numbers:
        yield json.dumps(as_data(one), ensure_ascii=False)


def _table(found: Answered) -> Iterator[str]:
    """The summary first, then each number."""
    yield from found.summary
    for one in found.checking.numbers:
        answer = one.verdict.answer
        said = (
            f"第{one.claim.paragraph}段",
            one.claim.text,
            verdict_words(one),
            book_words(answer) if answer else one.verdict.why,
        )
        yield "　".join(filter(None, said))
