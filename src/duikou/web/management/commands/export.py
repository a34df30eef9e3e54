"""全本导出：把一个项目方案写成一个文件夹的开放文件."""

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from duikou.records.models import Programme
from duikou.reports.whole import write_whole

from ._common import OFFICER, plainly


class Command(BaseCommand):
    """Write a programme whole into a new folder; the journal says so."""

    help = "全本导出：一个项目方案的全部记录写成 CSV，连同列的说明、原文件和清单；日志记一行。"

    def add_arguments(self, parser: ArgumentParser) -> None:
        """The programme and the folder."""
        parser.add_argument("programme", help="项目方案代码，如 tj-hn")
        parser.add_argument("folder", type=Path, help="还没有的文件夹")

    def handle(self, *args: Any, **options: Any) -> None:
        """Write, say what was written and under which digest."""
        with plainly():
            found = Programme.objects.filter(code=options["programme"]).first()
            if found is None:
                known = "、".join(Programme.objects.values_list("code", flat=True))
                raise CommandError(f"没有项目方案 {options['programme']}；可用：{known or '（账本为空）'}")
            try:
                written = write_whole(found, options["folder"], person=OFFICER)
            except ValueError as odd:
                raise CommandError(str(odd)) from None
        tables = len([name for name, rows in written.rows.items() if rows])
        self.stdout.write(f"  {tables} 张表 {written.count} 行，原文件 {written.documents} 份，写入 {written.folder}")
        for digest in written.damaged:
            self.stdout.write(f"  原文件 {digest[:16]}… 与指纹不符，没有导出；从备份恢复后再导出")
        self.stdout.write(f"  清单 SHA256SUMS 的指纹 {written.digest}，已记入日志")
