"""The worker: takes jobs one after the other, says how far each is, keeps its files, ends it, leaves nothing half."""

import logging
import os
import re
import secrets
import shutil
import signal
import socket
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import partial
from pathlib import Path
from threading import Event, Thread
from typing import Any

from django.conf import settings
from django.db import Error, InterfaceError, OperationalError, connection, transaction

from duikou.acts import jobs, names, offices
from duikou.acts.doing import Forbidden
from duikou.records.models import Job
from duikou.rules.problem import Refused
from duikou.rules.rights import may

from .works import WORKS, Result

EVERY = 1.0  # seconds between two reports of a job under way
IDLE = 1.0  # seconds between two looks for a job
AWAY = 5.0  # seconds before a database that is away is asked again
TIDY = 3600  # seconds between two clearings
OURS = (Refused, Forbidden, ValueError, LookupError)  # what acts and rules raise, where it is said in Chinese
log = logging.getLogger("duikou.jobs")


class Stopped(Exception):
    """The worker was told to go."""


class Worker:
    """A process that works: its name in the table of jobs, and whether it was told to go."""

    def __init__(self, beside: int = 0) -> None:
        self.name = f"{socket.gethostname()[:20]}-{os.getpid()}-{secrets.token_hex(3)}"
        self.beside = beside  # the process beside which it works; without it, it goes
        self.told = False

    def stop(self, *_: Any) -> None:
        """Go after the next step of the job under way."""
        self.told = True

    @property
    def going(self) -> bool:
        """Whether it is to go."""
        return self.told or bool(self.beside and os.getppid() != self.beside)

    def run(self, *, once: bool = False) -> None:
        """Work until told to go, or once what waits is done; a database that is away for a while is waited for."""
        for number in (signal.SIGTERM, signal.SIGINT):
            signal.signal(number, self.stop)
        tidied, away = -TIDY * 1.0, ""
        while not self.going:
            try:
                if time.monotonic() - tidied >= TIDY:
                    tidied = time.monotonic()
                    tidy()
                if not self.work():
                    if once:
                        return
                    time.sleep(IDLE)
                away = ""
            except Error as error:
                if once:
                    raise
                if away != str(error):
                    log.warning("账本用不了，过一会儿再试：%s", error)
                away = str(error)
                connection.close()
                time.sleep(AWAY)

    def work(self) -> bool:
        """Take a job and do it; whether there was one."""
        job = jobs.claim(self.name)
        if job is None:
            return False
        if undone := self._try(job):
            shutil.rmtree(folder(job), ignore_errors=True)
            undone(job)
        return True

    def _try(self, job: Job) -> Callable[[Job], None] | None:
        """Do a job; else what is to be written of it, once the error and the queries it holds open are gone."""
        progress = Progress(job, self)
        shutil.rmtree(folder(job).parent, ignore_errors=True)  # what earlier tries left
        try:
            with progress.reported():
                do(job, progress)
        except jobs.Cancelled:
            return jobs.give_up
        except jobs.Lost:
            return _lost
        except Stopped:
            return jobs.hand_back
        except (OperationalError, InterfaceError):
            raise  # not seen any more, the job is taken again
        except Exception as error:  # whatever it is, the job ends and says so
            return partial(jobs.fail, said=_said(error, job))
        return None


class Progress:
    """How far a job is: said by its work as often as it likes, written down once a second."""

    def __init__(self, job: Job, worker: Worker) -> None:
        self.job, self.worker = job, worker
        self.said: tuple[str, int, int] = ("", 0, 0)
        self.end: type[Exception] | None = None

    def __call__(self, said: str, done: int = 0, of: int = 0) -> None:
        """Say it; raises where the work must stop."""
        self.said = (said, done, of)
        if self.end:
            raise self.end
        if self.worker.going:
            raise Stopped

    @contextmanager
    def reported(self) -> Iterator[None]:
        """Reports on a connection of its own, so that they are seen while the work reads or writes in a transaction."""
        over = Event()
        reporter = Thread(target=self._report, args=(over,), daemon=True)
        reporter.start()
        try:
            yield
        finally:
            over.set()
            reporter.join()

    def _report(self, over: Event) -> None:
        while not over.wait(EVERY) and not self.end:
            try:
                jobs.report(self.job, *self.said)
            except (jobs.Cancelled, jobs.Lost) as end:
                self.end = type(end)
            except Error:  # someone else writes for long; the next report will do
                connection.close()
        connection.close()


def do(job: Job, progress: Progress) -> None:
    """Ask the person's right anew, do the work, and end the job in the transaction of its act."""
    work = WORKS[job.work]
    person = offices.person(job.account)
    if not may(person, job.work, work.place(job.options)):
        raise Forbidden(job.work)
    made = work.run(person, job.options, progress)
    with transaction.atomic():
        result = made() if callable(made) else made
        jobs.finish(job, _kept(job, result))


def folder(job: Job) -> Path:
    """Where the files of a try of a job lie; nobody looks into it before the job is done."""
    return Path(settings.VAR) / "jobs" / str(job.pk) / str(job.tries)


def tidy() -> None:
    """Forget old jobs, and delete the files of those that are not there, not done and not under way."""
    jobs.settle()
    jobs.forget()
    names.forget_reads()
    found = [path for path in (Path(settings.VAR) / "jobs").glob("*/*") if path.parent.name.isdecimal()]
    kept = {folder(job) for job in Job.objects.filter(state__in=("done", "running"))}
    for path in found:
        if path not in kept:
            shutil.rmtree(path, ignore_errors=True)
            if not any(path.parent.iterdir()):
                path.parent.rmdir()


def _kept(job: Job, result: Result) -> dict[str, Any]:
    """The files on the disk, and what the table keeps of a result."""
    for name, data in result.files.items():
        folder(job).mkdir(parents=True, exist_ok=True)
        with (folder(job) / name).open("wb") as file:
            file.write(data)
            file.flush()
            os.fsync(file.fileno())
    files = [{"name": name, "bytes": len(data)} for name, data in result.files.items()]
    return {"said": result.said, "well": result.well, "lines": list(result.lines), "files": files}


def _lost(job: Job) -> None:
    log.warning("第 %s 件已由别的进程接办", job.pk)


def _said(error: Exception, job: Job) -> str:
    """What went wrong in our own words; anything else is a breakdown, which the log tells."""
    if isinstance(error, OURS) and re.search(r"[一-鿿]", said := str(error.args[0] if error.args else error)):
        return said
    log.error("第 %s 件（%s）程序故障", job.pk, job.work, exc_info=error)
    return f"程序故障，已记入系统日志（第 {job.pk} 件）。再办一次；仍不成时把这个号告诉系统管理员"
