"""A paper that was edited by hand comes back: where its figures stand now, which words were changed.

A figure is found by its control's tag, else by its bookmark, else by aligning the text; how it was found is said.
"""

import io
import re
import zipfile
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Literal, NoReturn
from xml.etree import ElementTree

from duikou.rules.problem import Refused

from .aligning import Aligned, aligned
from .unfit import Unfit
from .upload import examine

How = Literal["tag", "bookmark", "text", "lost"]
W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_BOOKMARK = re.compile("dk_([0-9A-Za-z]{8})_[0-9]{3,}")
_TAG = re.compile(r"[a-z_]+[.-][a-z0-9_.:;=-]+@[0-9]{1,10}")
_HEDGE, _TAIL = "近|约|超过?|逾|可达|不到|不足|上|少于", "以上|左右|上下"
_UNITS = "[万亿元人名次所台套公里平方米亩处户期个吨年月天件张床座项%％多余百千]"
_NUMBER = re.compile(
    f"(?:{_HEDGE})?[0-9０-９一二三四五六七八九十百千万亿两零][0-9０-９,.，．～—一二三四五六七八九十]*{_UNITS}*(?:{_TAIL})?"
)
ENDS = "。；！？，"
ALIKE = 0.2  # of the paragraphs, below which a file without our marks is another paper


@dataclass(frozen=True)
class Placed:
    """Words of the paper as it was sent out, and where they stand: paragraph, first character."""

    text: str
    paragraph: int
    first: int

    @property
    def last(self) -> int:
        """Behind its last character."""
        return self.first + len(self.text)


@dataclass(frozen=True)
class Printed(Placed):
    """A figure as it was printed: its bookmark and its name."""

    bookmark: str
    name: str


@dataclass(frozen=True)
class Unit(Placed):
    """A sentence: the line of its outline."""

    line: int


@dataclass(frozen=True)
class Sent:
    """A paper as it was sent out: its number, its paragraphs, figures and sentences."""

    number: str
    paragraphs: tuple[str, ...]
    figures: tuple[Printed, ...]
    units: tuple[Unit, ...]


@dataclass(frozen=True)
class Found:
    """A figure in the paper that came back: what it was, what stands there now, how it was found."""

    printed: Printed
    now: str
    how: How

    @property
    def changed(self) -> bool:
        """Whether it was changed by hand, or is gone."""
        return self.how == "lost" or _plain(self.now) != _plain(self.printed.text)


@dataclass(frozen=True)
class Words:
    """A sentence that was changed, deleted, moved or added; what it says now, figures as ■."""

    what: Literal["changed", "deleted", "moved", "added"]
    line: int
    was: str
    now: str
    masked: str = ""


@dataclass(frozen=True)
class Returned:
    """What was read back: the number the file bears, its figures, what was changed of its words."""

    number: str
    figures: tuple[Found, ...]
    words: tuple[Words, ...]


@dataclass(frozen=True)
class File:
    """A Word file as it came: its number where it says one, its paragraphs, figures by tag and by bookmark."""

    number: str
    paragraphs: tuple[str, ...]
    tagged: tuple[tuple[str, str], ...]
    marked: dict[str, str]


def read_back(name: str, data: bytes, sent: Sent) -> Returned:
    """A file beside the paper as it was sent out; Refused where it is no Word file, or not this paper."""
    file = read_file(name, data)
    found = aligned(sent.paragraphs, file.paragraphs)
    ours = bool(file.tagged or file.marked or file.number)
    if not ours and found.share < ALIKE:
        _refuse(name, "没有本账的数字标记，文字也对不上", "由本账导出、人工改过的这份文稿", "核对是不是传错了文件")
    figures = tuple(_figures(sent, file, found))
    return Returned(file.number, figures, tuple(_words(sent, found)))


def read_file(name: str, data: bytes) -> File:
    """What a Word file holds; Refused says why it cannot be read."""
    if data.startswith(b"\xd0\xcf\x11\xe0"):
        _refuse(name, "旧版 Word 文件（.doc）", ".docx 文件", "在 Word 或 WPS 里另存为 .docx，再上传")
    examine(name, data, ("docx",))
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            body = ElementTree.fromstring(archive.read("word/document.xml"))  # noqa: S314  examined: it declares nothing
            custom = archive.read("docProps/custom.xml").decode() if "docProps/custom.xml" in archive.namelist() else ""
    except (KeyError, zipfile.BadZipFile, ElementTree.ParseError, UnicodeDecodeError):
        _refuse(name, "读不出正文", "完整的 .docx 文件", "用办公软件打开后另存，再上传")
    marked = dict(_bookmarks(body))
    said = re.search(r'name="文稿编号"[^>]*>\s*<vt:lpwstr>([0-9A-Za-z]{8})<', custom)
    number = said[1] if said else next((found[1] for mark in marked if (found := _BOOKMARK.fullmatch(mark))), "")
    paragraphs = tuple(text for p in body.iter(f"{W}p") if (text := _text(p).strip()))
    return File(number, paragraphs, tuple(_tags(body)), marked)


def _refuse(name: str, found: str, expected: str, remedy: str) -> NoReturn:
    raise Refused([Unfit("upload.1", found, expected, remedy).of(name)])


def _text(element: ElementTree.Element) -> str:
    """The words of an element as they are read: without what a revision has deleted."""
    return "".join(node.text or "" for node in element.iter(f"{W}t"))


def _tags(body: ElementTree.Element) -> Iterator[tuple[str, str]]:
    """The controls that bear the name of a figure, with their words."""
    for control in body.iter(f"{W}sdt"):
        tag = control.find(f"{W}sdtPr/{W}tag")
        name = tag.get(f"{W}val", "") if tag is not None else ""
        content = control.find(f"{W}sdtContent")
        if _TAG.fullmatch(name) and content is not None:
            yield name, _text(content)


def _bookmarks(body: ElementTree.Element) -> Iterator[tuple[str, str]]:
    """The bookmarks of figures with the words between their ends."""
    opened: dict[str, tuple[str, list[str]]] = {}
    for node in body.iter():
        if node.tag == f"{W}bookmarkStart" and _BOOKMARK.fullmatch(node.get(f"{W}name", "")):
            opened[node.get(f"{W}id", "")] = (node.get(f"{W}name", ""), [])
        elif node.tag == f"{W}bookmarkEnd" and node.get(f"{W}id", "") in opened:
            name, words = opened.pop(node.get(f"{W}id", ""))
            yield name, "".join(words)
        elif node.tag == f"{W}t":
            for _, words in opened.values():
                words.append(node.text or "")


def _figures(sent: Sent, file: File, found: Aligned) -> Iterator[Found]:
    """Each figure: by tag, else by bookmark, else by the words around it."""
    tagged: dict[str, list[str]] = {}
    for name, text in file.tagged:
        tagged.setdefault(name, []).append(text)
    printed: dict[str, int] = {}
    for one in sent.figures:
        printed[one.name] = printed.get(one.name, 0) + 1
    for one in sent.figures:
        same = tagged.get(one.name, [])
        if same and len(same) == printed[one.name]:  # one of two that was cut out: which one, the tags do not tell
            yield Found(one, tagged[one.name].pop(0), "tag")
            printed[one.name] -= 1
        elif file.marked.get(one.bookmark):
            yield Found(one, file.marked[one.bookmark], "bookmark")
        else:
            yield _by_text(one, found)


def _by_text(one: Printed, found: Aligned) -> Found:
    """A figure by the words around it."""
    place = _place(one, found)
    return Found(one, found.text(one.paragraph)[place[0] : place[1]], "text") if place else Found(one, "", "lost")


def _place(one: Printed, found: Aligned) -> tuple[int, int] | None:
    """Where a figure stands now in its paragraph, with a hedge and unit that were written beside it."""
    begin, end = found.span(one.paragraph, one.first, one.last)
    now = found.text(one.paragraph)[begin:end]
    said = _NUMBER.search(now)
    if one.text in now and (said is None or one.text not in said[0]):
        at = begin + now.index(one.text)
        return at, at + len(one.text)
    return (begin + said.start(), begin + said.end()) if said else None


def _sentence(unit: Unit, found: Aligned) -> tuple[int, int]:
    """Where a sentence stands now: what was written before it without an end of its own is its beginning."""
    early, _ = found.span(unit.paragraph, unit.first, unit.last)
    begin, end = found.span(unit.paragraph, unit.first, unit.last, outer=False)
    before = found.text(unit.paragraph)[early:begin]
    return (early if begin < end and before and before[-1] not in ENDS else begin), end


def _words(sent: Sent, found: Aligned) -> Iterator[Words]:
    """The sentences that were changed, deleted, moved; then what was added."""
    added = found.added([(unit.paragraph, *_sentence(unit, found)) for unit in sent.units])
    gone = []
    for unit in sent.units:
        own = [f for f in sent.figures if f.paragraph == unit.paragraph and unit.first <= f.first < unit.last]
        begin, end = _sentence(unit, found)
        now = found.text(unit.paragraph)[begin:end]
        places = [(a - begin, b - begin) for a, b in filter(None, (_place(f, found) for f in own))]
        if not now.strip():
            gone.append(unit)
        elif (masked := _masked(now, places)) != _masked(
            unit.text, [(f.first - unit.first, f.last - unit.first) for f in own]
        ):
            yield Words("changed", unit.line, unit.text, now, masked)
    for unit in gone:
        place = next((text for text in added if unit.text.rstrip("。；，") in text), None)
        if place is None:
            yield Words("deleted", unit.line, unit.text, "")
        else:
            added[added.index(place)] = place.replace(unit.text.rstrip("。；，"), "", 1).strip("。；，")
            yield Words("moved", unit.line, unit.text, unit.text)
    yield from (Words("added", 0, "", text) for text in added if text.strip("。；，、 "))


def _masked(text: str, spans: Sequence[tuple[int, int]]) -> str:
    """A sentence with its figures as ■."""
    for first, last in reversed(spans):
        text = f"{text[:first]}■{text[last:]}"
    return text


def _plain(text: str) -> str:
    """Words without what does not change them: spaces, thousands' commas, full-width digits."""
    digits = str.maketrans("０１２３４５６７８９．％", "0123456789.%")
    return re.sub(r"\s|(?<=[0-9]),(?=[0-9]{3})", "", text.translate(digits))
