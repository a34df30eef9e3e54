"""Workers in real processes on both databases: killed, stopped, told to go; a job has one result or none."""

import json
import os
import random
import signal
import socket
import sqlite3
import subprocess
import sys
import time
from collections import Counter
from contextlib import closing
from functools import cached_property
from pathlib import Path

import pytest

WORKER = Path(__file__).with_name("worker.py")
PROVE = bool(os.environ.get("DUIKOU_PROVE"))
ROUNDS = 50 if PROVE else 1
NURSERY = """
import json, os, sys, time
sys.path.insert(0, sys.argv[1])
import worker
def work():
    with open(os.devnull, "r+") as nothing:
        os.dup2(nothing.fileno(), 0), os.dup2(nothing.fileno(), 1)
    worker.working.Worker().run()
def fork():
    if child := os.fork():
        return child
    work()
    os._exit(0)
def wait(child, seconds):
    for _ in range(seconds * 50):
        ended, status = os.waitpid(child, os.WNOHANG)
        if ended:
            return os.waitstatus_to_exitcode(status)
        time.sleep(0.02)
for line in sys.stdin:
    word, *numbers = json.loads(line)
    print(json.dumps({"fork": fork, "wait": wait}[word](*numbers)), flush=True)
"""


def said_by(process, *words):
    """What a process answers to a line of JSON."""
    process.stdin.write(json.dumps(words) + "\n")
    process.stdin.flush()
    return json.loads(process.stdout.readline())


class Worker:
    """A worker in a process of its own, forked by one that has read the program already; handled like any process."""

    def __init__(self, nursery):
        self.nursery, self.pid = nursery, said_by(nursery, "fork")

    def send_signal(self, number):
        os.kill(self.pid, number)

    def terminate(self):
        self.send_signal(signal.SIGTERM)

    def kill(self):
        self.send_signal(signal.SIGKILL)

    def wait(self, seconds=20):
        """What it ended with; nothing where it has not."""
        return said_by(self.nursery, "wait", self.pid, seconds)


class Room:
    """A desk and some workers on one book."""

    def __init__(self, folder, database=""):
        self.env = {**os.environ, "DUIKOU_VAR": str(folder), "DUIKOU_DATABASE": database}
        self.folder, self.workers, self.count = folder, [], 0
        self.desk = self.process(str(WORKER), "desk")

    @cached_property
    def nursery(self):
        return self.process("-c", NURSERY, str(WORKER.parent))

    def process(self, *words):
        command = [sys.executable, *words]
        with (self.folder / "log").open("a") as log:
            pipes = {"stdin": subprocess.PIPE, "stdout": subprocess.PIPE, "stderr": log}
            return subprocess.Popen(command, env=self.env, text=True, **pipes)

    def staff(self, number):
        """So many workers, ready: some come or some are sent away."""
        self.workers += [Worker(self.nursery) for _ in range(number - len(self.workers))]
        for worker in self.workers[number:]:
            worker.terminate()
            assert worker.wait(20) == 0
        del self.workers[number:]
        return self.workers

    def say(self, *words):
        """What the desk answers."""
        return said_by(self.desk, *words)

    def ask(self, steps):
        """A new job that pays in so many steps of a twentieth of a second."""
        self.count += 1
        return self.say("ask", f"J-{self.count}", steps)

    def until(self, number, *states, done=0):
        """The job once it is in one of the states and so many steps far."""
        for _ in range(1200):
            job = self.say("look", number)
            if job["state"] in states and job["done"] >= done:
                return job
            time.sleep(0.05)
        raise AssertionError(f"job {number} stays {job}")

    def runs(self):
        """Which jobs were begun, once for each time."""
        file = self.folder / "runs"
        return [line.split()[0] for line in file.read_text().splitlines()] if file.exists() else []

    def log(self):
        """What desk and workers have complained of."""
        return (self.folder / "log").read_text()

    def holder(self, job):
        """The process that holds a job."""
        return next(w for w in self.workers if f"-{w.pid}-" in job["worker"])

    def kill(self, worker):
        """Kill -9, so that nothing can be tidied up."""
        worker.kill()
        worker.wait()
        self.workers.remove(worker)

    def close(self):
        for process in (*self.workers, self.desk, *([self.nursery] if "nursery" in vars(self) else [])):
            process.kill()
            process.wait()


@pytest.fixture(scope="module", params=["SQLite", "PostgreSQL"] if PROVE else ["SQLite"])
def room(request, tmp_path_factory):
    """A copy of the loaded example with its offices, a desk, and no worker yet."""
    folder = tmp_path_factory.mktemp("room")
    room = _here(request, folder) if request.param == "SQLite" else Room(folder, _copy_there(request))
    yield room
    assert room.say("verify")
    room.close()
    assert "Traceback" not in room.log()


@pytest.fixture(scope="module")
def office_room(request, tmp_path_factory):
    """The same on SQLite, for the site with the worker beside it."""
    room = _here(request, tmp_path_factory.mktemp("site"))
    yield room
    room.close()


def _here(request, folder):
    loaded = request.getfixturevalue("loaded")
    with closing(sqlite3.connect(loaded)) as source, closing(sqlite3.connect(folder / "book.sqlite3")) as target:
        source.backup(target)
    return Room(folder)


def _copy_there(request):
    """The address of a copy of the book on PostgreSQL."""
    server, _ = request.getfixturevalue("server"), request.getfixturevalue("loaded_there")
    import psycopg

    with psycopg.connect(server("postgres"), autocommit=True) as connection:
        connection.execute("CREATE DATABASE room TEMPLATE loaded")
    return server("room")


def one_result(job):
    """Whether a job was done once: one payment, one receipt, that of the try which ended it."""
    assert (job["state"], job["payments"], list(job["files"])) == ("done", 1, [f"{job['tries']}/回单.txt"]), job
    return True


def test_a_job_whose_worker_is_killed_is_done_by_another_and_once(room):
    chance, seen = random.Random(20110829), Counter()
    for _ in range(ROUNDS):
        room.staff(2)
        number = room.ask(8)
        job = room.until(number, "running")
        time.sleep(chance.uniform(0, 0.6) if ROUNDS > 1 else 0.1)
        room.kill(room.holder(job))
        job = room.until(number, "done", "failed")
        assert one_result(job)
        seen[job["tries"]] += 1
    assert seen[2], f"nobody was killed in the middle: {seen}"


def test_three_workers_share_twelve_jobs_and_none_is_run_twice(room):
    room.staff(3)
    runs = len(room.runs())
    for _ in range(3):
        numbers = [room.ask(2) for _ in range(4)]
        assert all(one_result(room.until(number, "done")) for number in numbers)
    assert len(room.runs()) == runs + 12
    assert set(Counter(room.runs()[runs:]).values()) == {1}


def test_a_worker_that_stood_still_and_goes_on_leaves_nothing_of_its_own(room):
    (first,) = room.staff(1)
    number = room.ask(20)
    room.until(number, "running", done=1)
    first.send_signal(signal.SIGSTOP)
    room.staff(2)
    job = room.until(number, "done")
    first.send_signal(signal.SIGCONT)
    assert job["tries"] == 2
    room.staff(1)  # the other goes: the one that stood still does the next job
    assert one_result(room.until(room.ask(2), "done"))
    assert one_result(room.say("look", number))


def test_a_worker_told_to_go_hands_its_job_back_at_once(room):
    room.staff(2)
    number = room.ask(40)
    holder = room.holder(room.until(number, "running", done=2))
    holder.terminate()
    assert holder.wait(20) == 0
    room.workers.remove(holder)
    job = room.until(number, "done")
    assert one_result(job)
    assert job["tries"] == 1


def test_a_job_cancelled_while_it_waits_or_runs_leaves_no_file_and_no_line(room):
    before = room.say("head")
    room.staff(1)
    running = room.ask(200)
    room.until(running, "running", done=1)
    waiting = room.ask(1)
    for number in (waiting, running):
        room.say("cancel", number)
        job = room.until(number, "cancelled")
        assert (job["payments"], job["files"], job["result"]) == (0, {}, {})
    assert room.say("head") == before


def test_what_was_asked_while_no_worker_ran_is_done_when_one_comes(room):
    room.staff(0)
    number = room.ask(1)
    assert room.say("look", number)["state"] == "waiting"
    room.staff(1)
    assert one_result(room.until(number, "done"))


def test_the_book_is_verified_while_others_pay_and_how_far_it_is_can_be_seen(room):
    room.staff(2)
    number = room.say("ask_to_verify")
    assert room.until(number, "running", done=20)["said"].startswith("已核 ")
    assert one_result(room.until(room.ask(1), "done"))
    job = room.until(number, "done")
    assert job["result"]["said"].startswith("账符：日志")


def test_a_verifying_that_is_cancelled_in_the_middle_lets_the_worker_go_on(room):
    room.staff(2)
    number = room.say("ask_to_verify")
    room.until(number, "running", done=20)
    assert one_result(room.until(room.ask(1), "done"))  # what the verifying reads is no longer the youngest
    room.say("cancel", number)
    room.until(number, "cancelled")
    room.staff(1)
    assert one_result(room.until(room.ask(1), "done"))
    assert "账本用不了" not in room.log()


# ---- beside the site ---------------------------------------------------------------------------------------------


@pytest.fixture
def serve(office_room):
    """A function that starts the site and gives its process; every one is killed at the end."""
    started = []

    def start():
        with socket.socket() as probe:
            probe.bind(("127.0.0.1", 0))
            port = probe.getsockname()[1]
        command = [sys.executable, "-c", "from duikou.web.command import main; main()", "serve", "--port", str(port)]
        started.append(subprocess.Popen(command, env=office_room.env, stderr=subprocess.DEVNULL))
        return started[-1]

    yield start
    for site in started:
        site.kill()
        site.wait()


def verified_by(room, asked=0):
    """The number of the process that has verified the book, as was asked or is asked now."""
    job = room.until(asked or room.say("ask_to_verify"), "done")
    return int(job["worker"].split("-")[-2])


def gone(number):
    """Whether a process has ended, within twenty seconds."""
    for _ in range(400):
        said = subprocess.run(["ps", "-o", "stat=", "-p", str(number)], capture_output=True, text=True, check=False)
        if said.stdout.strip()[:1] in ("", "Z"):
            return True
        time.sleep(0.05)
    return False


def test_the_site_brings_a_worker_and_another_when_that_one_is_killed_and_leaves_none_behind(office_room, serve):
    site = serve()
    first = verified_by(office_room)
    os.kill(first, signal.SIGKILL)
    second = verified_by(office_room)
    assert second != first
    site.kill()
    site.wait()
    assert gone(second)
    number = office_room.say("ask_to_verify")
    assert office_room.say("look", number)["state"] == "waiting"
    site = serve()
    third = verified_by(office_room, number)
    site.terminate()
    assert site.wait(20) == 0
    assert gone(third)
