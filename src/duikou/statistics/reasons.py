"""Why a record is not in a figure: the one condition of the sheet that it fails, in words."""

from duikou.terms.words import zh

from .definition import CUTS, UNSAID, Definition
from .engine import Row
from .explain import word_of
from .figure import Name


def use_of(name: Name, row: Row) -> str | None:
    """How a record stands to a figure: "" where it is in it, the reason where it is left out, nothing where it is elsewhere."""
    d, days = name.definition, name.days
    if d.each:
        return None  # whether it is the last that is said of its thing is not seen by one record
    within = d.timeless or (row["first"] and row["first"] >= days.first and row["last"] <= days.last)
    if row["programme"] != name.programme or not within:
        return None
    if not _failed(d, name, row):
        return ""
    return reason_beside(d, name, row) or None


def reason_beside(d: Definition, name: Name, row: Row) -> str:
    """Why a record that fails one condition of the sheet is left out; nothing for one that is about something else."""
    failed = _failed(d, name, row)
    return "" if len(failed) != 1 or failed[0] == "of_kind" else _reason(d, failed[0], row)


def _failed(d: Definition, name: Name, row: Row) -> list[str]:
    """The columns of a record whose words the sheet or the cut does not take."""
    conditions = dict(d.where) | {CUTS[dimension]: (code,) for dimension, code in name.cut}
    return [column for column, words_ in conditions.items() if _of(row[column]) not in words_]


def _of(word: str | bool | None) -> str | bool:
    return UNSAID if word in ("", None) else word


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
