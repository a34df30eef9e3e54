"""出一份情况汇报（.docx）."""

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from duikou.reports.outline import names_in, outlines, paper
from duikou.reports.word import check_text, write_paper

from ._common import ask_for_cell, cell, plainly


class Command(BaseCommand):
    """Write a situation report in the official Word form."""

    help = "出一份情况汇报（.docx，汇报材料格式），每个数可追溯。"

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Which outline, of what, where to, with or without content controls."""
        parser.add_argument("outline", nargs="?", default="situation", help=f"提纲：{'、'.join(outlines())}")
        parser.add_argument("--to", type=Path, default=None, help="写到哪个文件；不写则 out/情况汇报.docx")
        parser.add_argument("--plain", action="store_true", help="清样：不带内容控件")
        ask_for_cell(parser)

    def handle(self, *args: Any, **options: Any) -> None:
        """Fill, check the text, write."""
        if options["outline"] not in outlines():
            raise CommandError(f"没有提纲 {options['outline']}；可用：{'、'.join(outlines())}")
        with plainly():
            taken, programme, period = cell(options)
            made = paper(taken, options["outline"], programme, period)
        problems = check_text(made, names_in(taken))
        for problem in problems:
            self.stderr.write(f"  {problem}")
        target = options["to"] or Path(settings.OUT) / "情况汇报.docx"
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_bytes(write_paper(made, plain=options["plain"]))
        self.stdout.write(f"{target}　{made.title.replace('|', '')}")
