"""操作手册: one for each of the people who use the book, kept in docs/manual, shown as a page.

A manual is plain: a title, parts, numbered steps, points, pictures; **words** are set bold. Nothing else is read.
"""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cache
from itertools import groupby
from pathlib import Path

from django.templatetags.static import static
from django.utils.html import conditional_escape, format_html, format_html_join
from django.utils.safestring import SafeString

FOLDER = Path(__file__).resolve().parents[4] / "docs" / "manual"
ROLES = (
    "programme_officer", "front_line_officer", "county_clerk", "finance_clerk", "leader", "auditor", "public_reader",
)  # fmt: skip
TOLD_WITH = {"county_leader": "leader"}  # roles whose steps stand in the manual of another
LINE = re.compile(r"(?P<mark>#{1,2}|\d+\.|-) (?P<words>.+)|!\[(?P<alt>[^\]]*)\]\(pictures/(?P<file>[\w-]+\.png)\)")
BOLD = re.compile(r"\*\*(.+?)\*\*")


@dataclass(frozen=True)
class Piece:
    """One paragraph of a manual: its kind (title, part, step, point, picture, text) and its words."""

    kind: str
    words: str
    number: int = 0
    file: str = ""


def manual_of(role: str) -> str:
    """The manual that a role reads; nothing for a role that has none."""
    found = TOLD_WITH.get(role, role)
    return found if found in there() else ""


@cache
def there() -> tuple[str, ...]:
    """The manuals that came along."""
    return tuple(role for role in ROLES if (FOLDER / f"{role}.md").exists())


@cache
def pieces(role: str) -> tuple[Piece, ...]:
    """The paragraphs of a manual."""
    return tuple(_pieces((FOLDER / f"{role}.md").read_text("utf-8")))


def _pieces(text: str) -> Iterator[Piece]:
    """Lines that begin nothing belong to the paragraph before them; an empty line ends it."""
    kept: list[str] = []
    for line in [*text.splitlines(), ""]:
        begins = LINE.match(line.strip())
        if kept and (begins or not line.strip()):
            yield _piece("".join(kept))
            kept = []
        if line.strip():
            kept.append(line.strip())


def _piece(said: str) -> Piece:
    found = LINE.fullmatch(said)
    if not found:
        return Piece("text", said)
    if found["file"]:
        return Piece("picture", found["alt"], file=found["file"])
    kind = {"#": "title", "##": "part", "-": "point"}.get(found["mark"], "step")
    return Piece(kind, found["words"], int(found["mark"][:-1]) if kind == "step" else 0)


def title(role: str) -> str:
    """What a manual is called."""
    return next(piece.words for piece in pieces(role) if piece.kind == "title")


def page(role: str) -> SafeString:
    """A manual as HTML, without its title."""
    rows = [piece for piece in pieces(role) if piece.kind != "title"]
    parts = (_html(kind, list(some)) for kind, some in groupby(rows, key=lambda piece: piece.kind))
    return format_html_join("\n", "{}", ((part,) for part in parts))


def _html(kind: str, rows: list[Piece]) -> SafeString:
    """Paragraphs of one kind that follow one another."""
    if kind == "step":
        return format_html('<ol start="{}">{}</ol>', rows[0].number, _each("<li>{}</li>", rows))
    if kind == "point":
        return format_html("<ul>{}</ul>", _each("<li>{}</li>", rows))
    if kind == "part":
        return _each("<h2>{}</h2>", rows)
    if kind == "picture":
        said = ((static(f"manual/{piece.file}"), piece.words) for piece in rows)
        return format_html_join("\n", '<p class="picture"><img src="{}" alt="{}" loading="lazy"></p>', said)
    return _each("<p>{}</p>", rows)


def _each(form: str, rows: Iterable[Piece]) -> SafeString:
    return format_html_join("\n", form, ((_inline(piece.words),) for piece in rows))


def _inline(said: str) -> SafeString:
    """Words with the bold ones bold."""
    odd = (
        format_html("<b>{}</b>", part) if at % 2 else conditional_escape(part)
        for at, part in enumerate(BOLD.split(said))
    )
    return format_html_join("", "{}", ((part,) for part in odd))
