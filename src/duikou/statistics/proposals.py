"""What a reading is proposed as: a sheet as plain values, its series as the rules ask it, and the ratios that follow it."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from typing import Any

from duikou.acts import readings as acts
from duikou.acts.journal import canonical
from duikou.rules.readings import Definition as Proposal
from duikou.rules.readings import Following, Series, next_code, proposed, series_of

from .definition import Definition, definition, in_force, reading, series, sheets
from .explain import columns_of


def plain(d: Definition) -> dict[str, Any]:
    """A sheet as its text says it: what is empty is left out."""
    said = {name: value for name, value in vars(d).items() if name not in ("code", "version", "follows") and value}
    said = {name: value for name, value in said.items() if value != ("", "")}
    for name in ("by", "share"):
        if name in said:
            said[name] = list(said[name])
    return said | {"where": {c: list(words) for c, words in d.where.items()}, "valid_from": str(d.valid_from)}


def series_known(code: str, day: str) -> Series:
    """The program's part of a series: its first sheet, that in force on a day, the columns of its table."""
    first = sheets()[series_of(code)]
    now = definition(in_force(first.code, day))
    columns: dict[str, Sequence[str]] = dict(columns_of(first.of)) if first.of else {}
    return Series(plain(first), plain(now), columns)


def tried(code: str, sheet: Mapping[str, Any]) -> Definition:
    """A sheet that is not in the book yet, as statistics ask it."""
    return reading(code, canonical({**sheet, "follows": series_of(code)}))


def following(new: Definition) -> tuple[Following, ...]:
    """The readings of ratios that follow a reading of their part or whole: from its first day on, each divides by it.

    Where a ratio has a later reading of its own, that too is followed by one of the same day.
    """
    ratios = [d.code for d in sheets().values() if series_of(new.code) in d.share]
    return tuple(one for code in ratios for one in _of_ratio(code, new))


def _of_ratio(code: str, new: Definition) -> Iterator[Following]:
    taken = acts.taken(code)
    for day in _days(code, new):
        now = definition(in_force(code, str(day)))
        share = [new.code if series_of(part) == series_of(new.code) else part for part in now.share]
        if share == list(now.share):
            continue
        fact = _follower(now, share, day, next_code(code, taken), new)
        taken.append(fact.code)
        yield Following(fact, series_known(code, str(day)))


def _days(code: str, new: Definition) -> list[date]:
    """The days from which a ratio is another: that of the new reading, and those of the ratio's own later readings."""
    first = new.valid_from or date.min
    return [first, *sorted({d.valid_from for d in series(code) if d.valid_from and d.valid_from > first})]


def _follower(now: Definition, share: list[str], day: date, code: str, new: Definition) -> Proposal:
    sheet = plain(now) | {"share": share, "valid_from": str(day), "rests_on": new.rests_on}
    return proposed(code, sheet, author=new.author, reason=f"随“{new.name}”（{new.code}）")
