"""The stand-alone checker of a book of duikou: one file that needs nothing but Python, to be copied, read and printed.

python check.py BOOK.sqlite3 [--head TEXT_OR_FILE ...]    a whole book, against itself and heads kept elsewhere
python check.py proof FILE --head TEXT_OR_FILE ...        the proof of one figure, without the book
Ends with 0: all true; 1: something is not true; 2: cannot be read. What it checks is told in docs/journal-format.md.
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

Head = tuple[str, int, int, bytes]  # code, epoch, number, root: whole or its first 160 bits, empty when mistyped
LONG = r"duikou\.book/([0-9A-Z]{10})\.([1-9]\d*)\s+([1-9]\d*)\s+(\S+)"
SHORT = r"([0-9A-Z]{10})\.([1-9]\d*)\W([1-9]\d*)\WS([0-9A-Z]{40}(?:[0-9A-Z]{24})?)\W?校(\d\d)"
CROCKFORD = str.maketrans("IJKLMNOPQRSTUV", "JKMNPQRSTVWXYZ")  # his base 32 does without I, L, O and U
LINES = """SELECT l.number, l.header, l.hash, l.root, i.position, i."table", i.number, i.text FROM journal_line l
LEFT JOIN journal_image i ON i.line_id = l.number ORDER BY l.number, i.position"""
POSTINGS = """SELECT number, amount, sequence, balance, (SELECT amount FROM records_entry WHERE record_id = entry_id),
ROW_NUMBER() OVER w, CAST(SUM(sign * amount) OVER w AS BIGINT) FROM records_posting
WINDOW w AS (PARTITION BY position_id ORDER BY sequence)"""
ENTRIES = """SELECT record_id, state, COUNT(DISTINCT position_id), ABS(SUM(sign)) FROM records_entry
LEFT JOIN records_posting ON entry_id = record_id GROUP BY record_id, state"""
OUTSIDE = ("secured", "spent", "surrendered")  # by these money enters the book or leaves it: one posting, not two


def leaf(data: bytes) -> bytes:
    """The hash of a leaf (RFC 6962)."""
    return sha256(b"\0" + data).digest()


def root(row: list[bytes]) -> bytes:
    """The root over hashes: two and two, an odd one at the end goes up as it is."""
    while len(row) > 1:
        row = [sha256(b"\1" + x + y).digest() for x, y in zip(row[::2], row[1::2], strict=False)] + row[len(row) & ~1 :]
    return row[0]


def climb(start: bytes, index: int, size: int, path: Sequence[str]) -> bytes:
    """The root to which a path leads from leaf number `index`, from 0, of `size`; nothing if it does not fit."""
    if size == 1 or not path:
        return start if (index, size, len(path)) == (0, 1, 0) else b""
    half, last = 1 << (size - 1).bit_length() - 1, bytes.fromhex(path[-1])
    if index < half:
        return root([climb(start, index, half, path[:-1]), last])
    return root([last, climb(start, index - half, size - half, path[:-1])])


def read_heads(text: str) -> list[Head]:
    """The heads in a text: on one line as on paper, or on three as in files."""
    heads = [(c, int(e), int(n), base64.b64decode(kept + "==")) for c, e, n, kept in re.findall(LONG, text)]
    for code, epoch, number, kept, digits in re.findall(SHORT, "".join(text.upper().split())):
        said = f"账首{code}.{epoch}·{number}·s{kept.lower()}".encode()
        true = reduce(lambda check, byte: (check * 10 + byte) % 97, said, 0) == int(digits)
        heads.append((code, int(epoch), int(number), bytes.fromhex(kept) if true else b""))
    if not heads:
        raise ValueError(f"认不出账首，须有 40 或 64 位 no head, or without its 40 or 64 digits: {text[:50]!r}")
    return heads


def written(value: Any) -> str:
    """Stored text: sorted keys, no spaces; bytes, which no book holds, are told apart."""
    return json.dumps(value, ensure_ascii=False, sort_keys=True, separators=(",", ":"), default=lambda x: f"\0{x!r}")


class Book:
    """A book held against itself: its lines, its rows (table and number, text), its balances; then against heads."""

    def __init__(self, select: Callable[[str], Iterable[Any]], rows: Iterable[tuple[str, str]]) -> None:
        self.select, self.code, self.images, self.rows = select, "", 0, 0
        self.roots, self.epochs = list[bytes](), list[int]()  # after each line; the first line of each
        self.problems = list[tuple[str, str, str]]()  # place, found, expected
        self.check_rows(rows, self.check_lines())
        self.check_ledger()

    def expect(self, place: str, found: dict[str, Any], expected: dict[str, Any]) -> None:
        """Note as a problem what differs."""
        if repr(found) != repr(expected):  # which tells 1 from 1.0, as == does not
            differing = dict(found.items() - expected.items()), dict(expected.items() - found.items())
            self.problems.append((place, written(differing[0]), written(differing[1])))

    def verdict(self, code: str, epoch: int, number: int, kept: bytes) -> str:
        """How the book stands to a head that someone kept: one of six words."""
        if len(kept) not in (20, 32):
            return "误抄 mistyped"
        if self.code and code != self.code:
            return "别的账 other book"
        if number > [*(first - 1 for first in self.epochs[1:]), len(self.roots)][:epoch][-1]:
            return "截短 cut"
        if not self.roots[number - 1].startswith(kept):
            return "分叉 forked"
        return "一致 same" if number == len(self.roots) else "延续 extends"

    def check_lines(self) -> dict[str, bytes]:
        """Each line: number, time, images in order, its own tree, the book's tree after it. Hashes of last images."""
        edge, last, at, true = list[bytes](), dict[str, bytes](), "", True
        for (number, header, kept, kept_root), rows in groupby(self.select(LINES), lambda row: tuple(row[:4])):
            images = [row[4:] for row in rows if row[7] is not None]
            hashes = [leaf(str(text).encode()) for text in (header, *(image[3] for image in images))]
            line, size, self.images = root(hashes), len(self.roots), self.images + len(images)
            said = json.loads(header) if line.hex() == kept else {}  # what is altered need not be readable
            for index, (position, table, row, text) in enumerate(images, 1):
                again = written({"number": row, "row": json.loads(text)["row"], "table": table}) if said else text
                self.expect(f"日志 line {number}", {"image": position, "text": text}, {"image": index, "text": again})
                last[f"{table} {row}"] = hashes[index]
            edge.append(leaf(line))  # the full trees that the book's tree is made of, the largest first
            while size & 1:
                edge[-2:], size = [root(edge[-2:])], size >> 1
            self.roots.append(reduce(lambda right, left: root([left, right]), reversed(edge)))
            time = str(said.get("at"))
            at = max(at, time) if re.fullmatch(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{6}\+00:00", time) else at
            found = {"number": number, "root": kept_root, "header": said.get("number"), "at": time, "hash": kept}
            due = (len(self.roots), self.roots[-1].hex()) if true else (number, kept_root)  # the rest follows from one
            expected = {"number": due[0], "root": due[1], "header": number, "at": at, "hash": line.hex()}
            self.expect(f"日志 line {number}", found, expected)
            true = true and due == (number, kept_root)
            self.code = self.code or "DK" + base64.b32hexencode(line[:5]).decode().translate(CROCKFORD)
            if not self.epochs or said.get("act") == "open_epoch":
                self.epochs.append(len(self.roots))
        self.expect("映像 images", dict(self.select("SELECT 'all', COUNT(*) FROM journal_image")), {"all": self.images})
        return last

    def check_rows(self, rows: Iterable[tuple[str, str]], last: dict[str, bytes]) -> None:
        """Each row is its last image in the journal, and the other way round."""
        wrong = dict[str, str]()
        for self.rows, (row, text) in enumerate(rows, 1):
            if last.pop(row, b"") != leaf(text.encode()):
                wrong[row] = text
        wrong |= dict.fromkeys(last, "")
        images = {row: str(x[7]) for x in self.select(LINES) if (row := f"{x[5]} {x[6]}") in wrong} if wrong else {}
        for row, text in wrong.items():
            found, due = ({*re.findall(r'"\w+":(?:"(?:[^"\\]|\\.)*"|[-.\w]+)', x)} for x in (text, images.get(row, "")))
            self.problems.append((f"表 {row}", ",".join(sorted(found - due)), ",".join(sorted(due - found))))

    def check_ledger(self) -> None:
        """Each posting: its entry's amount, no gap before it, the balance worked out again; each entry: its sides."""
        for number, amount, sequence, balance, due, place, total in self.select(POSTINGS):
            found = {"amount": amount, "sequence": sequence, "balance": balance}
            self.expect(f"资金 posting {number}", found, {"amount": due, "sequence": place, "balance": max(total, 0)})
        for number, state, *sides in self.select(ENTRIES):
            self.expect(f"资金 entry {number}", {state: tuple(sides)}, {state: (1, 1) if state in OUTSIDE else (2, 0)})


def rows_of(select: Callable[[str], Iterable[Any]]) -> Iterator[tuple[str, str]]:
    """Every row of the tables under the journal in a SQLite file, as stored text."""
    for (table,) in [*select("SELECT name FROM sqlite_master WHERE type = 'table' AND name GLOB 'records_*'")]:
        columns = [*select(f'PRAGMA table_info("{table}")')]
        chosen = ", ".join(f'+"{column[1]}"' for column in columns)  # with + no connection makes it something else
        for row in select(f'SELECT {chosen} FROM "{table}"'):  # noqa: S608
            values = {column[1]: x for column, x in zip(columns, row, strict=True) if x is not None}
            number = next(values[column[1]] for column in columns if column[5])
            yield f"{table} {number}", written({"number": number, "row": values, "table": table})


def whole(file: str, heads: list[Head]) -> bool:
    """Whether a book is true to itself and to the heads; says what was found."""
    connection = sqlite3.connect(Path(file).resolve().as_uri() + "?mode=ro", uri=True)
    connection.text_factory = lambda data: data.decode(errors="backslashreplace")
    select = connection.execute("BEGIN").connection.execute
    book = Book(select, rows_of(select))
    book.expect("文件 file", {"integrity": (*select("PRAGMA integrity_check"),)}, {"integrity": (("ok",),)})
    print(f"本账 this book: {book.code}.{len(book.epochs)} · {len(book.roots)} · {b''.join(book.roots[-1:]).hex()}")
    print(f"日志 {len(book.roots)} lines，映像 {book.images} images，表 {book.rows} rows，不符 {len(book.problems)}")
    for place, found, expected in book.problems[:50]:
        print(f"  {place}：现为 found {found[:200]}，应为 expected {expected[:200]}")
    verdicts = [f"账首 head {head[0]}.{head[1]} · {head[2]}：{book.verdict(*head)}" for head in heads]
    print("\n".join(verdicts) or "未给账首，截尾、整本重算查不出 no --head: a cut tail or a new tree stays unseen")
    return not book.problems and all(verdict.endswith(("same", "extends")) for verdict in verdicts)


def proof(file: str, heads: list[Head]) -> bool:
    """Whether the records under a figure lie in the book of the heads; says which records."""
    said = json.loads(Path(file).read_text("utf-8"))
    size, true, _ = said["head"][1], bool(said["records"]), heads[0]  # a proof proves nothing without a head
    for record in said["records"]:
        line = climb(leaf(record["text"].encode()), record["leaf"], record["leaves"], record["path"])
        found = climb(leaf(line), record["line"] - 1, size, record["line_path"])
        true &= (holds := all(n == size and len(kept) > 19 and found.startswith(kept) for _, _, n, kept in heads))
        print(f"  第 {record['line']} 行 line，{'属实 true' if holds else '不符 not true'}：{record['text']!r}")
    return true


if __name__ == "__main__":
    at = [*sys.argv, "--head"].index("--head")
    try:
        texts = [Path(x).read_text("utf-8") if Path(x).is_file() else x for x in sys.argv[at:] if x != "--head"]
        heads = [head for text in texts for head in read_heads(text)]
        true = proof(sys.argv[2], heads) if sys.argv[1] == "proof" else whole(sys.argv[1], heads)
    except Exception as error:  # whatever it is, nothing is shown to be true
        print(f"不能读取 cannot be read：{error}\n{__doc__}")
        sys.exit(2)
    print("结论 verdict：" + ("全部属实 all true" if true else "有不符 something is not true"))
    sys.exit(not true)
