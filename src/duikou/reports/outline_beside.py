"""图 and 附件 of an outline: the plain lines that say which chart stands under a paragraph, which tables go with the paper."""

import re

from duikou.statistics.definition import definition
from duikou.statistics.registers import register
from duikou.statistics.tables import of_persons, shape_of, tables

from . import outline_words as words
from .annex import MOST
from .outline_conditions import NotUnderstood
from .outline_form import Attached, Drawing, Series

WAYS_OF_CHART = (
    "图：资金各环节，已落实{先期启动资金（已落实）}、已拨付{已拨付到位}",
    "图：历年拨付，逐年写{已拨付到位}",
    "图：捐助构成，逐个写{教育类捐资与筹资}的捐方",
)
WAYS_OF_ANNEX = ("附件：综合表", "附件：资金汇总表，逐个写资金来源，已落实{先期启动资金（已落实）}、已拨付{已拨付到位}")
_MEMBERS = re.compile(r"逐个写(\{[^{}]+\})的([^{}，]+)")
_YEARS = re.compile(r"逐年写(\{[^{}]+\})")
_CUT = re.compile(r"逐个写([^{}，]+)，(.+)")
_PART = re.compile(r"([^{}、]*)(\{[^{}]+\})")


def drawing(said: str) -> Drawing:
    """The chart of a line: 资金各环节，已落实{…}、已拨付{…}."""
    name, what = _named(said, WAYS_OF_CHART)
    if found := _YEARS.fullmatch(what):
        return Drawing(name, Series((("", _sheet(found[1])),), years=True))
    if found := _MEMBERS.fullmatch(what):
        sheet = _sheet(found[1])
        return Drawing(name, Series((("", sheet),), _letter(sheet, found[2])))
    figures = _figures(what, WAYS_OF_CHART)
    units = {definition(sheet).unit for _, sheet in figures}
    if len(figures) < 2 or len(units) > 1:
        raise NotUnderstood("至少两个同一单位的数", f"如 {WAYS_OF_CHART[0]}")
    return Drawing(name, Series(figures))


def attached(line: int, said: str) -> Attached:
    """The table of a line: 综合表, or 资金汇总表，逐个写地区，已落实{…}、已拨付{…}."""
    if "{" in said:
        name, what = _named(said, WAYS_OF_ANNEX)
        found = _CUT.fullmatch(what)
        if not found:
            raise NotUnderstood("名称，逐个写什么，几个数", f"如 {WAYS_OF_ANNEX[1]}")
        figures = _figures(found[2], WAYS_OF_ANNEX)
        letters = {_letter(sheet, found[1]) for _, sheet in figures}
        return Attached(line, name, series=Series(figures, letters.pop()))
    code = tables_by_name().get(said.strip())
    if code is None:
        near = words.nearest(said.strip(), tables_by_name())
        raise NotUnderstood(
            "一张统计表的名称", f"相近的有：{near}" if near else f"可以写：{'、'.join(tables_by_name())}"
        )
    return Attached(line, said.strip(), table=code)


def tables_by_name() -> dict[str, str]:
    """The tables that may go with a paper by their names: none of persons, none too wide for a portrait page."""
    return {str(form["name"]): code for code, form in tables().items() if not of_persons(code) and _narrow(code)}


def _narrow(code: str) -> bool:
    shape = shape_of(code)
    return shape in ("lines", "indicators") or (shape == "register" and len(register(code).columns) <= MOST)


def _named(said: str, ways: tuple[str, ...]) -> tuple[str, str]:
    name, mark, what = said.strip().partition("，")
    if not name or not mark or "{" in name:
        raise NotUnderstood("名称，和它的数", f"如 {ways[0]}")
    return name, what.strip()


def _figures(said: str, ways: tuple[str, ...]) -> tuple[tuple[str, str], ...]:
    """已落实{…}、已拨付{…} as labels and sheets; without a label the figure's own name."""
    found = [_PART.fullmatch(part.strip()) for part in re.split("(?<=})、", said)]
    if not all(found):
        raise NotUnderstood(
            "几个数，用顿号隔开，如 已落实{先期启动资金（已落实）}、已拨付{已拨付到位}", f"如 {ways[-1]}"
        )
    return tuple((part[1] or part[2].strip("{}"), _sheet(part[2])) for part in found if part)


def _sheet(slot: str) -> str:
    """The sheet of a slot."""
    name = slot.strip("{} ")
    codes = words.figures().get(name, ()) or ((name,) if name in words.codes() else ())
    if len(codes) != 1:
        near = "、".join(codes) or words.nearest(name, {**words.figures(), **dict.fromkeys(words.codes())})
        raise NotUnderstood(f"“{name}”是一个口径的名称或代码", f"相近的有：{near}" if near else "从右侧清单中选")
    return codes[0]


def _letter(sheet: str, word: str) -> str:
    letter = words.cut_letter(sheet, word.strip())
    if letter is None:
        by = [name for name in words.DIMENSIONS if words.cut_letter(sheet, name)]
        raise NotUnderstood(
            f"{definition(sheet).name}可以分开的", f"可以按{'、'.join(by)}分开" if by else "这个口径不能分开"
        )
    return letter
