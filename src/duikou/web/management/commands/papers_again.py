"""再印：已印发的文件由留存的时点数据再做一遍，与印发时的指纹比对."""

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from duikou.records.models import Paper
from duikou.web.issuing.again import issued_again

from ._common import plainly


class Command(BaseCommand):
    """Make every issued paper again and hold it against the digest in the journal."""

    help = "再印：已印发的文件由留存的时点数据再做一遍，逐件与账上的指纹比对；不一致的说出哪里不同。"

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Of which programme."""
        parser.add_argument("--programme", default="", help="项目方案代码；不写查全部")

    def handle(self, *args: Any, **options: Any) -> None:
        """A line for each paper; exit 1 where one does not come out the same."""
        with plainly():
            rows = Paper.objects.exclude(file="").select_related("record__programme", "outline").order_by("pk")
            rows = rows.filter(record__programme__code=options["programme"]) if options["programme"] else rows
            odd = 0
            for row in rows:
                found = issued_again(row)
                odd += not found.same
                said = "与印发件一致" if found.same else f"不一致：{'；'.join(found.differs) or '原因不明'}"
                self.stdout.write(f"  {row.code}　{row.title}　{row.file[:16]}　{said}")
        if odd:
            raise CommandError(f"{odd} 件与印发件不一致，见上")
        self.stdout.write(f"  共 {len(rows)} 件，都与印发件一致")
