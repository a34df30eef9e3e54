"""Lists to take away, one way for all: the same rows as .csv and as .xlsx, drawn one by one and never held as a whole."""

import csv
import io
import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import partial
from tempfile import SpooledTemporaryFile
from typing import IO, Any
from urllib.parse import quote

import xlsxwriter
from django.http import FileResponse, HttpRequest, HttpResponse, HttpResponseBase
from django.urls import URLPattern

from duikou.rules.cells import harmless
from duikou.web.doors import Find, door, open_door

EXCEL = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
CSV = "text/csv; charset=utf-8"
SMALL = 2**20  # bytes of a file that is answered as it is; a larger one lies on the disk and is sent piece by piece
NUMBER = re.compile(r"[−+-]?\d[\d,]*(\.\d+)?")
NOT_IN_NAMES = re.compile(r"[\[\]:*?/\\]")
LONGEST = 31  # characters of the name of a sheet
AMOUNT = ("万元", "RMB 10,000")  # what the head of a column of amounts says, in Chinese and in English


@dataclass(frozen=True)
class Listing:
    """A list as files: their name, its title, the heads, the rows as they are drawn, the place of the wide column."""

    name: str
    title: str
    heads: Sequence[str]
    rows: Iterable[Sequence[object]]
    wide: int = 1


def doors(
    route: str, of: Callable[..., Listing | HttpResponse], act: str, find: Find, *, name: str
) -> list[URLPattern]:
    """The two addresses of a list's files: {route}.csv and {route}.xlsx, called {name}-csv and {name}-file.

    `of` gives the list, or an answer that says why there is none.
    """
    return [door(route + ending, view, act, find, name=name + called) for ending, called, view in _views(of)]


def open_doors(route: str, of: Callable[..., Listing | HttpResponse], why: str, *, name: str) -> list[URLPattern]:
    """The same of a list that asks no right, and why."""
    return [open_door(route + ending, view, why, name=name + called) for ending, called, view in _views(of)]


def _views(of: Callable[..., Listing | HttpResponse]) -> Iterator[tuple[str, str, Callable[..., HttpResponseBase]]]:
    """What answers each kind of file: its ending, what is added to the name of its address."""

    def answer(as_file: Callable[[Listing], HttpResponseBase], request: HttpRequest, **at: Any) -> HttpResponseBase:
        found = of(request, **at)
        return as_file(found) if isinstance(found, Listing) else found

    yield ".csv", "-csv", partial(answer, as_csv)
    yield ".xlsx", "-file", partial(answer, as_xlsx)


def as_csv(listing: Listing) -> HttpResponseBase:
    """The rows as .csv; a text that a spreadsheet would calculate stays a text."""
    box: Any = SpooledTemporaryFile(max_size=SMALL)  # noqa: SIM115  the answer closes it
    file = io.TextIOWrapper(box, encoding="utf-8", newline="")
    file.write("\ufeff")  # spreadsheet programs take a file without it for another encoding
    writer = csv.writer(file)
    writer.writerow(listing.heads)
    writer.writerows([harmless(cell) for cell in row] for row in listing.rows)
    file.detach()  # which writes what is left and keeps the file open
    return _answer(box, CSV, f"{re.sub('[^a-z0-9.-]', '_', listing.name)}.csv")


def as_xlsx(listing: Listing) -> HttpResponseBase:
    """The rows as a workbook of one sheet, to be saved under its title."""
    box: Any = SpooledTemporaryFile(max_size=SMALL)  # noqa: SIM115  the answer closes it
    write_workbook(box, listing)
    return _answer(box, EXCEL, f"{listing.title}.xlsx")


def write_workbook(target: IO[bytes], listing: Listing) -> None:
    """Write the .xlsx of a list: what is a number there is one, shown as on the page; the same rows give the same bytes."""
    book = xlsxwriter.Workbook(
        target, {"constant_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
    )
    book.set_properties({"created": datetime(2000, 1, 1)})  # noqa: DTZ001  a fixed one: the file is to be the same
    head = book.add_format({"bold": True, "border": 1, "align": "center", "valign": "vcenter", "text_wrap": True})
    formats: dict[str, Any] = {"": book.add_format({"border": 1, "valign": "vcenter"})}
    sheet = book.add_worksheet(NOT_IN_NAMES.sub(" ", listing.title)[:LONGEST])
    for column, said in enumerate(listing.heads):
        sheet.write_string(0, column, said, head)
    for line, row in enumerate(listing.rows, 1):
        for column, value in enumerate(row):
            number, shown = _number(value, listing.heads[column])
            if number is None:
                sheet.write_string(line, column, str(value), formats[""])
                continue
            if shown not in formats:
                formats[shown] = book.add_format({"border": 1, "valign": "vcenter", "num_format": shown})
            sheet.write_number(line, column, number, formats[shown])
    sheet.set_column(0, len(listing.heads) - 1, 13)
    sheet.set_column(listing.wide, listing.wide, 34)
    sheet.freeze_panes(1, listing.wide + 1)
    sheet.repeat_rows(0)
    sheet.set_landscape()
    sheet.set_paper(9)
    sheet.fit_to_pages(1, 0)
    book.close()


def _number(value: object, head: str) -> tuple[float | None, str]:
    """A count, or an amount of a column in 万元, with how it is shown; a code of digits is a text."""
    if isinstance(value, int):
        return value, "0"
    if not isinstance(value, str) or not any(said in head for said in AMOUNT) or not NUMBER.fullmatch(value):
        return None, ""
    digits = len(value.partition(".")[2])
    shown = ("#,##0" if "," in value else "0") + ("." + "0" * digits if digits else "")
    shown = f"+{shown}" if value.startswith("+") else shown  # a difference keeps its sign
    return float(value.replace(",", "").replace("−", "-")), shown


def _answer(box: Any, kind: str, name: str) -> HttpResponseBase:
    """A written file as an answer; a large one is sent from the disk and closed with the answer."""
    size = box.tell()
    box.seek(0)
    answer: HttpResponseBase
    if size <= SMALL:
        answer = HttpResponse(box.read(), content_type=kind)
        box.close()
    else:
        answer = FileResponse(box, content_type=kind)
    answer["Content-Length"] = str(size)
    plain = f'attachment; filename="{name}"' if name.isascii() else f"attachment; filename*=UTF-8''{quote(name)}"
    answer["Content-Disposition"] = plain
    return answer
