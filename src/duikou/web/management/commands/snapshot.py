"""例行检查资金，再按账本现状冻结时点数据；签名交出，或收下别单位交来的."""

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from duikou.acts.checking import run_checks
from duikou.records.models import Programme
from duikou.snapshot.signed import export, trusted
from duikou.snapshot.signed_receipt import NotReceived, handed_in, receive
from duikou.snapshot.store import freeze

from ._common import ADMINISTRATOR, OFFICER, plainly


class Command(BaseCommand):
    """Run the standing checks on money, then freeze the book as it stands; hand it in, or receive what others handed in."""

    help = "例行检查资金，查出的列为待核，再按账本现状冻结时点数据；没有变动时不重做。"

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Where to hand in, what to receive."""
        parser.add_argument(
            "--export", type=Path, default=None, metavar="文件夹", help="冻结后签名，写到这个文件夹，以便交出"
        )
        parser.add_argument(
            "--receive", type=Path, default=None, metavar="文件夹", help="核对别单位交来的，把账首记入本账"
        )

    def handle(self, *args: Any, **options: Any) -> None:
        """Receive; or check, freeze, hand in, and say which line."""
        with plainly():
            if options["receive"]:
                self._receive(options["receive"])
                return
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
            if options["export"]:
                self.stdout.write(f"已签名写入 {export(taken, options['export'])}")

    def _receive(self, folder: Path) -> None:
        found, keys = handed_in(folder), trusted()
        if not found:
            raise CommandError(f"{folder} 里没有交来的时点数据；应有 账号-行号/manifest.json")
        refused = 0
        for one in found:
            try:
                taken = receive(one, keys, person=ADMINISTRATOR)
            except NotReceived as error:
                refused += 1
                self.stdout.write(f"未收　{error}")
            else:
                self.stdout.write(f"已收　{taken.key.office}　第 {taken.snapshot.line} 行　{taken.verdict}")
                self.stdout.write(f"　　　{taken.snapshot.head.short}")
        if refused:
            raise CommandError(f"{len(found)} 份中 {refused} 份未收，见上")
