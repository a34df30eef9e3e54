"""What facts say, in words: the values of a row under the headings of its sheet, and what would change, old beside new."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, fields
from datetime import date
from typing import Any, get_type_hints

from duikou.intake.asked import Row
from duikou.intake.values import refers
from duikou.records.models import Organisation, Record
from duikou.rules.amounts import words
from duikou.rules.fact import Fact
from duikou.rules.kinds import AREAS, FEN, WORDS
from duikou.rules.period import Period
from duikou.rules.quantity import Quantity
from duikou.rules.writing import write
from duikou.terms.words import regions, zh
from duikou.web.addresses import href, titles
from duikou.web.fields import label

LISTS = {"parties": "party", "items": "list"}
HIDDEN = ("inferred", "links")
_REFERRING: dict[str, frozenset[str]] = {}
OF_ROWS = ("project",)  # what every fact of a row says alike


@dataclass(frozen=True)
class Names:
    """What the things that rows refer to are called: organisations by code, records by number."""

    organisation: Mapping[str, str] = field(default_factory=dict)
    record: Mapping[int, str] = field(default_factory=dict)


@dataclass(frozen=True)
class Change:
    """A field that would change: what it is called, what it says now, what it would say."""

    label: str
    old: str
    new: str


@dataclass(frozen=True)
class Said:
    """A row as its group shows it: where, what it is about, what it says or changes, the record that it is about."""

    place: str
    title: str
    values: tuple[tuple[str, str], ...] = ()
    changes: tuple[Change, ...] = ()
    href: str = ""


def names(rows: Iterable[Row]) -> Names:
    """The names of what rows refer to; two questions for all of them."""
    refs = {ref for row in rows for of, name, value in _values(row) for ref in _refs(of, name, value)}
    codes, numbers = {ref for ref in refs if isinstance(ref, str)}, {ref for ref in refs if isinstance(ref, int)}
    organisations = dict(Organisation.objects.filter(code__in=codes).values_list("code", "name"))
    return Names(organisations, titles(Record.objects.filter(number__in=numbers)))


def said(row: Row, known: Names) -> Said:
    """A row in words."""
    facts = [told.fact for told in row.told]
    values = tuple(one for fact in facts if not row.differs for one in _fact(fact, known, alone=len(facts) == 1))
    changes = tuple(
        change for name, old, new in row.differs for change in _change(type(facts[0]), name, old, new, known)
    )
    to = href(row.of.record.kind, row.of.pk) if row.of is not None else ""
    return Said(row.place, row.title, values, changes, to)


def _values(row: Row) -> Iterator[tuple[type[Fact], str, Any]]:
    for told in row.told:
        yield from ((type(told.fact), f.name, getattr(told.fact, f.name)) for f in fields(told.fact))
    for name, *both in row.differs:
        yield from ((type(row.told[0].fact), name, value) for value in both)


def _refs(of: type[Fact], name: str, value: Any) -> Iterator[Any]:
    """What a value refers to."""
    if name == "parties":
        yield from (part[1] for part in value)
    elif name in referring(of) and value is not None:
        yield value


def referring(of: type[Fact]) -> frozenset[str]:
    """The fields of a kind that hold references to records or organisations."""
    if of.kind not in _REFERRING:
        hints = get_type_hints(of).items()
        _REFERRING[of.kind] = frozenset(name for name, hint in hints if name != "kind" and refers(hint))
    return _REFERRING[of.kind]


def _fact(fact: Fact, known: Names, *, alone: bool) -> Iterator[tuple[str, str]]:
    """The fields of a fact that say something; of several facts of a row in one line each."""
    own = [(f.name, getattr(fact, f.name)) for f in fields(fact) if f.name not in HIDDEN]
    told = [one for name, value in own for one in _field(type(fact), name, value, known)]
    if alone:
        yield from told
    else:
        yield zh("record", fact.kind), "；".join(f"{name} {text}" for name, text in told if text)


def _field(of: type[Fact], name: str, value: Any, known: Names) -> Iterator[tuple[str, str]]:
    if name in LISTS:
        for role in dict.fromkeys(part[0] for part in value):
            yield zh(LISTS[name], role), _listed(name, role, value, known)
    elif name not in OF_ROWS and (text := _text(of, name, value, known)):
        yield (zh("field", "when") if name == "when" else label(of.kind, name)), text


def _listed(name: str, role: str, value: Any, known: Names) -> str:
    """The parties or points of one list."""
    own = [str(part[1]) for part in value if part[0] == role]
    return "、".join(known.organisation.get(one, one) if name == "parties" else one for one in own)


def _change(of: type[Fact], name: str, old: Any, new: Any, known: Names) -> Iterator[Change]:
    """What a differing field says before and after; of lists those that differ."""
    if name not in LISTS:
        before, after = (_text(of, name, value, known) for value in (old, new))
        yield Change(zh("field", "when") if name == "when" else label(of.kind, name), before, after)
        return
    for role in dict.fromkeys(part[0] for part in (*old, *new)):
        before, after = (_listed(name, role, value, known) for value in (old, new))
        if before != after:
            yield Change(zh(LISTS[name], role), before, after)


def _text(of: type[Fact], name: str, value: Any, known: Names) -> str:
    """A value in words; nothing of one that is not said."""
    if value is None or value == "":
        return ""
    if isinstance(value, Quantity):
        return write(value).text
    if isinstance(value, Period):
        return value.zh
    if isinstance(value, bool):
        return "是" if value else "否"
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, int) and name in FEN.get(of.kind, ()):
        return words(value)
    return _named(of, name, value, known)


def _named(of: type[Fact], name: str, value: Any, known: Names) -> str:
    """A code as its word, an area, an organisation or a record by name; else the text itself."""
    if (of.kind, name) in WORDS:
        return zh(WORDS[of.kind, name], str(value))
    if name in AREAS and value in regions():
        return regions()[value][-1].name
    if name in referring(of):
        return known.record.get(value, "") or known.organisation.get(value, str(value))
    return str(value)
