"""出一份情况汇报（.docx 或 .pdf）."""

from argparse import ArgumentParser
from dataclasses import replace
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from duikou.reports.acceptance import acceptance
from duikou.reports.annex import annex_of
from duikou.reports.evidence import evidence_sheet
from duikou.reports.outline import names_in, outlines, paper
from duikou.reports.paper import Heading, Paper
from duikou.reports.pdf import write_pdf
from duikou.reports.review import review_comments
from duikou.reports.word import Look, check_text, write_paper
from duikou.snapshot.store import Snapshot
from duikou.statistics.tables import table_of, tables

from ._common import ask_for_cell, cell, plainly


class Command(BaseCommand):
    """Write a report in the official form: Word or PDF, spoken or upward, with what belongs to it."""

    help = "出一份情况汇报（.docx 或 .pdf，汇报材料或上行文），每个数可追溯。"

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Which outline, of what, where to, in which form and look, with which copies."""
        parser.add_argument("outline", nargs="?", default="situation", help=f"提纲：{'、'.join(outlines())}")
        parser.add_argument(
            "--to", type=Path, default=None, help="写到哪个文件；不写则 out/情况汇报.docx；.pdf 则出 PDF"
        )
        parser.add_argument("--plain", action="store_true", help="清样：不带内容控件")
        parser.add_argument("--review", type=Path, help="另写核对稿（.docx）：每个数字一条批注")
        parser.add_argument("--evidence", type=Path, help="另写数据依据表（.xlsx）")
        parser.add_argument(
            "--annex",
            action="append",
            default=[],
            help=f"提纲所附的以外，另附一张统计表，可多次：{'、'.join(tables())}",
        )
        parser.add_argument("--check", action="store_true", help="验收检查：版面、写法、字体；有问题则退出码为 1")
        parser.add_argument("--to-office", default="", help="报给哪个机关：写了就出上行文")
        parser.add_argument("--code", default="", help="发文字号，如 津合〔2011〕1号")
        parser.add_argument("--copies", nargs="*", default=[], help="抄送机关")
        parser.add_argument("--fonts", choices=("gb2312", "gbk", "windows"), default="gb2312", help="一组字体")
        parser.add_argument("--digits", choices=("", "Times New Roman"), default="", help="数字的字体")
        parser.add_argument("--bold", action="store_true", help="二级标题加粗")
        parser.add_argument("--word-grid", action="store_true", help="用 Word 的网格排 28 字（LibreOffice 排不对）")
        ask_for_cell(parser)

    def handle(self, *args: Any, **options: Any) -> None:
        """Fill, check the text, write."""
        if options["outline"] not in outlines():
            raise CommandError(f"没有提纲 {options['outline']}；可用：{'、'.join(outlines())}")
        with plainly():
            taken, programme, period = cell(options)
            made = paper(taken, options["outline"], programme, period)
            filled = [table_of(taken, code, programme, period) for code in options["annex"]]
        try:
            annexes = tuple(annex_of(table) for table in filled)
        except ValueError as wide:
            raise CommandError(str(wide)) from None
        own = {annex.title for annex in made.annexes}
        made = replace(made, annexes=(*made.annexes, *(annex for annex in annexes if annex.title not in own)))
        how = _how(options, made)
        target = options["to"] or Path(settings.OUT) / "情况汇报.docx"
        as_pdf = target.suffix == ".pdf"
        _write(target, write_pdf(made, **how) if as_pdf else write_paper(made, plain=options["plain"], **how))
        if options["review"]:
            _write(options["review"], write_paper(made, comments=review_comments(made, taken), **how))
        if options["evidence"]:
            _write(options["evidence"], evidence_sheet(made, taken))
        self.stdout.write(f"{target}　{made.plain_title}")
        self._check(made, taken, how, thorough=options["check"])

    def _check(self, made: Paper, taken: Snapshot, how: dict[str, Any], *, thorough: bool) -> None:
        """The problems of the text; asked for, those of the files too, and then none may stand."""
        names = names_in(taken)
        problems = check_text(made, names)
        if thorough:
            files = write_paper(made, **how), write_pdf(made, **how)
            problems += [str(problem) for problem in acceptance(*files, look=how["look"], names=names)]
        for problem in problems:
            self.stderr.write(f"  {problem}")
        if thorough and problems:
            raise CommandError(f"验收检查发现 {len(problems)} 处问题")
        if thorough:
            self.stdout.write("验收检查：七项通过")


def _how(options: dict[str, Any], made: Paper) -> dict[str, Any]:
    """Form, heading and look as the options say."""
    look = Look(options["fonts"], options["bold"], options["digits"], options["word_grid"])
    if not options["to_office"]:
        return {"look": look}
    heading = Heading(
        office=made.office.removesuffix("负责人"), addressee=options["to_office"], code=options["code"],
        copies=tuple(options["copies"]),
    )  # fmt: skip
    return {"form": "upward", "heading": heading, "look": look}


def _write(target: Path, data: bytes) -> None:
    target.parent.mkdir(parents=True, exist_ok=True)
    target.write_bytes(data)
