"""What projects yield, in a sentence: 建成住房120套、道路3.5公里，惠及80户次; kinds of which nothing is known are not named."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Any

from duikou.statistics.definition import definition
from duikou.statistics.figure import Figure

Groups = Sequence[Mapping[str, Any]]
Said = Callable[[str, Figure], Sequence[Any]]  # the pieces of one kind: its noun with the number behind it
ACTUAL, PLANNED = "outputs", "targets"


def sheets(groups: Groups, of: str) -> list[str]:
    """The sheets of a sentence, in order: those of what was verified, or of what is planned."""
    return [f"{of}.{sheet}" for group in groups for _, sheet in group["parts"]]


def present(groups: Groups, of: str, rows: Sequence[Mapping[str, Any]]) -> Groups:
    """The groups with the kinds that some outputs are of: what nobody has recorded is not asked for."""
    unit = "actual_unit" if of == ACTUAL else "target_unit"
    there = {(row["type"], row[unit]) for row in rows}

    def some(sheet: str) -> bool:
        where = definition(f"{of}.{sheet}").where
        return (where["type"][0], where[unit][0]) in there

    return [{**group, "parts": [part for part in group["parts"] if some(part[1])]} for group in groups] if there else []


def known(
    groups: Groups, of: str, figure: Callable[[str], Figure | None]
) -> list[tuple[str, list[tuple[str, Figure]]]]:
    """The groups of which something is known: verb, and each kind with its figure."""
    found = []
    for group in groups:
        figures = [(noun, figure(f"{of}.{sheet}")) for noun, sheet in group["parts"]]
        if kinds := [(noun, f) for noun, f in figures if f and not f.blank]:
            found.append((str(group[of]), kinds))
    return found


def clauses(groups: Groups, of: str, figure: Callable[[str], Figure | None], said: Said) -> list[Any]:
    """The pieces of the sentence without its full stop; nothing where nothing is known."""
    pieces: list[Any] = []
    for verb, kinds in known(groups, of, figure):
        pieces += [("，" if pieces else "") + verb]
        for at, (noun, found) in enumerate(kinds):
            pieces += [("、" if at else "") + noun, *said(noun, found)]
    return [piece for piece in pieces if piece != ""]


def regions(rows: Sequence[Mapping[str, Any]]) -> Iterator[str]:
    """The areas of outputs, each once in the order of their codes."""
    yield from sorted({row["region"] for row in rows if row["region"]})
