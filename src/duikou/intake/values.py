"""A value of a file as the type of its field; ValueError, TypeError or LookupError say what is odd."""

import types
from collections.abc import Callable, Iterator
from datetime import date, datetime
from typing import Any, Union, get_args, get_origin

from duikou.rules import outputs, period
from duikou.rules.kinds import FEN, SAID, UNITS, WORDS
from duikou.rules.period import Period
from duikou.rules.quantity import Quantity, spoken
from duikou.rules.reading import read
from duikou.terms.words import code_of, zh

OF_PROJECTS = ("plan_line", "project_paper", "milestone", "progress", "output", "inspection", "asset")
LISTS = {"parties": "party", "items": "list", "links": "link"}


def value_of(kind: str, name: str, hint: Any, value: Any, unit: str = "") -> Any:
    """What a field of a kind of fact holds."""
    if is_a(hint, Quantity):
        return _quantity(kind, name, value, unit)
    if (kind, name) in SPECIAL:
        return SPECIAL[kind, name](value)
    if is_a(hint, Period):
        return period.parse(str(value))
    if is_a(hint, date):
        return _day(value)
    if name in LISTS:
        return tuple(_listed(name, value))
    if name == "inferred":
        return tuple(_several(value))
    if is_a(hint, bool) or (is_a(hint, int) and not refers(hint)):
        if isinstance(value, bool) is not is_a(hint, bool) or not isinstance(value, int):
            raise TypeError("应为 true 或 false" if is_a(hint, bool) else "应为整数")
        return value
    if not isinstance(value, str):
        raise TypeError("应为文字，加引号")
    return _word(WORDS[(kind, name)], value) if (kind, name) in WORDS and value else value


def is_a(hint: Any, kind: type) -> bool:
    """Whether a field is of a type, or may be."""
    return hint is kind or (get_origin(hint) in (Union, types.UnionType) and kind in get_args(hint))


def refers(hint: Any) -> bool:
    """Whether a field holds a reference to a record."""
    return is_a(hint, int) and is_a(hint, str)


def _quantity(kind: str, name: str, value: Any, unit: str) -> Quantity:
    """A quantity in the unit of its field, in the one that is named, or in the one that its words end with."""
    if not isinstance(value, str):
        raise TypeError('应为文字，连单位写，如 "2000万元"')
    return read(value, _word("unit", unit) if unit else _unit_said(value) if (kind, name) in SAID else UNITS[name])


def _unit_said(value: str) -> str:
    """The unit of an output (3.5公里) by the words it ends with, the longest first: 人次 is not 次."""
    words = {zh("unit", spoken(unit)): unit for units in outputs.UNITS.values() for unit in units}
    for word in sorted(words, key=len, reverse=True):
        if value.strip().endswith(word):
            return words[word]
    raise ValueError(f"应带单位：{'、'.join(words)}")


def _fen(value: Any) -> int:
    """An exact amount of money in fen."""
    if not isinstance(value, str):
        raise TypeError('应为文字，连单位写，如 "120万元"')
    amount = read(value, "fen")
    if not amount.exact or amount.low is None:
        raise ValueError("应为确数，如 120万元")
    return amount.low


def _tenths(value: Any) -> int:
    """A score of at most one decimal in tenths of a point."""
    if isinstance(value, bool) or not isinstance(value, int | float) or round(value * 10) / 10 != value:
        raise TypeError("应为分数，至多一位小数，如 91.2")
    return round(value * 10)


def _day(value: Any) -> date:
    if isinstance(value, date) and not isinstance(value, datetime):
        return value
    try:
        return date.fromisoformat(value)
    except (TypeError, ValueError):
        raise ValueError("应为日期，如 2011-08-29") from None


def _listed(name: str, value: Any) -> Iterator[tuple[str, ...]]:
    """Parties and links: role and key; items: list, words and, after a full-width colon, their detail."""
    if not isinstance(value, dict):
        raise TypeError(f'应为花括号，如 {name} = {{ … = ["…", "…"] }}')
    for role, texts in value.items():
        code = _word(LISTS[name], role)
        for text in _several(texts):
            words, _, detail = text.partition("：")
            yield (code, words, detail) if name == "items" else (code, text)


def _several(value: Any) -> list[str]:
    texts = [value] if isinstance(value, str) else value
    if not isinstance(texts, list) or not all(isinstance(text, str) for text in texts):
        raise TypeError('应为文字或文字的列表，如 ["…", "…"]')
    return texts


def _word(list_name: str, said: Any) -> str:
    """The code of a word; LookupError names what may stand there."""
    try:
        return code_of(list_name, said)
    except ValueError as error:
        raise LookupError(str(error)) from None


def _project(value: Any) -> int | str:
    """A project by its key in the folder, or by its number in the book."""
    if isinstance(value, bool) or not isinstance(value, int | str):
        raise TypeError("应为文件内的编号（加引号），或账上的记录号")
    return value


def _by_acts(value: Any) -> str:
    """The stage is where milestones have brought a project; no file says it by itself."""
    raise ValueError(f"{value}：阶段由里程碑得出，写 [[milestone]]")


SPECIAL: dict[tuple[str, str], Callable[[Any], Any]] = {
    **{(kind, name): _fen for kind, names in FEN.items() if kind in OF_PROJECTS for name in names},
    **{(kind, "project"): _project for kind in OF_PROJECTS},
    ("inspection", "score"): _tenths,
    ("project", "stage"): _by_acts,
}
