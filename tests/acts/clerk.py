"""A clerk at work in a process of its own, on the database of its environment: loads, pays, verifies; answers in JSON.

python clerk.py load | pay FEN TIMES NAME | spend FEN TIMES WRITERS NAME | verify [HEAD ...] | offices | live | correct | request
Says ready, and begins when told to.
"""

import json
import os
import sys
import time
from collections import Counter
from datetime import date, timedelta
from itertools import count
from pathlib import Path
from threading import Thread

import django

sys.path.insert(0, str(Path(__file__).parents[1]))
os.environ["DJANGO_SETTINGS_MODULE"] = "duikou.config.settings"
django.setup()

from books import EXAMPLE, OFFICER, open_offices  # noqa: E402
from django.core.management import call_command  # noqa: E402
from django.db import connection  # noqa: E402

from duikou.acts.doing import today  # noqa: E402
from duikou.acts.funds import record_disbursements  # noqa: E402
from duikou.acts.journal import image, journaled  # noqa: E402
from duikou.acts.offices import hand_over, open_account, person  # noqa: E402
from duikou.acts.verify import replay, verify  # noqa: E402
from duikou.intake.folder import load  # noqa: E402
from duikou.records.models import Account, Entry, JournalLine, Position, Programme, Project  # noqa: E402
from duikou.rules.funds import Disbursement  # noqa: E402
from duikou.rules.problem import Refused  # noqa: E402
from duikou.rules.quantity import Quantity  # noqa: E402


def open_and_load():
    """The example in a new database, and three payments of 100 万元."""
    call_command("migrate", verbosity=0)
    load(EXAMPLE, person=OFFICER, administrator=OFFICER)
    return pay(100_000_000, 3, "A")


def pay(fen, times, name):
    """How many of so many payments out of the pool were made."""
    programme, made = Programme.objects.get(code="tj-hn"), 0
    for number in range(int(times)):
        fact = Disbursement(
            amount=Quantity(int(fen), int(fen), "fen"), paid_on=date(2011, 8, 30), voucher=f"{name}-{number}"
        )
        try:
            record_disbursements([fact], programme=programme, person=OFFICER)
        except Refused:
            continue
        made += 1
        time.sleep(0.02)  # so that others get in between
    return {"made": made}


def spend(fen, times, writers, name):
    """So many attempts shared by several writers at once: how many were made, what the others were answered."""
    programme, attempts, answers = Programme.objects.get(code="tj-hn"), count(1), Counter()

    def write():
        while (number := next(attempts)) <= int(times):
            amount = Quantity(int(fen), int(fen), "fen")
            fact = Disbursement(amount=amount, paid_on=date(2011, 8, 30), voucher=f"{name}-{number}")
            try:
                record_disbursements([fact], programme=programme, person=OFFICER)
                print(f"made {name}-{number}", file=sys.stderr, flush=True)
                answers["made"] += 1
            except Refused as refused:
                answers[",".join(sorted({p.code for p in refused.problems if p.weight == "stops"}))] += 1
            except Exception as error:
                answers[repr(error)] += 1
        connection.close()

    threads = [Thread(target=write) for _ in range(int(writers))]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return answers


def vouchers():
    """The vouchers of all payments in the book."""
    return sorted(Entry.objects.exclude(voucher="").values_list("voucher", flat=True))


def verified(*heads):
    """What verifying says, and whether the journal replays to the tables."""
    report = verify(heads)
    tables = {name: {row.pk: image(row) for row in model._base_manager.all()} for name, model in journaled().items()}
    return {
        "true": report.true,
        "problems": [(p.place, p.found, p.expected) for p in report.problems],
        "verdicts": [verdict for _, verdict in report.verdicts],
        "counts": [report.lines, report.images, report.rows],
        "head": report.head.short,
        "replays": replay(JournalLine.objects.all()) == {name: rows for name, rows in tables.items() if rows},
        "balances": sorted((p.kind, p.postings.order_by("sequence").last().balance) for p in Position.objects.all()),
    }


def offices():
    """The demonstration's offices, and one role handed over."""
    open_offices()
    opened, giver = Account.objects.count(), Account.objects.get(code="tongren")
    second = open_account("tongren-2", office=giver.office, person=OFFICER)
    hand_over(giver, second, on=today() + timedelta(days=1), person=OFFICER, reason="轮岗")
    found = verified()
    roles = sorted(person("tongren-2", today() + timedelta(days=1)).roles)
    return {"opened": opened, "true": found["true"], "replays": found["replays"], "roles": roles}


def live():
    """A county's project from proposal to archive, in a book of its own money; the stage it stands in, and verifying."""
    from life import propose
    from money import county

    project = propose(county(Programme.objects.get(code="tj-hn")))
    project.reach("archived")
    found = verified()
    stage = Project.objects.get(pk=project.project).stage
    return {"stage": stage, "true": found["true"], "replays": found["replays"]}


def correct():
    """A sale and an agreement, each recorded and corrected; what they say then, and verifying."""
    from correcting import corrected

    said = corrected(Programme.objects.get(code="tj-hn"))
    found = verified()
    return {"said": said, "true": found["true"], "replays": found["replays"]}


def request():
    """A sheet asked for, refused, answered by the sheet itself, taken back; and verifying."""
    from requesting import requested

    said = requested(Programme.objects.get(code="tj-hn"))
    found = verified()
    return {"said": said, "true": found["true"], "replays": found["replays"]}


def reconcile():
    """A bank's list entered, matched and one match taken back; what is open then, and verifying."""
    from reconciling import reconciled

    said = reconciled(Programme.objects.get(code="tj-hn"))
    found = verified()
    return {"said": said, "true": found["true"], "replays": found["replays"]}


if __name__ == "__main__":
    task, *words = sys.argv[1:]
    print("ready", flush=True)
    input()
    tasks = {
        "load": open_and_load, "pay": pay, "spend": spend, "vouchers": vouchers, "verify": verified, "offices": offices,
        "live": live, "correct": correct, "request": request, "reconcile": reconcile,
    }  # fmt: skip
    print(json.dumps(tasks[task](*words)))
