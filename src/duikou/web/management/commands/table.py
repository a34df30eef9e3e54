"""出一张统计表（.xlsx）；或在各单位交来的时点数据上出一张汇总表."""

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from duikou.reports.workbook import workbook
from duikou.rules.period import parse
from duikou.snapshot.signed import trusted
from duikou.snapshot.signed_receipt import NotReceived, Received, book_of, handed_in, receive
from duikou.statistics.engines import DUCKDB, ENGINES, placed
from duikou.statistics.offices import Office, TableTogether, table_together
from duikou.statistics.tables import table_of, tables

from ._common import ADMINISTRATOR, ask_for_cell, cell, plainly


class Command(BaseCommand):
    """Write a statistics table as a workbook, or print one over the signed snapshots of many offices."""

    help = "出一张统计表（.xlsx），每个数可追溯；--snapshots 在各单位交来的时点数据上汇总。"

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Which table, of what, by which engine, where to."""
        parser.add_argument("table", nargs="?", default="overview", help=f"表：{'、'.join(tables())}")
        parser.add_argument("--to", type=Path, default=None, help="写到哪个文件；不写则 out/统计表.xlsx")
        parser.add_argument("--engine", choices=ENGINES, default=DUCKDB, help="用哪个引擎算；结果相同")
        parser.add_argument("--snapshots", type=Path, default=None, metavar="文件夹", help="各单位交来的时点数据所在")
        ask_for_cell(parser)

    def handle(self, *args: Any, **options: Any) -> None:
        """Fill and write."""
        if options["table"] not in tables():
            raise CommandError(f"没有表 {options['table']}；可用：{'、'.join(tables())}")
        with plainly():
            if options["snapshots"]:
                self._together(options)
                return
            taken, programme, period = cell(options)
            filled = table_of(placed(taken, options["engine"]), options["table"], programme, period)
        target = options["to"] or Path(settings.OUT) / "统计表.xlsx"
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_bytes(workbook(filled))
        self.stdout.write(f"{target}　{filled.title}　{filled.period.zh}")
        for check in filled.checks:
            self.stdout.write(f"  勾稽：{check.sentence}　{check.reading.zh}")

    def _together(self, options: dict[str, Any]) -> None:
        """Receive what lies in the folder, the youngest of each book, and print the table over it."""
        try:
            period = parse(options["period"]).code
        except ValueError as error:
            raise CommandError(f"{error}；汇总要用 --period 写明期间，如 2011") from None
        received, problems = self._received(options["snapshots"])
        if problems:
            raise CommandError("\n".join([*problems, f"有 {len(problems)} 份未收，没有出表；移走或换好后再办"]))
        offices = [
            Office(key.office, received[book].snapshot if book in received else None) for book, key in trusted().items()
        ]
        for line in _printed(table_together(offices, options["table"], period, options["engine"])):
            self.stdout.write(line)

    def _received(self, folder: Path) -> tuple[dict[str, Received], list[str]]:
        """The youngest snapshot of each book in a folder, and why others were not taken."""
        youngest = {book_of(path): path for path in handed_in(folder)}
        if not youngest:
            raise CommandError(f"{folder} 里没有交来的时点数据；应有 账号-行号/manifest.json")
        found, problems = dict[str, Received](), []
        for path in youngest.values():
            try:
                taken = receive(path, trusted(), person=ADMINISTRATOR)
            except NotReceived as error:
                problems.append(str(error))
            else:
                found[taken.key.book] = taken
                self.stdout.write(f"已收　{taken.key.office}　{taken.snapshot.head.short}　{taken.verdict}")
        return found, problems


def _printed(table: TableTogether) -> list[str]:
    """The table as lines of text: one per figure, the sum first, then programme by programme."""
    there = len(table.offices) - len(table.missing)
    lines = [
        f"{table.name}　{table.period.zh}　{len(table.programmes)} 个项目方案　已交 {there}/{len(table.offices)} 家"
    ]
    lines += [f"未交：{'、'.join(table.missing)}；下列之和不称合计"] if table.missing else []
    lines += [f"　{code}　{title}" for code, title in table.programmes.items()]
    for row in table.rows:
        if row.group:
            lines.append(row.label)
            continue
        said = row.refused or (f"{row.total}（{row.called}）" if row.total else "来源未报")
        parts = "　".join(f"{code} {words}" for code, words in row.cells.items())
        lines.append(f"{'　' * (row.indent + 1)}{row.label}：{said}" + (f"　{parts}" if parts else ""))
    return lines
