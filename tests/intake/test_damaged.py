"""A damaged workbook is answered at the right place, and nothing enters by it that it did not mean."""

import io
import os
import random
import struct
import subprocess
import sys
import zipfile
from dataclasses import dataclass, field

import pytest
from intake.damaged import DAMAGES, damage
from intake.files import packed, parts_of
from intake.good import CODES, KNOWN, T1, make, write

from duikou.intake import t1
from duikou.intake.candidates import oddities
from duikou.intake.layouts import layouts
from duikou.intake.rows import read_rows
from duikou.intake.table import find
from duikou.intake.unfit import Unfit
from duikou.intake.upload import examine
from duikou.intake.workbook import TABLES, sheets
from duikou.rules.period import parse
from duikou.rules.problem import Refused
from duikou.statistics.t1 import read

EACH = 2000 // len(DAMAGES) + 1 if os.environ.get("DUIKOU_PROVE") else 1
LAYOUTS = [*layouts().values(), t1.layout()]
DAY = parse("2023-12-31").last


@dataclass
class Answer:
    """What the reading says of a file: refusals, places that are named, what stops, values of the rows that may enter."""

    refused: str = ""
    named: set = field(default_factory=set)
    words: str = ""
    stops: list = field(default_factory=list)
    unknown: set = field(default_factory=set)
    rows: dict = field(default_factory=dict)
    table: object = None


def answer(name, data):
    """The file read as it would be on the page."""
    try:
        found = sheets(examine(name, data, TABLES), data)
    except Refused as refused:
        return Answer(refused=str(refused))
    except Unfit as unfit:
        return Answer(refused=str(unfit.of(name)))
    tables = [tables[0] for one in found if not one.hidden and (tables := find(one, LAYOUTS))]
    if not tables:
        return Answer()
    table = max(tables, key=lambda table: len(table.columns))
    said = Answer(
        table=table, unknown={table.sheet.named((table.heading_rows[1], one.column)) for one in table.unknown}
    )
    readings = [] if table.layout.code == T1 else read_rows(table, KNOWN, year=2023)
    problems = [*(one for reading in readings for one in reading.problems), *oddities(table, readings)]
    if table.layout.code == T1:
        said.rows, more = projects(table)
        problems += more
    else:
        said.rows = {one.row: one.values for one in readings if one.fact}
    unplaced = [one for reading in readings for one in reading.unplaced]
    said.named = {one.place for one in (*problems, *unplaced)}
    said.words = "\n".join(map(str, problems))
    said.stops = [one for one in problems if one.weight == "stops"] + unplaced
    assert all(one.sentence.zh and one.found and one.expected and one.remedy and one.place for one in problems)
    return said


def projects(table):
    """The rows of T1 as their cells say, and what cannot be read in them."""
    cells, problems = t1.cells_of(table), []
    try:
        t1.facts(cells, t1.Sheet("表", 2023, DAY), None, lambda row, name: table.sheet.named(table.place(row, name)))
    except Refused as refused:
        problems = list(refused.problems)
    bad = {row_in(one.place) for one in problems}
    rows = {
        row: {c.code: value for c, text in zip(t1.COLUMNS, line, strict=True) if (value := read(c.kind, text)) not in (None, "", ())}
        for row, line in cells.items() if row not in bad
    }  # fmt: skip
    return rows, problems


def row_in(place):
    return int("0" + "".join(c for c in place.rpartition("·")[2] if c.isdigit()))


def meant(book):
    """What the rows of the book mean, as the reading says it."""
    says = {} if book.layout == T1 else layouts()[book.layout].says
    rows = {}
    for row in book.rows:
        values = {name: value for (at, name), value in book.meant.items() if at == row and name}
        rows[row] = says | (as_form(values) if book.layout == T1 else values | as_lists(values))
    return rows


def as_lists(values):
    return {name: (value,) for name, value in values.items() if name.startswith("list.")}


def as_form(values):
    """Values of the columns of T1: money in fen, lists."""
    kinds = {column.code: column.kind for column in t1.COLUMNS}
    as_kind = {"money": lambda v: v.low, "list": lambda v: (v,), "region": lambda v: v}
    return {name: as_kind.get(kinds[name], lambda v: v)(value) for name, value in values.items()}


def judge(book, said, planted):
    """What is wrong with the answer; nothing where it is right."""
    wanted = meant(book)
    if planted.how == "refused":
        right = book.name in said.refused and all(word in said.refused for word in planted.places)
        return [] if right else [f"refused: {said.refused!r}"]
    if said.refused:
        return [f"refused: {said.refused}"]
    if planted.how == "told":
        says = said.table.layout.says.items() if said.table else ()
        more = [v for row, v in said.rows.items() if not v.items() - says <= wanted.get(row, {}).items()]
        wrong = [f"enters: {values}" for values in more if not said.named]
        return wrong + [f"{place} not told" for place in planted.places if said.table and place not in said.unknown]
    wrong = [f"row {row} is {values}, not {wanted.get(row)}" for row, values in said.rows.items()
             if row not in planted.rows and not_the_same(values, wanted.get(row))]  # fmt: skip
    wrong += [f"row {row} is lost: {said.words}" for row in wanted if row not in planted.rows and row not in said.rows]
    named_rows = {row_in(place) for place in said.named}
    wrong += [f"row {row} enters as {said.rows[row]} without a word" for row in planted.rows
              if row in said.rows and not_the_same(said.rows[row], wanted[row]) and row not in named_rows]  # fmt: skip
    if planted.how == "named":
        wrong += [
            f"{place} not named: {said.words}"
            for place in planted.places
            if place not in said.named and place not in said.words
        ]
    if planted.how == "column" and said.table and not named_rows & {*planted.rows}:  # said once for the whole column
        wrong.append(f"no row is named: {said.words}")
    if planted.how == "row":
        wrong += [f"row {row} not named: {said.words}" for row in planted.rows if row not in named_rows and said.table]
    if planted.how == "read" and said.stops:
        wrong.append(f"objections: {said.stops}")
    return wrong


def not_the_same(values, wanted):
    return wanted is None or {k: v for k, v in values.items() if v != ()} != {
        k: v for k, v in wanted.items() if v != ()
    }


@pytest.mark.parametrize("form", ["xlsx", "xls", "csv", "gb18030"])
@pytest.mark.parametrize("code", CODES)
def test_a_good_workbook_is_read_as_it_was_meant(code, form):
    for seed in range(max(1, EACH // 8)):
        book = make(random.Random(f"{code} {form} {seed}"), form, code)
        said = answer(book.name, write(book))
        assert said.table.layout.code == code, (seed, said.table.layout.code)
        assert (said.rows, said.words) == (meant(book), ""), seed


@pytest.mark.parametrize("name", DAMAGES)
def test_a_damaged_workbook_is_answered_at_the_right_place(name):
    for seed in range(EACH):
        book, data, planted = damage(seed, name)
        assert judge(book, answer(book.name, data), planted) == [], (seed, book.form, book.layout)


@pytest.mark.parametrize("name", ["a hidden row", "two rows about one thing", "unseen characters"])
def test_the_generator_plants_the_same_for_the_same_seed(name):
    (one, _, first), (other, _, second) = damage(7, name), damage(7, name)
    assert (one, first) == (other, second)


# ---- memory: read in a process of its own that may not grow ----------------------------------------------------------

LIMITED = """
import resource, sys
limit = int(sys.argv[2]) * 2**20
resource.setrlimit(resource.RLIMIT_DATA, (limit, limit))
import django
django.setup()
from pathlib import Path
from duikou.intake.unfit import Unfit
from duikou.intake.upload import examine
from duikou.intake.workbook import sheets
from duikou.rules.problem import Refused
data = Path(sys.argv[1]).read_bytes()
try:
    sheets(examine("表.xlsx", data), data)
except Unfit as unfit:
    print(unfit.said[0])
except Refused as refused:
    print(refused.problems[0].code)
else:
    print("read")
print(int(Path("/proc/self/status").read_text().partition("VmHWM:")[2].split()[0]) // 1024)
"""


def within(tmp_path, data, megabytes):
    """What a process says of a file that may take so much memory, and how much it took."""
    path = tmp_path / "file"
    path.write_bytes(data)
    done = subprocess.run(
        [sys.executable, "-c", LIMITED, str(path), str(megabytes)], capture_output=True, text=True, check=False,
        env=os.environ | {"DJANGO_SETTINGS_MODULE": "duikou.config.settings", "PYTHONPATH": "src"},
    )  # fmt: skip
    assert done.returncode == 0, done.stderr[-600:]
    said, took = done.stdout.split()
    return said, int(took)


def workbook_with(sheet, strings=b""):
    """A workbook whose first sheet, and whose shared texts, are these bytes."""
    whole = parts_of(write(make(random.Random(1), "xlsx", "t14_villages")))
    parts = {name: data for name, data in whole.items() if "sheet2" not in name}
    head = b'<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetData>'
    parts["xl/worksheets/sheet1.xml"] = head + sheet + b"</sheetData></worksheet>"
    if strings:
        texts = (
            b'<sst xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><si><t>'
            + strings
            + b"</t></si></sst>"
        )
        parts["xl/sharedStrings.xml"] = texts
    return packed(parts.items())


SHARED = b"".join(b'<row r="%d"><c r="A%d" t="s"><v>0</v></c></row>' % (n, n) for n in range(1, 20_001))
STYLED = b"".join(b'<row r="%d"><c r="A%d" s="0"/></row>' % (n, n) for n in range(1, 400_001))
NAMELESS = b"<row>" + b"<c><v>1</v></c>" * 16_000 + b"</row>"
BOMBS = {
    "zeros that unpack to gigabytes": ("upload.3", lambda: _zeros(1900)),
    "one text that twenty thousand cells share": ("upload.3", lambda: workbook_with(SHARED, os.urandom(10_000).hex().encode())),
    "cells that do not say where they stand": ("upload.3", lambda: workbook_with(NAMELESS * 200)),
    "a cell at the far end of the sheet": ("upload.3", lambda: workbook_with(b'<row r="1048576"><c r="XFD1048576"><v>1</v></c></row>')),
    "hundreds of thousands of empty rows": ("read", lambda: workbook_with(STYLED)),
}  # fmt: skip


def _zeros(megabytes):
    box = io.BytesIO()
    with zipfile.ZipFile(box, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as pack:
        pack.writestr("[Content_Types].xml", "<Types/>")
        with pack.open("xl/media/image1.bin", "w", force_zip64=False) as part:
            for _ in range(megabytes if os.environ.get("DUIKOU_PROVE") else 300):
                part.write(b"\0" * 2**20)
    return box.getvalue()


@pytest.mark.parametrize("name", BOMBS)
def test_a_small_file_fills_no_memory(tmp_path, name):
    expected, made = BOMBS[name]
    said, took = within(tmp_path, made(), 700)
    assert (said, took < 600) == (expected, True), (said, took)


@pytest.mark.parametrize("form", ["xls", "xlsx"])
def test_bytes_changed_at_random_are_read_or_refused(form):
    """An .xls that promises a billion rows has stopped the reader's whole process; one cut short made it panic."""
    for seed in range(EACH * 3):
        chance = random.Random(f"{form} {seed}")
        book = make(chance, form)
        data = bytearray(write(book))
        for _ in range(chance.randrange(1, 12)):
            data[chance.randrange(len(data))] = chance.choice([0, 255, chance.randrange(256)])
        said = answer(book.name, bytes(data))
        assert not said.refused or book.name in said.refused


def test_an_old_workbook_that_promises_more_rows_than_there_can_be_is_refused():
    data = bytearray(write(make(random.Random(3), "xls", "t14_villages")))
    at = data.index(struct.pack("<2H", 0x200, 14)) + 4
    data[at + 4 : at + 8] = struct.pack("<I", 2**31)
    assert "自称有 2147483648 行" in answer("旧.xls", bytes(data)).refused
