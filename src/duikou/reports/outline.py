"""An outline names chapters and sentences with figures in them; filled from one snapshot it is a paper.

The sentence is the unit (L5): one without its figure is written in its `none` wording or left out, never with a gap.
"""

import re
import tomllib
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from functools import cache
from hashlib import sha256
from pathlib import Path
from typing import Any

from duikou.rules.period import time_words
from duikou.snapshot.store import Snapshot
from duikou.statistics.figure import Figure, Name
from duikou.statistics.measure import RefusedSum, figure
from duikou.terms.words import region, regions, vocabulary, zh

from . import yields
from .word import Number, Paper, Paragraph

HERE = Path(__file__).parent / "outlines"
CODED = {"form": "gift", "status": "status", "sector": "sector"}
_SLOT = re.compile(r"\{([^}]+)\}")
NTH = "\x00"  # stands for {nth} until it is known how many points a chapter has
_CLAUSE = re.compile(r"\[([^\]]*)\]")

Piece = str | Number


@cache
def outlines() -> dict[str, dict[str, Any]]:
    """All outlines by code."""
    return {path.stem: tomllib.loads(path.read_text("utf-8")) for path in sorted(HERE.glob("*.toml"))}


def sheets_of(code: str) -> list[str]:
    """The sheets an outline uses, in order."""
    found = []
    for chapter in outlines()[code]["chapter"]:
        for paragraph in chapter["paragraph"]:
            for sentence in paragraph["sentences"]:
                found += (
                    yields.sheets(outlines()[code].get("yield", ()), sentence["yields"]) if "yields" in sentence else []
                )
                found += [*sentence.get("figures", ()), *([sentence["figure"]] if "figure" in sentence else ())]
    return found


@dataclass(frozen=True)
class Filling:
    """What an outline is filled from: a snapshot, a programme, a period; and the words of the programme."""

    snapshot: Snapshot
    programme: Mapping[str, Any]
    period: str
    groups: yields.Groups = ()

    @property
    def code(self) -> str:
        """The programme's code."""
        return str(self.programme["code"])

    @property
    def words(self) -> dict[str, str]:
        """Names of the two sides, and the day up to which the book knows."""
        sides = {}
        for side in ("supporting", "receiving"):
            code = self.programme[side]
            area = region(code) if code else None
            sides[side] = area.name if area else "（单位未明）"
            sides[f"{side}_short"] = area.short if area else "受援方"
        day = self.youngest
        return sides | {"nth": NTH, "as_of": f"{day.year}年{day.month}月{day.day}日" if day else "目前"}

    @property
    def youngest(self) -> date | None:
        """The youngest day of which the book knows something; nothing for a programme without dated records."""
        rows = [row for table in ("visits", "entries", "projects", "gifts") for row in self.rows(table)]
        youngest: date | None = max((row["last"] for row in rows if row["last"]), default=self.programme["last"])
        return youngest

    def rows(self, table: str) -> list[dict[str, Any]]:
        """The rows of a table that belong to the programme."""
        return [row for row in self.snapshot.rows[table] if row["programme"] == self.code]

    def figure(self, sheet: str, cut: tuple[tuple[str, str], ...] = ()) -> Figure | None:
        """A figure of the programme and period; nothing where there is none, or where its records may not be added."""
        try:
            found = figure(self.snapshot, Name(sheet, self.code, self.period, cut))
        except RefusedSum:
            return None
        return None if found.blank else found

    def organisations(self) -> dict[str, str]:
        """Names of organisations by code."""
        return {o["code"]: o["name"] for o in self.snapshot.rows["organisations"]}


def paper(snapshot: Snapshot, code: str, programme: str, period: str) -> Paper:
    """The paper of an outline for a programme and period; StopIteration where there is no such programme."""
    outline = outlines()[code]
    row = next(p for p in snapshot.rows["programmes"] if p["code"] == programme)
    filling = Filling(snapshot, row, period, outline.get("yield", ()))
    words = filling.words
    body: list[Paragraph] = []
    ordinals = iter("一二三四五六七八九十")
    for chapter in outline["chapter"]:
        paragraphs = list(_chapter(filling, words, chapter))
        if paragraphs and chapter["heading"]:
            body.append(Paragraph((f"{next(ordinals)}、{chapter['heading']}",), level=1))
        body += paragraphs
    made_at = datetime.fromisoformat(snapshot.at)
    return Paper(
        title=outline["title"].format(**words),
        office=f"{row['office']}负责人" if row["office"] else "承办单位负责人",
        day=filling.youngest or made_at.date(),
        salutation=outline["salutation"],
        body=tuple(body),
        head=snapshot.head.short,
        head_full=snapshot.head.full,
        made_at=made_at,
        number=sha256(f"{code} {programme} {period} {snapshot.digest}".encode()).hexdigest()[:8],
    )


def names_in(snapshot: Snapshot) -> tuple[str, ...]:
    """Names that may hold numerals: organisations, plans, papers of the book."""
    named = [o["name"] for o in snapshot.rows["organisations"]]
    titled = [
        row["label"]
        for table in ("plans", "agreements", "measures", "policy_bases", "commitments")
        for row in snapshot.rows[table]
    ]
    return tuple(n for n in [*named, *titled] if re.search(r"\d", n))


def _chapter(filling: Filling, words: dict[str, str], chapter: Mapping[str, Any]) -> Iterator[Paragraph]:
    """The paragraphs of a chapter that have something to say; its points are counted as they are said."""
    ordinals = iter("一二三四五六七八九十")
    for paragraph in chapter["paragraph"]:
        pieces = [p for sentence in paragraph["sentences"] for p in _sentence(filling, words, sentence)]
        if pieces:
            counted = [re.sub(NTH, lambda _: next(ordinals), p) if isinstance(p, str) else p for p in pieces]
            yield Paragraph(tuple(_joined(counted)))


def _sentence(filling: Filling, words: dict[str, str], sentence: Mapping[str, Any]) -> list[Piece]:
    """The pieces of a sentence, or of its wording for no figure."""
    if "yields" in sentence:
        return _yields(filling, sentence)
    asked = {sheet: filling.figure(sheet) for sheet in sentence.get("figures", ())}
    figures = {sheet: found for sheet, found in asked.items() if found}
    end = sentence.get("end", "")
    if len(figures) < len(asked):
        return [sentence["none"] + end] if "none" in sentence else []
    if "each" not in sentence:
        return [*_pieces(sentence["text"], words, figures, {}), *([end] if end else [])]
    return _each(filling, words, sentence, figures)


def _yields(filling: Filling, sentence: Mapping[str, Any]) -> list[Piece]:
    """What projects yield; `by` area: each area that yields something, where there are several."""
    of = sentence["yields"]
    rows = filling.rows(of)
    groups = yields.present(filling.groups, of, rows)

    def said(cut: tuple[tuple[str, str], ...] = ()) -> list[Piece]:
        return yields.clauses(groups, of, lambda sheet: filling.figure(sheet, cut), lambda _, found: [_number(found)])

    if "by" not in sentence:
        pieces = said()
    else:
        named = [(_short(code), said(((sentence["by"], code),))) for code in yields.regions(rows)]
        having = [(name, clauses) for name, clauses in named if clauses]
        pieces = [p for at, (name, clauses) in enumerate(having) for p in (("；" if at else "") + name, *clauses)]
        pieces = pieces if len(having) > 1 else []
    return [sentence.get("begin", ""), *pieces, sentence.get("end", "")] if pieces else []


def _number(found: Figure) -> Number:
    """A figure as it stands in a sentence, a year's quota without 每年."""
    return Number(found.text.removesuffix("/年"), found.tag, found.definition.name)


def _each(
    filling: Filling, words: dict[str, str], sentence: Mapping[str, Any], figures: dict[str, Figure]
) -> list[Piece]:
    """One wording per record, joined."""
    rows = _records(filling, sentence)
    pieces: list[Piece] = []
    for row in rows:
        own = dict(figures)
        if "figure" in sentence:
            found = filling.figure(sentence["figure"], ((sentence["cut"], row["giver"]),))
            if found is None:
                continue
            own["figure"] = found
        said = _pieces(sentence["text"], words, own, _columns(filling, row))
        pieces += [sentence.get("join", ""), *said] if pieces else said
    begin, end = (_pieces(sentence.get(part, ""), words, {}, {}) for part in ("begin", "end"))
    return [*begin, *pieces, *end] if pieces else []


def _records(filling: Filling, sentence: Mapping[str, Any]) -> Sequence[dict[str, Any]]:
    rows = [
        row
        for row in filling.rows(sentence["each"])
        if all(row[column] in allowed for column, allowed in sentence.get("where", {}).items())
        and (not sentence.get("dated") or row["first"])
        and (not sentence.get("has") or _columns(filling, row).get(sentence["has"]))
    ]
    if sentence.get("dated"):
        rows.sort(key=lambda row: (row["first"], row["last"]))
    if "count" in sentence and (sentence["count"] == "one") is not (len(rows) == 1):
        return []
    return rows[sentence.get("skip", 0) : sentence.get("first")]


def _columns(filling: Filling, row: dict[str, Any]) -> dict[str, str]:
    """What a wording may take from a record: its columns in words, when, its lists and parties."""
    found = {c: zh(CODED[c], v) if c in CODED and v in vocabulary()[CODED[c]] else str(v or "") for c, v in row.items()}
    organisations = filling.organisations()
    for side in ("giver", "receiver"):
        found.setdefault(f"{side}_name", organisations.get(row.get(side) or "", ""))
    if row.get("region"):
        found["region_name"] = _short(row["region"])
    if row.get("first") and row.get("last"):
        found["when"] = time_words(row["first"], row["last"])
    found["event_said"] = f"出席{row['event']}，" if row.get("event") else ""
    found |= _lists(item for item in filling.rows("items") if item["record"] == row["number"])
    for party in filling.rows("parties"):
        if party["record"] == row["number"]:
            key = f"party:{party['role']}"
            found[key] = f"{found[key]}、{party['name']}" if key in found else party["name"]
    return found


def _short(code: str) -> str:
    """The short name of an area, of one that has another code today too: the book of 2012 speaks of 同仁县."""
    return regions()[code][-1].short


def _lists(items: Iterable[Mapping[str, Any]]) -> dict[str, str]:
    """The lists of a record in words; points with a detail are told by it: 市长任第一副组长."""
    points: dict[str, dict[str, list[str]]] = {}
    for item in items:
        points.setdefault(f"list:{item['list']}", {}).setdefault(item["text"], []).append(item["detail"])
    said = {}
    for name, texts in points.items():
        detailed = [f"{'、'.join(details)}任{text}" for text, details in texts.items() if any(details)]
        said[name] = "，".join(detailed) if detailed else "、".join(texts)
    return said


def _pieces(text: str, words: dict[str, str], figures: dict[str, Figure], columns: dict[str, str]) -> list[Piece]:
    """A wording with its slots filled: figures as numbers, the rest as text; a clause in brackets only where it is told."""
    said = _CLAUSE.sub(lambda clause: clause[1] if _told(clause[1], words, figures, columns) else "", text)
    return _filled(said, words, figures, columns)


def _told(clause: str, words: dict[str, str], figures: dict[str, Figure], columns: dict[str, str]) -> bool:
    """Whether there is something for every slot of a clause."""
    return all(slot in figures or columns.get(slot) or words.get(slot) for slot in _SLOT.findall(clause))


def _filled(text: str, words: dict[str, str], figures: dict[str, Figure], columns: dict[str, str]) -> list[Piece]:
    pieces: list[Piece] = []
    at = 0
    for slot in _SLOT.finditer(text):
        pieces.append(text[at : slot.start()])
        key = slot[1]
        if key in figures:
            pieces.append(_number(figures[key]))
        elif key in columns:
            pieces.append(columns[key])
        elif key in words:
            pieces.append(words[key])
        else:
            raise KeyError(f"提纲中的 {{{key}}} 既不是口径，也不是列；句子：{text}")
        at = slot.end()
    pieces.append(text[at:])
    return [p for p in pieces if p != ""]


def _joined(pieces: Sequence[Piece]) -> Iterator[Piece]:
    """Neighbouring texts as one."""
    text = ""
    for piece in pieces:
        if isinstance(piece, str):
            text += piece
        else:
            if text:
                yield text
            text = ""
            yield piece
    if text:
        yield text
