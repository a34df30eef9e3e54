"""把一年的指标文件、拨付、到账、合同、付款、进度、检查逐日录入账本；全部或全不."""

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management import call_command
from django.core.management.base import BaseCommand

from duikou.intake.folder import load
from duikou.intake.year.play import play
from duikou.intake.year.source import read_year
from duikou.records.models import Programme
from duikou.reports.photograph import draw

from ._common import ADMINISTRATOR, OFFICER, plainly


class Command(BaseCommand):
    """Live a year of a programme's folder, all or nothing; a second time changes nothing."""

    help = "把文件夹里 year/ 的各表逐日录入账本；账上还没有这个项目方案的先载入。全部或全不，再运行一次不改动。"

    def add_arguments(self, parser: ArgumentParser) -> None:
        """The folder, and the documents it rests on."""
        parser.add_argument("folder", type=Path, help="文件夹，如 examples/wanglan-yunxiu-2023")
        parser.add_argument("--source", type=Path, action="append", default=None, help="一并带来的原文；有几份写几次")

    def handle(self, *args: Any, **options: Any) -> None:
        """Make the tables if need be, load what the year does not tell itself, then play."""
        folder: Path = options["folder"]
        call_command("migrate", verbosity=0)
        with plainly():
            year = read_year(folder)
            if not Programme.objects.filter(code=year.programme).exists():
                loaded = load(
                    folder, person=OFFICER, administrator=ADMINISTRATOR, source=options["source"], without=year.instead_of,
                )  # fmt: skip
                self.stdout.write(f"载入 {loaded.facts} 条事实；{'、'.join(year.instead_of)}由逐日的记录代替，不载入。")
            played = play(folder, draw=draw)
        if played.already:
            self.stdout.write("这一年账上已有，未改动。")
        else:
            self.stdout.write(f"录入 {year.number} 年 {played.rows} 行，办 {played.done} 件事。")
