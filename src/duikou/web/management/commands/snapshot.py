"""按账本现状冻结时点数据."""

from typing import Any

from django.core.management.base import BaseCommand

from duikou.snapshot.store import freeze

from ._common import plainly


class Command(BaseCommand):
    """Freeze the book as it stands."""

    help = "按账本现状冻结时点数据；没有变动时不重做。"

    def handle(self, *args: Any, **options: Any) -> None:
        """Freeze and say which line."""
        with plainly():
            taken = freeze()
        self.stdout.write(f"账本第 {taken.line} 行，时点数据 sha256:{taken.digest}")
        self.stdout.write(taken.head.short)
