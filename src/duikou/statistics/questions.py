"""The open questions (待核) about the records of a figure, by the titles of their findings."""

from collections.abc import Iterable, Mapping, Sequence
from functools import lru_cache

import ibis
from ibis import _

from duikou.snapshot.store import Snapshot

from .definition import Definition
from .engine import ask
from .figure import Name
from .rows import Cell, rows_at
from .written import written


def questions_of(snapshot: Snapshot, name: Name, d: Definition) -> tuple[str, ...]:
    """The open questions about the records of a figure."""
    return questions_about(snapshot, {row["number"] for row in ask(snapshot, written(_asked, name, d))})


def questions_about(snapshot: Snapshot, numbers: Iterable[int]) -> tuple[str, ...]:
    """The open questions about records, by the titles of their findings."""
    asked = _open(snapshot)
    found = {finding: title for number in numbers for finding, title in asked.get(number, ())}
    return tuple(found[finding] for finding in sorted(found))


def _asked(d: Definition, at: Cell, _more: str) -> ibis.Table:
    return rows_at(d, at).filter(_.asks > 0).select("number")


@lru_cache(maxsize=4)
def _open(snapshot: Snapshot) -> Mapping[int, Sequence[tuple[int, str]]]:
    """The open findings with their titles, by the records they are about."""
    about: dict[int, list[tuple[int, str]]] = {}
    for finding in snapshot.rows["findings"]:
        if finding["state"] != "settled":
            for link in snapshot.rows.by("links", "record").get(finding["number"]):
                if link["role"] == "about":
                    about.setdefault(link["to"], []).append((finding["number"], finding["title"]))
    return about
