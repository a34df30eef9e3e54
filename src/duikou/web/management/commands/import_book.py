"""全本装入：把全本导出的文件夹装入一本空账."""

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError

from duikou.intake.whole.loading import load_whole
from duikou.snapshot.store import freeze

from ._common import ADMINISTRATOR, plainly


class Command(BaseCommand):
    """Begin an empty book with a folder of 全本导出, all or nothing."""

    help = "全本装入：先核对清单、各表、每一格，再装入一本空账；有一处不对就什么也不写。"

    def add_arguments(self, parser: ArgumentParser) -> None:
        """The folder."""
        parser.add_argument("folder", type=Path, help="duikou export 写的文件夹")

    def handle(self, *args: Any, **options: Any) -> None:
        """Make the tables if need be, load, freeze; say what was loaded."""
        if not options["folder"].is_dir():
            raise CommandError(f"没有文件夹 {options['folder']}")
        call_command("migrate", verbosity=0)
        with plainly():
            loaded = load_whole(options["folder"], person=ADMINISTRATOR)
            freeze()  # the tables of closed periods are those of this line
        self.stdout.write(f"  装入 {loaded.programme}：{loaded.rows} 行，原文件 {loaded.documents} 份")
        self.stdout.write(f"  原账 {loaded.came_from}")
        self.stdout.write(f"  {loaded.head.short}")
        self.stdout.write("  账号不在全本之内：运行 duikou offices 文件 设立单位、开立账号；duikou verify 验账")
