"""The way back from a number: figure, make-up, records and passages, of fifty figures chosen by chance; the pages of fifty others.

Each figure is asked for the first time; the snapshot is warm, as the server keeps it. The floor is one SQL by hand on the book:
the same records with the same passages, fetched. Records, passages and sum must be the same to the fen. Seconds of processor.
"""

import random
import sqlite3
from contextlib import closing
from statistics import median, quantiles
from typing import Any

from django.conf import settings
from django.test import override_settings

from duikou.records.models import Entry
from duikou.rules import period as periods
from duikou.snapshot.store import freeze
from duikou.statistics.figure import Name
from duikou.statistics.trace import trail
from duikou.web.book import warm

from .freezing import once, signed_in
from .generate import RECEIVERS, SEED, generate

FIGURES, BUDGET = 50, 300  # ms, the median of a way back
FIRST, LAST = 2012, 2021
FLOOR = """
    SELECT e.record_id, e.amount, s.number, s.said, p.section, p.paragraph, p.fragment, d.title, d.grade, d.digest
    FROM records_entry e JOIN records_organisation r ON r.record_id = e.receiver_id
    LEFT JOIN records_statement s ON s.record_id = e.record_id LEFT JOIN records_passage p ON p.number = s.passage_id
    LEFT JOIN records_document d ON d.record_id = p.document_id
    WHERE e.state = 'disbursed' AND e.standing IN ('total', 'own') AND e.first >= ? AND e.last <= ? AND r.code LIKE ?
    ORDER BY e.amount DESC, e.record_id
"""
Way = tuple[int, int, int]  # records, passages, fen


def run(entries: int) -> list[dict[str, Any]]:
    """Time the ways back in a book of so many payments; made once and kept."""
    made = 0.0
    if not Entry.objects.exists():
        made = once(lambda: generate(entries))[0]
    client = signed_in()  # which may be an act
    warm()
    taken = freeze()
    times: dict[str, list[float]] = {"way": [], "page": [], "floor": []}
    ways: list[Way] = []
    same = True
    with (
        closing(sqlite3.connect(settings.DATABASES["default"]["NAME"])) as book,
        override_settings(ALLOWED_HOSTS=["*"]),
    ):
        for name, of_page in zip(names(), names(skipped=FIGURES), strict=True):
            spent, way = once(lambda name=name: _way(name))
            least, expected = once(lambda name=name: _by_hand(book, name))
            page, answer = once(lambda name=of_page: client.get(f"/f/{name}").status_code)
            times["way"].append(spent)
            times["floor"].append(least)
            times["page"].append(page)
            ways.append(way)
            same = same and way == expected and answer == 200
    assert taken == freeze()
    said = {
        "size": entries, "records": median(records for records, _passages, _fen in ways), "totals_equal": same,
        "made_s": round(made, 1),
    }  # fmt: skip
    return [_found(workload, times[what], times["floor"], said) for workload, what in WORKLOADS.items()]


WORKLOADS = {"数字、构成、记录、原文": "way", "追溯页": "page"}


def names(skipped: int = 0) -> list[Name]:
    """Fifty figures of money: of the whole time, a year, a quarter or a month; of all receivers or of one; or the next fifty."""
    chance, found = random.Random(SEED), list[Name]()
    while len(found) < FIGURES + skipped:
        year, month = chance.randint(FIRST, LAST), chance.randrange(1, 13, 3)
        spans = (f"{FIRST}..{LAST}", str(year), periods.months(year, month, month + 2).code, f"{year}-{month:02}")
        name = Name("funds.disbursed", "bench", chance.choice(spans))
        if chance.random() < 0.5:
            name = name.cut_by("r", f"r{chance.randrange(RECEIVERS):02}")
        found += [name] if name not in found else []
    return found[skipped:]


def _way(name: Name) -> Way:
    """From a number to all its records, and from each to its passages."""
    counted = trail(freeze(), name).counted
    passages = sum(len(member.passages) for member in counted)
    return len(counted), passages, sum(member.value.low or 0 for member in counted if member.value)


def _by_hand(book: sqlite3.Connection, name: Name) -> Way:
    days, receiver = name.days, name.cut[0][1] if name.cut else "%"
    rows = book.execute(FLOOR, (days.first.isoformat(), days.last.isoformat(), receiver)).fetchall()
    amounts = {record: fen for record, fen, *_ in rows}
    return len(amounts), sum(row[2] is not None for row in rows), sum(amounts.values())


def _found(workload: str, times: list[float], floor: list[float], said: dict[str, Any]) -> dict[str, Any]:
    ours, least = median(times) * 1000, median(floor) * 1000
    return {
        "workload": workload, "ours_ms": round(ours, 1), "p95_ms": round(quantiles(times, n=20)[-1] * 1000, 1),
        "floor_ms": round(least, 1), "ratio": round(ours / least, 2), "within": ours <= BUDGET, **said,
    }  # fmt: skip
