"""Posting payments with rules, evidence, ledger and journal, one by one and in lists; the floor, a bare insert of the rows.

In turn in one run on one database: the same act is tried and taken back, its rows of the records are inserted by hand
and deleted again, then the act is done. `without` is the act with no rule asked: the difference is what rules cost.
"""

import json
import time
from collections.abc import Callable, Sequence
from contextlib import contextmanager
from datetime import date
from statistics import median
from typing import Any

from django.db import connection, transaction

from duikou.acts.funds import record_disbursements
from duikou.acts.journal import journaled
from duikou.records.models import Entry, JournalImage, JournalLine, Organisation, Programme
from duikou.rules import funds
from duikou.rules.funds import Disbursement
from duikou.rules.quantity import exactly

from .generate import OFFICER, generate

SHAPES = ((1, 60), (1000, 5))  # payments in a list, rounds
Rows = dict[str, list[dict[str, Any]]]


def run(size: int) -> list[dict[str, Any]]:
    """Time both shapes on a book of so many payments; made once and kept."""
    if Entry.objects.count() < size:
        generate(size)
    programme = Programme.objects.get(code="bench")
    return [_shape(programme, size, many, rounds, Entry.objects.count()) for many, rounds in SHAPES]


def _shape(programme: Programme, size: int, many: int, rounds: int, before: int) -> dict[str, Any]:
    times: dict[str, list[float]] = {"ours": [], "without": [], "floor": []}
    written = 0
    for number in range(rounds + 1):  # the first is not counted
        rows = _tried(programme, _facts(many, f"{before}-{many}-{number}"))
        written = sum(map(len, rows.values()))
        times["floor"].append(_once(lambda rows=rows: _insert(rows)))
        _delete(rows)
        for kind, rules in (("ours", funds.RULES), ("without", {})):
            facts = _facts(many, f"{before}-{many}-{number}-{kind}")
            with _asking(rules):
                times[kind].append(
                    _once(lambda facts=facts: record_disbursements(facts, programme=programme, person=OFFICER))
                )
    ours, without, floor = (median(times[kind][1:]) * 1000 / many for kind in ("ours", "without", "floor"))
    return {
        "workload": f"登记拨付，每次 {many} 笔", "database": connection.vendor, "size": size, "rows": written // many,
        "ours_ms": round(ours, 3), "without_ms": round(without, 3), "floor_ms": round(floor, 3),
        "ratio": round(ours / floor, 2), "rules_ms": round(ours - without, 3),
    }  # fmt: skip


def _facts(many: int, name: str) -> list[Disbursement]:
    receivers = Organisation.objects.filter(type="department").order_by("pk").values_list("pk", flat=True)
    return [
        Disbursement(amount=exactly(100, "fen"), paid_on=date(2021, 12, 30), receiver=receivers[n % len(receivers)],
                     voucher=f"B{name}-{n}", purpose="测速")
        for n in range(many)
    ]  # fmt: skip


def _tried(programme: Programme, facts: Sequence[Disbursement]) -> Rows:
    """The rows of the records that an act would write, by table in the order of the act."""
    found: Rows = {}
    with transaction.atomic():
        record_disbursements(facts, programme=programme, person=OFFICER)
        line = JournalLine.objects.order_by("number").last()
        for table, text in JournalImage.objects.filter(line=line).order_by("position").values_list("table", "text"):
            found.setdefault(table, []).append(json.loads(text)["row"])
        transaction.set_rollback(True)
    return found


def _insert(rows: Rows) -> None:
    """The rows as they are, in one transaction, with nothing asked."""
    with transaction.atomic(), connection.cursor() as cursor:
        for table, found in rows.items():
            names = sorted(set().union(*found))
            model = journaled()[table]
            truths = {f.column for f in model._meta.concrete_fields if f.get_internal_type() == "BooleanField"}
            marks = ", ".join(["%s"] * len(names))
            cursor.executemany(
                f"INSERT INTO {table} ({', '.join(names)}) VALUES ({marks})",
                [[bool(r[n]) if n in truths and n in r else r.get(n) for n in names] for r in found],
            )


def _delete(rows: Rows) -> None:
    with transaction.atomic(), connection.cursor() as cursor:
        for table, found in reversed(rows.items()):
            key = "record_id" if table in ("records_entry", "records_document") else "number"
            cursor.executemany(f"DELETE FROM {table} WHERE {key} = %s", [[row[key]] for row in found])


@contextmanager
def _asking(rules: Any) -> Any:
    kept = funds.RULES
    funds.RULES = rules
    try:
        yield
    finally:
        funds.RULES = kept


def _once(call: Callable[[], Any]) -> float:
    begun = time.perf_counter()
    call()
    return time.perf_counter() - begun
