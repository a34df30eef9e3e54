"""What no cell of a sheet may be, whatever its field: an error, an identity number, a number for several rows, a whole page."""

import re
from datetime import date

from duikou.rules import identity
from duikou.rules.problem import Problem, Weight
from duikou.rules.typed import squeezed
from duikou.terms.words import Words

from .table import Table

LONGEST = 2000
SENTENCES = {w.code: w for w in (Words(code, *entry) for code, entry in {
    "sheet.1": ("每一格读得出", "Every cell can be read"),
    "sheet.2": ("公式算出了数", "A formula has a value"),
    "sheet.3": ("表里不写身份证号码", "A sheet bears no identity numbers"),
    "sheet.4": ("必填的格不空", "What a row cannot do without is filled in"),
    "sheet.5": ("写到的单位、项目和地区在账上", "Organisations, projects and areas are those of the book"),
    "sheet.6": ("合计等于各行相加", "A total is the sum of its rows"),
    "sheet.7": ("隐藏的行列照收，请看一眼", "Hidden rows and columns are taken; look at them"),
    "sheet.8": ("同一件事在一张表里只写一行", "One thing has one row on a sheet"),
    "sheet.9": ("一个数只归一行", "A number belongs to one row"),
    "sheet.10": (f"一格至多 {LONGEST} 字", f"A cell holds at most {LONGEST} characters"),
    "sheet.11": ("有数的格在表头之下", "What is written stands under a heading"),
    "sheet.12": ("一张表里没有两列同名", "No two columns of a sheet bear one name"),
}.items())}  # fmt: skip
BLANK = frozenset(("—", "－", "-", "--", "——", "/", "／", "\\", "无", "空", "N/A", "n/a"))
LOST_ZERO = re.compile(r"20[0-9]{2}\.1")
"""A month as a number may have lost its last figure: 2023.10 becomes 2023.1."""
_NUMBER = re.compile(r"(?<![0-9])[0-9]{17}[0-9Xx](?![0-9A-Za-z])")


def problem(code: str, found: str, expected: str, remedy: str, place: str, weight: Weight = "stops") -> Problem:
    """A problem of a sheet."""
    return Problem(code, weight, SENTENCES[code], found, expected, remedy, place)


def unfit(table: Table, row: int, name: str, text: str) -> Problem | None:
    """What is wrong with a cell before anybody asks what it says."""
    if table.is_plain and len(text) < identity.LENGTH:
        return None
    at = table.place(row, name)
    speaker = table.shared(row, name)
    if (odd := table.sheet.odd.get(speaker or at)) is not None:
        said = ("sheet.2", odd or "没有算过的公式", "数或文字", "改正公式，或改填算出的数")
    elif bears_identity(text):
        said = ("sheet.3", "身份证号码", "不含号码的表", "删去号码；号码在参加人员页登记")
    elif len(text) > LONGEST:
        said = ("sheet.10", f"{len(text)} 字", f"至多 {LONGEST} 字", "写要点；全文作为材料另行上传")
    elif speaker and text and table.holds_numbers(name):
        said = ("sheet.9", f"{text}（合并了几行）", "每行一个数", "取消合并，把数分到各行；分不开的，合为一行")
    else:
        return None
    return problem(*said, table.sheet.named(at))


def bears_identity(text: str) -> bool:
    """Whether an identity number stands in a text."""
    if len(text) < identity.LENGTH:
        return False
    return any(not identity.wrong(number, date.max) for number in _NUMBER.findall(squeezed(text)))
