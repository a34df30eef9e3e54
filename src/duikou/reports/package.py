"""Office files as packages of parts: the same parts give the same bytes, on any machine and in any year."""

import html
import io
import re
import zipfile
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import PurePosixPath

DECLARATION = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006"
_PACKAGE = "http://schemas.openxmlformats.org/package/2006"
_TYPE = "application/vnd.openxmlformats-"
_FORBIDDEN = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


@dataclass(frozen=True)
class Part:
    """One part: its name, type and text, and the part that refers to it with the kind of that reference."""

    name: str
    type: str
    xml: str
    relation: str
    owner: str = ""


def pack(entries: Iterable[tuple[str, bytes]]) -> bytes:
    """The entries in one zip, in the order given; stored and not deflated, for zlib's output differs between builds."""
    box = io.BytesIO()
    with zipfile.ZipFile(box, "w", zipfile.ZIP_STORED) as archive:
        for name, content in entries:
            entry = zipfile.ZipInfo(name, (1980, 1, 1, 0, 0, 0))
            entry.create_system = 3
            entry.external_attr = 0o600 << 16
            archive.writestr(entry, content, zipfile.ZIP_STORED)
    return box.getvalue()


def repack(made: bytes) -> bytes:
    """The entries of a zip that another library has made, in their order, packed our way."""
    with zipfile.ZipFile(io.BytesIO(made)) as archive:
        return pack([(name, archive.read(name)) for name in archive.namelist()])


def office_file(parts: Sequence[Part]) -> bytes:
    """The parts with the list of their types and of their references; rId1 is the first that an owner refers to."""
    owners = dict.fromkeys(part.owner for part in parts)
    entries = [("[Content_Types].xml", _types(parts))]
    entries += [(_references(owner), _relationships(owner, parts)) for owner in owners]
    return pack((name, xml.encode()) for name, xml in [*entries, *((part.name, part.xml) for part in parts)])


def escaped(text: str) -> str:
    """Text as it may stand in XML, in content and in attributes."""
    if _FORBIDDEN.search(text):
        raise ValueError(f"文字中有不能写入文件的控制字符：{text!r}")
    return html.escape(text)


def universal(moment: datetime) -> datetime:
    """The moment in universal time; a moment without a zone would mean another one on another machine."""
    if moment.tzinfo is None:
        raise ValueError(f"时刻须带时区：{moment!r}")
    return moment.astimezone(UTC).replace(microsecond=0)


def core_properties(*, title: str, creator: str, made_at: datetime) -> Part:
    """Title, office and dates; both dates are those of the journal line, never of the writing."""
    moment = universal(made_at).strftime("%Y-%m-%dT%H:%M:%SZ")
    dates = "".join(
        f'<dcterms:{role} xsi:type="dcterms:W3CDTF">{moment}</dcterms:{role}>' for role in ("created", "modified")
    )
    xml = (
        f'{DECLARATION}<cp:coreProperties xmlns:cp="{_PACKAGE}/metadata/core-properties"'
        ' xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:dcterms="http://purl.org/dc/terms/"'
        ' xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance">'
        f"<dc:title>{escaped(title)}</dc:title><dc:creator>{escaped(creator)}</dc:creator>"
        f"<cp:lastModifiedBy>{escaped(creator)}</cp:lastModifiedBy>{dates}<dc:language>zh-CN</dc:language>"
        "</cp:coreProperties>"
    )
    relation = f"{_PACKAGE}/relationships/metadata/core-properties"
    return Part("docProps/core.xml", f"{_TYPE}package.core-properties+xml", xml, relation)


def custom_properties(values: Iterable[tuple[str, str]]) -> Part:
    """Named texts that an official finds under 文件 → 信息 → 属性 → 自定义."""
    properties = "".join(
        f'<property fmtid="{{D5CDD505-2E9C-101B-9397-08002B2CF9AE}}" pid="{pid}" name="{escaped(name)}">'
        f"<vt:lpwstr>{escaped(value)}</vt:lpwstr></property>"
        for pid, (name, value) in enumerate(values, 2)
    )
    xml = (
        f'{DECLARATION}<Properties xmlns="{OFFICE}/custom-properties" xmlns:vt="{OFFICE}/docPropsVTypes">'
        f"{properties}</Properties>"
    )
    relation = f"{OFFICE}/relationships/custom-properties"
    return Part("docProps/custom.xml", f"{_TYPE}officedocument.custom-properties+xml", xml, relation)


def _references(owner: str) -> str:
    """Where the references of a part stand."""
    path = PurePosixPath(owner)
    return f"{path.parent}/_rels/{path.name}.rels" if owner else "_rels/.rels"


def _relationships(owner: str, parts: Sequence[Part]) -> str:
    """The references of one part."""
    base = f"{PurePosixPath(owner).parent}/" if owner else ""
    links = "".join(
        f'<Relationship Id="rId{number}" Type="{part.relation}" Target="{part.name.removeprefix(base)}"/>'
        for number, part in enumerate((part for part in parts if part.owner == owner), 1)
    )
    return f'{DECLARATION}<Relationships xmlns="{_PACKAGE}/relationships">{links}</Relationships>'


def _types(parts: Sequence[Part]) -> str:
    """The list of types."""
    overrides = "".join(f'<Override PartName="/{part.name}" ContentType="{part.type}"/>' for part in parts)
    return (
        f'{DECLARATION}<Types xmlns="{_PACKAGE}/content-types">'
        f'<Default Extension="rels" ContentType="{_TYPE}package.relationships+xml"/>'
        f'<Default Extension="xml" ContentType="application/xml"/>{overrides}</Types>'
    )
