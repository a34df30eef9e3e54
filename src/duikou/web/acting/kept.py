"""What a record that is corrected says now, as its form shows it."""

from collections.abc import Iterator
from typing import Any

from duikou.acts.correcting import STRUCK
from duikou.records.models import Item, JournalImage, Link, Organisation, Party, quantity
from duikou.rules.writing import write

from .kinds_fields import ITEMS, LINKS, PARTIES, Lists, asked, own_fields


def parties_of(row: Any) -> list[tuple[str, str]]:
    """Who takes part in a record, by role and code."""
    rows = Party.objects.filter(record=row.record).exclude(role=STRUCK).order_by("role", "position")
    return list(rows.values_list("role", "organisation__code"))


def items_of(row: Any) -> list[tuple[str, str, str]]:
    """The points of the lists of a record, with their details."""
    rows = Item.objects.filter(record=row.record).exclude(list=STRUCK).order_by("list", "position")
    return list(rows.values_list("list", "text", "detail"))


def links_of(row: Any) -> list[tuple[str, int]]:
    """The records that a record leads to, by role."""
    rows = Link.objects.filter(record=row.record).exclude(role=STRUCK).order_by("role", "position")
    return list(rows.values_list("role", "to_id"))


def said_by(kind: str, row: Any) -> Iterator[tuple[str, Any]]:
    """What each field of the form shows of a row."""
    for name in own_fields(kind):
        if hasattr(row, f"{name}_low"):
            number = quantity(row, name)
            yield name, write(number).text if number else ""
        else:
            column = row._meta.get_field(name)
            yield asked(name), getattr(row, column.attname)
    yield "when", row.when
    parties, items = parties_of(row), items_of(row)
    numbers = dict(Organisation.objects.filter(code__in=[code for _, code in parties]).values_list("code", "pk"))
    for role in PARTIES.get(kind, ()):
        yield f"party_{role}", [numbers[code] for r, code in parties if r == role]
    for name in ITEMS.get(kind, ()):
        yield (
            f"list_{name}",
            "\n".join(f"{text}：{detail}" if detail else text for n, text, detail in items if n == name),
        )
    linked = Link.objects.filter(record=row.record).order_by("position").values_list("role", "to__kind", "to_id")
    for role, (_, _, offered) in LINKS.items():
        yield f"link_{role}", next((to for r, k, to in linked if r == role and k in offered), None)


def line_of(row: Any) -> int:
    """The last line of the journal that touched a row."""
    images = JournalImage.objects.filter(table=row._meta.db_table, number=row.pk).order_by("-line_id")
    return images.values_list("line_id", flat=True).first() or 0


def unasked(row: Any, shown: set[int], fields: Any) -> Lists:
    """What a record holds several of and a form of some fields does not ask for: `shown` are the links that it asks for."""
    return {
        "parties": tuple(row_ for row_ in parties_of(row) if f"party_{row_[0]}" not in fields),
        "items": tuple(item for item in items_of(row) if f"list_{item[0]}" not in fields),
        "links": tuple(link for link in links_of(row) if f"link_{link[0]}" not in fields or link[1] not in shown),
    }
