"""A value of a file as the type of its field; ValueError, TypeError or LookupError say what is odd."""

import types
from collections.abc import Iterator
from datetime import date, datetime
from typing import Any, Union, get_args, get_origin

from duikou.rules import period
from duikou.rules.period import Period
from duikou.rules.quantity import Quantity
from duikou.rules.reading import read
from duikou.terms.words import code_of

UNITS = {
    "amount": "fen", "total": "fen", "output": "fen", "profit": "fen", "capacity": "tonne", "jobs": "person",
    "trainees": "person", "people": "person", "intake": "person", "students": "person", "schools": "school",
    "meetings": "meeting", "groups": "group", "years": "year", "times": "time", "months": "month", "number": "item",
}  # fmt: skip
WORDS = {
    ("programme", "scheme"): "scheme", ("organisation", "type"): "organisation", ("pairing", "level"): "level",
    ("agreement", "type"): "agreement", ("visit", "type"): "visit", ("plan", "type"): "plan",
    ("plan", "status"): "plan_status", ("principle", "type"): "principle", ("project", "sector"): "sector",
    ("project", "status"): "status", ("stated_total", "of"): "total", ("stated_total", "status"): "status",
    ("training", "basis"): "basis", ("secondment", "direction"): "direction", ("gift", "form"): "gift",
    ("gift", "sector"): "sector", ("gift", "goods"): "goods", ("investment", "status"): "status",
    ("investment", "output_basis"): "basis", ("investment", "profit_basis"): "basis", ("document", "medium"): "medium",
    ("document", "grade"): "grade", ("stated_disbursement", "status"): "status", ("secured", "source"): "source",
}  # fmt: skip
LISTS = {"parties": "party", "items": "list", "links": "link"}


def value_of(kind: str, name: str, hint: Any, value: Any, unit: str = "") -> Any:
    """What a field of a kind of fact holds."""
    if is_a(hint, Quantity):
        if not isinstance(value, str):
            raise TypeError('应为文字，连单位写，如 "2000万元"')
        return read(value, _word("unit", unit) if unit else UNITS[name])
    if is_a(hint, Period):
        return period.parse(str(value))
    if is_a(hint, date):
        return _day(value)
    if name in LISTS:
        return tuple(_listed(name, value))
    if name == "inferred":
        return tuple(_several(value))
    if hint is bool or (is_a(hint, int) and not refers(hint)):
        if isinstance(value, bool) is not (hint is bool) or not isinstance(value, int):
            raise TypeError("应为 true 或 false" if hint is bool else "应为整数")
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
