"""Small workbooks for tests of reading: cells by address, merges, hidden rows; as .xlsx, or as a table of values."""

import io
from datetime import date, datetime

import xlsxwriter


def workbook(cells, *, merged=(), hidden_rows=(), hidden_sheets=(), formats=None, sheet="表"):
    """An .xlsx: {"A1": value, "Other!B2": value}; a value that begins with = is a formula with (formula, result)."""
    box = io.BytesIO()
    book = xlsxwriter.Workbook(box, {"in_memory": True})
    book.set_properties({"created": datetime(2012, 1, 1)})  # noqa: DTZ001  not the moment of writing
    sheets = {}
    styles = {name: book.add_format({"num_format": code}) for name, code in (formats or {}).items()}
    day = book.add_format({"num_format": "yyyy/m/d"})

    def of(name):
        if name not in sheets:
            sheets[name] = book.add_worksheet(name)
            if name in hidden_sheets:
                sheets[name].hide()
        return sheets[name]

    of(sheet)
    for place, value in cells.items():
        name, _, at = place.rpartition("!")
        page = of(name or sheet)
        if isinstance(value, tuple):
            page.write_formula(at, value[0], None, value[1])
        elif isinstance(value, date):
            page.write_datetime(at, value, day)
        elif isinstance(value, int | float):
            page.write_number(at, value, styles.get(at))
        else:
            page.write_string(at, value)
    for span, value in merged:
        of(sheet).merge_range(span, value)
    for row in hidden_rows:
        of(sheet).set_row(row - 1, None, None, {"hidden": True})
    book.close()
    return box.getvalue()


def lines(first_row, *rows):
    """The cells of rows written one under another from a row on, blanks left out."""
    return {
        f"{chr(65 + column)}{row}": value
        for row, line in enumerate(rows, first_row)
        for column, value in enumerate(line)
        if value != ""
    }
