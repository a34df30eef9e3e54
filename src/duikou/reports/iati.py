"""A published programme as IATI 2.03 activities: itself and its projects, payments as transactions; written as it is drawn.

What a source says only as a total stands under the programme, what names a project under that. 拨付 is a disbursement,
支出 an expenditure; a part that a total holds already is no transaction of its own, so nothing is said twice.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from typing import Any

import duckdb

from duikou.snapshot.store import Snapshot
from duikou.terms.words import regions, zh

from .package import escaped

SECTORS = {  # DAC five-digit purposes (vocabulary 1)
    "education": "11120", "health": "12230", "culture": "16061", "housing": "16040", "agriculture": "31120",
    "planning": "43030", "industry": "32120",
}  # fmt: skip
MULTISECTOR = "43010"
STATUS = {
    "preparing": "1",
    "completed": "3",
    "in_use": "4",
    "in_production": "4",
    "cancelled": "5",
}  # else 2: under way
ENDED = ("completed", "in_use", "in_production")
TYPES = {"disbursed": "3", "spent": "4"}
FUNDING, ACCOUNTABLE, IMPLEMENTING = "1", "2", "4"
LOCAL_GOVERNMENT, OTHER = "11", "15"
ROWS = 5000
_PAYMENTS = """
    select case when project in (select unnest(?::varchar[])) then project else '' end as of, number, state, amount_low,
        last::varchar, label, receiver_name
    from read_parquet(?::varchar[]) where programme = ? and state in ('disbursed', 'spent') and standing in ('own', 'total')
    and last is not null and amount_low is not null order by of, last, number
"""  # one question for all: what names no project of the programme comes first, then the projects by name


@dataclass(frozen=True)
class Activity:
    """One activity: its identifier, what it is called, of which it is a part, its days, who does it, where, for what."""

    identifier: str
    title: str
    description: str
    status: str
    dates: tuple[tuple[str, date], ...]
    sector: str
    parent: str = ""
    implementing: str = ""
    place: str = ""


def activities(snapshot: Snapshot, programme: str) -> Iterator[str]:
    """The file piece by piece; StopIteration where there is no such programme."""
    book = _Book(snapshot, programme)
    yield '<?xml version="1.0" encoding="UTF-8"?>\n'
    yield f'<iati-activities version="2.03" generated-datetime="{snapshot.at}" xml:lang="zh">\n'
    yield f"<!-- {escaped(snapshot.head.full).replace('--', '- -')} -->\n"
    projects = book.projects()
    payments = _Payments(snapshot, programme, [row["label"] for row in projects])
    yield from book.opening(book.whole())
    yield from map(book.transaction, payments.of(""))
    yield book.closing([("1", book.identifier_of(row)) for row in projects])
    for row in projects:
        yield from book.opening(book.project(row))
        yield from map(book.transaction, payments.of(row["label"]))  # of two projects of one name the first bears them
        yield book.closing([("2", book.identifier)])
    yield "</iati-activities>\n"


class _Payments:
    """The payments of a programme, drawn once from the snapshot's files; asked for by project in the order of their names."""

    def __init__(self, snapshot: Snapshot, programme: str, projects: list[str]) -> None:
        self._drawn = self._all([projects, snapshot.files("entries"), programme])
        self._next = next(self._drawn, None)

    def _all(self, asked: list[Any]) -> Iterator[tuple[Any, ...]]:
        if not asked[1]:
            return
        connection = duckdb.connect()
        connection.execute("set enable_progress_bar = false")
        rows = connection.execute(_PAYMENTS, asked)
        while some := rows.fetchmany(ROWS):
            yield from some

    def of(self, project: str) -> Iterator[tuple[Any, ...]]:
        """Those of one project, "" for those that name none, in the order of their days."""
        while self._next is not None and self._next[0] == project:
            yield self._next
            self._next = next(self._drawn, None)


class _Book:
    """What all activities of a programme share."""

    def __init__(self, snapshot: Snapshot, programme: str) -> None:
        self.row: Mapping[str, Any] = next(p for p in snapshot.rows["programmes"] if p["code"] == programme)
        self.organisations = {o["name"]: o for o in snapshot.rows["organisations"]}
        self.snapshot = snapshot
        self.office = self.row["office"] or "承办单位"
        known: Mapping[str, Any] = self.organisations.get(self.office, {})
        self.reporter = self._reference(known) or f"CN-DUIKOU-{snapshot.code}"
        self.identifier = f"{self.reporter}-{programme}"
        self.supporting = self._area(self.row["supporting"])
        self.receiving = self._area(self.row["receiving"])
        self._provider = f"<provider-org>{_said(self.supporting)}</provider-org>"
        self._opening = f'<reporting-org ref="{escaped(self.reporter)}" type="{LOCAL_GOVERNMENT}">{_said(self.office)}</reporting-org>\n'

    def projects(self) -> list[Mapping[str, Any]]:
        """The projects of the programme by name; those of other money stand in the same table and are none of it."""
        rows = (
            r for r in self.snapshot.rows["projects"] if r["programme"] == self.row["code"] and r["kind"] == "project"
        )
        return sorted((r for r in rows if r["standing"] != "outside"), key=lambda r: (r["label"].encode(), r["number"]))

    def identifier_of(self, row: Mapping[str, Any]) -> str:
        """The identifier of a project."""
        return f"{self.identifier}-{row['number']}"

    def whole(self) -> Activity:
        """The programme itself."""
        begun = self.row["first"] or date.fromisoformat(self.snapshot.at[:10])
        return Activity(self.identifier, self.row["title"], zh("scheme", self.row["scheme"]), "2", (("2", begun),), MULTISECTOR,
                        "", self.receiving, self.receiving)  # fmt: skip

    def project(self, row: Mapping[str, Any]) -> Activity:
        """A project of the programme."""
        begun = row["first"] or (date(row["year"], 1, 1) if row["year"] else self.whole().dates[0][1])
        dates = [("2" if row["status"] != "preparing" else "1", begun)]
        dates += [("4", row["last"])] if row["status"] in ENDED and row["last"] and row["last"] > begun else []
        sector = SECTORS.get(row["sector"] or "", MULTISECTOR)
        said = row["remark"] or (zh("sector", row["sector"]) if row["sector"] else row["label"])
        return Activity(
            self.identifier_of(row), row["label"], said, STATUS.get(row["status"] or "", "2"), tuple(dates), sector,
            self.identifier, row["owner_name"] or "", self._area(row["region"] or self.row["receiving"]),
        )  # fmt: skip

    def opening(self, of: Activity) -> Iterator[str]:
        """An activity up to its transactions."""
        level = "2" if of.parent else "1"
        yield (
            f'<iati-activity default-currency="CNY" hierarchy="{level}" last-updated-datetime="{self.snapshot.at}">\n'
            f"<iati-identifier>{escaped(of.identifier)}</iati-identifier>\n{self._opening}"
            f"<title>{_said(of.title)}</title>\n<description>{_said(of.description)}</description>\n"
        )
        yield self._organisation(self.supporting, FUNDING, LOCAL_GOVERNMENT)
        yield self._organisation(self.office, ACCOUNTABLE, LOCAL_GOVERNMENT)
        if of.implementing:
            yield self._organisation(of.implementing, IMPLEMENTING, OTHER)
        yield f'<activity-status code="{of.status}"/>\n'
        yield from (f'<activity-date type="{kind}" iso-date="{day}"/>\n' for kind, day in of.dates)
        yield '<recipient-country code="CN" percentage="100"/>\n'
        yield f"<location><name>{_said(of.place)}</name></location>\n" if of.place else ""
        yield f'<sector vocabulary="1" code="{of.sector}" percentage="100"/>\n'

    def closing(self, related: list[tuple[str, str]]) -> str:
        """An activity behind its transactions; related: 1 the parent's side of a child, 2 a child."""
        lines = (f'<related-activity ref="{escaped(ref)}" type="{_SIDE[kind]}"/>\n' for kind, ref in related)
        return "".join(lines) + "</iati-activity>\n"

    def transaction(self, row: tuple[Any, ...]) -> str:
        """One payment."""
        _, number, state, fen, day, label, receiver = row
        to = self._receiver(receiver) if receiver else ""
        said = f"<description>{_said(label)}</description>" if label else ""
        return (
            f'<transaction ref="entry-{number}"><transaction-type code="{TYPES[state]}"/><transaction-date iso-date="{day}"/>'
            f'<value currency="CNY" value-date="{day}">{_yuan(fen)}</value>{said}'
            f"{self._provider}{to}</transaction>\n"
        )

    @lru_cache(maxsize=1024)  # noqa: B019  it lives as long as one file is written
    def _receiver(self, name: str) -> str:
        return f"<receiver-org{self._ref(name)}>{_said(name)}</receiver-org>"

    def _organisation(self, name: str, role: str, kind: str) -> str:
        return f'<participating-org{self._ref(name)} role="{role}" type="{kind}">{_said(name)}</participating-org>\n'

    def _ref(self, name: str) -> str:
        found = self._reference(self.organisations.get(name, {}))
        return f' ref="{escaped(found)}"' if found else ""

    def _reference(self, row: Mapping[str, Any]) -> str:
        return f"CN-SAIC-{row['credit']}" if row.get("credit") else ""

    def _area(self, code: str | None) -> str:
        rows = regions().get(code or "", ())
        return rows[-1].name if rows else "（单位未明）"


_SIDE = {"1": "2", "2": "1"}  # a parent names its children (2), a child its parent (1)


def _yuan(fen: int) -> str:
    """Whole fen as yuan with two decimals."""
    return f"{'-' if fen < 0 else ''}{abs(fen) // 100}.{abs(fen) % 100:02}"


@lru_cache(maxsize=4096)
def _said(text: str) -> str:
    """A text of one language."""
    return f"<narrative>{escaped(text)}</narrative>"
