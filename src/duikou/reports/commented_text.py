"""The words of a Word file where they stand in its bytes, so that marks can be set between them and nothing else changes."""

import unicodedata
from bisect import bisect_right
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from itertools import accumulate
from xml.parsers.expat import ParserCreate

MAIN = (
    "http://schemas.openxmlformats.org/wordprocessingml/2006/main",
    "http://purl.oclc.org/ooxml/wordprocessingml/main",
)
_SEEN = ("Cc", "Cf", "Cs")  # what cannot be seen is not counted among the characters of a paragraph
_PRESERVED = b' xml:space="preserve"'
Span = tuple[int, int]


@dataclass
class Piece:
    """The words of one element of text: each character's place in the file, the run around it.

    `opened`: where the element begins; `run`: where its run begins; `about`: the run's properties as they are written;
    `alone`: nothing stands before it in its run.
    """

    opened: int
    run: int
    about: bytes = b""
    alone: bool = True
    closed: int = 0
    run_end: int = 0
    text: str = ""
    places: list[int] = field(default_factory=list)


@dataclass
class Words:
    """All words of a part in order, and where each paragraph stands among them."""

    data: bytes
    prefix: str
    pieces: list[Piece]
    found: dict[int, list[tuple[int, int, int]]]  # per paragraph: its characters from, to, the first of all of them

    def span(self, paragraph: int, start: int, end: int) -> Span | None:
        """The first and the last of all characters that a stretch of a paragraph holds; nothing where it has no place."""
        stretches = self.found.get(paragraph, [])
        first = next((at + start - low for low, high, at in stretches if low <= start < high), None)
        last = next((at + end - 1 - low for low, high, at in stretches if low < end <= high), None)
        return (first, last) if first is not None and last is not None and first <= last else None

    def marked(self, marks: Sequence[tuple[int, int, int]]) -> bytes:
        """The part with a comment's marks around stretches of characters: number, first, last."""
        starts = list(accumulate((len(piece.text) for piece in self.pieces), initial=0))
        edits: list[tuple[int, int, bytes]] = []  # place, order, what is put in
        spaced: set[int] = set()
        for number, first, last in marks:
            one, two = (bisect_right(starts, place) - 1 for place in (first, last))
            self._cut(edits, spaced, self.pieces[one], first - starts[one], self._begin(number), 1)
            self._cut(edits, spaced, self.pieces[two], last - starts[two] + 1, self._end(number), 0)
        made, place = [], 0
        for at, _, words in sorted(edits, key=lambda one: one[:2]):
            made += [self.data[place:at], words]
            place = at
        return b"".join([*made, self.data[place:]])

    def _cut(
        self, edits: list[tuple[int, int, bytes]], spaced: set[int], piece: Piece, at: int, mark: bytes, order: int
    ) -> None:
        """A mark between two characters; the run is cut in two where they stand in one."""
        if at == 0 and piece.alone:
            edits.append((piece.run, order, mark))
            return
        if at == len(piece.text) and piece.run_end and self.data[piece.closed : piece.run_end].count(b"<") == 2:
            edits.append((piece.run_end, order, mark))
            return
        place = piece.places[at] if at < len(piece.places) else piece.closed
        w = self.prefix.encode()
        cut = b"</%s:t></%s:r>" % (w, w) + mark + b"<%s:r>" % w + piece.about + b"<%s:t%s>" % (w, _PRESERVED)
        edits.append((place, order, cut))
        if piece.opened not in spaced and _PRESERVED.strip() not in self.data[piece.opened : piece.places[0]]:
            spaced.add(piece.opened)
            edits.append((piece.opened + len(b"<%s:t" % w), 0, _PRESERVED))

    def _begin(self, number: int) -> bytes:
        return f'<{self.prefix}:commentRangeStart {self.prefix}:id="{number}"/>'.encode()

    def _end(self, number: int) -> bytes:
        w = self.prefix
        return (
            f'<{w}:commentRangeEnd {w}:id="{number}"/><{w}:r><{w}:commentReference {w}:id="{number}"/></{w}:r>'.encode()
        )


def read_words(data: bytes, paragraphs: Sequence[str]) -> Words:
    """The words of a part, and where each of the paragraphs that a reader made of them stands."""
    reader = _Reader(data)
    if data[:2] in (b"\xff\xfe", b"\xfe\xff") or f"xmlns:{reader.prefix}=".encode() not in data:
        return Words(data, "w", [], {})  # written in another way than office programs do
    whole = "".join(piece.text for piece in reader.pieces)
    return Words(data, reader.prefix, reader.pieces, dict(_placed(whole, paragraphs)))


def _placed(whole: str, paragraphs: Sequence[str]) -> Iterable[tuple[int, list[tuple[int, int, int]]]]:
    """Each paragraph among all characters, line by line and cell by cell; what was hidden between them is passed over."""
    place = 0
    for number, text in enumerate(paragraphs, 1):
        stretches, low = [], 0
        for line in text.replace("\t", "\n").split("\n"):
            at = whole.find(line, place) if line else -1
            at = at if at >= 0 or not line else whole.find(line)
            if at >= 0:
                stretches.append((low, low + len(line), at))
                place = max(place, at + len(line))
            low += len(line) + 1
        yield number, stretches


class _Reader:
    """Reads the text elements of a part with the places of their characters in its bytes."""

    def __init__(self, data: bytes) -> None:
        self.data, self.pieces, self.prefix = data, [], "w"
        self.open: list[
            tuple[int, bytes, bool]
        ] = []  # runs: where each begins, its properties, whether it has words yet
        self.about = self.deep = 0  # where the properties of a run begin, and how many stand in one another
        self.piece: Piece | None = None
        self.xml = ParserCreate(namespace_separator=" ")
        self.xml.namespace_prefixes = True
        self.xml.buffer_text = False
        self.xml.StartElementHandler, self.xml.EndElementHandler = self._begin, self._end
        self.xml.CharacterDataHandler = self._words
        self.xml.Parse(data, True)

    pieces: list[Piece]

    def _name(self, tag: str) -> str:
        """The name of an element of the main text; empty for others."""
        space, _, rest = tag.partition(" ")
        name, _, prefix = rest.partition(" ")
        if space not in MAIN:
            return ""
        self.prefix = prefix or self.prefix
        return name

    def _begin(self, tag: str, _attributes: dict[str, str]) -> None:
        name, at = self._name(tag), self.xml.CurrentByteIndex
        if name == "r":
            self.open.append((at, b"", True))
        elif not self.open:
            return
        elif name == "rPr":
            self.about, self.deep = self.about or at, self.deep + 1
        elif name == "t":
            begun, about, alone = self.open[-1]
            self.piece = Piece(at, begun, about, alone)
        elif not self.about:
            begun, about, _ = self.open[-1]
            self.open[-1] = (begun, about, False)

    def _end(self, tag: str) -> None:
        name, at = self._name(tag), self.xml.CurrentByteIndex
        if name == "rPr" and self.open:
            self.deep -= 1
            if self.deep:
                return
            end = self.data.index(b">", at) + 1
            begun, _, alone = self.open[-1]
            self.open[-1] = (begun, self.data[self.about : end], alone)
            self.about = 0
        elif name == "t" and self.piece:
            self.piece.closed = at
            if self.piece.text:
                self.pieces.append(self.piece)
            self.piece = None
            begun, about, _ = self.open[-1]
            self.open[-1] = (begun, about, False)
        elif name == "r" and self.open:
            begun, _, _ = self.open.pop()
            end = self.data.index(b">", at) + 1
            for piece in reversed(self.pieces):
                if piece.run != begun:
                    break
                piece.run_end = end

    def _words(self, said: str) -> None:
        if self.piece is None:
            return
        at = self.xml.CurrentByteIndex
        one_by_one = self.data[at : at + 1] != b"&"
        for character in said:
            if unicodedata.category(character) not in _SEEN or character in "\t\n":
                self.piece.text += character
                self.piece.places.append(at)
            at += len(character.encode()) if one_by_one else 0
