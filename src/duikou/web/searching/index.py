"""The words of the book, folded, kept beside its snapshot: read again only where a segment is new."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property, lru_cache
from weakref import WeakValueDictionary

import pyarrow.parquet as pq

from duikou.snapshot.store import Snapshot
from duikou.snapshot.tables import TABLES
from duikou.web.matching import fold

from . import told
from .question import Question, Word

BETWEEN = "\x1e"  # stands between texts that are folded together
Place = tuple[int, int, str]  # document, paragraph (0 where none is named), the words


@dataclass
class Part:
    """What the rows of a segment say in one programme, row by row: number, kind, name, all words, sums."""

    numbers: list[int] = field(default_factory=list)
    kinds: list[str] = field(default_factory=list)
    names: list[str] = field(default_factory=list)
    texts: list[str] = field(default_factory=list)
    sums: list[tuple[int, ...]] = field(default_factory=list)
    rows: list[int] = field(default_factory=list)
    kind: str = ""  # the one kind of all rows, each a record of its own; empty where they are mixed or of other tables

    def matching(self, asked: Question) -> Sequence[int]:
        """The places of the rows in which all words stand."""
        left: Sequence[int] = range(len(self.numbers))
        for word in asked.words:
            left = self._bearing(word, left)
        return left

    def _bearing(self, word: Word, left: Sequence[int]) -> Sequence[int]:
        """Those of some places whose rows bear a word, are of its number or hold its sum."""
        text, texts, numbers, sums = word.text, self.texts, self.numbers, self.sums
        if (number := word.number) is not None:
            kinds = word.kinds or frozenset(self.kinds)
            return [at for at in left if text in texts[at] or (numbers[at] == number and self.kinds[at] in kinds)]
        if (fen := word.fen) is not None:
            return [at for at in left if text in texts[at] or (fen in sums[at] and word.rest in texts[at])]
        return [at for at in left if text in texts[at]]


@dataclass
class Said:
    """The words of documents that records of one programme rest on, in a segment: place, words, the record."""

    places: list[Place] = field(default_factory=list)
    texts: list[str] = field(default_factory=list)
    records: list[int] = field(default_factory=list)


@dataclass(eq=False)
class Segment:
    """A segment of a table by programme (empty: of none): what its rows say, or the words of documents."""

    file: str
    table: str
    parts: dict[str, Part]
    said: dict[str, Said]
    used: dict[str, set[int]]


@dataclass(eq=False)
class Index:
    """All segments of a snapshot."""

    segments: tuple[Segment, ...]

    def parts(self, programme: str) -> Iterator[tuple[Segment, Part]]:
        """What is said in a programme."""
        return ((segment, segment.parts[programme]) for segment in self.segments if programme in segment.parts)

    def said(self, programme: str) -> Iterator[Said]:
        """The words of documents that a programme rests on."""
        return (segment.said[programme] for segment in self.segments if programme in segment.said)

    @cached_property
    def attendances(self) -> Mapping[str, frozenset[int]]:
        """The records of who took part, by programme."""
        found: dict[str, set[int]] = {}
        for segment in self.segments:
            if segment.table == "attendances":
                for programme, part in segment.parts.items():
                    found.setdefault(programme, set()).update(part.numbers)
        return {programme: frozenset(numbers) for programme, numbers in found.items()}

    def rests_on(self, programme: str, document: int) -> bool:
        """Whether a record of a programme rests on a document."""
        return any(document in segment.used.get(programme, ()) for segment in self.segments)


_kept: WeakValueDictionary[str, Segment] = WeakValueDictionary()  # by file, as long as an index holds them


@lru_cache(maxsize=2)
def index(taken: Snapshot) -> Index:
    """The words of a snapshot; after an act only segments that it changed are read."""
    tables = [table.name for table in TABLES if table.name not in told.APART or table.name == "statements"]
    return Index(tuple(_segment(file, table) for table in tables for file in taken.files(table)))


def _segment(file: str, table: str) -> Segment:
    found = _kept.get(f"{table} {file}")
    if found is None:
        found = _said(file) if table == "statements" else _rows(file, table)
        _kept[f"{table} {file}"] = found
    return found


def _rows(file: str, table: str) -> Segment:
    """The rows of a segment of records; an item or a party stands under the number and kind of its record."""
    read = told.columns(file, table)
    parts: dict[str, Part] = {}
    own = table not in told.OF_OTHERS
    kinds = read.get("kind" if own else "record_kind")
    if not told.size(read) or kinds is None:
        return Segment(file, table, parts, {}, {})
    said = list(told.lines(table, read))
    names = _folded([line[0] for line in said])
    texts = _folded(["\n".join(filter(None, line)) for line in said])
    programmes, numbers = read.get("programme", [None] * len(said)), read["number" if own else "record"]
    rows = zip(programmes, numbers, kinds, names, texts, told.sums(table, read), strict=True)
    for at, (programme, number, kind, name, text, sums) in enumerate(rows):
        part = parts.setdefault(programme or "", Part())
        part.numbers.append(number)
        part.kinds.append(kind)
        part.names.append(name)
        part.texts.append(text)
        part.sums.append(sums)
        part.rows.append(at)
    for part in parts.values():
        part.kind = part.kinds[0] if own and len(set(part.kinds)) == 1 else ""
    return Segment(file, table, parts, {}, {})


def _said(file: str) -> Segment:
    """The words of a segment of statements."""
    read = pq.read_table(file, columns=["programme", "document", "paragraph", "fragment", "record"])
    fragments = told.texts(read, "fragment")
    columns = (read[name].to_pylist() for name in ("programme", "document", "paragraph", "record"))
    said: dict[str, Said] = {}
    used: dict[str, set[int]] = {}
    for programme, document, paragraph, record, fragment, folded in zip(
        *columns, fragments, _folded(fragments), strict=True
    ):
        used.setdefault(programme or "", set()).add(document)
        if fragment:
            part = said.setdefault(programme or "", Said())
            part.places.append((document, paragraph or 0, fragment))
            part.texts.append(folded)
            part.records.append(record)
    return Segment(file, "statements", {}, said, used)


def _folded(texts: Iterable[str]) -> list[str]:
    """Texts as they are compared, folded in one go."""
    whole = list(texts)
    folded = fold(BETWEEN.join(whole)).split(BETWEEN)
    return folded if len(folded) == len(whole) else [fold(text) for text in whole]
