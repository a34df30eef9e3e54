"""A year is lived: every row of its tables enters the book by its act, in the order of the days, all of them or none."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date
from itertools import groupby
from pathlib import Path
from typing import Any

from django.db import transaction

from duikou.acts.doing import Forbidden
from duikou.records.models import Milestone, Notice, Programme, StatedTotal, of
from duikou.rules.problem import Refused

from . import money, works
from .acting import Acting, Draw, placed
from .source import Row, Year, of_year, read_year

STEPS: tuple[tuple[str, str, Callable[[Acting, Row], None]], ...] = (  # table, column of the day, act; in this order
    ("payees", "", money.payee),
    ("projects", "", works.project),
    ("papers", "日期", works.paper),
    ("inspections", "日期", works.inspection),
    ("inspections", "整改期限", works.mended),
    ("projects", "核实日期", works.verified),
    ("contracts", "日期", money.contract),
    ("stages", "日期", works.stage),
    ("payments", "日期", money.payment),
    ("receipts", "日期", money.receipt),
    ("claims", "日期", money.claim),
    ("claims", "付款日期", money.paid),
    ("progress", "日期", works.report),
)
NOTICES = 7.5  # before the payments of the day


@dataclass(frozen=True)
class Played:
    """What playing did: how many rows, how many things were done; `already` when the book held the year before."""

    rows: int
    done: int
    already: bool = False


def play(folder: Path, *, draw: Draw | None = None) -> Played:
    """Enter the year of a programme's folder; Refused carries what stopped it, with file and line."""
    year = read_year(folder)
    programme = Programme.objects.filter(code=year.programme).first()
    if programme is None:
        raise LookupError(f"账上没有项目方案 {year.programme}；先载入它的文件夹")
    numbers = {row["文号"] for row in year.rows["notices"]}
    if of(Notice, programme).filter(number__in=numbers).exists():
        return Played(0, 0, already=True)
    _refuse_totals(year, programme)
    book, done = Acting(programme, year.bearers, draw), 0
    with transaction.atomic():
        for _, row, act in sorted(_steps(year), key=lambda step: step[0]):
            _do(book, row, act)
            done += 1
    return Played(len([row for name, rows in year.rows.items() if name != "bank" for row in rows]), done)


def _refuse_totals(year: Year, programme: Programme) -> None:
    """A book that holds the totals of the year's end cannot take the same money again payment by payment."""
    if of(StatedTotal, programme).filter(of="disbursed").exists() or of(Milestone, programme).exists():
        expected = "没有载入 " + "、".join(year.instead_of)
        remedy = "换一本空账，运行 duikou play 文件夹，由它载入其余各文件"
        raise Refused([of_year("file.6", "账上已有年底的总数或阶段", expected, remedy)])


def _steps(year: Year) -> Iterator[tuple[tuple[date, float, int], Row, Callable[[Acting, Any], None]]]:
    """What is to be done, with the day, the place within the day, and the line."""
    begins = date(year.number, 1, 1)
    for rank, (table, column, act) in enumerate(STEPS):
        for row in year.rows[table]:
            if act is works.mended and not row["整改答复"]:
                continue
            if day := row[column] if column else begins:
                yield (day, rank, row.line), row, act
    told = sorted(year.rows["notices"], key=lambda row: (row["日期"], row["文号"], row.line))
    for (day, _), rows in groupby(told, key=lambda row: (row["日期"], row["文号"])):
        lines = list(rows)
        yield (day, NOTICES, lines[0].line), lines[0], lambda book, _, lines=lines: money.notice(book, lines)  # type: ignore[misc]


def _do(book: Acting, row: Row, act: Callable[[Acting, Any], None]) -> None:
    """One act; what the rules object to is placed at the row."""
    try:
        act(book, row)
    except Refused as refused:
        raise placed(refused.problems, row) from None
    except (LookupError, Forbidden) as odd:
        raise Refused([row.odd("file.5", str(odd.args[0]), "办得了这件事的账号", "改 offices.toml 或这一行")]) from None
