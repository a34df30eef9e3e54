"""A bank's or treasury's list as it is given (.xlsx, .xls, .csv): whose account, its lines with their cells, its problems."""

import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date

from duikou.acts.reconciling import LIST, source_of
from duikou.rules.bank import BankLine
from duikou.rules.fact import Told
from duikou.rules.period import on
from duikou.rules.problem import Problem
from duikou.rules.typed import read_day, visible

from .bank_rows import COLUMNS, SENTENCES, Line, Reader, day_of
from .layouts import plain, unit_in
from .workbook import Sheet

FIRST_ROWS, DEEPEST = 20, 2  # rows among which a heading begins; rows it may have
LONGEST = {"serial": 60, "party": 120, "summary": 120}
_NAME = re.compile(r"(?:户\s*名|账户名称|开户单位|单位名称)[:：\s]*([^\s:：]+)")
_NUMBER = re.compile(r"(?:账\s*号|账户号码|账户账号|卡号)[:：\s]*([0-9*xX-]{4,40})")


@dataclass(frozen=True)
class BankList:
    """A list that was read: holder and number of the account as far as it says them, lines with cells, problems, notes."""

    name: str = ""
    account: str = ""
    lines: tuple[Told[BankLine], ...] = ()
    problems: tuple[Problem, ...] = ()
    notes: tuple[str, ...] = ()


def read_list(sheets: Sequence[Sheet], *, side: str, owner: int, account: str = "") -> BankList:
    """The list on the sheets of a file; `owner` answers for its lines, `account` is meant where the list names none."""
    seen = [sheet for sheet in sheets if not sheet.hidden]
    readers = [reader for sheet in seen if (reader := _headed(sheet))]
    if not readers:
        place = seen[0].name if seen else ""
        found = "、".join(text for row in (seen[0].rows[:3] if seen else ()) for text in row if text)[:60] or "空表"
        expected = "有日期、收、付（或金额）几栏的表头，如 交易日期、借方发生额、贷方发生额"
        return BankList(
            problems=(_problem("statement.1", place, found, expected, "从网上银行另存对账单再交，或补上表头"),)
        )
    name, number = _whose(readers)
    lines: list[Told[BankLine]] = []
    for reader in readers:
        rows = list(reader.lines())
        turned = reader.check_balances(rows)
        lines += list(_facts(reader, rows, turned, side, owner, (account or number or name)[:60]))
    problems = [problem for reader in readers for problem in reader.problems]
    if not lines and not problems:
        place = readers[0].sheet.named((readers[0].top + 1, 1))
        problems.append(
            _problem("statement.6", place, "没有流水", "至少一笔", "核对是否选错了月份；本月没有收付的不必交")
        )
    notes = tuple(note for reader in readers for note in reader.notes)
    return BankList(name, account or number, tuple(_numbered(lines)), tuple(problems), notes)


def _problem(code: str, place: str, found: str, expected: str, remedy: str) -> Problem:
    return Problem(code, "stops", SENTENCES[code], found, expected, remedy, place)


def _headed(sheet: Sheet) -> Reader | None:
    """The table of a sheet by its heading of one or two rows; nothing where no row names a day and an amount."""
    tried = [
        (columns, top, depth)
        for top in range(1, min(FIRST_ROWS, len(sheet.rows)) + 1)
        for depth in range(1, DEEPEST + 1)
        if top + depth - 1 <= len(sheet.rows) and _is_heading(columns := _columns(sheet, top, depth))
    ]
    if not tried:
        return None
    columns, top, depth = max(tried, key=lambda one: (len(one[0]), -one[2], -one[1]))
    heading = [sheet.at((row, column)) for row in range(top, top + depth) for column in columns.values()]
    over = [text for row in range(1, top) for text in sheet.rows[row - 1]]
    unit = next((unit for text in (*heading, *over) if (unit := unit_in(text))), "元")
    return Reader(sheet, top + depth - 1, columns, unit)


def _is_heading(columns: Mapping[str, int]) -> bool:
    return "day" in columns and bool({"out", "in", "amount"} & columns.keys())


def _columns(sheet: Sheet, top: int, depth: int) -> dict[str, int]:
    """The columns of a heading by what they say; where two say the same, the one whose word comes first in the list."""
    found: dict[str, tuple[int, int]] = {}
    for column in range(1, len(sheet.rows[top - 1]) + 1):
        said = list(dict.fromkeys(plain(sheet.at((row, column))) for row in range(top, top + depth)))
        for name, known in COLUMNS.items():
            ranks = [known.index(text) for text in ("".join(said), *said[::-1]) if text in known]
            if ranks and (name not in found or ranks[0] < found[name][0]):
                found[name] = ranks[0], column
    return {name: column for name, (_, column) in found.items()}


def _whose(readers: Sequence[Reader]) -> tuple[str, str]:
    """The name and the number of the account, as the lines over the table say them."""
    text = " ".join(cell for r in readers for row in r.sheet.rows[: r.top] for cell in row if cell)
    name, number = _NAME.search(text), _NUMBER.search(text)
    return (name[1] if name else "", number[1] if number else "")


def _facts(
    reader: Reader, rows: Sequence[Line], turned: bool, side: str, owner: int, account: str
) -> Iterator[Told[BankLine]]:
    for row in rows:
        out, into = (row.into, row.out) if turned else (row.out, row.into)
        day = _day(reader, row)
        if day is None or not (out or into) or (out and into):
            continue
        texts = {name: visible(row.texts.get(name, "")) for name in LONGEST}
        for name, most in LONGEST.items():
            if len(texts[name]) > most:
                reader.object("statement.2", row.row, name, f"{len(texts[name])} 个字", f"至多 {most} 个字", "写短些")
        cell = reader.sheet.named((row.row, reader.columns["day"]))
        fact = BankLine(
            when=on(day), document=LIST, account=account, serial=texts["serial"], flow="out" if out else "in",
            amount=out or into, party=texts["party"], summary=texts["summary"], owner=owner,
        )  # fmt: skip
        yield Told(fact, {"": source_of(side, cell, texts["serial"])}, place=cell)


def _day(reader: Reader, row: Line) -> date | None:
    """The day of a line; what cannot be read is told."""
    text = reader.text(row.row, "day")
    try:
        return read_day(day_of(text))
    except ValueError as error:
        remedy = str(error).partition("；")[2] or "写到日，如 2023-06-09"
        reader.object("statement.2", row.row, "day", text[:20] or "空白", "日期，如 2023-06-09", remedy)
        return None


def _numbered(lines: Sequence[Told[BankLine]]) -> Iterator[Told[BankLine]]:
    """Lines to which the bank has given no number get one of what they say: the same again where the list comes again."""
    often: Counter[str] = Counter()
    for told in lines:
        fact = told.fact
        if not fact.serial:
            like = f"{fact.day:%Y%m%d}{fact.flow}{fact.amount}"
            often[like] += 1
            fact = replace(fact, serial=f"{like}-{often[like]}")
            told = replace(told, fact=fact, sources={"": replace(told.sources[""], fragment=fact.serial[-20:])})
        yield told
