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
from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import reduce
from hashlib import sha256
from itertools import groupby
from pathlib import Path
from typing import Any
from unicodedata import normalize

Head = tuple[str, int, int, bytes]  # code, epoch, number, root: whole or its first 160 bits, empty when mistyped
LONG = r"duikou\.book/(DK[0-9A-Z]{8})\.([1-9]\d*)\s+([1-9]\d*)\s+(\S+)"
SHORT = r"(DK[0-9A-Z]{8})\.([1-9]\d*)\W([1-9]\d*)\W([A-Z])([0-9A-Z]*)\W?校(\d\d)"
TIME = r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{6}\+00:00"
CROCKFORD = str.maketrans("IJKLMNOPQRSTUV", "JKMNPQRSTVWXYZ")  # his base 32 does without I, L, O and U
LINES = """SELECT l.number, l.header, l.hash, l.root, i.position, i."table", i.number, i.text FROM journal_line l
LEFT JOIN journal_image i ON i.line_id = l.number ORDER BY l.number, i.position"""
POSTINGS = """SELECT number, amount, sequence, balance, (SELECT amount FROM records_entry WHERE record_id = entry_id),
ROW_NUMBER() OVER w, CAST(SUM(sign * amount) OVER w AS BIGINT) FROM records_posting
WINDOW w AS (PARTITION BY position_id ORDER BY sequence)"""
ENTRIES = """SELECT record_id, state, COUNT(DISTINCT position_id), SUM(sign) FROM records_entry
LEFT JOIN records_posting ON entry_id = record_id GROUP BY record_id, state"""
SIDES = {"secured": (1, 1), "disbursed": (2, 0), "itemised": (2, 0)}  # positions that an entry of a state touches; sum


def leaf(data: str | bytes) -> bytes:
    """The hash of a leaf (RFC 6962)."""
    return sha256(b"\0" + (data.encode() if isinstance(data, str) else data)).digest()


def root(row: Sequence[bytes]) -> bytes:
    """The root over hashes: two and two, an odd one at the end goes up as it is."""
    while len(row) > 1:
        row = [sha256(b"\1" + row[i] + row[i + 1]).digest() if row[i + 1 :] else row[i] for i in range(0, len(row), 2)]
    return row[0]


def climb(start: bytes, index: int, size: int, path: Sequence[str]) -> bytes:
    """The root to which a path leads from leaf number `index`, from 0, of `size`; ValueError if it does not fit."""
    if size == 1 and index == 0 and not path:
        return start
    half, (*below, last) = 1 << (size - 1).bit_length() - 1, path
    if index < half:
        return root([climb(start, index, half, below), bytes.fromhex(last)])
    return root([bytes.fromhex(last), climb(start, index - half, size - half, below)])


def check_digits(said: str) -> str:
    """校: two digits that change with any one character, and with any two that change places."""
    return f"{reduce(lambda digits, byte: (digits * 10 + byte) % 97, ''.join(said.split()).encode(), 0):02}"


def read_heads(text: str) -> list[Head]:
    """The heads in a text: on one line as on paper, or on three as in files."""
    heads = []
    for code, epoch, number, typed in re.findall(LONG, text):
        data = base64.b64decode(typed + "==")  # leaves out what is not base 64 and is then too short
        heads.append((code, int(epoch), int(number), data if len(data) == 32 else b""))
    for code, epoch, number, how, typed, digits in re.findall(SHORT, "".join(normalize("NFKC", text).upper().split())):
        if how != "S" or len(typed) not in (40, 64):
            raise ValueError(f"账首须有 s 和 40 或 64 位，现为 {how} {len(typed)} 位 a head has s and 40 or 64 digits")
        true = check_digits(f"账首{code}.{epoch}·{number}·s{typed.lower()}") == digits and not re.search("[G-Z]", typed)
        heads.append((code, int(epoch), int(number), bytes.fromhex(typed) if true else b""))
    if not heads:
        raise ValueError(f"认不出账首 no head to be read in {text[:50]!r}")
    return heads


def written(value: Any) -> str:
    """Stored text: sorted keys, no spaces; bytes, which no book holds, are told apart."""
    return json.dumps(value, ensure_ascii=False, sort_keys=True, separators=(",", ":"), default=lambda x: f"\0{x!r}")


class Book:
    """A book held against itself: its lines, its rows (table, number, text), its balances; then against heads."""

    def __init__(self, select: Callable[[str], Iterable[Any]], rows: Iterable[tuple[str, int, str]]) -> None:
        self.select, self.code, self.images, self.rows, self.postings = select, "", 0, 0, 0
        self.roots, self.epochs = list[bytes](), list[int]()  # after each line; the first line of each
        self.problems = list[tuple[str, str, str]]()  # place, found, expected
        self.check_rows(rows, self.check_lines())
        self.check_ledger()

    def expect(self, place: str, found: dict[str, Any], expected: dict[str, Any]) -> None:
        """Note as a problem what differs."""
        if written(found) != written(expected):
            differing = dict(found.items() - expected.items()), dict(expected.items() - found.items())
            self.problems.append((place, written(differing[0]), written(differing[1])))

    @property
    def head(self) -> str:
        """The head of the book on one line."""
        digits = " ".join(re.findall("....", self.roots[-1].hex()[:40])) if self.roots else ""
        said = f"账首 {self.code}.{len(self.epochs)} · {len(self.roots)} · s {digits}"
        return f"{said} · 校 {check_digits(said)}"

    def verdict(self, code: str, epoch: int, number: int, kept: bytes) -> str:
        """How the book stands to a head that someone kept: one of six words."""
        if not kept:
            return "误抄 mistyped"
        if self.code and code != self.code:
            return "别的账 other book"
        if number > [*(first - 1 for first in self.epochs[1:]), len(self.roots)][:epoch][-1]:
            return "截短 cut"
        if not self.roots[number - 1].startswith(kept):
            return "分叉 forked"
        return "一致 same" if number == len(self.roots) else "延续 extends"

    def check_lines(self) -> dict[tuple[str, int], bytes]:
        """Each line: number, time, images in order, its own tree, the book's tree after it; hashes of last images."""
        edge, last, before, at, true = list[bytes](), dict[tuple[str, int], bytes](), 0, "", True
        for (number, header, kept, kept_root), rows in groupby(self.select(LINES), lambda row: tuple(row[:4])):
            images = [row[4:] for row in rows if row[7] is not None]
            hashes = [leaf(str(text)) for text in (header, *(image[3] for image in images))]
            line = root(hashes)
            said = json.loads(header) if line.hex() == kept else {}
            for index, (position, table, row, text) in enumerate(images, 1):
                again = written({"number": row, "row": json.loads(text)["row"], "table": table}) if said else text
                here = f"日志 line {number}, image {index}"
                self.expect(here, {"position": position, "text": text}, {"position": index, "text": again})
                last[table, row] = hashes[index]
            self.images += len(images)
            edge, size = [*edge, leaf(line)], len(self.roots)
            while size & 1:
                edge[-2:], size = [root(edge[-2:])], size >> 1
            self.roots.append(reduce(lambda right, left: root([left, right]), reversed(edge)))
            due = self.roots[-1].hex() if true else kept_root  # all after the first wrong one follow from it
            true, time = kept_root == due, str(said.get("at"))
            at = max(at, time) if re.fullmatch(TIME, time) else at
            found = {"number": number, "header": said.get("number"), "at": time, "hash": kept, "root": kept_root}
            expected = {"number": before + 1, "header": number, "at": at, "hash": line.hex(), "root": due}
            self.expect(f"日志 line {number}", found, expected)
            before = number if isinstance(number, int) else before + 1
            self.code = self.code or "DK" + base64.b32hexencode(line[:5]).decode().translate(CROCKFORD)
            if not self.epochs or said.get("act") == "open_epoch":
                self.epochs.append(len(self.roots))
        ((count,),) = self.select("SELECT COUNT(*) FROM journal_image")
        self.expect("日志 journal", {"images": count}, {"images": self.images})
        return last

    def check_rows(self, rows: Iterable[tuple[str, int, str]], last: dict[tuple[str, int], bytes]) -> None:
        """Each row is its last image in the journal, and the other way round."""
        wrong = dict[tuple[str, int], str]()
        for self.rows, (table, number, text) in enumerate(rows, 1):
            if last.pop((table, number), b"") != leaf(text):
                wrong[table, number] = text
        wrong |= dict.fromkeys(last, "{}")
        images = {(x[5], x[6]): x[7] for x in self.select(LINES) if (x[5], x[6]) in wrong} if wrong else {}
        for (table, number), text in wrong.items():
            self.expect(f"表 {table} {number}", ...)

    def check_ledger(self) -> None:
        """Each posting: its entry's amount, no gap before it, the balance worked out again; each entry: its sides."""
        for number, amount, sequence, balance, *due in self.select(POSTINGS):
            self.postings += 1
            found = {"amount": amount, "sequence": sequence, "balance": balance}
            self.expect(f"资金 posting {number}", found, {"amount": due[0], "sequence": due[1], "balance": max(due[2], 0)})
        for number, state, *sides in self.select(ENTRIES):
            self.expect(f"资金 entry {number}", {state: tuple(sides)}, {state: SIDES.get(state, tuple(sides))})


def rows_of(select: Callable[[str], Iterable[Any]]) -> Iterator[tuple[str, int, str]]:
    """Every row of the tables under the journal in a SQLite file, as stored text."""
    for (table,) in [*select("SELECT name FROM sqlite_master WHERE type = 'table' AND name GLOB 'records_*'")]:
        columns = [*select(f'PRAGMA table_info("{table}")')]
        for row in select(f'SELECT {", ".join(f"""+"{column[1]}\"""" for column in columns)} FROM "{table}"'):
            ...


if __name__ == "__main__":
    ...
