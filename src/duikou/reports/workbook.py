"""A filled table as a workbook in official form."""

from duikou.statistics.tables import FilledTable

from .annual import workbook_bytes
from .excel import write_table
from .workbook_rows import printable


def workbook(filled: FilledTable) -> bytes:
    """The .xlsx of a table; the same table on the same snapshot is the same bytes."""
    return write_table(printable(filled)) if filled.body is None else workbook_bytes(filled)
