"""The tables of a folder: their columns, cells and references, each held against the tables of the book."""

import csv
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from duikou.acts.carried import Column, Table, columns, tables
from duikou.rules.problem import Problem

from .folder import EXPORT, PACKAGE, problem

SHOWN = 50  # problems of one table; of more their number is said


@dataclass
class Read:
    """A table of the folder as it was checked: the numbers of its rows, and those that its columns refer to."""

    name: str
    path: str
    model: Table
    columns: list[Column]
    numbers: set[int] = field(default_factory=set)
    refers: dict[Column, set[int]] = field(default_factory=dict)


def tables_of(folder: Path, package: dict[str, Any], problems: list[Problem]) -> Iterator[Read]:
    """The tables of the description, each read and checked; a table that the description does not name has no rows."""
    known = tables()
    for said in package["resources"]:
        name, path = said["name"], said["path"]
        if name not in known or path != f"data/{name}.csv":
            problems.append(
                problem("whole.2", PACKAGE, f"表 {name}，文件 {path}", "账本的表及其文件", "用同版或更新的程序装入")
            )
        elif (folder / path).is_file():
            read = Read(name, path, known[name], [])
            found = [*_checked(folder / path, read, said["rows"])]
            problems += found[:SHOWN]
            if len(found) > SHOWN:
                problems.append(problem("whole.4", path, f"另有 {len(found) - SHOWN} 处", "", "先改好以上各处"))
            yield read


def _checked(file: Path, read: Read, due: int) -> Iterator[Problem]:
    """What is wrong in a table: its columns, its cells, its numbers, how many rows there are."""
    try:
        with file.open(encoding="utf-8", newline="") as opened:
            rows = csv.reader(opened, strict=True)
            yield from _of_heads(next(rows, []), read)
            if read.columns:
                yield from _of_rows(rows, read, due)
    except (UnicodeDecodeError, csv.Error) as odd:
        yield problem("whole.4", read.path, f"读不出：{odd}"[:80], "UTF-8 的 CSV", EXPORT)


def _of_heads(heads: list[str], read: Read) -> Iterator[Problem]:
    """The columns that the heads name; one that came later than the export may be lacking where it can be empty."""
    known = {column.name: column for column in columns(read.model)}
    absent = [c.name for c in known.values() if c.name not in heads and c.required and c.default is None]
    odd = [head for head in heads if head not in known] + [head for head in {*heads} if heads.count(head) > 1]
    for name in absent:
        yield problem("whole.3", f"{read.path} 第 1 行", "没有这一列", name, EXPORT)
    for name in odd:
        yield problem("whole.3", f"{read.path} 第 1 行 列 {name}", name, "账本的列，各一次", "用同版或更新的程序装入")
    read.columns = [] if absent or odd else [known[head] for head in heads]


def _of_rows(rows: Any, read: Read, due: int) -> Iterator[Problem]:
    """The cells, row by row; what they refer to is kept to be looked for when all tables are read."""
    count = 0
    read.refers = {column: set() for column in read.columns if column.to is not None}
    for row in rows:
        count += 1
        here = f"{read.path} 第 {rows.line_num} 行"
        if len(row) != len(read.columns):
            yield problem("whole.4", here, f"{len(row)} 格", f"{len(read.columns)} 格", EXPORT)
            continue
        for column, cell in zip(read.columns, row, strict=True):
            try:
                value = column.value(cell)
            except ValueError as expected:
                yield problem("whole.4", f"{here} 列 {column.name}", f"“{cell[:40]}”", str(expected), EXPORT)
                continue
            if column.to is not None and value is not None:
                read.refers[column].add(value)
            if column.name == columns(read.model)[0].name:
                if value in read.numbers:
                    yield problem("whole.5", f"{here} 列 {column.name}", f"{value} 出现第二次", "每个编号一行", EXPORT)
                read.numbers.add(value)
    if count != due:
        yield problem("whole.5", f"{read.path} 第 {rows.line_num} 行（末行）", f"{count} 行", f"{due} 行", EXPORT)


def lacking(folder: Path, read: list[Read]) -> Iterator[Problem]:
    """References to rows that are in no table, with the cells that make them."""
    numbers = {table.model: table.numbers for table in read}
    for table in read:
        for column, said in table.refers.items():
            if absent := said - numbers.get(column.to, set()):  # type: ignore[arg-type]  # only those that refer are here
                yield from _cells(folder, table, column, absent)


def _cells(folder: Path, table: Read, column: Column, wanted: set[int]) -> Iterator[Problem]:
    """The first cell of a column that bears each of some numbers."""
    wanted = set(wanted)
    for line, values in lines(folder, table):
        value = values[table.columns.index(column)]
        if value in wanted:
            wanted.remove(value)
            to = column.to._meta.db_table.removeprefix("records_") if column.to else ""
            yield problem(
                "whole.6", f"{table.path} 第 {line} 行 列 {column.name}", str(value), f"表 {to} 的一个编号", EXPORT
            )


def lines(folder: Path, table: Read) -> Iterator[tuple[int, list[Any]]]:
    """The rows of a table with their lines; cells that do not fit their columns are nothing."""
    with (folder / table.path).open(encoding="utf-8", newline="") as file:
        read = csv.reader(file, strict=True)
        next(read)
        for row in read:
            values: list[Any] = [None] * len(table.columns)
            for at, (column, cell) in enumerate(zip(table.columns, row, strict=False)):
                with suppress(ValueError):
                    values[at] = column.value(cell)
            yield read.line_num, values


def rows_of(folder: Path, read: list[Read], model: Table) -> Iterator[tuple[Any, ...]]:
    """The rows of a table as the values of all its columns, in their order; of a column that came later its default."""
    table = next((table for table in read if table.model is model), None)
    if table is None:
        return
    at = {column: place for place, column in enumerate(table.columns)}
    for _line, values in lines(folder, table):
        yield tuple(values[at[column]] if column in at else column.default for column in columns(model))
