"""Rows of a table that stand in the text: the line above names the columns and says the units that bare numbers bear."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from .numbers import Number
from .units import units

_UNIT = re.compile(r"(?P<scale>万亿|亿|万|千|百)?(?P<unit>[一-鿿㎡%]{1,3}?)(?=$|[）)，,、；。\s])")
_SAID = re.compile(r"(?:单位[：: ]{1,3}(?:人民币)?|（(?=[万亿]?元）[：]?\s*$))(?P<units>[^（）()。；\s]{1,12})")
_IN_CELL = re.compile(r"（(?P<units>[^（）]{1,5})）")
_SCALES = {"": 1, "百": 100, "千": 1000, "万": 10**4, "亿": 10**8, "万亿": 10**12}
_MONEY = re.compile(r"金额|援助|到位|资金|投资|拨付|到位|支出|支付|到账|款|经费|预算|概算|合计")
_PEOPLE = re.compile(r"人数|人次|贫困生|学生|干部|劳力|就业|培训|教师|医生")
_BARE = re.compile(r"(?<![0-9.,])[0-9][0-9,]{0,12}(?:\.[0-9]{1,4})?(?=[ \t]|$)")
_LABELLED = re.compile(
    r"(?:[：:] ?|^[一-鿿（）]{2,12} |(?:资金|金额|款) ?)[0-9][0-9,]{0,12}(?:\.[0-9]{1,4})?$"
)  # 卡若区：2180.00
_TOTAL = re.compile(r"\s*(?:合\s*计|小\s*计|总\s*计)")
_NAMED = re.compile("(?:计量)?单位")
COMMAS = r"[，,]"
_BREAKS = (r"\t|[ ]{2,}|[|｜]", COMMAS, r"/")
LONGEST_ROW = 160
FEWEST = 3  # cells that a line needs to name columns


@dataclass(frozen=True)
class Column:
    """What stands over a column, and the unit of its bare numbers: the word and how many of it one is."""

    words: str
    unit: str = ""
    scale: int = 1


@dataclass(frozen=True)
class Head:
    """What was said above the rows: the unit of all of them, or columns one by one, and what parts their cells."""

    unit: str = ""
    scale: int = 1
    columns: tuple[Column, ...] = ()
    breaks: str = _BREAKS[0]
    named: int = -1  # the column in whose cells the units of the rows stand

    def column(self, text: str, number: Number) -> Column | None:
        """The column that a number of a row stands in."""
        if not self.columns:
            return Column("", self.unit, self.scale) if self.unit else None
        if self.named >= 0 and (own := self._of_row(text)):
            return own
        counted = [column for column in self.columns if column.unit]
        place = len(re.findall(self.breaks, text[: number.start].lstrip()))
        if _TOTAL.match(text):  # 合计 stands for all columns that name what is counted
            place += max(len(self.columns) - len(re.split(self.breaks, text.strip())), 0)
        if place < len(self.columns) and self.columns[place].unit:
            return self.columns[place]
        earlier = len(
            _BARE.findall(text[: number.start])
        )  # blanks that were lost: the numbers stand in the order of their columns
        return counted[earlier] if earlier < len(counted) == len(_BARE.findall(text)) else None

    def _of_row(self, text: str) -> Column | None:
        """The unit that a row names in a cell of its own."""
        cells = re.split(self.breaks, text.strip())
        unit, scale = _unit(cells[self.named].strip()) if self.named < len(cells) else ("", 1)
        return Column(cells[0].strip(), unit, scale) if unit else None

    def measured(self, text: str, number: Number) -> Number:
        """A bare number of a row as a number with the unit of its column."""
        column = self.column(text, number)
        if number.base or number.unit or column is None or not column.unit:
            return number
        unit = units()[column.unit]
        return replace(number, value=number.value * column.scale * unit.factor, base=unit.base, house=unit.house)

    def row(self, text: str) -> bool:
        """Whether a line below is one of its rows."""
        line = text.strip()
        if len(line) > LONGEST_ROW or re.search("[。；]", line):
            return False
        if not self.columns and _LABELLED.search(line):
            return True
        return len(re.split(self.breaks, line)) >= max(len(self.columns) - 2, 2)


def head_of(text: str, before: Head | None) -> Head | None:
    """The head that a line is: it says a unit for the rows below it, or names their columns."""
    line = text.strip()
    said = _SAID.search(line)
    unit, scale = (
        _unit(said["units"]) if said else (before.unit, before.scale) if before and not before.columns else ("", 1)
    )
    if len(line) <= LONGEST_ROW and not re.search("[。；]", line):
        for breaks in _BREAKS:
            cells = re.split(breaks, line)
            if len(cells) >= FEWEST and not any(re.search("[0-9]", cell) for cell in cells):
                columns = _columns(cells, unit, scale)
                named = next((n for n, column in enumerate(columns) if _NAMED.fullmatch(column.words)), -1)
                if named >= 0 or any(column.unit for column in columns):
                    return Head(unit, scale, columns, breaks, named)
    return Head(unit, scale) if said and unit else None


def _columns(cells: Sequence[str], unit: str, scale: int) -> tuple[Column, ...]:
    """The columns of a head; one that says 其中 counts as the one before it does."""
    columns: list[Column] = []
    for cell in map(str.strip, cells):
        column = _column(cell, unit, scale)
        if not column.unit and cell.startswith("其中") and columns:
            column = Column(columns[-1].words + cell, columns[-1].unit, columns[-1].scale)
        columns.append(column)
    return tuple(columns)


def _column(cell: str, unit: str, scale: int) -> Column:
    own = _IN_CELL.search(cell)
    word, size = _unit(own["units"]) if own else ("", 1)
    if word:
        return Column(cell, word, size)
    if re.search("(?:项目|个|企业|村)数$", cell):
        return Column(cell, "个")
    if _PEOPLE.search(cell):
        return Column(cell, "人次" if "人次" in cell else "人")
    return Column(cell, unit, scale) if unit and _MONEY.search(cell) else Column(cell)


def _unit(said: str) -> tuple[str, int]:
    """The first unit of a list of units: 万元，人."""
    for word in re.split("[，,、]", said):
        found = _UNIT.match(word)
        if found and found["unit"] in units() and units()[found["unit"]].base:
            return found["unit"], _SCALES[found["scale"] or ""]
    return "", 1
