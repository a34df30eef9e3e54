"""The parts of a Word file (.docx): how one leads to another, what their elements and styles say."""

import posixpath
from collections.abc import Iterator
from typing import NamedTuple
from xml.etree import ElementTree
from xml.etree.ElementTree import Element

from ..packed import Entry, Unpacking, entries
from ..unfit import MB, Unfit

LARGEST_PART = 50 * MB
DEEPEST = 20  # styles that rest on one another
_OFF = ("0", "false", "off")


class Style(NamedTuple):
    """What a style says of words written in it: whether they are hidden, whether they are a heading."""

    hidden: bool = False
    heading: bool = False


class Package:
    """The parts of the file by name, and which of them belongs to which."""

    def __init__(self, data: bytes) -> None:
        self.data = data
        self.entries: dict[str, Entry] = {entry.name: entry for entry in entries(data)}

    def part(self, name: str) -> Element:
        """A part, which has been examined: it declares nothing and is not deep."""
        entry = self.entries[name]
        if entry.size > LARGEST_PART:
            raise Unfit(
                "upload.3", f"“{name}”有 {entry.size // MB} MB", f"至多 {LARGEST_PART // MB} MB", "分成几个文件再读"
            )
        return ElementTree.fromstring(b"".join(Unpacking(self.data).pieces(entry)))  # noqa: S314

    def main(self) -> str:
        """The name of the main part."""
        return next(iter(self._led_to("", "officeDocument")), "word/document.xml")

    def parts_of(self, name: str, kind: str) -> list[Element]:
        """The parts of a kind that a part leads to."""
        return [self.part(led) for led in self._led_to(name, kind) if led in self.entries]

    def _led_to(self, name: str, kind: str) -> Iterator[str]:
        folder, last = posixpath.split(name)
        told = posixpath.join(folder, "_rels", f"{last}.rels")
        for one in self.part(told) if told in self.entries else ():
            if one.get("Type", "").rpartition("/")[2] == kind and one.get("TargetMode") != "External":
                yield posixpath.normpath(posixpath.join("/", folder, one.get("Target", ""))).lstrip("/")


def name_of(node: Element) -> str:
    """The name of an element without its namespace, which has two forms; of what is drawn nothing is words."""
    space, _, name = node.tag.rpartition("}")
    return "" if space.endswith("drawingml/2006/main") else name


def value_of(node: Element | None, name: str) -> str:
    """The attribute of a name, whatever its namespace."""
    found = () if node is None else (value for key, value in node.items() if key.rpartition("}")[2] == name)
    return next(iter(found), "")


def below(node: Element | None, *path: str) -> Element | None:
    """The element at the end of a path of names."""
    for name in path:
        node = next((child for child in node if name_of(child) == name), None) if node is not None else None
    return node


def is_on(node: Element | None) -> bool | None:
    """What a switch says, or nothing."""
    return None if node is None else value_of(node, "val") not in _OFF


def styles_of(parts: list[Element]) -> dict[str, Style]:
    """What each style says, by its name, or the one that it rests on."""
    known = {value_of(style, "styleId"): style for part in parts for style in part if name_of(style) == "style"}
    made: dict[str, Style] = {}
    for name in known:
        hidden, heading, at, seen = None, False, name, set[str]()
        while (style := known.get(at)) is not None and at not in seen and len(seen) < DEEPEST:
            seen.add(at)
            hidden = is_on(below(style, "rPr", "vanish")) if hidden is None else hidden
            title = value_of(below(style, "name"), "val").lower()
            heading = heading or title.startswith(("heading", "标题")) or leads(below(style, "pPr", "outlineLvl"))
            at = value_of(below(style, "basedOn"), "val")
        made[name] = Style(bool(hidden), heading)
    return made


def leads(level: Element | None) -> bool:
    """Whether a level of an outline is one of headings."""
    return value_of(level, "val") in set("012345678")
