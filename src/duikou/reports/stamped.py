"""草稿 on the face of a workbook: printed over every page, said on every sheet's tab, as on the pages of a Word draft."""

import io
import re
import zipfile

from .package import pack

STAMP = "草稿"
_HEAD = f'<oddHeader>&amp;R&amp;"黑体,Regular"&amp;16{STAMP}</oddHeader>'
_RED = '<tabColor rgb="FFFF0000"/>'
_SHEET = re.compile(r"xl/worksheets/[^/]+\.xml")


def stamped(made: bytes) -> bytes:
    """A workbook with 草稿 at the right above every printed page, where Word has it, and its tabs in red."""
    with zipfile.ZipFile(io.BytesIO(made)) as archive:
        return pack([(name, _stamped(name, archive.read(name))) for name in archive.namelist()])


def _stamped(name: str, part: bytes) -> bytes:
    if not _SHEET.fullmatch(name):
        return part
    text = part.decode()
    if "<headerFooter>" not in text:
        raise ValueError(f"{name} 没有页脚，盖不上{STAMP}")
    text = text.replace("<headerFooter>", f"<headerFooter>{_HEAD}", 1)
    return (text.replace("<sheetPr>", f"<sheetPr>{_RED}", 1)).encode()
