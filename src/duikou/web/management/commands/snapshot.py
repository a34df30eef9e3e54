"""例行检查资金，再按账本现状冻结时点数据."""

from typing import Any

from django.core.management.base import BaseCommand

from duikou.acts.checking import run_checks
from duikou.records.models import Programme
from duikou.snapshot.store import freeze

from ._common import OFFICER, plainly


class Command(BaseCommand):
    """Run the standing checks on money, then freeze the book as it stands."""

    help = "例行检查资金，查出的列为待核，再按账本现状冻结时点数据；没有变动时不重做。"

    def handle(self, *args: Any, **options: Any) -> None:
        """Check, freeze, and say which line."""
        with plainly():
            for programme in Programme.objects.order_by("pk"):
                found = run_checks(programme, person=OFFICER)
                if found.raised or found.changed or found.lapsed:
                    self.stdout.write(
                        f"{programme.code} 例行检查：新提出 {found.raised} 项，有变 {found.changed} 项，"
                        f"现已不成立 {found.lapsed} 项"
                    )
            taken = freeze()
        self.stdout.write(f"账本第 {taken.line} 行，时点数据 sha256:{taken.digest}")
        self.stdout.write(taken.head.short)
