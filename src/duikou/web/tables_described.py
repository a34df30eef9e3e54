"""What goes with a table as open data: its definitions, and the metadata of its .csv as CSV on the Web asks (W3C, 2015)."""

from collections.abc import Sequence
from typing import Any

from duikou.statistics.definition import definition
from duikou.statistics.tables import FilledTable

from .data import definition_data

CSVW = "http://www.w3.org/ns/csvw"  # the name of a vocabulary, which nobody fetches


def definitions(filled: FilledTable) -> dict[str, Any]:
    """The sheets of a table's figures by code, and those that its ratios divide."""
    found = {one.definition.code: one.definition for one in filled.figures}
    for of in list(found.values()):
        found |= {code: definition(code, filled.snapshot) for code in of.share if code}
    return {code: definition_data(of) for code, of in found.items()}


def metadata(filled: FilledTable, file: str, heads: Sequence[str]) -> dict[str, Any]:
    """The metadata of a table's .csv: what it is, of when, from which line of the book, its columns, its definitions.

    Columns are text: a cell may hold 近6亿 or be blank, which is not zero.
    """
    return {
        "@context": [CSVW, {"@language": "zh"}],
        "url": file,
        "dc:title": filled.title,
        "dc:publisher": filled.office,
        "dc:temporal": f"{filled.period.first}/{filled.period.last}",
        "dc:created": filled.snapshot.at[:10],
        "dc:source": filled.snapshot.head.full,
        "dc:description": [filled.unit_note, *filled.notes, filled.rounding_note],
        "dialect": {"header": True, "encoding": "utf-8"},
        "tableSchema": {"columns": [_column(number, head) for number, head in enumerate(heads, 1)]},
        "notes": [
            {"type": "definition", **said} for said in definitions(filled).values()
        ] + [
            {"type": "check", "sentence": one.sentence, "code": one.reading.code, "reading": one.reading.zh} for one in filled.checks
        ],
    }  # fmt: skip


def _column(number: int, head: str) -> dict[str, Any]:
    return {"name": f"c{number}", "titles": head, "datatype": "string"}
