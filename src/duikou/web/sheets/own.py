"""An office's own sheet: its headings as the columns of a layout that is known; what has changed since they were mapped."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import replace
from unicodedata import normalize

from duikou.intake import t1
from duikou.intake.layouts import Column, Layout, layouts, units_in
from duikou.intake.table import Table
from duikou.records.models import SavedLayout

OWN = "own-"  # what the code of a layout begins with that an office has mapped
_BRACKET = re.compile(r"\([^)]*\)")


def bare(heading: str) -> str:
    """A heading as two of one sheet are told apart: without units in brackets, blanks and marks."""
    kept = _BRACKET.sub(lambda found: "" if units_in(found[0]) else found[0], normalize("NFKC", heading))
    return "".join(c for c in kept if c.isalnum()).casefold()


def own_layout(row: SavedLayout) -> Layout:
    """A layout as an office has mapped it, under a code of its own; the form of projects keeps the code it is read by."""
    base = base_of(row)
    code = base.code if base.code == t1.layout().code else f"{OWN}{row.pk}"
    return replace(with_headings(base, row.columns["headings"]), code=code, name=row.title)


def base_of(row: SavedLayout) -> Layout:
    """The layout that an office has mapped."""
    return layouts().get(row.columns["layout"], t1.layout())


def row_of(code: str, rows: Iterable[SavedLayout]) -> SavedLayout | None:
    """The mapping of a code; nothing where it is that of a layout that everybody has."""
    return next((row for row in rows if code == f"{OWN}{row.pk}"), None)


def with_headings(layout: Layout, headings: Mapping[str, str]) -> Layout:
    """A layout with the headings of an office: what these say of a word goes before what the layout says."""
    told = {bare(heading): field for heading, field in headings.items()}
    return replace(layout, columns=tuple(_without(one, told) for one in layout.columns)).mapped(headings)


def _without(column: Column, told: Mapping[str, str]) -> Column:
    """A column without the words that now mean another one, or none; its title stays to be read."""
    kept = tuple(word for word in column.words if told.get(bare(word), column.field) == column.field)
    return replace(column, words=kept or (f"{column.title}（未对上）",))


def mapped_now(row: SavedLayout, table: Table) -> tuple[list[str], list[str]]:
    """The headings of a mapping that stand over a table, and those that do not."""
    now = {bare("".join(one.words)) for one in table.headings}
    meant = [heading for heading, field in row.columns["headings"].items() if field]
    return [h for h in meant if bare(h) in now], [h for h in meant if bare(h) not in now]


def moved_on(table: Table, rows: Iterable[SavedLayout]) -> list[str]:
    """The headings that were mapped once and are not over the table now, where others stand there that nobody knows."""
    for row in rows:
        here, gone = mapped_now(row, table)
        if not gone:
            return []
        told = {bare(heading) for heading in row.columns["headings"]}
        new = [one for one in table.unknown if bare("".join(one.words)) not in told]
        if new and len(here) >= len(gone):
            return gone
    return []
