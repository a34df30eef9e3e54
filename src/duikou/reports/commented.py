"""A draft given back with comments: the same Word file, byte for byte but for the marks and the comments it now has."""

import io
import re
import zipfile
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import PurePosixPath

from .commented_text import read_words
from .look import Look
from .package import DECLARATION, OFFICE, Part, core_properties, escaped, office_file, pack, universal
from .paper import title_lines
from .word_parts import fonts, section, settings, styles
from .word_text import SPACES, paragraph, run

AUTHOR = "对口一本账"
KIND = "application/vnd.openxmlformats-officedocument.wordprocessingml"
TYPES, COMMENTS = "[Content_Types].xml", "comments"
_MAIN = re.compile(r'<Relationship\b[^>]*/officeDocument"[^>]*>')
_TARGET = re.compile(r'\bTarget="([^"]*)"')
_IDS = re.compile(r'<(?:\w+:)?comment\b[^>]*?\b\w+:id="(\d+)"')


@dataclass(frozen=True)
class Remark:
    """A comment: the paragraph from 1, the characters it is at, its lines."""

    paragraph: int
    start: int
    end: int
    lines: tuple[str, ...]


@dataclass(frozen=True)
class Given:
    """The file with its comments, and the remarks that found no place in it: words in notes bear no comment."""

    data: bytes
    left: tuple[Remark, ...]


class NotWord(ValueError):
    """A package without the parts of a Word file."""


def commented(content: bytes, paragraphs: Sequence[str], remarks: Sequence[Remark], made_at: datetime) -> Given:
    """A .docx that was read before, with a comment at each remark; what stood in it stands in it as it was."""
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        entries = [(name, archive.read(name)) for name in archive.namelist() if not name.endswith("/")]
    parts = dict(entries)
    main = _main(parts)
    words = read_words(parts[main], paragraphs)
    placed = [(remark, span) for remark in remarks if (span := words.span(remark.paragraph, remark.start, remark.end))]
    left = tuple(remark for remark in remarks if not words.span(remark.paragraph, remark.start, remark.end))
    if not placed:
        return Given(content, left)
    rels = str(PurePosixPath(main).parent / "_rels" / f"{PurePosixPath(main).name}.rels")
    old = _comments(parts.get(rels, b"").decode(), main)
    first = max((int(n) for n in _IDS.findall(parts.get(old, b"").decode())), default=-1) + 1
    numbered = [(first + at, remark, span) for at, (remark, span) in enumerate(placed)]
    parts[main] = words.marked([(number, *span) for number, _, span in numbered])
    texts = [(number, remark.lines) for number, remark, _ in numbered]
    if old:
        parts[old] = _added(parts[old], texts, made_at)
    else:
        name = str(PurePosixPath(main).parent / "comments_dk.xml")
        parts[name] = _part(texts, made_at)
        parts[TYPES] = _typed(parts[TYPES].decode(), name)
        parts[rels] = _referred(parts.get(rels, b"").decode(), PurePosixPath(name).name)
    return Given(pack([(name, parts[name]) for name in dict.fromkeys([*(n for n, _ in entries), *parts])]), left)


def _main(parts: dict[str, bytes]) -> str:
    """The name of the main part."""
    found = _MAIN.search(parts.get("_rels/.rels", b"").decode())
    target = _TARGET.search(found[0]) if found else None
    name = target[1].lstrip("/") if target else "word/document.xml"
    if name not in parts or TYPES not in parts:
        raise NotWord("不是 Word 文件")
    return name


def _comments(rels: str, main: str) -> str:
    """The name of the part that holds the file's own comments; empty where it has none."""
    for relation in re.findall(r"<Relationship\b[^>]*>", rels):
        if re.search(r'\bType="[^"]*/comments"', relation) and (target := _TARGET.search(relation)):
            said = target[1]
            return said.lstrip("/") if said.startswith("/") else str(PurePosixPath(main).parent / said)
    return ""


def _typed(types: str, name: str) -> bytes:
    """The list of types with that of the comments."""
    return types.replace(
        "</Types>", f'<Override PartName="/{name}" ContentType="{KIND}.comments+xml"/></Types>'
    ).encode()


def _referred(rels: str, target: str) -> bytes:
    """The references of the main part with that to the comments."""
    one = f'<Relationship Id="rIdDuikou" Type="{OFFICE}/relationships/comments" Target="{target}"/>'
    if "</Relationships>" in rels:
        return rels.replace("</Relationships>", f"{one}</Relationships>").encode()
    space = "http://schemas.openxmlformats.org/package/2006/relationships"
    return f'{DECLARATION}<Relationships xmlns="{space}">{one}</Relationships>'.encode()


def _part(texts: Iterable[tuple[int, Sequence[str]]], made_at: datetime) -> bytes:
    return f"{DECLARATION}<w:comments {SPACES}>{''.join(_comment(n, lines, made_at) for n, lines in texts)}</w:comments>".encode()


def _added(old: bytes, texts: Iterable[tuple[int, Sequence[str]]], made_at: datetime) -> bytes:
    """The file's own comments with ours after them."""
    end = re.compile(rb"</(?:\w+:)?comments>\s*$").search(old)
    made = "".join(_comment(n, lines, made_at, alone=True) for n, lines in texts).encode()
    if end:
        return old[: end.start()] + made + old[end.start() :]
    opened = re.compile(rb"<((?:\w+:)?comments)\b([^>]*)/>\s*$").search(old)  # a part that holds none yet
    if not opened:
        raise NotWord("批注读不出")
    return old[: opened.start()] + b"<" + opened[1] + opened[2] + b">" + made + b"</" + opened[1] + b">"


def _comment(number: int, lines: Sequence[str], made_at: datetime, *, alone: bool = False) -> str:
    """One comment, all of the moment of the snapshot."""
    moment = universal(made_at).strftime("%Y-%m-%dT%H:%M:%SZ")
    space = f" {SPACES.partition(' ')[0]}" if alone else ""
    said = "".join(f'<w:p><w:r><w:t xml:space="preserve">{escaped(line)}</w:t></w:r></w:p>' for line in lines)
    return f'<w:comment{space} w:id="{number}" w:author="{AUTHOR}" w:date="{moment}" w:initials="{AUTHOR[0]}">{said}</w:comment>'


# ---- files made by us ------------------------------------------------------------------------------------------------


def plain_document(paragraphs: Sequence[str], title: str, made_at: datetime, look: Look | None = None) -> bytes:
    """A Word file of plain paragraphs: what a text becomes so that it can bear comments."""
    return _file("".join(paragraph("Normal", run(text)) for text in paragraphs), title, made_at, look or Look())


def checklist(title: str, summary: Sequence[str], rows: Sequence[Sequence[str]], made_at: datetime) -> bytes:
    """The list that goes with a checked draft: the summary first, then each number in a line."""
    heads = ("段", "文中", "判定", "账上", "说明")
    widths = (600, 1700, 1600, 2400, 2544)
    lines = [paragraph("Title", "<w:r><w:br/></w:r>".join(map(run, title_lines(title))))]
    lines += [paragraph("Normal", run(line)) for line in summary]
    table = "".join(_row(widths, cells) for cells in [heads, *rows])
    grid = "".join(f'<w:gridCol w:w="{width}"/>' for width in widths)
    borders = "".join(
        f'<w:{edge} w:val="single" w:sz="4" w:space="0" w:color="000000"/>' for edge in ("top", "bottom", "insideH")
    )
    made = (
        f'<w:tbl><w:tblPr><w:tblW w:w="{sum(widths)}" w:type="dxa"/><w:tblBorders>{borders}</w:tblBorders>'
        f'<w:tblLayout w:type="fixed"/></w:tblPr><w:tblGrid>{grid}</w:tblGrid>{table}</w:tbl>'
    )
    return _file("".join(lines) + made + paragraph("Normal", ""), title, made_at, Look())


def _row(widths: Sequence[int], cells: Sequence[str]) -> str:
    made = "".join(
        f'<w:tc><w:tcPr><w:tcW w:w="{width}" w:type="dxa"/></w:tcPr>{paragraph("TableText", run(cell), jc="left")}</w:tc>'
        for width, cell in zip(widths, cells, strict=True)
    )
    return f"<w:tr><w:trPr><w:cantSplit/></w:trPr>{made}</w:tr>"


def _file(body: str, title: str, made_at: datetime, look: Look) -> bytes:
    text = f"{DECLARATION}<w:document {SPACES}><w:body>{body}{_page(look)}</w:body></w:document>"
    main = "word/document.xml"
    inside = (("styles", styles(look)), ("settings", settings()), ("fontTable", fonts(look)))
    return office_file([
        Part(main, f"{KIND}.document.main+xml", text, f"{OFFICE}/relationships/officeDocument"),
        core_properties(title=title, creator=AUTHOR, made_at=made_at),
        *(Part(f"word/{name}.xml", f"{KIND}.{name}+xml", xml, f"{OFFICE}/relationships/{name}", main) for name, xml in inside),
    ])  # fmt: skip


def _page(look: Look) -> str:
    """The official page without feet and heads."""
    return re.sub(r"<w:(?:header|footer)Reference\b[^>]*/>", "", section(look, footed=False, draft=False))
