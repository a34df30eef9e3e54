"""把一个项目方案的文件夹载入账本；全部或全不."""

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management import call_command
from django.core.management.base import BaseCommand

from duikou.intake.folder import load

from ._common import ADMINISTRATOR, OFFICER, plainly


class Command(BaseCommand):
    """Load a programme's folder through the acts, all or nothing."""

    help = "把一个项目方案的文件夹（programme.toml 等）载入账本；全部或全不。"

    def add_arguments(self, parser: ArgumentParser) -> None:
        """The folder, and the documents it rests on."""
        parser.add_argument("folder", type=Path, help="文件夹，如 examples/tianjin-huangnan-2011")
        parser.add_argument(
            "--source", type=Path, action="append", default=None, help="一并带来的原文（文本文件）；有几份写几次"
        )
        parser.add_argument("--without", action="append", default=[], help="清单中的哪个文件不载入；可写几次")

    def handle(self, *args: Any, **options: Any) -> None:
        """Make the tables if need be, then load."""
        call_command("migrate", verbosity=0)
        with plainly():
            loaded = load(
                options["folder"], person=OFFICER, administrator=ADMINISTRATOR, source=options["source"],
                without=options["without"],
                done=lambda name, facts: self.stdout.write(f"  {name:<32}{facts:>4} 条"),
            )  # fmt: skip
        if loaded.already:
            self.stdout.write("账上已有，未改动。")
        else:
            self.stdout.write(f"载入 {loaded.facts} 条事实，{loaded.files} 个文件。")
