"""验账：日志、各表、余额、账首."""

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from duikou.acts.verify import verify, write_head
from duikou.snapshot.store import altered

from ._common import plainly


class Command(BaseCommand):
    """Hold the book against its journal, its tables, its balances and heads from outside."""

    help = "验账：逐行重算日志，逐条核对各表，逐笔重算余额，再同以前印出的账首比对。"

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Heads from outside, and where to leave ours."""
        parser.add_argument(
            "--head", action="append", default=[], help="以前的账首：纸上那一行，或存有它的文件；可写多次"
        )
        parser.add_argument("--write-head", type=Path, default=None, help="把现在的账首写到账本以外的文件夹")

    def handle(self, *args: Any, **options: Any) -> None:
        """Check, say what was found, exit 1 where anything does not hold."""
        with plainly():
            try:
                report = verify([_read(head) for head in options["head"]])
            except ValueError as error:
                raise CommandError(str(error)) from None
        self.stdout.write(f"  日志 {report.lines} 行，记录影像 {report.images} 份，现有记录 {report.rows} 条")
        for problem in report.problems:
            self.stdout.write(f"  不符　{problem.place}：现为{problem.found}；应为{problem.expected}")
        for table in (tables := altered()):
            self.stdout.write(
                f"  不符　时点数据的表 {table} 与账本不一致；移走 var/snapshots 里最后一行的 .json 再冻结，其余的有文件依据，不要删"
            )
        for head, verdict in report.verdicts:
            self.stdout.write(f"  {verdict}　{head.splitlines()[0]}")
        if report.head:
            self.stdout.write(f"  {report.head.short}")
        if options["write_head"]:
            try:
                self.stdout.write(f"  账首写入 {write_head(options['write_head'])}")
            except ValueError as error:
                raise CommandError(str(error)) from None
        if tables or not report.true:
            raise CommandError("账不符，见上")
        note = "" if options["head"] else "（未给外来账首：截短或整本重算只有对照以前印出的账首才查得出）"
        self.stdout.write(f"  账符{note}")


def _read(head: str) -> str:
    """A head given as text, or as the file that holds it."""
    path = Path(head)
    try:
        return path.read_text("utf-8") if path.is_file() else head
    except UnicodeDecodeError:
        raise CommandError(f"{head} 不是账首文件") from None
    except OSError:
        return head
