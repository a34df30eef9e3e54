"""导入本单位的区划名单，与随软件的并用."""

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand

from duikou.intake.areas import COLUMNS, keep_areas

from ._common import plainly


class Command(BaseCommand):
    """Keep the operator's list of areas beside the book, whole or not at all."""

    help = f"导入区划名单（.csv，列为 {','.join(COLUMNS)}）；替换以前导入的，随软件的不改。"

    def add_arguments(self, parser: ArgumentParser) -> None:
        """The list."""
        parser.add_argument("file", type=Path, help="区划名单，UTF-8")

    def handle(self, *args: Any, **options: Any) -> None:
        """Read, check, keep; say how much."""
        with plainly():
            found = keep_areas(options["file"])
        self.stdout.write(
            f"导入 {len(found.rows)} 个区划；随软件已有 {found.known} 个，照旧。站点开着的，重开后用上新名单。"
        )
