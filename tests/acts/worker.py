"""Workers and a desk in processes of their own, on the database of their environment; silence is a second here.

python worker.py work    works until told to go
python worker.py desk    answers lines of JSON: ask, ask_to_verify, cancel, look, verify, head
The works here are two: one that pays a yuan out of the pool in steps and gives a receipt, and the verifying of the book.
"""

import json
import os
import sys
import time
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path

import django

sys.path.insert(0, str(Path(__file__).parents[1]))
os.environ["DJANGO_SETTINGS_MODULE"] = "duikou.config.settings"
django.setup()

from books import open_offices  # noqa: E402
from django.conf import settings  # noqa: E402

from duikou.acts import jobs, journal  # noqa: E402
from duikou.acts import verify as verifying  # noqa: E402
from duikou.acts.doing import place_of, programme_of  # noqa: E402
from duikou.acts.funds import record_disbursements  # noqa: E402
from duikou.acts.offices import person  # noqa: E402
from duikou.records.models import Account, Entry, Job  # noqa: E402
from duikou.rules.funds import Disbursement  # noqa: E402
from duikou.rules.quantity import yuan  # noqa: E402
from duikou.rules.rights import Place  # noqa: E402
from duikou.web import working  # noqa: E402
from duikou.web.works import WORKS, Result, Work, verify_book  # noqa: E402


def slowly(person, options, progress):
    """The verifying of the book, some seconds long."""

    def said(*step):
        progress(*step)
        time.sleep(0.04)

    return verify_book(person, options, said)


jobs.SILENCE = timedelta(seconds=1.5)
verifying.SAID_EVERY = 20
WORKS["verify_book"] = replace(WORKS["verify_book"], run=slowly)
working.EVERY, working.IDLE = 0.2, 0.05


def pay(person, options, progress):
    """Pay one yuan after so many steps; begins and ends are written to a file, to see who ran when."""
    programme, voucher = programme_of("tj-hn"), options["voucher"]
    with (Path(settings.VAR) / "runs").open("a") as file:
        file.write(f"{voucher} {os.getpid()}\n")
    for step in range(options["steps"]):
        progress(f"第 {step} 步", step, options["steps"])
        time.sleep(0.05)

    def act():
        paid = Disbursement(amount=yuan(1), paid_on=date(2011, 8, 30), voucher=voucher)
        record_disbursements([paid], programme=programme, person=person)
        time.sleep(0.05)  # so that some are killed between the act and its end
        return Result("已付", files={"回单.txt": voucher.encode()})

    return act


WORKS["record_disbursement"] = Work(
    pay, lambda options: place_of(programme_of("tj-hn")), lambda options: options["voucher"]
)


def ask(voucher, steps):
    """The number of a new job that pays."""
    options, place = {"voucher": voucher, "steps": steps}, place_of(programme_of("tj-hn"))
    return jobs.ask_for("record_disbursement", options, person=person("caiwu"), place=place).pk


def ask_to_verify():
    """The number of a new job that verifies the book."""
    return jobs.ask_for("verify_book", {}, person=person("shenji"), place=Place()).pk


def cancel(number):
    """Nothing."""
    jobs.cancel(Job.objects.get(pk=number))


def look(number):
    """What stands of a job: in the table, on the disk, in the book."""
    job = Job.objects.get(pk=number)
    found = sorted((Path(settings.VAR) / "jobs" / str(number)).glob("*/*"))
    return {
        "state": job.state, "worker": job.worker, "tries": job.tries, "said": job.said, "done": job.done,
        "result": job.result, "files": {f"{path.parent.name}/{path.name}": path.read_text() for path in found},
        "payments": Entry.objects.filter(voucher=job.options.get("voucher", "-")).count(),
    }  # fmt: skip


def head():
    """The 账首."""
    return journal.head().short


def verified():
    """Whether the book holds."""
    return verifying.verify().true


def desk():
    """Answer until the other side is gone."""
    if not Account.objects.exists():
        open_offices()
    for line in sys.stdin:
        word, *words = json.loads(line)
        answer = {
            "ask": ask,
            "cancel": cancel,
            "look": look,
            "head": head,
            "verify": verified,
            "ask_to_verify": ask_to_verify,
        }[word](*words)
        print(json.dumps(answer), flush=True)


if __name__ == "__main__":
    if sys.argv[1] == "desk":
        desk()
    else:
        print("ready", flush=True)
        working.Worker().run()
