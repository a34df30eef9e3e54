"""What the journal tells of a record's lists: who took part, its points, what it rests on, after each line that changed them."""

import json
from collections.abc import Iterator, Mapping
from typing import Any

from duikou.acts.correcting import STRUCK
from duikou.records.models import Item, JournalImage, JournalLine, Link, Organisation, Party, Record
from duikou.terms.words import zh

Lists = dict[str, str]  # what each list says, by its name
OF = ((Party, "party"), (Item, "list"), (Link, "link"))  # the lists and the terms of their names


def lists_of(record: Record) -> dict[int, tuple[JournalLine, Lists]]:
    """What the lists of a record said after each line that touched them, by the number of the line."""
    rows: dict[tuple[str, int], tuple[str, int, str]] = {}
    found: dict[int, tuple[JournalLine, Lists]] = {}
    for kept, terms, values in _images(record):
        role = str(values["role" if terms != "list" else "list"])
        said = "" if role == STRUCK else zh(terms, role)
        rows[kept.table, kept.number] = (said, values["position"], _text(terms, values))
        found[kept.line_id] = (kept.line, _said(rows))
    return found


def _images(record: Record) -> Iterator[tuple[JournalImage, str, Mapping[str, Any]]]:
    """The images of the rows of a record's lists, with what they say, in the order of the journal."""
    images = []
    for model, terms in OF:
        numbers = model._default_manager.filter(record=record.number).values_list("pk", flat=True)
        kept = JournalImage.objects.filter(table=model._meta.db_table, number__in=list(numbers)).select_related("line")
        images += [(image, terms, json.loads(image.text)["row"]) for image in kept]
    yield from sorted(images, key=lambda found: (found[0].line_id, found[0].position))


def _text(terms: str, values: Mapping[str, Any]) -> str:
    """One entry of a list; another record by kind and number, for its title may not be for every reader."""
    if terms == "list":
        return f"{values['text']}（{values['detail']}）" if values.get("detail") else str(values["text"])
    if terms == "party":
        return str(Organisation.objects.values_list("name", flat=True).get(pk=values["organisation_id"]))
    kind = Record.objects.values_list("kind", flat=True).get(pk=values["to_id"])
    return f"{zh('record', kind)}-{values['to_id']}"


def _said(rows: Mapping[tuple[str, int], tuple[str, int, str]]) -> Lists:
    """The lists in their order; what was struck is in none."""
    found: dict[str, list[str]] = {}
    for said, _, text in sorted(rows.values(), key=lambda row: (row[0], row[1])):
        if said:
            found.setdefault(said, []).append(text)
    return {said: "、".join(texts) for said, texts in found.items()}
