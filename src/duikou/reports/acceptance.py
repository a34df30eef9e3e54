"""The acceptance checks of official papers, on the Word file and on the PDF as it is printed."""

import io
import re
import zipfile
from collections.abc import Callable, Collection, Iterator
from dataclasses import dataclass
from functools import cached_property
from xml.etree import ElementTree

from duikou.rules.problem import Found, Problem
from duikou.terms.words import Words

from . import acceptance_print
from .look import LINE, Look
from .printed import Printed
from .proofreading import COMPLAINTS, NUMERAL, SQUARE, without
from .word_parts import FOOT, HEAD_LINE

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
SENTENCES = {
    1: "版面各值和字体照 GB/T 9704 设置",
    2: "每页 22 行、每行 28 字，版心和页码的位置准确",
    3: "标点、起止、文号、日期的写法合规",
    4: "数字不和它的单位分在两行",
    5: "文中的数字都在内容控件里，或者是日期、文号、层级序号、名称",
    6: "文件里的字体都是选定的字体或它的替代",
    7: "每个数字控件带数字名和书签，印出的文字和 Word 文件一致",
}
FREE = {"TableNote", "Number", "Serial", "Secrecy", "BookHead", "PageNumber", "Caption", "Scale", "CommentText"}
_FIGURE = re.compile(
    r"^(?:[约近超逾上]|可达|至[多少]|不足|少于|＋)?[0-9][0-9,.]*(?:[％%万亿元]*|[人次个所项户])$"
)  # a cell that is nothing but a number
_DATE = re.compile(r"^(?:19|20)[0-9]{2}(?:[.—年][0-9.—年月日]*)?$")


@dataclass(frozen=True)
class Said:
    """A paragraph of the Word file: its style, its text, and the text with figures blocked out."""

    style: str
    text: str
    prose: str

    @property
    def tabled(self) -> bool:
        """Whether it stands in a table."""
        return self.style.startswith("Table") or self.style == "Scale"


class Written:
    """A Word file, read once."""

    def __init__(self, docx: bytes) -> None:
        self._zip = zipfile.ZipFile(io.BytesIO(docx))

    def part(self, name: str) -> ElementTree.Element:
        """A part of the package."""
        return ElementTree.fromstring(self._zip.read(f"word/{name}.xml"))  # noqa: S314  our own file

    @cached_property
    def document(self) -> ElementTree.Element:
        """The text."""
        return self.part("document")

    @property
    def controlled(self) -> bool:
        """Whether figures stand in controls; in a plain copy bookmarks carry them."""
        return self.document.find(f".//{W}sdt") is not None

    @cached_property
    def paragraphs(self) -> list[Said]:
        """The paragraphs in order."""
        return [_said(paragraph, controlled=self.controlled) for paragraph in self.document.iter(f"{W}p")]


def acceptance(
    docx: bytes | None, pdf: bytes | None, *, look: Look | None = None, names: Collection[str] = ()
) -> list[Problem]:
    """What is wrong with a paper's files: checks 1 and 5 on the .docx, 2, 4, 6 on the .pdf, 3 on both, 7 between them.

    `names` (of organisations, of plans) may hold numerals.
    """
    look = look or Look()
    written, printed = Written(docx) if docx else None, Printed(pdf) if pdf else None
    found: list[tuple[int, Found]] = []
    if written:
        found += [(1, f) for f in (*_page(written, look), *_settings(written), *_faces(written, look))]
        found += [(3, f) for f in _marks([p.text for p in written.paragraphs], names)]
        found += [(5, f) for f in _numerals(written, names)]
        found += [(7, f) for f in _carriers(written)]
    if printed:
        found += [(2, f) for f in acceptance_print.geometry(printed)]
        found += [(3, f) for f in _marks(acceptance_print.paragraphs(printed), names)] if not written else []
        found += [(4, f) for f in acceptance_print.torn(printed)]
        found += [(6, f) for f in acceptance_print.foreign(printed, look)]
    if written and printed:
        texts, cells = ([p.text for p in written.paragraphs if p.tabled is tabled] for tabled in (False, True))
        found += [(7, f) for f in acceptance_print.missing(printed, texts, cells)]
    return [_problem(number, f) for number, f in found]


def _problem(number: int, found: Found) -> Problem:
    sentence = Words(f"papers.check.{number}", SENTENCES[number], f"Acceptance check {number} of official papers")
    return Problem(sentence.code, "stops", sentence, found.found, found.expected, found.remedy)


def _attributes(element: ElementTree.Element | None) -> dict[str, str]:
    return {} if element is None else {name.rpartition("}")[2]: value for name, value in element.attrib.items()}


def _differ(what: str, found: dict[str, str], expected: dict[str, str]) -> Iterator[Found]:
    """Each value that is not as it must be."""
    for name, value in expected.items():
        if found.get(name) != value:
            yield Found(f"{what} {name}={found.get(name, '没有')}", value, "用本系统重新出文件，不在 Word 里改版面")


def _page(written: Written, look: Look) -> Iterator[Found]:
    """Paper, margins, grid; and one way of squeezing, never both."""
    section = written.document.find(f".//{W}sectPr")
    assert section is not None  # noqa: S101  a document without a section is none of ours
    yield from _differ("纸张", _attributes(section.find(f"{W}pgSz")), {"w": "11906", "h": "16838"})
    margins = {"top": "2098", "right": "1474", "bottom": "1984", "left": "1588", "gutter": "0"}
    found = _attributes(section.find(f"{W}pgMar"))
    yield from _differ("页边", found, margins)
    if found.get("footer") not in (str(FOOT), str(FOOT - HEAD_LINE)):
        yield Found(f"页脚 {found.get('footer')}", f"{FOOT}", "用本系统重新出文件")
    grid = {"type": "linesAndChars" if look.word_grid else "lines", "linePitch": str(LINE)}
    grid |= {"charSpace": "-849"} if look.word_grid else {}
    yield from _differ("网格", _attributes(section.find(f"{W}docGrid")), grid)
    body = written.part("styles").find(f"{W}style[@{W}styleId='Normal']/{W}rPr/{W}spacing")
    yield from _differ("字距", _attributes(body), {"val": str(look.squeeze)})


def _settings(written: Written) -> Iterator[Found]:
    """What holds for the whole file."""
    settings = written.part("settings")
    if settings.find(f"{W}evenAndOddHeaders") is None:
        yield Found("奇偶页页脚相同", "奇数页居右，偶数页居左", "用本系统重新出文件")
    spacing = _attributes(settings.find(f"{W}characterSpacingControl"))
    yield from _differ("标点压缩", spacing, {"val": "doNotCompress"})
    yield from _differ("语言", _attributes(settings.find(f"{W}themeFontLang")), {"eastAsia": "zh-CN"})
    if settings.find(f"{W}updateFields") is not None:
        yield Found("打开时更新域", "不设", "用本系统重新出文件")


def _faces(written: Written, look: Look) -> Iterator[Found]:
    """The Chinese face of every style and of every run that names one."""
    places = [(f"样式 {s.get(f'{W}styleId')}", s) for s in written.part("styles").iter(f"{W}style")]
    places += [("正文", run) for run in written.document.iter(f"{W}r")]
    for place, element in places:
        face = _attributes(element.find(f"{W}rPr/{W}rFonts")).get("eastAsia")
        if face and face not in look.named:
            yield Found(f"{place}用{face}", "、".join(look.named), "改回选定的字体")


def _marks(texts: Collection[str], names: Collection[str]) -> Iterator[Found]:
    """Half-width marks, hyphens in ranges, padded dates, other brackets than 〔〕 round the year of a paper."""
    rules = [*COMPLAINTS, (SQUARE, "“{}”的年份应括在〔〕里")]
    for text in texts:
        for name in names:
            text = text.replace(name, "■" * len(name))
        for pattern, complaint in rules:
            for found in pattern.finditer(text):
                around = text[max(0, found.start() - 6) : found.end() + 6]
                yield Found(complaint.format(found[0]), "GB/T 9704、15834、15835 的写法", f"改“……{around}……”")


def _numerals(written: Written, names: Collection[str]) -> Iterator[Found]:
    """Numbers that stand outside a control and are no date, number of a paper, mark of a level or part of a name."""
    for said in written.paragraphs:
        if said.style in FREE or (said.tabled and not _bare(said.prose)):
            continue
        for found in NUMERAL.finditer(without(said.prose, names)):
            around = said.text[max(0, found.start() - 6) : found.end() + 6]
            yield Found(f"“{found[0]}”不在控件里", "账上的数字", f"“……{around}……”改用提纲中的数字，或删去")


def _bare(cell: str) -> bool:
    """Whether a cell of a table is nothing but a number."""
    return bool(_FIGURE.match(cell)) and not _DATE.match(cell)


def _carriers(written: Written) -> Iterator[Found]:
    """A control without tag or bookmark, a bookmark that stands twice."""
    seen: set[str] = set()
    for mark in written.document.iter(f"{W}bookmarkStart"):
        name = mark.get(f"{W}name", "")
        if name in seen:
            yield Found(f"书签 {name} 出现两次", "各处一个书签", "用本系统重新出文件")
        seen.add(name)
    for control in written.document.iter(f"{W}sdt"):
        tag = _attributes(control.find(f"{W}sdtPr/{W}tag")).get("val", "")
        text = _text(control)
        if not tag or control.find(f".//{W}bookmarkStart") is None:
            yield Found(f"“{text}”的控件缺{'书签' if tag else '数字名'}", "数字名和书签", "用本系统重新出文件")


def _text(element: ElementTree.Element) -> str:
    return "".join(found.text or "" for found in element.iter(f"{W}t"))


def _said(paragraph: ElementTree.Element, *, controlled: bool) -> Said:
    """A paragraph; figures are what stands in controls, in a plain copy what stands in bookmarks."""
    style = _attributes(paragraph.find(f"{W}pPr/{W}pStyle")).get("val", "Normal")
    inside = {id(t) for control in paragraph.iter(f"{W}sdt") for t in control.iter(f"{W}t")}
    text = prose = ""
    marked = 0
    hidden: Callable[[ElementTree.Element], bool]
    hidden = (lambda t: id(t) in inside) if controlled else (lambda _: marked > 0)
    for element in paragraph.iter():
        if element.tag == f"{W}bookmarkStart":
            marked += 1
        elif element.tag == f"{W}bookmarkEnd":
            marked -= 1
        elif element.tag == f"{W}t":
            said = element.text or ""
            text += said
            prose += "■" * len(said) if hidden(element) else said
    return Said(style, text, prose)
