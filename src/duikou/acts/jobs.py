"""Long work: asked for, claimed by one worker, kept alive, ended or cancelled; a working table outside the journal.

A worker holds a job by its name and the number of the try. Every write it makes for the job is one UPDATE that asks for
both, so that a worker who fell silent and wakes up again finds that it holds nothing.
"""

from collections.abc import Mapping
from datetime import timedelta
from typing import Any

from django.db import transaction
from django.db.models import F, Q, QuerySet
from django.db.models.functions import Coalesce, Now

from duikou.records.models import Account, Job
from duikou.rules.rights import Person, Place, may
from duikou.terms.words import zh

from .doing import Forbidden

SILENCE = timedelta(seconds=30)  # a worker not seen for so long is taken for dead
TRIES = 3
OPEN = 5  # jobs of one account that wait or run at the same time
KEPT = timedelta(days=30)
ENDED = ("done", "failed", "cancelled")


class Cancelled(Exception):
    """Who asked for the job has asked to stop."""


class Lost(Exception):
    """The worker was silent for so long that the job is no longer its own."""


def ask_for(work: str, options: Mapping[str, Any], *, person: Person, place: Place) -> Job:
    """A job that waits, named by the act it is; the same one where the person has asked for the same already."""
    if not may(person, work, place):
        raise Forbidden(work)
    with transaction.atomic():
        Account.objects.select_for_update().filter(code=person.account).first()  # one asks one thing at a time
        unended = Job.objects.filter(account=person.account).exclude(state__in=ENDED)
        for job in unended.filter(work=work, stop=False):
            if job.options == dict(options):
                return job
        if unended.count() >= OPEN:
            raise ValueError(f"已有 {OPEN} 件在等候或办理；等它们办完，或取消其中一件，再办{zh('act', work)}")
        job = Job.objects.create(work=work, account=person.account, options=dict(options), asked_at=Now())
    return Job.objects.get(pk=job.pk)


def cancel(job: Job) -> None:
    """Ask a job to stop: one that nobody works on ends here, one under way at its worker's next step."""
    Job.objects.filter(pk=job.pk).exclude(state__in=ENDED).update(stop=True)
    settle()


# ---- for workers ---------------------------------------------------------------------------------------------------


def claim(worker: str) -> Job | None:
    """The oldest job that nobody works on, now this worker's; nothing where there is none."""
    if not Job.objects.exclude(state__in=ENDED).exists():
        return None  # the usual case, once a second
    settle()
    free = Job.objects.filter(Q(state="waiting") | _silent(), stop=False).order_by("number")
    for number in free.values_list("number", flat=True):
        taken = free.filter(pk=number).update(
            state="running", worker=worker, tries=F("tries") + 1, begun_at=Coalesce("begun_at", Now()), seen_at=Now(),
            said="", done=0, of=0,
        )  # fmt: skip
        if taken:
            return Job.objects.get(pk=number)
    return None


def settle() -> None:
    """End what nobody will work on: cancelled where that was asked, failed where every try fell silent."""
    stopped = Job.objects.filter(Q(state="waiting") | _silent(), stop=True)
    tired = Job.objects.filter(_silent(), stop=False, tries__gte=TRIES)
    if stopped.exists():  # asked first: an update would wait for the one writer of the book
        stopped.update(state="cancelled", ended_at=Now())
    if tired.exists():
        tired.update(state="failed", ended_at=Now(), result={"said": f"办了 {TRIES} 次，每次都中断：办事进程中途停了"})


def report(job: Job, said: str, done: int, of: int) -> None:
    """Say that the worker lives and how far it is; Cancelled or Lost where it must stop."""
    if not _held(job).filter(stop=False).update(seen_at=Now(), said=said[:120], done=done, of=of):
        _stop(job)


def finish(job: Job, result: Mapping[str, Any]) -> None:
    """The job is done; in the transaction of the act that it did, both are kept or neither."""
    if not _held(job).filter(stop=False).update(state="done", ended_at=Now(), result=dict(result)):
        _stop(job)


def fail(job: Job, said: str) -> None:
    """The job was not done, and why."""
    _held(job).update(state="failed", ended_at=Now(), result={"said": said})


def give_up(job: Job) -> None:
    """The job was stopped as asked; nothing of it is kept."""
    _held(job).update(state="cancelled", ended_at=Now())


def hand_back(job: Job) -> None:
    """The worker goes before the job is done: it waits again, and the try does not count."""
    _held(job).update(state="waiting", worker="", tries=F("tries") - 1, seen_at=None, said="", done=0, of=0)


def forget() -> None:
    """Jobs that ended long ago are deleted."""
    old = Job.objects.filter(ended_at__lt=Now() - KEPT)
    if old.exists():
        old.delete()


def _silent() -> Q:
    """Under way, but the worker was not seen; by the one clock of the database."""
    return Q(state="running", seen_at__lt=Now() - SILENCE)


def _held(job: Job) -> QuerySet[Job]:
    """The job's row while it is this worker's in this try."""
    return Job.objects.filter(pk=job.pk, state="running", worker=job.worker, tries=job.tries)


def _stop(job: Job) -> None:
    raise Cancelled if _held(job).exists() else Lost
