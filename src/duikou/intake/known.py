"""What the book calls things: organisations, projects, areas and documents by the names that a sheet may use for them."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from duikou.records.models import Decision, Item, Notice, Organisation, Plan, Programme, Project, of
from duikou.rules.alike import payee_key
from duikou.terms.words import Region, regions

Names = Mapping[str, frozenset[str]]


@dataclass(frozen=True)
class Known:
    """The names of things in a programme, each with what it may mean: codes of organisations and areas, record numbers."""

    organisation: Names
    region: Names
    record: Mapping[str, Names]

    def named(self, sort: str, said: str) -> frozenset[str]:
        """What a name may mean, of a sort: organisation, region or a kind of record. Blanks and width do not count."""
        names = {"organisation": self.organisation, "region": self.region}.get(sort) or self.record.get(sort, {})
        return names.get(payee_key(said), frozenset())

    def near(self, sort: str, said: str, most: int = 5) -> list[str]:
        """Names that hold what was said, or are held by it: what is offered where none is meant exactly."""
        names = {"organisation": self.organisation, "region": self.region}.get(sort) or self.record.get(sort, {})
        wanted = payee_key(said)
        found = [name for name in names if len(wanted) > 1 and len(name) > 1 and (wanted in name or name in wanted)]
        return sorted(found, key=lambda name: (abs(len(name) - len(wanted)), name))[:most]


def known(programme: Programme) -> Known:
    """What is known by name in a programme; a few questions, however many rows ask."""
    return Known(_gathered(_organisations()), _gathered(_areas(programme)), {
        "project": _gathered(_titled(Project, programme, "name", "code")),
        "plan": _gathered(_titled(Plan, programme, "title")),
        "decision": _gathered(_titled(Decision, programme, "number", "matter")),
        "notice": _gathered(_titled(Notice, programme, "number")),
    })  # fmt: skip


def _gathered(pairs: Iterator[tuple[str, str]]) -> Names:
    found: dict[str, set[str]] = {}
    for name, meant in pairs:
        if key := payee_key(name):
            found.setdefault(key, set()).add(meant)
    return {name: frozenset(meant) for name, meant in found.items()}


def _organisations() -> Iterator[tuple[str, str]]:
    for code, name, short in Organisation.objects.values_list("code", "name", "short"):
        yield name, code
        yield short, code
    former = Item.objects.filter(list="former", record__kind="organisation")
    codes = dict(Organisation.objects.values_list("pk", "code"))
    for number, name in former.values_list("record_id", "text"):
        yield name, codes[number]


def _areas(programme: Programme) -> Iterator[tuple[str, str]]:
    """The areas of both sides and all within them, by name, short name, code and with the names of those above."""
    heads = [code for code in (programme.supporting, programme.receiving) if code]
    for code, rows in regions().items():
        if any(code.startswith(head.rstrip("0")) or head == code for head in heads):
            for row in rows:
                yield row.name, code
                yield row.short, code
                yield code, code
                yield f"{_above(code)}{row.name}", code
                yield from ((name, code) for name in _shorter(code, row))


def _shorter(code: str, row: Region) -> Iterator[str]:
    """An area without the names of those above it, and with its province as people shorten it: 黄南藏族自治州, 青海黄南州."""
    own = row.name
    for above in _heads(code):
        own = own.removeprefix(above)
    yield own
    for province in _heads(code)[:1]:
        yield from (f"{province.removesuffix('省').removesuffix('市')}{name}" for name in (own, row.short))


def _heads(code: str) -> list[str]:
    """The short names of the areas that an area lies in, from above."""
    heads = [f"{code[:2]}0000", f"{code[:4]}00"]
    return [regions()[head][-1].short for head in heads if head in regions() and head != code]


def _above(code: str) -> str:
    """The names of the areas that an area lies in, from above."""
    heads = [f"{code[:2]}0000", f"{code[:4]}00"]
    return "".join(regions()[head][-1].name for head in heads if head in regions() and head != code)


def _titled(
    model: type[Project | Plan | Decision | Notice], programme: Programme, *fields: str
) -> Iterator[tuple[str, str]]:
    rows = of(model, programme)
    for number, *names in rows.values_list("pk", *fields):
        for name in names:
            yield name or "", str(number)
