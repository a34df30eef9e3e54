"""What a sheet of an .xlsx says beside its values: what is hidden, what is an error, what is shown in per cent, how far it goes.

The reader of values (calamine) leaves these out, and an error it gives as a blank. They are found in the XML by patterns
that go over it once; the file has been judged before (upload.py), so it is well-formed, unpacked within limits and flat.
"""

import re
import zipfile
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from html import unescape
from posixpath import join, normpath

Place = tuple[int, int]  # row and column, from 1

_TAG = r"<(?:\w+:)?"
_ERROR = re.compile(rf"""{_TAG}c\b([^>]*\bt=["']e["'][^>]*)(?<!/)>(.*?)</(?:\w+:)?c>""".encode(), re.DOTALL)
_VALUE = re.compile(rf"{_TAG}v\b[^>]*>([^<]*)<".encode())
_FORMULA = re.compile(
    rf"{_TAG}c\b([^>]*)>\s*{_TAG}f\b(?:[^>]*/>|[^>]*>[^<]*</(?:\w+:)?f>)\s*(?:{_TAG}v\s*/>|{_TAG}v\s*>(0?)</(?:\w+:)?v>)?\s*</(?:\w+:)?c>".encode()
)  # without a value, or with 0
_ROW = re.compile(rf"""{_TAG}row\b([^>]*\bhidden=["'](?:1|true)["'][^>]*)>""".encode())
_COLUMN = re.compile(rf"""{_TAG}col\b([^>]*\bhidden=["'](?:1|true)["'][^>]*)/?>""".encode())
_FILLED = re.compile(rf"""{_TAG}c\b[^>]*?\br=["']([A-Z]+)([0-9]+)["'][^>]*(?<!/)>""".encode())
_LETTERS, _NUMBERS = re.compile(rb'<c r="([A-Z]+)'), re.compile(rb'<c r="[A-Z]+([0-9]+)')
NEAR = 2_000_000  # cells that need no closer look
_NAMELESS = re.compile(rb"""<(?:\w+:)?(?:c|row)(?:\s(?![^>]*\br=)[^>]*)?>""")
_CELL = re.compile(rb"""<((?:\w+:)?(row|c))\b([^>]*)""")
_TEXT = re.compile(rb"<(?:\w+:)?si\b(.*?)</(?:\w+:)?si>", re.DOTALL)
_PERCENT_IDS = {9, 10}
_WIDEST = 16_384


@dataclass(frozen=True)
class Marks:
    """What is hidden (rows, columns), what cannot be read and why, cells shown in per cent, the last row and column.

    `merges` are the cells said to be merged, `letters` the most letters that the texts of the sheet can come to.
    """

    rows: frozenset[int] = frozenset()
    columns: frozenset[int] = frozenset()
    odd: Mapping[Place, str] = field(default_factory=dict)
    percents: frozenset[Place] = frozenset()
    end: Place = (0, 0)
    merges: int = 0
    letters: int = 0


def marks(pack: zipfile.ZipFile) -> dict[str, Marks]:
    """The marks of each worksheet, by its name."""
    percent, longest, parts = _percent_styles(pack), _longest(pack), dict(_parts(pack))
    fresh = _to_calculate(pack)
    return {
        name: _of(pack.read(part), percent, longest, fresh) for name, part in parts.items() if part in pack.namelist()
    }


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
    main = _main(pack)
    folder, _, name = main.rpartition("/")
    relations = pack.read(join(folder, "_rels", f"{name}.rels"))
    leads = {}
    for found in re.finditer(rb"<(?:\w+:)?Relationship\b([^>]*)>", relations):
        said = _attributes(found[1])
        leads[said.get("Id", "")] = normpath(join("/", folder, said.get("Target", ""))).lstrip("/")
    for found in re.finditer(rb"<(?:\w+:)?sheet\b([^>]*)>", pack.read(main)):
        said = _attributes(found[1])
        relation = next((value for name, value in said.items() if name == "id" or name.endswith(":id")), "")
        yield said.get("name", ""), leads.get(relation, "")


def _main(pack: zipfile.ZipFile) -> str:
    return next((name for name in pack.namelist() if name.endswith("workbook.xml")), "")


def _to_calculate(pack: zipfile.ZipFile) -> bool:
    """Whether the program that wrote the workbook left its formulas to be calculated when it is opened: 0 stands for nothing."""
    return re.search(rb"""\bfullCalcOnLoad=["'](?:1|true)["']""", pack.read(_main(pack))) is not None


def _longest(pack: zipfile.ZipFile) -> int:
    """The length of the longest text that cells share: each of them gets a copy of its own."""
    name = next((name for name in pack.namelist() if name.endswith("/sharedStrings.xml")), "")
    return max((len(found[1]) for found in _TEXT.finditer(pack.read(name))), default=0) if name else 0


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


def _of(data: bytes, percent: frozenset[bytes], longest: int, fresh: bool) -> Marks:
    """The marks of one sheet."""
    odd = {}
    usual = _is_usual(data)
    if not usual and _NAMELESS.search(data):
        data = _addressed(data)
        usual = _is_usual(data)
    for found in _ERROR.finditer(data) if b't="e"' in data or b"t='e'" in data else ():
        value = _VALUE.search(found[2])
        odd[_place(found[1])] = value[1].decode("utf-8", "replace") if value else "#N/A"
    formulas = _FORMULA.finditer(data) if b"<f" in data or b":f" in data else ()
    odd |= {_place(found[1]): "" for found in formulas if _is_uncalculated(found, fresh)}
    concealed = b"hidden=" in data
    hidden = frozenset(int(_attributes(found[1]).get("r", 0)) for found in (_ROW.finditer(data) if concealed else ()))
    spans = (_span(_attributes(found[1])) for found in (_COLUMN.finditer(data) if concealed else ()))
    columns = frozenset(column for span in spans for column in span)
    merges, texts = data.count(b"mergeCell "), data.count(b't="s"') + data.count(b"t='s'") if longest else 0
    return Marks(hidden, columns, odd, frozenset(_shown(data, percent)), _end(data, usual), merges, texts * longest)


def _is_uncalculated(found: re.Match[bytes], fresh: bool) -> bool:
    """Whether a formula has no value yet; one that gives an empty text (t="str") has."""
    return re.search(rb"""\bt=["']str["']""", found[1]) is None and (fresh or found[2] != b"0")


def _addressed(data: bytes) -> bytes:
    """A sheet whose cells do not say where they stand, with the places that follow from their order."""
    row = column = 0

    def told(found: re.Match[bytes]) -> bytes:
        nonlocal row, column
        said = _attributes(found[3]).get("r", "")
        if found[2] == b"row":
            row, column = int(said) if said.isdecimal() else row + 1, 0
            here = str(row)
        else:
            column = place(said)[1] if said else column + 1
            here = address((row, column))
        return found[0] if said else b'<%b r="%b"%b' % (found[1], here.encode(), found[3])

    return _CELL.sub(told, data)


def _shown(data: bytes, styles: frozenset[bytes]) -> Iterator[Place]:
    """The cells of some styles."""
    if styles:
        chosen = b"|".join(sorted(styles))
        for found in re.finditer(rb"""<(?:\w+:)?c\b([^>]*\bs=["'](?:""" + chosen + rb""")["'][^>]*)(?<!/)>""", data):
            yield _place(found[1])


def _is_usual(data: bytes) -> bool:
    """Whether each cell and row begins with the name of its place, as office programs write them."""
    named = all(data.count(b"<%b " % tag) == data.count(b'<%b r="' % tag) > 0 for tag in (b"row", b"c"))
    return named and b"<c>" not in data and b"<row>" not in data


def _end(data: bytes, usual: bool) -> Place:
    """The last row and the last column in which a cell says something; where all are near, in which a cell stands."""
    if usual:
        near = _outermost({*_LETTERS.findall(data)}, {*_NUMBERS.findall(data)})
        if near[0] * near[1] <= NEAR:
            return near
    met = {found.groups() for found in _FILLED.finditer(data)}
    return _outermost({letters for letters, _ in met}, {number for _, number in met})


def _outermost(letters: set[bytes], numbers: set[bytes]) -> Place:
    return max(map(int, numbers), default=0), max((place(f"{one.decode()}1")[1] for one in letters), default=0)


def _span(said: Mapping[str, str]) -> range:
    return range(int(said.get("min", 1)), min(int(said.get("max", 0)), _WIDEST) + 1)


def _place(attributes: bytes) -> Place:
    return place(_attributes(attributes).get("r", "A0"))


def _attributes(said: bytes) -> dict[str, str]:
    """The attributes of a tag; of names with a prefix both spellings are kept."""
    pairs = re.findall(r"""([\w:.-]+)\s*=\s*(["'])(.*?)\2""", said.decode("utf-8", "replace"), re.DOTALL)
    return {name: unescape(value) for name, _, value in pairs}
