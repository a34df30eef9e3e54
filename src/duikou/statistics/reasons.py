"""Why a record is not in a figure: the one condition of the sheet that it fails, in words."""

from collections.abc import Collection, Iterable, Iterator

from duikou.terms.words import zh

from .definition import CUTS, UNSAID, Definition
from .engine import Row
from .explain import word_of
from .figure import Name

Conditions = list[tuple[str, Collection[str | bool]]]


def use_of(name: Name, row: Row) -> str | None:
    """How a record stands to a figure: "" where it is in it, the reason where it is left out, nothing where it is elsewhere."""
    d, days = name.definition, name.days
    if d.each:
        return None  # whether it is the last that is said of its thing is not seen by one record
    within = d.timeless or (row["first"] and row["first"] >= days.first and row["last"] <= days.last)
    if row["programme"] != name.programme or not within:
        return None
    if not _failed(_conditions(d, name), row):
        return ""
    return next((reason for _, reason in beside(d, name, [row])), None)


def beside(d: Definition, name: Name, rows: Iterable[Row]) -> Iterator[tuple[Row, str]]:
    """The records that fail one condition of the sheet, each with why it is left out; not those about something else."""
    wanted = _conditions(d, name)
    for row in rows:
        failed = _failed(wanted, row)
        if len(failed) == 1 and failed[0] != "of_kind":
            yield row, _reason(d, failed[0], row)


def _conditions(d: Definition, name: Name) -> Conditions:
    """What the sheet and the cut ask of the columns of a record."""
    return list((dict(d.where) | {CUTS[dimension]: (code,) for dimension, code in name.cut}).items())


def _failed(wanted: Conditions, row: Row) -> list[str]:
    """The columns of a record whose words are not those that are asked for."""
    return [
        column for column, words_ in wanted if (UNSAID if (word := row[column]) in ("", None) else word) not in words_
    ]


def _reason(d: Definition, column: str, row: Row) -> str:
    """The reason in words."""
    code = str(row[column] or "")
    match column, code:
        case "form", "goods":
            return "实物，来源未折价"
        case "form", "service":
            return "服务，没有金额"
        case "standing", "part":
            return "已含在来源总数内，不再相加"
        case "state", _:
            return f"{'状态' if d.of == 'findings' else '环节'}不同：{word_of(d.of, column, code)}"
        case "kind", "stated_total":
            return "来源所说的总数，不是列名项目"
        case "basis", _:
            return f"性质不同：{zh('basis', code)}"
    return f"{word_of(d.of, column, code) or '未标明'}，不在本口径内"
