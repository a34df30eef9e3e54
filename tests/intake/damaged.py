"""Workbooks damaged in one planned way each, from a seed: what was done, where, and what has to be said of it."""

import io
import random
import zipfile
from collections.abc import Callable
from dataclasses import dataclass, replace

from intake.files import biff, ole, packed, parts_of, with_part, with_relation
from intake.good import T1, Page, make, write

from duikou.intake.layouts import layouts
from duikou.intake.marks import address
from duikou.intake.rows import _needed
from duikou.rules.period import on, parse
from duikou.rules.quantity import exactly

UNSEEN = ("\u200b", "\ufeff", "\u202d", "\u00ad", "\u2060")
UNSEEN_BLANKS = ("\u00a0", "\u3000", "\u2003")
IDENTITY = "11010519491231002X"  # the standard's own example (GB 11643)


@dataclass(frozen=True)
class Planted:
    """What has to be said: how (read, named, row, told, refused), at which places, of which rows; the bytes may be changed.

    read: nothing is wrong, and every row means what it meant. named: each place bears a problem or a question. row: some
    cell of each row does. told: the heading is one that names no field, or the sheet has no table. refused: the file is not
    taken, and the places are words of the refusal.
    """

    how: str
    places: tuple[str, ...] = ()
    rows: tuple[int, ...] = ()
    after: Callable[[bytes], bytes] | None = None


def damage(seed, name):
    """The file, its bytes and what was planted; of a book that the damage fits."""
    for attempt in range(200):
        chance = random.Random(f"{seed} {name} {attempt}")
        book = make(chance, chance.choice(FORMS.get(name, ("xlsx", "xlsx", "csv", "gb18030", "xls"))))
        if (planted := DAMAGES[name](chance, book)) is not None:
            data = write(book)
            return book, planted.after(data) if planted.after else data, planted
    raise AssertionError(f"{name} fits no book")


def _cell(chance, book, *kinds):
    """A row and a field of a kind, where something is written."""
    names = [name for kind in kinds for name in book.of(kind)]
    return (chance.choice(book.rows), chance.choice(names)) if names else (0, "")


def _spoilt(*kinds, values):
    """A damage that writes something into a cell of a kind that cannot be read there."""

    def done(chance, book):
        row, name = _cell(chance, book, *kinds)
        if not name:
            return None
        book.put(row, name, chance.choice(values))
        return Planted("named", (book.place(row, name),), (row,))

    return done


def _rewritten(kind, *pairs):
    """A harmless change: a cell of a kind written in another way, with what it means."""

    def done(chance, book):
        row, name = _cell(chance, book, kind)
        if not name or name in ("made_public", "ended"):
            return None
        book.put(row, name, *chance.choice(pairs))
        book.forget_total()
        return Planted("read")

    return done


# ---- what is wrong in a cell -----------------------------------------------------------------------------------------


def _error(chance, book):
    row, name = _cell(chance, book, "money", "count", "day", "text", "office")
    book.put(row, name, ("=A1", chance.choice(["#DIV/0!", "#REF!", "#VALUE!", "#N/A", "#NAME?"])))
    return Planted("named", (book.place(row, name),), (row,))


def _uncalculated(chance, book):
    row, name = _cell(chance, book, "money", "count", "day", "text", "office")
    book.put(row, name, ("=Z900", chance.choice(["", 0])))
    return Planted("named", (book.place(row, name),), (row,))


def _identity(chance, book):
    row, name = _cell(chance, book, "text", "office")
    if not name:
        return None
    book.put(
        row, name, chance.choice([IDENTITY, IDENTITY.lower(), f"某某 {IDENTITY}", f"{IDENTITY[:6]} {IDENTITY[6:]}"])
    )
    return Planted("named", (book.place(row, name),), (row,))


def _identity_beside(chance, book):
    row, column = chance.choice(book.rows), len(book.fields) + 1
    book.page.cells[book.top, column] = "身份证"
    book.page.cells[row, column] = IDENTITY
    return Planted("named", (_beside(book, row, column),), (row,))


def _long(chance, book):
    """A cell longer than any program writes; in an .xls, whose writer knows the limit, as long as that allows."""
    row, name = _cell(chance, book, "text")
    if not name:
        return None
    most = "长" * 32_000
    book.put(row, name, "长" * 40_000 if book.form in ("csv", "gb18030") else most)
    planted = Planted("named", (book.place(row, name),), (row,))
    if book.form != "xlsx":
        return planted
    longer = (most.encode(), ("长" * 40_000).encode())
    return replace(planted, after=lambda data: _changed(data, "xl/sharedStrings.xml", *longer))


def _merged_amount(chance, book):
    names = [name for name in (*book.of("money"), *book.of("count")) if name != "year"]
    pairs = [(a, b) for a, b in zip(book.rows, book.rows[1:], strict=False) if b == a + 1]
    if not names or not pairs:
        return None
    rows, name = chance.choice(pairs), chance.choice(names)
    book.page.cells.pop(book.at(rows[1], name))
    book.page.merged.append((book.at(rows[0], name), book.at(rows[1], name)))
    return Planted("named", tuple(book.place(row, name) for row in rows), rows)


def _blank(chance, book):
    must = ("name",) if book.layout == T1 else _needed(layouts()[book.layout].kind)
    row, name = chance.choice(book.rows), chance.choice([name for name in must if name in book.fields])
    del book.page.cells[book.at(row, name)]
    return Planted("named", (book.place(row, name),), (row,))


# ---- what is wrong in rows and columns -------------------------------------------------------------------------------


def _shift(book, row, first, by):
    """Move the cells of a row from a column on."""
    moving = {at: value for at, value in book.page.cells.items() if at[0] == row and at[1] >= first}
    for at in moving:
        del book.page.cells[at]
    book.page.cells |= {(row, column + by): value for (_, column), value in moving.items() if column + by > 0}


def _shifted(chance, book):
    row = chance.choice(book.rows)
    _shift(book, row, 1, 1)
    return Planted("row", rows=(row,))


def _slipped(chance, book):
    row, name = chance.choice(book.rows), chance.choice([name for name in book.fields if name])
    _shift(book, row, book.at(row, name)[1], 1)
    return Planted("row", rows=(row,))


def _twice(chance, book):
    if book.layout == T1 or len(book.rows) < 2:
        return None
    first, last = sorted(chance.sample(book.rows, 2))
    for name in filter(None, book.fields):
        if book.at(first, name) in book.page.cells:
            book.put(last, name, book.get(first, name), book.meant[first, name])
    book.forget_total()
    return Planted("named", (book.place(last),))


def _wrong_total(chance, book):
    names = [
        n
        for n in (*book.of("money"), *book.of("count"))
        if book.total and isinstance(book.get(book.total, n), int | float)
    ]
    if not names:
        return None
    name = chance.choice(names)
    if not all(isinstance(book.get(row, name), int | float) for row in book.rows):
        return None
    book.page.cells[book.at(book.total, name)] += 1
    return Planted("named", (book.place(book.total, name),))


def _column_twice(chance, book):
    name, column = chance.choice([name for name in book.fields if name]), len(book.fields) + 1
    if book.layout == T1:
        name = "name"
    at = book.headed(name)
    line = book.top if any(a == (book.top, at[1]) for a, b in book.page.merged if b[0] > a[0]) else at[0]
    if any(a[0] <= line <= b[0] and a[1] < b[1] and a[1] <= at[1] <= b[1] for a, b in book.page.merged):
        return None
    if at[0] > book.top and (book.top, at[1]) not in book.page.cells:
        return None
    if line != at[0] or (book.first - book.top > 1 and at[0] != book.top):
        return None
    book.page.cells[line, column] = book.page.cells[at]
    for row in book.rows:
        book.page.cells[row, column] = book.get(row, name)
    return Planted("named", (_beside(book, book.first - 1, column),), tuple(book.rows))


def _renamed(chance, book):
    name = chance.choice([name for name in book.fields if name])
    book.page.cells[book.headed(name)] = "报送口径"
    return Planted("told", (_beside(book, book.first - 1, book.at(1, name)[1]),), tuple(book.rows))


def _dropped_column(chance, book):
    layout = {
        "t11_gifts": "form",
        "t10_pairings": "level",
        "t12_visits": "type",
        "t7_labour": "placing",
        "t8_investments": "status",
    }
    if (name := layout.get(book.layout)) is None:
        return None
    gone = book.fields.index(name) + 1
    cells = book.page.cells
    if any(a[1] <= gone <= b[1] and a[1] < b[1] for a, b in book.page.merged):
        return None
    book.page.cells = {(r, c - (c > gone)): v for (r, c), v in cells.items() if c != gone or r < book.top}
    book.page.merged = [
        tuple((r, c - (c > gone)) for r, c in span) for span in book.page.merged if span[0][1] != gone or span[0][1] != span[1][1]
    ]  # fmt: skip
    return Planted("column", rows=tuple(book.rows))


def _headless(chance, book):
    book.page.cells = {at: v for at, v in book.page.cells.items() if not book.top <= at[0] < book.first}
    book.page.merged = []
    return Planted("told", rows=tuple(book.rows))


def _foreign_heading(chance, book):
    names = book.of("money")
    if not names or book.layout == T1:
        return None
    name = chance.choice(names)
    at = book.headed(name)
    book.page.cells[at] = (
        f"{book.page.cells[at].removesuffix('（万元）')}（{chance.choice(['美元', '万美元', '港币', '人', '公里'])}）"
    )
    rows = [row for row in book.rows if not isinstance(book.get(row, name), str)]
    if not rows or any(isinstance(book.get(row, name), str) for row in book.rows):
        return None
    return Planted("named", tuple(book.place(row, name) for row in rows), tuple(rows))


def _broken_merge(chance, book):
    if not (across := [span for span in book.page.merged if span[0][0] == span[1][0] >= book.top]) or book.layout != T1:
        return None
    span = chance.choice(across)
    book.page.merged.remove(span)
    left, right = span[0][1], span[1][1]
    lost = [_beside(book, book.first - 1, column) for column in range(left + 1, right + 1)]
    return Planted("told", tuple(lost), tuple(book.rows))


def _hidden_row(chance, book):
    row = chance.choice(book.rows)
    book.page.hidden_rows.add(row)
    return Planted("named", (f"第 {row} 行隐藏着",))


def _hidden_column(chance, book):
    column = book.at(1, chance.choice([name for name in book.fields if name]))[1]
    book.page.hidden_columns.add(column)
    return Planted("named", ("列）隐藏着",))


def _hidden_sheet(chance, book):
    old = make(chance, book.form, book.layout).page
    book.pages.append(Page("旧表", old.cells, old.merged, hidden=True))
    return Planted("read")


def _elsewhere(chance, book):
    if book.layout == T1 or not book.of("area"):
        return None
    row, name = _cell(chance, book, "area")
    book.put(row, name, chance.choice(["河南省", "河南", "同仁", "南开区", "泽库县、尖扎县", "海南省"]))
    return Planted("named", (book.place(row, name),), (row,))


# ---- what is not wrong -----------------------------------------------------------------------------------------------


def _invisible(chance, book):
    texts = [at for at, value in book.page.cells.items() if isinstance(value, str) and at[0] >= book.top]
    at = chance.choice(texts)
    said = book.page.cells[at]
    cut = chance.randrange(len(said) + 1)
    unseen = chance.choice(UNSEEN)
    whole = chance.choice([said[:cut] + unseen + said[cut:], f"{unseen}{said}", chance.choice(UNSEEN_BLANKS) + said])
    book.page.cells[at] = whole + chance.choice(["", " ", "\u3000"])
    return Planted("read")


def _number_as_text(chance, book):
    numbers = [at for at, value in book.page.cells.items() if isinstance(value, int | float) and at[0] in book.rows]
    if not numbers:
        return None
    for at in chance.sample(numbers, min(3, len(numbers))):
        text = f"{book.page.cells[at]}"
        wide = text.translate(str.maketrans("0123456789.", "０１２３４５６７８９．"))
        book.page.cells[at] = chance.choice([text, f" {text} ", wide, f"{text}\u200b", f"\u202d{text}"])
    return Planted("read")


def _blank_rows(chance, book):
    after = chance.choice(book.rows[:-1] or [0])
    if not after or any(b[0] > book.first for _, b in book.page.merged):
        return None
    more = chance.randrange(1, 6)

    def moved(row):
        return row + more * (row > after)

    book.page.cells = {(moved(row), column): value for (row, column), value in book.page.cells.items()}
    book.meant = {(moved(row), name): value for (row, name), value in book.meant.items()}
    book.rows = [moved(row) for row in book.rows]
    return Planted("read")


def _moved(chance, book):
    rows, columns = chance.randrange(4), chance.randrange(1, 4)
    book.page.moved(rows, columns)
    book.meant = {(row + rows, name): value for (row, name), value in book.meant.items()}
    book.rows, book.left = [row + rows for row in book.rows], columns
    book.top, book.first = book.top + rows, book.first + rows
    return Planted("read")


def _in_yuan(chance, book):
    names = book.of("money")
    if not names:
        return None
    name, (unit, factor) = (
        chance.choice(names),
        chance.choice([("元", 10_000), ("千元", 10), ("百万元", 0.01), ("人民币元", 10_000)]),
    )
    at = book.headed(name)
    book.page.cells[at] = f"{book.page.cells[at].removesuffix('（万元）')}（{unit}）"
    for row in book.rows:
        fen = book.meant[row, name].low
        book.put(row, name, round(fen / 10**6 * factor, 6))
    book.forget_total()
    return Planted("read")


def _formula_text(chance, book):
    if book.layout == T1:
        return None
    row, name = _cell(chance, book, "text")
    if not name or "." in name or name not in ("purpose", "remark", "content", "outcome", "place", "goods"):
        return None
    said = chance.choice(["=1+1", "+市工商联", "-衣物", "@某人", '=HYPERLINK("http://x","y")'])
    book.put(row, name, said, said)
    return Planted("read")


def _merged_names(chance, book):
    names = [name for name in (*book.of("area"), *book.of("office"), *book.of("day")) if book.layout != T1]
    pairs = [(a, b) for a, b in zip(book.rows, book.rows[1:], strict=False) if b == a + 1]
    if not names or not pairs:
        return None
    (top, bottom), name = chance.choice(pairs), chance.choice(names)
    del book.page.cells[book.at(bottom, name)]
    book.meant[bottom, name] = book.meant[top, name]
    book.page.merged.append((book.at(top, name), book.at(bottom, name)))
    return Planted("read")


def _stray_blank(chance, book):
    book.page.cells[book.rows[-1] + chance.randrange(30, 3000), len(book.fields)] = chance.choice(
        ["\u200b", " \u00a0", "\ufeff"]
    )
    return Planted("read")


# ---- what is wrong with the file -------------------------------------------------------------------------------------


def _changed(data, part, old, new):
    parts = parts_of(data)
    assert old in parts[part]
    return packed({**parts, part: parts[part].replace(old, new)}.items())


def _refused(*words, of):
    """A damage to the bytes of the file."""
    return lambda chance, book: Planted("refused", words, after=lambda data: of(chance, data))


def _stray_cell(chance, book):
    column = chance.randrange(20, 60)
    book.page.cells[1_048_576, column] = chance.choice(["\u200b", "x"])
    return Planted("refused", ("1048576",))


def _bomb(chance, data):
    box = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(box, "w", zipfile.ZIP_DEFLATED) as pack:
        for name in old.namelist():
            pack.writestr(name, old.read(name))
        with pack.open("xl/media/image1.bin", "w") as part:
            for _ in range(chance.randrange(4, 20)):
                part.write(b"\0" * 2**20)
    return box.getvalue()


def _left_open(chance, data):
    commas = [at for at, byte in enumerate(data) if byte == ord(",") and data[at + 1 : at + 2] != b'"']
    at = chance.choice(commas) + 1
    return data[:at] + b'"' + data[at:]


def _beside(book, row, column):
    return "·".join(filter(None, (book.sheet, address((row, column)))))


_WAN = 10**6
DAMAGES = {
    "text in an amount": _spoilt("money", "count", values=["见附件", "约30左右个", "待定", "十二点五万块", "12.5.1", "O.5", "5－7/8", "１２a", "三几个"]),
    "a wrong unit in an amount": _spoilt("money", values=["5公里", "30人", "200亩", "5万美元", "3%"]),
    "a wrong unit in a count": _spoilt("count", values=["5万元", "3平方公里", "2.5", "半"]),
    "a day that no calendar has": _spoilt("day", values=["2023年2月30日", "2023.13.5", "2023-00-10", "2023年13月", "待定", "23.3.5日"]),
    "a month that lost its zero": _spoilt("day", values=[2023.1, "2023.1"]),
    "a word that nobody knows": _spoilt("word", values=["其它事", "某类", "？"]),
    "an office that is not in the book": _spoilt("office", values=["某某公司", "同仁市工商联会", "工商联"]),
    "an area that lies elsewhere": _elsewhere,
    "an error": _error,
    "a formula that was never calculated": _uncalculated,
    "an identity number": _identity,
    "an identity number beside the table": _identity_beside,
    "a cell of 40,000 characters": _long,
    "an amount merged over rows": _merged_amount,
    "a blank that must be filled": _blank,
    "a row shifted to the right": _shifted,
    "part of a row shifted": _slipped,
    "two rows about one thing": _twice,
    "a total that is wrong": _wrong_total,
    "a column twice": _column_twice,
    "a heading renamed": _renamed,
    "a column missing": _dropped_column,
    "no heading": _headless,
    "a heading in another unit": _foreign_heading,
    "a heading with a broken merge": _broken_merge,
    "a hidden row": _hidden_row,
    "a hidden column": _hidden_column,
    "a hidden sheet": _hidden_sheet,
    "unseen characters": _invisible,
    "numbers as text and in full width": _number_as_text,
    "an amount in words": _rewritten(
        "money", ("壹仟万元", exactly(1000 * _WAN, "fen")), ("1,000万元", exactly(1000 * _WAN, "fen")), ("１，０００", exactly(1000 * _WAN, "fen")),
        ("2,000,000元", exactly(200 * _WAN, "fen")), ("壹拾贰万伍仟元整", exactly(125 * _WAN // 10, "fen")), ("¥12.5", exactly(125 * _WAN // 10, "fen")),
    ),
    "a day as people write it": _rewritten(
        "day", *((said, on(parse("2023-03-05").first)) for said in ("2023.3.5", "2023/3/5", "2023年3月5号", "20230305", "2023. 3. 5", "2023-03-05 09:30:00")),
        *((said, parse("2023-03")) for said in ("2023年3月", "2023.3", "２０２３年３月", "2023年3月份")),
    ),
    "blank rows between": _blank_rows,
    "a table moved down and to the right": _moved,
    "amounts in another unit": _in_yuan,
    "a text like a formula": _formula_text,
    "a name merged over rows": _merged_names,
    "something unseen far below": _stray_blank,
    "a million empty rows": _stray_cell,
    "a file cut short": _refused(of=lambda chance, data: data[: chance.randrange(30, len(data) - 1)]),
    "a bomb": _refused("展开", of=_bomb),
    "macros": _refused("宏", of=lambda chance, data: with_part(data, "xl/vbaProject.bin", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(512))),
    "an outside link": _refused("外部工作簿", of=lambda chance, data: with_relation(data, "xl/_rels/workbook.xml.rels", "externalLink", "a.xml", out=False)),
    "a password": _refused("密码", of=lambda chance, data: ole("EncryptedPackage", "EncryptionInfo", main=data[:4096])),
    "an old file with a password": _refused("密码", of=lambda chance, data: ole("Workbook", main=biff((0x809, bytes(16)), (0x2F, bytes(54))))),
    "a page named .xls": _refused("网页", of=lambda chance, data: b"<html><table><tr><td>1</td></tr></table></html>"),
    "an empty file": _refused("空文件", of=lambda chance, data: b""),
    "a quotation mark left open": _refused("引号", of=_left_open),
}  # fmt: skip
ZIPS = ("a million empty rows", "a bomb", "macros", "an outside link", "a formula that was never calculated")
FORMS = {
    **dict.fromkeys(ZIPS, ("xlsx",)), "a file cut short": ("xlsx", "xls"),
    **dict.fromkeys(
        ("an error", "an amount merged over rows", "a heading with a broken merge", "a hidden row", "a hidden column",
         "a hidden sheet", "a name merged over rows"), ("xlsx", "xls"),
    ),
    "a quotation mark left open": ("csv", "gb18030"),
}  # fmt: skip
