"""出一张统计表（.xlsx）."""

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from duikou.reports.workbook import workbook
from duikou.statistics.tables import table_of, tables

from ._common import ask_for_cell, cell, plainly


class Command(BaseCommand):
    """Write a statistics table as a workbook."""

    help = "出一张统计表（.xlsx），每个数可追溯。"

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Which table, of what, where to."""
        parser.add_argument("table", nargs="?", default="overview", help=f"表：{'、'.join(tables())}")
        parser.add_argument("--to", type=Path, default=None, help="写到哪个文件；不写则 out/统计表.xlsx")
        ask_for_cell(parser)

    def handle(self, *args: Any, **options: Any) -> None:
        """Fill and write."""
        if options["table"] not in tables():
            raise CommandError(f"没有表 {options['table']}；可用：{'、'.join(tables())}")
        with plainly():
            filled = table_of(cell(options)[0], options["table"], *cell(options)[1:])
        target = options["to"] or Path(settings.OUT) / "统计表.xlsx"
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_bytes(workbook(filled))
        self.stdout.write(f"{target}　{filled.title}　{filled.period.zh}")
        for check in filled.checks:
            self.stdout.write(f"  勾稽：{check.sentence}　{check.reading.zh}")
