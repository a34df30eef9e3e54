"""A workbook of many rows: a look that is asked for again is the same format, and a plain cell is written without a search."""

from collections.abc import Mapping
from typing import IO, Any

from xlsxwriter.format import Format
from xlsxwriter.workbook import Workbook
from xlsxwriter.worksheet import Worksheet

ESCAPED = "_x"  # begins what stands for a sign that XML cannot hold: _x000B_


class PlainSheet(Worksheet):  # type: ignore[misc]  # xlsxwriter brings no types
    """A sheet that knows at a glance what nothing has to be escaped in; all else it leaves to the library.

    The library searches each text thrice for signs that XML cannot hold, and looks for them in numbers, too. Cells are named by
    row and column only: whether one is called B7 is not asked at every cell.
    """

    write_string = Worksheet._write_string
    write_number = Worksheet._write_number

    @staticmethod
    def _escape_control_characters(data: Any) -> Any:
        if isinstance(data, str) and data.isprintable() and ESCAPED not in data:
            return data
        return Worksheet._escape_control_characters(data)

    def _escape_attributes(self, attribute: Any) -> Any:
        plain = attribute.isalnum() if isinstance(attribute, str) else isinstance(attribute, int)
        return attribute if plain else super()._escape_attributes(attribute)

    def _escape_data(self, data: Any) -> Any:
        return data if isinstance(data, str) and data.isalnum() else super()._escape_data(data)


class RowBook(Workbook):  # type: ignore[misc]
    """A workbook that is written row by row; texts stay texts."""

    worksheet_class = PlainSheet

    def __init__(self, target: IO[bytes]) -> None:
        self._looks: dict[tuple[tuple[str, Any], ...], Format] = {}
        super().__init__(target, {"constant_memory": True, "strings_to_formulas": False, "strings_to_urls": False})

    def add_format(self, properties: Mapping[str, Any] | None = None) -> Format:
        """The format of a look; the library works out anew, at every cell, which one a second of the same look is."""
        look = tuple(sorted((properties or {}).items()))
        if look not in self._looks:
            self._looks[look] = super().add_format(properties)
        return self._looks[look]
