"""The parts of an Office file (OOXML): which kind of file they make, and what in them would run or fetch when it is opened.

A file is kept byte for byte under its digest and handed on as it came, so nothing is cut out of it: what an office
program runs or fetches by itself is refused, with the way to take it out. A hyperlink waits for a click and stays.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from xml.parsers.expat import ExpatError, ParserCreate

from .packed import Entry, Unpacking, entries
from .unfit import MB, Unfit, damaged

DEPTH = 100
LONGEST = 2 * MB  # between two elements: the reader goes over an unfinished piece again and again
_TYPES = "[Content_Types].xml"
_MAIN = "application/vnd.openxmlformats-officedocument."
_MACROS = "application/vnd.ms-"
KINDS = {f"{_MAIN}spreadsheetml.sheet.main+xml": "xlsx", f"{_MAIN}wordprocessingml.document.main+xml": "docx"}
OTHERS = {
    f"{_MAIN}spreadsheetml.template.main+xml": "Excel 模板（xltx）",
    f"{_MAIN}wordprocessingml.template.main+xml": "Word 模板（dotx）",
    f"{_MAIN}presentationml.presentation.main+xml": "演示文稿（pptx）",
    f"{_MACROS}excel.sheet.macroEnabled.main+xml": "带宏的工作簿（xlsm）",
    f"{_MACROS}excel.template.macroEnabled.main+xml": "带宏的模板（xltm）",
    f"{_MACROS}excel.addin.macroEnabled.main+xml": "Excel 加载项（xlam）",
    f"{_MACROS}excel.sheet.binary.macroEnabled.main": "二进制工作簿（xlsb）",
    f"{_MACROS}word.document.macroEnabled.main+xml": "带宏的文档（docm）",
    f"{_MACROS}word.template.macroEnabledTemplate.main+xml": "带宏的模板（dotm）",
}
MARKS = (  # an entry that names what a ZIP file is
    ("OFD.xml", "OFD 版式文件", "另存为 PDF"), ("mimetype", "OpenDocument 文件", "用办公软件打开后另存为 .xlsx 或 .docx"),
    ("AndroidManifest.xml", "安卓程序包", "不上传程序"), ("META-INF/MANIFEST.MF", "Java 程序包", "不上传程序"),
)  # fmt: skip
INSIDE = (  # what an entry may not be, by its first bytes
    (b"PK\3\4", "压缩包"), (b"PK\5\6", "压缩包"), (b"Rar!", "压缩包"), (b"7z\xbc\xaf\x27\x1c", "压缩包"), (b"\x1f\x8b", "压缩包"),
    (b"BZh", "压缩包"), (b"\xfd7zXZ", "压缩包"), (b"\x28\xb5\x2f\xfd", "压缩包"), (b"MSCF", "压缩包"), (b"%PDF-", "PDF"),
    (b"MZ", "程序"), (b"\x7fELF", "程序"), (b"\xd0\xcf\x11\xe0", "嵌入对象"),
)  # fmt: skip

_OBJECT = ("嵌入对象", "删去嵌入的对象，或把它另存后单独上传；图表另存为图片")
_MACRO = ("宏", "另存为不含宏的 .xlsx 或 .docx")
_OUTSIDE = ("外部工作簿的引用", "在“数据—编辑链接”中断开链接，只留数值")
_FETCHED = ("外部数据连接", "在“数据—查询和连接”中删去连接，只留数值")
RUNNING = {  # by the end of the type of a relationship, wherever it leads
    "vbaProject": _MACRO, "wordVbaData": _MACRO, "attachedToolbars": _MACRO, "xlMacrosheet": _MACRO,
    "xlIntlMacrosheet": _MACRO, "dialogsheet": _MACRO, "oleObject": _OBJECT, "package": _OBJECT, "control": _OBJECT,
    "activeXControlBinary": _OBJECT, "aFChunk": _OBJECT, "subDocument": _OBJECT, "externalLink": _OUTSIDE,
    "externalLinkPath": _OUTSIDE, "connections": _FETCHED, "queryTable": _FETCHED,
}  # fmt: skip
LEADING_OUT = {  # the same, only where it leads out of the file
    "attachedTemplate": ("外部模板", "在“开发工具—文档模板”中改回 Normal"),
    "image": ("外部图片", "把图片嵌入文件"),
}
_ROW = re.compile(
    rb"<row(?=[\s>])[^<>]*+(?<!/)>"
    rb"(?:<c(?=[\s/>])[^<>]*+(?:(?<=/)>|>(?:<f(?=[\s/>])[^<>]*+(?:(?<=/)>|>[^<>]*+</f>))?"
    rb"(?:<v>[^<>]*+</v>|<is><t(?=[\s>])[^<>]*+(?<!/)>[^<>]*+</t></is>)?</c>))*+</row>\s*+"
)  # a row of a sheet that holds cells and nothing else
_DDE = re.compile(r"^\s*DDE(AUTO)?\b", re.IGNORECASE | re.MULTILINE)


@dataclass
class Parts:
    """What was met in the parts of a file: types, what each kind of part found leads to, objections."""

    types: list[str] = field(default_factory=list)
    met: dict[tuple[str, str], list[str]] = field(default_factory=dict)
    fields: list[str] = field(default_factory=list)

    def meet(self, kind: tuple[str, str], where: str) -> None:
        """Keep that a part is or refers to what may not be."""
        self.met.setdefault(kind, []).append(where[:80])

    @property
    def objections(self) -> list[Unfit]:
        """What of it may not be in a file, each kind once."""
        if _DDE.search("".join(self.fields)):
            self.meet(("DDE 域", "删去该域，只留文字"), "域代码")
        return [
            Unfit(
                "upload.6", f"{name}（{'、'.join(where[:3])}{'等' if len(where) > 3 else ''}）", f"不带{name}", remedy
            )
            for (name, remedy), where in self.met.items()
        ]


def office_file(data: bytes) -> tuple[str, list[Unfit]]:
    """The kind of an OOXML file, and every objection to what is in it; Unfit where it is no such file or a trap."""
    listed = entries(data)
    names = {entry.name for entry in listed}
    if _TYPES not in names:
        known = ((words, remedy) for name, words, remedy in MARKS if name in names)
        what, remedy = next(known, ("压缩包", "解开后只上传其中要用的那一份"))
        raise Unfit("upload.1", what, "xlsx 工作簿或 docx 文档", remedy)
    parts, unpacking = Parts(), Unpacking(data)
    for entry in listed:
        _read(entry, unpacking, parts)
    return _kind(parts.types), parts.objections


def _kind(types: Iterable[str]) -> str:
    """The kind by the type of the main part."""
    found = [KINDS.get(said) or OTHERS[said] for said in types if said in KINDS or said in OTHERS]
    if len(found) == 1 and found[0] in KINDS.values():
        return found[0]
    raise Unfit(
        "upload.1", "和".join(dict.fromkeys(found)) or "不是 Word 或 Excel 的 Office 文件", "xlsx 工作簿或 docx 文档",
        "用办公软件打开后另存为 .xlsx 或 .docx",
    )  # fmt: skip


def _read(entry: Entry, unpacking: Unpacking, parts: Parts) -> None:
    """Unpack an entry to its end: XML is read, everything else known by its first bytes."""
    reader = None
    for number, piece in enumerate(unpacking.pieces(entry)):
        if number == 0:
            is_xml = _begins_xml(piece) or entry.name.endswith((".xml", ".rels", ".vml"))
            reader = _Reader(entry.name, parts) if is_xml else None
            if reader is None and (what := next((words for mark, words in INSIDE if piece.startswith(mark)), "")):
                macro = what == "嵌入对象" and "vbaproject" in entry.name.casefold()
                parts.meet(_MACRO if macro else (_OBJECT if what == "嵌入对象" else (what, _OBJECT[1])), entry.name)
        if reader:
            reader.take(piece)
    if reader:
        reader.take(b"", last=True)


def _begins_xml(piece: bytes) -> bool:
    start = piece.removeprefix(b"\xef\xbb\xbf").lstrip()
    return not start or start.startswith((b"<", b"\xff\xfe", b"\xfe\xff", b"\0<"))


def _hides(piece: bytes) -> bool:
    """Whether a comment, an instruction or the like may stand in a piece, other than the declaration that begins a part."""
    return b"<!" in piece or piece.count(b"<?") > piece.count(b"<?xml ")


class _Reader:
    """Reads one XML part as it is unpacked; nothing of it is kept but types, references and field codes.

    Rows that hold cells and nothing else are passed over here: of 50,000 rows each element would be asked about. They are
    balanced and shallow; that they are sound XML like the rest is for `whole`, which reads everything and asks nothing.
    """

    def __init__(self, name: str, parts: Parts) -> None:
        self.name, self.parts, self.depth, self.since = name, parts, 0, 0
        self.passed: set[str] = set()  # tags that say nothing here: a sheet of 50,000 rows has them millions of times
        self.xml, self.whole = ParserCreate(), ParserCreate()
        self.begun = b""  # a tag of which the last piece had the first character
        self.has_rows = True  # until something stands in the part that may hide or open what a piece does not show
        self.xml.StartElementHandler = self._begin
        self.xml.EndElementHandler = self._end
        self.xml.XmlDeclHandler = self._declared
        self.xml.StartDoctypeDeclHandler = self.whole.StartDoctypeDeclHandler = self._doctype

    def take(self, piece: bytes, *, last: bool = False) -> None:
        """Read on."""
        self.since += len(piece)
        if self.since > LONGEST:
            raise Unfit(
                "upload.5", f"“{self.name}”里一段超过 {LONGEST // MB} MB", f"至多 {LONGEST // MB} MB", "分成几段"
            )
        self.has_rows = self.has_rows and not _hides(self.begun + piece)
        self.begun = piece[-1:] if piece.endswith(b"<") else b""
        rest = _ROW.sub(b"", piece) if self.has_rows else piece
        if len(rest) < len(piece):
            self.since = 0
        try:
            self.xml.Parse(rest, last)
            self.whole.Parse(piece, last)
        except ExpatError:
            raise damaged(f"“{self.name}”不是完整的 XML") from None

    def _declared(self, _version: str, encoding: str | None, _alone: int) -> None:
        if encoding and encoding.lower() not in ("utf-8", "utf-16", "us-ascii"):
            raise Unfit("upload.5", f"“{self.name}”的编码是 {encoding[:20]}", "UTF-8", "用办公软件打开后另存，再上传")

    def _doctype(self, *_declared: object) -> None:
        raise Unfit(
            "upload.5", f"“{self.name}”里有 DOCTYPE 声明", "没有 DOCTYPE 和实体", "用办公软件打开后另存，再上传"
        )

    def _begin(self, tag: str, attributes: dict[str, str]) -> None:
        self.depth += 1
        self.since = 0
        if self.depth > DEPTH:
            raise Unfit(
                "upload.5", f"“{self.name}”的层次超过 {DEPTH}", f"至多 {DEPTH} 层", "拆开层层嵌套的表格或文本框"
            )
        if tag in self.passed:
            return
        name = tag.rpartition(":")[2]
        if name == "Relationship":
            self._refers(attributes)
        elif name in ("Override", "Default") and self.name == _TYPES:
            self.parts.types.append(attributes.get("ContentType", ""))
        elif name == "instrText":
            self.xml.CharacterDataHandler = self._code
        elif name in ("fldChar", "fldSimple"):
            self.parts.fields += ["\n", *(value for key, value in attributes.items() if key.endswith(":instr")), "\n"]
        else:
            self.passed.add(tag)

    def _end(self, tag: str) -> None:
        self.depth -= 1
        self.since = 0
        if tag not in self.passed:
            self.xml.CharacterDataHandler = None

    def _code(self, said: str) -> None:
        self.parts.fields.append(said[:40])

    def _refers(self, attributes: dict[str, str]) -> None:
        kind = attributes.get("Type", "").rpartition("/")[2]
        out = attributes.get("TargetMode", "").casefold() == "external"
        target = attributes.get("Target", "")
        if kind in RUNNING:
            self.parts.meet(RUNNING[kind], target)
        elif out and kind != "hyperlink":
            self.parts.meet(LEADING_OUT.get(kind, (f"外部引用 {kind[:20]}", "删去该引用，内容放进文件")), target)
