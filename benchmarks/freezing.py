"""Freezing a book of many entries: whole, after one payment, and from the act to the new number on its page.

The floor is a bare read of the entries' table and a bare write of it as one file. Ours pours all tables (beside the entries as
many papers and statements), joined, judged and named by their digests; the share is what freezing after one payment takes of
a freezing from nothing. Seconds of processor, ours and the floor in turn.
"""

import sqlite3
import time
from collections.abc import Callable
from contextlib import closing
from datetime import date
from pathlib import Path
from shutil import rmtree
from statistics import median
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq
from django.conf import settings
from django.contrib.auth import get_user_model
from django.test import Client, override_settings

from duikou.acts.funds import record_disbursements
from duikou.acts.offices import appoint, open_account, open_office
from duikou.records.models import Account, Entry, Organisation, Programme
from duikou.rules.funds import Disbursement
from duikou.rules.quantity import exactly
from duikou.snapshot.store import folder, freeze
from duikou.statistics.figure import Name
from duikou.statistics.measure import figure

from .generate import OFFICER, generate
from .province.signed_in import OPENER

WHOLE, ROUNDS = 3, 5
NAME = Name("funds.disbursed", "bench", "2012..2021")


def run(entries: int) -> list[dict[str, Any]]:
    """Time freezing over a book of so many entries; made once and kept."""
    made = 0.0
    if not Entry.objects.exists():
        made = once(lambda: generate(entries))[0]
    programme = Programme.objects.get(code="bench")
    whole, least = (median(times) for times in zip(*(_from_nothing() for _round in range(WHOLE)), strict=True))
    acts: list[tuple[float, float]] = []
    right = True
    for n in range(ROUNDS):
        before = _number()
        act = once(lambda n=n: _pay(programme, n))[0]
        acts.append((act, once(freeze)[0]))
        right = right and _number() == before + n + 1
    one = median(freezing for _act, freezing in acts)
    with override_settings(ALLOWED_HOSTS=["*"], DEBUG=False):
        page = median(_to_the_page(programme, n) for n in range(ROUNDS))
    said = {"size": entries, "made_s": round(made, 1), "floor_ms": round(least * 1000, 1), "right": right}
    return [
        {"workload": "从无到有冻结", "ours_ms": round(whole * 1000, 1), "ratio": round(whole / least, 2), "share": "", **said},
        {"workload": "记一笔后冻结", "ours_ms": round(one * 1000, 1), "ratio": round(one / least, 3),
         "share": f"{100 * one / whole:.1f}", **said},
        {"workload": "从记账到页上新数", "ours_ms": round(page * 1000, 1), "ratio": round(page / least, 3),
         "share": f"{100 * page / whole:.1f}", **said},
    ]  # fmt: skip


def _from_nothing() -> tuple[float, float]:
    """A freezing of the whole book, and its floor."""
    rmtree(folder(), ignore_errors=True)
    return once(freeze)[0], once(_bare)[0]


def _bare() -> None:
    """All columns of all entries read from the book and written as one file."""
    with closing(sqlite3.connect(settings.DATABASES["default"]["NAME"])) as book:
        cursor = book.execute("SELECT * FROM records_entry")
        names = [column[0] for column in cursor.description]
        columns = zip(*cursor.fetchall(), strict=True)
        table = pa.table({name: pa.array(values) for name, values in zip(names, columns, strict=True)})
    pq.write_table(table, Path(settings.VAR) / "bare.parquet", compression="NONE")


def _pay(programme: Programme, n: int) -> None:
    """A payment of n + 1 fen."""
    receiver = Organisation.objects.filter(type="department").values_list("pk", flat=True)[0]
    voucher = f"ONE-{time.time_ns()}"
    fact = Disbursement(amount=exactly(n + 1, "fen"), paid_on=date(2021, 6, 1), receiver=receiver, voucher=voucher)
    record_disbursements([fact], programme=programme, person=OFFICER, reason="测速")


def _number() -> int:
    value = figure(freeze(), NAME).value
    return (value.low or 0) if value else 0


def _to_the_page(programme: Programme, n: int) -> float:
    """From the act until the dashboard, whose numbers are those of the new line, is there."""
    client = signed_in()
    begun = time.process_time()
    _pay(programme, n)
    answer = client.get(address := f"/p/bench/{NAME.period}/")
    spent = time.process_time() - begun
    if answer.status_code != 200:
        raise LookupError(f"{address} answers {answer.status_code}")
    return spent


def signed_in() -> Client:
    """A browser signed in as an officer who sees the programme."""
    if not Account.objects.filter(code="ceshi").exists():
        office = open_office("r00", area="120000", side="supporting", person=OPENER)
        appoint(
            open_account("ceshi", office=office, person=OPENER),
            "programme_officer",
            begins=date(2005, 1, 1),
            person=OPENER,
        )
    client = Client()
    client.force_login(get_user_model().objects.get(username="ceshi"))
    return client


def once(call: Callable[[], Any]) -> tuple[float, Any]:
    """How many seconds of processor a call takes, and what it gives; other work on the machine does not count."""
    begun = time.process_time()
    found = call()
    return time.process_time() - begun, found
