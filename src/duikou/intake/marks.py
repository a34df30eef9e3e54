"""What a sheet of an .xlsx says beside its values: what is hidden, what is an error, what is shown in per cent, how far it goes.

The reader of values (calamine) leaves these out, and an error it gives as a blank. They are found in the XML by patterns
that go over it once; the file has been judged before (upload.py), so it is well-formed, unpacked within limits and flat.
"""

import re
import zipfile
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from posixpath import join, normpath

Place = tuple[int, int]  # row and column, from 1

_TAG = r"<(?:\w+:)?"
_ERROR = re.compile(rf'{_TAG}c\b([^>]*\bt="e"[^>]*)>(.*?)</(?:\w+:)?c>'.encode(), re.DOTALL)
_VALUE = re.compile(rf"{_TAG}v\b[^>]*>([^<]*)<".encode())
_UNCALCULATED = re.compile(
    rf"{_TAG}c\b([^>]*)>\s*{_TAG}f\b(?:[^>]*/>|[^>]*>[^<]*</(?:\w+:)?f>)\s*(?:{_TAG}v\s*/>|{_TAG}v\s*></(?:\w+:)?v>)?\s*</(?:\w+:)?c>".encode()
)
_ROW = re.compile(rf'{_TAG}row\b([^>]*\bhidden="(?:1|true)"[^>]*)>'.encode())
_COLUMN = re.compile(rf'{_TAG}col\b([^>]*\bhidden="(?:1|true)"[^>]*)/?>'.encode())
_FILLED = re.compile(rf'{_TAG}c\b[^>]*?\br="([A-Z]+)([0-9]+)"[^>]*(?<!/)>'.encode())
_PERCENT_IDS = {9, 10}
_WIDEST = 16_384


@dataclass(frozen=True)
class Marks:
    """What is hidden (rows, columns), what cannot be read and why, cells shown in per cent, the last row and column."""

    rows: frozenset[int] = frozenset()
    columns: frozenset[int] = frozenset()
    odd: Mapping[Place, str] = field(default_factory=dict)
    percents: frozenset[Place] = frozenset()
    end: Place = (0, 0)


def marks(pack: zipfile.ZipFile) -> dict[str, Marks]:
    """The marks of each worksheet, by its name."""
    percent = _percent_styles(pack)
    return {name: _of(pack.read(part), percent) for name, part in _parts(pack) if part in pack.namelist()}


def place(reference: str) -> Place:
    """C17 is row 17, column 3."""
    letters = reference.rstrip("0123456789")
    number = 0
    for letter in letters:
        number = number * 26 + ord(letter) - 64
    return int(reference[len(letters) :]), number


def address(at: Place) -> str:
    """Row 17, column 3 is C17."""
    row, column = at
    letters = ""
    while column > 0:
        column, rest = divmod(column - 1, 26)
        letters = chr(65 + rest) + letters
    return f"{letters}{row}"


def _parts(pack: zipfile.ZipFile) -> Iterator[tuple[str, str]]:
    """Name and part of each sheet of the workbook."""
    main = next((name for name in pack.namelist() if name.endswith("workbook.xml")), "")
    folder, _, name = main.rpartition("/")
    relations = pack.read(join(folder, "_rels", f"{name}.rels"))
    leads = {}
    for found in re.finditer(rb"<(?:\w+:)?Relationship\b([^>]*)>", relations):
        said = _attributes(found[1])
        leads[said.get("Id", "")] = normpath(join("/", folder, said.get("Target", ""))).lstrip("/")
    for found in re.finditer(rb"<(?:\w+:)?sheet\b([^>]*)>", pack.read(main)):
        said = _attributes(found[1])
        yield said.get("name", ""), leads.get(said.get("r:id") or said.get("id") or "", "")


def _percent_styles(pack: zipfile.ZipFile) -> frozenset[bytes]:
    """The numbers of the cell styles that show a number in per cent."""
    name = next((name for name in pack.namelist() if name.endswith("/styles.xml")), "")
    if not name:
        return frozenset()
    data = pack.read(name)
    ids = set(_PERCENT_IDS)
    for found in re.finditer(rb"<(?:\w+:)?numFmt\b([^>]*)>", data):
        said = _attributes(found[1])
        if "%" in re.sub(r'"[^"]*"|\\.', "", said.get("formatCode", "")):
            ids.add(int(said.get("numFmtId", 0)))
    formats = re.search(rb"<(?:\w+:)?cellXfs\b.*?</(?:\w+:)?cellXfs>", data, re.DOTALL)
    styles = re.finditer(rb"<(?:\w+:)?xf\b([^>]*)>", formats[0]) if formats else ()
    numbered = enumerate(int(_attributes(one[1]).get("numFmtId", 0)) for one in styles)
    return frozenset(str(style).encode() for style, number in numbered if number in ids)


def _of(data: bytes, percent: frozenset[bytes]) -> Marks:
    """The marks of one sheet."""
    odd = {}
    for found in _ERROR.finditer(data):
        value = _VALUE.search(found[2])
        odd[_place(found[1])] = value[1].decode("utf-8", "replace") if value else "#N/A"
    odd |= {_place(found[1]): "" for found in _UNCALCULATED.finditer(data)}
    hidden = frozenset(int(_attributes(found[1]).get("r", 0)) for found in _ROW.finditer(data))
    columns = frozenset(column for found in _COLUMN.finditer(data) for column in _span(_attributes(found[1])))
    return Marks(hidden, columns, odd, frozenset(_shown(data, percent)), _end(data))


def _shown(data: bytes, styles: frozenset[bytes]) -> Iterator[Place]:
    """The cells of some styles."""
    if styles:
        chosen = b"|".join(sorted(styles))
        for found in re.finditer(rb'<(?:\w+:)?c\b([^>]*\bs="(?:' + chosen + rb')"[^>]*)(?<!/)>', data):
            yield _place(found[1])


def _end(data: bytes) -> Place:
    """The last row and the last column in which a cell says something."""
    rows, columns = 0, set[bytes]()
    for found in _FILLED.finditer(data):
        columns.add(found[1])
        rows = max(rows, int(found[2]))
    return rows, max((place(f"{letters.decode()}1")[1] for letters in columns), default=0)


def _span(said: Mapping[str, str]) -> range:
    return range(int(said.get("min", 1)), min(int(said.get("max", 0)), _WIDEST) + 1)


def _place(attributes: bytes) -> Place:
    return place(_attributes(attributes).get("r", "A0"))


def _attributes(said: bytes) -> dict[str, str]:
    """The attributes of a tag; of names with a prefix both spellings are kept."""
    pairs = re.findall(r'([\w:.-]+)\s*=\s*"([^"]*)"', said.decode("utf-8", "replace"))
    return {name: _plain(value) for name, value in pairs}


def _plain(value: str) -> str:
    for entity, letter in (("&quot;", '"'), ("&lt;", "<"), ("&gt;", ">"), ("&apos;", "'"), ("&amp;", "&")):
        value = value.replace(entity, letter)
    return value
