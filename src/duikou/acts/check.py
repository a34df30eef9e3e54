#!/usr/bin/env python3
"""The stand-alone checker of a book of duikou: one file that needs nothing but Python, to be copied, read and printed.

python check.py BOOK.sqlite3 [--head TEXT_OR_FILE ...]    a whole book, against itself and heads kept elsewhere
python check.py proof FILE --head TEXT_OR_FILE ...        the proof of one figure, without the book
Ends with 0: all true; 1: something was altered, or a head does not lead here; 2: cannot be read.
Made from docs/journal-format.md, not from the code that writes books, so that the two check each other.
"""

import base64
import json
import re
import sqlite3
import sys
from collections import namedtuple
from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import reduce
from hashlib import sha256
from itertools import groupby
from pathlib import Path
from typing import Any
from unicodedata import normalize

Select = Callable[[str], Iterable[Sequence[Any]]]
Table = tuple[str, int, Sequence[str], Iterable[Sequence[Any]]]  # name, which column is the key, columns, rows
Head = namedtuple("Head", "code epoch number root")  # the root in whole, or its first 160 bits; empty when mistyped
LINES = """SELECT l.number, l.header, l.hash, l.root, i.position, i."table", i.number, i.text FROM journal_line l
LEFT JOIN journal_image i ON i.line_id = l.number ORDER BY l.number, i.position"""
STRAY = "SELECT DISTINCT line_id FROM journal_image WHERE line_id NOT IN (SELECT number FROM journal_line)"
POSTINGS = """SELECT number, entry_id, sign, amount, position_id, sequence, balance, before_sequence, before_balance
FROM records_posting ORDER BY position_id, sequence"""
ENTRIES = "SELECT record_id, amount, state FROM records_entry"
MOVES, ENTERS = ("disbursed", "itemised"), ("secured",)  # states of entries that have two sides; that have one
TIME = r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{6}\+00:00"
LONG = r"duikou\.book/(DK[0-9A-Z]{8})\.(\d+)\s+(\d+)\s+(\S+)"
SHORT = r"(DK[0-9A-Z]{8})\.(\d+)\W(\d+)\W([A-Z])([0-9A-Z]*)\W?校(\d\d)"


def leaf(data: str | bytes) -> bytes:
    """The hash of a leaf (RFC 6962)."""
    return sha256(b"\0" + (data if isinstance(data, bytes) else data.encode("utf-8", "surrogateescape"))).digest()


def node(left: bytes, right: bytes) -> bytes:
    """The hash of two trees together."""
    return sha256(b"\1" + left + right).digest()


def root(row: list[bytes]) -> bytes:
    """The root over hashes of leaves: two and two, an odd one at the end goes up as it is."""
    while len(row) > 1:
        row = [node(*row[at : at + 2]) if at + 1 < len(row) else row[at] for at in range(0, len(row), 2)]
    return row[0]


def climb(start: bytes, index: int, size: int, path: Sequence[bytes]) -> bytes:
    """The root to which a path leads from leaf number `index`, counted from 0, of `size`."""
    if not 0 <= index < size or (size == 1) != (not path):
        raise ValueError("路径不合 the path does not fit")
    half = 1 << (size - 1).bit_length() - 1 if size > 1 else 1
    if size == 1:
        return start
    if index < half:
        return node(climb(start, index, half, path[:-1]), path[-1])
    return node(path[-1], climb(start, index - half, size - half, path[:-1]))


def check_digits(said: str) -> str:
    """校: two digits that change with any one character, and with any two that change places."""
    return f"{reduce(lambda digits, byte: (digits * 10 + byte) % 97, ''.join(said.split()).encode(), 0):02}"


def read_heads(text: str) -> list[Head]:
    """The heads in a text: on one line as on paper, or on three as in files."""
    heads = []
    for code, epoch, number, typed in re.findall(LONG, text):
        data = base64.b64decode(typed + "==")  # leaves out what is not base 64 and is then too short
        heads.append(Head(code, int(epoch), int(number), data if len(data) == 32 else b""))
    for code, epoch, number, how, typed, digits in re.findall(SHORT, "".join(normalize("NFKC", text).upper().split())):
        if how != "S" or len(typed) not in (40, 64):
            raise ValueError(f"账首须有 s 和 40 或 64 位，现为 {how} {len(typed)} 位 a head has s and 40 or 64 digits")
        true = check_digits(f"账首{code}.{epoch}·{number}·s{typed.lower()}") == digits and not re.search("[^0-9A-F]", typed)
        heads.append(Head(code, int(epoch), int(number), bytes.fromhex(typed) if true else b""))
    if not heads:
        raise ValueError("认不出账首 no head can be read here")
    return heads


def parsed(text: Any) -> dict[str, Any]:
    """The object that a text holds; of anything else, an empty one."""
    try:
        found = json.loads(text)
    except (TypeError, ValueError, RecursionError):
        return {}
    return found if isinstance(found, dict) else {}


def written(value: Any) -> str:
    """A value as stored text: sorted keys, no spaces."""
    return json.dumps(value, ensure_ascii=False, sort_keys=True, separators=(",", ":"), default=lambda x: [repr(x)])


class Book:
    """A book held against itself: its lines, its tables, its balances; what does not hold is among the problems."""

    def __init__(self, select: Select, tables: Iterable[Table]) -> None:
        self.select, self.code, self.images, self.rows, self.postings = select, "", 0, 0, 0
        self.roots: list[bytes] = []
        self.epochs: list[int] = []  # the first line of each
        self.last: dict[str, dict[int, bytes]] = {}  # table and number: hash of the last image
        self.problems: list[tuple[str, str, str]] = []  # place, found, expected
        self.check_lines()
        self.check_rows(tables)
        self.check_ledger()

    def expect(self, place: str, found: Any, expected: Any) -> None:
        """Note a problem if the two differ."""
        if found != expected:
            self.problems.append((place, written(found), written(expected)))

    @property
    def head(self) -> str:
        """The head of the book on one line."""
        digits = " ".join(re.findall("....", self.roots[-1].hex()[:40])) if self.roots else ""
        said = f"账首 {self.code}.{len(self.epochs)} · {len(self.roots)} · s {digits}"
        return f"{said} · 校 {check_digits(said)}"

    def verdict(self, head: Head) -> str:
        """How the book stands to a head that someone kept: one of six words."""
        ends = [*(first - 1 for first in self.epochs[1:]), len(self.roots)]
        if not head.root or not head.number:
            return "误抄 mistyped"
        if self.code and head.code != self.code:
            return "别的账 other book"
        if head.number > ends[min(head.epoch, len(ends)) - 1]:
            return "截短 cut"
        if self.roots[head.number - 1][: len(head.root)] != head.root:
            return "分叉 forked"
        return "一致 same" if head.number == len(self.roots) else "延续 extends"

    def check_lines(self) -> None:
        """Each line: number, time, images in order, its own tree; and the tree of the book after it."""
        edge: list[bytes] = []  # the full trees that the book's tree is made of, the largest first
        before, at, whole = 0, "", True
        for (number, header, kept, kept_root), rows in groupby(self.select(LINES), lambda row: tuple(row[:4])):
            place, said, hashes = f"日志 line {number}", parsed(header), [leaf(str(header))]
            time = str(said.get("at"))
            self.expect(f"{place} 行号 number", [number, said.get("number")], [before + 1] * 2)
            self.expect(f"{place} 时间 time", time, max(at, time) if re.fullmatch(TIME, time) else TIME)
            before, at = number if isinstance(number, int) else before + 1, max(at, time)
            for index, (position, table, row, text) in enumerate((row[4:] for row in rows if row[7] is not None), 1):
                start, end = f'{{"number":{row},"row":{{', f'}},"table":"{table}"}}'
                found = [position, str(text)[: len(start)], str(text)[-len(end) :]]
                self.expect(f"{place} 映像 image {index}", found, [index, start, end])
                hashes.append(leaf(str(text)))
                self.last.setdefault(table, {})[row] = hashes[-1]
            self.images += len(hashes) - 1
            line, size = root(hashes), len(self.roots)
            self.expect(f"{place} 散列 hash", kept, line.hex())
            added = leaf(line)
            while size & 1:
                added, size = node(edge.pop(), added), size >> 1
            edge.append(added)
            self.roots.append(reduce(lambda right, left: node(left, right), reversed(edge)))
            if whole:  # all later ones follow from the first that is wrong
                self.expect(f"{place} 树根 root", kept_root, self.roots[-1].hex())
            whole = whole and kept_root == self.roots[-1].hex()
            if not self.code:
                bits = int.from_bytes(line[:5])
                self.code = "DK" + "".join("0123456789ABCDEFGHJKMNPQRSTVWXYZ"[bits >> n & 31] for n in range(35, -1, -5))
            if not self.epochs or said.get("act") == "open_epoch":
                self.epochs.append(len(self.roots))
        for (line_id,) in self.select(STRAY):
            self.expect("日志 映像 images", f"属于第 {line_id} 行 of a line", "该行不存在 that is not there")

    def check_rows(self, tables: Iterable[Table]) -> None:
        """Each row of each table is its last image in the journal, and the other way round."""
        differing: dict[tuple[str, Any], str] = {}
        for table, key, columns, rows in tables:
            last = self.last.pop(table, {})
            for self.rows, row in enumerate(rows, self.rows + 1):
                values = {column: x for column, x in zip(columns, row, strict=True) if x is not None}
                text = written({"number": row[key], "row": values, "table": table})
                if last.pop(row[key], None) != leaf(text):
                    differing[table, row[key]] = text
            self.last[table] = last
        differing |= {(table, number): "" for table, last in self.last.items() for number in last}
        images = {x[5:7]: x[7] for x in self.select(LINES) if x[5:7] in differing} if differing else {}
        for key, text in differing.items():
            ...
