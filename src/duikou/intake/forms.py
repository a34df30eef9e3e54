"""Forms that are sent out: what the book knows is filled in and locked, only what this office alone knows is asked for.

What is asked is said in the layout (sheets/*.toml, [sent]): `asks`, where the book has nothing yet; `moves`, every month;
`again`: what was reported last is listed anew for this month; `standing`: rows of all years, else of the year.
"""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import timedelta
from typing import Any, get_type_hints

from duikou.acts.as_told import facts_of, table_of
from duikou.records.models import Organisation, Programme, of
from duikou.rules.fact import Fact
from duikou.rules.period import Period
from duikou.rules.rights import contains
from duikou.terms.words import regions

from . import form_t1
from .candidates import compare
from .form_lines import Form, Line, Saved, as_sheet, saved
from .form_words import Writer, span
from .known import known
from .layouts import Layout, layouts
from .ours import KNOWN, OPEN
from .rows import KINDS, read_rows
from .table import find
from .taking import T1

__all__ = ["Form", "Line", "Saved", "form", "saved"]
EMPTY = 20  # rows for what is new
LATELY = 92  # days: what was not reported for a quarter is not listed anew
PLACED = ("receiver", "organiser", "owner", "giver")  # whose area a record is in that names none


def form(programme: Programme, code: str, area: str, when: Period, request: int | None = None) -> Form:
    """The form of a layout for an area and a month; KeyError where there is no such layout."""
    if code == T1:
        return form_t1.form(programme, area, when, request)
    layout = layouts()[code]
    names, kind = known(programme), KINDS[layout.kind]
    writer = Writer(layout, names, get_type_hints(kind))
    facts = list(_facts(programme, layout, area, when).values())
    of_day = [fact for fact in facts if layout.sent.get("standing") or _listed(fact, layout, when)]
    told = [_known(layout, writer.texts(fact)) for fact in of_day]
    made = Form(
        layout, f"{_area(area)}{layout.name}（{when.zh}）", area, when, (tuple(map(_head, layout.columns)),),
        tuple(one.field for one in layout.columns), tuple(told), request=request,
    )  # fmt: skip
    same = _same(programme, made)
    again = _again(layout, writer, facts, when) if layout.sent.get("again") else []
    empty = Line(_texts(layout, _given(layout, writer, area, when)), OPEN, free=True)
    return replace(made, lines=(*same, *again, *[empty] * EMPTY), left=len(told) - len(same))


def _head(column: Any) -> str:
    return f"{column.title}（{column.unit}）" if column.unit else column.title


def _area(code: str) -> str:
    return regions()[code][-1].short if code in regions() else ""


# ---- what the book knows --------------------------------------------------------------------------------------------


def _facts(programme: Programme, layout: Layout, area: str, when: Period) -> dict[int, Fact]:
    """What the book has of an area up to the end of a month, in the order of its days."""
    kind = KINDS[layout.kind]
    model: Any = table_of(kind)
    names = {f.name for f in model._meta.fields}
    placed = [name for name in PLACED if name in names]
    rows = of(model, programme).select_related("record", *placed).order_by("first", "pk")
    chosen = [row for row in rows if _is_in(row, area, placed) and not (row.first and row.first > when.last)]
    return facts_of(chosen, kind) if chosen else {}


def _is_in(row: Any, area: str, placed: Sequence[str]) -> bool:
    """Whether a record is in an area: its own, else that of who receives or gives."""
    if not area:
        return True
    own = getattr(row, "region", "")
    others = (getattr(row, name) for name in placed)
    found = own or next((one.region for one in others if isinstance(one, Organisation) and one.region), "")
    return contains(area, found)


def _listed(fact: Fact, layout: Layout, when: Period) -> bool:
    """Whether a form of a month lists what is of a day: the year's, and where all is told anew each month, the month's."""
    if fact.when is None:
        return False
    if layout.sent.get("again"):
        return fact.when.within(when)
    return fact.when.last.year == when.last.year


def _known(layout: Layout, texts: Mapping[str, str]) -> Line:
    """A row that the book knows: what moves is asked, and what the book has nothing of yet."""
    blank = {name for name in layout.sent.get("asks", ()) if not texts[name]}
    return Line(_texts(layout, texts), KNOWN, frozenset({*blank, *layout.sent.get("moves", ())}))


def _texts(layout: Layout, texts: Mapping[str, str]) -> tuple[str, ...]:
    return tuple(texts.get(one.field, "") for one in layout.columns)


def _same(programme: Programme, made: Form) -> list[Line]:
    """The rows that say the same when they are read; what a cell cannot say is not sent."""
    tables = find(as_sheet(made), [made.layout])
    if not tables or not made.lines:
        return []
    readings = read_rows(tables[0], known(programme), year=made.when.last.year)
    states = [one.state for one in compare(programme, tables[0], readings)]
    rows = dict(zip(tables[0].rows, states, strict=True))
    first = tables[0].heading_rows[1] + 1
    return [line for row, line in enumerate(made.lines, first) if rows.get(row) == "same"]


def _again(layout: Layout, writer: Writer, facts: Sequence[Fact], when: Period) -> list[Line]:
    """What was reported last, without its numbers and for this month, where this month has it not yet."""
    since = when.first - timedelta(days=LATELY)
    earlier = [fact for fact in facts if fact.when and since <= fact.when.last < when.first]
    last = max((fact.when.last for fact in earlier if fact.when), default=None)
    asks = layout.sent.get("asks", ())
    found: dict[tuple[str, ...], Line] = {}
    here = {_key(layout, writer, fact) for fact in facts if fact.when and fact.when.within(when)}
    for fact in earlier:
        of_last = fact.when and last and (fact.when.last.year, fact.when.last.month) == (last.year, last.month)
        key = _key(layout, writer, fact)
        if of_last and key not in here:
            kept = {name: text for name, text in writer.texts(fact).items() if name not in asks}
            line = Line(_texts(layout, {**kept, "when": span(when)}), OPEN, frozenset(asks))
            found.setdefault(key, line)
    return list(found.values())


def _key(layout: Layout, writer: Writer, fact: Fact) -> tuple[str, ...]:
    return tuple(writer.text(fact, name) for name in layout.same if name != "when")


def _given(layout: Layout, writer: Writer, area: str, when: Period) -> dict[str, str]:
    """What an empty row says already: the county, and the month where each is told anew."""
    given = {"region": writer.region(area)} if area and not area.endswith("00") else {}
    return {**given, **({"when": span(when)} if layout.sent.get("again") else {})}
