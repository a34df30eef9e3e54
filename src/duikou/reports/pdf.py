"""A paper as PDF, set by typst in the same look as in Word."""

import itertools
import json
import re
from collections.abc import Sequence
from functools import cache
from pathlib import Path
from typing import Any

import typst

from . import redhead
from .look import Look, stand_ins
from .package import universal
from .paper import Annex, Chart, Form, Heading, Paper, Piece, day_words, text_of, title_lines
from .printed import Printed

TEMPLATE = Path(__file__).parent / "typst" / "paper.typ"
CARRIED = 2  # lines of the text that go with a signature
NOT_FIRST = "；："  # behind a box a line may end before these, which are no closing marks to the rules of line breaking
_KEPT = re.compile("([0-9][0-9.,]*(?:[%％]|[年月日号万亿元个人名所项次度]{1,3})?)")  # a number stays with its unit


@cache
def _fonts() -> typst.Fonts:
    """The fonts of the machine, looked for once; those that typst brings along are not used."""
    return typst.Fonts(include_system_fonts=True, include_embedded_fonts=False)


def write_pdf(
    paper: Paper, *, form: Form = "spoken", heading: Heading | None = None, look: Look | None = None
) -> bytes:
    """The paper as a .pdf file; the same paper, fonts and typst give the same bytes."""
    look, heading = look or Look(), heading or Heading()
    if form == "upward":
        redhead.must_fit(heading)
    data = _data(paper, form, heading, look)
    made = _compiled(paper, data)
    if form == "upward" and (rest := _alone(paper, made, data["signed"])):
        _part(data["blocks"][-1], rest)
        made = _compiled(paper, data)
    return made


def _compiled(paper: Paper, data: dict[str, Any]) -> bytes:
    moment = int(universal(paper.made_at).timestamp())
    inputs = {"paper": json.dumps(data, ensure_ascii=False)}
    return typst.compile(TEMPLATE.read_bytes(), font_paths=_fonts(), sys_inputs=inputs, timestamp=moment, format="pdf")


def _alone(paper: Paper, pdf: bytes, signed: str) -> int:
    """How many characters of the last paragraph must go over to the page of the signature; 0 where it has company."""
    printed = Printed(pdf)
    pages = ((n, printed.page(n).text) for n in reversed(range(len(printed))))  # from the end: most need not be read
    at, line = next(((n, at) for n, text in pages for at, line in enumerate(text) if line.text == signed), (0, 0))
    company = printed.page(at).text[: max(0, line - 1)]  # the name of the office stands above the date
    if not at or not paper.body or (company and not company[0].text.startswith("附件：")):
        return 0
    text = text_of(paper.body[-1].pieces)
    said = "".join(text.split())
    last = "".join("".join(line.text.split()) for line in printed.page(at - 1).text[-CARRIED:])
    return len(last) if said.endswith(last) else len(text) if last.endswith(said) else 0


def _part(block: dict[str, Any], rest: int) -> None:
    """Part the pieces of a block before its last so many characters; one that is no longer goes over whole."""
    pieces: list[dict[str, Any]] = block["pieces"]
    if rest >= sum(len(piece["text"]) for piece in pieces):
        block["over"] = True
        return
    after: list[dict[str, Any]] = []
    while rest > 0:
        piece = pieces.pop()
        keep = len(piece["text"]) - rest
        rest -= len(piece["text"])
        if keep > 0:
            pieces.append(piece | {"text": piece["text"][:keep]})
        after.insert(0, piece | {"text": piece["text"][max(0, keep) :]})
    block["rest"] = after


def _data(paper: Paper, form: Form, heading: Heading, look: Look) -> dict[str, Any]:
    """What the template prints."""
    at, f = universal(paper.made_at), look.faces
    return {
        "form": form, "title": paper.plain_title, "lines": title_lines(paper.title), "draft": heading.draft,
        "author": heading.office or paper.office, "office": paper.office, "day": day_words(paper.day),
        "made": {part: getattr(at, part) for part in ("year", "month", "day", "hour", "minute", "second")},
        "signed": day_words(heading.day or paper.day), "salutation": paper.salutation, "head": paper.head,
        "faces": {part: stand_ins(getattr(f, part)) for part in ("fangsong", "kaiti", "heiti", "song", "title")},
        "digits": stand_ins(look.digits)[:-1] if look.digits else (), "bold": look.bold_second,
        "blocks": [
            {"level": said.level, "pieces": _pieces(said.pieces), "chart": _chart(said.chart)} for said in paper.body
        ],
        "annexes": [_annex(annex) for annex in paper.annexes], "heading": _heading(heading) if form == "upward" else {},
    }  # fmt: skip


def _heading(heading: Heading) -> dict[str, Any]:
    """What the red head and the foot say."""
    lines, size = redhead.mark_of(heading)
    day = day_words(heading.printed_on) if heading.printed_on else redhead.NO_DAY
    return {
        "serial": heading.serial, "secrecy": heading.secrecy, "urgency": heading.urgency, "mark": lines, "size": size,
        "code": heading.code or redhead.NO_CODE, "signer": heading.signer_label, "office": heading.office,
        "addressee": redhead.addressee(heading), "copies": redhead.copied(heading),
        "printer": heading.printer or heading.office, "printed": f"{day}印发",
    }  # fmt: skip


def _pieces(pieces: Sequence[Piece]) -> list[dict[str, Any]]:
    """The pieces, with what may not be broken at the end of a line told apart."""
    made: list[dict[str, Any]] = []
    for piece in pieces:
        if isinstance(piece, str):
            parts = enumerate(_KEPT.split(piece))
            made += [{"text": part, "kept": at % 2 == 1} for at, part in parts if part]
        else:
            made.append({"text": piece.text, "kept": True})
    return _marked(made)


def _marked(pieces: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """The pieces, a mark before which a line might end moved to what stands before it and is not broken."""
    for before, after in itertools.pairwise(pieces):
        if before["kept"] and not after["kept"] and after["text"][0] in NOT_FIRST:
            before["text"], after["text"] = before["text"] + after["text"][0], after["text"][1:]
    return [piece for piece in pieces if piece["text"]]


def _chart(chart: Chart | None) -> dict[str, Any] | None:
    if chart is None:
        return None
    bars = [
        {"label": b.label, "length": b.length, "number": _pieces((b.number,)), "hollow": b.hollow, "rest": b.rest}
        for b in chart.bars
    ]
    marks = [{"at": mark.at, "text": mark.text} for mark in chart.marks]
    return {"caption": chart.caption, "bars": bars, "marks": marks, "unit": chart.unit}


def _annex(annex: Annex) -> dict[str, Any]:
    columns = [{"heading": c.heading, "align": c.align, "share": c.share} for c in annex.columns]
    blank = [""] * len(columns)
    rows = [
        {"cells": [_pieces((cell,)) for cell in (*row.cells, *blank[len(row.cells) :])], "group": row.group,
         "indent": row.indent}
        for row in annex.rows
    ]  # fmt: skip
    return {
        "title": title_lines(annex.title), "columns": columns, "rows": rows, "above": annex.above, "notes": annex.notes,
        "warning": annex.warning,
    }  # fmt: skip
