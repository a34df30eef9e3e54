"""Files for the tests of what may come in: real ones, packages made anew with something in them, OLE files."""

import io
import struct
import zipfile
from datetime import UTC, date, datetime

import pytest

from duikou.intake.upload import examine
from duikou.reports.excel import Row, Table, write_table
from duikou.reports.word import Paper, Paragraph, write_paper
from duikou.rules.problem import Refused

MOMENT = datetime(2011, 8, 29, 7, 4, tzinfo=UTC)
XLSX = write_table(
    Table(
        title="统计表", office="合作交流办", period="2011年", version="第1版", code="T-1",
        rows=(Row("资金", "万元", 1, 2000, "", "2011年", "第14段", "一致", "=1+1"),), notes=("说明",), checks=(),
        unit_note="万元", rounding_note="一次取整", changes_note="不变", head="账首", head_full="账首", made_at=MOMENT,
        sources=(),
    )
)  # fmt: skip
DOCX = write_paper(
    Paper(
        title="情况汇报", office="合作交流办", day=date(2011, 8, 29), salutation="同志们：", body=(Paragraph(("资金已落实。",)),),
        head="账首", head_full="账首", made_at=MOMENT, number="P7K3M9QX",
    )
)  # fmt: skip
PDF = b"%PDF-1.4\n1 0 obj<</Type/Catalog>>endobj\ntrailer<</Root 1 0 R>>\n%%EOF\n"
PNG = (
    b"\x89PNG\r\n\x1a\n"
    + struct.pack(">I4s2I5BI", 13, b"IHDR", 1, 1, 8, 0, 0, 0, 0, 0)
    + struct.pack(">I4sI", 0, b"IEND", 0)
)
OLE_MARK = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
JPEG = b"\xff\xd8\xff\xc0" + struct.pack(">HB2HB", 11, 8, 1, 1, 1) + b"\1\x11\0\xff\xd9"


def said_by(value):
    """A short word for a case in the name of its test."""
    return value if isinstance(value, str) and len(value) < 40 else ""


def refused(data, name="file", **more):
    """What is said when the file is refused."""
    with pytest.raises(Refused) as caught:
        examine(name, data, **more)
    return str(caught.value)


# ---- OOXML packages, made anew with something in them ----------------------------------------------------------------


def packed(parts, method=zipfile.ZIP_DEFLATED):
    box = io.BytesIO()
    with zipfile.ZipFile(box, "w", method) as package:
        for name, data in parts:
            package.writestr(name, data)
    return box.getvalue()


def parts_of(data):
    with zipfile.ZipFile(io.BytesIO(data)) as package:
        return {name: package.read(name) for name in package.namelist()}


def with_part(data, name, content):
    return packed({**parts_of(data), name: content}.items())


def with_relation(data, part, kind, target, out=True):
    """The file with one more reference from a part."""
    mode = ' TargetMode="External"' if out else ""
    kind = f"http://schemas.openxmlformats.org/officeDocument/2006/relationships/{kind}"
    line = f'<Relationship Id="rIdX" Type="{kind}" Target="{target}"{mode}/></Relationships>'
    empty = b'<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"></Relationships>'
    kept = parts_of(data).get(part, empty)
    return with_part(data, part, kept.replace(b"</Relationships>", line.encode()))


def patched(data, mark, offset, value):
    """The file with some bytes of its last structure of a kind replaced."""
    at = data.rindex(mark) + offset
    return data[:at] + value + data[at + len(value) :]


# ---- an OLE file of one sector per stream of the directory -----------------------------------------------------------


def ole(*names, main=b""):
    """An OLE file with streams of these names, all resting on the same 4096 bytes: table, directory, bytes."""
    entries = [("Root Entry", 5), *((name, 2) for name in names)]
    sectors = -(-len(entries) * 128 // 512)
    first = 1 + sectors
    directory = b"".join(
        name.encode("utf-16-le").ljust(64, b"\0")
        + struct.pack("<HBB3I36xII4x", len(name) * 2 + 2, kind, 1, *(0xFFFFFFFF,) * 3, first, 4096)
        for name, kind in entries
    )
    end = 0xFFFFFFFE
    chain = [0xFFFFFFFD, *range(2, first), end, *range(first + 1, first + 8), end]
    head = struct.pack("<8s16x5H6x7I", OLE_MARK, 62, 3, 0xFFFE, 9, 6, 0, 1, 1, 0, 4096, end, 0)
    head += struct.pack("<111I", end, 0, 0, *[0xFFFFFFFF] * 108)
    table = struct.pack("<128I", *chain, *[0xFFFFFFFF] * (128 - len(chain)))
    return head + table + directory.ljust(512 * sectors, b"\0") + main.ljust(4096, b"\0")


def biff(*records):
    return b"".join(struct.pack("<2H", code, len(body)) + body for code, body in [*records, (0x0A, b"")])
