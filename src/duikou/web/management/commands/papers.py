"""把一年的各表画成文件：指标文件、凭证、县区进度表、银行对账单、照片."""

from argparse import ArgumentParser
from collections.abc import Iterator
from itertools import groupby
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand

from duikou.intake.file import read_file
from duikou.intake.year import bank, sheets
from duikou.intake.year.source import Year, read_year
from duikou.reports.bank import Account, write_csv, write_xlsx
from duikou.reports.notice import Issued, NoticePaper, write_notice
from duikou.reports.photograph import draw
from duikou.reports.t1 import write_t1
from duikou.reports.voucher import Voucher, write_voucher
from duikou.rules.programmes import Organisation
from duikou.terms.words import regions

from ._common import plainly

File = tuple[str, bytes]
TREASURY = "望澜市协作资金专户"
NOTES = (
    "注：金额以万元计，形象进度为累计百分数；空白为尚未发生或尚未上报，不是零。",
    "　　虚设示例，地名、单位、数字均不实指。",
)


class Command(BaseCommand):
    """Draw the papers of a year from its tables; no book is needed, and the same tables give the same bytes."""

    help = "从文件夹里 year/ 的各表画出文件：指标文件、凭证、县区月度进度表、银行对账单、照片。同样的表画出同样的文件。"

    def add_arguments(self, parser: ArgumentParser) -> None:
        """The folder, and where to."""
        parser.add_argument("folder", type=Path, help="文件夹，如 examples/wanglan-yunxiu-2023")
        parser.add_argument("--to", type=Path, default=None, help="画到哪个文件夹；不写则 out/papers")

    def handle(self, *args: Any, **options: Any) -> None:
        """Draw and write every file."""
        target: Path = options["to"] or Path(settings.OUT) / "papers"
        with plainly():
            files = list(papers(options["folder"]))
        for name, data in files:
            (target / name).parent.mkdir(parents=True, exist_ok=True)
            (target / name).write_bytes(data)
        for kind, group in groupby(files, key=lambda file: file[0].partition("/")[0]):
            self.stdout.write(f"  {kind:<12}{len(list(group)):>4} 份")
        self.stdout.write(f"{target}　共 {len(files)} 份")


def papers(folder: Path) -> Iterator[File]:
    """Every paper of a year, as the name of a file and its bytes."""
    year = read_year(folder)
    projects = sheets.planned(folder)
    organisations = [t.fact for t in read_file(folder / "programme.toml").told if isinstance(t.fact, Organisation)]
    seats = {name: fact.region for fact in organisations for name in (fact.short, fact.name) if name}
    yield from _notices(year, projects)
    yield from _vouchers(year, projects)
    yield from _sheets(year, projects)
    yield from _lists(year, seats, projects)
    for row in (row for row in year.rows["progress"] if row["照片"]):
        area = regions()[projects[row["项目"]].project.region][-1].en
        name = f"照片/{row['项目']}-{row['日期']}.jpg"
        yield name, draw(row["项目"], area, row["日期"], row["形象进度"])


def _notices(year: Year, projects: dict[str, sheets.Planned]) -> Iterator[File]:
    told = sorted(year.rows["notices"], key=lambda row: (row["日期"], row["文号"], row.line))
    for number, rows in groupby(told, key=lambda row: row["文号"]):
        lines = list(rows)
        first = lines[0]
        paper = NoticePaper(
            number, first["类别"], first["日期"], first["发文单位"],
            tuple(
                Issued(
                    projects[row["项目"]].project.name if row["项目"] else row["县或单位"], row["金额"], bool(row["收回"]), row["用途"]
                )
                for row in lines
            ),
            first["原文号"],
        )  # fmt: skip
        yield f"指标文件/{first['日期']} {number}.docx", write_notice(paper)


def _vouchers(year: Year, projects: dict[str, sheets.Planned]) -> Iterator[File]:
    """One page for each payment of the supporting side, and for each that reached a payee."""
    for row in year.rows["payments"]:
        what = f"拨付{projects[row['项目']].project.name}援助资金" if row["项目"] else "拨付援助资金"
        made = Voucher(
            "拨款凭证", row["凭证号"], row["日期"], TREASURY, row["收款单位"], row["金额"], what, row["依据文号"]
        )
        yield f"凭证/{row['凭证号']}.xlsx", write_voucher(made)
    contracts = {row["合同号"]: row for row in year.rows["contracts"]}
    for row in year.rows["claims"]:
        contract = contracts[row["合同号"]]
        project = projects[contract["项目"]].project
        fen = row["核定金额"] - (row["扣留"] or 0)
        payer = f"{regions()[project.region][-1].short}协作资金专户"
        made = Voucher(
            "付款凭证", row["回单号"], row["付款日期"], payer, contract["收款单位"], fen,
            f"{project.name}，{contract['名称']}", f"合同 {row['合同号']}",
        )  # fmt: skip
        yield f"凭证/{row['回单号']}.xlsx", write_voucher(made)


def _sheets(year: Year, projects: dict[str, sheets.Planned]) -> Iterator[File]:
    """The sheet of each area for each month."""
    for month in range(1, 13):
        for area in sheets.areas(projects):
            short = regions()[area][-1].short
            made = write_t1(
                sheets.rows_of(year, projects, area, month),
                title=f"{short}项目计划和进度表（{year.number}年{month}月）", year=year.number, until=month,
                foot=f"填报：{short}　{sheets.end_of(year.number, month)}", notes=NOTES, sums=True,
            )  # fmt: skip
            yield f"进度表/{year.number}-{month:02}/{short}.xlsx", made


def _lists(year: Year, seats: dict[str, str], projects: dict[str, sheets.Planned]) -> Iterator[File]:
    """The bank's list of each account for each month in which something moved, in both forms."""
    accounts = {TREASURY: bank.treasury(year)}
    regions_of = {code: p.project.region for code, p in projects.items()}
    for area, lines in bank.counties(year, seats, regions_of).items():
        accounts[f"{regions()[area][-1].short}协作资金专户"] = lines
    for name, lines in accounts.items():
        for month, group in groupby(lines, key=lambda line: f"{line.day:%Y-%m}"):
            cells = [line.cells for line in group]
            account = Account(name, f"****{sum(map(ord, name)) % 10_000:04}", month)
            yield f"银行对账单/{name}/{month}.csv", write_csv(account, cells)
            yield f"银行对账单/{name}/{month}.xlsx", write_xlsx(account, cells)
